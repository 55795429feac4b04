import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, type SmallBank } from '../../tests/support/small-bank.ts'
import { chance } from '../contact-plan/contact-coverage-testing.ts'
import { add } from '../foundation/store/store.ts'
import { daysInMonth, monthStart, nextMonth } from '../foundation/values/business-date.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { refreshTiers } from './refresh-tiers.ts'
import { tierRowsOn, tierTable } from './tier-table.ts'
import { meritOf, tierAfter, type TierRow, type ValueTier } from './tier.rules.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank([])
  await bank.services.db.asBatch(async (tx) => {
    await add(tx, 'product', { code: 'D', name: '活期', name_en: 'Current', line: 'DEPOSIT' }, { why: 'test' })
    await add(tx, 'product', { code: 'L', name: '流贷', name_en: 'Loan', line: 'LOAN' }, { why: 'test' })
  })
})
afterAll(() => bank.close())

const months = ['2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10'] as const
type Given = { kind: 'CORPORATE' | 'PERSON'; /** Yuan on each day of the month. */ yuan: readonly number[]; loanUntil?: string; openedOn?: string }

async function customerWith({ kind, yuan, loanUntil, openedOn = '2026-05-01' }: Given): Promise<string> {
  const customerId = await bank.customer({ bare: true, kind, name: kind === 'PERSON' ? '张三' : '某某有限公司', openedOn, tier: 'T4' })
  await bank.services.db.asBatch(async (tx) => {
    const accountId = newId()
    const outlet = bank.units.south.key
    await add(tx, 'account', { customer_id: customerId, id: accountId, core_key: accountId, product_code: 'D', outlet_key: outlet, opened_on: openedOn }, { why: 'test' })
    for (const [index, month] of months.entries()) {
      if (monthStart(month) < openedOn) continue
      // a span of half the month with double the balance: the average counts, not the balance of a day
      await add(tx, 'balance_span', { customer_id: customerId, account_id: accountId, from_date: monthStart(month), to_date: monthStart(nextMonth(month)), balance_fen: BigInt(yuan[index] ?? 0) * 100n }, { why: 'test' })
    }
    if (loanUntil !== undefined) {
      const loanId = newId()
      await add(tx, 'loan', { customer_id: customerId, id: loanId, core_key: loanId, product_code: 'L', outlet_key: outlet, amount_fen: 100n, paid_out_on: openedOn, matures_on: '2030-01-01', term_months: 12 }, { why: 'test' })
      await add(tx, 'loan_span', { customer_id: customerId, loan_id: loanId, from_date: openedOn, to_date: loanUntil, principal_fen: 100n }, { why: 'test' })
    }
  })
  return customerId
}

/** The table without the confirmation of core moves: what the rules say takes effect at once. */
const byItself: readonly TierRow[] = tierTable.map((row) => ({ ...row, CORPORATE: { ...row.CORPORATE, confirmCore: false }, PERSON: { ...row.PERSON, confirmCore: false } }))
const refresh = (day: string, table: readonly TierRow[] = byItself) => bank.services.db.asBatch((tx) => refreshTiers(tx, { day, bankCode: 'test' }, table))
const heldBy = (customerId: string) => bank.look<{ tier: string; from_date: string; to_date: string | null; reason: string; table_version: string | null }>('SELECT tier, from_date, to_date, reason, table_version FROM tier_held WHERE customer_id = $1 ORDER BY from_date', [customerId])
const carried = async (customerId: string) => (await bank.look<{ tier: string; tier_since: string }>('SELECT tier, tier_since FROM customer WHERE customer_id = $1', [customerId]))[0]

/** What the rules say, month by month. */
function expected(given: Given, rows: readonly TierRow[]): { tier: ValueTier; from: string }[] {
  const openedOn = given.openedOn ?? '2026-05-01'
  const lines = rows.find((row) => row.region === '*')?.[given.kind]
  if (!lines) throw new Error('no lines')
  const merit = (index: number): ValueTier => {
    const month = months[index]
    const end = month === undefined ? '' : monthStart(nextMonth(month))
    const yuan = month === undefined || monthStart(month) < openedOn ? 0 : (given.yuan[index] ?? 0)
    const days = month === undefined ? 1 : daysInMonth(month)
    return meritOf(lines, { fenDays: BigInt(yuan) * 100n * BigInt(days), days, hasCredit: month !== undefined && given.loanUntil !== undefined && given.loanUntil >= end && openedOn < end })
  }
  const held: { tier: ValueTier; from: string; since: number }[] = []
  for (const [index, month] of months.entries()) {
    if (openedOn >= monthStart(nextMonth(month))) continue
    const last = held.at(-1)
    const after = tierAfter(last ? { tier: last.tier, months: index - last.since + 1 } : null, [merit(index), merit(index - 1), merit(index - 2)])
    if (after !== last?.tier) held.push({ tier: after, from: monthStart(nextMonth(month)), since: index + 1 })
  }
  return held.map(({ tier, from }) => ({ tier, from }))
}

describe('tiers of all customers by statements', () => {
  const million = 1_000_000
  const given: Record<string, Given> = {
    rising: { kind: 'CORPORATE', yuan: [million, million, 6 * million, 25 * million, 25 * million, 25 * million] },
    dipping: { kind: 'CORPORATE', yuan: [25 * million, 25 * million, 25 * million, million, million, 25 * million] },
    falling: { kind: 'CORPORATE', yuan: [25 * million, 25 * million, 25 * million, 6 * million, million, million] },
    owing: { kind: 'CORPORATE', yuan: [0, 0, 0, 0, 0, 0], loanUntil: '2026-07-15' },
    person: { kind: 'PERSON', yuan: [60_000, 600_000, 600_000, 60_000, 60_000, 60_000] },
    late: { kind: 'PERSON', yuan: [0, 0, 0, 0, 7 * million, 7 * million], openedOn: '2026-09-10' },
  }
  const ids: Record<string, string> = {}
  beforeAll(async () => {
    for (const [name, one] of Object.entries(given)) ids[name] = await customerWith({ ...one })
    await refresh('2026-11-23')
  })

  test.each(Object.keys(given))('%s: history as the rules say', async (name) => {
    const rows = await heldBy(ids[name] ?? '')
    expect(rows.map((row) => ({ tier: row.tier, from: row.from_date }))).toEqual(expected(given[name] ?? { kind: 'PERSON', yuan: [] }, tierRowsOn('test', '2026-11-23')))
    rows.forEach((row, index) => expect(row.to_date).toBe(rows[index + 1]?.from_date ?? null))
    expect(await carried(ids[name] ?? '')).toEqual({ tier: rows.at(-1)?.tier, tier_since: rows.at(-1)?.from_date })
  })
  test('the reason says the average, the version, and what has no source yet', async () => {
    const rows = await heldBy(ids['falling'] ?? '')
    expect(rows.map((row) => row.tier)).toEqual(['T1', 'T2'])
    expect(rows[1]).toMatchObject({ table_version: '1', reason: '2026-10 月日均 100.00 万元，连续三个月低于核心优质标准；年贡献暂无来源，未计入' })
  })
  test('run again it changes nothing; a new customer begins with the basic tier', async () => {
    const before = await bank.look('SELECT customer_id, tier, from_date, to_date FROM tier_held ORDER BY 1, 3')
    expect(await refresh('2026-11-23')).toEqual({ months: [], moved: 0, waiting: 0 })
    expect(await bank.look('SELECT customer_id, tier, from_date, to_date FROM tier_held ORDER BY 1, 3')).toEqual(before)
    const fresh = await bank.customer({ bare: true, openedOn: '2026-11-20' })
    await refresh('2026-11-24')
    expect(await heldBy(fresh)).toMatchObject([{ tier: 'T4', from_date: '2026-11-20', to_date: null }])
  })
  test('the row of the customer’s region wins', async () => {
    const [row] = byItself
    if (!row) throw new Error('no table')
    const customerId = await customerWith({ kind: 'PERSON', yuan: [0, 0, 0, 0, 0, 60_000] })
    const owner = await bank.services.db.connectOwner()
    await owner.query(`UPDATE institution_span SET region = 'county' WHERE institution_key = $1`, [bank.units.south.key])
    await owner.query(`DELETE FROM counter WHERE name LIKE 'tiers%'`)
    await owner.query(`DELETE FROM tier_held WHERE customer_id = $1`, [customerId])
    await owner.end()
    await refresh('2026-11-23', [row, { ...row, region: 'county', version: 'county-1', PERSON: { ...row.PERSON, T1: 6_000_000n } }])
    expect((await heldBy(customerId)).at(-1)).toMatchObject({ tier: 'T1', table_version: 'county-1' })
  })
  test('moves of core customers wait for a head, other moves do not; what is not decided stays, and what a newer month takes back is replaced', async () => {
    const up = await customerWith({ kind: 'CORPORATE', yuan: [million, million, million, million, million, 25 * million] })
    const slight = await customerWith({ kind: 'CORPORATE', yuan: [million, million, million, million, million, 6 * million] })
    const down = await customerWith({ kind: 'CORPORATE', yuan: [25 * million, 25 * million, 25 * million, million, million, million] })
    const long = await customerWith({ kind: 'CORPORATE', yuan: [million, 25 * million, 25 * million, 25 * million, 25 * million, 25 * million] })
    const owner = await bank.services.db.connectOwner()
    await owner.query(`DELETE FROM counter WHERE name LIKE 'tiers%'`)
    await owner.end()
    const movesOf = (customerId: string) => bank.look<{ from_tier: string; to_tier: string; state: string; effective_on: string | null; adb_fen: string; month_start: string }>('SELECT from_tier, to_tier, state, effective_on, adb_fen, month_start FROM tier_move WHERE customer_id = $1 ORDER BY month_start', [customerId])
    const asOf = '2026-11-23'
    await refresh(asOf, tierTable)
    expect(await movesOf(up)).toEqual([{ from_tier: 'T3', to_tier: 'T1', state: 'WAITING', effective_on: null, adb_fen: '2500000000', month_start: '2026-10-01' }])
    expect((await heldBy(up)).map((row) => row.tier)).toEqual(['T3'])
    expect(await movesOf(slight)).toMatchObject([{ to_tier: 'T2', state: 'APPLIED', effective_on: '2026-11-01' }])
    expect((await heldBy(slight)).map((row) => row.tier)).toEqual(['T3', 'T2'])
    expect(await movesOf(down)).toMatchObject([{ from_tier: 'T1', to_tier: 'T3', state: 'WAITING' }])
    // made up for: lived long ago
    expect(await movesOf(long)).toMatchObject([{ from_tier: 'T3', to_tier: 'T1', state: 'APPLIED', effective_on: '2026-07-01' }])
    // November says the same of the one, of the other that he is core after all
    const grow = await bank.services.db.connectOwner()
    await grow.query(`UPDATE balance_span SET to_date = NULL, balance_fen = 2500000000 WHERE customer_id = ANY($1::uuid[]) AND from_date = '2026-10-01'`, [[up, down]])
    await grow.query(`UPDATE balance_span SET to_date = '2026-11-01', balance_fen = CASE WHEN customer_id = $1 THEN 100000000 ELSE balance_fen END WHERE customer_id = $1 AND from_date = '2026-10-01'`, [down])
    await grow.query(`INSERT INTO balance_span (customer_id, account_id, from_date, balance_fen) SELECT customer_id, account_id, '2026-11-01', 2500000000 FROM balance_span WHERE customer_id = $1 AND from_date = '2026-10-01'`, [down])
    await grow.end()
    await refresh('2026-12-01', tierTable)
    expect(await movesOf(up)).toMatchObject([{ state: 'WAITING', month_start: '2026-10-01' }])
    expect(await movesOf(down)).toMatchObject([{ state: 'REPLACED', effective_on: null }])
    expect((await heldBy(down)).map((row) => row.tier)).toEqual(['T1'])
  })
  test('the strategic list, product lines and the contribution of twelve worked-out months make a tier, each as the rules say', async () => {
    const poor = { kind: 'CORPORATE' as const, yuan: [0, 0, 0, 0, 0, 0] }
    const [strategic, manifold, worthy, plain] = [await customerWith(poor), await customerWith({ ...poor, loanUntil: '2029-01-01' }), await customerWith(poor), await customerWith(poor)]
    const owner = await bank.services.db.connectOwner()
    await owner.query(`DELETE FROM counter WHERE name LIKE 'tiers%'`)
    await owner.query(`INSERT INTO strategic_entry (customer_id, id, from_date, reason, proposed_by, proposed_on, decision, decided_by, decided_on, scope_path, viewers) VALUES ($1, $1, '2026-05-01', '省级重点', $2, '2026-05-01', 'CONFIRMED', $3, '2026-05-01', 'x', '{}')`, [strategic, bank.staff.leader.staffKey, bank.staff.branchHead.staffKey])
    await owner.query(`INSERT INTO value_month (month_start, days, computed_on, customers, parameters, missing) SELECT ('2025-01-01'::date + make_interval(months => g))::date, 30, '2026-11-01', 1, '{}', '{}' FROM generate_series(0, 21) g`)
    await owner.query(`INSERT INTO contribution (customer_id, month_start, days, deposit_adb_fen, loan_adb_fen, pre_tax_fen, tax_fen, net_fen, capital_fen, charge_fen, eva_fen, missing) SELECT $1, ('2025-01-01'::date + make_interval(months => g))::date, 30, 0, 0, 1000000, 0, 0, 0, 0, 0, '{}' FROM generate_series(0, 21) g`, [worthy])
    await owner.end()
    const [row] = byItself
    if (!row) throw new Error('no table')
    const lines = { ...row.CORPORATE, products: { least: 2, tier: 'T3' as const }, credit: null }
    await refresh('2026-11-23', [{ ...row, CORPORATE: lines }])
    expect((await heldBy(strategic)).at(-1)).toMatchObject({ tier: meritOf(lines, { fenDays: 0n, days: 31, hasCredit: false, strategic: true }), reason: '2026-05 月日均 0.00 元，在战略名单，近 12 个月贡献 0.00 元' })
    expect((await heldBy(manifold)).at(-1)?.tier).toBe(meritOf(lines, { fenDays: 0n, days: 31, hasCredit: true, productLines: 2 }))
    expect((await heldBy(worthy)).at(-1)).toMatchObject({ tier: meritOf(lines, { fenDays: 0n, days: 31, hasCredit: false, contributionFen: 12_000_000n }), reason: '2026-05 月日均 0.00 元，近 12 个月贡献 12.00 万元' })
    expect((await heldBy(plain)).at(-1)?.tier).toBe('T4')
    const clean = await bank.services.db.connectOwner()
    await clean.query('DELETE FROM value_month')
    await clean.end()
  })
  test('150 customers by chance', async () => {
    const owner = await bank.services.db.connectOwner()
    await owner.query(`UPDATE institution_span SET region = '*'`)
    await owner.query(`DELETE FROM counter WHERE name LIKE 'tiers%'`)
    await owner.end()
    const many: { id: string; one: Given }[] = []
    for (let seed = 0; seed < 150; seed += 1) {
      const roll = chance(seed)
      const one: Given = {
        kind: roll(2) === 0 ? 'CORPORATE' : 'PERSON', yuan: months.map(() => [0, 49_999, 50_000, 500_000, 5 * million, 6 * million, 20 * million][roll(7)] ?? 0),
        openedOn: ['2026-05-01', '2026-05-01', '2026-07-01', '2026-09-01'][roll(4)] ?? '2026-05-01', ...(roll(3) === 0 ? { loanUntil: ['2026-07-15', '2026-10-01', '2027-01-01'][roll(3)] ?? '2027-01-01' } : {}),
      }
      if ((one.openedOn ?? '') > '2026-07-01' && one.loanUntil === '2026-07-15') delete one.loanUntil
      many.push({ id: await customerWith(one), one })
    }
    await refresh('2026-11-23')
    const rows = tierRowsOn('test', '2026-11-23')
    for (const { id, one } of many) expect([one, (await heldBy(id)).map((row) => ({ tier: row.tier, from: row.from_date }))]).toEqual([one, expected(one, rows)])
  })
})
