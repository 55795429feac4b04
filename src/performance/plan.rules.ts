import { Exact, decimalText, exact, fenOf, yuanOf } from '../foundation/values/decimal.ts'
import { sumFen, type Fen } from '../foundation/values/fen.ts'

/** What the validator of plans and schemes finds (domain specification 3.0): nobody can override a refusal; a warning is acknowledged in writing. */
export const refusedCodes = [
  'POINT_IN_TIME_DEPOSIT', 'RANK_ONLY', 'BELOW_HEAD_OFFICE', 'CASCADE_ABOVE_PARENT', 'CONTEST_OUTSIDE_PLAN', 'WEIGHTS_NOT_100', 'WITHOUT_OBJECTIVE', 'WITHOUT_SOURCE', 'PRICE_MISSING', 'TARGET_NOT_POSITIVE',
] as const
export const warnedCodes = ['RISK_COMPLIANCE_NOT_ABOVE', 'TARGET_TOO_HIGH', 'TARGET_TOO_LOW', 'NO_CUSTOMER_OR_GROWTH'] as const
export type PlanCode = (typeof refusedCodes)[number] | (typeof warnedCodes)[number]
export type Judged = { result: 'PASS' | 'WARN' | 'REFUSE'; codes: PlanCode[] }

export function judged(codes: readonly PlanCode[]): Judged {
  const result = codes.some((code) => (refusedCodes as readonly string[]).includes(code)) ? 'REFUSE' : codes.length > 0 ? 'WARN' : 'PASS'
  return { result, codes: [...new Set(codes)] }
}

/** Weights of the five classes (银监发〔2012〕34号): risk and compliance together weigh more than each other class. The kinds of a scheme are mapped to classes by the bank. */
export function judgeClasses(classes: Readonly<Record<string, string>>): Judged {
  const weight = (name: string): Exact => exact(classes[name] ?? '0')
  const guarded = weight('risk').plus(weight('compliance'))
  const others = Object.keys(classes).filter((name) => name !== 'risk' && name !== 'compliance')
  const total = Object.keys(classes).reduce((sum, name) => sum.plus(weight(name)), new Exact(0))
  return judged([...(total.eq(100) ? [] : ['WEIGHTS_NOT_100' as const]), ...(others.some((name) => weight(name).gte(guarded)) ? ['RISK_COMPLIANCE_NOT_ABOVE' as const] : [])])
}

export type IndicatorKind = {
  /** Of what it is a number. */
  subject: 'DEPOSIT' | 'LOAN' | 'CUSTOMER' | 'PROFIT' | 'FEE' | 'RISK' | 'COMPLIANCE' | 'CONDUCT' | 'GROWTH' | 'OTHER'
  /** A balance on one day, an average, a sum of events, a ratio, a rank or share of a market. */
  measure: 'POINT_IN_TIME' | 'AVERAGE' | 'SUM' | 'COUNT' | 'RATIO' | 'RANK' | 'MARKET_SHARE'
  hasSource: boolean
}
/** An indicator by itself: a deposit target on one day, and one that is only a rank or a share, are refused whatever their weight. */
export function judgeIndicator(kind: IndicatorKind): Judged {
  return judged([
    ...(kind.subject === 'DEPOSIT' && kind.measure === 'POINT_IN_TIME' ? ['POINT_IN_TIME_DEPOSIT' as const] : []),
    ...(kind.measure === 'RANK' || kind.measure === 'MARKET_SHARE' ? ['RANK_ONLY' as const] : []),
    ...(kind.hasSource ? [] : ['WITHOUT_SOURCE' as const]),
  ])
}

/** Children's targets are not above the parent's (层层加码), unless head office authorised a factor for this indicator and unit. */
export function judgeCascade(parentFen: Fen, childrenFen: readonly Fen[], { tolerance = '0', factor }: { tolerance?: string; factor?: string } = {}): Judged {
  const most = yuanOf(parentFen).times(factor === undefined ? exact(tolerance).plus(1) : exact(factor))
  return judged(yuanOf(sumFen(childrenFen)).gt(most) ? ['CASCADE_ABOVE_PARENT'] : [])
}

/** Points, money or rank for an event that is no indicator of the running plan (单项考评、开门红). */
export function judgeContest(rewards: string, indicatorsOfPlan: readonly string[]): Judged {
  return judged(indicatorsOfPlan.includes(rewards) ? [] : ['CONTEST_OUTSIDE_PLAN'])
}

export type TargetBeside = { targetFen: Fen; lastYearFen: Fen | null; peerMedianGrowthPct: string | null }
/** A target beside last year's actual and the growth of the peers: neither too high nor too low (不能过高也不能过低). */
export function judgeTarget({ targetFen, lastYearFen, peerMedianGrowthPct }: TargetBeside): Judged & { impliedGrowthPct: string | null } {
  if (targetFen <= 0n) return { ...judged(['TARGET_NOT_POSITIVE']), impliedGrowthPct: null }
  if (lastYearFen === null || lastYearFen <= 0n) return { ...judged([]), impliedGrowthPct: null }
  const growth = exact(targetFen).minus(exact(lastYearFen)).times(100).div(exact(lastYearFen))
  const median = peerMedianGrowthPct === null ? null : exact(peerMedianGrowthPct)
  const tooHigh = (median !== null && growth.gt(median.plus(15))) || exact(targetFen).gt(exact(lastYearFen).times('1.5'))
  const tooLow = (median !== null && growth.lt(median.minus(15))) || targetFen < lastYearFen
  return { ...judged([...(tooHigh ? ['TARGET_TOO_HIGH' as const] : []), ...(tooLow ? ['TARGET_TOO_LOW' as const] : [])]), impliedGrowthPct: decimalText(growth, 2) }
}

/** The target of the old post for its days, to the fen; the rest is the new post's (job transfer, 3.3). */
export function prorateTarget(fullFen: Fen, days: number, wholeDays: number): { oldFen: Fen; newFen: Fen } {
  if (days < 0 || wholeDays <= 0 || days > wholeDays) throw new Error('days in post lie within the period')
  const oldFen = fenOf(yuanOf(fullFen).times(days).div(wholeDays))
  return { oldFen, newFen: fullFen - oldFen }
}

/** Scores of the posts in one period, weighted by days, two decimals (a coefficient four). */
export function weightByDays(parts: readonly { score: string; days: number }[], decimals = 2): string | null {
  const days = parts.reduce((sum, part) => sum + part.days, 0)
  return days <= 0 ? null : decimalText(parts.reduce((sum, part) => sum.plus(exact(part.score).times(part.days)), new Exact(0)).div(days), decimals)
}
