import { z } from 'zod'
import { decisionBody, decisionRefusals, endpoint, verdict, type Refusals } from '../../foundation/http/contract.ts'
import { dayText, fenText, idText, newIdText, safeText } from '../../foundation/values/api-values.ts'
import { tierCode } from './tier.contract.ts'

const made = z.enum(['T1', 'T2', 'T3'])
export const tierKinds = ['CORPORATE', 'PERSON'] as const
/** From when on a customer is of which tier: any of the tests is enough. Amounts are whole fen. */
export const tierTerms = z.strictObject({
  t1Fen: fenText, t2Fen: fenText, t3Fen: fenText,
  /** Contribution of twelve months; both or none. */
  t1ContributionFen: fenText.nullable(), t2ContributionFen: fenText.nullable(),
  credit: made.nullable(), linesMin: z.number().int().min(1).max(20).nullable(), linesTier: made.nullable(), strategic: made.nullable(),
  confirmCore: z.boolean(),
})
export type TierTerms = z.output<typeof tierTerms>
const region = z.string().min(1).max(40)
const rule = z.strictObject({ kind: z.enum(tierKinds), region, from: dayText, to: dayText.nullable(), version: z.string(), basis: z.string(), terms: tierTerms, /** Comes with the product; the bank has none of its own. */ installed: z.boolean() })
export type TierRuleView = z.output<typeof rule>

/** `anyway`: as many the rules in force would move likewise; trials kept before this was counted have none. */
const moves = z.array(z.strictObject({ from: tierCode, to: tierCode, customers: z.number().int(), anyway: z.number().int().optional() }))
/** Who would move if the rule had held for the last full month: numbers over the whole bank. */
const preview = z.strictObject({ month: z.string(), judged: z.number().int(), moves })
export type TierPreview = z.output<typeof preview>
const changed = z.strictObject({
  id: idText, kind: z.enum(tierKinds), region, from: dayText, terms: tierTerms, preview: preview.nullable(), reason: z.string(), proposedBy: z.string(), proposedOn: dayText,
  decision: z.enum(['CONFIRMED', 'RETURNED']).nullable(), decidedBy: z.string().nullable(), decidedOn: dayText.nullable(), decisionNote: z.string().nullable(), may: verdict,
})
export type TierRuleChange = z.output<typeof changed>

export const listTierRules = endpoint({
  id: 'tier-rules.list', method: 'GET', path: '/api/tier-rules', text: { zh: '查看层级规则', en: 'See the rules of tiers' }, permission: 'policy.read',
  reply: z.strictObject({ asOf: dayText, rules: z.array(rule), changes: z.array(changed), regions: z.array(z.string()), mayPropose: verdict, nextMonth: dayText }),
})

const faults = {
  'not-first-of-month': { status: 422, zh: '未能提交。生效日须为某月 1 日。请修改生效日', en: 'Not proposed. A rule begins on the first of a month. Change the day' },
  'begins-in-the-past': { status: 422, zh: '未能提交。生效日须晚于营业日 {today}，过去的月份不改。请修改生效日', en: 'Not proposed. A rule begins after the business date {today}; past months stay. Change the day' },
  'region-unknown': { status: 422, zh: '未能提交。没有网点属于地区 {region}。请选择地区', en: 'Not proposed. No outlet belongs to the region {region}. Choose a region' },
  'later-rule': { status: 409, zh: '未能提交。{day} 起已有另一版本。请选择更晚的生效日', en: 'Not proposed. Another version begins on {day}. Choose a later day' },
  'lines-order': { status: 422, zh: '未能提交。标准须由高到低，且大于零。请检查各级金额', en: 'Not proposed. The lines must fall from tier to tier and be above zero. Check the amounts' },
  'both-or-none': { status: 422, zh: '未能提交。两级年贡献须同时填写或同时留空；产品数与其层级同理', en: 'Not proposed. Give both contributions or none; likewise the number of products and its tier' },
  'same-rule': { status: 409, zh: '未能提交。与现行规则相同', en: 'Not proposed. It is the same as the rule in force' },
} as const satisfies Refusals
export type TierRuleFault = keyof typeof faults
const asked = { kind: z.enum(tierKinds), region: safeText(40), from: dayText, terms: tierTerms }

export const previewTierRule = endpoint({
  id: 'tier-rules.preview', method: 'POST', path: '/api/tier-rule-preview', text: { zh: '试算层级规则', en: 'Try a rule of tiers' }, permission: 'tier-rule.change', body: z.strictObject(asked), reply: preview, refusals: faults,
})
export const proposeTierRule = endpoint({
  id: 'tier-rules.propose', method: 'POST', path: '/api/tier-rule-changes', text: { zh: '提交层级规则变更', en: 'Propose a rule of tiers' }, permission: 'tier-rule.change', writes: 'create',
  body: z.strictObject({ id: newIdText, ...asked, reason: safeText(200, { min: 4 }) }), reply: z.strictObject({ id: idText }),
  refusals: { ...faults, 'proposal-open': { status: 409, zh: '未能提交。该类客户和地区已有一项待复核的变更。请先复核或退回', en: 'Not proposed. A change of this kind and region waits to be decided. Decide it first' } },
})
export const decideTierRule = endpoint({
  id: 'tier-rules.decide', method: 'POST', path: '/api/tier-rule-changes/:changeId/decision', text: { zh: '复核层级规则变更', en: 'Decide on a rule of tiers' }, permission: 'tier-rule.change', writes: 'act',
  params: z.strictObject({ changeId: idText }), body: decisionBody, reply: z.strictObject({ id: idText }),
  refusals: { ...decisionRefusals, ...faults },
})
