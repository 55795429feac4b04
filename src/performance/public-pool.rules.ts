import { Exact } from '../foundation/values/decimal.ts'
import type { Fen } from '../foundation/values/fen.ts'

/** High-end customers of the public pool (公共池) and who may take them (domain specification 3.4). */
export type PoolCustomer = { id: string; outlet: string; aumFen: Fen; /** Staff numbers that may not: relatives, or to whom the customer objected. */ notWith: readonly string[] }
export type PoolManager = { staffNo: string; outlet: string; customers: number; capacity: number }
export type Allocated = { customer: string; staffNo: string; sameOutlet: boolean; /** Only increments from here on count for the manager. */ baseAumFen: Fen }
export type Allocation = { allocated: Allocated[]; left: { customer: string; why: 'no-capacity' | 'conflict-of-interest' }[] }

/**
 * Largest first; each to the eligible manager with the lowest load (customers ÷ capacity), equal loads to the lower staff number; the same outlet first.
 * Nobody is filled above his capacity and nobody gets a relative. The order of customers and managers handed in changes nothing.
 */
export function allocatePool(customers: readonly PoolCustomer[], managers: readonly PoolManager[]): Allocation {
  const load = new Map(managers.map(({ staffNo, customers: held }) => [staffNo, held]))
  const sorted = [...customers].sort((a, b) => (a.aumFen === b.aumFen ? (a.id < b.id ? -1 : 1) : a.aumFen > b.aumFen ? -1 : 1))
  const allocated: Allocated[] = []
  const left: Allocation['left'] = []
  const ratio = (manager: PoolManager): Exact => new Exact(load.get(manager.staffNo) ?? 0).div(manager.capacity)
  for (const customer of sorted) {
    const free = managers.filter((manager) => (load.get(manager.staffNo) ?? 0) < manager.capacity)
    const eligible = free.filter((manager) => !customer.notWith.includes(manager.staffNo))
    const near = eligible.filter((manager) => manager.outlet === customer.outlet)
    const [chosen] = [...(near.length > 0 ? near : eligible)].sort((a, b) => ratio(a).cmp(ratio(b)) || (a.staffNo < b.staffNo ? -1 : 1))
    if (!chosen) {
      left.push({ customer: customer.id, why: free.length === 0 ? 'no-capacity' : 'conflict-of-interest' })
      continue
    }
    load.set(chosen.staffNo, (load.get(chosen.staffNo) ?? 0) + 1)
    allocated.push({ customer: customer.id, staffNo: chosen.staffNo, sameOutlet: chosen.outlet === customer.outlet, baseAumFen: customer.aumFen })
  }
  return { allocated, left }
}
