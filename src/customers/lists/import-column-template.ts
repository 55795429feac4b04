import type { ImportColumn } from './import-row.rules.ts'

const sizes = ['大', '中', '小', '微']
const yes = ['是', '否']

/** Every column of the workbook in which customers are brought in, in its order. Heads marked with * are needed for a new customer. */
export const importColumns: readonly ImportColumn[] = [
  { code: 'number', head: '客户号', width: 14, zh: '更新已有客户时填写；新客户留空', en: 'Only to update a customer that is here; empty for a new one' },
  { code: 'kind', head: '客户类别*', width: 10, words: ['企业', '个人'], zh: '企业或个人', en: '企业 (company) or 个人 (person)' },
  { code: 'name', head: '客户名称*', width: 32, zh: '与证件一致，含少见字。已有客户改名须复核，请填“变更依据”', en: 'As in the papers. Another name of a known customer waits for a second person; fill in 变更依据' },
  { code: 'identityKind', head: '证件种类*', width: 18, words: ['统一社会信用代码', '组织机构代码', '居民身份证', '港澳居民通行证', '台湾居民通行证', '外国人永久居留证', '护照', '军官证', '其他'], zh: '从列表中选择', en: 'Choose from the list' },
  { code: 'identityNumber', head: '证件号码*', width: 24, text: true, zh: '请把此列设为文本格式，否则 Excel 会丢失 15 位以后的数字', en: 'Set this column to text: Excel keeps no more than 15 digits of a number' },
  { code: 'identityExpires', head: '证件有效期至', width: 14, zh: '日期，如 2030-12-31', en: 'A day such as 2030-12-31' },
  { code: 'phone', head: '电话', width: 16, text: true, zh: '手机或座机；更新时作为新增电话', en: 'Mobile or landline; of a known customer it is added' },
  { code: 'source', head: '客户来源', width: 14, zh: '最多 60 个字', en: 'At most 60 characters' },
  { code: 'legalRepresentative', head: '法定代表人', width: 12, of: 'CORPORATE', zh: '企业', en: 'Companies' },
  { code: 'registeredAddress', head: '注册地址', width: 30, of: 'CORPORATE', zh: '企业，最多 200 个字', en: 'Companies, at most 200 characters' },
  { code: 'operatingAddress', head: '经营地址', width: 30, of: 'CORPORATE', zh: '企业，最多 200 个字', en: 'Companies, at most 200 characters' },
  { code: 'businessScope', head: '经营范围', width: 30, of: 'CORPORATE', zh: '企业，最多 1,000 个字', en: 'Companies, at most 1,000 characters' },
  { code: 'industryCode', head: '行业代码', width: 10, text: true, of: 'CORPORATE', zh: '企业，如 C3110', en: 'Companies, such as C3110' },
  { code: 'sizeClass', head: '企业规模', width: 10, words: sizes, of: 'CORPORATE', zh: '大、中、小、微', en: '大 large, 中 medium, 小 small, 微 micro' },
  { code: 'establishedOn', head: '成立日期', width: 14, of: 'CORPORATE', zh: '日期，如 2010-05-01', en: 'A day such as 2010-05-01' },
  { code: 'registeredCapital', head: '注册资本（元）', width: 18, of: 'CORPORATE', zh: '元，最多两位小数', en: 'Yuan, at most two decimals' },
  { code: 'staffCount', head: '员工人数', width: 10, of: 'CORPORATE', zh: '整数', en: 'A whole number' },
  { code: 'occupation', head: '职业', width: 12, of: 'PERSON', zh: '个人', en: 'Persons' },
  { code: 'employer', head: '工作单位', width: 24, of: 'PERSON', zh: '个人', en: 'Persons' },
  { code: 'nationality', head: '国籍', width: 10, of: 'PERSON', zh: '个人', en: 'Persons' },
  { code: 'birthdayCalendar', head: '生日历法', width: 10, words: ['公历', '农历'], of: 'PERSON', zh: '公历或农历', en: '公历 solar or 农历 lunar' },
  { code: 'proof', head: '变更依据', width: 24, zh: '已有客户的名称、证件号码、法定代表人与系统不一致时必填：证明文件的名称和文号；变更经另一人复核后生效', en: 'Needed when the name, a number or the legal representative of a known customer differs: the paper that proves it; a second person confirms the change' },
  { code: 'sameNameSeen', head: '已核对同名', width: 12, words: yes, zh: '全行已有同名客户、确为另一客户时填“是”', en: '是 when the bank has a customer of this name and this is another one' },
]
