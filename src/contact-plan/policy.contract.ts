import { z } from 'zod'
import { dayText, idText, newIdText, safeText } from '../foundation/values/api-values.ts'
import { decisionBody, decisionRefusals, endpoint, verdict, type Refusals } from '../foundation/http/contract.ts'

export const policyTiers = ['T1', 'T2', 'T3', 'T4'] as const
export const policyMonths = [1, 2, 3, 4, 6, 12] as const
export const contactWindows = ['CALENDAR_MONTH', 'ROLLING_31_DAYS'] as const

const months = z.union(policyMonths.map((month) => z.literal(month)) as [z.ZodLiteral<1>, z.ZodLiteral<2>, ...z.ZodLiteral<3 | 4 | 6 | 12>[]])
/** How often a customer of a tier must be contacted; months are calendar periods. */
export const policyTerms = z.strictObject({
  everyMonths: months,
  /** At least one meeting in so many months; null: none is asked for. */
  faceEveryMonths: months.nullable(),
  /** A leader visits in person in so many months; null: none is asked for. */
  leaderEveryMonths: months.nullable(),
  window: z.enum(contactWindows),
  /** Working days after the contact within which it must be recorded. */
  recordWithin: z.number().int().min(0).max(31),
  /** Who becomes core after this day of the month owes the first duty next month. */
  firstDutyUntilDay: z.number().int().min(1).max(28),
})
export type PolicyTerms = z.output<typeof policyTerms>

/** '*': the whole bank; else a region of the outlets. */
const region = z.string().min(1).max(40)
const policyRow = policyTerms.extend({ tier: z.enum(policyTiers), region, from: dayText, to: dayText.nullable(), version: z.string(), basis: z.string() })
export type PolicyRow = z.output<typeof policyRow>

const policyChange = z.strictObject({
  id: idText, tier: z.enum(policyTiers), region, from: dayText, terms: policyTerms.nullable(), reason: z.string(), proposedBy: z.string(), proposedOn: dayText,
  decision: z.enum(['CONFIRMED', 'RETURNED']).nullable(), decidedBy: z.string().nullable(), decidedOn: dayText.nullable(), decisionNote: z.string().nullable(),
  /** Customers of the tier in the region today. */
  customers: z.number().int(), may: verdict,
})
export type PolicyChange = z.output<typeof policyChange>

export const listPolicies = endpoint({
  id: 'contact-policy.list', method: 'GET', path: '/api/contact-policies', text: { zh: '查看联系政策', en: 'See the contact policy' }, permission: 'policy.read',
  reply: z.strictObject({ asOf: dayText, rows: z.array(policyRow), changes: z.array(policyChange), regions: z.array(z.string()), mayPropose: verdict, nextMonth: dayText }),
})

const faults = {
  'not-first-of-month': { status: 422, zh: '未能提交。生效日须为某月 1 日。请修改生效日', en: 'Not proposed. A policy begins on the first of a month. Change the day' },
  'begins-in-the-past': { status: 422, zh: '未能提交。生效日须晚于营业日 {today}，过去的月份不改。请修改生效日', en: 'Not proposed. A policy begins after the business date {today}; past months stay. Change the day' },
  'region-unknown': { status: 422, zh: '未能提交。没有网点属于地区 {region}。请选择地区', en: 'Not proposed. No outlet belongs to the region {region}. Choose a region' },
  'later-policy': { status: 409, zh: '未能提交。{day} 起已有另一版本。请选择更晚的生效日', en: 'Not proposed. Another version begins on {day}. Choose a later day' },
  'face-more-often': { status: 422, zh: '未能提交。见面比联系更频繁。请调整见面或联系的间隔', en: 'Not proposed. A meeting is asked for more often than a contact. Change one of them' },
  'nothing-to-end': { status: 409, zh: '未能提交。该地区没有自己的规定，不需要终止', en: 'Not proposed. The region has no rule of its own that could end' },
  'same-policy': { status: 409, zh: '未能提交。与现行规定相同', en: 'Not proposed. It is the same as the rule in force' },
} as const satisfies Refusals
export type PolicyFault = keyof typeof faults

export const proposePolicy = endpoint({
  id: 'contact-policy.propose', method: 'POST', path: '/api/contact-policy-changes', text: { zh: '提交联系政策变更', en: 'Propose a contact policy' }, permission: 'contact-policy.change', writes: 'create',
  body: z.strictObject({ id: newIdText, tier: z.enum(policyTiers), region: safeText(40), from: dayText, /** Null: the region's own rule ends. */ terms: policyTerms.nullable(), reason: safeText(200, { min: 4 }) }),
  reply: z.strictObject({ id: idText }),
  refusals: { ...faults, 'proposal-open': { status: 409, zh: '未能提交。该层级和地区已有一项待复核的变更。请先复核或退回', en: 'Not proposed. A change of this tier and region waits to be decided. Decide it first' } },
})

export const decidePolicy = endpoint({
  id: 'contact-policy.decide', method: 'POST', path: '/api/contact-policy-changes/:changeId/decision', text: { zh: '复核联系政策变更', en: 'Decide on a contact policy' }, permission: 'contact-policy.change', writes: 'act',
  params: z.strictObject({ changeId: idText }),
  body: decisionBody,
  reply: z.strictObject({ id: idText }),
  refusals: { ...decisionRefusals, ...faults },
})
