import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fenFromYuan as fen, sumFen, yuanText } from '../../foundation/values/fen.ts'
import { claimState, heldOf, takeOfMonth, trancheState } from './deferral.rules.ts'

test.each([
  ['5244.00', '0.00', '0.00', 'HELD', '5244.00'],
  ['5244.00', '5244.00', '0.00', 'FORFEITED', '0.00'],
  ['8000.00', '4000.00', '0.00', 'REDUCED', '4000.00'],
  ['8000.00', '4000.00', '4000.00', 'RELEASED', '0.00'],
  ['5244.00', '0.00', '5244.00', 'RELEASED', '0.00'],
])('a tranche of %s, forfeited %s, released %s: %s, held %s', (whole, forfeited, released, state, held) => {
  const facts = { fen: fen(whole), forfeitedFen: fen(forfeited), releasedFen: fen(released) }
  expect([trancheState(facts), yuanText(heldOf(facts))]).toEqual([state, held])
})

test.each([
  [null, null, '0.00', '0.00', '0.00', 'OPEN'],
  [true, null, '0.00', '0.00', '0.00', 'OPEN'],
  [false, null, '0.00', '0.00', '0.00', 'DISPUTED'],
  [false, 'RETURNED', '0.00', '0.00', '0.00', 'WAIVED'],
  [null, 'CONFIRMED', '100.00', '0.00', '50.00', 'AGREED'],
  [false, 'CONFIRMED', '250.00', '0.00', '50.00', 'RECOVERED'],
  [true, 'CONFIRMED', '250.00', '50.00', '0.00', 'WAIVED'],
] as const)('a claim of 300.00, answer %s, %s, taken %s, waived %s, repaid %s: %s', (answer, end, taken, waived, repaid, state) => {
  expect(claimState({ answer, end, claimFen: fen('300.00'), takenFen: fen(taken), waivedFen: fen(waived), repaidFen: fen(repaid) })).toBe(state)
})

describe('what a month gives for claims', () => {
  const of = (payable: string, claims: readonly [left: string, monthly: string | null][]): string[] =>
    takeOfMonth(fen(payable), claims.map(([left, monthly], place) => ({ caseId: String(place), leftFen: fen(left), monthlyFen: monthly === null ? null : fen(monthly) }))).map(({ takenFen }) => yuanText(takenFen))
  test.each([
    ['10000.00', [['28842.00', null]], ['2000.00']],
    ['10000.00', [['1500.00', null]], ['1500.00']],
    ['10000.00', [['1500.00', null], ['9000.00', null]], ['1500.00', '500.00']],
    ['10000.00', [['28842.00', '6000.00']], ['6000.00']],
    ['10000.00', [['9000.00', '8000.00'], ['9000.00', '8000.00']], ['8000.00', '2000.00']],
    ['0.00', [['100.00', null], ['100.00', '50.00']], ['0.00', '0.00']],
    ['0.04', [['100.00', null]], ['0.00']],
  ] as const)('%s for %j: %j', (payable, claims, taken) => expect(of(payable, claims as never)).toEqual(taken))
  test('never more than the month pays, than what is left, than the guard', () => fc.assert(fc.property(
    fc.bigInt({ min: -1_000n, max: 9_000_000n }), fc.array(fc.record({ leftFen: fc.bigInt({ min: 0n, max: 9_000_000n }), monthlyFen: fc.option(fc.bigInt({ min: 1n, max: 900_000n })) }), { maxLength: 4 }),
    (payable, claims) => {
      const taken = takeOfMonth(payable, claims.map((one, place) => ({ caseId: String(place), ...one })))
      expect(taken.every((one, place) => one.takenFen >= 0n && one.takenFen <= one.leftFen && one.takenFen <= (claims[place]?.monthlyFen ?? one.takenFen))).toBe(true)
      expect(sumFen(taken.map(({ takenFen }) => takenFen)) <= (payable > 0n ? payable : 0n)).toBe(true)
      expect(sumFen(taken.filter((_, place) => claims[place]?.monthlyFen === null).map(({ takenFen }) => takenFen)) * 5n <= (payable > 0n ? payable : 0n)).toBe(true)
    },
  )))
})
