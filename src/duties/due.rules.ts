import { addDays, addMonths, daysBetween, daysInMonth, monthEnd, monthStart, quarterStart, weekday, yearStart } from '../foundation/values/business-date.ts'
import type { DueRule, Period } from './duty.contract.ts'
import { addWorkingDays, isKnown, isWorkingDay, type WorkingCalendar } from '../foundation/values/working-calendar.ts'

/** When something recurring arises and by when it is due (domain specification 9). Nothing here knows today: it is handed in. */

export type { DueRule, Escalation, Period } from './duty.contract.ts'
export type Span = { key: string; from: string; to: string }
export type Due = { key: string; opensOn: string; dueOn: string }

/** The period that holds the day: its name, its first and last calendar day. A week begins on Monday. */
export function periodOf(period: Period, day: string): Span {
  const year = day.slice(0, 4)
  const month = Number(day.slice(5, 7))
  if (period === 'DAY') return { key: day, from: day, to: day }
  if (period === 'WEEK') {
    const from = addDays(day, -((weekday(day) + 6) % 7))
    return { key: `${from}/W`, from, to: addDays(from, 6) }
  }
  if (period === 'MONTH') return { key: day.slice(0, 7), from: monthStart(day), to: monthEnd(day) }
  if (period === 'QUARTER') return { key: `${year}-Q${Math.ceil(month / 3)}`, from: quarterStart(day), to: monthEnd(addMonths(quarterStart(day), 2)) }
  if (period === 'HALF') return { key: `${year}-H${month <= 6 ? 1 : 2}`, from: month <= 6 ? `${year}-01-01` : `${year}-07-01`, to: month <= 6 ? `${year}-06-30` : `${year}-12-31` }
  return { key: year, from: yearStart(day), to: `${year}-12-31` }
}

/**
 * What a duty asks for a period; null when it asks for nothing: a working-day duty on a holiday is skipped, a make-up day is worked.
 * Throws CalendarUnknown where the calendar does not know a day that it needs.
 */
export function dueOf(calendar: WorkingCalendar, period: Period, rule: DueRule, span: Span): Due | null {
  const within = { key: span.key, opensOn: span.from }
  switch (rule.kind) {
    case 'SAME_DAY':
      return period !== 'DAY' || isWorkingDay(calendar, span.from) ? { ...within, dueOn: span.to } : null
    case 'PERIOD_END':
      return period === 'DAY' && !isWorkingDay(calendar, span.from) ? null : { ...within, dueOn: span.to }
    case 'WORKING_DAY': {
      if (period === 'DAY' && !isWorkingDay(calendar, span.from)) return null
      if (rule.after) return { key: span.key, opensOn: addDays(span.to, 1), dueOn: addWorkingDays(calendar, span.to, rule.n) }
      const dueOn = addWorkingDays(calendar, addDays(span.from, -1), rule.n)
      // a period with fewer working days: the last one
      return { ...within, dueOn: dueOn <= span.to ? dueOn : lastWorkingDay(calendar, span) }
    }
    case 'DATE': {
      const month = rule.month === undefined ? span.from : `${span.from.slice(0, 4)}-${String(rule.month).padStart(2, '0')}-01`
      return { ...within, dueOn: `${month.slice(0, 7)}-${String(Math.min(rule.day, daysInMonth(month))).padStart(2, '0')}` }
    }
    default:
      return null
  }
}

function lastWorkingDay(calendar: WorkingCalendar, span: Span): string {
  for (let day = span.to; day >= span.from; day = addDays(day, -1)) if (isWorkingDay(calendar, day)) return day
  return span.to
}

/** By when what an event asked for is due. */
export function dueAfterEvent(calendar: WorkingCalendar, rule: DueRule, day: string): string {
  if (rule.kind === 'AFTER_EVENT') return addWorkingDays(calendar, day, rule.n)
  return rule.kind === 'AFTER_EVENT_DAYS' ? addDays(day, rule.n) : day
}

/** Days ahead in which something longer than a day is shown as planned. */
export const plannedAhead = 7

/**
 * Everything that a recurring duty asks for from `since` (the day after the last run) to today: what is open or planned today and what fell due in between.
 * `from`: first day on which the duty is in force. Throws CalendarUnknown.
 */
export function dueBetween(calendar: WorkingCalendar, period: Period, rule: DueRule, { since, today, from }: { since: string; today: string; from: string }): Due[] {
  const found = new Map<string, Due>()
  const ahead = period === 'DAY' ? 0 : plannedAhead
  const begin = period === 'DAY' ? since : addDays(periodOf(period, since).from, -1)
  for (let day = begin; day <= addDays(today, ahead); day = period === 'DAY' ? addDays(day, 1) : addDays(periodOf(period, day).to, 1)) {
    const span = periodOf(period, day)
    // due after its end: until then the calendar of that time need not be known
    if (rule.kind === 'WORKING_DAY' && rule.after && span.to >= addDays(today, ahead)) continue
    const due = dueOf(calendar, period, rule, span)
    if (due && due.dueOn >= since && due.dueOn >= from && due.opensOn <= addDays(today, ahead)) found.set(due.key, { ...due, opensOn: due.opensOn < from ? from : due.opensOn })
  }
  return [...found.values()]
}

/** The latest day of which `n` working days later (or, negative, earlier) is not after today: what was due then has reached the step. */
export function reachedBy(calendar: WorkingCalendar, today: string, n: number): string {
  if (n < 0) return addWorkingDays(calendar, today, -n)
  let day = today
  while (addWorkingDays(calendar, day, n) > today) day = addDays(day, -1)
  return day
}

/** Done on time? A time of day counts only on the day itself. */
export function isInTime(due: { dueOn: string; dueTime: string | null }, done: { on: string; at: string }): boolean {
  return done.on < due.dueOn || (done.on === due.dueOn && (due.dueTime === null || done.at <= due.dueTime))
}

/** Working days until a day; negative calendar days when it has passed; null where the calendar does not know. */
export function daysLeft(calendar: WorkingCalendar, today: string, due: string): number | null {
  if (due < today) return -daysBetween(due, today)
  let count = 0
  for (let day = addDays(today, 1); day <= due; day = addDays(day, 1)) {
    if (!isKnown(calendar, day)) return null
    if (isWorkingDay(calendar, day)) count += 1
  }
  return count
}

