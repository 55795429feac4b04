import { addWorkingDays, type WorkingCalendar } from '../foundation/values/working-calendar.ts'
import { periodOf } from './contact-frequency.rules.ts'

/** Working days before the end of the period on which the reminder begins (2.4 rule 10), and after a key event within which the leader is told (D-05). */
export const remindBefore = 10
export const answerWithin = 2

export type KeyEventKind = 'MAJOR_CONTRACT' | 'CHANGE_OF_CONTROL' | 'COMPLAINT' | 'CHURN_WARNING' | 'OTHER'
export type KeyEvent = { eventId: string; kind: KeyEventKind; day: string }
/** A customer whom a leader should visit: how often, when one last did in person (a call by a leader is no visit, rule 8), what happened since. */
export type LeaderWatched = { leaderEveryMonths: number | null; lastLeaderVisit: string | null; events: readonly KeyEvent[] }
export type LeaderVisitDue = { reason: 'PERIOD'; everyMonths: number; dueOn: string } | { reason: 'KEY_EVENT'; kind: KeyEventKind; day: string; dueOn: string }

/**
 * The first day on which a leader is reminded of the visit of the present period: ten working days before its last day. Throws CalendarUnknown when the calendar does not know the days
 * between.
 */
export function remindFrom(calendar: WorkingCalendar, everyMonths: number, today: string): string {
  return addWorkingDays(calendar, periodOf(everyMonths, today).lastDay, -remindBefore)
}

/** Why a leader must visit now; null when none must. A key event that no visit answered goes first, the oldest of them; then the period that ends. */
export function leaderVisitDue(calendar: WorkingCalendar, watched: LeaderWatched, today: string): LeaderVisitDue | null {
  const { leaderEveryMonths: every, lastLeaderVisit: last } = watched
  const [event] = watched.events.filter((one) => one.day <= today && (last === null || last < one.day)).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.eventId < b.eventId ? -1 : 1))
  if (event) return { reason: 'KEY_EVENT', kind: event.kind, day: event.day, dueOn: addWorkingDays(calendar, event.day, answerWithin) }
  if (every === null) return null
  const { firstDay, lastDay } = periodOf(every, today)
  if (last !== null && last >= firstDay) return null
  return today >= remindFrom(calendar, every, today) ? { reason: 'PERIOD', everyMonths: every, dueOn: lastDay } : null
}
