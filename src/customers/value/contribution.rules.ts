import { decimalText, Exact, exact, roundHalfUp, yuanOf } from '../../foundation/values/decimal.ts'
import { splitFen, sumFen } from '../../foundation/values/fen.ts'

/** Rates as exact decimals ("0.0185"), money as whole fen, days of the period, basis 360 (2.9). Each line is rounded to fen. */
export type DepositPart = { name: string; adbFen: bigint; ftp: string; rate: string }
export type LoanPart = { adbFen: bigint; ftp: string; rate: string; pd: string; lgd: string }
export type ContributionTerms = { depInsRate: string; vatRate: string; surchargeRate: string; taxRate: string; taxOnLoss: boolean; capitalRatio: string; hurdleRate: string }
export type ContributionGiven = {
  days: number
  deposits: readonly DepositPart[]
  loans: readonly LoanPart[]
  feesFen: bigint
  /** Exposures of accepted bills after margin, with the chance of loss of the customer's loan. */
  bills: readonly { exposureFen: bigint; pd: string; lgd: string }[]
  /** Cost of activity: a positive amount. */
  opexFen: bigint
  riskWeightedFen: bigint
  terms: ContributionTerms
}
export type ContributionFound = {
  deposits: bigint[]; insuranceFen: bigint; interestFen: bigint; fundingFen: bigint; loanVatFen: bigint; loanSurchargeFen: bigint; loanLossFen: bigint; loanFen: bigint
  feeVatFen: bigint; feeSurchargeFen: bigint; feeNetFen: bigint; billLossFen: bigint; preTaxFen: bigint; taxFen: bigint; netFen: bigint; capitalFen: bigint; chargeFen: bigint; evaFen: bigint; rarocPct: string | null
}

const basis = 360
const whole = (value: Exact): bigint => BigInt(roundHalfUp(value, 0).toFixed(0))
/** amount × rate × days ÷ 360, rounded half up to fen. */
export function overDays(amountFen: bigint, rate: Exact, days: number): bigint {
  return whole(exact(amountFen).times(rate).times(days).div(basis))
}
/** The tax inside of a gross amount: gross ÷ (1 + rate) × rate. */
export function vatOf(grossFen: bigint, rate: string): bigint {
  return whole(exact(grossFen).times(exact(rate)).div(exact(rate).plus(1)))
}

/** Contribution of a customer in a period by funds transfer pricing (2.9): positive parts are costs where their name says so. */
export function contributionOf({ days, deposits, loans, feesFen, bills, opexFen, riskWeightedFen, terms }: ContributionGiven): ContributionFound {
  const parts = deposits.map((one) => overDays(one.adbFen, exact(one.ftp).minus(exact(one.rate)), days))
  const insuranceFen = overDays(sumFen(deposits.map((one) => one.adbFen)), exact(terms.depInsRate), days)
  const interestFen = sumFen(loans.map((one) => overDays(one.adbFen, exact(one.rate), days)))
  const fundingFen = sumFen(loans.map((one) => overDays(one.adbFen, exact(one.ftp), days)))
  const loanVatFen = vatOf(interestFen, terms.vatRate)
  const loanSurchargeFen = whole(exact(loanVatFen).times(exact(terms.surchargeRate)))
  const loanLossFen = sumFen(loans.map((one) => overDays(one.adbFen, exact(one.pd).times(exact(one.lgd)), days)))
  const loanFen = interestFen - fundingFen - loanVatFen - loanSurchargeFen - loanLossFen
  const feeVatFen = vatOf(feesFen, terms.vatRate)
  const feeSurchargeFen = whole(exact(feeVatFen).times(exact(terms.surchargeRate)))
  const feeNetFen = feesFen - feeVatFen - feeSurchargeFen
  const billLossFen = sumFen(bills.map((one) => overDays(one.exposureFen, exact(one.pd).times(exact(one.lgd)), days)))
  const preTaxFen = sumFen(parts) - insuranceFen + loanFen + feeNetFen - billLossFen - opexFen
  const taxFen = preTaxFen > 0n || terms.taxOnLoss ? whole(exact(preTaxFen).times(exact(terms.taxRate))) : 0n
  const netFen = preTaxFen - taxFen
  const capitalFen = whole(exact(riskWeightedFen).times(exact(terms.capitalRatio)))
  const chargeFen = whole(exact(riskWeightedFen).times(exact(terms.capitalRatio)).times(exact(terms.hurdleRate)).times(days).div(basis))
  return {
    deposits: parts, insuranceFen, interestFen, fundingFen, loanVatFen, loanSurchargeFen, loanLossFen, loanFen, feeVatFen, feeSurchargeFen, feeNetFen, billLossFen,
    preTaxFen, taxFen, netFen, capitalFen, chargeFen, evaFen: netFen - chargeFen, rarocPct: rarocPct(netFen, capitalFen, days),
  }
}

/** Net contribution × (360 ÷ days) ÷ capital, in percent with 4 decimals; null without capital. */
export function rarocPct(netFen: bigint, capitalFen: bigint, days: number): string | null {
  return capitalFen <= 0n || days <= 0 ? null : decimalText(exact(netFen).times(basis).times(100).div(days).div(exact(capitalFen)), 4)
}

/** The pre-tax contribution split among managers by their shares: largest remainder, so that the parts are the whole. */
export function splitContribution(preTaxFen: bigint, shares: readonly string[]): bigint[] {
  return splitFen(preTaxFen, shares)
}

export type ValueLine = { kind: string; productCode: string | null; baseFen: bigint | null; amountFen: bigint }
export type ProductPart = { product: string; amountFen: bigint }

const loanKinds = ['LOAN_VAT', 'LOAN_SURCHARGE', 'EXPECTED_LOSS']

/**
 * The lines of a customer put together by product: what stands for all deposits or all loans together (insurance, taxes, loss) is laid on the products by their balances, to the fen, so that
 * the parts sum to the customer. Fees and the cost of activity are parts of their own.
 */
export function byProduct(lines: readonly ValueLine[]): ProductPart[] {
  const sums = new Map<string, bigint>()
  const put = (product: string, fen: bigint): void => void sums.set(product, (sums.get(product) ?? 0n) + fen)
  const lay = (amount: bigint, over: string, own: string): void => {
    if (amount === 0n) return
    const bases = new Map<string, bigint>()
    for (const line of lines) if (line.kind === over && line.productCode !== null && (line.baseFen ?? 0n) > 0n) bases.set(line.productCode, (bases.get(line.productCode) ?? 0n) + (line.baseFen ?? 0n))
    const products = [...bases.keys()].sort()
    if (products.length === 0) return put(own, amount)
    const split = splitFen(amount, products.map((product) => (bases.get(product) ?? 0n).toString()))
    products.forEach((product, place) => put(product, split[place] ?? 0n))
  }
  for (const line of lines) {
    if (line.productCode !== null && ['DEPOSIT', 'LOAN_INTEREST', 'LOAN_FUNDING'].includes(line.kind)) put(line.productCode, line.amountFen)
    else if (['FEES', 'FEE_VAT', 'FEE_SURCHARGE'].includes(line.kind)) put('FEES', line.amountFen)
    else if (['TRANSACTIONS', 'CONTACTS'].includes(line.kind)) put('COST', line.amountFen)
  }
  lay(sumFen(lines.filter((line) => line.kind === 'DEPOSIT_INSURANCE').map((line) => line.amountFen)), 'DEPOSIT', 'DEPOSIT')
  lay(sumFen(lines.filter((line) => loanKinds.includes(line.kind)).map((line) => line.amountFen)), 'LOAN_INTEREST', 'LOAN')
  return [...sums].map(([product, amountFen]) => ({ product, amountFen })).sort((a, b) => (a.amountFen === b.amountFen ? (a.product < b.product ? -1 : 1) : a.amountFen > b.amountFen ? -1 : 1))
}

/** What each positive part is of all positive parts, in percent with 2 decimals; they sum to 100.00 by largest remainder. Parts that cost have none. */
export function sharesOf(parts: readonly ProductPart[]): (string | null)[] {
  const positive = parts.filter((part) => part.amountFen > 0n)
  if (positive.length === 0) return parts.map(() => null)
  const split = splitFen(10_000n, positive.map((part) => part.amountFen.toString()))
  return parts.map((part) => {
    const place = positive.indexOf(part)
    return place < 0 ? null : decimalText(yuanOf(split[place] ?? 0n), 2)
  })
}
