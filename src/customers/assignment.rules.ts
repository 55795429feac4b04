import { exact, Exact } from '../foundation/values/decimal.ts'
import { refuse, type Refusal } from '../foundation/values/outcome.ts'

/** One manager's part of a customer. `sharePct`: percent with at most two decimals, "60.00". */
export type Slice = { staffKey: number; sharePct: string; main: boolean }

/** May these be the managers of a customer? Most fundamental first: nobody, a person twice, not exactly one main, a share outside (0, 100], a sum other than 100. Null: yes. */
export function faultOfSlices(slices: readonly Slice[]): Refusal | null {
  if (slices.length === 0) return refuse('no-slices', { field: 'slices' }).refusal
  if (new Set(slices.map((slice) => slice.staffKey)).size !== slices.length) return refuse('person-twice', { field: 'slices' }).refusal
  if (slices.filter((slice) => slice.main).length !== 1) return refuse('one-main', { field: 'slices' }).refusal
  const shares = slices.map((slice) => exact(slice.sharePct))
  if (shares.some((share) => share.lte(0) || share.gt(100) || share.decimalPlaces() > 2)) return refuse('share-out-of-range', { field: 'slices' }).refusal
  const sum = shares.reduce((total, share) => total.plus(share), new Exact(0))
  if (!sum.equals(100)) return refuse('shares-not-100', { field: 'slices', details: { sum: sum.toFixed(2) } }).refusal
  return null
}
