import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { chinaCalendar } from '../foundation/values/working-calendar.ts'
import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { add, bulk, type BulkResult } from '../foundation/store/store.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { readChurn } from './engine-read-churn.ts'
import { refreshGaps, refreshLeakage } from './refresh-gaps.ts'
import { refreshLeads } from './refresh-leads.ts'
import { refreshMaturities } from './refresh-maturities.ts'
import { refreshMovements } from './refresh-movements.ts'
import { refreshStanding, refreshStandings } from './refresh-standing.ts'
import { followWatched } from './refresh-watch.ts'
import type { WatchRun } from './watch-run.ts'

// The statements against the fixtures of the domain specification (2.7, 12.4), on a real PostgreSQL.

let bank: SmallBank
const yuan = (text: string): bigint => BigInt(text.replace('.', '').replace('-', ''))
const batch = async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => bank.services.db.asBatch(work)
const all = <Row>(query: Sql<Row>): Promise<Row[]> => batch((tx) => tx.all(query))
let effects: BulkResult[] = []
const run = (tx: Transaction, businessDate = today): WatchRun => ({ tx, batch: newId(), why: 'test', businessDate, effects, bankCode: 'test', calendar: chinaCalendar })
const refreshed = async (work: (run: WatchRun) => Promise<void>, businessDate = today): Promise<number> => {
  effects = []
  await batch((tx) => work(run(tx, businessDate)))
  return effects.reduce((sum, one) => sum + one.count, 0)
}
let number = 0
async function account(customerId: string, given: { product?: string; openedOn?: string; maturesOn?: string; closedOn?: string; tail?: string } = {}): Promise<string> {
  const id = newId()
  await batch((tx) => add(tx, 'account', { customer_id: customerId, id, core_key: `A${(number += 1)}`, product_code: given.product ?? 'CUR', outlet_key: bank.units.south.key, opened_on: given.openedOn ?? '2022-01-01', matures_on: given.maturesOn, closed_on: given.closedOn, tail: given.tail ?? '1234' }, { why: 'test' }))
  return id
}
const balance = (customerId: string, accountId: string, fen: bigint, from = '2022-01-01', to?: string): Promise<void> =>
  batch((tx) => add(tx, 'balance_span', { customer_id: customerId, account_id: accountId, from_date: from, to_date: to, balance_fen: fen }, { why: 'test' }))
type Booking = { day?: string; direction: 'IN' | 'OUT'; fen: bigint; kind?: string; name?: string | null; at?: string | null }
async function book(customerId: string, accountId: string, { day = today, direction, fen, kind = 'TRANSFER', name, at }: Booking): Promise<string> {
  const id = newId()
  await batch((tx) => add(tx, 'account_transaction', { customer_id: customerId, id, account_id: accountId, core_key: `T${(number += 1)}`, booked_on: day, direction, amount_fen: fen, kind, counterparty_name: name, counterparty_bank: at }, { why: 'test' }))
  return id
}
const alertsOf = (customerId: string): Promise<{ kind: string; state: string; about: string; amount: string }[]> => all(sql`SELECT kind, state, about, amount_fen::text AS amount FROM alert WHERE customer_id = ${customerId} ORDER BY kind, about`)

beforeAll(async () => {
  bank = await smallBank([])
  await batch(async (tx) => {
    for (const [code, line] of [['CUR', 'DEPOSIT'], ['TIME', 'DEPOSIT'], ['WMP', 'WEALTH'], ['LOAN', 'LOAN'], ['EB', 'E_BANKING']] as const) await add(tx, 'product', { code, name: `产品${code}`, name_en: code, line }, { why: 'test' })
  })
})
afterAll(() => bank.close())

describe('large movements (fixture large-movement-1)', () => {
  const fixture = [
    { cust: 'm1', kind: 'CORPORATE', adb30: '30000000.00', flows: ['-2800000.00', '-150000.00'], ownTransferInside: '0.00', threshold: '3000000.00', grossIn: '0.00', grossOut: '2950000.00', listed: [] },
    { cust: 'm2', kind: 'CORPORATE', adb30: '30000000.00', flows: ['3200000.00'], ownTransferInside: '0.00', threshold: '3000000.00', grossIn: '3200000.00', grossOut: '0.00', listed: ['IN'] },
    { cust: 'm3', kind: 'CORPORATE', adb30: '4000000.00', flows: ['-1000000.00'], ownTransferInside: '0.00', threshold: '1000000.00', grossIn: '0.00', grossOut: '1000000.00', listed: ['OUT'] },
    { cust: 'm4', kind: 'PERSON', adb30: '600000.00', flows: ['-199999.99'], ownTransferInside: '0.00', threshold: '200000.00', grossIn: '0.00', grossOut: '199999.99', listed: [] },
    { cust: 'm5', kind: 'PERSON', adb30: '2000000.00', flows: ['450000.00', '-449000.00'], ownTransferInside: '0.00', threshold: '400000.00', grossIn: '450000.00', grossOut: '449000.00', listed: ['IN', 'OUT'] },
    { cust: 'm6', kind: 'PERSON', adb30: '500000.00', flows: ['-300000.00'], ownTransferInside: '300000.00', threshold: '200000.00', grossIn: '0.00', grossOut: '0.00', listed: [] },
  ] as const
  const ids = new Map<string, string>()
  beforeAll(async () => {
    for (const one of fixture) {
      const customerId = await bank.customer({ name: `变动${one.cust}客户`, kind: one.kind })
      const current = await account(customerId)
      ids.set(one.cust, customerId)
      await balance(customerId, current, yuan(one.adb30))
      for (const flow of one.flows) await book(customerId, current, { direction: flow.startsWith('-') ? 'OUT' : 'IN', fen: yuan(flow), name: one.ownTransferInside === '0.00' ? '某某物资公司' : null })
      // the other leg on another account of his
      if (one.ownTransferInside !== '0.00') await book(customerId, await account(customerId, { product: 'TIME' }), { direction: 'IN', fen: yuan(one.ownTransferInside), name: null })
    }
    await refreshed((at) => refreshMovements(at, [today]))
  })
  test.each(fixture)('$cust is listed $listed', async (one) => {
    const [row] = await all(sql<{ in_fen: string; out_fen: string; adb_fen: string; threshold_fen: string; listed_in: boolean; listed_out: boolean }>`SELECT in_fen, out_fen, adb_fen, threshold_fen, listed_in, listed_out FROM movement WHERE customer_id = ${ids.get(one.cust) ?? ''}`)
    const kinds = (await alertsOf(ids.get(one.cust) ?? '')).map(({ kind, amount }) => `${kind} ${amount}`)
    if (one.listed.length === 0) {
      expect([row, kinds]).toEqual([undefined, []])
      return
    }
    const listed: readonly string[] = one.listed
    expect(row).toEqual({ in_fen: String(yuan(one.grossIn)), out_fen: String(yuan(one.grossOut)), adb_fen: String(yuan(one.adb30)), threshold_fen: String(yuan(one.threshold)), listed_in: listed.includes('IN'), listed_out: listed.includes('OUT') })
    expect(kinds).toEqual([...(listed.includes('IN') ? [`MOVEMENT_IN ${yuan(one.grossIn)}`] : []), ...(listed.includes('OUT') ? [`MOVEMENT_OUT ${yuan(one.grossOut)}`] : [])])
  })

  test('the same facts again change nothing', async () => {
    expect(await refreshed((at) => refreshMovements(at, [today]))).toBe(0)
  })

  test('money that passes through to another name is no own transfer, whatever its amount', async () => {
    const customerId = await bank.customer({ name: '过账贸易有限公司' })
    const [one, two] = [await account(customerId), await account(customerId)]
    await balance(customerId, one, yuan('100000.00'))
    await book(customerId, one, { direction: 'IN', fen: yuan('5000000.00'), name: '甲方有限公司' })
    await book(customerId, two, { direction: 'OUT', fen: yuan('5000000.00'), name: '乙方有限公司' })
    await refreshed((at) => refreshMovements(at, [today]))
    expect((await alertsOf(customerId)).map(({ kind }) => kind)).toEqual(['MOVEMENT_IN', 'MOVEMENT_OUT'])
  })

  test('counterparties: the largest three of each direction; the share of the manager; the balance after', async () => {
    const lone = await bank.colleague('独管', 'RM', bank.units.north.key)
    const customerId = await bank.customer({ name: '对手方机械有限公司', main: lone })
    const current = await account(customerId)
    await balance(customerId, current, yuan('6000000.00'), '2022-01-01', today)
    await balance(customerId, current, yuan('2000000.00'), today)
    for (const [name, amount] of [['甲', '900000.00'], ['乙', '1100000.00'], ['丙', '400000.00'], ['丁', '1600000.00']] as const) await book(customerId, current, { direction: 'OUT', fen: yuan(amount), name, at: '工商银行' })
    const other = await bank.customer({ name: '另一户有限公司', main: lone })
    await balance(other, await account(other), yuan('2000000.00'))
    await refreshed((at) => refreshMovements(at, [today]))
    const [row] = await all(sql<{ names: string[]; share: string; after: string }>`SELECT ARRAY(SELECT p->>'name' FROM jsonb_array_elements(counterparties) p) AS names, manager_share_pct::text AS share, balance_after_fen::text AS after FROM movement WHERE customer_id = ${customerId}`)
    expect(row).toEqual({ names: ['丁', '乙', '甲'], share: '75.00', after: String(yuan('2000000.00')) })
  })

  test('a correction works the day out anew: the alert goes and comes back, and what somebody closed stays closed', async () => {
    const customerId = await bank.customer({ name: '更正纺织有限公司' })
    const current = await account(customerId)
    await balance(customerId, current, yuan('1000000.00'))
    const id = await book(customerId, current, { direction: 'OUT', fen: yuan('1500000.00'), name: '甲方' })
    await refreshed((at) => refreshMovements(at, [today]))
    const correct = (fen: bigint): Promise<unknown> => batch((tx) => bulk(tx, { table: 'account_transaction', what: 'change', why: 'test', batch: newId(), statement: sql`UPDATE account_transaction SET amount_fen = ${fen.toString()} WHERE id = ${id}` }))
    await correct(yuan('1.00'))
    await refreshed((at) => refreshMovements(at, [today]))
    expect(await alertsOf(customerId)).toMatchObject([{ state: 'GONE' }])
    expect(await all(sql`SELECT 1 FROM movement WHERE customer_id = ${customerId}`)).toEqual([])
    await correct(yuan('1600000.00'))
    await refreshed((at) => refreshMovements(at, [today]))
    expect(await alertsOf(customerId)).toMatchObject([{ state: 'OPEN', amount: String(yuan('1600000.00')) }])
    await batch((tx) => bulk(tx, { table: 'alert', what: 'change', why: 'test', batch: newId(), statement: sql`UPDATE alert SET state = 'CLOSED', judged = 'JUSTIFIED', closed_on = ${today} WHERE customer_id = ${customerId}` }))
    await correct(yuan('1700000.00'))
    await refreshed((at) => refreshMovements(at, [today]))
    expect(await alertsOf(customerId)).toMatchObject([{ state: 'CLOSED', amount: String(yuan('1600000.00')) }])
    await correct(yuan('1.00'))
    await refreshed((at) => refreshMovements(at, [today]))
    expect(await alertsOf(customerId)).toMatchObject([{ state: 'CLOSED' }])
  })
})

describe('leakage (fixture leak-1)', () => {
  const fixture = [
    { cust: 'k1', kind: 'CORPORATE', outTotal: '6000000.00', toOwnNameElsewhere: '1800000.00', share: '0.3000', perMonth: '600000.00', listed: true },
    { cust: 'k2', kind: 'CORPORATE', outTotal: '9000000.00', toOwnNameElsewhere: '1700000.00', share: '0.1889', perMonth: '566666.67', listed: false },
    { cust: 'k3', kind: 'PERSON', outTotal: '300000.00', toOwnNameElsewhere: '100000.00', share: '0.3333', perMonth: '33333.33', listed: true },
    { cust: 'k4', kind: 'PERSON', outTotal: '400000.00', toOwnNameElsewhere: '99999.99', share: '0.2500', perMonth: '33333.33', listed: false },
  ] as const
  test.each(fixture)('$cust: $listed', async (one) => {
    const name = one.kind === 'CORPORATE' ? `太原市回流${one.cust}有限责任公司` : `王回${one.cust}`
    const customerId = await bank.customer({ name, kind: one.kind })
    const current = await account(customerId)
    const leak = yuan(one.toOwnNameElsewhere)
    // written as the other bank writes it
    await book(customerId, current, { day: addDays(today, -89), direction: 'OUT', fen: leak, name: one.kind === 'CORPORATE' ? `回流${one.cust.toUpperCase()}有限公司` : name, at: '建设银行' })
    await book(customerId, current, { direction: 'OUT', fen: yuan(one.outTotal) - leak, name: '别的收款人', at: '建设银行' })
    // outside of the window
    await book(customerId, current, { day: addDays(today, -90), direction: 'OUT', fen: leak, name, at: '建设银行' })
    await refreshed(refreshLeakage)
    const [row] = await all(sql<{ share: string; month: string; fen: string }>`SELECT detail->>'share' AS share, detail->>'perMonthFen' AS month, amount_fen::text AS fen FROM alert WHERE customer_id = ${customerId} AND kind = 'LEAKAGE'`)
    expect(row).toEqual(one.listed ? { share: one.share, month: String(yuan(one.perMonth)), fen: String(leak) } : undefined)
  })
})

describe('leads from payees (fixture payee-leads-1)', () => {
  const payments = [
    { payer: '甲公司', payee: '鑫源机械有限公司', amounts: ['180000.00', '220000.00', '150000.00'] }, { payer: '甲公司', payee: '市税务局', amounts: ['95000.00', '95000.00', '95000.00'] },
    { payer: '乙公司', payee: '鑫源机械有限责任公司', amounts: ['260000.00'] }, { payer: '乙公司', payee: '老客户商贸有限公司', amounts: ['900000.00'] }, { payer: '乙公司', payee: '乙公司', amounts: ['400000.00'] },
    { payer: '丙公司', payee: '散户甲', amounts: ['40000.00', '30000.00'] },
  ]
  test('the fixture', async () => {
    await bank.customer({ name: '老客户商贸有限责任公司' })
    const payers = new Map<string, [string, string]>()
    for (const { payer, payee, amounts } of payments) {
      const known = payers.get(payer)
      const customerId = known?.[0] ?? (await bank.customer({ name: payer }))
      const current = known?.[1] ?? (await account(customerId))
      payers.set(payer, [customerId, current])
      for (const amount of amounts) await book(customerId, current, { direction: 'OUT', fen: yuan(amount), name: payee, at: '农业银行' })
    }
    // somebody of the bank himself
    const [first] = payers.values()
    for (let n = 0; n < 3; n++) await book(first?.[0] ?? '', first?.[1] ?? '', { direction: 'OUT', fen: yuan('1000.00'), name: bank.staff.zhao.name, at: '农业银行' })
    await refreshed(refreshLeads)
    const names = payments.map(({ payee }) => payee)
    const leads = await all(sql`SELECT name, customers, payments, sum_fen::text AS sum FROM payee_lead WHERE listed AND name = ANY(${[...names, bank.staff.zhao.name]}::text[])`)
    expect(leads).toEqual([{ name: '鑫源机械有限公司', customers: 2, payments: 4, sum: String(yuan('810000.00')) }])
    expect(await all(sql`SELECT 1 FROM payee_payer y JOIN payee_lead p ON p.id = y.lead_id WHERE p.normal_name = '鑫源机械有限公司'`)).toHaveLength(2)
    expect(await refreshed(refreshLeads)).toBe(0)
  })
  test.each([
    ['鑫源机械有限责任公司', '鑫源机械有限公司'], ['山西省太原市鑫源机械有限公司', '鑫源机械有限公司'], ['鑫源 机械（太原）有限公司', '鑫源机械太原有限公司'], ['ＡＢＣ科技有限公司', 'abc科技有限公司'], ['太原市鑫源机械有限公司', '鑫源机械有限公司'],
  ])('%s is %s', async (one, other) => {
    const [row] = await all(sql<{ same: boolean }>`SELECT watch_normal_name(${one}) = watch_normal_name(${other}) AS same`)
    expect(row?.same).toBe(true)
  })
  test.each([['江西军', '军'], ['鑫源机械有限公司', '鑫源机床有限公司'], ['北京烤', '烤']])('%s is not %s', async (one, other) => {
    const [row] = await all(sql<{ same: boolean }>`SELECT watch_normal_name(${one}) = watch_normal_name(${other}) AS same`)
    expect(row?.same).toBe(false)
  })
})

describe('what ends', () => {
  test('deposits, loans, cards and documents; prolonged is renewed; talked about is no alert; given up by its source is withdrawn', async () => {
    const customerId = await bank.customer({ name: '到期铸造有限公司' })
    const time = await account(customerId, { product: 'TIME', openedOn: '2025-12-01', maturesOn: '2026-12-01', tail: '7788' })
    await balance(customerId, time, yuan('500000.00'), '2025-12-01')
    await batch(async (tx) => {
      await add(tx, 'loan', { customer_id: customerId, id: newId(), core_key: 'L1', product_code: 'LOAN', outlet_key: bank.units.south.key, amount_fen: 1000n, paid_out_on: '2025-12-10', matures_on: '2026-12-10', term_months: 12, instalment_fen: 100n }, { why: 'test' })
      await add(tx, 'card', { customer_id: customerId, id: newId(), account_id: time, holder_customer_id: customerId, core_key: 'C1', product_code: 'CUR', issued_on: '2021-01-01', expires_on: '2026-11-30' }, { why: 'test' })
      await add(tx, 'identity_document', { customer_id: customerId, id: newId(), kind: 'USCC', number_cipher: Buffer.alloc(1), number_hash: Buffer.alloc(1), tail: '78GX', checked: true, expires_on: '2027-03-01' }, { why: 'test' })
    })
    await refreshed(refreshMaturities)
    const ends = (): Promise<unknown> => all(sql`SELECT source, kind, ends_on, amount_fen::text AS fen, result, withdrawn_on IS NOT NULL AS withdrawn FROM maturity WHERE customer_id = ${customerId} ORDER BY ends_on, kind`)
    expect(await ends()).toEqual([
      { source: 'holdings', kind: 'CARD', ends_on: '2026-11-30', fen: null, result: null, withdrawn: false },
      { source: 'holdings', kind: 'TIME_DEPOSIT', ends_on: '2026-12-01', fen: String(yuan('500000.00')), result: null, withdrawn: false },
      { source: 'holdings', kind: 'LOAN', ends_on: '2026-12-10', fen: '1000', result: null, withdrawn: false },
      { source: 'customers', kind: 'IDENTITY', ends_on: '2027-03-01', fen: null, result: null, withdrawn: false },
    ])
    expect((await alertsOf(customerId)).filter(({ kind, state }) => kind === 'MATURITY' && state === 'OPEN')).toHaveLength(3)
    expect(await refreshed(refreshMaturities)).toBe(0)
    const statement = (set: Sql): Promise<unknown> => batch((tx) => bulk(tx, { table: 'account', what: 'change', why: 'test', batch: newId(), statement: sql`UPDATE account SET ${set} WHERE id = ${time}` }))
    await statement(sql`matures_on = '2027-12-01'`)
    await batch((tx) => bulk(tx, { table: 'card', what: 'change', why: 'test', batch: newId(), statement: sql`UPDATE card SET expires_on = NULL WHERE customer_id = ${customerId}` }))
    await batch((tx) => add(tx, 'contact', { customer_id: customerId, id: newId(), staff_key: bank.staff.li.staffKey, mode: 'PHONE', purpose: 'MATURITY', business_date: '2026-11-20', in_person: false, effective: true, entered_on: '2026-11-20', late: false, summary: '谈续贷', policy_version: '1', scope_path: '001', viewers: [] }, { why: 'test' }))
    await refreshed(refreshMaturities)
    expect(await ends()).toMatchObject([{ kind: 'CARD', withdrawn: true }, { kind: 'TIME_DEPOSIT', result: 'RENEWED', withdrawn: false }, { kind: 'LOAN', result: null }, { kind: 'IDENTITY' }, { kind: 'TIME_DEPOSIT', ends_on: '2027-12-01', result: null }])
    expect((await alertsOf(customerId)).filter(({ kind, state }) => kind === 'MATURITY' && state === 'OPEN')).toEqual([])
  })

  test('another capability contributes by its view alone', async () => {
    const customerId = await bank.customer({ name: '担保物资有限公司' })
    const owner = await bank.services.db.connectOwner()
    try {
      await owner.query(`CREATE VIEW credit_maturity_facts WITH (security_invoker = true) AS SELECT '${customerId}'::uuid AS customer_id, 'INSURANCE'::text AS kind, 'P-1'::text AS object_key, '抵押物保险'::text AS name_zh, 'Insurance'::text AS name_en,
        NULL::bigint AS amount_fen, NULL::text AS currency, date '2026-11-28' AS ends_on, NULL::text AS outcome`)
      await owner.query('GRANT SELECT ON credit_maturity_facts TO yq_batch')
      await refreshed(refreshMaturities)
      expect(await all(sql`SELECT source, kind, ends_on FROM maturity WHERE customer_id = ${customerId}`)).toEqual([{ source: 'credit', kind: 'INSURANCE', ends_on: '2026-11-28' }])
    } finally {
      await owner.query('DROP VIEW credit_maturity_facts')
      await owner.end()
    }
  })

  test('every published view of ends has the columns of the convention, in their order', async () => {
    const columns = await all(sql<{ name: string; columns: string }>`SELECT table_name::text AS name, string_agg(column_name || ' ' || data_type, ', ' ORDER BY ordinal_position) AS columns FROM information_schema.columns WHERE table_name LIKE '%\\_maturity\\_facts' GROUP BY 1`)
    expect(columns.length).toBeGreaterThanOrEqual(2)
    for (const view of columns) expect([view.name, view.columns]).toEqual([view.name, 'customer_id uuid, kind text, object_key text, name_zh text, name_en text, amount_fen bigint, currency text, ends_on date, outcome text'])
  })
})

describe('the increment of assets with the market’s part, and without it (2.7, aum.marketEffect)', () => {
  const quarter = '2026-Q4'
  type Fund = { spans: readonly (readonly [from: string, yuan: string])[]; trades: readonly (readonly [day: string, yuan: string, kind?: string])[] }
  type Facts = Fund & { deposit?: readonly [base: string, end: string]; openedOn?: string; kind?: 'CORPORATE' }
  // what the fund account held from which day, and what was bought (and, negative, sold); on 1 September 500,000 everywhere
  const bought = ['2026-01-05', '500000.00'] as const
  const cases: readonly (readonly [what: string, facts: Facts, include: string, netInflow: string | null])[] = [
    ['the market rose by 50,000', { spans: [['2026-01-05', '500000.00'], ['2026-10-12', '550000.00']], trades: [bought] }, '50000.00', '0.00'],
    ['bought for 100,000', { spans: [['2026-01-05', '500000.00'], ['2026-10-20', '600000.00']], trades: [bought, ['2026-10-20', '100000.00']] }, '100000.00', '100000.00'],
    ['both', { spans: [['2026-01-05', '500000.00'], ['2026-10-12', '550000.00'], ['2026-10-20', '650000.00']], trades: [bought, ['2026-10-20', '100000.00']] }, '150000.00', '100000.00'],
    ['fell by 40,000 while 60,000 were sold', { spans: [['2026-01-05', '500000.00'], ['2026-10-14', '400000.00']], trades: [bought, ['2026-10-14', '-60000.00']] }, '-100000.00', '-60000.00'],
    ['a dividend paid into the fund', { spans: [['2026-01-05', '500000.00'], ['2026-10-14', '510000.00']], trades: [bought, ['2026-10-14', '10000.00', 'INTEREST']] }, '10000.00', '0.00'],
    // 15 of the 30 days of the end: from 9 November
    ['bought in the middle of the last 30 days', { spans: [['2026-01-05', '500000.00'], ['2026-11-09', '600000.00']], trades: [bought, ['2026-11-09', '100000.00']] }, '50000.00', '50000.00'],
    ['money from the deposit into the fund, which then rose', { deposit: ['300000.00', '200000.00'], spans: [['2026-01-05', '500000.00'], ['2026-10-15', '600000.00'], ['2026-10-16', '620000.00']], trades: [bought, ['2026-10-15', '100000.00']] }, '20000.00', '0.00'],
    ['a new customer, whose fund rose after he bought', { openedOn: '2026-10-08', spans: [['2026-10-08', '200000.00'], ['2026-10-20', '230000.00']], trades: [['2026-10-08', '200000.00']] }, '230000.00', '200000.00'],
    ['balances without trades: nothing tells them apart, all of it counts', { spans: [['2026-01-05', '500000.00'], ['2026-10-12', '550000.00']], trades: [] }, '50000.00', '50000.00'],
    ['a deposit knows no market', { deposit: ['800000.00', '1050000.00'], spans: [], trades: [] }, '250000.00', '250000.00'],
    ['a company, for which the bank did not ask: its funds do not count at all', { kind: 'CORPORATE', deposit: ['800000.00', '900000.00'], spans: [['2026-01-05', '500000.00'], ['2026-10-12', '550000.00']], trades: [bought] }, '100000.00', null],
  ]
  const ids = new Map<string, string>()
  const increments = () => all(sql<{ id: string; increment: string; market: string | null }>`SELECT customer_id AS id, (end_fen - increment_base_fen - coalesce(market_fen, 0))::text AS increment, market_fen::text AS market FROM standing WHERE period = ${quarter} AND customer_id = ANY(${[...ids.values()]}::uuid[])`)
  const fen = (text: string): string => (text.startsWith('-') ? `-${yuan(text)}` : String(yuan(text)))
  const setting = (from: string, effect: string): Promise<unknown> => bank.look("INSERT INTO watch_limit (rule, customer_kind, bank, from_date, version, market_effect, legal_basis) VALUES ('AUM', 'PERSON', 'test', $1, 'test', $2, '测试')", [from, effect])
  beforeAll(async () => {
    const main = await bank.colleague('净流入经理', 'RM', bank.units.north.key)
    for (const [what, facts] of cases) {
      const customerId = await bank.customer({ name: `市值${ids.size}`, kind: facts.kind ?? 'PERSON', main, bare: true, openedOn: facts.openedOn ?? '2021-01-01' })
      ids.set(what, customerId)
      await batch((tx) => add(tx, 'assignment', { customer_id: customerId, id: newId(), staff_key: main.staffKey, share_pct: '100', main: true, from_date: facts.openedOn ?? '2021-01-01' }, { why: 'test' }))
      if (facts.deposit) {
        const current = await account(customerId)
        await balance(customerId, current, yuan(facts.deposit[0]), '2022-01-01', '2026-10-15')
        await balance(customerId, current, yuan(facts.deposit[1]), '2026-10-15')
      }
      if (facts.spans.length === 0) continue
      const fund = await account(customerId, { product: 'WMP' })
      for (const [place, [from, held]] of facts.spans.entries()) await balance(customerId, fund, yuan(held), from, facts.spans[place + 1]?.[0])
      for (const [day, amount, kind] of facts.trades) await book(customerId, fund, { day, direction: amount.startsWith('-') ? 'OUT' : 'IN', fen: yuan(amount), kind: kind ?? 'TRANSFER' })
    }
  })
  test.each(['INCLUDE', 'NET_INFLOW'] as const)('%s', async (effect) => {
    // a row that begins within the quarter is the next one's
    if (effect === 'INCLUDE') await setting('2026-10-02', 'NET_INFLOW')
    else await bank.look("UPDATE watch_limit SET from_date = '2026-10-01' WHERE rule = 'AUM' AND bank = 'test'")
    await refreshed((at) => refreshStanding(at, quarter))
    const found = new Map((await increments()).map((row) => [row.id, row]))
    expect(cases.map(([what]) => [what, found.get(ids.get(what) ?? '')?.increment])).toEqual(cases.map(([what, , include, netInflow]) => [what, fen(effect === 'INCLUDE' ? include : (netInflow ?? include))]))
    expect(cases.map(([what]) => [what, found.get(ids.get(what) ?? '')?.market === null])).toEqual(cases.map(([what, , , netInflow]) => [what, effect === 'INCLUDE' || netInflow === null]))
    // twice is once
    expect(await refreshed((at) => refreshStanding(at, quarter))).toBe(0)
    if (effect === 'NET_INFLOW') await bank.look("DELETE FROM watch_limit WHERE rule = 'AUM' AND bank = 'test'")
  })
})

describe('asset-increment: stayed, moved out and in by the bank, new, lost', () => {
  const quarter = '2026-Q4'
  let keeper: Colleague
  const made = new Map<string, string>()
  beforeAll(async () => {
    keeper = await bank.colleague('增量经理', 'RM', bank.units.north.key)
    const colleague = await bank.colleague('邻座经理', 'RM', bank.units.north.key)
    // base, end, and by whom it was held from which day
    const cases: readonly (readonly [id: string, base: string, end: string, held: readonly (readonly [who: Colleague, from: string, to?: string])[]])[] = [
      ['c1', '800000.00', '1050000.00', [[keeper, '2021-01-01']]], ['c2', '2400000.00', '2150000.00', [[keeper, '2021-01-01']]], ['c3', '600000.00', '600000.00', [[keeper, '2021-01-01', '2026-10-20'], [colleague, '2026-10-20']]],
      ['c4', '900000.00', '980000.00', [[colleague, '2021-01-01', '2026-10-15'], [keeper, '2026-10-15']]], ['c5', '0.00', '520000.00', [[keeper, '2026-10-15']]], ['c6', '700000.00', '300000.00', [[keeper, '2021-01-01']]],
    ]
    for (const [id, base, end, held] of cases) {
      const customerId = await bank.customer({ name: `增量${id}`, kind: 'PERSON', main: keeper, bare: true, openedOn: held[0]?.[1] ?? '2021-01-01' })
      made.set(id, customerId)
      const current = await account(customerId)
      if (base !== '0.00') await balance(customerId, current, yuan(base), '2022-01-01', '2026-10-15')
      await balance(customerId, current, yuan(end), '2026-10-15')
      for (const [who, from, to] of held) await batch((tx) => add(tx, 'assignment', { customer_id: customerId, id: newId(), staff_key: who.staffKey, share_pct: '100', main: true, from_date: from, to_date: to }, { why: 'test' }))
    }
    await refreshed((at) => refreshStanding(at, quarter))
  })
  test.each([['c1', '250000.00'], ['c2', '-250000.00'], ['c4', '80000.00'], ['c5', '520000.00'], ['c6', '-400000.00']])('%s: %s', async (id, increment) => {
    const [row] = await all(sql`SELECT (end_fen - increment_base_fen)::text AS increment, end_staff_key AS who FROM standing WHERE customer_id = ${made.get(id) ?? ''} AND period = ${quarter}`)
    expect(row).toEqual({ increment: increment.startsWith('-') ? `-${yuan(increment)}` : String(yuan(increment)), who: keeper.staffKey })
  })
  test('the manager’s sum, without whom the bank moved out: 200,000.00', async () => {
    expect(await batch((tx) => readChurn(tx, quarter, today, { kind: 'SELF', staffKey: keeper.staffKey }, 'MANAGER'))).toMatchObject([{ key: keeper.staffKey, increment: String(yuan('200000.00')), excluded: 1, lost: 1 }])
  })
})

describe('how customers stand in a quarter', () => {
  const quarter = '2026-Q4'
  let mine: Colleague
  let other: Colleague
  const made = new Map<string, string>()
  async function customer(key: string, base: string, end: string, more: { kind?: 'CORPORATE' | 'PERSON'; openedOn?: string; closed?: boolean; to?: Colleague; movedOn?: string } = {}): Promise<string> {
    const kind = more.kind ?? 'PERSON'
    const customerId = await bank.customer({ name: `流失${key}`, kind, main: mine, bare: true, openedOn: more.openedOn ?? '2021-01-01' })
    const current = await account(customerId, more.closed ? { closedOn: '2026-11-10' } : {})
    if (base !== '0.00') await balance(customerId, current, yuan(base), '2022-01-01', '2026-10-15')
    await balance(customerId, current, yuan(end), '2026-10-15')
    await batch(async (tx) => {
      const slice = (who: Colleague, from: string, to?: string): Promise<void> => add(tx, 'assignment', { customer_id: customerId, id: newId(), staff_key: who.staffKey, share_pct: '100', main: true, from_date: from, to_date: to }, { why: 'test' })
      await slice(mine, more.openedOn ?? '2021-01-01', more.movedOn)
      if (more.to) await slice(more.to, more.movedOn ?? today)
    })
    made.set(key, customerId)
    return customerId
  }
  beforeAll(async () => {
    mine = await bank.colleague('流失经理', 'RM', bank.units.north.key)
    other = await bank.colleague('接手经理', 'RM', bank.units.south.key)
    await customer('留下', '800000.00', '1050000.00')
    await customer('减半', '700000.00', '300000.00')
    await customer('降三成多', '1000000.00', '650000.00')
    await customer('减半但仍在线上', '2000000.00', '900000.00')
    await customer('销户', '900000.00', '0.00', { closed: true })
    await customer('太小', '400000.00', '10.00')
    // one of his accounts was closed, another is open
    await account(await customer('一户已销', '900000.00', '880000.00'), { closedOn: '2026-11-10' })
    await customer('移走', '600000.00', '600000.00', { to: other, movedOn: '2026-10-20' })
    await customer('新开', '0.00', '520000.00', { openedOn: '2026-10-15' })
    await refreshed((at) => refreshStanding(at, quarter))
  })
  test.each([
    ['留下', { in_base: true, lost: null, transferred: false, increment: String(yuan('250000.00')) }],
    ['减半', { in_base: true, lost: 'BELOW', transferred: false, increment: `-${yuan('400000.00')}` }],
    ['减半但仍在线上', { in_base: true, lost: null, transferred: false, increment: `-${yuan('1100000.00')}` }],
    ['销户', { in_base: true, lost: 'CLOSED', transferred: false, increment: `-${yuan('900000.00')}` }],
    ['一户已销', { in_base: true, lost: null, transferred: false, increment: `-${yuan('20000.00')}` }],
    ['太小', { in_base: false, lost: null, transferred: false, increment: `-${yuan('399990.00')}` }],
    // the new manager's base is the 30 days before the move: 25 of them at 600,000, all the same here
    ['移走', { in_base: true, lost: null, transferred: true, increment: '0' }],
    ['新开', { in_base: false, lost: null, transferred: false, increment: String(yuan('520000.00')) }],
  ])('%s', async (key, expected) => {
    const [row] = await all(sql`SELECT in_base, lost, transferred, (end_fen - increment_base_fen)::text AS increment FROM standing WHERE customer_id = ${made.get(key) ?? ''} AND period = ${quarter}`)
    expect(row).toEqual(expected)
  })
  test('the manager’s figures: seven in the base set, one transferred, two lost', async () => {
    const rows = await batch((tx) => readChurn(tx, quarter, today, { kind: 'SELF', staffKey: mine.staffKey }, 'MANAGER'))
    expect(rows).toMatchObject([{ key: mine.staffKey, base: 7, excluded: 1, lost: 2 }])
    const taker = await batch((tx) => readChurn(tx, quarter, today, { kind: 'SELF', staffKey: other.staffKey }, 'MANAGER'))
    expect(taker).toMatchObject([{ base: 0, lost: 0, increment: '0' }])
  })
  test('worked out again nothing changes; warnings on value below 70 % of the base, one a quarter', async () => {
    expect(await refreshed((at) => refreshStanding(at, quarter))).toBe(0)
    await refreshed((at) => refreshStandings(at, false))
    const kinds = async (key: string): Promise<string[]> => (await alertsOf(made.get(key) ?? '')).map(({ kind, about, state }) => `${kind} ${about} ${state}`)
    expect(await kinds('降三成多')).toEqual([`BELOW_BASE ${quarter} OPEN`])
    expect(await kinds('留下')).toEqual([])
    expect(await kinds('移走')).toEqual([])
  })
  test('a fall of 30 % within five working days stays until it is answered', async () => {
    const customerId = await bank.customer({ name: '急流出', kind: 'PERSON', main: mine })
    const current = await account(customerId)
    await balance(customerId, current, yuan('2000000.00'), '2022-01-01', '2026-11-20')
    await balance(customerId, current, yuan('1400000.00'), '2026-11-20')
    await refreshed((at) => refreshStandings(at, false))
    const outflow = async (): Promise<unknown> => (await alertsOf(customerId)).filter(({ kind }) => kind === 'OUTFLOW')
    const told = [{ kind: 'OUTFLOW', state: 'OPEN', about: today, amount: String(yuan('600000.00')) }]
    expect(await outflow()).toEqual(told)
    // a week later the five days are past, the alert is not
    await refreshed((at) => refreshStandings(at, false), '2026-12-01')
    expect(await outflow()).toEqual(told)
  })
})

describe('gaps (fixture gap-1: the most valuable first)', () => {
  test('who has a loan and pays no salaries; a thing that nobody has is no gap; without contributions the value is not known', async () => {
    const [lacking, holder] = [await bank.customer({ name: '缺代发有限公司' }), await bank.customer({ name: '有代发有限公司' })]
    for (const customerId of [lacking, holder]) {
      await account(customerId)
      await batch((tx) => add(tx, 'loan', { customer_id: customerId, id: newId(), core_key: `G${(number += 1)}`, product_code: 'LOAN', outlet_key: bank.units.south.key, amount_fen: 1000n, paid_out_on: '2025-12-10', matures_on: '2027-12-10', term_months: 24 }, { why: 'test' }))
    }
    await book(holder, await account(holder), { direction: 'OUT', fen: 100n, kind: 'SALARY', name: null })
    await refreshed(refreshGaps)
    const gaps = async (customerId: string): Promise<string[]> => (await alertsOf(customerId)).filter(({ kind }) => kind === 'GAP').map(({ about, amount }) => `${about} ${amount}`)
    expect(await gaps(lacking)).toEqual(['LOAN_NOT_PAYROLL 0'])
    expect(await gaps(holder)).toEqual([])
    expect(await refreshed(refreshGaps)).toBe(0)
  })

  test('who wants no calls or has withdrawn the consent to marketing is not listed; a lack of wealth products says whether a risk assessment holds', async () => {
    const wealthy = async (name: string, more: (customerId: string) => Promise<void> = async () => undefined): Promise<string> => {
      const customerId = await bank.customer({ name, kind: 'PERSON', tier: 'T1' })
      await account(customerId)
      await more(customerId)
      return customerId
    }
    const keep = (table: string, row: Parameters<typeof add>[2]): Promise<unknown> => batch((tx) => add(tx, table, row, { why: 'test' }))
    const consent = (given: string, ended: string | null) => (customerId: string) => keep('consent', { customer_id: customerId, id: newId(), consent_for: 'MARKETING', stated_purpose: '营销', given_on: given, proof: 'PAPER', ...(ended === null ? {} : { ended_on: ended, end_reason: '撤回' }) }).then(() => undefined)
    const holder = await wealthy('持有理财')
    await account(holder, { product: 'WMP' })
    const cases = {
      plain: await wealthy('无测评'), tested: await wealthy('有测评', (id) => keep('customer_file', { customer_id: id, risk_tolerance: 'C3', risk_tolerance_on: addDays(today, -100) }).then(() => undefined)),
      old: await wealthy('测评过期', (id) => keep('customer_file', { customer_id: id, risk_tolerance: 'C3', risk_tolerance_on: addDays(today, -400) }).then(() => undefined)),
      noCalls: await wealthy('不接电话', (id) => keep('customer_file', { customer_id: id, no_calls: true }).then(() => undefined)),
      withdrawn: await wealthy('撤回同意', consent('2026-01-05', '2026-06-01')), again: await wealthy('再次同意', async (id) => { await consent('2026-01-05', '2026-06-01')(id); await consent('2026-07-01', null)(id) }),
    }
    await refreshed(refreshGaps)
    const told = async (customerId: string): Promise<unknown> => (await all(sql<{ test: unknown }>`SELECT detail->'riskTest' AS test FROM alert WHERE customer_id = ${customerId} AND kind = 'GAP' AND about = 'WEALTHY_NOT_WEALTH' AND state = 'OPEN'`)).map((row) => row.test)
    const found: Record<string, unknown> = {}
    for (const [name, id] of Object.entries(cases)) found[name] = await told(id)
    expect(found).toEqual({ plain: [false], tested: [true], old: [false], noCalls: [], withdrawn: [], again: [false] })
  })

  test('with published contributions: the median of ten holders of the same tier, else of the bank', async () => {
    const owner = await bank.services.db.connectOwner()
    try {
      const holders: string[] = []
      for (let n = 0; n < 10; n++) {
        const customerId = await bank.customer({ name: `持有人${n}有限公司`, tier: 'T2' })
        await book(customerId, await account(customerId), { direction: 'OUT', fen: 100n, kind: 'SALARY', name: null })
        holders.push(customerId)
      }
      // an even number: the mean of 12,000 and 13,200 is 12,600
      const worth = ['1000', '2000', '3000', '4000', '12000', '13200', '50000', '60000', '70000', '80000']
      for (const [place, id] of holders.entries()) {
        await owner.query('INSERT INTO contribution (customer_id, month_start, days, deposit_adb_fen, loan_adb_fen, pre_tax_fen, tax_fen, net_fen, capital_fen, charge_fen, eva_fen, missing) VALUES ($1, $2, 31, 0, 0, $3, 0, $3, 0, 0, $3, $4)', [id, '2026-05-01', `${worth[place] ?? 0}00`, []])
      }
      const lack = async (tier: string): Promise<string> => {
        const customerId = await bank.customer({ name: `缺口${tier}有限公司`, tier })
        await batch((tx) => add(tx, 'loan', { customer_id: customerId, id: newId(), core_key: `G${(number += 1)}`, product_code: 'LOAN', outlet_key: bank.units.south.key, amount_fen: 1000n, paid_out_on: '2025-12-10', matures_on: '2027-12-10', term_months: 24 }, { why: 'test' }))
        return customerId
      }
      const [same, elsewhere] = [await lack('T2'), await lack('T3')]
      await refreshed(refreshGaps)
      const told = (customerId: string): Promise<unknown[]> => all(sql`SELECT amount_fen::text AS fen, detail->>'basis' AS basis FROM alert WHERE customer_id = ${customerId} AND kind = 'GAP' AND about = 'LOAN_NOT_PAYROLL'`)
      expect(await told(same)).toEqual([{ fen: String(yuan('12600.00')), basis: 'TIER' }])
      expect(await told(elsewhere)).toEqual([{ fen: String(yuan('12600.00')), basis: 'BANK' }])
    } finally {
      await owner.query('DELETE FROM contribution')
      await owner.end()
    }
  })
})

describe('gaps between a company and the person at its head (fixture gap-1: LEGAL_REP_NOT_PERSONAL)', () => {
  test('who is no customer is lacking, a unit for each; worth the median of those who are', async () => {
    const owner = await bank.services.db.connectOwner()
    try {
      const party = async (kind: 'COMPANY' | 'PERSON', customerId: string | null, on: string, name: string): Promise<string> => {
        const id = newId()
        await batch((tx) => add(tx, 'party', { id, customer_id: on, kind, as_customer: customerId, name: customerId === null ? name : null }, { why: 'test' }))
        return id
      }
      const relate = (on: string, from: string, to: string, more: { kind?: string; share?: string; ended?: string } = {}): Promise<unknown> => batch((tx) => add(tx, 'relation', {
        id: newId(), customer_id: on, kind: more.kind ?? 'LEGAL_REPRESENTATIVE', from_party: from, to_party: to, share_pct: more.share ?? null, evidence: '工商登记', from_date: '2026-01-05', to_date: more.ended ?? null, entered_on: '2026-01-05',
      }, { why: 'test' }))
      const company = async (name: string) => { const id = await bank.customer({ name }); await account(id); return { id, party: await party('COMPANY', id, id, name) } }
      const [one, two, whole, former, minor] = [await company('一人不在有限公司'), await company('两人不在有限公司'), await company('都在有限公司'), await company('已离任有限公司'), await company('小股东有限公司')]
      const outside = (name: string, on: { id: string }): Promise<string> => party('PERSON', null, on.id, name)
      await relate(one.id, await outside('甲法人', one), one.party)
      await relate(two.id, await outside('乙法人', two), two.party)
      await relate(two.id, await outside('乙控股', two), two.party, { kind: 'SHAREHOLDING', share: '50.0001' })
      await relate(former.id, await outside('丙前任', former), former.party, { ended: '2026-06-30' })
      await relate(minor.id, await outside('丁股东', minor), minor.party, { kind: 'SHAREHOLDING', share: '50' })
      // a core person whose firm is no customer, and one of a lower tier
      const [core, key] = [await bank.customer({ name: '核心老板', kind: 'PERSON', tier: 'T1' }), await bank.customer({ name: '重点老板', kind: 'PERSON', tier: 'T2' })]
      for (const person of [core, key]) {
        await account(person)
        await relate(person, await party('PERSON', person, person, ''), await party('COMPANY', null, person, '行外有限公司'))
      }
      const person = await bank.customer({ name: '同在法人', kind: 'PERSON' })
      await relate(whole.id, await party('PERSON', person, whole.id, ''), whole.party)
      const put = (id: string, fen: string): Promise<unknown> => owner.query('INSERT INTO contribution (customer_id, month_start, days, deposit_adb_fen, loan_adb_fen, pre_tax_fen, tax_fen, net_fen, capital_fen, charge_fen, eva_fen, missing) VALUES ($1, $2, 31, 0, 0, $3, 0, $3, 0, 0, $3, $4)', [id, '2026-05-01', fen, []])
      await put(person, '150000')
      await put(whole.id, '700000')
      await refreshed(refreshGaps)
      const gaps = (code: string, id: string): Promise<unknown[]> => all(sql`SELECT amount_fen::text AS fen, detail->>'basis' AS basis, detail->>'units' AS units FROM alert WHERE customer_id = ${id} AND kind = 'GAP' AND about = ${code} AND state = 'OPEN'`)
      const rep = (at: { id: string }) => gaps('LEGAL_REP_NOT_PERSONAL', at.id)
      expect(await rep(one)).toEqual([{ fen: String(yuan('1500.00')), basis: 'BANK', units: '1' }])
      expect(await rep(two)).toEqual([{ fen: String(yuan('3000.00')), basis: 'BANK', units: '2' }])
      expect([await rep(whole), await rep(former), await rep(minor)]).toEqual([[], [], []])
      expect([await gaps('FIRM_NOT_CUSTOMER', core), await gaps('FIRM_NOT_CUSTOMER', key)]).toEqual([[{ fen: String(yuan('7000.00')), basis: 'BANK', units: '1' }], []])
      // enough heads who are customers: their own median, not that of all persons
      for (let n = 0; n < 9; n++) {
        const [head, firm] = [await bank.customer({ name: `同在${n}`, kind: 'PERSON' }), await company(`同在${n}有限公司`)]
        await relate(firm.id, await party('PERSON', head, firm.id, ''), firm.party)
        await put(head, '200000')
        await put(await bank.customer({ name: `路人${n}`, kind: 'PERSON' }), '10000')
        await put(await bank.customer({ name: `路人乙${n}`, kind: 'PERSON' }), '10000')
      }
      await refreshed(refreshGaps)
      expect(await rep(one)).toEqual([{ fen: String(yuan('2000.00')), basis: 'HEADS', units: '1' }])
      expect(await refreshed(refreshGaps)).toBe(0)
    } finally {
      await owner.query('DELETE FROM contribution')
      await owner.end()
    }
  })
})

describe('gaps of the staff paid through the bank (fixture gap-1: PAYROLL_NOT_CARD)', () => {
  test('each payee without a card is a unit, worth the median of those who have one; a sum for all at once names nobody', async () => {
    const owner = await bank.services.db.connectOwner()
    const put = (id: string, fen: string): Promise<unknown> => owner.query('INSERT INTO contribution (customer_id, month_start, days, deposit_adb_fen, loan_adb_fen, pre_tax_fen, tax_fen, net_fen, capital_fen, charge_fen, eva_fen, missing) VALUES ($1, $2, 31, 0, 0, $3, 0, $3, 0, 0, $3, $4)', [id, '2026-05-01', fen, []])
    try {
      const hash = (n: number): Buffer => Buffer.from(`account ${n}`)
      let next = 0
      const opened = async (customerId: string): Promise<{ id: string; hash: Buffer }> => {
        const [id, own] = [await account(customerId), hash((next += 1))]
        await owner.query('UPDATE account SET number_hash = $1 WHERE id = $2', [own, id])
        return { id, hash: own }
      }
      const paid = async (customerId: string, accountId: string, direction: 'IN' | 'OUT', other: Buffer | null, day = today): Promise<void> => {
        const id = await book(customerId, accountId, { day, direction, fen: 500_000n, kind: 'SALARY', name: null })
        await owner.query('UPDATE account_transaction SET counterparty_hash = $1 WHERE id = $2', [other, id])
      }
      const card = (customerId: string, accountId: string, expires: string | null = null): Promise<unknown> => batch((tx) => add(tx, 'card', { customer_id: customerId, id: newId(), account_id: accountId, holder_customer_id: customerId, core_key: `C${(number += 1)}`, product_code: 'CUR', issued_on: '2025-01-05', expires_on: expires }, { why: 'test' }))
      const company = async (name: string) => { const id = await bank.customer({ name }); return { id, account: await opened(id) } }
      const [payer, whole, lump] = [await company('代发四十人有限公司'), await company('都有卡有限公司'), await company('合计代发有限公司')]
      await paid(lump.id, lump.account.id, 'OUT', null)
      // 39 at other banks, twice each; the fortieth is a customer without a card, whose own account tells it as well
      for (let n = 0; n < 39; n++) for (const day of [today, addDays(today, -30)]) await paid(payer.id, payer.account.id, 'OUT', hash(1000 + n), day)
      const bare = await bank.customer({ name: '无卡员工', kind: 'PERSON' })
      const bareAccount = await opened(bare)
      await paid(payer.id, payer.account.id, 'OUT', bareAccount.hash)
      await paid(bare, bareAccount.id, 'IN', payer.account.hash)
      // out of the window: no longer on the payroll
      await paid(payer.id, payer.account.id, 'OUT', hash(2000), addDays(today, -200))
      for (const fen of ['4000', '6000', '8000']) {
        const staff = await bank.customer({ name: `有卡员工${fen}`, kind: 'PERSON' })
        const own = await opened(staff)
        await card(staff, own.id)
        await put(staff, fen)
        await paid(staff, own.id, 'IN', whole.account.hash)
      }
      await refreshed(refreshGaps)
      const gaps = (id: string): Promise<unknown[]> => all(sql`SELECT amount_fen::text AS fen, detail->>'basis' AS basis, detail->>'units' AS units FROM alert WHERE customer_id = ${id} AND kind = 'GAP' AND about = 'PAYROLL_STAFF_NOT_CARD' AND state = 'OPEN'`)
      expect(await gaps(payer.id)).toEqual([{ fen: String(yuan('2400.00')), basis: 'BANK', units: '40' }])
      expect([await gaps(whole.id), await gaps(lump.id)]).toEqual([[], []])
      // a card that ended is none
      const left = await bank.customer({ name: '卡已到期员工', kind: 'PERSON' })
      const own = await opened(left)
      await card(left, own.id, addDays(today, -1))
      await paid(left, own.id, 'IN', whole.account.hash)
      await refreshed(refreshGaps)
      expect(await gaps(whole.id)).toEqual([{ fen: String(yuan('60.00')), basis: 'BANK', units: '1' }])
    } finally {
      await owner.query('DELETE FROM contribution')
      await owner.end()
    }
  }, 60_000)
})

test('what is watched follows the customer to its new manager', async () => {
  const [first] = await all(sql<{ customer_id: string }>`SELECT customer_id FROM alert WHERE kind = 'MOVEMENT_OUT' LIMIT 1`)
  const customerId = first?.customer_id ?? ''
  const { zhao } = bank.staff
  await batch(async (tx) => {
    await bulk(tx, { table: 'customer', what: 'change', why: 'test', batch: newId(), statement: sql`UPDATE customer SET viewers = ${[zhao.staffKey]}::int[], main_staff_key = ${zhao.staffKey}, scope_path = '001.999' WHERE customer_id = ${customerId}` })
    await followWatched(tx, newId(), customerId)
  })
  expect(await all(sql`SELECT DISTINCT owner_key, viewers, scope_path FROM alert WHERE customer_id = ${customerId}`)).toEqual([{ owner_key: zhao.staffKey, viewers: [zhao.staffKey], scope_path: '001.999' }])
  expect(await all(sql`SELECT DISTINCT scope_path FROM movement WHERE customer_id = ${customerId}`)).toEqual([{ scope_path: '001.999' }])
})
