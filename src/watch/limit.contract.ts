import { z } from 'zod'
import { decisionBody, decisionRefusals, endpoint, verdict, type Refusals } from '../foundation/http/contract.ts'
import { dayText, decimalText, fenText, idText, newIdText, safeText } from '../foundation/values/api-values.ts'

export const limitRules = ['LARGE_MOVEMENT', 'BELOW_BASE', 'OUTFLOW', 'CHURN', 'AUM', 'MATURITY', 'LEAKAGE', 'GAP', 'PAYEE_LEAD'] as const
export type LimitRule = (typeof limitRules)[number]
/** BOTH: a list that does not part companies from persons. */
export const limitKinds = ['CORPORATE', 'PERSON', 'BOTH'] as const
export type LimitKind = (typeof limitKinds)[number]
/** What a limit says; which of it belongs to a rule stands in limit.rules.ts, the rest is null. */
export const limitTerms = z.strictObject({
  leastFen: fenText.nullable(), /** A part of the whole, 0.1 = 10 %. */ share: decimalText(4).nullable(), days: z.number().int().min(1).max(366).nullable(), times: z.number().int().min(1).max(1000).nullable(),
  /** Does what funds gain or lose by the market count in the increment of assets? */
  marketEffect: z.enum(['INCLUDE', 'NET_INFLOW']).nullable(),
})
export type LimitTerms = z.output<typeof limitTerms>

const limit = z.strictObject({ rule: z.enum(limitRules), kind: z.enum(limitKinds), from: dayText, to: dayText.nullable(), version: z.string(), basis: z.string(), terms: limitTerms, /** Comes with the product; the bank has none of its own. */ installed: z.boolean() })
export type LimitView = z.output<typeof limit>
const changed = z.strictObject({
  id: idText, rule: z.enum(limitRules), kind: z.enum(limitKinds), from: dayText, terms: limitTerms, reason: z.string(), proposedBy: z.string(), proposedOn: dayText,
  decision: z.enum(['CONFIRMED', 'RETURNED']).nullable(), decidedBy: z.string().nullable(), decidedOn: dayText.nullable(), decisionNote: z.string().nullable(), may: verdict,
})
export type LimitChange = z.output<typeof changed>

export const listLimits = endpoint({
  id: 'watch.limits', method: 'GET', path: '/api/watch-limits', text: { zh: '查看预警标准', en: 'See the limits of watching' }, permission: 'policy.read',
  reply: z.strictObject({ asOf: dayText, limits: z.array(limit), changes: z.array(changed), mayPropose: verdict, earliest: dayText, nextQuarter: dayText }),
})

const faults = {
  'kind-wrong': { status: 422, zh: '未能提交。该标准不适用于这类客户。请重新选择', en: 'Not proposed. The limit does not hold for this kind of customer. Choose again' },
  'terms-wrong': { status: 422, zh: '未能提交。标准的数值不完整或超出范围：金额须大于零，比例须大于 0 且不超过 100%，天数 1 至 366，次数 1 至 1,000', en: 'Not proposed. A value is missing or out of range: amounts above zero, shares above 0 and up to 100 %, days from 1 to 366, times from 1 to 1,000' },
  'begins-in-the-past': { status: 422, zh: '未能提交。生效日须晚于营业日 {today}。请修改生效日', en: 'Not proposed. It begins after the business date {today}. Change the day' },
  'not-first-of-quarter': { status: 422, zh: '未能提交。流失和总资产增量按季度、年度统计，生效日须为季度首日。请修改生效日', en: 'Not proposed. Churn and increment are worked out by quarter and year: it begins on the first day of a quarter. Change the day' },
  'later-limit': { status: 409, zh: '未能提交。{day} 起已有另一版本。请选择更晚的生效日', en: 'Not proposed. Another version begins on {day}. Choose a later day' },
  'same-limit': { status: 409, zh: '未能提交。与现行标准相同', en: 'Not proposed. It is the same as the limit in force' },
} as const satisfies Refusals
export type LimitFault = keyof typeof faults
const asked = { rule: z.enum(limitRules), kind: z.enum(limitKinds), from: dayText, terms: limitTerms }

export const proposeLimit = endpoint({
  id: 'watch.propose-limit', method: 'POST', path: '/api/watch-limit-changes', text: { zh: '提交预警标准变更', en: 'Propose a limit of watching' }, permission: 'watch-limit.change', writes: 'create',
  body: z.strictObject({ id: newIdText, ...asked, reason: safeText(200, { min: 4 }) }), reply: z.strictObject({ id: idText }),
  refusals: { ...faults, 'proposal-open': { status: 409, zh: '未能提交。该标准已有一项待复核的变更。请先复核或退回', en: 'Not proposed. A change of this limit waits to be decided. Decide it first' } },
})
export const decideLimit = endpoint({
  id: 'watch.decide-limit', method: 'POST', path: '/api/watch-limit-changes/:changeId/decision', text: { zh: '复核预警标准变更', en: 'Decide on a limit of watching' }, permission: 'watch-limit.change', writes: 'act',
  params: z.strictObject({ changeId: idText }), body: decisionBody, reply: z.strictObject({ id: idText }),
  refusals: { ...decisionRefusals, ...faults },
})
