// the default export: Node.js does not find the names of this CommonJS package
import chineseDays from 'chinese-days'
import { addDays, weekday } from './business-date.ts'

/**
 * A calendar says of each day whether it is a working day, and up to which day it knows (make-up working days come from a yearly notice).
 * `knows` only where there are gaps between `knownFrom` and `knownUntil`: a year that nobody entered yet.
 */
export type WorkingCalendar = { readonly name: string; readonly knownFrom: string; readonly knownUntil: string; knows?(day: string): boolean; isWorkday(day: string): boolean }

/** The calendar does not know this day: an administrator must enter or import the year first. Never guessed. */
export class CalendarUnknown extends Error {
  readonly day: string
  constructor(day: string, calendar: string) {
    super(`the calendar ${calendar} does not know ${day}`)
    this.day = day
  }
}

/** State Council notices 2004 to 2026 (package chinese-days, which says true for days that it does not know: hence the limits). */
export const chinaCalendar: WorkingCalendar = { name: 'china', knownFrom: '2004-01-01', knownUntil: '2026-12-31', isWorkday: (day) => chineseDays.isWorkday(day) }

const isMondayToFriday = (day: string): boolean => weekday(day) !== 0 && weekday(day) !== 6

/** Monday to Friday, by a delivery's profile (Berka). */
export const weekdayCalendar: WorkingCalendar = { name: 'weekdays', knownFrom: '1000-01-01', knownUntil: '9999-12-31', isWorkday: isMondayToFriday }

/** The calendar that the package brings. What the bank entered lies on top of it: bankCalendar of foundation/calendar, which is what every deadline asks. */
export function calendarOf(name: string): WorkingCalendar {
  if (name === 'china') return chinaCalendar
  if (name === 'weekdays') return weekdayCalendar
  throw new Error(`unknown calendar ${name}`)
}

/** A year as the bank entered it: OFF from-to, both included, WORK days that are worked; every other day of the year follows the weekday. */
export type StoredYear = { year: number; spans: readonly { from: string; to: string; kind: 'OFF' | 'WORK' }[] }

/** The bank's years on top of a calendar. A notice may name days of the year before: of two years that name a day, the later one counts. */
export function layeredCalendar(base: WorkingCalendar, years: readonly StoredYear[]): WorkingCalendar {
  if (years.length === 0) return base
  const ordered = [...years].sort((a, b) => b.year - a.year)
  const stored = new Set(ordered.map(({ year }) => String(year)))
  const inStoredYear = (day: string): boolean => stored.has(day.slice(0, 4))
  const spanOf = (day: string): 'OFF' | 'WORK' | undefined => ordered.flatMap(({ spans }) => spans.find((span) => day >= span.from && day <= span.to) ?? [])[0]?.kind
  const bounds = ordered.flatMap(({ year }) => [`${year}-01-01`, `${year}-12-31`]).sort()
  return {
    name: base.name,
    knownFrom: [base.knownFrom, bounds[0] ?? base.knownFrom].sort()[0] ?? base.knownFrom,
    knownUntil: [base.knownUntil, bounds.at(-1) ?? base.knownUntil].sort().at(-1) ?? base.knownUntil,
    knows: (day) => inStoredYear(day) || isKnown(base, day),
    isWorkday(day) {
      const named = spanOf(day)
      return named !== undefined ? named === 'WORK' : inStoredYear(day) ? isMondayToFriday(day) : base.isWorkday(day)
    },
  }
}

/** Whether the calendar knows this day. */
export function isKnown(calendar: WorkingCalendar, day: string): boolean {
  return day >= calendar.knownFrom && day <= calendar.knownUntil && (calendar.knows?.(day) ?? true)
}

/** Holidays [from, to], both included; make-up working days; other Saturdays and Sundays are free. */
export function customCalendar({ holidays, makeUpWorkingDays, knownFrom = '1000-01-01', knownUntil = '9999-12-31', name = 'custom' }: {
  holidays: readonly (readonly [from: string, to: string])[]; makeUpWorkingDays: readonly string[]; knownFrom?: string; knownUntil?: string; name?: string
}): WorkingCalendar {
  const extra = new Set(makeUpWorkingDays)
  return { name, knownFrom, knownUntil, isWorkday: (day) => extra.has(day) || (isMondayToFriday(day) && !holidays.some(([from, to]) => day >= from && day <= to)) }
}

/** Throws CalendarUnknown outside of what the calendar knows. */
export function isWorkingDay(calendar: WorkingCalendar, day: string): boolean {
  if (!isKnown(calendar, day)) throw new CalendarUnknown(day, calendar.name)
  return calendar.isWorkday(day)
}

/** The first working day after `day`. */
export function nextWorkingDay(calendar: WorkingCalendar, day: string): string {
  return addWorkingDays(calendar, day, 1)
}

/** `days` working days after (or, negative, before) `day`; `day` itself is not counted. 0 is the day itself. */
export function addWorkingDays(calendar: WorkingCalendar, day: string, days: number): string {
  const step = days < 0 ? -1 : 1
  let found = day
  for (let left = Math.abs(days); left > 0; ) {
    found = addDays(found, step)
    if (isWorkingDay(calendar, found)) left -= 1
  }
  return found
}

/** Working days in (from, to]: how many are left until a deadline. */
export function workingDaysBetween(calendar: WorkingCalendar, from: string, to: string): number {
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(calendar, day)) count += 1
  return count
}
