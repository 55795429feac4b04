import { addDays, daysBetween, monthStart, shiftMonth, yearStart } from '../../foundation/values/business-date.ts'
import { exact, type Exact, Exact as Number_ } from '../../foundation/values/decimal.ts'
import { equalTranches, fenFromYuan, sumFen, yuanText } from '../../foundation/values/fen.ts'
import type { IndicatorTerms, IndicatorUnit } from '../indicator.contract.ts'
import { unitOf } from '../indicator.rules.ts'
import { prorateTarget } from '../plan.rules.ts'

/** Targets are told with two decimals in the unit of their indicator (yuan, number, percent) and worked out in hundredths of it. */
export type Part = { from: string; to: string; target: string }
export const splits = ['WHOLE', 'HALF', 'QUARTER', 'MONTH'] as const
export type Split = (typeof splits)[number]
const monthsOf: Readonly<Record<Split, number>> = { WHOLE: 0, HALF: 6, QUARTER: 3, MONTH: 1 }

type Terms = Pick<IndicatorTerms, 'source' | 'measure' | 'window'>

/** Whether what was reached in the parts of a period adds up to what was reached in the whole: events of a month do, balances, averages, ratios and what is counted since January do not. */
export function addsOverTime({ measure, window }: Terms): boolean {
  return (measure === 'COUNT' || measure === 'SUM' || measure === 'CHANGE') && (window === 'MONTH' || window === 'QUARTER')
}
/** Whether the targets of people add up to that of their unit, and a target can be divided by days: not a ratio and not a mean. */
export function addsOverPeople(terms: Terms): boolean {
  return unitOf(terms) !== 'PERCENT' && terms.measure !== 'MEAN' && terms.measure !== 'SCORE'
}
export const shownUnit = (terms: Terms): IndicatorUnit => unitOf(terms)

/** The half-open parts of a period; null: the period does not divide so. */
export function partsOfPeriod(from: string, to: string, split: Split): { from: string; to: string }[] | null {
  const months = monthsOf[split]
  if (months === 0) return [{ from, to }]
  const parts: { from: string; to: string }[] = []
  // a plan that begins inside a month, with a transfer, divides where the former one did: counted back from the end that both share
  if (!from.endsWith('-01')) {
    for (let end = to; end > from; end = monthStart(shiftMonth(end, -months))) {
      const start = monthStart(shiftMonth(end, -months))
      parts.unshift({ from: start > from ? start : from, to: end })
    }
    return parts
  }
  for (let start = from; start < to;) {
    const end = monthStart(shiftMonth(start, months))
    if (end > to) return null
    parts.push({ from: start, to: end })
    start = end
  }
  return parts
}

export type Spread = { ok: true; parts: Part[] } | { ok: false; why: 'PERIOD_DOES_NOT_DIVIDE' | 'PARTS_NOT_WHOLE' }
/**
 * A target over the parts of its period. Without figures of the parts: equal ones (the last takes the rest), the same level in each, or of what is counted since January as much of the whole as has passed at the end of each. With figures: what adds up sums to the whole, a level ends at the whole.
 */
export function spreadTarget(target: string, period: { from: string; to: string }, split: Split, terms: Terms, given: readonly string[] | null): Spread {
  const parts = partsOfPeriod(period.from, period.to, split)
  if (!parts) return { ok: false, why: 'PERIOD_DOES_NOT_DIVIDE' }
  const whole = fenFromYuan(exact(target).toFixed(2))
  const usual = addsOverTime(terms) ? equalTranches(whole, parts.length) : countsSinceJanuary(terms) ? stepsOf(whole, parts) : parts.map(() => whole)
  const figures = given === null ? usual : given.map((one) => fenFromYuan(exact(one).toFixed(2)))
  if (figures.length !== parts.length) return { ok: false, why: 'PARTS_NOT_WHOLE' }
  if ((addsOverTime(terms) ? sumFen(figures) : figures.at(-1)) !== whole) return { ok: false, why: 'PARTS_NOT_WHOLE' }
  return { ok: true, parts: parts.map((part, place) => ({ ...part, target: yuanText(figures[place] ?? 0n) })) }
}

/** As much of what the last part asks for as of the time since January has passed at the end of each. */
function stepsOf(whole: bigint, parts: readonly { from: string; to: string }[]): bigint[] {
  const [first, last] = [parts[0], parts.at(-1)]
  if (!first || !last) return []
  const january = yearStart(first.from)
  return parts.map(({ to }) => prorateTarget(whole, daysBetween(january, to), daysBetween(january, last.to)).oldFen)
}

/** What is counted since January and does not begin anew with a part: its targets are steps of one way from the year's begin. */
export function countsSinceJanuary({ source, measure, window }: Terms): boolean {
  return (measure === 'COUNT' || measure === 'SUM' || measure === 'CHANGE') && window === 'YEAR' && source !== 'CUSTOMER_HELD'
}

export type Prorated = { target: string; parts: Part[]; rest: string | null }
/**
 * The target of the former post when a person is transferred: the parts before the day stay, the one that holds it is divided by days, the later ones fall away. What is counted since January goes on from the part before (decision 0063). A ratio or a mean stays what it is.
 * `rest`: what the former post's target leaves of the same target, to the hundredth; null where days do not divide it.
 */
export function prorateParts(target: string, parts: readonly Part[], day: string, terms: Terms): Prorated {
  const kept: Part[] = []
  for (const part of parts) {
    if (part.from >= day) continue
    if (part.to <= day) kept.push(part)
    else if (!addsOverPeople(terms)) kept.push({ ...part, to: day })
    else if (countsSinceJanuary(terms)) {
      // from what the part before it asked for, or from nothing in January, to what this part asks for at its end
      const before = kept.at(-1)
      const [begin, start] = before ? [part.from, fenFromYuan(before.target)] : [yearStart(part.from), 0n]
      const { oldFen } = prorateTarget(fenFromYuan(part.target) - start, daysBetween(begin, day), daysBetween(begin, part.to))
      kept.push({ from: part.from, to: day, target: yuanText(start + oldFen) })
    } else {
      const { oldFen } = prorateTarget(fenFromYuan(part.target), daysBetween(part.from, day), daysBetween(part.from, part.to))
      kept.push({ from: part.from, to: day, target: yuanText(oldFen) })
    }
  }
  if (kept.length === 0) return { target: '0.00', parts: [], rest: target }
  const sum = addsOverTime(terms) || parts.length === 1 ? yuanText(sumFen(kept.map((part) => fenFromYuan(part.target)))) : (kept.at(-1)?.target ?? '0.00')
  return { target: sum, parts: kept, rest: addsOverPeople(terms) ? yuanText(fenFromYuan(exact(target).toFixed(2)) - fenFromYuan(sum)) : null }
}

/** The growth that a target asks for, in percent with two decimals; null: nothing to grow from. */
export function growthOf(target: Exact, base: Exact): string | null {
  return base.lte(0) ? null : target.minus(base).times(100).div(base).toFixed(2)
}

/** Median of exact figures; fewer than five: null, it is not told. */
export function medianOfPeers(figures: readonly string[]): string | null {
  if (figures.length < 5) return null
  const sorted = figures.map((one) => exact(one)).sort((a, b) => a.comparedTo(b))
  const middle = Math.floor(sorted.length / 2)
  const [low, high] = [sorted[sorted.length % 2 === 1 ? middle : middle - 1], sorted[middle]]
  return low && high ? new Number_(low.plus(high)).div(2).toFixed(2) : null
}

/** The months of a period, oldest first, and the same months a year before. */
export function monthsOfPeriod(from: string, to: string): string[] {
  const months: string[] = []
  for (let month = from.slice(0, 7); month <= addDays(to, -1).slice(0, 7); month = shiftMonth(month, 1)) months.push(month)
  return months
}
