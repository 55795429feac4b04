import { dayOfYear, daysInYear, monthEnd } from '../../foundation/values/business-date.ts'
import { decimalText, exact } from '../../foundation/values/decimal.ts'
import { codeNames, inPart, named, partOf, reasonText, stepName, trancheName, type Word } from '../pay-words.rules.ts'
import type { LineShown, StatementShown, StepShown } from '../statement.contract.ts'

export type Language = 'zh' | 'en'
/** A node of a calculation in words: what it is called, what it gives, how, and why it is zero. */
export type Told = {
  key: string
  name: string
  /** Fen as digits when `money`, else an exact decimal; null: nothing. */
  value: string | null
  money: boolean
  decimals: number
  /** The formula with its real operands, as a pocket calculator takes it. */
  how: string
  /** This step rounded. */
  rounded: boolean
  /** Why it is zero. */
  zero: string | null
  /** The line behind it and how many facts it has. */
  line: { place: number; facts: number } | null
  children: Told[]
}

const minus = '\u2212'
const separated = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',')
/** "1,234.50", with U+2212: an exact decimal with so many decimals. */
export function figureText(value: string, decimals: number): string {
  const text = decimalText(exact(value), decimals)
  const [whole = '0', fraction] = text.replace('-', '').split('.')
  return `${text.startsWith('-') ? minus : ''}${separated(whole)}${fraction === undefined ? '' : `.${fraction}`}`
}
/** Fen as yuan with two decimals. */
export function yuanFigure(fen: string): string {
  const size = fen.replace('-', '').padStart(3, '0')
  return `${fen.startsWith('-') ? minus : ''}${separated(size.slice(0, -2))}.${size.slice(-2)}`
}
/** The result of a node as it is written. */
export const resultFigure = (node: Pick<Told, 'value' | 'money' | 'decimals'>): string => (node.value === null ? '--' : node.money ? yuanFigure(node.value) : figureText(node.value, node.decimals))
const trimmed = (text: string): string => (text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text)
const isZero = (value: string | null): boolean => value !== null && /^-?0(\.0+)?$/.test(value)

type Say = (zh: string, en: string) => string
type Desk = { language: Language; say: Say; pick: (word: Word) => string; steps: ReadonlyMap<string, StepShown>; told: Set<string>; statement: StatementShown | null }

function desk(language: Language, steps: readonly StepShown[], statement: StatementShown | null): Desk {
  const pick = (word: Word): string => word[language]
  return { language, pick, say: (zh, en) => (language === 'zh' ? zh : en), steps: new Map(steps.map((step) => [step.code, step])), told: new Set(), statement }
}

/** The tree of a list of steps, from one of them down: each with its formula and its real operands. A step stands once, where it is first needed. */
export function tellSteps(steps: readonly StepShown[], rootCode: string, language: Language): Told | null {
  const given = desk(language, steps, null)
  const root = given.steps.get(rootCode)
  return root ? stepNode(root, given) : null
}

/**
 * From pay down to the lines: the tree of a statement of any scheme, made of its stored steps and lines. What the pay itself does not need (what is carried on, deferred parts) stands
 * below it too. Throws on a statement without its pay.
 */
export function tellStatement(statement: StatementShown, language: Language): Told {
  const given = desk(language, statement.steps, statement)
  const root = given.steps.get('PAYABLE')
  if (!root) throw new Error('a statement without its pay')
  const tree = stepNode(root, given)
  const needed = new Set(statement.steps.flatMap((step) => step.terms.flatMap((term) => ('of' in term && term.of !== null ? [term.of] : []))))
  const apart = statement.steps.filter((step) => !given.told.has(step.code) && !needed.has(step.code))
  return { ...tree, children: [...tree.children, ...apart.filter((step) => !given.told.has(step.code)).map((step) => stepNode(step, given))] }
}

/** Brackets stand close to what they hold. */
const tight = (formula: string): string => formula.replaceAll('( ', '(').replaceAll(' )', ')')
/** A remark after a formula, in the marks of the language. */
const aside = (text: string, remark: string): { zh: string; en: string } => ({ zh: `${text}（${remark}）`, en: `${text} (${remark})` })

function operandText(term: StepShown['terms'][number]): string {
  if ('sign' in term) return term.sign
  if (term.unit === 'FEN') return yuanFigure(term.value)
  return term.unit === 'NUMBER' ? figureText(term.value, term.value.split('.')[1]?.length ?? 0) : figureText(term.value, Math.max(2, term.value.split('.')[1]?.length ?? 0))
}

// A month without supervisor, corrections and carrying, a gate that did not close: the same amount stands three times and is told once, under the outer name.
function innermost(step: StepShown, steps: Desk['steps']): StepShown {
  const [only] = step.terms
  const next = step.terms.length === 1 && step.why === null && only && 'of' in only && only.of !== null ? steps.get(only.of) : undefined
  return next ? innermost(next, steps) : step
}

function stepNode(outer: StepShown, given: Desk): Told {
  const inner = innermost(outer, given.steps)
  given.told.add(outer.code)
  given.told.add(inner.code)
  const { say, pick } = given
  const why = inner.why === null ? null : reasonText(inner.why, pick)
  const formula = tight(inner.terms.map(operandText).join(' '))
  const zero = isZero(inner.value)
  const empty = !inner.terms.some((term) => 'value' in term && !isZero(term.value))
  const own = lineOf(outer.code, given)
  return {
    key: outer.code, name: stepName({ code: outer.code, ...(outer.name ? { name: outer.name } : {}) }, pick), value: inner.value, money: inner.unit === 'FEN', decimals: inner.unit === 'COEFFICIENT' ? 4 : 2, rounded: inner.rounded,
    how: why === null ? formula : pick(aside(formula, why)).trim(), zero: !zero ? null : why ?? (empty ? say('各项均为零', 'each part is zero') : null), line: own ? behind(own) : null, children: operandsOf(inner, given),
  }
}

function operandsOf(step: StepShown, given: Desk): Told[] {
  const found: Told[] = []
  for (const term of step.terms) {
    if ('sign' in term || term.of === null) continue
    // a number comes from an indicator, which may have the name of a block
    const next = term.unit === 'NUMBER' ? undefined : given.steps.get(term.of)
    if (next && !given.told.has(next.code)) found.push(stepNode(next, given))
    else if (!next && !given.told.has(`leaf ${term.of}`)) found.push(...leavesOf(term.of, given))
  }
  const mark = markOf(step.code, given)
  if (mark && !given.told.has(`leaf ${mark.code}`)) {
    given.told.add(`leaf ${mark.code}`)
    found.push(lineNode(mark, given))
  }
  // lines that gave no points are no operands of an empty sum
  if (step.code === 'P' && step.unit === 'POINTS' && step.terms.length === 0) found.push(...(given.statement?.lines ?? []).filter((line) => line.points !== null && line.code !== 'CORRECTION').map((line) => lineNode(line, given)))
  return found
}

const lineNames: Readonly<Record<string, string>> = { LINK_F: 'NET_GROWTH' }
const lineOf = (code: string, { statement }: Desk): LineShown | undefined => statement?.lines.find((line) => line.code === (lineNames[code] ?? code))
/** The mark behind a part of a block of marks. */
const markOf = (code: string, { statement }: Desk): LineShown | undefined => (code.includes('.') ? statement?.lines.find((line) => line.code === `MARK.${code.slice(code.lastIndexOf('.') + 1)}`) : undefined)
const behind = (line: LineShown): Told['line'] => (line.facts > 0 ? { place: line.place, facts: line.facts } : null)

// Operands that are no steps: lines, coefficients, what was carried in.
function leavesOf(code: string, given: Desk): Told[] {
  const { statement, say, pick } = given
  if (!statement) return []
  given.told.add(`leaf ${code}`)
  const leaf = (value: string, how: string, zero: string | null): Told => ({ key: code, name: pick(named(codeNames, code)), value, money: true, decimals: 2, how, rounded: false, zero, line: null, children: [] })
  if (code === 'CORRECTION') return statement.lines.filter((line) => line.code === 'CORRECTION').map((line) => lineNode(line, given))
  if (code === 'CARRY_IN') return [leaf(statement.carryInFen, [...new Set(statement.setOff.filter(({ month }) => month < statement.month).map(({ month, cause }) => `${month} ${pick(named(codeNames, cause))}`))].join(say('，', ', ')), null)]
  const line = lineOf(code, given)
  if (line) return [lineNode(line, given)]
  return ['EARLY', 'OVERDUE', 'REFUND'].includes(code) ? [leaf('0', '', say('0 笔', 'no loans'))] : []
}

function lineNode(line: LineShown, given: Desk): Told {
  const { say, pick, statement } = given
  const why = line.why === null ? null : reasonText(line.why, pick)
  const detail = (name: string): string | null => line.detail[name] ?? null
  const yuan = (fen: string | null): string => (fen === null ? '--' : yuanFigure(fen))
  const loans = say(`${line.facts} 笔`, `${line.facts} ${line.facts === 1 ? 'loan' : 'loans'}`)
  const node = (value: string | null, money: boolean, how: string, decimals = 2): Told => {
    const zero = isZero(value)
    const form = line.byForm && line.facts > 0 ? say(' · 来源：表单', ' · by form') : ''
    return {
      key: `line-${line.place}`, name: lineName(line, pick), value, money, decimals, rounded: false, how: `${why === null ? how : pick(aside(how, why))}${form}`,
      zero: zero ? why ?? (how === '' ? say('没有业务事实', 'no facts') : null) : null, line: behind(line), children: [],
    }
  }
  if (line.code.startsWith('MARK.')) return node(line.quantity, false, say(`${line.facts} 次评分的平均`, `mean of ${line.facts} ${line.facts === 1 ? 'mark' : 'marks'}`))
  if (line.code !== 'CORRECTION' && detail('unit') !== null) return indicatorNode(line, node, say)
  if (/^([0-9]+#)?NET_GROWTH$/.test(line.code)) {
    // of several posts: their factors by days, each a line of its own
    const weighed = detail('weighed')
    const parts = weighed === null ? [] : (statement?.lines ?? []).filter(({ code }) => code.endsWith('#NET_GROWTH'))
    const how = detail('f') === null ? '' : weighed === null ? growthFormula(line, statement?.month ?? '', say) : `( ${weighed} ) ÷ ${detail('days') ?? ''}`
    return { ...node(detail('f') ?? '1', false, how, 4), children: parts.map((part) => lineNode(part, given)) }
  }
  switch (line.code) {
    case 'GRADE_BASE': {
      const inPost = detail('days') === null ? '' : say(`，在岗 ${detail('days') ?? ''} 天：${yuan(detail('full'))} × ${detail('days') ?? ''} ÷ ${detail('wholeDays') ?? ''}`, `, ${detail('days') ?? ''} days in post: ${yuan(detail('full'))} × ${detail('days') ?? ''} ÷ ${detail('wholeDays') ?? ''}`)
      // who has no grade is paid the base of everybody else, by days as well
      return node(line.moneyFen, true, detail('grade') === null ? inPost.replace(/^[，,] ?/, '') : `${say(`职级 ${detail('grade') ?? ''}`, `grade ${detail('grade') ?? ''}`)}${inPost}`)
    }
    case 'MARKETING': return node(detail('coefficient'), false, detail('score') === null ? '' : say(`得分 ${detail('score') ?? '--'}，按分档`, `score ${detail('score') ?? '--'}, by band`), 4)
    case 'TEAM': return node(detail('coefficient') ?? '0', false, detail('coefficient') === null ? '' : say(`团队积分 ${figureText(detail('teamPoints') ?? '0', 2)} ÷ 目标 ${figureText(detail('teamTarget') ?? '1', 2)}`, `team points ${figureText(detail('teamPoints') ?? '0', 2)} ÷ target ${figureText(detail('teamTarget') ?? '1', 2)}`) + capped(detail('teamPoints'), detail('teamTarget'), detail('coefficient'), say) + (detail('days') === null ? '' : say(`，任主管 ${detail('days') ?? ''} 天，本月 ${detail('wholeDays') ?? ''} 天`, `, supervisor on ${detail('days') ?? ''} of ${detail('wholeDays') ?? ''} days`)), 4)
    case 'EARLY':
    case 'OVERDUE':
    case 'REFUND': return node(line.moneyFen, true, loans)
    case 'CORRECTION': {
      if (detail('decision') !== null) return node(line.moneyFen, true, decidedText(line, say, pick))
      const of = lineName({ code: line.correctsCode ?? '', detail: line.detail }, pick)
      // an award of the appraisal group stands on top of what the engine works out
      if (detail('appeal') !== null) return node(line.moneyFen, true, say(`申诉 ${detail('appeal') ?? ''} 经考核小组决定，更正 ${line.correctsMonth ?? ''} ${of}`, `appeal ${detail('appeal') ?? ''}, decided by the appraisal group, corrects ${line.correctsMonth ?? ''} ${of}`))
      const pays = detail('payIs') === null ? '' : say(`；应计 ${yuan(detail('payIs'))} ${minus} 原计 ${yuan(detail('payWas'))}`, `; should be ${yuan(detail('payIs'))} ${minus} was ${yuan(detail('payWas'))}`)
      const back = detail('exempted') === null ? '' : say(` ${minus} 已免责返还 ${yuan(detail('exempted'))}`, ` ${minus} ${yuan(detail('exempted'))} given back by an exemption`)
      if (detail('unit') !== null) {
        const [before, after] = [detail('was'), detail('is')].map((value) => (value === null ? '--' : detail('unit') === 'FEN' ? yuan(value) : value))
        return node(line.moneyFen, true, say(`更正 ${line.correctsMonth ?? ''} ${of}：${before ?? ''} 改为 ${after ?? ''}${pays}${back}`, `corrects ${line.correctsMonth ?? ''} ${of}: ${before ?? ''} becomes ${after ?? ''}${pays}${back}`))
      }
      const [was, is] = [figureText(detail('was') ?? '0', 2), figureText(detail('is') ?? '0', 2)]
      return node(line.moneyFen, true, say(`更正 ${line.correctsMonth ?? ''} ${of}：${was} 分改为 ${is} 分${pays}`, `corrects ${line.correctsMonth ?? ''} ${of}: ${was} points become ${is}${pays}`))
    }
    default:
      if (line.points === null) return node(line.moneyFen ?? line.measuredFen ?? line.quantity, line.moneyFen !== null || line.measuredFen !== null, '')
      return node(line.points, false, tariffFormula(line, say))
  }
}

/** A line by a decision of two people about pay that was earned before: which, of which month and line. */
function decidedText(line: LineShown, say: Say, pick: (word: Word) => string): string {
  const detail = (name: string): string => line.detail[name] ?? ''
  const [number, month] = [detail('decision'), line.correctsMonth ?? '']
  if (detail('kind') === 'TRANCHE') {
    const of = pick(trancheName(line.correctsCode ?? ''))
    return detail('dueOn') === '' ? say(`${month} ${of}，按 ${number} 支付`, `${of} of ${month}, released by ${number}`) : say(`${month} ${of}，${detail('dueOn')} 到期，按 ${number} 支付`, `${of} of ${month}, due ${detail('dueOn')}, released by ${number}`)
  }
  if (detail('kind') === 'EXEMPTION') {
    const of = detail('lineName') === '' ? named(codeNames, line.correctsCode ?? '') : { zh: detail('lineName'), en: detail('lineNameEn') }
    const relief = detail('relief') === '1.00' ? '' : ` × ${detail('relief')}`
    const later = detail('deferredFen') ? say(`，其中 ${yuanFigure(detail('deferredFen'))} 随延期支付各期`, `, of which ${yuanFigure(detail('deferredFen'))} comes with the deferred tranches`) : ''
    return say(`冲回 ${month} ${pick(of)}：${yuanFigure(detail('deductedFen') || '0')}${relief}${later}，按 ${number}`, `gives back ${pick(of)} of ${month}: ${yuanFigure(detail('deductedFen') || '0')}${relief}${later}, by ${number}`)
  }
  return say(`${month} 绩效追索 ${number}：应扣回 ${yuanFigure(detail('requested') || '0')}，扣后余 ${yuanFigure(detail('left') || '0')}`, `claim on the pay of ${month}, ${number}: ${yuanFigure(detail('requested') || '0')} asked, ${yuanFigure(detail('left') || '0')} left`)
}

/** What a line is called: an indicator has its own name. */
export function lineName(line: Pick<LineShown, 'code' | 'detail'>, pick: (word: Word) => string): string {
  const [zh, en] = [line.detail['name'] ?? null, line.detail['nameEn'] ?? null]
  const { place, code } = partOf(line.code)
  const word = zh === null ? named(codeNames, code) : { zh, en: en ?? zh }
  return pick(place === null ? word : inPart(place, word))
}

/** An indicator: what was reached, beside its target and the version of the plan. */
function indicatorNode(line: LineShown, node: (value: string | null, money: boolean, how: string) => Told, say: Say): Told {
  const detail = (name: string): string | null => line.detail[name] ?? null
  const plain = (value: string): string => figureText(value, value.split('.')[1]?.length ?? 0)
  const share = detail('fullTarget') === null ? '' : ` = ${plain(detail('fullTarget') ?? '0')} × ${detail('days') ?? ''} ÷ ${detail('wholeDays') ?? ''}`
  const version = detail('planVersion') ?? '--'
  const held = detail('shareDays') === null ? '' : say(`，按在岗 ${detail('shareDays') ?? ''} ÷ ${detail('shareOf') ?? ''} 天计`, `, by ${detail('shareDays') ?? ''} ÷ ${detail('shareOf') ?? ''} days in post`)
  const how = detail('target') === null ? say('没有目标', 'no target') : say(`目标 ${plain(detail('target') ?? '0')}${share}（计划第 ${version} 版）`, `target ${plain(detail('target') ?? '0')}${share} (plan version ${version})`) + held
  if (detail('actual') === null) return node('0', false, how)
  return detail('unit') === 'FEN' ? node(line.measuredFen, true, how) : node(detail('actual'), false, how)
}

/** Growth ÷ target ÷ time progress, the progress as the fraction that it is. */
function growthFormula(line: LineShown, month: string, say: Say): string {
  const [target, actual, progress, f] = [line.detail['targetFen'] ?? null, line.measuredFen, line.detail['timeProgress'] ?? null, line.detail['f'] ?? '0']
  if (target === null || actual === null || progress === null) return ''
  const end = monthEnd(month)
  const [passed, whole] = [[dayOfYear(end), daysInYear(end)], [Number(month.slice(5, 7)), 12]].find(([part = 0, all = 1]) => decimalText(exact(String(part)).div(all), 6) === progress) ?? [progress, '1']
  const negative = target.startsWith('-')
  const since = line.detail['since'] ?? null
  const told = since === null ? say('年初以来净增', 'growth since the year began') : say(`${since} 到岗以来净增`, `growth since the post began on ${since}`)
  const time = say('时间进度', 'time progress')
  const inPost = line.detail['passed'] ?? null
  const fraction = inPost === null ? `${String(passed)} ÷ ${String(whole)}` : `${/[+÷]/.test(inPost) ? `(${inPost})` : inPost} ÷ ${line.detail['whole'] ?? '12'}`
  const formula = `${told} ${yuanFigure(actual)} ÷ ${since === null ? say('目标', 'target') : say('全年目标', 'target of the whole year')} ${yuanFigure(target)} ÷ ${time} (${fraction})`
  if (negative) return `${formula}${say('，目标为负：达到即 1', ', a negative target: reached is 1')}`
  const quotient = inPost === null ? exact(actual).div(exact(target)).times(String(whole)).div(String(passed)) : exact(actual).div(exact(target)).div(exact(progress))
  return `${formula}${quotient.gt(exact(f).plus('0.00005')) ? say('，封顶', ', at the cap') : quotient.lt(exact(f).minus('0.00005')) ? say('，保底', ', at the floor') : ''}`
}

function capped(points: string | null, target: string | null, coefficient: string | null, say: Say): string {
  if (points === null || target === null || coefficient === null || isZero(target)) return ''
  const quotient = exact(points).div(exact(target))
  return quotient.gt(exact(coefficient).plus('0.00005')) ? say('，封顶', ', at the cap') : quotient.lt(exact(coefficient).minus('0.00005')) ? say('，保底', ', at the floor') : ''
}

/** Quantity × points each. Where each fact was rounded for itself the whole is the sum of the facts, and that is told. */
function tariffFormula(line: LineShown, say: Say): string {
  if (line.code === 'INSPECTION_REPORT' || line.code === 'INSPECTION_CHECK') return say(`${line.facts} 项检查的积分之和`, `sum of ${line.facts} ${line.facts === 1 ? 'finding' : 'findings'}`)
  // the evaluation of a month in which he held another post too
  if (line.detail['wholeDays'] != null) return `${trimmed(line.quantity ?? '0')} × ${trimmed(line.detail['rate'] ?? '1')} × ${line.detail['days'] ?? ''} ÷ ${line.detail['wholeDays']}`
  const each = line.each === null ? '1' : trimmed(line.each)
  const points = exact(line.points ?? '0')
  if (line.unitFen === null) {
    const quantity = line.quantity ?? '0'
    return exact(quantity).times(each).toDecimalPlaces(2).eq(points) ? `${trimmed(quantity)} × ${each}` : say(`${line.facts} 条业务事实的积分之和`, `sum of ${line.facts} facts`)
  }
  const measured = line.measuredFen ?? '0'
  const unit = yuanFigure(line.unitFen).replace(/\.00$/, '')
  const average = line.code.endsWith('_ADB') || line.code.endsWith('_INCREMENT')
  const formula = `${yuanFigure(measured)} ÷ ${unit} × ${each}`
  const agrees = exact(decimalText(exact(measured).times(each).div(exact(line.unitFen)), 2)).eq(points)
  if (agrees) return average ? say(`日均 ${formula}`, `average ${formula}`) : formula
  return say(`每 ${unit} 元 ${each} 分，${line.facts} 条业务事实各自计分之和`, `${each} points per ${unit}, each of ${line.facts} facts for itself, summed`)
}
