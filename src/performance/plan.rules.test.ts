import { describe, expect, test } from 'vitest'
import { daysBetween } from '../foundation/values/business-date.ts'
import { fenFromYuan, yuanText } from '../foundation/values/fen.ts'
import { judgeCascade, judgeClasses, judgeContest, judgeIndicator, judgeTarget, prorateTarget, weightByDays } from './plan.rules.ts'

const fen = fenFromYuan

describe('plan-validator', () => {
  test.each([
    ['bsc-1', { risk: '20', compliance: '0', operating: '40', customer: '25', learning: '15' }, 'WARN', ['RISK_COMPLIANCE_NOT_ABOVE']],
    ['risk 25 + compliance 20', { risk: '25', compliance: '20', operating: '30', customer: '15', learning: '10' }, 'PASS', []],
    ['as much as the others is not above', { risk: '25', compliance: '15', operating: '40', customer: '10', learning: '10' }, 'WARN', ['RISK_COMPLIANCE_NOT_ABOVE']],
    ['weights of 99.99', { risk: '49.99', operating: '40', learning: '10' }, 'REFUSE', ['WEIGHTS_NOT_100']],
  ] as const)('%s', (_plan, classes, result, codes) => expect(judgeClasses(classes)).toEqual({ result, codes }))

  test.each([
    ['deposit balance on 2025-12-31', { subject: 'DEPOSIT', measure: 'POINT_IN_TIME', hasSource: true }, ['POINT_IN_TIME_DEPOSIT']],
    ['rank among four local banks', { subject: 'OTHER', measure: 'RANK', hasSource: true }, ['RANK_ONLY']],
    ['share of the market', { subject: 'DEPOSIT', measure: 'MARKET_SHARE', hasSource: true }, ['RANK_ONLY']],
    ['without data source', { subject: 'LOAN', measure: 'SUM', hasSource: false }, ['WITHOUT_SOURCE']],
    ['deposit average daily balance', { subject: 'DEPOSIT', measure: 'AVERAGE', hasSource: true }, []],
    ['loan balance at month end', { subject: 'LOAN', measure: 'POINT_IN_TIME', hasSource: true }, []],
  ] as const)('%s', (_indicator, kind, codes) => expect(judgeIndicator(kind)).toEqual({ result: codes.length > 0 ? 'REFUSE' : 'PASS', codes }))

  test.each([
    [['50000000.00', '40000000.00', '30000000.00'], undefined, 'PASS', []],
    [['50000000.00', '40000000.00', '30000000.01'], undefined, 'REFUSE', ['CASCADE_ABOVE_PARENT']],
    [['50000000.00', '40000000.00', '36000000.00'], '1.05', 'PASS', []],
    [['50000000.00', '40000000.00', '36000000.01'], '1.05', 'REFUSE', ['CASCADE_ABOVE_PARENT']],
  ] as const)('parent 120,000,000, children %o, factor %s: %s', (children, factor, result, codes) => {
    expect(judgeCascade(fen('120000000.00'), children.map(fen), factor === undefined ? {} : { factor })).toEqual({ result, codes })
  })
  test('100 yuan per account opened in January, no indicator of the plan', () => {
    expect(judgeContest('ACCOUNT_OPENED', ['DEPOSIT_INCREMENT', 'FEE_INCOME'])).toEqual({ result: 'REFUSE', codes: ['CONTEST_OUTSIDE_PLAN'] })
    expect(judgeContest('FEE_INCOME', ['DEPOSIT_INCREMENT', 'FEE_INCOME'])).toEqual({ result: 'PASS', codes: [] })
  })
  test.each([
    ['30000000.00', '19000000.00', '12.00', '57.89', 'WARN', ['TARGET_TOO_HIGH']],
    ['20000000.00', '19000000.00', '12.00', '5.26', 'PASS', []],
    ['18999999.99', '19000000.00', '2.00', '0.00', 'WARN', ['TARGET_TOO_LOW']],
    ['24130000.00', '19000000.00', '12.00', '27.00', 'PASS', []],
    ['24130000.19', '19000000.00', '12.00', '27.00', 'WARN', ['TARGET_TOO_HIGH']], // the exact quotient is compared, not the printed 27.00
    ['28500000.01', '19000000.00', null, '50.00', 'WARN', ['TARGET_TOO_HIGH']],
    ['5.00', null, '12.00', null, 'PASS', []],
    ['0.00', '19000000.00', '12.00', null, 'REFUSE', ['TARGET_NOT_POSITIVE']],
  ] as const)('target %s, last year %s, peers %s %%: growth %s, %s', (target, lastYear, median, impliedGrowthPct, result, codes) => {
    expect(judgeTarget({ targetFen: fen(target), lastYearFen: lastYear === null ? null : fen(lastYear), peerMedianGrowthPct: median })).toEqual({ result, codes, impliedGrowthPct })
  })
})

test('hundred-transfer: target by days, the rest to the new post; H weighted by days', () => {
  const days = [daysBetween('2025-07-01', '2025-10-16'), daysBetween('2025-10-16', '2026-01-01')]
  expect(days).toEqual([107, 77])
  const { oldFen, newFen } = prorateTarget(fen('30000000.00'), days[0] ?? 0, 184)
  expect([yuanText(oldFen), yuanText(newFen)]).toEqual(['17445652.17', '12554347.83'])
  expect(weightByDays([{ score: '101.20', days: 107 }, { score: '88.60', days: 77 }])).toBe('95.93')
  expect(weightByDays([])).toBeNull()
})
