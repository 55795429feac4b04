import { z } from 'zod'
import { endpoint, mayDo, page, pageQuery, type Refusals } from '../foundation/http/contract.ts'
import { dayText, idText, newIdText, safeText } from '../foundation/values/api-values.ts'

/** A request to one department, or a working group (专班) of several. */
export const caseForms = ['REQUEST', 'GROUP'] as const
export type CaseForm = (typeof caseForms)[number]
/** The four kinds of internal coordination (seed 5·2(4)): front and second line, professional departments, levels, resources. */
export const caseKinds = ['FRONT_SECOND', 'DEPARTMENTS', 'LEVELS', 'RESOURCES'] as const
export type CaseKind = (typeof caseKinds)[number]
export const caseStates = ['ASKED', 'IN_WORK', 'REFUSED', 'REPORTED', 'CLOSED', 'WITHDRAWN'] as const
export type CaseState = (typeof caseStates)[number]
export const memberParts = ['LEAD', 'BUSINESS', 'RISK', 'PRODUCT', 'OPERATIONS', 'SUPPORT'] as const
export type MemberPart = (typeof memberParts)[number] | 'ANSWER'
export const caseActs = ['ACCEPT', 'REFUSE', 'HAND_ON', 'REPORT', 'RETURN', 'CLOSE', 'REOPEN', 'WITHDRAW', 'EXTEND', 'NOTE', 'MEETING'] as const
export type CaseAct = (typeof caseActs)[number]
export const answerKinds = ['ACCEPTED', 'REFUSED', 'HANDED_ON', 'WITHDRAWN'] as const

const key = z.number().int().positive().max(2_147_483_647)
const person = z.strictObject({ staffKey: z.number().int(), name: z.string() })
const member = z.strictObject({ staffKey: key, part: z.enum(memberParts) })

const line = z.strictObject({
  id: idText, number: z.string(), form: z.enum(caseForms), kind: z.enum(caseKinds),
  /** Null: it is over and about a customer whom the reader may not see (any more). */
  title: z.string().nullable(), priority: z.enum(['HIGH', 'USUAL']), state: z.enum(caseStates), asker: person, holder: person, answerer: person.nullable(),
  /** The department that is asked now or was asked last; null: a working group. */
  unitName: z.string().nullable(), answerBy: dayText.nullable(), askedOn: dayText, dueOn: dayText, workingDaysLeft: z.number().int().nullable(), late: z.boolean(), escalated: z.boolean(),
  customerId: idText.nullable(), customerName: z.string().nullable(), withCustomer: z.boolean(), waitsForMe: z.boolean(),
})
export type CaseLine = z.output<typeof line>

/** `waiting`: what waits for me; `asked`: what I asked; `part`: where I take part; `all`: everything that I may see, of my line too. */
export const caseLists = ['waiting', 'asked', 'part', 'all'] as const
export const listCases = endpoint({
  id: 'coordination.list', method: 'GET', path: '/api/coordination', text: { zh: '查看内部协调', en: 'See what is coordinated' }, permission: 'coordination.read',
  query: z.strictObject({ ...pageQuery, list: z.enum(caseLists).default('all'), over: z.stringbool().default(false), kind: z.enum(caseKinds).optional(), late: z.stringbool().default(false), customerId: idText.optional() }), reply: page(line),
})

const answer = z.strictObject({
  id: idText, unitName: z.string(), askedOn: dayText, answerBy: dayText, again: z.boolean(), answer: z.enum(answerKinds).nullable(), answeredBy: z.string().nullable(), answeredOn: dayText.nullable(), workingDays: z.number().int().nullable(), late: z.boolean().nullable(),
  reason: z.string().nullable(),
})
const memberShown = z.strictObject({
  id: idText, staffKey: z.number().int(), name: z.string(), unitName: z.string().nullable(), part: z.enum([...memberParts, 'ANSWER']), joinedOn: dayText, untilOn: dayText, leftOn: dayText.nullable(), leftWhy: z.enum(['CLOSED', 'LEFT', 'REMOVED', 'DATE', 'POST_ENDED']).nullable(),
  /** Reads the customer by this membership today. */
  reads: z.boolean(), may: mayDo,
})
export type MemberShown = z.output<typeof memberShown>
const task = z.strictObject({ id: idText, title: z.string().nullable(), ownerKey: z.number().int(), ownerName: z.string(), dueOn: dayText, state: z.enum(['OPEN', 'DONE', 'DROPPED']), endedOn: dayText.nullable(), evidence: z.string().nullable(), late: z.boolean(), may: mayDo })
export type CaseTask = z.output<typeof task>
const event = z.strictObject({ id: idText, kind: z.string(), who: z.string().nullable(), on: dayText, note: z.string().nullable() })

export const getCase = endpoint({
  id: 'coordination.get', method: 'GET', path: '/api/coordination/:caseId', text: { zh: '查看一项内部协调', en: 'See one coordination' }, permission: 'coordination.read', params: z.strictObject({ caseId: idText }),
  reply: z.strictObject({
    case: z.strictObject({ ...line.shape, content: z.string().nullable(), untilOn: dayText, extensions: z.number().int(), reportedOn: dayText.nullable(), evidence: z.string().nullable(), endedOn: dayText.nullable(), may: mayDo }),
    answers: z.array(answer), members: z.array(memberShown), tasks: z.array(task), events: z.array(event),
  }),
})

const calendarUnknown = { status: 422, zh: '未能办理。工作日历缺少 {day}。请联系管理员录入日历', en: 'Not done. The working calendar does not know {day}. Ask the administrator to enter it' } as const
const memberRefusals = {
  'not-employed': { status: 422, zh: '未能办理。所选人员已不在职。请重新选择', en: 'Not done. A person named is not employed. Choose again' },
  'post-cannot-read': { status: 422, zh: '未能办理。{names}的岗位不能查看客户，不能参加涉及客户的协调', en: 'Not done. The post of {names} may not read customers: they cannot take part in what concerns one' },
  'member-already': { status: 409, zh: '未能加入。此人已是成员', en: 'Not added. The person takes part already' },
} as const satisfies Refusals

export const askCase = endpoint({
  id: 'coordination.ask', method: 'POST', path: '/api/coordination', text: { zh: '发起内部协调', en: 'Ask for coordination' }, permission: 'coordination.ask', writes: 'create',
  body: z.strictObject({
    id: newIdText, form: z.enum(caseForms), kind: z.enum(caseKinds), title: safeText(60, { min: 2 }), content: safeText(2000, { min: 2, multiline: true }), customerId: idText.nullable().default(null), priority: z.enum(['HIGH', 'USUAL']).default('USUAL'),
    /** The department that is asked: of a request. */
    unitKey: key.nullable().default(null), answerDays: z.number().int().min(1).max(20).default(3), dueOn: dayText, members: z.array(member).max(30).default([]),
  }),
  reply: z.strictObject({ id: idText, number: z.string() }),
  refusals: {
    'customer-not-seen': { status: 403, zh: '未能发起。没有找到此客户，或不在您的权限内', en: 'Not asked. The customer was not found, or is not within your rights' },
    'unit-missing': { status: 422, zh: '未能发起。请选择承办部门', en: 'Not asked. Choose the department that is asked' },
    'unit-unknown': { status: 422, zh: '未能发起。没有此部门，或已撤销', en: 'Not asked. There is no such department' },
    'own-unit': { status: 422, zh: '未能发起。承办部门是您所在的部门。请改为交办任务，或选择其他部门', en: 'Not asked. It is your own department. Give a task, or choose another' },
    'nobody-there': { status: 422, zh: '未能发起。该部门目前无人可以答复。请选择其上级部门', en: 'Not asked. Nobody of this department can answer. Choose the one above' },
    'members-missing': { status: 422, zh: '未能成立专班。请至少加入一名成员', en: 'Not set up. A working group has at least one more member' },
    'in-the-past': { status: 422, zh: '未能发起。期限早于今天。请重新选择', en: 'Not asked. The day is before today. Choose another' },
    'too-far': { status: 422, zh: '未能发起。期限在 {days} 天以后。请缩短，到期前可以延期', en: 'Not asked. The day is more than {days} days ahead. It may be extended later' },
    'due-before-answer': { status: 422, zh: '未能发起。答复期限为 {day}，完成期限不能更早', en: 'Not asked. The answer is due on {day}: the end cannot be before it' },
    'not-employed': memberRefusals['not-employed'], 'post-cannot-read': memberRefusals['post-cannot-read'], 'calendar-unknown': calendarUnknown,
  },
})

export const actOnCase = endpoint({
  id: 'coordination.act', method: 'POST', path: '/api/coordination/:caseId/act', text: { zh: '办理内部协调', en: 'Act on what is coordinated' }, permission: 'coordination.read', writes: 'act', params: z.strictObject({ caseId: idText }),
  body: z.strictObject({ act: z.enum(caseActs), note: safeText(2000, { multiline: true }).nullable().default(null), unitKey: key.nullable().default(null), dueOn: dayText.nullable().default(null) }),
  reply: z.strictObject({ id: idText, state: z.enum(caseStates) }),
  refusals: {
    'not-yours-to-do': { status: 403, zh: '未能办理。此步骤由{who}办理', en: 'Not done. This step is for {whoEn}' },
    'not-in-this-state': { status: 409, zh: '未能办理。事项目前为“{state}”，不能进行此步骤。请刷新后查看', en: 'Not done. It is “{stateEn}”. Reload to see it' },
    'own-request': { status: 403, zh: '未能办理。您是发起人，由承办部门的其他人答复', en: 'Not done. You asked: another person of the department answers' },
    'post-cannot-read': memberRefusals['post-cannot-read'],
    'note-missing': { status: 422, zh: '未能办理。请填写说明', en: 'Not done. Say why, or what was done' },
    'unit-missing': { status: 422, zh: '未能转办。请选择部门', en: 'Not handed on. Choose the department' },
    'unit-unknown': { status: 422, zh: '未能转办。没有此部门，或已撤销', en: 'Not handed on. There is no such department' },
    'same-unit': { status: 422, zh: '未能转办。就是目前的承办部门。请选择其他部门', en: 'Not handed on. It is the present department. Choose another' },
    'own-unit': { status: 422, zh: '未能转办。不能转回发起部门。请写明原因不予受理', en: 'Not handed on. It cannot go back to who asked. Refuse it with the reason' },
    'nobody-there': { status: 422, zh: '未能转办。该部门目前无人可以答复。请选择其上级部门', en: 'Not handed on. Nobody of this department can answer. Choose the one above' },
    'tasks-open': { status: 409, zh: '未能办结。还有 {count} 项任务未完成。请先完成或取消', en: 'Not closed. {count} tasks are open. Finish or drop them first' },
    'due-missing': { status: 422, zh: '未能办理。请填写晚于原期限、90 天以内的日期', en: 'Not done. Name a day after the present one, within 90 days' },
    'calendar-unknown': calendarUnknown,
  },
})

const caseOver = { status: 409, zh: '未能办理。事项已办结或撤回', en: 'Not done. It is closed or withdrawn' } as const
const notPart = { status: 403, zh: '未能办理。由发起人、承办人或牵头人安排', en: 'Not done. This is for who asked, who took it on, or the lead' } as const

export const addMember = endpoint({
  id: 'coordination.add-member', method: 'POST', path: '/api/coordination/:caseId/members', text: { zh: '加入成员', en: 'Add a member' }, permission: 'coordination.read', writes: 'create', params: z.strictObject({ caseId: idText }),
  body: z.strictObject({ id: newIdText, staffKey: key, part: z.enum(memberParts) }), reply: z.strictObject({ id: idText }), refusals: { 'not-yours-to-arrange': notPart, 'case-over': caseOver, ...memberRefusals },
})
export const endMember = endpoint({
  id: 'coordination.end-member', method: 'PUT', path: '/api/coordination/:caseId/members/:memberId/end', text: { zh: '退出或移出成员', en: 'End a membership' }, permission: 'coordination.read', writes: 'act', params: z.strictObject({ caseId: idText, memberId: idText }),
  body: z.strictObject({ reason: safeText(200, { min: 2 }) }), reply: z.strictObject({ id: idText }),
  refusals: { 'not-yours-to-arrange': notPart, 'case-over': caseOver, 'member-left': { status: 409, zh: '此人已不是成员', en: 'The person takes part no more' }, 'answers-for-unit': { status: 409, zh: '未能移出。承办人由转办更换', en: 'Not ended. Who took it on is changed by handing on' }, 'member-has-tasks': { status: 409, zh: '未能移出。此人还有 {count} 项任务未完成', en: 'Not ended. The person has {count} open tasks' } },
})
export const addCaseTask = endpoint({
  id: 'coordination.add-task', method: 'POST', path: '/api/coordination/:caseId/tasks', text: { zh: '安排协调任务', en: 'Arrange a task' }, permission: 'coordination.read', writes: 'create', params: z.strictObject({ caseId: idText }),
  body: z.strictObject({ id: newIdText, title: safeText(100, { min: 2 }), ownerKey: key, dueOn: dayText }), reply: z.strictObject({ id: idText }),
  refusals: {
    'not-yours-to-arrange': notPart, 'case-over': caseOver, 'not-a-member': { status: 422, zh: '未能安排。此人不是成员。请先加入', en: 'Not arranged. The person takes no part. Add him first' },
    'in-the-past': { status: 422, zh: '未能安排。期限早于今天', en: 'Not arranged. The day is before today' }, 'after-the-end': { status: 422, zh: '未能安排。期限晚于事项的完成期限 {day}', en: 'Not arranged. The day is after the end of the whole, {day}' },
  },
})
export const endCaseTask = endpoint({
  id: 'coordination.end-task', method: 'PUT', path: '/api/coordination/:caseId/tasks/:taskId/end', text: { zh: '完成或取消协调任务', en: 'Finish or drop a task' }, permission: 'coordination.read', writes: 'act', params: z.strictObject({ caseId: idText, taskId: idText }),
  body: z.strictObject({ as: z.enum(['DONE', 'DROPPED']), evidence: safeText(500, { min: 2, multiline: true }) }), reply: z.strictObject({ id: idText }),
  refusals: { 'not-yours-to-arrange': notPart, 'task-owner-only': { status: 403, zh: '未能完成。任务由其负责人报告完成', en: 'Not finished. The owner of the task reports it' }, 'case-over': caseOver, 'task-ended': { status: 409, zh: '此任务已完成或已取消', en: 'The task is done or dropped' } },
})

/** Departments that may be asked, and people who may take part. */
export const findUnits = endpoint({
  id: 'coordination.units', method: 'GET', path: '/api/coordination-units', text: { zh: '查找部门', en: 'Find a department' }, permission: 'coordination.read', query: z.strictObject({ search: safeText(20).optional() }),
  reply: z.strictObject({ items: z.array(z.strictObject({ unitKey: z.number().int(), name: z.string(), nameEn: z.string(), people: z.number().int() })) }),
})
export const findPeople = endpoint({
  id: 'coordination.people', method: 'GET', path: '/api/coordination-people', text: { zh: '查找可参加的人员', en: 'Find who may take part' }, permission: 'coordination.read', query: z.strictObject({ search: safeText(20).optional() }),
  reply: z.strictObject({ items: z.array(z.strictObject({ staffKey: z.number().int(), staffNo: z.string(), name: z.string(), postName: z.string(), unitName: z.string() })) }),
})

/** How departments answered, asked in the months given. Departments of fewer than five people are summed up in one line. */
export const answerTimes = endpoint({
  id: 'coordination.answer-times', method: 'GET', path: '/api/coordination-answer-times', text: { zh: '部门答复时效', en: 'How quickly departments answer' }, permission: 'coordination.statistics',
  query: z.strictObject({ from: dayText, to: dayText }),
  reply: z.strictObject({
    from: dayText, to: dayText,
    units: z.array(z.strictObject({
      unitKey: z.number().int(), name: z.string(), nameEn: z.string(), asked: z.number().int(), answered: z.number().int(), open: z.number().int(), refused: z.number().int(), handedOn: z.number().int(), late: z.number().int(),
      /** Working days: mean with two decimals, the longest. */
      meanDays: z.string().nullable(), longestDays: z.number().int().nullable(), onTimePct: z.string().nullable(),
    })),
    /** So many departments are too small to be shown. */
    hidden: z.number().int(),
  }),
  refusals: { 'days-reversed': { status: 422, zh: '结束日不能早于开始日', en: 'It must end after it begins' } },
})
