import { z } from 'zod'
import { dayText, idText, newIdText, safeText } from '../foundation/values/api-values.ts'
import { endpoint, mayDo, type Refusals } from '../foundation/http/contract.ts'

/** A visit at the customer, a talk at the bank, a call that was agreed, something inside of the bank, other. */
export const appointmentKinds = ['VISIT', 'RECEIVE', 'CALL', 'INTERNAL', 'OTHER'] as const
export type AppointmentKind = (typeof appointmentKinds)[number]
export const appointmentStates = ['PLANNED', 'DONE', 'CANCELLED'] as const

const staffKey = z.number().int().positive().max(2_147_483_647)
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'HH:MM' })
const when = { day: dayText, from: clock, to: clock }

const clash = z.strictObject({ name: z.string(), from: clock, to: clock })
export type Clash = z.output<typeof clash>

const whenRefusals = {
  'in-the-past': { status: 422, zh: '未能安排。{day} 已过。请选择今天或以后的日期', en: 'Not planned. {day} has passed. Choose today or a later day' },
  'too-far': { status: 422, zh: '未能安排。日期在一年以后。请选择一年以内的日期', en: 'Not planned. The day is more than a year ahead. Choose one within a year' },
  'times-reversed': { status: 422, zh: '未能安排。结束时间须晚于开始时间', en: 'Not planned. It must end after it begins' },
} as const satisfies Refusals

/** Plans an appointment of one's own. Clashes of those who take part are told, not refused: when they are busy, not with what. */
export const planAppointment = endpoint({
  id: 'appointments.plan', method: 'POST', path: '/api/appointments', text: { zh: '安排日程', en: 'Plan an appointment' }, permission: 'appointment.plan', writes: 'create',
  body: z.strictObject({ id: newIdText, customerId: idText.nullable(), ...when, kind: z.enum(appointmentKinds), subject: safeText(100, { min: 2 }), place: safeText(60).nullable().default(null), people: z.array(staffKey).max(20).default([]) }),
  reply: z.strictObject({ id: idText, clashes: z.array(clash) }),
  refusals: {
    'customer-not-seen': { status: 403, zh: '未能安排。没有找到此客户，或不在您的权限内', en: 'Not planned. The customer was not found, or is not within your rights' },
    'standing-aside': { status: 403, zh: '未能安排。此客户正由他人代班，期间您只能查看', en: 'Not planned. Somebody stands in for you at this customer; until then you only read' },
    'inside-with-customer': { status: 422, zh: '未能安排。行内事务不能带客户。请改选类别或去掉客户', en: 'Not planned. What is inside of the bank has no customer. Choose another kind or leave the customer out' },
    ...whenRefusals,
    'colleague-unknown': { status: 422, zh: '未能安排。所选同事不在职。请重新选择', en: 'Not planned. A colleague named is not employed. Choose again' },
  },
})

const changeRefusals = {
  'not-yours': { status: 403, zh: '只有安排人（或其代班人）可以改动', en: 'Only its owner, or who stands in for him, may change it' },
  'ended-already': { status: 409, zh: '未能改动。此日程已办理或已取消', en: 'Not changed. It is done or cancelled already' },
} as const satisfies Refusals
const one = z.strictObject({ appointmentId: idText })

export const moveAppointment = endpoint({
  id: 'appointments.move', method: 'POST', path: '/api/appointments/:appointmentId/move', text: { zh: '改期', en: 'Move an appointment' }, permission: 'appointment.plan', writes: 'act',
  params: one, body: z.strictObject({ ...when, place: safeText(60).nullable().default(null) }), reply: z.strictObject({ id: idText, clashes: z.array(clash) }), refusals: { ...changeRefusals, ...whenRefusals },
})

export const cancelAppointment = endpoint({
  id: 'appointments.cancel', method: 'POST', path: '/api/appointments/:appointmentId/cancel', text: { zh: '取消日程', en: 'Cancel an appointment' }, permission: 'appointment.plan', writes: 'act',
  params: one, body: z.strictObject({ reason: safeText(200, { min: 2 }) }), reply: z.strictObject({ id: idText }), refusals: changeRefusals,
})

/** Only of what has no customer: an appointment with a customer is closed by recording the contact. */
export const finishAppointment = endpoint({
  id: 'appointments.finish', method: 'POST', path: '/api/appointments/:appointmentId/finish', text: { zh: '办结日程', en: 'Finish an appointment' }, permission: 'appointment.plan', writes: 'act',
  params: one, reply: z.strictObject({ id: idText }),
  refusals: {
    ...changeRefusals,
    'record-the-contact': { status: 409, zh: '未能办结。与客户的日程由联系记录办结。请记录联系', en: 'Not finished. What was with a customer is closed by recording the contact' },
    'not-yet': { status: 422, zh: '未能办结。日期还没有到', en: 'Not finished. Its day has not come' },
  },
})

export const appointmentView = z.strictObject({
  id: idText, day: dayText, from: clock, to: clock, kind: z.enum(appointmentKinds), state: z.enum(appointmentStates),
  /** With a customer whom the reader may not see: true, and no name. */
  withCustomer: z.boolean(), customerId: idText.nullable(), customerName: z.string().nullable(), core: z.boolean(),
  /** Null when the reader neither takes part nor may see the customer. */
  subject: z.string().nullable(), place: z.string().nullable(), ownerName: z.string(), mine: z.boolean(), people: z.array(z.string()),
  /** Somebody who takes part has another appointment at that time. */
  clashes: z.boolean(), moves: z.number().int(), contactId: idText.nullable(), cancelReason: z.string().nullable(), may: mayDo,
})
export type AppointmentView = z.output<typeof appointmentView>

/** Appointments from a day to a day (at most 62): those in which one takes part or stands in; with `team`, those of one's line. */
export const listAppointments = endpoint({
  id: 'appointments.list', method: 'GET', path: '/api/appointments', text: { zh: '查看日程', en: 'See appointments' }, permission: 'appointment.read',
  query: z.strictObject({ from: dayText, to: dayText, team: z.stringbool().default(false) }),
  reply: z.strictObject({
    asOf: dayText, items: z.array(appointmentView), more: z.boolean(),
    /** Days of the period that are holidays on a weekday, and weekends that are worked; empty where the calendar does not know. */
    off: z.array(dayText), worked: z.array(dayText),
  }),
  refusals: { 'period-too-long': { status: 422, zh: '一次最多查看 62 天', en: 'At most 62 days at once' } },
})
