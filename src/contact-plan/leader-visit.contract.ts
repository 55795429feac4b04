import { z } from 'zod'
import { dayText, idText, newIdText, safeText } from '../foundation/values/api-values.ts'
import { endpoint, verdict } from '../foundation/http/contract.ts'

export const keyEventKinds = ['MAJOR_CONTRACT', 'CHANGE_OF_CONTROL', 'COMPLAINT', 'CHURN_WARNING', 'OTHER'] as const
const kind = z.enum(keyEventKinds)
const due = z.discriminatedUnion('reason', [
  z.strictObject({ reason: z.literal('PERIOD'), everyMonths: z.number().int(), dueOn: dayText }),
  z.strictObject({ reason: z.literal('KEY_EVENT'), kind, day: dayText, dueOn: dayText }),
])
const unknownCalendar = { status: 409, zh: '未能计算期限。{day} 所在年度的工作日历尚未录入。请联系管理员', en: 'Not worked out. The working calendar of the year of {day} is not entered yet. Ask the administrator' } as const

const leaderVisit = z.strictObject({ customerId: idText, number: z.string(), name: z.string(), tier: z.string(), managerName: z.string().nullable(), lastLeaderVisit: dayText.nullable(), due })
export type LeaderVisitShown = z.output<typeof leaderVisit>

/** Customers of one's scope whom a leader should visit now, by the day until which. */
export const listLeaderVisits = endpoint({
  id: 'contact-plan.leader-visits', method: 'GET', path: '/api/leader-visits', text: { zh: '查看待领导拜访客户', en: 'See whom a leader should visit' }, permission: 'coverage.read',
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(100) }),
  reply: z.strictObject({ asOf: dayText, items: z.array(leaderVisit), more: z.boolean() }), refusals: { 'calendar-unknown': unknownCalendar },
})

const keyEvent = z.strictObject({
  eventId: idText, kind, day: dayText,
  /** Null: another capability found it. */
  note: z.string().nullable(), notedBy: z.string().nullable(), mayVoid: z.boolean(),
})
export type KeyEventShown = z.output<typeof keyEvent>

/** What the customer's page says of leaders' visits: how often, the last one, what is due and why. */
export const getLeaderVisit = endpoint({
  id: 'contact-plan.leader-visit', method: 'GET', path: '/api/customers/:customerId/leader-visit', text: { zh: '查看领导拜访要求', en: 'See when a leader should visit' }, permission: 'contact.read', opens: 'customerId',
  params: z.strictObject({ customerId: idText }),
  reply: z.strictObject({
    asOf: dayText, everyMonths: z.number().int().nullable(), lastLeaderVisit: dayText.nullable(), due: due.nullable(), events: z.array(keyEvent), mayNote: verdict,
  }),
  refusals: { 'calendar-unknown': unknownCalendar },
})

export const noteKeyEvent = endpoint({
  id: 'contact-plan.note-key-event', method: 'POST', path: '/api/customers/:customerId/key-events', text: { zh: '登记重要事件', en: 'Note a key event' }, permission: 'contact.record', opens: 'customerId', writes: 'create',
  params: z.strictObject({ customerId: idText }), body: z.strictObject({ id: newIdText, kind, day: dayText, note: safeText(300, { min: 4, multiline: true }) }), reply: z.strictObject({ id: idText }),
  refusals: { 'in-the-future': { status: 422, zh: '未能登记。日期晚于营业日 {today}。请改为不晚于营业日', en: 'Not noted. The date is after the business date {today}. Choose one that is not' } },
})

export const voidKeyEvent = endpoint({
  id: 'contact-plan.void-key-event', method: 'POST', path: '/api/customers/:customerId/key-events/:eventId/void', text: { zh: '作废重要事件', en: 'Void a key event' }, permission: 'contact.record', opens: 'customerId', writes: 'act',
  params: z.strictObject({ customerId: idText, eventId: idText }), body: z.strictObject({ reason: safeText(200, { min: 4 }) }), reply: z.strictObject({ id: idText }),
  refusals: { 'event-voided': { status: 409, zh: '未能作废。此事件已作废。请刷新后查看', en: 'Not voided. The event is void already. Reload to see it' } },
})
