import { z } from 'zod'
import { endpoint, mayDo, page, pageQuery, type Refusals } from '../../foundation/http/contract.ts'
import { idText, newIdText, safeText } from '../../foundation/values/api-values.ts'
import { customerKind, customerStatus, identityKind, phoneText } from '../customer.contract.ts'

export const duplicateLevel = z.enum(['CERTAIN', 'LIKELY', 'POSSIBLE'])
export const duplicateSign = z.enum([
  'number', 'organisation-code', 'name', 'name-written-otherwise', 'name-place-left-out', 'name-former', 'name-form-differs', 'name-sounds-alike', 'name-one-character',
  'person-name', 'person-name-written-otherwise', 'person-name-former', 'person-name-sounds-alike', 'phone', 'representative', 'address', 'birth-date',
  'number-differs', 'place-differs', 'branch-differs', 'birth-date-differs', 'sex-differs',
])

const side = z.strictObject({ customerId: z.string(), number: z.string(), name: z.string(), kind: customerKind, status: customerStatus, outletName: z.string(), managerName: z.string().nullable() })
export type DuplicateSide = z.output<typeof side>

/** Is somebody to be entered there already? Over the whole bank: inside of one's scope who and why; outside only at which outlet. Counted per person and hour. */
export const checkDuplicates = endpoint({
  id: 'duplicates.check', method: 'POST', path: '/api/duplicates/check',
  text: { zh: '录入前查重', en: 'Check for duplicates before entering' },
  permission: 'duplicate.check',
  body: z.strictObject({
    kind: customerKind, name: safeText(120, { min: 2 }), identity: z.strictObject({ kind: identityKind, number: safeText(60) }).nullable().default(null), phone: phoneText.nullable().default(null),
    legalRepresentative: safeText(60).nullable().default(null), address: safeText(200).nullable().default(null),
    /** Who is edited is not compared with himself. */
    customerId: idText.nullable().default(null),
  }),
  reply: z.strictObject({
    inside: z.array(z.strictObject({ ...side.shape, level: duplicateLevel, signs: z.array(duplicateSign) })),
    outside: z.array(z.strictObject({ zh: z.string(), en: z.string() })),
  }),
})

export const duplicateState = z.enum(['OPEN', 'SAME_PERSON', 'DIFFERENT', 'MERGED', 'GONE'])
const pairRow = z.strictObject({
  customerId: z.string(), id: z.string(), state: duplicateState, level: duplicateLevel, score: z.number().int(), signs: z.array(duplicateSign), foundOn: z.string(), one: side, other: side,
  decidedBy: z.string().nullable(), decidedOn: z.string().nullable(), reason: z.string().nullable(), caseId: z.string().nullable(), may: mayDo,
})
export type DuplicatePairRow = z.output<typeof pairRow>

/** Pairs of customers both of whom the reader sees, the likeliest first. */
export const listDuplicates = endpoint({
  id: 'duplicates.list', method: 'GET', path: '/api/duplicates',
  text: { zh: '查看疑似重复', en: 'List possible duplicates' },
  permission: 'duplicate.list',
  query: z.strictObject({ ...pageQuery, state: z.enum(['OPEN', 'DECIDED']).default('OPEN'), level: duplicateLevel.optional(), kind: customerKind.optional() }),
  reply: z.strictObject({
    ...page(pairRow).shape,
    /** The scan that runs or ran last, and whether the reader may ask for one. */
    scan: z.strictObject({ jobId: z.string(), state: z.enum(['WAITING', 'RUNNING', 'DONE', 'FAILED', 'STOPPED']), stage: z.string().nullable(), done: z.number().int(), total: z.number().int().nullable(), endedAt: z.string().nullable(), found: z.number().int().nullable() }).nullable(),
    mayScan: z.boolean(),
  }),
})

const pair = z.strictObject({ customerId: idText, pairId: idText })
const decided = { status: 409, zh: '未能处理。该疑似重复已处理', en: 'Not done. This pair was decided already' }

/** Two customers that are not one: remembered with the reason, not proposed again unless a new sign is found. */
export const decideDifferent = endpoint({
  id: 'duplicates.different', method: 'PUT', path: '/api/customers/:customerId/duplicates/:pairId/different',
  text: { zh: '判定为不同客户', en: 'Say that two customers are different' },
  permission: 'duplicate.decide', opens: 'customerId', writes: 'act',
  params: pair, body: z.strictObject({ reason: safeText(200, { min: 2 }) }), reply: z.strictObject({ id: z.string() }),
  refusals: { 'pair-decided': decided },
})

/** Two records of one customer that stay apart for now (another bank system needs both): known, not merged. */
export const decideSamePerson = endpoint({
  id: 'duplicates.same', method: 'PUT', path: '/api/customers/:customerId/duplicates/:pairId/same',
  text: { zh: '判定为同一客户', en: 'Say that two records are one customer' },
  permission: 'duplicate.decide', opens: 'customerId', writes: 'act',
  params: pair, body: z.strictObject({ reason: safeText(200, { min: 2 }) }), reply: z.strictObject({ id: z.string() }),
  refusals: { 'pair-decided': decided },
})

export const startScan = endpoint({
  id: 'duplicates.scan', method: 'POST', path: '/api/duplicates/scan',
  text: { zh: '全行查重', en: 'Look for duplicates in the whole book' },
  permission: 'duplicate.scan', writes: 'act',
  /** The scan that runs already, or a new one. */
  reply: z.strictObject({ jobId: z.string() }),
})

// ---------------------------------------------------------------------------------------------------------------------
// Merging

/** Fields of which one side's value is kept. */
export const mergeField = z.enum([
  'name', 'outlet', 'source', 'uscc', 'legacyOrgCode', 'companyType', 'establishedOn', 'registeredAddress', 'operatingAddress', 'registrationStatus', 'businessScope', 'industryCode', 'sizeClass', 'registeredCapital', 'legalRepresentative',
  'staffCount', 'sex', 'birthDate', 'nationality', 'occupation', 'employer', 'district', 'riskLevel',
])
export type MergeField = z.output<typeof mergeField>

const mergeSide = z.strictObject({ ...side.shape, tier: z.string(), openedOn: z.string().nullable(), depositFen: z.string(), loanFen: z.string(), managers: z.array(z.strictObject({ name: z.string(), staffNo: z.string(), sharePct: z.string(), main: z.boolean() })), identities: z.array(z.string()), phones: z.array(z.string()) })
export const mergePreview = z.strictObject({
  survivor: mergeSide, other: mergeSide, level: duplicateLevel.nullable(), signs: z.array(duplicateSign),
  fields: z.array(z.strictObject({ field: mergeField, survivor: z.string().nullable(), other: z.string().nullable(), kept: z.enum(['survivor', 'other']), conflict: z.boolean() })),
  /** What goes over: the table, its words, how many rows; and what stays behind. */
  moves: z.array(z.strictObject({ table: z.string(), zh: z.string(), en: z.string(), count: z.number().int() })),
  payFrom: z.string(), undoDays: z.number().int(),
})
export type MergePreview = z.output<typeof mergePreview>

export const mergeRefusals = {
  'merge-with-itself': { status: 422, zh: '未能合并。两个客户是同一客户号', en: 'Not merged. Both are the same customer number' },
  'other-kind': { status: 422, zh: '未能合并。企业客户与个人客户不能合并', en: 'Not merged. A company and a person are never one customer' },
  'survivor-closed': { status: 409, zh: '未能合并。保留的客户已销户。请选择另一方保留', en: 'Not merged. The customer that would stay is closed. Keep the other one' },
  'in-other-merge': { status: 409, zh: '未能合并。其中一个客户正在另一项合并中', en: 'Not merged. One of the two is part of another merge' },
  'in-hand-over': { status: 409, zh: '未能合并。其中一个客户正在移交，请在移交生效或撤回后再办', en: 'Not merged. One of the two is being handed over. Wait until that took effect or was withdrawn' },
  claimed: { status: 409, zh: '未能合并。其中一个客户有待处理的认领，请先处理', en: 'Not merged. One of the two is claimed from the pool. Settle that first' },
  'merge-family-loop': { status: 409, zh: '未能合并。两人登记为长辈与晚辈，合并后亲属关系成环。请先更正关系', en: 'Not merged. One is recorded as an ancestor of the other: family would close a loop. Correct the relations first' },
  'merge-loop': { status: 409, zh: '未能合并。合并后股权或控制关系成环，请先更正关系', en: 'Not merged. Shares or control would close a loop. Correct the relations first' },
  'identity-differs': { status: 409, zh: '未能合并。双方已核验的证件号码不同，不是同一客户。请先核对证件', en: 'Not merged. Their checked identity numbers differ: they are two customers. Check the documents first' },
} as const satisfies Refusals

export const previewMerge = endpoint({
  id: 'merges.preview', method: 'GET', path: '/api/customers/:customerId/merge-preview/:otherId',
  text: { zh: '预览合并', en: 'Preview a merge' },
  permission: 'merge.propose', opens: 'customerId',
  params: z.strictObject({ customerId: idText, otherId: idText }), reply: mergePreview, refusals: mergeRefusals,
})

export const proposeMerge = endpoint({
  id: 'merges.propose', method: 'POST', path: '/api/customers/:customerId/merges',
  text: { zh: '提出合并', en: 'Propose a merge' },
  permission: 'merge.propose', opens: 'customerId', writes: 'create',
  params: z.strictObject({ customerId: idText }),
  body: z.strictObject({ id: newIdText, otherId: idText, reason: safeText(200, { min: 2 }), choices: z.array(mergeField).max(30) }),
  reply: z.strictObject({ id: z.string() }), refusals: mergeRefusals,
})

export const mergeState = z.enum(['PROPOSED', 'RETURNED', 'MERGED', 'UNDONE'])
const act = z.strictObject({ name: z.string(), staffNo: z.string(), on: z.string(), reason: z.string().nullable() })
const caseShape = {
  customerId: z.string(), id: z.string(), state: mergeState, survivorName: z.string(), survivorNumber: z.string(), otherName: z.string(), otherNumber: z.string(), kind: customerKind,
  proposed: act, decided: act.nullable(), undone: act.nullable(), undoUntil: z.string().nullable(),
}
export const listMerges = endpoint({
  id: 'merges.list', method: 'GET', path: '/api/merges',
  text: { zh: '查看客户合并', en: 'List merges' },
  permission: 'merge.read',
  query: z.strictObject({ ...pageQuery, state: mergeState.optional() }), reply: page(z.strictObject(caseShape)),
})
export type MergeRow = z.output<ReturnType<typeof mergeRowShape>>
function mergeRowShape() {
  return z.strictObject(caseShape)
}

const ofCase = z.strictObject({ caseId: idText })
export const getMerge = endpoint({
  id: 'merges.get', method: 'GET', path: '/api/merges/:caseId',
  text: { zh: '查看一项合并', en: 'See a merge' },
  permission: 'merge.read', params: ofCase,
  reply: z.strictObject({ ...caseShape, preview: mergePreview, choices: z.array(mergeField), may: mayDo }),
})

const notProposed = { status: 409, zh: '未能处理。该合并已经处理', en: 'Not done. This merge was decided already' }
export const confirmMerge = endpoint({
  id: 'merges.confirm', method: 'PUT', path: '/api/merges/:caseId/confirm',
  text: { zh: '复核并合并', en: 'Confirm a merge' },
  permission: 'merge.decide', writes: 'act', params: ofCase, body: z.strictObject({ opinion: safeText(200, { min: 2 }) }),
  reply: z.strictObject({ customerId: z.string(), moved: z.number().int() }),
  refusals: {
    ...mergeRefusals, 'not-proposed': notProposed,
    'same-person': { status: 409, zh: '未能合并。提出和复核须由两人办理。请由另一位同事复核', en: 'Not merged. Proposing and confirming need two people. Ask a colleague to confirm' },
    'changed-meanwhile': { status: 409, zh: '未能合并。{which}的资料在提出后有变动。请退回后重新预览', en: 'Not merged. {whichEn} changed after the proposal. Return it and preview anew' },
    'records-clash': { status: 409, zh: '未能合并。双方在“{table}”中的记录相互冲突。请先处理', en: 'Not merged. Their records in "{tableEn}" clash. Settle that first' },
  },
})
export const returnMerge = endpoint({
  id: 'merges.return', method: 'PUT', path: '/api/merges/:caseId/return',
  text: { zh: '退回合并', en: 'Return a merge' },
  permission: 'merge.decide', writes: 'act', params: ofCase, body: z.strictObject({ reason: safeText(200, { min: 2 }) }), reply: z.strictObject({ id: z.string() }),
  refusals: { 'not-proposed': notProposed, 'same-person': { status: 409, zh: '未能退回。提出和复核须由两人办理', en: 'Not returned. Proposing and deciding need two people' } },
})
export const undoMerge = endpoint({
  id: 'merges.undo', method: 'PUT', path: '/api/merges/:caseId/undo',
  text: { zh: '撤销合并', en: 'Undo a merge' },
  permission: 'merge.decide', writes: 'act', params: ofCase, body: z.strictObject({ reason: safeText(200, { min: 2 }) }),
  reply: z.strictObject({ customerId: z.string(), otherId: z.string() }),
  refusals: {
    'not-merged': { status: 409, zh: '未能撤销。该合并未生效或已撤销', en: 'Not undone. It is not in force, or was undone already' },
    'undo-too-late': { status: 409, zh: '未能撤销。撤销期限 {until} 已过', en: 'Not undone. The term for it ended on {until}' },
    'merged-again': { status: 409, zh: '未能撤销。保留的客户之后又有合并。请先撤销较晚的一项', en: 'Not undone. The customer that stayed was merged again since. Undo the later one first' },
    'month-closed-since': { status: 409, zh: '未能撤销。{month} 已按合并后的归属关账，不再改动', en: 'Not undone. {month} was closed with the merged ownership and never changes' },
    'changed-since': { status: 409, zh: '未能撤销。合并后“{field}”已被修改，不能还原', en: 'Not undone. "{fieldEn}" was changed after the merge and cannot be restored' },
    'records-clash': { status: 409, zh: '未能撤销。“{table}”中有合并后的新记录与原记录相连，不能分开', en: 'Not undone. In "{tableEn}" later records hang on those that would go back' },
  },
})

/** Where a customer went that was merged: told to who may open the one that stayed. */
export const findAlias = endpoint({
  id: 'customers.alias', method: 'GET', path: '/api/customers/:customerId/alias',
  text: { zh: '查找合并后的客户', en: 'Find the customer into whom one was merged' },
  permission: 'customer.read-alias', params: z.strictObject({ customerId: idText }), reply: z.strictObject({ customerId: z.string() }),
})
