import { daysBetween, daysInMonth, monthStart, nextMonth } from '../../foundation/values/business-date.ts'
import { decimalText, exact } from '../../foundation/values/decimal.ts'
import type { Fen } from '../../foundation/values/fen.ts'
import { timePassed, weighFactors } from '../growth.rules.ts'
import { linkFactor, payOfMonth, stockPoints, type PointsMonth, type PointsPay, type PointsTerms } from '../points.rules.ts'
import { payOfBlocks, type BlocksInput, type BlocksPay } from './block-month.rules.ts'

/** An event of the tariff in force in the month; products null: of every product. */
export type EventRule = { code: string; unitFen: bigint | null; points: string; products: readonly string[] | null }
/** A month of points as it was settled: what the rule was given, and behind it the stocks (fen-days × share percent × days) and the growth of the year; growth, of each post of the month, the present one last; none: no target. */
/** `since`, `to`: the days of a post that it is counted over; null: the whole year. */
export type Growth = { targetFen: Fen | null; actualFen: Fen; days: number; over: { since: string; to: string } | null }
export type PointsGround = { terms: PointsTerms & { linkProducts: readonly string[] | null }; month: PointsMonth; tariff: readonly EventRule[]; stocks: Readonly<Record<string, string>>; growth: readonly Growth[] }
/** Loans paid out to customers whom one holds alone, on a day of the month; deposits that lie from a day of the month to its end. */
export type MoreBusiness = { loans: readonly { product: string; count: number; amountFen: Fen; paidOutOn: string }[]; deposits: readonly { amountFen: Fen; from: string }[] }
type Missing = { missing: string; why: 'not-of-the-scheme' | 'outside-month' }

const paidOut = ['NEW_SMALL_LOAN', 'MERCHANT_LOAN_AMOUNT']
const counts = (products: readonly string[] | null, product: string): boolean => products === null || products.includes(product)

/**
 * A month of points with more business, as a settlement of the month with these facts would give it: each loan its points by the tariff, rounded as a fact's are; loans and deposits their days in the averages; loans their part
 * in the growth that pay is linked to. Then the month is worked out again.
 */
export function pointsWith({ terms, month, tariff, stocks, growth }: PointsGround, more: MoreBusiness): PointsPay | Missing {
  const points = new Map(month.points.map(({ code, points: given }) => [code, exact(given)]))
  const measures = new Map(Object.entries(stocks).map(([code, measure]) => [code, exact(measure)]))
  const [first, next] = [monthStart(month.month), monthStart(nextMonth(month.month))]
  const outside = [...more.loans.map(({ paidOutOn }) => paidOutOn), ...more.deposits.map(({ from }) => from)].find((day) => day < first || day >= next)
  if (outside !== undefined) return { missing: outside, why: 'outside-month' }
  const lie = (code: string, product: string | null, amountFen: Fen, from: string): void => {
    const rule = tariff.find((one) => one.code === code)
    if (!rule || rule.unitFen === null || (product !== null && !counts(rule.products, product))) return
    // held alone for the whole month: 100 percent × its days
    const measure = (measures.get(code) ?? exact('0')).plus(exact(amountFen).times(daysBetween(from, next)).times(100 * daysInMonth(month.month)))
    measures.set(code, measure)
    points.set(code, exact(stockPoints(measure.toFixed(), month.month, { unitFen: rule.unitFen, points: rule.points }).points))
  }
  let grown = 0n
  for (const { product, count, amountFen, paidOutOn } of more.loans) {
    for (const rule of tariff.filter(({ code, products }) => paidOut.includes(code) && counts(products, product))) {
      const each = rule.unitFen === null ? exact(rule.points) : exact(decimalText(exact(amountFen).times(exact(rule.points)).div(exact(rule.unitFen)), 2))
      points.set(rule.code, (points.get(rule.code) ?? exact('0')).plus(each.times(count)))
    }
    lie('MANAGED_LOAN_ADB', product, amountFen * BigInt(count), paidOutOn)
    if (counts(terms.linkProducts, product)) grown += amountFen * BigInt(count)
  }
  for (const { amountFen, from } of more.deposits) lie('DEPOSIT_ADB_INCREMENT', null, amountFen, from)
  const factors = growth.map(({ targetFen, actualFen, days, over }, place) =>
    ({ days, f: linkFactor(terms, month.month, targetFen, actualFen + (place === growth.length - 1 ? grown : 0n), over === null ? undefined : timePassed(terms.timeProgress, over.since, over.to)).f }))
  const [only] = factors
  const f = only === undefined ? month.f : factors.length === 1 ? only.f : weighFactors(factors)
  return payOfMonth(terms, { ...month, f, points: [...points].map(([code, sum]) => ({ code, points: decimalText(sum, 2) })) })
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
