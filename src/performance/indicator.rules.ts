import { addDays, daysBetween, monthStart, nextMonth, quarterStart, shiftMonth, yearStart } from '../foundation/values/business-date.ts'
import { decimalText, exact } from '../foundation/values/decimal.ts'
import type { Condition, IndicatorFault, IndicatorSource, IndicatorTerms, IndicatorUnit, Measure } from './indicator.contract.ts'
import { judgeIndicator, type IndicatorKind } from './plan.rules.ts'

type Owner = IndicatorTerms['owner']
/** What a source of facts offers: how it can be measured, whose it can be, which conditions it knows. */
export type SourceKind = {
  shape: 'STOCK' | 'EVENT' | 'HELD'
  money: boolean
  measures: readonly Measure[]
  owners: readonly Owner[]
  conditions: readonly Condition[]
  filters: readonly ('CUSTOMER' | 'PRODUCT')[]
  subject: IndicatorKind['subject']
}
const both = ['CUSTOMER', 'PRODUCT'] as const
const stockOwners = ['OWNER_OF_DAY', 'OWNER_AT_END'] as const

export const sourceKinds: Readonly<Record<IndicatorSource, SourceKind>> = {
  DEPOSIT: { shape: 'STOCK', money: true, measures: ['AVERAGE', 'INCREMENT', 'CHANGE', 'BALANCE'], owners: stockOwners, conditions: [], filters: both, subject: 'DEPOSIT' },
  LOAN: { shape: 'STOCK', money: true, measures: ['AVERAGE', 'BALANCE', 'CHANGE', 'RATIO'], owners: [...stockOwners, 'ORIGINATOR'], conditions: ['OVERDUE', 'NON_PERFORMING'], filters: both, subject: 'LOAN' },
  LOAN_PAID_OUT: { shape: 'EVENT', money: true, measures: ['COUNT', 'SUM', 'MEAN'], owners: stockOwners, conditions: [], filters: both, subject: 'LOAN' },
  LOAN_SETTLED: { shape: 'EVENT', money: true, measures: ['COUNT', 'SUM', 'MEAN', 'RATIO'], owners: [...stockOwners, 'ORIGINATOR'], conditions: ['EARLY'], filters: both, subject: 'LOAN' },
  TRANSACTION: { shape: 'EVENT', money: true, measures: ['COUNT', 'SUM', 'MEAN', 'RATIO'], owners: stockOwners, conditions: ['IN', 'OUT'], filters: both, subject: 'OTHER' },
  ACCOUNT_OPENED: { shape: 'EVENT', money: false, measures: ['COUNT'], owners: stockOwners, conditions: [], filters: both, subject: 'CUSTOMER' },
  CARD_ISSUED: { shape: 'EVENT', money: false, measures: ['COUNT'], owners: stockOwners, conditions: [], filters: both, subject: 'CUSTOMER' },
  CUSTOMER_HELD: { shape: 'HELD', money: false, measures: ['COUNT'], owners: ['OWNER_AT_END'], conditions: [], filters: ['CUSTOMER'], subject: 'CUSTOMER' },
  NEW_CUSTOMER: { shape: 'EVENT', money: false, measures: ['COUNT'], owners: stockOwners, conditions: [], filters: ['CUSTOMER'], subject: 'CUSTOMER' },
  CONTRIBUTION: { shape: 'EVENT', money: true, measures: ['SUM', 'MEAN'], owners: ['OWNER_AT_END'], conditions: [], filters: ['CUSTOMER'], subject: 'PROFIT' },
  CONTACT: { shape: 'EVENT', money: false, measures: ['COUNT', 'RATIO'], owners: ['DOER', ...stockOwners], conditions: ['EFFECTIVE', 'IN_PERSON', 'LATE'], filters: ['CUSTOMER'], subject: 'CUSTOMER' },
  COVERAGE: { shape: 'EVENT', money: false, measures: ['COUNT', 'RATIO'], owners: ['DOER'], conditions: ['MET', 'LATE'], filters: ['CUSTOMER'], subject: 'CUSTOMER' },
  NEED: { shape: 'EVENT', money: true, measures: ['COUNT', 'SUM', 'MEAN'], owners: ['DOER', ...stockOwners], conditions: [], filters: ['CUSTOMER'], subject: 'CUSTOMER' },
  DUTY: { shape: 'EVENT', money: false, measures: ['COUNT', 'RATIO'], owners: ['DOER'], conditions: ['DONE', 'ON_TIME'], filters: [], subject: 'CONDUCT' },
  FEE: { shape: 'EVENT', money: true, measures: ['COUNT', 'SUM'], owners: stockOwners, conditions: [], filters: both, subject: 'PROFIT' },
  RECOVERY: { shape: 'EVENT', money: true, measures: ['COUNT', 'SUM'], owners: [...stockOwners, 'ORIGINATOR'], conditions: [], filters: both, subject: 'LOAN' },
  PRODUCT_LINES: { shape: 'HELD', money: false, measures: ['MEAN', 'SUM'], owners: ['OWNER_AT_END'], conditions: [], filters: ['CUSTOMER'], subject: 'CUSTOMER' },
  STANDING: { shape: 'EVENT', money: false, measures: ['COUNT', 'RATIO'], owners: ['DOER'], conditions: ['LOST'], filters: ['CUSTOMER'], subject: 'CUSTOMER' },
  ASSET_GROWTH: { shape: 'EVENT', money: true, measures: ['SUM'], owners: ['DOER'], conditions: [], filters: ['CUSTOMER'], subject: 'CUSTOMER' },
  INSPECTION: { shape: 'EVENT', money: false, measures: ['SCORE', 'SUM', 'COUNT'], owners: ['DOER'], conditions: ['REPORT', 'CHECK'], filters: [], subject: 'CONDUCT' },
  FORM: { shape: 'EVENT', money: false, measures: ['SUM', 'MEAN', 'COUNT'], owners: ['DOER'], conditions: [], filters: [], subject: 'OTHER' },
}

/** What the value is told in. */
export function unitOf(terms: Pick<IndicatorTerms, 'source' | 'measure'>): IndicatorUnit {
  if (terms.measure === 'RATIO') return 'PERCENT'
  if (terms.measure === 'COUNT') return 'COUNT'
  return sourceKinds[terms.source].money ? 'FEN' : 'NUMBER'
}

/** What the exact sums behind the values are told in: of a ratio its numerator is summed, of a mean what it is a mean of. */
export type SumUnit = 'FEN' | 'COUNT' | 'NUMBER' | 'POINTS'
export function sumUnitOf(terms: Pick<IndicatorTerms, 'source' | 'measure'>): SumUnit {
  const unit = unitOf(terms)
  if (terms.source === 'INSPECTION' && terms.measure !== 'COUNT') return 'POINTS'
  return unit === 'PERCENT' ? (sourceKinds[terms.source].shape === 'STOCK' ? 'FEN' : 'COUNT') : unit
}

export type Fault = { name: IndicatorFault; field: string }
/** Why terms cannot be an indicator, the most fundamental first; null: they can. */
export function faultOfTerms(terms: IndicatorTerms): Fault | null {
  const source = sourceKinds[terms.source]
  const measure = terms.measure === 'BALANCE' || terms.measure === 'CHANGE' ? 'POINT_IN_TIME' as const : 'AVERAGE' as const
  if (judgeIndicator({ subject: source.subject, measure, hasSource: true }).codes.includes('POINT_IN_TIME_DEPOSIT')) return { name: 'point-in-time-deposit', field: 'terms.measure' }
  if (!source.measures.includes(terms.measure)) return { name: 'measure-not-of-source', field: 'terms.measure' }
  // an average over days needs the manager of each day; a balance the manager of the last day or the one who began it
  const daily = terms.measure === 'AVERAGE' || terms.measure === 'INCREMENT'
  const fits = source.owners.includes(terms.owner) && (source.shape !== 'STOCK' || daily === (terms.owner === 'OWNER_OF_DAY'))
  if (!fits) return { name: 'owner-not-of-source', field: 'terms.owner' }
  const { filter } = terms
  if ((filter.only !== null && !source.conditions.includes(filter.only)) || (terms.numerator !== null && !source.conditions.includes(terms.numerator))) return { name: 'condition-not-of-source', field: 'terms.filter.only' }
  if (terms.measure === 'RATIO' && (terms.numerator === null || terms.numerator === filter.only)) return { name: 'numerator-missing', field: 'terms.numerator' }
  if (terms.isOnly !== undefined && terms.source !== 'FORM') return { name: 'measure-not-of-source', field: 'terms.isOnly' }
  if ((terms.source === 'INSPECTION') !== (terms.tariff !== undefined)) return { name: 'tariff-missing', field: 'terms.tariff' }
  const byCustomer = filter.customerKind !== null || filter.tiers.length > 0
  // a frozen base is one amount of all deposits of a customer: it cannot be told by product
  const byProduct = filter.products.length > 0
  if ((byCustomer && !source.filters.includes('CUSTOMER')) || (byProduct && (!source.filters.includes('PRODUCT') || terms.measure === 'INCREMENT'))) return { name: 'filter-not-of-source', field: 'terms.filter' }
  return null
}

/** Why a definition cannot begin on a day. A new code may begin earlier: nothing was worked out by it yet. */
export function faultOfStart(from: string, isNew: boolean, today: string): Fault | null {
  if (!from.endsWith('-01')) return { name: 'not-first-of-month', field: 'from' }
  return !isNew && from.slice(0, 7) < today.slice(0, 7) ? { name: 'begins-in-the-past', field: 'from' } : null
}

/** First day and the day after the last of the window that ends with a month, which may still be running: nothing counts after `today`. */
export function windowOf(window: IndicatorTerms['window'], month: string, today: string): { from: string; to: string; days: number } {
  const first = monthStart(month)
  const [end, tomorrow] = [monthStart(nextMonth(month)), addDays(today, 1)]
  const to = end < tomorrow ? end : tomorrow
  const from = window === 'MONTH' ? first : window === 'QUARTER' ? quarterStart(first) : window === 'YEAR' ? yearStart(first) : monthStart(shiftMonth(month, -11))
  return { from, to, days: daysBetween(from, to) }
}

/** The value that is told, from exact sums: rounded once. A ratio in percent with two decimals; null: nothing to divide by. */
export function valueOf(unit: IndicatorUnit, numerator: string, denominator: string | null): string | null {
  const sum = exact(numerator)
  if (denominator === null) return decimalText(sum, unit === 'FEN' ? 0 : 2)
  const whole = exact(denominator)
  if (whole.isZero()) return null
  return unit === 'PERCENT' ? decimalText(sum.times(100).div(whole), 2) : decimalText(sum.div(whole), unit === 'FEN' ? 0 : 2)
}
