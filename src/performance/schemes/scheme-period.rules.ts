import { addDays, daysBetween, monthStart, nextMonth, quarterStart, yearStart } from '../../foundation/values/business-date.ts'
import { exact, roundHalfUp, type Exact } from '../../foundation/values/decimal.ts'
import type { SchemePeriod } from './block-terms.contract.ts'

export type Period = { from: string; to: string; days: number; /** The month is the last of its period. */ isEnd: boolean }

/** The period that a month belongs to, up to the end of that month; whole when it is the last one. */
export function periodOf(period: SchemePeriod, month: string): Period {
  const first = monthStart(month)
  const number = Number(first.slice(5, 7))
  const from = period === 'MONTH' ? first : period === 'QUARTER' ? quarterStart(first) : period === 'HALF_YEAR' ? `${first.slice(0, 4)}-${number <= 6 ? '01' : '07'}-01` : yearStart(first)
  const to = monthStart(nextMonth(month))
  const last = { MONTH: number, QUARTER: Math.ceil(number / 3) * 3, HALF_YEAR: number <= 6 ? 6 : 12, YEAR: 12 }[period]
  return { from, to, days: daysBetween(from, to), isEnd: number === last }
}

/** A part of a plan's target: it holds from a day to a day, and stands for these days. */
export type TargetSpan = { from: string; to: string | null; target: string; planId: string; planVersion: number; /** Of how many days the part was before a job transfer divided it; unknown: absent. */ wholeDays?: number | undefined }
export type TargetOfPeriod = { target: string; full: string; days: number; wholeDays: number; planId: string; planVersion: number }
/** `overTime`: what is reached in parts of a time adds up (events, growth by month). `byDays`: a job transfer divides it (everything but means and ratios). */
export type Adding = { overTime: boolean; byDays: boolean }

/**
 * The target of the days that are measured, from the parts of a plan. What adds up over time is taken by days where a part is longer than the days measured, rounded to two decimals; a level (average, balance, ratio, what is
 * counted since January) holds as the last part says. After a job transfer inside these days two plans meet, each already for its days (3.3): their targets are added, means and ratios weighted by days.
 */
export function targetOf(spans: readonly TargetSpan[], window: { from: string; to: string }, adding: Adding): TargetOfPeriod | null {
  const met = spans.flatMap((span) => {
    const end = span.to ?? `${Number(span.from.slice(0, 4)) + 1}-01-01`
    const [from, to] = [span.from > window.from ? span.from : window.from, end < window.to ? end : window.to]
    return from < to ? [{ span, days: daysBetween(from, to), wholeDays: daysBetween(span.from, end) }] : []
  }).sort((a, b) => (a.span.from < b.span.from ? -1 : 1))
  const plans = [...new Set(met.map(({ span }) => span.planId))].map((planId) => targetOfPlan(met.filter(({ span }) => span.planId === planId), adding.overTime))
  const last = plans.at(-1)
  if (!last) return null
  if (plans.length === 1) return last
  const days = plans.reduce((sum, one) => sum + one.days, 0)
  const joined = (pick: (one: TargetOfPeriod) => string): string =>
    plain((adding.byDays ? plans.reduce((sum, one) => sum.plus(exact(pick(one))), exact('0')) : roundHalfUp(plans.reduce((sum, one) => sum.plus(exact(pick(one)).times(one.days)), exact('0')).div(days), 2)).toFixed())
  return { ...last, target: joined(({ target }) => target), full: joined(({ full }) => full), days, wholeDays: plans.reduce((sum, one) => sum + one.wholeDays, 0) }
}

type Met = { span: TargetSpan; days: number; wholeDays: number }
function targetOfPlan(met: readonly Met[], overTime: boolean): TargetOfPeriod {
  const last = met.at(-1)
  if (!last) throw new Error('a plan without a part')
  const about = { planId: last.span.planId, planVersion: last.span.planVersion }
  if (!overTime) return { target: plain(last.span.target), full: plain(last.span.target), days: met.reduce((sum, one) => sum + one.days, 0), wholeDays: met.reduce((sum, one) => sum + one.days, 0), ...about }
  const sum = (pick: (one: Met) => Exact): Exact => met.reduce((total, one) => total.plus(pick(one)), exact('0'))
  const target = roundHalfUp(sum(({ span, days, wholeDays }) => exact(span.target).times(days).div(wholeDays)), 2)
  return { target: plain(target.toFixed()), full: plain(sum(({ span }) => exact(span.target)).toFixed()), days: met.reduce((total, one) => total + one.days, 0), wholeDays: met.reduce((total, one) => total + one.wholeDays, 0), ...about }
}

const plain = (text: string): string => (text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text)

/** Days of a post, of the days by which the target of a level was divided. */
export type DaysShare = { days: number; of: number }
/**
 * By which days a level (average, balance, what is managed) that was reached in a post is held against its target (decision 0063): those by which the target was divided, 45 of the 91 days of a quarter's part. A part that nothing divided
 * counts whole. `begin`: the first day of the post after another one; a plan that begins on it without one before is the rest of a year, or of the quarter or half year that it ends with. Null: the part of the plan reaches beyond the
 * post, or nothing is known of it.
 */
export function shareOfTarget(spans: readonly TargetSpan[], part: { from: string; to: string; since?: string | undefined }, period: { from: string; to: string }): DaysShare | null {
  const end = (span: TargetSpan): string => span.to ?? `${Number(span.from.slice(0, 4)) + 1}-01-01`
  const span = spans.filter((one) => one.from < part.to && end(one) > part.from).sort((a, b) => (a.from < b.from ? -1 : 1)).at(-1)
  if (!span || span.wholeDays === undefined) return null
  const [first, last] = [span.from > period.from ? span.from : period.from, end(span) < period.to ? end(span) : period.to]
  const begin = part.since ?? (part.from > period.from ? part.from : null)
  if (last !== part.to || first > part.from) return null
  const days = daysBetween(span.from, end(span))
  if (span.wholeDays > days) return { days, of: span.wholeDays }
  return first < part.from ? null : { days, of: span.from === begin ? daysBetween(calendarStart(span.from, end(span)), end(span)) : days }
}

/** The first day of the quarter, half year or year that ends before a day and holds another. */
function calendarStart(from: string, to: string): string {
  const last = addDays(to, -1)
  if (addDays(last, 1).slice(5) === '01-01') return yearStart(from)
  if (quarterStart(from) === quarterStart(last)) return quarterStart(from)
  return to.slice(5) === '07-01' ? yearStart(from) : from
}

/** The day before the period ends: whose post, grade and line hold. */
export const lastDay = (period: Pick<Period, 'to'>): string => addDays(period.to, -1)
