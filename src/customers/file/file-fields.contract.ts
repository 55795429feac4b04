import { z } from 'zod'
import { dayText, decimalText, safeText } from '../../foundation/values/api-values.ts'

/** What the customer's file holds (domain specification 2.1 to 2.3, 2.14), declared once: forms, checks, storage, completeness and the data inventory read it here. */

type Words = { zh: string; en: string }
/** `only`: the kind of customer that has it. */
export type Choice = Words & { code: string; only?: 'CORPORATE' | 'PERSON' }
type Common = Words & {
  name: string
  /** The column, and for a field of a group the table, that keep it. */
  column: string
  table?: string
  required?: true
  /** Low risk: may be changed in place. Never identity, ownership or class. */
  inline?: true
  only?: 'CORPORATE' | 'PERSON'
  hint?: Words
  /** Asked only where another field of the part says so. */
  when?: { field: string; is: string }
  /** What is kept when nothing is given. */
  empty?: number
}
export type FileField = Common & (
  | { kind: 'text' | 'area'; max: number }
  | { kind: 'texts'; max: number }
  | { kind: 'choice'; options: readonly Choice[] }
  | { kind: 'day' | 'flag' }
  | { kind: 'count' | 'year'; least: number; most: number }
  /** Whole fen, not negative. `masked`: told as *** until it is revealed with a purpose. */
  | { kind: 'money'; masked?: true }
  /** A percent with two decimals; a rate a year as a fraction with six. */
  | { kind: 'percent' | 'rate' }
  /** Encrypted under the customer's key, shown masked: columns <column>_cipher, and _hash, _masked (phone, mail) or _tail (idNumber). */
  | { kind: 'phone' | 'mail' | 'idNumber' }
  /** In clear for a company, encrypted for a person: columns address, address_cipher. */
  | { kind: 'address'; max: number }
)
export type FileGroup = Words & { code: string; for: 'CORPORATE' | 'PERSON' | 'BOTH'; fields: readonly FileField[] }
export type FileList = Words & {
  code: string
  for: 'CORPORATE' | 'PERSON' | 'BOTH'
  table: string
  fields: readonly FileField[]
  /** How a row is called when it ends: "withdraw", "end". */
  ends: Words
  /** A fact: it is ended, never changed. */
  fixed?: true
  /** A file may be attached. */
  files?: true
}

const c = (code: string, zh: string, en: string): Choice => ({ code, zh, en })
const company = (...choice: Parameters<typeof c>): Choice => ({ ...c(...choice), only: 'CORPORATE' })
const person = (...choice: Parameters<typeof c>): Choice => ({ ...c(...choice), only: 'PERSON' })
const own = (...words: readonly string[]): Choice[] => words.map((word) => c(word, word, word))

/** Kept as the register and the bank write them; English readers get the word. */
export const registrationStatuses: Choice[] = [c('存续', '存续', 'In operation'), c('歇业', '歇业', 'Suspended'), c('吊销', '吊销', 'Licence revoked'), c('注销', '注销', 'Deregistered'), c('撤销', '撤销', 'Annulled'), c('迁出', '迁出', 'Moved away')]
export const sizeClasses: Choice[] = [c('大', '大', 'Large'), c('中', '中', 'Medium'), c('小', '小', 'Small'), c('微', '微', 'Micro')]

export const identityKinds = [
  c('RESIDENT_ID', '居民身份证', 'Resident identity card'), c('HK_MACAO_PERMIT', '港澳居民来往内地通行证', 'Hong Kong or Macao permit'), c('TAIWAN_PERMIT', '台湾居民来往大陆通行证', 'Taiwan permit'),
  c('FOREIGN_PERMANENT', '外国人永久居留身份证', 'Permanent residence card'), c('PASSPORT', '护照', 'Passport'), c('MILITARY', '军官证', 'Military identity'), c('OTHER', '其他', 'Other'),
] as const
const premises = [c('OWNED', '自有', 'Owned'), c('RENTED', '租赁', 'Rented'), c('BOTH', '自有和租赁', 'Owned and rented'), c('FREE', '无偿使用', 'Used free')] as const

export const fileGroups: readonly FileGroup[] = [
  {
    code: 'REGISTRATION', for: 'CORPORATE', zh: '登记信息', en: 'Registration', fields: [
      { name: 'companyKind', table: 'corporate_file', column: 'company_kind', kind: 'choice', zh: '主体类型', en: 'Kind of body', options: [
        c('LEGAL_ENTERPRISE', '企业法人', 'Enterprise, legal person'), c('OTHER_ENTERPRISE', '非法人企业', 'Enterprise without legal personality'), c('SOLE_TRADER', '个体工商户', 'Sole trader'), c('PUBLIC_INSTITUTION', '事业单位', 'Public institution'),
        c('SOCIAL_ORGANISATION', '社会团体', 'Social organisation'), c('GOVERNMENT', '机关', 'Government body'), c('PRIVATE_NON_ENTERPRISE', '民办非企业', 'Private non-enterprise'), c('OTHER', '其他', 'Other'),
      ] },
      { name: 'companyType', table: 'corporate', column: 'company_type', kind: 'text', max: 60, zh: '登记类型', en: 'Registered type', hint: { zh: '与营业执照“类型”一致', en: 'As on the licence' } },
      { name: 'registrationStatus', table: 'corporate', column: 'registration_status', kind: 'choice', required: true, zh: '登记状态', en: 'Registration status', options: registrationStatuses },
      { name: 'establishedOn', table: 'corporate', column: 'established_on', kind: 'day', zh: '成立日期', en: 'Established' },
      { name: 'termFrom', table: 'corporate_file', column: 'term_from', kind: 'day', zh: '营业期限自', en: 'Business term from' },
      { name: 'termUntil', table: 'corporate_file', column: 'term_until', kind: 'day', zh: '营业期限至', en: 'Business term until', hint: { zh: '长期的不填', en: 'Empty when unlimited' } },
      { name: 'formerNames', table: 'customer', column: 'former_names', kind: 'texts', max: 120, zh: '曾用名称', en: 'Former names', hint: { zh: '每行一个', en: 'One a line' } },
      { name: 'legacyOrgCode', table: 'corporate', column: 'legacy_org_code', kind: 'text', max: 20, zh: '原组织机构代码', en: 'Former organisation code' },
      { name: 'legacyTaxId', table: 'corporate_file', column: 'legacy_tax_id', kind: 'text', max: 30, zh: '原税务登记号', en: 'Former tax number' },
      { name: 'legacyLicenceNo', table: 'corporate_file', column: 'legacy_licence_no', kind: 'text', max: 30, zh: '原营业执照号', en: 'Former licence number' },
      { name: 'registeredAddress', table: 'corporate', column: 'registered_address', kind: 'text', max: 200, zh: '注册地址', en: 'Registered address' },
      { name: 'operatingAddress', table: 'corporate', column: 'operating_address', kind: 'text', max: 200, zh: '经营地址', en: 'Operating address' },
      { name: 'businessScope', table: 'corporate', column: 'business_scope', kind: 'area', max: 1000, zh: '经营范围', en: 'Business scope' },
      { name: 'abnormalOn', table: 'corporate_file', column: 'abnormal_on', kind: 'day', zh: '列入经营异常名录', en: 'In the list of abnormal operation since', hint: { zh: '未列入的不填', en: 'Empty when not listed' } },
      { name: 'abnormalReason', table: 'corporate_file', column: 'abnormal_reason', kind: 'text', max: 200, zh: '列入异常的原因', en: 'Why listed' },
      { name: 'violationOn', table: 'corporate_file', column: 'violation_on', kind: 'day', zh: '列入严重违法失信名单', en: 'In the list of serious violations since', hint: { zh: '未列入的不填', en: 'Empty when not listed' } },
      { name: 'violationReason', table: 'corporate_file', column: 'violation_reason', kind: 'text', max: 200, zh: '列入失信的原因', en: 'Why listed there' },
    ],
  },
  {
    code: 'PROFILE', for: 'CORPORATE', zh: '经营概况', en: 'Business profile', fields: [
      { name: 'industryCode', table: 'corporate', column: 'industry_code', kind: 'text', max: 5, zh: '行业代码', en: 'Industry code', hint: { zh: 'GB/T 4754，如 C3360', en: 'GB/T 4754, such as C3360' } },
      { name: 'sizeClass', table: 'corporate', column: 'size_class', kind: 'choice', zh: '企业规模', en: 'Size', options: sizeClasses },
      { name: 'staffCount', table: 'corporate', column: 'staff_count', kind: 'count', least: 0, most: 10_000_000, zh: '员工人数', en: 'Staff' },
      { name: 'mainProducts', table: 'corporate_file', column: 'main_products', kind: 'area', max: 500, zh: '主要产品', en: 'Main products' },
      { name: 'premises', table: 'corporate_file', column: 'premises', kind: 'choice', zh: '经营场所', en: 'Premises', options: premises },
      { name: 'premisesArea', table: 'corporate_file', column: 'premises_area', kind: 'count', least: 1, most: 100_000_000, zh: '场所面积（平方米）', en: 'Area (square metres)' },
      { name: 'premisesUntil', table: 'corporate_file', column: 'premises_until', kind: 'day', zh: '租期至', en: 'Lease until' },
    ],
  },
  {
    code: 'PERSONAL', for: 'PERSON', zh: '个人信息', en: 'Personal particulars', fields: [
      { name: 'sex', table: 'person', column: 'sex', kind: 'choice', zh: '性别', en: 'Sex', options: [c('M', '男', 'Male'), c('F', '女', 'Female')], hint: { zh: '有身份证的以号码为准', en: 'With an identity card: as its number says' } },
      { name: 'birthDate', table: 'person', column: 'birth_date', kind: 'day', zh: '出生日期', en: 'Date of birth', hint: { zh: '有身份证的以号码为准', en: 'With an identity card: as its number says' } },
      { name: 'birthdayCalendar', table: 'person', column: 'birthday_calendar', kind: 'choice', required: true, zh: '生日按', en: 'Birthday by', options: [c('SOLAR', '公历', 'Solar calendar'), c('LUNAR', '农历', 'Lunar calendar')] },
      { name: 'nationality', table: 'person', column: 'nationality', kind: 'text', max: 40, zh: '国籍', en: 'Nationality' },
      { name: 'maritalStatus', table: 'person_file', column: 'marital_status', kind: 'choice', zh: '婚姻状况', en: 'Marital status', options: [c('SINGLE', '未婚', 'Single'), c('MARRIED', '已婚', 'Married'), c('DIVORCED', '离异', 'Divorced'), c('WIDOWED', '丧偶', 'Widowed')] },
      { name: 'education', table: 'person_file', column: 'education', kind: 'choice', zh: '学历', en: 'Education', options: [c('PRIMARY', '初中及以下', 'Primary'), c('SECONDARY', '高中或中专', 'Secondary'), c('COLLEGE', '大专', 'College'), c('BACHELOR', '本科', 'Bachelor'), c('POSTGRADUATE', '研究生', 'Postgraduate')] },
      { name: 'occupation', table: 'person', column: 'occupation', kind: 'text', max: 60, zh: '职业', en: 'Occupation' },
      { name: 'employer', table: 'person', column: 'employer', kind: 'text', max: 100, zh: '工作单位', en: 'Employer' },
      { name: 'jobTitle', table: 'person_file', column: 'job_title', kind: 'text', max: 60, zh: '职务', en: 'Position' },
      { name: 'taxResidence', table: 'person_file', column: 'tax_residence', kind: 'choice', zh: '税收居民身份', en: 'Tax residence', options: [c('CHINA_ONLY', '仅为中国税收居民', 'China only'), c('FOREIGN_ONLY', '仅为非居民', 'Abroad only'), c('BOTH', '中国和其他国家（地区）', 'China and abroad')] },
      { name: 'taxCountries', table: 'person_file', column: 'tax_countries', kind: 'text', max: 200, zh: '其他税收居民国（地区）', en: 'Other countries of tax residence' },
      { name: 'taxDeclaredOn', table: 'person_file', column: 'tax_declared_on', kind: 'day', zh: '声明日期', en: 'Declared on' },
    ],
  },
  {
    code: 'FINANCES', for: 'PERSON', zh: '收入与资产', en: 'Income and assets', fields: [
      { name: 'incomeFen', table: 'person_file', column: 'income_fen', kind: 'money', masked: true, zh: '年收入', en: 'Income of a year' },
      { name: 'incomeSource', table: 'person_file', column: 'income_source', kind: 'text', max: 100, zh: '收入来源', en: 'Source of income' },
      { name: 'assetsFen', table: 'person_file', column: 'assets_fen', kind: 'money', masked: true, zh: '资产总额', en: 'Assets' },
      { name: 'debtsFen', table: 'person_file', column: 'debts_fen', kind: 'money', masked: true, zh: '负债总额', en: 'Debts' },
      { name: 'financesOn', table: 'person_file', column: 'finances_on', kind: 'day', zh: '了解日期', en: 'As told on' },
    ],
  },
  {
    code: 'RISK', for: 'BOTH', zh: '风险与评级', en: 'Risk and rating', fields: [
      { name: 'creditRating', table: 'customer_file', column: 'credit_rating', kind: 'choice', zh: '信用评级', en: 'Credit rating', options: own('AAA', 'AA', 'A', 'BBB', 'BB', 'B', 'CCC', 'CC', 'C', 'D') },
      { name: 'creditRatingOn', table: 'customer_file', column: 'credit_rating_on', kind: 'day', zh: '评级日期', en: 'Rated on' },
      { name: 'riskTolerance', table: 'customer_file', column: 'risk_tolerance', kind: 'choice', zh: '风险承受能力', en: 'Risk tolerance', options: [c('C1', 'C1 保守型', 'C1 conservative'), c('C2', 'C2 稳健型', 'C2 cautious'), c('C3', 'C3 平衡型', 'C3 balanced'), c('C4', 'C4 进取型', 'C4 growth'), c('C5', 'C5 激进型', 'C5 aggressive')] },
      { name: 'riskToleranceOn', table: 'customer_file', column: 'risk_tolerance_on', kind: 'day', zh: '测评日期', en: 'Assessed on', hint: { zh: '一年内有效', en: 'Valid for a year' } },
      { name: 'taxClass', table: 'corporate_file', column: 'tax_class', kind: 'choice', only: 'CORPORATE', zh: '纳税信用等级', en: 'Tax credit class', options: own('A', 'B', 'M', 'C', 'D') },
      { name: 'taxClassYear', table: 'corporate_file', column: 'tax_class_year', kind: 'year', least: 2014, most: 2200, only: 'CORPORATE', zh: '评价年度', en: 'Year of the class' },
    ],
  },
  {
    code: 'SCREENING', for: 'BOTH', zh: '反洗钱与名单', en: 'Anti-money-laundering', fields: [
      { name: 'amlLevel', table: 'customer_file', column: 'aml_level', kind: 'choice', zh: '洗钱风险等级', en: 'Money-laundering risk', options: [c('LOW', '低', 'Low'), c('MEDIUM_LOW', '中低', 'Medium low'), c('MEDIUM', '中', 'Medium'), c('MEDIUM_HIGH', '中高', 'Medium high'), c('HIGH', '高', 'High')] },
      { name: 'amlLevelOn', table: 'customer_file', column: 'aml_level_on', kind: 'day', zh: '评定日期', en: 'Judged on' },
      { name: 'watchList', table: 'customer_file', column: 'watch_list', kind: 'choice', zh: '名单筛查', en: 'Watch-lists', options: [c('NONE', '未命中', 'No hit'), c('CHECKING', '核实中', 'Being checked'), c('HIT', '命中', 'Hit'), c('CLEARED', '已排除', 'Cleared')] },
      { name: 'watchListOn', table: 'customer_file', column: 'watch_list_on', kind: 'day', zh: '筛查日期', en: 'Screened on' },
      { name: 'watchListNote', table: 'customer_file', column: 'watch_list_note', kind: 'area', max: 300, zh: '筛查说明', en: 'What was found' },
    ],
  },
  {
    code: 'BANKING', for: 'BOTH', zh: '他行往来概况', en: 'Banking elsewhere', fields: [
      { name: 'mainBank', table: 'customer_file', column: 'main_bank', kind: 'text', max: 60, zh: '主办银行', en: 'Main bank' },
      { name: 'bankingNote', table: 'customer_file', column: 'banking_note', kind: 'area', max: 300, zh: '说明', en: 'Note' },
    ],
  },
  {
    code: 'CONTACT_RULES', for: 'BOTH', zh: '联系限制', en: 'Do not contact', fields: [
      { name: 'noCalls', table: 'customer_file', column: 'no_calls', kind: 'flag', zh: '不接受电话', en: 'No calls' },
      { name: 'noMessages', table: 'customer_file', column: 'no_messages', kind: 'flag', zh: '不接受短信和微信', en: 'No messages' },
      { name: 'noLetters', table: 'customer_file', column: 'no_letters', kind: 'flag', zh: '不接受信函和邮件', en: 'No letters or mail' },
      { name: 'noVisits', table: 'customer_file', column: 'no_visits', kind: 'flag', zh: '不接受上门', en: 'No visits' },
      { name: 'noAutomated', table: 'customer_file', column: 'no_automated', kind: 'flag', zh: '拒绝自动化决策', en: 'No automated decisions' },
      { name: 'contactTimes', table: 'customer_file', column: 'contact_times', kind: 'text', max: 100, zh: '方便联系的时间', en: 'Good times' },
      { name: 'contactNote', table: 'customer_file', column: 'contact_note', kind: 'area', max: 300, zh: '联系说明', en: 'Note' },
    ],
  },
  {
    code: 'CONFIDENTIALITY', for: 'BOTH', zh: '保密级别', en: 'Confidentiality', fields: [
      { name: 'confidentiality', table: 'customer_file', column: 'confidentiality', kind: 'choice', required: true, zh: '客户保密级别', en: 'Class of confidentiality', options: [c('NORMAL', '一般', 'Normal'), c('SENSITIVE', '敏感', 'Sensitive'), c('STRICT', '严格', 'Strict')], hint: { zh: '敏感：协办和大堂不能查看明文；严格：只有主办能查看明文、下载文件', en: 'Sensitive: assisting managers and the lobby reveal nothing. Strict: only the main manager reveals and downloads' } },
      { name: 'confidentialityReason', table: 'customer_file', column: 'confidentiality_reason', kind: 'text', max: 200, zh: '定级原因', en: 'Why' },
    ],
  },
]

export const fileLists: readonly FileList[] = [
  {
    code: 'PEOPLE', for: 'CORPORATE', table: 'company_person', zh: '企业人员', en: 'People of the company', ends: { zh: '离任', en: 'Left office' }, fields: [
      { name: 'office', column: 'office', kind: 'choice', required: true, zh: '身份', en: 'Office', options: [
        c('LEGAL_REPRESENTATIVE', '法定代表人', 'Legal representative'), c('PERSON_IN_CHARGE', '负责人', 'Person in charge'), c('DIRECTOR', '董事', 'Director'), c('SUPERVISOR', '监事', 'Supervisor'), c('FINANCE_HEAD', '财务负责人', 'Head of finance'),
        c('ACCOUNT_CONTACT', '账户备案联系人', 'Account contact person'), c('AGENT', '授权代理人', 'Authorised agent'),
      ] },
      { name: 'personName', column: 'name', kind: 'text', max: 60, required: true, zh: '姓名', en: 'Name' },
      { name: 'idKind', column: 'id_kind', kind: 'choice', zh: '证件种类', en: 'Kind of document', options: identityKinds },
      { name: 'idNumber', column: 'id', kind: 'idNumber', zh: '证件号码', en: 'Number of the document' },
      { name: 'idExpiresOn', column: 'id_expires_on', kind: 'day', zh: '证件有效期至', en: 'Document valid until', hint: { zh: '长期有效的不填', en: 'Empty when without end' } },
      { name: 'personPhone', column: 'phone', kind: 'phone', zh: '电话', en: 'Phone' },
      { name: 'authority', column: 'authority', kind: 'area', max: 500, when: { field: 'office', is: 'AGENT' }, zh: '授权事项', en: 'Authority' },
      { name: 'authorityFrom', column: 'authority_from', kind: 'day', when: { field: 'office', is: 'AGENT' }, zh: '授权起始日', en: 'Authority from' },
      { name: 'authorityUntil', column: 'authority_until', kind: 'day', when: { field: 'office', is: 'AGENT' }, zh: '授权到期日', en: 'Authority until' },
      { name: 'personNote', column: 'note', kind: 'text', max: 200, inline: true, zh: '备注', en: 'Note' },
    ],
  },
  {
    code: 'CONTACTS', for: 'BOTH', table: 'contact_person', zh: '联系人', en: 'Contact persons', ends: { zh: '不再联系', en: 'No longer a contact' }, fields: [
      { name: 'contactName', column: 'name', kind: 'text', max: 60, required: true, zh: '姓名', en: 'Name' },
      { name: 'contactTitle', column: 'job_title', kind: 'text', max: 60, zh: '职务或关系', en: 'Position or relation' },
      { name: 'department', column: 'department', kind: 'text', max: 60, zh: '部门', en: 'Department' },
      { name: 'isMain', column: 'is_main', kind: 'flag', inline: true, zh: '首要联系人', en: 'Main contact' },
      { name: 'decisionRole', column: 'decision_role', kind: 'choice', inline: true, zh: '决策角色', en: 'Part in the decision', options: [c('DECIDES', '拍板', 'Decides'), c('APPROVES', '审批', 'Approves'), c('INFLUENCES', '影响', 'Influences'), c('USES', '使用', 'Uses'), c('GATEKEEPER', '把关', 'Gatekeeper'), c('EXECUTES', '经办', 'Carries out')] },
      { name: 'attitude', column: 'attitude', kind: 'choice', inline: true, zh: '对我行态度', en: 'Attitude to us', options: [c('SUPPORTIVE', '支持', 'Supportive'), c('NEUTRAL', '中立', 'Neutral'), c('RESERVED', '保留', 'Reserved'), c('OPPOSED', '反对', 'Opposed')] },
      { name: 'contactPhone', column: 'phone', kind: 'phone', zh: '电话', en: 'Phone' },
      { name: 'contactMail', column: 'mail', kind: 'mail', zh: '邮箱', en: 'E-mail' },
      { name: 'contactRemark', column: 'note', kind: 'text', max: 200, inline: true, zh: '备注', en: 'Note' },
    ],
  },
  {
    code: 'ADDRESSES', for: 'BOTH', table: 'customer_address', zh: '地址与场所', en: 'Addresses and sites', ends: { zh: '停用', en: 'No longer used' }, fields: [
      { name: 'site', column: 'site', kind: 'choice', required: true, zh: '种类', en: 'Kind', options: [person('HOME', '住址', 'Home'), person('WORK', '工作地', 'Work'), c('MAILING', '邮寄地址', 'Mailing'), c('OFFICE', '办公', 'Office'), company('PLANT', '厂区', 'Plant'), c('WAREHOUSE', '仓库', 'Warehouse'), c('SHOP', '门店', 'Shop'), company('SITE', '项目地', 'Site'), c('OTHER', '其他', 'Other')] },
      { name: 'district', column: 'district', kind: 'text', max: 60, required: true, zh: '省市区县', en: 'Province, city, district' },
      { name: 'address', column: 'address', kind: 'address', max: 200, zh: '详细地址', en: 'Address' },
      { name: 'siteOwner', column: 'site_owner', kind: 'choice', zh: '权属', en: 'Owned or rented', options: premises },
      { name: 'siteNote', column: 'note', kind: 'text', max: 200, inline: true, zh: '备注', en: 'Note' },
    ],
  },
  {
    code: 'PARTNERS', for: 'CORPORATE', table: 'trade_partner', zh: '上下游', en: 'Suppliers and buyers', ends: { zh: '不再往来', en: 'No longer' }, fields: [
      { name: 'side', column: 'side', kind: 'choice', required: true, zh: '方向', en: 'Side', options: [c('SUPPLIER', '供应商', 'Supplier'), c('BUYER', '采购方', 'Buyer')] },
      { name: 'partnerName', column: 'name', kind: 'text', max: 120, required: true, zh: '名称', en: 'Name' },
      { name: 'goods', column: 'goods', kind: 'text', max: 100, zh: '商品', en: 'Goods' },
      { name: 'tradeShare', column: 'trade_share_pct', kind: 'percent', zh: '占比', en: 'Share' },
      { name: 'paymentTerms', column: 'payment_terms', kind: 'text', max: 100, inline: true, zh: '结算方式', en: 'Payment terms' },
      { name: 'sinceYear', column: 'since_year', kind: 'year', least: 1900, most: 2200, zh: '往来起始年', en: 'Since' },
    ],
  },
  {
    code: 'BANKS', for: 'BOTH', table: 'banking_elsewhere', zh: '他行账户与产品', en: 'Accounts and products elsewhere', ends: { zh: '已结束', en: 'Ended' }, fields: [
      { name: 'bankName', column: 'bank_name', kind: 'text', max: 60, required: true, zh: '银行', en: 'Bank' },
      { name: 'service', column: 'service', kind: 'choice', required: true, zh: '业务', en: 'Service', options: [c('DEPOSIT', '存款', 'Deposit'), c('LOAN', '贷款', 'Loan'), c('WEALTH', '理财', 'Wealth'), c('SETTLEMENT', '结算', 'Settlement'), c('PAYROLL', '代发', 'Payroll'), c('CARD', '银行卡', 'Card'), c('E_BANKING', '电子银行', 'E-banking'), c('OTHER', '其他', 'Other')] },
      { name: 'productName', column: 'product_name', kind: 'text', max: 60, zh: '产品', en: 'Product' },
      { name: 'elsewhereFen', column: 'amount_fen', kind: 'money', zh: '金额', en: 'Amount' },
      { name: 'elsewhereRate', column: 'rate', kind: 'rate', zh: '年利率', en: 'Rate a year', hint: { zh: '小数，如 0.0385', en: 'As a fraction, such as 0.0385' } },
      { name: 'priceNote', column: 'price_note', kind: 'text', max: 200, zh: '价格与条件', en: 'Price and terms' },
      { name: 'knownOn', column: 'known_on', kind: 'day', required: true, zh: '了解日期', en: 'As told on' },
      { name: 'elsewhereMaturesOn', column: 'matures_on', kind: 'day', zh: '到期日', en: 'Matures on' },
    ],
  },
  {
    code: 'REPORTS', for: 'CORPORATE', table: 'annual_report', zh: '企业年报', en: 'Annual reports', ends: { zh: '登记有误', en: 'Entered in error' }, fields: [
      { name: 'reportYear', column: 'report_year', kind: 'year', least: 2013, most: 2200, required: true, zh: '年度', en: 'Year' },
      { name: 'reportState', column: 'report_state', kind: 'choice', required: true, zh: '公示情况', en: 'State', options: [c('PUBLISHED', '已公示', 'Published'), c('LATE', '逾期公示', 'Published late'), c('MISSING', '未公示', 'Not published'), c('HIDDEN', '隐瞒或虚假', 'False or hidden')] },
      { name: 'publishedOn', column: 'published_on', kind: 'day', zh: '公示日期', en: 'Published on' },
    ],
  },
  {
    code: 'LITIGATION', for: 'BOTH', table: 'litigation', zh: '涉诉与执行', en: 'Litigation', ends: { zh: '已了结', en: 'Closed' }, fields: [
      { name: 'part', column: 'part', kind: 'choice', required: true, zh: '地位', en: 'Part', options: [c('PLAINTIFF', '原告', 'Plaintiff'), c('DEFENDANT', '被告', 'Defendant'), c('EXECUTED', '被执行人', 'Under execution'), c('DISHONEST', '失信被执行人', 'Dishonest debtor'), c('THIRD_PARTY', '第三人', 'Third party')] },
      { name: 'cause', column: 'cause', kind: 'text', max: 100, required: true, zh: '案由', en: 'Cause' },
      { name: 'court', column: 'court', kind: 'text', max: 60, zh: '法院', en: 'Court' },
      { name: 'caseNo', column: 'case_no', kind: 'text', max: 60, zh: '案号', en: 'Case number' },
      { name: 'claimFen', column: 'amount_fen', kind: 'money', zh: '标的金额', en: 'Amount' },
      { name: 'filedOn', column: 'filed_on', kind: 'day', zh: '立案日期', en: 'Filed on' },
    ],
  },
  {
    code: 'DOCUMENTS', for: 'BOTH', table: 'customer_document', zh: '资料', en: 'Documents', ends: { zh: '作废', en: 'Void' }, files: true, fields: [
      { name: 'documentKind', column: 'document_kind', kind: 'choice', required: true, zh: '资料种类', en: 'Kind of document', options: [
        company('LICENCE', '营业执照', 'Business licence'), company('ARTICLES', '公司章程', 'Articles'), company('ACCOUNT_PERMIT', '基本存款账户信息', 'Basic account certificate'), company('LEGAL_REPRESENTATIVE_ID', '法定代表人证件', 'Document of the legal representative'),
        c('AGENT_AUTHORITY', '授权委托书', 'Power of attorney'), company('OWNER_STATEMENT', '受益所有人声明', 'Statement of beneficial owners'), c('LEASE', '场所证明或租约', 'Lease or proof of premises'), c('TAX_CERTIFICATE', '纳税证明', 'Tax certificate'),
        c('FINANCIAL_REPORT', '财务报表', 'Financial report'), person('ID_COPY', '身份证件复印件', 'Copy of the identity document'), person('RESIDENCE_PROOF', '居住证明', 'Proof of residence'), person('INCOME_PROOF', '收入证明', 'Proof of income'),
        c('TAX_DECLARATION', '税收居民声明', 'Declaration of tax residence'), c('RISK_QUESTIONNAIRE', '风险测评问卷', 'Risk questionnaire'), c('CREDIT_AUTHORISATION', '征信查询授权书', 'Authorisation of a credit-report query'),
        c('CONSENT_FORM', '个人信息授权书', 'Consent form'), c('OTHER', '其他', 'Other'),
      ] },
      { name: 'documentTitle', column: 'title', kind: 'text', max: 100, zh: '名称或编号', en: 'Title or number' },
      { name: 'issuedOn', column: 'issued_on', kind: 'day', zh: '签发日期', en: 'Issued on' },
      { name: 'expiresOn', column: 'expires_on', kind: 'day', zh: '有效期至', en: 'Valid until', hint: { zh: '长期有效的不填', en: 'Empty when without end' } },
      { name: 'remindDays', column: 'remind_days', kind: 'count', least: 0, most: 365, empty: 30, zh: '提前提醒（天）', en: 'Remind so many days before' },
      { name: 'originalSeenOn', column: 'original_seen_on', kind: 'day', zh: '核对原件日期', en: 'Original seen on' },
      { name: 'documentNote', column: 'note', kind: 'text', max: 200, inline: true, zh: '备注', en: 'Note' },
    ],
  },
  {
    code: 'CONSENTS', for: 'BOTH', table: 'consent', zh: '同意与授权', en: 'Consents', ends: { zh: '撤回', en: 'Withdraw' }, fixed: true, files: true, fields: [
      { name: 'consentFor', column: 'consent_for', kind: 'choice', required: true, zh: '事项', en: 'For', options: [c('CREDIT_REPORT', '征信查询', 'Credit-report query'), c('MARKETING', '营销信息', 'Marketing'), c('DATA_USE', '个人信息处理', 'Use of personal data'), person('FAMILY_LINKS', '家庭关系登记', 'Family links')] },
      { name: 'statedPurpose', column: 'stated_purpose', kind: 'text', max: 200, required: true, zh: '授权用途', en: 'Purpose stated', hint: { zh: '按书面授权的原文，只能用于此用途', en: 'As on the paper; for nothing else' } },
      { name: 'givenOn', column: 'given_on', kind: 'day', required: true, zh: '给予日期', en: 'Given on' },
      { name: 'validUntil', column: 'valid_until', kind: 'day', zh: '有效期至', en: 'Valid until' },
      { name: 'proof', column: 'proof', kind: 'choice', required: true, zh: '凭证', en: 'Proof', options: [c('PAPER', '书面签字', 'Signed paper'), c('ELECTRONIC', '电子签名', 'Electronic signature'), c('RECORDING', '录音录像', 'Recording'), c('COUNTER', '柜面系统', 'Counter system')] },
    ],
  },
]

/** What a field may hold: texts, whole fen and exact decimals as strings, counts as numbers. */
export type FieldValue = string | number | boolean | readonly string[] | null
export type Values = Readonly<Record<string, FieldValue>>

const fen = z.string().regex(/^(0|[1-9]\d{0,15})$/, { error: 'fen' })

/** The choices that this kind of customer has; `kept`, which stands there already, among them. */
export function choicesFor(options: readonly Choice[], kind: 'CORPORATE' | 'PERSON', kept?: FieldValue): Choice[] {
  return options.filter((option) => option.only === undefined || option.only === kind || option.code === kept)
}

/** The field in which a choice stands that this kind of customer does not have. */
export const foreignChoice = (fields: readonly FileField[], values: Values, kind: 'CORPORATE' | 'PERSON'): FileField | undefined =>
  fields.find((field) => field.kind === 'choice' && field.options.some(({ code, only }) => code === values[field.name] && only !== undefined && only !== kind))

/** What may be sent for a field. A secret that is left out stays as it is. */
export function shapeOf(field: FileField): z.ZodType<FieldValue> {
  switch (field.kind) {
    case 'text': case 'address': return safeText(field.max)
    case 'area': return safeText(field.max, { multiline: true })
    case 'texts': return z.array(safeText(field.max)).max(20)
    case 'choice': return z.enum(field.options.map((option) => option.code) as [string, ...string[]])
    case 'day': return dayText
    case 'flag': return z.boolean()
    case 'count': case 'year': return z.number().int().min(field.least).max(field.most)
    case 'money': return fen
    case 'percent': return decimalText(2)
    case 'rate': return decimalText(6)
    case 'phone': return z.string().regex(/^\+?[\d -]{5,25}$/, { error: 'phone' })
    case 'mail': return z.string().max(120).regex(/^[\w.+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/, { error: 'mail' })
    case 'idNumber': return safeText(40)
  }
}

/** Nothing can stand in a field that is not obligatory, but in a flag and in a list of texts. */
const emptied = (field: FileField): z.ZodType<FieldValue> => (field.required || field.kind === 'flag' || field.kind === 'texts' ? shapeOf(field) : shapeOf(field).nullable())

/** The values of a group or a row: `all`, as a new row needs them; otherwise those that change. */
export function valuesShape(fields: readonly FileField[], all: boolean): z.ZodType<Values> {
  return z.strictObject(Object.fromEntries(fields.map((field) => [field.name, all && field.required ? emptied(field) : emptied(field).optional()]))) as unknown as z.ZodType<Values>
}

export const listOf = (code: string): FileList | undefined => fileLists.find((list) => list.code === code)
export const groupOf = (code: string): FileGroup | undefined => fileGroups.find((group) => group.code === code)
export const isSecret = (field: FileField): field is Extract<FileField, { kind: 'phone' | 'mail' | 'idNumber' | 'address' }> => field.kind === 'phone' || field.kind === 'mail' || field.kind === 'idNumber' || field.kind === 'address'
