import { z } from 'zod'
import { endpoint, page, pageQuery, verdict } from '../../foundation/http/contract.ts'
import { dayText, idText, newIdText, safeText } from '../../foundation/values/api-values.ts'

const caseStates = ['OPEN', 'AGREED', 'DONE', 'RETURNED', 'LAPSED'] as const
const text = z.strictObject({ zh: z.string(), en: z.string() })
const signature = z.strictObject({ side: z.enum(['COMPLIANCE', 'ADMIN']), name: z.string(), said: z.enum(['AGREED', 'RETURNED']), note: z.string().nullable(), on: dayText })

const shown = z.strictObject({
  id: idText, number: z.string(), kind: z.enum(['CORPORATE', 'PERSON']),
  /** The first characters of the name, for comparing with a paper; null: destroyed. */
  maskedName: z.string().nullable(),
  state: z.enum(caseStates), rule: text, lastOn: dayText, dueOn: dayText, proposedOn: dayText, proposedBy: z.string().nullable(), reason: z.string().nullable(),
  signatures: z.array(signature), held: z.boolean(), endedOn: dayText.nullable(), rows: z.number().int().nullable(),
  may: z.strictObject({ sign: verdict, carryOut: verdict }),
})
export type RetentionCaseShown = z.output<typeof shown>

/** What may not be destroyed, and why: the same reasons for a proposal and for the carrying out. */
const stops = {
  'under-hold': { status: 409, zh: '未能办理。客户 {number} 处于留存冻结，解除之前不得销毁', en: 'Not done. Customer {number} is under a legal hold: nothing is destroyed before it is lifted' },
  'live-products': { status: 409, zh: '未能办理。客户 {number} 还有未销户的账户或未结清的贷款', en: 'Not done. Customer {number} has an account that is not closed or a loan that is not settled' },
  'relation-lasts': { status: 409, zh: '未能办理。客户 {number} 的业务关系尚未结束', en: 'Not done. The relation with customer {number} has not ended' },
  'needed-still': { status: 409, zh: '未能办理。客户 {number} 仍被另一客户的资料引用，或有仍在有效期内的同意', en: 'Not done. Customer {number} is named in the file of another one, or has a consent in force' },
  'no-end-known': { status: 409, zh: '未能办理。查不到客户 {number} 业务关系结束的日期', en: 'Not done. Nothing tells when the relation with customer {number} ended' },
  'not-due': { status: 409, zh: '未能办理。客户 {number} 的资料尚未全部超过保存期限', en: 'Not done. Not all of customer {number} has passed its retention' },
  'open-work': { status: 409, zh: '未能办理。客户 {number} 有未完成的移交、认领或合并', en: 'Not done. A hand-over, a claim or a merge of customer {number} is under way' },
} as const

/** The newest first. */
export const listRetentionCases = endpoint({
  id: 'retention.list', method: 'GET', path: '/api/retention/cases', text: { zh: '查看到期资料的销毁建议', en: 'See what has passed its retention' }, permission: 'retention.read',
  query: z.strictObject({ ...pageQuery, part: z.enum(['open', 'done']).default('open') }),
  reply: page(shown).extend({ mayPropose: verdict }),
})

export const readRetentionRules = endpoint({
  id: 'retention.rules', method: 'GET', path: '/api/retention/rules', text: { zh: '查看保存期限表', en: 'See the terms of retention' }, permission: 'retention.read',
  reply: z.strictObject({ version: z.string(), rules: z.array(z.strictObject({ code: z.string(), title: text, event: text, basis: text, years: z.number().int().nullable(), from: dayText, to: dayText.nullable(), inForce: z.boolean() })) }),
})

export const proposeRetention = endpoint({
  id: 'retention.propose', method: 'POST', path: '/api/retention/cases', text: { zh: '提出销毁建议', en: 'Propose that a customer’s values are destroyed' }, permission: 'retention.decide', writes: 'create',
  body: z.strictObject({ id: newIdText, number: safeText(40), reason: safeText(200, { min: 2 }) }),
  reply: z.strictObject({ id: idText }),
  refusals: {
    'no-such-customer': { status: 404, zh: '未能提出。没有客户号为 {number} 的客户', en: 'Not proposed. There is no customer {number}' },
    'destroyed-already': { status: 409, zh: '未能提出。客户 {number} 的资料已销毁', en: 'Not proposed. The values of customer {number} were destroyed' },
    'proposed-already': { status: 409, zh: '未能提出。客户 {number} 已有待会签或待执行的建议', en: 'Not proposed. A proposal for customer {number} stands' },
    ...stops,
  },
})

/** One word for several cases: all of them or none. */
export const signRetention = endpoint({
  id: 'retention.sign', method: 'POST', path: '/api/retention/signatures', text: { zh: '会签销毁建议', en: 'Sign proposals to destroy' }, permission: 'retention.decide', writes: 'act',
  body: z.strictObject({ caseIds: z.array(idText).min(1).max(100), said: z.enum(['AGREED', 'RETURNED']), note: safeText(200).optional() }),
  reply: z.strictObject({ agreed: z.number().int(), waiting: z.number().int(), returned: z.number().int() }),
  refusals: {
    'note-missing': { status: 422, zh: '未能退回。请填写退回原因', en: 'Not returned. Say why' },
    'decided-already': { status: 409, zh: '未能会签。客户 {number} 的建议已处理。请刷新后查看', en: 'Not signed. The proposal for customer {number} was decided already. Reload to see it' },
    'same-person': { status: 409, zh: '未能会签。客户 {number} 的建议您已签过，须由另一方的另一人会签', en: 'Not signed. You have signed for customer {number}: another person of the other side decides' },
    'side-signed': { status: 409, zh: '未能会签。客户 {number} 的建议您所在一方已签，须由另一方会签', en: 'Not signed. Your side has signed for customer {number}: the other side decides' },
  },
})

/** Carried out once: asked again it is refused as done. */
export const carryOutRetention = endpoint({
  id: 'retention.carry-out', method: 'POST', path: '/api/retention/cases/:caseId/carry-out', text: { zh: '执行销毁', en: 'Destroy a customer’s values' }, permission: 'retention.decide', ownTransaction: true,
  params: z.strictObject({ caseId: idText }),
  reply: z.strictObject({ rows: z.number().int(), tables: z.number().int() }),
  refusals: {
    'not-agreed': { status: 409, zh: '未能执行。两方会签同意后才能执行', en: 'Not done. Both sides must have agreed' },
    ...stops,
  },
})
