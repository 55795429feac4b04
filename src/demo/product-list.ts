/** Products of the demo bank. The scheme counts loans by these codes: small loans and those of merchants (domain specification 3.1). */
export const productList = [
  { code: 'D101', name: '个人活期存款', name_en: 'Personal demand deposit', line: 'DEPOSIT' },
  { code: 'D102', name: '个人定期存款', name_en: 'Personal time deposit', line: 'DEPOSIT' },
  { code: 'D201', name: '单位活期存款', name_en: 'Corporate demand deposit', line: 'DEPOSIT' },
  { code: 'D202', name: '单位定期存款', name_en: 'Corporate time deposit', line: 'DEPOSIT' },
  { code: 'L101', name: '个人住房贷款', name_en: 'Personal mortgage', line: 'LOAN' },
  { code: 'L102', name: '商户经营贷款', name_en: 'Merchant loan', line: 'LOAN' },
  { code: 'L103', name: '个人消费贷款', name_en: 'Consumer loan', line: 'LOAN' },
  { code: 'L201', name: '流动资金贷款', name_en: 'Working capital loan', line: 'LOAN' },
  { code: 'L202', name: '固定资产贷款', name_en: 'Fixed-asset loan', line: 'LOAN' },
  { code: 'L203', name: '小微企业贷款', name_en: 'Small business loan', line: 'LOAN' },
  { code: 'C101', name: '借记卡', name_en: 'Debit card', line: 'CARD' },
  { code: 'C102', name: '白金借记卡', name_en: 'Platinum debit card', line: 'CARD' },
  { code: 'W101', name: '晋河稳健封闭式理财', name_en: 'Closed wealth product, balanced', line: 'WEALTH' },
  { code: 'E101', name: '手机银行', name_en: 'Mobile banking', line: 'E_BANKING' },
  { code: 'E201', name: '企业网银', name_en: 'Corporate e-banking', line: 'E_BANKING' },
] as const
