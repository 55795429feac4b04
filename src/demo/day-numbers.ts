import { isWorkingDay, chinaCalendar } from '../foundation/values/working-calendar.ts'

/** Days as whole numbers since 1970-01-01: a million histories are made of them. */

const texts = new Map<number, string>()
const working = new Map<number, boolean>()

export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000)
}

export function dayText(number: number): string {
  let text = texts.get(number)
  if (text === undefined) {
    text = new Date(number * 86_400_000).toISOString().slice(0, 10)
    texts.set(number, text)
  }
  return text
}

/** The day itself when banks work on it, else the next day on which they do. Past the known calendar: Monday to Friday. */
export function workingDayFrom(number: number): number {
  let day = number
  while (!works(day)) day += 1
  return day
}

function works(number: number): boolean {
  let known = working.get(number)
  if (known === undefined) {
    const text = dayText(number)
    const weekday = new Date(number * 86_400_000).getUTCDay()
    known = text >= chinaCalendar.knownFrom && text <= chinaCalendar.knownUntil ? isWorkingDay(chinaCalendar, text) : weekday !== 0 && weekday !== 6
    working.set(number, known)
  }
  return known
}
