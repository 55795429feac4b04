import { shiftMonth } from '../../foundation/values/business-date.ts'
import { sumFen, type Fen } from '../../foundation/values/fen.ts'
import type { SchemeBlock } from '../block.contract.ts'
import { fenIn, workOutBlocks, type Flag, type Given, type Step } from '../blocks.rules.ts'
import type { CarryLot, SetOff } from '../points.rules.ts'
import { workOutInParts, type GivenPart } from './post-parts.rules.ts'

/** What a person's period is worked out from, as it is stored with the statement: a later correction works it out again. */
export type BlocksInput = {
  month: string
  given: Given & {
    /** Only of who was transferred inside the period, or held other posts in it: the days in posts of the scheme. With two or more the score is weighted by them (3.3); `indicators` above are those of the last one. */
    parts?: readonly GivenPart[]
    /** Only of who was hired after the begin of a growth that the scheme measures: the day from which it is counted. */
    hired?: string
  }
  /** Differences of closed months, signed fen. */
  corrections: readonly { fen: Fen }[]
  carryIn: readonly CarryLot[]
}
export type BlocksPay = { steps: Step[]; flags: Flag[]; score: string | null; beforeFen: Fen; carryInFen: Fen; payableFen: Fen; carryOutFen: Fen; setOff: SetOff[]; carryOut: CarryLot[]; expired: CarryLot[]; deferred: Fen[] }

/** Indicators that a list of blocks reads, in the order in which they stand first. */
export function indicatorsOf(blocks: readonly SchemeBlock[]): string[] {
  const codes = blocks.flatMap((block) => {
    if (block.kind === 'RATIOS') return block.items.map(({ indicator }) => indicator)
    if (block.kind === 'CORE') return block.tests.map(({ indicator }) => indicator)
    if (block.kind === 'EXCESS') return [...block.items.map(({ indicator }) => indicator), block.profit.indicator]
    return []
  })
  return [...new Set(codes)]
}

/** Items that people mark. */
export const markedItems = (blocks: readonly SchemeBlock[]): { code: string; name: { zh: string; en: string }; weight: string }[] => blocks.flatMap((block) => (block.kind === 'MARKS' ? block.items : []))

/** A person's period by the blocks of the scheme: what is carried in is met first, what is missing is carried on for as many months as the scheme allows. */
export function payOfBlocks(terms: { blocks: readonly SchemeBlock[]; score: string | null; carryMonths: number }, input: BlocksInput): BlocksPay {
  const oldest = shiftMonth(input.month, -terms.carryMonths)
  const live = input.carryIn.filter((lot) => lot.month >= oldest)
  const carryInFen = -sumFen(live.map(({ fen }) => fen))
  const correctionFen = sumFen(input.corrections.map(({ fen }) => fen))
  const values = {
    ...input.given.values, CARRY_IN: { unit: 'FEN' as const, value: carryInFen.toString() }, ...(input.corrections.length === 0 ? {} : { CORRECTION: { unit: 'FEN' as const, value: correctionFen.toString() } }),
  }
  const { parts = [], ...given } = input.given
  const worked = parts.length > 1 && terms.score !== null ? workOutInParts(terms.blocks, terms.score, { ...given, values }, parts) : workOutBlocks(terms.blocks, { ...given, values })
  const payable = terms.blocks.find((block) => block.kind === 'PAYABLE')
  if (payable?.kind !== 'PAYABLE') throw new Error('a scheme without a payable amount')
  const beforeFen = fenIn(worked, payable.of)
  const payableFen = fenIn(worked, payable.code)
  const carryOutFen = worked.values.has(payable.carryOut) ? fenIn(worked, payable.carryOut) : 0n
  if (beforeFen + carryInFen !== payableFen + carryOutFen) throw new Error('what is paid and carried on is not what was earned and carried in')
  const setOff = metBy(live, beforeFen, correctionFen, input.month)
  const carryOut = setOff.filter(({ leftFen }) => leftFen > 0n).map(({ month, cause, leftFen }) => ({ month, cause, fen: leftFen }))
  if (sumFen(carryOut.map(({ fen }) => fen)) !== -carryOutFen) throw new Error('what is carried on is not what is missing')
  const tranches = terms.blocks.flatMap((block) => (block.kind === 'DEFER' ? Array.from({ length: block.tranches }, (_, place) => `${block.code}.${place + 1}`) : []))
  return {
    steps: worked.steps, flags: worked.flags, score: terms.score === null ? null : worked.values.get(terms.score)?.text ?? null, beforeFen, carryInFen, payableFen, carryOutFen, setOff, carryOut,
    expired: input.carryIn.filter((lot) => lot.month < oldest), deferred: tranches.filter((code) => worked.values.has(code)).map((code) => fenIn(worked, code)),
  }
}

/** Lots in the order in which the month meets them: the oldest first, then what the month itself lacks (only a correction makes it negative). */
function metBy(live: readonly CarryLot[], beforeFen: Fen, correctionFen: Fen, month: string): SetOff[] {
  const claims = [...live].sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0))
  let left = beforeFen > 0n ? beforeFen : 0n
  const met = claims.map((claim): SetOff => {
    const takenFen = claim.fen < left ? claim.fen : left
    left -= takenFen
    return { ...claim, takenFen, leftFen: claim.fen - takenFen }
  })
  if (beforeFen >= 0n) return met
  const cause = correctionFen < 0n ? 'CORRECTION' as const : 'INSPECTION' as const
  return [...met, { month, cause, fen: -beforeFen, takenFen: 0n, leftFen: -beforeFen }]
}
