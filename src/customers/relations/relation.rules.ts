import { exact } from '../../foundation/values/decimal.ts'
import { refuse, type Refusal } from '../../foundation/values/outcome.ts'
import type { Means, PartyKind, RelationKind } from './relation.contract.ts'

/** What a relation needs and between whom it may be. `register`: it stands in the company register, so everybody may be shown it. */
type KindRule = { from: PartyKind | 'ANY'; to: PartyKind | 'ANY'; means: readonly Means[]; register: boolean; directed: boolean; byRule: boolean }
const posts = ['CHAIRMAN', 'GENERAL_MANAGER', 'DIRECTOR', 'SUPERVISOR', 'FINANCE_HEAD'] as const

export const kindRules: Readonly<Record<RelationKind, KindRule>> = {
  SHAREHOLDING: { from: 'ANY', to: 'COMPANY', means: [], register: true, directed: true, byRule: false },
  CONTROL: { from: 'ANY', to: 'COMPANY', means: ['BOARD', 'CONTRACT', 'OTHER'], register: true, directed: true, byRule: false },
  GUARANTEE: { from: 'ANY', to: 'ANY', means: [], register: false, directed: true, byRule: false },
  SUPPLY: { from: 'ANY', to: 'ANY', means: [], register: false, directed: true, byRule: false },
  FAMILY: { from: 'PERSON', to: 'PERSON', means: ['SPOUSE', 'PARENT', 'CHILD', 'SIBLING', 'OTHER_RELATIVE'], register: false, directed: false, byRule: false },
  LEGAL_REPRESENTATIVE: { from: 'PERSON', to: 'COMPANY', means: [], register: true, directed: true, byRule: false },
  MANAGEMENT: { from: 'PERSON', to: 'COMPANY', means: posts, register: true, directed: true, byRule: false },
  SHARED_PHONE: { from: 'ANY', to: 'ANY', means: [], register: false, directed: false, byRule: true },
  SHARED_ADDRESS: { from: 'ANY', to: 'ANY', means: [], register: false, directed: false, byRule: true },
  SHARED_AGENT: { from: 'ANY', to: 'ANY', means: [], register: false, directed: false, byRule: true },
}

/** Posts whose holders are key managers (2.6, c). */
export const keyPosts: readonly Means[] = ['CHAIRMAN', 'GENERAL_MANAGER']

/** How a relative is kept, told what the other is to the customer: a parent is the edge's beginning. */
export function keptRelative(means: Means | null): { means: Means | null; otherFirst: boolean } {
  return means === 'CHILD' ? { means: 'PARENT', otherFirst: false } : { means, otherFirst: true }
}

/** What the other is to the party that looks: the child where the edge begins with the one who looks. */
export function relativeSeen(means: Means | null, fromMe: boolean): Means | null {
  return means === 'PARENT' && fromMe ? 'CHILD' : means
}

export type ToldRelation = {
  kind: RelationKind; sharePct: string | null; subscribedFen: string | null; paidInFen: string | null; crossHolding: boolean; means: Means | null
  amountFen: string | null; incomePct: string | null; outlayPct: string | null; from: string; to: string | null
}

/**
 * May a relation of this kind stand between these two? Most fundamental first: found by rule only, wrong kinds of parties, what the kind needs, what it has not, days.
 * Null: yes. Loops and sums of shares are asked of the whole bank (engine-check-structure.ts).
 */
export function faultOfRelation(told: ToldRelation, from: PartyKind, to: PartyKind, today: string): Refusal | null {
  const rule = kindRules[told.kind]
  if (rule.byRule) return refuse('found-by-rule', { field: 'kind' }).refusal
  if ((rule.from !== 'ANY' && rule.from !== from) || (rule.to !== 'ANY' && rule.to !== to)) return refuse('wrong-parties', { field: 'other' }).refusal
  if (told.kind === 'SHAREHOLDING' ? told.sharePct === null : told.sharePct !== null) return refuse('share-needed', { field: 'sharePct' }).refusal
  for (const [field, pct] of [['sharePct', told.sharePct], ['incomePct', told.incomePct], ['outlayPct', told.outlayPct]] as const) {
    if (pct !== null && (exact(pct).lte(0) || exact(pct).gt(100))) return refuse('percent-out-of-range', { field }).refusal
  }
  if (told.kind === 'GUARANTEE' && (told.amountFen === null || BigInt(told.amountFen) <= 0n)) return refuse('amount-needed', { field: 'amountFen' }).refusal
  if (told.amountFen !== null && BigInt(told.amountFen) <= 0n) return refuse('amount-needed', { field: 'amountFen' }).refusal
  if (rule.means.length > 0 ? told.means === null || !rule.means.includes(told.means) : told.means !== null) return refuse('means-needed', { field: 'means' }).refusal
  const onlyOfShares = told.kind !== 'SHAREHOLDING' && (told.subscribedFen !== null || told.paidInFen !== null || told.crossHolding)
  const onlyOfSupply = told.kind !== 'SUPPLY' && (told.incomePct !== null || told.outlayPct !== null)
  const onlyOfAmounts = told.kind !== 'GUARANTEE' && told.kind !== 'SUPPLY' && told.amountFen !== null
  if (onlyOfShares || onlyOfSupply || onlyOfAmounts) return refuse('wrong-fields', { field: 'kind' }).refusal
  if ([told.subscribedFen, told.paidInFen].some((fen) => fen !== null && BigInt(fen) < 0n)) return refuse('amount-needed', { field: 'subscribedFen' }).refusal
  if (told.subscribedFen !== null && told.paidInFen !== null && BigInt(told.paidInFen) > BigInt(told.subscribedFen)) return refuse('paid-in-above-subscribed', { field: 'paidInFen' }).refusal
  if (told.from > today) return refuse('begins-later', { field: 'from' }).refusal
  if (told.to !== null && told.to <= told.from) return refuse('ends-before', { field: 'to' }).refusal
  return null
}

/** A person outside of the reader's duty: the surname, the rest hidden (handbook, section 5). */
export function maskedPerson(name: string): string {
  const [first = '', ...rest] = [...name.trim()]
  return rest.length === 0 ? '*' : `${first}${'*'.repeat(Math.min(rest.length, 2))}`
}

/**
 * The name that a reader is shown of a party. The same whether the party is a customer outside of his scope or none at all, so that nothing tells the two apart: a company's public
 * name; a person's name when he is known of (a customer of the reader, named on the file that is open) or stands in the company register, else masked.
 */
export function shownName(party: { kind: PartyKind; name: string; known: boolean; inRegister: boolean }): string {
  return party.kind === 'COMPANY' || party.known || party.inRegister ? party.name : maskedPerson(party.name)
}

/** May the reader be shown this edge, and its amounts? An edge of the register always; of the others he must see one end. */
export function shownEdge(kind: RelationKind, seesAnEnd: boolean): { shown: boolean; amounts: boolean } {
  return { shown: seesAnEnd || kindRules[kind].register, amounts: seesAnEnd }
}
