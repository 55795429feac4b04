import { exact } from '../../foundation/values/decimal.ts'
import type { IndicatorUnit } from '../indicator.contract.ts'

/** How an indicator changed, as its kind of figure is shown: whole fen; of a percentage the difference as a ratio ("0.0077" is 0.77 percentage points); of a number with as many decimals as it has, two at most. Null where one of them is not known. */
export type Difference = { fen: string } | { points: string } | { number: string; decimals: number } | null

export function differenceOf({ value, before, unit }: { value: string | null; before: string | null; unit: IndicatorUnit }): Difference {
  if (value === null || before === null) return null
  const change = exact(value).minus(exact(before))
  if (unit === 'FEN') return { fen: change.toFixed(0) }
  return unit === 'PERCENT' ? { points: change.div(100).toFixed(4) } : { number: change.toFixed(), decimals: change.isInteger() ? 0 : 2 }
}
