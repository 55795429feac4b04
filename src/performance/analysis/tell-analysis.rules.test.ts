import { describe, expect, test } from 'vitest'
import type { AnalysisShown } from './analysis.contract.ts'
import { changeText, tellAnalysis, wan } from './tell-analysis.rules.ts'

test.each([['1234567890', '1234.57'], ['-5000000', '-5.00'], ['4999', '0.00'], ['5000', '0.01']])('%s fen are %s ten thousand', (fen, told) => expect(wan(fen)).toBe(told))

describe('against last month', () => {
  test.each([
    ['FEN', '103200', '100000', '▲ +3.20%'], ['FEN', '97900', '100000', '▼ −2.10%'], ['FEN', '100', '100', '± 0.00%'], ['PERCENT', '68.00', '65.50', '▲ +2.50 个百分点'],
    ['COUNT', '3.00', '0.00', '▲ +3'], ['FEN', '5000000', '0', '▲ +5.00'], ['FEN', null, '100', '--'], ['FEN', '-50', '-100', '▲ +50.00%'],
  ] as const)('%s %s after %s is %s', (unit, value, before, told) => expect(changeText({ unit, value, before }, true)).toBe(told))
})

const shown: AnalysisShown = {
  month: '2026-10', asOf: '2026-10-31', timeProgress: '0.832877', unit: { key: 1, name: '城南支行', nameEn: 'South' }, currency: 'CNY',
  indicators: [{ code: 'DEPOSIT_AVERAGE', name: '存款月日均', nameEn: 'Deposits', unit: 'FEN', direction: 'UP', value: '1234567890', before: '1200000000', target: '20000000.00', completion: '0.617284' }],
  deposits: [{ month: '2026-09', fen: '1200000000' }, { month: '2026-10', fen: '1234567890' }], loans: [], customers: { all: 12, corporate: 5, person: 7, opened: 1 }, tiers: [{ tier: 'T1', customers: 3 }], moves: [{ from: 'T2', to: 'T1', customers: 2 }],
  movements: [{ day: '2026-10-05', inFen: '620000000', outFen: '0', customers: 1 }], people: [{ staffKey: 1, name: '李晓雯', unitName: '城南网点', depositFen: '1234567890', loanFen: null, customers: '12.00', coverage: '68.00', contacts: null }],
}
test('each part says what it shows; what is not known is left out', () => {
  const parts = tellAnalysis(shown, 'zh')
  expect(parts.map(({ title }) => title)).toEqual(['一、概览', '二、存款月日均', '三、客户与分层', '四、大额变动', '五、客户走访覆盖', '六、指标与计划', '七、人员'])
  expect(parts[0]?.lines).toEqual(['存款月日均 1,234.57 万元，较上月 ▲ +2.88%；年度目标完成 61.73%，时间进度 83.29%', '客户 12 户（企业 5，个人 7），本月新增 1 户'])
  expect(parts[1]?.chart).toMatchObject({ kind: 'column', categories: ['2026-09', '2026-10'], series: [{ values: [1200, 1234.57] }], unit: '万元' })
  expect(parts.find(({ title }) => title.startsWith('六'))?.table?.rows).toEqual([['存款月日均', '1,234.57', '1,200.00', '▲ +2.88%', '2,000.00', '61.73%']])
  expect(parts.find(({ title }) => title.startsWith('七'))?.table?.rows).toEqual([['李晓雯', '城南网点', '1,234.57', '--', '12', '68.00%', '--']])
  expect(tellAnalysis(shown, 'en').flatMap(({ title, lines }) => [title, ...lines]).join(' ')).not.toMatch(/[\u4e00-\u9fff]/)
})
