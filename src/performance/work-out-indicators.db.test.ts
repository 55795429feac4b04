import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../foundation/database/transaction.ts'
import { tryTerms } from './engine-try-indicator.ts'
import { conditions, measures, ownerRules, sources, windows, type IndicatorTerms } from './indicator.contract.ts'
import { faultOfTerms, sourceKinds, unitOf, valueOf } from './indicator.rules.ts'
import { payBank, type PayBank } from './pay-bank-testing.ts'
import { workOutIndicator, workOutIndicators } from './work-out-indicators.ts'

const tariff: NonNullable<IndicatorTerms['tariff']> = { REPORT_EXCELLENT: '10', REPORT_PASS: '0', REPORT_UNTRUE_MINOR: '-15', REPORT_UNTRUE_MAJOR: '-50', REPORT_FALSE: '-100', CHECK_PASS: '0', CHECK_LATE: '-3', CHECK_MISSING: '-8', CHECK_COPIED: '-20' }
let house: PayBank
const april = '2025-04'
let shared: string
beforeAll(async () => {
  house = await payBank()
  const { an, bo, chen } = house.staff
  // held by two; its balance is that of the fixture adb
  shared = await house.customer()
  await house.assign(shared, an.key, '60.00', '2025-01-01')
  await house.assign(shared, bo.key, '40.00', '2025-01-01', null, false)
  await house.deposit(shared, [['2025-04-01', '2025-04-11', 800_000_000], ['2025-04-11', '2025-04-26', 1_250_000_000], ['2025-04-26', null, 2_100_000_000]])
  await house.loan(shared, { amount: 10_000_000, paidOut: '2025-04-10', matures: '2026-04-10', term: 12, spans: [['2025-04-10', null, 10_000_000, '2025-04-20', 100_000]] })
  // handed over in the middle of the month, with a frozen base for the new manager
  const moved = await house.customer()
  await house.assign(moved, an.key, '100.00', '2025-01-01', '2025-04-16')
  await house.assign(moved, chen.key, '100.00', '2025-04-16', null, true, 1_000_000)
  await house.deposit(moved, [['2025-01-01', null, 3_000_000]])
  await house.loan(moved, { amount: 6_000_000, paidOut: '2025-04-05', matures: '2026-04-05', term: 12, settled: '2025-04-28', spans: [['2025-04-05', '2025-04-28', 6_000_000]] })
  await house.loan(moved, { amount: 4_000_000, paidOut: '2025-03-05', matures: '2026-04-05', term: 12, spans: [['2025-03-05', null, 4_000_000]] })
  // nobody's: in no value
  await house.deposit(await house.customer(), [['2025-01-01', null, 7_000_000]])
  await house.form({ indicator: 'TRAINING', staff: an.key, month: '2025-03', value: '8.00' })
  await house.form({ indicator: 'TRAINING', staff: an.key, month: april, value: '6.50' })
  await house.form({ indicator: 'TRAINING', staff: an.key, month: april, value: '90.00', confirmed: false })
  await house.form({ indicator: 'SATISFACTION', staff: an.key, month: april, value: '90.00' })
  await house.form({ indicator: 'SATISFACTION', staff: an.key, month: april, value: '95.40' })
}, 120_000)
afterAll(() => house.drop())

type Told = Record<string, string | null>
/** Each person's value of a month, worked out anew. */
async function told(code: string, month = april): Promise<Told> {
  return house.bank.db.asBatch(async (tx) => {
    await workOutIndicator(tx, code, month)
    const { terms } = await tx.one(sql<{ terms: IndicatorTerms }>`SELECT terms FROM indicator WHERE code = ${code} AND to_date IS NULL`)
    const rows = await tx.all(sql<{ name: string; numerator: string; denominator: string | null }>`
      SELECT s.staff_name AS name, v.numerator, v.denominator FROM performance_indicator_value_facts v JOIN organisation_staff_facts s ON s.staff_key = v.staff_key WHERE v.code = ${code} AND v.month = ${`${month}-01`}::date ORDER BY s.staff_key`)
    return Object.fromEntries(rows.map((row) => [row.name, valueOf(unitOf(terms), row.numerator, row.denominator)]))
  })
}

describe('a month of each kind of indicator', () => {
  test.each<[code: string, values: Told]>([
    // adb 12,416,666.67 by 60 and 40 %, and 30,000 for half of April each
    ['DEPOSIT_AVERAGE', { an: '746500000', bo: '496666667', chen: '1500000' }],
    // less the base of 10,000.00 for 15 of 30 days
    ['DEPOSIT_INCREMENT', { an: '746500000', bo: '496666667', chen: '1000000' }],
    ['CORPORATE_DEPOSIT_INCREMENT', {}],
    // principal at the month's end by the shares of that day, none before the year
    ['ASSET_INCREMENT', { an: '6000000', bo: '4000000', chen: '4000000' }],
    ['NEW_LOANS', { an: '1.60', bo: '0.40' }],
    ['NEW_LOAN_AMOUNT', { an: '12000000', bo: '4000000' }],
    // settled while chen held the customer; it stays with an, who paid it out
    ['EARLY_SETTLED', { an: '1.00' }],
    ['OVERDUE_RATIO', { an: '100.00', bo: '100.00', chen: '0.00' }],
    ['NPL_RATIO', { an: '0.00', bo: '0.00', chen: '0.00' }],
    ['CUSTOMERS_HELD', { an: '0.60', bo: '0.40', chen: '1.00' }],
    ['LOAN_BALANCE', { an: '6000000', bo: '4000000', chen: '4000000' }],
    ['FEES', {}],
    ['RECOVERED', {}],
    ['TRAINING', { an: '14.50' }],
    ['SATISFACTION', { an: '92.70' }],
    ['CONTACTS', {}],
  ])('%s', async (code, values) => expect(await told(code)).toEqual(values))

  test('the rows behind each value sum to it, and each names its fact once', async () => {
    await told('DEPOSIT_INCREMENT')
    const off = await house.bank.db.asBatch((tx) => tx.all(sql`
      SELECT v.staff_key FROM indicator_value v JOIN (SELECT code, month, staff_key, sum(numerator) AS numerator, count(*) AS facts FROM indicator_row GROUP BY code, month, staff_key) r USING (code, month, staff_key)
      WHERE r.numerator <> v.numerator OR r.facts <> v.facts`))
    expect(off).toEqual([])
  })
  test('values and what has no manager are the whole: average deposits of April', async () => {
    await told('DEPOSIT_AVERAGE')
    const { held, whole } = await house.bank.db.asBatch((tx) => tx.one(sql<{ held: string; whole: string }>`
      SELECT (SELECT round(sum(numerator)) FROM indicator_value WHERE code = 'DEPOSIT_AVERAGE' AND month = '2025-04-01')::text AS held,
        round(sum(balance_fen * (least(coalesce(to_date, '2025-05-01'), '2025-05-01'::date) - greatest(from_date, '2025-04-01'::date)))::numeric / 30)::text AS whole
      FROM holdings_balance_facts WHERE from_date < '2025-05-01' AND (to_date IS NULL OR to_date > '2025-04-01')`))
    expect(BigInt(whole) - BigInt(held)).toBe(7_000_000n)
  })
})

test('of a customer given from the public pool only what grows from the frozen base counts; the base is in the whole and nobody’s', async () => {
  const given = await house.customer()
  await house.deposit(given, [['2025-01-01', '2025-06-16', 5_000_000], ['2025-06-16', null, 8_000_000]])
  await house.put(`INSERT INTO assignment (customer_id, id, staff_key, share_pct, main, from_date, base_adb_fen, base_as_of) VALUES ($1, uuid7(), $2, 100, true, '2025-06-01', 5000000, '2025-06-01')`, [given, house.staff.other.key])
  // a customer of his own with the same base: an average counts all of it, an increment what grows
  const own = await house.customer()
  await house.deposit(own, [['2025-01-01', null, 900_000]])
  await house.assign(own, house.staff.other.key, '100.00', '2025-06-01', null, true, 900_000)
  expect(await told('DEPOSIT_AVERAGE', '2025-06')).toMatchObject({ other: '7400000' })
  await house.put(`INSERT INTO pool_allocation (id, number, reason, state, asked_by, asked_on, decided_by, decided_on, decision_reason, customers, given, done, aum_fen, policy_version, unit_key, scope_path, viewers) VALUES ($1, 'F000001', '季度分配', 'CONFIRMED', $2, '2025-06-01', $3, '2025-06-01', '同意', 1, 1, 1, 5000000, '1', 3, '001.003', '{}')`, [given, house.staff.lead.key, house.staff.hr.key])
  await house.put(`INSERT INTO pool_allocation_line (customer_id, id, allocation_id, asked_by, place, staff_key, state, tier, aum_fen, given_on, base_aum_fen, customer_number, customer_name, outlet_key, scope_path, viewers) VALUES ($1, uuid7(), $1, $2, 1, $3, 'ALLOCATED', 'T2', 5000000, '2025-06-01', 5000000, 'C', '某', 3, '001.003', '{}')`, [given, house.staff.lead.key, house.staff.other.key])
  // 50,000.00 for 15 days and 80,000.00 for 15 less the base of 50,000.00, and 9,000.00 of his own
  expect(await told('DEPOSIT_AVERAGE', '2025-06')).toMatchObject({ other: '2400000' })
  expect(await told('DEPOSIT_INCREMENT', '2025-06')).toMatchObject({ other: '1500000' })
  const rows = await house.bank.db.asBatch((tx) => tx.all(sql<{ kind: string; numerator: string }>`SELECT kind, round(numerator)::text AS numerator FROM indicator_row WHERE code = 'DEPOSIT_AVERAGE' AND month = '2025-06-01' AND customer_id = ${given} ORDER BY kind`))
  expect(rows).toEqual([{ kind: 'ACCOUNT', numerator: '6500000' }, { kind: 'BASE', numerator: '-5000000' }])
})

describe('a month stays what it was', () => {
  test('twice is once', async () => {
    const run = () => house.bank.db.asBatch((tx) => workOutIndicator(tx, 'NEW_LOANS', april))
    const first = await run()
    expect(await run()).toEqual({ ...first, unchanged: true })
  })
  test('a definition that begins later changes no earlier month', async () => {
    const before = await told('LOAN_AVERAGE')
    await house.put(`UPDATE indicator SET to_date = '2025-12-01' WHERE code = 'LOAN_AVERAGE'`)
    await house.put(`INSERT INTO indicator (code, version, from_date, name, name_en, direction, owner, terms, reason) SELECT code, 2, '2025-12-01', name, name_en, direction, owner, jsonb_set(terms, '{filter,products}', '["L201"]'), '口径调整' FROM indicator WHERE code = 'LOAN_AVERAGE' AND version = 1`)
    expect(await told('LOAN_AVERAGE')).toEqual(before)
    expect(await told('LOAN_AVERAGE', '2025-12')).toEqual({})
    expect(Object.keys(before)).toEqual(['an', 'bo', 'chen'])
  })
  test('a month that has not begun, or before the first version, is not worked out', async () => {
    expect(await house.bank.db.asBatch((tx) => workOutIndicator(tx, 'NEW_LOANS', '2026-01'))).toBeNull()
    expect(await house.bank.db.asBatch((tx) => workOutIndicator(tx, 'NOTHING', april))).toBeNull()
  })
  test('every indicator that the house brings along can be worked out', async () => {
    const { worked } = await workOutIndicators(house.bank, { months: [april] })
    expect(worked).toBe((await house.bank.db.asBatch((tx) => tx.one(sql<{ n: number }>`SELECT count(DISTINCT code)::int AS n FROM indicator`))).n)
  })
})

test('fees, recovery, breadth, churn and growth of assets of a later month', async () => {
  const { an, bo, desk } = house.staff
  const put = (text: string, values: unknown[]) => house.put(text, values)
  const [one, two, three] = [await house.customer(), await house.customer(), await house.customer()]
  for (const [customer, who] of [[one, an], [two, an], [three, bo]] as const) {
    await house.assign(customer, who.key, '100.00', '2025-06-01')
    await put(`INSERT INTO tier_held (customer_id, id, tier, from_date, reason, table_version) VALUES ($1, gen_random_uuid(), 'T2', '2025-06-01', 'test', '1')`, [customer])
  }
  const account = await house.deposit(one, [['2025-06-01', null, 100_000]])
  for (const [fen, kind] of [[1_200, 'FEE'], [300, 'FEE'], [99_999, 'TRANSFER']] as const) await put(`INSERT INTO account_transaction (customer_id, id, account_id, core_key, booked_on, direction, amount_fen, kind) VALUES ($1, gen_random_uuid(), $2, gen_random_uuid(), '2025-06-05', 'OUT', $3, $4)`, [one, account, fen, kind])
  // overdue in two states, recovered in June; another one is still overdue
  await house.loan(one, { amount: 900_000, paidOut: '2024-06-10', matures: '2026-06-10', term: 24, spans: [['2024-06-10', '2025-06-02', 900_000, '2025-05-20', 40_000], ['2025-06-02', '2025-06-20', 900_000, '2025-05-20', 70_000], ['2025-06-20', null, 830_000]] })
  await house.loan(three, { amount: 900_000, paidOut: '2024-06-10', matures: '2026-06-10', term: 24, spans: [['2024-06-10', null, 900_000, '2025-05-20', 40_000]] })
  const standing = (customer: string, who: number, end: number, endFen: number, base: number | null, lost: string | null, excluded: string | null = null) => put(
    `INSERT INTO standing (customer_id, period, first_day, last_day, as_of, staff_key, end_staff_key, base_fen, end_fen, before_fen, now_fen, in_base, lost, transferred, excluded, excluded_by, excluded_on, increment_base_fen, limit_version, scope_path, viewers)
     VALUES ($1, '2025-Q2', '2025-04-01', '2025-06-30', '2025-06-30', $2, $3, 0, $4, 0, 0, true, $5, false, $6, $7, $8, $9, '1', '001.002.004', '{}')`, [customer, who, end, endFen, lost, excluded, excluded === null ? null : desk.key, excluded === null ? null : '2025-06-30', base])
  await standing(one, an.key, an.key, 105_000_000, 80_000_000, null)
  await standing(two, an.key, bo.key, 30_000_000, 70_000_000, 'BELOW')
  await standing(three, bo.key, bo.key, 0, null, 'CLOSED', 'DEATH')
  const june = '2025-06'
  expect(await told('FEES', june)).toEqual({ an: '1500' })
  expect(await told('RECOVERED', june)).toEqual({ an: '70000' })
  // a deposit and a loan, nothing, a loan
  expect(await told('BREADTH', june)).toEqual({ an: '1.00', bo: '1.00' })
  expect(await told('CHURN_RATE', june)).toEqual({ an: '50.00' })
  expect(await told('CUSTOMER_ASSET_GROWTH', june)).toEqual({ an: '25000000', bo: '-40000000' })
})

// the fixture inspection-1 (3.7): reports +10, 0, −15, checks −8, 0, 0; the objection to the third report is upheld in May
test('points of inspections, and the quality of reports as 100 with them within 0 and 120', async () => {
  const { an, bo, chen } = house.staff
  const found = (staff: number, object: 'REPORT' | 'CHECK', grade: string, month = april, more: { corrects?: string; confirmed?: boolean } = {}) => house.form({ indicator: `INSPECTION_${object}`, staff, month, grade, object: `${object} ${grade}`, ...more })
  await found(an.key, 'REPORT', 'EXCELLENT')
  await found(an.key, 'REPORT', 'PASS')
  const untrue = await found(an.key, 'REPORT', 'UNTRUE_MINOR')
  for (const grade of ['MISSING', 'PASS', 'PASS']) await found(an.key, 'CHECK', grade)
  await found(an.key, 'REPORT', 'UNTRUE_MAJOR', april, { confirmed: false })
  await found(an.key, 'REPORT', 'PASS', '2025-05', { corrects: untrue })
  // beyond the limits: three reports of 10, two of −50 and one of −15; of checks alone the quality of reports says nothing
  for (let n = 0; n < 3; n++) await found(bo.key, 'REPORT', 'EXCELLENT')
  for (const grade of ['UNTRUE_MAJOR', 'UNTRUE_MAJOR', 'UNTRUE_MINOR']) await found(chen.key, 'REPORT', grade)
  await found(chen.key, 'CHECK', 'COPIED', '2025-05')
  expect(await told('INSPECTION_POINTS')).toEqual({ an: '-13.00', bo: '30.00', chen: '-115.00' })
  expect(await told('REPORT_QUALITY')).toEqual({ an: '95.00', bo: '120.00', chen: '0.00' })
  expect(await told('INSPECTION_POINTS', '2025-05')).toEqual({ an: '15.00', chen: '-20.00' })
  expect(await told('REPORT_QUALITY', '2025-05')).toEqual({ an: '115.00' })
  const rows = await house.bank.db.asBatch((tx) => tx.all(sql<{ kind: string; n: number; sum: string }>`SELECT kind, count(*)::int AS n, sum(numerator)::text AS sum FROM indicator_row WHERE code = 'REPORT_QUALITY' AND month = '2025-04-01' GROUP BY kind, staff_key ORDER BY kind, staff_key`))
  expect(rows.map(({ kind, n, sum }) => [kind, n, Number(sum)])).toEqual([['FORM', 3, -5], ['FORM', 3, 30], ['FORM', 3, -115], ['FULL_MARK', 1, 100], ['FULL_MARK', 1, 90], ['FULL_MARK', 1, 115]])
  // a team is the mean of its people: (95 + 120 + 0) ÷ 3
  const team = await house.bank.db.asBatch((tx) => tx.one(sql<{ numerator: string; denominator: string }>`SELECT sum(numerator)::text AS numerator, sum(denominator)::text AS denominator FROM indicator_value WHERE code = 'REPORT_QUALITY' AND month = '2025-04-01'`))
  expect(valueOf('NUMBER', team.numerator, team.denominator)).toBe('71.67')
})

test('whatever the form lets through is a statement that runs', async () => {
  let ran = 0
  await house.bank.db.asBatch(async (tx) => {
    for (const source of sources) {
      for (const measure of measures) {
        for (const owner of ownerRules) {
          const numerator = measure === 'RATIO' ? sourceKinds[source].conditions[0] ?? null : null
          const only = conditions.find((one) => one !== numerator && sourceKinds[source].conditions.includes(one)) ?? null
          const filtered = sourceKinds[source].filters.includes('CUSTOMER')
          const products = sourceKinds[source].filters.includes('PRODUCT') && measure !== 'INCREMENT' ? ['D1', 'L103'] : []
          const terms: IndicatorTerms = { source, measure, owner, window: windows[ran % windows.length] ?? 'MONTH', numerator, filter: { customerKind: filtered ? 'PERSON' : null, tiers: filtered ? ['T1', 'P'] : [], products, only }, ...(source === 'INSPECTION' ? { tariff } : {}) }
          if (faultOfTerms(terms) !== null) continue
          expect((await tryTerms(tx, { code: 'X', terms, month: april, today: '2025-12-31', currency: 'CNY' })).value).toBeNull() // fewer than five people
          ran += 1
        }
      }
    }
  })
  expect(ran).toBeGreaterThan(50)
})
