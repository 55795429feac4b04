import { monthEnd, monthOf } from '../foundation/values/business-date.ts'
import { periodOf } from './contact-frequency.rules.ts'

/** A customer of mine: how often he must be contacted and when he was. */
export type Watched = {
  customerId: string
  everyMonths: number
  faceEveryMonths: number | null
  /** Last effective contact, last meeting. */
  lastContact: string | null
  lastMeeting: string | null
  /** The monthly duty of a core customer, as the engine judged it: true when it is open. Null: no monthly duty this month. */
  monthlyOpen: boolean | null
}
export type Due = { reason: 'MONTHLY' | 'PERIOD' | 'FACE_TO_FACE'; everyMonths: number; dueOn: string }

/**
 * Why a customer must be contacted this month, the most pressing reason only; null when nothing falls due this month. Calendar periods (two months, quarter,
 * half-year) fall due in their last month; a meeting is asked for only when no contact is.
 */
export function dueOf(customer: Watched, today: string): Due | null {
  const endsNow = (everyMonths: number): boolean => monthOf(periodOf(everyMonths, today).lastDay) === monthOf(today)
  const missing = (everyMonths: number, last: string | null): boolean => last === null || last < periodOf(everyMonths, today).firstDay
  const dueOn = monthEnd(today)
  if (customer.monthlyOpen === true) return { reason: 'MONTHLY', everyMonths: 1, dueOn }
  if (customer.monthlyOpen === null && customer.everyMonths > 1 && endsNow(customer.everyMonths) && missing(customer.everyMonths, customer.lastContact)) return { reason: 'PERIOD', everyMonths: customer.everyMonths, dueOn }
  const face = customer.faceEveryMonths
  return face !== null && endsNow(face) && missing(face, customer.lastMeeting) ? { reason: 'FACE_TO_FACE', everyMonths: face, dueOn } : null
}
