import { exact, Exact } from '../../foundation/values/decimal.ts'
import type { Fen } from '../../foundation/values/fen.ts'
import { classOf, type Grade, type LoadPolicy, type LoadTier } from './load.rules.ts'

/** A high-end person of the pool: whom nobody is credited with (domain specification 3.4). */
export type PoolCustomer = {
  id: string; outletKey: number; tier: LoadTier; hasLoan: boolean
  /** Average of deposits and wealth products over the 30 days before, whole fen. */
  aumFen: Fen
  /** Managers who may not: relatives, and to whom the customer objected. */
  notWith: readonly number[]
}
/** `load`: how full he is, exact; 1 is full (4.5). */
export type PoolManager = { staffKey: number; staffNo: string; placeKey: number; grade: Grade | null; load: Exact }
export type Given = { customerId: string; staffKey: number; sameOutlet: boolean; before: Exact; after: Exact }
export type LeftWhy = 'no-manager' | 'no-capacity' | 'conflict-of-interest'
export type Allocation = { given: Given[]; left: { customerId: string; why: LeftWhy }[] }

/** The part of a manager's room that a customer takes: weight of his tier ÷ capacity of his kind, an assistant's room being smaller. */
export function roomOf(customer: Pick<PoolCustomer, 'tier' | 'hasLoan'>, grade: Grade | null, policy: LoadPolicy): Exact {
  const kind = classOf({ kind: 'PERSON', hasLoan: customer.hasLoan, tier: customer.tier })
  return exact(policy.weight[customer.tier]).div(exact(policy.capacity[kind]).times(exact(policy.factor[grade ?? 'B'])))
}

/** Would this one be full beyond his capacity with the customer? The exact quotient counts: 1 is still within. */
export function fits(load: Exact, room: Exact): boolean {
  return load.plus(room).toDecimalPlaces(20).lte(1)
}

/**
 * Allocation of the public pool (公共池分配): the largest first; each to the eligible manager with the lowest load, equal loads to the lower staff number; a manager of the customer's own outlet comes before all others.
 * Nobody is filled above his capacity, nobody gets a relative or a customer who objected to him. In which order customers and managers are handed in changes nothing.
 */
export function allocatePool(customers: readonly PoolCustomer[], managers: readonly PoolManager[], policy: LoadPolicy): Allocation {
  const loads = new Map(managers.map(({ staffKey, load }) => [staffKey, load]))
  const loadOf = ({ staffKey }: PoolManager): Exact => loads.get(staffKey) ?? new Exact(0)
  const sorted = [...customers].sort((a, b) => (a.aumFen === b.aumFen ? (a.id < b.id ? -1 : 1) : a.aumFen > b.aumFen ? -1 : 1))
  const found: Allocation = { given: [], left: [] }
  for (const customer of sorted) {
    const free = managers.filter((manager) => fits(loadOf(manager), roomOf(customer, manager.grade, policy)))
    const eligible = free.filter(({ staffKey }) => !customer.notWith.includes(staffKey))
    const near = eligible.filter(({ placeKey }) => placeKey === customer.outletKey)
    const [chosen] = (near.length > 0 ? near : eligible).sort((a, b) => loadOf(a).cmp(loadOf(b)) || (a.staffNo < b.staffNo ? -1 : 1))
    if (!chosen) {
      found.left.push({ customerId: customer.id, why: managers.length === 0 ? 'no-manager' : free.length === 0 ? 'no-capacity' : 'conflict-of-interest' })
      continue
    }
    const before = loadOf(chosen)
    const after = before.plus(roomOf(customer, chosen.grade, policy))
    loads.set(chosen.staffKey, after)
    found.given.push({ customerId: customer.id, staffKey: chosen.staffKey, sameOutlet: chosen.placeKey === customer.outletKey, before, after })
  }
  return found
}

/** Who looks after persons: a manager who holds at least as many persons as companies, or nobody yet. */
export function looksAfterPersons(held: { persons: number; companies: number }): boolean {
  return held.persons >= held.companies
}

export type DecisionGround = { state: 'PROPOSED' | 'CONFIRMED' | 'RETURNED' | 'WITHDRAWN'; own: boolean; /** One stood in for the other since it was proposed. */ oneSide: boolean; receives: boolean; leadsAll: boolean }
export type DecisionRefusal = 'allocation-decided' | 'own-allocation' | 'one-side' | 'receives-some' | 'not-whole-line'
/** May this person decide the allocation? The most fundamental first; null: yes. Two persons, neither of whom receives a customer by it. */
export function faultOfDecision({ state, own, oneSide, receives, leadsAll }: DecisionGround): DecisionRefusal | null {
  if (state !== 'PROPOSED') return 'allocation-decided'
  if (own) return 'own-allocation'
  if (oneSide) return 'one-side'
  if (receives) return 'receives-some'
  return leadsAll ? null : 'not-whole-line'
}
