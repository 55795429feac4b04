import { z } from 'zod'
import { dayText, decimalText } from '../foundation/values/api-values.ts'

/** Units of a value that a scheme names. FEN: whole fen; PRICE: yuan that are a parameter; SCORE and POINTS have two decimals, a COEFFICIENT four. */
export const units = ['FEN', 'POINTS', 'COEFFICIENT', 'PRICE', 'SCORE', 'NUMBER'] as const
export type Unit = (typeof units)[number]

const code = z.string().regex(/^[A-Z][A-Z0-9_]{0,30}$/)
const name = z.strictObject({ zh: z.string().min(1).max(60), en: z.string().min(1).max(80) })
const positive = (decimals: number) => decimalText(decimals).refine((text) => !text.startsWith('-'))
const share = positive(4).refine((text) => Number(text) <= 1)
const block = <K extends string, S extends z.core.$ZodLooseShape>(kind: K, shape: S) => z.strictObject({ kind: z.literal(kind), code, name: name.optional(), ...shape })

/** An operand: an earlier value (of which at most so much counts, or as a percentage), or a constant of the scheme. */
const factor = z.union([
  z.strictObject({ of: code, most: positive(4).optional(), percent: z.literal(true).optional() }),
  z.strictObject({ constant: decimalText(4), unit: z.enum(units) }),
])
/** Lowest value of a band and what it gives, the highest band first; below the last band its value holds too. */
const bands = z.array(z.strictObject({ from: decimalText(4), value: decimalText(4) })).min(1)
  .refine((list) => list.every((band, place) => place === 0 || Number(band.from) < Number(list[place - 1]?.from)), { error: 'bands go from high to low' })

const ratioItem = z.strictObject({
  code, name, indicator: code, part: code.optional(), weight: positive(2), direction: z.enum(['UP', 'DOWN']),
  /** For an indicator whose target cannot divide: the score by the actual value. */
  steps: bands.optional(),
})
const coreTest = z.strictObject({ indicator: code, name, measure: z.enum(['COMPLETION', 'VALUE']), side: z.enum(['LEAST', 'MOST']), limit: decimalText(4) })
const excessItem = z.strictObject({ code, name, indicator: code, rate: positive(8) })
const phases = z.array(z.strictObject({ from: dayText, value: share })).min(1)

/**
 * The blocks that schemes are built from. A scheme is a list of them: the order of the list is the order of the operations, and each names what it rounds.
 * A block reads what was handed in and what stands before it, never what comes after it.
 */
export const schemeBlock = z.discriminatedUnion('kind', [
  /** Sum of the points of all lines. */
  block('POINTS_SUM', {}),
  /** Product of its factors, rounded to its unit. `whenGiven`: left out for whom the value is not handed in. */
  block('PRODUCT', { unit: z.enum(units), factors: z.array(factor).min(1), whenGiven: code.optional() }),
  /** Sum or difference of values. */
  block('SUM', { unit: z.enum(units), parts: z.array(z.strictObject({ of: code, minus: z.literal(true).optional(), leaveOut: z.enum(['ABSENT', 'ZERO']).optional() })).min(1) }),
  /** A part of an amount follows a factor: fixed + linked × factor. Nothing is linked without the factor, or on a negative amount unless the scheme says so. */
  block('LINK', { of: code, weight: share, factor: code, onNegative: z.boolean(), fixed: code, base: code, linked: code }),
  /** An amount times a coefficient; a negative amount stays as it is. */
  block('FACTOR', { of: code, factor: code }),
  /** The coefficient of the band in which a value lies. */
  block('BANDS', { of: code, bands }),
  /**
   * Scores of indicators against their targets. PERCENT: score = round(clamp(actual ÷ target × 100)), weighted = round(score × weight ÷ 100).
   * RATIO: score = round(clamp(actual ÷ target) × weight). DOWN turns the quotient to 2 − actual ÷ target. The weight of what cannot be measured goes to the others of its part.
   */
  block('RATIOS', { mode: z.enum(['PERCENT', 'RATIO']), floor: positive(4), cap: positive(4), parts: z.array(z.strictObject({ code, name })).optional(), items: z.array(ratioItem).min(1) }),
  /** Marks of people: Σ round(weight × mark ÷ 100). */
  block('MARKS', { items: z.array(z.strictObject({ code, name, weight: positive(2) })).min(1) }),
  /** A value that changes by date: the last one that began before or on the period's first day. */
  block('PHASE', { phases }),
  /** round((1 − w) × first) + round(w × second). */
  block('BLEND', { first: code, second: code, weight: code }),
  /** start − step for each core indicator missed, not below floor; a RED event gives 0. */
  block('CORE', { start: positive(4), step: positive(4), floor: positive(4), tests: z.array(coreTest) }),
  /** Pay for what is above target, without a cap, at the rate of the grade (上不封顶). */
  block('EXCESS', {
    mode: z.enum(['BLENDED', 'PROFIT_ONLY']), weight: code, core: code, items: z.array(excessItem), gradeFactors: z.record(z.string(), positive(4)),
    profit: z.strictObject({ code, name, indicator: code, rates: z.record(z.string(), positive(8)) }),
  }),
  /** Compliance gate (一票否决): RED caps the value, AMBER multiplies it. */
  block('GATE', { unit: z.enum(units), of: code, redCap: positive(4), amberFactor: share.nullable() }),
  /** (1 − weight) × own + weight × team. */
  block('TEAM', { unit: z.enum(units), own: code, team: code, weight: share }),
  /** Never below 0: the rest is carried on. */
  block('PAYABLE', { of: code, carryOut: code }),
  /** Part of an amount that is paid later in equal parts, for the posts that the bank lists. */
  block('DEFER', { of: code, ratio: share, tranches: z.number().int().min(1).max(10), posts: z.array(z.string()), paidNow: code }),
])
export type SchemeBlock = z.output<typeof schemeBlock>
export type BlockKind = SchemeBlock['kind']
