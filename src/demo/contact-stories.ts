import { addDays, daysInMonth } from '../foundation/values/business-date.ts'
import { Chance } from './chance.ts'
import type { CoreCustomer } from './core-customer.ts'
import { dayNumber, dayText, workingDayFrom } from './day-numbers.ts'
import { customers, demoBank } from './known-cases.ts'
import { surname } from './person-names.ts'

/** A contact as a manager of the demo bank would tell it. */
export type ContactStory = {
  number: string; staffNo: string; mode: 'VISIT' | 'PHONE' | 'VIDEO' | 'WECHAT' | 'EMAIL' | 'SMS_ONE_WAY' | 'GREETING' | 'NO_ANSWER'; replied: boolean
  purpose: 'ROUTINE' | 'MATURITY' | 'NEEDS' | 'PRODUCT' | 'POST_LOAN' | 'COMPLAINT' | 'GREETING'
  day: string; enteredOn: string; summary: string; contactPerson: string | null; nextAction: string | null; nextOn: string | null
}

/** August to November: the months that are settled, and the present one. */
export const contactMonths = ['2026-08', '2026-09', '2026-10', '2026-11'] as const

export function contactStories(customer: CoreCustomer): ContactStory[] {
  const { plan } = customer
  if (!plan.manager) return []
  const diligence = new Chance('demo', 'diligence', plan.manager.staffNo).between(0.62, 0.9)
  const stories = contactMonths.flatMap((month) => {
    const chance = new Chance('demo', 'contact', plan.number, month)
    const present = month === demoBank.today.slice(0, 7)
    const wanted = { T1: present ? diligence : 0.84 + diligence * 0.15, T2: 0.42, T3: 0.24, T4: 0.07 }[plan.weight]
    if (!(plan.story === 'core' ? plan.number !== customers.notYetContacted || !present : chance.hits(wanted))) {
      // tried, but it does not count
      if (plan.number === customers.notYetContacted && present) return [oneContact(chance, customer, month, 'NO_ANSWER')]
      return chance.hits(0.12) ? [oneContact(chance, customer, month, chance.pick(['SMS_ONE_WAY', 'NO_ANSWER', 'GREETING'] as const))] : []
    }
    const first = oneContact(chance, customer, month, chance.weighted<ContactStory['mode']>([['PHONE', 46], ['VISIT', 30], ['WECHAT', 18], ['VIDEO', 2], ['EMAIL', 2]]))
    return plan.weight === 'T1' && chance.hits(0.25) ? [first, oneContact(chance, customer, month, chance.pick(['PHONE', 'VISIT', 'WECHAT'] as const))] : [first]
  })
  // most promises were kept, by another contact or without one
  return stories.map((story, place) => {
    const open = story.nextOn !== null && story.nextOn < '2026-11-12' && !stories.some((other, later) => later !== place && other.day > story.day)
    return open && !new Chance('demo', 'promise', story.number, place).hits(0.06) ? { ...story, nextAction: null, nextOn: null } : story
  })
}

function oneContact(chance: Chance, customer: CoreCustomer, month: string, mode: ContactStory['mode']): ContactStory {
  const { plan } = customer
  const last = month === demoBank.today.slice(0, 7) ? Number(demoBank.today.slice(8)) : daysInMonth(month)
  const drawn = dayNumber(`${month}-${String(chance.whole(1, last)).padStart(2, '0')}`)
  const working = chance.hits(0.93) ? workingDayFrom(drawn) : drawn
  const day = [dayText(working), dayText(drawn)].find((one) => one.slice(0, 7) === month && one <= demoBank.today) ?? dayText(drawn)
  const delay = chance.weighted<'same' | 'next' | 'late'>([['same', 74], ['next', 19], ['late', 7]])
  const entered = delay === 'same' ? day : delay === 'next' ? dayText(workingDayFrom(dayNumber(day) + 1)) : dayText(workingDayFrom(dayNumber(day) + chance.whole(4, 9)))
  const twoWay = mode !== 'SMS_ONE_WAY' && mode !== 'NO_ANSWER' && mode !== 'GREETING'
  const purpose = twoWay ? purposeOf(chance, customer) : mode === 'GREETING' ? 'GREETING' : 'ROUTINE'
  const nextOn = addDays(day, chance.whole(5, 30))
  const next = twoWay && chance.hits(0.4) ? chance.pick(nextActions[plan.kind]) : null
  const known = plan.assisted && chance.hits(0.2) ? plan.assisted.staffNo : (plan.manager?.staffNo ?? '')
  return {
    number: plan.number, staffNo: known, mode, replied: mode === 'WECHAT' || mode === 'EMAIL', purpose, day, enteredOn: entered > demoBank.today ? demoBank.today : entered,
    summary: summaryOf(chance, customer, mode, purpose), contactPerson: twoWay ? contactPersonOf(chance, customer) : null, nextAction: next, nextOn: next === null ? null : nextOn,
  }
}

function purposeOf(chance: Chance, { accounts, loans }: CoreCustomer): ContactStory['purpose'] {
  return chance.weighted<ContactStory['purpose']>([
    ['ROUTINE', 5], ['NEEDS', 4], ['PRODUCT', 4], ['MATURITY', accounts.length > 1 ? 4 : 0], ['POST_LOAN', loans.length > 0 ? 6 : 0], ['COMPLAINT', 0.3],
  ])
}

function contactPersonOf(chance: Chance, { plan, facts }: CoreCustomer): string {
  if (plan.kind === 'PERSON') return chance.hits(0.9) ? (facts['name'] ?? '本人') : '配偶'
  if (chance.hits(0.3)) return `法定代表人${facts['legal_representative'] ?? ''}`
  return `${chance.pick(['财务负责人', '财务经理', '出纳', '会计', '总经理', '办公室主任'])}${surname(chance)}${chance.pick(['女士', '先生', '经理'])}`
}

const nextActions = {
  CORPORATE: ['发送产品说明书', '约财务负责人面谈', '上门核实经营情况', '提交授信额度调整建议', '协助开通企业网银', '跟进代发工资方案', '补充贷后检查影像', '回复利率询价', '约产品经理共同拜访'],
  PERSON: ['发送产品说明书', '回访定期到期安排', '邀请参加客户沙龙', '回复利率询价', '预约网点办理', '确认理财赎回时间', '协助更新预留信息', '约配偶一同面谈'],
} as const

// {a}: an amount in 万元, {m}: a month, {d}: a term
const texts: Readonly<Record<'CORPORATE' | 'PERSON', Readonly<Record<ContactStory['purpose'], readonly string[]>>>> = {
  CORPORATE: {
    ROUTINE: [
      '走访企业，厂区开工正常，本月订单较上月略增。财务反映回款周期仍在两个月左右，暂无新增融资需求。', '电话了解近期经营，主要客户付款正常，预计月底有{a}万元货款入账，请其优先归集至我行结算户。',
      '企业近期更换了财务经理，已重新登记联系方式，介绍了对账和回单打印的自助渠道。', '了解四季度资金安排，年底集中支付工程款，账户余额会有阶段性下降，明年一月回升。', '与出纳核对本季度对账单，无差异，已取回回执。',
    ],
    NEEDS: [
      '企业计划{m}月新增一条生产线，设备款约{a}万元，自筹六成，其余希望申请固定资产贷款，已说明所需资料。', '下游改用票据结算较多，客户询问贴现价格和额度，约定下周送资料。', '集团拟统一归集子公司资金，对现金管理平台感兴趣，需产品经理共同上门。',
      '企业员工约一百二十人，目前在他行代发，财务表示若手续费相同可考虑转来。', '采购旺季将到，预计需流动资金{a}万元，期限{d}个月，了解担保方式。',
    ],
    PRODUCT: ['介绍单位定期与协定存款的差别，客户愿将闲置的{a}万元转存三个月。', '演示企业网银批量付款，会计当场试用，约定办理授权复核。', '介绍小微企业贷款续贷政策，客户表示到期前一个月再定。', '推荐电子保函，企业投标频繁，要求提供费率表。'],
    MATURITY: ['单位定期将于{m}月到期，财务倾向续存{d}个月，希望利率上浮，已向上询价。', '提醒存款到期安排，企业拟部分支取支付货款，其余续存。'],
    POST_LOAN: ['贷后检查：查看仓库和近三个月纳税记录，存货周转正常，用途与合同一致，影像已留存。', '到期前了解还款来源，应收账款{a}万元预计{m}月收回，资金已有安排。', '上门核实贷款用途，抽查采购合同和发票各三份，一致。', '电费和用工人数与上季度持平，未见异常。提醒按季付息日。'],
    COMPLAINT: ['客户反映对公窗口等候时间长，已致歉并约定预约办理，转网点负责人跟进。'], GREETING: ['节日问候，未涉及业务。'],
  },
  PERSON: {
    ROUTINE: [
      '问候近况，客户身体恢复良好，资金暂无变动，提醒注意防范电信诈骗。', '客户到网点办理业务，顺便了解近况，子女在外地工作，老两口以稳健理财为主。', '沟通近期市场利率变化，客户认可，表示有事再联系。', '了解家庭资金安排，年底前无大额支出。', '客户新换手机号，已提醒到柜面更新预留信息。',
    ],
    NEEDS: ['客户儿子{m}月结婚，准备支取约{a}万元，其余转存。', '有换房打算，咨询房贷利率和提前还款规定，已告知需准备的材料。', '客户经营门店，旺季备货缺口约{a}万元，对商户经营贷款有意向。', '想为父母配置养老产品，风险承受能力为稳健型，约定面谈。', '孩子明年出国读书，询问购汇额度和汇款手续。'],
    PRODUCT: ['介绍三年期定期和大额存单，客户希望比较他行报价后决定。', '说明理财产品净值波动和风险等级，客户选择先存{d}个月。', '介绍白金卡权益，客户同意升级，约网点办理。', '推荐手机银行转存功能，电话中指导完成设置。'],
    MATURITY: ['提醒{a}万元定期到期，客户选择续存{d}个月。', '定期本月到期，客户拟支取一部分装修，其余转存一年。', '到期前一周联系，他行报价略高，经沟通客户同意留存。'],
    POST_LOAN: ['贷后回访：门店经营正常，日均流水与上季度相当，能按时还款。', '提醒还款日账户留足余额，客户表示已设置转账。', '实地查看店面，进货单据齐全，贷款用于备货，与申请一致。'],
    COMPLAINT: ['客户对手机银行升级后登录不便有意见，已协助重置并致歉。'], GREETING: ['生日祝福短信，未涉及业务。'],
  },
}

function summaryOf(chance: Chance, { plan }: CoreCustomer, mode: ContactStory['mode'], purpose: ContactStory['purpose']): string {
  if (mode === 'NO_ANSWER') return chance.pick(['电话无人接听，改日再拨。', '拨打两次均未接通。', '关机，稍后改发微信。'])
  if (mode === 'SMS_ONE_WAY') return chance.pick(['短信提醒产品到期，未收到回复。', '发送网点营业时间调整通知。'])
  if (mode === 'GREETING') return chance.pick(['发送节日问候短信。', '发送生日祝福。', '发送节气问候。'])
  const amount = plan.kind === 'CORPORATE' ? chance.pick([80, 120, 200, 350, 500, 800, 1_200]) : chance.pick([5, 8, 10, 20, 30, 50, 80])
  // what was seen on the spot is told of visits only
  const fitting = texts[plan.kind][purpose].filter((text) => (mode === 'VISIT' ? !/电话|微信/.test(text) : !/走访|上门|实地|查看|当场|到网点/.test(text)))
  return chance.pick(fitting.length > 0 ? fitting : texts[plan.kind][purpose]).replaceAll('{a}', String(amount)).replaceAll('{m}', String(chance.pick([12, 1, 2, 3]))).replaceAll('{d}', String(chance.pick([3, 6, 12])))
}
