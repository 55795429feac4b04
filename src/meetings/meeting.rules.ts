import type { ActionOutcome, MeetingPart, MeetingState } from './meeting.contract.ts'

/** Held every day (2.5). */
export const mandatoryParts: readonly MeetingPart[] = ['GOALS', 'NOTICES']
/** Held so often a week at least: `meeting.partPerWeek`. */
export const partsPerWeek = 2
export const weeklyParts: readonly MeetingPart[] = ['PROSPECT', 'ANALYSIS', 'TECHNIQUE', 'AWARENESS']
/** Minutes planned for each part: half an hour together. */
export const plannedMinutes: Readonly<Record<MeetingPart, number>> = { GOALS: 3, YESTERDAY: 6, MORALE: 2, NOTICES: 5, PROSPECT: 4, ANALYSIS: 4, TECHNIQUE: 4, AWARENESS: 2 }

export type Turn = { state: MeetingState; day: string; unmarked: number; held: readonly MeetingPart[] }
export type TurnFault = 'meeting-closed' | 'so-already' | 'not-begun' | 'not-its-day' | 'attendance-missing' | 'mandatory-part-missing'

/** Why a meeting may not begin or close now, the most fundamental first; null when it may. */
export function faultOfTurn(meeting: Turn, to: 'RUNNING' | 'CLOSED', today: string): TurnFault | null {
  if (meeting.state === 'CLOSED') return 'meeting-closed'
  if (to === 'RUNNING') return meeting.state === 'RUNNING' ? 'so-already' : meeting.day === today ? null : 'not-its-day'
  if (meeting.state !== 'RUNNING') return 'not-begun'
  if (meeting.unmarked > 0) return 'attendance-missing'
  return mandatoryParts.every((part) => meeting.held.includes(part)) ? null : 'mandatory-part-missing'
}

/** What became of an action, from the state of its task; null: the reader is no party of it. Reported counts as done: its owner has done his part. */
export function outcomeOf(task: { state: string; extensions: number } | null): ActionOutcome | null {
  if (task === null) return null
  if (['REPORTED', 'CONFIRMED', 'CLOSED'].includes(task.state)) return 'DONE'
  if (['WITHDRAWN', 'REFUSED'].includes(task.state)) return 'DROPPED'
  return task.extensions > 0 ? 'MOVED' : 'OPEN'
}

/** How a customer is called on the screen that all look at: a person by the surname, a confidential customer not at all. */
export function projectedName(customer: { name: string; kind: string; confidential: boolean }): string {
  if (customer.confidential) return customer.kind === 'PERSON' ? '某个人客户' : '某企业客户'
  return customer.kind === 'PERSON' ? `${[...customer.name][0] ?? ''}*` : customer.name
}
