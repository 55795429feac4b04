import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sumFen, yuanText } from '../../foundation/values/fen.ts'
import type { IndicatorTerms } from '../indicator.contract.ts'
import { findingText } from './finding-text.rules.ts'
import { answeredByCompliance, cascades, judgePlan, planClasses, unanswered, type JudgedItem } from './judge-plan.rules.ts'

const terms = (given: Partial<IndicatorTerms>): IndicatorTerms => ({ source: 'DEPOSIT', measure: 'AVERAGE', window: 'MONTH', owner: 'OWNER_OF_DAY', filter: { customerKind: null, tiers: [], products: [], only: null }, numerator: null, ...given })
const item = (indicator: string, weight: string, cls: JudgedItem['cls'], more: Partial<JudgedItem> = {}): JudgedItem => ({ indicator, terms: terms({}), direction: 'UP', objective: true, weight, cls, target: '100.00', split: 'WHOLE', parts: null, lastYear: null, peerGrowth: null, ...more })
const period = { from: '2025-01-01', to: '2026-01-01' }
const sound: JudgedItem[] = [
  item('DEPOSIT_AVERAGE', '30', 'OPERATING'), item('NEW_CUSTOMERS', '25', 'SOCIAL', { terms: terms({ source: 'NEW_CUSTOMER', measure: 'COUNT' }) }), item('NPL_RATIO', '25', 'RISK', { terms: terms({ source: 'LOAN', measure: 'RATIO' }), direction: 'DOWN' }), item('DISCIPLINE', '20', 'COMPLIANCE', { terms: undefined, target: null }),
]
const codes = (items: readonly JudgedItem[], sums: Parameters<typeof judgePlan>[1] = []) => judgePlan(items, sums, period).map(({ code, indicator, level }) => `${level} ${code}${indicator === '' ? '' : ` ${indicator}`}`)
const changed = (place: number, more: Partial<JudgedItem>): JudgedItem[] => sound.map((one, index) => (index === place ? { ...one, ...more } : one))

describe('the validator', () => {
  test.each<[string, JudgedItem[], string[]]>([
    ['a sound plan', sound, []],
    ['deposits on one day', changed(0, { terms: terms({ measure: 'BALANCE' }) }), ['REFUSE POINT_IN_TIME_DEPOSIT DEPOSIT_AVERAGE']],
    ['a rank among four banks', changed(1, { terms: terms({ source: 'FORM', measure: 'MEAN', isOnly: 'RANK' }) }), ['REFUSE RANK_ONLY NEW_CUSTOMERS', 'WARN NO_CUSTOMER_OR_GROWTH']],
    ['a share of the market', changed(0, { terms: terms({ source: 'FORM', measure: 'MEAN', isOnly: 'MARKET_SHARE' }) }), ['REFUSE RANK_ONLY DEPOSIT_AVERAGE']],
    ['a KPI without objective', changed(1, { objective: false }), ['REFUSE WITHOUT_OBJECTIVE NEW_CUSTOMERS']],
    ['an item that people mark may do without', changed(3, { objective: false }), []],
    ['an indicator that nobody defined', changed(0, { terms: null }), ['REFUSE WITHOUT_SOURCE DEPOSIT_AVERAGE']],
    ['weights of 99.99', changed(0, { weight: '29.99' }), ['REFUSE WEIGHTS_NOT_100']],
    ['a target of zero', changed(0, { target: '0' }), ['REFUSE TARGET_NOT_POSITIVE DEPOSIT_AVERAGE']],
    ['no target', changed(0, { target: null }), ['REFUSE TARGET_NOT_POSITIVE DEPOSIT_AVERAGE']],
    ['zero where less is better', changed(2, { target: '0' }), []],
    ['a worse ratio than last year', changed(2, { target: '1.60', lastYear: '1.50' }), ['WARN TARGET_TOO_LOW NPL_RATIO']],
    ['parts that do not make the whole', changed(1, { split: 'HALF', parts: ['40', '61'] }), ['REFUSE PARTS_NOT_WHOLE NEW_CUSTOMERS']],
    ['30,000,000 after 19,000,000, peers 12 %', changed(0, { target: '30000000.00', lastYear: '19000000.00', peerGrowth: '12.00' }), ['WARN TARGET_TOO_HIGH DEPOSIT_AVERAGE']],
    ['below last year', changed(0, { target: '18999999.99', lastYear: '19000000.00' }), ['WARN TARGET_TOO_LOW DEPOSIT_AVERAGE']],
    ['volume above risk and compliance (hundred-1)', [item('ASSET_INCREMENT', '70', 'OPERATING', { terms: terms({ source: 'NEW_CUSTOMER', measure: 'COUNT' }) }), item('DISCIPLINE', '30', 'COMPLIANCE', { terms: undefined, target: null })], ['WARN RISK_COMPLIANCE_NOT_ABOVE']],
    ['no customer and no growth', changed(1, { terms: terms({}) }), ['WARN NO_CUSTOMER_OR_GROWTH']],
  ])('%s', (_what, items, result) => expect(codes(items)).toEqual(result))

  test('the cascade: 120,000,000 above three children', () => {
    const sum = (children: string[], factor: string | null = null) => [{ indicator: 'DEPOSIT_AVERAGE', whose: '东城分行', parent: '120000000.00', children, factor }]
    expect(codes(sound, sum(['50000000.00', '40000000.00', '30000000.00']))).toEqual([])
    expect(codes(sound, sum(['50000000.00', '40000000.00', '30000000.01']))).toEqual(['REFUSE CASCADE_ABOVE_PARENT DEPOSIT_AVERAGE'])
    expect(codes(sound, sum(['50000000.00', '40000000.00', '36000000.00'], '1.05'))).toEqual([])
    expect(judgePlan(sound, sum(['50000000.00', '40000000.00', '30000000.01']), period)[0]?.details).toEqual({ unit: '东城分行', parent: '120000000.00', children: '120000000.01' })
  })
  test('whatever the children: refused exactly when they ask for more than the parent', () => {
    fc.assert(fc.property(fc.array(fc.bigInt(0n, 10n ** 12n), { minLength: 1, maxLength: 20 }), fc.bigInt(-3n, 3n), (children, off) => {
      const total = sumFen(children)
      const parent = total - off < 0n ? 0n : total - off
      const found = codes(sound, [{ indicator: 'DEPOSIT_AVERAGE', whose: '', parent: yuanText(parent), children: children.map(yuanText), factor: null }])
      expect(found).toEqual(total > parent ? ['REFUSE CASCADE_ABOVE_PARENT DEPOSIT_AVERAGE'] : [])
    }))
  })
  test('an answer in writing holds for the figure that was looked at', () => {
    const findings = judgePlan(changed(0, { target: '18999999.99', lastYear: '19000000.00' }), [], period)
    expect(unanswered(findings, [{ code: 'TARGET_TOO_LOW', indicator: 'DEPOSIT_AVERAGE', value: '18999999.99' }])).toEqual([])
    expect(unanswered(findings, [{ code: 'TARGET_TOO_LOW', indicator: 'DEPOSIT_AVERAGE', value: '17000000.00' }])).toHaveLength(1)
    expect([answeredByCompliance('RISK_COMPLIANCE_NOT_ABOVE'), answeredByCompliance('TARGET_TOO_LOW')]).toEqual([true, false])
    expect([cascades(terms({})), cascades(terms({ measure: 'RATIO' })), planClasses.length]).toEqual([true, false, 5])
  })
})
test('a finding is told with its figures in both languages', () => {
  const told = findingText({ code: 'CASCADE_ABOVE_PARENT', indicator: 'DEPOSIT_AVERAGE', value: '', details: { unit: '东城分行', parent: '120000000.00', children: '120000000.01' } })
  expect(told.zh).toContain('120000000.01')
  expect(told.en).toContain('above 120000000.00 of 东城分行')
})
