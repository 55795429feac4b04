import { z } from 'zod'
import { endpoint, mayDo } from '../foundation/http/contract.ts'
import { dayText, idText, newIdText, safeText } from '../foundation/values/api-values.ts'

export const calendarSpan = z.strictObject({ from: dayText, to: dayText, kind: z.enum(['OFF', 'WORK']), name: safeText(20) })
export type CalendarSpan = z.output<typeof calendarSpan>
const year = z.number().int().min(1990).max(2200)

const shown = z.strictObject({
  id: idText, year, basis: z.string(), enteredBy: z.string(), enteredOn: dayText, state: z.enum(['WAITING', 'IN_FORCE', 'REPLACED', 'RETURNED']), decidedBy: z.string().nullable(), decidedOn: dayText.nullable(), returnReason: z.string().nullable(),
  spans: z.array(calendarSpan), offDays: z.number().int(), workDays: z.number().int(), may: mayDo,
})
export type CalendarYearShown = z.output<typeof shown>

/** What the package knows, what the bank entered, and which year is asked for next. */
export const listCalendarYears = endpoint({
  id: 'calendar.list', method: 'GET', path: '/api/calendar-years', text: { zh: '查看工作日历', en: 'See the working calendar' }, permission: 'policy.read',
  reply: z.strictObject({ calendar: z.string(), knownUntil: dayText, next: year, lacks: dayText.nullable(), items: z.array(shown), mayEnter: z.boolean() }),
})
export const enterCalendarYear = endpoint({
  id: 'calendar.enter', method: 'POST', path: '/api/calendar-years', text: { zh: '录入年度日历', en: 'Enter a year of the calendar' }, permission: 'calendar.keep', writes: 'create',
  body: z.strictObject({ id: newIdText, year, basis: safeText(100), spans: z.array(calendarSpan).min(1).max(80) }), reply: z.strictObject({ id: idText }),
  refusals: {
    'span-backwards': { status: 422, zh: '未能提交。{name}的止日早于起日。请修改', en: 'Not submitted. {name} ends before it begins. Change it' },
    'outside-of-year': { status: 422, zh: '未能提交。{day} 不在该年度内（上年 12 月除外）。请核对年度', en: 'Not submitted. {day} is not in that year (December before it may be). Check the year' },
    'spans-overlap': { status: 422, zh: '未能提交。{day} 出现两次。请删去一处', en: 'Not submitted. {day} stands twice. Leave one out' },
    'fixed-holiday-missing': { status: 422, zh: '未能提交。缺少法定假日 {day}。请核对国务院办公厅通知', en: 'Not submitted. The holiday {day} is missing. Check the notice' },
    'waits-already': { status: 409, zh: '未能提交。{year} 年已有一份待复核。请先复核或退回', en: 'Not submitted. {year} waits for its second person already. Decide it first' },
  },
})
const decision = {
  'same-person': { status: 409, zh: '未能复核。录入和复核须由两人办理。请由另一位同事复核', en: 'Not decided. Entering and checking need two people. Ask a colleague' },
  'decided-already': { status: 409, zh: '未能复核。此年度已复核或已退回。请刷新后查看', en: 'Not decided. It was decided already. Reload to see it' },
} as const
const params = z.strictObject({ yearId: idText })
export const confirmCalendarYear = endpoint({ id: 'calendar.confirm', method: 'POST', path: '/api/calendar-years/:yearId/confirm', text: { zh: '复核年度日历', en: 'Confirm a year of the calendar' }, permission: 'calendar.keep', writes: 'act', params, reply: z.strictObject({ id: idText }), refusals: decision })
export const returnCalendarYear = endpoint({
  id: 'calendar.return', method: 'POST', path: '/api/calendar-years/:yearId/return', text: { zh: '退回年度日历', en: 'Return a year of the calendar' }, permission: 'calendar.keep', writes: 'act', params, body: z.strictObject({ reason: safeText(200, { min: 2 }) }), reply: z.strictObject({ id: idText }), refusals: decision,
})
