import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact } from '../../foundation/values/decimal.ts'
import { allocatePool, faultOfDecision, fits, looksAfterPersons, roomOf, type PoolCustomer, type PoolManager } from './allocation.rules.ts'
import type { LoadPolicy } from './load.rules.ts'

/** The defaults of 4.5: a core person takes 3 ÷ 150 = 0.02 of a manager, a key person 1.5 ÷ 300 = 0.005. */
const policy: LoadPolicy = {
  version: '1', weight: { T1: '3', T2: '1.5', T3: '1', T4: '0.1', P: '0' }, capacity: { CREDIT: '20', CORPORATE: '60', PERSON_T1: '150', PERSON: '300' },
  factor: { A: '0.50', B: '1', C: '1' }, warnAbove: '1', stopAbove: '1.2',
}
const customer = (id: string, yuan: number, more: Partial<PoolCustomer> = {}): PoolCustomer => ({ id, outletKey: 1, tier: 'T2', hasLoan: false, aumFen: BigInt(yuan) * 100n, notWith: [], ...more })
const manager = (staffKey: number, load: string, more: Partial<PoolManager> = {}): PoolManager => ({ staffKey, staffNo: String(staffKey).padStart(6, '0'), placeKey: 1, grade: 'B', load: new Exact(load), ...more })
const who = (customers: PoolCustomer[], managers: PoolManager[]): string[] => allocatePool(customers, managers, policy).given.map((one) => `${one.customerId} → ${one.staffKey}`)

describe('allocation of the public pool (3.4)', () => {
  test('the largest first, each to the lowest load; the load grows with each', () => {
    expect(who([customer('c1', 1_000_000), customer('c2', 3_000_000), customer('c3', 2_000_000)], [manager(1, '0.500'), manager(2, '0.498')])).toEqual(['c2 → 2', 'c3 → 1', 'c1 → 2'])
  })
  test('equal loads: the lower staff number', () => expect(who([customer('c1', 1)], [manager(9, '0.1'), manager(3, '0.1')])).toEqual(['c1 → 3']))
  test('the same outlet comes first, even with a higher load', () => expect(who([customer('c1', 1)], [manager(1, '0.9'), manager(2, '0', { placeKey: 2 })])).toEqual(['c1 → 1']))
  test('a full outlet gives to another one', () => {
    const [found] = allocatePool([customer('c1', 7)], [manager(1, '1'), manager(2, '0', { placeKey: 2 })], policy).given
    expect([found?.staffKey, found?.sameOutlet, found?.before.toFixed(4), found?.after.toFixed(4)]).toEqual([2, false, '0.0000', '0.0050'])
  })
  test('exactly full is within the capacity, a hair above is not', () => {
    expect([fits(new Exact('0.995'), roomOf(customer('c', 1), 'B', policy)), fits(new Exact('0.9951'), roomOf(customer('c', 1), 'B', policy))]).toEqual([true, false])
  })
  test('an assistant has half the room: a customer fills twice as much of it', () => {
    expect([roomOf(customer('c', 1), 'A', policy).toFixed(4), roomOf(customer('c', 1), null, policy).toFixed(4), roomOf(customer('c', 1, { tier: 'T1' }), 'B', policy).toFixed(4)]).toEqual(['0.0100', '0.0050', '0.0200'])
  })
  test('no relative, nobody to whom the customer objected: the next one; without one he stays in the pool, with the reason', () => {
    expect(who([customer('c1', 2, { notWith: [1] })], [manager(1, '0'), manager(2, '0.5')])).toEqual(['c1 → 2'])
    const left = (customers: PoolCustomer[], managers: PoolManager[]): string[] => allocatePool(customers, managers, policy).left.map((one) => one.why)
    expect(left([customer('c1', 2, { notWith: [1] })], [manager(1, '0')])).toEqual(['conflict-of-interest'])
    expect(left([customer('c1', 2)], [manager(1, '1')])).toEqual(['no-capacity'])
    expect(left([customer('c1', 2)], [])).toEqual(['no-manager'])
  })
  test.each([[{ persons: 10, companies: 2 }, true], [{ persons: 0, companies: 0 }, true], [{ persons: 3, companies: 3 }, true], [{ persons: 1, companies: 20 }, false]] as const)('%o looks after persons: %s', (held, yes) => expect(looksAfterPersons(held)).toBe(yes))

  test('each customer once, to one person or left; no capacity exceeded; nobody he may not have; no order matters', () => fc.assert(fc.property(
    fc.uniqueArray(fc.record({ id: fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e'), minLength: 4, maxLength: 4 }), aum: fc.nat(9), outlet: fc.constantFrom(1, 2), tier: fc.constantFrom('T1' as const, 'T2' as const), not: fc.subarray([1, 2, 3]) }), { selector: ({ id }) => id, maxLength: 40 }),
    fc.tuple(fc.integer({ min: 900, max: 1100 }), fc.integer({ min: 900, max: 1100 }), fc.integer({ min: 900, max: 1100 })), fc.constantFrom('A' as const, 'B' as const, null),
    (made, held, grade) => {
      const customers = made.map(({ id, aum, outlet, tier, not }) => customer(id, aum, { outletKey: outlet, tier, notWith: not }))
      const managers = held.map((load, place) => manager(place + 1, String(load / 1000), { placeKey: place === 1 ? 2 : 1, grade }))
      const found = allocatePool(customers, managers, policy)
      expect([...found.given, ...found.left].map(({ customerId }) => customerId).sort()).toEqual(customers.map(({ id }) => id).sort())
      for (const one of managers) {
        const got = found.given.filter(({ staffKey }) => staffKey === one.staffKey)
        const load = got.reduce((sum, { customerId }) => sum.plus(roomOf(customers.find(({ id }) => id === customerId) ?? customer('', 0), one.grade, policy)), one.load)
        if (got.length > 0) expect(load.toDecimalPlaces(20).lte(1)).toBe(true)
      }
      for (const one of found.given) expect(customers.find(({ id }) => id === one.customerId)?.notWith).not.toContain(one.staffKey)
      const told = ({ given, left }: ReturnType<typeof allocatePool>): unknown => [given.map((one) => [one.customerId, one.staffKey, one.after.toFixed(10)]), left]
      expect(told(allocatePool([...customers].reverse(), [...managers].reverse(), policy))).toEqual(told(found))
      // the base of whom is given stays the pool's: the sum of what was in it is not less and not more afterwards
      const sum = (ids: readonly string[]): bigint => ids.reduce((total, id) => total + (customers.find((one) => one.id === id)?.aumFen ?? 0n), 0n)
      expect(sum(found.given.map(({ customerId }) => customerId)) + sum(found.left.map(({ customerId }) => customerId))).toBe(sum(customers.map(({ id }) => id)))
    },
  )))
})

test.each([
  ['somebody else above', {}, null],
  ['decided before', { state: 'RETURNED' }, 'allocation-decided'],
  ['who proposed it', { own: true }, 'own-allocation'],
  ['who stood in for who proposed it', { oneSide: true }, 'one-side'],
  ['who would get a customer', { receives: true }, 'receives-some'],
  ['who leads a part of it only', { leadsAll: false }, 'not-whole-line'],
] as const)('decided by %s: %3$s', (_who, more, refusal) => expect(faultOfDecision({ state: 'PROPOSED', own: false, oneSide: false, receives: false, leadsAll: true, ...more })).toBe(refusal))
