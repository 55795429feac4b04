import { sumFen, type Fen } from '../../foundation/values/fen.ts'

/** One person over the months compared: what was paid, and what the changed scheme would have paid. */
export type Compared = { beforeFen: Fen; afterFen: Fen }
export type Bucket = { from: Fen | null; to: Fen | null; people: number | null }
export type Comparison = { people: number; gain: number | null; lose: number | null; same: number | null; beforeFen: Fen; afterFen: Fen; buckets: Bucket[] }

const least = 5
const shown = (count: number): number | null => (count === 0 || count >= least ? count : null)
/** Limits of the change of a person over all months, in fen. */
const limits: readonly Fen[] = [-500_000n, -100_000n, -10_000n, 0n, 10_000n, 100_000n, 500_000n]

/** Who gains, who loses, what it costs, how the change is spread; no count of fewer than five people is told, and nothing of a bank of fewer than five. */
export function compared(people: readonly Compared[]): Comparison | null {
  if (people.length < least) return null
  const changes = people.map(({ beforeFen, afterFen }) => afterFen - beforeFen)
  const count = (test: (change: Fen) => boolean): number => changes.filter(test).length
  const counts = { gain: count((change) => change > 0n), lose: count((change) => change < 0n), same: count((change) => change === 0n) }
  // one count that is kept back must not be told by the others
  const hidden = Object.values(counts).filter((one) => shown(one) === null).length
  const told = (one: number): number | null => (hidden > 0 ? (one >= least && hidden > 1 ? one : null) : one)
  const edges = [null, ...limits, null]
  const raw = edges.slice(0, -1).map((from, place) => {
    const to = edges[place + 1] ?? null
    return { from, to, n: count((change) => (from === null || change >= from) && (to === null || change < to)) }
  })
  const few = raw.filter(({ n }) => n > 0 && n < least).length
  const buckets = raw.map(({ from, to, n }) => ({ from, to, people: n === 0 ? 0 : n < least ? null : few === 1 && n === Math.min(...raw.filter((one) => one.n >= least).map((one) => one.n)) ? null : n }))
  return { people: people.length, gain: told(counts.gain), lose: told(counts.lose), same: told(counts.same), beforeFen: sumFen(people.map(({ beforeFen }) => beforeFen)), afterFen: sumFen(people.map(({ afterFen }) => afterFen)), buckets }
}
