import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faultOfGroup, raterFigures, recusalsOf, sides, tallyOf, type Member, type Vote } from './vote.rules.ts'

const members = (n: number): Member[] => Array.from({ length: n }, (_, place) => ({ staffKey: place + 1, side: sides[(place + 5) % 6] ?? 'HR' }))
test.each([
  [members(5), 1, '2026-01-01', '2028-01-01', null], [members(9), 9, '2026-01-01', '2027-01-01', null], [members(4), 1, '2026-01-01', '2027-01-01', 'members-count'], [members(10), 1, '2026-01-01', '2027-01-01', 'members-count'],
  [members(5), 6, '2026-01-01', '2027-01-01', 'chair-no-member'], [members(5), 1, '2026-01-01', '2028-01-02', 'term-too-long'], [members(5), 1, '2026-01-01', '2026-01-01', 'term-too-long'],
  [[...members(4), { staffKey: 1, side: 'HR' as const }], 1, '2026-01-01', '2027-01-01', 'member-twice'], [members(6).map((one) => ({ ...one, side: 'HR' as const })), 1, '2026-01-01', '2027-01-01', 'nobody-elected'],
] as const)('%o, chair %s, %s to %s: %s', (list, chair, from, to, fault) => expect(faultOfGroup(list, chair, from, to)).toBe(fault))

test('ratee, superior, rater, settler and relative leave the motion', () => {
  expect(recusalsOf([1, 2, 3, 4, 5, 6], { ratees: [1], superiors: [2, 1], raters: [3], settlers: [4], relatives: [5] })).toEqual([{ staffKey: 1, why: 'SELF' }, { staffKey: 2, why: 'SUPERIOR' }, { staffKey: 3, why: 'RATER' }, { staffKey: 4, why: 'SETTLER' }, { staffKey: 5, why: 'RELATIVE' }])
})

const votes = (text: string): Vote[] => [...text].map((one, place) => ({ staffKey: place + 1, vote: one === 'y' ? 'YES' : one === 'n' ? 'NO' : 'ABSTAIN' }))
describe('the vote, the chair is the first', () => {
  test.each([
    [7, 'yyyny', 'PASSED', false], [7, 'nnynn', 'REJECTED', false], [7, 'yyyy', null, false], [6, 'yynn', 'PASSED', true], [6, 'nnyy', 'REJECTED', false], [6, 'ayyn', 'PASSED', false], [6, 'aynn', 'REJECTED', false], [6, 'aayn', 'REJECTED', false], [5, 'aaaa', 'REJECTED', false], [9, 'yyyyyn', 'PASSED', false], [9, 'yyyyy', null, false],
  ] as const)('%i members, %s: %s', (count, text, result, byChair) => expect(tallyOf(count, votes(text), 1)).toMatchObject({ result, byChair }))
  test('no order of votes changes the result', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom<Vote['vote']>('YES', 'NO', 'ABSTAIN'), { minLength: 4, maxLength: 9 }), fc.integer({ min: 5, max: 9 }), (list, count) => {
      const all = list.map((vote, place) => ({ staffKey: place + 1, vote }))
      expect(tallyOf(count, [...all].reverse(), 1)).toEqual(tallyOf(count, all, 1))
    }))
  })
})
test('leniency and spread of a rater', () => {
  const all = ['80', '80.00', '90', '90']
  expect(raterFigures(all, ['90', '90'])).toEqual({ marks: 2, mean: '90.00', leniency: '5.00', spread: '0.00' })
  expect(raterFigures(all, ['80', '90'])).toEqual({ marks: 2, mean: '85.00', leniency: '0.00', spread: '5.00' })
  expect(raterFigures(all, ['80', '80']).leniency).toBe('-5.00')
})
