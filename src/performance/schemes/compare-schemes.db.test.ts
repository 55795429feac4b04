import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../foundation/database/transaction.ts'
import { installBlockScheme, installScheme } from '../install-scheme-version.ts'
import { payBank, type PayBank } from '../pay-bank-testing.ts'
import { pointsBlocks } from '../points.rules.ts'
import { schemeTemplates } from '../psbc-scheme.ts'
import { pointsTerms } from '../scheme.contract.ts'
import { settleScheme } from '../settle-one-month.ts'
import type { BlocksTerms } from './block-terms.contract.ts'
import { tryOverMonths, type PaidMonth } from './compare-schemes.ts'
import { plannedBank } from './plan-testing.ts'
import { schemeVersion, type SchemeVersion } from './scheme-change.contract.ts'

// What the comparison says of past months is what a settlement of these months under the changed scheme pays, to the fen.

let house: PayBank
let plan: Awaited<ReturnType<typeof plannedBank>>
const today = '2025-12-31'
const settle = async (scheme: string, month: string): Promise<void> => {
  const outcome = await settleScheme(house.bank, { month, scheme, dryRun: false })
  if (!outcome.ok) throw new Error(outcome.refusal.name)
}
const paid = async (scheme: string) => (await house.owner.query<{ key: string; payable: string }>(
  `SELECT s.staff_key || ' ' || to_char(m.month, 'YYYY-MM') AS key, s.payable_fen AS payable FROM settled_month m JOIN pay_statement s ON s.run_id = m.run_id WHERE m.scheme_code = $1 ORDER BY 1`, [scheme])).rows.map(({ key, payable }) => [key, payable])
const told = (rows: readonly PaidMonth[], side: 'beforeFen' | 'afterFen') => rows.map((row) => [`${row.staffKey} ${row.month}`, row[side].toString()]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
const inPlace = async (): Promise<string> => (await house.owner.query<{ n: string }>(`SELECT (SELECT count(*) FROM pay_fact) || '/' || (SELECT count(*) FROM pay_statement) || '/' || (SELECT count(*) FROM settled_month) || '/' || (SELECT count(*) FROM scheme) || '/' || (SELECT count(*) FROM point_rule) AS n`)).rows[0]?.n ?? ''
const sumOf = (rows: readonly PaidMonth[], key: number, side: 'beforeFen' | 'afterFen'): bigint => rows.filter(({ staffKey }) => staffKey === key).reduce((sum, row) => sum + row[side], 0n)

beforeAll(async () => {
  house = await payBank(today)
  plan = await plannedBank(house)
}, 120_000)
afterAll(() => house.drop())

describe('a scheme of blocks', () => {
  const months = ['2025-09', '2025-10', '2025-11'] as const
  const ratio = (indicator: string, weight: string) => ({ code: indicator, name: { zh: indicator, en: indicator }, indicator, weight, direction: 'UP' as const })
  // base × score ÷ 100, less a fixed cost of 4,000.00: a weak month is negative and carried on
  const terms = (items: readonly ReturnType<typeof ratio>[], base: string): BlocksTerms => ({
    blocks: [
      { kind: 'RATIOS', code: 'SCORED', mode: 'PERCENT', floor: '0', cap: '120', items: [...items] }, { kind: 'PRODUCT', code: 'EARNED', unit: 'FEN', factors: [{ of: 'GRADE_BASE' }, { of: 'SCORED', percent: true }] },
      { kind: 'PRODUCT', code: 'COST', unit: 'FEN', factors: [{ constant: '4000.00', unit: 'PRICE' }] }, { kind: 'SUM', code: 'F', unit: 'FEN', parts: [{ of: 'EARNED' }, { of: 'COST', minus: true }, { of: 'CORRECTION', leaveOut: 'ABSENT' }] },
      { kind: 'PAYABLE', code: 'PAYABLE', of: 'F', carryOut: 'CARRY_OUT' },
    ], posts: ['RM'], grades: [], units: [], period: 'MONTH', gradeBases: { '*': base }, score: 'SCORED', classes: {}, carryMonths: 12, correctionMonths: 12,
  })
  const old = terms([ratio('PROFIT', '100')], '1000000')
  const changed = terms([ratio('PROFIT', '60'), ratio('NEW_CUSTOMERS', '40')], '900000')
  const version = (of: BlocksTerms): SchemeVersion => ({ kind: 'BLOCKS', terms: of, tariff: [] })

  beforeAll(async () => {
    const { an, bo } = house.staff
    for (const code of ['CARD', 'TWIN']) await house.bank.db.asOffice((tx) => installBlockScheme(tx, { code, from: '2025-01-01', name: code, nameEn: code, legalBasis: '试验', terms: code === 'CARD' ? old : changed }))
    const customers = new Map<number, string>()
    for (const { key } of [an, bo]) {
      const customer = await house.customer()
      customers.set(key, customer)
      await house.assign(customer, key, '100', '2024-01-01')
    }
    // an: 20 %, 120 %, 90 % of the target; bo: 90 %, 10 %, 120 %
    for (const [key, yuan] of [[an.key, [20_000, 120_000, 90_000]], [bo.key, [90_000, 10_000, 120_000]]] as const) {
      for (const [place, month] of months.entries()) await house.put(`INSERT INTO contribution VALUES ($1, $2, 30, 0, 0, $3, 0, $3, 0, 0, $3, '{}')`, [customers.get(key), `${month}-01`, (yuan[place] ?? 0) * 100])
      for (const scheme of ['CARD', 'TWIN']) await plan.target(key, scheme, 'PROFIT', '1200000')
      for (const [, month] of months.entries()) for (const scheme of ['CARD', 'TWIN']) {
        await plan.target(key, scheme, 'PROFIT', '100000', `${month}-01`, `${month === '2025-09' ? '2025-10' : month === '2025-10' ? '2025-11' : '2025-12'}-01`)
        await plan.target(key, scheme, 'NEW_CUSTOMERS', '4', `${month}-01`, `${month === '2025-09' ? '2025-10' : month === '2025-10' ? '2025-11' : '2025-12'}-01`)
      }
    }
    await house.put(`DELETE FROM performance_plan_target_facts WHERE target = 1200000`)
    // new customers: only an, three in October
    for (let n = 0; n < 3; n++) {
      const customer = await house.customer()
      await house.put(`UPDATE customer SET opened_on = '2025-10-10' WHERE customer_id = $1`, [customer])
      await house.assign(customer, an.key, '100', '2025-10-10')
    }
    for (const month of months) await settle('CARD', month)
    for (const month of months) await settle('TWIN', month)
  }, 120_000)

  test('the version in force again gives what was settled; nothing is kept', async () => {
    const before = await inPlace()
    const found = await tryOverMonths(house.bank, { code: 'CARD', version: version(old), today })
    expect(told(found?.rows ?? [], 'afterFen')).toEqual(await paid('CARD'))
    expect(told(found?.rows ?? [], 'beforeFen')).toEqual(await paid('CARD'))
    expect(await inPlace()).toBe(before)
  })
  test('a new indicator is measured from the facts of these months, and the changed scheme carries by itself: equal to a real settlement', async () => {
    const found = await tryOverMonths(house.bank, { code: 'CARD', version: version(changed), today })
    expect(found).toMatchObject({ from: '2025-09', to: '2025-11', months: 3 })
    expect(told(found?.rows ?? [], 'afterFen')).toEqual(await paid('TWIN'))
    // an, old: 20 % − 4,000 = −2,000 carried; 12,000 − 4,000 − 2,000 = 6,000; 9,000 − 4,000 = 5,000
    expect(sumOf(found?.rows ?? [], house.staff.an.key, 'beforeFen')).toBe(1_100_000n)
    // an, changed, of 9,000: September 20 (nobody of the bank had a new customer: no data) → 1,800 − 4,000 = −2,200; October 120 × 0.6 + 75 × 0.4 = 102 → 9,180 − 4,000 − 2,200 = 2,980; November 90 → 8,100 − 4,000 = 4,100
    expect(sumOf(found?.rows ?? [], house.staff.an.key, 'afterFen')).toBe(708_000n)
  })
  test('what cannot be measured is named, by manager and month', async () => {
    const found = await tryOverMonths(house.bank, { code: 'CARD', version: version(changed), today })
    const own = (staff: number) => found?.lacking.filter(({ staffNo }) => staffNo === `S${staff}`).map(({ code, why, months: of }) => [code, why, of])
    expect(own(house.staff.an.key)).toEqual([['NEW_CUSTOMERS', 'no-data', ['2025-09', '2025-11']]])
    expect(own(house.staff.chen.key)).toContainEqual(['PROFIT', 'no-target', [...months]])
  })
  test('an indicator that was defined only afterwards is measured all the same', async () => {
    await house.put(`UPDATE indicator SET from_date = '2025-12-01' WHERE code = 'NEW_CUSTOMERS'`)
    const found = await tryOverMonths(house.bank, { code: 'CARD', version: version(changed), today })
    expect(told(found?.rows ?? [], 'afterFen')).toEqual(await paid('TWIN'))
    await house.put(`UPDATE indicator SET from_date = '2000-01-01' WHERE code = 'NEW_CUSTOMERS'`)
  })
  test('paid by quarter instead: whole quarters only; a bank that never settled the code is held against what the schemes of then paid', async () => {
    expect(await tryOverMonths(house.bank, { code: 'CARD', version: version({ ...changed, period: 'QUARTER' }), today })).toBeNull()
    const fresh = await tryOverMonths(house.bank, { code: 'FRESH', version: version(changed), today })
    expect(sumOf(fresh?.rows ?? [], house.staff.an.key, 'beforeFen')).toBe(1_100_000n + 708_000n)
    expect(fresh?.lacking.some(({ why }) => why === 'no-target')).toBe(true)
  })
})

describe('a points scheme', () => {
  const months = ['2025-06', '2025-07', '2025-08'] as const
  test('another tariff, price and marketing bands, a new event, overdue loans that make months negative: equal to a real settlement', async () => {
    const { other } = house.staff
    const template = schemeTemplates['POINTS']
    if (!template) throw new Error('no points scheme')
    const rows = template.tariff.map((row) => ({ ...row, unitFen: row.unitFen === null ? null : row.unitFen.toString() }))
    await house.bank.db.asOffice((tx) => installScheme(tx, { code: 'POINTS', from: '2025-01-01', tariff: template.tariff.filter(({ event }) => event !== 'DEPOSIT_ADB_INCREMENT') }))
    const terms = pointsTerms.parse({ ...template.terms, unitPrice: '6.00', marketingBands: [{ from: '80', coefficient: '1.2000' }, { from: '0', coefficient: '1.0000' }] })
    const tariff = rows.map((row) => (row.event === 'NEW_SMALL_LOAN' ? { ...row, points: '30' } : row.event === 'MERCHANT_LOAN_AMOUNT' ? { ...row, products: ['L201'] } : row))
    await house.bank.db.asOffice((tx) => installScheme(tx, { code: 'POINTS_TWIN', from: '2025-01-01', terms, tariff: tariff.map((row) => ({ ...row, unitFen: row.unitFen === null ? null : BigInt(row.unitFen) })) }))
    const customer = await house.customer()
    await house.assign(customer, other.key, '100', '2024-01-01')
    for (let n = 0; n < 3; n++) await house.loan(customer, { amount: 1_000_000, paidOut: `2025-06-0${n + 1}`, matures: '2026-06-01', term: 12, spans: [['2025-06-01', '2025-07-10', 1_000_000], ['2025-07-10', '2025-08-20', 1_000_000, '2025-07-10', 100_000], ['2025-08-20', null, 1_000_000]] })
    await house.loan(customer, { amount: 70_000_000, paidOut: '2025-08-05', matures: '2026-08-05', term: 12, product: 'L102' })
    await house.loan(customer, { amount: 90_000_000, paidOut: '2025-08-06', matures: '2026-08-06', term: 12, product: 'L201' })
    await house.deposit(customer, [['2025-08-01', null, 130_000_000]])
    await house.form({ indicator: 'MARKETING_SCORE', staff: other.key, month: '2025-06', value: '85' })
    for (const scheme of ['POINTS', 'POINTS_TWIN']) for (const month of months) await settle(scheme, month)
    const found = await tryOverMonths(house.bank, { code: 'POINTS', version: schemeVersion.parse({ kind: 'POINTS', terms: { ...terms, blocks: pointsBlocks(terms) }, tariff }), today })
    expect(told(found?.rows ?? [], 'beforeFen')).toEqual(await paid('POINTS'))
    expect(told(found?.rows ?? [], 'afterFen')).toEqual(await paid('POINTS_TWIN'))
    // June: 3 × 30 points and 0.15 for 30,000 managed, × 6.00 × 1.2 = 649.08; July: 540.00 withheld against 0.90, carried on
    expect(found?.rows.filter(({ staffKey }) => staffKey === other.key).map(({ month, afterFen }) => [month, afterFen]).slice(0, 2)).toEqual([['2025-06', 64_908n], ['2025-07', 0n]])
    expect(await house.bank.db.asBatch((tx) => tx.all(sql`SELECT 1 FROM scheme WHERE code LIKE 'TRY%'`))).toEqual([])
  })
})
