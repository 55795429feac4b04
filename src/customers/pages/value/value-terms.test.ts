import { describe, expect, test } from 'vitest'
import { formOf, keptValue, rateText, valueTold } from './value-terms.ts'

describe('prices and parameters as people write them', () => {
  test.each([['0.0185', '1.85%'], ['0.00016', '0.016%'], ['0.000001', '0.0001%'], ['0.25', '25.00%'], ['1', '100.00%'], ['0', '0.00%']])('%s is read as %s', (kept, read) => expect(rateText(kept)).toBe(read))
  test.each([
    ['1.85', '0.0185'], ['0.016', '0.00016'], ['25', '0.25'], ['100', '1'], ['150', '1.5'], ['1250', '12.5'], ['0', '0'], ['0.000001', '0.00000001'], [' 3.5 ', '0.035'], ['5', '0.05'], ['0.5', '0.005'],
    ['1.', null], ['', null], ['-1', null], ['1,5', null], ['1.1234567', null], ['一', null],
  ])('%s percent is kept as %s', (typed, kept) => expect(keptValue(typed, 'percent')).toBe(kept))
  test.each([['12.50', '12.50'], ['3', '3'], ['x', null]])('%s yuan is kept as %s', (typed, kept) => expect(keptValue(typed, 'yuan')).toBe(kept))
  test.each([['transactionCost', '0.5', '0.50 元'], ['taxOnLoss', '0', '否'], ['taxOnLoss', '1', '是'], ['riskWeightCorporate', '1.00', '100.00%'], [null, '0.0213', '2.13%']] as const)('%s %s is told as %s', (name, value, told) =>
    expect(valueTold(value, formOf(name), { yes: '是', no: '否', yuan: (n) => `${n} 元` })).toBe(told))
})
