import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { createCustomer, listCustomers } from '../../customers/customer.contract.ts'
import { leaveOutErased } from '../../deliveries/follow-merges.ts'
import { carryOut, retentionJob } from '../../flows/carry-out-retention.ts'
import type { Database } from '../../foundation/database/database.ts'
import type { Transaction } from '../../foundation/database/transaction.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { routes } from '../../routes.ts'
import { askLiftHold, decideLegalHold, decideLiftHold, enterLegalHold, listLegalHolds } from './legal-hold.contract.ts'
import { carryOutRetention, listRetentionCases, proposeRetention, readRetentionRules, signRetention, type RetentionCaseShown } from './retention.contract.ts'

let bank: SmallBank
let second: Colleague // of compliance
beforeAll(async () => {
  bank = await smallBank(routes)
  second = await bank.colleague('卫慎', 'COMPLIANCE', bank.units.head.key)
})
afterAll(() => bank.close())

const told = (answer: { status: number; body: { refusal?: string } }) => [answer.status, answer.body.refusal ?? null]
const night = () => retentionJob.run(bank.services, {}, () => Promise.resolve(), newId())
let made = 0
/** A former customer: its one account closed on the day. */
async function former(closedOn: string | null, status = 'CLOSED'): Promise<{ id: string; number: string }> {
  made += 1
  const id = await bank.customer({ name: `太原旧友商贸第${made}有限公司`, openedOn: '2012-01-01' })
  await bank.look("INSERT INTO product (code, name, name_en, line) VALUES ('DEP', '存款', 'deposit', 'DEPOSIT') ON CONFLICT DO NOTHING")
  await bank.look(`INSERT INTO account (customer_id, id, core_key, product_code, outlet_key, opened_on, closed_on) VALUES ($1, $2, $3, 'DEP', $4, '2012-01-01', $5)`, [id, newId(), `K${made}`, bank.units.south.key, closedOn])
  await bank.look('UPDATE customer SET status = $2 WHERE customer_id = $1', [id, status])
  const [row] = await bank.look<{ number: string }>('SELECT number FROM customer WHERE customer_id = $1', [id])
  return { id, number: row?.number ?? '' }
}
const propose = (who: Colleague, number: string) => bank.ask(who, proposeRetention, { body: { id: newId(), number, reason: '客户来信要求删除' } })
const sign = (who: Colleague, caseIds: string[], body: object = { said: 'AGREED' }) => bank.ask(who, signRetention, { body: { caseIds, ...body } })
const carry = (who: Colleague, caseId: string) => bank.ask(who, carryOutRetention, { params: { caseId } })
const cases = async (who: Colleague, part = 'open') => ((await bank.ask(who, listRetentionCases, { query: { part } })).body.items ?? []) as unknown as RetentionCaseShown[]
const caseOf = async (number: string, part = 'open') => (await cases(bank.staff.compliance, part)).find((one) => one.number === number)
const hold = (who: Colleague, number: string, reason = '（2026）晋 01 财保 118 号') => bank.ask(who, enterLegalHold, { body: { id: newId(), number, kind: 'LITIGATION', reason } })
const waits = async (who: Colleague, number: string) => (await cases(who)).some((one) => one.number === number && one.may.sign.allowed)

describe('the night proposes', () => {
  test('what has passed its term to the day, and nothing else; twice the same', async () => {
    const due = await former('2016-11-23')
    const young = await former('2016-11-24')
    const live = await former(null)
    const active = await former('2010-01-01', 'ACTIVE')
    expect(await night()).toMatchObject({ proposed: 1, lapsed: 0, destroyed: 0 })
    expect(await night()).toMatchObject({ proposed: 0 })
    expect(await caseOf(due.number)).toMatchObject({ state: 'OPEN', lastOn: '2016-11-23', dueOn: '2026-11-23', proposedBy: null, held: false, rule: { zh: '业务关系结束后 10 年' }, maskedName: '太原旧友＊＊＊＊＊＊' })
    for (const other of [young, live, active]) expect(await caseOf(other.number)).toBe(undefined)
    // a transaction came to light
    await bank.look(`INSERT INTO account_transaction (customer_id, id, account_id, core_key, booked_on, direction, amount_fen) SELECT customer_id, gen_random_uuid(), id, 'T1', '2016-12-01', 'IN', 5 FROM account WHERE customer_id = $1`, [due.id])
    expect(await night()).toMatchObject({ proposed: 0, lapsed: 1 })
    expect(await caseOf(due.number, 'done')).toMatchObject({ state: 'LAPSED' })
  })
  test('a prospect two years after the last contact; the record of a suspicion keeps it, and nobody is told what does', async () => {
    const prospect = async (lastContact: string): Promise<string> => {
      const { id, number } = await former('2010-01-01', 'PROSPECT')
      await bank.look('DELETE FROM account WHERE customer_id = $1', [id])
      await bank.look(`INSERT INTO contact (customer_id, id, staff_key, mode, business_date, in_person, effective, entered_on, late, summary, policy_version, scope_path) VALUES ($1, gen_random_uuid(), $2, 'PHONE', $3, false, true, $3, false, '电话', '1', '/')`, [id, bank.staff.li.staffKey, lastContact])
      return number
    }
    const gone = await prospect('2024-11-23')
    const later = await prospect('2024-11-24')
    const suspected = await prospect('2024-01-01')
    await bank.look(`INSERT INTO secret_note (customer_id, id, author_key, text_cipher, customer_name, written_on) SELECT customer_id, gen_random_uuid(), $2, 'x', name, '2020-01-01' FROM customer WHERE number = $1`, [suspected, bank.staff.aml.staffKey])
    await night()
    expect([(await caseOf(gone))?.rule.zh, (await caseOf(later))?.state, (await caseOf(suspected))?.state]).toEqual(['未建立业务关系：最后一次联系后 2 年', undefined, undefined])
    expect(told(await propose(bank.staff.admin, suspected))).toEqual([409, 'not-due'])
  })
  test('the rules are shown with their years and days', async () => {
    const rules = (await bank.ask(bank.staff.compliance, readRetentionRules)).body['rules'] as { code: string; years: number | null; inForce: boolean }[]
    expect(rules.filter((rule) => rule.code === 'RELATION').map(({ years, inForce }) => [years, inForce])).toEqual([[5, false], [10, true]])
  })
})

describe('proposed by hand', () => {
  test.each<[string, () => Promise<string>, string]>([
    ['no such number', () => Promise.resolve('C-none'), 'no-such-customer'],
    ['live products', async () => (await former(null)).number, 'live-products'],
    ['a customer still', async () => (await former('2010-01-01', 'ACTIVE')).number, 'relation-lasts'],
    ['too early', async () => (await former('2020-01-01')).number, 'not-due'],
    ['under hold', async () => {
      const { number } = await former('2010-01-01')
      await hold(bank.staff.compliance, number)
      return number
    }, 'under-hold'],
  ])('%s is refused by name', async (_case, number, refusal) => {
    const answer = await propose(bank.staff.compliance, await number())
    expect(answer.body.refusal).toBe(refusal)
  })
  test('it is the word of the proposer’s side; the same again is refused', async () => {
    const { number } = await former('2010-01-01')
    expect(told(await propose(bank.staff.compliance, number))).toEqual([200, null])
    expect(told(await propose(bank.staff.admin, number))).toEqual([409, 'proposed-already'])
    const one = await caseOf(number)
    expect(one?.signatures.map(({ side, name }) => [side, name])).toEqual([['COMPLIANCE', '沈严']])
    const id = one?.id ?? ''
    expect(told(await sign(bank.staff.compliance, [id]))).toEqual([409, 'same-person'])
    expect(told(await sign(second, [id]))).toEqual([409, 'side-signed'])
    expect((await sign(bank.staff.admin, [id])).body).toMatchObject({ agreed: 1, waiting: 0 })
    expect(told(await sign(bank.staff.admin, [id]))).toEqual([409, 'decided-already'])
  })
})

describe('decided by two', () => {
  test('who may: compliance and administration; audit looks on', async () => {
    const { number } = await former('2010-01-01')
    await night()
    const id = (await caseOf(number))?.id ?? ''
    expect([await waits(bank.staff.compliance, number), await waits(bank.staff.admin, number)]).toEqual([true, true])
    expect(told(await bank.ask(bank.staff.li, listRetentionCases, {}))).toEqual([403, 'not-allowed'])
    for (const other of [bank.staff.li, bank.staff.leader, bank.staff.hr]) expect(told(await sign(other, [id]))).toEqual([403, 'not-allowed'])
    expect(told(await carry(bank.staff.admin, id))).toEqual([409, 'not-agreed'])
    expect(told(await sign(bank.staff.admin, [id], { said: 'RETURNED' }))).toEqual([422, 'note-missing'])
    expect((await sign(bank.staff.compliance, [id])).body).toMatchObject({ waiting: 1 })
    // whose side has spoken has nothing left to do
    expect([await waits(bank.staff.compliance, number), await waits(second, number), await waits(bank.staff.admin, number)]).toEqual([false, false, true])
    expect((await sign(bank.staff.admin, [id], { said: 'RETURNED', note: '尚有纠纷' })).body).toMatchObject({ returned: 1 })
    // returned it is not proposed again the next night
    expect(await night()).toMatchObject({ proposed: 0 })
  })
  test('a hold that came after the signatures stops the carrying out, by hand and at night; lifted by two it goes on', async () => {
    const { id: customerId, number } = await former('2010-01-01')
    await night()
    const id = (await caseOf(number))?.id ?? ''
    await sign(bank.staff.compliance, [id])
    await sign(bank.staff.admin, [id])
    expect(told(await hold(bank.staff.admin, number, ' '))).toEqual([422, 'reason-missing'])
    const holdId = String((await hold(bank.staff.admin, number)).body['id'])
    expect(told(await carry(bank.staff.compliance, id))).toEqual([409, 'under-hold'])
    expect(await night()).toMatchObject({ stopped: 1 })
    expect(await caseOf(number)).toMatchObject({ state: 'AGREED', held: true, may: { carryOut: { allowed: false, reason: 'under-hold' } } })
    expect(told(await bank.ask(bank.staff.admin, decideLegalHold, { params: { holdId }, body: { decision: 'CONFIRMED' } }))).toEqual([409, 'same-person'])
    expect(told(await bank.ask(bank.staff.admin, askLiftHold, { params: { holdId }, body: { reason: '案件审结' } }))).toEqual([409, 'not-in-force'])
    expect(told(await bank.ask(bank.staff.compliance, decideLegalHold, { params: { holdId }, body: { decision: 'CONFIRMED' } }))).toEqual([200, null])
    expect(told(await bank.ask(bank.staff.compliance, decideLegalHold, { params: { holdId }, body: { decision: 'CONFIRMED' } }))).toEqual([409, 'decided-already'])
    expect(told(await bank.ask(bank.staff.compliance, askLiftHold, { params: { holdId }, body: { reason: '' } }))).toEqual([422, 'reason-missing'])
    expect(told(await bank.ask(bank.staff.compliance, askLiftHold, { params: { holdId }, body: { reason: '案件审结' } }))).toEqual([200, null])
    expect(told(await bank.ask(bank.staff.compliance, decideLiftHold, { params: { holdId }, body: { decision: 'CONFIRMED' } }))).toEqual([409, 'same-person'])
    expect(told(await carry(bank.staff.compliance, id))).toEqual([409, 'under-hold'])
    expect(told(await bank.ask(bank.staff.admin, decideLiftHold, { params: { holdId }, body: { decision: 'RETURNED', note: '等终审' } }))).toEqual([200, null])
    expect(told(await bank.ask(bank.staff.admin, decideLiftHold, { params: { holdId }, body: { decision: 'CONFIRMED' } }))).toEqual([409, 'not-asked'])
    await bank.ask(bank.staff.compliance, askLiftHold, { params: { holdId }, body: { reason: '终审' } })
    expect(told(await bank.ask(bank.staff.admin, decideLiftHold, { params: { holdId }, body: { decision: 'CONFIRMED' } }))).toEqual([200, null])
    expect((await bank.ask(bank.staff.admin, listLegalHolds, { query: { over: 'yes' } })).body.items?.[0]).toMatchObject({ number, state: 'LIFTED', enteredBy: '秦管', liftedBy: '秦管' })
    expect(told(await carry(bank.staff.compliance, id))).toEqual([200, null])
    expect(told(await carry(bank.staff.compliance, id))).toEqual([409, 'not-agreed'])
    expect(told(await hold(bank.staff.admin, number))).toEqual([409, 'destroyed-already'])
    expect(told(await propose(bank.staff.admin, number))).toEqual([409, 'destroyed-already'])
    expect(await bank.look('SELECT name, status, scope_path, viewers FROM customer WHERE customer_id = $1', [customerId])).toEqual([{ name: '已销毁', status: 'CLOSED', scope_path: '~erased', viewers: [] }])
    expect(await caseOf(number, 'done')).toMatchObject({ state: 'DONE', maskedName: null })
    // what the core system goes on sending of it is left out, what it sends of others is not
    const [account] = await bank.look<{ core_key: string }>('SELECT core_key FROM account WHERE customer_id = $1', [customerId])
    for (const key of [account?.core_key, 'K-other']) {
      await bank.look(`INSERT INTO staged_balance (file_no, row_no, account_key, day, balance_fen) VALUES (1, 1, $1, '2026-11-20', 5)`, [key])
      await bank.look(`INSERT INTO staged_transaction (file_no, row_no, transaction_key, account_key, booked_on, direction, amount_fen, memo) VALUES (1, 1, 'T' || $1, $1, '2026-11-20', 'IN', 5, '货款')`, [key])
    }
    await bank.services.db.asBatch(leaveOutErased)
    expect(await bank.look('SELECT account_key FROM staged_balance UNION ALL SELECT account_key FROM staged_transaction')).toEqual([{ account_key: 'K-other' }, { account_key: 'K-other' }])
  })
  test('a product that came since stops it too', async () => {
    const { id: customerId, number } = await former('2010-01-01')
    await night()
    const id = (await caseOf(number))?.id ?? ''
    await sign(bank.staff.compliance, [id])
    await sign(bank.staff.admin, [id])
    await bank.look('UPDATE account SET closed_on = NULL WHERE customer_id = $1', [customerId])
    expect(told(await carry(bank.staff.admin, id))).toEqual([409, 'live-products'])
  })
})

describe('afterwards', () => {
  test('a customer entered by the product: no value stands in any table; nothing finds it; the number may be a new customer’s', async () => {
    const values = { name: '欧阳若兰', identity: '140105199003072317', phone: '13834567890', employer: '太原旧友纺织厂', occupation: '挡车工', place: '万柏林区' }
    const answer = await bank.ask(bank.staff.li, createCustomer, { body: { id: newId(), kind: 'PERSON', name: values.name, identity: { kind: 'RESIDENT_ID', number: values.identity }, phone: values.phone, person: { employer: values.employer, occupation: values.occupation } } })
    const customerId = String(answer.body['customerId'])
    const number = String(answer.body['number'])
    // three years ago
    await bank.look(`UPDATE customer SET opened_on = '2023-01-01' WHERE customer_id = $1`, [customerId])
    expect(((await bank.ask(bank.staff.li, listCustomers, { query: { q: values.name } })).body.items ?? []).length).toBe(1)
    await night()
    const id = (await caseOf(number))?.id ?? ''
    await sign(bank.staff.compliance, [id])
    await sign(bank.staff.admin, [id], { said: 'AGREED', note: '已核对' })
    // killed before the end: everything is there
    const killed = { ...bank.services, db: { asBatch: (work: (tx: Transaction) => Promise<unknown>) => bank.services.db.asBatch(async (tx) => {
      await work(tx)
      throw new Error('killed')
    }) } as unknown as Database }
    await expect(carryOut(killed, id, today, { personKey: null, postKey: null, requestId: null })).rejects.toThrow('killed')
    expect([await caseOf(number), (await bank.look('SELECT name FROM customer WHERE customer_id = $1', [customerId]))[0]]).toMatchObject([{ state: 'AGREED' }, { name: values.name }])
    expect(told(await carry(bank.staff.admin, id))).toEqual([200, null])

    const hits = await findIn([values.name, values.identity, values.phone, values.employer, values.occupation, values.identity.slice(-4), '138****7890', 'ouyang ruo lan'])
    expect(hits).toEqual([])
    expect(await bank.look('SELECT wrapped_key, destroyed_at IS NOT NULL AS gone FROM customer_key WHERE customer_id = $1', [customerId])).toEqual([{ wrapped_key: null, gone: true }])
    expect(await bank.look('SELECT 1 FROM identifier WHERE customer_id = $1 UNION ALL SELECT 1 FROM search_hash WHERE customer_id = $1 UNION ALL SELECT 1 FROM customer_match WHERE customer_id = $1', [customerId])).toEqual([])
    for (const who of [bank.staff.li, bank.staff.leader]) for (const q of [values.name, number]) expect((await bank.ask(who, listCustomers, { query: { q } })).body.items ?? []).toEqual([])
    // the journal keeps that it happened, by whom, why
    const [line] = await bank.look<{ person_key: number; why: string; after: Record<string, number> }>("SELECT person_key, why, after FROM journal_line WHERE action = 'DESTROY' AND customer_id = $1", [customerId])
    expect(line).toMatchObject({ person_key: bank.staff.admin.staffKey, why: `保存期限届满销毁 ${number}` })
    const again = await bank.ask(bank.staff.wang, createCustomer, { body: { id: newId(), kind: 'PERSON', name: values.name, identity: { kind: 'RESIDENT_ID', number: values.identity }, phone: values.phone } })
    expect(told(again)).toEqual([200, null])
  })
})

/** Where a value stands: every column of every table as text, the journal with it. As a word of its own or behind a mask: four digits of a random key are nobody's number. */
async function findIn(values: string[]): Promise<string[]> {
  const columns = await bank.look<{ table: string; columns: string[] }>(`SELECT c.relname AS "table", array_agg(a.attname::text) AS columns FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND format_type(a.atttypid, NULL) IN ('text', 'text[]', 'jsonb') GROUP BY 1`)
  expect(columns.length).toBeGreaterThan(150)
  const parts = columns.map(({ table, columns: names }) => `SELECT '${table}' AS "table", v.value FROM ${table} t CROSS JOIN unnest($1::text[], $2::text[]) v(value, pattern) WHERE concat_ws(' ', ${names.map((name) => `t."${name}"::text`).join(', ')}) ~ v.pattern`)
  return (await bank.look<{ table: string; value: string }>(parts.join(' UNION '), [values, values.map((value) => (/^\d{4}$/.test(value) ? `(^|[^0-9A-Za-z+/_=-])${value}($|[^0-9A-Za-z+/_=-])` : value.replace(/\*/g, '\\*')))])).map(({ table, value }) => `${table}: ${value}`)
}
