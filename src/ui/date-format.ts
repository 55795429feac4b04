import type { Language } from './settings.ts'

const weekdays = { zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'], en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] } as const

/** Weekday of a date (YYYY-MM-DD): the calendar's own, without any time zone. */
export function weekdayOf(date: string, language: Language): string {
  return weekdays[language][new Date(`${date}T00:00:00Z`).getUTCDay()] ?? ''
}

export type DateForm = 'list' | 'data' | 'prose' | 'month' | 'short'

/**
 * A date as the handbook (section 5) writes it: list "11-23 周一" (another year in full), data "2026-11-23",
 * prose 2026年11月23日, month "2026-11", short "11-23". `today` decides what "this year" is.
 */
export function dateText(date: string, form: DateForm, language: Language, today: string): string {
  const [year = '', month = '', day = ''] = date.slice(0, 10).split('-')
  if (form === 'month') return `${year}-${month}`
  if (form === 'prose') return language === 'zh' ? `${year}年${Number(month)}月${Number(day)}日` : `${Number(day)} ${monthsEn[Number(month) - 1]} ${year}`
  const sameYear = year === today.slice(0, 4)
  if (form === 'short') return sameYear ? `${month}-${day}` : date.slice(0, 10)
  if (form === 'list' && sameYear) return `${month}-${day} ${weekdayOf(date.slice(0, 10), language)}`
  return date.slice(0, 10)
}

const monthsEn = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** The day of a moment (ISO) in Chinese time. The bank's business day may be another: it counts. */
export const dayOfMoment = (moment: string): string => new Date(new Date(moment).getTime() + 8 * 3_600_000).toISOString().slice(0, 10)

/** A moment (ISO) as "11-23 14:32" in Chinese time; another year in full. */
export function momentText(moment: string, today: string): string {
  const shown = new Date(new Date(moment).getTime() + 8 * 3_600_000).toISOString()
  const day = shown.slice(0, 4) === today.slice(0, 4) ? shown.slice(5, 10) : shown.slice(0, 10)
  return `${day} ${shown.slice(11, 16)}`
}

/** Days from one date to another: negative when `to` is before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** Clock of a moment in this browser, for drafts: "14:32". */
export function clockText(moment: Date): string {
  return `${String(moment.getHours()).padStart(2, '0')}:${String(moment.getMinutes()).padStart(2, '0')}`
}
