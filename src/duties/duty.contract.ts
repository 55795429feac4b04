import { z } from 'zod'
import { endpoint, mayDo, page, pageQuery } from '../foundation/http/contract.ts'
import { dayText, idText, newIdText, safeText } from '../foundation/values/api-values.ts'

export const periods = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'HALF', 'YEAR'] as const
export type Period = (typeof periods)[number]
export const triggers = ['RECURRENCE', 'EVENT', 'CONDITION', 'PLAN', 'TASK'] as const
/** Events that capabilities publish in their views `…_duty_event_facts`. */
export const dutyEvents = ['NEW_KEY_CUSTOMER', 'NEW_MANAGER', 'LOBBY_REPORT', 'LARGE_MOVEMENT', 'MATURITY', 'KEY_EVENT', 'NEED_NOT_MET', 'HOLIDAY', 'PRODUCT_DUE', 'FILE_CHANGE'] as const
export const instanceStates = ['PLANNED', 'OPEN', 'DONE', 'DONE_LATE', 'MISSED', 'EXCUSED'] as const
export type InstanceState = (typeof instanceStates)[number]
/** Who is told: the person himself, his superior, that one's superior, the head of the branch. */
export const told = ['ACTOR', 'SUPERIOR', 'SECOND', 'BRANCH'] as const

const dutyCode = z.string().regex(/^[BD]-\d{2,4}[A-Z]?$/, { error: 'B-01' })
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'HH:MM' })
const n = (most: number) => z.number().int().min(1).max(most)
/**
 * PERIOD_END: the last calendar day of the period. WORKING_DAY: the n-th working day of the period, or of the time after it. DATE: a day of the period's first month, or of a month
 * of the year. AFTER_EVENT: n working days after the day of an event; AFTER_EVENT_DAYS: n calendar days. SAME_DAY: the day itself. OWN: what happens brings its own day.
 */
export const dueRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('SAME_DAY'), time: time.optional() }),
  z.strictObject({ kind: z.literal('PERIOD_END'), time: time.optional() }),
  z.strictObject({ kind: z.literal('WORKING_DAY'), n: n(60), after: z.boolean(), time: time.optional() }),
  z.strictObject({ kind: z.literal('DATE'), day: n(31), month: n(12).optional(), time: time.optional() }),
  z.strictObject({ kind: z.literal('AFTER_EVENT'), n: n(250), time: time.optional() }),
  z.strictObject({ kind: z.literal('AFTER_EVENT_DAYS'), n: n(400), time: time.optional() }),
  z.strictObject({ kind: z.literal('OWN'), time: time.optional() }),
])
export type DueRule = z.output<typeof dueRule>
/** So many working days after (or, negative, before) it was due, somebody is told. */
export const escalation = z.array(z.strictObject({ after: z.number().int().min(-20).max(60), to: z.enum(told) })).max(8)
export type Escalation = z.output<typeof escalation>
export const defaultEscalation: Escalation = [{ after: -1, to: 'ACTOR' }, { after: 0, to: 'ACTOR' }, { after: 1, to: 'SUPERIOR' }, { after: 3, to: 'SECOND' }]

const named = z.strictObject({ code: z.string(), name: z.string(), nameEn: z.string() })
const dutyShown = named.extend({
  version: z.number().int(), own: z.boolean(), posts: z.array(z.string()), unitKey: z.number().int().nullable(), unitName: z.string().nullable(), trigger: z.enum(triggers), period: z.enum(periods).nullable(), event: z.string().nullable(),
  due: dueRule, content: z.string(), contentEn: z.string(), evidence: z.string(), evidenceEn: z.string(), fact: z.string().nullable(), escalation, missing: z.strictObject({ zh: z.string(), en: z.string() }).nullable(), source: z.string(), from: dayText, to: dayText.nullable(),
  state: z.enum(['WAITING', 'COMING', 'IN_FORCE', 'INACTIVE', 'RETURNED', 'ENDED']), enteredBy: z.string().nullable(), confirmedBy: z.string().nullable(), returnReason: z.string().nullable(), may: mayDo,
})
export type DutyShown = z.output<typeof dutyShown>

/** Every duty with its newest version and what waits for a second person. */
export const listDuties = endpoint({
  id: 'duties.list', method: 'GET', path: '/api/duties', text: { zh: '查看职责目录', en: 'List the duties' }, permission: 'duty.read',
  reply: z.strictObject({ asOf: dayText, items: z.array(dutyShown), posts: z.array(named), mayPropose: z.boolean() }),
})

export const proposeDuty = endpoint({
  id: 'duties.propose', method: 'POST', path: '/api/duties', text: { zh: '新增本行职责', en: 'Propose a duty of the bank' }, permission: 'duty.keep', writes: 'create',
  body: z.strictObject({
    id: newIdText, code: dutyCode, name: safeText(60), posts: z.array(safeText(30)).min(1).max(20), unitKey: z.number().int().positive().max(2_147_483_647).nullable().default(null),
    period: z.enum(periods).nullable().default(null), event: z.enum(dutyEvents).nullable().default(null), due: dueRule, content: safeText(500, { multiline: true }), evidence: safeText(200), escalation: escalation.default(defaultEscalation),
  }),
  reply: z.strictObject({ code: z.string(), version: z.number().int() }),
  refusals: {
    'trigger-unclear': { status: 422, zh: '未能提交。请选择周期或触发事件，二者只能选其一', en: 'Not submitted. Choose a recurrence or an event, one of the two' },
    'due-does-not-fit': { status: 422, zh: '未能提交。该期限不适用于所选周期或事件。请重新选择期限', en: 'Not submitted. This deadline does not fit the recurrence or event. Choose another' },
    'post-unknown': { status: 422, zh: '未能提交。没有岗位 {post}。请重新选择', en: 'Not submitted. There is no post {post}. Choose again' },
    'unit-unknown': { status: 422, zh: '未能提交。所选机构不存在或已撤销。请重新选择', en: 'Not submitted. The unit is not there or was closed. Choose again' },
    'product-duty': { status: 409, zh: '未能提交。D 开头的职责由系统提供，只能调整系统已有的周期职责。本行新增的职责请用 B- 编号', en: 'Not submitted. Codes with D- come with the product; only its recurring duties can be adjusted. Use B- for a duty of your own' },
    'waits-already': { status: 409, zh: '未能提交。{code} 已有一项变更待复核。请先复核或退回', en: 'Not submitted. A change of {code} waits for its second person. Decide it first' },
  },
})

const decision = {
  'same-person': { status: 409, zh: '未能复核。经办和复核须由两人办理。请由另一位同事复核', en: 'Not decided. Preparing and checking need two people. Ask a colleague' },
  'decided-already': { status: 409, zh: '未能复核。此项已复核或已退回。请刷新后查看', en: 'Not decided. It was decided already. Reload to see it' },
} as const
const ofDuty = z.strictObject({ code: dutyCode, version: z.coerce.number().int().min(1).max(100_000) })
/** In force from the next day on. */
export const confirmDuty = endpoint({
  id: 'duties.confirm', method: 'POST', path: '/api/duties/:code/:version/confirm', text: { zh: '复核职责', en: 'Confirm a duty' }, permission: 'duty.keep', writes: 'act', params: ofDuty, reply: z.strictObject({ from: dayText }), refusals: decision,
})
export const returnDuty = endpoint({
  id: 'duties.return', method: 'POST', path: '/api/duties/:code/:version/return', text: { zh: '退回职责', en: 'Return a duty' }, permission: 'duty.keep', writes: 'act', params: ofDuty,
  body: z.strictObject({ reason: safeText(200, { min: 2 }) }), reply: z.strictObject({ code: z.string() }), refusals: decision,
})

const instance = z.strictObject({
  id: idText, code: z.string(), name: z.string(), nameEn: z.string(), content: z.string(), contentEn: z.string(), evidenceAsked: z.string(), evidenceAskedEn: z.string(), fact: z.string().nullable(), address: z.string().nullable(), periodKey: z.string(),
  customerId: idText.nullable(), customerName: z.string().nullable(), opensOn: dayText, dueOn: dayText, dueTime: z.string().nullable(), workingDaysLeft: z.number().int().nullable(), state: z.enum(instanceStates), wanted: z.number().int().nullable(),
  met: z.number().int().nullable(), countedOn: dayText.nullable(), doneOn: dayText.nullable(), evidence: z.string().nullable(), excuseReason: z.string().nullable(), staffKey: z.number().int(), staffName: z.string(), holderName: z.string(), movedWhy: z.string().nullable(), may: mayDo,
})
export type InstanceShown = z.output<typeof instance>

/** What I must do: open ones and those of the last week that are done. */
export const listMyDuties = endpoint({
  id: 'duties.mine', method: 'GET', path: '/api/my-duties', text: { zh: '查看我的职责', en: 'See my duties' }, permission: 'signed-in',
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(200) }),
  reply: z.strictObject({ asOf: dayText, items: z.array(instance), more: z.boolean(), calendarLacks: dayText.nullable() }),
})
/** What the people of my line owe. */
export const listTeamDuties = endpoint({
  id: 'duties.team', method: 'GET', path: '/api/team-duties', text: { zh: '查看团队履职', en: 'See the duties of the line' }, permission: 'duty.supervise',
  query: z.strictObject({ ...pageQuery, code: dutyCode.optional(), late: z.stringbool().default(true) }),
  reply: page(instance),
})

const ofInstance = z.strictObject({ instanceId: idText })
export const finishDuty = endpoint({
  id: 'duties.finish', method: 'POST', path: '/api/my-duties/:instanceId/done', text: { zh: '办结职责', en: 'Confirm that a duty is done' }, permission: 'signed-in', writes: 'act', params: ofInstance,
  body: z.strictObject({ evidence: safeText(500, { min: 2, multiline: true }) }), reply: z.strictObject({ state: z.enum(instanceStates) }),
  refusals: {
    'found-in-facts': { status: 409, zh: '未能办结。此项由系统按业务记录认定，无需手工确认。请办理业务并记录', en: 'Not confirmed. This duty is found done in the records. Do it and record it' },
    'not-open-yet': { status: 409, zh: '未能办结。此项自 {day} 起办理', en: 'Not confirmed. It opens on {day}' },
    'done-already': { status: 409, zh: '未能办结。此项已办结或已免除。请刷新后查看', en: 'Not confirmed. It is done or excused already. Reload to see it' },
  },
})
/** A superior lets it go, with the reason; never for himself. */
export const excuseDuty = endpoint({
  id: 'duties.excuse', method: 'POST', path: '/api/team-duties/:instanceId/excuse', text: { zh: '免除职责', en: 'Excuse a duty' }, permission: 'duty.supervise', writes: 'act', params: ofInstance,
  body: z.strictObject({ reason: safeText(200, { min: 4 }) }), reply: z.strictObject({ state: z.enum(instanceStates) }),
  refusals: {
    'own-duty': { status: 403, zh: '未能免除。不能免除本人的职责。请由上级办理', en: 'Not excused. Nobody excuses himself. Ask your superior' },
    'done-already': { status: 409, zh: '未能免除。此项已办结或已免除。请刷新后查看', en: 'Not excused. It is done or excused already. Reload to see it' },
  },
})

const digestLine = z.strictObject({
  kind: z.enum(['DUE_SOON', 'DUE_TODAY', 'OVERDUE', 'TEAM_LATE', 'MISSED_SHARE', 'TASK_SOON', 'TASK_TODAY', 'TASK_LATE', 'TASK_TEAM', 'TASK_ORPHAN']), code: z.string().nullable(), name: z.string(), nameEn: z.string(), who: z.string().nullable(), n: z.number().int(), day: dayText.nullable(),
})
export type DigestLine = z.output<typeof digestLine>
export const getDigest = endpoint({
  id: 'duties.digest', method: 'GET', path: '/api/my-digest', text: { zh: '查看今日提醒', en: 'See the digest of today' }, permission: 'signed-in',
  reply: z.strictObject({ day: dayText, lines: z.array(digestLine) }),
})
