/** Dates are 'YYYY-MM-DD' (Asia/Shanghai), months 'YYYY-MM'. Intervals are half open: the first day counts, the last does not (算头不算尾). */

const dayLength = 86_400_000
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const textOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** A calendar day that exists, from year 1000 on. */
export function isDay(text: string): boolean {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false
  const time = at(text)
  return !Number.isNaN(time) && textOf(time) === text
}

export function isMonth(text: string): boolean {
  return /^[1-9]\d{3}-(0[1-9]|1[0-2])$/.test(text)
}

export function addDays(day: string, days: number): string {
  return textOf(at(day) + days * dayLength)
}

/** Days in [from, to): negative when `to` is before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((at(to) - at(from)) / dayLength)
}

export function monthOf(day: string): string {
  return day.slice(0, 7)
}

export function monthStart(dayOrMonth: string): string {
  return `${dayOrMonth.slice(0, 7)}-01`
}

/** The last day of the month. */
export function monthEnd(dayOrMonth: string): string {
  return addDays(monthStart(nextMonth(dayOrMonth)), -1)
}

export function nextMonth(dayOrMonth: string): string {
  return shiftMonth(dayOrMonth, 1)
}

export function previousMonth(dayOrMonth: string): string {
  return shiftMonth(dayOrMonth, -1)
}

/** 'YYYY-MM' so many months later (or earlier). */
export function shiftMonth(dayOrMonth: string, months: number): string {
  const count = Number(dayOrMonth.slice(0, 4)) * 12 + Number(dayOrMonth.slice(5, 7)) - 1 + months
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`
}

/** Months are added to the anchor, then clamped to the month's end: 31 Jan + 1 = 28 or 29 Feb, + 2 = 31 Mar. Never chain from a clamped date. */
export function addMonths(anchor: string, months: number): string {
  const month = shiftMonth(anchor, months)
  const last = daysInMonth(month)
  return `${month}-${String(Math.min(Number(anchor.slice(8, 10)), last)).padStart(2, '0')}`
}

/** Full months in [from, to): a part of a month is dropped; the anchor is `from`. */
export function fullMonths(from: string, to: string): number {
  let months = (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
  while (months > 0 && addMonths(from, months) > to) months -= 1
  return Math.max(months, 0)
}

export function daysInMonth(dayOrMonth: string): number {
  return daysBetween(monthStart(dayOrMonth), monthStart(nextMonth(dayOrMonth)))
}

export function yearStart(day: string): string {
  return `${day.slice(0, 4)}-01-01`
}

export function quarterStart(day: string): string {
  const month = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1
  return `${day.slice(0, 4)}-${String(month).padStart(2, '0')}-01`
}

/** 1 for 1 January. */
export function dayOfYear(day: string): number {
  return daysBetween(yearStart(day), day) + 1
}

export function daysInYear(dayOrYear: string): number {
  const year = Number(dayOrYear.slice(0, 4))
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 366 : 365
}

/** 0 Sunday … 6 Saturday. */
export function weekday(day: string): number {
  return new Date(at(day)).getUTCDay()
}
