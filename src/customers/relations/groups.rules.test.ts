import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupRowOn } from './group-table.ts'
import { componentsOf, isProposed, leadOf, type Pair } from './groups.rules.ts'

const pair = (text: string): Pair => ({ a: text[0] ?? '', b: text[1] ?? '', test: (text.slice(2) || 'A') as Pair['test'] })

describe('what belongs together', () => {
  test.each<[what: string, pairs: string[], groups: string[]]>([
    ['nothing', [], []],
    ['two', ['ab'], ['ab A']],
    ['through a third', ['abA', 'bcC'], ['abc A C']],
    ['two groups', ['abA', 'cdD'], ['ab A', 'cd D']],
    ['joined last', ['ab', 'cd', 'ef', 'be', 'fc'], ['abcdef A']],
  ])('%s', (_what, pairs, groups) => expect(componentsOf(pairs.map(pair)).map(({ parties, tests }) => `${parties.join('')} ${tests.join(' ')}`)).toEqual(groups))

  test('on random pairs: the same sets as joining by hand until nothing changes', () => {
    const party = fc.constantFrom(...'abcdefghij')
    fc.assert(fc.property(fc.array(fc.record({ a: party, b: party }), { maxLength: 30 }), (told) => {
      const sets = [...new Set(told.flatMap(({ a, b }) => [a, b]))].map((one) => new Set([one]))
      for (const { a, b } of told) {
        const [x, y] = [sets.find((set) => set.has(a)), sets.find((set) => set.has(b))]
        if (x && y && x !== y) {
          for (const one of y) x.add(one)
          sets.splice(sets.indexOf(y), 1)
        }
      }
      expect(componentsOf(told.map(({ a, b }) => ({ a, b, test: 'A' as const }))).map(({ parties }) => parties.join(''))).toEqual(sets.map((set) => [...set].sort().join('')).sort())
    }))
  })
})

test('a group has two customers; the lead is the customer that controls most', () => {
  expect(isProposed(1, ['A'])).toBe(false)
  expect(isProposed(2, ['A'])).toBe(true)
  expect(leadOf([{ partyId: 'b', isCustomer: true, controls: 3 }, { partyId: 'a', isCustomer: true, controls: 1 }, { partyId: 'c', isCustomer: false, controls: 9 }])).toBe('b')
  expect(leadOf([{ partyId: 'b', isCustomer: true, controls: 1 }, { partyId: 'a', isCustomer: true, controls: 1 }])).toBe('a')
  expect(leadOf([])).toBeNull()
})
test('the thresholds of a day', () => {
  expect(groupRowOn('2026-11-23')).toMatchObject({ version: '1', controlPct: '50', ownerPct: '25', dependencePct: '50' })
  expect(() => groupRowOn('1899-12-31')).toThrow('no thresholds')
})
