import { z } from 'zod'
import { endpoint } from '../foundation/http/contract.ts'
import { pageQuery } from '../foundation/http/contract.ts'
import { dayText, fenText, idText } from '../foundation/values/api-values.ts'

const text = z.strictObject({ zh: z.string(), en: z.string() })

const timelineEvent = z.strictObject({
  /** Of the thing; the same thing may stand twice (begun, ended). */
  id: z.string(), day: dayText,
  /** When the time of day is known. */
  at: z.string().nullable(),
  kind: z.string(), title: text,
  /** What a person wrote. */
  note: z.string().nullable(), amountFen: fenText.nullable(), currency: z.string().nullable(), personName: z.string().nullable(),
  /** Where it opens. */
  address: z.string().nullable(),
})
export type TimelineEventView = z.output<typeof timelineEvent>

/** What happened to a customer, newest first: told by every capability that publishes `…_timeline_facts`. */
export const readTimeline = endpoint({
  id: 'reports.timeline', method: 'GET', path: '/api/customers/:customerId/timeline',
  text: { zh: '查看客户时间线', en: 'See what happened to a customer' },
  permission: 'customer.read', opens: 'customerId',
  params: z.strictObject({ customerId: idText }),
  query: z.strictObject({ ...pageQuery, kind: z.string().regex(/^[A-Z][A-Z0-9_]{1,39}$/, { error: 'kind' }).optional(), from: dayText.optional(), to: dayText.optional() }),
  reply: z.strictObject({
    items: z.array(timelineEvent), nextCursor: z.string().nullable(),
    /** What it may be filtered by, in the order of the views' names. */
    kinds: z.array(z.strictObject({ kind: z.string(), text })),
    /** Transactions of at least this size are told (whole fen). */
    transactionsFromFen: fenText,
  }),
})
