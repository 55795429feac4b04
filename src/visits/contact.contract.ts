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

const staffKey = z.number().int().positive().max(2_147_483_647)

/** What is told of a contact. */
const told = {
  mode: contactMode,
  purpose: contactPurpose.default('ROUTINE'),
  businessDate: dayText,
  startTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'HH:MM' }).nullable().default(null),
  /** Of WECHAT, EMAIL and LETTER: did the customer answer? Of the others it is not asked. */
  replied: z.boolean().default(false),
  summary: safeText(1000, { min: 2, multiline: true }),
  /** Who took part on the customer's side. */
  contactPerson: safeText(100).nullable().default(null),
  /** Colleagues who took part besides the recorder. */
  ourPeople: z.array(staffKey).max(20).default([]),
  nextAction: safeText(200).nullable().default(null),
  nextOn: dayText.nullable().default(null),
  /** Coarse (a district), only with the customer's consent. */
  place: safeText(60).nullable().default(null),
  placeConsent: z.boolean().default(false),
}
/** Read only by its author, the readers named and compliance. */
const restrictedText = z.strictObject({ text: safeText(1000, { min: 2, multiline: true }), readers: z.array(staffKey).max(20).default([]) })

export const newContact = z.strictObject({ id: newIdText, ...told, restricted: restrictedText.nullable().default(null) })
export type NewContact = z.output<typeof newContact>

const recordRefusals = {
  'contact-in-future': { status: 422, zh: '未能记录。联系日期 {day} 晚于今天。联系后再记录', en: 'Not recorded. The contact of {day} lies in the future. Record it when it was had' },
  'before-relation': { status: 422, zh: '未能记录。联系日期早于开户日 {day}。请核对日期', en: 'Not recorded. The contact lies before the relation began on {day}. Check the date' },
  'not-held-yet': { status: 422, zh: '未能记录。您在 {day} 尚未任现职。请由当时的经办人记录', en: 'Not recorded. You did not hold your post on {day}. Let the person who had the contact record it' },
  'next-before-contact': { status: 422, zh: '未能记录。下一步日期不能早于联系日期', en: 'Not recorded. The next step cannot be before the contact' },
  'next-incomplete': { status: 422, zh: '未能记录。下一步需同时填写事项和日期', en: 'Not recorded. A next step needs both what and when' },
  'place-without-consent': { status: 422, zh: '未能记录。记录地点须经客户同意。请勾选同意或删去地点', en: 'Not recorded. A place needs the customer’s consent. Tick it or leave the place out' },
  'colleague-unknown': { status: 422, zh: '未能记录。所选同事在 {day} 不在职。请重新选择', en: 'Not recorded. A colleague named was not employed on {day}. Choose again' },
  'reader-unknown': { status: 422, zh: '未能记录。限制内容的阅读人已不在职。请重新选择', en: 'Not recorded. A reader named is not employed. Choose again' },
  'calendar-unknown': { status: 422, zh: '未能记录。工作日历缺少 {day}，无法判断是否按时。请联系管理员导入日历', en: 'Not recorded. The working calendar does not know {day}. Ask the administrator to import it' },
} as const satisfies Refusals

const recorded = z.strictObject({ id: idText, effective: z.boolean(), late: z.boolean() })

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

export const contactView = z.strictObject({
  id: idText, customerId: idText, customerName: z.string(), customerNumber: z.string(),
  mode: contactMode, purpose: contactPurpose, businessDate: dayText, startTime: z.string().nullable(), inPerson: z.boolean(), effective: z.boolean(),
  enteredOn: dayText, late: z.boolean(), recordedAt: z.string(), staffKey: z.number().int(), staffName: z.string(),
  /** For whom the recorder stood in. */
  forName: z.string().nullable(),
  summary: z.string(), contactPerson: z.string().nullable(), ourPeople: z.array(z.string()), nextAction: z.string().nullable(), nextOn: dayText.nullable(), place: z.string().nullable(),
  replaces: idText.nullable(), voidedOn: dayText.nullable(), voidReason: z.string().nullable(),
})
export type ContactView = z.output<typeof contactView>
const restrictedMark = z.strictObject({ id: idText, authorName: z.string(), writtenOn: dayText })

/** `restricted`: the texts of this contact that the reader may read; for everybody else there are none. */
const customerContact = contactView.extend({ restricted: z.array(restrictedMark), may: mayDo })
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
  reply: customerContact,
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

const nextStep = z.strictObject({ customerId: idText, contactId: idText, customerName: z.string(), action: z.string(), dueOn: dayText, promisedOn: dayText })
export type NextStep = z.output<typeof nextStep>

/** Promises of my contacts that no later contact has answered. */
export const listNextSteps = endpoint({
  id: 'contact.next-steps', method: 'GET', path: '/api/next-steps',
  text: { zh: '查看下一步事项', en: 'See the next steps' },
  permission: 'contact.list',
  query: z.strictObject({ until: dayText.optional(), limit: z.coerce.number().int().min(1).max(200).default(100) }),
  reply: z.strictObject({ asOf: dayText, items: z.array(nextStep), more: z.boolean() }),
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
