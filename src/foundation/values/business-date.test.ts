import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, addMonths, dayOfYear, daysBetween, daysInMonth, daysInYear, fullMonths, isDay, monthEnd, nextMonth, previousMonth, quarterStart, shiftMonth } from './business-date.ts'
import { CalendarUnknown, addWorkingDays, chinaCalendar, customCalendar, isWorkingDay, nextWorkingDay, weekdayCalendar, workingDaysBetween } from './working-calendar.ts'

describe('dates', () => {
  test.each([['2026-11-24', true], ['2025-02-29', false], ['2024-02-29', true], ['2025-02-30', false], ['2025-13-01', false], ['25-01-01', false], ['2025-1-1', false]])('%s exists: %s', (day, exists) => {
    expect(isDay(day)).toBe(exists)
  })
  test.each([
    ['2025-01-31', 1, '2025-02-28'], ['2025-01-31', 2, '2025-03-31'], ['2024-01-31', 1, '2024-02-29'], ['2025-03-31', -1, '2025-02-28'], ['2025-12-15', 1, '2026-01-15'],
  ])('%s and %i months: %s (from the anchor, then clamped)', (day, months, result) => {
    expect(addMonths(day, months)).toBe(result)
  })
  test.each([
    ['2025-11-19', '2025-12-20', 1], ['2025-11-20', '2025-12-20', 1], ['2025-11-21', '2025-12-20', 0], ['2025-05-20', '2025-12-20', 7], ['2025-05-21', '2025-12-20', 6], ['2025-12-20', '2025-12-20', 0],
  ])('full months from %s to %s: %i', (from, to, months) => {
    expect(fullMonths(from, to)).toBe(months)
  })
  test('months and years', () => {
    expect(monthEnd('2024-02')).toBe('2024-02-29')
    expect(nextMonth('2025-12-03')).toBe('2026-01')
    expect(previousMonth('2026-01')).toBe('2025-12')
    expect(shiftMonth('2026-01', -13)).toBe('2024-12')
    expect(quarterStart('2026-11-24')).toBe('2026-10-01')
    expect(dayOfYear('2025-04-10')).toBe(100)
    expect([daysInYear('2024'), daysInYear('2100-01-01'), daysInMonth('2025-02')]).toEqual([366, 365, 28])
  })
  test('adding and counting days lead back to each other', () => {
    fc.assert(fc.property(fc.integer({ min: -20_000, max: 20_000 }), (days) => {
      expect(daysBetween('2026-11-24', addDays('2026-11-24', days))).toBe(days)
    }))
  })
})

describe('working days', () => {
  test.each([
    ['2026-02-17', false], ['2026-02-14', true], ['2026-02-28', true], ['2026-10-01', false], ['2026-10-10', true], ['2026-11-24', true], ['2026-11-22', false],
  ])('%s is a working day in China: %s', (day, works) => {
    expect(isWorkingDay(chinaCalendar, day)).toBe(works)
  })
  test('a year whose notice is not known is refused, not guessed', () => {
    expect(() => isWorkingDay(chinaCalendar, '2027-01-04')).toThrow(CalendarUnknown)
    expect(() => addWorkingDays(chinaCalendar, '2026-12-31', 1)).toThrow(CalendarUnknown)
  })
  test('make-up Saturdays count (October 2025)', () => {
    const calendar = customCalendar({ holidays: [['2025-10-01', '2025-10-08']], makeUpWorkingDays: ['2025-10-11'] })
    expect(nextWorkingDay(calendar, '2025-10-10')).toBe('2025-10-11')
    expect(nextWorkingDay(calendar, '2025-09-30')).toBe('2025-10-09')
    expect(addWorkingDays(calendar, '2025-10-13', -2)).toBe('2025-10-10')
    expect(workingDaysBetween(calendar, '2025-09-30', '2025-10-13')).toBe(4)
  })
  test('by profile: Monday to Friday', () => {
    expect(nextWorkingDay(weekdayCalendar, '1993-12-31')).toBe('1994-01-03')
  })
  const folder = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'holidays')
  test.skipIf(!existsSync(folder))('agrees with the published holidays (runs where the real data is)', () => {
    const years = readdirSync(folder).filter((name) => /^\d{4}\.json$/.test(name))
    let compared = 0
    for (const year of years) {
      const { days } = JSON.parse(readFileSync(join(folder, year), 'utf8')) as { days: { date: string; isOffDay: boolean }[] }
      for (const { date, isOffDay } of days) {
        if (date < chinaCalendar.knownFrom || date > chinaCalendar.knownUntil) continue
        expect([date, isWorkingDay(chinaCalendar, date)]).toEqual([date, !isOffDay])
        compared += 1
      }
    }
    expect(compared).toBeGreaterThan(500)
  })
})
