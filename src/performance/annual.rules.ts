import { Exact, clamp, decimalText, exact, fenOf, roundHalfUp, yuanOf } from '../foundation/values/decimal.ts'
import type { Fen } from '../foundation/values/fen.ts'
import { quotientOf } from './blocks.rules.ts'

/** Marks with weights, each part round(mark × weight ÷ 100). A part without data is left out and the others are scaled to all weights (3.6, service quality; 2.8). */
export function weightedMarks(marks: readonly (string | null)[], weights: readonly string[]): { parts: (string | null)[]; score: string | null } {
  if (marks.length !== weights.length) throw new Error('each mark has its weight')
  const parts = marks.map((mark, place) => (mark === null ? null : roundHalfUp(exact(mark).times(exact(weights[place] ?? '0')).div(100), 2)))
  const sum = (list: readonly (Exact | null)[]): Exact => list.reduce<Exact>((total, one) => (one === null ? total : total.plus(one)), new Exact(0))
  const whole = sum(weights.map((weight) => exact(weight)))
  const present = sum(weights.map((weight, place) => (marks[place] === null ? null : exact(weight))))
  if (present.isZero()) return { parts: parts.map(() => null), score: null }
  return { parts: parts.map((part) => (part === null ? null : decimalText(part, 2))), score: decimalText(sum(parts).times(whole).div(present), 2) }
}

/** part ÷ whole in percent with 2 decimals; null without a whole. */
export function percentage(part: number, whole: number): string | null {
  return whole <= 0 ? null : decimalText(new Exact(part).times(100).div(whole), 2)
}

/** The mean with 2 decimals; null of nothing. */
export function meanOf(values: readonly number[]): string | null {
  return values.length === 0 ? null : decimalText(values.reduce((sum, value) => sum.plus(value), new Exact(0)).div(values.length), 2)
}

/** Several years, the oldest first: weighted by the bank's weights, and the simple mean. */
export function overYears(amounts: readonly Fen[], weights: readonly string[]): { weightedFen: Fen; meanFen: Fen } | null {
  if (amounts.length === 0 || amounts.length !== weights.length) return null
  const yuan = amounts.map(yuanOf)
  const weighted = yuan.reduce((sum, amount, place) => sum.plus(amount.times(exact(weights[place] ?? '0'))), new Exact(0))
  return { weightedFen: fenOf(weighted), meanFen: fenOf(yuan.reduce((sum, amount) => sum.plus(amount), new Exact(0)).div(amounts.length)) }
}

/** What was lost of the loans originated in each year; they stay with their originator. */
export function vintageLoss(years: readonly { year: number; originatedFen: Fen; lostFen: Fen }[]): { perYear: { year: number; lossPct: string | null }[]; lossPct: string | null } {
  const pct = (lost: Fen, originated: Fen, places: number): string | null => (originated <= 0n ? null : decimalText(exact(lost).times(100).div(exact(originated)), places))
  const sum = (pick: (one: { originatedFen: Fen; lostFen: Fen }) => Fen): Fen => years.reduce((total, one) => total + pick(one), 0n)
  return { perYear: years.map(({ year, originatedFen, lostFen }) => ({ year, lossPct: pct(lostFen, originatedFen, 2) })), lossPct: pct(sum((one) => one.lostFen), sum((one) => one.originatedFen), 4) }
}

export type Improvement = { change: string | null; points: string; why: 'no-earlier-period' | 'not-comparable' | null }
/** Task performance change (岗位任务绩效的提高情况): clamp(change, −10, 10) × 0.5; without a comparable earlier period 0 and a note. */
export function improvementOf(now: string, last: string | null, changedJob = false): Improvement {
  if (changedJob) return { change: null, points: '0.00', why: 'not-comparable' }
  if (last === null) return { change: null, points: '0.00', why: 'no-earlier-period' }
  const change = exact(now).minus(exact(last))
  return { change: decimalText(change, 2), points: decimalText(clamp(change, new Exact(-10), new Exact(10)).times('0.5'), 2), why: null }
}

export type PlanItem = { code: string; weight: string; direction: 'UP' | 'DOWN'; target: string | null; actual: string | null }
export type PlanItemScore = { code: string; ratio: string | null; score: string | null; why: 'no-data' | 'target-not-positive' | null }
/** Completion of a plan's targets by the rule of 3.3: round(clamp(actual ÷ target, 0, 1.5) × weight); what cannot be measured is left out, and the rest is told of 100. */
export function planScore(items: readonly PlanItem[]): { items: PlanItemScore[]; score: string | null } {
  let [sum, weights] = [new Exact(0), new Exact(0)]
  const scored = items.map((item): PlanItemScore => {
    const found = quotientOf(item.direction, item)
    if (found.quotient === null) return { code: item.code, ratio: null, score: null, why: found.why }
    const ratio = clamp(found.quotient, new Exact(0), new Exact('1.5'))
    const score = roundHalfUp(ratio.times(exact(item.weight)), 2)
    sum = sum.plus(score)
    weights = weights.plus(exact(item.weight))
    return { code: item.code, ratio: decimalText(ratio, 4), score: decimalText(score, 2), why: null }
  })
  return { items: scored, score: weights.isZero() ? null : decimalText(sum.times(100).div(weights), 2) }
}

export type AnnualTerms = { task: string; competency: string; management: string }
export const annualTerms: AnnualTerms = { task: '60', competency: '20', management: '20' }
export type Annual = { task: string | null; competency: string | null; management: string | null; improvement: Improvement; parts: (string | null)[]; score: string | null }
/** Three parts of the year: task score, change of competency, management targets with the points of the improvement added. */
export function annualView(terms: AnnualTerms, given: { task: string | null; competency: string | null; management: string | null; improvement: Improvement }): Annual {
  const management = given.management === null ? null : decimalText(exact(given.management).plus(exact(given.improvement.points)), 2)
  const { parts, score } = weightedMarks([given.task, given.competency, management], [terms.task, terms.competency, terms.management])
  return { ...given, management, parts, score }
}

export type Progress = { completionPct: string; timeProgressPct: string; ratio: string; light: 'GREEN' | 'YELLOW' | 'RED'; missingToProgressFen: Fen; missingToFullFen: Fen; neededPerMonthFen: Fen | null; soFarPerMonthFen: Fen }
/** An indicator against its target at the end of a month of the year (12.4 W6); null for a target that does not divide. The light compares the exact quotient. */
export function progressOf(targetFen: Fen, actualFen: Fen, month: number, yellow = '0.80'): Progress | null {
  if (targetFen <= 0n || month < 1 || month > 12) return null
  const [target, actual] = [exact(targetFen), exact(actualFen)]
  const ratio = actual.times(12).div(target.times(month))
  const left = 12 - month
  const missing = (amount: Exact): Fen => { const whole = BigInt(roundHalfUp(amount, 0).toFixed(0)); return whole > 0n ? whole : 0n }
  const missingToFullFen = missing(target.minus(actual))
  return {
    completionPct: decimalText(actual.times(100).div(target), 2), timeProgressPct: decimalText(new Exact(month).times(100).div(12), 2), ratio: decimalText(ratio, 4), light: lightOf(ratio, yellow),
    missingToProgressFen: missing(target.times(month).div(12).minus(actual)), missingToFullFen, neededPerMonthFen: left === 0 ? null : BigInt(roundHalfUp(exact(missingToFullFen).div(left), 0).toFixed(0)),
    soFarPerMonthFen: BigInt(roundHalfUp(actual.div(month), 0).toFixed(0)),
  }
}
export function lightOf(ratio: Exact, yellow = '0.80'): Progress['light'] {
  return ratio.gte(1) ? 'GREEN' : ratio.gte(exact(yellow)) ? 'YELLOW' : 'RED'
}
