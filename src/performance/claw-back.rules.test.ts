import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equalTranches, fenFromYuan, sumFen, yuanText } from '../foundation/values/fen.ts'
import { clawBack, guardedDeduction, mayClaimBecome, reverseDeductions, type Deduction, type Tranche } from './claw-back.rules.ts'

const fen = fenFromYuan

describe('clawback-1: accountability decision of 2027-02-10 for 2025-H2', () => {
  const tranches: Tranche[] = [
    { due: '2026-12-31', fen: fen('5244.00'), state: 'RELEASED' }, { due: '2027-12-31', fen: fen('5244.00'), state: 'HELD' }, { due: '2028-12-31', fen: fen('5244.00'), state: 'HELD' },
  ]
  test('mainly responsible, 100 %: held tranches are forfeited, what was paid is claimed', () => {
    const found = clawBack(fen('23598.00'), tranches, '1.00')
    expect(found.tranches.map(({ due, state }) => [due, state])).toEqual([['2026-12-31', 'RELEASED'], ['2027-12-31', 'FORFEITED'], ['2028-12-31', 'FORFEITED']])
    expect([yuanText(found.forfeitedFen), yuanText(found.claimFen)]).toEqual(['10488.00', '28842.00'])
  })
  test('otherwise responsible, 50 %: of the held and of the paid amount, each on its own', () => {
    const found = clawBack(fen('12000.00'), [{ due: '2027-12-31', fen: fen('8000.00'), state: 'HELD' }], '0.50')
    expect([yuanText(found.forfeitedFen), yuanText(found.claimFen), found.tranches[0]?.state]).toEqual(['4000.00', '6000.00', 'REDUCED'])
  })
  test('nothing held: only the claim', () => expect(clawBack(fen('100.00'), [], '0.5')).toMatchObject({ forfeitedFen: 0n, claimFen: fen('50.00') }))
  test('the steps of a claim', () => {
    expect([mayClaimBecome('OPEN', 'AGREED'), mayClaimBecome('OPEN', 'RECOVERED'), mayClaimBecome('AGREED', 'RECOVERED'), mayClaimBecome('RECOVERED', 'OPEN')]).toEqual([true, false, true, false])
  })
})

test.each([
  ['500.00', '8000.00', '2000.00', '500.00', '0.00'],
  ['2000.00', '8000.00', '2000.00', '1600.00', '400.00'],
  ['2000.00', '2100.00', '2000.00', '100.00', '1900.00'],
  ['2000.00', '1900.00', '2000.00', '0.00', '2000.00'],
])('asked %s of a wage of %s, minimum %s: %s is taken, %s waits', (asked, wage, minimum, taken, waits) => {
  const found = guardedDeduction(fen(asked), fen(wage), fen(minimum))
  expect([yuanText(found.deductFen), yuanText(found.leftOverFen)]).toEqual([taken, waits])
})

describe('exemption-1', () => {
  const deductions: Deduction[] = [
    { id: 'x1', cause: 'L4', month: '2025-04', points: '40.00', fen: fen('200.00'), kind: 'CONSEQUENCE_OF_LOSS' },
    { id: 'x2', cause: 'L4', month: '2025-05', points: '8.00', fen: fen('40.00'), kind: 'OWN_FAULT' },
    { id: 'x3', cause: 'L7', month: '2025-05', points: '9.00', fen: fen('45.00'), kind: 'CONSEQUENCE_OF_LOSS' },
  ]
  test('diligent: the consequence of the loss comes back in the month of the decision, the missed check stays', () => {
    const found = reverseDeductions(deductions, { cause: 'L4', decidedOn: '2025-07-15', conclusion: 'DILIGENT' })
    expect(found.reversals).toEqual([{ of: 'x1', month: '2025-04', settledIn: '2025-07', points: '40.00', fen: fen('200.00') }])
    expect([found.kept, yuanText(found.refundFen), found.pointsRestored]).toEqual([['x2'], '200.00', '40.00'])
  })
  test('basically diligent: half', () => expect(yuanText(reverseDeductions(deductions, { cause: 'L4', decidedOn: '2025-07-15', conclusion: 'BASICALLY_DILIGENT', relief: '0.50' }).refundFen)).toBe('100.00'))
  test('not diligent: nothing', () => expect(reverseDeductions(deductions, { cause: 'L4', decidedOn: '2025-07-15', conclusion: 'NOT_DILIGENT' })).toMatchObject({ reversals: [], kept: ['x1', 'x2'], refundFen: 0n }))
})

test('what a claw-back takes and leaves is the whole, whatever the ratio', () => fc.assert(fc.property(
  fc.bigInt({ min: 0n, max: 90_000_000n }), fc.integer({ min: 1, max: 5 }), fc.bigInt({ min: 0n, max: 9_000_000n }), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 5 }),
  (deferred, count, paid, percent, released) => {
    const tranches = equalTranches(deferred, count).map((amount, place): Tranche => ({ due: `203${place}-12-31`, fen: amount, state: place < released ? 'RELEASED' : 'HELD' }))
    const found = clawBack(paid, tranches, (percent / 100).toFixed(2))
    expect(sumFen(found.tranches.map(({ forfeitedFen }) => forfeitedFen))).toBe(found.forfeitedFen)
    expect(found.tranches.every((tranche) => tranche.forfeitedFen >= 0n && tranche.forfeitedFen <= tranche.fen)).toBe(true)
    expect(found.claimFen <= found.paidFen).toBe(true)
    expect(clawBack(paid, [...tranches].reverse(), (percent / 100).toFixed(2))).toMatchObject({ forfeitedFen: found.forfeitedFen, claimFen: found.claimFen })
  },
)))
