import { addDays, dayOfYear, daysBetween, daysInMonth, daysInYear, monthStart, nextMonth, yearStart } from '../foundation/values/business-date.ts'
import { decimalText, exact } from '../foundation/values/decimal.ts'

/** A post held, [from, to). `own`: of the scheme, in its units. `at`: which post at which place of work; the same two are no transfer. */
export type HeldPost = { from: string; to: string | null; own: boolean; at: string }
/** Days of a month in one post of the scheme. `since`: the day within the year on which its post began, with which what is counted since January begins; null: it was held before the year. */
export type GrowthPart = { from: string; to: string; days: number; since: string | null }

/**
 * The parts of a month for what is counted since January (decision 0062): each post (another post or another place of work) from its first day to its last. A post that began within the year begins there, after another one or
 * with the employment: whose customers he was given on that day was no growth of his. Posts held at the same time are one.
 */
export function growthParts(month: string, posts: readonly HeldPost[]): GrowthPart[] {
  const [from, to] = [monthStart(month), monthStart(nextMonth(month))]
  const year = yearStart(from)
  const ended = (one: HeldPost): string => (one.to !== null && one.to < to ? one.to : to)
  const stretches: { from: string; to: string; at: string[] }[] = []
  for (const one of posts.filter(({ own }) => own).sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const last = stretches.at(-1)
    const end = ended(one)
    if (end <= one.from || end < year) continue
    if (last && (one.from < last.to || (one.from === last.to && last.at.includes(one.at)))) {
      if (end >= last.to) last.at = end > last.to ? [one.at] : [...last.at, one.at]
      if (end > last.to) last.to = end
    } else stretches.push({ from: one.from, to: end, at: [one.at] })
  }
  return stretches.filter((one) => one.to > from).map((one) => {
    const first = one.from > from ? one.from : from
    return { from: first, to: one.to, days: daysBetween(first, one.to), since: one.from >= year ? one.from : null }
  })
}

/** Whether a month is measured as one: one part from the year's begin to the month's end. */
export const isWholeYear = (month: string, parts: readonly GrowthPart[]): boolean => parts.length <= 1 && parts.every(({ to, since }) => since === null && to === monthStart(nextMonth(month)))

/** The day whose closing principal a growth is taken from, and the day on which the customers are counted who he holds then. */
export const growthStart = (part: GrowthPart): { day: string; heldOn: string } => (part.since === null ? { day: addDays(yearStart(part.from), -1), heldOn: addDays(yearStart(part.from), -1) } : { day: addDays(part.since, -1), heldOn: part.since })

/** What of a year has passed, as a fraction of whole numbers; `how`: the passed part as a pocket calculator takes it, in months (a begun one by days) or days. */
export type Passed = { passed: number; whole: number; how: string; of: string }
export function timePassed(progress: 'MONTHS' | 'DAYS', since: string, to: string): Passed {
  if (progress === 'DAYS') {
    const [passed, whole] = [daysBetween(since, to), daysInYear(since)]
    return { passed, whole, how: String(passed), of: String(whole) }
  }
  const last = addDays(to, -1)
  const [first, end] = [monthStart(since), monthStart(last)]
  if (first === end) return inMonth(daysBetween(since, to), daysInMonth(since))
  const [before, after] = [since === first ? 0 : daysInMonth(since) - daysBetween(first, since), daysBetween(end, to) === daysInMonth(last) ? 0 : daysBetween(end, to)]
  const months = Number(last.slice(5, 7)) - Number(since.slice(5, 7)) + 1 - (before > 0 ? 1 : 0) - (after > 0 ? 1 : 0)
  const [one, two] = [before > 0 ? daysInMonth(since) : 1, after > 0 ? daysInMonth(last) : 1]
  const parts = [...(months > 0 ? [String(months)] : []), ...(before > 0 ? [`${before} ÷ ${one}`] : []), ...(after > 0 ? [`${after} ÷ ${two}`] : [])]
  return { passed: months * one * two + before * two + after * one, whole: 12 * one * two, how: parts.join(' + '), of: '12' }
}

const inMonth = (days: number, whole: number): Passed => (days === whole ? { passed: 1, whole: 12, how: '1', of: '12' } : { passed: days, whole: 12 * whole, how: `${days} ÷ ${whole}`, of: '12' })

/** The time progress of a whole month: months of the year, or days. */
export function yearPassed(progress: 'MONTHS' | 'DAYS', month: string): Passed {
  const end = addDays(monthStart(nextMonth(month)), -1)
  const [passed, whole] = progress === 'MONTHS' ? [Number(month.slice(5, 7)), 12] : [dayOfYear(end), daysInYear(end)]
  return { passed, whole, how: String(passed), of: String(whole) }
}

/** The factors of the parts weighted by days, four decimals; a part without a target is not linked, which is 1. Null: none is linked. */
export function weighFactors(parts: readonly { f: string | null; days: number }[]): string | null {
  if (parts.every(({ f }) => f === null)) return null
  const days = parts.reduce((sum, one) => sum + one.days, 0)
  return decimalText(parts.reduce((sum, one) => sum.plus(exact(one.f ?? '1').times(one.days)), exact('0')).div(days), 4)
}
