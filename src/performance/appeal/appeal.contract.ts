import { z } from 'zod'
import { endpoint, mayDo, verdict } from '../../foundation/http/contract.ts'
import { dayText, fenText, idText, monthText, newIdText, safeText } from '../../foundation/values/api-values.ts'
import { schemeOfStatement } from '../statement.contract.ts'

const appeal = z.strictObject({
  id: idText, number: z.string(), name: z.string(), mine: z.boolean(), month: monthText, scheme: z.string(), place: z.number().int(), lineCode: z.string(), linePoints: z.string().nullable(), lineFen: fenText.nullable(), claim: z.string(), openedOn: dayText, answerBy: dayText, workingDaysLeft: z.number().int().nullable(),
  state: z.enum(['OPEN', 'IN_VOTE', 'REJECTED', 'ADJUSTED', 'WITHDRAWN']), late: z.boolean(), groupName: z.string(), motionId: idText.nullable(), end: z.strictObject({ reason: z.string(), on: dayText, moneyFen: fenText.nullable(), payMonth: monthText.nullable(), late: z.boolean() }).nullable(), may: mayDo,
})
export type AppealShown = z.output<typeof appeal>
const calendarUnknown = { status: 422, zh: '未能办理。工作日历缺少 {day}。请联系管理员录入日历', en: 'Not done. The working calendar does not know {day}. Ask the administrator to enter it' } as const
/** One's own appeals, those of the groups in which one takes part; the offices and leads those they may see. */
export const listAppeals = endpoint({ id: 'appeals.list', method: 'GET', path: '/api/appeals', text: { zh: '查看申诉', en: 'See the appeals' }, permission: 'appeal.read', reply: z.strictObject({ appeals: z.array(appeal), currency: z.string() }) })
export const getAppeal = endpoint({ id: 'appeals.get', method: 'GET', path: '/api/appeals/:appealId', text: { zh: '查看一项申诉', en: 'See one appeal' }, permission: 'appeal.read', params: z.strictObject({ appealId: idText }), reply: z.strictObject({ appeal, currency: z.string() }) })
/** Whether a line of one's own statement may be appealed against, until when, and why not. */
export const checkAppeal = endpoint({
  id: 'appeals.check', method: 'GET', path: '/api/appeal-window', text: { zh: '查看申诉期', en: 'See the appeal window' }, permission: 'appeal.open', query: z.strictObject({ month: monthText, scheme: schemeOfStatement }),
  reply: z.strictObject({ until: dayText.nullable(), workingDaysLeft: z.number().int().nullable(), may: verdict, appealed: z.array(z.strictObject({ place: z.number().int(), id: idText })) }),
})
export const appealRefusals = {
  'no-such-line': { status: 404, zh: '未能申诉。工资单没有这一条目', en: 'Not appealed. The statement has no such line' },
  'not-closed-yet': { status: 409, zh: '未能申诉。{month} 尚未关账，结果还会重新计算。请先与绩效部门核对', en: 'Not appealed. {month} is not closed: it may be settled again. Ask the performance desk first' },
  'window-over': { status: 409, zh: '未能申诉。申诉期已于 {until} 结束', en: 'Not appealed. The window ended on {until}' },
  'appealed-already': { status: 409, zh: '未能申诉。此条目已提出申诉', en: 'Not appealed. The line was appealed against already' },
  'no-group': { status: 409, zh: '未能申诉。您的机构没有在任的考核小组。请联系人力资源部', en: 'Not appealed. There is no appraisal group in office for your unit. Ask HR' },
  'calendar-unknown': calendarUnknown,
} as const
export const openAppeal = endpoint({
  id: 'appeals.open', method: 'POST', path: '/api/appeals', text: { zh: '对工资条目申诉', en: 'Appeal against a pay line' }, permission: 'appeal.open', writes: 'create', body: z.strictObject({ id: newIdText, month: monthText, scheme: schemeOfStatement, place: z.number().int().min(1).max(1000), claim: safeText(1000, { min: 10, multiline: true }) }),
  reply: z.strictObject({ id: idText, number: z.string(), answerBy: dayText }), refusals: appealRefusals,
})
export const withdrawAppeal = endpoint({
  id: 'appeals.withdraw', method: 'POST', path: '/api/appeals/:appealId/withdraw', text: { zh: '撤回申诉', en: 'Withdraw an appeal' }, permission: 'appeal.open', writes: 'act', params: z.strictObject({ appealId: idText }), body: z.strictObject({ reason: safeText(300, { min: 4 }) }), reply: z.strictObject({ id: idText }),
  refusals: { 'appeal-ended': { status: 409, zh: '未能撤回。申诉已答复或已撤回', en: 'Not withdrawn. The appeal is answered or withdrawn' } },
})

const talk = z.strictObject({
  id: idText, name: z.string(), month: monthText, heldOn: dayText, heldBy: z.string(), strengths: z.string(), gaps: z.string(), measures: z.string(), dueOn: dayText.nullable(), late: z.boolean(), signature: z.strictObject({ signed: z.boolean(), witness: z.string().nullable(), note: z.string().nullable(), on: dayText }).nullable(), may: mayDo,
})
export type TalkShown = z.output<typeof talk>
export const listTalks = endpoint({ id: 'result-talks.list', method: 'GET', path: '/api/result-talks', text: { zh: '查看绩效面谈', en: 'See the talks about results' }, permission: 'result-talk.read', reply: z.strictObject({ talks: z.array(talk), mayRecord: verdict, months: z.array(monthText) }) })
export const recordTalk = endpoint({
  id: 'result-talks.record', method: 'POST', path: '/api/result-talks', text: { zh: '记录绩效面谈', en: 'Record a talk about a result' }, permission: 'result-talk.record', writes: 'create',
  body: z.strictObject({ id: newIdText, staffNo: safeText(20), month: monthText, heldOn: dayText, strengths: safeText(1000, { min: 4, multiline: true }), gaps: safeText(1000, { min: 4, multiline: true }), measures: safeText(1000, { min: 4, multiline: true }) }), reply: z.strictObject({ id: idText }),
  refusals: {
    'no-such-person': { status: 422, zh: '未能记录。没有工号 {staffNo}，或不在您的权限内', en: 'Not recorded. There is no staff number {staffNo}, or not within your rights' },
    'own-talk': { status: 409, zh: '未能记录。不能与本人面谈', en: 'Not recorded. Nobody talks with himself' },
    'no-result': { status: 422, zh: '未能记录。此人该月没有绩效结果', en: 'Not recorded. The person has no result of that month' },
    'in-the-future': { status: 422, zh: '未能记录。面谈日晚于营业日 {today}', en: 'Not recorded. The day is after {today}' },
    'talk-there': { status: 409, zh: '未能记录。该月已有面谈记录', en: 'Not recorded. There is a talk about that month' }, 'calendar-unknown': calendarUnknown,
  },
})
export const signTalk = endpoint({
  id: 'result-talks.sign', method: 'POST', path: '/api/result-talks/:talkId/signature', text: { zh: '绩效面谈签字', en: 'Sign a talk' }, permission: 'result-talk.read', writes: 'act', params: z.strictObject({ talkId: idText }), body: z.strictObject({ signed: z.boolean(), witness: safeText(20, { min: 0 }), note: safeText(500, { min: 0, multiline: true }) }), reply: z.strictObject({ id: idText }),
  refusals: {
    'signed-already': { status: 409, zh: '未能签字。已签字或已记录拒签', en: 'Not signed. It is signed, or the refusal is recorded' },
    'ratee-signs': { status: 403, zh: '未能签字。由被面谈人本人签字', en: 'Not signed. The one whose result it is signs' },
    'leader-records': { status: 403, zh: '未能记录拒签。由面谈人记录', en: 'Not recorded. The one who held the talk records a refusal' },
    'witness-missing': { status: 422, zh: '未能记录拒签。须有一名在场见证人（不是双方）', en: 'Not recorded. A refusal needs a witness who is neither of the two' },
  },
})
