import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { readBook } from '../../tests/support/read-book.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { routes } from '../routes.ts'
import { refreshDepositSums } from './refresh-deposit-sums.ts'
import { exportDepositView, findLoans, getDepositView, getHoldings, getValueTrend, listTransactions, revealAccount } from './holdings.contract.ts'

let bank: SmallBank
let customerId: string
let agentId: string
const account = newId()
const loan = newId()

beforeAll(async () => {
  bank = await smallBank(routes)
  customerId = await bank.customer({ main: bank.staff.li, assist: bank.staff.wang })
  agentId = await bank.customer({ main: bank.staff.qian, name: '授权人某' })
  const { keys, db } = bank.services
  const number = await db.asBatch((tx) => keys.encrypt(tx, customerId, '6222020012341208'))
  const south = bank.units.south.key
  for (const [text, values] of [
    ["INSERT INTO product (code, name, name_en, line) VALUES ('D', '活期存款', 'Current account', 'DEPOSIT'), ('L', '流动资金贷款', 'Working capital loan', 'LOAN'), ('C', '借记卡', 'Debit card', 'CARD')", []],
    ["INSERT INTO account (customer_id, id, core_key, number_cipher, tail, product_code, outlet_key, opened_on, rate) VALUES ($1, $2, 'A1', $3, '1208', 'D', $4, '2025-01-01', 0.0005)", [customerId, account, number, south]],
    ["INSERT INTO account (customer_id, id, core_key, product_code, currency, outlet_key, opened_on) VALUES ($1, $2, 'A2', 'D', 'USD', $3, '2025-01-01')", [customerId, newId(), south]],
    ["INSERT INTO account (customer_id, id, core_key, product_code, outlet_key, opened_on) VALUES ($1, $2, 'A3', 'D', $3, '2026-12-01')", [customerId, newId(), south]],
    ["INSERT INTO balance_span (customer_id, account_id, from_date, to_date, balance_fen) VALUES ($1, $2, '2025-01-01', '2026-11-11', 100000), ($1, $2, '2026-11-11', NULL, 330000)", [customerId, account]],
    ["INSERT INTO balance_span (customer_id, account_id, from_date, to_date, balance_fen) SELECT customer_id, id, '2025-01-01', NULL, 999999 FROM account WHERE core_key = 'A2'", []],
    ["INSERT INTO loan (customer_id, id, core_key, account_id, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months) VALUES ($1, $2, 'L1', $3, 'L', $4, 1200000, '2026-10-01', '2027-10-01', 12)", [customerId, loan, account, south]],
    ["INSERT INTO loan_span (customer_id, loan_id, from_date, to_date, principal_fen, overdue_since, overdue_fen) VALUES ($1, $2, '2026-10-01', '2026-11-20', 1200000, NULL, 0), ($1, $2, '2026-11-20', NULL, 1200000, '2026-11-20', 100000)", [customerId, loan]],
    ["INSERT INTO card (customer_id, id, account_id, holder_customer_id, core_key, product_code, issued_on) VALUES ($1, $2, $3, $1, 'K1', 'C', '2025-02-01'), ($1, $4, $3, $5, 'K2', 'C', '2025-03-01')", [customerId, newId(), account, newId(), agentId]],
    ["INSERT INTO account_agent (customer_id, id, account_id, agent_customer_id) VALUES ($1, $2, $3, $4)", [customerId, newId(), account, agentId]],
    ["INSERT INTO standing_order (customer_id, id, account_id, core_key, amount_fen, purpose, to_bank, to_account_tail) VALUES ($1, $2, $3, 'O1', 5000, '房租', '建设银行', '7777')", [customerId, newId(), account]],
    ["INSERT INTO account_transaction (customer_id, id, account_id, core_key, booked_on, direction, amount_fen, kind) SELECT $1, uuid7(), $2, 'T' || g, date '2026-11-24' - (g / 3), CASE WHEN g % 2 = 0 THEN 'IN' ELSE 'OUT' END, g, 'TRANSFER' FROM generate_series(0, 29) g", [customerId, account]],
  ] as const) await bank.look(text, [...values])
})
afterAll(() => bank.close())

const ask = (who: Colleague, contract: Parameters<SmallBank['ask']>[1], query: Record<string, unknown> = {}) => bank.ask(who, contract, { params: { customerId }, query })

test('what is held on the business date: a later account is not yet in force, a currency is never added, the agent\'s card is marked', async () => {
  const { body } = await ask(bank.staff.li, getHoldings)
  expect(body).toMatchObject({
    asOf: '2026-11-23',
    accounts: [{ tail: '1208', currency: 'CNY', balanceFen: '330000', rate: '0.0005', agents: 1, product: { zh: '活期存款' } }, { currency: 'USD', balanceFen: '999999', tail: null }],
    loans: [{ number: 'L1', principalFen: '1200000', overdueDays: 3, overdueFen: '100000', derived: false }], cards: [{ own: false }, { own: true }], orders: [{ amountFen: '5000', toBank: '建设银行', toTail: '7777' }], authorisedOn: [],
  })
  expect((body['accounts'] as unknown[]).length).toBe(2)
})

test('whoever is authorised sees a masked reference: no owner, no balance', async () => {
  const { body } = await bank.ask(bank.staff.qian, getHoldings, { params: { customerId: agentId } })
  expect(body).toMatchObject({ accounts: [], loans: [], cards: [], authorisedOn: [{ tail: '1208', product: { zh: '活期存款' } }] })
  expect(JSON.stringify(body)).not.toMatch(/330000|晋泰/)
})

test('value over months: averages of the month up to today, deposits and loans', async () => {
  const { body } = await ask(bank.staff.li, getValueTrend)
  const months = body['months'] as { month: string; depositAdbFen: string; loanAdbFen: string }[]
  expect([months.length, months[0]?.month, months.at(-1)?.month]).toEqual([12, '2025-12', '2026-11'])
  // 10 days of 1,000 and 13 days of 3,300 yuan: 52,900 ÷ 23
  expect(months.slice(-2)).toEqual([{ month: '2026-10', depositAdbFen: '100000', loanAdbFen: '1200000' }, { month: '2026-11', depositAdbFen: '230000', loanAdbFen: '1200000' }])
  expect(body).toMatchObject({ otherCurrencies: 1, loanFen: '1200000', deposits: { balanceFen: '330000', monthAdbFen: '230000', toMonthBeginFen: '230000', toYesterdayFen: '0', lastYearAdbFen: '100000' } })
  expect(((await ask(bank.staff.li, getValueTrend, { months: '24' })).body['months'] as unknown[]).length).toBe(24)
  expect((await ask(bank.staff.li, getValueTrend, { months: '13' })).body.refusal).toBe('invalid-request')
})

test('transactions by day: nothing of tomorrow, each once, filters, a cursor of another list is refused', async () => {
  const days: string[] = []
  const ids = new Set<unknown>()
  let cursor: unknown
  do {
    const { body } = await ask(bank.staff.li, listTransactions, { limit: 10, ...(cursor === undefined ? {} : { cursor }) })
    expect(body['count']).toEqual({ value: 27, exact: true })
    for (const row of body.items ?? []) {
      days.push(String(row['bookedOn']))
      ids.add(row['id'])
    }
    cursor = body['nextCursor']
  } while (cursor !== null)
  expect([ids.size, days[0], days.at(-1)]).toEqual([27, '2026-11-23', '2026-11-15'])
  expect(days).toEqual([...days].sort().reverse())
  const first = await ask(bank.staff.li, listTransactions, { limit: 5, direction: 'IN' })
  expect(first.body.items?.every((row) => row['direction'] === 'IN')).toBe(true)
  expect((await ask(bank.staff.li, listTransactions, { limit: 5, cursor: first.body['nextCursor'] })).body.refusal).toBe('invalid-cursor')
  expect((await ask(bank.staff.li, listTransactions, { from: '2026-11-20', to: '2026-11-21' })).body['count']).toEqual({ value: 6, exact: true })
  expect((await ask(bank.staff.li, listTransactions, { accountId: newId() })).body).toMatchObject({ items: [], count: { value: 0, exact: true } })
})

describe('deposit sums of one\'s scope', () => {
  const view = async (who: Colleague): Promise<unknown> => (await bank.ask(who, getDepositView)).body
  beforeAll(() => bank.services.db.asBatch((tx) => refreshDepositSums(tx, { day: today, batch: newId(), why: 'test' })))
  test('shares applied: the managers\' parts sum to the outlet\'s; head of branch and bank see the whole; another branch nothing', async () => {
    const { li, wang, lead, outletHead, branchHead, leader, otherBranchHead } = bank.staff
    expect(await view(li)).toMatchObject({ deposits: { balanceFen: '198000' }, loanFen: '720000' })
    expect(await view(wang)).toMatchObject({ deposits: { balanceFen: '132000' }, loanFen: '480000' })
    for (const who of [lead, outletHead, branchHead]) expect(await view(who)).toMatchObject({ deposits: { balanceFen: '330000', monthAdbFen: '230000' }, loanFen: '1200000' })
    expect(await view(leader)).toMatchObject({ deposits: { balanceFen: '330000' } })
    expect(await view(otherBranchHead)).toMatchObject({ deposits: { balanceFen: '0' } })
  })
  test('the head of a place whose managers belong to a department sees the sums of his place', async () => {
    expect(await view(bank.staff.placeHead)).toMatchObject({ deposits: { balanceFen: '0' } })
    expect((await bank.ask(bank.staff.reviewer, getDepositView)).body.refusal).toBe('not-allowed')
  })
  test('the same as a workbook: its parts sum to its first row, to the fen; purpose in sheet and journal', async () => {
    const { lead, li, reviewer, otherBranchHead } = bank.staff
    const sheetOf = (who: Colleague, body: object) => bank.ask(who, exportDepositView, { body: { purpose: '晨会', ...body } })
    const [sheet = []] = await readBook((await sheetOf(lead, {})).bytes)
    expect(sheet[1]?.[0]).toMatch(/导出，用途：晨会。内部资料，禁止外传$/)
    expect(sheet[2]?.slice(0, 4)).toEqual(['客户经理', '所属机构', '存款余额', '较上日'])
    const [sum, ...parts] = sheet.slice(3, -1)
    expect(sum).toEqual(expect.arrayContaining(['合计', 3300, 2300, 12000]))
    for (const column of [2, 7, 11]) expect(Math.round(parts.reduce((all, row) => all + Number(row[column]) * 100, 0))).toBe(Math.round(Number(sum?.[column]) * 100))
    expect(await bank.look("SELECT why FROM journal_line WHERE after ->> 'export' = 'deposit-view'")).toEqual([{ why: '晨会' }])
    expect((await sheetOf(li, { unitKey: bank.units.south.key })).body.refusal).toBe('not-found')
    expect((await sheetOf(otherBranchHead, {})).body.refusal).toBe('nothing-to-export')
    expect((await sheetOf(reviewer, {})).body.refusal).toBe('not-allowed')
  })
})

test('an account number is revealed with a purpose, journaled; a grant does not suffice', async () => {
  const reveal = (who: Colleague, accountId = account) => bank.ask(who, revealAccount, { params: { customerId, accountId }, body: { purpose: '核对账号' } })
  expect((await reveal(bank.staff.li)).body).toEqual({ value: '6222020012341208' })
  expect(await bank.look("SELECT why FROM journal_line WHERE action = 'READ' AND table_name = 'account' AND object_id = $1", [account])).toEqual([{ why: '核对账号' }])
  expect((await reveal(bank.staff.li, newId())).body.refusal).toBe('not-found')
  expect((await reveal(bank.staff.zhao)).body.refusal).toBe('not-found')
  await bank.grant(customerId, bank.staff.reviewer)
  expect((await reveal(bank.staff.reviewer)).body.refusal).toBe('not-allowed')
  await bank.grant(customerId, bank.staff.zhao)
  expect((await reveal(bank.staff.zhao)).body.refusal).toBe('not-allowed')
  expect((await bank.ask(bank.staff.zhao, getHoldings, { params: { customerId } })).status).toBe(200)
})

test('loans are found by the beginning of their number, of customers in scope and of nobody else', async () => {
  const { li, qian, lobby, hr } = bank.staff
  const customerId = await bank.customer({ name: '借据查找有限公司', main: li })
  await bank.look("INSERT INTO product (code, name, name_en, line) VALUES ('LX', '流动资金贷款', 'Working capital loan', 'LOAN')")
  await bank.look("INSERT INTO loan (customer_id, id, core_key, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months) VALUES ($1, $2, 'JJ20269001', 'LX', $3, 100, '2026-03-01', '2027-03-01', 12)", [customerId, newId(), bank.units.south.key])
  const find = async (who: Colleague, q: string) => ((await bank.ask(who, findLoans, { query: { q } })).body.items ?? []).map((row) => `${String(row['number'])} ${String(row['customerName'])}`)
  for (const q of ['JJ20269001', 'jj2026900', 'JJ20']) expect([q, await find(li, q)]).toEqual([q, ['JJ20269001 借据查找有限公司']])
  expect(await find(lobby, 'JJ20269001')).toHaveLength(1)
  for (const q of ['JJ2', 'JJ20269002', '%%%%', "JJ' OR 1=1"]) expect([q, await find(li, q)]).toEqual([q, []])
  expect(await find(qian, 'JJ20269001')).toEqual([])
  expect((await bank.ask(hr, findLoans, { query: { q: 'JJ20269001' } })).body.refusal).toBe('not-allowed')
})
