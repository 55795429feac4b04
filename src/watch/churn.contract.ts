import { z } from 'zod'
import { endpoint, page, pageQuery } from '../foundation/http/contract.ts'
import { dayText, fenText, idText, safeText } from '../foundation/values/api-values.ts'

const key = z.coerce.number().int().positive().max(2_147_483_647)
export const periodText = z.string().regex(/^(19|20)\d{2}(-Q[1-4])?$/, { error: 'period' })
export const churnGroups = ['MANAGER', 'OUTLET', 'BRANCH'] as const
export const churnGroup = z.enum(churnGroups)
export type ChurnGroup = z.output<typeof churnGroup>

const figures = {
  /** Customers of the base set, those not counted, those counted, those lost. */
  base: z.number().int(), excluded: z.number().int(), counted: z.number().int(), lost: z.number().int(),
  /** Lost ÷ counted in percent; null when nobody is counted. */
  churnPct: z.string().nullable(),
  /** Customer asset increment: end value less base of the customers on the list at the end. */
  incrementFen: fenText,
}
const row = z.strictObject({ key: z.number().int().nullable(), name: z.string().nullable(), ...figures })
export type ChurnRow = z.output<typeof row>

export const getChurn = endpoint({
  id: 'watch.churn', method: 'GET', path: '/api/churn',
  text: { zh: '查看流失率', en: 'See churn' },
  permission: 'churn.read',
  query: z.strictObject({ period: periodText.optional(), by: churnGroup.optional(), unitKey: key.optional() }),
  reply: z.strictObject({ period: periodText, periods: z.array(periodText), firstDay: dayText, lastDay: dayText, asOf: dayText.nullable(), by: churnGroup, groups: z.array(churnGroup), total: z.strictObject(figures), rows: z.array(row) }),
})

export const standingSets = ['LOST', 'EXCLUDED', 'MOVED', 'BASE'] as const
const standing = z.strictObject({
  customerId: idText, name: z.string(), number: z.string(), kind: z.string(), managerName: z.string().nullable(), endManagerName: z.string().nullable(), movedOn: dayText.nullable(), baseFen: fenText, endFen: fenText,
  /** End in percent of the base; null without base. */
  leftPct: z.string().nullable(), lost: z.enum(['CLOSED', 'BELOW', 'TIER']).nullable(), transferred: z.boolean(), excluded: z.enum(['DEATH', 'MERGED', 'EXIT_BY_BANK']).nullable(), excludedBy: z.string().nullable(), excludedNote: z.string().nullable(), incrementFen: fenText.nullable(),
})
export type StandingRow = z.output<typeof standing>

export const listStandings = endpoint({
  id: 'watch.standings', method: 'GET', path: '/api/churn/customers',
  text: { zh: '查看流失明细', en: 'See the customers behind churn' },
  permission: 'churn.read',
  query: z.strictObject({ ...pageQuery, period: periodText, set: z.enum(standingSets).default('LOST'), managerKey: key.optional() }),
  reply: page(standing),
})

/** Death, merger into another customer of the bank, exit decided by the bank: neither lost nor counted. */
export const excludeFromChurn = endpoint({
  id: 'watch.exclude', method: 'POST', path: '/api/customers/:customerId/standings/:period/exclusion',
  text: { zh: '剔除流失统计', en: 'Leave a customer out of churn' },
  permission: 'churn.exclude', opens: 'customerId', writes: 'act',
  params: z.strictObject({ customerId: idText, period: periodText }),
  body: z.strictObject({ reason: z.enum(['DEATH', 'MERGED', 'EXIT_BY_BANK']), note: safeText(200, { min: 2 }) }),
  reply: z.strictObject({ customerId: idText }),
  refusals: { 'not-in-base': { status: 422, zh: '未能剔除。该客户不在此期基数内', en: 'Not left out. The customer is not in the base set of this period' } },
})
