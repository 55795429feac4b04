import { monthStart, nextMonth } from '../../foundation/values/business-date.ts'
import type { TierRuleFault, TierRuleView, TierTerms } from './tier-rule.contract.ts'

export type TierRuleAsked = { kind: 'CORPORATE' | 'PERSON'; region: string; from: string; terms: TierTerms }
export type FoundTierFault = { name: TierRuleFault; field: 'from' | 'region' | 'terms'; details?: Record<string, string> }

/** The first month that a changed rule may judge begins after today: the month that runs is judged by the rule under which it began. */
export function earliestRule(today: string): string {
  return monthStart(nextMonth(today))
}

/** Why a rule may not be changed like this on `today`, the most fundamental first; null when it may. */
export function faultOfRule(rules: readonly TierRuleView[], regions: readonly string[], { kind, region, from, terms }: TierRuleAsked, today: string): FoundTierFault | null {
  if (!from.endsWith('-01')) return { name: 'not-first-of-month', field: 'from' }
  if (from <= today) return { name: 'begins-in-the-past', field: 'from', details: { today } }
  if (region !== '*' && !regions.includes(region)) return { name: 'region-unknown', field: 'region', details: { region } }
  const [t1, t2, t3] = [BigInt(terms.t1Fen), BigInt(terms.t2Fen), BigInt(terms.t3Fen)]
  if (!(t1 > t2 && t2 > t3 && t3 > 0n)) return { name: 'lines-order', field: 'terms' }
  if ((terms.t1ContributionFen === null) !== (terms.t2ContributionFen === null) || (terms.linesMin === null) !== (terms.linesTier === null)) return { name: 'both-or-none', field: 'terms' }
  if (terms.t1ContributionFen !== null && terms.t2ContributionFen !== null && !(BigInt(terms.t1ContributionFen) > BigInt(terms.t2ContributionFen) && BigInt(terms.t2ContributionFen) > 0n)) return { name: 'lines-order', field: 'terms' }
  const same = rules.filter((rule) => rule.kind === kind && rule.region === region)
  const later = same.find((rule) => rule.from >= from)
  if (later) return { name: 'later-rule', field: 'from', details: { day: later.from } }
  const held = same.find((rule) => rule.to === null || rule.to > from)
  if (held && termsKey(held.terms) === termsKey(terms)) return { name: 'same-rule', field: 'terms' }
  return null
}

const termsKey = (terms: TierTerms): string => [terms.t1Fen, terms.t2Fen, terms.t3Fen, terms.t1ContributionFen, terms.t2ContributionFen, terms.credit, terms.linesMin, terms.linesTier, terms.strategic, terms.confirmCore].join(' ')
