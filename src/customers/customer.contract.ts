import { z } from 'zod'
import { endpoint, mayDo, page, pageQuery, type Refusals } from '../foundation/http/contract.ts'
import { dayText, decimalText, fenText, idText, newIdText, safeText } from '../foundation/values/api-values.ts'

export const customerKind = z.enum(['CORPORATE', 'PERSON'])
export const customerTier = z.enum(['T1', 'T2', 'T3', 'T4', 'P'])
export const customerStatus = z.enum(['PROSPECT', 'ACTIVE', 'CLOSED'])
export const identityKind = z.enum(['RESIDENT_ID', 'HK_MACAO_PERMIT', 'TAIWAN_PERMIT', 'FOREIGN_PERMANENT', 'PASSPORT', 'MILITARY', 'USCC', 'LEGACY_ORG_CODE', 'OTHER'])
export const sizeClass = z.enum(['大', '中', '小', '微'])
const staffKey = z.number().int().min(1).max(2_000_000_000)
const key = z.coerce.number().int().min(1).max(2_000_000_000)
const customer = z.strictObject({ customerId: idText })
/** Of every act that would change by one person who a customer is. */
export const needsSecondPerson = { status: 409, zh: '未能保存。{what}变更须由另一人复核。请在客户档案“身份变更”提交申请', en: 'Not saved. Another person must confirm a change of {whatEn}. Ask for it in the file under “Changes of identity”' } as const

/** The filters and the order of the list: of the page, of the export. `sort` with a leading minus is descending. */
export const customerFilters = {
  q: safeText(60).optional(), kind: customerKind.optional(), tier: customerTier.optional(), status: customerStatus.optional(), outletKey: key.optional(), managerKey: key.optional(),
  /** A saved segment, a tag of one's own line. */
  segment: idText.optional(), tag: idText.optional(),
  sort: z.enum(['adb', '-adb', 'name', '-name', 'changed', '-changed']).default('-adb'),
}

/** The same in a body, where a number is a number; and customers that were chosen one by one. */
export const customerFiltersInBody = { ...customerFilters, outletKey: staffKey.optional(), managerKey: staffKey.optional(), ids: z.array(idText).min(1).max(2000).optional() }

export const listRefusals = {
  'segment-gone': { status: 404, zh: '未能查询。所选客群已删除，或未与您共享', en: 'Not listed. The segment was deleted, or is not shared with you' },
  'tag-gone': { status: 404, zh: '未能查询。所选标签已停用，或不属于您的机构', en: 'Not listed. The tag was retired, or is not one of your line' },
} as const satisfies Refusals

export const customerRow = z.strictObject({
  customerId: z.string(), number: z.string(), kind: customerKind, name: z.string(), nameIsMade: z.boolean(), tier: customerTier, status: customerStatus, outletName: z.string(),
  managerName: z.string().nullable(), depositFen: fenText, monthAdbFen: fenText, lastMonthAdbFen: fenText, loanFen: fenText, asOf: z.string().nullable(), changedAt: z.string(),
})
export type CustomerRow = z.output<typeof customerRow>

/** `q`: part of the name (one Chinese character is enough), pinyin, initials, customer number, credit code or identity number, phone (whole or its last four digits), account (whole or its last four). */
export const listCustomers = endpoint({
  id: 'customers.list', method: 'GET', path: '/api/customers',
  text: { zh: '查看客户列表', en: 'List customers' },
  permission: 'customer.list',
  query: z.strictObject({ ...pageQuery, ...customerFilters, count: z.enum(['no']).optional() }),
  reply: page(customerRow),
  refusals: listRefusals,
})

const person = z.strictObject({ staffKey: z.number().int(), name: z.string(), staffNo: z.string() })

export const getCustomer = endpoint({
  id: 'customers.get', method: 'GET', path: '/api/customers/:customerId',
  text: { zh: '查看客户', en: 'See a customer' },
  permission: 'customer.read', opens: 'customerId',
  params: customer,
  reply: z.strictObject({
    customerId: z.string(), number: z.string(), kind: customerKind, name: z.string(), nameIsMade: z.boolean(), formerNames: z.array(z.string()), status: customerStatus,
    tier: customerTier, tierSince: z.string().nullable(), tierReason: z.string().nullable(), outletKey: z.number().int(), outletName: z.string(), source: z.string().nullable(), openedOn: z.string().nullable(),
    changedAt: z.string(),
    /** What waits for a second person: the old value holds. */
    changesRequested: z.array(z.enum(['NAME', 'IDENTITY', 'LEGAL_REPRESENTATIVE'])),
    /** How the reader stands to the customer. */
    relation: z.enum(['MAIN', 'ASSIST', 'SUBSTITUTE', 'ABSENT', 'UNIT', 'ALL', 'GRANT']),
    figures: z.strictObject({ depositFen: fenText, monthAdbFen: fenText, lastMonthAdbFen: fenText, loanFen: fenText, asOf: z.string().nullable() }),
    identities: z.array(z.strictObject({ id: z.string(), kind: identityKind, masked: z.string(), checked: z.boolean(), expiresOn: z.string().nullable(), expired: z.boolean() })),
    phones: z.array(z.strictObject({ id: z.string(), label: z.string(), masked: z.string() })),
    corporate: z.strictObject({
      uscc: z.string().nullable(), legacyOrgCode: z.string().nullable(), companyType: z.string().nullable(), establishedOn: z.string().nullable(), registeredAddress: z.string().nullable(), operatingAddress: z.string().nullable(),
      registrationStatus: z.string(), businessScope: z.string().nullable(), industryCode: z.string().nullable(), sizeClass: sizeClass.nullable(), registeredCapitalFen: fenText.nullable(),
      legalRepresentative: z.string().nullable(), staffCount: z.number().int().nullable(),
    }).nullable(),
    person: z.strictObject({
      sex: z.enum(['M', 'F']).nullable(), birthDate: z.string().nullable(), birthdayCalendar: z.enum(['SOLAR', 'LUNAR']), nationality: z.string().nullable(), occupation: z.string().nullable(), employer: z.string().nullable(),
      district: z.string().nullable(), riskLevel: z.string().nullable(),
    }).nullable(),
    /** Slices of today first, then former ones, the newest first. */
    assignments: z.array(z.strictObject({ person, sharePct: z.string(), main: z.boolean(), from: z.string(), to: z.string().nullable(), baseAdbFen: fenText, baseAsOf: z.string().nullable(), now: z.boolean() })),
    may: mayDo,
  }),
})

const identity = z.strictObject({ kind: identityKind, number: safeText(60), expiresOn: dayText.nullable().default(null) })
export const phoneText = z.string().regex(/^\+?[\d -]{5,25}$/, { error: 'phone' })
const corporateFields = {
  legalRepresentative: safeText(60).nullable().optional(), registeredAddress: safeText(200).nullable().optional(), operatingAddress: safeText(200).nullable().optional(), businessScope: safeText(1000, { multiline: true }).nullable().optional(),
  industryCode: z.string().regex(/^[A-Z]?\d{0,4}$/, { error: 'industry' }).nullable().optional(), sizeClass: sizeClass.nullable().optional(), establishedOn: dayText.nullable().optional(),
  registeredCapitalFen: fenText.nullable().optional(), staffCount: z.number().int().min(0).max(10_000_000).nullable().optional(),
}
const personFields = { occupation: safeText(60).nullable().optional(), employer: safeText(100).nullable().optional(), birthdayCalendar: z.enum(['SOLAR', 'LUNAR']).optional(), nationality: safeText(40).nullable().optional() }

const wrongIdentity = { status: 422, zh: '未能保存。证件号码{fault}', en: 'Not saved. The identity number: {faultEn}' }
const identityRefusals = {
  'identity-kind': { status: 422, zh: '未能保存。该证件种类不适用于此类客户', en: 'Not saved. This kind of document does not fit this kind of customer' },
  'identity-number': wrongIdentity,
  'duplicate-identity': { status: 409, zh: '未能保存。该号码已有客户，归属{outlet}，请联系该网点', en: 'Not saved. A customer with this number exists at {outletEn}; contact that outlet' },
} as const satisfies Refusals
const sameName = { status: 409, zh: '未能保存。疑似已存在，归属{outlets}，请联系该网点。如确为另一客户，请勾选后再保存', en: 'Not saved. This customer seems to exist at {outletsEn}; ask there. Tick the box if it is another one' }
const outletUnknown = { status: 422, zh: '未能保存。所选网点不存在或已撤并', en: 'Not saved. The outlet does not exist or was closed' }

export const createCustomer = endpoint({
  id: 'customers.create', method: 'POST', path: '/api/customers',
  text: { zh: '新建客户', en: 'Create a customer' },
  permission: 'customer.create', writes: 'create',
  body: z.strictObject({
    id: newIdText, kind: customerKind, name: safeText(120, { min: 2 }), identity, phone: phoneText.nullable().default(null),
    /** Absent: the outlet where the maker has his desk. */
    outletKey: staffKey.optional(), source: safeText(60).nullable().default(null),
    corporate: z.strictObject(corporateFields).optional(), person: z.strictObject(personFields).optional(),
    /** The maker saw that the name exists and creates another customer of that name. */
    sameNameSeen: z.boolean().default(false),
  }),
  reply: z.strictObject({ customerId: z.string(), number: z.string(), warnings: z.array(z.enum(['authority-unknown', 'organisation-code-check', 'not-checked'])) }),
  refusals: {
    ...identityRefusals, 'outlet-unknown': outletUnknown,
    'wrong-fields': { status: 422, zh: '未能保存。所填资料与客户类别不符', en: 'Not saved. The particulars do not fit the kind of customer' },
    'same-name': sameName,
    'not-a-manager': { status: 422, zh: '未能保存。您的岗位当前不能管户', en: 'Not saved. Your post cannot look after a customer now' },
  },
})

export const editCustomer = endpoint({
  id: 'customers.edit', method: 'PUT', path: '/api/customers/:customerId',
  text: { zh: '编辑客户资料', en: 'Edit a customer' },
  permission: 'customer.edit', opens: 'customerId', writes: 'act',
  params: customer,
  body: z.strictObject({
    /** As read: another change in between is refused. */
    changedAt: z.string().regex(/^[\dTZ:. +-]{10,40}$/, { error: 'instant' }), name: safeText(120, { min: 2 }).optional(), newPhone: phoneText.nullable().optional(),
    /** A new name or phone looked like another customer's, who was seen to be another one. */
    sameNameSeen: z.boolean().default(false), corporate: z.strictObject(corporateFields).optional(), person: z.strictObject(personFields).optional(),
    reason: safeText(200),
  }),
  reply: z.strictObject({ changedAt: z.string() }),
  refusals: {
    'changed-meanwhile': { status: 409, zh: '未能保存。资料已被他人修改。请刷新后核对', en: 'Not saved. Somebody else changed it. Reload and compare' },
    'needs-second-person': needsSecondPerson,
    'same-name': sameName, 'duplicate-identity': identityRefusals['duplicate-identity'],
    'wrong-fields': { status: 422, zh: '未能保存。所填资料与客户类别不符', en: 'Not saved. The particulars do not fit the kind of customer' },
  },
})

export const assignCustomerContract = endpoint({
  id: 'customers.assign', method: 'PUT', path: '/api/customers/:customerId/assignment',
  text: { zh: '指派客户经理', en: 'Assign managers' },
  permission: 'customer.assign', opens: 'customerId', writes: 'act',
  params: customer,
  body: z.strictObject({ slices: z.array(z.strictObject({ staffKey, sharePct: decimalText(2), main: z.boolean() })).max(10), from: dayText, reason: safeText(200) }),
  /** Those who are fuller than they should be, still within the limit. */
  reply: z.strictObject({ customerId: z.string(), from: z.string(), warnings: z.array(z.strictObject({ staffKey: z.number().int(), ratio: z.string() })) }),
  refusals: {
    'no-slices': { status: 422, zh: '未能指派。至少需要一位客户经理', en: 'Not assigned. At least one manager is needed' },
    'person-twice': { status: 422, zh: '未能指派。同一客户经理出现两次', en: 'Not assigned. A manager is named twice' },
    'one-main': { status: 422, zh: '未能指派。须有且只有一位主办', en: 'Not assigned. There must be exactly one main manager' },
    'share-out-of-range': { status: 422, zh: '未能指派。份额须大于 0，最多两位小数', en: 'Not assigned. A share is above 0 with at most two decimals' },
    'shares-not-100': { status: 422, zh: '未能指派。份额合计为 {sum}%，应为 100%', en: 'Not assigned. The shares sum to {sum}%, not 100%' },
    'assign-day': { status: 422, zh: '未能指派。起始日须在本月 1 日至今天之间', en: 'Not assigned. The first day lies between the first of this month and today' },
    'not-your-unit': { status: 422, zh: '未能指派。所选客户经理不在您的机构内。跨机构请办理移交', en: 'Not assigned. A manager named is not in your unit. Hand over across units' },
    'not-a-manager': { status: 422, zh: '未能指派。所选人员在该日不能管户', en: 'Not assigned. A person named cannot look after customers on that day' },
    'over-capacity': { status: 422, zh: '未能指派。{name}的负荷将达到 {ratio}，超过上限 {most}，不能再接新客户', en: 'Not assigned. The load of {name} would be {ratio}, above {most}: no new customers' },
    'in-hand-over': { status: 409, zh: '未能指派。该客户在移交 {number} 的清单上，请先从清单移出', en: 'Not assigned. The customer is on the list of hand-over {number}; take it off first' },
    'later-assignment': { status: 422, zh: '未能指派。{day} 已有指派，请选择更晚的日期', en: 'Not assigned. There is an assignment from {day}; choose a later day' },
    'same-assignment': { status: 422, zh: '未能指派。与现有归属相同', en: 'Not assigned. It is as it was' },
  },
})

/** Shows one number in full. Journaled with its purpose, limited per person and hour; never stored with an idempotency key. */
export const revealNumber = endpoint({
  id: 'customers.reveal', method: 'POST', path: '/api/customers/:customerId/reveal',
  text: { zh: '查看证件或电话明文', en: 'Reveal an identity number or a phone' },
  permission: 'customer.reveal', opens: 'customerId',
  params: customer,
  /** `id`: of the document, phone, person, contact, address or asked change; of INCOME, ASSETS and DEBTS the customer's own. */
  body: z.strictObject({ what: z.enum(['IDENTITY', 'PHONE', 'PERSON_ID', 'PERSON_PHONE', 'CONTACT_PHONE', 'CONTACT_MAIL', 'ADDRESS', 'IDENTITY_CHANGE', 'INCOME', 'ASSETS', 'DEBTS']), id: idText, purpose: safeText(100, { min: 2 }) }),
  reply: z.strictObject({ value: z.string() }),
  refusals: { confidential: { status: 403, zh: '未能查看。客户保密级别为{class}，您的岗位不能查看明文', en: 'Not revealed. The customer is confidential ({classEn}); your post may not see it in full' }, destroyed: { status: 410, zh: '该号码已按保管期限销毁', en: 'The number was destroyed at the end of its term' } },
})

/** What an export is refused for, the most fundamental first. */
export const exportRefusals = {
  ...listRefusals,
  'nothing-to-export': { status: 422, zh: '未能导出。没有符合条件的客户', en: 'Not exported. No customer matches' },
  'important-data': { status: 422, zh: '未能导出。个人客户超过 {most} 人，属于重要数据，不得导出', en: 'Not exported. More than {most} persons are important data and may not be exported' },
  'too-many-rows': { status: 422, zh: '未能导出。超过 {most} 位客户，请先筛选', en: 'Not exported. There are more than {most} customers; filter first' },
} as const satisfies Refusals

/** The list as a workbook, with purpose and watermark, journaled. Above the free number of rows somebody else approves first (lists/export.contract.ts). */
export const exportCustomers = endpoint({
  id: 'customers.export', method: 'POST', path: '/api/customers/export',
  text: { zh: '导出客户列表', en: 'Export the list of customers' },
  permission: 'customer.export', raw: true,
  body: z.strictObject({ ...customerFiltersInBody, purpose: safeText(100, { min: 2 }) }),
  reply: z.unknown(),
  refusals: {
    ...exportRefusals,
    'needs-approval': { status: 422, zh: '未直接导出。共 {count} 位，超过 {free} 位须经审批。请提交导出申请', en: 'Not exported directly. {count} customers are more than {free}: ask for approval' },
  },
})
