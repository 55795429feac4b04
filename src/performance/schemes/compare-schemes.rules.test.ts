import { describe, expect, test } from 'vitest'
import { compared } from './compare-schemes.rules.ts'

const people = (changes: readonly (readonly [count: number, change: bigint])[]) => changes.flatMap(([count, change]) => Array.from({ length: count }, () => ({ beforeFen: 1_000_000n, afterFen: 1_000_000n + change })))

describe('who gains and who loses', () => {
  test.each([
    ['ten gain, six lose', [[10, 20_000n], [6, -20_000n]], [10, 6, 0, 80_000n]],
    // of two counts one would tell the other: both are kept back
    ['ten gain, three lose', [[10, 20_000n], [3, -20_000n]], [null, null, null, 140_000n]],
    ['nobody changes', [[7, 0n]], [0, 0, 7, 0n]],
  ] as const)('%s', (_name, changes, [gain, lose, same, cost]) => {
    const found = compared(people(changes))
    expect(found && [found.gain, found.lose, found.same, found.afterFen - found.beforeFen]).toEqual([gain, lose, same, cost])
  })
  test('fewer than five people: nothing is told', () => expect(compared(people([[4, 100n]]))).toBeNull())
  test('no bucket of fewer than five, and none that the whole would give away', () => {
    const found = compared(people([[10, 20_000n], [6, -20_000n], [2, 900_000n]]))
    const told = found?.buckets.map(({ people: count }) => count) ?? []
    expect(told.filter((count) => count !== null && count > 0 && count < 5)).toEqual([])
    expect(told.filter((count) => count === null)).toHaveLength(2)
  })
})
