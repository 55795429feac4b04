import { describe, expect, test } from 'vitest'
import { tierRowsOn } from './tier-table.ts'
import { meritOf, tierAfter, valueTiers, type MonthFacts, type TierRow, type ValueTier } from './tier.rules.ts'

const [ours] = tierRowsOn('demo', '2026-11-23')
const [berka] = tierRowsOn('berka', '1994-03-30')
const average = (yuanEachDay: bigint, days = 30, hasCredit = false): MonthFacts => ({ fenDays: yuanEachDay * 100n * BigInt(days), days, hasCredit })

describe('what a month gives', () => {
  const cases: [row: TierRow | undefined, kind: 'CORPORATE' | 'PERSON', month: MonthFacts, tier: ValueTier][] = [
    [ours, 'CORPORATE', average(20_000_000n), 'T1'],
    [ours, 'CORPORATE', { ...average(20_000_000n), fenDays: 20_000_000n * 100n * 30n - 1n }, 'T2'],
    [ours, 'CORPORATE', average(5_000_000n), 'T2'],
    [ours, 'CORPORATE', average(4_999_999n), 'T3'],
    [ours, 'CORPORATE', average(0n), 'T4'],
    [ours, 'CORPORATE', average(0n, 30, true), 'T2'],
    [ours, 'CORPORATE', average(20_000_000n, 30, true), 'T1'],
    [ours, 'PERSON', average(6_000_000n, 31), 'T1'],
    [ours, 'PERSON', average(500_000n, 28), 'T2'],
    [ours, 'PERSON', average(50_000n), 'T3'],
    [ours, 'PERSON', average(49_999n, 30, true), 'T4'],
    [berka, 'PERSON', average(100_000n), 'T1'],
    [berka, 'PERSON', average(99_999n), 'T2'],
    [berka, 'PERSON', average(10_000n), 'T3'],
    [berka, 'PERSON', average(-5n, 30, true), 'T4'],
  ]
  test.each(cases)('%#: %s', (row, kind, month, tier) => {
    expect(row && meritOf(row[kind], month)).toBe(tier)
  })
  test('a bank’s own table wins; outside of its dates there is none', () => {
    expect(berka?.version).toBe('berka-1')
    expect(tierRowsOn('x', '2020-01-01', [{ ...(ours as TierRow), from: '2021-01-01' }])).toEqual([])
  })
})

describe('up at once, down after three months', () => {
  const cases: [held: [ValueTier, number] | null, now: ValueTier, before: ValueTier, beforeThat: ValueTier, after: ValueTier][] = [
    [null, 'T3', 'T1', 'T1', 'T3'],
    [['T3', 1], 'T1', 'T4', 'T4', 'T1'],
    [['T1', 9], 'T2', 'T1', 'T1', 'T1'],
    [['T1', 9], 'T2', 'T2', 'T1', 'T1'],
    [['T1', 9], 'T2', 'T2', 'T2', 'T2'],
    [['T1', 9], 'T4', 'T3', 'T2', 'T2'],
    [['T1', 9], 'T4', 'T4', 'T4', 'T4'],
    [['T1', 2], 'T4', 'T4', 'T4', 'T1'],
    [['T2', 9], 'T2', 'T4', 'T4', 'T2'],
  ]
  test.each(cases)('held %s, months %s %s %s: %s', (held, now, before, beforeThat, after) => {
    expect(tierAfter(held && { tier: held[0], months: held[1] }, [now, before, beforeThat])).toBe(after)
  })
  test('always: never below the best of three months, never above what is held unless this month earned it', () => {
    const rank = (tier: ValueTier) => valueTiers.indexOf(tier)
    for (const held of valueTiers) for (const months of [1, 3, 12]) for (const a of valueTiers) for (const b of valueTiers) for (const c of valueTiers) {
      const after = tierAfter({ tier: held, months }, [a, b, c])
      expect(rank(after)).toBeLessThanOrEqual(Math.max(rank(held), Math.min(rank(a), rank(b), rank(c))))
      if (rank(after) < rank(held)) expect(after).toBe(a)
      if (rank(a) <= rank(held)) expect(after).toBe(a)
    }
  })
})
