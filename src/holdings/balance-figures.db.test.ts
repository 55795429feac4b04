import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../foundation/database/testing.ts'
import { sql } from '../foundation/database/transaction.ts'
import { addDays, monthStart, previousMonth, yearStart } from '../foundation/values/business-date.ts'
import { fenFromYuan } from '../foundation/values/fen.ts'
import { averageDaily, balanceOn, depositFigures, loyaltyIndex, spansOf, type LoyaltyFacts, type Span } from './balance.rules.ts'
import { adbFixture, depositView, loyalty } from './balance-testing.ts'
import { depositFiguresSql, figuresView, loyaltySql } from './balance-figures.ts'

let bank: TestDatabase
beforeAll(async () => {
  bank = await testDatabase()
})
afterAll(() => bank.drop())

const rows = (spans: readonly Span[]) => sql`
  SELECT f::date AS from_date, t::date AS to_date, b::bigint AS balance_fen, 100 AS weight
  FROM unnest(${spans.map((span) => span.from)}::text[], ${spans.map((span) => span.to)}::text[], ${spans.map((span) => span.balanceFen.toString())}::text[]) AS x(f, t, b)`
const bySql = async (spans: readonly Span[], day: string) => figuresView(await bank.db.asBatch((tx) => tx.one(depositFiguresSql(rows(spans), day))), day)
const byRule = (spans: readonly Span[], day: string) => {
  const figures = depositFigures(spans, day)
  return {
    balanceFen: figures.balanceFen.toString(), toYesterdayFen: figures.toYesterdayFen.toString(), toMonthBeginFen: figures.toMonthBeginFen.toString(), toQuarterBeginFen: figures.toQuarterBeginFen.toString(),
    toYearBeginFen: figures.toYearBeginFen.toString(), monthDays: figures.monthDays, monthAdbFen: figures.monthAdbFen.toString(), yearDays: figures.yearDays, yearAdbFen: figures.yearAdbFen.toString(),
    lastMonthAdbFen: (averageDaily(spans, monthStart(previousMonth(day)), monthStart(day)) ?? 0n).toString(), lastYearAdbFen: (averageDaily(spans, yearStart(addDays(yearStart(day), -1)), yearStart(day)) ?? 0n).toString(),
  }
}

test('deposit-view-1 by the statement', async () => {
  const spans = spansOf(depositView.balances.map(({ from, balance }) => ({ from, balanceFen: fenFromYuan(balance) })))
  const figures = await bySql(spans, depositView.date)
  const { expected } = depositView
  const yuan = (text: string): string => fenFromYuan(text).toString()
  expect(figures).toMatchObject({
    balanceFen: yuan(expected.balance), toYesterdayFen: yuan(expected.toYesterday), toMonthBeginFen: yuan(expected.toMonthBegin), toQuarterBeginFen: yuan(expected.toQuarterBegin), toYearBeginFen: yuan(expected.toYearBegin),
    monthDays: expected.monthDays, monthAdbFen: yuan(expected.monthAdb), yearDays: expected.yearDays, yearAdbFen: yuan(expected.yearAdb), lastMonthAdbFen: yuan(expected.marchAdb),
    monthEndDeviation: { month: '2025-03', pct: expected['monthEndDeviationPct_2025-03'], within: false },
  })
})

test('adb by the statement: on the last day the month average is the fixture\'s', async () => {
  const spans = spansOf(adbFixture.segments.map(({ from, balance }) => ({ from, balanceFen: fenFromYuan(balance) })))
  expect((await bySql(spans, '2025-04-30')).monthAdbFen).toBe(fenFromYuan(adbFixture.adb).toString())
  expect((await bySql(spans, '2025-05-01')).monthEndDeviation).toEqual({ month: '2025-04', pct: adbFixture.monthEndDeviationPct, within: false })
})

test('the statement and the rule agree on spans by chance, of several accounts, open, closed and negative', async () => {
  const day = fc.integer({ min: 0, max: 900 }).map((days) => addDays('2024-01-01', days))
  const account = fc.uniqueArray(fc.record({ from: day, balanceFen: fc.bigInt({ min: -1_000_000n, max: 10_000_000_000_000n }) }), { maxLength: 8, selector: (step) => step.from }).map(spansOf)
    .chain((spans) => fc.option(fc.constant(null), { freq: 3 }).map((open) => (open === null ? spans : spans.map((span) => ({ ...span, to: span.to ?? addDays(span.from, 40) })))))
  await fc.assert(fc.asyncProperty(fc.array(account, { maxLength: 4 }), day, async (accounts, on) => {
    const spans = accounts.flat()
    expect(await bySql(spans, on)).toMatchObject(byRule(spans, on))
  }), { numRuns: 150 })
})

test('a share of a balance counts by its percent; shares of a customer sum to the whole', async () => {
  const spans = spansOf([{ from: '2025-01-01', balanceFen: 1_000_001n }])
  const weighted = (percent: string) => sql`SELECT from_date, to_date, balance_fen, ${percent}::numeric AS weight FROM (${rows(spans)}) r`
  const balance = async (percent: string) => BigInt((await bank.db.asBatch((tx) => tx.one(depositFiguresSql(weighted(percent), '2025-04-10')))).balance)
  expect([await balance('60'), await balance('40')]).toEqual([600_001n, 400_000n])
  expect(balanceOn(spans, '2025-04-10')).toBe(1_000_001n)
})

describe('loyalty by the statement', () => {
  const index = async (facts: LoyaltyFacts) => (await bank.db.asBatch((tx) => tx.one(loyaltySql(sql`
    SELECT ${facts.shareOfWallet}::numeric AS share_of_wallet, ${facts.years}::numeric AS years, ${facts.productLines}::int AS product_lines, ${facts.payrollOrMainAccount}::numeric AS main_account, ${facts.complaintFree}::numeric AS complaint_free`)))).index
  test.each(loyalty.cases)('loyalty-1: $index', async (one) => {
    expect(await index({ ...one, years: String(one.years) })).toBe(one.index)
  })
  test('loyalty-1: without the share of wallet', async () => {
    const [first] = loyalty.cases
    expect(await index({ ...first, years: String(first.years), shareOfWallet: null })).toBe(loyalty.unknownWallet.index)
  })
  test('statement and rule agree by chance', async () => {
    const hundredths = (most: number) => fc.option(fc.integer({ min: 0, max: most }).map((n) => (n / 100).toFixed(2)), { nil: null })
    await fc.assert(fc.asyncProperty(fc.record({
      shareOfWallet: hundredths(100), years: hundredths(4000), productLines: fc.option(fc.nat(10), { nil: null }), payrollOrMainAccount: fc.constantFrom(null, '0', '0.5', '1'), complaintFree: fc.constantFrom(null, '0', '1'),
    }), async (facts) => {
      expect(await index(facts)).toBe(loyaltyIndex(facts)?.index ?? null)
    }), { numRuns: 150 })
  })
})
