import { addMonths, isDay } from '../foundation/values/business-date.ts'
import { normaliseText } from '../foundation/values/person-name.ts'

/** Identity numbers (domain specification 2.3 and 2.14): normalising, computed checks, masks. Pure; runs in the browser too. */

export const identityKinds = ['RESIDENT_ID', 'HK_MACAO_PERMIT', 'TAIWAN_PERMIT', 'FOREIGN_PERMANENT', 'PASSPORT', 'MILITARY', 'USCC', 'LEGACY_ORG_CODE', 'OTHER'] as const
export type IdentityKind = (typeof identityKinds)[number]

/** Full width → half width, no blanks, capitals: the form in which a number is compared, hashed and kept. */
export function normaliseNumber(number: string): string {
  return normaliseText(number).replaceAll(' ', '').toUpperCase()
}

/** Why a number is refused. `hint`: for a letter that the credit code does not use, what was probably meant. `expected`: the check character that fits the rest. */
export type NumberFault =
  | { fault: 'empty' }
  | { fault: 'length'; wanted: number; given: number }
  | { fault: 'letter'; place: number; letter: string; hint: string }
  | { fault: 'character'; place: number; letter: string }
  | { fault: 'check'; expected: string; given: string }
  | { fault: 'date' }
  | { fault: 'future' }
  | { fault: 'age' }
  | { fault: 'old-number' }
export type Warning = 'authority-unknown' | 'organisation-code-check'

const usccSet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const usccWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const
const mistaken: Readonly<Record<string, string>> = { I: '1', O: '0', S: '5', V: 'U', Z: '2' }
const authorities = '123456789AN'

export type UsccVerdict = { ok: true; number: string; warnings: Warning[]; organisationCode: string } | { ok: false; number: string; faults: NumberFault[] }

/** The unified social credit code (GB 32100-2015). A letter of I O S V Z is told with the character that was probably meant; the inner check of the organisation code only warns. */
export function checkUscc(typed: string): UsccVerdict {
  const number = normaliseNumber(typed)
  if (number === '') return { ok: false, number, faults: [{ fault: 'empty' }] }
  const faults: NumberFault[] = []
  const characters = [...number]
  characters.forEach((letter, index) => {
    const hint = mistaken[letter]
    if (hint !== undefined) faults.push({ fault: 'letter', place: index + 1, letter, hint })
    else if (!usccSet.includes(letter)) faults.push({ fault: 'character', place: index + 1, letter })
  })
  if (characters.length !== 18) faults.push({ fault: 'length', wanted: 18, given: characters.length })
  const body = characters.slice(0, 17)
  if (characters.length === 18 && body.every((letter) => usccSet.includes(letter))) {
    const expected = usccCheckCharacter(body.join(''))
    const given = characters[17] ?? ''
    if (given !== expected) faults.push({ fault: 'check', expected, given })
  }
  if (faults.length > 0) return { ok: false, number, faults }
  const organisationCode = number.slice(8, 17)
  const warnings: Warning[] = []
  // 'Y' (other) is rare but real; another character of the set is told and not refused
  if (!`${authorities}Y`.includes(number.charAt(0))) warnings.push('authority-unknown')
  if (organisationCheck(organisationCode.slice(0, 8)) !== organisationCode.charAt(8)) warnings.push('organisation-code-check')
  return { ok: true, number, warnings, organisationCode }
}

/** Σ value × weight over the 17 characters before the check. */
export function usccSum(body: string): number {
  return usccWeights.reduce((sum, weight, place) => sum + usccSet.indexOf(body.charAt(place)) * weight, 0)
}

/** The 18th character for 17 characters of the set; remainder 0 gives 0. */
export function usccCheckCharacter(body: string): string {
  return usccSet.charAt((31 - (usccSum(body) % 31)) % 31)
}

const organisationSet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2] as const

export function organisationSum(body: string): number {
  return organisationWeights.reduce((sum, weight, place) => sum + organisationSet.indexOf(body.charAt(place)) * weight, 0)
}

/** The check character of an organisation code (GB 11714-1997): 11 − Σ mod 11, 10 is X, 11 is 0. */
export function organisationCheck(body: string): string {
  const rest = 11 - (organisationSum(body) % 11)
  return rest === 10 ? 'X' : rest === 11 ? '0' : String(rest)
}

const residentWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const residentChecks = '10X98765432'

export type ResidentVerdict = { ok: true; number: string; sex: 'M' | 'F'; birthDate: string } | { ok: false; number: string; faults: NumberFault[] }

/** The resident identity number (GB 11643-1999) as of `today` (YYYY-MM-DD): form, real birth date, not in the future, age 0 to 150, check. The old 15 digits are not accepted for new relations. */
export function checkResidentId(typed: string, today: string): ResidentVerdict {
  const number = normaliseNumber(typed)
  const refused = (...faults: NumberFault[]): ResidentVerdict => ({ ok: false, number, faults })
  if (number === '') return refused({ fault: 'empty' })
  if (/^\d{15}$/.test(number)) return refused({ fault: 'old-number' })
  if ([...number].length !== 18) return refused({ fault: 'length', wanted: 18, given: [...number].length })
  const wrong = [...number].findIndex((letter, place) => !(place < 17 ? /\d/ : /[\dX]/).test(letter))
  if (wrong >= 0) return refused({ fault: 'character', place: wrong + 1, letter: number.charAt(wrong) })
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isDay(birthDate)) return refused({ fault: 'date' })
  if (birthDate > today) return refused({ fault: 'future' })
  if (addMonths(birthDate, 151 * 12) <= today) return refused({ fault: 'age' })
  const expected = residentCheckCharacter(number)
  if (expected !== number.charAt(17)) return refused({ fault: 'check', expected, given: number.charAt(17) })
  return { ok: true, number, sex: Number(number.charAt(16)) % 2 === 1 ? 'M' : 'F', birthDate }
}

export function residentSum(body: string): number {
  return residentWeights.reduce((sum, weight, place) => sum + Number(body.charAt(place)) * weight, 0)
}

/** The 18th character for the first 17 digits. */
export function residentCheckCharacter(body: string): string {
  return residentChecks.charAt(residentSum(body) % 11)
}

export type IdentityVerdict =
  | { ok: true; number: string; checked: boolean; warnings: Warning[]; sex: 'M' | 'F' | null; birthDate: string | null }
  | { ok: false; number: string; faults: NumberFault[] }

/** Any identity number. Only RESIDENT_ID and USCC have a computed check; every other kind is 1 to 40 characters and marked "not checked". */
export function checkIdentity(kind: IdentityKind, typed: string, today: string): IdentityVerdict {
  if (kind === 'USCC') {
    const verdict = checkUscc(typed)
    return verdict.ok ? { ok: true, number: verdict.number, checked: true, warnings: verdict.warnings, sex: null, birthDate: null } : verdict
  }
  if (kind === 'RESIDENT_ID') {
    const verdict = checkResidentId(typed, today)
    return verdict.ok ? { ok: true, number: verdict.number, checked: true, warnings: [], sex: verdict.sex, birthDate: verdict.birthDate } : verdict
  }
  const number = normaliseNumber(typed)
  const length = [...number].length
  if (length === 0) return { ok: false, number, faults: [{ fault: 'empty' }] }
  if (length > 40) return { ok: false, number, faults: [{ fault: 'length', wanted: 40, given: length }] }
  return { ok: true, number, checked: false, warnings: [], sex: null, birthDate: null }
}

/** What a refusal of a number tells: its first fault, in both languages. */
export function faultDetails(faults: readonly NumberFault[]): { fault: string; faultEn: string } {
  const said = faultText(faults[0] ?? { fault: 'empty' })
  return { fault: said.zh, faultEn: said.en }
}

/** The first fault as a sentence, with what to do. */
export function faultText(fault: NumberFault): { zh: string; en: string } {
  switch (fault.fault) {
    case 'empty':
      return { zh: '必填', en: 'required' }
    case 'length':
      return { zh: `应为 ${fault.wanted} 位，现有 ${fault.given} 位`, en: `${fault.wanted} characters are needed, there are ${fault.given}` }
    case 'letter':
      return { zh: `第 ${fault.place} 位不会是 ${fault.letter}，是否为 ${fault.hint}`, en: `character ${fault.place} is never ${fault.letter}; is it ${fault.hint}` }
    case 'character':
      return { zh: `第 ${fault.place} 位的字符不能使用，请核对`, en: `character ${fault.place} may not be used; check it` }
    case 'check':
      return { zh: '第 18 位校验不符，请核对', en: 'character 18 does not fit the others; check the number' }
    case 'date':
      return { zh: '号码中的出生日期不存在，请核对', en: 'the birth date in the number does not exist; check it' }
    case 'future':
      return { zh: '号码中的出生日期晚于今天，请核对', en: 'the birth date in the number lies in the future; check it' }
    case 'age':
      return { zh: '号码中的年龄超过 150 岁，请核对', en: 'the age in the number is above 150; check it' }
    case 'old-number':
      return { zh: '15 位旧号码不再受理，请用 18 位号码', en: 'the old number of 15 digits is not accepted; use the one of 18' }
  }
}

/** 138****5678; a short number keeps only its last two digits. */
export function maskPhone(number: string): string {
  return number.length >= 8 ? `${number.slice(0, 3)}****${number.slice(-4)}` : `****${number.slice(-2)}`
}

/** 140***********2317: the first three and the last four; a short one only its last two. */
export function maskIdentity(number: string): string {
  const characters = [...number]
  if (characters.length < 10) return `${'*'.repeat(Math.max(characters.length - 2, 3))}${characters.slice(-2).join('')}`
  return `${characters.slice(0, 3).join('')}${'*'.repeat(characters.length - 7)}${characters.slice(-4).join('')}`
}

/** 尾号 1208 of an account. */
export function maskAccount(tail: string | null): string | null {
  return tail === null ? null : `尾号 ${tail}`
}

/** The credit code in groups of four, as people read it out: 9114 0105 MA0F NAK7 8G. */
export function grouped(number: string): string {
  return number.replace(/(.{4})(?=.)/g, '$1 ')
}
