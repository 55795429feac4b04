import { createHash } from 'node:crypto'
import { attachFileRoute } from '../customers/file/attach-file.ts'
import type { Values } from '../customers/file/file-fields.contract.ts'
import type { FileView } from '../customers/file/file.contract.ts'
import { getFileRoute } from '../customers/file/read-file.ts'
import { saveGroupRoute } from '../customers/file/save-group.ts'
import { addRowRoute, endRowRoute } from '../customers/file/save-row.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { UploadedFile } from '../foundation/http/contract.ts'
import type { Services } from '../foundation/http/route.ts'
import { actAs } from './act-as.ts'
import { demoId } from './demo-id.ts'
import { inventedMobile, inventedResidentId } from './identity-numbers.ts'
import { customers, people } from './known-cases.ts'

const day = '2026-11-20'
type RowGiven = { list: string; values: Values; scan?: string; ended?: { on: string; reason: string } }
type FileGiven = { number: string; by: string; groups?: Readonly<Record<string, Values>>; rows?: readonly RowGiven[] }

const invented = (index: number): { idKind: string; idNumber: string; personPhone: string } => ({ idKind: 'RESIDENT_ID', idNumber: inventedResidentId(90_000 + index, index % 2 === 0 ? 'M' : 'F').number, personPhone: inventedMobile(90_000 + index) })

/** Files of different completeness: one nearly whole of a company and of a person, some begun, documents that run out soon or have, consents given and withdrawn, lunar birthdays. */
const files: readonly FileGiven[] = [
  {
    number: customers.sharedCompany, by: people.manager,
    groups: {
      REGISTRATION: { companyKind: 'LEGAL_ENTERPRISE', termFrom: '2008-06-18', termUntil: '2038-06-17', formerNames: ['太原市晋新机械厂'], legacyTaxId: '140105674459012', legacyLicenceNo: '140100200123456' },
      PROFILE: { mainProducts: '矿用减速机、输送机配件；以销定产，检修服务占收入两成', premises: 'BOTH', premisesArea: 8_600, premisesUntil: '2026-12-31' },
      RISK: { creditRating: 'A', creditRatingOn: '2026-03-16', taxClass: 'A', taxClassYear: 2025 },
      BANKING: { mainBank: '中国工商银行', bankingNote: '基本户在工行；我行为结算和代发的第二家' },
      CONTACT_RULES: { contactTimes: '工作日 9:00—11:30', contactNote: '月初结账，前三个工作日不联系财务' },
    },
    rows: [
      { list: 'PEOPLE', values: { office: 'LEGAL_REPRESENTATIVE', personName: '郭建民', ...invented(1), idExpiresOn: '2034-08-20' } },
      { list: 'PEOPLE', values: { office: 'FINANCE_HEAD', personName: '师丽娟', ...invented(2) } },
      { list: 'PEOPLE', values: { office: 'ACCOUNT_CONTACT', personName: '师丽娟', ...invented(2) } },
      { list: 'PEOPLE', values: { office: 'ACCOUNT_CONTACT', personName: '成志伟', ...invented(3) } },
      { list: 'PEOPLE', values: { office: 'AGENT', personName: '成志伟', ...invented(3), authority: '代理办理账户变更、领取回单；不含开立网银', authorityFrom: '2026-01-01', authorityUntil: '2026-12-10' } },
      { list: 'PEOPLE', values: { office: 'SUPERVISOR', personName: '药俊生' }, ended: { on: '2026-06-30', reason: '任期届满，未再选任' } },
      { list: 'CONTACTS', values: { contactName: '郭建民', contactTitle: '董事长', decisionRole: 'DECIDES', attitude: 'NEUTRAL', contactPhone: inventedMobile(90_001), contactRemark: '重视审批时效' } },
      { list: 'CONTACTS', values: { contactName: '师丽娟', contactTitle: '财务总监', department: '财务部', isMain: true, decisionRole: 'INFLUENCES', attitude: 'SUPPORTIVE', contactPhone: inventedMobile(90_002), contactMail: 'shilj@example.com' } },
      { list: 'CONTACTS', values: { contactName: '成志伟', contactTitle: '出纳', department: '财务部', decisionRole: 'EXECUTES', attitude: 'SUPPORTIVE', contactPhone: inventedMobile(90_003) } },
      { list: 'ADDRESSES', values: { site: 'PLANT', district: '山西省晋中市榆次区', address: '工业园区安宁街 18 号', siteOwner: 'OWNED' } },
      { list: 'ADDRESSES', values: { site: 'WAREHOUSE', district: '山西省太原市小店区', address: '物流园 3 号库', siteOwner: 'RENTED', siteNote: '租约年底到期' } },
      { list: 'PARTNERS', values: { side: 'SUPPLIER', partnerName: '河津昌盛特钢有限公司', goods: '合金结构钢', tradeShare: '42.50', paymentTerms: '预付三成，货到付清', sinceYear: 2012 } },
      { list: 'PARTNERS', values: { side: 'BUYER', partnerName: '吕梁北山煤矿机械租赁有限公司', goods: '减速机', tradeShare: '35.00', paymentTerms: '验收后 90 天', sinceYear: 2015 } },
      { list: 'BANKS', values: { bankName: '中国工商银行', service: 'DEPOSIT', productName: '协定存款', elsewhereFen: '860000000', elsewhereRate: '0.0115', knownOn: '2026-10-14' } },
      { list: 'BANKS', values: { bankName: '兴业银行', service: 'LOAN', productName: '流动资金贷款', elsewhereFen: '1500000000', elsewhereRate: '0.0410', priceNote: '抵押加担保，按季付息', knownOn: '2026-10-14', elsewhereMaturesOn: '2027-03-20' } },
      { list: 'REPORTS', values: { reportYear: 2024, reportState: 'PUBLISHED', publishedOn: '2025-05-30' } },
      { list: 'REPORTS', values: { reportYear: 2025, reportState: 'PUBLISHED', publishedOn: '2026-06-12' } },
      { list: 'DOCUMENTS', values: { documentKind: 'LICENCE', documentTitle: '正本', issuedOn: '2018-06-18', originalSeenOn: '2026-03-02' }, scan: '营业执照.pdf' },
      { list: 'DOCUMENTS', values: { documentKind: 'ARTICLES', documentTitle: '2021 年修订', originalSeenOn: '2026-03-02' }, scan: '公司章程.pdf' },
      { list: 'DOCUMENTS', values: { documentKind: 'LEGAL_REPRESENTATIVE_ID', issuedOn: '2014-08-20', expiresOn: '2034-08-20', originalSeenOn: '2026-03-02' } },
      { list: 'DOCUMENTS', values: { documentKind: 'LEASE', documentTitle: '小店区仓库', issuedOn: '2024-01-01', expiresOn: '2026-12-31', remindDays: 60 } },
      { list: 'DOCUMENTS', values: { documentKind: 'AGENT_AUTHORITY', documentTitle: '成志伟', issuedOn: '2026-01-01', expiresOn: '2026-12-10', originalSeenOn: '2026-01-04' } },
      { list: 'CONSENTS', values: { consentFor: 'CREDIT_REPORT', statedPurpose: '流动资金贷款贷前审查', givenOn: '2026-03-02', validUntil: '2026-12-01', proof: 'PAPER' }, scan: '征信授权书.pdf' },
    ],
  },
  {
    number: customers.longName, by: people.corporateManager,
    groups: { REGISTRATION: { companyKind: 'LEGAL_ENTERPRISE', abnormalOn: '2026-08-10', abnormalReason: '通过登记的住所无法联系' } },
    rows: [
      { list: 'PEOPLE', values: { office: 'AGENT', personName: '亓晓东', ...invented(11), authority: '代理办理对账', authorityFrom: '2025-10-01', authorityUntil: '2026-09-30' } },
      { list: 'REPORTS', values: { reportYear: 2025, reportState: 'MISSING' } },
      { list: 'LITIGATION', values: { part: 'DEFENDANT', cause: '买卖合同纠纷', court: '太原市小店区人民法院', caseNo: '（2026）晋0105民初1234号', claimFen: '45000000', filedOn: '2026-07-06' } },
      { list: 'DOCUMENTS', values: { documentKind: 'LICENCE', expiresOn: '2026-10-31' } },
    ],
  },
  {
    number: customers.own, by: people.manager,
    groups: {
      PERSONAL: { birthdayCalendar: 'LUNAR', maritalStatus: 'MARRIED', education: 'BACHELOR', nationality: '中国', taxResidence: 'CHINA_ONLY', taxDeclaredOn: '2026-02-10' },
      FINANCES: { incomeFen: '24000000', incomeSource: '工资和房租', assetsFen: '420000000', debtsFen: '65000000', financesOn: '2026-09-08' },
      RISK: { riskTolerance: 'C3', riskToleranceOn: '2025-12-12' },
      BANKING: { mainBank: '中国建设银行' },
      CONTACT_RULES: { contactTimes: '晚上七点以后' },
    },
    rows: [
      { list: 'ADDRESSES', values: { site: 'HOME', district: '山西省太原市小店区', address: '亲贤街 27 号 5 号楼 1 单元 902' } },
      { list: 'CONTACTS', values: { contactName: '家中长女', contactTitle: '女儿', decisionRole: 'INFLUENCES', attitude: 'SUPPORTIVE', contactPhone: inventedMobile(90_021) } },
      { list: 'BANKS', values: { bankName: '中国建设银行', service: 'WEALTH', productName: '封闭式理财', elsewhereFen: '30000000', elsewhereRate: '0.0260', knownOn: '2026-09-08', elsewhereMaturesOn: '2027-01-15' } },
      { list: 'DOCUMENTS', values: { documentKind: 'ID_COPY', originalSeenOn: '2026-02-10' }, scan: '身份证复印件.pdf' },
      { list: 'DOCUMENTS', values: { documentKind: 'TAX_DECLARATION', issuedOn: '2026-02-10', originalSeenOn: '2026-02-10' } },
      { list: 'DOCUMENTS', values: { documentKind: 'RISK_QUESTIONNAIRE', issuedOn: '2025-12-12', expiresOn: '2026-12-11', originalSeenOn: '2025-12-12' } },
      { list: 'CONSENTS', values: { consentFor: 'DATA_USE', statedPurpose: '开立账户和账户管理', givenOn: '2026-02-10', proof: 'PAPER' } },
      { list: 'CONSENTS', values: { consentFor: 'MARKETING', statedPurpose: '接收存款和理财信息', givenOn: '2026-02-10', proof: 'ELECTRONIC' } },
      { list: 'CONSENTS', values: { consentFor: 'FAMILY_LINKS', statedPurpose: '登记配偶和子女', givenOn: '2026-02-10', proof: 'PAPER' } },
    ],
  },
  {
    number: customers.shared, by: people.manager,
    groups: { PERSONAL: { birthdayCalendar: 'LUNAR' } },
    rows: [{ list: 'CONSENTS', values: { consentFor: 'DATA_USE', statedPurpose: '开立账户和账户管理', givenOn: '2025-05-20', proof: 'COUNTER' } }],
  },
  {
    number: customers.withRestrictedText, by: people.manager,
    groups: { CONTACT_RULES: { noMessages: true, contactNote: '来电要求不再接收营销短信' } },
    rows: [{ list: 'CONSENTS', values: { consentFor: 'MARKETING', statedPurpose: '接收理财信息', givenOn: '2025-11-03', proof: 'ELECTRONIC' }, ended: { on: '2026-11-09', reason: '客户来电撤回，录音留存' } }],
  },
]

/** Each done by the person who would do it, through the product's own endpoints; a second run finds it done. */
export async function makeFiles(services: Services): Promise<void> {
  const ids = new Map((await services.db.asBatch((tx) => tx.all(sql<{ number: string; customer_id: string }>`SELECT number, customer_id FROM customers_customer_facts WHERE number = ANY(${files.map((file) => file.number)}::text[])`))).map((row) => [row.number, row.customer_id]))
  for (const file of files) {
    const customerId = ids.get(file.number)
    if (customerId === undefined) continue
    for (const [group, values] of Object.entries(file.groups ?? {})) await saveGroup(services, { customerId, by: file.by, group, values })
    for (const [place, row] of (file.rows ?? []).entries()) await addRow(services, { customerId, by: file.by, number: file.number, place, row })
  }
  const screened = ids.get(customers.sharedCompany)
  if (screened !== undefined) await saveGroup(services, { customerId: screened, by: people.aml, group: 'SCREENING', values: { amlLevel: 'MEDIUM_LOW', amlLevelOn: '2026-03-20', watchList: 'NONE', watchListOn: '2026-03-20' } })
  const confidential = ids.get(customers.longName)
  if (confidential !== undefined) await saveGroup(services, { customerId: confidential, by: people.teamLead, group: 'CONFIDENTIALITY', values: { confidentiality: 'SENSITIVE', confidentialityReason: '涉诉期间，缩小知悉范围' } })
}

async function saveGroup(services: Services, { customerId, by, group, values }: { customerId: string; by: string; group: string; values: Values }): Promise<void> {
  const file = (await actAs(services, { staffNo: by, day, route: getFileRoute, params: { customerId } })) as FileView
  const now = file.groups.find((one) => one.code === group)
  // what stands there already, masked amounts among it, was saved before a kill
  if (!now || Object.entries(values).every(([name, value]) => now.values[name] === '***' || JSON.stringify(now.values[name]) === JSON.stringify(value))) return
  await actAs(services, { staffNo: by, day, route: saveGroupRoute, params: { customerId }, body: { group, edition: now.edition, values }, key: `demo-file-${customerId}-${group}` })
}

async function addRow(services: Services, { customerId, by, number, place, row }: { customerId: string; by: string; number: string; place: number; row: RowGiven }): Promise<void> {
  const id = demoId(day, 'file', number, place)
  // the core system has said who represents the company: another one would need a second person
  const told = row.list === 'PEOPLE' && row.values['office'] === 'LEGAL_REPRESENTATIVE' ? await services.db.asBatch((tx) => tx.maybe(sql<{ name: string | null }>`SELECT legal_representative AS name FROM corporate WHERE customer_id = ${customerId}`)) : undefined
  const values = told?.name ? { ...row.values, personName: told.name } : row.values
  await actAs(services, { staffNo: by, day, route: addRowRoute, params: { customerId }, body: { list: row.list, id, values } })
  if (row.scan !== undefined) await actAs(services, { staffNo: by, day, route: attachFileRoute, params: { customerId, rowId: id }, body: { id: demoId(day, 'scan', number, place), list: row.list }, file: scanOf(row.scan) })
  if (row.ended) await actAs(services, { staffNo: by, day, route: endRowRoute, params: { customerId, rowId: id }, body: { list: row.list, on: row.ended.on, reason: row.ended.reason }, key: `demo-end-${id}` })
}

/** A page that any reader opens, the same in every run: it says that it stands for a scan. */
export function scanOf(name: string): UploadedFile {
  const content = 'BT /F1 18 Tf 72 760 Td (Demo bank: stands for a scanned paper) Tj ET'
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>', '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>', `<</Length ${content.length}>>stream\n${content}\nendstream`, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>']
  let text = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const at = text.length
    text += `${index + 1} 0 obj${object}endobj\n`
    return at
  })
  text += `xref\n0 6\n0000000000 65535 f \n${places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`
  const bytes = new TextEncoder().encode(text)
  return { name, kind: 'PDF', bytes, hash: createHash('sha256').update(bytes).digest('hex') }
}
