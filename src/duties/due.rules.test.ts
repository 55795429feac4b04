import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, daysBetween, isDay } from '../foundation/values/business-date.ts'
import { CalendarUnknown, chinaCalendar, isWorkingDay, layeredCalendar, weekdayCalendar } from '../foundation/values/working-calendar.ts'
import { dueAfterEvent, dueBetween, dueOf, isInTime, periodOf, reachedBy, type DueRule, type Period } from './due.rules.ts'
import { periods } from './duty.contract.ts'

const due = (period: Period, rule: DueRule, day: string) => {
  const found = dueOf(chinaCalendar, period, rule, periodOf(period, day))
  return found ? `${found.opensOn} ${found.dueOn}` : null
}

describe('by when', () => {
  test.each<[what: string, Period, DueRule, day: string, string | null]>([
    ['a working-day duty on a working day', 'DAY', { kind: 'SAME_DAY', time: '17:30' }, '2026-11-23', '2026-11-23 2026-11-23'],
    ['on a Saturday it is skipped', 'DAY', { kind: 'SAME_DAY' }, '2026-11-21', null],
    ['on a holiday it is skipped', 'DAY', { kind: 'SAME_DAY' }, '2025-10-08', null],
    ['on a make-up Saturday it is worked', 'DAY', { kind: 'SAME_DAY' }, '2025-10-11', '2025-10-11 2025-10-11'],
    ['D-03: the last calendar day of the month', 'MONTH', { kind: 'PERIOD_END' }, '2026-02-10', '2026-02-01 2026-02-28'],
    ['D-25: the 5th working day after the month, over National Day', 'MONTH', { kind: 'WORKING_DAY', n: 5, after: true }, '2025-09-15', '2025-10-01 2025-10-14'],
    ['D-26: the 3rd working day after the month', 'MONTH', { kind: 'WORKING_DAY', n: 3, after: true }, '2025-09-15', '2025-10-01 2025-10-11'],
    ['D-11: the 10th working day after the quarter', 'QUARTER', { kind: 'WORKING_DAY', n: 10, after: true }, '2026-08-01', '2026-10-01 2026-10-20'],
    ['D-31: the 5th working day of the quarter', 'QUARTER', { kind: 'WORKING_DAY', n: 5, after: false }, '2025-11-30', '2025-10-01 2025-10-14'],
    ['D-41: the end of the quarter', 'QUARTER', { kind: 'PERIOD_END' }, '2026-02-01', '2026-01-01 2026-03-31'],
    ['D-42: the end of the half', 'HALF', { kind: 'PERIOD_END' }, '2026-08-01', '2026-07-01 2026-12-31'],
    ['D-37: 31 January', 'YEAR', { kind: 'DATE', day: 31, month: 1 }, '2026-08-01', '2026-01-01 2026-01-31'],
    ['D-45: the 15th', 'MONTH', { kind: 'DATE', day: 15 }, '2026-11-01', '2026-11-01 2026-11-15'],
    ['the 31st of a shorter month is its last day', 'MONTH', { kind: 'DATE', day: 31 }, '2026-11-01', '2026-11-01 2026-11-30'],
    ['a week begins on Monday', 'WEEK', { kind: 'PERIOD_END' }, '2026-11-22', '2026-11-16 2026-11-22'],
  ])('%s', (_what, period, rule, day, wanted) => expect(due(period, rule, day)).toBe(wanted))

  test('after an event: working days, or calendar days', () => {
    expect(dueAfterEvent(chinaCalendar, { kind: 'AFTER_EVENT', n: 2 }, '2026-11-20')).toBe('2026-11-24')
    expect(dueAfterEvent(chinaCalendar, { kind: 'AFTER_EVENT_DAYS', n: 30 }, '2026-11-20')).toBe('2026-12-20')
  })
  test('a year that is not known is refused by name', () => {
    expect(() => dueOf(chinaCalendar, 'MONTH', { kind: 'WORKING_DAY', n: 5, after: true }, periodOf('MONTH', '2026-12-01'))).toThrow(CalendarUnknown)
    const entered = layeredCalendar(chinaCalendar, [{ year: 2027, spans: [{ from: '2027-01-01', to: '2027-01-03', kind: 'OFF' }, { from: '2026-12-26', to: '2026-12-26', kind: 'WORK' }] }])
    expect(dueOf(entered, 'MONTH', { kind: 'WORKING_DAY', n: 5, after: true }, periodOf('MONTH', '2026-12-01'))?.dueOn).toBe('2027-01-08')
    // the notice of a year may make a day of the year before a working day
    expect([isWorkingDay(chinaCalendar, '2026-12-26'), isWorkingDay(entered, '2026-12-26')]).toEqual([false, true])
    expect(() => isWorkingDay(layeredCalendar(chinaCalendar, [{ year: 2028, spans: [] }]), '2027-05-05')).toThrow('does not know 2027-05-05')
  })
  test('in December the settlement of November is asked for, though nobody knows the calendar of January', () => {
    expect(dueBetween(chinaCalendar, 'MONTH', { kind: 'WORKING_DAY', n: 5, after: true }, { since: '2026-12-01', today: '2026-12-01', from: '2000-01-01' })).toEqual([{ key: '2026-11', opensOn: '2026-12-01', dueOn: '2026-12-07' }])
  })
  test.each([['17:29', true], ['17:30', true], ['17:31', false]])('at %s of the day itself', (at, inTime) => expect(isInTime({ dueOn: '2026-11-23', dueTime: '17:30' }, { on: '2026-11-23', at })).toBe(inTime))
  test('a day earlier is in time whatever the hour, a day later never', () => {
    expect(isInTime({ dueOn: '2026-11-23', dueTime: '08:15' }, { on: '2026-11-22', at: '23:59' })).toBe(true)
    expect(isInTime({ dueOn: '2026-11-23', dueTime: null }, { on: '2026-11-24', at: '00:01' })).toBe(false)
  })
})

const day = fc.integer({ min: 0, max: daysBetween('2015-01-01', '2025-06-30') }).map((n) => addDays('2015-01-01', n))

describe('against a walk from day to day', () => {
  test('the n-th working day of a period and after it', () => {
    fc.assert(fc.property(day, fc.constantFrom(...periods.filter((one) => one !== 'DAY')), fc.integer({ min: 1, max: 12 }), fc.boolean(), (today, period, n, after) => {
      const span = periodOf(period, today)
      const found = dueOf(chinaCalendar, period, { kind: 'WORKING_DAY', n, after }, span)
      let walked = after ? addDays(span.to, 1) : span.from
      let left = n
      let last = span.to
      for (; ; walked = addDays(walked, 1)) {
        if (!after && walked > span.to) break
        if (chinaCalendar.isWorkday(walked)) {
          last = walked
          if ((left -= 1) === 0) break
        }
      }
      expect(found?.dueOn).toBe(last)
    }), { numRuns: 300 })
  })
  test('a period holds its day, periods follow each other without a gap', () => {
    fc.assert(fc.property(day, fc.constantFrom(...periods), (today, period) => {
      const span = periodOf(period, today)
      expect(isDay(span.from) && isDay(span.to) && span.from <= today && today <= span.to).toBe(true)
      expect(periodOf(period, addDays(span.to, 1)).from).toBe(addDays(span.to, 1))
      expect(periodOf(period, span.from)).toEqual(span)
    }))
  })
  test('runs that skip days make the same as one run a day', () => {
    const rule = fc.constantFrom<[Period, DueRule]>(['DAY', { kind: 'SAME_DAY' }], ['MONTH', { kind: 'PERIOD_END' }], ['MONTH', { kind: 'WORKING_DAY', n: 5, after: true }], ['QUARTER', { kind: 'WORKING_DAY', n: 10, after: true }], ['WEEK', { kind: 'PERIOD_END' }], ['YEAR', { kind: 'DATE', day: 31, month: 1 }])
    fc.assert(fc.property(day, fc.integer({ min: 1, max: 70 }), rule, (since, days, [period, one]) => {
      const end = addDays(since, days)
      const daily = new Map<string, string>()
      for (let today = since; today <= end; today = addDays(today, 1)) for (const found of dueBetween(chinaCalendar, period, one, { since: today, today, from: '2000-01-01' })) daily.set(found.key, `${found.opensOn} ${found.dueOn}`)
      const atOnce = dueBetween(chinaCalendar, period, one, { since, today: end, from: '2000-01-01' })
      expect(new Map(atOnce.map((found) => [found.key, `${found.opensOn} ${found.dueOn}`]))).toEqual(daily)
    }), { numRuns: 150 })
  })
  test('a step of escalation is reached exactly when so many working days have passed', () => {
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 20 }), (dueOn, n, later) => {
      const today = addDays(dueOn, later)
      let passed = 0
      for (let walked = addDays(dueOn, 1); walked <= today; walked = addDays(walked, 1)) if (weekdayCalendar.isWorkday(walked)) passed += 1
      expect(dueOn <= reachedBy(weekdayCalendar, today, n)).toBe(passed >= n)
    }))
  })
})
