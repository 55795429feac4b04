import { Decimal } from 'decimal.js'

/** Exact decimals with 40 significant digits: rates, points, shares, coefficients. Never made from a binary fraction. */
export const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -60, toExpPos: 60 })
export type Exact = InstanceType<typeof Exact>

const plain = /^[-+]?\d{1,60}(\.\d{1,40})?$/

/** Reads a decimal: "0.0385", a whole number of any size, or one already read. Throws on anything else (our own mistake: the contract checked it). */
export function exact(value: string | bigint | Exact): Exact {
  if (typeof value === 'bigint') return new Exact(value.toString())
  if (typeof value !== 'string') return value
  if (!plain.test(value)) throw new Error('not an exact decimal')
  return new Exact(value)
}

/** Half up on the magnitude (四舍五入): 0.005 → 0.01, −0.005 → −0.01; what rounds to zero is 0, never −0 (domain specification 0.2). */
export function roundHalfUp(value: Exact, places: number): Exact {
  const rounded = new Exact(value).toDecimalPlaces(places, Decimal.ROUND_HALF_UP)
  return rounded.isZero() ? new Exact(0) : rounded
}

/** Rounded half up, with exactly so many decimals: "0.8700". */
export function decimalText(value: Exact, places: number): string {
  return roundHalfUp(value, places).toFixed(places)
}

/** An exact amount in yuan, rounded half up to whole fen. */
export function fenOf(yuan: Exact): bigint {
  return BigInt(roundHalfUp(yuan.times(100), 0).toFixed(0))
}

/** Whole fen as exact yuan. */
export function yuanOf(fen: bigint): Exact {
  return new Exact(fen.toString()).div(100)
}

/** value limited to [least, most]. */
export function clamp(value: Exact, least: Exact, most: Exact): Exact {
  if (value.lt(least)) return least
  return value.gt(most) ? most : value
}
