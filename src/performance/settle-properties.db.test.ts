import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addDays, addMonths } from '../foundation/values/business-date.ts'
import { decimalText, exact } from '../foundation/values/decimal.ts'
import { closeSettledMonth } from './close-settled-month.ts'
import { installBlockScheme, installScheme } from './install-scheme-version.ts'
import { payBank, type PayBank } from './pay-bank-testing.ts'
import { splitPoints } from './points.rules.ts'
import { schemeTemplates, type TariffRow } from './psbc-scheme.ts'
import { settleScheme, type Settlement } from './settle-one-month.ts'
import type { BlocksTerms } from './schemes/block-terms.contract.ts'
import { plannedBank } from './schemes/plan-testing.ts'

// What must hold whatever the bank has, on the database and through the whole engine, for a points scheme and a scheme of blocks: data that chance made.
let house: PayBank
let plan: Awaited<ReturnType<typeof plannedBank>>
const item = (code: string, weight: string) => ({ code, name: { zh: code, en: code }, indicator: code, weight, direction: 'UP' as const })
const cardTerms = (base: string, least = '0.8'): BlocksTerms => ({
  blocks: [
    { kind: 'RATIOS', code: 'TOTAL', mode: 'PERCENT', floor: '0', cap: '120', items: [item('DEPOSIT_AVERAGE', '40'), item('ASSET_INCREMENT', '40'), item('FEE_INCOME', '20')] },
    { kind: 'BANDS', code: 'COEFFICIENT', of: 'TOTAL', bands: [{ from: '100', value: '1.1' }, { from: '60', value: '1' }, { from: '0', value: least }] }, { kind: 'PRODUCT', code: 'EARNED', unit: 'FEN', factors: [{ of: 'GRADE_BASE' }, { of: 'COEFFICIENT' }] },
    { kind: 'PAYABLE', code: 'PAYABLE', of: 'EARNED', carryOut: 'CARRY_OUT' },
  ],
  posts: ['RM'], grades: [], units: [], period: 'MONTH', gradeBases: { '*': base }, score: 'TOTAL', classes: {}, carryMonths: 12, correctionMonths: 12,
})
beforeAll(async () => {
  house = await payBank()
  plan = await plannedBank(house)
}, 120_000)
afterAll(() => house.drop())
const ledgers = ['customer', 'assignment', 'account', 'balance_span', 'loan', 'loan_span', 'indicator_fact'] as const
const empty = async (): Promise<void> => {
  await house.put(`TRUNCATE pay_statement, pay_line, pay_fact, settlement_run, settled_month, closed_month, indicator_row, indicator_value, indicator_month, performance_plan_target_facts, scheme, point_rule, ${ledgers.join(', ')} CASCADE`)
  await house.put(`DELETE FROM indicator WHERE from_date = '2025-05-01'`)
  await house.put(`UPDATE indicator SET to_date = NULL WHERE to_date = '2025-05-01'`)
  await house.bank.db.asOffice((tx) => installScheme(tx, { code: 'POINTS', from: '2020-01-01' }))
  await house.bank.db.asOffice((tx) => installBlockScheme(tx, { code: 'CARD', from: '2020-01-01', name: '计分卡', nameEn: 'Card', legalBasis: '试验', terms: cardTerms('1000000') }))
}
beforeEach(empty)

const settle = async (scheme: string, month = '2025-04', dryRun = false): Promise<Settlement> => {
  const outcome = await settleScheme(house.bank, { month, scheme, dryRun })
  if (!outcome.ok) throw new Error(outcome.refusal.name)
  expect(outcome.value.control.rows.filter(({ ties }) => !ties)).toEqual([])
  return outcome.value
}

/** A split of 100.00 among so many, in hundredths. */
const split = fc.array(fc.integer({ min: 1, max: 9_999 }), { minLength: 1, maxLength: 4 }).map((raw) => {
  const whole = raw.reduce((sum, part) => sum + part, 0)
  const shares = raw.map((part) => Math.max(1, Math.floor((part * 10_000) / whole)))
  shares[0] = 10_000 - shares.slice(1).reduce((sum, part) => sum + part, 0)
  return shares.map((share) => (share / 100).toFixed(2))
})
type Bank = { shares: string[]; paidOn: number; amount: number; deposit: number; from: number; settledAfter: number | null; overdue: number | null }[]
const anyBank: fc.Arbitrary<Bank> = fc.array(fc.record({
  shares: split, paidOn: fc.integer({ min: 0, max: 29 }), amount: fc.integer({ min: 1, max: 90_000_000_00 }), deposit: fc.integer({ min: 1, max: 2_000_000_000 }), from: fc.integer({ min: -60, max: 29 }),
  settledAfter: fc.option(fc.integer({ min: 1, max: 300 })), overdue: fc.option(fc.integer({ min: 1, max: 60 })),
}), { minLength: 2, maxLength: 6 })

const people = () => [house.staff.an.key, house.staff.bo.key, house.staff.chen.key, house.staff.other.key]
/** The main manager first, the others by their numbers: the last of them takes what rounding left. */
const inOrder = ([main = '', ...others]: readonly string[], n: number): string[] => [main, ...others.map((share, place) => ({ share, who: people()[(n + place + 1) % 4] ?? 0 })).sort((a, b) => a.who - b.who).map(({ share }) => share)]
/** Merchant loans of January, some settled or overdue later, loans and deposits of April; every customer with a split of his own. */
async function made(bank: Bank): Promise<{ id: string; amount: number; shares: string[] }[]> {
  const loans: { id: string; amount: number; shares: string[] }[] = []
  for (const [n, one] of bank.entries()) {
    const customer = await house.customer()
    for (const [place, share] of one.shares.entries()) await house.assign(customer, people()[(n + place) % 4] ?? 0, share, '2024-12-01', null, place === 0, one.deposit % 1_000)
    await house.deposit(customer, [[addDays('2025-04-01', one.from), null, one.deposit]])
    const paidOut = addDays('2025-04-01', one.paidOn)
    loans.push({ id: await house.loan(customer, { amount: one.amount, paidOut, matures: addMonths(paidOut, 12), term: 12, product: 'L102', spans: [[paidOut, null, one.amount]] }), amount: one.amount, shares: inOrder(one.shares, n) })
    await house.loan(customer, {
      amount: one.amount, paidOut: '2025-01-10', matures: '2026-01-10', term: 12, product: 'L102', settled: one.settledAfter === null ? null : addDays('2025-01-10', one.settledAfter),
      spans: one.overdue === null ? [] : [['2025-01-10', addDays('2025-03-15', one.overdue), one.amount], [addDays('2025-03-15', one.overdue), null, one.amount, addDays('2025-03-15', one.overdue), one.amount]],
    })
    await house.form({ indicator: 'FEE_INCOME', staff: people()[n % 4] ?? 0, month: '2025-04', value: String(one.deposit % 100_000) })
  }
  for (const who of people()) {
    await house.form({ indicator: 'NET_GROWTH_TARGET', staff: who, month: '2025-01', value: '3000000.00' })
    for (const [code, target] of [['DEPOSIT_AVERAGE', '5000000'], ['ASSET_INCREMENT', '20000000'], ['FEE_INCOME', '100000']] as const) await plan.target(who, 'CARD', code, target)
  }
  return loans
}
/** All rows of the settled months under an id that does not change with the run. */
const pay = async (where = 'true'): Promise<unknown[]> => (await house.owner.query(`
  SELECT m.scheme_code, m.month, r.hash, r.payable_fen, r.control::text AS control,
    (SELECT md5(coalesce(string_agg(concat_ws('|', s.staff_key, s.payable_fen, s.carry_out_fen, s.points, s.steps, s.carry_out, s.set_off, s.input - 'none'), E'\\n' ORDER BY s.staff_key), '')) FROM pay_statement s WHERE s.run_id = m.run_id) AS statements,
    (SELECT md5(coalesce(string_agg(concat_ws('|', l.staff_key, l.place, l.code, l.points, l.money_fen, l.quantity, l.facts, l.why, l.detail), E'\\n' ORDER BY l.staff_key, l.place), '')) FROM pay_line l WHERE l.run_id = m.run_id) AS lines,
    (SELECT md5(coalesce(string_agg(concat_ws('|', f.staff_key, f.line_code, f.of_month, f.fact_id, f.amount_fen, f.points, f.money_fen, f.numerator, f.why), E'\\n' ORDER BY f.staff_key, f.line_code, f.of_month, f.fact_id, f.fact_date), '')) FROM pay_fact f WHERE f.run_id = m.run_id) AS facts
  FROM settled_month m JOIN settlement_run r ON r.id = m.run_id WHERE ${where} ORDER BY m.scheme_code, m.month`)).rows
const again = async (bank: Bank): Promise<{ id: string; amount: number; shares: string[] }[]> => {
  await empty()
  return made(bank)
}

describe('holds for every bank', () => {
  test('shares: what the managers of a loan get sums to the points of the whole, whatever the split, and of a stock to the whole of the ledger', () => fc.assert(fc.asyncProperty(anyBank, async (bank) => {
    const loans = await again(bank)
    await settle('POINTS')
    await settle('CARD')
    for (const { id, amount, shares } of loans) {
      const { rows } = await house.owner.query<{ points: string; n: number }>(`SELECT sum(f.points)::text AS points, count(*)::int AS n FROM pay_fact f JOIN settled_month m ON m.run_id = f.run_id WHERE m.scheme_code = 'POINTS' AND f.line_code = 'MERCHANT_LOAN_AMOUNT' AND f.fact_id = $1`, [id])
      const whole = decimalText(exact(BigInt(amount)).times(8).div(10_000_000), 2)
      expect([id, rows[0]?.points, rows[0]?.n]).toEqual([id, whole, shares.length])
      // and to each what the rule splits
      const parts = (await house.owner.query<{ points: string }>(`SELECT f.points::text AS points FROM pay_fact f JOIN settled_month m ON m.run_id = f.run_id WHERE m.scheme_code = 'POINTS' AND f.line_code = 'MERCHANT_LOAN_AMOUNT' AND f.fact_id = $1`, [id])).rows.map(({ points }) => points)
      expect(parts.sort()).toEqual([...splitPoints(whole, shares)].sort())
    }
    const { rows: [sum] } = await house.owner.query<{ ours: string; whole: string }>(`SELECT sum(numerator)::text AS ours, (SELECT sum(balance_fen::numeric * (date '2025-05-01' - greatest(from_date, '2025-04-01')) / 30)::text FROM balance_span WHERE from_date < '2025-05-01') AS whole
      FROM pay_fact f JOIN settled_month m ON m.run_id = f.run_id WHERE m.scheme_code = 'CARD' AND f.line_code = 'DEPOSIT_AVERAGE'`)
    expect(exact(sum?.ours ?? '0').minus(exact(sum?.whole ?? '1')).abs().lt(exact('0.0001'))).toBe(true)
  }), { numRuns: 12, endOnFailure: true }))

  test('the order in which facts lie changes nothing, twice changes nothing, and what was worked out before by a dry run is what is stored', () => fc.assert(fc.asyncProperty(anyBank, fc.nat(), async (bank, seed) => {
    await again(bank)
    await settle('POINTS', '2025-01')
    await settle('POINTS', '2025-03')
    const first = [await settle('POINTS', '2025-04', true), await settle('CARD', '2025-04', true)]
    for (const [n, table] of ledgers.entries()) {
      await house.put(`SET session_replication_role = replica`)
      await house.put(`DROP TABLE IF EXISTS mixed`)
      await house.put(`CREATE TEMP TABLE mixed AS SELECT * FROM ${table}`)
      await house.put(`DELETE FROM ${table}`)
      await house.put(`INSERT INTO ${table} SELECT * FROM mixed m ORDER BY md5(m::text || '${seed + n}')`)
      await house.put(`SET session_replication_role = DEFAULT`)
    }
    const second = [await settle('POINTS', '2025-04'), await settle('CARD', '2025-04')]
    expect(second.map(({ hash, payableFen, facts }) => [hash, payableFen, facts])).toEqual(first.map(({ hash, payableFen, facts }) => [hash, payableFen, facts]))
    const stored = await pay()
    expect([await settle('POINTS', '2025-04'), await settle('CARD', '2025-04')]).toMatchObject([{ unchanged: true, runId: null }, { unchanged: true, runId: null }])
    expect(await pay()).toEqual(stored)
  }), { numRuns: 8, endOnFailure: true }))

  // another price of loans, of what is managed, or only of some products
  const tariff = fc.record({ loans: fc.integer({ min: 1, max: 40 }), managed: fc.integer({ min: 1, max: 9 }), products: fc.boolean().map((some) => (some ? ['L201'] : null)) }).map(({ loans, managed, products }): TariffRow[] => (schemeTemplates['POINTS']?.tariff ?? [])
    .map((row) => (row.event === 'MERCHANT_LOAN_AMOUNT' ? { ...row, points: String(loans) } : row.event === 'MANAGED_LOAN_ADB' ? { ...row, points: `0.${managed}`, products } : row)))
  const edit = fc.record({
    unitPrice: fc.integer({ min: 100, max: 2_000 }).map((fen) => (fen / 100).toFixed(2)), linkWeight: fc.constantFrom('0.00', '0.40', '1.00'), earlyPosition: fc.constantFrom('AFTER_ALL' as const, 'BEFORE_LINK' as const), timeProgress: fc.constantFrom('MONTHS' as const, 'DAYS' as const), posts: fc.constantFrom('RM', 'TEAM_LEAD').map((post) => [post]),
  })
  test('a rule edited today changes no closed month: prices, tariff, products, posts, bands, indicators; nor does it bring a correction of one, and what comes late is corrected by the rules of then', () => fc.assert(fc.asyncProperty(anyBank, edit, tariff, fc.integer({ min: 1, max: 9_999_999 }), async (bank, terms, rules, base) => {
    const loans = await again(bank)
    for (const [scheme, months] of [['POINTS', ['2025-01', '2025-03', '2025-04']], ['CARD', ['2025-04']]] as const) {
      for (const month of months) {
        await settle(scheme, month)
        expect(await house.bank.db.asBatch((tx) => closeSettledMonth(tx, { month, scheme, closedBy: null, today: '2025-12-31' }))).toMatchObject({ ok: true })
      }
    }
    const closed = await pay()
    const [some] = loans
    /** A loan of April is entered twice as large and balances grow; or (-1) all of it is as it was. */
    const late = async (way: 1 | -1): Promise<void> => {
      await house.put(`UPDATE balance_span SET balance_fen = balance_fen + ${way * 300_000_000}`)
      for (const [table, column, id] of [['loan', 'amount_fen', 'id'], ['loan_span', 'principal_fen', 'loan_id']]) await house.put(`UPDATE ${table} SET ${column} = ${column} + ${way * 700_000_000} WHERE ${id} = $1`, [some?.id])
    }
    const corrections = async (): Promise<unknown[]> => {
      for (const scheme of ['POINTS', 'CARD']) expect((await settle(scheme, '2025-05')).corrections).toBeGreaterThan(0)
      return (await house.owner.query(`SELECT m.scheme_code, l.staff_key, l.corrects_month, l.corrects_code, l.points, l.money_fen, l.detail FROM pay_line l JOIN settled_month m ON m.run_id = l.run_id WHERE m.month = '2025-05-01' AND l.code = 'CORRECTION' ORDER BY 1, 2, 3, 4`)).rows
    }
    await late(1)
    const unedited = await corrections()
    await late(-1)
    await house.bank.db.asOffice((tx) => installScheme(tx, { code: 'POINTS', from: '2025-05-01', terms, tariff: rules }))
    await house.bank.db.asOffice((tx) => installBlockScheme(tx, { code: 'CARD', from: '2025-05-01', name: '计分卡', nameEn: 'Card', legalBasis: '试验', terms: cardTerms(String(base), '0.5') }))
    // an indicator of other products from May on
    await house.put(`UPDATE indicator SET to_date = '2025-05-01' WHERE code = 'DEPOSIT_AVERAGE'`)
    await house.put(`INSERT INTO indicator SELECT (jsonb_populate_record(i, jsonb_build_object('version', i.version + 1, 'from_date', '2025-05-01', 'to_date', NULL, 'terms', jsonb_set(i.terms, '{filter,products}', '["D2"]')))).* FROM indicator i WHERE code = 'DEPOSIT_AVERAGE'`)
    for (const scheme of ['POINTS', 'CARD']) {
      await expect(settle(scheme, '2025-04')).rejects.toThrow('month-closed')
      expect((await settle(scheme, '2025-05')).corrections).toBe(0)
    }
    expect(await pay(`m.month < '2025-05-01'`)).toEqual(closed)
    expect((await house.owner.query(`SELECT l.code FROM pay_line l JOIN settled_month m ON m.run_id = l.run_id WHERE m.month = '2025-05-01' AND l.code = 'CORRECTION'`)).rows).toEqual([])
    // what comes late is corrected by the rules of then: the same lines as before anybody edited anything
    await late(1)
    expect(await corrections()).toEqual(unedited)
    expect(await pay(`m.month < '2025-05-01'`)).toEqual(closed)
  }), { numRuns: 6, endOnFailure: true }))
})
