import type { SegmentField } from './segment.rules.ts'

const group = {
  customer: { zh: '客户', en: 'Customer' }, balance: { zh: '余额', en: 'Balances' }, company: { zh: '企业', en: 'Company' }, person: { zh: '个人', en: 'Person' },
  holdings: { zh: '持有', en: 'Holdings' }, contact: { zh: '联系', en: 'Contacts' }, papers: { zh: '标签与证件', en: 'Tags and papers' },
} as const
const option = (value: string, zh: string, en: string) => ({ value, label: { zh, en } })
const f = (code: string, where: keyof typeof group, zh: string, en: string, type: SegmentField['type'], more: Partial<SegmentField> = {}): SegmentField => ({ code, group: group[where], label: { zh, en }, type, ...more })

/** Every field that a condition of a segment may ask for: the whitelist. What each reads stands in build-segment.ts; a field that is not here is refused. */
export const segmentFields: readonly SegmentField[] = [
  f('kind', 'customer', '客户类别', 'Kind', 'choice', { options: [option('CORPORATE', '企业', 'Company'), option('PERSON', '个人', 'Person')] }),
  f('tier', 'customer', '客户层级', 'Tier', 'choice', { options: [option('T1', '核心优质', 'Core'), option('T2', '重点', 'Key'), option('T3', '普通优质', 'Good'), option('T4', '基础', 'Basic'), option('P', '潜在', 'Prospect')] }),
  f('status', 'customer', '状态', 'Status', 'choice', { options: [option('ACTIVE', '正常', 'Active'), option('PROSPECT', '潜在', 'Prospect'), option('CLOSED', '已销户', 'Closed')] }),
  f('outlet', 'customer', '网点', 'Outlet', 'choice', { values: 'key' }),
  f('manager', 'customer', '主办客户经理', 'Main manager', 'choice', { values: 'key' }),
  f('assisted', 'customer', '有协办', 'Has an assisting manager', 'flag'),
  f('name', 'customer', '名称', 'Name', 'text'),
  f('source', 'customer', '客户来源', 'Source', 'text'),
  f('openedOn', 'customer', '建立关系日', 'Relation since', 'day'),
  f('tierSince', 'customer', '进入本层级日', 'In this tier since', 'day'),
  f('deposit', 'balance', '存款余额', 'Deposits', 'amount'),
  f('monthAdb', 'balance', '本月日均', 'Month average', 'amount'),
  f('lastMonthAdb', 'balance', '上月日均', 'Last month’s average', 'amount'),
  f('adbChange', 'balance', '日均较上月增减', 'Change of the average against last month', 'amount'),
  f('loan', 'balance', '贷款余额', 'Loans', 'amount'),
  f('size', 'company', '企业规模', 'Size', 'choice', { options: [option('大', '大型', 'Large'), option('中', '中型', 'Medium'), option('小', '小型', 'Small'), option('微', '微型', 'Micro')] }),
  f('registration', 'company', '登记状态', 'Registration', 'choice', { options: [option('存续', '存续', 'Registered'), option('歇业', '歇业', 'Suspended'), option('吊销', '吊销', 'Licence revoked'), option('注销', '注销', 'Deregistered'), option('撤销', '撤销', 'Annulled'), option('迁出', '迁出', 'Moved away')] }),
  f('industry', 'company', '行业代码', 'Industry code', 'text'),
  f('capital', 'company', '注册资本', 'Registered capital', 'amount'),
  f('staffCount', 'company', '员工人数', 'Employees', 'number'),
  f('establishedOn', 'company', '成立日期', 'Established', 'day'),
  f('sex', 'person', '性别', 'Sex', 'choice', { options: [option('M', '男', 'Male'), option('F', '女', 'Female')] }),
  f('age', 'person', '年龄', 'Age', 'number'),
  f('birthday', 'person', '公历生日', 'Solar birthday', 'anniversary'),
  f('occupation', 'person', '职业', 'Occupation', 'text'),
  f('employer', 'person', '工作单位', 'Employer', 'text'),
  f('productLine', 'holdings', '持有产品线', 'Holds a product line', 'choice', { options: [option('DEPOSIT', '存款', 'Deposit'), option('LOAN', '贷款', 'Loan'), option('WEALTH', '理财', 'Wealth'), option('CARD', '银行卡', 'Card'), option('SETTLEMENT', '结算', 'Settlement'), option('E_BANKING', '电子银行', 'E-banking')] }),
  f('product', 'holdings', '持有产品', 'Holds a product', 'choice', { values: 'word' }),
  f('depositMatures', 'holdings', '存款到期日', 'A deposit matures', 'day'),
  f('loanMatures', 'holdings', '贷款到期日', 'A loan matures', 'day'),
  f('overdue', 'holdings', '有逾期贷款', 'Has an overdue loan', 'flag'),
  f('bigOut', 'holdings', '近 30 天单笔转出', 'Single payment out in 30 days', 'amount'),
  f('lastContact', 'contact', '最近有效联系', 'Last effective contact', 'day'),
  f('lastMeeting', 'contact', '最近见面', 'Last meeting', 'day'),
  f('plannedContact', 'contact', '计划联系日', 'Planned contact', 'day'),
  f('promise', 'contact', '约定的下一步', 'Next step promised', 'day'),
  f('tag', 'papers', '标签', 'Tag', 'choice', { values: 'id' }),
  f('identityExpires', 'papers', '证件到期日', 'Identity document expires', 'day'),
]
