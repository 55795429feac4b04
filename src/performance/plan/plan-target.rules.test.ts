import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, daysBetween } from '../../foundation/values/business-date.ts'
import { fenFromYuan, sumFen, yuanText } from '../../foundation/values/fen.ts'
import { addsOverPeople, addsOverTime, growthOf, medianOfPeers, monthsOfPeriod, partsOfPeriod, prorateParts, shownUnit, spreadTarget } from './plan-target.rules.ts'
import { exact } from '../../foundation/values/decimal.ts'

const events = { source: 'LOAN_PAID_OUT', measure: 'SUM', window: 'MONTH' } as const
const average = { source: 'DEPOSIT', measure: 'INCREMENT', window: 'MONTH' } as const
const ratio = { source: 'LOAN', measure: 'RATIO', window: 'MONTH' } as const
const sinceJanuary = { source: 'FORM', measure: 'SUM', window: 'YEAR' } as const
const half = { from: '2025-07-01', to: '2026-01-01' }
const whole = (target: string) => [{ ...half, target }]

test.each([
  ['events of a month', events, true, true, 'FEN'], ['average above the base', average, false, true, 'FEN'], ['a ratio', ratio, false, false, 'PERCENT'], ['hours since January', sinceJanuary, false, true, 'NUMBER'],
] as const)('%s', (_what, terms, time, people, unit) => expect([addsOverTime(terms), addsOverPeople(terms), shownUnit(terms)]).toEqual([time, people, unit]))

describe('hundred-transfer', () => {
  test('30,000,000 of a half-year for 107 of 184 days; the rest of the same target', () => {
    expect(prorateParts('30000000.00', whole('30000000.00'), '2025-10-16', average)).toEqual({ target: '17445652.17', parts: [{ from: '2025-07-01', to: '2025-10-16', target: '17445652.17' }], rest: '12554347.83' })
  })
  test('months before the transfer stay, its month goes by days, later ones fall away', () => {
    const spread = spreadTarget('1200.00', half, 'MONTH', events, ['100', '200', '300', '310', '190', '100'])
    expect(spread.ok && prorateParts('1200.00', spread.parts, '2025-10-16', events)).toEqual({
      target: '750.00', rest: '450.00', parts: [{ from: '2025-07-01', to: '2025-08-01', target: '100.00' }, { from: '2025-08-01', to: '2025-09-01', target: '200.00' }, { from: '2025-09-01', to: '2025-10-01', target: '300.00' }, { from: '2025-10-01', to: '2025-10-16', target: '150.00' }],
    })
  })
  test('a ratio is not divided by days', () => expect(prorateParts('1.50', whole('1.50'), '2025-10-16', ratio)).toEqual({ target: '1.50', parts: [{ from: '2025-07-01', to: '2025-10-16', target: '1.50' }], rest: null }))
  test('what is counted since January goes on from the part before (decision 0063): 40 hours by June, 20 by March, are 29.89 on 16 May', () => {
    const year = { from: '2025-01-01', to: '2026-01-01' }
    const spread = spreadTarget('80.00', year, 'QUARTER', sinceJanuary, ['20', '40', '60', '80'])
    expect(spread.ok && prorateParts('80.00', spread.parts, '2025-05-16', sinceJanuary)).toEqual({
      target: '29.89', rest: '50.11', parts: [{ from: '2025-01-01', to: '2025-04-01', target: '20.00' }, { from: '2025-04-01', to: '2025-05-16', target: '29.89' }],
    })
    // the plan of one quarter knows nothing before it: 40 × 135 ÷ 181 days since January
    expect(prorateParts('40.00', [{ from: '2025-04-01', to: '2025-07-01', target: '40.00' }], '2025-05-16', sinceJanuary)).toMatchObject({ target: '29.83', rest: '10.17' })
    expect(prorateParts('80.00', [{ ...year, target: '80.00' }], '2025-05-16', sinceJanuary)).toMatchObject({ target: '29.59' })
  })
  test('the target of a growth that falls is reached step by step too', () =>
    expect(prorateParts('50.00', [{ from: '2025-01-01', to: '2025-04-01', target: '80.00' }, { from: '2025-04-01', to: '2025-07-01', target: '50.00' }], '2025-05-16', { source: 'LOAN', measure: 'CHANGE', window: 'YEAR' })).toMatchObject({ target: '65.16' }))
  test('whatever the day: the former and the new part make the whole to the hundredth, neither is negative', () => {
    fc.assert(fc.property(fc.bigInt(1n, 10n ** 14n), fc.integer({ min: 1, max: 183 }), fc.constantFrom('WHOLE', 'QUARTER', 'MONTH'), (fen, days, split) => {
      const target = yuanText(fen)
      const day = addDays(half.from, days)
      for (const terms of [events, average, sinceJanuary]) {
        const spread = spreadTarget(target, half, split, terms, null)
        if (!spread.ok) throw new Error(spread.why)
        const moved = prorateParts(target, spread.parts, day, terms)
        expect(fenFromYuan(moved.target) + fenFromYuan(moved.rest ?? '')).toBe(fen)
        expect(fenFromYuan(moved.target) >= 0n && fenFromYuan(moved.target) <= fen).toBe(true)
        expect(moved.parts.at(-1)?.to).toBe(day)
        expect(moved.parts.reduce((sum, part) => sum + daysBetween(part.from, part.to), 0)).toBe(days)
      }
    }))
  })
})

describe('a target over the parts of its period', () => {
  test.each([
    ['1000.00', 'MONTH', events, null, ['166.66', '166.66', '166.66', '166.66', '166.66', '166.70']], ['1000.00', 'QUARTER', average, null, ['1000.00', '1000.00']], ['1000.00', 'QUARTER', events, ['400', '600'], ['400.00', '600.00']],
    ['1000.00', 'QUARTER', events, ['400', '600.01'], 'PARTS_NOT_WHOLE'], ['1000.00', 'QUARTER', average, ['700', '1000'], ['700.00', '1000.00']], ['1000.00', 'QUARTER', average, ['700', '900'], 'PARTS_NOT_WHOLE'], ['1000.00', 'QUARTER', events, ['1000'], 'PARTS_NOT_WHOLE'],
    ['1000.00', 'WHOLE', events, null, ['1000.00']],
    // since January: 273 of 365 days at the end of September
    ['365.00', 'QUARTER', sinceJanuary, null, ['273.00', '365.00']],
  ] as const)('%s by %s', (target, split, terms, given, result) => {
    const spread = spreadTarget(target, half, split, terms, given)
    expect(spread.ok ? spread.parts.map((part) => part.target) : spread.why).toEqual(result)
  })
  test('a period of five months has no halves', () => {
    expect(spreadTarget('1', { from: '2025-08-01', to: '2026-01-01' }, 'HALF', events, null)).toEqual({ ok: false, why: 'PERIOD_DOES_NOT_DIVIDE' })
    expect(partsOfPeriod('2025-01-01', '2026-01-01', 'HALF')).toEqual([{ from: '2025-01-01', to: '2025-07-01' }, { from: '2025-07-01', to: '2026-01-01' }])
    // from the day of a transfer: the rest of its quarter, then whole ones
    expect(partsOfPeriod('2025-05-16', '2026-01-01', 'QUARTER')?.map(({ from }) => from)).toEqual(['2025-05-16', '2025-07-01', '2025-10-01'])
    expect(partsOfPeriod('2025-05-16', '2025-07-01', 'MONTH')).toEqual([{ from: '2025-05-16', to: '2025-06-01' }, { from: '2025-06-01', to: '2025-07-01' }])
    expect(partsOfPeriod('2025-05-16', '2026-01-01', 'HALF')?.map(({ to }) => to)).toEqual(['2025-07-01', '2026-01-01'])
    expect(monthsOfPeriod('2025-11-01', '2026-02-01')).toEqual(['2025-11', '2025-12', '2026-01'])
  })
  test('equal parts always sum to the whole', () => {
    fc.assert(fc.property(fc.bigInt(0n, 10n ** 14n), fc.constantFrom('WHOLE', 'HALF', 'QUARTER', 'MONTH'), (fen, split) => {
      const spread = spreadTarget(yuanText(fen), { from: '2025-01-01', to: '2026-01-01' }, split, events, null)
      expect(spread.ok && sumFen(spread.parts.map((part) => fenFromYuan(part.target)))).toBe(fen)
    }))
  })
})

test.each([
  [['1', '2', '3', '4'], null], [['5', '1', '4', '2', '3'], '3.00'], [['5', '1', '4', '2', '3', '6'], '3.50'],
] as const)('median of %o', (figures, median) => expect(medianOfPeers(figures)).toBe(median))
test.each([['30000000', '19000000', '57.89'], ['5', '0', null], ['5', '-1', null]] as const)('from %2$s to %1$s', (target, base, growth) => expect(growthOf(exact(target), exact(base))).toBe(growth))
