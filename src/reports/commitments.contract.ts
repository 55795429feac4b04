import { z } from 'zod'
import { endpoint, page, pageQuery } from '../foundation/http/contract.ts'
import { dayText, idText, safeText } from '../foundation/values/api-values.ts'

/** A promise of a contact (by us or by the customer), the next step of a contact that none has answered yet, a contact that was planned. */
export const commitmentKinds = ['OURS', 'THEIRS', 'NEXT_STEP', 'PLANNED'] as const
export type CommitmentKind = (typeof commitmentKinds)[number]
/** OPEN: everything that waits, what is past its day first. */
export const commitmentViews = ['OPEN', 'OVERDUE', 'WEEK', 'MONTH'] as const
export type CommitmentView = (typeof commitmentViews)[number]
/** MINE: what the reader sees to himself, and for whom he stands in; SCOPE: of all customers whom he sees. */
const whose = z.enum(['MINE', 'SCOPE'])

const filters = { whose: whose.default('MINE'), view: z.enum(commitmentViews).default('OPEN'), kind: z.enum(commitmentKinds).optional() }
const staffKey = z.number().int().positive().max(2_147_483_647)

const commitment = z.strictObject({
  id: idText, kind: z.enum(commitmentKinds), customerId: idText, customerName: z.string(), tier: z.string(), what: z.string(), dueOn: dayText,
  /** Days past the day; 0: due today or later. */
  daysPast: z.number().int(),
  staffName: z.string(),
  /** Where it is kept: the record of the promise, or a new record. */
  address: z.string(),
})
export type Commitment = z.output<typeof commitment>

export const listCommitments = endpoint({
  id: 'reports.commitments', method: 'GET', path: '/api/reports/commitments',
  text: { zh: '查看承诺与计划', en: 'See promises and plans' },
  permission: 'contact.list',
  query: z.strictObject({ ...pageQuery, ...filters, staffKey: z.coerce.number().pipe(staffKey).optional() }),
  reply: page(commitment).extend({ asOf: dayText }),
})

export const exportCommitments = endpoint({
  id: 'reports.export-commitments', method: 'POST', path: '/api/reports/commitments/export',
  text: { zh: '导出承诺与计划', en: 'Export promises and plans' },
  permission: 'watch.export', raw: true,
  body: z.strictObject({ ...filters, staffKey: staffKey.optional(), purpose: safeText(100, { min: 2 }) }),
  reply: z.unknown(),
  refusals: {
    'nothing-to-export': { status: 422, zh: '未导出。没有符合条件的承诺或计划', en: 'Not exported. No promise or plan fits' },
    'too-many-rows': { status: 422, zh: '未导出。超过 {most} 行。请缩小范围', en: 'Not exported. More than {most} rows. Narrow it down' },
  },
})
