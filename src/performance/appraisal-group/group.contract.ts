import { z } from 'zod'
import { endpoint, mayDo, verdict } from '../../foundation/http/contract.ts'
import { dayText, decimalText, fenText, idText, monthText, newIdText, safeText } from '../../foundation/values/api-values.ts'

export const memberSides = ['HR', 'FINANCE', 'RISK', 'COMPLIANCE', 'BUSINESS', 'ELECTED'] as const
const key = z.number().int().positive().max(2_147_483_647)
const staffNo = safeText(20)
const person = z.strictObject({ staffKey: z.number().int(), name: z.string() })

const text2 = z.strictObject({ zh: z.string(), en: z.string() })
const group = z.strictObject({
  id: idText, name: z.string(), unitName: z.string(), from: dayText, to: dayText, chair: person, secretary: person, members: z.array(z.strictObject({ ...person.shape, side: z.enum(memberSides) })), inForce: z.boolean(), mine: z.boolean(), /** Chair and secretary, while the term lasts. */ mayPut: verdict,
  motions: z.array(z.strictObject({ id: idText, number: z.string(), kind: z.string(), title: text2, putOn: dayText, closedOn: dayText.nullable(), result: z.enum(['PASSED', 'REJECTED']).nullable(), votes: z.number().int(), waitsForMe: z.boolean(), waitsForClosing: z.boolean() })),
})
export type GroupShown = z.output<typeof group>
/** Groups in which one takes part; the offices see all. */
export const listAppraisalGroups = endpoint({
  id: 'appraisal-groups.list', method: 'GET', path: '/api/appraisal-groups', text: { zh: '查看考核小组', en: 'See the appraisal groups' }, permission: 'appraisal-group.read',
  reply: z.strictObject({ groups: z.array(group), mayMake: verdict, units: z.array(z.strictObject({ key: z.number().int(), name: z.string() })) }),
})
/** Who may be a member, by name, number or place: everybody employed today. */
export const findGroupPeople = endpoint({
  id: 'appraisal-groups.people', method: 'GET', path: '/api/appraisal-group-people', text: { zh: '查找可任小组成员的人员', en: 'Find who may be a member of a group' }, permission: 'appraisal-group.read', query: z.strictObject({ search: safeText(40).optional() }),
  reply: z.strictObject({ items: z.array(z.strictObject({ staffNo: z.string(), name: z.string(), unitName: z.string() })) }),
})
export const makeAppraisalGroup = endpoint({
  id: 'appraisal-groups.make', method: 'POST', path: '/api/appraisal-groups', text: { zh: '设立考核小组', en: 'Set up an appraisal group' }, permission: 'appraisal-group.keep', writes: 'create',
  body: z.strictObject({ id: newIdText, unitKey: key, name: safeText(60, { min: 2 }), from: dayText, to: dayText, chair: staffNo, secretary: staffNo, members: z.array(z.strictObject({ staffNo, side: z.enum(memberSides) })).min(1).max(12), reason: safeText(200, { min: 4 }) }),
  reply: z.strictObject({ id: idText }),
  refusals: {
    'no-such-unit': { status: 422, zh: '未能设立。没有这个机构。请重新选择', en: 'Not set up. There is no such unit. Choose again' },
    'no-such-person': { status: 422, zh: '未能设立。没有在职员工 {staffNo}', en: 'Not set up. Nobody with the number {staffNo} is employed' },
    'members-count': { status: 422, zh: '未能设立。小组由 5 至 9 人组成', en: 'Not set up. A group has five to nine members' },
    'member-twice': { status: 422, zh: '未能设立。同一人列入两次', en: 'Not set up. A person stands there twice' },
    'chair-no-member': { status: 422, zh: '未能设立。组长须为小组成员', en: 'Not set up. The chair is one of the members' },
    'nobody-elected': { status: 422, zh: '未能设立。须有一名选举产生的客户经理代表', en: 'Not set up. One member is elected by the managers' },
    'term-too-long': { status: 422, zh: '未能设立。任期不超过两年，且止日晚于起日', en: 'Not set up. A term lasts two years at most and ends after it begins' },
  },
})

const motion = z.strictObject({
  id: idText, number: z.string(), groupId: idText, groupName: z.string(), kind: z.string(), title: text2, proposal: z.string(), about: z.strictObject({ name: z.string(), appealId: idText.nullable(), claim: z.string().nullable() }).nullable(), moneyFen: fenText.nullable(), inspector: z.strictObject({ from: dayText, to: dayText, relatives: z.array(z.string()) }).nullable(), putBy: z.string(), putOn: dayText,
  recused: z.array(z.strictObject({ name: z.string(), why: z.string() })), votes: z.array(z.strictObject({ name: z.string(), vote: z.enum(['YES', 'NO', 'ABSTAIN']), reason: z.string().nullable(), on: dayText })), waiting: z.array(z.string()), members: z.number().int(),
  marks: z.array(z.strictObject({ name: z.string(), item: text2, from: z.string(), to: z.string(), reason: z.string() })),
  decision: z.strictObject({ result: z.enum(['PASSED', 'REJECTED']), present: z.number().int(), yes: z.number().int(), no: z.number().int(), byChair: z.boolean(), reasons: z.string(), by: z.string(), on: dayText }).nullable(), may: mayDo,
})
export type MotionShown = z.output<typeof motion>
export const getMotion = endpoint({ id: 'group-motions.get', method: 'GET', path: '/api/group-motions/:motionId', text: { zh: '查看小组议题', en: 'See a motion' }, permission: 'appraisal-group.read', params: z.strictObject({ motionId: idText }), reply: z.strictObject({ motion }) })
const shared = { relatives: z.array(key).max(9), reasons: safeText(1000, { min: 4, multiline: true }) }
/** An appeal is put to the vote: reject it, or award an amount. Marks are put together for calibration. An inspector is appointed for a term, with the managers who are his relatives. */
export const putMotion = endpoint({
  id: 'group-motions.put', method: 'POST', path: '/api/group-motions', text: { zh: '提出小组议题', en: 'Put a motion' }, permission: 'appraisal-group.read', writes: 'create',
  body: z.discriminatedUnion('kind', [
    z.strictObject({ id: newIdText, kind: z.literal('APPEAL'), appealId: idText, award: fenText.nullable(), ...shared }),
    z.strictObject({ id: newIdText, kind: z.literal('INSPECTOR'), groupId: idText, staffNo, from: dayText, to: dayText, notHis: z.array(staffNo).max(50), ...shared }),
    z.strictObject({ id: newIdText, kind: z.literal('CALIBRATION'), groupId: idText, scheme: safeText(31), month: monthText, marks: z.array(z.strictObject({ markId: idText, mark: decimalText(2).max(6), reason: safeText(300, { min: 4 }) })).min(1).max(500), ...shared }),
  ]),
  reply: z.strictObject({ id: idText, number: z.string() }),
  refusals: {
    'not-of-the-group': { status: 403, zh: '未能提出。由小组组长或秘书提出', en: 'Not put. The chair or the secretary of the group puts it' },
    'term-over': { status: 409, zh: '未能提出。小组任期未开始或已届满', en: 'Not put. The term of the group has not begun or is over' },
    'appeal-ended': { status: 409, zh: '未能提出。申诉已答复、撤回或正在表决', en: 'Not put. The appeal is answered, withdrawn or being voted on' },
    'award-not-positive': { status: 422, zh: '未能提出。调整金额须大于 0', en: 'Not put. An award is above 0' },
    'too-few-left': { status: 409, zh: '未能提出。回避后不足三分之二成员。请增补成员', en: 'Not put. After recusals fewer than two thirds are left. Add members' },
    'no-such-mark': { status: 422, zh: '未能提出。评分不存在、不属于该月或已校准', en: 'Not put. A mark is not there, of another month, or calibrated already' },
    'mark-range': { status: 422, zh: '未能提出。评分在 0 到 100 之间', en: 'Not put. A mark lies between 0 and 100' },
    'no-such-person': { status: 422, zh: '未能提出。没有在职员工 {staffNo}', en: 'Not put. Nobody with the number {staffNo} is employed' },
    'term-too-long': { status: 422, zh: '未能提出。任期不超过两年，止日晚于起日且不早于今日', en: 'Not put. A term lasts two years at most, ends after it begins and not before today' },
    'own-relative': { status: 422, zh: '未能提出。近亲属名单不含本人', en: 'Not put. He is no relative of himself' },
    'appointed-already': { status: 409, zh: '未能提出。此人至 {until} 已是检查人员', en: 'Not put. The person is an inspector until {until} already' },
    'month-closed': { status: 409, zh: '未能提出。{month} 已关账，评分不再改变', en: 'Not put. {month} is closed; its marks do not change' },
  },
})
export const castVote = endpoint({
  id: 'group-motions.vote', method: 'POST', path: '/api/group-motions/:motionId/votes', text: { zh: '表决', en: 'Vote' }, permission: 'appraisal-group.read', writes: 'act', params: z.strictObject({ motionId: idText }),
  body: z.strictObject({ vote: z.enum(['YES', 'NO', 'ABSTAIN']), reason: safeText(500, { min: 0, multiline: true }) }), reply: z.strictObject({ id: idText }),
  refusals: {
    'recused': { status: 403, zh: '未能表决。您须回避，或不是小组成员', en: 'Not voted. You leave this motion, or are no member' },
    'voted-already': { status: 409, zh: '未能表决。您已表决', en: 'Not voted. You have voted already' },
    'motion-closed': { status: 409, zh: '未能表决。议题已有决议', en: 'Not voted. The motion is decided' },
    'reason-missing': { status: 422, zh: '未能表决。反对须说明理由', en: 'Not voted. A no needs its reason' },
  },
})
export const closeMotion = endpoint({
  id: 'group-motions.close', method: 'POST', path: '/api/group-motions/:motionId/close', text: { zh: '形成决议', en: 'Close a motion' }, permission: 'appraisal-group.read', writes: 'act', params: z.strictObject({ motionId: idText }),
  body: z.strictObject({ reasons: safeText(1000, { min: 4, multiline: true }) }), reply: z.strictObject({ id: idText, result: z.enum(['PASSED', 'REJECTED']) }),
  refusals: {
    'not-of-the-group': { status: 403, zh: '未能形成决议。由小组组长或秘书办理', en: 'Not closed. The chair or the secretary closes it' },
    'motion-closed': { status: 409, zh: '未能形成决议。议题已有决议', en: 'Not closed. The motion is decided' },
    'no-quorum': { status: 409, zh: '未能形成决议。须有三分之二以上成员表决', en: 'Not closed. Two thirds of the members must have voted' },
    'month-closed': { status: 409, zh: '未能形成决议。该月已关账，评分不再改变', en: 'Not closed. The month is closed; its marks do not change' },
    'no-scheme-to-pay': { status: 409, zh: '未能形成决议。{scheme} 已停用，申诉人当前没有可计发的绩效方案。请先由绩效主管确定其适用方案', en: 'Not closed. {scheme} is no longer in force and no scheme pays the person now. The performance officer settles first which one does' },
    'appointed-already': { status: 409, zh: '未能形成决议。此人至 {until} 已是检查人员', en: 'Not closed. The person is an inspector until {until} already' },
    'appeal-ended': { status: 409, zh: '未能形成决议。申诉已撤回', en: 'Not closed. The appeal was withdrawn' },
  },
})
/** The minutes of a day: attendance, recusals, motions, votes, reasons; as a Word document. */
export const printMinutes = endpoint({
  id: 'appraisal-groups.minutes', method: 'GET', path: '/api/appraisal-groups/:groupId/minutes', text: { zh: '打印小组会议记录', en: 'Print the minutes' }, permission: 'appraisal-group.read', params: z.strictObject({ groupId: idText }), query: z.strictObject({ day: dayText }), reply: z.any(), raw: true,
})

const mark = z.strictObject({ id: idText, staffKey: z.number().int(), name: z.string(), unitName: z.string(), item: z.string(), mark: z.string(), text: z.string().nullable(), evidence: z.string(), by: z.string(), byKey: z.number().int(), on: dayText, calibrated: z.strictObject({ mark: z.string(), reason: z.string(), on: dayText }).nullable() })
export type MarkShown = z.output<typeof mark>
/** Marks of a month: one's own, those of the line one leads, all of them by the offices; what is still to be marked; each rater's leniency and spread where there are five marks or more. */
export const listMarks = endpoint({
  id: 'marks.list', method: 'GET', path: '/api/marks', text: { zh: '查看定性评分', en: 'See the qualitative marks' }, permission: 'mark.read', query: z.strictObject({ month: monthText.optional(), scheme: safeText(31).optional() }),
  reply: z.strictObject({
    month: monthText, scheme: z.string(), schemes: z.array(z.strictObject({ code: z.string(), name: z.string(), nameEn: z.string() })), items: z.array(z.strictObject({ code: z.string(), name: z.strictObject({ zh: z.string(), en: z.string() }), weight: z.string() })), marks: z.array(mark),
    people: z.array(z.strictObject({ staffNo: z.string(), name: z.string() })), raters: z.array(z.strictObject({ name: z.string(), marks: z.number().int(), mean: z.string(), leniency: z.string(), spread: z.string() })), mayGive: verdict, groups: z.array(z.strictObject({ id: idText, name: z.string() })),
  }),
})
export const giveMark = endpoint({
  id: 'marks.give', method: 'POST', path: '/api/marks', text: { zh: '定性评分', en: 'Give a qualitative mark' }, permission: 'mark.give', writes: 'create',
  body: z.strictObject({ id: newIdText, staffNo, scheme: z.string().regex(/^[A-Z][A-Z0-9_]{1,30}$/), item: z.string().regex(/^[A-Z][A-Z0-9_]{0,30}$/), month: monthText, mark: decimalText(2).max(6), text: safeText(500, { min: 0, multiline: true }), evidence: safeText(500, { min: 4, multiline: true }) }), reply: z.strictObject({ id: idText }),
  refusals: {
    'no-such-person': { status: 422, zh: '未能评分。没有工号 {staffNo}，或不在您的权限内', en: 'Not marked. There is no staff number {staffNo}, or not within your rights' },
    'own-mark': { status: 409, zh: '未能评分。不能给本人评分', en: 'Not marked. Nobody marks himself' },
    'no-such-item': { status: 422, zh: '未能评分。方案没有这个定性项目', en: 'Not marked. The scheme has no such item' },
    'in-the-future': { status: 422, zh: '未能评分。该月尚未开始', en: 'Not marked. The month has not begun' },
    'month-closed': { status: 409, zh: '未能评分。{month} 已关账', en: 'Not marked. {month} is closed' },
    'mark-range': { status: 422, zh: '未能评分。评分在 0 到 100 之间', en: 'Not marked. A mark lies between 0 and 100' },
    'text-missing': { status: 422, zh: '未能评分。高于 95 或低于 60 须用不少于 10 个字说明', en: 'Not marked. Above 95 or below 60 a text of ten characters or more is needed' },
    'marked-already': { status: 409, zh: '未能评分。该项目本月已评分。如有不当，由考核小组校准', en: 'Not marked. There is a mark of the month. If it is wrong the group calibrates it' },
  },
})
