import { describe, expect, test } from 'vitest'
import { periodBefore, periodOf, spanOf } from './period.rules.ts'

describe('quarters and years', () => {
  test.each([['2026-01-01', '2026-Q1'], ['2026-03-31', '2026-Q1'], ['2026-04-01', '2026-Q2'], ['2026-09-30', '2026-Q3'], ['2026-11-23', '2026-Q4'], ['2026-12-31', '2026-Q4']])('%s lies in %s', (day, quarter) => {
    expect(periodOf(day, 'QUARTER')).toBe(quarter)
    expect(periodOf(day, 'YEAR')).toBe('2026')
  })
  test.each([['2026-Q1', '2026-01-01', '2026-03-31'], ['2026-Q2', '2026-04-01', '2026-06-30'], ['2026-Q3', '2026-07-01', '2026-09-30'], ['2026-Q4', '2026-10-01', '2026-12-31'], ['2026', '2026-01-01', '2026-12-31']])('%s is from %s to %s', (period, firstDay, lastDay) => {
    expect(spanOf(period)).toEqual({ firstDay, lastDay })
  })
  test.each([['2026-Q1', '2025-Q4'], ['2026-Q4', '2026-Q3'], ['2026', '2025']])('before %s is %s', (period, before) => {
    expect(periodBefore(period)).toBe(before)
  })
  test('there is no fifth quarter', () => {
    expect(() => spanOf('2026-Q5')).toThrow('no quarter')
  })
})
