import { addDays, addMonths, daysBetween, monthEnd, weekday } from '../foundation/values/business-date.ts'
import { decimalText, exact, Exact } from '../foundation/values/decimal.ts'
import type { Light, PlanContent, PlanIndicator, PlanPeriod, PlanState, ProgressShown } from './work-plan.contract.ts'

/** What a plan's time is, whether it may be written, how far it is. Today is handed in. */

export type Span = { firstDay: string; lastDay: string }
const pad = (value: number): string => String(value).padStart(2, '0')
const mondayOf = (day: string): string => addDays(day, -((weekday(day) + 6) % 7))

/** The key of the period that a day lies in: '2026', '2026-Q4', '2026-11', '2026-W48' (weeks of ISO 8601, from Monday). */
export function keyOf(period: PlanPeriod, day: string): string {
  if (period === 'YEAR') return day.slice(0, 4)
  if (period === 'MONTH') return day.slice(0, 7)
  if (period === 'QUARTER') return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`
  // a week belongs to the year of its Thursday
  const thursday = addDays(mondayOf(day), 3)
  const year = thursday.slice(0, 4)
  return `${year}-W${pad(1 + Math.floor(daysBetween(`${year}-01-01`, thursday) / 7))}`
}

/** The days of a period; null when there is none of that key. */
export function spanOf(period: PlanPeriod, key: string): Span | null {
  const year = key.slice(0, 4)
  let first: string
  if (period === 'YEAR') first = `${year}-01-01`
  else if (period === 'MONTH') first = `${key}-01`
  else if (period === 'QUARTER') first = `${year}-${pad(Number(key.slice(6)) * 3 - 2)}-01`
  else first = addDays(mondayOf(`${year}-01-04`), (Number(key.slice(6)) - 1) * 7)
  if (!/^\d{4}-(0[1-9]|1[0-2])-\d\d$/.test(first) || keyOf(period, first) !== key) return null
  return { firstDay: first, lastDay: period === 'YEAR' ? `${year}-12-31` : period === 'MONTH' ? monthEnd(first) : period === 'QUARTER' ? addDays(addMonths(first, 3), -1) : addDays(first, 6) }
}
export const earlierKey = (period: PlanPeriod, span: Span): string => keyOf(period, addDays(span.firstDay, -1))
export const laterKey = (period: PlanPeriod, span: Span): string => keyOf(period, addDays(span.lastDay, 1))

export type Fault = { name: string; details?: Record<string, string>; field?: string }
/** May a plan of these days be made today? Of this period and of the next. */
export function faultOfPeriod(period: PlanPeriod, key: string, today: string): Fault | null {
  const span = spanOf(period, key)
  if (!span) return { name: 'period-unknown', field: 'periodKey' }
  if (span.lastDay < today) return { name: 'period-over', field: 'periodKey', details: { period: key } }
  const now = spanOf(period, keyOf(period, today))
  return now && span.firstDay > addDays(now.lastDay, 1) ? { name: 'too-far', field: 'periodKey' } : null
}

/** What is wrong with what was written, the most fundamental first. */
export function faultOfContent(period: PlanPeriod, span: Span, content: Pick<PlanContent, 'targets' | 'items'>): Fault | null {
  const seen = new Set<PlanIndicator>()
  for (const [place, target] of content.targets.entries()) {
    if (target.indicator === null) continue
    const details = { title: target.title }
    if (target.indicator === 'DEPOSIT_GROWTH' && period === 'WEEK') return { name: 'indicator-not-for-period', details, field: `targets.${place}.indicator` }
    if (target.target === null) return { name: 'target-missing', details, field: `targets.${place}.target` }
    if (seen.has(target.indicator)) return { name: 'indicator-twice', field: `targets.${place}.indicator` }
    seen.add(target.indicator)
  }
  const outside = content.items.find((item) => item.day < span.firstDay || item.day > span.lastDay)
  return outside ? { name: 'day-outside', details: { day: outside.day }, field: 'items' } : null
}

export type Standing = { state: PlanState; lastDay: string; reviewedOn: string | null; own: boolean }
export const faultOfSave = ({ state, own }: Standing): string | null => (!own ? 'not-yours' : state === 'SUBMITTED' ? 'waits-for-answer' : state === 'CONFIRMED' ? 'confirmed-already' : null)
export const faultOfSubmit = ({ state, own }: Standing): string | null => (!own ? 'not-yours' : state === 'SUBMITTED' || state === 'CONFIRMED' ? 'submitted-already' : null)
/** A confirmed plan may be given back as long as nothing was concluded from it: needs and markets change. */
export function faultOfJudge({ state, own, reviewedOn }: Standing, decision?: 'CONFIRMED' | 'RETURNED', comment?: string | null): string | null {
  if (own) return 'own-plan'
  if (reviewedOn !== null) return 'reviewed-already'
  if (state !== 'SUBMITTED' && !(state === 'CONFIRMED' && decision !== 'CONFIRMED')) return 'not-submitted'
  return decision === 'RETURNED' && (comment ?? '').trim() === '' ? 'reason-missing' : null
}
export const faultOfReview = ({ state, own, lastDay, reviewedOn }: Standing, today: string): string | null => (!own ? 'not-yours' : reviewedOn !== null ? 'reviewed-already' : state !== 'CONFIRMED' ? 'not-confirmed' : today < lastDay ? 'not-over' : null)

/** How much of the time is over at the end of today, exact: days passed of days in all. */
export function timeShare({ firstDay, lastDay }: Span, today: string): Exact {
  if (today < firstDay) return exact('0')
  const all = daysBetween(firstDay, lastDay) + 1
  const passed = today > lastDay ? all : daysBetween(firstDay, today) + 1
  return exact(String(passed)).div(exact(String(all)))
}

/** From here on a little behind is not red: `light.yellow`. */
const yellowFrom = exact('0.80')
const atLeastZero = (value: Exact): Exact => (value.isNegative() ? exact('0') : value)

/** How far a target is against the time (W6). `sum`: does it grow with the time (contacts), or is it a rate that is owed all the time (coverage)? No target or nothing known: no light. */
export function progressOf({ target, actual, time, sum }: { target: string | null; actual: string | null; time: Exact; sum: boolean }): ProgressShown {
  const none = { actual, completionPct: null, light: null, missingToTime: null, missingToFull: null }
  if (target === null || actual === null) return none
  const [wanted, got] = [exact(target), exact(actual)]
  if (wanted.lessThanOrEqualTo(0)) return none
  const completion = got.div(wanted)
  const due = sum ? time : exact('1')
  const ratio = due.isZero() ? null : completion.div(due)
  const light: Light | null = ratio === null ? null : ratio.greaterThanOrEqualTo(1) ? 'GREEN' : ratio.greaterThanOrEqualTo(yellowFrom) ? 'YELLOW' : 'RED'
  return { actual, completionPct: decimalText(completion.times(100), 2), light, missingToTime: decimalText(atLeastZero(wanted.times(due).minus(got)), 2), missingToFull: decimalText(atLeastZero(wanted.minus(got)), 2) }
}
/** Does an indicator grow with the time? Coverage counts the whole month's customers from its first day on. */
export const growsWithTime = (indicator: PlanIndicator | null): boolean => indicator !== 'COVERAGE_PCT' || indicator === null
