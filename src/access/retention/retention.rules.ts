type Words = { zh: string; en: string }
export type Retention = Words & {
  code: string
  /** Null: without a term of its own. */
  years: number | null
  from: string
  /** The first day on which it is in force no more. */
  to: string | null
  event: Words
  basis: Words
}

/** The rules in force on a day, one of each code. */
export function rulesOn(rules: readonly Retention[], day: string): Retention[] {
  return rules.filter(({ from, to }) => from <= day && (to === null || day < to))
}

/** What is known of a customer when it is asked whether its values may be destroyed. */
export type RetentionFacts = {
  status: 'PROSPECT' | 'ACTIVE' | 'CLOSED'
  /** An account that is not closed or a loan that is not settled. */
  liveProducts: boolean
  /** Something else that lasts: a consent of a prospect, a place in the file of another customer. */
  lasts: boolean
  held: boolean
  /** The day on which the last of its terms has run out; null: nothing is known from which a term counts. */
  dueOn: string | null
}
export type RetentionFault = 'under-hold' | 'live-products' | 'relation-lasts' | 'needed-still' | 'no-end-known' | 'not-due'

/** Why a customer's values may not be destroyed today, the most fundamental first; null: they may. */
export function faultOfRetention({ status, liveProducts, lasts, held, dueOn }: RetentionFacts, day: string): RetentionFault | null {
  if (held) return 'under-hold'
  if (liveProducts) return 'live-products'
  if (status === 'ACTIVE') return 'relation-lasts'
  if (lasts) return 'needed-still'
  if (dueOn === null) return 'no-end-known'
  return dueOn > day ? 'not-due' : null
}

export type Side = 'COMPLIANCE' | 'ADMIN'
export type Signed = { staffKey: number; side: Side }

/** On which side a post signs; null: on none. */
export const sideOf = (postCode: string): Side | null => (postCode === 'COMPLIANCE' || postCode === 'ADMIN' ? postCode : null)

/** Why a person may not sign a case: two people of two sides decide, each once for ever. */
export function faultOfSigning(state: string, signed: readonly Signed[], { staffKey, side }: Signed): 'decided-already' | 'same-person' | 'side-signed' | null {
  if (state !== 'OPEN') return 'decided-already'
  if (signed.some((one) => one.staffKey === staffKey)) return 'same-person'
  return signed.some((one) => one.side === side) ? 'side-signed' : null
}

/** Enough of a name to compare it with a paper, not to learn who it is: the surname of a person, the first four characters of a company (half of a shorter name). */
export function maskedName(kind: 'CORPORATE' | 'PERSON', name: string): string {
  const characters = [...name]
  const shown = kind === 'PERSON' ? 1 : Math.min(4, Math.floor(characters.length / 2))
  return `${characters.slice(0, shown).join('')}${'＊'.repeat(Math.min(Math.max(characters.length - shown, 1), 6))}`
}
