import { z } from 'zod'
import { dayText, idText, newIdText, safeText } from '../foundation/values/api-values.ts'
import { endpoint, mayDo, verdict, type Refusals } from '../foundation/http/contract.ts'

/** The fixed parts of the morning meeting, in their order (2.5). */
export const meetingParts = ['GOALS', 'YESTERDAY', 'MORALE', 'NOTICES', 'PROSPECT', 'ANALYSIS', 'TECHNIQUE', 'AWARENESS'] as const
export type MeetingPart = (typeof meetingParts)[number]
export const meetingStates = ['PREPARED', 'RUNNING', 'CLOSED'] as const
export type MeetingState = (typeof meetingStates)[number]
export const attendanceMarks = ['PRESENT', 'LEAVE', 'OUT'] as const
export type AttendanceMark = (typeof attendanceMarks)[number]
/** What became of an action: done, put to a later day, dropped, open. */
export const outcomes = ['DONE', 'MOVED', 'DROPPED', 'OPEN'] as const
export type ActionOutcome = (typeof outcomes)[number]

const staffKey = z.number().int().positive().max(2_147_483_647)
const one = z.strictObject({ meetingId: idText })
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'HH:MM' })
const closed = { 'meeting-closed': { status: 409, zh: '未能保存。晨会已结束，记录不再改动', en: 'Not saved. The meeting is closed; its record stays as it is' } } as const satisfies Refusals
const heads = { 'not-your-unit': { status: 403, zh: '只有本单位负责人可以主持', en: 'Only who leads the unit holds its meeting' } } as const satisfies Refusals

const row = z.strictObject({ id: idText, day: dayText, unitName: z.string(), chairName: z.string(), state: z.enum(meetingStates), present: z.number().int(), belong: z.number().int(), actions: z.number().int(), held: z.number().int() })
export type MeetingRow = z.output<typeof row>

/** Meetings of one's line or to which one belongs, the newest first. `today`: that of one's own unit, when it is prepared. */
export const listMeetings = endpoint({
  id: 'meetings.list', method: 'GET', path: '/api/meetings', text: { zh: '查看晨会', en: 'See morning meetings' }, permission: 'meeting.read',
  query: z.strictObject({ before: dayText.optional(), limit: z.coerce.number().int().min(1).max(100).default(30) }),
  reply: z.strictObject({ asOf: dayText, today: idText.nullable(), items: z.array(row), more: z.boolean(), may: z.strictObject({ prepare: verdict }) }),
})

/** Who leads a unit prepares the meeting of a day: its parts, and who belongs to it. */
export const prepareMeeting = endpoint({
  id: 'meetings.prepare', method: 'POST', path: '/api/meetings', text: { zh: '准备晨会', en: 'Prepare the meeting' }, permission: 'meeting.hold', writes: 'create',
  body: z.strictObject({ id: newIdText, day: dayText, from: clock.default('08:15'), to: clock.default('08:45') }), reply: z.strictObject({ id: idText }),
  refusals: {
    'in-the-past': { status: 422, zh: '未能准备。{day} 已过', en: 'Not prepared. {day} has passed' },
    'too-far': { status: 422, zh: '未能准备。最多提前 7 天', en: 'Not prepared. At most 7 days ahead' },
    'times-reversed': { status: 422, zh: '未能准备。结束时间须晚于开始时间', en: 'Not prepared. It must end after it begins' },
    'prepared-already': { status: 409, zh: '当日晨会已准备。请直接打开', en: 'The meeting of that day is prepared already. Open it' },
  },
})

const person = z.strictObject({ staffKey, name: z.string() })
const part = z.strictObject({
  part: z.enum(meetingParts), owner: person.nullable(), minutes: z.number().int(), content: z.string().nullable(), held: z.boolean(), mandatory: z.boolean(),
  /** How often this part was held this week before; null where no number is asked for. */
  thisWeek: z.number().int().nullable(),
})
export type PartView = z.output<typeof part>
const action = z.strictObject({ id: idText, title: z.string(), owner: z.string(), dueOn: dayText, taskId: idText, outcome: z.enum(outcomes).nullable() })
export type ActionView = z.output<typeof action>
const focus = z.strictObject({ id: idText, customerId: idText.nullable(), customerName: z.string(), part: z.enum(['PROSPECT', 'ANALYSIS']), note: z.string() })

export const meetingView = z.strictObject({
  id: idText, day: dayText, unitName: z.string(), chairName: z.string(), state: z.enum(meetingStates), from: clock, to: clock, beganAt: z.string().nullable(), closedAt: z.string().nullable(),
  parts: z.array(part), attendance: z.array(z.strictObject({ staffKey, name: z.string(), postName: z.string(), mark: z.enum(attendanceMarks).nullable(), reason: z.string().nullable() })),
  focus: z.array(focus), actions: z.array(action), partsPerWeek: z.number().int(), may: mayDo,
})
export type MeetingView = z.output<typeof meetingView>

/** One meeting with everything. `projected`: for the screen that all look at; names are masked by their class. */
export const getMeeting = endpoint({
  id: 'meetings.get', method: 'GET', path: '/api/meetings/:meetingId', text: { zh: '查看一次晨会', en: 'See a meeting' }, permission: 'meeting.read', params: one, query: z.strictObject({ projected: z.stringbool().default(false) }), reply: meetingView,
})

export const saveMeetingPart = endpoint({
  id: 'meetings.part', method: 'POST', path: '/api/meetings/:meetingId/parts', text: { zh: '填写晨会内容', en: 'Write a part of the meeting' }, permission: 'meeting.hold', writes: 'act', params: one,
  body: z.strictObject({ part: z.enum(meetingParts), ownerKey: staffKey.nullable().default(null), minutes: z.number().int().min(0).max(60), content: safeText(1000, { multiline: true }).nullable(), held: z.boolean() }), reply: z.strictObject({ id: idText }),
  refusals: { ...heads, ...closed, 'owner-unknown': { status: 422, zh: '未能保存。负责人不在参会人员中', en: 'Not saved. The owner does not belong to the meeting' }, 'held-without-words': { status: 422, zh: '未能保存。已进行的环节须写明内容', en: 'Not saved. What was held needs its words' } },
})

export const markAttendance = endpoint({
  id: 'meetings.attendance', method: 'POST', path: '/api/meetings/:meetingId/attendance', text: { zh: '登记到会', en: 'Mark attendance' }, permission: 'meeting.hold', writes: 'act', params: one,
  body: z.strictObject({ marks: z.array(z.strictObject({ staffKey, mark: z.enum(attendanceMarks), reason: safeText(60).nullable().default(null) })).min(1).max(100) }), reply: z.strictObject({ id: idText }),
  refusals: { ...heads, ...closed, 'not-of-meeting': { status: 422, zh: '未能登记。有人不在参会人员中', en: 'Not marked. Somebody does not belong to the meeting' }, 'reason-missing': { status: 422, zh: '未能登记。请假或外出须写明原因', en: 'Not marked. Leave and absence need the reason' } },
})

/** Who does what by when: it becomes an assigned task. */
export const addMeetingAction = endpoint({
  id: 'meetings.action', method: 'POST', path: '/api/meetings/:meetingId/actions', text: { zh: '添加行动项', en: 'Add an action' }, permission: 'meeting.hold', writes: 'create', params: one,
  body: z.strictObject({ id: newIdText, title: safeText(60, { min: 2 }), ownerKey: staffKey, dueOn: dayText }), reply: z.strictObject({ id: idText }),
  refusals: {
    ...heads, ...closed, 'not-of-meeting': { status: 422, zh: '未能添加。责任人不在参会人员中', en: 'Not added. The owner does not belong to the meeting' },
    'in-the-past': { status: 422, zh: '未能添加。期限不能早于今天', en: 'Not added. The day lies in the past' }, 'not-your-line': { status: 403, zh: '未能添加。只能交办给条线内的人员', en: 'Not added. Only people of your line' },
    'not-employed': { status: 422, zh: '未能添加。责任人不在职', en: 'Not added. The owner is not employed' },
    'calendar-unknown': { status: 422, zh: '未能添加。工作日历缺少 {day}。请联系管理员', en: 'Not added. The working calendar does not know {day}' },
  },
})

/** The one customer whom the meeting develops or analyses. */
export const nameFocus = endpoint({
  id: 'meetings.focus', method: 'POST', path: '/api/customers/:customerId/meeting-focus', text: { zh: '列为晨会重点客户', en: 'Name a focus customer' }, permission: 'meeting.focus', opens: 'customerId', writes: 'create',
  params: z.strictObject({ customerId: idText }), body: z.strictObject({ id: newIdText, meetingId: idText, part: z.enum(['PROSPECT', 'ANALYSIS']), note: safeText(300, { min: 2, multiline: true }) }), reply: z.strictObject({ id: idText }),
  refusals: { 'meeting-unknown': { status: 422, zh: '未能列入。没有找到此晨会', en: 'Not named. The meeting was not found' }, ...closed },
})

export const turnMeeting = endpoint({
  id: 'meetings.turn', method: 'POST', path: '/api/meetings/:meetingId/state', text: { zh: '开始或结束晨会', en: 'Begin or close the meeting' }, permission: 'meeting.hold', writes: 'act', params: one,
  body: z.strictObject({ to: z.enum(['RUNNING', 'CLOSED']) }), reply: z.strictObject({ state: z.enum(meetingStates) }),
  refusals: {
    ...heads, ...closed, 'not-its-day': { status: 422, zh: '晨会只能在当天开始', en: 'A meeting begins on its own day' }, 'so-already': { status: 409, zh: '晨会已开始', en: 'The meeting has begun already' }, 'not-begun': { status: 409, zh: '未能结束。晨会还没有开始', en: 'Not closed. The meeting has not begun' },
    'attendance-missing': { status: 422, zh: '未能结束。还有人员没有登记到会', en: 'Not closed. Somebody has no mark of attendance' }, 'mandatory-part-missing': { status: 422, zh: '未能结束。“宣布目标”和“通知与安排”为每日必有', en: 'Not closed. Goals and notices belong to every meeting' },
  },
})

/** The record of the meeting as a Word document, with the names that the reader may see. */
export const getMinutes = endpoint({
  id: 'meetings.minutes', method: 'GET', path: '/api/meetings/:meetingId/minutes', text: { zh: '下载晨会记录', en: 'Fetch the minutes' }, permission: 'meeting.read', raw: true, params: one, reply: z.unknown(),
  refusals: { 'not-closed': { status: 409, zh: '晨会结束后才有记录', en: 'There are minutes once the meeting is closed' } },
})
