import { addDays, isDay, isMonth, monthEnd } from '../foundation/values/business-date.ts'
import { addWorkingDays, isKnown, isWorkingDay, type WorkingCalendar } from '../foundation/values/working-calendar.ts'

/** When a report is owed, late, closed; which section waits for a text. Today and the hour are handed in. */

export type Section = { code: string; zh: string; en: string; kinds: readonly string[]; from?: string; next?: boolean; required?: boolean }
export type ReportKind = {
  code: string; version: number; name: string; nameEn: string; posts: readonly string[]; receiverPosts: readonly string[]; period: 'DAY' | 'MONTH' | 'EVENT'; dueTime: string | null; dueDays: number; closesAfter: number; answerDays: number | null
  draftedFrom: string | null; sections: readonly Section[]; dutyCode: string | null; answerDuty: string | null
}
export type Span = { firstDay: string; lastDay: string }

/** The days of a period; null when the key is not one of this kind. An event's days are the day on which it is told. */
export function spanOf(kind: Pick<ReportKind, 'period'>, period: string, today: string): Span | null {
  if (kind.period === 'DAY') return isDay(period) ? { firstDay: period, lastDay: period } : null
  if (kind.period === 'MONTH') return isMonth(period) ? { firstDay: `${period}-01`, lastDay: monthEnd(`${period}-01`) } : null
  return period.length === 36 ? { firstDay: today, lastDay: today } : null
}

/** The last day on which it is in time. Throws CalendarUnknown. */
export const dueOn = (calendar: WorkingCalendar, kind: Pick<ReportKind, 'dueDays'>, span: Span): string => (kind.dueDays === 0 ? span.lastDay : addWorkingDays(calendar, span.lastDay, kind.dueDays))
/** The last day on which it is taken at all. */
export const closesOn = (calendar: WorkingCalendar, kind: Pick<ReportKind, 'dueDays' | 'closesAfter'>, span: Span): string => (kind.closesAfter === 0 ? dueOn(calendar, kind, span) : addWorkingDays(calendar, dueOn(calendar, kind, span), kind.closesAfter))

/** `at`: the hour now, HH:MM; null when the hour says nothing (a demo's day stands still). */
export function isLate(kind: Pick<ReportKind, 'dueTime'>, due: string, now: { on: string; at: string | null }): boolean {
  if (now.on !== due) return now.on > due
  return kind.dueTime !== null && now.at !== null && now.at > kind.dueTime
}

export type Ground = {
  today: string
  name: string
  /** Did the person hold a post of this kind on the last day of the period? */
  held: boolean
  /** Who stood in for him on that day. */
  substitute: string | null
  reported: boolean
}
export type Fault = { name: string; details: Record<string, string> }

/** Why it may not be confirmed, most fundamental first; null: it may. Throws CalendarUnknown. */
export function faultOf(calendar: WorkingCalendar, kind: ReportKind, period: string, span: Span, ground: Ground): Fault | null {
  const fault = (name: string, more: Record<string, string> = {}): Fault => ({ name, details: { day: kind.period === 'MONTH' ? period : span.lastDay, ...more } })
  if (span.firstDay > ground.today) return fault('day-to-come')
  if (!ground.held) return fault('not-employed', { name: ground.name })
  if (kind.period === 'DAY' && ground.substitute !== null) return fault('absent-that-day', { name: ground.name, substitute: ground.substitute })
  if (kind.period === 'DAY' && !isWorkingDay(calendar, span.lastDay)) return fault('no-working-day')
  if (kind.period === 'MONTH' && span.lastDay >= ground.today) return fault('month-not-over')
  if (ground.reported) return fault('reported-already')
  if (kind.period !== 'EVENT') {
    const closed = closesOn(calendar, kind, span)
    if (ground.today > closed) return fault('day-closed', { closed })
  }
  return null
}

/** A section that asks for a text and has none. */
export function sectionMissing(kind: Pick<ReportKind, 'sections'>, texts: Readonly<Record<string, string>>): Section | null {
  return kind.sections.find((section) => section.required === true && (texts[section.code] ?? '').trim() === '') ?? null
}

export type Written = { section: string; text: string }
/** The first section that this kind does not have, or that is there twice. */
export function sectionUnknown(kind: Pick<ReportKind, 'sections'>, written: readonly Written[]): string | null {
  const known = new Set(kind.sections.map(({ code }) => code))
  return written.find(({ section }) => !known.delete(section))?.section ?? null
}

/** Only what belongs to a section of this kind is kept. */
export function textsOf(kind: Pick<ReportKind, 'sections'>, texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(kind.sections.flatMap(({ code }) => { const text = (texts[code] ?? '').trim(); return text === '' ? [] : [[code, text]] }))
}

/** The draft of a month from what was written on its days: day by day, as written. */
export function draftOf(kind: Pick<ReportKind, 'sections'>, days: readonly { day: string; texts: Readonly<Record<string, string>> }[]): Record<string, string> {
  return Object.fromEntries(kind.sections.flatMap((section) => {
    if (section.from === undefined) return []
    const source = section.from
    const lines = days.flatMap(({ day, texts }) => (texts[source] === undefined ? [] : [`${day.slice(5)} ${texts[source]}`]))
    return lines.length === 0 ? [] : [[section.code, cut(lines)]]
  }))
}
/** A section takes 2000 characters; what does not fit stands in the days. */
function cut(lines: readonly string[]): string {
  let text = ''
  for (const line of lines) {
    if (text.length + line.length + 1 > 1980) return `${text}\n…`
    text = text === '' ? line : `${text}\n${line}`
  }
  return text
}

/** The working day after a day; null where the calendar does not know it. */
export function nextDayOf(calendar: WorkingCalendar, day: string): string | null {
  for (let next = addDays(day, 1), tries = 0; tries < 31; next = addDays(next, 1), tries += 1) {
    if (!isKnown(calendar, next)) return null
    if (calendar.isWorkday(next)) return next
  }
  return null
}
