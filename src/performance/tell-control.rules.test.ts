import { describe, expect, test } from 'vitest'
import { measures, sources } from './indicator.contract.ts'
import { sourceKinds, sumUnitOf } from './indicator.rules.ts'
import { inYuanOnly, rowName, tellSum } from './tell-control.rules.ts'

describe('every sum of the control report has a unit and its decimals', () => {
  test.each([
    ['NEW_SMALL_LOAN', undefined, '6000000000', '600,000.00', '元'],
    // 420,000,000 fen on each of 30 days, held alone: 4,200,000.00 yuan on average
    ['MANAGED_LOAN_ADB', undefined, '37800000000000', '4,200,000.00', '元（日均）'], ['DEPOSIT_ADB_INCREMENT', undefined, '-37800000000000', '−4,200,000.00', '元（日均）'],
    ['DEPOSIT_AVERAGE', 'FEN', '4380725033.5', '43,807,250.34', '元'], ['DEPOSIT_AVERAGE', 'FEN', '-5', '−0.05', '元'], ['NEW_CUSTOMERS', 'COUNT', '1234', '1,234', '个'], ['NEW_CUSTOMERS', 'COUNT', '5.5', '5.5', '个'], ['NEW_CUSTOMERS', 'COUNT', '0', '0', '个'],
    ['REPORT_QUALITY', 'POINTS', '-13', '−13.00', '分'], ['TRAINING', 'NUMBER', '3100.25', '3,100.25', '（登记数）'], ['TRAINING', 'NUMBER', '100', '100', '（登记数）'], ['NPL_RATIO', 'PERCENT', '4380725033', '4,380,725,033', '（分子）'],
  ] as const)('%s %s %s', (source, unit, value, figure, told) => {
    const sum = tellSum({ source, unit }, value, '2025-04')
    expect([sum.figure, sum.unit.zh]).toEqual([figure, told])
    expect(sum.unit.en).not.toBe('')
  })
  test('of a ratio the numerator is told: money of a stock, how many of events', () => {
    expect(sumUnitOf({ source: 'LOAN', measure: 'RATIO' })).toBe('FEN')
    expect(sumUnitOf({ source: 'CONTACT', measure: 'RATIO' })).toBe('COUNT')
    expect(rowName({ source: 'NPL_RATIO', part: 'NUMERATOR' }, { NPL_RATIO: { zh: '不良贷款率', en: 'NPL ratio' } })).toEqual({ zh: '不良贷款率（分子）', en: 'NPL ratio (numerator)' })
  })
  test('whatever an indicator measures, its sums have a unit that is told', () => {
    for (const source of sources) for (const measure of measures) if (sourceKinds[source].measures.includes(measure)) expect(tellSum({ source: 'X', unit: sumUnitOf({ source, measure }) }, '1', '2025-04').unit.zh).toMatch(/元|个|分|登记数/)
  })
  test('a head says yuan only where every row is in yuan', () => {
    expect(inYuanOnly([{ source: 'NEW_SMALL_LOAN' }, { source: 'POOL', unit: 'FEN' }])).toBe(true)
    expect(inYuanOnly([{ source: 'NEW_SMALL_LOAN' }, { source: 'N', unit: 'COUNT' }])).toBe(false)
  })
})
