import { addMonths } from '../foundation/values/business-date.ts'

export type When = { day: string; from: string; to: string }
export type WhenFault = 'in-the-past' | 'too-far' | 'times-reversed'

/** The first thing that is wrong with a time, the most fundamental first; null when it may be planned. */
export function faultOfWhen({ day, from, to }: When, today: string): WhenFault | null {
  if (day < today) return 'in-the-past'
  if (day > addMonths(today, 12)) return 'too-far'
  return to <= from ? 'times-reversed' : null
}

/** Two appointments clash when they share a moment; one that begins when the other ends does not. */
export function overlaps(a: When, b: When): boolean {
  return a.day === b.day && a.from < b.to && b.from < a.to
}

/** How many days before a contact its appointment may lie and still be closed by it: it was kept later than planned. */
export const closesBack = 7

/** Who may change an appointment: its owner, or who stands in for him at the customer. */
export function faultOfChange(appointment: { staffKey: number; state: 'PLANNED' | 'DONE' | 'CANCELLED' }, actor: { staffKey: number; standsIn: boolean }): 'not-yours' | 'ended-already' | null {
  if (appointment.staffKey !== actor.staffKey && !actor.standsIn) return 'not-yours'
  return appointment.state === 'PLANNED' ? null : 'ended-already'
}
