import type { Fen } from '../../foundation/values/fen.ts'
import { guardedDeduction, type ClaimState, type TrancheState } from '../claw-back.rules.ts'

/** What is known of a tranche of a closed month: what was forfeited and released of it by decided cases. */
export type TrancheFacts = { fen: Fen; forfeitedFen: Fen; releasedFen: Fen }

/** HELD until it is released; REDUCED while a part of it was forfeited and the rest is still held. What is left of a tranche and nothing to hold is FORFEITED. */
export function trancheState({ fen, forfeitedFen, releasedFen }: TrancheFacts): Exclude<TrancheState, 'ACCRUED'> {
  if (releasedFen > 0n) return 'RELEASED'
  if (forfeitedFen >= fen) return 'FORFEITED'
  return forfeitedFen > 0n ? 'REDUCED' : 'HELD'
}
export const heldOf = ({ fen, forfeitedFen, releasedFen }: TrancheFacts): Fen => fen - forfeitedFen - releasedFen

/** What is known of a claim: heard, decided, taken by months, waived, repaid. */
export type ClaimFacts = { answer: boolean | null; end: 'CONFIRMED' | 'RETURNED' | null; claimFen: Fen; takenFen: Fen; waivedFen: Fen; repaidFen: Fen }
export const leftOf = ({ claimFen, takenFen, waivedFen, repaidFen }: Pick<ClaimFacts, 'claimFen' | 'takenFen' | 'waivedFen' | 'repaidFen'>): Fen => claimFen - takenFen - waivedFen - repaidFen

/** OPEN until it is decided, DISPUTED when the person objects meanwhile; AGREED by the second person, WAIVED when he returns it or the rest was waived; RECOVERED when nothing is left. */
export function claimState(claim: ClaimFacts): ClaimState {
  if (claim.end === null) return claim.answer === false ? 'DISPUTED' : 'OPEN'
  if (claim.end === 'RETURNED') return 'WAIVED'
  if (leftOf(claim) > 0n) return 'AGREED'
  return claim.waivedFen > 0n ? 'WAIVED' : 'RECOVERED'
}

/** A claim that a month may take from, the oldest decision first. `monthlyFen`: what payroll's guard lets a month take of the whole wage, where payroll has said it. */
export type OpenClaim = { caseId: string; leftFen: Fen; monthlyFen: Fen | null }
export type Taken = { caseId: string; leftFen: Fen; takenFen: Fen }

/**
 * What a month's performance pay gives for claims, in their order. Without payroll's word at most a fifth of the month's performance pay for all of them (工资支付暂行规定 art. 16 allows a fifth of the whole wage, of which this
 * is a part); never more than the month pays, so that nothing is carried on.
 */
export function takeOfMonth(payableFen: Fen, claims: readonly OpenClaim[]): Taken[] {
  let [left, fifth] = [payableFen > 0n ? payableFen : 0n, guardedDeduction(payableFen, payableFen > 0n ? payableFen : 0n, 0n).deductFen]
  return claims.map(({ caseId, leftFen, monthlyFen }): Taken => {
    const most = monthlyFen ?? (fifth > 0n ? fifth : 0n)
    const takenFen = [leftFen, most, left].reduce((least, one) => (one < least ? one : least))
    left -= takenFen
    if (monthlyFen === null) fifth -= takenFen
    return { caseId, leftFen, takenFen }
  })
}
