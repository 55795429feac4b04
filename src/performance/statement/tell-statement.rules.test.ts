import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { payOfMonth, type PointsMonth, type PointsTerms } from '../points.rules.ts'
import { schemeTemplates } from '../psbc-scheme.ts'
import type { LineShown, StatementShown } from '../statement.contract.ts'
import { figureText, resultFigure, tellStatement, tellSteps, yuanFigure, type Told } from './tell-statement.rules.ts'

const terms = schemeTemplates['POINTS']?.terms as PointsTerms
const line = (place: number, code: string, more: Partial<LineShown> = {}): LineShown => ({
  place, code, quantity: null, unitFen: null, each: null, measuredFen: null, points: null, moneyFen: null, facts: 0, byForm: false, correctsMonth: null, correctsCode: null, detail: {}, why: null, ...more,
})
const month = (more: Partial<PointsMonth> = {}): PointsMonth => ({ month: '2026-10', points: [], f: null, marketing: { score: null, coefficient: '1.0000' }, early: [], overdue: [], refunds: [], supervisor: null, corrections: [], carryIn: [], ...more })

function statementOf(given: PointsMonth, lines: LineShown[]): StatementShown {
  const pay = payOfMonth(terms, given)
  return {
    person: { staffKey: 1, staffNo: '000001', name: '李晓雯', unitName: '城南网点' }, month: given.month, scheme: { code: 'POINTS', version: 1, from: '2025-01-01', name: '积分方案', nameEn: 'Points', kind: 'POINTS' }, currency: 'CNY', state: 'SETTLED', settledOn: '2026-11-03',
    points: pay.P, payableFen: pay.payableFen.toString(), carryInFen: pay.carryInFen.toString(), carryOutFen: pay.carryOutFen.toString(), beforeCarryFen: pay.F.toString(),
    steps: pay.steps.map((step) => ({ ...step, terms: [...step.terms] })), lines, setOff: pay.setOff.map((one) => ({ ...one, fen: one.fen.toString(), takenFen: one.takenFen.toString(), leftFen: one.leftFen.toString() })), carryOut: [], expired: [], months: [], split: [],
  }
}
const every = (node: Told): Told[] => [node, ...node.children.flatMap(every)]

describe('figures', () => {
  test.each([['0', '0.00'], ['5', '0.05'], ['-5', '−0.05'], ['123456789', '1,234,567.89'], ['-100000', '−1,000.00']])('%s fen is %s', (fen, told) => expect(yuanFigure(fen)).toBe(told))
  test.each([['1234.5', 2, '1,234.50'], ['-0.87', 4, '−0.8700'], ['12', 0, '12']])('%s with %i decimals is %s', (value, decimals, told) => expect(figureText(value, decimals)).toBe(told))
  test('nothing is told as --', () => expect(resultFigure({ value: null, money: true, decimals: 2 })).toBe('--'))
})

describe('a statement from the pay down to its lines', () => {
  const given = month({ points: [{ code: 'NEW_SMALL_LOAN', points: '36.00' }, { code: 'MERCHANT_LOAN_AMOUNT', points: '0.00' }], f: '0.8700', marketing: { score: '95.00', coefficient: '1.0500' }, early: [{ since: '2026-01-01', fen: 1_000n }], refunds: [{ fen: 7_500n }] })
  const tree = tellStatement(statementOf(given, [
    line(1, 'NEW_SMALL_LOAN', { quantity: '3.000000', each: '12.0000', points: '36.00', facts: 3 }), line(2, 'MERCHANT_LOAN_AMOUNT', { each: '0.5000', unitFen: '1000000', points: '0.00', why: 'no-facts' }),
    line(3, 'NET_GROWTH', { measuredFen: '290000000', facts: 2, detail: { targetFen: '400000000', completion: '0.725000', timeProgress: '0.832877', f: '0.8705' } }), line(4, 'MARKETING', { facts: 1, byForm: true, detail: { score: '95.00', coefficient: '1.0500' } }),
    line(5, 'EARLY', { moneyFen: '1000', facts: 1 }), line(6, 'REFUND', { moneyFen: '7500', facts: 1 }),
  ]), 'zh')
  const node = (key: string): Told | undefined => every(tree).find((one) => one.key === key)
  test('every line is reached once', () => expect(every(tree).filter(({ key }) => key.startsWith('line-')).map(({ key }) => key).sort()).toEqual(['line-1', 'line-2', 'line-3', 'line-4', 'line-5', 'line-6']))
  test('a line tells quantity times points; an empty one why', () => {
    expect(node('line-1')).toMatchObject({ name: '新发放小额贷款', value: '36.00', how: '3 × 12', zero: null, line: { place: 1, facts: 3 } })
    expect(node('line-2')).toMatchObject({ value: '0.00', zero: '本月没有此类业务', line: null })
  })
  test('the link tells growth, target and progress as a fraction', () => expect(node('line-3')?.how).toBe('年初以来净增 2,900,000.00 ÷ 目标 4,000,000.00 ÷ 时间进度 (304 ÷ 365)'))
  test('a form is named as its source', () => expect(node('line-4')?.how).toBe('得分 95.00，按分档 · 来源：表单'))
  test('a part that none has is zero and says so', () => expect(every(tree).find(({ name }) => name === '逾期扣留')).toMatchObject({ value: '0', zero: '0 笔' }))
  test('English', () => expect(every(tellStatement(statementOf(month(), []), 'en')).map(({ name }) => name)).toContain('Points pay'))
})

describe('who was transferred within the year', () => {
  const part = (place: number, code: string, detail: LineShown['detail'], measuredFen = '290000000'): LineShown => line(place, code, { measuredFen, facts: 3, byForm: true, detail })
  const told = (lines: LineShown[], language: 'zh' | 'en' = 'zh'): Told[] => every(tellStatement(statementOf(month({ points: [{ code: 'NEW_SMALL_LOAN', points: '36.00' }], f: '0.5746', supervisor: { coefficient: '0.9538', payFen: 27_974n, inPost: { days: 11, of: 30 } } }), lines), language))
  const later = { targetFen: '2400000000', completion: '0.041667', timeProgress: '0.056452', f: '0.7381', from: '2026-10-11', to: '2026-11-01', days: '21', since: '2026-10-11', passed: '21 ÷ 31', whole: '12' }
  test('growth and progress since the post began', () => {
    expect(told([part(1, 'NET_GROWTH', later, '100000000')]).find(({ key }) => key === 'line-1')?.how).toBe('2026-10-11 到岗以来净增 1,000,000.00 ÷ 全年目标 24,000,000.00 ÷ 时间进度 ((21 ÷ 31) ÷ 12) · 来源：表单')
    expect(told([part(1, 'NET_GROWTH', { ...later, passed: '2', timeProgress: '0.166667', f: '0.2500' }, '100000000')], 'en').find(({ key }) => key === 'line-1')?.how).toBe('growth since the post began on 2026-10-11 1,000,000.00 ÷ target of the whole year 24,000,000.00 ÷ time progress (2 ÷ 12) · by form')
  })
  test('two posts of one month: their factors by days, each with its own line', () => {
    const nodes = told([part(1, '1#NET_GROWTH', { ...later, f: '0.2313' }), part(2, '2#NET_GROWTH', later, '100000000'), line(3, 'NET_GROWTH', { byForm: true, why: 'weighted-by-days', detail: { f: '0.5746', weighed: '0.2313 × 10 + 0.7381 × 21', days: '31' } })])
    expect(nodes.find(({ key }) => key === 'line-3')).toMatchObject({ value: '0.5746', how: '( 0.2313 × 10 + 0.7381 × 21 ) ÷ 31（岗位调动，按天数加权）', children: [{ key: 'line-1', name: '第 1 段 · 净增挂钩系数' }, { key: 'line-2', name: '第 2 段 · 净增挂钩系数' }] })
  })
  test('a supervisor of a part of the month: the days in the formula and beside the coefficient', () => {
    const nodes = told([line(1, 'TEAM', { facts: 1, byForm: true, detail: { teamPoints: '2480.00', teamTarget: '2600.00', coefficient: '0.9538', days: '11', wholeDays: '30' } })])
    expect(nodes.find(({ key }) => key === 'SUPERVISOR')?.how).toBe('800.00 × 0.9538 × 11 ÷ 30')
    expect(nodes.find(({ key }) => key === 'line-1')?.how).toBe('团队积分 2,480.00 ÷ 目标 2,600.00，任主管 11 天，本月 30 天 · 来源：表单')
  })
})

test('where each fact was rounded for itself, the sum of the facts is told and not a formula that gives another figure', () => {
  const rounded = line(1, 'MERCHANT_LOAN_AMOUNT', { measuredFen: '999900', unitFen: '1000000', each: '0.5000', quantity: '0.999900', points: '0.49', facts: 3 })
  const tree = tellStatement(statementOf(month({ points: [{ code: 'MERCHANT_LOAN_AMOUNT', points: '0.49' }] }), [rounded]), 'zh')
  expect(every(tree).find(({ key }) => key === 'line-1')?.how).toBe('每 10,000 元 0.5 分，3 条业务事实各自计分之和')
})

test('every zero is explained: by a reason, or by a formula whose operands are not all zero', () => {
  const points = fc.array(fc.record({ code: fc.constantFrom('NEW_SMALL_LOAN', 'INSPECTION_REPORT', 'MANAGED_LOAN_ADB'), points: fc.integer({ min: -3000, max: 3000 }).map((value) => (value / 100).toFixed(2)) }), { maxLength: 3 })
  const money = fc.array(fc.record({ since: fc.constant('2026-01-01'), fen: fc.bigInt({ min: 1n, max: 90_000n }) }), { maxLength: 2 })
  fc.assert(fc.property(points, fc.option(fc.constantFrom('0.0000', '0.8700', '1.2000')), money, money, fc.boolean(), (list, f, early, overdue, supervisor) => {
    const given = month({ points: list, f, early, overdue, supervisor: supervisor ? { coefficient: null, payFen: 0n } : null })
    const tree = tellStatement(statementOf(given, list.map((one, place) => line(place + 1, one.code, { points: one.points, why: Number(one.points) === 0 ? 'no-facts' : null }))), 'zh')
    for (const node of every(tree)) if (node.value !== null && Number(node.value) === 0) expect([node.key, node.zero !== null || /[1-9]/.test(node.how)]).toEqual([node.key, true])
  }))
})

test('steps of another scheme are told by their own names; what the pay does not need stands below it', () => {
  const steps: StatementShown['steps'] = [
    { code: 'K1', unit: 'SCORE', value: '92.00', rounded: false, why: null, name: { zh: '存款', en: 'Deposits' }, terms: [{ value: '92.00', unit: 'NUMBER', of: 'DEPOSIT_AVERAGE' }] },
    { code: 'PAYABLE', unit: 'FEN', value: '92000', rounded: true, why: null, terms: [{ value: '1000.00', unit: 'PRICE', of: null }, { sign: '×' }, { value: '92.00', unit: 'SCORE', of: 'K1' }, { sign: '÷' }, { value: '100', unit: 'NUMBER', of: null }] },
    { code: 'DEFERRED', unit: 'FEN', value: '36800', rounded: true, why: null, terms: [{ value: '92000', unit: 'FEN', of: 'PAYABLE' }, { sign: '×' }, { value: '0.40', unit: 'COEFFICIENT', of: null }] },
  ]
  const tree = tellStatement({ ...statementOf(month(), []), steps }, 'zh')
  expect(every(tree).map(({ name, how }) => [name, how])).toEqual([['应发', '1,000.00 × 92.00 ÷ 100'], ['存款', '92.00'], ['DEFERRED', '920.00 × 0.40']])
  expect(tellSteps(steps, 'PAYABLE', 'zh')?.children).toHaveLength(1)
  expect(tellSteps(steps, 'NONE', 'zh')).toBeNull()
})
