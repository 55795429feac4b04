import { z } from 'zod'
import { decisionBody, decisionRefusals, endpoint, page, pageQuery, verdict } from '../foundation/http/contract.ts'
import { dayText, fenText, idText, monthText, newIdText, safeText } from '../foundation/values/api-values.ts'
import { inspectionTariff } from './inspection.contract.ts'

/** Published facts that an indicator may measure. */
export const sources = [
  'DEPOSIT', 'LOAN', 'LOAN_PAID_OUT', 'LOAN_SETTLED', 'TRANSACTION', 'ACCOUNT_OPENED', 'CARD_ISSUED', 'CUSTOMER_HELD', 'NEW_CUSTOMER', 'CONTRIBUTION', 'CONTACT', 'COVERAGE', 'NEED', 'DUTY', 'FORM',
  'FEE', 'RECOVERY', 'PRODUCT_LINES', 'STANDING', 'ASSET_GROWTH', 'INSPECTION',
] as const
export type IndicatorSource = (typeof sources)[number]
/** AVERAGE: average daily balance; BALANCE: on the last day; CHANGE: last day less the day before the window; INCREMENT: average less the frozen base; RATIO: the part that also meets the second condition; SCORE: 100 plus the points of inspections, from 0 to 120 (3.7), nothing for whom nothing was inspected. */
export const measures = ['COUNT', 'SUM', 'MEAN', 'RATIO', 'AVERAGE', 'BALANCE', 'CHANGE', 'INCREMENT', 'SCORE'] as const
export type Measure = (typeof measures)[number]
export const windows = ['MONTH', 'QUARTER', 'YEAR', 'TWELVE_MONTHS'] as const
/** Whose it is: the manager of each day, of the last day, of the day on which it began, or the person who did it. */
export const ownerRules = ['OWNER_OF_DAY', 'OWNER_AT_END', 'ORIGINATOR', 'DOER'] as const
/** Further conditions; which of them fit is said by the source. */
export const conditions = ['OVERDUE', 'NON_PERFORMING', 'EARLY', 'IN', 'OUT', 'EFFECTIVE', 'IN_PERSON', 'LATE', 'MET', 'ON_TIME', 'DONE', 'LOST', 'REPORT', 'CHECK'] as const
export type Condition = (typeof conditions)[number]

/** Numbers that say nothing by themselves: never a target (银监发〔2012〕34号). */
export const formNumbers = ['RANK', 'MARKET_SHARE'] as const

const tier = z.enum(['T1', 'T2', 'T3', 'T4', 'P'])
export const indicatorTerms = z.strictObject({
  source: z.enum(sources), measure: z.enum(measures), window: z.enum(windows), owner: z.enum(ownerRules),
  filter: z.strictObject({ customerKind: z.enum(['CORPORATE', 'PERSON']).nullable(), tiers: z.array(tier).max(5), products: z.array(safeText(30)).max(50), only: z.enum(conditions).nullable() }),
  /** The second condition of a ratio. */
  numerator: z.enum(conditions).nullable(),
  /** What the number of a form is: a rank among others, or a share of a market; without: a number of its own. */
  isOnly: z.enum(formNumbers).optional(),
  /** Of inspections: the points of each grade. */
  tariff: inspectionTariff.optional(),
})
export type IndicatorTerms = z.output<typeof indicatorTerms>
export const directions = ['UP', 'DOWN'] as const
/** FEN: money; COUNT: how many; PERCENT: a ratio; NUMBER: what a form gave. */
export const indicatorUnits = ['FEN', 'COUNT', 'PERCENT', 'NUMBER'] as const
export type IndicatorUnit = (typeof indicatorUnits)[number]

export const indicatorCode = z.string().regex(/^[A-Z][A-Z0-9_]{1,30}$/, { error: 'code' })
const definition = { code: indicatorCode, from: dayText, name: safeText(40, { min: 2 }), nameEn: safeText(60, { min: 2 }), direction: z.enum(directions), owner: safeText(40, { min: 2 }), terms: indicatorTerms }
const shown = z.strictObject({ ...definition, version: z.number().int(), to: dayText.nullable(), inForce: z.boolean(), unit: z.enum(indicatorUnits), reason: z.string(), lastMonth: monthText.nullable() })
export type IndicatorShown = z.output<typeof shown>
const changeShown = z.strictObject({
  ...definition, id: idText, unit: z.enum(indicatorUnits), reason: z.string(), proposedBy: z.string(), proposedOn: dayText, decision: z.enum(['CONFIRMED', 'RETURNED']).nullable(), decidedBy: z.string().nullable(), decidedOn: dayText.nullable(),
  decisionNote: z.string().nullable(), may: verdict,
})
export type IndicatorChange = z.output<typeof changeShown>

/** Every definition with its dates, and the changes that wait for a second person. */
export const listIndicators = endpoint({
  id: 'indicators.list', method: 'GET', path: '/api/indicators', text: { zh: '查看指标', en: 'Read the indicators' }, permission: 'indicator.read',
  reply: z.strictObject({
    indicators: z.array(shown), changes: z.array(changeShown), mayChange: verdict, mayCompute: verdict, asOf: dayText,
    products: z.array(z.strictObject({ code: z.string(), name: z.string(), nameEn: z.string(), line: z.string() })),
  }),
})

export const faultTexts = {
  'tariff-missing': { status: 422, zh: '未能提交。检查得分须按每个等级给出分值。请填写检查分标准', en: 'Not proposed. Points of inspections need the points of every grade. Enter the tariff' },
  'point-in-time-deposit': { status: 422, zh: '未能提交。存款指标不得按时点余额考核。请改用日均', en: 'Not proposed. Deposits are not appraised by their balance on one day. Use the average' },
  'measure-not-of-source': { status: 422, zh: '未能提交。此来源没有这种计量方式。请改选计量方式', en: 'Not proposed. The source does not have this measure. Choose another' },
  'owner-not-of-source': { status: 422, zh: '未能提交。此来源不能按这种归属计算。请改选归属', en: 'Not proposed. The source does not know this owner rule. Choose another' },
  'condition-not-of-source': { status: 422, zh: '未能提交。此来源没有这个条件。请改选条件', en: 'Not proposed. The source does not have this condition. Choose another' },
  'numerator-missing': { status: 422, zh: '未能提交。比率须选择分子条件', en: 'Not proposed. A ratio needs the condition of its numerator' },
  'filter-not-of-source': { status: 422, zh: '未能提交。此来源不能按客户或产品筛选', en: 'Not proposed. The source cannot be filtered by customer or product' },
  'not-first-of-month': { status: 422, zh: '未能提交。生效日须为某月 1 日。请修改生效日', en: 'Not proposed. It begins on the first of a month. Change the day' },
  'begins-in-the-past': { status: 422, zh: '未能提交。已有指标的新定义须从 {month} 或以后生效，已结束的月份不变', en: 'Not proposed. A new definition of an indicator begins in {month} or later; months that are over do not change' },
  'change-waiting': { status: 409, zh: '未能提交。此指标有一项变更待复核。请先复核或退回', en: 'Not proposed. A change of this indicator waits to be checked. Decide on it first' },
} as const
export type IndicatorFault = keyof typeof faultTexts

export const proposeIndicator = endpoint({
  id: 'indicators.propose', method: 'POST', path: '/api/indicator-changes', text: { zh: '提交指标定义', en: 'Propose an indicator' }, permission: 'indicator.change', writes: 'create',
  body: z.strictObject({ id: newIdText, ...definition, reason: safeText(200, { min: 4 }) }), reply: z.strictObject({ id: idText }), refusals: faultTexts,
})
/** What a definition gives for the last full month, before it is proposed: numbers of the whole bank, none of fewer than five people. */
export const tryIndicator = endpoint({
  id: 'indicators.try', method: 'POST', path: '/api/indicator-trials', text: { zh: '试算指标', en: 'Try an indicator' }, permission: 'indicator.change',
  body: z.strictObject({ terms: indicatorTerms }),
  reply: z.strictObject({ month: monthText, unit: z.enum(indicatorUnits), people: z.number().int(), facts: z.number().int(), value: z.string().nullable() }), refusals: faultTexts,
})
/** The second person. Confirmed, the definition holds at once and its last months are worked out. */
export const decideIndicator = endpoint({
  id: 'indicators.decide', method: 'POST', path: '/api/indicator-changes/:changeId/decision', text: { zh: '复核指标定义', en: 'Decide on an indicator' }, permission: 'indicator.change', writes: 'act',
  params: z.strictObject({ changeId: idText }), body: decisionBody, reply: z.strictObject({ id: idText }),
  refusals: { ...decisionRefusals, ...faultTexts },
})
export const computeIndicators = endpoint({
  id: 'indicators.compute', method: 'POST', path: '/api/indicator-months', text: { zh: '计算指标', en: 'Work out indicators' }, permission: 'indicator.change', ownTransaction: true,
  body: z.strictObject({ months: z.array(monthText).min(1).max(24), code: indicatorCode.optional() }), reply: z.strictObject({ jobId: idText }),
  refusals: { 'month-in-the-future': { status: 422, zh: '未能计算。{month} 尚未开始', en: 'Not worked out. {month} has not begun' } },
})

const code = z.strictObject({ code: indicatorCode })
export const groupings = ['MANAGER', 'TEAM', 'OUTLET'] as const
/** Values of a month in the reader's scope: of managers, or summed by team or outlet (a team of the line, an outlet where they work). */
export const showIndicator = endpoint({
  id: 'indicators.values', method: 'GET', path: '/api/indicators/:code/values', text: { zh: '查看指标值', en: 'Read the values of an indicator' }, permission: 'indicator.read', params: code,
  query: z.strictObject({ month: monthText.optional(), by: z.enum(groupings).default('MANAGER'), ...pageQuery }),
  reply: page(z.strictObject({ key: z.string(), staffKey: z.number().int().nullable(), name: z.string(), staffNo: z.string().nullable(), unitName: z.string(), people: z.number().int(), value: z.string().nullable(), facts: z.number().int() })).extend({
    indicator: shown.nullable(), month: monthText.nullable(), months: z.array(monthText), asOf: dayText.nullable(), total: z.string().nullable(), people: z.number().int(), mayOpenRows: z.boolean(), currency: z.string(),
  }),
})
/** The rows behind a value: they sum to it. The name of a customer only while the reader's scope has him. */
export const listIndicatorRows = endpoint({
  id: 'indicators.rows', method: 'GET', path: '/api/indicators/:code/people/:staffKey/rows', text: { zh: '查看指标明细', en: 'Read the rows of an indicator' }, permission: 'indicator.read-rows',
  params: code.extend({ staffKey: z.coerce.number().int().min(1).max(2_000_000_000) }), query: z.strictObject({ month: monthText, ...pageQuery }),
  reply: page(z.strictObject({
    key: z.string(), kind: z.string(), date: dayText, customer: z.strictObject({ id: idText, name: z.string().nullable() }).nullable(), amountFen: fenText.nullable(), sharePct: z.string(), counted: z.string(), of: z.string().nullable(),
  })).extend({ name: z.string(), indicator: shown.nullable(), value: z.string().nullable(), sum: z.string().nullable() }),
})
