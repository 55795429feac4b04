import { addDays, monthEnd, monthStart, nextMonth } from '../foundation/values/business-date.ts'
import { decimalText, exact } from '../foundation/values/decimal.ts'
import { isWorkingDay, type WorkingCalendar } from '../foundation/values/working-calendar.ts'

/** How often a customer of a tier must be contacted, as in force on a day (2.4). */
export type ContactPolicy = {
  version: string
  window: 'CALENDAR_MONTH' | 'ROLLING_31_DAYS'
  /** Working days after the contact within which it must be recorded. */
  recordWithin: number
  /** Who becomes core after this day of the month owes the first duty next month. */
  firstDutyUntilDay: number
}

/** A span [from, to): `to` null is open. */
type Span = { from: string; to: string | null }
export type TierSpan = Span & { tier: string }
/** An ownership slice; `sharePct` is an exact decimal. */
export type Slice = Span & { staffKey: number; staffNo: string; sharePct: string; main: boolean }
export type ContactFact = { contactId: string; businessDate: string; effective: boolean; late: boolean }
/** What one customer and month come to. `staffKey` null: nobody holds the customer. Without a duty nothing is met and nothing is late. */
export type Duty = { duty: false; firstMonth: string | null } | { duty: true; staffKey: number | null; met: boolean; late: boolean; contactId: string | null }
export type Coverage = { duties: number; met: number; late: number; coveragePct: string | null; latePct: string | null }

const inForce = (span: Span, day: string): boolean => span.from <= day && (span.to === null || span.to > day)

/** First and last day, both included, in which a contact counts for the month's duty (rule 1). */
export function windowOf(policy: Pick<ContactPolicy, 'window'>, month: string): { firstDay: string; lastDay: string } {
  const lastDay = monthEnd(month)
  return { firstDay: policy.window === 'CALENDAR_MONTH' ? monthStart(month) : addDays(lastDay, -30), lastDay }
}

/**
 * Was a contact entered late (rule 3)? In time is until the end of the `recordWithin`-th working day after it, make-up working days among them.
 * Throws CalendarUnknown when a day between is past what the calendar knows.
 */
export function isEnteredLate(calendar: WorkingCalendar, businessDate: string, enteredOn: string, recordWithin: number): boolean {
  let passed = 0
  for (let day = addDays(businessDate, 1); day < enteredOn; day = addDays(day, 1)) {
    if (isWorkingDay(calendar, day)) passed += 1
    if (passed >= recordWithin) return true
  }
  return recordWithin === 0 && enteredOn > businessDate
}

/** Who owes the duty on a day (rule 5): the largest share, then the main manager, then the lower staff number; null when nobody holds the customer. */
export function dutyOwner(slices: readonly Slice[], day: string): Slice | null {
  const [first] = slices.filter((slice) => inForce(slice, day)).sort((a, b) =>
    exact(b.sharePct).cmp(exact(a.sharePct)) || Number(b.main) - Number(a.main) || (a.staffNo < b.staffNo ? -1 : 1))
  return first ?? null
}

/**
 * The duty of one customer in one month (rules 1 to 6). Core (T1) on the last day of the window and already so on day 15: else no duty, and `firstMonth`
 * says when it begins. Any effective contact of the window meets it, whoever made it; late when none of them was entered in time.
 */
export function judgeDuty(policy: ContactPolicy, month: string, tiers: readonly TierSpan[], slices: readonly Slice[], contacts: readonly ContactFact[]): Duty {
  const { firstDay, lastDay } = windowOf(policy, month)
  const coreOn = (day: string): boolean => tiers.some((span) => span.tier === 'T1' && inForce(span, day))
  if (!coreOn(lastDay)) return { duty: false, firstMonth: null }
  if (!coreOn(addDays(monthStart(month), policy.firstDutyUntilDay - 1))) return { duty: false, firstMonth: nextMonth(month) }
  const counting = contacts.filter((contact) => contact.effective && contact.businessDate >= firstDay && contact.businessDate <= lastDay).sort((a, b) =>
    Number(a.late) - Number(b.late) || (a.businessDate === b.businessDate ? (a.contactId < b.contactId ? -1 : 1) : a.businessDate < b.businessDate ? -1 : 1))
  const [first] = counting
  return { duty: true, staffKey: dutyOwner(slices, lastDay)?.staffKey ?? null, met: first !== undefined, late: first?.late ?? false, contactId: first?.contactId ?? null }
}

/** Met ÷ duties × 100 with two decimals; null, not 0, when there is no duty (rule 6). Late ones count as met, their share of the met stands beside. */
export function coverageOf(counts: { duties: number; met: number; late: number }): Coverage {
  const percent = (part: number, whole: number): string | null => (whole === 0 ? null : decimalText(exact(BigInt(part)).times(100).div(exact(BigInt(whole))), 2))
  return { ...counts, coveragePct: percent(counts.met, counts.duties), latePct: percent(counts.late, counts.met) }
}

/** Adds up verdicts; those without a duty do not count. */
export function sumDuties(duties: readonly Duty[]): Coverage {
  const owed = duties.filter((duty) => duty.duty)
  return coverageOf({ duties: owed.length, met: owed.filter((duty) => duty.met).length, late: owed.filter((duty) => duty.late).length })
}

/** The calendar period of so many months that contains a day: [first day, last day]. Half-years and quarters begin in January. */
export function periodOf(everyMonths: number, day: string): { firstDay: string; lastDay: string } {
  const month = Number(day.slice(5, 7)) - 1
  const first = month - (month % everyMonths)
  const text = (index: number): string => `${day.slice(0, 4)}-${String(index + 1).padStart(2, '0')}`
  return { firstDay: monthStart(text(first)), lastDay: monthEnd(text(first + everyMonths - 1)) }
}
