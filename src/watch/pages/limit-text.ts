import { defineText } from '../../ui/text.ts'

/** Limits of watching: what counts as large, as lost, as lacking. */
export const limitText = defineText({
  title: { zh: '预警标准', en: 'Limits of watching' },
  sub: { zh: '大额变动、流失、到期和存量挖掘按这些标准计算。变更由一人提交、另一人复核，自生效日起计算，以前的日期不改', en: 'Movements, churn, ends and gaps are worked out by these limits. One person proposes a change, another checks it; it holds from its day on, days before stay' },
  rule: { zh: '标准', en: 'Limit' }, CORPORATE: { zh: '企业', en: 'Companies' }, PERSON: { zh: '个人', en: 'Persons' }, BOTH: { zh: '企业和个人', en: 'Companies and persons' }, forWhom: { zh: '客户', en: 'Customers' },
  LARGE_MOVEMENT: { zh: '大额变动', en: 'Large movement' }, BELOW_BASE: { zh: '低于基数', en: 'Below base' }, OUTFLOW: { zh: '短期流出', en: 'Fast fall' }, CHURN: { zh: '流失', en: 'Churn' }, AUM: { zh: '总资产增量', en: 'Asset increment' },
  MATURITY: { zh: '到期未谈', en: 'Ends, not talked about' }, LEAKAGE: { zh: '他行回流', en: 'To own accounts elsewhere' }, GAP: { zh: '产品缺口估值', en: 'Value of a product gap' }, PAYEE_LEAD: { zh: '上下游线索', en: 'Payees and buyers' },
  // what they say
  LARGE_MOVEMENT_told: { zh: '一日转入或转出达到标准：{least}与近 30 天日均的 {share}，取较大者', en: 'In or out on a day from {least} or {share} of the 30-day average, whichever is more' },
  BELOW_BASE_told: { zh: '近 30 天日均低于期初的 {share}', en: 'The 30-day average is below {share} of the start' },
  OUTFLOW_told: { zh: '5 个工作日内下降 {share} 以上', en: 'A fall of {share} or more within 5 working days' },
  CHURN_told: { zh: '期初日均 {least}以上计入基数；末月日均低于期初的 {share} 且低于 {least}为流失', en: 'In the base from {least}; lost when the last month’s average is below {share} of the start and below {least}' },
  MATURITY_told: { zh: '到期前 {days} 天内仍未沟通', en: 'Not talked about {days} {days|day|days} before the end' },
  LEAKAGE_told: { zh: '90 天转往他行同名账户 {least}以上，且占全部转出的 {share} 以上', en: 'From {least} to own accounts elsewhere in 90 days, and from {share} of all that went out' },
  GAP_told: { zh: '同层级持有人达到 {times} 位，用同层级中位数，否则用全行', en: 'Median of the tier from {times} {times|holder|holders} on, else of the bank' },
  PAYEE_LEAD_told: { zh: '90 天内 {times} 笔以上，或合计 {least}以上', en: '{times} {times|payment|payments} or more in 90 days, or {least} in all' },
  INCLUDE: { zh: '市值涨跌计入', en: 'Gains and losses of the market count' }, NET_INFLOW: { zh: '只计净流入，市值涨跌不计', en: 'Net inflow only, the market does not count' }, companiesNone: { zh: '企业基金不计入总资产', en: 'Funds of companies are no part of it' },
  // changing
  propose: { zh: '提交变更', en: 'Propose a change' }, sent: { zh: '已提交，等待另一位同事复核', en: 'Proposed; a colleague checks it' },
  leastFen: { zh: '金额', en: 'Amount' }, share: { zh: '比例', en: 'Share' }, days: { zh: '天数', en: 'Days' }, times: { zh: '次数', en: 'Number' }, marketEffect: { zh: '市值涨跌', en: 'Gains and losses of the market' },
  timesGAP: { zh: '最少持有人', en: 'Least holders' }, timesPAYEE_LEAD: { zh: '最少笔数', en: 'Least payments' },
  from: { zh: '生效日', en: 'Holds from' }, fromHint: { zh: '自该日的数据起', en: 'From the data of this day on' }, quarterHint: { zh: '季度首日；本季和以前的统计不变，年度统计自下一年初起', en: 'The first day of a quarter; this quarter and those before stay, the year’s figures follow from the next January' },
  reason: { zh: '变更依据', en: 'Why' }, reasonHint: { zh: '例如文件名称和文号', en: 'For example the order and its number' }, required: { zh: '请填写', en: 'Fill this in' }, wrong: { zh: '请填写大于零的数字', en: 'A number above zero' }, nowIs: { zh: '现行：{x}', en: 'Now {x}' },
  since: { zh: '{day} 起', en: 'from {day}' }, others: { zh: '待生效和以前的标准', en: 'To come and before' }, told: { zh: '内容', en: 'What it says' }, held: { zh: '生效期间', en: 'Held' }, basis: { zh: '依据', en: 'Basis' }, installed: { zh: '产品默认', en: 'Came with the product' },
  fromTo: { zh: '{from} 至 {to}', en: '{from} to {to}' }, until: { zh: '至 {to}', en: 'until {to}' }, version: { zh: '第 {n} 版', en: 'Version {n}' },
})
