import { z } from 'zod'
import { endpoint, mayDo, verdict, type Refusals } from '../../foundation/http/contract.ts'
import { dayText, decimalText, idText, monthText, newIdText, safeText } from '../../foundation/values/api-values.ts'

/** The unit of an indicator's value: FEN stands for money, told in yuan here. */
const units = ['FEN', 'COUNT', 'PERCENT', 'NUMBER'] as const
const states = ['DRAFT', 'NEGOTIATED', 'CONFIRMED', 'RUNNING', 'SCORED', 'APPEAL_WINDOW', 'FINAL', 'PAID', 'WITHDRAWN'] as const
const classes = ['COMPLIANCE', 'RISK', 'OPERATING', 'DEVELOPMENT', 'SOCIAL'] as const
const splits = ['WHOLE', 'HALF', 'QUARTER', 'MONTH'] as const
export const planActs = ['DRAFT', 'PROPOSE', 'ASK_OTHER', 'ANSWER', 'AGREE', 'TRANSFER', 'PAY', 'WITHDRAW'] as const
export { states as planStates, classes as planClasses, splits as targetSplits }

const code = z.string().regex(/^[A-Z][A-Z0-9_]{1,30}$/, { error: 'code' })
const figure = decimalText(2).max(19)
const share = z.string().regex(/^\d{1,3}(\.\d{1,2})?$/, { error: 'weight' })
const yearQuery = z.strictObject({ year: z.coerce.number().int().min(1990).max(2200).optional() })

/** A KPI of a plan as it is written. Without `target`: an item that people mark. `parts`: figures of the halves, quarters or months; null: equal ones, the same level, or steps of what is counted since January. */
export const planItem = z.strictObject({
  indicator: code, objectiveId: idText.nullable(), weight: share, cls: z.enum(classes), target: figure.nullable(), split: z.enum(splits), parts: z.array(figure).max(24).nullable(), note: safeText(300, { min: 0, multiline: true }),
})
export type PlanItem = z.output<typeof planItem>

const objective = z.strictObject({
  id: idText, code: z.string(), year: z.number().int(), level: z.enum(['BANK', 'UNIT']), parentId: idText.nullable(), unitName: z.string(), title: z.string(), titleEn: z.string(), owner: z.string(), endedOn: dayText.nullable(),
  /** KPIs of plans that serve it or an objective below it; an objective without any is listed. */
  kpis: z.number().int(),
})
export type ObjectiveShown = z.output<typeof objective>
export const listObjectives = endpoint({
  id: 'objectives.list', method: 'GET', path: '/api/objectives', text: { zh: '查看战略目标', en: 'Read the strategic objectives' }, permission: 'appraisal-plan.read', query: yearQuery,
  reply: z.strictObject({ year: z.number().int(), objectives: z.array(objective), mayKeep: verdict, units: z.array(z.strictObject({ key: z.number().int(), name: z.string() })) }),
})
export const addObjective = endpoint({
  id: 'objectives.add', method: 'POST', path: '/api/objectives', text: { zh: '设立战略目标', en: 'Set a strategic objective' }, permission: 'objective.keep', writes: 'create',
  body: z.strictObject({
    id: newIdText, code: z.string().regex(/^[A-Z0-9][A-Z0-9.-]{0,19}$/, { error: 'code' }), year: z.number().int().min(1990).max(2200), parentId: idText.nullable(), unitKey: z.number().int().positive().max(2_147_483_647), title: safeText(80, { min: 2 }),
    titleEn: safeText(120, { min: 2 }), owner: safeText(40, { min: 2 }),
  }),
  reply: z.strictObject({ id: idText }),
  refusals: {
    'no-such-unit': { status: 422, zh: '未能设立。没有这个机构。请重新选择', en: 'Not set. There is no such unit. Choose again' },
    'no-such-objective': { status: 422, zh: '未能设立。上级目标不存在、不属于该年度或已终止', en: 'Not set. The objective above is not there, of another year, or ended' },
    'code-taken': { status: 409, zh: '未能设立。编号 {code} 在该年度已使用。请换一个编号', en: 'Not set. The code {code} is used in that year. Choose another' },
  },
})
export const endObjective = endpoint({
  id: 'objectives.end', method: 'POST', path: '/api/objectives/:objectiveId/end', text: { zh: '终止战略目标', en: 'End a strategic objective' }, permission: 'objective.keep', writes: 'act', params: z.strictObject({ objectiveId: idText }),
  body: z.strictObject({ reason: safeText(200, { min: 4 }) }), reply: z.strictObject({ id: idText }),
  refusals: {
    'ended-already': { status: 409, zh: '未能终止。此目标已终止', en: 'Not ended. The objective is ended already' },
    'kpis-serve-it': { status: 409, zh: '未能终止。有 {count} 个计划指标服务于此目标，锁定的计划不能改变', en: 'Not ended. {count} KPIs of plans serve it; locked plans do not change' },
  },
})

const authorisation = z.strictObject({ id: idText, indicator: z.string().nullable(), scheme: z.string().nullable(), name: z.strictObject({ zh: z.string(), en: z.string() }), unitName: z.string(), factor: z.string().nullable(), from: dayText, to: dayText, number: z.string(), reason: z.string(), givenBy: z.string(), givenOn: dayText })
export const giveAuthorisation = endpoint({
  id: 'appraisal-plans.authorise', method: 'POST', path: '/api/head-office-authorisations', text: { zh: '总行授权', en: 'Give an authorisation of head office' }, permission: 'appraisal-plan.authorise', writes: 'create',
  body: z.strictObject({ id: newIdText, indicator: code.nullable(), scheme: code.nullable(), unitKey: z.number().int().positive().max(2_147_483_647), factor: z.string().regex(/^[12]\.\d{1,4}$/, { error: 'factor' }).nullable(), from: dayText, to: dayText, number: safeText(40, { min: 2 }), reason: safeText(300, { min: 4 }) }),
  reply: z.strictObject({ id: idText }),
  refusals: {
    'no-such-unit': { status: 422, zh: '未能授权。没有这个机构。请重新选择', en: 'Not authorised. There is no such unit. Choose again' },
    'no-such-indicator': { status: 422, zh: '未能授权。没有指标 {code}', en: 'Not authorised. There is no indicator {code}' },
    'one-of-two': { status: 422, zh: '未能授权。请填写指标和系数，或填写方案代码，二者择一', en: 'Not authorised. Either an indicator with its factor, or the code of a scheme' },
    'wrong-period': { status: 422, zh: '未能授权。止日须晚于起日，系数须大于 1', en: 'Not authorised. It ends after it begins, and its factor is above 1' },
  },
})

const beside = z.strictObject({ lastYear: figure.nullable(), peers: z.number().int().nullable(), peerMedian: figure.nullable(), peerGrowth: figure.nullable(), growth: figure.nullable() })
export type BesideShown = z.output<typeof beside>
const text2 = z.strictObject({ zh: z.string(), en: z.string() })
const finding = z.strictObject({ code: z.string(), level: z.enum(['REFUSE', 'WARN']), indicator: z.string(), indicatorName: text2.nullable(), value: z.string(), details: z.record(z.string(), z.string()), answer: z.strictObject({ reason: z.string(), by: z.string(), on: dayText }).nullable(), byCompliance: z.boolean() })
export type FindingShown = z.output<typeof finding>
const target = z.strictObject({
  indicator: z.string(), name: text2, unit: z.enum(units).nullable(), adds: z.boolean(), direction: z.enum(['UP', 'DOWN']), weight: z.string(), cls: z.enum(classes), target: figure.nullable(), split: z.enum(splits),
  parts: z.array(z.strictObject({ from: dayText, to: dayText, target: figure })), note: z.string(), beside,
  objectiveId: idText.nullable(),
  /** From the objective that it serves up to the bank's. */
  chain: z.array(z.strictObject({ id: idText, code: z.string(), title: z.string(), titleEn: z.string(), unitName: z.string() })),
  /** What the plan above asks, what its plans ask together, and what the plans below this one ask together; null: does not add up, or nothing there. */
  above: z.strictObject({ target: figure, sum: figure }).nullable(), below: z.strictObject({ sum: figure, plans: z.number().int() }).nullable(),
  /** What was reached so far this year, as far as it is worked out. */
  actual: z.strictObject({ value: figure, month: monthText }).nullable(),
})
export type TargetShown = z.output<typeof target>
const planHead = {
  id: idText, scheme: z.string(), schemeName: text2, from: dayText, to: dayText, unitName: z.string(), person: z.strictObject({ staffKey: z.number().int(), name: z.string(), staffNo: z.string() }).nullable(), holderName: z.string(), parentId: idText.nullable(), state: z.enum(states),
  version: z.number().int().nullable(), waitsForMe: z.boolean(),
}
const planLine = z.strictObject({ ...planHead, depth: z.number().int(), targets: z.array(z.strictObject({ indicator: z.string(), name: text2, unit: z.enum(units), target: figure, sumBelow: figure.nullable(), weight: z.string() })), kpis: z.number().int(), findings: z.number().int() })
export type PlanLine = z.output<typeof planLine>

/** The tree of plans of a year: units, teams and people that one may see, with the sums of the plans below. */
export const listAppraisalPlans = endpoint({
  id: 'appraisal-plans.list', method: 'GET', path: '/api/appraisal-plans', text: { zh: '查看绩效计划', en: 'Read the appraisal plans' }, permission: 'appraisal-plan.list', query: yearQuery,
  reply: z.strictObject({ year: z.number().int(), years: z.array(z.number().int()), plans: z.array(planLine), mayMake: verdict, mayAuthorise: verdict, authorisations: z.array(authorisation), objectivesWithoutKpi: z.number().int(), more: z.boolean(), currency: z.string() }),
})
export const listMyAppraisalPlans = endpoint({
  id: 'appraisal-plans.mine', method: 'GET', path: '/api/my-appraisal-plans', text: { zh: '查看自己的绩效计划', en: 'Read one’s own appraisal plans' }, permission: 'appraisal-plan.read',
  reply: z.strictObject({ plans: z.array(z.strictObject({ ...planHead, kpis: z.number().int() })) }),
})
const step = z.strictObject({
  place: z.number().int(), kind: z.string(), state: z.enum(states), by: z.string().nullable(), on: dayText, note: z.string().nullable(), orderNo: z.string().nullable(), windowUntil: dayText.nullable(),
  /** What this step set otherwise than the one before. */
  changes: z.array(z.strictObject({ indicator: z.string(), name: text2, unit: z.enum(units).nullable(), from: figure.nullable(), to: figure.nullable() })),
})
export const getAppraisalPlan = endpoint({
  id: 'appraisal-plans.get', method: 'GET', path: '/api/appraisal-plans/:planId', text: { zh: '查看一份绩效计划', en: 'Read one appraisal plan' }, permission: 'appraisal-plan.read', params: z.strictObject({ planId: idText }),
  reply: z.strictObject({
    plan: z.strictObject({ ...planHead, parentName: z.string().nullable(), follows: idText.nullable(), followedBy: idText.nullable(), /** The day of the transfer with which it ended. */ transferredOn: dayText.nullable(), agreed: z.enum(['HOLDER', 'OWNER']).nullable(), mine: z.boolean(), transfers: z.array(z.strictObject({ postKey: z.number().int(), from: dayText, name: z.string(), orderNo: z.string().nullable() })), may: mayDo }),
    targets: z.array(target), findings: z.array(finding), steps: z.array(step), currency: z.string(),
    /** What a target may name while it is written. */
    indicators: z.array(z.strictObject({ code: z.string(), name: text2, unit: z.enum(units), direction: z.enum(['UP', 'DOWN']) })), objectives: z.array(z.strictObject({ id: idText, code: z.string(), title: z.string(), titleEn: z.string() })),
  }),
})
/** Whom a plan may be made for: units and people of the line that one leads, without a plan of that period. */
export const listPlanOptions = endpoint({
  id: 'appraisal-plans.options', method: 'GET', path: '/api/appraisal-plan-options', text: { zh: '查看可编制计划的对象', en: 'Read whom a plan may be made for' }, permission: 'appraisal-plan.keep', query: z.strictObject({ parentId: idText.optional() }),
  reply: z.strictObject({
    units: z.array(z.strictObject({ key: z.number().int(), name: z.string(), headName: z.string() })), people: z.array(z.strictObject({ staffKey: z.number().int(), staffNo: z.string(), name: z.string(), unitName: z.string() })), schemes: z.array(z.strictObject({ code: z.string(), name: z.string(), nameEn: z.string() })),
    parent: z.strictObject({ id: idText, name: z.string(), scheme: z.string(), from: dayText, to: dayText }).nullable(),
  }),
})

const calendarUnknown = { status: 422, zh: '未能办理。工作日历缺少 {day}。请联系管理员录入日历', en: 'Not done. The working calendar does not know {day}. Ask the administrator to enter it' } as const
const itemRefusals = {
  'item-twice': { status: 422, zh: '未能保存。指标 {code} 出现两次', en: 'Not kept. The indicator {code} stands there twice' },
  'no-such-objective': { status: 422, zh: '未能保存。指标 {code} 的战略目标不存在或已终止', en: 'Not kept. The objective of {code} is not there or ended' },
} as const satisfies Refusals

export const makeAppraisalPlan = endpoint({
  id: 'appraisal-plans.make', method: 'POST', path: '/api/appraisal-plans', text: { zh: '编制绩效计划', en: 'Draw up an appraisal plan' }, permission: 'appraisal-plan.keep', writes: 'create',
  body: z.strictObject({
    id: newIdText, scheme: code, from: dayText, to: dayText, parentId: idText.nullable(), unitKey: z.number().int().positive().max(2_147_483_647).nullable(), staffKey: z.number().int().positive().max(2_147_483_647).nullable(), followsId: idText.nullable(), items: z.array(planItem).min(1).max(30),
  }),
  reply: z.strictObject({ id: idText }),
  refusals: {
    'one-of-two': { status: 422, zh: '未能编制。计划属于一个机构或一名员工', en: 'Not made. A plan is of one unit or of one person' },
    'no-such-holder': { status: 422, zh: '未能编制。没有这个机构或员工，或不在您的权限内', en: 'Not made. There is no such unit or person, or not within your rights' },
    'unit-without-head': { status: 422, zh: '未能编制。该机构没有负责人，无人可以确认计划', en: 'Not made. The unit has no head who could agree to a plan' },
    'own-plan': { status: 409, zh: '未能编制。本人的计划由上级编制', en: 'Not made. One’s own plan is drawn up by the superior' },
    'wrong-period': { status: 422, zh: '未能编制。期间须从某月 1 日（新岗位的计划从调动日）到某月 1 日，且止日晚于起日', en: 'Not made. A period goes from the first of a month, or the plan of a new post from the day of the transfer, to the first of a later one' },
    'parent-does-not-fit': { status: 422, zh: '未能编制。上级计划不存在，或期间、方案、机构不相符', en: 'Not made. The plan above is not there, or its period, scheme or unit does not fit' },
    'plan-there': { status: 409, zh: '未能编制。该期间已有计划', en: 'Not made. There is a plan of that period' }, ...itemRefusals,
  },
})
/** A step of a plan. Targets go with DRAFT, ASK_OTHER and ANSWER; a transfer names the new post; what changes a target says why. */
export const actOnAppraisalPlan = endpoint({
  id: 'appraisal-plans.act', method: 'POST', path: '/api/appraisal-plans/:planId/steps', text: { zh: '办理绩效计划', en: 'Act on an appraisal plan' }, permission: 'appraisal-plan.read', writes: 'act', params: z.strictObject({ planId: idText }),
  body: z.strictObject({ act: z.enum(planActs), items: z.array(planItem).min(1).max(30).nullable(), note: safeText(500, { min: 0, multiline: true }), transferPostKey: z.number().int().positive().max(2_147_483_647).nullable(), orderNo: safeText(40, { min: 0 }) }),
  reply: z.strictObject({ id: idText, state: z.enum(states), kind: z.string() }),
  refusals: {
    'not-your-plan': { status: 403, zh: '未能办理。您不是计划的被考核人或制定人', en: 'Not done. You are neither the one appraised nor the one who draws up the plan' },
    'plan-locked': { status: 409, zh: '未能办理。计划已锁定，仅工作调动可以变更', en: 'Not done. The plan is locked; only a job transfer changes it' },
    'plan-withdrawn': { status: 409, zh: '未能办理。计划已撤回', en: 'Not done. The plan was withdrawn' },
    'plan-not-proposed': { status: 409, zh: '未能办理。计划尚未提交协商', en: 'Not done. The plan was not proposed yet' },
    'plan-negotiated': { status: 409, zh: '未能办理。计划正在协商。请在协商中答复', en: 'Not done. The plan is being negotiated. Answer there' },
    'owner-acts': { status: 403, zh: '未能办理。此步骤由计划制定人办理', en: 'Not done. This step is for the one who draws up the plan' },
    'holder-acts': { status: 403, zh: '未能办理。此步骤由被考核人办理', en: 'Not done. This step is for the one who is appraised' },
    'agreed-already': { status: 409, zh: '未能确认。您已确认，等待对方确认', en: 'Not agreed. You agreed already; the other side is waited for' },
    'unit-has-no-transfer': { status: 409, zh: '未能变更。机构的计划锁定后不能变更', en: 'Not changed. The plan of a unit does not change once it is locked' },
    'transferred-already': { status: 409, zh: '未能变更。此计划已因工作调动变更', en: 'Not changed. The plan was changed by a transfer already' },
    'no-such-transfer': { status: 422, zh: '未能变更。该员工没有此项调动，或调动日不在计划期间内', en: 'Not changed. The person has no such transfer, or its day is outside the period' },
    'order-missing': { status: 422, zh: '未能变更。请填写调令文号', en: 'Not changed. Name the transfer order' },
    'items-missing': { status: 422, zh: '未能保存。请填写指标', en: 'Not kept. The targets are missing' },
    'reason-missing': { status: 422, zh: '未能提交。请说明理由', en: 'Not sent. Give the reason' },
    'nothing-changed': { status: 422, zh: '未能提交。与现有指标相同。如同意请直接确认', en: 'Not sent. Nothing differs. Agree if that is meant' },
    ...itemRefusals,
    'validator-refuses': { status: 422, zh: '未能提交。校验有 {count} 项不通过，第一项：{first}', en: 'Not sent. The validator refuses {count}, the first: {firstEn}' },
    'warnings-open': { status: 422, zh: '未能确认。有提示尚未书面说明', en: 'Not agreed. Warnings wait for an answer in writing' },
    'calendar-unknown': calendarUnknown,
  },
})
export const acknowledgeFinding = endpoint({
  id: 'appraisal-plans.acknowledge', method: 'POST', path: '/api/appraisal-plans/:planId/acknowledgements', text: { zh: '书面说明校验提示', en: 'Answer a warning of the validator' }, permission: 'appraisal-plan.acknowledge', writes: 'act', params: z.strictObject({ planId: idText }),
  body: z.strictObject({ code: z.string().regex(/^[A-Z_]{3,40}$/), indicator: z.string().regex(/^([A-Z][A-Z0-9_]{1,30})?$/), reason: safeText(500, { min: 4, multiline: true }) }), reply: z.strictObject({ id: idText }),
  refusals: {
    'no-such-finding': { status: 422, zh: '未能说明。没有这项提示，或已书面说明', en: 'Not answered. There is no such warning, or it is answered already' },
    'own-plan': { status: 409, zh: '未能说明。被考核人不能说明本人计划的提示', en: 'Not answered. The one who is appraised does not answer for his own plan' },
    'compliance-answers': { status: 403, zh: '未能说明。此项提示由合规人员书面确认', en: 'Not answered. Compliance acknowledges this one in writing' },
    'owner-answers': { status: 403, zh: '未能说明。此项提示由计划制定人说明', en: 'Not answered. The one who draws up the plan answers this one' },
  },
})
