import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { householdsOf, rolesOf, type HouseholdTest } from './households.rules.ts'

const pairs = (...told: [string, string, HouseholdTest][]) => told.map(([a, b, test]) => ({ a, b, test }))

describe('who is one household', () => {
  test.each([
    ['a couple behind one door', pairs(['he', 'she', 'HOME']), [{ customers: ['he', 'she'], tests: ['HOME'] }]],
    ['married, with one phone and one door: told by all of it', pairs(['he', 'she', 'KIN'], ['he', 'she', 'PHONE'], ['he', 'she', 'HOME']), [{ customers: ['he', 'she'], tests: ['HOME', 'PHONE', 'KIN'] }]],
    ['a mother who gives the phone of her son, who is married', pairs(['mother', 'son', 'PHONE'], ['son', 'wife', 'KIN']), [{ customers: ['mother', 'son', 'wife'], tests: ['PHONE', 'KIN'] }]],
    ['two families', pairs(['a', 'b', 'HOME'], ['c', 'd', 'KIN']), [{ customers: ['a', 'b'], tests: ['HOME'] }, { customers: ['c', 'd'], tests: ['KIN'] }]],
    ['five through others are more than four', pairs(['a', 'b', 'HOME'], ['b', 'c', 'PHONE'], ['c', 'd', 'KIN'], ['d', 'e', 'HOME']), []],
    ['nobody', [], []],
  ])('%s', (_what, given, expected) => {
    expect(householdsOf(given, 4)).toEqual(expected)
  })
  test('nobody stands in two, none is alone, none is larger than the limit', () => {
    const person = fc.integer({ min: 0, max: 12 }).map((n) => `p${n}`)
    fc.assert(fc.property(fc.array(fc.record({ a: person, b: person, test: fc.constantFrom<HouseholdTest>('HOME', 'PHONE', 'KIN') }).filter(({ a, b }) => a !== b), { maxLength: 14 }), (given) => {
      const found = householdsOf(given, 5)
      const all = found.flatMap(({ customers }) => customers)
      expect(new Set(all).size).toBe(all.length)
      for (const { customers, tests } of found) {
        expect(customers.length).toBeGreaterThanOrEqual(2)
        expect(customers.length).toBeLessThanOrEqual(5)
        expect(tests.length).toBeGreaterThan(0)
      }
    }))
  })
})

describe('the head and how the others stand to him', () => {
  const member = (partyId: string, birthDate: string | null, wanted = false) => ({ partyId, birthDate, wanted })
  test.each([
    ['the eldest; who is recorded stands as recorded', [member('son', '1980-05-01'), member('father', '1950-01-01'), member('wife', '1982-02-02')], [{ from: 'father', to: 'son', means: 'PARENT' }], { father: 'HEAD', son: 'CHILD', wife: 'OTHER' }],
    ['whom the banker names', [member('father', '1950-01-01'), member('son', '1980-05-01', true), member('wife', '1982-02-02')], [{ from: 'father', to: 'son', means: 'PARENT' }, { from: 'wife', to: 'son', means: 'SPOUSE' }], { son: 'HEAD', father: 'PARENT', wife: 'SPOUSE' }],
    ['without a day of birth last', [member('a', null), member('b', '2001-01-01')], [], { b: 'HEAD', a: 'OTHER' }],
    ['a sibling is another', [member('a', '1990-01-01'), member('b', '1992-01-01')], [{ from: 'a', to: 'b', means: 'SIBLING' }], { a: 'HEAD', b: 'OTHER' }],
  ])('%s', (_what, members, ties, expected) => {
    expect(Object.fromEntries(rolesOf(members, ties))).toEqual(expected)
  })
})
