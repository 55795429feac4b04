import { decimalText, exact } from '../../foundation/values/decimal.ts'
import { payOfMonth, type PointsMonth, type PointsPay, type PointsTerms } from '../points.rules.ts'
import { payOfBlocks, type BlocksInput, type BlocksPay } from './block-month.rules.ts'

export type EventRule = { code: string; unitFen: bigint | null; points: string }
export type MoreEvents = { code: string; count: number; amountFen: bigint | null }
type Missing = { missing: string; why: 'not-of-the-scheme' | 'amount-missing' }

/** A month of points with more events: each gets its points by the tariff, rounded as a fact's are, and the month is worked out again. */
export function pointsWith(terms: PointsTerms, month: PointsMonth, tariff: readonly EventRule[], more: readonly MoreEvents[]): PointsPay | Missing {
  const points = new Map(month.points.map(({ code, points: given }) => [code, exact(given)]))
  for (const { code, count, amountFen } of more) {
    const rule = tariff.find((one) => one.code === code)
    if (!rule) return { missing: code, why: 'not-of-the-scheme' }
    if (rule.unitFen !== null && amountFen === null) return { missing: code, why: 'amount-missing' }
    const each = rule.unitFen === null ? exact(rule.points) : exact(decimalText(exact(amountFen ?? 0n).times(exact(rule.points)).div(exact(rule.unitFen)), 2))
    points.set(code, (points.get(code) ?? exact('0')).plus(each.times(count)))
  }
  return payOfMonth(terms, { ...month, points: [...points].map(([code, sum]) => ({ code, points: decimalText(sum, 2) })) })
}

/** A period of blocks with more of some indicators. */
export function blocksWith(terms: Parameters<typeof payOfBlocks>[0], input: BlocksInput, more: readonly { code: string; by: string }[]): BlocksPay | Missing {
  const indicators = { ...input.given.indicators }
  for (const { code, by } of more) {
    const held = indicators[code]
    if (!held) return { missing: code, why: 'not-of-the-scheme' }
    indicators[code] = { target: held.target, actual: decimalText(exact(held.actual ?? '0').plus(exact(by)), 2) }
  }
  return payOfBlocks(terms, { ...input, given: { ...input.given, indicators } })
}
