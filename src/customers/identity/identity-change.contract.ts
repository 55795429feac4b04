import { z } from 'zod'
import { endpoint, page, pageQuery, verdict } from '../../foundation/http/contract.ts'
import { dayText, idText, newIdText, safeText } from '../../foundation/values/api-values.ts'
import { identityKind } from '../customer.contract.ts'

/** What may not be changed by one person: the name, a document (kind and number), the legal representative. */
export const identityFields = ['NAME', 'IDENTITY', 'LEGAL_REPRESENTATIVE'] as const
export const identityField = z.enum(identityFields)
export type IdentityField = (typeof identityFields)[number]
export const changeStates = ['OPEN', 'CONFIRMED', 'RETURNED', 'WITHDRAWN', 'OVERTAKEN'] as const

const customer = z.strictObject({ customerId: idText })
const one = z.strictObject({ customerId: idText, changeId: idText })

const change = z.strictObject({
  id: idText, field: identityField, state: z.enum(changeStates),
  /** Of a document: its kind. Null: nothing stood. */
  from: z.string().nullable(), to: z.string(),
  /** Of a document, or of the new representative's: masked numbers. */
  idKind: z.string().nullable(), fromMasked: z.string().nullable(), toMasked: z.string().nullable(), expiresOn: dayText.nullable(),
  proof: z.string(), file: z.strictObject({ name: z.string(), kind: z.string(), size: z.number().int() }).nullable(), reason: z.string(),
  proposedBy: z.string(), proposedOn: dayText, decidedBy: z.string().nullable(), decidedOn: dayText.nullable(), decisionNote: z.string().nullable(),
  may: z.strictObject({ decide: verdict, withdraw: verdict }),
})
export type IdentityChangeView = z.output<typeof change>

/** What waits first, then the newest, of the customers in the reader's scope. */
export const listIdentityChanges = endpoint({
  id: 'identity-changes.list', method: 'GET', path: '/api/identity-changes', text: { zh: '查看身份变更申请', en: 'See changes of identity' }, permission: 'identity.read',
  query: z.strictObject({ ...pageQuery, state: z.enum(changeStates).optional(), field: identityField.optional() }),
  reply: page(change.extend({ customerId: idText, number: z.string(), name: z.string(), kind: z.enum(['CORPORATE', 'PERSON']), managerName: z.string().nullable() })),
})

export const getIdentityChanges = endpoint({
  id: 'customers.identity-changes', method: 'GET', path: '/api/customers/:customerId/identity-changes', text: { zh: '查看客户身份变更', en: 'See a customer’s changes of identity' }, permission: 'customer.read', opens: 'customerId', params: customer,
  reply: z.strictObject({
    kind: z.enum(['CORPORATE', 'PERSON']), name: z.string(), legalRepresentative: z.string().nullable(),
    documents: z.array(z.strictObject({ id: idText, kind: identityKind, masked: z.string() })),
    changes: z.array(change), mayPropose: verdict,
  }),
})
export type IdentityChangesOf = z.output<typeof getIdentityChanges.reply>

const said = { proof: safeText(120, { min: 2 }), reason: safeText(200, { min: 2 }), sameNameSeen: z.boolean().default(false) }
const asked = z.discriminatedUnion('field', [
  z.strictObject({ field: z.literal('NAME'), id: newIdText, name: safeText(120, { min: 2 }), ...said }),
  /** `number` null: as it is. */
  z.strictObject({ field: z.literal('IDENTITY'), id: newIdText, documentId: idText, kind: identityKind, number: safeText(60).nullable(), expiresOn: dayText.nullable(), ...said }),
  z.strictObject({ field: z.literal('LEGAL_REPRESENTATIVE'), id: newIdText, personName: safeText(60), idKind: z.enum(['RESIDENT_ID', 'HK_MACAO_PERMIT', 'TAIWAN_PERMIT', 'FOREIGN_PERMANENT', 'PASSPORT', 'MILITARY', 'OTHER']).nullable(), idNumber: safeText(40).nullable(), ...said }),
])
export type AskedChange = z.output<typeof asked>

const duplicate = {
  'identity-there': { status: 409, zh: '未能提交。此客户已有该种证件', en: 'Not done. The customer has a document of this kind' },
  'duplicate-identity': { status: 409, zh: '未能提交。该号码已有客户，归属{outlet}，请联系该网点', en: 'Not done. A customer with this number exists at {outletEn}; contact that outlet' },
  'same-name': { status: 409, zh: '未能提交。疑似已存在，归属{outlets}，请联系该网点。如确为另一客户，请勾选后再提交', en: 'Not done. This customer seems to exist at {outletsEn}; ask there. Tick the box if it is another one' },
} as const

export const proposeIdentityChange = endpoint({
  id: 'identity-changes.propose', method: 'POST', path: '/api/customers/:customerId/identity-changes', text: { zh: '申请身份变更', en: 'Ask for a change of identity' }, permission: 'identity.propose', opens: 'customerId', writes: 'create', params: customer,
  body: asked,
  reply: z.strictObject({ id: idText }),
  refusals: {
    'change-open': { status: 409, zh: '未能提交。此项已有待复核的申请。请先撤回，或等待复核', en: 'Not done. A change of this waits already. Withdraw it, or wait for the decision' },
    'wrong-part': { status: 422, zh: '未能提交。这类客户没有此项', en: 'Not done. This kind of customer has no such thing' },
    'nothing-stands': { status: 422, zh: '未能提交。此项尚未登记，请直接登记，无需复核', en: 'Not done. Nothing stands here yet: enter it directly, nobody need check it' },
    'nothing-changes': { status: 422, zh: '未能提交。与现有内容相同', en: 'Not done. It is as it was' },
    'identity-kind': { status: 422, zh: '未能提交。该证件种类不适用于此类客户', en: 'Not done. This kind of document does not fit this kind of customer' },
    'goes-together': { status: 422, zh: '未能提交。证件种类和号码须一并填写', en: 'Not done. The kind of document and its number go together' },
    'identity-number': { status: 422, zh: '未能提交。证件号码{fault}', en: 'Not done. The identity number: {faultEn}' },
    destroyed: { status: 410, zh: '未能提交。原号码已按保管期限销毁，请填写号码', en: 'Not done. The former number was destroyed at the end of its term: enter the number' },
    ...duplicate,
  },
})

/** The scan of the paper that proves it; by the maker, while it waits. */
export const attachProof = endpoint({
  id: 'identity-changes.attach-proof', method: 'POST', path: '/api/customers/:customerId/identity-changes/:changeId/proof', text: { zh: '上传身份变更证明', en: 'Upload the proof of a change of identity' }, permission: 'identity.propose', opens: 'customerId', writes: 'create', params: one,
  body: z.strictObject({ id: newIdText }),
  upload: { kinds: ['PDF', 'JPEG', 'PNG', 'WEBP', 'HEIC', 'OFD'], most: 15 * 1024 * 1024 },
  reply: z.strictObject({ id: idText }),
  refusals: {
    'not-yours': { status: 403, zh: '未能上传。只有申请人可以补充证明', en: 'Not uploaded. Only who asked for the change adds its proof' },
    'decided-already': { status: 409, zh: '未能上传。此项申请已处理', en: 'Not uploaded. The change was decided already' },
  },
})

export const downloadProof = endpoint({
  id: 'identity-changes.download-proof', method: 'POST', path: '/api/customers/:customerId/identity-changes/:changeId/proof/download', text: { zh: '下载身份变更证明', en: 'Download the proof of a change of identity' }, permission: 'customer.reveal', opens: 'customerId', raw: true, params: one,
  body: z.strictObject({ purpose: safeText(100, { min: 2 }) }),
  reply: z.unknown(),
  refusals: {
    confidential: { status: 403, zh: '未能下载。客户保密级别为{class}，只有主办可以下载', en: 'Not downloaded. The customer is confidential ({classEn}); only the main manager may' },
    destroyed: { status: 410, zh: '文件已按保管期限销毁，或已不在存储中', en: 'The file was destroyed at the end of its term, or is no longer stored' },
  },
})

export const decideIdentityChange = endpoint({
  id: 'identity-changes.decide', method: 'POST', path: '/api/customers/:customerId/identity-changes/:changeId/decision', text: { zh: '复核身份变更', en: 'Decide on a change of identity' }, permission: 'identity.decide', opens: 'customerId', writes: 'act', params: one,
  body: z.strictObject({ decision: z.enum(['CONFIRMED', 'RETURNED']), note: safeText(200).optional(), /** Who decides saw that the name exists and that it is another customer. */ sameNameSeen: z.boolean().default(false) }),
  reply: z.strictObject({ id: idText }),
  refusals: {
    'decided-already': { status: 409, zh: '未能复核。此项申请已处理。请刷新后查看', en: 'Not decided. It was decided already. Reload to see it' },
    'same-person': { status: 409, zh: '未能复核。您是申请人，不能复核。请由另一位负责人复核', en: 'Not decided. You asked for it and cannot check it. Ask a colleague' },
    'note-missing': { status: 422, zh: '未能退回。请填写退回原因', en: 'Not returned. Say why' },
    'changed-meanwhile': { status: 409, zh: '未能同意。提交申请之后原值已变。请退回后重新申请', en: 'Not confirmed. What stood has changed since it was asked. Return it and ask anew' },
    ...duplicate,
  },
})

export const withdrawIdentityChange = endpoint({
  id: 'identity-changes.withdraw', method: 'PUT', path: '/api/customers/:customerId/identity-changes/:changeId/withdraw', text: { zh: '撤回身份变更申请', en: 'Withdraw a change of identity' }, permission: 'identity.propose', opens: 'customerId', writes: 'act', params: one,
  body: z.strictObject({ reason: safeText(200, { min: 2 }) }),
  reply: z.strictObject({ id: idText }),
  refusals: {
    'decided-already': { status: 409, zh: '未能撤回。此项申请已处理', en: 'Not withdrawn. It was decided already' },
    'not-yours': { status: 403, zh: '未能撤回。只有申请人可以撤回', en: 'Not withdrawn. Only who asked for it may' },
  },
})
