import { exact } from '../../foundation/values/decimal.ts'
import { fenFromYuan, sumFen } from '../../foundation/values/fen.ts'
import type { IndicatorTerms } from '../indicator.contract.ts'
import { sourceKinds } from '../indicator.rules.ts'
import { judgeCascade, judgeClasses, judgeIndicator, judgeTarget, refusedCodes, type PlanCode } from '../plan.rules.ts'
import { addsOverPeople, spreadTarget, type Split } from './plan-target.rules.ts'

/** The five classes of 银监发〔2012〕34号. */
export const planClasses = ['COMPLIANCE', 'RISK', 'OPERATING', 'DEVELOPMENT', 'SOCIAL'] as const
export type PlanClass = (typeof planClasses)[number]

export type JudgedItem = {
  indicator: string
  /** Null: no definition is in force, so no source. Undefined: an item that people mark, which has no target. */
  terms: IndicatorTerms | null | undefined
  direction: 'UP' | 'DOWN'
  objective: boolean
  weight: string
  cls: PlanClass
  target: string | null
  split: Split
  parts: readonly string[] | null
  lastYear: string | null
  peerGrowth: string | null
}
/** Of an indicator that adds up over people: the parent's target and what its children ask for together; the plan's own children the same way. `whose`: the unit of the upper target. */
export type Sum = { indicator: string; whose: string; parent: string; children: readonly string[]; factor: string | null }
export type FindingCode = PlanCode | 'PARTS_NOT_WHOLE' | 'PERIOD_DOES_NOT_DIVIDE'
export type Finding = { code: FindingCode; level: 'REFUSE' | 'WARN'; indicator: string; /** What was looked at: an answer in writing holds as long as it is the same. */ value: string; details: Record<string, string> }

const refused: readonly string[] = [...refusedCodes, 'PARTS_NOT_WHOLE', 'PERIOD_DOES_NOT_DIVIDE']
const found = (code: FindingCode, indicator: string, value: string, details: Record<string, string> = {}): Finding => ({ code, level: refused.includes(code) ? 'REFUSE' : 'WARN', indicator, value, details })

/** Everything that the validator of 3.0 finds in a plan, what nobody can override first. */
export function judgePlan(items: readonly JudgedItem[], sums: readonly Sum[], period: { from: string; to: string }): Finding[] {
  const findings: Finding[] = []
  for (const item of items) {
    const value = item.target ?? item.weight
    if (!item.objective && item.terms !== undefined) findings.push(found('WITHOUT_OBJECTIVE', item.indicator, value))
    if (item.terms === undefined) continue
    if (item.terms === null) {
      findings.push(found('WITHOUT_SOURCE', item.indicator, value))
      continue
    }
    const kind = sourceKinds[item.terms.source]
    const pointInTime = item.terms.measure === 'BALANCE' || item.terms.measure === 'CHANGE'
    findings.push(...judgeIndicator({ subject: kind.subject, measure: item.terms.isOnly ?? (pointInTime ? 'POINT_IN_TIME' : 'AVERAGE'), hasSource: true }).codes.map((code) => found(code, item.indicator, value)))
    findings.push(...judgeItem(item, item.terms, period))
  }
  for (const sum of sums) {
    const codes = judgeCascade(fenFromYuan(sum.parent), sum.children.map((child) => fenFromYuan(child)), sum.factor === null ? {} : { factor: sum.factor }).codes
    const children = sumFen(sum.children.map((child) => fenFromYuan(child)))
    findings.push(...codes.map((code) => found(code, sum.indicator, sum.parent, { unit: sum.whose, parent: sum.parent, children: `${children / 100n}.${String(children % 100n).padStart(2, '0')}` })))
  }
  findings.push(...judgeWeights(items))
  return findings.sort((a, b) => Number(a.level === 'WARN') - Number(b.level === 'WARN'))
}

function judgeItem(item: JudgedItem, terms: IndicatorTerms, period: { from: string; to: string }): Finding[] {
  const { target, indicator } = item
  if (target === null) return [found('TARGET_NOT_POSITIVE', indicator, '')]
  const spread = spreadTarget(target, period, item.split, terms, item.parts)
  const parts = spread.ok ? [] : [found(spread.why, indicator, target)]
  const [aim, last] = [exact(target), item.lastYear === null ? null : exact(item.lastYear)]
  // less is better: a target may be 0, and one above last year asks for nothing
  if (item.direction === 'DOWN') return [...parts, ...(aim.lt(0) ? [found('TARGET_NOT_POSITIVE', indicator, target)] : last !== null && aim.gt(last) ? [found('TARGET_TOO_LOW', indicator, target, { lastYear: item.lastYear ?? '' })] : [])]
  const judged = judgeTarget({ targetFen: fenFromYuan(aim.toFixed(2)), lastYearFen: last === null ? null : fenFromYuan(last.toFixed(2)), peerMedianGrowthPct: item.peerGrowth })
  return [...parts, ...judged.codes.map((code) => found(code, indicator, target, { growth: judged.impliedGrowthPct ?? '', lastYear: item.lastYear ?? '', peers: item.peerGrowth ?? '' }))]
}

function judgeWeights(items: readonly JudgedItem[]): Finding[] {
  const classes: Record<string, string> = { risk: '0', compliance: '0' }
  for (const item of items) {
    const name = item.cls.toLowerCase()
    classes[name] = exact(classes[name] ?? '0').plus(exact(item.weight)).toFixed()
  }
  const value = planClasses.map((name) => `${name} ${exact(classes[name.toLowerCase()] ?? '0').toFixed(2)}`).join(' ')
  const total = items.reduce((sum, item) => sum.plus(exact(item.weight)), exact('0')).toFixed(2)
  const cares = items.some((item) => item.terms != null && (sourceKinds[item.terms.source].subject === 'CUSTOMER' || (item.terms.source === 'FORM' && item.cls === 'DEVELOPMENT')))
  return [...judgeClasses(classes).codes.map((code) => found(code, '', value, { total })), ...(cares ? [] : [found('NO_CUSTOMER_OR_GROWTH', '', items.map((item) => item.indicator).sort().join(' '))])]
}

/** Which warnings still wait for an answer in writing. */
export function unanswered(findings: readonly Finding[], answers: readonly { code: string; indicator: string; value: string }[]): Finding[] {
  return findings.filter((one) => one.level === 'WARN' && !answers.some((answer) => answer.code === one.code && answer.indicator === one.indicator && answer.value === one.value))
}
/** Compliance answers for the weight of risk and compliance, the owner of the plan for everything else. */
export const answeredByCompliance = (code: string): boolean => code === 'RISK_COMPLIANCE_NOT_ABOVE'
/** Of an indicator that does not add up over people the cascade has no sum. */
export const cascades = (terms: IndicatorTerms): boolean => addsOverPeople(terms)
