import { z } from 'zod'
import { dayText, idText, newIdText, safeText } from '../foundation/values/api-values.ts'
import { endpoint, mayDo, page, pageQuery, type Refusals } from '../foundation/http/contract.ts'

/** How the contact was had. What counts as two-way is decided by contact.rules.ts. */
export const contactModes = ['VISIT', 'PHONE', 'VIDEO', 'WECHAT', 'EMAIL', 'LETTER', 'SMS_ONE_WAY', 'GREETING', 'NO_ANSWER'] as const
export const contactMode = z.enum(contactModes)
export type ContactMode = z.output<typeof contactMode>
export const contactPurposes = ['ROUTINE', 'MATURITY', 'NEEDS', 'PRODUCT', 'POST_LOAN', 'COMPLAINT', 'GREETING', 'LEADER_VISIT', 'OTHER'] as const
export const contactPurpose = z.enum(contactPurposes)
export type ContactPurpose = z.output<typeof contactPurpose>

/** What may point to a risk; each says what was seen. */
export const riskSignals = ['PRODUCTION', 'ORDERS', 'INVENTORY', 'RECEIVABLES', 'ARREARS', 'LITIGATION', 'CONTROLLER', 'STAFF', 'FUND_FLOW', 'COLLATERAL', 'ENVIRONMENT', 'OTHER'] as const
export type RiskSignal = (typeof riskSignals)[number]
export const promiseSides = ['OURS', 'THEIRS'] as const
export type PromiseSide = (typeof promiseSides)[number]
export const promiseStates = ['OPEN', 'KEPT', 'DROPPED'] as const

const staffKey = z.number().int().positive().max(2_147_483_647)

/** What is told of a contact. */
const told = {
  mode: contactMode,
  purpose: contactPurpose.default('ROUTINE'),
  businessDate: dayText,
  startTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'HH:MM' }).nullable().default(null),
  /** Of WECHAT, EMAIL and LETTER: did the customer answer? Of the others it is not asked. */
  replied: z.boolean().default(false),
  /** May be left out only where a restricted text says it instead: the meeting is visible to the team, what was said is not. */
  summary: safeText(1000, { min: 0, multiline: true }).default(''),
  /** Who took part on the customer's side: the one who matters, and the others. */
  contactPerson: safeText(100).nullable().default(null),
  theirPeople: z.array(safeText(40)).max(10).default([]),
  /** Colleagues who took part besides the recorder. */
  ourPeople: z.array(staffKey).max(20).default([]),
  nextAction: safeText(200).nullable().default(null),
  nextOn: dayText.nullable().default(null),
  /** Coarse (a district), only with the customer's consent. */
  place: safeText(60).nullable().default(null),
  placeConsent: z.boolean().default(false),
  /** Changes noticed: operations, people, finance, flows of funds. */
  changedOperations: safeText(100).nullable().default(null),
  changedPeople: safeText(100).nullable().default(null),
  changedFinance: safeText(100).nullable().default(null),
  changedFunds: safeText(100).nullable().default(null),
  riskSignals: z.array(z.enum(riskSignals)).max(12).default([]),
  riskNote: safeText(150).nullable().default(null),
}
/** Promised in the contact, by us or by the customer; it stands on the day of whoever recorded it. */
const newPromise = z.strictObject({ id: newIdText, side: z.enum(promiseSides).default('OURS'), what: safeText(80, { min: 2 }), dueOn: dayText })
/** Read only by its author, the readers named and compliance. */
const restrictedText = z.strictObject({ text: safeText(1000, { min: 2, multiline: true }), readers: z.array(staffKey).max(20).default([]) })

/** Set when the record was kept on a device without connection: which, and since when by its own clock. */
const keptDraft = z.strictObject({ deviceId: newIdText, keptAt: z.iso.datetime() })
export const newContact = z.strictObject({ id: newIdText, draft: keptDraft.nullable().default(null), ...told, promises: z.array(newPromise).max(8).default([]), restricted: restrictedText.nullable().default(null) })
export type NewContact = z.output<typeof newContact>

const recordRefusals = {
  'device-withdrawn': { status: 403, zh: '未能记录。草稿来自已停用的设备。请在系统中重新记录', en: 'Not recorded. The draft comes from a device that was withdrawn. Record it anew' },
  'contact-in-future': { status: 422, zh: '未能记录。联系日期 {day} 晚于今天。联系后再记录', en: 'Not recorded. The contact of {day} lies in the future. Record it when it was had' },
  'before-relation': { status: 422, zh: '未能记录。联系日期早于开户日 {day}。请核对日期', en: 'Not recorded. The contact lies before the relation began on {day}. Check the date' },
  'not-held-yet': { status: 422, zh: '未能记录。您在 {day} 尚未任现职。请由当时的经办人记录', en: 'Not recorded. You did not hold your post on {day}. Let the person who had the contact record it' },
  'summary-missing': { status: 422, zh: '未能记录。请填写内容；内容不宜公开的，写入限制内容', en: 'Not recorded. Write what was said, or put it into the restricted text' },
  'promise-before-contact': { status: 422, zh: '未能记录。承诺的期限不能早于联系日期', en: 'Not recorded. A promise cannot be due before the contact' },
  'promise-twice': { status: 422, zh: '未能记录。同一项承诺出现两次', en: 'Not recorded. A promise stands in it twice' },
  'risk-unexplained': { status: 422, zh: '未能记录。勾选了风险信号，请说明看到的情况', en: 'Not recorded. A sign of risk was ticked: say what was seen' },
  'next-before-contact': { status: 422, zh: '未能记录。下一步日期不能早于联系日期', en: 'Not recorded. The next step cannot be before the contact' },
  'next-incomplete': { status: 422, zh: '未能记录。下一步需同时填写事项和日期', en: 'Not recorded. A next step needs both what and when' },
  'place-without-consent': { status: 422, zh: '未能记录。记录地点须经客户同意。请勾选同意或删去地点', en: 'Not recorded. A place needs the customer’s consent. Tick it or leave the place out' },
  'colleague-unknown': { status: 422, zh: '未能记录。所选同事在 {day} 不在职。请重新选择', en: 'Not recorded. A colleague named was not employed on {day}. Choose again' },
  'reader-unknown': { status: 422, zh: '未能记录。限制内容的阅读人已不在职。请重新选择', en: 'Not recorded. A reader named is not employed. Choose again' },
  'calendar-unknown': { status: 422, zh: '未能记录。工作日历缺少 {day}，无法判断是否按时。请联系管理员导入日历', en: 'Not recorded. The working calendar does not know {day}. Ask the administrator to import it' },
} as const satisfies Refusals

/** An earlier record of the same person, or of this customer, whose text is nearly the same. The customer's name only for who may see the customer. */
const likeRecord = z.strictObject({ percent: z.number().int(), businessDate: dayText.nullable(), number: z.string().nullable(), customerName: z.string().nullable(), address: z.string().nullable() })
const recorded = z.strictObject({ id: idText, number: z.string(), effective: z.boolean(), late: z.boolean(), like: likeRecord.nullable() })

export const recordContact = endpoint({
  id: 'contact.record', method: 'POST', path: '/api/customers/:customerId/contacts',
  text: { zh: '记录联系', en: 'Record a contact' },
  permission: 'contact.record', opens: 'customerId', writes: 'create',
  params: z.strictObject({ customerId: idText }),
  body: newContact,
  reply: recorded,
  refusals: recordRefusals,
})

const changeRefusals = {
  'contact-voided': { status: 409, zh: '未能更正。此记录已作废', en: 'Not corrected. This record is void already' },
  'not-your-record': { status: 403, zh: '只有记录人或其上级可以更正、作废', en: 'Only the recorder or the head of the line may correct or void it' },
} as const satisfies Refusals

/** A new record takes the old one's place; the old one stays, marked void with the reason. */
export const correctContact = endpoint({
  id: 'contact.correct', method: 'POST', path: '/api/customers/:customerId/contacts/:contactId/corrections',
  text: { zh: '更正联系记录', en: 'Correct a contact' },
  permission: 'contact.record', opens: 'customerId', writes: 'create',
  params: z.strictObject({ customerId: idText, contactId: idText }),
  body: z.strictObject({ id: newIdText, ...told, reason: safeText(200, { min: 2 }) }),
  reply: recorded,
  refusals: { ...changeRefusals, ...recordRefusals },
})

export const voidContact = endpoint({
  id: 'contact.void', method: 'POST', path: '/api/customers/:customerId/contacts/:contactId/void',
  text: { zh: '作废联系记录', en: 'Void a contact' },
  permission: 'contact.record', opens: 'customerId', writes: 'act',
  params: z.strictObject({ customerId: idText, contactId: idText }),
  body: z.strictObject({ reason: safeText(200, { min: 2 }) }),
  reply: z.strictObject({ id: idText }),
  refusals: changeRefusals,
})

/** The supervisor's mark that he looked at a record. */
export const checkContact = endpoint({
  id: 'contact.check', method: 'POST', path: '/api/customers/:customerId/contacts/:contactId/check',
  text: { zh: '审阅联系记录', en: 'Check a contact' },
  permission: 'contact.check', opens: 'customerId', writes: 'act',
  params: z.strictObject({ customerId: idText, contactId: idText }),
  reply: z.strictObject({ id: idText }),
  refusals: { 'contact-voided': { status: 409, zh: '未能审阅。此记录已作废', en: 'Not checked. This record is void' }, 'own-record': { status: 409, zh: '未能审阅。不能审阅本人的记录', en: 'Not checked. Nobody checks his own record' } },
})

const promiseRefusals = {
  'promise-ended': { status: 409, zh: '未能处理。此承诺已办结或已取消', en: 'Not done. The promise has ended already' },
  'not-your-promise': { status: 403, zh: '只有承诺的经办人或其上级可以处理', en: 'Only who sees to the promise or the head of the line may act on it' },
  'note-missing': { status: 422, zh: '未能处理。请说明原因', en: 'Not done. Say why' },
  'due-in-past': { status: 422, zh: '未能延期。新的期限不能早于今天', en: 'Not put off. The new day cannot lie in the past' },
} as const satisfies Refusals

/** A promise was kept, is dropped with a reason, or is put off to another day with a reason. */
export const actOnPromise = endpoint({
  id: 'contact.act-on-promise', method: 'POST', path: '/api/customers/:customerId/promises/:promiseId',
  text: { zh: '办理承诺事项', en: 'Act on a promise' },
  permission: 'contact.record', opens: 'customerId', writes: 'act',
  params: z.strictObject({ customerId: idText, promiseId: idText }),
  body: z.strictObject({ act: z.enum(['KEEP', 'DROP', 'PUT_OFF']), note: safeText(200).nullable().default(null), dueOn: dayText.nullable().default(null) }),
  reply: z.strictObject({ id: idText, state: z.enum(promiseStates) }),
  refusals: promiseRefusals,
})

const promiseView = z.strictObject({
  id: idText, side: z.enum(promiseSides), what: z.string(), dueOn: dayText, firstDueOn: dayText, ownerName: z.string(), state: z.enum(promiseStates), endedOn: dayText.nullable(), endNote: z.string().nullable(), may: mayDo,
})
export type PromiseView = z.output<typeof promiseView>

export const contactView = z.strictObject({
  id: idText, customerId: idText, customerName: z.string(), customerNumber: z.string(),
  mode: contactMode, purpose: contactPurpose, businessDate: dayText, startTime: z.string().nullable(), inPerson: z.boolean(), effective: z.boolean(),
  enteredOn: dayText, late: z.boolean(), recordedAt: z.string(), staffKey: z.number().int(), staffName: z.string(),
  /** For whom the recorder stood in. */
  forName: z.string().nullable(),
  summary: z.string(), contactPerson: z.string().nullable(), ourPeople: z.array(z.string()), nextAction: z.string().nullable(), nextOn: dayText.nullable(), place: z.string().nullable(),
  number: z.string().nullable(), theirPeople: z.array(z.string()), riskSignals: z.array(z.enum(riskSignals)), checkedOn: dayText.nullable(),
  replaces: idText.nullable(), voidedOn: dayText.nullable(), voidReason: z.string().nullable(),
})
export type ContactView = z.output<typeof contactView>
const restrictedMark = z.strictObject({ id: idText, authorName: z.string(), writtenOn: dayText })

/** `restricted`: the texts of this contact that the reader may read; for everybody else there are none. */
const customerContact = contactView.extend({
  colleagues: z.array(z.strictObject({ staffKey: z.number().int(), name: z.string() })),
  changedOperations: z.string().nullable(), changedPeople: z.string().nullable(), changedFinance: z.string().nullable(), changedFunds: z.string().nullable(), riskNote: z.string().nullable(),
  promises: z.array(promiseView), restricted: z.array(restrictedMark), may: mayDo })
export type CustomerContact = z.output<typeof customerContact>

export const listCustomerContacts = endpoint({
  id: 'contact.list-customer', method: 'GET', path: '/api/customers/:customerId/contacts',
  text: { zh: '查看客户的联系记录', en: 'See the contacts of a customer' },
  permission: 'contact.read', opens: 'customerId',
  params: z.strictObject({ customerId: idText }),
  query: z.strictObject({ ...pageQuery, withVoid: z.stringbool().default(false) }),
  reply: page(customerContact).extend({ may: mayDo }),
})

export const getContact = endpoint({
  id: 'contact.get', method: 'GET', path: '/api/customers/:customerId/contacts/:contactId',
  text: { zh: '查看一条联系记录', en: 'See a contact' },
  permission: 'contact.read', opens: 'customerId',
  params: z.strictObject({ customerId: idText, contactId: idText }),
  reply: customerContact.extend({
    tier: z.string(), checkedBy: z.string().nullable(),
    like: likeRecord.nullable(),
    /** Deposits at the end of the day before the contact, and of the last booked day; null: the delivery does not know. */
    balanceBeforeFen: z.string().nullable(), balanceAfterFen: z.string().nullable(), balanceAfterOn: dayText.nullable(),
    needCards: z.array(z.strictObject({ id: idText, number: z.string() })),
  }),
})

export const listContacts = endpoint({
  id: 'contact.list', method: 'GET', path: '/api/contacts',
  text: { zh: '查看联系记录', en: 'See contacts' },
  permission: 'contact.list',
  query: z.strictObject({
    ...pageQuery,
    from: dayText.optional(), to: dayText.optional(), mode: contactMode.optional(), purpose: contactPurpose.optional(),
    effective: z.stringbool().optional(), late: z.stringbool().optional(), staffKey: z.coerce.number().int().positive().max(2_147_483_647).optional(), mine: z.stringbool().default(false),
  }),
  reply: page(contactView),
})

const colleague = z.strictObject({ staffKey: z.number().int(), staffNo: z.string(), name: z.string(), postName: z.string(), unitName: z.string() })
export type Colleague = z.output<typeof colleague>

/** Who can be named as a participant or a reader: employed today, found by a part of the name or by number. */
export const findColleagues = endpoint({
  id: 'contact.colleagues', method: 'GET', path: '/api/colleagues',
  text: { zh: '查找同事', en: 'Find colleagues' },
  permission: 'signed-in',
  query: z.strictObject({ search: safeText(20).optional() }),
  reply: z.strictObject({ items: z.array(colleague) }),
})
