import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { sweepFiles } from '../../foundation/files/keep-file.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { customerHistory } from '../../access/journal.contract.ts'
import { routes } from '../../routes.ts'
import { createCustomer, getCustomer, listCustomers, revealNumber } from '../customer.contract.ts'
import { addIdentity, addRow, attachFile, changeRow, downloadFile, endPhone, endRow, getFile, renewIdentity, saveGroup, type FileView } from './file.contract.ts'

let bank: SmallBank
let company: string // 李晓雯, assisted by 王凯
let person: string // 李晓雯
beforeAll(async () => {
  bank = await smallBank(routes)
  company = await bank.customer({ name: '山西晋泰新材料有限公司', main: bank.staff.li, assist: bank.staff.wang })
  const made = await bank.ask(bank.staff.li, createCustomer, { body: { id: newId(), kind: 'PERSON', name: '欧阳若兰', identity: { kind: 'RESIDENT_ID', number: '140105199003072317' }, phone: '138 1234 5678' } })
  person = String(made.body['customerId'])
})
afterAll(() => bank.close())

const told = (answer: { status: number; body: { refusal?: string } }) => [answer.status, answer.body.refusal ?? null]
const file = async (who: Colleague, customerId: string, query: object = {}): Promise<FileView> => (await bank.ask(who, getFile, { params: { customerId }, query: { ...query } })).body as unknown as FileView
const group = async (customerId: string, code: string) => {
  const found = (await file(bank.staff.li, customerId)).groups.find((one) => one.code === code)
  if (!found) throw new Error(`no group ${code}`)
  return found
}
const rows = async (customerId: string, code: string, query: object = {}) => (await file(bank.staff.li, customerId, query)).lists.find((one) => one.code === code)?.rows ?? []
const save = async (who: Colleague, customerId: string, code: string, values: object, edition?: string) => bank.ask(who, saveGroup, { params: { customerId }, body: { group: code, edition: edition ?? (await group(customerId, code)).edition, values } })
const put = (customerId: string, list: string, values: object, id = newId(), who = bank.staff.li) => bank.ask(who, addRow, { params: { customerId }, body: { list, id, values } })
const bytes = (text: string): Uint8Array => Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)))
const lines = (table: string) => bank.look<{ action: string; before: unknown; after: Record<string, unknown> | null; why: string }>('SELECT action, before, after, why FROM journal_line WHERE table_name = $1 ORDER BY at, id', [table])

describe('a group of the file', () => {
  test('a company without particulars of the core system: the first save makes them', async () => {
    const answer = await save(bank.staff.li, company, 'REGISTRATION', { registrationStatus: '存续', companyKind: 'LEGAL_ENTERPRISE', termFrom: '2010-05-06', termUntil: '2040-05-05', formerNames: ['晋泰冶金厂'], registeredAddress: '太原市小店区长治路 1 号' })
    expect(told(answer)).toEqual([200, null])
    const now = await group(company, 'REGISTRATION')
    expect(now.values).toMatchObject({ companyKind: 'LEGAL_ENTERPRISE', termUntil: '2040-05-05', formerNames: ['晋泰冶金厂'], registeredAddress: '太原市小店区长治路 1 号' })
    expect(now.edition).toBe(answer.body['edition'])
    expect((await lines('corporate_file')).at(-1)).toMatchObject({ action: 'ADD', after: { company_kind: 'LEGAL_ENTERPRISE' }, why: '档案：登记信息' })
  })
  test('what changed meanwhile is told with who and when; nothing is overwritten; another group is not touched by it', async () => {
    const { li, wang } = bank.staff
    const read = await group(company, 'PROFILE')
    expect(told(await save(wang, company, 'PROFILE', { staffCount: 120 }, read.edition))).toEqual([200, null])
    const refused = await save(li, company, 'PROFILE', { staffCount: 130 }, read.edition)
    expect(told(refused)).toEqual([409, 'changed-meanwhile'])
    expect(refused.body['details']).toMatchObject({ who: '王凯', when: expect.stringMatching(/^\d\d-\d\d \d\d:\d\d$/) as string })
    expect((await group(company, 'PROFILE')).values['staffCount']).toBe(120)
    expect(told(await save(li, company, 'BANKING', { mainBank: '工商银行' }))).toEqual([200, null])
  })
  test('a change by a delivery counts as one too', async () => {
    const read = await group(company, 'PROFILE')
    await bank.look("UPDATE corporate SET size_class = '中' WHERE customer_id = $1", [company])
    expect(told(await save(bank.staff.li, company, 'PROFILE', { industryCode: 'C3360' }, read.edition))).toEqual([409, 'changed-meanwhile'])
  })
  test.each<[what: string, kind: 'company' | 'person', code: string, values: object, refusal: string]>([
    ['a group of the other kind', 'person', 'REGISTRATION', { companyKind: 'LEGAL_ENTERPRISE' }, 'not-there'],
    ['over-long', 'company', 'PROFILE', { mainProducts: '长'.repeat(501) }, 'invalid-request'],
    ['30 February', 'company', 'REGISTRATION', { establishedOn: '2026-02-30' }, 'invalid-request'],
    ['a term that ends before it begins', 'company', 'REGISTRATION', { termUntil: '2009-01-01' }, 'before-start'],
    ['an industry that is none', 'company', 'PROFILE', { industryCode: '3360' }, 'industry-code'],
    ['what is obligatory, emptied', 'company', 'REGISTRATION', { registrationStatus: null }, 'invalid-request'],
    ['a field of another group', 'company', 'REGISTRATION', { mainBank: '工行' }, 'invalid-request'],
    ['a field of the other kind', 'person', 'RISK', { taxClass: 'A', taxClassYear: 2025 }, 'wrong-part'],
    ['not what the identity card says', 'person', 'PERSONAL', { birthDate: '1990-03-08' }, 'differs-from-id'],
    ['a negative income', 'person', 'FINANCES', { incomeFen: '-1', financesOn: today }, 'invalid-request'],
  ])('%s is refused', async (_what, kind, code, values, refusal) => {
    const customerId = kind === 'company' ? company : person
    if (refusal === 'not-there') return expect(told(await save(bank.staff.li, customerId, code, values, '0000000000000000'))).toEqual([422, 'wrong-part'])
    expect((await save(bank.staff.li, customerId, code, values)).body.refusal).toBe(refusal)
  })
  test('a lunar birthday: the greeting is worked out for the year; the card agrees with what is kept', async () => {
    expect(told(await save(bank.staff.li, person, 'PERSONAL', { birthdayCalendar: 'LUNAR', occupation: '教师', employer: '太原一中', nationality: '中国', maritalStatus: 'MARRIED', taxResidence: 'CHINA_ONLY' }))).toEqual([200, null])
    expect(await file(bank.staff.li, person)).toMatchObject({ birthday: { calendar: 'LUNAR', said: '二月十一', next: '2027-03-18' }, crossCheck: { sex: true, birthDate: true } })
  })
  test('income and assets are masked until they are revealed with a purpose; the journal holds them encrypted', async () => {
    const { li, lobby } = bank.staff
    await save(li, person, 'FINANCES', { incomeFen: '18000000', assetsFen: '350000000', financesOn: today, incomeSource: '工资' })
    expect((await group(person, 'FINANCES')).values).toMatchObject({ incomeFen: '***', assetsFen: '***', debtsFen: null, financesOn: today })
    const reveal = (what: string, who = li) => bank.ask(who, revealNumber, { params: { customerId: person }, body: { what, id: person, purpose: '核对收入' } })
    expect((await reveal('INCOME')).body['value']).toBe('180,000.00 元')
    expect(told(await reveal('DEBTS'))).toEqual([404, 'not-found'])
    expect(told(await reveal('INCOME', lobby))).toEqual([200, null])
    const [line] = await lines('person_file')
    expect(JSON.stringify(await lines('person_file'))).not.toContain('18000000')
    expect(line?.after).toMatchObject({ marital_status: { sealed: expect.any(String) as string } })
  })
})

describe('who may change what', () => {
  test('screening is the anti-money-laundering desk’s, confidentiality the leads’, the rest the managers’', async () => {
    const { li, lead, aml, branchHead, lobby, zhao } = bank.staff
    const level = { amlLevel: 'LOW', amlLevelOn: today }
    expect(told(await save(li, company, 'SCREENING', level))).toEqual([403, 'not-allowed'])
    expect(told(await save(aml, company, 'SCREENING', level))).toEqual([200, null])
    expect(told(await save(aml, company, 'BANKING', { mainBank: '建行' }))).toEqual([403, 'not-allowed'])
    expect(told(await put(company, 'CONTACTS', { contactName: '某人' }, newId(), aml))).toEqual([403, 'not-allowed'])
    expect(told(await save(lead, company, 'BANKING', { mainBank: '建设银行' }))).toEqual([200, null])
    for (const who of [branchHead, lobby]) expect([who.name, told(await save(who, company, 'BANKING', { mainBank: '建行' }))]).toEqual([who.name, [403, 'not-allowed']])
    expect(told(await save(zhao, company, 'BANKING', { mainBank: '建行' }))).toEqual([404, 'not-found'])
    const may = Object.fromEntries((await file(li, company)).groups.map((one) => [one.code, one.may.allowed]))
    expect(may).toMatchObject({ REGISTRATION: true, SCREENING: false, BANKING: true })
  })
  test('a confidential customer: SENSITIVE not to the assisting manager and the lobby, STRICT only to the main manager', async () => {
    const { li, wang, lead, lobby, leader, aml } = bank.staff
    const id = newId()
    await put(company, 'CONTACTS', { contactName: '周会计', contactPhone: '13600136001' }, id)
    const see = async (who: Colleague) => told(await bank.ask(who, revealNumber, { params: { customerId: company }, body: { what: 'CONTACT_PHONE', id, purpose: '核实' } }))[1]
    const classed = async (confidentiality: string) => save(lead, company, 'CONFIDENTIALITY', { confidentiality, confidentialityReason: '上市公司高管' })
    expect([await see(wang), await see(lobby)]).toEqual([null, null])
    expect(told(await classed('SENSITIVE'))).toEqual([200, null])
    expect([await see(li), await see(lead), await see(wang), await see(lobby)]).toEqual([null, null, 'confidential', 'confidential'])
    await classed('STRICT')
    expect([await see(li), await see(aml), await see(lead), await see(leader), await see(wang)]).toEqual([null, null, 'confidential', 'confidential', 'confidential'])
    await classed('NORMAL')
    expect(await see(wang)).toBeNull()
  })
})

describe('rows', () => {
  test.each([
    ['a home of a company', 'ADDRESSES', { site: 'HOME', district: '太原市' }, true], ['a plant of a person', 'ADDRESSES', { site: 'PLANT', district: '太原市' }, false],
    ['a person’s proof of income, of a company', 'DOCUMENTS', { documentKind: 'INCOME_PROOF' }, true], ['a licence of a person', 'DOCUMENTS', { documentKind: 'LICENCE' }, false],
  ] as const)('%s is refused by name, and nothing is kept', async (_what, list, values, ofCompany) => {
    const of = ofCompany ? company : person
    const before = (await rows(of, list)).length
    const answer = await put(of, list, values)
    expect([told(answer), (await rows(of, list)).length]).toEqual([[422, 'wrong-part'], before])
  })
  test('a person of the company: number and phone encrypted, masked, found whole and by their tails; nowhere in clear', async () => {
    const { li, zhao } = bank.staff
    const id = newId()
    expect(told(await put(company, 'PEOPLE', { office: 'LEGAL_REPRESENTATIVE', personName: '张建国', idKind: 'RESIDENT_ID', idNumber: '11010519491231002x', personPhone: '139 3512 3456', idExpiresOn: '2026-12-10' }, id))).toEqual([200, null])
    expect((await rows(company, 'PEOPLE'))[0]).toMatchObject({ values: { personName: '张建国', idNumber: '***********002X', personPhone: '139****3456' }, due: 'SOON' })
    expect((await bank.ask(li, getCustomer, { params: { customerId: company } })).body).toMatchObject({ corporate: { legalRepresentative: '张建国' } })
    const found = async (q: string, who = li) => ((await bank.ask(who, listCustomers, { query: { q } })).body.items ?? []).map((row) => row['name'])
    for (const q of ['11010519491231002X', '002x', '13935123456', '3456']) expect([q, await found(q)]).toEqual([q, ['山西晋泰新材料有限公司']])
    expect(await found('002X', zhao)).toEqual([])
    const dump = JSON.stringify([await bank.look('SELECT * FROM company_person'), await bank.look('SELECT * FROM journal_line'), await bank.look('SELECT * FROM search_hash')])
    for (const secret of ['11010519491231002X', '13935123456', '张建国"},']) expect([secret, dump.includes(secret)]).toEqual([secret, false])
    const shown = await bank.ask(li, revealNumber, { params: { customerId: company }, body: { what: 'PERSON_ID', id, purpose: '核对证件' } })
    expect(shown.body['value']).toBe('11010519491231002X')
  })
  test('one field in place; a secret that is left out stays; one that is emptied goes', async () => {
    const { li } = bank.staff
    const id = newId()
    await put(company, 'CONTACTS', { contactName: '钱主任', contactPhone: '13700137001', contactMail: 'qian@example.com' }, id)
    const one = async () => (await rows(company, 'CONTACTS')).find((row) => row.id === id)
    const change = async (values: object, edition?: string) => bank.ask(li, changeRow, { params: { customerId: company, rowId: id }, body: { list: 'CONTACTS', edition: edition ?? (await one())?.edition, values } })
    const first = await one()
    expect(told(await change({ attitude: 'SUPPORTIVE' }))).toEqual([200, null])
    expect((await one())?.values).toMatchObject({ attitude: 'SUPPORTIVE', contactPhone: '137****7001', contactMail: 'q***@example.com' })
    expect(told(await change({ attitude: 'OPPOSED' }, first?.edition))).toEqual([409, 'changed-meanwhile'])
    await change({ contactPhone: null })
    expect((await one())?.values).toMatchObject({ contactPhone: null, contactName: '钱主任' })
    expect(told(await change({ contactName: null }))).toEqual([400, 'invalid-request'])
  })
  test('an end has a day and a reason; an ended row is shown only on demand and changes no more', async () => {
    const { li } = bank.staff
    const id = newId()
    await put(company, 'PEOPLE', { office: 'SUPERVISOR', personName: '前监事' }, id)
    const end = (on: string) => bank.ask(li, endRow, { params: { customerId: company, rowId: id }, body: { list: 'PEOPLE', on, reason: '任期届满' } })
    expect(told(await end('2026-11-24'))).toEqual([422, 'in-future'])
    expect(told(await end(today))).toEqual([200, null])
    expect(told(await end(today))).toEqual([409, 'row-ended'])
    expect((await rows(company, 'PEOPLE')).some((row) => row.id === id)).toBe(false)
    const [ended] = (await rows(company, 'PEOPLE', { ended: 'true' })).filter((row) => row.id === id)
    expect(ended).toMatchObject({ endedOn: today, endReason: '任期届满', due: null })
    expect(told(await bank.ask(li, changeRow, { params: { customerId: company, rowId: id }, body: { list: 'PEOPLE', edition: ended?.edition, values: { personNote: 'x' } } }))).toEqual([409, 'row-ended'])
  })
  test('a consent: given, held once, withdrawn not before it was given, and a new one after it', async () => {
    const { li } = bank.staff
    const id = newId()
    const given = { consentFor: 'CREDIT_REPORT', statedPurpose: '办理住房贷款查询', givenOn: '2026-11-02', proof: 'PAPER' }
    const withdraw = (on: string) => bank.ask(li, endRow, { params: { customerId: person, rowId: id }, body: { list: 'CONSENTS', on, reason: '书面撤回' } })
    expect(told(await put(person, 'CONSENTS', { ...given, givenOn: '2026-11-24' }))).toEqual([422, 'in-future'])
    expect(told(await put(person, 'CONSENTS', given, id))).toEqual([200, null])
    expect(told(await put(person, 'CONSENTS', given))).toEqual([409, 'consent-holds'])
    expect(told(await withdraw('2026-11-01'))).toEqual([422, 'withdrawn-before-given'])
    expect(told(await withdraw(today))).toEqual([200, null])
    expect(told(await put(person, 'CONSENTS', given))).toEqual([200, null])
    expect((await lines('consent')).map((line) => line.action)).toEqual(['ADD', 'WITHDRAW_CONSENT', 'ADD'])
  })
  test('the address of a person is encrypted and shown to the district, that of a company is not', async () => {
    await put(person, 'ADDRESSES', { site: 'HOME', district: '太原市小店区', address: '长风街 5 号 2 单元 301' })
    await put(company, 'ADDRESSES', { site: 'PLANT', district: '晋中市榆次区', address: '工业园 8 号' })
    const [home] = await rows(person, 'ADDRESSES')
    expect(home?.values).toMatchObject({ district: '太原市小店区', address: '***' })
    expect((await rows(company, 'ADDRESSES'))[0]?.values).toMatchObject({ address: '工业园 8 号' })
    expect(JSON.stringify(await bank.look('SELECT * FROM customer_address'))).not.toContain('长风街')
    expect((await bank.ask(bank.staff.li, revealNumber, { params: { customerId: person }, body: { what: 'ADDRESS', id: home?.id, purpose: '邮寄合同' } })).body['value']).toBe('长风街 5 号 2 单元 301')
  })
  test('the share of the wallet counts what is told of other banks', async () => {
    await bank.look('UPDATE customer SET deposit_fen = 3000 WHERE customer_id = $1', [company])
    await put(company, 'BANKS', { bankName: '工商银行', service: 'DEPOSIT', elsewhereFen: '7000', knownOn: today, elsewhereRate: '0.0175' })
    expect((await file(bank.staff.li, company)).wallet).toEqual([{ service: 'DEPOSIT', oursFen: '3000', elsewhereFen: '7000', share: '0.3000' }, { service: 'LOAN', oursFen: '0', elsewhereFen: '0', share: null }])
  })
  test('twice is once', async () => {
    const id = newId()
    const values = { site: 'SHOP', district: '太原市迎泽区', address: '柳巷 1 号' }
    expect([told(await put(company, 'ADDRESSES', values, id)), told(await put(company, 'ADDRESSES', values, id)), told(await put(company, 'ADDRESSES', { ...values, address: '柳巷 2 号' }, id))]).toEqual([[200, null], [200, null], [409, 'key-reused']])
    expect((await rows(company, 'ADDRESSES')).filter((row) => row.id === id)).toHaveLength(1)
  })
})

describe('documents with their scans', () => {
  const scan = { name: '营业执照.pdf', bytes: bytes('%PDF-1.7 licence of Jintai') }
  const attach = (rowId: string, sent = scan, who = bank.staff.li) => bank.ask(who, attachFile, { params: { customerId: company, rowId }, body: { id: newId(), list: 'DOCUMENTS' }, file: sent })
  const get = (rowId: string, who: Colleague) => bank.ask(who, downloadFile, { params: { customerId: company, rowId }, body: { list: 'DOCUMENTS', purpose: '核对执照' } })
  const stored = (): string[] => readdirSync(join(bank.services.config.dataDir, 'files'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
  const licence = newId()

  test('a scan is kept encrypted, told with its name and size, and given back whole with a purpose', async () => {
    const { li, wang, lobby, zhao } = bank.staff
    await put(company, 'DOCUMENTS', { documentKind: 'LICENCE', documentTitle: '正本', expiresOn: '2026-12-20', originalSeenOn: today }, licence)
    expect(told(await attach(licence))).toEqual([200, null])
    expect((await rows(company, 'DOCUMENTS'))[0]).toMatchObject({ file: { name: '营业执照.pdf', kind: 'PDF', size: 26 }, due: 'SOON' })
    const paths = stored()
    expect(paths).toHaveLength(1)
    for (const path of paths) {
      expect(readFileSync(path).includes('Jintai')).toBe(false)
      expect(statSync(path).mode & 0o077).toBe(0)
    }
    for (const who of [li, wang, lobby]) {
      const answer = await get(licence, who)
      expect([who.name, answer.status, answer.bytes.toString('latin1')]).toEqual([who.name, 200, '%PDF-1.7 licence of Jintai'])
    }
    expect(told(await get(licence, zhao))).toEqual([404, 'not-found'])
    expect((await lines('stored_file')).map((line) => [line.action, line.why])).toEqual([['STORE_FILE', '档案：资料'], ...[1, 2, 3].map(() => ['READ', '核对执照'])])
  })
  test('who reads by grant sees that there is a scan and downloads none', async () => {
    await bank.grant(company, bank.staff.qian)
    expect((await file(bank.staff.qian, company)).lists.find((one) => one.code === 'DOCUMENTS')?.rows[0]?.file?.name).toBe('营业执照.pdf')
    expect(told(await get(licence, bank.staff.qian))).toEqual([403, 'not-allowed'])
    expect(told(await attach(licence, scan, bank.staff.qian))).toEqual([403, 'not-allowed'])
  })
  test.each([
    ['a picture named .pdf', { name: '营业执照.pdf', bytes: bytes('\u00ff\u00d8\u00ff\u00e0 JFIF') }, 'file-misnamed'],
    ['a program', { name: 'a.exe', bytes: bytes('MZ\u0090\u0000') }, 'file-unknown'],
    ['a list of text', { name: 'a.csv', bytes: bytes('a,b\n') }, 'file-kind'],
    ['an empty file', { name: 'a.pdf', bytes: bytes('') }, 'file-missing'],
  ])('%s is refused and nothing is stored', async (_what, sent, refusal) => {
    const before = stored().length
    expect((await attach(licence, sent)).body.refusal).toBe(refusal)
    expect(stored()).toHaveLength(before)
  })
  test('the same content again is kept once; the same content of another customer is another file', async () => {
    await attach(licence)
    expect(stored()).toHaveLength(1)
    const id = newId()
    await put(person, 'DOCUMENTS', { documentKind: 'ID_COPY' }, id)
    expect(told(await bank.ask(bank.staff.li, attachFile, { params: { customerId: person, rowId: id }, body: { id: newId(), list: 'DOCUMENTS' }, file: scan }))).toEqual([200, null])
    expect(stored()).toHaveLength(2)
  })
  test('a content that was changed on the disk is not given out; one that is gone is told as gone', async () => {
    const id = newId()
    await put(company, 'DOCUMENTS', { documentKind: 'OTHER', documentTitle: '照片' }, id)
    const before = new Set(stored())
    await attach(id, { name: '现场.png', bytes: bytes('\u0089PNG\r\n\u001a\n factory') })
    const [path = ''] = stored().filter((one) => !before.has(one))
    const whole = readFileSync(path)
    writeFileSync(path, Buffer.concat([whole.subarray(0, -1), Buffer.from([(whole.at(-1) ?? 0) ^ 1])]))
    expect(told(await get(id, bank.staff.li))).toEqual([500, 'our-mistake'])
    writeFileSync(path, whole)
    expect((await get(id, bank.staff.li)).status).toBe(200)
  })
  test('what a failed request left on the disk is swept; what a row tells of stays', async () => {
    const { services } = bank
    const kept = stored()
    const orphan = join(services.config.dataDir, 'files', 'ab', 'ab'.repeat(32))
    mkdirSync(join(services.config.dataDir, 'files', 'ab'), { recursive: true })
    writeFileSync(orphan, 'left')
    const old = new Date(Date.now() - 7_200_000)
    for (const path of [...kept, orphan]) utimesSync(path, old, old)
    expect(await services.db.asBatch((tx) => sweepFiles(tx, services, new Date()))).toBe(1)
    expect([existsSync(orphan), stored().length]).toEqual([false, kept.length])
  })
})

describe('the customer’s own phone', () => {
  const own = async (query: object = {}) => (await file(bank.staff.li, whose, query)).phones
  const stop = (phoneId: string, body: object, who: Colleague = bank.staff.li) => bank.ask(who, endPhone, { params: { customerId: whose, phoneId }, body: { reason: '客户换号', ...body } })
  const found = async (q: string) => ((await bank.ask(bank.staff.li, listCustomers, { query: { q } })).body.items ?? []).some((row) => row['customerId'] === whose)
  let whose: string
  beforeAll(async () => {
    const { li } = bank.staff
    const made = await bank.ask(li, createCustomer, { body: { id: newId(), kind: 'PERSON', name: '司徒静怡', identity: { kind: 'PASSPORT', number: 'E87654321' }, phone: '13611112468' } })
    whose = String(made.body['customerId'])
  })
  test('who may not change the file ends no phone; the number in use is no replacement', async () => {
    const { zhao, lobby, aml, branchHead } = bank.staff
    const [phone] = await own()
    for (const who of [lobby, aml, branchHead]) expect([who.name, told(await stop(String(phone?.id), {}, who))]).toEqual([who.name, [403, 'not-allowed']])
    expect(told(await stop(String(phone?.id), {}, zhao))).toEqual([404, 'not-found'])
    expect(told(await stop(newId(), {}))).toEqual([404, 'not-found'])
    expect(told(await stop(String(phone?.id), { replacement: '136-1111-2468' }))).toEqual([409, 'phone-there'])
    expect(await own()).toMatchObject([{ masked: '136****2468', endedOn: null }])
  })
  test('a replaced number stays as a former one and finds nobody, whole or by its tail; the new one does; the journal has no digit of either', async () => {
    const { li } = bank.staff
    const [phone] = await own()
    expect([await found('13611112468'), await found('2468')]).toEqual([true, true])
    expect(told(await stop(String(phone?.id), { replacement: '139 2222 1357' }))).toEqual([200, null])
    expect(await own()).toMatchObject([{ masked: '139****1357', endedOn: null }])
    expect(await own({ ended: 'true' })).toMatchObject([{ masked: '139****1357' }, { masked: '136****2468', endedOn: today, endReason: '客户换号' }])
    expect((await bank.ask(li, getCustomer, { params: { customerId: whose } })).body['phones']).toMatchObject([{ masked: '139****1357' }])
    expect([await found('13611112468'), await found('2468'), await found('13922221357'), await found('1357')]).toEqual([false, false, true, true])
    expect(told(await stop(String(phone?.id), {}))).toEqual([409, 'row-ended'])
    const [line] = await bank.look<{ text: string }>("SELECT string_agg(j::text, ' ') AS text FROM journal_line j WHERE table_name = 'phone' AND customer_id = $1", [whose])
    for (const secret of ['13611112468', '13922221357']) expect([secret, line?.text.includes(secret)]).toEqual([secret, false])
  })
  test('a tail that another phone of today shares goes on finding; the last phone may end without another', async () => {
    const { li } = bank.staff
    const id = newId()
    expect(told(await put(whose, 'CONTACTS', { contactName: '司徒母亲', contactPhone: '13733331357' }, id, li))).toEqual([200, null])
    const [phone] = await own()
    expect(told(await stop(String(phone?.id), {}))).toEqual([200, null])
    expect(await own()).toEqual([])
    expect([await found('13922221357'), await found('1357'), await found('13733331357')]).toEqual([false, true, true])
    expect((await file(li, whose)).completeness.missing.map((one) => one.code)).toContain('phone')
  })
})

describe('identity documents', () => {
  const more = (kind: string, number: string, customerId = person, who = bank.staff.li) => bank.ask(who, addIdentity, { params: { customerId }, body: { id: newId(), kind, number, expiresOn: '2030-01-01', reason: '补充证件' } })
  test('a further document; the same kind again, a wrong check digit and a number of somebody else are refused', async () => {
    expect(told(await more('PASSPORT', 'E12345678'))).toEqual([200, null])
    expect(told(await more('RESIDENT_ID', '140105200002298846'))).toEqual([409, 'identity-there'])
    const other = await bank.customer({ kind: 'PERSON', name: '王五' })
    expect(told(await more('RESIDENT_ID', '140105199003072316', other))).toEqual([422, 'identity-number'])
    const taken = await more('RESIDENT_ID', '140105199003072317', other)
    expect([told(taken), (taken.body['details'] as { outlet: string }).outlet]).toEqual([[409, 'duplicate-identity'], '城南网点'])
    expect(told(await more('USCC', '91140105MA0FNAK78G', other))).toEqual([422, 'identity-kind'])
  })
  test('renewing changes the validity after the original was seen', async () => {
    const [document] = (await file(bank.staff.li, person)).identities
    const renew = (body: object) => bank.ask(bank.staff.li, renewIdentity, { params: { customerId: person, identityId: document?.id }, body })
    expect(told(await renew({ expiresOn: '2036-01-01', originalSeen: false, reason: '换证' }))).toEqual([400, 'invalid-request'])
    expect(told(await renew({ expiresOn: '2036-01-01', originalSeen: true, reason: '换证' }))).toEqual([200, null])
    expect((await file(bank.staff.li, person)).identities[0]).toMatchObject({ expiresOn: '2036-01-01', due: null })
  })
  test('numbers cannot be tried out: each try counts, refused or not, until the hour’s limit', async () => {
    const tryOut = async (): Promise<{ guesser: Colleague; answers: (string | null)[]; oneHour: boolean }> => {
      const guesser = await bank.colleague('试探', 'RM', bank.units.south.key)
      const his = await bank.customer({ kind: 'PERSON', name: '赵六', main: guesser })
      const hour = new Date().getUTCHours()
      const answers: (string | null)[] = []
      for (let tries = 0; tries < 32; tries++) answers.push((await more('RESIDENT_ID', '140105199003072317', his, guesser)).body.refusal ?? null)
      return { guesser, answers, oneHour: new Date().getUTCHours() === hour }
    }
    // the limit is that of an hour of the clock: when one ended meanwhile the tries are made anew
    let tried = await tryOut()
    if (!tried.oneHour) tried = await tryOut()
    const { guesser, answers } = tried
    expect([answers.slice(0, 30).every((one) => one === 'duplicate-identity'), answers.slice(30)]).toEqual([true, ['too-many', 'too-many']])
    expect(told(await bank.ask(guesser, listCustomers, { query: { q: '2317' } }))).toEqual([429, 'too-many'])
    const create = await bank.ask(guesser, createCustomer, { body: { id: newId(), kind: 'PERSON', name: '试探者', identity: { kind: 'RESIDENT_ID', number: '140105199003072317' } } })
    expect(told(create)).toEqual([429, 'too-many'])
  })
})

test('the history tells the file’s changes in words', async () => {
  const { body } = await bank.ask(bank.staff.li, customerHistory, { params: { customerId: person } })
  const text = JSON.stringify(body)
  for (const word of ['同意', '撤回', '个人档案', '资料']) expect([word, text.includes(word)]).toEqual([word, true])
  expect(text).not.toContain('140105199003072317')
})
