import { addDays, monthStart, shiftMonth } from '../foundation/values/business-date.ts'
import { exact } from '../foundation/values/decimal.ts'
import type { LimitFault, LimitKind, LimitRule, LimitTerms, LimitView } from './limit.contract.ts'

type Part = keyof LimitTerms
const eachKind: readonly LimitKind[] = ['CORPORATE', 'PERSON']

/**
 * What a bank may set of each limit, and for whom. The rest of a row stays as it came: the windows of averages and of payments are part of the definitions. Funds count in the increment of persons only; the list of payees does not part
 * those whom companies pay from those whom persons pay.
 */
export const settable: Readonly<Record<LimitRule, { kinds: readonly LimitKind[]; parts: readonly Part[] }>> = {
  LARGE_MOVEMENT: { kinds: eachKind, parts: ['leastFen', 'share'] },
  BELOW_BASE: { kinds: eachKind, parts: ['share'] },
  OUTFLOW: { kinds: eachKind, parts: ['share'] },
  CHURN: { kinds: eachKind, parts: ['leastFen', 'share'] },
  AUM: { kinds: ['PERSON'], parts: ['marketEffect'] },
  MATURITY: { kinds: eachKind, parts: ['days'] },
  LEAKAGE: { kinds: eachKind, parts: ['leastFen', 'share'] },
  GAP: { kinds: eachKind, parts: ['times'] },
  PAYEE_LEAD: { kinds: ['BOTH'], parts: ['leastFen', 'times'] },
}
/** Worked out for a whole quarter or year by the limit of its first day. */
const byPeriod: readonly LimitRule[] = ['CHURN', 'AUM']

export const allParts: readonly Part[] = ['leastFen', 'share', 'days', 'times', 'marketEffect']
export type LimitAsked = { rule: LimitRule; kind: LimitKind; from: string; terms: LimitTerms }
export type FoundLimitFault = { name: LimitFault; field: 'kind' | 'from' | 'terms'; details?: Record<string, string> }

/** The first day of the quarter after the one in which `today` lies. */
export function nextQuarter(today: string): string {
  const month = Number(today.slice(5, 7))
  return monthStart(shiftMonth(today.slice(0, 7), 3 - ((month - 1) % 3)))
}
/** The first day on which a changed limit may begin. */
export const earliestLimit = (rule: LimitRule, today: string): string => (byPeriod.includes(rule) ? nextQuarter(today) : addDays(today, 1))

/** Why a limit may not be changed like this on `today`, the most fundamental first; null when it may. */
export function faultOfLimit(limits: readonly LimitView[], { rule, kind, from, terms }: LimitAsked, today: string): FoundLimitFault | null {
  const { kinds, parts } = settable[rule]
  if (!kinds.includes(kind)) return { name: 'kind-wrong', field: 'kind' }
  if (allParts.some((part) => (terms[part] !== null) !== parts.includes(part)) || !sound(terms)) return { name: 'terms-wrong', field: 'terms' }
  if (from <= today) return { name: 'begins-in-the-past', field: 'from', details: { today } }
  if (byPeriod.includes(rule) && !/-(01|04|07|10)-01$/.test(from)) return { name: 'not-first-of-quarter', field: 'from' }
  const same = limits.filter((one) => one.rule === rule && one.kind === kind)
  const later = same.find((one) => one.from >= from)
  if (later) return { name: 'later-limit', field: 'from', details: { day: later.from } }
  const held = limitOn(same, { rule, kind }, from)
  return held && parts.every((part) => equal(held.terms[part], terms[part])) ? { name: 'same-limit', field: 'terms' } : null
}

const sound = ({ leastFen, share }: LimitTerms): boolean => (leastFen === null || BigInt(leastFen) > 0n) && (share === null || (exact(share).gt(0) && exact(share).lte(1)))
const equal = (a: LimitTerms[Part], b: LimitTerms[Part]): boolean => (typeof a === 'string' && typeof b === 'string' && /^[\d.]+$/.test(a) && /^[\d.]+$/.test(b) ? exact(a).eq(exact(b)) : a === b)

/** The limit of a rule that holds on a day. */
export const limitOn = (limits: readonly LimitView[], { rule, kind }: Pick<LimitAsked, 'rule' | 'kind'>, day: string): LimitView | undefined => limits.find((one) => one.rule === rule && one.kind === kind && one.from <= day && (one.to === null || one.to > day))
/** The limit against which a change that begins on a day is read: that of the day before. */
export const limitBefore = (limits: readonly LimitView[], asked: Pick<LimitAsked, 'rule' | 'kind'>, day: string): LimitView | undefined => limitOn(limits, asked, addDays(day, -1))
