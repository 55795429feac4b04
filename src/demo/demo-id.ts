import { Chance } from './chance.ts'
import { dayNumber } from './day-numbers.ts'

/** A UUIDv7 of that day that is the same in every run: what was made before a kill is found again and not made twice. */
export function demoId(day: string, ...words: readonly (string | number)[]): string {
  const chance = new Chance('id', day, ...words)
  const moment = (dayNumber(day) * 86_400_000 + chance.whole(0, 86_399_999)).toString(16).padStart(12, '0')
  const hex = (digits: number): string => Array.from({ length: digits }, () => chance.whole(0, 15).toString(16)).join('')
  return `${moment.slice(0, 8)}-${moment.slice(8)}-7${hex(3)}-${chance.pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`
}
