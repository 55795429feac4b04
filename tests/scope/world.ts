import { rejectPurpose } from '../../src/deliveries/record-delivery.ts'
import { moveBusinessDate } from '../../src/deliveries/add-bank.ts'
import { inventedUscc } from '../../src/demo/identity-numbers.ts'
import { settleMonth } from '../../src/flows/settle-month.ts'
import type { Entrant } from '../../src/foundation/database/database.ts'
import { sql } from '../../src/foundation/database/transaction.ts'
import { add, quiet } from '../../src/foundation/store/store.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { addInstitution } from '../../src/organisation/add-institution.ts'
import { hirePerson } from '../../src/organisation/hire-person.ts'
import { holdPost } from '../../src/organisation/hold-post.ts'
import { startTestApp, type TestApp } from '../support/test-app.ts'

export const posts = [
  'RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'OUTLET_HEAD_PLACE', 'BRANCH_HEAD', 'BANK_LEADER', 'LOBBY', 'CUSTOMER_ASSISTANT', 'REVIEWER', 'DISBURSEMENT', 'POST_LOAN', 'AUDIT', 'COMPLIANCE', 'AML',
  'HR', 'PERFORMANCE', 'PRODUCT', 'DATA_STEWARD', 'ADMIN',
] as const
export type Post = (typeof posts)[number]
export type Relation = 'MAIN' | 'ASSIST' | 'SUBSTITUTE' | 'ABSENT' | 'UNIT' | 'ALL' | 'GRANT'

/** A person who asks, and how he stands to the one customer of the test. `relation` null: for him the customer is not there. */
export type Subject = {
  /** "RM, colleague of the same outlet". */
  name: string
  post: Post | null
  relation: Relation | null
  /** 'gone': left the bank; his session was alive. 'nobody': no session at all. */
  state: 'here' | 'gone' | 'nobody'
  staffKey: number
  postKey: number
  staffNo: string
  token: string | null
  /** Named as a reader of the SECRET note, of the RESTRICTED text. */
  named: 'SECRET' | 'RESTRICTED' | null
  /** The unit in which his line lies. */
  lineOf: string | null
}

type Target = { customerId: string; number: string; name: string }

/** A small bank: two branches (managers in the outlet; managers in a department), every post, one customer with every way of standing to it. */
export type World = {
  app: TestApp
  subjects: Subject[]
  by: (name: string) => Subject
  units: Record<'head' | 'south' | 'southSub' | 'southOutlet' | 'southSecond' | 'north' | 'northDepartment' | 'northOutlet', { key: number; scopePath: string }>
  /** The customer of the test. */
  target: Target
  /** A customer of the other branch. */
  foreign: Target
  /** An id of nothing. */
  nothing: string
  contactId: string
  voidedContactId: string
  restrictedTextId: string
  secretNoteId: string
  withdrawnGrantId: string
  /** A group of the customer of the test and the one of the other branch, the proposal that it was, one of its members, a relation that has ended. */
  groupId: string
  proposalId: string
  memberId: string
  endedRelationId: string
  deliveryId: string
  factId: string
  /** A line of the main manager's statement. */
  payPlace: number
  jobId: string
  /** A hand-over of the main manager that is being listed, and one that was withdrawn. */
  handOverId: string
  endedHandOverId: string
  /** The substitution of today, and one that was called off. */
  substitutionId: string
  endedSubstitutionId: string
  accountId: string
  phoneId: string
  closedAlertId: string
  maturityId: string
  decidedLeadId: string
  /** Shared by the main manager with his outlet. */
  savedViewId: string
  segmentId: string
  /** Given by the lead of the outlet to the main manager, about the customer. */
  taskId: string
  /** Of the outlet, prepared by its lead. */
  meetingId: string
  /** Asked by the main manager of the head office, about the customer. */
  caseId: string
  /** Collected by the performance officer, asked of the main manager; his answer. */
  formId: string
  formAnswerId: string
  /** Of the main manager, with the customer. */
  appointmentId: string
  identityId: string
  /** Of the customer's file: a document with a scan, a person of the company, one who left office. */
  documentRowId: string
  personRowId: string
  /** Asked by the main manager, and waits. */
  identityChangeId: string
  endedRowId: string
  /** A person on whom the office may try things. */
  spare: { staffKey: number; postKey: number; staffNo: string }
  freshToken(subject: Subject): Promise<string | null>
  close(): Promise<void>
}

export const begin = '2020-01-01'
/** The bank begins on the first, and is asked on the second. */
const yesterday = '2026-11-20'
export const today = '2026-11-23'
export const settledMonth = '2026-10'
/** Words that stand in the bank once: an answer that holds one tells of it. */
export const marks = { summary: '探针走访记录甲', restricted: '探针限制内容乙', secret: '探针机密内容丙', account: '6222020405060708091', memo: '探针货款丁', rejected: '13900139000', phone: '13800138001', personId: '140105199003072317', personPhone: '13700137001', contactPhone: '13600136001', mail: 'tanzhen.wu@example.com' } as const
// posts to which the product gives grants
const readsByGrant = ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'LOBBY', 'OUTLET_HEAD_PLACE', 'REVIEWER', 'DISBURSEMENT', 'POST_LOAN', 'AUDIT', 'COMPLIANCE', 'PRODUCT'] as const

export async function buildWorld(): Promise<World> {
  const app = await startTestApp({ today: yesterday })
  const { db } = app.services
  const head = app.headOffice
  const units = await db.asOffice(async (tx) => {
    const unit = (code: string, kind: Parameters<typeof addInstitution>[1]['kind'], name: string, parentKey: number, managersIn?: 'RM_DEPARTMENT') =>
      addInstitution(tx, { code, kind, name, nameEn: code, parentKey, from: begin, ...(managersIn ? { managersIn } : {}) })
    const south = await unit('S', 'BRANCH', '城南分行', head.key)
    const southSub = await unit('S1', 'SUB_BRANCH', '城南支行', south.key)
    const southOutlet = await unit('S11', 'OUTLET', '南门网点', southSub.key)
    const southSecond = await unit('S12', 'OUTLET', '南街网点', southSub.key)
    const north = await unit('N', 'BRANCH', '城北分行', head.key, 'RM_DEPARTMENT')
    const northDepartment = await unit('N1', 'RM_DEPARTMENT', '城北客户经理部', north.key)
    const northOutlet = await unit('N2', 'OUTLET', '北门网点', north.key)
    return { head, south, southSub, southOutlet, southSecond, north, northDepartment, northOutlet }
  })

  const subjects: Subject[] = []
  const person = async (name: string, post: Post, line: { key: number }, relation: Relation | null, place = line): Promise<Subject> => {
    const staffNo = `P${String(subjects.length + 1).padStart(3, '0')}`
    const [staffKey, postKey] = await db.asOffice(async (tx) => {
      const key = await hirePerson(tx, { staffNo, name: `员工${subjects.length + 1}`, from: begin })
      return [key, await holdPost(tx, { staffKey: key, postCode: post, lineKey: line.key, placeKey: place.key, from: begin })]
    })
    const subject: Subject = { name: `${post}, ${name}`, post, relation, state: 'here', staffKey, postKey, staffNo, token: await app.session(staffKey, postKey), named: null, lineOf: Object.entries(units).find(([, unit]) => unit.key === line.key)?.[0] ?? null }
    subjects.push(subject)
    return subject
  }
  const { southOutlet: here, southSecond, south, north, northDepartment, northOutlet } = units

  // managers: every way of standing to the customer
  const main = await person('main', 'RM', here, 'MAIN')
  const assisting = await person('assisting', 'RM', here, 'ASSIST')
  const absent = await person('assisting, absent', 'RM', here, 'ABSENT')
  const standIn = await person('stands in for the absent', 'RM', here, 'SUBSTITUTE')
  const colleague = await person('colleague of the same outlet', 'RM', here, null)
  const otherBranch = await person('other branch', 'RM', northDepartment, null, northOutlet)
  const left = await person('had the customer until the hand-over', 'RM', southSecond, null)
  const granted: Subject[] = [await person('granted', 'RM', northDepartment, 'GRANT', northOutlet)]
  const expired: Subject[] = [await person('grant expired', 'RM', northDepartment, null, northOutlet)]
  const later: Subject[] = [await person('grant of tomorrow', 'RM', northDepartment, null, northOutlet)]
  const withdrawn: Subject[] = [await person('grant withdrawn', 'RM', northDepartment, null, northOutlet)]
  const leaver = await person('main of another customer, left the bank', 'RM', here, null)
  // heads and lobby: in the unit, in another one, granted there, expired there
  for (const [post, inside, outside] of [['TEAM_LEAD', here, southSecond], ['OUTLET_HEAD', here, southSecond], ['BRANCH_HEAD', south, north], ['LOBBY', here, northOutlet]] as const) {
    await person('of the unit', post, inside, 'UNIT')
    await person('of another unit', post, outside, null)
    granted.push(await person('of another unit, granted', post, outside, 'GRANT'))
    expired.push(await person('of another unit, grant expired', post, outside, null))
  }
  await person('whole bank', 'BANK_LEADER', head, 'ALL')
  const aml = await person('whole bank', 'AML', head, 'ALL')
  // who sees nobody by the post
  for (const post of ['OUTLET_HEAD_PLACE', 'CUSTOMER_ASSISTANT', 'REVIEWER', 'DISBURSEMENT', 'POST_LOAN', 'AUDIT', 'COMPLIANCE', 'HR', 'PERFORMANCE', 'PRODUCT', 'DATA_STEWARD', 'ADMIN'] as const) {
    const line = post === 'OUTLET_HEAD_PLACE' ? northOutlet : post === 'CUSTOMER_ASSISTANT' ? here : head
    await person('no relation', post, line, null)
    granted.push(await person('granted', post, line, 'GRANT'))
    expired.push(await person('grant expired', post, line, null))
  }
  const secretReader = await person('named in the case, no relation', 'BRANCH_HEAD', north, null)
  const restrictedReader = await person('named reader, no relation', 'RM', southSecond, null)
  const spare = await person('on whom the office tries things', 'RM', here, null)
  subjects.pop()
  subjects.push({ name: 'nobody signed in', post: null, relation: null, state: 'nobody', staffKey: 0, postKey: 0, staffNo: '', token: null, named: null, lineOf: null })

  // through the product's own doors
  const made = async (subject: Subject, path: string, body: object, method = 'POST'): Promise<Record<string, string>> => {
    const answer = await app.ask(subject.token, path, { method, body })
    if (answer.status !== 200) throw new Error(`the small bank could not be made: ${subject.name} ${method} ${path} ${answer.status} ${answer.text}`)
    return answer.json as Record<string, string>
  }
  let index = 0
  const customer = async (name: string, maker: Subject, phone: string): Promise<Target> => {
    const { customerId = '', number = '' } = await made(maker, '/api/customers', {
      id: newId(), kind: 'CORPORATE', name, identity: { kind: 'USCC', number: inventedUscc((index += 1), '91', '140100') }, phone, corporate: { legalRepresentative: '钱法人' },
    })
    return { customerId, number, name }
  }
  const branchHead = subjects.find((one) => one.name === 'BRANCH_HEAD, of the unit')
  const lead = subjects.find((one) => one.name === 'TEAM_LEAD, of the unit')
  if (!lead || !branchHead) throw new Error('no head')
  const target = await customer('探针精密制造有限公司', left, marks.phone)
  const foreign = await customer('隔壁煤业有限公司', otherBranch, '13800138002')
  await customer('离职者纺织有限公司', leaver, '13800138003')
  const at = `/api/customers/${target.customerId}`
  const grants: string[] = []
  const grant = async (giver: Subject, holder: Subject, from: string, until: string): Promise<string> => {
    const id = newId()
    grants.push(id)
    if ((readsByGrant as readonly string[]).includes(holder.post ?? '')) await made(giver, `${at}/grants`, { id, staffKey: holder.staffKey, reason: '协同尽调', until })
    // past the product's own refusal: even a grant in the table opens nothing to a post that may not read customers
    else await db.asBatch((tx) => add(tx, 'read_grant', { customer_id: target.customerId, id, staff_key: holder.staffKey, reason: '协同尽调', from_date: from, until_date: until, given_by: giver.staffKey }, { why: 'small bank' }))
    return id
  }
  for (const holder of expired) await grant(branchHead, holder, yesterday, '2026-11-22')

  await db.asBatch((tx) => moveBusinessDate(tx, today))
  await made(branchHead, `${at}/assignment`, { slices: [{ staffKey: main.staffKey, sharePct: '60', main: true }, { staffKey: assisting.staffKey, sharePct: '30', main: false }, { staffKey: absent.staffKey, sharePct: '10', main: false }], from: today, reason: '移交' }, 'PUT')
  for (const holder of granted) await grant(lead, holder, today, '2026-11-30')
  for (const holder of withdrawn) await made(lead, `${at}/grants/${await grant(lead, holder, today, '2026-11-30')}/end`, { reason: '不再需要' }, 'PUT')
  const withdrawnGrantId = grants.at(-1) ?? ''
  await db.asBatch(async (tx) => {
    for (const holder of later) await add(tx, 'read_grant', { customer_id: target.customerId, id: newId(), staff_key: holder.staffKey, reason: '协同尽调', from_date: '2026-11-24', until_date: '2026-11-30', given_by: lead.staffKey }, { why: 'small bank' })
  })

  // somebody stands in for a manager today; a hand-over is being listed, another was withdrawn
  const [substitutionId, endedSubstitutionId, handOverId, endedHandOverId] = [newId(), newId(), newId(), newId()]
  const standing = { substituteKey: standIn.staffKey, reason: '休假' }
  await made(absent, '/api/substitutions', { id: substitutionId, ...standing, from: today, until: '2026-11-27', customers: 'ALL' })
  await made(lead, `/api/substitutions/${substitutionId}/decision`, { agree: true }, 'PUT')
  await made(absent, '/api/substitutions', { id: endedSubstitutionId, ...standing, from: '2026-12-07', until: '2026-12-08', customers: 'ALL' })
  await made(absent, `/api/substitutions/${endedSubstitutionId}/end`, { reason: '不去了' }, 'PUT')
  const handing = { leaverKey: main.staffKey, cause: 'TRANSFER', effectiveOn: '2026-12-01', receivers: [colleague.staffKey], reason: '轮岗' }
  await made(branchHead, '/api/hand-overs', { id: endedHandOverId, ...handing, customers: [] })
  await made(branchHead, `/api/hand-overs/${endedHandOverId}/withdraw`, { reason: '不调了' }, 'PUT')
  await made(branchHead, '/api/hand-overs', { id: handOverId, ...handing, customers: [target.customerId] })

  secretReader.named = 'SECRET'
  restrictedReader.named = 'RESTRICTED'
  const [contactId, voidedContactId, secretNoteId] = [newId(), newId(), newId()]
  const visit = { mode: 'VISIT', businessDate: today, summary: marks.summary }
  await made(main, `${at}/contacts`, { id: contactId, ...visit, restricted: { text: marks.restricted, readers: [restrictedReader.staffKey] } })
  await made(main, `${at}/contacts`, { id: voidedContactId, ...visit })
  await made(main, `${at}/contacts/${voidedContactId}/void`, { reason: '重复记录' })
  await made(aml, `${at}/secret-notes`, { id: secretNoteId, text: marks.secret, readers: [secretReader.staffKey] })
  const restrictedTextId = ((await app.ask(restrictedReader.token, '/api/restricted-texts')).json as { items: { id: string }[] }).items[0]?.id ?? ''
  const accountId = newId()
  await db.asBatch(async (tx) => {
    const { keys } = app.services
    const cipher = await keys.encrypt(tx, target.customerId, marks.account)
    await add(tx, 'product', { code: 'D1', name: '单位活期', name_en: 'Current account', line: 'DEPOSIT' }, { why: 'small bank' })
    await add(tx, 'account', {
      customer_id: target.customerId, id: accountId, core_key: 'A70010001', number_cipher: cipher, number_hash: keys.keyring.hash('ACCOUNT', marks.account), tail: marks.account.slice(-4), product_code: 'D1', outlet_key: here.key, opened_on: yesterday,
    }, { why: 'small bank' })
    await add(tx, 'balance_span', { customer_id: target.customerId, account_id: accountId, from_date: yesterday, balance_fen: 123_456_00n }, { why: 'small bank' })
    await add(tx, 'account_transaction', { customer_id: target.customerId, id: newId(), account_id: accountId, core_key: 'X1', booked_on: yesterday, direction: 'IN', amount_fen: 123_456_00n, memo: marks.memo }, { why: 'small bank' })
  })
  const [savedViewId, segmentId] = [newId(), newId()]
  const [taskId, appointmentId, meetingId, caseId, formId] = [newId(), newId(), newId(), newId(), newId()]
  await made(lead, '/api/meetings', { id: meetingId, day: today })
  await made(main, '/api/coordination', { id: caseId, form: 'REQUEST', kind: 'LEVELS', title: '提额方案会商', content: '请总行就授信方案提出意见', customerId: target.customerId, unitKey: head.key, dueOn: '2026-12-10' })
  const collector = subjects.find((one) => one.name === 'PERFORMANCE, no relation')
  if (!collector) throw new Error('no collector')
  await made(collector, '/api/collection-forms', { id: formId, title: '客户户数核对', why: '核对管户', answersFor: 'PERSON', mostRows: 1, cells: [{ code: 'c1', label: '户数', type: 'WHOLE' }], addressees: { people: [main.staffKey] }, dueOn: '2026-12-10', confirms: true })
  await made(collector, `/api/collection-forms/${formId}/open`, {})
  const [{ id: formAnswerId } = { id: '' }] = await db.asBatch((tx) => tx.all(sql<{ id: string }>`SELECT id FROM collection_answer WHERE form_id = ${formId}`))
  await made(main, '/api/appointments', { id: appointmentId, customerId: target.customerId, day: '2026-11-25', from: '09:30', to: '10:30', kind: 'VISIT', subject: '旺季资金安排' })
  await made(lead, '/api/tasks', { id: taskId, title: '走访', content: '约见负责人', source: 'LEADER', owners: [main.staffKey], customerId: target.customerId, dueOn: '2026-11-30', evidenceAsked: '走访记录' })
  const share = { with: 'LINE' }
  await made(main, '/api/saved-views', { id: savedViewId, list: 'customers', name: '探针视图', state: { filters: [{ name: 'tier', value: 'T1' }], sort: '-adb', columns: null, unit: 'wan' }, share })
  await made(main, '/api/segments', { id: segmentId, name: '探针客群', definition: { match: 'ALL', groups: [{ match: 'ALL', conditions: [{ field: 'tier', op: 'IN', values: ['T1'] }] }] }, share })
  // what is watched of the customer: as a delivery would leave it
  const [closedAlertId, maturityId, leadId, decidedLeadId] = [newId(), newId(), newId(), newId()]
  await db.asBatch(async (tx) => {
    const { scope_path, viewers } = await tx.one(sql<{ scope_path: string; viewers: number[] }>`SELECT scope_path, viewers FROM customers_customer_facts WHERE customer_id = ${target.customerId}`)
    const scope = { customer_id: target.customerId, scope_path, viewers }
    const why = { why: 'small bank' }
    await add(tx, 'movement', { ...scope, id: newId(), day: yesterday, in_fen: 0n, out_fen: 200_000_000n, adb_fen: 1n, threshold_fen: 100_000_000n, listed_in: false, listed_out: true, balance_after_fen: 1n, counterparties: [], limit_version: '1' }, why)
    await add(tx, 'alert', { ...scope, id: newId(), kind: 'MOVEMENT_OUT', about: yesterday, raised_on: yesterday, due_on: today, amount_fen: 200_000_000n, limit_version: '1', owner_key: main.staffKey }, why)
    await add(tx, 'alert', { ...scope, id: closedAlertId, kind: 'OUTFLOW', about: '2026-10-01', raised_on: '2026-10-01', limit_version: '1', state: 'CLOSED', judged: 'FALSE_ALARM', closed_on: '2026-10-02', closed_by: main.staffKey }, why)
    await add(tx, 'maturity', { ...scope, id: maturityId, source: 'holdings', kind: 'TIME_DEPOSIT', object_key: 'A1', name_zh: '单位定期', name_en: 'Time deposit', amount_fen: 100n, currency: 'CNY', ends_on: '2026-11-27' }, why)
    await add(tx, 'standing', { ...scope, period: '2026-Q4', first_day: '2026-10-01', last_day: '2026-12-31', as_of: today, staff_key: main.staffKey, end_staff_key: main.staffKey, base_fen: 100n, end_fen: 100n, before_fen: 100n, now_fen: 100n, in_base: true, transferred: false, limit_version: '1' }, why)
    await add(tx, 'payee_lead', { id: leadId, direction: 'PAYEE', normal_name: '鑫源机械有限公司', name: '鑫源机械有限公司', customers: 1, payments: 3, sum_fen: 100n, months: 1, last_on: yesterday, as_of: today, listed: true, limit_version: '1' }, why)
    await add(tx, 'payee_lead', { id: decidedLeadId, direction: 'BUYER', normal_name: '远景商贸有限公司', name: '远景商贸有限公司', customers: 1, payments: 3, sum_fen: 100n, months: 1, last_on: yesterday, as_of: today, listed: true, limit_version: '1', state: 'EXPLAINED', decided_by: main.staffKey, decided_on: today }, why)
    await add(tx, 'payee_payer', { ...scope, id: newId(), lead_id: leadId, payments: 3, sum_fen: 100n, last_on: yesterday }, why)
  })
  const { phones, identities } = (await app.ask(main.token, at)).json as { phones: { id: string }[]; identities: { id: string }[] }
  const [documentRowId, personRowId, endedRowId] = [newId(), newId(), newId()]
  const scan = { name: '营业执照.pdf', content: '%PDF-1.7' }
  await made(main, `${at}/file/rows`, { list: 'DOCUMENTS', id: documentRowId, values: { documentKind: 'LICENCE', originalSeenOn: today, expiresOn: '2036-01-01' } })
  const uploaded = await app.ask(main.token, `${at}/file/rows/${documentRowId}/content`, { method: 'POST', body: { id: newId(), list: 'DOCUMENTS' }, file: scan })
  if (uploaded.status !== 200) throw new Error(`the small bank could not be made: ${uploaded.text}`)
  await made(main, `${at}/file/rows`, { list: 'PEOPLE', id: personRowId, values: { office: 'LEGAL_REPRESENTATIVE', personName: '钱法人', idKind: 'RESIDENT_ID', idNumber: marks.personId, personPhone: marks.personPhone } })
  const identityChangeId = newId()
  await made(main, `${at}/identity-changes`, { id: identityChangeId, field: 'LEGAL_REPRESENTATIVE', personName: '孙法人', idKind: null, idNumber: null, proof: '变更通知书', reason: '试试' })
  await made(main, `${at}/file/rows`, { list: 'PEOPLE', id: endedRowId, values: { office: 'SUPERVISOR', personName: '前监事' } })
  await made(main, `${at}/file/rows/${endedRowId}/end`, { list: 'PEOPLE', on: today, reason: '离任' }, 'PUT')
  await made(main, `${at}/file/rows`, { list: 'CONTACTS', id: newId(), values: { contactName: '周会计', contactPhone: marks.contactPhone, contactMail: marks.mail } })
  // nobody leaves with customers: his superior takes them over
  await made(branchHead, '/api/hand-overs/emergency', { id: newId(), leaverKey: leaver.staffKey, cause: 'RESIGNATION', reason: '本人即日离职' })
  await made(subjects.find((one) => one.name === 'HR, no relation') ?? main, `/api/people/${leaver.staffKey}/leave`, { from: today, reason: '辞职' }, 'PUT')
  leaver.state = 'gone'

  // one person holds a company of each branch: a group, proposed and confirmed
  const boss = { kind: 'PERSON', name: '探针老板', number: '11010119900307811X' }
  const holding = { kind: 'SHAREHOLDING', direction: 'IN', other: boss, sharePct: '80', evidence: '公司章程', from: yesterday }
  await made(main, `${at}/relations`, { id: newId(), ...holding })
  await made(otherBranch, `/api/customers/${foreign.customerId}/relations`, { id: newId(), ...holding })
  const endedRelationId = newId()
  await made(main, `${at}/relations`, { id: endedRelationId, kind: 'MANAGEMENT', means: 'DIRECTOR', direction: 'IN', other: { kind: 'PERSON', name: '探针董事' }, evidence: '工商登记', from: yesterday })
  await made(main, `${at}/relations/${endedRelationId}/end`, { on: today, reason: '已离任' }, 'PUT')
  const proposals = (await app.ask(main.token, '/api/group-proposals')).json as { items: { proposalId: string }[] }
  const proposalId = proposals.items[0]?.proposalId ?? ''
  const { groupId = '' } = await made(main, `/api/group-proposals/${proposalId}/confirm`, { id: newId(), name: '甲乙集团', from: yesterday, reason: '同一控制人' })
  const group = (await app.ask(main.token, `/api/groups/${groupId}`)).json as { members: { memberId: string }[] }
  const memberId = group.members[0]?.memberId ?? ''

  const deliveryId = newId()
  await db.asBatch(async (tx) => {
    await add(tx, 'delivery', { id: deliveryId, profile: 'yinqiao', bank_code: 'test', business_date: today, kind: 'FULL', content_hash: Buffer.alloc(32), folder: 'day', state: 'REFUSED' }, { why: 'small bank' })
    await quiet(tx, 'delivery_reject', 'add', sql`INSERT INTO delivery_reject (delivery_id, number, file_name, row_no, column_name, reason, value_sealed)
      VALUES (${deliveryId}, 1, 'phone.csv', 7, 'number', 'wrong-form', ${app.services.keys.keyring.sealTransient(marks.rejected, rejectPurpose(deliveryId))})`)
  })

  // pay: a month is settled, a fact by form entered and confirmed by two people
  const settled = await settleMonth(app.services, { month: settledMonth, dryRun: false })
  if (!settled.ok) throw new Error(`not settled: ${settled.refusal.name}`)
  const find = (name: string): Subject => subjects.find((one) => one.name === name) ?? main
  const factId = newId()
  await made(find('PERFORMANCE, no relation'), '/api/indicator-facts', { id: factId, indicator: 'MARKETING_SCORE', staffNo: spare.staffNo, month: settledMonth, businessDate: today, evidence: '评分表扫描件', value: '88.00' })
  await made(find('HR, no relation'), `/api/indicator-facts/${factId}/confirm`, {})
  const { jobId = '' } = await made(find('HR, no relation'), `/api/settlements/${settledMonth}/POINTS/run`, { dryRun: true })

  const { statement } = (await app.ask(main.token, '/api/statement')).json as { statement: { lines: { place: number }[] } | null }

  return {
    handOverId, endedHandOverId, substitutionId, endedSubstitutionId,
    closedAlertId, maturityId, decidedLeadId,
    factId, jobId, deliveryId, payPlace: statement?.lines[0]?.place ?? 0,
    app, subjects, units, target, foreign, identityChangeId, nothing: newId(), contactId, voidedContactId, restrictedTextId, secretNoteId, withdrawnGrantId, accountId, phoneId: phones[0]?.id ?? '', identityId: identities[0]?.id ?? '', documentRowId, personRowId, endedRowId, savedViewId, segmentId, taskId, appointmentId, meetingId, caseId, formId, formAnswerId, spare,
    groupId, proposalId, memberId, endedRelationId,
    by(name) {
      const found = subjects.find((one) => one.name === name)
      if (!found) throw new Error(`nobody is called ${name}`)
      return found
    },
    freshToken: async (subject) => (subject.token === null ? null : app.session(subject.staffKey, subject.postKey)),
    close: () => app.close(),
  }
}

/** Whether the session of a subject is alive in the database: told apart from the answer. */
export async function customersSeenBy(world: World, subject: Subject): Promise<string[]> {
  const { db } = world.app.services
  const held = await db.asPublic((tx) => tx.one(sql<Pick<Entrant, 'breadth' | 'linePath'>>`SELECT breadth, line_path AS "linePath" FROM organisation_post_facts WHERE post_key = ${subject.postKey} ORDER BY from_date LIMIT 1`))
  return db.asPerson({ staffKey: subject.staffKey, postKey: subject.postKey, ...held }, today, null, async (tx) => (await tx.all(sql<{ id: string }>`SELECT customer_id AS id FROM customer`)).map((row) => row.id))
}
