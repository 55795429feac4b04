import { describe, expect, test } from 'vitest'
import type { Text } from '../../../ui/text.ts'
import { pointsBlocks } from '../../points.rules.ts'
import { schemeTemplates } from '../../psbc-scheme.ts'
import { pointsTerms } from '../../scheme.contract.ts'
import { scorecardBlocks } from '../../scorecard-scheme.ts'
import { schemeVersion } from '../../schemes/scheme-change.contract.ts'
import { comparedVersion, differencesOfVersions } from './scheme-difference.ts'

const zh = ({ zh: text }: Text): string => text
const card = (change: (blocks: typeof scorecardBlocks[number][]) => unknown[] = (blocks) => blocks, more: object = {}) => comparedVersion(schemeVersion.parse({
  kind: 'BLOCKS', tariff: [], terms: { blocks: change([...scorecardBlocks]), posts: ['RM'], grades: [], units: [], period: 'MONTH', gradeBases: { '*': '800000' }, score: 'TOTAL', classes: {}, carryMonths: 12, correctionMonths: 12, ...more },
}))
const points = (more: object = {}, tariff: (rows: { event: string; points: string }[]) => unknown[] = (rows) => rows) => {
  const template = schemeTemplates['POINTS']
  if (!template) throw new Error('no points scheme')
  const terms = pointsTerms.parse({ ...template.terms, ...more })
  return comparedVersion(schemeVersion.parse({ kind: 'POINTS', terms: { ...terms, blocks: pointsBlocks(terms) }, tariff: tariff(template.tariff.map((row) => ({ ...row, unitFen: row.unitFen === null ? null : row.unitFen.toString() }))) }))
}
const weight = (code: string, to: string) => (blocks: typeof scorecardBlocks[number][]) => blocks.map((block) => (block.kind === 'RATIOS' ? { ...block, items: block.items.map((item) => (item.code === code ? { ...item, weight: to } : item)) } : block))
const without = (code: string) => (blocks: typeof scorecardBlocks[number][]) => blocks.map((block) => (block.kind === 'RATIOS' ? { ...block, items: block.items.filter((item) => item.code !== code) } : block))
const differences = (before: Parameters<typeof differencesOfVersions>[0], after: Parameters<typeof differencesOfVersions>[1]) => differencesOfVersions(before, after, zh).map(({ name, from, to }) => [name, from, to])

describe('what a version changes, in words', () => {
  test('nothing', () => expect([differences(card(), card()), differences(points(), points())]).toEqual([[], []]))
  test('the weight of an indicator: before, two versions that differed in weights only were told as alike', () => {
    expect(differences(card(), card(weight('P1', '12')))).toEqual([['SCORED · 不良贷款率', '权重 10，NPL_RATIO，越低越好', '权重 12，NPL_RATIO，越低越好']])
  })
  test('an indicator that goes', () => expect(differences(card(), card(without('L3')))).toEqual([['SCORED · 带教次数', expect.stringContaining('权重 4，MENTORING'), null]]))
  test('a base, a period, a unit', () => {
    expect(differences(card(), card(undefined, { gradeBases: { '*': '900000' }, period: 'QUARTER', units: ['B1'] }))).toEqual([['适用机构', '全部', 'B1'], ['结算周期', '按月', '按季'], ['职级基数（元） · 其他', '8,000.00', '9,000.00']])
  })
  test('price, tariff and an event that is new', () => {
    const changed = points({ unitPrice: '6.00' }, (rows) => rows.map((row) => (row.event === 'NEW_SMALL_LOAN' ? { ...row, points: '25', products: null } : row)))
    expect(differences(points(), changed)).toEqual([
      ['积分标准 · 新发放小额贷款', '每笔 20 分（L103、L203）', '每笔 25 分'], ['每分单价（元）', '5.00', '6.00'], [expect.stringMatching(/^步骤 · 相乘 A/), expect.stringContaining('5.00'), expect.stringContaining('6.00')],
    ])
    expect(differences(points({}, (rows) => rows.filter(({ event }) => event !== 'CHECK_LATE')), points()).map(([, from, to]) => [from, to])).toEqual([[null, '每笔 -3 分']])
  })
  test('the pool, a weight, a department and a base of the support departments', () => {
    const support = (more: object = {}) => comparedVersion(schemeVersion.parse({
      kind: 'SUPPORT', tariff: [], terms: {
        served: [], schemes: ['POINTS'], poolRatio: '0.08', weights: { answerOnTime: '40', rightFirstTime: '30', disputes: '10', frontLineRating: '20' }, leastScore: '60', heldScore: '80.00', amberFactor: '0.80', departments: [{ code: 'K1', staffWeight: '1' }], gradeFactors: { '*': '1' }, controlBases: {}, controlDepartments: [], ...more,
      },
    }))
    expect(differences(support(), support())).toEqual([])
    expect(differences(support(), support({ poolRatio: '0.10', weights: { answerOnTime: '30', rightFirstTime: '40', disputes: '10', frontLineRating: '20' }, departments: [{ code: 'K1', staffWeight: '1' }, { code: 'K2', staffWeight: '4' }], controlBases: { '*': '400000' } }))).toEqual([
      ['奖金池比例', '8 %', '10 %'], ['参加部门 · K2', null, '人数权重 4'], ['评分权重 · 按时答复', '40', '30'], ['评分权重 · 一次做对', '30', '40'], ['风险控制岗基数（元） · 其他', null, '4,000.00'],
    ])
  })
  test('the first version: everything is new', () => expect(differences(null, card()).every(([, from]) => from === null)).toBe(true))
})
