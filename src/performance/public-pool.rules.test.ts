import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocatePool, type PoolCustomer, type PoolManager } from './public-pool.rules.ts'

const customer = (id: string, aum: bigint, outlet = 'A', notWith: string[] = []): PoolCustomer => ({ id, outlet, aumFen: aum, notWith })
const manager = (staffNo: string, customers: number, capacity: number, outlet = 'A'): PoolManager => ({ staffNo, outlet, customers, capacity })
const who = (customers: PoolCustomer[], managers: PoolManager[]): string[] => allocatePool(customers, managers).allocated.map((one) => `${one.customer} → ${one.staffNo}`)

describe('allocation of the public pool', () => {
  test('the largest first, to the lowest load; the load grows with each', () => {
    expect(who([customer('c1', 100n), customer('c2', 300n), customer('c3', 200n)], [manager('001', 50, 100), manager('002', 49, 100)])).toEqual(['c2 → 002', 'c3 → 001', 'c1 → 002'])
  })
  test('equal loads: the lower staff number', () => expect(who([customer('c1', 1n)], [manager('009', 10, 100), manager('003', 5, 50)])).toEqual(['c1 → 003']))
  test('the same outlet comes first, even with a higher load', () => expect(who([customer('c1', 1n, 'A')], [manager('001', 90, 100, 'A'), manager('002', 0, 100, 'B')])).toEqual(['c1 → 001']))
  test('a full outlet gives to another', () => expect(allocatePool([customer('c1', 7n, 'A')], [manager('001', 100, 100, 'A'), manager('002', 0, 100, 'B')]).allocated).toEqual([{ customer: 'c1', staffNo: '002', sameOutlet: false, baseAumFen: 7n }]))
  test('no relative, no objection, no capacity', () => {
    expect(allocatePool([customer('c1', 2n, 'A', ['001']), customer('c2', 1n)], [manager('001', 0, 1)])).toEqual({ allocated: [{ customer: 'c2', staffNo: '001', sameOutlet: true, baseAumFen: 1n }], left: [{ customer: 'c1', why: 'conflict-of-interest' }] })
    expect(allocatePool([customer('c1', 2n)], [manager('001', 5, 5)]).left).toEqual([{ customer: 'c1', why: 'no-capacity' }])
  })
  test('each customer once, no capacity exceeded, no order matters', () => fc.assert(fc.property(
    fc.uniqueArray(fc.record({ id: fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e'), minLength: 4, maxLength: 4 }), aum: fc.bigInt({ min: 0n, max: 9n }), outlet: fc.constantFrom('A', 'B'), not: fc.subarray(['001', '002', '003']) }), { selector: ({ id }) => id, maxLength: 20 }),
    fc.record({ a: fc.integer({ min: 1, max: 9 }), b: fc.integer({ min: 1, max: 9 }), held: fc.integer({ min: 0, max: 9 }) }),
    (given, { a, b, held }) => {
      const customers = given.map(({ id, aum, outlet, not }) => customer(id, aum, outlet, not))
      const managers = [manager('001', Math.min(held, a), a, 'A'), manager('002', 0, b, 'B'), manager('003', 0, 3, 'A')]
      const found = allocatePool(customers, managers)
      expect(found.allocated.length + found.left.length).toBe(customers.length)
      for (const one of managers) expect(found.allocated.filter(({ staffNo }) => staffNo === one.staffNo).length + one.customers).toBeLessThanOrEqual(one.capacity)
      expect(allocatePool([...customers].reverse(), [...managers].reverse())).toEqual(found)
    },
  )))
})
