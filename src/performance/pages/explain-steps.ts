import { amountText, decimalText } from '../../ui/amount-format.ts'
import type { Explained } from '../../ui/ExplanationTree.tsx'
import type { Text } from '../../ui/text.ts'
import type { StepShown } from '../statement.contract.ts'
import { codeNames, reasons } from './pay-text.ts'
import { trialReasons } from './trial-text.ts'

type Pick = (text: Text) => string

/** What a step is called: the scheme's name, the house's word, or where it stands in its block. */
export function stepName(step: StepShown, pick: Pick): string {
  const [, part = ''] = /\.([^.]+)$/.exec(step.code) ?? []
  if (step.name) return part === 'SCORE' ? pick({ zh: `${step.name.zh}得分`, en: `${step.name.en}: score` }) : pick(step.name)
  if (/^DEFERRED\.\d+$/.test(step.code)) return pick({ zh: `第 ${part} 期`, en: `tranche ${part}` })
  if (/\.[12]$/.test(step.code)) return pick(part === '1' ? { zh: '规模部分', en: 'part of scale' } : { zh: '模拟利润部分', en: 'part of simulated profit' })
  const word = codeNames[step.code]
  return word ? pick(word) : step.code
}

/** Why a step is what it is, in the reader's words. */
export function reasonText(why: string, pick: Pick): string {
  const [, listed = ''] = /^missed: (.*)$/.exec(why) ?? []
  if (listed !== '') return pick({ zh: `未达标 ${listed.split(', ').length} 项`, en: `${listed.split(', ').length} missed` })
  const [, from = ''] = /^from (.*)$/.exec(why) ?? []
  if (from !== '') return pick({ zh: `${from} 起的阶段`, en: `phase from ${from}` })
  const word = trialReasons[why] ?? reasons[why]
  return word ? pick(word) : why
}

/** The tree of a list of steps, from one of them down: each with its formula and its real operands. A step stands once, where it is first needed. */
export function explainSteps(steps: readonly StepShown[], rootCode: string, pick: Pick): Explained | null {
  const byCode = new Map(steps.map((step) => [step.code, step]))
  const told = new Set<string>()
  const operand = (term: StepShown['terms'][number]): string => {
    if ('sign' in term) return term.sign
    if (term.unit === 'FEN') return amountText(term.value, 'yuan')
    return term.unit === 'NUMBER' ? term.value : decimalText(term.value, Math.max(2, term.value.split('.')[1]?.length ?? 0))
  }
  // a gate that did not close and a sum of one have the amount of what stands before them: it is told once, under the outer name
  const inner = (step: StepShown): StepShown => {
    const [only] = step.terms
    const next = step.terms.length === 1 && step.why === null && only && 'of' in only && only.of !== null ? byCode.get(only.of) : undefined
    return next ? inner(next) : step
  }
  const node = (outer: StepShown): Explained => {
    const step = { ...inner(outer), code: outer.code, ...(outer.name ? { name: outer.name } : { name: undefined }) }
    told.add(outer.code)
    told.add(inner(outer).code)
    const why = step.why === null ? null : reasonText(step.why, pick)
    const isZero = /^-?0(\.0+)?$/.test(step.value)
    const formula = step.terms.map(operand).join(' ')
    const children: Explained[] = []
    for (const term of step.terms) {
      if ('sign' in term || term.of === null || told.has(term.of)) continue
      const next = byCode.get(term.of)
      if (next) children.push(node(next))
    }
    return {
      key: step.code, name: stepName(step, pick), result: step.value, as: step.unit === 'FEN' ? 'fen' : 'decimal', decimals: step.unit === 'COEFFICIENT' ? 4 : 2, rounded: step.rounded,
      ...(isZero && why !== null ? { zero: why } : { how: why === null ? formula : `${formula}（${why}）` }), children,
    }
  }
  const root = byCode.get(rootCode)
  return root ? node(root) : null
}
