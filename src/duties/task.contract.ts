import { z } from 'zod'
import { endpoint, mayDo, page, pageQuery, type Refusals } from '../foundation/http/contract.ts'
import { dayText, idText, newIdText, safeText } from '../foundation/values/api-values.ts'

export const taskStates = ['GIVEN', 'QUESTIONED', 'ACCEPTED', 'IN_WORK', 'REPORTED', 'RETURNED', 'CONFIRMED', 'CLOSED', 'WITHDRAWN', 'REFUSED'] as const
export type TaskState = (typeof taskStates)[number]
export const taskSources = ['LEADER', 'MEETING', 'LOBBY_REPORT', 'AUDIT', 'UPPER_LEVEL', 'RM_OWN'] as const
export type TaskSource = (typeof taskSources)[number]
/** What the owner, a helper or the giver does with a task. */
export const taskActs = ['QUESTION', 'ANSWER', 'ACCEPT', 'NOTE', 'REPORT', 'RETURN', 'CONFIRM', 'ASK_EXTENSION', 'EXTEND', 'KEEP_DUE', 'WITHDRAW', 'REFUSE_TASK'] as const
export type TaskAct = (typeof taskActs)[number]

const staffKey = z.number().int().positive().max(2_147_483_647)
const person = z.strictObject({ staffKey: z.number().int(), name: z.string() })

const task = z.strictObject({
  id: idText, groupId: idText, group: z.strictObject({ tasks: z.number().int(), done: z.number().int() }).nullable(),
  /** Null: it is about a customer whom the reader may not see (any more). */
  title: z.string().nullable(), content: z.string().nullable(), evidenceAsked: z.string(), source: z.enum(taskSources), priority: z.enum(['HIGH', 'USUAL']), giver: person, givenOn: dayText, owner: person, helpers: z.array(z.string()),
  customerId: idText.nullable(), customerName: z.string().nullable(), dueOn: dayText, workingDaysLeft: z.number().int().nullable(), light: z.enum(['GREEN', 'AMBER', 'RED']), state: z.enum(taskStates), questionUntil: dayText.nullable(), extensions: z.number().int(),
  askedDue: dayText.nullable(), askedWhy: z.string().nullable(), lastNoteOn: dayText.nullable(), daysSinceNote: z.number().int(), waitsForMe: z.boolean(), may: mayDo,
})
export type TaskShown = z.output<typeof task>
const event = z.strictObject({ id: idText, kind: z.string(), who: z.string().nullable(), on: dayText, note: z.string().nullable() })

/** `mine`: what I must do, and what waits for my word. `given`: the list of supervision. */
export const listTasks = endpoint({
  id: 'tasks.list', method: 'GET', path: '/api/tasks', text: { zh: '查看任务', en: 'List tasks' }, permission: 'signed-in',
  query: z.strictObject({ ...pageQuery, list: z.enum(['mine', 'given']).default('mine'), done: z.stringbool().default(false) }), reply: page(task),
})
export const getTask = endpoint({
  id: 'tasks.get', method: 'GET', path: '/api/tasks/:taskId', text: { zh: '查看一项任务', en: 'See a task' }, permission: 'signed-in', params: z.strictObject({ taskId: idText }), reply: z.strictObject({ task, events: z.array(event) }),
})

export const giveTask = endpoint({
  id: 'tasks.give', method: 'POST', path: '/api/tasks', text: { zh: '交办任务', en: 'Give a task' }, permission: 'task.give', writes: 'create',
  body: z.strictObject({
    id: newIdText, title: safeText(60), content: safeText(1000, { multiline: true }), source: z.enum(taskSources), owners: z.array(staffKey).min(1).max(200), helpers: z.array(staffKey).max(20).default([]), customerId: idText.nullable().default(null),
    priority: z.enum(['HIGH', 'USUAL']).default('USUAL'), dueOn: dayText, evidenceAsked: safeText(200),
  }),
  reply: z.strictObject({ id: idText, tasks: z.number().int() }),
  refusals: {
    'not-your-line': { status: 403, zh: '未能交办。{names}不在您的条线内。请通过其上级交办', en: 'Not given. {names} is not in your line. Give it through the superior' },
    'own-source': { status: 422, zh: '未能交办。给本人的任务来源为“本人”，给他人的不是。请修改来源', en: 'Not given. A task for oneself has the source “own”, one for others has not. Change the source' },
    'not-employed': { status: 422, zh: '未能交办。所选人员已不在职。请重新选择', en: 'Not given. A person named is not employed. Choose again' },
    'customer-not-seen': { status: 422, zh: '未能交办。{names}看不到该客户。请先授权、移交，或改由其客户经理办理', en: 'Not given. {names} may not see the customer. Grant it, hand it over, or choose its manager' },
    'in-the-past': { status: 422, zh: '未能交办。期限早于今天。请重新选择期限', en: 'Not given. The day is before today. Choose another' },
    'calendar-unknown': { status: 422, zh: '未能交办。工作日历缺少 {day}。请联系管理员录入日历', en: 'Not given. The working calendar does not know {day}. Ask the administrator to enter it' },
  },
})

const actRefusals = {
  'not-yours-to-do': { status: 403, zh: '未能办理。此步骤由{who}办理', en: 'Not done. This step is for {whoEn}' },
  'not-in-this-state': { status: 409, zh: '未能办理。任务目前为“{state}”，不能进行此步骤。请刷新后查看', en: 'Not done. The task is “{stateEn}”. Reload to see it' },
  'questioned-already': { status: 409, zh: '未能提问。此任务已提问过一次。请接收或说明不能办理的原因', en: 'Not asked. It was questioned once already. Accept it, or say why it cannot be done' },
  'question-too-late': { status: 409, zh: '未能提问。提问期限为 {day}。请接收，或直接联系交办人', en: 'Not asked. Questions were possible until {day}. Accept it, or talk to the giver' },
  'note-missing': { status: 422, zh: '未能办理。请填写说明', en: 'Not done. Say why, or what was done' },
  'due-missing': { status: 422, zh: '未能申请。请填写晚于原期限的日期', en: 'Not asked. Name a day after the present one' },
  'asked-already': { status: 409, zh: '未能申请。已有一项延期申请待交办人答复', en: 'Not asked. An extension waits for the giver’s answer' },
  'nothing-asked': { status: 409, zh: '未能办理。没有待答复的延期申请', en: 'Not done. No extension was asked for' },
} as const satisfies Refusals
export const actOnTask = endpoint({
  id: 'tasks.act', method: 'POST', path: '/api/tasks/:taskId/act', text: { zh: '办理任务', en: 'Act on a task' }, permission: 'signed-in', writes: 'act', params: z.strictObject({ taskId: idText }),
  body: z.strictObject({ act: z.enum(taskActs), note: safeText(1000, { multiline: true }).nullable().default(null), dueOn: dayText.nullable().default(null) }), reply: z.strictObject({ id: idText, state: z.enum(taskStates) }), refusals: actRefusals,
})

const colleague = z.strictObject({ staffKey: z.number().int(), staffNo: z.string(), name: z.string(), postName: z.string(), unitName: z.string() })
/** To whom I may give a task. */
export const findTaskOwners = endpoint({
  id: 'tasks.owners', method: 'GET', path: '/api/task-owners', text: { zh: '查找可交办的人员', en: 'Find whom a task may be given' }, permission: 'task.give', query: z.strictObject({ search: safeText(20).optional() }), reply: z.strictObject({ items: z.array(colleague) }),
})
