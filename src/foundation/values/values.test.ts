import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalText, exact, fenOf, roundHalfUp, yuanOf } from './decimal.ts'
import { equalTranches, fen, fenFromYuan, roundTogether, splitFen, sumFen, yuanText } from './fen.ts'

describe('四舍五入: half up on the magnitude (fixture rounding)', () => {
  test.each([
    ['0.005', 2, '0.01'], ['-0.005', 2, '-0.01'], ['0.0049', 2, '0.00'], ['-0.0049', 2, '0.00'], ['2.675', 2, '2.68'], ['-2.675', 2, '-2.68'],
    ['1.005', 2, '1.01'], ['99.994999', 2, '99.99'], ['-0.004', 2, '0.00'],
  ] as const)('%s to %i places is %s', (value, places, result) => {
    expect(decimalText(exact(value), places)).toBe(result)
  })
  test('a binary fraction is not accepted', () => {
    expect(() => exact('1e3')).toThrow()
    expect(() => exact('0,5')).toThrow()
  })
  test('rounding is symmetric, and what is rounded lies within half a step', () => {
    fc.assert(fc.property(fc.bigInt(-(10n ** 15n), 10n ** 15n), fc.integer({ min: 0, max: 4 }), (units, places) => {
      const value = exact(units).div(100_000)
      expect(roundHalfUp(value.neg(), places).eq(roundHalfUp(value, places).neg())).toBe(true)
      expect(roundHalfUp(value, places).minus(value).abs().lte(exact('0.5').div(exact(10n).pow(places)))).toBe(true)
    }))
  })
})

describe('money is whole fen', () => {
  test.each([['3115.00', 311500n], ['-258.88', -25888n], ['0.5', 50n], ['7', 700n]] as const)('%s yuan', (text, amount) => {
    expect(fenFromYuan(text)).toBe(amount)
  })
  test.each(['', '1.005', '1,000.00', 'x', '1e3'])('%s is no amount', (text) => {
    expect(() => fenFromYuan(text)).toThrow()
  })
  test('fen, yuan and text lead back to each other', () => {
    fc.assert(fc.property(fc.bigInt(-(10n ** 17n), 10n ** 17n), (amount) => {
      expect(fenFromYuan(yuanText(amount))).toBe(amount)
      expect(fen(amount.toString())).toBe(amount)
      expect(fenOf(yuanOf(amount))).toBe(amount)
    }))
  })
})

describe('splitting a total by largest remainder', () => {
  test.each([
    ['100.00', ['1', '1', '1'], ['33.34', '33.33', '33.33']],
    ['-100.00', ['1', '1', '1'], ['-33.34', '-33.33', '-33.33']],
    ['3115.07', ['33', '33', '34'], ['1027.97', '1027.97', '1059.13']],
    ['-0.01', ['50.00', '50.00'], ['-0.01', '0.00']],
    ['0.00', ['60.00', '40.00'], ['0.00', '0.00']],
  ])('%s by %j is %j', (total, shares, parts) => {
    expect(splitFen(fenFromYuan(total), shares).map(yuanText)).toEqual(parts)
  })
  test('the parts sum to the whole, and none is a fen away from its exact share', () => {
    fc.assert(fc.property(fc.bigInt(-(10n ** 14n), 10n ** 14n), fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 9 }), (total, weights) => {
      const parts = splitFen(total, weights.map(String))
      const sum = weights.reduce((a, b) => a + b, 0)
      expect(sumFen(parts)).toBe(total)
      parts.forEach((part, place) => expect(exact(part).minus(exact(total).times(weights[place] ?? 0).div(sum)).abs().lt(1)).toBe(true))
    }))
  })
  test('no shares, no split', () => {
    expect(() => splitFen(1n, [])).toThrow()
    expect(() => splitFen(1n, ['-1', '2'])).toThrow()
  })
  test('equal tranches: the last takes the remainder', () => {
    expect(equalTranches(10_000n, 3)).toEqual([3333n, 3333n, 3334n])
    expect(equalTranches(-10_000n, 3)).toEqual([-3333n, -3333n, -3334n])
    fc.assert(fc.property(fc.bigInt(-(10n ** 14n), 10n ** 14n), fc.integer({ min: 1, max: 60 }), (total, n) => {
      expect(sumFen(equalTranches(total, n))).toBe(total)
    }))
  })
})

describe('parts that are shown beside their sum', () => {
  test.each([
    ['thirds: the fen that is left goes to who is listed first', [100n, 100n, 100n], 3n, 100n, [34n, 33n, 33n]],
    ['the larger rest gets it', [10n, 16n, 14n], 10n, 4n, [1n, 2n, 1n]],
    ['changes of both signs', [-25n, 15n, 14n], 10n, 0n, [-2n, 1n, 1n]],
    ['whole parts stay', [200n, -300n], 100n, -1n, [2n, -3n]],
    ['nothing', [], 10n, 0n, []],
  ] as const)('%s', (_what, parts, denominator, whole, expected) => {
    expect(roundTogether(parts, denominator, whole)).toEqual(expected)
    expect(expected.reduce((sum: bigint, fen) => sum + fen, 0n)).toBe(whole)
  })
  test('a whole that is not their sum is our own mistake', () => expect(() => roundTogether([10n, 10n], 10n, 5n)).toThrow())
})
