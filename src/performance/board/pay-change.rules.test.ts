import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { payOfMonth, type PointsMonth, type PointsTerms } from '../points.rules.ts'
import { schemeTemplates } from '../psbc-scheme.ts'
import { partsOfPay, payChange, type PayOfMonth } from './pay-change.rules.ts'

const terms = schemeTemplates['POINTS']?.terms as PointsTerms
const month = (more: Partial<PointsMonth> = {}): PointsMonth => ({ month: '2026-10', points: [], f: null, marketing: { score: null, coefficient: '1.0000' }, early: [], overdue: [], refunds: [], supervisor: null, corrections: [], carryIn: [], ...more })
const paid = (given: PointsMonth, of = terms): PayOfMonth => {
  const pay = payOfMonth(of, given)
  return { payableFen: pay.payableFen.toString(), steps: pay.steps.map((step) => ({ ...step, terms: [...step.terms] })), lines: [] }
}
const told = (before: PointsMonth, after: PointsMonth): [string, string][] => payChange(paid(before), paid(after)).map(({ name, fen }) => [name.zh, fen.toString()])

describe('from last month’s pay to this one’s', () => {
  test('each cause has its part', () => {
    const before = month({ points: [{ code: 'NEW_SMALL_LOAN', points: '100.00' }], f: '1.0000' })
    const after = month({ points: [{ code: 'NEW_SMALL_LOAN', points: '140.00' }, { code: 'MANAGED_LOAN_ADB', points: '20.00' }], f: '0.5000', marketing: { score: '95.00', coefficient: '1.0500' }, overdue: [{ since: '2026-09-01', fen: 4_000n }] })
    // 500.00 → 160 points = 800.00; the link takes 40 % of it times 0.5 = −160.00; the coefficient adds 5 % of 640.00 = 32.00; withheld 40.00
    expect(told(before, after)).toEqual([['新发放小额贷款', '20000'], ['管户贷款日均', '10000'], ['净增挂钩系数', '-16000'], ['综合营销系数', '3200'], ['逾期扣留', '-4000']])
  })
  test('a month that is not enough: what is carried on is a cause', () => {
    const parts = payChange(paid(month({ points: [{ code: 'NEW_SMALL_LOAN', points: '20.00' }] })), paid(month({ overdue: [{ since: '2026-09-01', fen: 9_000n }] })))
    expect(parts.map(({ name, fen }) => [name.zh, fen])).toEqual([['逾期扣留', -9000n], ['不足部分结转', 9000n], ['新发放小额贷款', -10000n]])
  })
  test('nothing changed: nothing is told', () => expect(told(month({ points: [{ code: 'NEW_SMALL_LOAN', points: '20.00' }] }), month({ points: [{ code: 'NEW_SMALL_LOAN', points: '20.00' }] }))).toEqual([]))
})

test('whatever the months, the parts sum to the fen, also when the early deduction stands before the link', () => {
  const points = fc.array(fc.record({ code: fc.constantFrom('NEW_SMALL_LOAN', 'INSPECTION_REPORT', 'MANAGED_LOAN_ADB', 'RETAIL_EVALUATION'), points: fc.integer({ min: -9000, max: 90_000 }).map((value) => (value / 100).toFixed(2)) }), { maxLength: 4 })
  const money = fc.array(fc.record({ since: fc.constant('2026-01-01'), fen: fc.bigInt({ min: 1n, max: 90_001n }) }), { maxLength: 2 })
  const given = fc.record({ points, f: fc.option(fc.constantFrom('0.0000', '0.8713', '1.2000')), coefficient: fc.constantFrom('0.9000', '1.0000', '1.0500'), early: money, overdue: money, refunds: money, supervisor: fc.option(fc.constantFrom('0.0000', '0.8700', '1.5000')), corrections: fc.array(fc.bigInt({ min: -20_000n, max: 20_000n }), { maxLength: 2 }) })
    .map(({ coefficient, supervisor, corrections, ...rest }) => month({ ...rest, marketing: { score: '80.00', coefficient }, supervisor: supervisor === null ? null : { coefficient: supervisor, payFen: BigInt(Math.round(Number(supervisor) * 80_000)) }, corrections: corrections.map((fen) => ({ fen })) }))
  fc.assert(fc.property(given, given, fc.constantFrom<PointsTerms>(terms, { ...terms, earlyPosition: 'BEFORE_LINK', unitPrice: '5.33' }), (one, other, of) => {
    const [before, after] = [paid(one, of), paid(other, of)]
    for (const pay of [before, after]) expect([...partsOfPay(pay).values()].reduce((sum, { fen }) => sum + fen, 0n)).toBe(BigInt(pay.payableFen))
    expect(payChange(before, after).reduce((sum, { fen }) => sum + fen, 0n)).toBe(BigInt(after.payableFen) - BigInt(before.payableFen))
  }))
})
