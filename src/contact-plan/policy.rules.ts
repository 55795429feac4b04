import { monthStart, nextMonth } from '../foundation/values/business-date.ts'
import type { PolicyFault, PolicyRow, PolicyTerms } from './policy.contract.ts'

/** A change of the policy: `terms` null ends the region's own rule, so that the bank's holds again. */
export type PolicyChangeAsked = { tier: string; region: string; from: string; terms: PolicyTerms | null }
export type FoundFault = { name: PolicyFault; field: 'from' | 'region' | 'terms'; details?: Record<string, string> }

/** First day of the next month: the earliest on which a changed policy may begin. */
export function earliestBegin(today: string): string {
  return monthStart(nextMonth(today.slice(0, 7)))
}

/**
 * Why a change may not be made on `today`, the most fundamental first; null when it may. A policy begins on the first of a coming month (periods are calendar periods, and what was
 * judged by a rule keeps it); the rule of the bank ('*') is only ever followed by another, never ended.
 */
export function faultOfChange(rows: readonly PolicyRow[], regions: readonly string[], change: PolicyChangeAsked, today: string): FoundFault | null {
  const { tier, region, from, terms } = change
  if (!from.endsWith('-01')) return { name: 'not-first-of-month', field: 'from' }
  if (from <= today) return { name: 'begins-in-the-past', field: 'from', details: { today } }
  const same = rows.filter((row) => row.tier === tier && row.region === region)
  if (region !== '*' && same.length === 0 && !regions.includes(region)) return { name: 'region-unknown', field: 'region', details: { region } }
  const later = same.find((row) => row.from >= from)
  if (later) return { name: 'later-policy', field: 'from', details: { day: later.from } }
  const held = same.find((row) => row.from < from && (row.to === null || row.to > from))
  if (terms === null) return region === '*' || !held ? { name: 'nothing-to-end', field: 'region' } : null
  if (terms.faceEveryMonths !== null && terms.faceEveryMonths < terms.everyMonths) return { name: 'face-more-often', field: 'terms' }
  return held && sameTerms(held, terms) ? { name: 'same-policy', field: 'terms' } : null
}

function sameTerms(row: PolicyTerms, terms: PolicyTerms): boolean {
  return row.everyMonths === terms.everyMonths && row.faceEveryMonths === terms.faceEveryMonths && row.leaderEveryMonths === terms.leaderEveryMonths && row.window === terms.window
    && row.recordWithin === terms.recordWithin && row.firstDutyUntilDay === terms.firstDutyUntilDay
}
