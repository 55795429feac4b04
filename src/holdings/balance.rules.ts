import { addDays, dayOfYear, daysBetween, daysInYear, monthStart, quarterStart, yearStart } from '../foundation/values/business-date.ts'
import { Exact, exact, fenOf, roundHalfUp, yuanOf } from '../foundation/values/decimal.ts'
import type { Fen } from '../foundation/values/fen.ts'

/**
 * Balance indicators (domain specification 2.8). A balance is a closing balance, valid from its day up to (not including) the next: every calendar day counts,
 * a day without an entry repeats the last closing balance.
 */

/** A closing balance valid in [from, to); `to` null: until further notice. */
export type Span = { from: string; to: string | null; balanceFen: Fen }

/** Closing balances given by their first days, as spans. */
export function spansOf(steps: readonly { from: string; balanceFen: Fen }[]): Span[] {
  const sorted = [...steps].sort((a, b) => (a.from < b.from ? -1 : 1))
  return sorted.map((step, place) => ({ ...step, to: sorted[place + 1]?.from ?? null }))
}

/** Sum of the closing balances on a day; zero before the first span. Spans of several accounts add up. */
export function balanceOn(spans: readonly Span[], day: string): Fen {
  return spans.reduce((sum, span) => (span.from <= day && (span.to === null || span.to > day) ? sum + span.balanceFen : sum), 0n)
}

/** Σ of the closing balances of every day in [from, to): fen times days, whole. */
export function daySum(spans: readonly Span[], from: string, to: string): bigint {
  return spans.reduce((sum, span) => {
    const begin = span.from > from ? span.from : from
    const until = span.to !== null && span.to < to ? span.to : to
    return begin < until ? sum + span.balanceFen * BigInt(daysBetween(begin, until)) : sum
  }, 0n)
}

export type Denominator = 'PERIOD_DAYS' | 'ACCOUNT_DAYS'

/**
 * Average daily balance over [from, to), rounded half up to fen. `ACCOUNT_DAYS`: only days on which there is a balance divide. Null when no day divides.
 */
export function averageDaily(spans: readonly Span[], from: string, to: string, denominator: Denominator = 'PERIOD_DAYS'): Fen | null {
  const days = denominator === 'PERIOD_DAYS' ? daysBetween(from, to) : coveredDays(spans, from, to)
  return days <= 0 ? null : divideFen(daySum(spans, from, to), days)
}

function coveredDays(spans: readonly Span[], from: string, to: string): number {
  const parts = spans.map((span) => [span.from > from ? span.from : from, span.to !== null && span.to < to ? span.to : to] as const).filter(([begin, until]) => begin < until).sort((a, b) => (a[0] < b[0] ? -1 : 1))
  let days = 0
  let reached = from
  for (const [begin, until] of parts) {
    const start = begin > reached ? begin : reached
    if (until > start) {
      days += daysBetween(start, until)
      reached = until
    }
  }
  return days
}

/** A sum of day balances divided by days, half up to fen. */
export function divideFen(sum: bigint, days: number): Fen {
  return BigInt(roundHalfUp(exact(sum).div(days), 0).toFixed(0))
}

/** Month-end deviation in percent with two decimals: (last day − month ADB) ÷ month ADB, with the rounded ADB. Null when the ADB is not positive. */
export function monthEndDeviation(lastDayFen: Fen, monthAdbFen: Fen): { pct: string; within: boolean } | null {
  if (monthAdbFen <= 0n) return null
  const quotient = exact(lastDayFen - monthAdbFen).div(exact(monthAdbFen))
  // the exact quotient is compared with the limit, never the one shown
  return { pct: roundHalfUp(quotient.times(100), 2).toFixed(2), within: quotient.lte('0.04') }
}

export type DepositFigures = {
  balanceFen: Fen
  toYesterdayFen: Fen
  toMonthBeginFen: Fen
  toQuarterBeginFen: Fen
  toYearBeginFen: Fen
  monthDays: number
  monthSumFen: bigint
  monthAdbFen: Fen
  yearDays: number
  yearSumFen: bigint
  yearAdbFen: Fen
}

/** What is shown of deposits on a day, for the spans of any set of customers. */
export function depositFigures(spans: readonly Span[], day: string): DepositFigures {
  const balanceFen = balanceOn(spans, day)
  const since = (begin: string): Fen => balanceFen - balanceOn(spans, addDays(begin, -1))
  const after = addDays(day, 1)
  const monthDays = daysBetween(monthStart(day), after)
  const yearDays = daysBetween(yearStart(day), after)
  const monthSumFen = daySum(spans, monthStart(day), after)
  const yearSumFen = daySum(spans, yearStart(day), after)
  return {
    balanceFen, toYesterdayFen: since(day), toMonthBeginFen: since(monthStart(day)), toQuarterBeginFen: since(quarterStart(day)), toYearBeginFen: since(yearStart(day)),
    monthDays, monthSumFen, monthAdbFen: divideFen(monthSumFen, monthDays), yearDays, yearSumFen, yearAdbFen: divideFen(yearSumFen, yearDays),
  }
}

/** Completion of a target of the year-ADB increment and the same per time passed. Percent with two decimals, ratio with four. Null without a positive target. */
export function timeProgress(day: string, incrementFen: Fen, targetFen: Fen): { completionPct: string; timeProgressPct: string; ratio: string } | null {
  if (targetFen <= 0n) return null
  const completion = exact(incrementFen).div(exact(targetFen))
  const time = new Exact(dayOfYear(day)).div(daysInYear(day))
  const percent = (value: Exact): string => roundHalfUp(value.times(100), 2).toFixed(2)
  return { completionPct: percent(completion), timeProgressPct: percent(time), ratio: roundHalfUp(completion.div(time), 4).toFixed(4) }
}

export type LoyaltyFacts = {
  /** Our balances ÷ balances at all banks known, "0.60"; null: not known. */
  shareOfWallet: string | null
  years: string | null
  productLines: number | null
  /** Both or payroll "1", main settlement only "0.5", none "0". */
  payrollOrMainAccount: string | null
  /** 12 months without a justified complaint "1", else "0". */
  complaintFree: string | null
}
const loyaltyWeights = { shareOfWallet: 30, years: 15, productLines: 25, payrollOrMainAccount: 20, complaintFree: 10 } as const

/** Loyalty index 0 to 100: each part rounded to two decimals; a part without data is left out and the others are scaled to 100. Null without any part. */
export function loyaltyIndex(facts: LoyaltyFacts): { parts: string[]; index: string; without: (keyof LoyaltyFacts)[] } | null {
  const least = (value: Exact, bound: number): Exact => Exact.min(value.div(bound), 1)
  const grades: [keyof LoyaltyFacts, Exact | null][] = [
    ['shareOfWallet', facts.shareOfWallet === null ? null : exact(facts.shareOfWallet)],
    ['years', facts.years === null ? null : least(exact(facts.years), 10)],
    ['productLines', facts.productLines === null ? null : least(new Exact(facts.productLines), 6)],
    ['payrollOrMainAccount', facts.payrollOrMainAccount === null ? null : exact(facts.payrollOrMainAccount)],
    ['complaintFree', facts.complaintFree === null ? null : exact(facts.complaintFree)],
  ]
  const present = grades.flatMap(([name, grade]) => (grade === null ? [] : [{ weight: loyaltyWeights[name], part: roundHalfUp(grade.times(loyaltyWeights[name]), 2) }]))
  if (present.length === 0) return null
  const sum = present.reduce((total, { part }) => total.plus(part), new Exact(0))
  const weight = present.reduce((total, one) => total + one.weight, 0)
  return { parts: present.map(({ part }) => part.toFixed(2)), index: roundHalfUp(sum.times(100).div(weight), 2).toFixed(2), without: grades.filter(([, grade]) => grade === null).map(([name]) => name) }
}

/** Loyalty of a manager's customers: mean weighted by yearly contribution; a negative contribution weighs nothing. Null without weight. */
export function groupLoyalty(customers: readonly { index: string; contributionFen: Fen }[]): string | null {
  const weights = customers.map(({ contributionFen }) => (contributionFen > 0n ? yuanOf(contributionFen) : new Exact(0)))
  const whole = weights.reduce((sum, weight) => sum.plus(weight), new Exact(0))
  if (whole.isZero()) return null
  return roundHalfUp(customers.reduce((sum, { index }, place) => sum.plus(exact(index).times(weights[place] ?? 0)), new Exact(0)).div(whole), 2).toFixed(2)
}

/** Fen of an exact amount in yuan: used where a share is applied to a balance. */
export function shareOf(balanceFen: Fen, sharePct: string): Fen {
  return fenOf(yuanOf(balanceFen).times(exact(sharePct)).div(100))
}
