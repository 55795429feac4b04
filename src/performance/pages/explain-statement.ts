import { amountText, decimalText } from '../../ui/amount-format.ts'
import type { Explained } from '../../ui/ExplanationTree.tsx'
import type { Say, Text } from '../../ui/text.ts'
import type { LineShown, StatementShown, StepShown } from '../statement.contract.ts'
import { reasonText, stepName } from './explain-steps.ts'
import { codeNames, named, payText, reasons } from './pay-text.ts'

type Words = { t: Say<typeof payText>; pick: (text: Text) => string; factsTo: (place: number) => string }

/** From pay down to the facts: the tree of a statement, made of its stored steps and lines. */
export function explainStatement(statement: StatementShown, words: Words): Explained {
  const { pick, t } = words
  const steps = new Map(statement.steps.map((step) => [step.code, step]))
  const lines = statement.lines

  const operand = (term: StepShown['terms'][number]): string => {
    if ('sign' in term) return term.sign
    if (term.unit === 'FEN') return amountText(term.value, 'yuan')
    if (term.unit === 'NUMBER') return term.value
    return term.unit === 'POINTS' ? decimalText(term.value, 2) : decimalText(term.value, term.unit === 'COEFFICIENT' ? Math.max(2, term.value.split('.')[1]?.length ?? 0) : 2)
  }
  // a step that several need stands once, where it is first needed
  const told = new Set<string>()
  const node = (outer: StepShown): Explained => {
    const step = { ...inner(outer), code: outer.code, name: outer.name }
    told.add(outer.code).add(inner(outer).code)
    const formula = step.terms.map(operand).join(' ')
    const isZero = /^-?0(\.0+)?$/.test(step.value)
    const why = step.why === null ? null : reasonText(step.why, pick)
    return {
      key: step.code, name: step.name === undefined ? stepName(step, pick) : stepName({ ...step, name: step.name }, pick), result: step.value, as: step.unit === 'FEN' ? 'fen' : 'decimal', ...(step.unit === 'COEFFICIENT' ? { decimals: 4 } : {}), rounded: step.rounded,
      ...(isZero && why !== null ? { zero: why } : { how: why === null ? formula : `${formula}（${why}）` }),
      children: childrenOf(step),
    }
  }
  // a month without supervisor, corrections and carrying has the same amount three times: it is told once
  const inner = (step: StepShown): StepShown => {
    const [only] = step.terms
    const next = step.terms.length === 1 && step.why === null && only && 'of' in only && only.of !== null ? steps.get(only.of) : undefined
    return next ? inner(next) : step
  }
  const childrenOf = (step: StepShown): Explained[] => {
    if (step.code === 'P' && step.unit === 'POINTS') return lines.filter((line) => line.points !== null && line.code !== 'CORRECTION').map((line) => lineNode(line, words))
    const found: Explained[] = []
    for (const term of step.terms) {
      if ('sign' in term || term.of === null || found.some(({ key }) => key === term.of)) continue
      // a number comes from an indicator, which may have the name of a block
      const next = term.unit === 'NUMBER' ? undefined : steps.get(term.of)
      if (next && told.has(next.code)) continue
      if (next) found.push(node(next))
      else found.push(...leavesOf(term.of, statement, words))
    }
    return found
  }
  const root = steps.get('PAYABLE')
  if (!root) throw new Error('a statement without its pay')
  const carried = steps.get('CARRY_OUT')
  const tree = node(root)
  return carried ? { ...tree, children: [...(tree.children ?? []), { key: 'CARRY_OUT', name: pick(named(codeNames, 'CARRY_OUT')), result: carried.value, as: 'fen', how: t('setOff') }] } : tree
}

// Operands that are no steps: lines, coefficients, what was carried in.
function leavesOf(code: string, statement: StatementShown, words: Words): Explained[] {
  const { pick, t } = words
  if (code === 'CORRECTION') return statement.lines.filter((line) => line.code === 'CORRECTION').map((line) => lineNode(line, words))
  if (code === 'CARRY_IN') return [{ key: code, name: pick(named(codeNames, code)), result: statement.carryInFen, as: 'fen', how: statement.setOff.filter(({ month }) => month < statement.month).map(({ month, cause }) => `${month} ${pick(named(codeNames, cause))}`).join('，') }]
  const line = statement.lines.find((one) => one.code === (code === 'LINK_F' ? 'NET_GROWTH' : code))
  if (!line) {
    return ['EARLY', 'OVERDUE', 'REFUND'].includes(code) ? [{ key: code, name: pick(named(codeNames, code)), result: '0', as: 'fen', zero: t('loans', { n: 0 }) }] : []
  }
  return [lineNode(line, words)]
}

function lineNode(line: LineShown, words: Words): Explained {
  const { pick, t, factsTo } = words
  const why = line.why === null ? null : pick(named(reasons, line.why))
  const detail = (name: string): string | null => line.detail[name] ?? null
  const yuan = (fen: string | null): string => (fen === null ? '--' : amountText(fen, 'yuan'))
  const form = line.byForm && line.facts > 0 ? ` · ${t('byForm')}` : ''
  const shared = { key: `line-${line.place}`, name: pick(named(codeNames, line.code)), links: line.facts > 0 ? [{ label: t('facts', { n: line.facts }), to: factsTo(line.place) }] : [] }
  const explained = (result: string | null, as: Explained['as'], how: string, decimals?: number): Explained => {
    const isZero = result !== null && /^-?0(\.0+)?$/.test(result)
    return { ...shared, result, as, ...(decimals === undefined ? {} : { decimals }), ...(isZero && why !== null ? { zero: why } : { how: `${how}${why === null ? '' : `（${why}）`}${form}` }) }
  }
  if (line.code.startsWith('MARK.')) return { ...explained(line.quantity, 'decimal', t('markOf', { n: line.facts })), name: lineName(line, pick) }
  if (line.code !== 'CORRECTION' && line.detail['unit'] != null) return { ...indicatorNode(line, explained, words), name: lineName(line, pick) }
  switch (line.code) {
    case 'GRADE_BASE':
      return explained(line.moneyFen, 'fen', detail('grade') === null ? '' : t('gradeOf', { grade: detail('grade') ?? '' }))
    case 'NET_GROWTH':
      return explained(detail('f') ?? '1', 'decimal', detail('f') === null ? '' : t('growth', { actual: yuan(line.measuredFen), target: yuan(detail('targetFen')), completion: detail('completion') ?? '--', progress: detail('timeProgress') ?? '--' }), 4)
    case 'MARKETING':
      return explained(detail('coefficient'), 'decimal', detail('score') === null ? '' : t('scoreOf', { score: detail('score') ?? '--' }), 4)
    case 'TEAM':
      return explained(line.detail['coefficient'] ?? '0', 'decimal', t('teamOf', { points: detail('teamPoints') ?? '--', target: detail('teamTarget') ?? '--', coefficient: detail('coefficient') ?? '--' }), 4)
    case 'EARLY':
    case 'OVERDUE':
    case 'REFUND':
      return explained(line.moneyFen, 'fen', t('loans', { n: line.facts }))
    case 'CORRECTION':
      if (line.detail['unit'] != null) return explained(line.moneyFen, 'fen', t('correctsIndicator', { month: line.correctsMonth ?? '', line: lineName(line, pick), was: detail('was') ?? '--', is: detail('is') ?? '--' }))
      return explained(line.moneyFen, 'fen', t('corrects', { month: line.correctsMonth ?? '', line: pick(named(codeNames, line.correctsCode ?? '')), was: detail('was') ?? '0.00', is: detail('is') ?? '0.00' }))
    case 'INSPECTION_REPORT':
    case 'INSPECTION_CHECK':
      return explained(line.points, 'decimal', t('inspections', { n: line.facts }))
    default:
      return explained(line.points, 'decimal', tariffFormula(line, t))
  }
}

/** What a line is called: an indicator or a mark has its own name. */
export function lineName(line: Pick<LineShown, 'code' | 'detail'>, pick: (text: Text) => string): string {
  const { name, nameEn } = line.detail
  return name == null ? pick(named(codeNames, line.code)) : pick({ zh: name, en: nameEn ?? name })
}

type Tell = (result: string | null, as: Explained['as'], how: string, decimals?: number) => Explained
/** An indicator: what was reached, beside its target and the version of the plan. */
function indicatorNode(line: LineShown, explained: Tell, { t }: Words): Explained {
  const { unit, actual, target, planVersion, fullTarget, days, wholeDays } = line.detail
  const share = fullTarget == null ? '' : ` = ${fullTarget} × ${days ?? ''} ÷ ${wholeDays ?? ''}`
  const how = target == null ? t('noTargetOf') : t('targetOf', { target: `${target}${share}`, version: planVersion ?? '--' })
  if (actual == null) return explained('0', 'decimal', how)
  return unit === 'FEN' ? explained(line.measuredFen, 'fen', how) : explained(actual, 'decimal', how)
}

function tariffFormula(line: LineShown, t: Say<typeof payText>): string {
  const each = line.each === null ? '1' : trimmed(line.each)
  if (line.unitFen === null) return t('perItem', { quantity: trimmed(line.quantity ?? '0'), each })
  const formula = t('perUnit', { measured: line.measuredFen === null ? '0.00' : amountText(line.measuredFen, 'yuan'), unit: amountText(line.unitFen, 'yuan').replace(/\.00$/, ''), each })
  return line.code.endsWith('_ADB') || line.code.endsWith('_INCREMENT') ? t('average', { formula }) : formula
}

const trimmed = (text: string): string => (text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text)
