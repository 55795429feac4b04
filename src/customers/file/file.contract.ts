import { z } from 'zod'
import { endpoint, mayDo, verdict, type Refusals } from '../../foundation/http/contract.ts'
import { dayText, idText, newIdText, safeText } from '../../foundation/values/api-values.ts'
import { needsSecondPerson, phoneText } from '../customer.contract.ts'
import { fileGroups, fileLists, valuesShape, type Values } from './file-fields.contract.ts'

const customer = z.strictObject({ customerId: idText })
const row = z.strictObject({ customerId: idText, rowId: idText })
/** The state that was read: a short keyed hash of the content. What changed meanwhile is found by it. */
const edition = z.string().regex(/^[0-9a-f]{16}$/, { error: 'edition' })
const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])
const values = z.record(z.string(), value)

type GroupBody = { group: string; edition: string; values: Values; reason?: string | null }
type NewRow = { list: string; id: string; values: Values }
type RowChange = { list: string; edition: string; values: Values }
const oneOf = <T>(options: readonly z.ZodObject[], by: string): z.ZodType<T> => z.discriminatedUnion(by, options as unknown as [z.ZodObject, ...z.ZodObject[]]) as unknown as z.ZodType<T>
const changeable = fileLists.filter((list) => !list.fixed)
const anyList = z.enum(fileLists.map((list) => list.code) as [string, ...string[]])

const group = z.strictObject({ code: z.string(), edition, values, may: verdict })
const fileRow = z.strictObject({
  id: idText, edition, values,
  /** Set when the row no longer holds. */
  endedOn: z.string().nullable(), endReason: z.string().nullable(),
  file: z.strictObject({ name: z.string(), kind: z.string(), size: z.number().int() }).nullable(),
  /** Of the dates in it: what is past, what will be within the days of its reminder. */
  due: z.enum(['PAST', 'SOON']).nullable(),
})
export type FileRow = z.output<typeof fileRow>
const identity = z.strictObject({ id: idText, kind: z.string(), masked: z.string(), checked: z.boolean(), expiresOn: z.string().nullable(), due: z.enum(['PAST', 'SOON']).nullable() })

/** The whole file: every group and list that this kind of customer has, secrets masked; what is missing; the next greeting. */
export const getFile = endpoint({
  id: 'customers.file', method: 'GET', path: '/api/customers/:customerId/file',
  text: { zh: '查看客户档案', en: 'See a customer’s file' },
  permission: 'customer.read', opens: 'customerId',
  params: customer,
  query: z.strictObject({ ended: z.stringbool().default(false) }),
  reply: z.strictObject({
    kind: z.enum(['CORPORATE', 'PERSON']),
    asOf: dayText,
    groups: z.array(group),
    lists: z.array(z.strictObject({ code: z.string(), rows: z.array(fileRow) })),
    identities: z.array(identity),
    /** Those of today first; former ones on demand. */
    phones: z.array(z.strictObject({ id: idText, label: z.string(), masked: z.string(), endedOn: z.string().nullable(), endReason: z.string().nullable() })),
    /** What a good file still lacks, the most important first; `share`: the part that is there, "0.72". */
    completeness: z.strictObject({ share: z.string(), filled: z.number().int(), wanted: z.number().int(), missing: z.array(z.strictObject({ code: z.string(), part: z.string(), about: z.string().nullable() })) }),
    /** Does what is kept fit the identity card? Null: there is none. */
    crossCheck: z.strictObject({ sex: z.boolean(), birthDate: z.boolean() }).nullable(),
    birthday: z.strictObject({ calendar: z.enum(['SOLAR', 'LUNAR']), said: z.string(), next: dayText }).nullable(),
    /** Our part of what the customer has with all banks that we know of: "0.35"; null: nothing is known. */
    wallet: z.array(z.strictObject({ service: z.string(), oursFen: z.string(), elsewhereFen: z.string(), share: z.string().nullable() })),
    may: mayDo,
  }),
})
export type FileView = z.output<typeof getFile.reply>

const changedMeanwhile = { status: 409, zh: '未能保存。{who} {when} 改过这一部分。请核对后再保存', en: 'Not saved. {who} changed this part at {when}. Compare and save again' }
const fileRefusals = {
  'needs-second-person': needsSecondPerson,
  'wrong-part': { status: 422, zh: '未能保存。这类客户没有这一部分', en: 'Not saved. This kind of customer has no such part' },
  'changed-meanwhile': changedMeanwhile,
  'value-needed': { status: 422, zh: '未能保存。缺少必填项', en: 'Not saved. Something obligatory is missing' },
  'goes-together': { status: 422, zh: '未能保存。{what}须一并填写', en: 'Not saved. It needs {whatEn} as well' },
  'in-future': { status: 422, zh: '未能保存。日期晚于今天', en: 'Not saved. The day lies in the future' },
  'before-start': { status: 422, zh: '未能保存。到期日早于起始日', en: 'Not saved. The end lies before the beginning' },
  'industry-code': { status: 422, zh: '未能保存。行业代码应为一个大写字母加 2 至 4 位数字', en: 'Not saved. An industry code is a capital letter and two to four digits' },
  'differs-from-id': { status: 422, zh: '未能保存。与身份证号码不符', en: 'Not saved. It differs from the identity card’s number' },
  'identity-number': { status: 422, zh: '未能保存。证件号码{fault}', en: 'Not saved. The identity number: {faultEn}' },
  'too-many-contacts': { status: 422, zh: '未能保存。账户备案联系人最多 3 位', en: 'Not saved. At most three account contact persons' },
  'office-taken': { status: 422, zh: '未能保存。已有在任人员，请先办理离任', en: 'Not saved. Somebody holds this office; end it first' },
  'consent-holds': { status: 409, zh: '未能保存。同一事项已有有效同意', en: 'Not saved. A consent for this holds already' },
  'report-exists': { status: 409, zh: '未能保存。该年度已登记', en: 'Not saved. The year is entered already' },
  'shares-over-100': { status: 422, zh: '未能保存。占比合计为 {sum}%，超过 100%', en: 'Not saved. The shares sum to {sum}%, above 100%' },
} as const satisfies Refusals

/** One group of fields, edited on its own. Only the fields that change are sent. */
export const saveGroup = endpoint({
  id: 'customers.save-file-group', method: 'PUT', path: '/api/customers/:customerId/file',
  text: { zh: '修改客户档案', en: 'Change a group of a customer’s file' },
  permission: 'customer.file', opens: 'customerId', writes: 'act',
  params: customer,
  body: oneOf<GroupBody>(fileGroups.map((one) => z.strictObject({ group: z.literal(one.code), edition, values: valuesShape(one.fields, false), reason: safeText(200).nullable().default(null) })), 'group'),
  reply: z.strictObject({ edition }),
  refusals: fileRefusals,
})

export const addRow = endpoint({
  id: 'customers.add-file-row', method: 'POST', path: '/api/customers/:customerId/file/rows',
  text: { zh: '登记人员、地址、资料、同意等', en: 'Add a person, an address, a document, a consent … to a file' },
  permission: 'customer.file', opens: 'customerId', writes: 'create',
  params: customer,
  body: oneOf<NewRow>(fileLists.map((one) => z.strictObject({ list: z.literal(one.code), id: newIdText, values: valuesShape(one.fields, true) })), 'list'),
  reply: z.strictObject({ id: idText }),
  refusals: fileRefusals,
})

export const changeRow = endpoint({
  id: 'customers.change-file-row', method: 'PUT', path: '/api/customers/:customerId/file/rows/:rowId',
  text: { zh: '修改人员、地址、资料等', en: 'Change a row of a file' },
  permission: 'customer.file', opens: 'customerId', writes: 'act',
  params: row,
  body: oneOf<RowChange>(changeable.map((one) => z.strictObject({ list: z.literal(one.code), edition, values: valuesShape(one.fields, false) })), 'list'),
  reply: z.strictObject({ edition }),
  refusals: { 'row-ended': { status: 409, zh: '未能保存。此条已终止', en: 'Not saved. This row has ended' }, ...fileRefusals },
})

/** A row no longer holds: somebody left office, a consent was withdrawn. It stays with the day and the reason. */
export const endRow = endpoint({
  id: 'customers.end-file-row', method: 'PUT', path: '/api/customers/:customerId/file/rows/:rowId/end',
  text: { zh: '终止档案中的一条（离任、撤回同意等）', en: 'End a row of a file (left office, consent withdrawn …)' },
  permission: 'customer.file', opens: 'customerId', writes: 'act',
  params: row,
  body: z.strictObject({ list: anyList, on: dayText, reason: safeText(200, { min: 2 }) }),
  reply: z.strictObject({ id: idText }),
  refusals: {
    'needs-second-person': { status: 409, zh: '未能终止。{what}变更须由另一人复核。请在客户档案“身份变更”提交申请', en: 'Not ended. Another person must confirm a change of {whatEn}. Ask for it in the file under “Changes of identity”' },
    'row-ended': { status: 409, zh: '此条已终止', en: 'This row has ended already' },
    'in-future': { status: 422, zh: '未能保存。日期晚于今天', en: 'Not saved. The day lies in the future' },
    'withdrawn-before-given': { status: 422, zh: '未能撤回。撤回日期早于给予日期 {day}', en: 'Not withdrawn. The day lies before {day}, when it was given' },
  },
})

/** The scanned paper of a document or of a consent. Encrypted under the customer's key; a new one takes the former one's place in the row. */
export const attachFile = endpoint({
  id: 'customers.attach-file', method: 'POST', path: '/api/customers/:customerId/file/rows/:rowId/content',
  text: { zh: '上传资料扫描件', en: 'Upload the scan of a document' },
  permission: 'customer.file', opens: 'customerId', writes: 'create',
  params: row,
  body: z.strictObject({ id: newIdText, list: z.enum(fileLists.filter((one) => one.files).map((one) => one.code) as [string, ...string[]]) }),
  upload: { kinds: ['PDF', 'JPEG', 'PNG', 'WEBP', 'HEIC', 'OFD', 'XLSX', 'DOCX'], most: 15 * 1024 * 1024 },
  reply: z.strictObject({ id: idText }),
  refusals: { 'row-ended': { status: 409, zh: '未能上传。此条已终止', en: 'Not uploaded. This row has ended' } },
})

/** The content of a file: with a purpose, journaled, limited like every reveal. */
export const downloadFile = endpoint({
  id: 'customers.download-file', method: 'POST', path: '/api/customers/:customerId/file/rows/:rowId/download',
  text: { zh: '下载资料扫描件', en: 'Download the scan of a document' },
  permission: 'customer.reveal', opens: 'customerId', raw: true,
  params: row,
  body: z.strictObject({ list: z.enum(fileLists.filter((one) => one.files).map((one) => one.code) as [string, ...string[]]), purpose: safeText(100, { min: 2 }) }),
  reply: z.unknown(),
  refusals: {
    confidential: { status: 403, zh: '未能下载。客户保密级别为{class}，只有主办可以下载', en: 'Not downloaded. The customer is confidential ({classEn}); only the main manager may' },
    destroyed: { status: 410, zh: '文件已按保管期限销毁，或已不在存储中', en: 'The file was destroyed at the end of its term, or is no longer stored' },
  },
})

/** A further identity document, with the computed check; its number is taken in the whole bank. */
export const addIdentity = endpoint({
  id: 'customers.add-identity', method: 'POST', path: '/api/customers/:customerId/identities',
  text: { zh: '登记证件', en: 'Add an identity document' },
  permission: 'customer.file', opens: 'customerId', writes: 'create',
  params: customer,
  body: z.strictObject({ id: newIdText, kind: z.enum(['RESIDENT_ID', 'HK_MACAO_PERMIT', 'TAIWAN_PERMIT', 'FOREIGN_PERMANENT', 'PASSPORT', 'MILITARY', 'USCC', 'LEGACY_ORG_CODE', 'OTHER']), number: safeText(60), expiresOn: dayText.nullable().default(null), reason: safeText(200, { min: 2 }) }),
  reply: z.strictObject({ id: idText, checked: z.boolean() }),
  refusals: {
    'identity-kind': { status: 422, zh: '未能保存。该证件种类不适用于此类客户', en: 'Not saved. This kind of document does not fit this kind of customer' },
    'identity-number': { status: 422, zh: '未能保存。证件号码{fault}', en: 'Not saved. The identity number: {faultEn}' },
    'identity-there': { status: 409, zh: '未能保存。此客户已有同种证件。换证请修改有效期，号码不同请提交身份变更申请', en: 'Not saved. The customer has a document of this kind. After a renewal change its validity; for another number ask for a change of identity' },
    'needs-second-person': needsSecondPerson,
    'duplicate-identity': { status: 409, zh: '未能保存。该号码已有客户，归属{outlet}，请联系该网点', en: 'Not saved. A customer with this number exists at {outletEn}; contact that outlet' },
  },
})

/** A document was renewed: its new validity, after the original was seen. */
export const renewIdentity = endpoint({
  id: 'customers.renew-identity', method: 'PUT', path: '/api/customers/:customerId/identities/:identityId',
  text: { zh: '更新证件有效期', en: 'Renew an identity document' },
  permission: 'customer.file', opens: 'customerId', writes: 'act',
  params: z.strictObject({ customerId: idText, identityId: idText }),
  body: z.strictObject({ expiresOn: dayText.nullable(), originalSeen: z.literal(true), reason: safeText(200, { min: 2 }) }),
  reply: z.strictObject({ id: idText }),
})

/** The customer's own phone ends today; another may take its place in the same act. The former one stays, with day and reason. */
export const endPhone = endpoint({
  id: 'customers.end-phone', method: 'PUT', path: '/api/customers/:customerId/phones/:phoneId/end',
  text: { zh: '停用或更换客户电话', en: 'End or replace a customer’s phone' },
  permission: 'customer.file', opens: 'customerId', writes: 'act',
  params: z.strictObject({ customerId: idText, phoneId: idText }),
  body: z.strictObject({ reason: safeText(200, { min: 2 }), replacement: phoneText.nullable().default(null), sameNameSeen: z.boolean().default(false) }),
  reply: z.strictObject({ id: idText }),
  refusals: {
    'row-ended': { status: 409, zh: '此电话已停用', en: 'This phone has ended already' },
    'phone-there': { status: 409, zh: '未能保存。新号码已是此客户在用的电话', en: 'Not saved. The customer has this number already' },
    'duplicate-identity': { status: 409, zh: '未能保存。该号码已有客户，归属{outlet}，请联系该网点', en: 'Not saved. A customer with this number exists at {outletEn}; contact that outlet' },
    'same-name': { status: 409, zh: '未能保存。疑似已存在，归属{outlets}，请联系该网点。如确为另一客户，请勾选后再保存', en: 'Not saved. This customer seems to exist at {outletsEn}; ask there. Tick the box if it is another one' },
  },
})
