import { defineText, type Text } from '../../../ui/text.ts'
import type { BlockKind, SchemeBlock } from '../../block.contract.ts'
import { codeNames } from '../../pay-words.rules.ts'
import type { SchemePeriod } from '../../schemes/block-terms.contract.ts'

export const blockKindNames: Readonly<Record<BlockKind, Text>> = {
  POINTS_SUM: { zh: '积分合计', en: 'Sum of points' }, PRODUCT: { zh: '相乘', en: 'Product' }, SUM: { zh: '加减', en: 'Sum' }, LINK: { zh: '挂钩', en: 'Link' }, FACTOR: { zh: '乘系数', en: 'Coefficient' }, BANDS: { zh: '分档系数', en: 'Bands' },
  RATIOS: { zh: '指标得分', en: 'Indicators' }, MARKS: { zh: '定性评分', en: 'Marks' }, PHASE: { zh: '阶段权重', en: 'Phase' }, BLEND: { zh: '新旧混合', en: 'Blend' }, CORE: { zh: '核心指标', en: 'Core indicators' }, EXCESS: { zh: '超额兑现', en: 'Excess' },
  GATE: { zh: '合规否决', en: 'Compliance gate' }, TEAM: { zh: '团队权重', en: 'Team' }, PAYABLE: { zh: '应发与结转', en: 'Payable' }, DEFER: { zh: '延期支付', en: 'Deferral' },
}
export const periodNames: Readonly<Record<SchemePeriod, Text>> = { MONTH: { zh: '按月', en: 'by month' }, QUARTER: { zh: '按季', en: 'by quarter' }, HALF_YEAR: { zh: '按半年', en: 'by half year' }, YEAR: { zh: '按年', en: 'by year' } }

/** Values that are handed in and stand before every block. */
export const givenNames: Readonly<Record<string, Text>> = {
  GRADE_BASE: { zh: '职级基数', en: 'Base of the grade' }, CARRY_IN: { zh: '上月结转', en: 'Carried in' }, CORRECTION: { zh: '更正', en: 'Corrections' }, EARLY: { zh: '提前结清扣减', en: 'Early settlement' }, OVERDUE: { zh: '逾期扣留', en: 'Withheld for overdue loans' },
  REFUND: { zh: '返还', en: 'Refunds' }, MARKETING: { zh: '综合营销系数', en: 'Marketing coefficient' }, LINK_F: { zh: '净增挂钩系数', en: 'Link factor' }, TEAM: { zh: '团队完成系数', en: 'Team coefficient' },
}

/** What a code is called in a scheme: the block's name, the house's word, or the code itself. */
export function nameOfCode(code: string, blocks: readonly SchemeBlock[]): Text {
  const own = blocks.find((block) => block.code === code)?.name
  return own ?? givenNames[code] ?? codeNames[code] ?? { zh: code, en: code }
}

/** A block as a sentence, with its numbers. */
export function sentenceOfBlock(block: SchemeBlock, blocks: readonly SchemeBlock[], pick: (text: Text) => string): string {
  const of = (code: string): string => pick(nameOfCode(code, blocks))
  switch (block.kind) {
    case 'POINTS_SUM': return pick({ zh: '所有积分相加，两位小数，含检查积分', en: 'all points, two decimals, inspections included' })
    case 'PRODUCT': return block.factors.map((factor) => ('constant' in factor ? factor.constant : `${of(factor.of)}${factor.most === undefined ? '' : pick({ zh: `（最多 ${factor.most}）`, en: ` (at most ${factor.most})` })}${factor.percent === true ? ' %' : ''}`)).join(' × ')
    case 'SUM': return block.parts.map(({ of: code, minus }, place) => `${minus === true ? '− ' : place === 0 ? '' : '+ '}${of(code)}`).join(' ')
    case 'LINK': return pick({ zh: `${of(block.of)} 的 ${block.weight} 与 ${of(block.factor)} 挂钩，其余固定${block.onNegative ? '' : '；负数不挂钩'}`, en: `${block.weight} of ${of(block.of)} follows ${of(block.factor)}, the rest is fixed${block.onNegative ? '' : '; negative amounts are not linked'}` })
    case 'FACTOR': return pick({ zh: `${of(block.of)} × ${of(block.factor)}；负数不乘`, en: `${of(block.of)} × ${of(block.factor)}; negative amounts stay` })
    case 'BANDS': return `${of(block.of)}: ${block.bands.map((band) => `≥ ${band.from} → ${band.value}`).join(pick({ zh: '；', en: '; ' }))}`
    case 'RATIOS': return block.mode === 'PERCENT'
      ? pick({ zh: `得分 = 实际 ÷ 目标 × 100（${block.floor} 至 ${block.cap}），乘权重 ÷ 100`, en: `score = actual ÷ target × 100 (${block.floor} to ${block.cap}), times weight ÷ 100` })
      : pick({ zh: `得分 = 实际 ÷ 目标（${block.floor} 至 ${block.cap}）× 权重`, en: `score = actual ÷ target (${block.floor} to ${block.cap}) × weight` })
    case 'MARKS': return pick({ zh: '评分 × 权重 ÷ 100，逐项四舍五入后相加', en: 'mark × weight ÷ 100, each rounded, added up' })
    case 'PHASE': return block.phases.map((phase) => pick({ zh: `${phase.from} 起 ${phase.value}`, en: `${phase.value} from ${phase.from}` })).join(pick({ zh: '；', en: '; ' }))
    case 'BLEND': return `(1 − ${of(block.weight)}) × ${of(block.first)} + ${of(block.weight)} × ${of(block.second)}`
    case 'CORE': return pick({ zh: `从 ${block.start} 起，每项未达标减 ${block.step}，最低 ${block.floor}：${block.tests.map(({ name }) => name.zh).join('、')}`, en: `from ${block.start}, less ${block.step} for each missed, at least ${block.floor}: ${block.tests.map(({ name }) => name.en).join(', ')}` })
    case 'EXCESS': return pick({
      zh: `超目标部分按单位兑现、不封顶：${block.items.map(({ name, rate }) => `${name.zh} ${rate}`).join('、')}；模拟利润按职级 ${Object.entries(block.profit.rates).map(([grade, rate]) => `${grade} ${rate}`).join('、')}`,
      en: `what is above target, without a cap: ${block.items.map(({ name, rate }) => `${name.en} ${rate}`).join(', ')}; profit by grade ${Object.entries(block.profit.rates).map(([grade, rate]) => `${grade} ${rate}`).join(', ')}`,
    })
    case 'GATE': return pick({ zh: `${of(block.of)}：红色事件最多 ${block.redCap}${block.amberFactor === null ? '' : `，黄色事件 × ${block.amberFactor}`}`, en: `${of(block.of)}: at most ${block.redCap} after a RED event${block.amberFactor === null ? '' : `, × ${block.amberFactor} after an AMBER one`}` })
    case 'TEAM': return `(1 − ${block.weight}) × ${of(block.own)} + ${block.weight} × ${of(block.team)}`
    case 'PAYABLE': return pick({ zh: `${of(block.of)} 加上月结转；不低于 0，不足部分结转`, en: `${of(block.of)} and what was carried in; never below 0, the rest is carried on` })
    case 'DEFER': return pick({ zh: `${of(block.of)} 的 ${block.ratio} 分 ${block.tranches} 期支付；岗位：${block.posts.join('、') || '未列明'}`, en: `${block.ratio} of ${of(block.of)} in ${block.tranches} parts; posts: ${block.posts.join(', ') || 'none listed'}` })
  }
}

export const builderText = defineText({
  blocks: { zh: '计算步骤', en: 'Blocks' },
})
