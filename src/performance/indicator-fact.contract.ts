import { z } from 'zod'
import { endpoint, page, pageQuery, verdict } from '../foundation/http/contract.ts'
import { dayText, decimalText, idText, monthText, newIdText, safeText } from '../foundation/values/api-values.ts'
import { indicatorCode } from './indicator.contract.ts'
import { checkGrades, reportGrades } from './inspection.contract.ts'

/** What has no ledger yet and comes by a form (3.0, sources). */
export const indicators = ['MARKETING_SCORE', 'RETAIL_SCORE', 'INSPECTION_REPORT', 'INSPECTION_CHECK', 'NET_GROWTH_TARGET', 'TEAM_TARGET', 'CONDUCT_EVENT'] as const
/** Classes of a conduct event: RED sets the month's pay to nothing, AMBER lowers it (3.0, compliance gate). */
export const conductGrades = ['RED', 'AMBER'] as const
export type Indicator = (typeof indicators)[number]
export const factStates = ['ENTERED', 'CONFIRMED', 'RETURNED'] as const

const indicatorFact = z.strictObject({
  id: idText, indicator: z.string(), /** Of an indicator of the bank: what it is called. */ indicatorName: z.strictObject({ zh: z.string(), en: z.string() }).nullable(), staffKey: z.number().int(), staffNo: z.string(), name: z.string(), month: monthText, businessDate: dayText, value: z.string().nullable(), grade: z.string().nullable(), object: z.string().nullable(),
  evidence: z.string(), enteredBy: z.string(), enteredOn: dayText, state: z.enum(factStates), decidedBy: z.string().nullable(), decidedOn: dayText.nullable(), returnReason: z.string().nullable(), corrects: idText.nullable(),
  may: z.strictObject({ confirm: verdict }),
})
export type IndicatorFactShown = z.output<typeof indicatorFact>

export const listIndicatorFacts = endpoint({
  id: 'listIndicatorFacts', method: 'GET', path: '/api/indicator-facts', text: { zh: '查看指标事实', en: 'List facts entered by form' }, permission: 'indicator-fact.enter',
  query: z.strictObject({ month: monthText.optional(), state: z.enum(factStates).optional(), ...pageQuery }), reply: page(indicatorFact),
})

const shared = { id: newIdText, staffNo: safeText(20), month: monthText, businessDate: dayText, evidence: safeText(500, { min: 4, multiline: true }) }
const amount = decimalText(2)
/** The loan, by its number in the core system or by its id here. */
const ofLoan = { loanId: idText.optional(), loanNo: safeText(40).optional() }
/** A fact of one indicator: a score, a finding with its grade, or a target. */
export const newIndicatorFact = z.discriminatedUnion('indicator', [
  z.strictObject({ ...shared, indicator: z.literal('MARKETING_SCORE'), value: amount }),
  z.strictObject({ ...shared, indicator: z.literal('RETAIL_SCORE'), value: amount }),
  z.strictObject({ ...shared, indicator: z.literal('INSPECTION_REPORT'), object: safeText(100), grade: z.enum(reportGrades), ...ofLoan, corrects: idText.optional() }),
  z.strictObject({ ...shared, indicator: z.literal('INSPECTION_CHECK'), object: safeText(100), grade: z.enum(checkGrades), ...ofLoan, corrects: idText.optional() }),
  z.strictObject({ ...shared, indicator: z.literal('NET_GROWTH_TARGET'), value: amount }),
  z.strictObject({ ...shared, indicator: z.literal('TEAM_TARGET'), value: amount }),
  // a conduct event of the compliance gate, until the room of conduct is built; the loan that it is about, so that an exemption finds it
  z.strictObject({ ...shared, indicator: z.literal('CONDUCT_EVENT'), object: safeText(100), grade: z.enum(conductGrades), ...ofLoan }),
  // of an indicator whose facts come by form (docs/words.md): hours of training, a satisfaction, a complaint
  z.strictObject({ ...shared, indicator: z.literal('DEFINED'), code: indicatorCode, value: amount }),
])
export type NewIndicatorFact = z.output<typeof newIndicatorFact>

/** Enters a fact with its evidence. It counts when a second person has confirmed it. */
export const enterIndicatorFact = endpoint({
  id: 'enterIndicatorFact', method: 'POST', path: '/api/indicator-facts', text: { zh: '登记指标事实', en: 'Enter a fact by form' }, permission: 'indicator-fact.enter', writes: 'create', body: newIndicatorFact, reply: z.strictObject({ id: idText }),
  refusals: {
    'no-such-indicator': { status: 422, zh: '未能登记。没有由登记取得的指标 {code}。请先定义指标', en: 'Not entered. There is no indicator {code} whose facts come by form. Define it first' },
    'no-such-person': { status: 422, zh: '未能登记。没有工号 {staffNo}。请核对工号', en: 'Not entered. There is no staff number {staffNo}. Check the number' },
    'own-fact': { status: 409, zh: '未能登记。不能登记本人的指标事实。请由同事登记', en: 'Not entered. Nobody enters a fact about himself. Ask a colleague' },
    'in-the-future': { status: 422, zh: '未能登记。日期晚于营业日 {today}。请改为不晚于营业日', en: 'Not entered. The date is after the business date {today}. Choose one that is not' },
    'target-zero': { status: 422, zh: '未能登记。目标不能为 0，完成率无法计算。没有目标时不登记', en: 'Not entered. A target is not 0: nothing can be divided by it. Without a target enter none' },
    'score-range': { status: 422, zh: '未能登记。得分应在 0 到 100 之间。请修改得分', en: 'Not entered. A score is between 0 and 100. Change the score' },
    'no-such-loan': { status: 422, zh: '未能登记。没有借据 {loanNo}。请核对借据编号', en: 'Not entered. There is no loan {loanNo}. Check its number' },
    'loan-missing': { status: 422, zh: '未能登记。结论“虚假”须注明借据，才能收回该借据的全部积分', en: 'Not entered. The grade FALSE needs the loan whose points are taken back' },
    'inspected-already': { status: 409, zh: '未能登记。此对象在检查 {number} 的样本中，结论由该检查计入，不能计两次', en: 'Not entered. The object is in the sample of inspection {number}, which brings its finding; it does not count twice' },
    'corrects-a-run': { status: 409, zh: '未能登记。此结论来自专项检查，由对检查的异议更正', en: 'Not entered. An inspection brought the finding; an objection to it corrects it' },
    'cannot-correct': { status: 422, zh: '未能登记。被更正的事实不存在、不属于同一人，或未经复核', en: 'Not entered. The fact to correct is not there, is another person’s, or was not confirmed' },
  },
})

const decide = {
  'same-person': { status: 409, zh: '未能复核。登记和复核须由两人办理。请由另一位同事复核', en: 'Not decided. Entering and confirming need two people. Ask a colleague' },
  'own-fact': { status: 409, zh: '未能复核。不能复核本人的指标事实。请由同事复核', en: 'Not decided. Nobody confirms a fact about himself. Ask a colleague' },
  'decided-already': { status: 409, zh: '未能复核。此事实已复核或已退回。请刷新后查看', en: 'Not decided. The fact was confirmed or returned already. Reload to see it' },
} as const
export const confirmIndicatorFact = endpoint({
  id: 'confirmIndicatorFact', method: 'POST', path: '/api/indicator-facts/:factId/confirm', text: { zh: '复核指标事实', en: 'Confirm a fact' }, permission: 'indicator-fact.confirm', writes: 'act', params: z.strictObject({ factId: idText }),
  reply: z.strictObject({ id: idText }), refusals: decide,
})
/** The checker does not edit: he confirms or returns with a reason. */
export const returnIndicatorFact = endpoint({
  id: 'returnIndicatorFact', method: 'POST', path: '/api/indicator-facts/:factId/return', text: { zh: '退回指标事实', en: 'Return a fact' }, permission: 'indicator-fact.confirm', writes: 'act', params: z.strictObject({ factId: idText }),
  body: z.strictObject({ reason: safeText(200, { min: 4 }) }), reply: z.strictObject({ id: idText }), refusals: decide,
})
