import { describe, expect, test } from 'vitest'
import { addDays } from '../foundation/values/business-date.ts'
import { fenFromYuan, yuanText } from '../foundation/values/fen.ts'
import { averageDaily, balanceOn, daySum, depositFigures, groupLoyalty, loyaltyIndex, monthEndDeviation, shareOf, spansOf, timeProgress, type LoyaltyFacts } from './balance.rules.ts'
import { adbFixture, depositView, loyalty } from './balance-testing.ts'

describe('adb', () => {
  const spans = spansOf(adbFixture.segments.map(({ from, balance }) => ({ from, balanceFen: fenFromYuan(balance) })))
  test('every day counts', () => {
    expect(yuanText(daySum(spans, '2025-04-01', '2025-05-01'))).toBe(adbFixture.sumProduct)
    expect(yuanText(averageDaily(spans, '2025-04-01', '2025-05-01') ?? 0n)).toBe(adbFixture.adb)
  })
  test('month-end deviation', () => {
    expect(monthEndDeviation(fenFromYuan('21000000.00'), fenFromYuan(adbFixture.adb))).toEqual({ pct: adbFixture.monthEndDeviationPct, within: false })
  })
  test.each([['104.00', '100.00', '4.00', true], ['104.01', '100.00', '4.01', false], ['100000.00', '96153.85', '4.00', true], ['1040000.01', '1000000.00', '4.00', false]])('%s on an average of %s: %s percent, within: %s', (last, adb, pct, within) => {
    expect(monthEndDeviation(fenFromYuan(last), fenFromYuan(adb))).toEqual({ pct, within })
  })
  test('no positive average: none', () => {
    expect(monthEndDeviation(5n, 0n)).toBeNull()
  })
  test('an account opened inside of the period: full period, or its own days', () => {
    const late = spansOf([{ from: '2025-04-21', balanceFen: 3000n }])
    expect(averageDaily(late, '2025-04-01', '2025-05-01')).toBe(1000n)
    expect(averageDaily(late, '2025-04-01', '2025-05-01', 'ACCOUNT_DAYS')).toBe(3000n)
    expect(averageDaily([], '2025-04-01', '2025-05-01', 'ACCOUNT_DAYS')).toBeNull()
    expect(averageDaily([], '2025-04-01', '2025-05-01')).toBe(0n)
  })
})

describe('deposit-view-1', () => {
  const spans = spansOf(depositView.balances.map(({ from, balance }) => ({ from, balanceFen: fenFromYuan(balance) })))
  const figures = depositFigures(spans, depositView.date)
  const { expected } = depositView
  test.each([
    ['balance', figures.balanceFen, expected.balance], ['to yesterday', figures.toYesterdayFen, expected.toYesterday], ['to the month\'s begin', figures.toMonthBeginFen, expected.toMonthBegin],
    ['to the quarter\'s begin', figures.toQuarterBeginFen, expected.toQuarterBegin], ['to the year\'s begin', figures.toYearBeginFen, expected.toYearBegin], ['month sum', figures.monthSumFen, expected.monthSum],
    ['month ADB', figures.monthAdbFen, expected.monthAdb], ['year sum', figures.yearSumFen, expected.yearSum], ['year ADB', figures.yearAdbFen, expected.yearAdb],
    ['ADB of March', averageDaily(spans, '2025-03-01', '2025-04-01') ?? 0n, expected.marchAdb],
    ['increment of the year ADB', figures.yearAdbFen - fenFromYuan(depositView.lastYearAdb), expected.yearAdbIncrement],
  ])('%s', (_what, found, wanted) => {
    expect(yuanText(found)).toBe(wanted)
  })
  test('days, completion, time', () => {
    expect([figures.monthDays, figures.yearDays]).toEqual([expected.monthDays, expected.yearDays])
    expect(timeProgress(depositView.date, fenFromYuan(expected.yearAdbIncrement), fenFromYuan(depositView.target.amount))).toEqual({ completionPct: expected.completionPct, timeProgressPct: expected.timeProgressPct, ratio: expected.ratio })
    expect(monthEndDeviation(balanceOn(spans, '2025-03-31'), fenFromYuan(expected.marchAdb))).toEqual({ pct: expected['monthEndDeviationPct_2025-03'], within: false })
    expect(timeProgress(depositView.date, 5n, 0n)).toBeNull()
  })
  test('before the first balance there is none', () => {
    expect(balanceOn(spans, addDays('2024-12-31', -1))).toBe(0n)
  })
})

describe('loyalty-1', () => {
  const facts = (one: (typeof loyalty.cases)[number]): LoyaltyFacts => ({ ...one, years: String(one.years) })
  test.each(loyalty.cases)('$index', (one) => {
    expect(loyaltyIndex(facts(one))).toEqual({ parts: one.parts, index: one.index, without: [] })
  })
  test('the share of wallet is not known: the others are scaled to 100', () => {
    const [first] = loyalty.cases
    expect(loyaltyIndex({ ...facts(first), shareOfWallet: null })).toEqual({ parts: loyalty.unknownWallet.parts, index: loyalty.unknownWallet.index, without: ['shareOfWallet'] })
  })
  test('nothing is known: none', () => {
    expect(loyaltyIndex({ shareOfWallet: null, years: null, productLines: null, payrollOrMainAccount: null, complaintFree: null })).toBeNull()
  })
  test('a group: weighted by contribution, a negative one weighs nothing', () => {
    expect(groupLoyalty([{ index: '80.00', contributionFen: 300n }, { index: '60.00', contributionFen: 100n }, { index: '10.00', contributionFen: -500n }])).toBe('75.00')
    expect(groupLoyalty([{ index: '80.00', contributionFen: -1n }])).toBeNull()
  })
})

test('a share of a balance, half up', () => {
  expect([shareOf(100n, '33.33'), shareOf(3n, '50.00'), shareOf(-3n, '50.00')]).toEqual([33n, 2n, -2n])
})
