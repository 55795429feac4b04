// the default export: Node.js does not find the names of this CommonJS package
import chineseDays from 'chinese-days'
import { addDays, weekday } from './business-date.ts'

/** A calendar says of each day whether it is a working day, and up to which day it knows (make-up working days come from a yearly notice). */
export type WorkingCalendar = { readonly name: string; readonly knownFrom: string; readonly knownUntil: string; isWorkday(day: string): boolean }

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

export function calendarOf(name: string): WorkingCalendar {
  if (name === 'china') return chinaCalendar
  if (name === 'weekdays') return weekdayCalendar
  throw new Error(`unknown calendar ${name}`)
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
  if (day < calendar.knownFrom || day > calendar.knownUntil) throw new CalendarUnknown(day, calendar.name)
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
