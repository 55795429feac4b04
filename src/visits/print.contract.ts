import { z } from 'zod'
import { endpoint } from '../foundation/http/contract.ts'
import { dayText, idText, safeText } from '../foundation/values/api-values.ts'

const asked = { format: z.enum(['PDF', 'DOCX']), purpose: safeText(100, { min: 2 }) }
/** More sheets than this are printed in parts. */
export const mostSheets = 300

/** One maintenance record in the bank's form, with name, moment and purpose below it; the print leaves a line. */
export const printContact = endpoint({
  id: 'contact.print', method: 'POST', path: '/api/customers/:customerId/contacts/:contactId/print',
  text: { zh: '打印维护记录表', en: 'Print a maintenance record' },
  permission: 'contact.print', opens: 'customerId', raw: true,
  params: z.strictObject({ customerId: idText, contactId: idText }), body: z.strictObject(asked), reply: z.unknown(),
})

/** Records of a period in one file, sorted by customer, after a list of what is in it and which months are missing. */
export const printContacts = endpoint({
  id: 'contact.print-batch', method: 'POST', path: '/api/contacts/print',
  text: { zh: '批量打印维护记录表', en: 'Print maintenance records' },
  permission: 'contact.print-batch', raw: true,
  body: z.strictObject({ ...asked, from: dayText, to: dayText, customerIds: z.array(idText).max(200).default([]), mine: z.boolean().default(false) }), reply: z.unknown(),
  refusals: {
    'period-too-long': { status: 422, zh: '未能打印。期间不能超过一年，止日不能早于起日', en: 'Not printed. A period has at most a year, and ends after it began' },
    'nothing-to-print': { status: 409, zh: '未能打印。所选期间没有联系记录', en: 'Not printed. There is no contact in this period' },
    'too-many-sheets': { status: 409, zh: '未能打印。共 {count} 张，一次最多 {most} 张。请缩小期间或客户范围', en: 'Not printed. {count} sheets, at most {most} at once. Choose a shorter period or fewer customers' },
  },
})

/** One need card in the bank's form. */
export const printNeedCard = endpoint({
  id: 'needs.print', method: 'POST', path: '/api/customers/:customerId/need-cards/:cardId/print',
  text: { zh: '打印客户需求卡', en: 'Print a need card' },
  permission: 'contact.print', opens: 'customerId', raw: true,
  params: z.strictObject({ customerId: idText, cardId: idText }), body: z.strictObject(asked), reply: z.unknown(),
})
