import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { giveGrant, listGrants, withdrawGrant } from '../access/grant.contract.ts'
import { getHoldings, getValueTrend, listTransactions, revealAccount } from '../holdings/holdings.contract.ts'
import { routes } from '../routes.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { assignCustomerContract, createCustomer, editCustomer, exportCustomers, getCustomer, listCustomers, revealNumber } from './customer.contract.ts'

let bank: SmallBank
let jintai: string // 李晓雯 and 王凯, with a phone
let other: string // 钱进 of the other branch
beforeAll(async () => {
  bank = await smallBank(routes)
  jintai = await bank.customer({ name: '山西晋泰新材料有限公司', main: bank.staff.li, assist: bank.staff.wang })
  other = await bank.customer({ name: '西城饮食股份有限公司', main: bank.staff.qian })
})
afterAll(() => bank.close())

const list = (who: Colleague, query: Record<string, unknown> = {}) => bank.ask(who, listCustomers, { query })
const names = async (who: Colleague, query: Record<string, unknown> = {}): Promise<string[]> => ((await list(who, query)).body.items ?? []).map((row) => String(row['name'])).sort()
const get = (who: Colleague, customerId: string) => bank.ask(who, getCustomer, { params: { customerId } })
const told = (answer: { status: number; body: { refusal?: string } }) => [answer.status, answer.body.refusal ?? null]
const newCustomer = (more: object = {}) => ({ id: newId(), kind: 'PERSON', name: '欧阳若兰', identity: { kind: 'OTHER', number: `X${newId().slice(-8)}` }, ...more })
const create = (who: Colleague, more: object = {}) => bank.ask(who, createCustomer, { body: newCustomer(more) })

describe('the list', () => {
  test('everybody sees his scope and nothing else', async () => {
    const { li, wang, zhao, lead, outletHead, branchHead, leader, qian, otherBranchHead, aml } = bank.staff
    for (const who of [li, wang, lead, outletHead, branchHead]) expect([who.name, await names(who)]).toEqual([who.name, ['山西晋泰新材料有限公司']])
    for (const who of [qian, otherBranchHead]) expect([who.name, await names(who)]).toEqual([who.name, ['西城饮食股份有限公司']])
    for (const who of [leader, aml]) expect(await names(who)).toHaveLength(2)
    expect(await names(zhao)).toEqual([])
    for (const who of [bank.staff.reviewer, bank.staff.hr, bank.staff.placeHead]) expect(told(await list(who))).toEqual([403, 'not-allowed'])
  })
  test.each([
    ['晋', 1], ['晋泰', 1], ['新材料', 1], ['泰新材料有限', 1], ['jintai', 1], ['jin tai', 1], ['jtxcl', 1], ['sxjt', 1], ['晋城', 0], ['材新', 0], ['xcys', 0], ['西城', 0], ['%', 0], ["'; DROP TABLE customer; --", 0], ['<b>', 0], ['\\', 0],
  ])('李晓雯 searches %s: %i', async (q, found) => {
    const answer = await list(bank.staff.li, { q })
    expect([answer.status, answer.body.items?.length]).toEqual([200, found])
  })
  test('the other branch finds nothing by any search, head office does', async () => {
    for (const q of ['晋', '晋泰', 'jintai', 'jtxcl', '新材料']) expect([q, await names(bank.staff.qian, { q })]).toEqual([q, []])
    expect(await names(bank.staff.leader, { q: 'jtxcl' })).toHaveLength(1)
    expect(await names(bank.staff.branchHead, { q: '有限公司' })).toEqual(['山西晋泰新材料有限公司'])
  })
  test('filters, and a filter that nobody has', async () => {
    const { leader, li, qian } = bank.staff
    expect(await names(leader, { kind: 'CORPORATE', tier: 'T1', managerKey: li.staffKey })).toEqual(['山西晋泰新材料有限公司'])
    expect(await names(leader, { outletKey: bank.units.west.key })).toEqual(['西城饮食股份有限公司'])
    expect(await names(leader, { kind: 'PERSON' })).toEqual([])
    expect(await names(leader, { q: '公司', managerKey: qian.staffKey, tier: 'T1', status: 'ACTIVE', kind: 'CORPORATE' })).toEqual(['西城饮食股份有限公司'])
  })
  test('pages in every order: each row once, in order; a search is paged the same way; another list\'s cursor and one made by hand are refused', async () => {
    const { zhao } = bank.staff
    const made = ['东风汽配公司', '东方纸业公司', '东海渔业公司', '东山陶瓷公司', '东城药业公司']
    for (const [place, name] of made.entries()) {
      const id = await bank.customer({ name, main: zhao })
      await bank.look('UPDATE customer SET month_adb_fen = $2, deposit_fen = $2 WHERE customer_id = $1', [id, place % 2 === 0 ? 100 : 200 + place])
    }
    const walk = async (query: Record<string, unknown>): Promise<Record<string, unknown>[]> => {
      const rows: Record<string, unknown>[] = []
      let cursor: unknown
      for (let page = 0; page < 10; page++) {
        const { body, status } = await list(zhao, { ...query, limit: 2, ...(cursor === undefined ? {} : { cursor }) })
        expect([status, body['count']]).toEqual([200, { value: 5, exact: true }])
        rows.push(...(body.items ?? []))
        cursor = body['nextCursor']
        if (cursor === null) return rows
      }
      throw new Error('the list has no end')
    }
    for (const sort of ['adb', '-adb', 'name', '-name', 'changed', '-changed']) {
      for (const q of [undefined, '东', '公司', 'dong']) {
        const rows = await walk({ sort, ...(q === undefined ? {} : { q }) })
        expect([sort, q, new Set(rows.map((row) => row['customerId'])).size]).toEqual([sort, q, 5])
        const keys = rows.map((row) => (sort.endsWith('adb') ? Number(row['monthAdbFen']) : sort.endsWith('name') ? String(row['name']) : String(row['changedAt'])))
        if (!sort.endsWith('name')) expect([sort, q, keys]).toEqual([sort, q, [...keys].sort((a, b) => (sort.startsWith('-') ? (a < b ? 1 : -1) : a > b ? 1 : -1))])
      }
    }
    expect((await walk({ sort: 'name' })).map((row) => row['name'])).toEqual(['东城药业公司', '东方纸业公司', '东风汽配公司', '东海渔业公司', '东山陶瓷公司'])
    const { body } = await list(zhao, { limit: 2 })
    expect(told(await list(zhao, { limit: 2, sort: 'name', cursor: body['nextCursor'] }))).toEqual([400, 'invalid-cursor'])
    expect(told(await list(zhao, { cursor: Buffer.from('["1","2"]').toString('base64url') }))).toEqual([400, 'invalid-cursor'])
  })
  test.each([{ limit: 0 }, { limit: 201 }, { limit: 'x' }, { sort: 'number' }, { kind: 'COMPANY' }, { tier: 'T9' }, { outletKey: -1 }, { unknown: 1 }, { q: 'x'.repeat(61) }, { q: 'a\u0000b' }])('%j is refused', async (query) => {
    expect(told(await list(bank.staff.li, query))).toEqual([400, 'invalid-request'])
  })
})

describe('one customer', () => {
  test('how everybody stands to it, and what he may do', async () => {
    const { li, wang, lead, leader, lobby } = bank.staff
    for (const [who, relation] of [[li, 'MAIN'], [wang, 'ASSIST'], [lead, 'UNIT'], [leader, 'ALL'], [lobby, 'UNIT']] as const) {
      const { status, body } = await get(who, jintai)
      expect([status, body['relation']]).toEqual([200, relation])
    }
    const may = async (who: Colleague) => Object.entries((await get(who, jintai)).body['may'] as Record<string, { allowed: boolean }>).filter(([, verdict]) => verdict.allowed).map(([action]) => action)
    expect(await may(li)).toEqual(['customer.edit', 'customer.reveal', 'customer.tag', 'contact.record'])
    expect(await may(lead)).toEqual(['customer.edit', 'customer.assign', 'customer.reveal', 'customer.tag', 'grant.give', 'grant.withdraw', 'contact.record'])
    expect(await may(lobby)).toEqual(['customer.reveal'])
    expect((await get(li, jintai)).body).toMatchObject({ assignments: [{ person: { name: '李晓雯' }, sharePct: '60.00', main: true, now: true }, { person: { name: '王凯' }, sharePct: '40.00', main: false, now: true }] })
  })
  test('a foreign id and one that does not exist are answered letter for letter the same, at every address below', async () => {
    const { zhao, qian } = bank.staff
    const same = (answer: { status: number; body: Record<string, unknown> }) => JSON.stringify([answer.status, { ...answer.body, requestId: '' }])
    for (const who of [zhao, qian]) {
      for (const contract of [getCustomer, getHoldings, getValueTrend, listTransactions, listGrants]) {
        const foreign = await bank.ask(who, contract, { params: { customerId: jintai } })
        expect(told(foreign)).toEqual([404, 'not-found'])
        expect(same(foreign)).toBe(same(await bank.ask(who, contract, { params: { customerId: newId() } })))
        expect(same(foreign)).toBe(same(await bank.ask(who, contract, { params: { customerId: 'no-id' } })))
      }
    }
    const reveal = { what: 'PHONE', id: newId(), purpose: '核对' }
    for (const customerId of [jintai, newId()]) {
      expect(told(await bank.ask(zhao, revealNumber, { params: { customerId }, body: reveal }))).toEqual([404, 'not-found'])
      expect(told(await bank.ask(zhao, revealAccount, { params: { customerId, accountId: newId() }, body: { purpose: '核对' } }))).toEqual([404, 'not-found'])
      expect(told(await bank.ask(zhao, editCustomer, { params: { customerId }, body: { changedAt: '2026-11-23T00:00:00.000Z', reason: '核对' } }))).toEqual([404, 'not-found'])
    }
  })
  test('a leaver is out at once', async () => {
    const { colleague, units } = bank
    const gone = await colleague('蒋离', 'RM', units.south.key)
    const his = await bank.customer({ main: gone, name: '离任客户有限公司' })
    expect((await get(gone, his)).status).toBe(200)
    await bank.look('UPDATE employment SET to_date = $2 WHERE staff_key = $1', [gone.staffKey, today])
    expect(told(await get(gone, his))).toEqual([401, 'not-signed-in'])
    expect(told(await list(gone))).toEqual([401, 'not-signed-in'])
  })
})

describe('a new customer', () => {
  test('its maker has it, is found by name, number and phone tail; nobody else sees it; the number is masked and nowhere in clear', async () => {
    const { li, zhao, outletHead } = bank.staff
    const answer = await create(li, { name: '尉迟 明远', identity: { kind: 'RESIDENT_ID', number: ' 140105１99003072317' }, phone: '138 1234 5678', person: { occupation: '教师' } })
    expect(told(answer)).toEqual([200, null])
    const { customerId } = answer.body as { customerId: string }
    expect((await get(li, customerId)).body).toMatchObject({
      name: '尉迟 明远', kind: 'PERSON', status: 'PROSPECT', tier: 'P', relation: 'MAIN', person: { sex: 'M', birthDate: '1990-03-07', occupation: '教师' },
      identities: [{ kind: 'RESIDENT_ID', masked: '***********2317', checked: true }], phones: [{ masked: '138****5678' }],
    })
    for (const q of ['尉迟', 'yuchi', 'ycmy', '140105199003072317', '5678', '13812345678', answer.body['number']]) expect([q, (await list(li, { q })).body.items?.map((row) => row['customerId'])]).toEqual([q, [customerId]])
    expect(await names(outletHead, { q: '5678' })).toEqual(['尉迟 明远'])
    for (const q of ['尉迟', '140105199003072317', '5678']) expect((await list(zhao, { q })).body.items).toEqual([])
    const stored = await bank.look<{ everything: string }>(`SELECT string_agg(t::text, ' ') AS everything FROM (
      SELECT j::text AS t FROM journal_line j UNION ALL SELECT i::text FROM identity_document i UNION ALL SELECT p::text FROM phone p UNION ALL SELECT a::text FROM accepted_request a) x`)
    expect(stored[0]?.everything).not.toMatch(/140105199003072317|13812345678|尉迟/)
  })
  test('the number is held elsewhere: the outlet is told and nothing else; nothing is stored', async () => {
    const { li, qian } = bank.staff
    const uscc = '91140105MA0FNAK78G'
    const corporate = { kind: 'CORPORATE', name: '晋北煤化有限公司', identity: { kind: 'USCC', number: uscc } }
    expect(told(await create(qian, corporate))).toEqual([200, null])
    const again = await create(li, { ...corporate, name: '晋北煤化集团有限公司' })
    expect([again.status, again.body.refusal, again.body['details']]).toEqual([409, 'duplicate-identity', { outlet: '城西网点', outletEn: 'West outlet' }])
    expect(await names(li, { q: '晋北煤化' })).toEqual([])
    expect((await bank.look('SELECT 1 FROM identifier WHERE customer_id NOT IN (SELECT customer_id FROM customer)'))).toEqual([])
  })
  test('the same name: told with count and outlets, then created when the maker has seen it', async () => {
    const { li } = bank.staff
    const answer = await create(li, { kind: 'CORPORATE', name: '西城饮食股份有限公司', identity: { kind: 'OTHER', number: '77' } })
    expect([answer.status, answer.body.refusal, answer.body['details']]).toEqual([409, 'same-name', { outlet: '城西网点', outletEn: 'West outlet', outlets: '城西网点', outletsEn: 'West outlet' }])
    expect((await create(li, { kind: 'CORPORATE', name: '西城饮食股份有限公司', identity: { kind: 'OTHER', number: '77' }, sameNameSeen: true })).body).toMatchObject({ warnings: ['not-checked'] })
  })
  test('twice is once; another content or another person under the same id is refused', async () => {
    const { li, wang } = bank.staff
    const body = newCustomer({ name: '司徒一次' })
    const first = await bank.ask(li, createCustomer, { body })
    expect((await bank.ask(li, createCustomer, { body })).body).toEqual(first.body)
    expect(told(await bank.ask(li, createCustomer, { body: { ...body, name: '司徒二次' } }))).toEqual([409, 'key-reused'])
    expect(told(await bank.ask(wang, createCustomer, { body }))).toEqual([409, 'key-reused'])
    expect(told(await create(li, { id: jintai }))).toEqual([409, 'key-reused'])
    expect(told(await create(li, { id: other }))).toEqual([409, 'key-reused'])
  })
  test.each<[string, object, string]>([
    ['a wrong check digit', { identity: { kind: 'RESIDENT_ID', number: '140105199003072318' } }, 'identity-number'],
    ['a credit code with a wrong check', { kind: 'CORPORATE', identity: { kind: 'USCC', number: '91140105MA0FNAK78H' } }, 'identity-number'],
    ['a person with a credit code', { identity: { kind: 'USCC', number: '91140105MA0TEXT127' } }, 'identity-kind'],
    ['a company with a resident number', { kind: 'CORPORATE', identity: { kind: 'RESIDENT_ID', number: '140105199003072317' } }, 'identity-kind'],
    ['a person with a legal representative', { corporate: { legalRepresentative: '某' } }, 'wrong-fields'],
    ['an outlet that is not there', { outletKey: 99_999 }, 'outlet-unknown'],
    ['no name', { name: ' ' }, 'invalid-request'],
    ['an id that is no UUIDv7', { id: 'c3b7a6a0-5f5e-4a6c-9d59-3f6e0a1b2c3d' }, 'invalid-request'],
    ['a phone of letters', { phone: 'abc' }, 'invalid-request'],
    ['an unknown field', { vip: true }, 'invalid-request'],
    ['a day that does not exist', { identity: { kind: 'OTHER', number: '1', expiresOn: '2026-02-30' } }, 'invalid-request'],
  ])('%s is refused', async (_what, more, refusal) => {
    const before = await bank.look('SELECT count(*) FROM customer')
    expect((await create(bank.staff.li, more)).body.refusal).toBe(refusal)
    expect(await bank.look('SELECT count(*) FROM customer')).toEqual(before)
  })
  test('the hint for a letter that the credit code does not use', async () => {
    const answer = await create(bank.staff.li, { kind: 'CORPORATE', identity: { kind: 'USCC', number: '9114O105MA0FNAK78G' } })
    expect(answer.body['message']).toBe('未能保存。证件号码第 5 位不会是 O，是否为 0')
  })
  test('who may not', async () => {
    for (const who of [bank.staff.branchHead, bank.staff.leader, bank.staff.lobby, bank.staff.reviewer, bank.staff.hr]) expect([who.name, ...told(await create(who))]).toEqual([who.name, 403, 'not-allowed'])
  })
})

describe('a number is revealed', () => {
  test('with its purpose in the journal; thirty in an hour, searches by number counted with them', async () => {
    const rm = await bank.colleague('许数', 'RM', bank.units.south.key)
    const made = await create(rm, { name: '申屠数清', identity: { kind: 'PASSPORT', number: 'E12345678' }, phone: '13900001111' })
    const { customerId } = made.body as { customerId: string }
    const { identities, phones } = (await get(rm, customerId)).body as unknown as { identities: { id: string }[]; phones: { id: string }[] }
    const reveal = (what: string, id: string | undefined, purpose = '电话回访核对') => bank.ask(rm, revealNumber, { params: { customerId }, body: { what, id, purpose } })
    expect((await reveal('IDENTITY', identities[0]?.id)).body).toEqual({ value: 'E12345678' })
    expect((await reveal('PHONE', phones[0]?.id)).body).toEqual({ value: '13900001111' })
    expect(await bank.look("SELECT table_name, why FROM journal_line WHERE customer_id = $1 AND action = 'READ' ORDER BY at", [customerId])).toEqual([{ table_name: 'identity_document', why: '电话回访核对' }, { table_name: 'phone', why: '电话回访核对' }])
    expect(told(await reveal('PHONE', newId()))).toEqual([404, 'not-found'])
    expect(told(await reveal('PHONE', phones[0]?.id, ''))).toEqual([400, 'invalid-request'])
    for (let n = 3; n <= 30; n++) expect([n, (await list(rm, { q: '1111' })).status]).toEqual([n, 200])
    expect(told(await list(rm, { q: '1111' }))).toEqual([429, 'too-many'])
    expect(told(await reveal('PHONE', phones[0]?.id))).toEqual([429, 'too-many'])
    expect((await list(rm, { q: '申屠' })).status).toBe(200)
    const lead = await bank.ask(bank.staff.lead, revealNumber, { params: { customerId }, body: { what: 'PHONE', id: phones[0]?.id, purpose: '复核' } })
    expect(lead.status).toBe(200)
  })
})

describe('reading is granted', () => {
  test('by the team lead, for a reason, until a day; journaled; withdrawn it ends at once', async () => {
    const { lead, reviewer, li } = bank.staff
    const grant = (who: Colleague, body: object, customerId = jintai) => bank.ask(who, giveGrant, { params: { customerId }, body: { id: newId(), staffKey: reviewer.staffKey, reason: '授信审查', until: '2026-11-25', ...body } })
    expect(told(await get(reviewer, jintai))).toEqual([404, 'not-found'])
    const given = await grant(lead, {})
    expect(told(given)).toEqual([200, null])
    expect((await get(reviewer, jintai)).body).toMatchObject({ relation: 'GRANT', may: { 'customer.edit': { allowed: false }, 'customer.reveal': { allowed: false } } })
    expect(await bank.look("SELECT 1 FROM journal_line WHERE action = 'READ' AND customer_id = $1 AND person_key = $2", [jintai, reviewer.staffKey])).not.toEqual([])
    // the last day still counts, the day after does not
    for (const [day, status] of [['2026-11-25', 200], ['2026-11-26', 404], [today, 200]] as const) {
      await bank.look('UPDATE bank SET business_date = $1', [day])
      expect([day, (await get(reviewer, jintai)).status]).toEqual([day, status])
    }
    expect((await bank.ask(li, listGrants, { params: { customerId: jintai } })).body.items).toMatchObject([{ name: '杨审', reason: '授信审查', until: '2026-11-25', inForce: true, givenBy: '陈立' }])
    const end = (who: Colleague, grantId: string) => bank.ask(who, withdrawGrant, { params: { customerId: jintai, grantId }, body: { reason: '审查结束' } })
    const { id } = given.body as unknown as { id: string }
    expect(told(await end(li, id))).toEqual([403, 'not-allowed'])
    expect(told(await end(lead, newId()))).toEqual([404, 'not-found'])
    expect(told(await end(lead, id))).toEqual([200, null])
    expect(told(await end(lead, id))).toEqual([422, 'grant-ended'])
    expect(told(await get(reviewer, jintai))).toEqual([404, 'not-found'])
  })
  test('refused by name', async () => {
    const { lead, reviewer, li, hr, compliance, otherBranchHead } = bank.staff
    const grant = async (who: Colleague, body: object) => (await bank.ask(who, giveGrant, { params: { customerId: jintai }, body: { id: newId(), staffKey: compliance.staffKey, reason: '检查', until: today, ...body } })).body.refusal ?? null
    expect(await grant(lead, { staffKey: lead.staffKey })).toBe('grant-to-oneself')
    expect(await grant(lead, { staffKey: 99_999 })).toBe('not-employed')
    expect(await grant(lead, { staffKey: hr.staffKey })).toBe('post-cannot-read')
    expect(await grant(lead, { until: '2026-11-22' })).toBe('until-passed')
    expect(await grant(lead, { until: '2027-02-21' })).toBe('grant-too-long')
    expect(await grant(lead, { staffKey: li.staffKey })).toBe('sees-already')
    expect(await grant(lead, { reason: '' })).toBe('invalid-request')
    expect(await grant(lead, {})).toBeNull()
    expect(await grant(lead, {})).toBe('grant-exists')
    expect(await grant(li, { staffKey: reviewer.staffKey })).toBe('not-allowed')
    expect(await grant(otherBranchHead, { staffKey: reviewer.staffKey })).toBe('not-found')
  })
})

describe('managers are assigned', () => {
  test('the former one loses sight at once, its contacts follow; across units it is refused', async () => {
    const { li, wang, outletHead, qian, zhao, branchHead, reviewer } = bank.staff
    const customerId = await bank.customer({ main: li, name: '转手贸易有限公司' })
    const assign = (who: Colleague, slices: [Colleague, string, boolean][], more: object = {}) => bank.ask(who, assignCustomerContract, {
      params: { customerId }, body: { slices: slices.map(([person, sharePct, main]) => ({ staffKey: person.staffKey, sharePct, main })), from: today, reason: '调整', ...more },
    })
    expect(told(await assign(li, [[wang, '100', true]]))).toEqual([403, 'not-allowed'])
    expect(told(await assign(outletHead, [[zhao, '100', true]]))).toEqual([422, 'not-your-unit'])
    expect(told(await assign(branchHead, [[qian, '100', true]]))).toEqual([422, 'not-your-unit'])
    expect(told(await assign(branchHead, [[reviewer, '100', true]]))).toEqual([422, 'not-your-unit'])
    const slices = () => bank.look('SELECT staff_key, share_pct::text, from_date::text, to_date::text FROM assignment WHERE customer_id = $1 ORDER BY id', [customerId])
    const before = await slices()
    for (const rest of ['39.99', '40.01', '30']) expect(told(await assign(outletHead, [[wang, '60', true], [li, rest, false]]))).toEqual([422, 'shares-not-100'])
    expect(await slices()).toEqual(before)
    expect(told(await assign(outletHead, [[wang, '100', true]], { from: '2026-10-31' }))).toEqual([422, 'assign-day'])
    expect(told(await assign(outletHead, [[wang, '100', true]], { from: '2026-11-24' }))).toEqual([422, 'assign-day'])
    expect(told(await assign(outletHead, [[wang, '100', true]]))).toEqual([200, null])
    expect([(await get(li, customerId)).status, (await get(wang, customerId)).status]).toEqual([404, 200])
    expect(told(await assign(branchHead, [[zhao, '100', true]]))).toEqual([200, null])
    expect([(await get(wang, customerId)).status, (await get(zhao, customerId)).status, (await get(outletHead, customerId)).status]).toEqual([404, 200, 404])
  })
})

test('core fields are edited against what was read; a name that stands is changed by two persons (identity/)', async () => {
  const { li, wang, lobby } = bank.staff
  const made = await create(li, { kind: 'CORPORATE', name: '旧名商贸有限公司', identity: { kind: 'OTHER', number: '1234567' }, corporate: { sizeClass: '小' } })
  const { customerId } = made.body as { customerId: string }
  const read = (await get(li, customerId)).body as unknown as { changedAt: string }
  const edit = (who: Colleague, body: object) => bank.ask(who, editCustomer, { params: { customerId }, body: { changedAt: read.changedAt, reason: '更名', ...body } })
  expect(told(await edit(wang, {}))).toEqual([404, 'not-found'])
  expect(told(await edit(lobby, {}))).toEqual([403, 'not-allowed'])
  expect(told(await edit(li, { person: { occupation: 'x' } }))).toEqual([422, 'wrong-fields'])
  expect(told(await edit(li, { name: '旧名商贸有限公司', corporate: { legalRepresentative: '张三', sizeClass: '中' }, newPhone: '0351-7654321' }))).toEqual([200, null])
  expect(told(await edit(li, { name: '再改商贸有限公司' }))).toEqual([409, 'changed-meanwhile'])
  expect((await get(li, customerId)).body).toMatchObject({ name: '旧名商贸有限公司', formerNames: [], changesRequested: [], corporate: { legalRepresentative: '张三', sizeClass: '中' }, phones: [{ masked: '035****4321' }] })
})

test('export: the rows of the list with mark and purpose, journaled; who may not', async () => {
  const { li, lobby, zhao } = bank.staff
  const send = async (who: Colleague, body: object) => bank.app.inject({
    method: 'POST', url: exportCustomers.path, headers: { 'x-yinqiao': '1', 'content-type': 'application/json', cookie: `yq_session=${await bank.session(who)}` }, payload: JSON.stringify({ purpose: '季度走访安排', ...body }),
  })
  const answer = await send(li, { q: '晋泰' })
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'])
  expect(answer.rawPayload.subarray(0, 2).toString()).toBe('PK')
  expect(await bank.look("SELECT why, after->>'rows' AS rows FROM journal_line WHERE after->>'export' = 'customers.list' AND person_key = $1", [li.staffKey])).toEqual([{ why: '季度走访安排', rows: '1' }])
  expect((await send(li, { purpose: '' })).json()).toMatchObject({ refusal: 'invalid-request' })
  expect((await send(zhao, { q: '晋泰' })).json()).toMatchObject({ refusal: 'nothing-to-export' })
  expect((await send(lobby, {})).json()).toMatchObject({ refusal: 'not-allowed' })
})
