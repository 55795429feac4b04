import { decimalText, exact, fenOf, yuanOf } from '../foundation/values/decimal.ts'
import { sumFen, type Fen } from '../foundation/values/fen.ts'

/** Deferred pay of a period: what was paid at once and its tranches (domain specification 3.0 and 3.3). */
export type TrancheState = 'ACCRUED' | 'HELD' | 'RELEASED' | 'REDUCED' | 'FORFEITED'
export type Tranche = { due: string; fen: Fen; state: TrancheState }
export type ReducedTranche = Tranche & { forfeitedFen: Fen }
export type ClawBack = { tranches: ReducedTranche[]; forfeitedFen: Fen; paidFen: Fen; claimFen: Fen }

const isOpen = (tranche: Tranche): boolean => tranche.state === 'ACCRUED' || tranche.state === 'HELD'

/**
 * An accountability decision takes its ratio from the held and from the paid amount, each on its own; held tranches are reduced first, the earliest due first.
 * What was paid already for the same period (at once and in released tranches) becomes a claim. Leaving or retiring does not end it.
 */
export function clawBack(paidNowFen: Fen, tranches: readonly Tranche[], ratio: string): ClawBack {
  const share = exact(ratio)
  if (share.lt(0) || share.gt(1)) throw new Error('a ratio lies between 0 and 1')
  const open = [...tranches].filter(isOpen).sort((a, b) => (a.due < b.due ? -1 : 1))
  const forfeitedFen = fenOf(yuanOf(sumFen(open.map(({ fen }) => fen))).times(share))
  const paidFen = paidNowFen + sumFen(tranches.filter(({ state }) => state === 'RELEASED').map(({ fen }) => fen))
  let left = forfeitedFen
  const taken = new Map<Tranche, Fen>()
  for (const tranche of open) {
    const part = tranche.fen < left ? tranche.fen : left
    taken.set(tranche, part)
    left -= part
  }
  const reduced = tranches.map((tranche): ReducedTranche => {
    const lost = taken.get(tranche) ?? 0n
    return { ...tranche, forfeitedFen: lost, state: lost === 0n ? tranche.state : lost === tranche.fen ? 'FORFEITED' : 'REDUCED' }
  })
  return { tranches: reduced, forfeitedFen, paidFen, claimFen: fenOf(yuanOf(paidFen).times(share)) }
}

/** States of a claim on what was paid; every step needs HR, compliance and that the person was heard. */
export type ClaimState = 'OPEN' | 'AGREED' | 'RECOVERED' | 'DISPUTED' | 'WAIVED'
const claimSteps: Readonly<Record<ClaimState, readonly ClaimState[]>> = { OPEN: ['AGREED', 'DISPUTED', 'WAIVED'], DISPUTED: ['AGREED', 'WAIVED'], AGREED: ['RECOVERED', 'DISPUTED'], RECOVERED: [], WAIVED: [] }
export const mayClaimBecome = (from: ClaimState, to: ClaimState): boolean => claimSteps[from].includes(to)

/** Statutory guard (工资支付暂行规定 art. 16): at most 20 % of the month's wage, and what is left not below the local minimum. Payroll applies it; the system hands over what is asked. */
export function guardedDeduction(requestedFen: Fen, wageFen: Fen, minimumWageFen: Fen): { deductFen: Fen; leftOverFen: Fen } {
  const fifth = wageFen / 5n
  const aboveMinimum = wageFen > minimumWageFen ? wageFen - minimumWageFen : 0n
  const most = fifth < aboveMinimum ? fifth : aboveMinimum
  const deductFen = requestedFen < most ? requestedFen : most
  return { deductFen, leftOverFen: requestedFen - deductFen }
}

/** A deduction with its cause. Positive points and money: what was taken. */
export type Deduction = { id: string; cause: string; month: string; points: string; fen: Fen; kind: 'CONSEQUENCE_OF_LOSS' | 'OWN_FAULT'; /** What a part of relief gives back, where that is not the part of the whole: others that took it too are exempted otherwise. */ basicFen?: Fen }
export type Exemption = { cause: string; decidedOn: string; conclusion: 'DILIGENT' | 'BASICALLY_DILIGENT' | 'NOT_DILIGENT'; relief?: string }
export type Reversal = { of: string; month: string; settledIn: string; points: string; fen: Fen }

/**
 * An exemption decision (尽职免责) gives back what is a consequence of the loss it names and leaves what is an own fault. The old month is worked out again for the record,
 * the money is paid in the month of the decision; nothing closed is edited.
 */
export function reverseDeductions(deductions: readonly Deduction[], decision: Exemption): { reversals: Reversal[]; kept: string[]; refundFen: Fen; pointsRestored: string } {
  const share = decision.conclusion === 'DILIGENT' ? exact('1') : decision.conclusion === 'BASICALLY_DILIGENT' ? exact(decision.relief ?? '0') : exact('0')
  const touched = deductions.filter(({ cause }) => cause === decision.cause)
  const reversals = touched.filter(({ kind }) => kind === 'CONSEQUENCE_OF_LOSS' && share.gt(0)).map((one): Reversal => ({
    of: one.id, month: one.month, settledIn: decision.decidedOn.slice(0, 7), points: decimalText(exact(one.points).times(share), 2), fen: share.lt(1) && one.basicFen !== undefined ? one.basicFen : fenOf(yuanOf(one.fen).times(share)),
  }))
  const reversed = new Set(reversals.map(({ of }) => of))
  return {
    reversals, kept: touched.filter(({ id }) => !reversed.has(id)).map(({ id }) => id), refundFen: sumFen(reversals.map(({ fen }) => fen)),
    pointsRestored: decimalText(reversals.reduce((sum, one) => sum.plus(exact(one.points)), exact('0')), 2),
  }
}
