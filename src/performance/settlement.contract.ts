import { z } from 'zod'
import { endpoint, verdict, type Refusals } from '../foundation/http/contract.ts'
import { dayText, fenText, idText, monthText } from '../foundation/values/api-values.ts'

const schemeCode = z.string().regex(/^[A-Z][A-Z0-9_]{1,30}$/)

/** Why a month is not settled or not closed. */
export const settlementRefusals: Refusals = {
  'no-bank': { status: 409, zh: '未能结算。数据库里还没有银行。请先启用银行或装载交付', en: 'Not settled. There is no bank in the database yet. Begin a bank or load a delivery first' },
  'no-scheme': { status: 409, zh: '未能结算。{month} 没有生效的方案 {scheme}。请选择其他月份或方案', en: 'Not settled. No scheme {scheme} is in force in {month}. Choose another month or scheme' },
  'not-settled': { status: 409, zh: '未能关账。{month} 尚未结算。请先结算', en: 'Not closed. {month} is not settled yet. Settle it first' },
  'month-closed': { status: 409, zh: '未能处理。{month} 已关账，不再改动。迟到的更正会成为下一个月的条目', en: 'Not done. {month} is closed and never changes. What comes late becomes a line of the next month' },
  'later-month-closed': { status: 409, zh: '未能结算。之后的 {month} 已关账。请在下一个未关账的月份处理', en: 'Not settled. The later month {month} is closed. Use the next open month' },
  'month-not-over': { status: 409, zh: '未能结算。{month} 尚未结束。可以先试算', en: 'Not settled. {month} is not over. A dry run is possible' },
  'front-line-open': { status: 409, zh: '未能结算。奖金池取自已关账的月份，方案 {scheme} 的 {month} 还没有关账', en: 'Not settled. The pool comes from closed months; {month} of scheme {scheme} is not closed' },
  'period-not-over': { status: 409, zh: '未能结算。方案 {scheme} 按期结算，{month} 不是期末月。可以先试算', en: 'Not settled. Scheme {scheme} pays by period, {month} is not its last month. A dry run is possible' },
  'contribution-missing': { status: 409, zh: '未能结算。方案 {scheme} 按客户贡献计酬，{month} 的贡献尚未计算。请先补录缺少的内部资金价格并补算贡献', en: 'Not settled. Scheme {scheme} pays by contribution, and that of {month} is not worked out. Add the missing price of funds and work it out first' },
  'earlier-month-open': { status: 409, zh: '未能关账。之前的 {month} 还没有关账。请按月份顺序关账', en: 'Not closed. The earlier month {month} is open. Close the months in order' },
  'settle-again': { status: 409, zh: '未能关账。前一个月重新结算过，{month} 的结转已变。请重新结算后再关账', en: 'Not closed. A month before was settled again, what {month} carried in has changed. Settle it again first' },
  'control-does-not-tie': { status: 409, zh: '未能关账。{month} 的核对表不相符。请先查明差额', en: 'Not closed. The control report of {month} does not tie. Find the difference first' },
  'same-person': { status: 409, zh: '未能关账。结算和关账须由两人办理。请由另一位同事关账', en: 'Not closed. Settling and closing need two people. Ask a colleague to close' },
}

export const controlRow = z.strictObject({
  source: z.string(), unit: z.string().optional(), part: z.enum(['NUMERATOR']).optional(), facts: z.number().int(), total: z.string(), inLines: z.string(), outside: z.string(), withoutManager: z.string(), otherCurrency: z.number().int(), ties: z.boolean(),
})
export const controlOfTransactions = z.strictObject({
  transactions: z.number().int(), inFen: fenText, outFen: fenText, openingFen: fenText, closingFen: fenText, differenceFen: fenText, behindLines: z.number().int(), withoutLine: z.number().int(), behindInFen: fenText, behindOutFen: fenText,
})
export const controlReportShape = z.strictObject({ rows: z.array(controlRow), transactions: controlOfTransactions, withoutResult: z.array(z.strictObject({ staffNo: z.string(), why: z.enum(['no-grade-base', 'no-target', 'no-data']) })).optional(), ties: z.boolean() })
export type ControlShown = z.output<typeof controlReportShape>

const settledMonth = z.strictObject({
  month: monthText, scheme: schemeCode, schemeName: z.string(), schemeNameEn: z.string(), version: z.number().int(), currency: z.string(), hash: z.string(), people: z.number().int(), facts: z.number().int(), points: z.string(),
  payableFen: fenText, carryOutFen: fenText, settledOn: dayText, settledBy: z.string().nullable(), closedOn: dayText.nullable(), closedBy: z.string().nullable(), state: z.enum(['SETTLED', 'STALE', 'CLOSED']),
  control: controlReportShape, mayClose: verdict,
})
export type SettledMonth = z.output<typeof settledMonth>

/** The last 36 settled months, newest first, with their control reports and what may be done. */
export const listSettlements = endpoint({
  id: 'listSettlements', method: 'GET', path: '/api/settlements', text: { zh: '查看结算', en: 'List settlements' }, permission: 'settlement.read',
  reply: z.strictObject({ months: z.array(settledMonth), schemes: z.array(z.strictObject({ code: schemeCode, name: z.string(), nameEn: z.string() })), /** Names of the indicators that stand as sources in control reports. */ indicators: z.record(z.string(), z.strictObject({ zh: z.string(), en: z.string() })), next: monthText, mayRun: z.boolean() }),
})

const splitPerson = z.strictObject({ staffNo: z.string(), name: z.string(), twice: z.number().int(), schemes: z.array(z.strictObject({ scheme: schemeCode, name: z.string(), nameEn: z.string(), days: z.number().int(), wholeDays: z.number().int() })) })
export type SplitPerson = z.output<typeof splitPerson>
/** Whom several schemes paid in a month: on how many days of its period each, and days that were counted twice. Beside the control reports of the month. */
export const listSplitPeople = endpoint({
  id: 'listSplitPeople', method: 'GET', path: '/api/settlements/:month/split', text: { zh: '查看由几个方案计酬的人员', en: 'List whom several schemes paid' }, permission: 'settlement.read', params: z.strictObject({ month: monthText }),
  /** At most a hundred are told, `of` them there are. */
  reply: z.strictObject({ people: z.array(splitPerson), of: z.number().int() }),
})

/** Asks the server to settle a month (or to try it); the page watches the job. */
export const runSettlement = endpoint({
  id: 'runSettlement', method: 'POST', path: '/api/settlements/:month/:scheme/run', text: { zh: '结算一个月', en: 'Settle a month' }, permission: 'settlement.run', writes: 'act',
  params: z.strictObject({ month: monthText, scheme: schemeCode }), body: z.strictObject({ dryRun: z.boolean() }),
  reply: z.strictObject({ jobId: idText }), refusals: settlementRefusals,
})

/** How far a settlement is, and what it gave. */
export const watchSettlement = endpoint({
  id: 'watchSettlement', method: 'GET', path: '/api/settlement-jobs/:jobId', text: { zh: '查看结算进度', en: 'Watch a settlement' }, permission: 'settlement.read', params: z.strictObject({ jobId: idText }),
  reply: z.strictObject({
    state: z.enum(['WAITING', 'RUNNING', 'DONE', 'FAILED', 'STOPPED']), stage: z.string().nullable(), done: z.number().int(), total: z.number().int().nullable(),
    refusal: z.strictObject({ name: z.string(), zh: z.string(), en: z.string() }).nullable(),
    result: z.strictObject({
      dryRun: z.boolean(), unchanged: z.boolean(), hash: z.string(), people: z.number().int(), facts: z.number().int(), corrections: z.number().int(), points: z.string(), payableFen: fenText, carryOutFen: fenText,
      control: controlReportShape,
    }).nullable(),
  }),
})

/** Closes a month for good; not by the person who settled it. */
export const closeSettlement = endpoint({
  id: 'closeSettlement', method: 'POST', path: '/api/settlements/:month/:scheme/close', text: { zh: '关账', en: 'Close a month' }, permission: 'settlement.close', writes: 'act',
  params: z.strictObject({ month: monthText, scheme: schemeCode }), reply: z.strictObject({ hash: z.string() }), refusals: settlementRefusals,
})
