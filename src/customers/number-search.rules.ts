import { normaliseNumber } from './identity-number.rules.ts'

export type NumberKind = 'USCC' | 'RESIDENT_ID' | 'PHONE' | 'PHONE_TAIL' | 'ACCOUNT' | 'ACCOUNT_TAIL'

/** Which numbers a typed query may be, normalised: four digits are the tail of a phone or an account, a whole number is looked up as what it can be. Empty: no number. */
export function numbersIn(query: string): { kind: NumberKind; number: string }[] {
  const number = normaliseNumber(query).replaceAll('-', '')
  if (/^\d{4}$/.test(number)) return [{ kind: 'PHONE_TAIL', number }, { kind: 'ACCOUNT_TAIL', number }]
  const found: { kind: NumberKind; number: string }[] = []
  if (/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(number)) found.push({ kind: 'USCC', number })
  if (/^\d{17}[\dX]$/.test(number)) found.push({ kind: 'RESIDENT_ID', number })
  if (/^\+?\d{7,15}$/.test(number)) found.push({ kind: 'PHONE', number })
  if (/^\d{8,32}$/.test(number)) found.push({ kind: 'ACCOUNT', number })
  return found
}
