import { addMonths, daysInMonth, fullMonths, monthEnd, nextMonth, shiftMonth } from '../foundation/values/business-date.ts'
import { Exact, clamp, decimalText, exact, fenOf, roundHalfUp, yuanOf } from '../foundation/values/decimal.ts'
import { splitFen, sumFen, type Fen } from '../foundation/values/fen.ts'
import { yearPassed, type Passed } from './growth.rules.ts'
import { fenIn, workOutBlocks, type Block, type Given, type Step } from './blocks.rules.ts'

/** The points scheme (积分方案, domain specification 3.1): what a version fixes besides its tariff. Decimals as text, money in yuan. */
export type PointsTerms = {
  /** The order of operations where a bank built its own. */
  blocks?: Block[] | undefined
  /** Yuan for one point. */
  unitPrice: string
  /** Where the early-settlement deduction stands: after link and coefficient (in full), or before them (diluted by them). */
  earlyPosition: 'AFTER_ALL' | 'BEFORE_LINK'
  /** A loan settled so many months before maturity, or later, costs nothing. */
  earlyGraceMonths: number
  /** Part of the pay that follows the year's net growth. */
  linkWeight: string
  linkOnNegative: boolean
  linkCeiling: string
  timeProgress: 'MONTHS' | 'DAYS'
  /** Part of a withheld amount that comes back when the loan recovers later than in the next month. */
  lateReturnRatio: string
  /** A part of the overdue principal that recovered brings back the same part. */
  partialReturn: boolean
  /** Lowest score of a band and its coefficient, the highest band first. */
  marketingBands: readonly { from: string; coefficient: string }[]
  /** Points for one point of the retail evaluation score. */
  evaluationPointRate: string
  /** Yuan a month for a supervisor whose team reaches its target, and how far above it counts. */
  supervisorPay: string
  supervisorCeiling: string
  /** A negative rest is carried into so many following months. */
  carryMonths: number
}

/** Points of a line: quantity times points each, two decimals. */
export function pointsOf(quantity: Exact, each: string): Exact {
  return roundHalfUp(quantity.times(exact(each)), 2)
}

/** Points of a stock of a month from its fen-days × share percent × days: the average daily balance is named, so rounded to fen, and priced rounded. */
export function stockPoints(measure: string, month: string, rule: { unitFen: Fen; points: string }): { averageFen: Fen; points: string } {
  const days = daysInMonth(month)
  const average = BigInt(roundHalfUp(exact(measure).div(100 * days * days), 0).toFixed(0))
  return { averageFen: average, points: decimalText(exact(average).times(exact(rule.points)).div(exact(rule.unitFen)), 2) }
}

/** Points of a joint fact by percent shares: each rounded half up, the last party takes the difference (3.0). */
export function splitPoints(points: string, shares: readonly string[]): string[] {
  const total = roundHalfUp(exact(points).times(shares.reduce((sum, share) => sum.plus(exact(share)), new Exact(0))).div(100), 2)
  let given = new Exact(0)
  return shares.map((share, place) => {
    const part = place === shares.length - 1 ? total.minus(given) : roundHalfUp(exact(points).times(exact(share)).div(100), 2)
    given = given.plus(part)
    return decimalText(part, 2)
  })
}

export type Completion = { completion: string | null; timeProgress: string; f: string | null; why: 'no-target' | null }

/**
 * f = completion ÷ time progress within [0, ceiling], 4 decimals, from the exact quotient. A target of 0 or none: f is null and the link is not applied.
 * A negative target (planned run-off) is complete when the actual is not below it. `time`: what of the year has passed in the post, where the growth is not counted from January to the month's end; the target is always the whole year's.
 */
export function linkFactor(terms: PointsTerms, month: string, targetFen: Fen | null, actualFen: Fen, time: Passed = yearPassed(terms.timeProgress, month)): Completion {
  const { passed, whole } = time
  const timeProgress = decimalText(new Exact(passed).div(whole), 6)
  if (targetFen === null || targetFen === 0n) return { completion: null, timeProgress, f: null, why: 'no-target' }
  const [actual, target] = targetFen > 0n ? [exact(actualFen), exact(targetFen)] : [new Exact(actualFen >= targetFen ? 1 : 0), new Exact(1)]
  return { completion: decimalText(actual.div(target), 6), timeProgress, f: clampedFactor(terms, actual.times(whole).div(target.times(passed))), why: null }
}

/** f from a quotient of completion and progress. */
export function clampedFactor(terms: PointsTerms, quotient: Exact): string {
  return decimalText(clamp(quotient, new Exact(0), exact(terms.linkCeiling)), 4)
}

/** The coefficient of a comprehensive marketing score; without a score 1 (and the statement says that none was entered). */
export function marketingCoefficient(terms: PointsTerms, score: string | null): string {
  if (score === null) return '1.0000'
  const band = terms.marketingBands.find(({ from }) => exact(score).gte(exact(from)))
  if (!band) throw new Error('the marketing bands do not begin at 0')
  return decimalText(exact(band.coefficient), 4)
}

export type EarlySettlement = { originalFen: Fen; settledOn: string; maturesOn: string; termMonths: number }
export type EarlyDeduction = { fullMonthsLeft: number; insideGrace: boolean; deductFen: Fen }

/** A loan settled before maturity takes back its points performance for the full months that are left; nothing within the months of grace. */
export function earlyDeduction(terms: PointsTerms, loan: EarlySettlement): EarlyDeduction {
  const fullMonthsLeft = loan.settledOn >= loan.maturesOn ? 0 : fullMonths(loan.settledOn, loan.maturesOn)
  const insideGrace = loan.settledOn >= addMonths(loan.maturesOn, -terms.earlyGraceMonths)
  const deductFen = insideGrace ? 0n : fenOf(yuanOf(loan.originalFen).times(fullMonthsLeft).div(loan.termMonths))
  return { fullMonthsLeft, insideGrace, deductFen }
}

/** Whether a loan overdue since a day costs its points performance in the month: at the month's end it is open for a day or more. */
export function isWithheld(month: string, overdueSince: string, recoveredOn: string | null): boolean {
  const end = monthEnd(month)
  return overdueSince < end && (recoveredOn === null || recoveredOn > end)
}

export type Recovery = { withheldIn: string; withheldFen: Fen; recoveredOn: string; recoveredShare?: string; writtenOff?: boolean }
export type Refund = { ratio: string; refundFen: Fen; why: 'later-than-next-month' | 'written-off' | null }

/** What of a withheld amount comes back: all of it when recovered in the next month, the late ratio after that; in proportion when a part recovered. */
export function refundOf(terms: PointsTerms, recovery: Recovery): Refund {
  const inTime = recovery.recoveredOn.slice(0, 7) <= nextMonth(recovery.withheldIn) && recovery.writtenOff !== true
  const ratio = inTime ? new Exact(1) : exact(terms.lateReturnRatio)
  const share = recovery.recoveredShare === undefined ? new Exact(1) : clamp(exact(recovery.recoveredShare), new Exact(0), new Exact(1))
  const counted = terms.partialReturn || share.eq(1) ? share : new Exact(0)
  return { ratio: decimalText(ratio, 2), refundFen: fenOf(yuanOf(recovery.withheldFen).times(ratio).times(counted)), why: inTime ? null : recovery.writtenOff === true ? 'written-off' : 'later-than-next-month' }
}

/** Days of a month that somebody held a post, of all its days. */
export type DaysOf = { days: number; of: number }
export type Supervisor = { coefficient: string | null; payFen: Fen; /** He held the post on these days only; absent: on all. */ inPost?: DaysOf }

/**
 * The pay of a branch credit supervisor: the fixed sum times team points ÷ team target within [0, ceiling], 4 decimals. Without a target nothing. Who held the post for a part of the month is paid by days, as a stock is: value × days held ÷
 * days (decision 0062).
 */
export function supervisorPay(terms: PointsTerms, teamPoints: string, teamTarget: string | null, inPost: DaysOf | null = null): Supervisor {
  const apart = inPost === null || inPost.days >= inPost.of ? {} : { inPost }
  if (teamTarget === null || exact(teamTarget).lte(0)) return { coefficient: null, payFen: 0n, ...apart }
  const coefficient = decimalText(clamp(exact(teamPoints).div(exact(teamTarget)), new Exact(0), exact(terms.supervisorCeiling)), 4)
  const whole = exact(terms.supervisorPay).times(exact(coefficient))
  return { coefficient, payFen: fenOf(apart.inPost ? whole.times(apart.inPost.days).div(apart.inPost.of) : whole), ...apart }
}

// ---- the month ------------------------------------------------------------------------------------------------------

export type Cause = 'EARLY' | 'OVERDUE' | 'INSPECTION' | 'CORRECTION'
/** A part of a negative month that still waits to be set off: the month it comes from, its cause, a positive amount. */
export type CarryLot = { month: string; cause: Cause; fen: Fen }

export type PointsMonth = {
  month: string
  /** The days that the scheme counts of him, [from, to), where he held another post on the others; absent: the whole month. */
  days?: readonly { from: string; to: string }[]
  /** Facts by form of these days went by day and by days (decision 0063); absent: the month was settled before that was so. */
  forms?: 'BY_DAYS'
  /** Points of each line, two decimals each; the order does not matter. */
  points: readonly { code: string; points: string }[]
  /** 4 decimals, null: the link is not applied. */
  f: string | null
  marketing: { score: string | null; coefficient: string }
  /** Positive amounts; `since` is the loan's own date: the oldest is set off first. */
  early: readonly { since: string; fen: Fen }[]
  overdue: readonly { since: string; fen: Fen }[]
  refunds: readonly { fen: Fen }[]
  /** Null: no supervisor. */
  supervisor: Supervisor | null
  /** Differences of closed months, signed. */
  corrections: readonly { fen: Fen }[]
  carryIn: readonly CarryLot[]
}

/** How a deduction was met: what the month gave for it and what is carried on. */
export type SetOff = { month: string; cause: Cause; fen: Fen; takenFen: Fen; leftFen: Fen }

export type PointsPay = {
  P: string; A: Fen; earlyFen: Fen; B: Fen; fixed: Fen | null; linkBase: Fen | null; linkPay: Fen | null; C: Fen; D: Fen
  overdueFen: Fen; refundFen: Fen; E: Fen; correctionFen: Fen; F: Fen; carryInFen: Fen; payableFen: Fen; carryOutFen: Fen
  steps: Step[]
  setOff: SetOff[]
  carryOut: CarryLot[]
  /** Older than the scheme carries on: no longer deducted, to be written off with approval. */
  expired: CarryLot[]
}

const orderOfCauses: readonly Cause[] = ['EARLY', 'OVERDUE', 'INSPECTION', 'CORRECTION']

/**
 * The order of operations of 3.1 in blocks: points × price, (early deduction,) link, coefficient, deductions and refunds, supervisor and corrections, carry-forward.
 * A bank's version differs by its terms.
 */
export function pointsBlocks(terms: PointsTerms): Block[] {
  const before = terms.earlyPosition === 'BEFORE_LINK'
  return [
    { kind: 'POINTS_SUM', code: 'P' },
    { kind: 'PRODUCT', code: 'A', unit: 'FEN', factors: [{ of: 'P' }, { constant: terms.unitPrice, unit: 'PRICE' }] },
    ...(before ? [{ kind: 'SUM' as const, code: 'B', unit: 'FEN' as const, parts: [{ of: 'A' }, { of: 'EARLY', minus: true as const }] }] : []),
    { kind: 'LINK', code: 'C', of: before ? 'B' : 'A', weight: terms.linkWeight, factor: 'LINK_F', onNegative: terms.linkOnNegative, fixed: 'FIXED', base: 'LINK_BASE', linked: 'LINK_PAY' },
    { kind: 'FACTOR', code: 'D', of: 'C', factor: 'MARKETING' },
    { kind: 'SUM', code: 'E', unit: 'FEN', parts: [{ of: 'D' }, { of: 'OVERDUE', minus: true }, { of: 'REFUND' }, ...(before ? [] : [{ of: 'EARLY', minus: true as const }])] },
    { kind: 'PRODUCT', code: 'SUPERVISOR', unit: 'FEN', factors: [{ constant: terms.supervisorPay, unit: 'PRICE' }, { of: 'TEAM' }], whenGiven: 'TEAM' },
    { kind: 'SUM', code: 'F', unit: 'FEN', parts: [{ of: 'E' }, { of: 'SUPERVISOR', leaveOut: 'ABSENT' }, { of: 'CORRECTION', leaveOut: 'ZERO' }] },
    { kind: 'PAYABLE', code: 'PAYABLE', of: 'F', carryOut: 'CARRY_OUT' },
  ]
}

function givenOf(month: PointsMonth, carryInFen: Fen): Given {
  const money = (amount: Fen) => ({ unit: 'FEN' as const, value: amount.toString() })
  const { f, marketing, supervisor } = month
  return {
    from: `${month.month}-01`, ...(supervisor?.inPost ? { inPost: { TEAM: supervisor.inPost } } : {}), post: null, grade: null, events: [], points: month.points, indicators: {}, marks: {},
    values: {
      EARLY: money(sumFen(month.early.map(({ fen }) => fen))), OVERDUE: money(sumFen(month.overdue.map(({ fen }) => fen))), REFUND: money(sumFen(month.refunds.map(({ fen }) => fen))),
      CORRECTION: money(sumFen(month.corrections.map(({ fen }) => fen))), CARRY_IN: money(carryInFen),
      MARKETING: { unit: 'COEFFICIENT', value: marketing.coefficient, why: marketing.score === null ? 'no-marketing-score' : null },
      ...(f === null ? {} : { LINK_F: { unit: 'COEFFICIENT' as const, value: f } }),
      ...(supervisor === null ? {} : { TEAM: { unit: 'COEFFICIENT' as const, value: supervisor.coefficient ?? '0.0000', why: supervisor.coefficient === null ? 'no-team-target' : null } }),
    },
  }
}

/** A month's pay by the fixed order of operations (3.1, steps 1 to 7). Every value that a formula names is rounded there and used rounded. */
export function payOfMonth(terms: PointsTerms, month: PointsMonth): PointsPay {
  const oldest = shiftMonth(month.month, -terms.carryMonths)
  const live = month.carryIn.filter((lot) => lot.month >= oldest)
  const carryInFen = -sumFen(live.map(({ fen }) => fen))
  const worked = workOutBlocks(terms.blocks ?? pointsBlocks(terms), givenOf(month, carryInFen))
  const fen = (code: string): Fen => fenIn(worked, code)
  const maybe = (code: string): Fen | null => (worked.values.has(code) ? fen(code) : null)

  // a bank's own list may leave a step out: what stands before it counts
  const A = maybe('A') ?? 0n
  const B = maybe('B') ?? A
  const C = maybe('C') ?? B
  const D = maybe('D') ?? C
  const payable = (terms.blocks ?? pointsBlocks(terms)).find((block) => block.kind === 'PAYABLE')
  const F = payable?.kind === 'PAYABLE' ? fen(payable.of) : fen('F')
  const carryOutFen = maybe('CARRY_OUT') ?? 0n
  const met = setOffClaims(claimsOf(terms, month, live, { A, B, D }), incomeOf(terms, month, { A, B, D }))
  const missing = sumFen(met.map(({ leftFen }) => leftFen))
  // by a list of the bank's own an amount may be missing for a cause that the house does not know: it is carried on as one
  const setOff = terms.blocks === undefined || missing === -carryOutFen ? met : [{ month: month.month, cause: 'CORRECTION' as const, fen: -carryOutFen, takenFen: 0n, leftFen: -carryOutFen }]
  const carryOut = setOff.filter(({ leftFen }) => leftFen > 0n).map(({ month: from, cause, leftFen }) => ({ month: from, cause, fen: leftFen }))
  if (sumFen(carryOut.map(({ fen: lot }) => lot)) !== -carryOutFen) throw new Error('what is carried on is not what is missing')
  return {
    P: worked.values.get('P')?.text ?? '0.00', A, earlyFen: fen('EARLY'), B, fixed: maybe('FIXED'), linkBase: maybe('LINK_BASE'), linkPay: maybe('LINK_PAY'), C, D, overdueFen: fen('OVERDUE'), refundFen: fen('REFUND'), E: maybe('E') ?? D,
    correctionFen: fen('CORRECTION'), F, carryInFen, payableFen: fen('PAYABLE'), carryOutFen, steps: worked.steps, setOff, carryOut: joined(carryOut), expired: month.carryIn.filter((lot) => lot.month < oldest),
  }
}

const byDate = (a: { since: string }, b: { since: string }): number => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0)
const above = (amount: Fen): Fen => (amount > 0n ? amount : 0n)

// What the month has to set deductions off against. Before the link the early deduction has met the points already, unless they were not enough.
function incomeOf(terms: PointsTerms, month: PointsMonth, { B, D }: { A: Fen; B: Fen; D: Fen }): Fen {
  const fromPoints = terms.earlyPosition === 'BEFORE_LINK' && B < 0n ? 0n : above(D)
  return fromPoints + sumFen(month.refunds.map(({ fen }) => fen)) + (month.supervisor?.payFen ?? 0n) + sumFen(month.corrections.map(({ fen }) => above(fen)))
}

/** Deductions in the order in which they are met: what was carried in (oldest month first), early settlement (oldest loan first), overdue (oldest first), inspection. */
function claimsOf(terms: PointsTerms, month: PointsMonth, live: readonly CarryLot[], { A, B, D }: { A: Fen; B: Fen; D: Fen }): CarryLot[] {
  const carried = [...live].sort((a, b) => (a.month === b.month ? orderOfCauses.indexOf(a.cause) - orderOfCauses.indexOf(b.cause) : a.month < b.month ? -1 : 1))
  const early = [...month.early].sort(byDate).map(({ fen }) => ({ month: month.month, cause: 'EARLY' as const, fen }))
  const overdue = [...month.overdue].sort(byDate).map(({ fen }) => ({ month: month.month, cause: 'OVERDUE' as const, fen }))
  const inspection = { month: month.month, cause: 'INSPECTION' as const }
  const corrections = month.corrections.filter(({ fen }) => fen < 0n).map(({ fen }) => ({ month: month.month, cause: 'CORRECTION' as const, fen: -fen }))
  const after = terms.earlyPosition === 'AFTER_ALL'
  let points: CarryLot[] = D < 0n ? [{ ...inspection, fen: -D }] : []
  let first: CarryLot[] = after ? early : []
  if (!after && B < 0n) {
    // the points met a part of the early deductions; what they did not meet is the negative month, as the link left it
    const open = setOffClaims([...early, { ...inspection, fen: above(-A) }], above(A)).filter(({ leftFen }) => leftFen > 0n)
    const parts = splitFen(-D, open.map(({ leftFen }) => leftFen.toString()))
    const lots = open.map(({ cause }, place) => ({ month: month.month, cause, fen: parts[place] ?? 0n }))
    first = lots.filter(({ cause }) => cause === 'EARLY')
    points = lots.filter(({ cause }) => cause === 'INSPECTION')
  }
  return [...carried, ...first, ...overdue, ...points, ...corrections].filter(({ fen }) => fen > 0n)
}

function setOffClaims(claims: readonly CarryLot[], income: Fen): SetOff[] {
  let left = income
  return claims.map((claim) => {
    const takenFen = claim.fen < left ? claim.fen : left
    left -= takenFen
    return { ...claim, takenFen, leftFen: claim.fen - takenFen }
  })
}

/** One lot for each month and cause. */
function joined(lots: readonly CarryLot[]): CarryLot[] {
  const found = new Map<string, CarryLot>()
  for (const lot of lots) {
    const key = `${lot.month} ${lot.cause}`
    found.set(key, { ...lot, fen: lot.fen + (found.get(key)?.fen ?? 0n) })
  }
  return [...found.values()]
}
