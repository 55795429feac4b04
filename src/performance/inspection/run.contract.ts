import { z } from 'zod'
import { endpoint, mayDo, verdict } from '../../foundation/http/contract.ts'
import { dayText, idText, monthText, newIdText, safeText } from '../../foundation/values/api-values.ts'
import { checkGrades, reportGrades } from '../inspection.contract.ts'

export const runObjects = ['REPORT', 'POST_LOAN_CHECK'] as const
export type RunObject = (typeof runObjects)[number]
export const runStates = ['PLANNED', 'SAMPLED', 'IN_WORK', 'FINDINGS_GIVEN', 'OBJECTION', 'CONFIRMED', 'SETTLED', 'WITHDRAWN'] as const
export type RunState = (typeof runStates)[number]
const object = z.enum(runObjects)
const key = z.number().int().positive().max(2_147_483_647)
const keyAsked = z.coerce.number().int().positive().max(2_147_483_647)
const person = z.strictObject({ staffKey: z.number().int(), name: z.string(), staffNo: z.string() })
const calendarUnknown = { status: 422, zh: '未能办理。工作日历缺少 {day}。请联系管理员录入日历', en: 'Not done. The working calendar does not know {day}. Ask the administrator to enter it' } as const
/** Why this inspector may not look at this manager. */
export const inspectorRefusals = {
  'inspects-himself': { status: 409, zh: '不能安排。{name} 不能检查本人', en: 'Not planned. {name} does not inspect himself' },
  'relative': { status: 409, zh: '不能安排。检查人员与 {name} 有近亲属关系', en: 'Not planned. The inspector is a relative of {name}' },
  'own-line': { status: 409, zh: '不能安排。检查人员与 {name} 同条线、同网点，或领导其所在条线', en: 'Not planned. The inspector is of the line or outlet of {name}, or leads that line' },
  'same-twice': { status: 409, zh: '不能安排。{name} 上一次同类检查也由此人办理，不能连续两次', en: 'Not planned. The same inspector looked at {name} the last time; not twice running' },
} as const

const appointment = z.strictObject({ id: idText, staffKey: z.number().int(), name: z.string(), staffNo: z.string(), groupName: z.string(), motionId: idText.nullable(), from: dayText, to: dayText, inForce: z.boolean(), relatives: z.array(z.string()) })
export const listInspectors = endpoint({ id: 'inspections.inspectors', method: 'GET', path: '/api/inspectors', text: { zh: '查看检查人员', en: 'See the inspectors' }, permission: 'inspection.read', reply: z.strictObject({ inspectors: z.array(appointment) }) })

const objection = z.strictObject({ claim: z.string(), madeOn: dayText, result: z.enum(['UPHELD', 'REJECTED']).nullable(), becomes: z.string().nullable(), reason: z.string().nullable(), answeredBy: z.string().nullable(), answeredOn: dayText.nullable(), correction: z.strictObject({ month: monthText, points: z.string(), counts: z.boolean() }).nullable() })
const finding = z.strictObject({ sourceSeen: z.string(), finding: z.string(), grade: z.string(), /** After an objection that was upheld before it counted. */ counts: z.string(), points: z.string().nullable(), conduct: z.enum(['RED', 'AMBER']).nullable(), fileId: idText, fileName: z.string(), foundBy: z.string(), foundOn: dayText })
const drawnObject = z.strictObject({ id: idText, staffKey: z.number().int(), name: z.string(), label: z.string(), number: z.string(), loanFen: z.string().nullable(), always: z.boolean(), finding: finding.nullable(), objection: objection.nullable(), may: mayDo })
export type DrawnObject = z.output<typeof drawnObject>
const line = z.strictObject({
  id: idText, number: z.string(), month: monthText, object, unitName: z.string(), inspector: z.string(), people: z.number().int(), drawn: z.number().int(), found: z.number().int(), points: z.string().nullable(), state: z.enum(runStates), plannedOn: dayText, objectionUntil: dayText.nullable(), workingDaysLeft: z.number().int().nullable(), waitsForMe: z.boolean(),
})
export type RunLine = z.output<typeof line>
const month = monthText.optional()
/** Runs that one inspects, answers for in the group, confirms or plans: the latest two hundred, of a month when it is asked for. */
export const listRuns = endpoint({ id: 'inspections.list', method: 'GET', path: '/api/inspections', text: { zh: '查看专项检查', en: 'See the inspections' }, permission: 'inspection.read', query: z.strictObject({ month }), reply: z.strictObject({ runs: z.array(line), mayPlan: verdict }) })

const run = z.strictObject({
  ...line.shape, groupName: z.string(), inspectorKey: z.number().int(), managers: z.array(z.strictObject({ ...person.shape, population: z.number().int(), drawn: z.number().int() })),
  draw: z.strictObject({ seed: z.string(), ratio: z.string(), least: z.number().int(), aboveFen: z.string(), on: dayText, /** Drawn again from the stored seed just now: the same objects. */ repeats: z.boolean() }).nullable(),
  plannedBy: z.string(), givenOn: dayText.nullable(), confirmedBy: z.string().nullable(), confirmedOn: dayText.nullable(), settledIn: monthText.nullable(), withdrawn: z.strictObject({ by: z.string(), on: dayText, why: z.string() }).nullable(), objects: z.array(drawnObject), may: mayDo,
})
export type RunShown = z.output<typeof run>
export const getRun = endpoint({ id: 'inspections.get', method: 'GET', path: '/api/inspections/:runId', text: { zh: '查看一次检查', en: 'See one inspection' }, permission: 'inspection.read', params: z.strictObject({ runId: idText }), reply: z.strictObject({ run }) })

const own = z.strictObject({ runId: idText, number: z.string(), month: monthText, object, inspector: z.string(), givenOn: dayText, objectionUntil: dayText, workingDaysLeft: z.number().int().nullable(), confirmed: z.boolean(), ...drawnObject.omit({ staffKey: true, name: true, number: true }).shape, objectNumber: z.string() })
export type OwnFinding = z.output<typeof own>
/** Findings about oneself, from the day on which they were handed over. */
export const listMyFindings = endpoint({ id: 'inspections.mine', method: 'GET', path: '/api/my-inspections', text: { zh: '查看对本人的检查', en: 'See the findings about oneself' }, permission: 'inspection.read', query: z.strictObject({ month }), reply: z.strictObject({ findings: z.array(own) }) })

/** What a run can be planned with: units, inspectors in office, the managers of a unit and why one of them may not be chosen. */
export const getRunOptions = endpoint({
  id: 'inspections.options', method: 'GET', path: '/api/inspection-options', text: { zh: '查看检查安排选项', en: 'See what an inspection can be planned with' }, permission: 'inspection.plan', query: z.strictObject({ month: monthText, object, unit: keyAsked.optional(), inspector: idText.optional() }),
  reply: z.strictObject({ units: z.array(z.strictObject({ key: z.number().int(), name: z.string() })), inspectors: z.array(z.strictObject({ id: idText, name: z.string(), staffNo: z.string(), to: dayText })), managers: z.array(z.strictObject({ ...person.shape, objects: z.number().int(), may: verdict })) }),
})
export const planRun = endpoint({
  id: 'inspections.plan', method: 'POST', path: '/api/inspections', text: { zh: '安排专项检查', en: 'Plan an inspection' }, permission: 'inspection.plan', writes: 'create',
  body: z.strictObject({ id: newIdText, month: monthText, object, unitKey: key, appointmentId: idText, managers: z.array(safeText(20)).min(1).max(60) }), reply: z.strictObject({ id: idText, number: z.string() }),
  refusals: {
    'no-such-inspector': { status: 422, zh: '未能安排。此检查人员未任命，或任期未开始、已届满', en: 'Not planned. The inspector is not appointed, or the term has not begun or is over' },
    'no-such-unit': { status: 422, zh: '未能安排。没有这个机构', en: 'Not planned. There is no such unit' },
    'no-such-manager': { status: 422, zh: '未能安排。{staffNo} 在 {month} 不是该机构的客户经理', en: 'Not planned. {staffNo} was no manager of the unit in {month}' },
    'month-not-over': { status: 422, zh: '未能安排。{month} 尚未结束，检查对象还不完整', en: 'Not planned. {month} is not over; what could be drawn from is not whole' },
    'inspected-already': { status: 409, zh: '未能安排。{name} {month} 的同类检查已在 {number}', en: 'Not planned. {name} is in inspection {number} of the same kind for {month}' },
    ...inspectorRefusals,
  },
})
const ofRun = z.strictObject({ runId: idText })
const ofObject = z.strictObject({ runId: idText, objectId: idText })
const notYours = { status: 403, zh: '未能办理。由本次检查的检查人员办理', en: 'Not done. The inspector of this run does it' } as const
const wrongState = { status: 409, zh: '未能办理。检查当前状态不能办理此项。请刷新后查看', en: 'Not done. The inspection does not stand where this can be done. Reload to see it' } as const
export const drawRun = endpoint({
  id: 'inspections.draw', method: 'POST', path: '/api/inspections/:runId/sample', text: { zh: '抽取检查样本', en: 'Draw the sample' }, permission: 'inspection.read', writes: 'act', params: ofRun, reply: z.strictObject({ drawn: z.number().int(), population: z.number().int() }),
  refusals: { 'not-the-inspector': notYours, 'wrong-state': wrongState, 'nothing-to-draw': { status: 409, zh: '未能抽样。所选客户经理该月没有可抽取的对象。贷后检查请先登记清单', en: 'Not drawn. The managers have no object of that month. Post-loan checks need their list first' } },
})
export const fileKinds = ['PDF', 'JPEG', 'PNG', 'WEBP', 'HEIC', 'OFD', 'XLSX', 'DOCX'] as const
/** The finding about one object with its evidence; until the findings are handed over it may be written anew. */
export const enterFinding = endpoint({
  id: 'inspections.find', method: 'POST', path: '/api/inspections/:runId/objects/:objectId/finding', text: { zh: '登记检查结论', en: 'Enter a finding' }, permission: 'inspection.read', writes: 'create', params: ofObject, upload: { kinds: [...fileKinds], most: 15 * 1024 * 1024 },
  body: z.strictObject({ id: newIdText, sourceSeen: safeText(500, { min: 4, multiline: true }), finding: safeText(1000, { min: 4, multiline: true }), grade: z.enum([...new Set([...reportGrades, ...checkGrades])] as [string, ...string[]]) }), reply: z.strictObject({ id: idText }),
  refusals: {
    'not-the-inspector': notYours, 'wrong-state': wrongState, 'no-such-grade': { status: 422, zh: '未能登记。此类对象没有这个等级', en: 'Not entered. Objects of this kind have no such grade' },
    'loan-missing': { status: 422, zh: '未能登记。结论“虚假”须收回该借据的全部积分，而此对象未注明借据', en: 'Not entered. FALSE takes back the points of the loan, and this object names none' },
    'found-by-form': { status: 409, zh: '未能登记。此对象已在“指标登记”中登记过结论，不能计两次', en: 'Not entered. A fact by form has a finding about this object; it does not count twice' },
  },
})
/** Hands the findings over: the managers see them, the five working days begin. */
export const giveFindings = endpoint({
  id: 'inspections.give', method: 'POST', path: '/api/inspections/:runId/findings', text: { zh: '交出检查结论', en: 'Hand the findings over' }, permission: 'inspection.read', writes: 'act', params: ofRun, reply: z.strictObject({ objectionUntil: dayText }),
  refusals: { 'not-the-inspector': notYours, 'wrong-state': wrongState, 'findings-missing': { status: 409, zh: '未能交出。还有 {n} 个样本没有结论', en: 'Not handed over. {n} of the sample have no finding yet' }, 'calendar-unknown': calendarUnknown },
})
export const makeObjection = endpoint({
  id: 'inspections.object', method: 'POST', path: '/api/inspections/:runId/objects/:objectId/objection', text: { zh: '对检查结论提出异议', en: 'Object to a finding' }, permission: 'inspection.read', writes: 'act', params: ofObject, body: z.strictObject({ claim: safeText(1000, { min: 10, multiline: true }) }), reply: z.strictObject({ id: idText }),
  refusals: {
    'window-over': { status: 409, zh: '未能提出。异议期已于 {until} 结束', en: 'Not sent. The days for an objection ended on {until}' }, 'best-already': { status: 409, zh: '未能提出。此结论已是最好等级', en: 'Not sent. The finding has the best grade already' }, 'objected-already': { status: 409, zh: '未能提出。对此结论已提出过异议', en: 'Not sent. There is an objection to this finding already' },
    'nobody-to-answer': { status: 409, zh: '未能提出。考核小组没有可答复的成员。请联系人力资源部', en: 'Not sent. The group has nobody who could answer. Ask HR' },
  },
})
/** A third person of the group: neither inspector nor confirmer, nobody who leads the manager, no relative. */
export const answerObjection = endpoint({
  id: 'inspections.answer', method: 'POST', path: '/api/inspections/:runId/objects/:objectId/answer', text: { zh: '答复检查异议', en: 'Answer an objection' }, permission: 'inspection.read', writes: 'act', params: ofObject,
  body: z.strictObject({ result: z.enum(['UPHELD', 'REJECTED']), becomes: safeText(20).nullable(), reason: safeText(1000, { min: 4, multiline: true }) }), reply: z.strictObject({ id: idText, /** The fact that corrects what counted already. */ factId: idText.nullable() }),
  refusals: {
    'not-a-third-person': { status: 403, zh: '未能答复。由考核小组中既不是检查人、也不是复核人的成员答复，本人、其上级和近亲属回避', en: 'Not answered. A member of the group answers who is neither inspector nor confirmer; the manager, who leads him and relatives leave it' },
    'answered-already': { status: 409, zh: '未能答复。此异议已答复', en: 'Not answered. The objection is answered' },
    'grade-as-it-was': { status: 422, zh: '未能答复。支持异议须给出更好的等级', en: 'Not answered. To uphold it gives a better grade' },
  },
})
export const confirmRun = endpoint({
  id: 'inspections.confirm', method: 'POST', path: '/api/inspections/:runId/confirm', text: { zh: '复核检查结论', en: 'Confirm the findings' }, permission: 'inspection.confirm', writes: 'act', params: ofRun, reply: z.strictObject({ facts: z.number().int(), events: z.number().int() }),
  refusals: {
    'wrong-state': wrongState, 'same-person': { status: 409, zh: '未能复核。检查人不能复核本人的结论', en: 'Not confirmed. The inspector does not confirm his own findings' },
    'own-finding': { status: 409, zh: '未能复核。被检查人不能复核', en: 'Not confirmed. Nobody confirms findings about himself' },
    'answered-it': { status: 409, zh: '未能复核。答复过本次检查异议的人不能复核', en: 'Not confirmed. Who answered an objection of this run does not confirm it' },
    'window-open': { status: 409, zh: '未能复核。异议期至 {until}，期满后复核', en: 'Not confirmed. The manager may object until {until}; it is confirmed after that' },
    'found-by-form': { status: 409, zh: '未能复核。{object} 已在“指标登记”中登记过结论，不能计两次', en: 'Not confirmed. A fact by form has a finding about {object}; it does not count twice' },
  },
})
export const withdrawRun = endpoint({
  id: 'inspections.withdraw', method: 'POST', path: '/api/inspections/:runId/withdraw', text: { zh: '撤销检查安排', en: 'Withdraw an inspection' }, permission: 'inspection.plan', writes: 'act', params: ofRun, body: z.strictObject({ reason: safeText(300, { min: 4 }) }), reply: z.strictObject({ id: idText }), refusals: { 'wrong-state': wrongState },
})
export const fetchEvidence = endpoint({
  id: 'inspections.evidence', method: 'POST', path: '/api/inspections/:runId/objects/:objectId/evidence', text: { zh: '下载检查证据', en: 'Fetch the evidence of a finding' }, permission: 'inspection.read', raw: true, params: ofObject, body: z.strictObject({ purpose: safeText(100, { min: 2 }) }), reply: z.unknown(),
  refusals: { destroyed: { status: 410, zh: '文件已不在存储中', en: 'The file is no longer stored' } },
})

const list = z.strictObject({ id: idText, month: monthText, name: z.string(), staffNo: z.string(), objects: z.array(z.strictObject({ number: z.string(), loanNo: z.string().nullable() })), evidence: z.string(), enteredBy: z.string(), enteredOn: dayText, state: z.enum(['ENTERED', 'CONFIRMED', 'RETURNED']), decidedBy: z.string().nullable(), decidedOn: dayText.nullable(), reason: z.string().nullable(), may: mayDo })
export type ListShown = z.output<typeof list>
/** Lists of post-loan checks: what the product has no ledger of. */
export const listCheckLists = endpoint({ id: 'inspections.lists', method: 'GET', path: '/api/inspection-lists', text: { zh: '查看贷后检查清单', en: 'See the lists of post-loan checks' }, permission: 'inspection.keep-lists', query: z.strictObject({ month }), reply: z.strictObject({ lists: z.array(list) }) })
export const enterCheckList = endpoint({
  id: 'inspections.enter-list', method: 'POST', path: '/api/inspection-lists', text: { zh: '登记贷后检查清单', en: 'Enter a list of post-loan checks' }, permission: 'inspection.keep-lists', writes: 'create',
  body: z.strictObject({ id: newIdText, month: monthText, staffNo: safeText(20), objects: z.array(z.strictObject({ number: safeText(40), loanNo: safeText(60).nullable() })).min(1).max(500), evidence: safeText(500, { min: 4, multiline: true }) }), reply: z.strictObject({ id: idText }),
  refusals: {
    'no-such-person': { status: 422, zh: '未能登记。没有工号 {staffNo}。请核对工号', en: 'Not entered. There is no staff number {staffNo}. Check the number' }, 'own-list': { status: 409, zh: '未能登记。不能登记本人的清单', en: 'Not entered. Nobody enters his own list' },
    'in-the-future': { status: 422, zh: '未能登记。该月尚未开始', en: 'Not entered. The month has not begun' },
    'number-twice': { status: 422, zh: '未能登记。{number} 已在清单中', en: 'Not entered. {number} is on a list already' }, 'no-such-loan': { status: 422, zh: '未能登记。没有借据 {loanNo}。请核对借据号', en: 'Not entered. There is no loan {loanNo}. Check the number' },
  },
})
export const decideCheckList = endpoint({
  id: 'inspections.decide-list', method: 'POST', path: '/api/inspection-lists/:listId/decision', text: { zh: '复核贷后检查清单', en: 'Decide about a list of post-loan checks' }, permission: 'inspection.keep-lists', writes: 'act', params: z.strictObject({ listId: idText }), body: z.strictObject({ decision: z.enum(['CONFIRMED', 'RETURNED']), reason: safeText(200, { min: 0 }) }), reply: z.strictObject({ id: idText }),
  refusals: {
    'decided-already': { status: 409, zh: '未能复核。清单已复核或已退回', en: 'Not decided. The list was confirmed or returned already' }, 'same-person': { status: 409, zh: '未能复核。登记和复核须由两人办理', en: 'Not decided. Entering and confirming need two people' },
    'own-list': { status: 409, zh: '未能复核。不能复核本人的清单', en: 'Not decided. Nobody confirms his own list' }, 'reason-missing': { status: 422, zh: '未能退回。请说明理由', en: 'Not returned. Say why' },
  },
})
