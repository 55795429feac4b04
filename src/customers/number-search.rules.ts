import { normaliseNumber } from './identity-number.rules.ts'

export type NumberKind = 'USCC' | 'RESIDENT_ID' | 'PERSON_ID' | 'ID_TAIL' | 'PHONE' | 'PHONE_TAIL' | 'ACCOUNT' | 'ACCOUNT_TAIL'

/** Which numbers a typed query may be, normalised: four digits are the tail of a phone, an account or an identity number (X: of an identity number), a whole number is looked up as what it can be. Empty: no number. */
export function numbersIn(query: string): { kind: NumberKind; number: string }[] {
  const number = normaliseNumber(query).replaceAll('-', '')
  if (/^\d{4}$/.test(number)) return [{ kind: 'PHONE_TAIL', number }, { kind: 'ACCOUNT_TAIL', number }, { kind: 'ID_TAIL', number }]
  if (/^\d{3}X$/.test(number)) return [{ kind: 'ID_TAIL', number }]
  const found: { kind: NumberKind; number: string }[] = []
  if (/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(number)) found.push({ kind: 'USCC', number })
  // the customer's own, and that of a company's people
  if (/^\d{17}[\dX]$/.test(number)) found.push({ kind: 'RESIDENT_ID', number }, { kind: 'PERSON_ID', number })
  if (/^\+?\d{7,15}$/.test(number)) found.push({ kind: 'PHONE', number })
  if (/^\d{8,32}$/.test(number)) found.push({ kind: 'ACCOUNT', number })
  return found
}
