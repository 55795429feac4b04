import { describe, expect, test } from 'vitest'
import { greetingOn, lunarOf, lunarText, nextGreeting } from './lunar-date.ts'

describe('the lunar day', () => {
  test.each([
    ['2026-02-17', '正月初一'], ['2026-11-23', '十月十五'], ['2025-07-25', '闰六月初一'], ['1949-12-31', '冬月十二'], ['1990-03-07', '二月十一'], ['2027-02-05', '腊月廿九'], ['1980-01-17', '冬月三十'],
  ])('%s is %s', (date, said) => expect(lunarText(lunarOf(date))).toBe(said))
})

describe('the day of the greeting', () => {
  test.each([
    ['1990-03-07', 'SOLAR', 2026, '2026-03-07'],
    ['2000-02-29', 'SOLAR', 2026, '2026-02-28'],
    ['2000-02-29', 'SOLAR', 2028, '2028-02-29'],
    ['1990-03-07', 'LUNAR', 2026, '2026-03-29'],
    ['1949-12-31', 'LUNAR', 2026, '2026-12-20'],
    // born in a repeated sixth month: 2025 repeats it, 2026 does not
    ['1987-07-26', 'LUNAR', 2025, '2025-07-25'],
    ['1987-07-26', 'LUNAR', 2026, '2026-07-14'],
    // the 30th of a month that has 29 days this year: its 29th
    ['1980-01-17', 'LUNAR', 2025, '2026-01-18'],
  ] as const)('born %s, %s, %i: %s', (birth, calendar, year, day) => expect(greetingOn(birth, calendar, year)).toBe(day))
  test.each([
    ['1990-03-07', 'SOLAR', '2026-11-23', '2027-03-07'],
    ['1990-11-23', 'SOLAR', '2026-11-23', '2026-11-23'],
    // the twelfth month of the lunar year 2025 lies in February 2026
    ['1961-01-20', 'LUNAR', '2026-01-10', '2026-01-22'],
  ] as const)('born %s, %s: from %s the next is %s', (birth, calendar, today, day) => expect(nextGreeting(birth, calendar, today)).toBe(day))
})
