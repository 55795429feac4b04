import { Exact, clamp, decimalText, exact } from '../foundation/values/decimal.ts'
import type { Fen } from '../foundation/values/fen.ts'

/** Inspection of reports and post-loan checks (domain specification 3.7). */
export type InspectionTerms = { ratio: string; least: number; alwaysAboveFen: Fen }
export const inspectionTerms: InspectionTerms = { ratio: '0.30', least: 3, alwaysAboveFen: 500_000_000n }

/** ceil(objects × ratio), at least three, or all if there are fewer. */
export function sampleSize(terms: InspectionTerms, objects: number): number {
  const part = Number(new Exact(objects).times(exact(terms.ratio)).toDecimalPlaces(0, 0).toFixed())
  return Math.min(objects, Math.max(part, terms.least))
}

export type Inspected = { id: string; loanFen: Fen | null }
/**
 * The sample of one manager, month and kind of object: loans above the limit always, the rest drawn by a stored seed over the sorted ids, so that the draw can be repeated.
 * The order in which the objects are handed in changes nothing.
 */
export function drawSample(terms: InspectionTerms, objects: readonly Inspected[], seed: number): string[] {
  const sorted = [...objects].sort((a, b) => (a.id < b.id ? -1 : 1))
  const always = sorted.filter(({ loanFen }) => loanFen !== null && loanFen > terms.alwaysAboveFen).map(({ id }) => id)
  const rest = sorted.filter(({ id }) => !always.includes(id)).map(({ id }) => id)
  let wanted = Math.max(0, sampleSize(terms, objects.length) - always.length)
  const drawn: string[] = []
  let state = BigInt.asUintN(64, BigInt(seed))
  while (wanted > 0 && rest.length > 0) {
    // Knuth's MMIX congruence: whole numbers, the same on every machine; its upper half chooses
    state = BigInt.asUintN(64, state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n)
    const [id] = rest.splice(Number((state >> 32n) % BigInt(rest.length)), 1)
    if (id !== undefined) drawn.push(id)
    wanted -= 1
  }
  return [...always, ...drawn].sort()
}

export type Finding = { object: 'REPORT' | 'CHECK'; grade: string }
export type InspectionTariff = Readonly<Record<string, string>>

/** Points of a finding by the tariff in force; undefined: the tariff does not know the grade. FALSE takes back the points of the loan and is 0 here. */
export function pointsOfFinding(tariff: InspectionTariff, finding: Finding): string | undefined {
  const points = tariff[`${finding.object}_${finding.grade}`]
  return points === undefined ? undefined : decimalText(exact(points), 2)
}

export function pointsOfFindings(tariff: InspectionTariff, findings: readonly Finding[]): { reports: string; checks: string; total: string } {
  const sum = (object: Finding['object']): Exact => findings.filter((one) => one.object === object).reduce((total, one) => total.plus(exact(pointsOfFinding(tariff, one) ?? '0')), new Exact(0))
  const [reports, checks] = [sum('REPORT'), sum('CHECK')]
  return { reports: decimalText(reports, 2), checks: decimalText(checks, 2), total: decimalText(reports.plus(checks), 2) }
}

/** An objection that is upheld is corrected in the month of its decision with the difference of the two grades. */
export function correctionOf(tariff: InspectionTariff, finding: Finding, becomes: string): string {
  return decimalText(exact(pointsOfFinding(tariff, { ...finding, grade: becomes }) ?? '0').minus(exact(pointsOfFinding(tariff, finding) ?? '0')), 2)
}

/** The KPI "quality of investigation reports" of the scorecard: 100 + Σ points, within 0 and 120. */
export function reportQuality(points: readonly string[]): string {
  return decimalText(clamp(points.reduce((sum, one) => sum.plus(exact(one)), new Exact(100)), new Exact(0), new Exact(120)), 2)
}

/** Conduct case that a grade opens. */
export function conductOf(finding: Finding): 'RED' | 'AMBER' | null {
  if (finding.object === 'REPORT' && finding.grade === 'FALSE') return 'RED'
  return (finding.object === 'REPORT' && finding.grade === 'UNTRUE_MAJOR') || (finding.object === 'CHECK' && finding.grade === 'COPIED') ? 'AMBER' : null
}
