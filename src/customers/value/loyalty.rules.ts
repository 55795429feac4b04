import { clamp, decimalText, Exact, exact, roundHalfUp } from '../../foundation/values/decimal.ts'

/** What is known of a customer's loyalty (2.8); null: not known, the part is left out. */
export type LoyaltyGiven = {
  /** Our balances of the balances at all banks that are known, 0 to 1. */
  shareOfWallet: string | null
  years: string | null
  productLines: number | null
  /** 1: payroll or main account with us; 0.5: the main settlement account only; 0: none. */
  payrollOrMainAccount: '1' | '0.5' | '0' | null
  complaintFree: '1' | '0' | null
}
export const loyaltyParts = ['shareOfWallet', 'years', 'productLines', 'payrollOrMainAccount', 'complaintFree'] as const
export type LoyaltyPart = (typeof loyaltyParts)[number]
const weights: Record<LoyaltyPart, number> = { shareOfWallet: 30, years: 15, productLines: 25, payrollOrMainAccount: 20, complaintFree: 10 }
export type Loyalty = { index: string | null; parts: { part: LoyaltyPart; weight: number; points: string | null }[] }

const ratio = (value: Exact, most: number): Exact => clamp(value.div(most), new Exact(0), new Exact(1))

/** Index 0 to 100: parts rounded to two decimals; those without data are left out and the others scaled to 100. */
export function loyaltyIndex(given: LoyaltyGiven): Loyalty {
  const points: Record<LoyaltyPart, Exact | null> = {
    shareOfWallet: given.shareOfWallet === null ? null : ratio(exact(given.shareOfWallet), 1),
    years: given.years === null ? null : ratio(exact(given.years), 10),
    productLines: given.productLines === null ? null : ratio(new Exact(given.productLines), 6),
    payrollOrMainAccount: given.payrollOrMainAccount === null ? null : exact(given.payrollOrMainAccount),
    complaintFree: given.complaintFree === null ? null : exact(given.complaintFree),
  }
  let sum = new Exact(0)
  let present = 0
  const parts = loyaltyParts.map((part) => {
    const found = points[part]
    const rounded = found === null ? null : roundHalfUp(found.times(weights[part]), 2)
    if (rounded !== null) {
      sum = sum.plus(rounded)
      present += weights[part]
    }
    return { part, weight: weights[part], points: rounded === null ? null : decimalText(rounded, 2) }
  })
  return { index: present === 0 ? null : decimalText(sum.times(100).div(present), 2), parts }
}
