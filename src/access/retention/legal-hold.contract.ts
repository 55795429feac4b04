import { z } from 'zod'
import { endpoint, page, pageQuery, verdict } from '../../foundation/http/contract.ts'
import { dayText, idText, newIdText, safeText } from '../../foundation/values/api-values.ts'

/** 诉讼保全、监管要求留存、调查、其他. */
export const holdKinds = ['LITIGATION', 'REGULATOR', 'INVESTIGATION', 'OTHER'] as const
const holdStates = ['ENTERED', 'CONFIRMED', 'RETURNED', 'LIFT_ASKED', 'LIFTED'] as const
const decision = { decision: z.enum(['CONFIRMED', 'RETURNED']), note: safeText(200).optional() }
const one = z.strictObject({ holdId: idText })
const twoPeople = {
  'same-person': { status: 409, zh: '未能复核。须由另一人复核', en: 'Not decided. Another person decides' },
  'note-missing': { status: 422, zh: '未能退回。请填写退回原因', en: 'Not returned. Say why' },
} as const

const shown = z.strictObject({
  id: idText, number: z.string(), maskedName: z.string().nullable(), kind: z.enum(holdKinds), reason: z.string(), state: z.enum(holdStates), enteredBy: z.string(), enteredOn: dayText,
  decidedBy: z.string().nullable(), decidedOn: dayText.nullable(), decisionNote: z.string().nullable(), liftReason: z.string().nullable(), liftAskedBy: z.string().nullable(), liftAskedOn: dayText.nullable(),
  liftedBy: z.string().nullable(), liftedOn: dayText.nullable(), may: z.strictObject({ decide: verdict, askLift: verdict, decideLift: verdict }),
})
export type LegalHoldShown = z.output<typeof shown>

/** The newest first. */
export const listLegalHolds = endpoint({
  id: 'legal-holds.list', method: 'GET', path: '/api/legal-holds', text: { zh: '查看留存冻结', en: 'See the legal holds' }, permission: 'retention.read',
  query: z.strictObject({ ...pageQuery, over: z.enum(['yes', 'no']).default('no') }), reply: page(shown).extend({ mayEnter: verdict }),
})

/** It stops from its entry on; another person confirms it or returns it. */
export const enterLegalHold = endpoint({
  id: 'legal-holds.enter', method: 'POST', path: '/api/legal-holds', text: { zh: '登记留存冻结', en: 'Enter a legal hold' }, permission: 'legal-hold.keep', writes: 'create',
  body: z.strictObject({ id: newIdText, number: safeText(40), kind: z.enum(holdKinds), reason: safeText(200, { min: 0 }) }),
  reply: z.strictObject({ id: idText }),
  refusals: {
    'reason-missing': { status: 422, zh: '未能登记。请写明冻结的事由和文号', en: 'Not entered. Say why, with the number of the paper' },
    'no-such-customer': { status: 404, zh: '未能登记。没有客户号为 {number} 的客户', en: 'Not entered. There is no customer {number}' },
    'destroyed-already': { status: 409, zh: '未能登记。客户 {number} 的资料已销毁', en: 'Not entered. The values of customer {number} were destroyed' },
  },
})

export const decideLegalHold = endpoint({
  id: 'legal-holds.decide', method: 'POST', path: '/api/legal-holds/:holdId/decision', text: { zh: '复核留存冻结', en: 'Decide on a legal hold' }, permission: 'legal-hold.keep', writes: 'act', params: one, body: z.strictObject(decision),
  reply: z.strictObject({ id: idText }),
  refusals: { 'decided-already': { status: 409, zh: '未能复核。此项冻结已复核', en: 'Not decided. It was decided already' }, ...twoPeople },
})

export const askLiftHold = endpoint({
  id: 'legal-holds.ask-lift', method: 'POST', path: '/api/legal-holds/:holdId/lift', text: { zh: '申请解除留存冻结', en: 'Ask that a legal hold is lifted' }, permission: 'legal-hold.keep', writes: 'act', params: one,
  body: z.strictObject({ reason: safeText(200, { min: 0 }) }), reply: z.strictObject({ id: idText }),
  refusals: {
    'reason-missing': { status: 422, zh: '未能申请。请写明解除的依据', en: 'Not asked. Say on what ground' },
    'not-in-force': { status: 409, zh: '未能申请。此项冻结未经复核、已退回或已解除', en: 'Not asked. The hold is not confirmed, was returned or lifted' },
    'asked-already': { status: 409, zh: '未能申请。解除申请已提交，待另一人复核', en: 'Not asked. The lifting waits for another person already' },
  },
})

export const decideLiftHold = endpoint({
  id: 'legal-holds.decide-lift', method: 'POST', path: '/api/legal-holds/:holdId/lift/decision', text: { zh: '复核解除留存冻结', en: 'Decide on the lifting of a legal hold' }, permission: 'legal-hold.keep', writes: 'act', params: one, body: z.strictObject(decision),
  reply: z.strictObject({ id: idText }),
  refusals: { 'not-asked': { status: 409, zh: '未能复核。没有待复核的解除申请', en: 'Not decided. Nobody asks for its lifting' }, ...twoPeople },
})
