import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { customerHistory } from '../../access/journal.contract.ts'
import { readMyDay } from '../../reports/my-day.contract.ts'
import { readTimeline } from '../../reports/timeline.contract.ts'
import { assignCustomerContract, createCustomer, editCustomer, getCustomer, listCustomers, revealNumber } from '../customer.contract.ts'
import { addIdentity, addRow, changeRow, endRow, getFile, type FileView } from '../file/file.contract.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { routes } from '../../routes.ts'
import { attachProof, decideIdentityChange, downloadProof, getIdentityChanges, listIdentityChanges, proposeIdentityChange, withdrawIdentityChange, type IdentityChangesOf } from './identity-change.contract.ts'

let bank: SmallBank
let company: string // 李晓雯, assisted by 王凯
let person: string // 李晓雯
const code = '91140105MA0TEXT127'
const otherCode = '91140105MA0FNAK78G'
const card = '140105199003072317'
const otherCard = '140105200002298846'
beforeAll(async () => {
  bank = await smallBank(routes)
  const make = async (body: object): Promise<string> => String((await bank.ask(bank.staff.li, createCustomer, { body: { id: newId(), ...body } })).body['customerId'])
  company = await make({ kind: 'CORPORATE', name: '山西晋泰新材料有限公司', identity: { kind: 'USCC', number: code }, corporate: { legalRepresentative: '张建国', sizeClass: '小' } })
  person = await make({ kind: 'PERSON', name: '欧阳若兰', identity: { kind: 'RESIDENT_ID', number: card } })
  const slices = [{ staffKey: bank.staff.li.staffKey, sharePct: '60', main: true }, { staffKey: bank.staff.wang.staffKey, sharePct: '40', main: false }]
  await bank.ask(bank.staff.lead, assignCustomerContract, { params: { customerId: company }, body: { slices, from: today, reason: '分担' } })
})
afterAll(() => bank.close())

const told = (answer: { status: number; body: { refusal?: string } }) => [answer.status, answer.body.refusal ?? null]
const said = { proof: '准予变更登记通知书（并）登字〔2026〕第 118 号', reason: '工商变更' }
const ask = (who: Colleague, customerId: string, body: object, id = newId()) => bank.ask(who, proposeIdentityChange, { params: { customerId }, body: { id, ...said, ...body } })
const asked = async (who: Colleague, customerId: string, body: object): Promise<string> => {
  const answer = await ask(who, customerId, body)
  expect(told(answer)).toEqual([200, null])
  return String(answer.body['id'])
}
const decide = (who: Colleague, customerId: string, changeId: string, body: object = { decision: 'CONFIRMED' }) => bank.ask(who, decideIdentityChange, { params: { customerId, changeId }, body })
const withdraw = (who: Colleague, customerId: string, changeId: string) => bank.ask(who, withdrawIdentityChange, { params: { customerId, changeId }, body: { reason: '填错了' } })
const changes = async (who: Colleague, customerId: string): Promise<IdentityChangesOf> => (await bank.ask(who, getIdentityChanges, { params: { customerId } })).body as unknown as IdentityChangesOf
const get = async (who: Colleague, customerId: string) => (await bank.ask(who, getCustomer, { params: { customerId } })).body
const names = async (q: string): Promise<unknown[]> => ((await bank.ask(bank.staff.li, listCustomers, { query: { q } })).body.items ?? []).map((row) => row['name'])
const representative = async () => (await bank.ask(bank.staff.li, getFile, { params: { customerId: company }, query: { ended: 'true' } })).body as unknown as FileView
const edge = (customerId: string) => bank.look<{ name: string; to_date: string | null }>("SELECT p.name, r.to_date::text FROM relation r JOIN party p ON p.id = r.from_party JOIN party c ON c.id = r.to_party WHERE r.kind = 'LEGAL_REPRESENTATIVE' AND c.as_customer = $1 ORDER BY r.from_date, r.id", [customerId])

describe('one person alone changes none of it', () => {
  test('an edit: the name, the legal representative; the rest goes through, and what was empty is filled', async () => {
    const edit = async (customerId: string, body: object) => bank.ask(bank.staff.li, editCustomer, { params: { customerId }, body: { changedAt: (await get(bank.staff.li, customerId))['changedAt'], reason: '更新', ...body } })
    expect(told(await edit(company, { name: '晋泰新材料集团有限公司' }))).toEqual([409, 'needs-second-person'])
    expect(told(await edit(company, { corporate: { legalRepresentative: '李四' } }))).toEqual([409, 'needs-second-person'])
    expect(told(await edit(company, { corporate: { legalRepresentative: null } }))).toEqual([409, 'needs-second-person'])
    expect(told(await edit(company, { name: '山西晋泰新材料有限公司', corporate: { legalRepresentative: '张建国', sizeClass: '中' } }))).toEqual([200, null])
    const empty = String((await bank.ask(bank.staff.li, createCustomer, { body: { id: newId(), kind: 'CORPORATE', name: '空白商贸有限公司', identity: { kind: 'OTHER', number: '77001' } } })).body['customerId'])
    expect(told(await edit(empty, { corporate: { legalRepresentative: '王五' } }))).toEqual([200, null])
    expect(told(await edit(empty, { corporate: { legalRepresentative: '赵六' } }))).toEqual([409, 'needs-second-person'])
    await bank.look("UPDATE customer SET name_is_made = true, name = '客户 000123' WHERE customer_id = $1", [empty])
    expect(told(await edit(empty, { name: '空白商贸有限责任公司' }))).toEqual([200, null])
    expect(await get(bank.staff.li, empty)).toMatchObject({ name: '空白商贸有限责任公司', nameIsMade: false, formerNames: [] })
  })
  test('a document: another number of the same kind is none to add', async () => {
    expect(told(await bank.ask(bank.staff.li, addIdentity, { params: { customerId: company }, body: { id: newId(), kind: 'USCC', number: otherCode, reason: '换照' } }))).toEqual([409, 'identity-there'])
    await bank.look('DELETE FROM identity_document WHERE customer_id = $1', [company])
    expect(told(await bank.ask(bank.staff.li, addIdentity, { params: { customerId: company }, body: { id: newId(), kind: 'USCC', number: otherCode, reason: '换照' } }))).toEqual([409, 'needs-second-person'])
    await bank.look('DELETE FROM identifier WHERE customer_id = $1', [company])
    expect(told(await bank.ask(bank.staff.li, addIdentity, { params: { customerId: company }, body: { id: newId(), kind: 'USCC', number: code, reason: '补登' } }))).toEqual([200, null])
  })
  test('the row of the legal representative: added as he is named, filled; not another, not ended', async () => {
    const put = (values: object, id = newId()) => bank.ask(bank.staff.li, addRow, { params: { customerId: company }, body: { list: 'PEOPLE', id, values: { office: 'LEGAL_REPRESENTATIVE', ...values } } })
    const id = newId()
    expect(told(await put({ personName: '李四' }))).toEqual([409, 'needs-second-person'])
    expect(told(await put({ personName: '张建国' }, id))).toEqual([200, null])
    const change = async (values: object) => {
      const edition = (await representative()).lists.find((one) => one.code === 'PEOPLE')?.rows.find((row) => row.id === id)?.edition
      return bank.ask(bank.staff.li, changeRow, { params: { customerId: company, rowId: id }, body: { list: 'PEOPLE', edition, values } })
    }
    expect(told(await change({ personPhone: '13935100001', idKind: 'RESIDENT_ID', idNumber: '11010519491231002X' }))).toEqual([200, null])
    for (const values of [{ personName: '张三' }, { office: 'DIRECTOR' }, { idNumber: otherCard }]) expect([values, told(await change(values))]).toEqual([values, [409, 'needs-second-person']])
    expect(told(await bank.ask(bank.staff.li, endRow, { params: { customerId: company, rowId: id }, body: { list: 'PEOPLE', on: today, reason: '离任' } }))).toEqual([409, 'needs-second-person'])
  })
})

describe('a change of the name', () => {
  let id: string
  test('asked with its proof, it waits: the old name holds and everybody sees that it waits', async () => {
    const { li, wang, lead } = bank.staff
    expect(told(await ask(li, company, { field: 'NAME', name: '山西晋泰新材料有限公司' }))).toEqual([422, 'nothing-changes'])
    id = await asked(li, company, { field: 'NAME', name: '晋泰新材料集团有限公司' })
    expect(told(await ask(wang, company, { field: 'NAME', name: '晋泰集团有限公司' }))).toEqual([409, 'change-open'])
    for (const who of [li, wang, lead]) expect(await get(who, company)).toMatchObject({ name: '山西晋泰新材料有限公司', changesRequested: ['NAME'] })
    expect((await changes(wang, company)).changes[0]).toMatchObject({ state: 'OPEN', from: '山西晋泰新材料有限公司', to: '晋泰新材料集团有限公司', proposedBy: '李晓雯', may: { decide: { allowed: false, reason: 'not-allowed' }, withdraw: { allowed: false, reason: 'not-yours' } } })
  })
  test('its scan is added by the maker while it waits, and read with a purpose', async () => {
    const { li, wang, lead } = bank.staff
    const file = { name: '通知书.pdf', bytes: Uint8Array.from([...'%PDF-1.7'].map((letter) => letter.charCodeAt(0))) }
    const send = (who: Colleague) => bank.ask(who, attachProof, { params: { customerId: company, changeId: id }, body: { id: newId() }, file })
    expect([told(await send(wang)), told(await send(li))]).toEqual([[403, 'not-yours'], [200, null]])
    const read = await bank.ask(lead, downloadProof, { params: { customerId: company, changeId: id }, body: { purpose: '复核更名' } })
    expect([read.status, read.bytes.toString()]).toEqual([200, '%PDF-1.7'])
  })
  test('it stands on the agenda of the leads and of nobody else, and on the timeline', async () => {
    const { li, lead, outletHead, branchHead, zhao } = bank.staff
    const lines = async (who: Colleague) => JSON.stringify((await bank.ask(who, readMyDay, {})).body).includes('复核身份变更：名称')
    const seen = []
    for (const who of [li, lead, outletHead, branchHead, zhao]) seen.push(await lines(who))
    expect(seen).toEqual([false, true, true, false, false])
    const events = (await bank.ask(li, readTimeline, { params: { customerId: company }, query: { kind: 'IDENTITY_CHANGE' } })).body.items
    expect(events).toMatchObject([{ title: { zh: '申请变更名称' }, note: said.reason, personName: '李晓雯' }])
  })
  test('who may decide: a lead who sees the customer, never the maker, once', async () => {
    const { li, wang, zhao, lead, outletHead, branchHead, otherBranchHead, leader } = bank.staff
    for (const [who, refusal] of [[li, [403, 'not-allowed']], [wang, [403, 'not-allowed']], [zhao, [403, 'not-allowed']], [otherBranchHead, [404, 'not-found']], [leader, [403, 'not-allowed']]] as const) expect([who.name, told(await decide(who, company, id))]).toEqual([who.name, refusal])
    expect(told(await decide(lead, company, id, { decision: 'RETURNED' }))).toEqual([422, 'note-missing'])
    const items = async (who: Colleague) => ((await bank.ask(who, listIdentityChanges, { query: { state: 'OPEN' } })).body.items ?? []).map((row) => row['name'])
    expect([await items(lead), await items(branchHead), await items(zhao), await items(otherBranchHead)]).toEqual([['山西晋泰新材料有限公司'], ['山西晋泰新材料有限公司'], [], []])
    expect(told(await decide(outletHead, company, id))).toEqual([200, null])
    expect(told(await decide(lead, company, id))).toEqual([409, 'decided-already'])
  })
  test('confirmed: the value, the former name, the search, the keys of comparison, the history', async () => {
    const { li, wang } = bank.staff
    expect(await get(wang, company)).toMatchObject({ name: '晋泰新材料集团有限公司', formerNames: ['山西晋泰新材料有限公司'], changesRequested: [] })
    expect([await names('晋泰新材料集团'), await names('jtxcljt')]).toEqual([['晋泰新材料集团有限公司'], ['晋泰新材料集团有限公司']])
    expect((await bank.ask(li, createCustomer, { body: { id: newId(), kind: 'CORPORATE', name: '晋泰新材料集团有限公司', identity: { kind: 'OTHER', number: '990' } } })).body.refusal).toBe('same-name')
    const history = JSON.stringify((await bank.ask(li, customerHistory, { params: { customerId: company } })).body)
    expect(history).toContain('同意')
    expect(history).toContain(`${said.reason}（${said.proof}）`)
  })
  test('returned and withdrawn: the old name stays, and it may be asked anew', async () => {
    const { li, wang, lead, outletHead } = bank.staff
    const first = await asked(li, company, { field: 'NAME', name: '晋泰控股有限公司' })
    expect(told(await decide(lead, company, first, { decision: 'RETURNED', note: '证明不符' }))).toEqual([200, null])
    const second = await asked(wang, company, { field: 'NAME', name: '晋泰控股有限公司' })
    expect([told(await withdraw(li, company, second)), told(await withdraw(wang, company, second)), told(await withdraw(wang, company, second))]).toEqual([[403, 'not-yours'], [200, null], [409, 'decided-already']])
    expect((await get(li, company))['name']).toBe('晋泰新材料集团有限公司')
    // a head asks: the head above him is told, and another one of the line decides
    const third = await asked(outletHead, company, { field: 'NAME', name: '晋泰控股有限公司' })
    expect(told(await decide(outletHead, company, third))).toEqual([409, 'same-person'])
    expect(JSON.stringify((await bank.ask(bank.staff.branchHead, readMyDay, {})).body)).toContain('复核身份变更：名称')
    expect(told(await decide(bank.staff.branchHead, company, third, { decision: 'RETURNED', note: '先补证明' }))).toEqual([200, null])
  })
  test('the bank is asked for duplicates when it is asked, and again when it is confirmed', async () => {
    const { li, qian, lead } = bank.staff
    await bank.ask(qian, createCustomer, { body: { id: newId(), kind: 'CORPORATE', name: '山西远晨精工有限公司', identity: { kind: 'OTHER', number: '880' } } })
    expect(told(await ask(li, company, { field: 'NAME', name: '山西远晨精工有限责任公司' }))).toEqual([409, 'same-name'])
    const id = await asked(li, company, { field: 'NAME', name: '山西远晨精工有限责任公司', sameNameSeen: true })
    expect(told(await decide(lead, company, id))).toEqual([409, 'same-name'])
    expect((await get(li, company))['name']).toBe('晋泰新材料集团有限公司')
    expect(told(await decide(lead, company, id, { decision: 'CONFIRMED', sameNameSeen: true }))).toEqual([200, null])
    expect((await get(li, company))['name']).toBe('山西远晨精工有限责任公司')
  })
  test('what stood has changed since it was asked', async () => {
    const { li, lead } = bank.staff
    const id = await asked(li, company, { field: 'NAME', name: '晋泰新能源有限公司' })
    await bank.look("UPDATE customer SET name = '晋泰（山西）有限公司' WHERE customer_id = $1", [company])
    expect(told(await decide(lead, company, id))).toEqual([409, 'changed-meanwhile'])
    expect(told(await withdraw(li, company, id))).toEqual([200, null])
  })
})

describe('a document of identity', () => {
  const documentOf = async (customerId: string, kind: string): Promise<string> => (await changes(bank.staff.li, customerId)).documents.find((one) => one.kind === kind)?.id ?? newId()
  const other = async (customerId: string, from: string, kind: string, number: string | null, more: object = {}) => ({ field: 'IDENTITY', documentId: await documentOf(customerId, from), kind, number, expiresOn: null, ...more })
  test('refused by name: the wrong kind, a wrong number, the same again, a kind that is there, one that another customer has', async () => {
    const { li } = bank.staff
    expect(told(await ask(li, company, await other(company, 'USCC', 'PASSPORT', 'E1')))).toEqual([422, 'identity-kind'])
    expect(told(await ask(li, company, await other(company, 'USCC', 'USCC', '91140105MA0TEXT128')))).toEqual([422, 'identity-number'])
    expect(told(await ask(li, company, await other(company, 'USCC', 'USCC', code)))).toEqual([422, 'nothing-changes'])
    expect(told(await ask(li, company, await other(company, 'USCC', 'USCC', null)))).toEqual([422, 'nothing-changes'])
    expect(told(await ask(li, company, await other(company, 'PASSPORT', 'USCC', otherCode)))).toEqual([404, 'not-found'])
    await bank.ask(bank.staff.qian, createCustomer, { body: { id: newId(), kind: 'CORPORATE', name: '别处的一家有限公司', identity: { kind: 'USCC', number: '91350100M000100Y43' } } })
    const refused = await ask(li, company, await other(company, 'USCC', 'USCC', '91350100M000100Y43'))
    expect([told(refused), refused.body['message']]).toEqual([[409, 'duplicate-identity'], '未能提交。该号码已有客户，归属城西网点，请联系该网点'])
  })
  test('the credit code: the old one finds the customer until it is confirmed, the new one afterwards; the register’s particulars follow', async () => {
    const { li, lead } = bank.staff
    const id = await asked(li, company, await other(company, 'USCC', 'USCC', otherCode))
    const name = (await get(li, company))['name']
    expect([await names(code), await names(otherCode)]).toEqual([[name], []])
    const [view] = (await changes(lead, company)).changes
    expect(view).toMatchObject({ field: 'IDENTITY', from: 'USCC', to: 'USCC', fromMasked: '**************T127', toMasked: '**************K78G' })
    expect((await bank.ask(lead, revealNumber, { params: { customerId: company }, body: { what: 'IDENTITY_CHANGE', id, purpose: '复核' } })).body['value']).toBe(otherCode)
    expect(JSON.stringify(await bank.look("SELECT before, after FROM journal_line WHERE table_name = 'identity_change'"))).not.toContain(otherCode)
    expect(told(await decide(lead, company, id))).toEqual([200, null])
    expect([await names(code), await names(otherCode)]).toEqual([[], [name]])
    expect((await get(li, company))).toMatchObject({ corporate: { uscc: otherCode }, identities: [{ kind: 'USCC', checked: true }] })
    // the former number is free: whoever has it may be entered
    expect((await bank.ask(bank.staff.qian, createCustomer, { body: { id: newId(), kind: 'CORPORATE', name: '另一家真正的有限公司', identity: { kind: 'USCC', number: code } } })).status).toBe(200)
  })
  test('taken meanwhile: confirming is refused, nothing of it stays', async () => {
    const { li, lead, qian } = bank.staff
    const id = await asked(li, company, await other(company, 'USCC', 'USCC', '911401050010001090'))
    expect((await bank.ask(qian, createCustomer, { body: { id: newId(), kind: 'CORPORATE', name: '抢先登记有限公司', identity: { kind: 'USCC', number: '911401050010001090' } } })).status).toBe(200)
    expect(told(await decide(lead, company, id))).toEqual([409, 'duplicate-identity'])
    expect(await get(li, company)).toMatchObject({ corporate: { uscc: otherCode }, changesRequested: ['IDENTITY'] })
    await withdraw(li, company, id)
  })
  test('a person’s card: sex and birth date as the new number says; the tail follows; another kind with the same number', async () => {
    const { li, lead } = bank.staff
    const id = await asked(li, person, await other(person, 'RESIDENT_ID', 'RESIDENT_ID', otherCard, { expiresOn: '2040-01-01' }))
    expect(told(await decide(lead, person, id))).toEqual([200, null])
    expect(await get(li, person)).toMatchObject({ person: { sex: 'F', birthDate: '2000-02-29' }, identities: [{ kind: 'RESIDENT_ID', masked: '***********8846', expiresOn: '2040-01-01' }] })
    expect([await names(card), await names(otherCard)]).toEqual([[], ['欧阳若兰']])
    expect(await bank.look("SELECT count(*)::int AS n FROM search_hash WHERE customer_id = $1 AND kind = 'ID_TAIL'", [person])).toEqual([{ n: 1 }])
    const second = await asked(li, person, await other(person, 'RESIDENT_ID', 'OTHER', null))
    expect(told(await decide(lead, person, second))).toEqual([200, null])
    expect(await get(li, person)).toMatchObject({ identities: [{ kind: 'OTHER', masked: '****8846', checked: false }] })
    expect(await bank.look("SELECT count(*)::int AS n FROM identifier WHERE customer_id = $1", [person])).toEqual([{ n: 0 }])
  })
})

describe('the legal representative', () => {
  test('refused by name: of a person, where none stands, the same, half a document', async () => {
    const { li } = bank.staff
    const none = { field: 'LEGAL_REPRESENTATIVE', personName: '李四', idKind: null, idNumber: null }
    expect(told(await ask(li, person, none))).toEqual([422, 'wrong-part'])
    expect(told(await ask(li, company, { ...none, personName: '张建国' }))).toEqual([422, 'nothing-changes'])
    expect(told(await ask(li, company, { ...none, idKind: 'RESIDENT_ID' }))).toEqual([422, 'goes-together'])
    expect(told(await ask(li, company, { ...none, idKind: 'RESIDENT_ID', idNumber: '140105199003072318' }))).toEqual([422, 'identity-number'])
    const bare = await bank.customer({ name: '没有法人的有限公司' })
    expect(told(await ask(li, bare, none))).toEqual([422, 'nothing-stands'])
  })
  test('confirmed: the former one leaves with the day, the new one stands in the file, in the particulars and in the graph; the next one ends him there', async () => {
    const { li, lead } = bank.staff
    const id = await asked(li, company, { field: 'LEGAL_REPRESENTATIVE', personName: '李国强', idKind: 'RESIDENT_ID', idNumber: card })
    expect(told(await decide(lead, company, id))).toEqual([200, null])
    const people = (await representative()).lists.find((one) => one.code === 'PEOPLE')?.rows ?? []
    expect(people.map((row) => [row.values['personName'], row.values['idNumber'], row.endedOn])).toEqual([['李国强', '***********2317', null], ['张建国', '***********002X', today]])
    expect(await get(li, company)).toMatchObject({ corporate: { legalRepresentative: '李国强' } })
    expect((await edge(company)).map(({ to_date: to }) => to)).toEqual([null])
    const next = await asked(li, company, { field: 'LEGAL_REPRESENTATIVE', personName: '王志远', idKind: null, idNumber: null })
    expect(told(await decide(lead, company, next))).toEqual([200, null])
    expect((await edge(company)).map(({ name, to_date: to }) => [name, to])).toEqual([['李国强', today], ['王志远', null]])
    // the same person with another number of his document: no other row, no other edge
    const same = await asked(li, company, { field: 'LEGAL_REPRESENTATIVE', personName: '王志远', idKind: 'PASSPORT', idNumber: 'E12345678' })
    expect(told(await decide(lead, company, same))).toEqual([200, null])
    expect((await representative()).lists.find((one) => one.code === 'PEOPLE')?.rows.filter((row) => row.endedOn === null).map((row) => row.values['idKind'])).toEqual(['PASSPORT'])
    expect(await edge(company)).toHaveLength(2)
  })
})

test('a change of hands: the new manager and his lead see what waits, the former ones do not', async () => {
  const { li, zhao, lead, branchHead } = bank.staff
  const customerId = await bank.customer({ name: '将要换人的有限公司', main: li })
  const id = await asked(li, customerId, { field: 'NAME', name: '已经换人的有限公司' })
  expect(told(await bank.ask(branchHead, assignCustomerContract, { params: { customerId }, body: { slices: [{ staffKey: zhao.staffKey, sharePct: '100', main: true }], from: today, reason: '换人' } }))).toEqual([200, null])
  const items = async (who: Colleague) => ((await bank.ask(who, listIdentityChanges, { query: { state: 'OPEN' } })).body.items ?? []).map((row) => row['id'])
  expect([await items(li), await items(lead), await items(zhao)]).toEqual([[], [], [id]])
  expect(told(await decide(branchHead, customerId, id))).toEqual([200, null])
})
