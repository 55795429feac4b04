import { addDays } from '../foundation/values/business-date.ts'
import { spread } from './chance.ts'
import { districts } from './places.ts'

// Whether an invented number happens to be assigned is unknown (domain specification 2.3): for demonstrations and tests only.
const usccSet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const usccWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const orgWeights = [3, 7, 9, 10, 5, 8, 4, 2]
const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

const weighted = (characters: string, weights: readonly number[], valueOf: (character: string) => number): number =>
  weights.reduce((sum, weight, place) => sum + weight * valueOf(characters[place] ?? '0'), 0)

/** An invented unified social credit code with right check characters; another one for each index below 31^6. */
export function inventedUscc(index: number, category: '91' | '92' | '93', divisionCode: string): string {
  let rest = spread(index, 31 ** 6)
  let serial = ''
  for (let place = 0; place < 6; place++) {
    serial = (usccSet[rest % 31] ?? '0') + serial
    rest = Math.floor(rest / 31)
  }
  const body = `MA${serial}`
  const inner = 11 - (weighted(body, orgWeights, (character) => Number.parseInt(character, 36)) % 11)
  const first17 = category + divisionCode + body + (inner === 10 ? 'X' : inner === 11 ? '0' : String(inner))
  const check = (31 - (weighted(first17, usccWeights, (character) => usccSet.indexOf(character)) % 31)) % 31
  return first17 + (usccSet[check] ?? '0')
}

const firstBirth = '1946-01-01'
const birthDays = 21_535 // up to the end of 2004
const pairs = 498 // sequence numbers 002 to 997, one of each sex

export type InventedId = { number: string; birthDate: string }

/** An invented resident identity card with right check character; another one for each index (two hundred million of them). */
export function inventedResidentId(index: number, sex: 'M' | 'F'): InventedId {
  const slot = spread(index, districts.length * birthDays * pairs)
  const division = districts[slot % districts.length]
  const day = Math.floor(slot / districts.length) % birthDays
  const pair = Math.floor(slot / districts.length / birthDays)
  const birthDate = addDays(firstBirth, day)
  const first17 = `${division?.code ?? ''}${birthDate.replaceAll('-', '')}${String(2 + pair * 2 + (sex === 'M' ? 1 : 0)).padStart(3, '0')}`
  return { number: first17 + ('10X98765432'[weighted(first17, idWeights, Number) % 11] ?? '0'), birthDate }
}

const mobilePrefixes = ['134', '135', '136', '137', '138', '139', '147', '150', '151', '152', '157', '158', '159', '178', '182', '183', '187', '188', '130', '131', '155', '156', '185', '186', '133', '153', '180', '189']

/** An invented mobile number; another one for each index. */
export function inventedMobile(index: number): string {
  const slot = spread(index, mobilePrefixes.length * 100_000_000)
  return `${mobilePrefixes[slot % mobilePrefixes.length] ?? '139'}${String(Math.floor(slot / mobilePrefixes.length)).padStart(8, '0')}`
}

/** An account number of 19 digits whose last one is the Luhn check: kind, outlet and running number. */
export function accountNumber(kind: 'CARD' | 'CORPORATE', outlet: number, index: number): string {
  const first = `${kind === 'CARD' ? '6299' : '1405'}${String(outlet % 1_000).padStart(3, '0')}${String(spread(index, 99_999_999_999)).padStart(11, '0')}`
  return first + luhn(first)
}

function luhn(digits: string): string {
  let sum = 0
  for (let place = 0; place < digits.length; place++) {
    const doubled = Number(digits[digits.length - 1 - place]) * (place % 2 === 0 ? 2 : 1)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return String((10 - (sum % 10)) % 10)
}
