import type { ValueFault } from './value.contract.ts'

export type ValueAsked = { kind: 'PRICE' | 'PARAMETER'; side: 'BID' | 'OFFER' | null; termMonths: number | null; name: string | null; from: string; value: string }

const most = (name: string | null): number => (name === null ? 1 : name.startsWith('riskWeight') ? 12.5 : name.endsWith('Cost') ? 10_000 : 1)

/** Why a price or parameter may not be set so; null when it may. A month that was worked out keeps what it used: a value begins after the last one (`worked`, YYYY-MM). */
export function faultOfValue(asked: ValueAsked, worked: string | null): { name: ValueFault; field: string; details?: Record<string, string> } | null {
  const { kind, side, termMonths, name, from, value } = asked
  if (!from.endsWith('-01')) return { name: 'not-first-of-month', field: 'from' }
  if (kind === 'PRICE' ? side === null || termMonths === null || name !== null : name === null || side !== null || termMonths !== null) return { name: 'what-missing', field: 'kind' }
  if (worked !== null && from.slice(0, 7) <= worked) return { name: 'begins-in-the-past', field: 'from', details: { month: worked } }
  if (value.startsWith('-') || Number(value) > most(name)) return { name: 'value-out-of-range', field: 'value' }
  return null
}
