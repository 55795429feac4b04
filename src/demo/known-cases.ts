/** What tests, screenshots and the walkthroughs may rely on: who is who in the demo bank. Staff numbers and customer numbers never change. */

export const demoBank = { code: 'demo', nameZh: '晋河银行', nameEn: 'Jinhe Bank', today: '2026-11-23', lastBookedDay: '2026-11-23', historyFrom: '2024-11-23' } as const

/** One password for everybody in the demo bank; there is none outside of it. */
export const demoPassword = 'demo-bank-2026'

/** Months that were settled and closed by two people. */
export const settledMonths = ['2026-08', '2026-09', '2026-10'] as const

/** Staff numbers. */
export const people = {
  /** 李晓雯, manager at 城南支行营业部: the manager of the story. */
  manager: '100101',
  /** 张子涵, in the same team. */
  colleague: '100102',
  /** 曾丽, at another outlet of the same sub-branch; she assists 李晓雯 with two customers. */
  assistant: '100103',
  /** 解志强, of the 客户经理部 in another branch. */
  otherBranchManager: '100104',
  /** 单文博, corporate manager in the team of 李晓雯. */
  corporateManager: '100105',
  /** 仇雪梅, had a read grant that expired. */
  formerlyGranted: '100106',
  teamLead: '100110',
  outletHead: '100120',
  /** Head of an outlet whose managers belong to a 客户经理部. */
  outletHeadOfPlace: '100121',
  subBranchHead: '100130',
  branchHead: '100131',
  bankLeader: '100140',
  lobby: '100150',
  reviewer: '100160',
  disbursement: '100161',
  postLoan: '100162',
  audit: '100170',
  compliance: '100171',
  aml: '100172',
  hr: '100180',
  performance: '100181',
  /** The second person who confirms and closes. */
  performanceChecker: '100182',
  product: '100183',
  dataSteward: '100184',
  admin: '100190',
  /** 于虹海: deposits fell, points are below zero, nothing is paid in the settled months and the rest is carried on (only in the full demo bank). */
  withoutPay: '200018',
  /** Left on 2026-07-01: cannot sign in. */
  left: '100198',
  /** Went from 榆次 to 城南 on 2026-03-01. */
  transferred: '100199',
} as const

/** Customer numbers. */
export const customers = {
  /** 李晓雯 alone; contacted this month. */
  own: '1000000001',
  /** 李晓雯 60 %, 曾丽 40 %. */
  shared: '1000000002',
  /** 李晓雯, core customer, not yet contacted this month. */
  notYetContacted: '1000000003',
  /** 李晓雯; one contact of October has a RESTRICTED text. */
  withRestrictedText: '1000000004',
  /** 李晓雯; a SECRET note of the anti-money-laundering desk names this customer. */
  withSecretNote: '1000000005',
  /** 张子涵: a colleague's. */
  colleagues: '1000000006',
  /** 解志强: another branch's; 李晓雯 has a read grant until the end of the year. */
  granted: '1000000007',
  /** 解志强; the grant of 仇雪梅 expired on 2026-10-31. */
  expiredGrant: '1000000008',
  /** 解志强; nobody of 城南 ever saw it. */
  otherBranch: '1000000009',
  /** Nobody's: 公共池. */
  pool: '1000000010',
  /** A company of 单文博 with a rare character and a very long name. */
  longName: '2000000011',
  /** A company of 李晓雯, shared half and half with 单文博. */
  sharedCompany: '2000000012',
  /** 李晓雯; a loan paid out on 18 August was overdue at the end of September and paid on 12 October: withheld, then returned. */
  withheldAndReturned: '1000000013',
  /** 李晓雯; a loan paid out on 18 August is overdue since 18 October: withheld. */
  withheld: '1000000014',
  /** 李晓雯; a loan of August was settled on 16 September, long before maturity: a deduction. */
  settledEarly: '1000000015',
} as const

/** The log-ins that the first start prints: one for each role. */
export const logIns = [
  [people.manager, '客户经理 李晓雯', 'Relationship manager'], [people.corporateManager, '对公客户经理 单文博', 'Corporate manager'], [people.teamLead, '团队长 陈国栋', 'Team lead'], [people.outletHead, '网点负责人 王丽萍', 'Outlet head'],
  [people.subBranchHead, '支行行长 赵永强', 'Head of sub-branch'], [people.branchHead, '分行行长 令狐文清', 'Head of branch'], [people.lobby, '大堂经理 孙婷', 'Lobby manager'], [people.reviewer, '授信审查 周文博', 'Credit reviewer'],
  [people.compliance, '合规 尉迟敏', 'Compliance'], [people.hr, '人力资源 马会玲', 'Human resources'], [people.performance, '绩效管理 薛宏伟', 'Performance officer'], [people.admin, '系统管理 高翔', 'Administrator'],
  [people.disbursement, '放款审核 武晓东', 'Disbursement checker'], [people.postLoan, '贷后管理 温静', 'Post-loan manager'], [people.audit, '稽核 任海平', 'Auditor'], [people.aml, '反洗钱 段卫红', 'Anti-money-laundering desk'],
  [people.product, '产品经理 程雨佳', 'Product manager'], [people.dataSteward, '数据管理 侯志刚', 'Data steward'],
] as const
