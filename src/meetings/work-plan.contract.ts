import { z } from 'zod'
import { endpoint, mayDo, verdict, type Refusals } from '../foundation/http/contract.ts'
import { dayText, idText, newIdText, safeText } from '../foundation/values/api-values.ts'

export const planPeriods = ['WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const
export type PlanPeriod = (typeof planPeriods)[number]
export const planStates = ['DRAFT', 'SUBMITTED', 'RETURNED', 'CONFIRMED'] as const
export type PlanState = (typeof planStates)[number]
/** What the product works out by itself. Deposit growth in 10,000 yuan, coverage in percent. */
export const planIndicators = ['CONTACTS', 'VISITS', 'NEED_CARDS', 'COVERAGE_PCT', 'DEPOSIT_GROWTH', 'NEW_CUSTOMERS'] as const
export type PlanIndicator = (typeof planIndicators)[number]
export const itemSources = ['CONTACT', 'APPOINTMENT', 'TASK', 'OWN'] as const
export const lights = ['GREEN', 'YELLOW', 'RED'] as const
export type Light = (typeof lights)[number]

const period = z.enum(planPeriods)
const periodKey = z.string().regex(/^\d{4}(-(Q[1-4]|W(0[1-9]|[1-4]\d|5[0-3])|(0[1-9]|1[0-2])))?$/, { error: '2026, 2026-Q4, 2026-11, 2026-W48' })
const ofPlan = z.strictObject({ planId: idText })
/** A figure of a plan: up to two decimals, as bankers write it. */
const figure = z.string().regex(/^-?(0|[1-9]\d{0,11})(\.\d{1,2})?$/, { error: '120.50' })

/** What is aimed at, how it is measured, by which measure, with which resources. */
const targetBody = z.strictObject({
  id: newIdText, title: safeText(60, { min: 2 }), indicator: z.enum(planIndicators).nullable().default(null), target: figure.nullable().default(null), unit: safeText(8).nullable().default(null), measure: safeText(300, { min: 2, multiline: true }),
  resources: safeText(300, { multiline: true }).nullable().default(null), carriedFrom: idText.nullable().default(null),
})
const itemBody = z.strictObject({ id: newIdText, day: dayText, source: z.enum(itemSources), thingId: idText.nullable().default(null), customerId: idText.nullable().default(null), title: safeText(80, { min: 2 }) })
const content = { direction: safeText(300, { min: 2, multiline: true }), targets: z.array(targetBody).min(1).max(12), items: z.array(itemBody).max(40).default([]) }
export type PlanContent = { direction: string; targets: readonly z.output<typeof targetBody>[]; items: readonly z.output<typeof itemBody>[] }

const progress = z.strictObject({ actual: z.string().nullable(), completionPct: z.string().nullable(), light: z.enum(lights).nullable(), missingToTime: z.string().nullable(), missingToFull: z.string().nullable() })
export type ProgressShown = z.output<typeof progress>
const targetShown = z.strictObject({ id: idText, title: z.string(), indicator: z.enum(planIndicators).nullable(), target: z.string().nullable(), unit: z.string().nullable(), measure: z.string(), resources: z.string().nullable(), carriedFrom: idText.nullable(), progress })
export type TargetShown = z.output<typeof targetShown>
const itemShown = z.strictObject({
  id: idText, day: dayText, source: z.enum(itemSources), thingId: idText.nullable(), customerId: idText.nullable(), customerName: z.string().nullable(), title: z.string(),
  /** Worked out from the contact, the appointment, the task; null: nobody can tell. */
  done: z.boolean().nullable(),
})
export type ItemShown = z.output<typeof itemShown>
const planShown = z.strictObject({
  id: idText, staffKey: z.number().int(), staffName: z.string(), unitName: z.string(), period, periodKey: z.string(), firstDay: dayText, lastDay: dayText, direction: z.string(), state: z.enum(planStates), edition: z.number().int(), submittedOn: dayText.nullable(),
  receiver: z.string().nullable(), comment: z.string().nullable(), commentedBy: z.string().nullable(), commentedOn: dayText.nullable(), confirmedOn: dayText.nullable(), review: z.string().nullable(), reviewedOn: dayText.nullable(),
  /** How much of the time has passed, in percent. */
  timePct: z.string(), targets: z.array(targetShown), items: z.array(itemShown), may: mayDo,
})
export type PlanShown = z.output<typeof planShown>

const listed = z.strictObject({ id: idText, period, periodKey: z.string(), firstDay: dayText, lastDay: dayText, direction: z.string(), state: z.enum(planStates), edition: z.number().int(), submittedOn: dayText.nullable(), reviewedOn: dayText.nullable(), targets: z.number().int() })
export type PlanListed = z.output<typeof listed>

/** My plan of a period; when there is none, what the product would write into it: targets not reached before, for a week what waits on its days. */
export const getMyPlan = endpoint({
  id: 'work-plans.mine', method: 'GET', path: '/api/my-work-plan', text: { zh: '查看我的工作计划', en: 'See my work plan' }, permission: 'work-plan.write', query: z.strictObject({ period: period.default('MONTH'), key: periodKey.optional() }),
  reply: z.strictObject({
    asOf: dayText, period, periodKey: z.string(), firstDay: dayText, lastDay: dayText, earlierKey: z.string(), laterKey: z.string(), plan: planShown.nullable(),
    suggested: z.strictObject({ direction: z.string(), targets: z.array(targetShown.omit({ progress: true })), items: z.array(itemShown) }), may: z.strictObject({ make: verdict }),
  }),
  refusals: { 'period-unknown': { status: 404, zh: '没有这个期间', en: 'There is no such period' } },
})
export const listMyPlans = endpoint({
  id: 'work-plans.list', method: 'GET', path: '/api/work-plans', text: { zh: '查看往期计划', en: 'See earlier plans' }, permission: 'work-plan.write', reply: z.strictObject({ asOf: dayText, items: z.array(listed) }),
})
/** Who of the line has handed in his plan of a period, what waits for my word. */
export const listUnitPlans = endpoint({
  id: 'work-plans.unit', method: 'GET', path: '/api/unit-work-plans', text: { zh: '查看条线内工作计划', en: 'See plans of my line' }, permission: 'work-plan.supervise', query: z.strictObject({ period: period.default('MONTH'), key: periodKey.optional() }),
  reply: z.strictObject({
    asOf: dayText, period, periodKey: z.string(), firstDay: dayText, lastDay: dayText, earlierKey: z.string(), laterKey: z.string(),
    items: z.array(z.strictObject({ staffKey: z.number().int(), staffName: z.string(), unitName: z.string(), planId: idText.nullable(), state: z.enum(planStates).nullable(), submittedOn: dayText.nullable(), reviewedOn: dayText.nullable(), targets: z.number().int() })), more: z.boolean(),
  }),
  refusals: { 'period-unknown': { status: 404, zh: '没有这个期间', en: 'There is no such period' } },
})
export const getPlan = endpoint({ id: 'work-plans.get', method: 'GET', path: '/api/work-plans/:planId', text: { zh: '查看工作计划', en: 'See a work plan' }, permission: 'work-plan.read', params: ofPlan, reply: z.strictObject({ asOf: dayText, plan: planShown }) })

const contentRefusals = {
  'indicator-not-for-period': { status: 422, zh: '未能保存。{title}：周计划不能以存款净增为指标，请改在月计划中', en: 'Not saved. {title}: growth of deposits is no indicator of a week; put it into the month’s plan' },
  'target-missing': { status: 422, zh: '未能保存。{title}：有指标的目标须写明数值', en: 'Not saved. {title}: a target with an indicator needs its figure' },
  'indicator-twice': { status: 422, zh: '未能保存。同一指标只能有一个目标', en: 'Not saved. An indicator has one target' },
  'day-outside': { status: 422, zh: '未能保存。{day} 不在计划期间内', en: 'Not saved. {day} lies outside of the plan’s time' },
  'customer-not-seen': { status: 422, zh: '未能保存。没有找到该客户，或不在您的权限内', en: 'Not saved. The customer is not there, or not within your rights' },
} as const satisfies Refusals
/** A draft; it is handed in by an act of its own. */
export const makePlan = endpoint({
  id: 'work-plans.make', method: 'POST', path: '/api/work-plans', text: { zh: '制定工作计划', en: 'Make a work plan' }, permission: 'work-plan.write', writes: 'create',
  body: z.strictObject({ id: newIdText, period, periodKey, ...content }), reply: z.strictObject({ id: idText }),
  refusals: {
    'period-unknown': { status: 422, zh: '未能保存。没有这个期间', en: 'Not saved. There is no such period' },
    'period-over': { status: 422, zh: '未能保存。{period} 已经结束，不再制定计划', en: 'Not saved. {period} is over' },
    'too-far': { status: 422, zh: '未能保存。只能制定本期和下一期的计划', en: 'Not saved. Plans are made for this period and the next' },
    'planned-already': { status: 409, zh: '未能保存。{period} 的计划已有，请直接修改', en: 'Not saved. There is a plan of {period}; change it' }, ...contentRefusals,
  },
})
const closed = {
  'not-yours': { status: 403, zh: '未能办理。计划由本人修改和总结', en: 'Not done. A plan is changed and reviewed by its author' },
} as const satisfies Refusals
export const savePlan = endpoint({
  id: 'work-plans.save', method: 'POST', path: '/api/work-plans/:planId', text: { zh: '修改工作计划', en: 'Change a work plan' }, permission: 'work-plan.write', writes: 'act', params: ofPlan, body: z.strictObject(content), reply: z.strictObject({ id: idText }),
  refusals: { ...closed, 'waits-for-answer': { status: 409, zh: '未能修改。计划已提交，等待审阅；需要修改请上级退回', en: 'Not changed. The plan was handed in; ask for its return' }, 'confirmed-already': { status: 409, zh: '未能修改。计划已确认；需要修改请上级退回', en: 'Not changed. The plan is confirmed; ask for its return' }, ...contentRefusals },
})
export const submitPlan = endpoint({
  id: 'work-plans.submit', method: 'POST', path: '/api/work-plans/:planId/submission', text: { zh: '提交工作计划', en: 'Hand a work plan in' }, permission: 'work-plan.write', writes: 'act', params: ofPlan, reply: z.strictObject({ id: idText, receiver: z.string().nullable() }),
  refusals: { ...closed, 'submitted-already': { status: 409, zh: '计划已提交', en: 'The plan was handed in already' } },
})
/** Who leads the line reads it, comments, confirms or gives it back. */
export const judgePlan = endpoint({
  id: 'work-plans.judge', method: 'POST', path: '/api/work-plans/:planId/judgement', text: { zh: '审阅工作计划', en: 'Confirm or return a work plan' }, permission: 'work-plan.supervise', writes: 'act', params: ofPlan,
  body: z.strictObject({ decision: z.enum(['CONFIRMED', 'RETURNED']), comment: safeText(500, { multiline: true }).nullable().default(null) }), reply: z.strictObject({ state: z.enum(planStates) }),
  refusals: {
    'own-plan': { status: 409, zh: '未能审阅。本人的计划由上级审阅', en: 'Not done. Your own plan is read by your superior' }, 'not-submitted': { status: 409, zh: '未能审阅。计划还没有提交', en: 'Not done. The plan was not handed in' },
    'reviewed-already': { status: 409, zh: '未能审阅。计划已总结', en: 'Not done. The plan was reviewed' }, 'reason-missing': { status: 422, zh: '未能退回。请写明需要修改什么', en: 'Not returned. Say what is to be changed' },
  },
})
/** At its end: what came of it. The figures that the product works out are kept as they stand; of the others the author tells them. */
export const reviewPlan = endpoint({
  id: 'work-plans.review', method: 'POST', path: '/api/work-plans/:planId/review', text: { zh: '总结工作计划', en: 'Review a work plan' }, permission: 'work-plan.write', writes: 'act', params: ofPlan,
  body: z.strictObject({ review: safeText(1000, { min: 2, multiline: true }), actuals: z.array(z.strictObject({ targetId: idText, actual: figure })).max(12).default([]) }), reply: z.strictObject({ id: idText }),
  refusals: {
    ...closed, 'not-confirmed': { status: 409, zh: '未能总结。计划还没有确认', en: 'Not reviewed. The plan is not confirmed' }, 'not-over': { status: 422, zh: '未能总结。计划期间还没有结束', en: 'Not reviewed. Its time is not over' },
    'reviewed-already': { status: 409, zh: '计划已总结', en: 'It was reviewed already' }, 'target-unknown': { status: 422, zh: '未能总结。计划中没有这个目标，或由系统计算', en: 'Not reviewed. There is no such target, or the product works it out' },
  },
})
/** The plan with its review as a Word document. */
export const getPlanDocument = endpoint({ id: 'work-plans.document', method: 'GET', path: '/api/work-plans/:planId/document', text: { zh: '下载工作计划', en: 'Fetch a work plan' }, permission: 'work-plan.read', raw: true, params: ofPlan, reply: z.unknown() })
/** The same as a workbook, figures as numbers. */
export const getPlanSheet = endpoint({ id: 'work-plans.sheet', method: 'GET', path: '/api/work-plans/:planId/sheet', text: { zh: '导出工作计划', en: 'Export a work plan' }, permission: 'work-plan.read', raw: true, params: ofPlan, reply: z.unknown() })
/** All plans of the line in a period, a row a target. */
export const getUnitPlansSheet = endpoint({
  id: 'work-plans.unit-sheet', method: 'GET', path: '/api/unit-work-plans/sheet', text: { zh: '导出条线内工作计划', en: 'Export the plans of my line' }, permission: 'work-plan.supervise', raw: true, query: z.strictObject({ period: period.default('MONTH'), key: periodKey.optional() }), reply: z.unknown(),
  refusals: { 'period-unknown': { status: 404, zh: '没有这个期间', en: 'There is no such period' } },
})
