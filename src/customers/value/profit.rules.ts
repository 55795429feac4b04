import { Exact, decimalText, exact } from '../../foundation/values/decimal.ts'

/** What each part is of the whole, in percent with two decimals; negative where it costs. Null: the whole earns nothing. */
export function profitShares(partsFen: readonly string[], wholeFen: string): (string | null)[] {
  const whole = exact(wholeFen)
  return partsFen.map((fen) => (whole.lte(new Exact(0)) ? null : decimalText(exact(fen).times(100).div(whole), 2)))
}
