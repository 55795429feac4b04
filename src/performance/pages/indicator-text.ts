import { amountText, decimalText } from '../../ui/amount-format.ts'
import { defineText, type Say, type Text } from '../../ui/text.ts'
import type { IndicatorTerms, IndicatorUnit } from '../indicator.contract.ts'

export const indicatorText = defineText({
  isOnly: { zh: '数字性质', en: 'What the number is' }, ownNumber: { zh: '数值', en: 'a number of its own' }, rank: { zh: '排名（不得作目标）', en: 'a rank (never a target)' }, marketShare: { zh: '市场占比（不得作目标）', en: 'a share of a market (never a target)' },
  title: { zh: '考核指标', en: 'Indicators' },
  sub: { zh: '每个数由业务事实算出，可逐条打开；新指标由两人办理，复核后即可使用', en: 'Every number is worked out from facts and opens to its rows; a new one is made by two people and can be used at once' },
  propose: { zh: '新增或修改指标', en: 'New or changed indicator' },
  submit: { zh: '提交复核', en: 'Propose' },
  proposeTitle: { zh: '新增或修改指标', en: 'New or changed indicator' },
  proposeSub: { zh: '从已有业务事实定义指标，由另一位同事复核', en: 'Defined from facts that are there; a colleague checks it' },
  compute: { zh: '重新计算', en: 'Work out again' },
  computing: { zh: '已开始计算，完成后刷新可见', en: 'Being worked out; reload to see it' },
  sent: { zh: '已提交，待复核', en: 'Proposed; a colleague checks it' },
  empty: { zh: '没有符合条件的指标', en: 'No indicator fits' },
  search: { zh: '指标名称或代码', en: 'Name or code' },
  name: { zh: '指标', en: 'Indicator' },
  nameZh: { zh: '中文名称', en: 'Name in Chinese' },
  nameEn: { zh: '英文名称', en: 'Name in English' },
  code: { zh: '代码', en: 'Code' },
  codeHint: { zh: '大写字母、数字和下划线；填已有代码即修改该指标', en: 'Capital letters, digits and underscores; a known code changes that indicator' },
  codeWrong: { zh: '请填写代码，如 NEW_LOANS', en: 'Enter a code such as NEW_LOANS' },
  required: { zh: '请填写', en: 'Required' },
  definition: { zh: '定义', en: 'Definition' },
  unit: { zh: '单位', en: 'Unit' },
  direction: { zh: '方向', en: 'Direction' },
  source: { zh: '数据来源', en: 'Source' },
  owner: { zh: '主管部门', en: 'Department' },
  from: { zh: '生效', en: 'From' },
  fromHint: { zh: '某月 1 日。新指标可早于本月，已有指标从本月起', en: 'The first of a month. A new indicator may begin earlier, a changed one begins this month or later' },
  version: { zh: '第 {n} 版', en: 'version {n}' },
  lastMonth: { zh: '已算至', en: 'Worked out to' },
  later: { zh: '{day} 起', en: 'from {day}' },
  ended: { zh: '已停用', en: 'Ended' },
  UP: { zh: '越高越好', en: 'The higher the better' },
  DOWN: { zh: '越低越好', en: 'The lower the better' },
  measure: { zh: '计量方式', en: 'Measure' },
  window: { zh: '期间', en: 'Window' },
  ownerRule: { zh: '归属', en: 'Whose it is' },
  customerKind: { zh: '客户类别', en: 'Kind of customer' },
  anyCustomer: { zh: '全部客户', en: 'All customers' },
  tiers: { zh: '客户等级', en: 'Tiers' },
  products: { zh: '产品', en: 'Products' },
  only: { zh: '只计', en: 'Only' },
  numerator: { zh: '分子', en: 'Numerator' },
  all: { zh: '不限', en: 'All' },
  reason: { zh: '原因', en: 'Reason' },
  reasonHint: { zh: '至少 4 个字，写入操作日志', en: 'At least 4 characters; it goes into the journal' },
  partWhat: { zh: '名称', en: 'Name' },
  partMeasure: { zh: '计量', en: 'Measure' },
  partFilter: { zh: '筛选', en: 'Filter' },
  partEffect: { zh: '试算与提交', en: 'Trial and reason' },
  trial: { zh: '试算 {month}', en: 'Try {month}' },
  tryIt: { zh: '试算', en: 'Try it' },
  trialOf: { zh: '{month}：{people} 人，{facts} 条业务事实，全行 {value}', en: '{month}: {people} {people|person|people}, {facts} {facts|fact|facts}, whole bank {value}' },
  fewPeople: { zh: '不足 5 人，不显示数值', en: 'fewer than five people, no value is shown' },
  difference: { zh: '与现行定义比较', en: 'Against what holds' },
  isNew: { zh: '新指标', en: 'A new indicator' },
  byManager: { zh: '按客户经理', en: 'By manager' },
  byTeam: { zh: '按团队', en: 'By team' },
  byOutlet: { zh: '按机构', en: 'By outlet' },
  manager: { zh: '客户经理', en: 'Manager' },
  team: { zh: '团队', en: 'Team' },
  outlet: { zh: '机构', en: 'Outlet' },
  staffNo: { zh: '工号', en: 'Staff no.' },
  line: { zh: '条线', en: 'Line' },
  value: { zh: '数值', en: 'Value' },
  people: { zh: '人数', en: 'People' },
  facts: { zh: '业务事实', en: 'Facts' },
  total: { zh: '合计（可见范围）', en: 'Total (your scope)' },
  notWorked: { zh: '此月尚未计算', en: 'This month is not worked out' },
  notWorkedHint: { zh: '绩效管理岗可在“考核指标”页重新计算', en: 'The performance desk works it out on the page of indicators' },
  month: { zh: '月份', en: 'Month' },
  upTo: { zh: '计至 {day}', en: 'up to {day}' },
  nobody: { zh: '可见范围内没有数值', en: 'No value in your scope' },
  rowsOf: { zh: '{name} · {indicator} · {month}', en: '{name} · {indicator} · {month}' },
  customer: { zh: '客户', en: 'Customer' },
  outOfScope: { zh: '已不在可见范围', en: 'no longer in your scope' },
  kind: { zh: '事实', en: 'Fact' },
  date: { zh: '日期', en: 'Date' },
  amount: { zh: '金额', en: 'Amount' },
  share: { zh: '份额 %', en: 'Share %' },
  counted: { zh: '计入', en: 'Counted' },
  of: { zh: '分母', en: 'Denominator' },
  sumIs: { zh: '明细合计 {sum}，与指标值 {value} 相同', en: 'The rows sum to {sum}, the value is {value}' },
  noRows: { zh: '没有明细', en: 'No rows' },
  yuan: { zh: '元', en: 'yuan' },
  tariff: { zh: '检查分标准', en: 'Points of each grade' },
  tariffHint: { zh: '每项检查的加减分；异议成立时按新旧等级的差额计分', en: 'Points of each finding; an objection that is upheld counts with the difference of the two grades' },
})

type Words = Readonly<Record<string, Text>>
export const sourceNames: Words = {
  DEPOSIT: { zh: '存款余额', en: 'deposit balances' }, LOAN: { zh: '贷款余额', en: 'loan balances' }, LOAN_PAID_OUT: { zh: '贷款发放', en: 'loans paid out' }, LOAN_SETTLED: { zh: '贷款结清', en: 'loans settled' },
  TRANSACTION: { zh: '存款流水', en: 'bookings on deposits' }, ACCOUNT_OPENED: { zh: '开户', en: 'accounts opened' }, CARD_ISSUED: { zh: '发卡', en: 'cards issued' }, CUSTOMER_HELD: { zh: '管户', en: 'customers held' },
  NEW_CUSTOMER: { zh: '新客户', en: 'new customers' }, CONTRIBUTION: { zh: '客户税前贡献', en: 'pre-tax contribution of customers' }, CONTACT: { zh: '客户联系', en: 'contacts' }, COVERAGE: { zh: '重点客户走访', en: 'core customers to be visited' },
  NEED: { zh: '客户需求', en: 'needs of customers' }, DUTY: { zh: '到期职责', en: 'duties due' }, FORM: { zh: '指标登记（双人）', en: 'facts by form (two people)' },
  FEE: { zh: '手续费', en: 'fees' }, RECOVERY: { zh: '逾期收回', en: 'overdue loans recovered' }, PRODUCT_LINES: { zh: '客户持有的产品线数', en: 'product lines of customers' }, STANDING: { zh: '流失考核基数客户', en: 'customers of the churn base' },
  ASSET_GROWTH: { zh: '客户资产增量', en: 'growth of customers’ assets' }, INSPECTION: { zh: '检查结果（调查报告、贷后检查）', en: 'findings of inspections (reports, post-loan checks)' },
}
export const measureNames: Words = {
  COUNT: { zh: '笔数', en: 'number' }, SUM: { zh: '合计', en: 'sum' }, MEAN: { zh: '平均', en: 'mean' }, RATIO: { zh: '占比', en: 'ratio' }, AVERAGE: { zh: '日均', en: 'daily average' }, BALANCE: { zh: '期末余额', en: 'balance at the end' },
  CHANGE: { zh: '期末比期初', en: 'end less beginning' }, INCREMENT: { zh: '日均减冻结基数', en: 'average less frozen base' }, SCORE: { zh: '100 分加减检查分（0 至 120）', en: '100 with the points (0 to 120)' },
}
export const windowNames: Words = { MONTH: { zh: '当月', en: 'of the month' }, QUARTER: { zh: '季初至今', en: 'of the quarter so far' }, YEAR: { zh: '年初至今', en: 'of the year so far' }, TWELVE_MONTHS: { zh: '近 12 个月', en: 'of twelve months' } }
export const ownerNames: Words = {
  OWNER_OF_DAY: { zh: '当日的客户经理', en: 'the manager of the day' }, OWNER_AT_END: { zh: '期末的客户经理', en: 'the manager at the end' }, ORIGINATOR: { zh: '发放时的客户经理', en: 'the manager when it was paid out' }, DOER: { zh: '办理人', en: 'who did it' },
}
export const conditionNames: Words = {
  OVERDUE: { zh: '逾期', en: 'overdue' }, NON_PERFORMING: { zh: '不良', en: 'non-performing' }, EARLY: { zh: '提前结清', en: 'settled early' }, IN: { zh: '收款', en: 'in' }, OUT: { zh: '付款', en: 'out' }, EFFECTIVE: { zh: '有效联系', en: 'two-way' },
  IN_PERSON: { zh: '面谈', en: 'in person' }, LATE: { zh: '迟录', en: 'recorded late' }, MET: { zh: '已走访', en: 'visited' }, ON_TIME: { zh: '按时完成', en: 'done on time' }, DONE: { zh: '已完成', en: 'done' }, LOST: { zh: '流失', en: 'lost' },
  REPORT: { zh: '调查报告', en: 'reports' }, CHECK: { zh: '贷后检查', en: 'post-loan checks' },
}
export const kindNames: Words = { CORPORATE: { zh: '对公客户', en: 'corporate customers' }, PERSON: { zh: '个人客户', en: 'persons' } }
export const unitNames: Words = { FEN: { zh: '元', en: 'yuan' }, COUNT: { zh: '个', en: 'count' }, PERCENT: { zh: '%', en: '%' }, NUMBER: { zh: '数值', en: 'number' } }
export const factNames: Words = {
  ACCOUNT: { zh: '存款账户', en: 'account' }, LOAN: { zh: '借据', en: 'loan' }, BASE: { zh: '冻结基数', en: 'frozen base' }, END: { zh: '期末', en: 'at the end' }, START: { zh: '期初', en: 'at the beginning' }, TRANSACTION: { zh: '流水', en: 'booking' },
  CARD: { zh: '银行卡', en: 'card' }, CUSTOMER: { zh: '客户', en: 'customer' }, CONTRIBUTION: { zh: '月度贡献', en: 'contribution of a month' }, CONTACT: { zh: '联系记录', en: 'contact' }, NEED: { zh: '需求', en: 'need' }, DUTY: { zh: '职责', en: 'duty' },
  FORM: { zh: '登记', en: 'by form' }, FULL_MARK: { zh: '基础分', en: 'points to begin with' },
}
export const wordOf = (words: Words, code: string): Text => words[code] ?? { zh: code, en: code }

/** A definition as a sentence, made of what it is worked out from: "当月 · 对公客户 · 存款余额 · 日均 · 归当日的客户经理". */
export function sentenceOf(terms: IndicatorTerms, pick: (text: Text) => string, productName: (code: string) => string = (code) => code): string {
  const { filter } = terms
  const say = (words: Words, code: string): string => pick(wordOf(words, code))
  return [
    say(windowNames, terms.window), filter.customerKind === null ? null : say(kindNames, filter.customerKind), filter.tiers.length === 0 ? null : filter.tiers.join('、'), filter.products.length === 0 ? null : filter.products.map(productName).join('、'),
    filter.only === null ? null : say(conditionNames, filter.only), say(sourceNames, terms.source), terms.numerator === null ? say(measureNames, terms.measure) : `${say(conditionNames, terms.numerator)}${pick({ zh: '', en: ' ' })}${say(measureNames, terms.measure)}`,
    pick({ zh: `归${wordOf(ownerNames, terms.owner).zh}`, en: `to ${wordOf(ownerNames, terms.owner).en}` }),
  ].filter((part) => part !== null).join(' · ')
}

/** A value with its unit; null: there is nothing to divide by. */
export function valueText(value: string | null, unit: IndicatorUnit, t: Say<typeof indicatorText>, withUnit = true): string {
  if (value === null) return '--'
  if (unit === 'FEN') return withUnit ? `${amountText(value, 'yuan')} ${t('yuan')}` : amountText(value, 'yuan')
  return unit === 'PERCENT' ? `${decimalText(value, 2)}%` : decimalText(value, 2).replace(/\.00$/, '')
}
