import { Exact, clamp, decimalText, exact, fenOf, yuanOf } from '../foundation/values/decimal.ts'
import { splitFen, sumFen, type Fen } from '../foundation/values/fen.ts'
import { weightedMarks } from './annual.rules.ts'

/** Second line, support departments and the back offices of outlets (domain specification 3.5, scheme d). */
export type SupportTerms = {
  poolRatio: string
  /** Weights of the four marks; they sum to 100. */
  weights: { answerOnTime: string; rightFirstTime: string; disputes: string; frontLineRating: string }
  /** A lower score takes no part. */
  leastScore: string
  /** The share of a department without data is held, worked out with this score. */
  heldScore: string
}
export const supportTerms: SupportTerms = { poolRatio: '0.08', weights: { answerOnTime: '40', rightFirstTime: '30', disputes: '10', frontLineRating: '20' }, leastScore: '60', heldScore: '80.00' }

export type Marks = { answerOnTime: string; rightFirstTime: string; disputes: string; frontLineRating: string }
/** `marks` null: no data for the month. `riskControl`: review, approval, compliance, risk, audit; never paid from what they check. */
export type Department = { code: string; marks: Marks | null; staffWeight: string; riskControl: boolean }
export type DepartmentPay = { code: string; parts: string[] | null; score: string | null; weight: string; payFen: Fen; heldFen: Fen; why: 'below-least-score' | 'held-without-data' | 'risk-control' | null }
export type SupportPay = { frontLineFen: Fen; poolFen: Fen; departments: DepartmentPay[]; paidFen: Fen; heldFen: Fen; /** Of a pool of which nobody has a weight. */ unpaidFen: Fen }

const order = ['answerOnTime', 'rightFirstTime', 'disputes', 'frontLineRating'] as const

/** Σ round(mark × weight ÷ 100), each part rounded. */
export function scoreOfDepartment(terms: SupportTerms, marks: Marks): { parts: string[]; score: string } {
  const { parts, score } = weightedMarks(order.map((part) => marks[part]), order.map((part) => terms.weights[part]))
  return { parts: parts.map((part) => part ?? '0.00'), score: score ?? '0.00' }
}

/** 100 − 20 for each dispute lost, not below 0; 100 × (1 − files returned ÷ files handled). Without files there is no mark. */
export const markOfDisputes = (lost: number): string => String(Math.max(0, 100 - 20 * lost))
export function markOfFiles(handled: number, returned: number): string | null {
  return handled <= 0 ? null : decimalText(new Exact(handled - returned).times(100).div(handled), 2)
}

/**
 * The pool of a month and the share of each department. Front line pay is what was settled (never negative, supervisors' pay left out by the caller).
 * Shares by largest remainder over score × staff weight, departments in the order of their codes; the share of one without data is held and never given to the others.
 */
export function supportPool(terms: SupportTerms, frontLineFen: readonly Fen[], departments: readonly Department[]): SupportPay {
  if (frontLineFen.some((amount) => amount < 0n)) throw new Error('what was settled is never negative')
  const total = sumFen(frontLineFen)
  const poolFen = fenOf(yuanOf(total).times(exact(terms.poolRatio)))
  const sorted = [...departments].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
  const scored = sorted.map((department) => {
    if (department.riskControl) return { department, parts: null, score: null, weight: new Exact(0), why: 'risk-control' as const }
    if (department.marks === null) return { department, parts: null, score: null, weight: exact(terms.heldScore).times(exact(department.staffWeight)), why: 'held-without-data' as const }
    const { parts, score } = scoreOfDepartment(terms, department.marks)
    const takesPart = exact(score).gte(exact(terms.leastScore))
    return { department, parts, score, weight: takesPart ? exact(score).times(exact(department.staffWeight)) : new Exact(0), why: takesPart ? null : 'below-least-score' as const }
  })
  const anybody = scored.some(({ weight }) => weight.gt(0))
  const shares = anybody ? splitFen(poolFen, scored.map(({ weight }) => weight.toFixed())) : scored.map(() => 0n)
  const found = scored.map(({ department, parts, score, weight, why }, place): DepartmentPay => {
    const share = shares[place] ?? 0n
    const held = why === 'held-without-data'
    return { code: department.code, parts, score, weight: decimalText(weight, 4), payFen: held ? 0n : share, heldFen: held ? share : 0n, why }
  })
  const [paidFen, heldFen] = [sumFen(found.map(({ payFen }) => payFen)), sumFen(found.map(({ heldFen: held }) => held))]
  return { frontLineFen: total, poolFen, departments: found, paidFen, heldFen, unpaidFen: poolFen - paidFen - heldFen }
}

export type Member = { person: string; gradeFactor: string; mark: string; daysInPost: number; events?: readonly ('RED' | 'AMBER')[] }
export type MemberPay = { person: string; weight: string; shareFen: Fen; payFen: Fen; why: 'red-event' | 'amber-event' | null }

/** A department's amount among its people: grade factor × own mark × days in post ÷ days of the month. What a gate takes from one stays in the bank. */
export function shareAmongMembers(amountFen: Fen, daysInMonth: number, members: readonly Member[], amberFactor = '0.80'): MemberPay[] {
  const weights = members.map(({ gradeFactor, mark, daysInPost }) => exact(gradeFactor).times(exact(mark)).times(daysInPost))
  if (!weights.some((weight) => weight.gt(0))) return members.map(({ person }) => ({ person, weight: '0.0000', shareFen: 0n, payFen: 0n, why: null }))
  // the days of the month divide every weight alike: they are left out of the split and told in the weight
  const shares = splitFen(amountFen, weights.map((weight) => weight.toFixed()))
  return members.map(({ person, events = [] }, place) => {
    const shareFen = shares[place] ?? 0n
    const weight = decimalText((weights[place] ?? new Exact(0)).div(daysInMonth), 4)
    if (events.includes('RED')) return { person, weight, shareFen, payFen: 0n, why: 'red-event' }
    if (events.includes('AMBER')) return { person, weight, shareFen, payFen: fenOf(yuanOf(shareFen).times(exact(amberFactor))), why: 'amber-event' }
    return { person, weight, shareFen, payFen: shareFen, why: null }
  })
}

/** Posts that review the business: round(base × clamp(score ÷ 100, 0, 1.2)) by the quality of their own work, from head office's budget. */
export function controlPay(baseFen: Fen, score: string): Fen {
  return fenOf(yuanOf(baseFen).times(clamp(exact(score).div(100), new Exact(0), new Exact('1.2'))))
}
