import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, daysBetween } from '../foundation/values/business-date.ts'
import { exact } from '../foundation/values/decimal.ts'
import { growthParts, growthStart, isWholeYear, timePassed, weighFactors, yearPassed, type HeldPost } from './growth.rules.ts'

const own = (from: string, to: string | null, at = 'RM 1'): HeldPost => ({ from, to, own: true, at })
const other = (from: string, to: string | null): HeldPost => ({ from, to, own: false, at: 'LOBBY 1' })

describe('the parts of a month for what is counted since January', () => {
  test.each<[string, HeldPost[], unknown]>([
    ['in post for years', [own('2020-01-01', null)], [{ from: '2025-06-01', to: '2025-07-01', days: 30, since: null }]],
    ['hired in March: from there, of whom he was given then', [own('2025-03-10', null)], [{ from: '2025-06-01', to: '2025-07-01', days: 30, since: '2025-03-10' }]],
    ['another place of work since 16 April: June is counted from there', [own('2020-01-01', '2025-04-16'), own('2025-04-16', null, 'RM 2')], [{ from: '2025-06-01', to: '2025-07-01', days: 30, since: '2025-04-16' }]],
    ['another post of the scheme since 16 June: two parts', [own('2020-01-01', '2025-06-16'), own('2025-06-16', null, 'SENIOR 1')], [
      { from: '2025-06-01', to: '2025-06-16', days: 15, since: null }, { from: '2025-06-16', to: '2025-07-01', days: 15, since: '2025-06-16' }]],
    ['from a post of another scheme', [other('2020-01-01', '2025-02-01'), own('2025-02-01', null)], [{ from: '2025-06-01', to: '2025-07-01', days: 30, since: '2025-02-01' }]],
    ['another post that ended before the year changes nothing', [other('2020-01-01', '2024-11-01'), own('2025-02-01', null)], [{ from: '2025-06-01', to: '2025-07-01', days: 30, since: '2025-02-01' }]],
    ['to a post of another scheme: until his last day', [own('2020-01-01', '2025-06-11'), other('2025-06-11', null)], [{ from: '2025-06-01', to: '2025-06-11', days: 10, since: null }]],
    ['the same post anew on the next day', [own('2020-01-01', '2025-04-16'), own('2025-04-16', null)], [{ from: '2025-06-01', to: '2025-07-01', days: 30, since: null }]],
    ['two posts at once are one', [own('2020-01-01', null), own('2025-04-16', '2025-06-10', 'RM 2')], [{ from: '2025-06-01', to: '2025-07-01', days: 30, since: null }]],
    ['away and back: begins with the return', [own('2020-01-01', '2025-02-01'), other('2025-02-01', '2025-05-01'), own('2025-05-01', null)], [{ from: '2025-06-01', to: '2025-07-01', days: 30, since: '2025-05-01' }]],
    ['transferred last year', [own('2020-01-01', '2024-12-01'), own('2024-12-01', null, 'RM 2')], [{ from: '2025-06-01', to: '2025-07-01', days: 30, since: null }]],
    ['transferred on New Year’s Day: of whom he holds since then', [own('2020-01-01', '2025-01-01'), own('2025-01-01', null, 'RM 2')], [{ from: '2025-06-01', to: '2025-07-01', days: 30, since: '2025-01-01' }]],
  ])('%s', (_name, posts, parts) => expect(growthParts('2025-06', posts)).toEqual(parts))
  test('only the first two are measured as one', () => {
    expect(isWholeYear('2025-06', growthParts('2025-06', [own('2020-01-01', null)]))).toBe(true)
    expect(isWholeYear('2025-06', growthParts('2025-06', [own('2020-01-01', '2025-06-11')]))).toBe(false)
    expect(isWholeYear('2025-06', growthParts('2025-06', [own('2020-01-01', '2025-04-16'), own('2025-04-16', null, 'RM 2')]))).toBe(false)
  })
  test('a growth is taken from the day before, of whom he holds on the first day; of a year from its last end', () => {
    expect(growthStart({ from: '2025-06-01', to: '2025-07-01', days: 30, since: '2025-04-16' })).toEqual({ day: '2025-04-15', heldOn: '2025-04-16' })
    expect(growthStart({ from: '2025-06-01', to: '2025-07-01', days: 30, since: null })).toEqual({ day: '2024-12-31', heldOn: '2024-12-31' })
  })
})

describe('what of the year has passed', () => {
  test.each([
    ['MONTHS', '2025-01-01', '2025-05-01', '4', '12'], ['MONTHS', '2025-04-16', '2025-07-01', '2 + 15 ÷ 30', '12'], ['MONTHS', '2025-04-16', '2025-04-21', '5 ÷ 30', '12'], ['MONTHS', '2025-04-01', '2025-05-01', '1', '12'],
    ['MONTHS', '2025-02-15', '2025-04-11', '1 + 14 ÷ 28 + 10 ÷ 30', '12'], ['MONTHS', '2025-02-15', '2025-03-11', '14 ÷ 28 + 10 ÷ 31', '12'], ['DAYS', '2025-04-16', '2025-07-01', '76', '365'], ['DAYS', '2024-02-01', '2024-03-01', '29', '366'],
  ] as const)('%s from %s to %s: %s of %s', (progress, since, to, how, of) => expect(timePassed(progress, since, to)).toMatchObject({ how, of }))
  test('the fraction is exact, and of whole months that of the month', () => {
    expect(timePassed('MONTHS', '2025-04-16', '2025-07-01')).toMatchObject({ passed: 75, whole: 360 })
    for (const progress of ['MONTHS', 'DAYS'] as const) for (const month of ['2025-01', '2024-02', '2025-12']) {
      const { passed, whole } = timePassed(progress, `${month.slice(0, 4)}-01-01`, month.endsWith('12') ? '2026-01-01' : addDays(`${month}-28`, 4).slice(0, 8) + '01')
      expect(passed / whole).toBe(yearPassed(progress, month).passed / yearPassed(progress, month).whole)
    }
  })
  test('the parts of a year sum to it, wherever it is cut', () => fc.assert(fc.property(fc.integer({ min: 1, max: 364 }), fc.constantFrom('MONTHS' as const, 'DAYS' as const), (day, progress) => {
    const cut = addDays('2025-01-01', day)
    const [a, b] = [timePassed(progress, '2025-01-01', cut), timePassed(progress, cut, '2026-01-01')]
    expect(a.passed * b.whole + b.passed * a.whole).toBe(a.whole * b.whole)
  })))
})

describe('the factors of two parts', () => {
  test('weighted by days, four decimals', () => expect(weighFactors([{ f: '0.8700', days: 15 }, { f: '1.2000', days: 16 }])).toBe('1.0403'))
  test('a part without a target is not linked', () => expect(weighFactors([{ f: null, days: 15 }, { f: '0.5000', days: 15 }])).toBe('0.7500'))
  test('no part with a target: the link is not applied', () => expect(weighFactors([{ f: null, days: 15 }, { f: null, days: 15 }])).toBeNull())
  test('never outside of the factors of the parts', () => fc.assert(fc.property(fc.array(fc.record({ f: fc.integer({ min: 0, max: 12000 }).map((n) => (n / 10000).toFixed(4)), days: fc.integer({ min: 1, max: 31 }) }), { minLength: 1, maxLength: 4 }), (parts) => {
    const f = exact(weighFactors(parts) ?? '-1')
    expect(parts.some((one) => f.gte(exact(one.f))) && parts.some((one) => f.lte(exact(one.f)))).toBe(true)
  })))
  test('posts that follow one another fill the days of the month', () => fc.assert(fc.property(fc.integer({ min: 1, max: 29 }), (day) => {
    const cut = addDays('2025-06-01', day)
    expect(growthParts('2025-06', [own('2020-01-01', cut), own(cut, null, 'RM 2')]).reduce((sum, { days }) => sum + days, 0)).toBe(daysBetween('2025-06-01', '2025-07-01'))
  })))
})
