import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'

export const planStates = ['DRAFT', 'NEGOTIATED', 'CONFIRMED', 'RUNNING', 'SCORED', 'APPEAL_WINDOW', 'FINAL', 'PAID', 'WITHDRAWN'] as const
export type PlanState = (typeof planStates)[number]
/** What people do to a plan; the rest comes with the day. */
export const planActs = ['DRAFT', 'PROPOSE', 'ASK_OTHER', 'ANSWER', 'AGREE', 'TRANSFER', 'PAY', 'WITHDRAW'] as const
export type PlanAct = (typeof planActs)[number]

/** Which side a person takes: HOLDER is appraised (or heads the unit), OWNER proposes: who leads the line above, or the performance office. */
export type Side = 'HOLDER' | 'OWNER' | null
export type PlanNow = { state: PlanState; side: Side; /** Which side agreed to the targets as they are. */ agreed: 'HOLDER' | 'OWNER' | null; person: boolean; transferred: boolean }

const byOwner: readonly PlanAct[] = ['DRAFT', 'PROPOSE', 'ANSWER', 'TRANSFER', 'PAY', 'WITHDRAW']
const states: Readonly<Record<PlanAct, readonly PlanState[]>> = {
  DRAFT: ['DRAFT'], PROPOSE: ['DRAFT'], ASK_OTHER: ['NEGOTIATED'], ANSWER: ['NEGOTIATED'], AGREE: ['NEGOTIATED'], TRANSFER: ['CONFIRMED', 'RUNNING'], PAY: ['FINAL'], WITHDRAW: ['DRAFT', 'NEGOTIATED'],
}

/** Whether an act is possible now, the most fundamental reason against it first. Agreement of the second side locks. */
export function stepOf(now: PlanNow, act: PlanAct): Outcome<{ kind: PlanAct | 'LOCK'; state: PlanState }> {
  if (now.side === null) return refuse('not-your-plan')
  // a locked plan changes for nobody: said before whose turn it is
  if (!states[act].includes(now.state)) return refuse(now.state === 'DRAFT' ? 'plan-not-proposed' : now.state === 'NEGOTIATED' ? 'plan-negotiated' : now.state === 'WITHDRAWN' ? 'plan-withdrawn' : 'plan-locked')
  if (byOwner.includes(act) && now.side !== 'OWNER') return refuse('owner-acts')
  if (act === 'ASK_OTHER' && now.side !== 'HOLDER') return refuse('holder-acts')
  if (act === 'TRANSFER' && !now.person) return refuse('unit-has-no-transfer')
  if (act === 'TRANSFER' && now.transferred) return refuse('transferred-already')
  if (act === 'AGREE' && now.agreed === now.side) return refuse('agreed-already')
  if (act === 'AGREE') return ok(now.agreed === null ? { kind: 'AGREE', state: 'NEGOTIATED' } : { kind: 'LOCK', state: 'CONFIRMED' })
  return ok({ kind: act, state: act === 'PROPOSE' ? 'NEGOTIATED' : act === 'PAY' ? 'PAID' : act === 'WITHDRAW' ? 'WITHDRAWN' : now.state })
}
