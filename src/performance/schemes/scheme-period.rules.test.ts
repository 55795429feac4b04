import { describe, expect, test } from 'vitest'
import { periodOf, shareOfTarget, targetOf } from './scheme-period.rules.ts'

describe('the period that a month belongs to', () => {
  test.each([
    ['MONTH', '2025-04', '2025-04-01', '2025-05-01', 30, true], ['QUARTER', '2025-04', '2025-04-01', '2025-05-01', 30, false], ['QUARTER', '2025-06', '2025-04-01', '2025-07-01', 91, true],
    ['HALF_YEAR', '2025-12', '2025-07-01', '2026-01-01', 184, true], ['HALF_YEAR', '2025-06', '2025-01-01', '2025-07-01', 181, true], ['HALF_YEAR', '2025-11', '2025-07-01', '2025-12-01', 153, false],
    ['YEAR', '2024-12', '2024-01-01', '2025-01-01', 366, true], ['YEAR', '2025-03', '2025-01-01', '2025-04-01', 90, false],
  ] as const)('%s %s', (period, month, from, to, days, isEnd) => expect(periodOf(period, month)).toEqual({ from, to, days, isEnd }))
})

describe('the target of the days that are measured', () => {
  const part = (from: string, to: string, target: string, planId = 'p', planVersion = 1) => ({ from, to, target, planId, planVersion })
  const april = { from: '2025-04-01', to: '2025-05-01' }
  const half = { from: '2025-07-01', to: '2026-01-01' }
  const events = { overTime: true, byDays: true }
  const level = { overTime: false, byDays: true }
  const ratio = { overTime: false, byDays: false }
  test.each([
    ['no part', [], april, events, null],
    ['the part is the month', [part('2025-04-01', '2025-05-01', '24')], april, events, '24'],
    ['a year of events: 30 of 365 days', [part('2025-01-01', '2026-01-01', '365.00')], april, events, '30'],
    ['a level of the year holds in each month', [part('2025-01-01', '2026-01-01', '365.00')], april, level, '365'],
    ['quarters add up', [part('2025-07-01', '2025-10-01', '10.50'), part('2025-10-01', '2026-01-01', '9.50')], half, events, '20'],
    ['of a level the last part holds', [part('2025-07-01', '2025-10-01', '10'), part('2025-10-01', '2026-01-01', '12')], half, level, '12'],
    // hundred-transfer: the old plan ends with the transfer, already for its days
    ['transfer', [part('2025-07-01', '2025-10-16', '17445652.17', 'old', 2), part('2025-10-16', '2026-01-01', '12554347.83', 'new')], half, level, '30000000'],
    ['transfer, a ratio by days', [part('2025-07-01', '2025-10-16', '2.00', 'old', 2), part('2025-10-16', '2026-01-01', '1.00', 'new')], half, ratio, '1.58'],
  ] as const)('%s', (_name, parts, window, adding, target) => expect(targetOf(parts, window, adding)?.target ?? null).toBe(target))
})

describe('by which days a level of a post is held against its target (decision 0063)', () => {
  const span = (from: string, to: string | null, wholeDays?: number) => ({ from, to, target: '1', planId: 'p', planVersion: 1, ...(wholeDays === undefined ? {} : { wholeDays }) })
  const quarter = { from: '2025-04-01', to: '2025-07-01' }
  const [old, now] = [{ from: '2025-04-01', to: '2025-05-16' }, { from: '2025-05-16', to: '2025-07-01' }]
  test.each([
    ['the plan of a quarter, left on 16 May', [span('2025-04-01', '2025-05-16', 91)], old, quarter, { days: 45, of: 91 }],
    ['the plan of a year', [span('2025-01-01', '2025-05-16', 365)], old, quarter, { days: 135, of: 365 }],
    ['a year by quarters: the part of the transfer', [span('2025-01-01', '2025-04-01', 90), span('2025-04-01', '2025-05-16', 91)], old, quarter, { days: 45, of: 91 }],
    ['the rest of the quarter, after a plan', [span('2025-05-16', '2025-07-01', 91)], now, quarter, { days: 46, of: 91 }],
    ['the rest of the year, after a plan', [span('2025-05-16', '2026-01-01', 365)], now, quarter, { days: 230, of: 365 }],
    ['the rest of the quarter, without a plan before it', [span('2025-05-16', '2025-07-01', 46)], now, quarter, { days: 46, of: 91 }],
    ['the rest of the year, without a plan before it', [span('2025-05-16', null, 230)], now, quarter, { days: 230, of: 365 }],
    ['the quarter after the transfer counts whole', [span('2025-07-01', '2025-10-01', 92)], { from: '2025-07-01', to: '2025-10-01', since: '2025-05-16' }, { from: '2025-07-01', to: '2025-10-01' }, { days: 92, of: 92 }],
    ['the rest of the year in a later quarter', [span('2025-05-16', '2026-01-01', 365)], { from: '2025-07-01', to: '2025-10-01', since: '2025-05-16' }, { from: '2025-07-01', to: '2025-10-01' }, { days: 230, of: 365 }],
    ['a plan that nobody divided although he was elsewhere for a while', [span('2025-04-01', '2025-07-01', 91)], old, quarter, null],
    ['nothing is known of the part', [span('2025-04-01', '2025-05-16')], old, quarter, null], ['no plan', [], old, quarter, null],
  ] as const)('%s', (_name, spans, part, period, share) => expect(shareOfTarget(spans, part, period)).toEqual(share))
})
