import { exact, fenOf, yuanOf } from '../../foundation/values/decimal.ts'
import type { Fen } from '../../foundation/values/fen.ts'

/** Part of a deduction that a basically diligent person gets back (domain specification 5.15). */
export const basicRelief = '0.50'
export type Relief = '1.00' | typeof basicRelief

const half = (fen: Fen): Fen => fenOf(yuanOf(fen).times(exact(basicRelief)))

/**
 * What a decision about one loan gives back of a deduction that several loans took together (decision 0056). `all`: what the loan took beside all that is exempted, however far; `full`: beside what is exempted in full. The half that every
 * exemption gives back counts with the first, the half that only a full one does with the second: so the sum does not depend on which decision came first, a later and lower relief takes nothing back, and all together never give back
 * more than was deducted.
 */
export function backOf(relief: Relief, { all, full }: { all: Fen; full: Fen }): Fen {
  return relief === basicRelief ? half(all) : half(all) + full - half(full)
}

/** Parts of what is given back within what is left of the deduction: rounding of halves may not give a fen more than was taken. The last parts are shortened. */
export function within(left: Fen, parts: readonly Fen[]): Fen[] {
  let over = parts.reduce((sum, part) => sum + part, 0n) - left
  return [...parts].reverse().map((part) => {
    const off = over <= 0n || part <= 0n ? 0n : over < part ? over : part
    over -= off
    return part - off
  }).reverse()
}

export type Diligence = 'DILIGENT' | 'BASICALLY_DILIGENT' | 'NOT_DILIGENT'
/** What the scorecard of due diligence concludes (5.15), from its total and the mark of its worst stage, both of 100: 85 with no stage below 75, 70 with no stage below 60. */
export function diligenceOf(total: string, worst: string): Diligence {
  const [all, least] = [exact(total), exact(worst)]
  if (all.gte(85) && least.gte(75)) return 'DILIGENT'
  return all.gte(70) && least.gte(60) ? 'BASICALLY_DILIGENT' : 'NOT_DILIGENT'
}
/** Chinese and English. */
export const diligenceWords: Readonly<Record<Diligence, readonly [zh: string, en: string]>> = { DILIGENT: ['尽职', 'diligent'], BASICALLY_DILIGENT: ['基本尽职', 'basically diligent'], NOT_DILIGENT: ['不尽职', 'not diligent'] }
