import { describe, expect, test } from 'vitest'
import { exact } from '../foundation/values/decimal.ts'
import { fenFromYuan, yuanText } from '../foundation/values/fen.ts'
import { annualTerms, annualView, improvementOf, lightOf, meanOf, overYears, percentage, planScore, progressOf, vintageLoss, weightedMarks } from './annual.rules.ts'

const fen = fenFromYuan

describe('seed-indicators-1', () => {
  test('service quality', () => expect(weightedMarks(['92.00', '88.00', '75.00', '80.00'], ['40', '25', '20', '15'])).toEqual({ parts: ['36.80', '22.00', '15.00', '12.00'], score: '85.80' }))
  test('service quality without a mystery visit: the others are scaled to 100', () => expect(weightedMarks(['92.00', '88.00', '75.00', null], ['40', '25', '20', '15'])).toEqual({ parts: ['36.80', '22.00', '15.00', null], score: '86.82' }))
  test('nothing known: no score', () => expect(weightedMarks([null, null], ['50', '50']).score).toBeNull())
  test('new products', () => expect([percentage(5, 8), percentage(42, 310), percentage(0, 0)]).toEqual(['62.50', '13.55', null]))
  test('breadth and depth', () => expect([meanOf([4, 2, 6, 1, 3]), meanOf([5, 3, 4, 2, 4]), meanOf([])]).toEqual(['3.20', '3.60', null]))
  test('team quality of a unit', () => expect(weightedMarks(['84.00', '90.00', '95.00', '75.00'], ['40', '20', '20', '20'])).toEqual({ parts: ['33.60', '18.00', '19.00', '15.00'], score: '85.60' }))
  test('several years', () => {
    const found = overYears([fen('1050000.00'), fen('1180000.00'), fen('1150000.00')], ['0.20', '0.30', '0.50'])
    expect(found && [yuanText(found.weightedFen), yuanText(found.meanFen)]).toEqual(['1139000.00', '1126666.67'])
  })
  test('vintage loss', () => expect(vintageLoss([
    { year: 2022, originatedFen: fen('40000000.00'), lostFen: fen('120000.00') }, { year: 2023, originatedFen: fen('55000000.00'), lostFen: 0n }, { year: 2024, originatedFen: fen('62000000.00'), lostFen: fen('93000.00') },
  ])).toEqual({ perYear: [{ year: 2022, lossPct: '0.30' }, { year: 2023, lossPct: '0.00' }, { year: 2024, lossPct: '0.15' }], lossPct: '0.1357' }))
  test.each([
    ['95.93', '88.60', '7.33', '3.67'], ['80.00', '95.00', '-15.00', '-5.00'], ['99.00', '60.00', '39.00', '5.00'], ['90.00', '90.01', '-0.01', '-0.01'],
  ])('improvement from %2$s to %1$s', (now, last, change, points) => expect(improvementOf(now, last)).toEqual({ change, points, why: null }))
  test('no earlier period, or another job: 0 and a note', () => {
    expect([improvementOf('90', null), improvementOf('90', '80', true)]).toEqual([{ change: null, points: '0.00', why: 'no-earlier-period' }, { change: null, points: '0.00', why: 'not-comparable' }])
  })
  test('high-end cards and churn', () => expect([percentage(31, 40), percentage(4, 86 - 1)]).toEqual(['77.50', '4.71']))
})

describe('what the parts of the year are made of', () => {
  test('completion of a plan: 1.5 is the most, a deviation downwards counts where less is better, what is not known is left out', () => {
    expect(planScore([
      { code: 'A', weight: '25', direction: 'UP', target: '40000000', actual: '46000000' }, { code: 'B', weight: '15', direction: 'UP', target: '12000000', actual: '10200000' }, { code: 'C', weight: '20', direction: 'UP', target: '10', actual: '40' },
      { code: 'D', weight: '10', direction: 'DOWN', target: '2.00', actual: '1.00' }, { code: 'E', weight: '10', direction: 'UP', target: '5', actual: null }, { code: 'F', weight: '20', direction: 'UP', target: '0', actual: '3' },
    ])).toEqual({
      items: [
        { code: 'A', ratio: '1.1500', score: '28.75', why: null }, { code: 'B', ratio: '0.8500', score: '12.75', why: null }, { code: 'C', ratio: '1.5000', score: '30.00', why: null }, { code: 'D', ratio: '1.5000', score: '15.00', why: null },
        { code: 'E', ratio: null, score: null, why: 'no-data' }, { code: 'F', ratio: null, score: null, why: 'target-not-positive' },
      ],
      score: '123.57',
    })
  })
  test('nothing measurable: no score', () => expect(planScore([]).score).toBeNull())
})

describe('annual view 60 / 20 / 20', () => {
  test('the improvement is added to the management part', () => {
    const view = annualView(annualTerms, { task: '95.93', competency: '80.00', management: '90.00', improvement: improvementOf('95.93', '88.60') })
    expect([view.management, view.parts, view.score]).toEqual(['93.67', ['57.56', '16.00', '18.73'], '92.29'])
  })
  test('without competency the other two are scaled', () => expect(annualView(annualTerms, { task: '90.00', competency: null, management: '90.00', improvement: improvementOf('90', null) }).score).toBe('90.00'))
})

describe('progress-1', () => {
  test('net growth in April', () => {
    const found = progressOf(fen('24000000.00'), fen('6960000.00'), 4)
    expect(found && { ...found, missingToProgressFen: yuanText(found.missingToProgressFen), missingToFullFen: yuanText(found.missingToFullFen), neededPerMonthFen: yuanText(found.neededPerMonthFen ?? 0n), soFarPerMonthFen: yuanText(found.soFarPerMonthFen) }).toEqual({
      completionPct: '29.00', timeProgressPct: '33.33', ratio: '0.8700', light: 'YELLOW', missingToProgressFen: '1040000.00', missingToFullFen: '17040000.00', neededPerMonthFen: '2130000.00', soFarPerMonthFen: '1740000.00',
    })
  })
  test('a target of 0 has no progress, and in December no month is left', () => expect([progressOf(0n, 5n, 4), progressOf(100n, 50n, 12)?.neededPerMonthFen]).toEqual([null, null]))
  test.each([['1.0000', 'GREEN'], ['0.9999', 'YELLOW'], ['0.8000', 'YELLOW'], ['0.7999', 'RED']])('bands.light: %s → %s', (ratio, light) => expect(lightOf(exact(ratio))).toBe(light))
})
