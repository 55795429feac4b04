import { amountText } from '../../../ui/amount-format.ts'
import type { Text } from '../../../ui/text.ts'
import type { SchemeBlock } from '../../block.contract.ts'
import { codeNames, named } from '../../pay-words.rules.ts'
import type { SchemeShown } from '../../scheme.contract.ts'
import type { SchemeVersion } from '../../schemes/scheme-change.contract.ts'
import { markNames, percentOf } from './support-draft.ts'
import { supportText } from './support-text.ts'
import { blockKindNames, classNames, nameOfCode, periodNames, sentenceOfBlock } from './block-text.ts'

type Pick = (text: Text) => string
/** A point in which two versions differ, in words; null: there was none, or there is none any more. */
export type SchemeDifference = { name: string; from: string | null; to: string | null }
type Tariff = readonly { event: string; points: string; unitFen: string | null; products: readonly string[] | null }[]
/** What versions are compared by: the terms of one of the kinds and the tariff. */
export type Compared = { points: NonNullable<SchemeShown['terms']> | null; blocks: NonNullable<SchemeShown['blocks']> | null; support: NonNullable<SchemeShown['support']> | null; list: readonly SchemeBlock[]; tariff: Tariff }

export function comparedVersion(version: SchemeVersion): Compared {
  const none = { points: null, blocks: null, support: null, list: [], tariff: [] }
  if (version.kind === 'SUPPORT') return { ...none, support: version.terms }
  return version.kind === 'POINTS' ? { ...none, points: version.terms, list: version.terms.blocks, tariff: version.tariff } : { ...none, blocks: version.terms, list: version.terms.blocks }
}
/** A version as the list of schemes shows it: of the tariff the rules of its first day. */
export const comparedShown = (shown: SchemeShown): Compared => ({ points: shown.terms, blocks: shown.blocks, support: shown.support, list: shown.terms?.blocks ?? shown.blocks?.blocks ?? [], tariff: shown.rules.filter((rule) => rule.from <= shown.from) })

/** The version that this one follows: the one before it of the same code. */
export const followedBy = (shown: SchemeShown, all: readonly SchemeShown[]): SchemeShown | null => all.filter(({ code, version }) => code === shown.code && version < shown.version).sort((a, b) => b.version - a.version)[0] ?? null

// as many decimals as were written: 0.4250 is not 0.43, and 20.0000 is 20
const plain = (text: string): string => (text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text)

type Told = Map<string, string>
/** Everything that a version says, each point under a name: what two versions say alike does not differ. */
function tell({ points, blocks, support, list, tariff }: Compared, pick: Pick): Told {
  const told: Told = new Map()
  const say = (name: Text, value: string): void => void told.set(pick(name), value)
  const all = pick({ zh: '全部', en: 'all' })
  const many = (values: readonly string[] | undefined): string => (values === undefined || values.length === 0 ? all : values.join(pick({ zh: '、', en: ', ' })))
  const yes = (value: boolean): string => pick(value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' })
  for (const rule of tariff) {
    const per = rule.unitFen === null ? pick({ zh: '每笔', en: 'each' }) : pick({ zh: `每 ${amountText(rule.unitFen, 'yuan').replace(/\.00$/, '')} 元`, en: `per ${amountText(rule.unitFen, 'yuan').replace(/\.00$/, '')} yuan` })
    const what = pick(named(codeNames, rule.event))
    told.set(pick({ zh: `积分标准 · ${what}`, en: `Tariff · ${what}` }), `${per} ${plain(rule.points)} ${pick({ zh: '分', en: 'points' })}${rule.products === null ? '' : `（${rule.products.join(pick({ zh: '、', en: ', ' }))}）`}`)
  }
  if (points !== null) {
    say({ zh: '每分单价（元）', en: 'Yuan for a point' }, points.unitPrice)
    say({ zh: '挂钩比例', en: 'Linked part' }, plain(points.linkWeight))
    say({ zh: '挂钩系数上限', en: 'Ceiling of the link factor' }, plain(points.linkCeiling))
    say({ zh: '负数挂钩', en: 'Negative amounts are linked' }, yes(points.linkOnNegative))
    say({ zh: '挂钩的贷款产品', en: 'Products whose growth is linked' }, many(points.linkProducts ?? undefined))
    say({ zh: '时间进度', en: 'Time progress' }, pick(points.timeProgress === 'MONTHS' ? { zh: '按月', en: 'by months' } : { zh: '按天', en: 'by days' }))
    say({ zh: '提前结清扣减的位置', en: 'Where the early deduction stands' }, pick(points.earlyPosition === 'BEFORE_LINK' ? { zh: '挂钩之前', en: 'before the link' } : { zh: '最后全额扣减', en: 'last, in full' }))
    say({ zh: '提前结清宽限（月）', en: 'Grace before maturity (months)' }, String(points.earlyGraceMonths))
    say({ zh: '次月之后收回的返还比例', en: 'Returned when recovered later' }, plain(points.lateReturnRatio))
    say({ zh: '部分收回按比例返还', en: 'Partial recovery returns in proportion' }, yes(points.partialReturn))
    say({ zh: '营销系数', en: 'Marketing coefficient' }, points.marketingBands.map((band) => `≥ ${band.from} → ${plain(band.coefficient)}`).join(pick({ zh: '；', en: '; ' })))
    say({ zh: '零售评价每分折积分', en: 'Points for a point of evaluation' }, plain(points.evaluationPointRate))
    say({ zh: '主管津贴（元）', en: 'Supervisor pay (yuan)' }, `${points.supervisorPay} × 0–${points.supervisorCeiling}`)
    say({ zh: '主管岗位', en: 'Posts of supervisors' }, points.supervisorPosts.join(pick({ zh: '、', en: ', ' })) || '--')
    say({ zh: '零售评价岗位', en: 'Posts with retail evaluation' }, points.retailPosts.join(pick({ zh: '、', en: ', ' })) || '--')
    say({ zh: '除外机构', en: 'Except units' }, points.exceptUnits?.join(pick({ zh: '、', en: ', ' })) ?? '--')
  }
  const terms = points ?? blocks
  if (terms !== null) {
    say({ zh: '适用岗位', en: 'Posts' }, terms.posts.join(pick({ zh: '、', en: ', ' })))
    say({ zh: '适用机构', en: 'Units' }, many(terms.units))
    say({ zh: '结转月数', en: 'Months carried on' }, String(terms.carryMonths))
    say({ zh: '更正回溯月数', en: 'Months that are corrected' }, String(terms.correctionMonths))
    say({ zh: '竞赛所奖励的计划指标', en: 'Contest: rewarded indicators of the plan' }, terms.contest?.join(pick({ zh: '、', en: ', ' })) ?? '--')
  }
  if (blocks !== null) {
    say({ zh: '结算周期', en: 'Period' }, pick(periodNames[blocks.period]))
    say({ zh: '适用职级', en: 'Grades' }, many(blocks.grades))
    say({ zh: '得分代码', en: 'Code of the score' }, blocks.score ?? '--')
    for (const [grade, base] of Object.entries(blocks.gradeBases)) say({ zh: `职级基数（元） · ${grade === '*' ? '其他' : grade}`, en: `Base (yuan) · ${grade === '*' ? 'others' : grade}` }, amountText(base, 'yuan'))
    for (const [code, cls] of Object.entries(blocks.classes)) say({ zh: `监管类别 · ${code}`, en: `Class · ${code}` }, pick(classNames[cls]))
  }
  if (support !== null) tellSupport(support, pick, say)
  tellBlocks(list, pick, told)
  return told
}

function tellSupport(terms: NonNullable<Compared['support']>, pick: Pick, say: (name: Text, value: string) => void): void {
  const others = (grade: string, of: { zh: string; en: string }): Text => ({ zh: `${of.zh} · ${grade === '*' ? '其他' : grade}`, en: `${of.en} · ${grade === '*' ? 'others' : grade}` })
  say({ zh: '所服务机构', en: 'Units served' }, terms.served.length === 0 ? pick({ zh: '全行', en: 'the whole bank' }) : terms.served.join(pick({ zh: '、', en: ', ' })))
  say({ zh: '一线方案', en: 'Schemes of the front line' }, terms.schemes.join(pick({ zh: '、', en: ', ' })))
  say({ zh: '奖金池比例', en: 'Share of the pool' }, `${percentOf(terms.poolRatio)} %`)
  for (const { code, staffWeight } of terms.departments) say({ zh: `参加部门 · ${code}`, en: `Department · ${code}` }, `${pick({ zh: '人数权重', en: 'staff weight' })} ${plain(staffWeight)}`)
  for (const name of markNames) say({ zh: `评分权重 · ${supportText[name].zh}`, en: `Weight · ${supportText[name].en}` }, plain(terms.weights[name]))
  say({ zh: '最低参加分', en: 'Least score to take part' }, plain(terms.leastScore))
  say({ zh: '无数据时暂留按', en: 'Held without data with' }, plain(terms.heldScore))
  for (const [grade, factor] of Object.entries(terms.gradeFactors)) say(others(grade, { zh: '职级系数', en: 'Factor by grade' }), plain(factor))
  say({ zh: '黄色事件发放', en: 'Paid after an AMBER event' }, `${percentOf(terms.amberFactor)} %`)
  say({ zh: '风险控制部门', en: 'Departments of risk control' }, terms.controlDepartments.join(pick({ zh: '、', en: ', ' })) || '--')
  for (const [grade, base] of Object.entries(terms.controlBases)) say(others(grade, { zh: '风险控制岗基数（元）', en: 'Base of risk control (yuan)' }), amountText(base, 'yuan'))
}

function tellBlocks(list: readonly SchemeBlock[], pick: Pick, told: Told): void {
  if (list.length > 0) told.set(pick({ zh: '步骤顺序', en: 'Order of the steps' }), list.map(({ code }) => pick(nameOfCode(code, list))).join(' → '))
  for (const block of list) {
    const step = `${pick(blockKindNames[block.kind])} ${block.code}`
    told.set(pick({ zh: `步骤 · ${step}`, en: `Step · ${step}` }), sentenceOfBlock(block, list, pick))
    if (block.kind === 'RATIOS' || block.kind === 'MARKS') for (const item of block.items) {
      const measured = 'indicator' in item ? `，${item.indicator}，${pick(item.direction === 'UP' ? { zh: '越高越好', en: 'the higher the better' } : { zh: '越低越好', en: 'the lower the better' })}${item.steps === undefined ? '' : `，${item.steps.map((band) => `≥ ${band.from} → ${band.value}`).join(pick({ zh: '；', en: '; ' }))}`}` : ''
      told.set(`${block.code} · ${pick(item.name)}`, `${pick({ zh: '权重', en: 'weight' })} ${item.weight}${measured}`)
    }
    if (block.kind === 'CORE') for (const one of block.tests) told.set(`${block.code} · ${pick(one.name)}`, `${one.side === 'LEAST' ? '≥' : '≤'} ${one.limit}`)
    if (block.kind === 'EXCESS') told.set(pick({ zh: `${block.code} · 职级系数`, en: `${block.code} · factors by grade` }), Object.entries(block.gradeFactors).map(([grade, factor]) => `${grade} ${factor}`).join(pick({ zh: '；', en: '; ' })))
  }
}

/** In what a version differs from the one before it, in the order in which it is read. */
export function differencesOfVersions(before: Compared | null, after: Compared, pick: Pick): SchemeDifference[] {
  const [was, is] = [before === null ? new Map<string, string>() : tell(before, pick), tell(after, pick)]
  return [...new Set([...is.keys(), ...was.keys()])].map((name) => ({ name, from: was.get(name) ?? null, to: is.get(name) ?? null })).filter(({ from, to }) => from !== to)
}
