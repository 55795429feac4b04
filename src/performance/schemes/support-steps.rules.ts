import { decimalText, exact } from '../../foundation/values/decimal.ts'
import type { Fen } from '../../foundation/values/fen.ts'
import type { Step, Term } from '../blocks.rules.ts'
import type { DepartmentPay, MemberPay, Marks, SupportPay, SupportTerms } from '../support-pay.rules.ts'

const fen = (amount: Fen, of: string | null = null): Term => ({ value: amount.toString(), unit: 'FEN', of })
const number = (value: string, of: string | null = null, unit: 'NUMBER' | 'SCORE' | 'COEFFICIENT' = 'NUMBER'): Term => ({ value, unit, of })
const sign = (text: string): Term => ({ sign: text })
const names = { answerOnTime: { zh: '按时答复', en: 'Answers on time' }, rightFirstTime: { zh: '一次做对', en: 'Right first time' }, disputes: { zh: '争议', en: 'Disputes' }, frontLineRating: { zh: '一线评分', en: 'Front-line rating' } }
const order = ['answerOnTime', 'rightFirstTime', 'disputes', 'frontLineRating'] as const

type About = { pay: SupportPay; department: DepartmentPay; marks: Marks | null; member: MemberPay; terms: SupportTerms & { amberFactor: string }; mark: string; factor: string; days: number; monthDays: number; weights: { departments: string; members: string } }

/** From the pool over the department and its marks to the person: every named value with its operands. */
export function supportSteps({ pay, department, marks, member, terms, mark, factor, days, monthDays, weights }: About): Step[] {
  const step = (code: string, unit: Step['unit'], value: string, parts: Term[], more: Partial<Step> = {}): Step => ({ code, unit, value, terms: parts, rounded: false, why: null, ...more })
  const scored: Step[] = marks === null ? [] : order.map((part, place) => step(`DEPARTMENT.${part}`, 'SCORE', department.parts?.[place] ?? '0.00', [number(marks[part], `MARK.${part}`, 'SCORE'), sign('×'), number(terms.weights[part]), sign('÷'), number('100')], { rounded: true, name: names[part] }))
  const score = step('DEPARTMENT', 'SCORE', department.score ?? terms.heldScore, scored.flatMap((one, place): Term[] => [...(place === 0 ? [] : [sign('+')]), number(one.value, one.code, 'SCORE')]), { why: department.why, name: { zh: '部门得分', en: 'Score of the department' } })
  const amount = department.payFen
  return [
    step('POOL', 'FEN', pay.poolFen.toString(), [fen(pay.frontLineFen, 'FRONT_LINE'), sign('×'), number(terms.poolRatio, null, 'COEFFICIENT')], { rounded: true, name: { zh: '奖金池', en: 'Pool' } }),
    ...scored, score,
    step('DEPARTMENT_PAY', 'FEN', amount.toString(), [fen(pay.poolFen, 'POOL'), sign('×'), number(department.weight, 'DEPARTMENT', 'COEFFICIENT'), sign('÷'), number(weights.departments)], { rounded: true, why: department.why ?? 'largest-remainder', name: { zh: '部门所得', en: 'Pay of the department' } }),
    step('PERSON_WEIGHT', 'COEFFICIENT', member.weight, [number(factor, null, 'COEFFICIENT'), sign('×'), number(mark, 'MARK.OWN', 'SCORE'), sign('×'), number(String(days)), sign('÷'), number(String(monthDays))], { rounded: true, name: { zh: '本人权重', en: 'Own weight' } }),
    step('SHARE', 'FEN', member.shareFen.toString(), [fen(amount, 'DEPARTMENT_PAY'), sign('×'), number(member.weight, 'PERSON_WEIGHT', 'COEFFICIENT'), sign('÷'), number(weights.members)], { rounded: true, why: 'largest-remainder', name: { zh: '本人份额', en: 'Own share' } }),
    step('F', 'FEN', member.payFen.toString(), member.why === 'red-event' ? [number('0')] : member.why === 'amber-event' ? [fen(member.shareFen, 'SHARE'), sign('×'), number(terms.amberFactor, null, 'COEFFICIENT')] : [fen(member.shareFen, 'SHARE')], { rounded: member.why === 'amber-event', why: member.why, name: { zh: '合规否决后', en: 'After the compliance gate' } }),
    step('PAYABLE', 'FEN', member.payFen.toString(), [fen(member.payFen, 'F')], { why: member.payFen === 0n ? 'nothing-earned' : null }),
  ]
}

/** A post of risk control: round(base × clamp(score ÷ 100, 0, 1.2)), never from the pool. */
export function controlSteps(baseFen: Fen, score: string | null, payFen: Fen): Step[] {
  const limited = score === null ? '0' : exact(score).gt(120) ? '120' : decimalText(exact(score), 2)
  return [
    { code: 'F', unit: 'FEN', value: payFen.toString(), rounded: true, why: score === null ? 'no-mark' : null, name: { zh: '风险控制岗绩效', en: 'Pay of risk control' }, terms: [fen(baseFen, 'CONTROL_BASE'), sign('×'), number(limited, 'MARK.CONTROL', 'SCORE'), sign('÷'), number('100')] },
    { code: 'PAYABLE', unit: 'FEN', value: payFen.toString(), rounded: false, why: payFen === 0n ? 'nothing-earned' : null, terms: [fen(payFen, 'F')] },
  ]
}
