import { z } from 'zod'
import { endpoint } from '../foundation/http/contract.ts'
import { dayText, fenText } from '../foundation/values/api-values.ts'

/** What a line of the agenda is answered with: a contact recorded, a call, a preparation, or the place where it is done. */
export const agendaVerbs = ['RECORD', 'CALL', 'PREPARE', 'OPEN'] as const

const bilingual = z.strictObject({ zh: z.string(), en: z.string() })
export const agendaLine = z.strictObject({
  kind: z.string(), kindName: bilingual, verb: z.enum(agendaVerbs), id: z.string(),
  /** Null: not about a customer, or about one whom the reader may not see; then the title is not told either. */
  customer: z.strictObject({ id: z.string(), name: z.string(), core: z.boolean() }).nullable(),
  title: bilingual.nullable(), amountFen: fenText.nullable(), currency: z.string().nullable(), dueOn: dayText, dueTime: z.string().nullable(), address: z.string().nullable(),
  /** Of whom the reader stands in for; null: his own. */
  standsInFor: z.string().nullable(),
})
export type AgendaLine = z.output<typeof agendaLine>

/** What waits for a post that holds no customers: duties, tasks, coordination, forms, votes, decisions. */
export const readMyAgenda = endpoint({
  id: 'reports.my-agenda', method: 'GET', path: '/api/reports/my-agenda',
  text: { zh: '查看我的待办', en: 'See what waits for me' },
  permission: 'signed-in',
  reply: z.strictObject({ asOf: dayText, lines: z.array(agendaLine), more: z.boolean() }),
})

export const readMyDay = endpoint({
  id: 'reports.my-day', method: 'GET', path: '/api/reports/my-day',
  text: { zh: '查看我的一天', en: 'See my day' },
  permission: 'contact.list',
  reply: z.strictObject({
    asOf: dayText,
    /** What is due up to a week ahead, the earliest first; `more`: it is not all. */
    lines: z.array(agendaLine), more: z.boolean(),
    /** Contacts had today. */
    done: z.array(z.strictObject({ customerId: z.string(), contactId: z.string(), customerName: z.string(), mode: z.string(), effective: z.boolean(), late: z.boolean() })),
    /** What ends within 30 days, what ended without a result, and early warnings that are open, of the customers whom the reader looks after himself. */
    ends: z.strictObject({ count: z.number().int(), amountFen: fenText }),
    withoutResult: z.number().int(), warnings: z.number().int(),
    /** His plan of this month with what the product works out of it; null: he has none. Coverage is told by whom he must contact. */
    plan: z.strictObject({
      firstDay: dayText, lastDay: dayText, confirmed: z.boolean(),
      targets: z.array(z.strictObject({ id: z.string(), title: z.string(), indicator: z.string(), target: z.string(), unit: z.string().nullable(), actual: z.string().nullable() })),
    }).nullable(),
    /** His own deposits as the last delivery left them; null before the first. */
    deposits: z.strictObject({ balanceFen: fenText, toYesterdayFen: fenText, toMonthBeginFen: fenText, monthAdbFen: fenText }).nullable(),
  }),
})
