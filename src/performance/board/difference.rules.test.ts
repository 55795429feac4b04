import { expect, test } from 'vitest'
import { differenceOf } from './difference.rules.ts'

test.each([
  ['FEN', '521413250606', '522705576608', { fen: '-1292326002' }],
  ['PERCENT', '2.28', '1.51', { points: '0.0077' }],
  ['PERCENT', '0.26', '0.27', { points: '-0.0001' }],
  ['COUNT', '277.00', '304.00', { number: '-27', decimals: 0 }],
  ['COUNT', '3.00', '1.60', { number: '1.4', decimals: 2 }],
  ['COUNT', null, '1', null],
  ['FEN', '1', null, null],
] as const)('%s: %s after %s', (unit, value, before, told) => expect(differenceOf({ unit, value, before })).toEqual(told))
