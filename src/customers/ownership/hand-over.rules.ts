import { refuse, type Outcome, ok } from '../../foundation/values/outcome.ts'

export const handOverStates = ['OPENED', 'LISTED', 'SAMPLED', 'SIGNED_BY_LEAVER', 'SIGNED_BY_RECEIVER', 'SIGNED_BY_SUPERVISOR', 'EFFECTIVE', 'FOLLOW_UP', 'CLOSED'] as const
export type HandOverState = (typeof handOverStates)[number] | 'WITHDRAWN'
export type Side = 'LEAVER' | 'RECEIVER' | 'SUPERVISOR'

/** What is known of a hand-over before it takes effect. Signatures are those of the present version of the list: an older one counts for nothing. */
export type HandOverFacts = {
  /** The leaver said that the list is complete. */
  listed: boolean
  /** Customers that must be checked and are not. */
  unsampled: number
  leaverSigned: boolean
  /** Receivers who have a customer of the list, and how many of them signed. */
  receivers: number
  receiversSigned: number
  supervisorSigned: boolean
}

/** The state follows from the facts, so that a list that changes after a signature falls back by itself (8.3). */
export function stateOf(facts: HandOverFacts): HandOverState {
  if (!facts.listed) return 'OPENED'
  if (facts.unsampled > 0) return 'LISTED'
  if (!facts.leaverSigned) return 'SAMPLED'
  if (facts.receivers === 0 || facts.receiversSigned < facts.receivers) return 'SIGNED_BY_LEAVER'
  return facts.supervisorSigned ? 'SIGNED_BY_SUPERVISOR' : 'SIGNED_BY_RECEIVER'
}

/** Before the shares change the list may still be mended. */
export function isOpen(state: HandOverState): boolean {
  return ['OPENED', 'LISTED', 'SAMPLED', 'SIGNED_BY_LEAVER', 'SIGNED_BY_RECEIVER', 'SIGNED_BY_SUPERVISOR'].includes(state)
}

export type Signing = {
  state: HandOverState
  /** The side of who signs; null: he is none of the three. */
  side: Side | null
  signedAlready: boolean
  /** A receiver without a customer on the list signs nothing. */
  receives: boolean
  /** Of the leaver: nothing of the customers kept, drafts sent. */
  declared: boolean
  listVersion: number
  presentVersion: number
  effectiveOn: string
  today: string
}

/** May this person sign now? Leaver, then every receiver, then the supervisor; all on the same version of the list; the last before the day on which it takes effect. */
export function judgeSigning(given: Signing): Outcome<null> {
  if (given.side === null) return refuse('not-a-party')
  if (!isOpen(given.state)) return refuse('hand-over-ended')
  if (given.listVersion !== given.presentVersion) return refuse('list-changed', { details: { version: String(given.presentVersion) } })
  if (given.signedAlready) return refuse('signed-already')
  if (given.state === 'OPENED') return refuse('not-listed')
  if (given.state === 'LISTED') return refuse('samples-missing')
  if (given.effectiveOn <= given.today) return refuse('effective-day-passed', { details: { day: given.effectiveOn } })
  if (given.side === 'LEAVER') return given.declared ? ok(null) : refuse('not-declared', { field: 'declared' })
  if (given.state === 'SAMPLED') return refuse('leaver-first')
  if (given.side === 'RECEIVER') return given.receives ? ok(null) : refuse('receives-nothing')
  return given.state === 'SIGNED_BY_RECEIVER' ? ok(null) : refuse('receivers-first')
}
