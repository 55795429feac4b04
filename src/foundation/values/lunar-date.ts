import { LunarYear, Solar } from 'lunar-typescript'
import { addDays, daysInMonth } from './business-date.ts'

/** A day of the lunar calendar (农历): `month` 1 to 12, `leap` for the repeated month of that number. */
export type LunarDay = { year: number; month: number; leap: boolean; day: number }
export type BirthdayCalendar = 'SOLAR' | 'LUNAR'

/** The lunar day of a date of 1900-01-31 to 2101-01-28. */
export function lunarOf(date: string): LunarDay {
  const [year, month, day] = date.split('-').map(Number)
  const lunar = Solar.fromYmd(year ?? 0, month ?? 0, day ?? 0).getLunar()
  return { year: lunar.getYear(), month: Math.abs(lunar.getMonth()), leap: lunar.getMonth() < 0, day: lunar.getDay() }
}

/** How the day is said: 农历二月十一, 闰六月初三. */
export function lunarText({ month, leap, day }: LunarDay): string {
  const tens = ['初', '十', '廿', '三'] as const
  const ones = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const
  const said = day === 10 ? '初十' : day === 20 ? '二十' : day === 30 ? '三十' : `${tens[Math.floor(day / 10)] ?? ''}${ones[day % 10] ?? ''}`
  const months = ['正', '二', '三', '四', '五', '六', '七', '八', '九', '十', '冬', '腊'] as const
  return `${leap ? '闰' : ''}${months[month - 1] ?? ''}月${said}`
}

/**
 * On which day somebody born on `birthDate` is greeted in a year (solar or lunar, as his calendar). 29 February is the 28th in a short year; a birthday in a leap month is in the month
 * itself where the year does not repeat it; the 30th is the 29th of a short month. A lunar birthday of the 11th or 12th month lies in the next solar year's first weeks.
 */
export function greetingOn(birthDate: string, calendar: BirthdayCalendar, year: number): string {
  if (calendar === 'SOLAR') {
    const month = `${String(year).padStart(4, '0')}-${birthDate.slice(5, 7)}`
    return `${month}-${String(Math.min(Number(birthDate.slice(8, 10)), daysInMonth(month))).padStart(2, '0')}`
  }
  const born = lunarOf(birthDate)
  const months = LunarYear.fromYear(year).getMonthsInYear()
  const found = (born.leap && months.find((month) => month.isLeap() && Math.abs(month.getMonth()) === born.month)) || months.find((month) => !month.isLeap() && month.getMonth() === born.month)
  if (!found) throw new Error(`the lunar year ${year} has no month ${born.month}`)
  return addDays(Solar.fromJulianDay(found.getFirstJulianDay()).toYmd(), Math.min(born.day, found.getDayCount()) - 1)
}

/** The next greeting from `today` on. */
export function nextGreeting(birthDate: string, calendar: BirthdayCalendar, today: string): string {
  const year = Number(today.slice(0, 4))
  const days = [year - 1, year, year + 1, year + 2].map((one) => greetingOn(birthDate, calendar, one)).filter((day) => day >= today && day > birthDate)
  return days.sort()[0] ?? greetingOn(birthDate, calendar, year + 1)
}
