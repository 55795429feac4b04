import { Exact, exact } from './decimal.ts'

/** Money: whole fen (1/100 of the currency's unit). In JSON a string of digits. */
export type Fen = bigint

/** Reads fen from digits: "-25888" is −258.88 yuan. Throws on anything else. */
export function fen(digits: string): Fen {
  if (!/^-?\d{1,19}$/.test(digits)) throw new Error('not whole fen')
  return BigInt(digits)
}

/** Reads yuan with at most two decimals: "3115.00" → 311500n. Throws on anything else. */
export function fenFromYuan(yuan: string): Fen {
  const found = /^([-+]?)(\d{1,17})(?:\.(\d{1,2}))?$/.exec(yuan)
  if (!found) throw new Error('not an amount in yuan')
  const size = BigInt(`${found[2]}${(found[3] ?? '').padEnd(2, '0')}`)
  return found[1] === '-' ? -size : size
}

/** "3115.00", ASCII minus, no separators: files, copies, fixtures. */
export function yuanText(amount: Fen): string {
  const size = amount < 0n ? -amount : amount
  return `${amount < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`
}

export function sumFen(amounts: Iterable<Fen>): Fen {
  let sum = 0n
  for (const amount of amounts) sum += amount
  return sum
}

/**
 * Exact parts of a sum (whole numbers over one denominator) in fen so that they add up to `whole`, which is their sum rounded: each is rounded down, and the fen that are left go one by one to the largest rests
 * (0.2); of equal rests to the part that is listed first. Parts may be negative.
 */
export function roundTogether(parts: readonly bigint[], denominator: bigint, whole: Fen): Fen[] {
  const floors = parts.map((part) => part / denominator - (part % denominator < 0n ? 1n : 0n))
  const rests = parts.map((part, place) => ({ place, rest: part - (floors[place] ?? 0n) * denominator })).sort((a, b) => (a.rest === b.rest ? a.place - b.place : a.rest > b.rest ? -1 : 1))
  const left = whole - floors.reduce((sum, fen) => sum + fen, 0n)
  if (left < 0n || left > BigInt(parts.length)) throw new Error('the whole is not the sum of the parts')
  const more = new Set(rests.slice(0, Number(left)).map(({ place }) => place))
  return floors.map((fen, place) => fen + (more.has(place) ? 1n : 0n))
}

/**
 * Splits a total by shares (any exact positive weights: "60.00", "1"): floor each, then the left-over fen to the largest remainders, ties to the first.
 * A negative total is split by its magnitude. The parts sum to the whole (domain specification 0.2).
 */
export function splitFen(total: Fen, shares: readonly string[]): Fen[] {
  const weights = shares.map((share) => exact(share))
  const whole = weights.reduce((sum, weight) => sum.plus(weight), new Exact(0))
  if (weights.length === 0 || whole.lte(0) || weights.some((weight) => weight.lt(0))) throw new Error('shares must be positive')
  // whole numbers only: a quotient of decimals could lose the tie
  const scale = Math.max(...weights.map((weight) => weight.decimalPlaces()))
  const units = weights.map((weight) => BigInt(weight.times(new Exact(10).pow(scale)).toFixed(0)))
  const sum = sumFen(units)
  const size = total < 0n ? -total : total
  const parts = roundTogether(units.map((unit) => size * unit), sum, size)
  return total < 0n ? parts.map((part) => -part) : parts
}

/** n equal tranches: each floored to fen on the magnitude, the last takes the remainder, so that nothing is paid early. */
export function equalTranches(total: Fen, n: number): Fen[] {
  if (!Number.isSafeInteger(n) || n < 1) throw new Error('at least one tranche')
  const size = total < 0n ? -total : total
  const each = size / BigInt(n)
  const parts = Array.from({ length: n }, (_, place) => (place === n - 1 ? size - each * BigInt(n - 1) : each))
  return parts.map((part) => (total < 0n ? -part : part))
}
