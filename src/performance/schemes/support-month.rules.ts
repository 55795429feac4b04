import { daysInMonth } from '../../foundation/values/business-date.ts'
import { decimalText, exact, Exact } from '../../foundation/values/decimal.ts'
import type { Fen } from '../../foundation/values/fen.ts'
import type { Step } from '../blocks.rules.ts'
import { controlPay, markOfDisputes, shareAmongMembers, supportPool, type Department, type DepartmentPay, type MemberPay, type Marks, type SupportPay } from '../support-pay.rules.ts'
import type { SupportExample, SupportTried } from './scheme-change.contract.ts'
import { controlSteps, supportSteps } from './support-steps.rules.ts'
import type { SupportSchemeTerms } from './support-terms.contract.ts'

/** What belongs to a grade: its own entry, or that of everybody else (`*`). */
export const byGrade = (table: Readonly<Record<string, string>>, grade: string | null): string | undefined => (grade === null ? undefined : table[grade]) ?? table['*']

const sumOf = (weights: readonly string[]): string => decimalText(weights.reduce((sum, weight) => sum.plus(exact(weight)), new Exact(0)), 4)

/** `mark` null: nobody marked him. */
export type PoolMember = { person: string; grade: string | null; mark: string | null; days: number; events: readonly ('RED' | 'AMBER')[] }
export type PoolShare = { share: MemberPay; mark: string; steps: Step[] }

/** A department's amount among its people, each with every step from the pool down to him. Whom nobody marked counts with the mean of the others. */
export function sharesOfDepartment(terms: SupportSchemeTerms, { pay, department, marks, month, members }: { pay: SupportPay; department: DepartmentPay; marks: Marks | null; month: string; members: readonly PoolMember[] }): PoolShare[] {
  const given = members.flatMap(({ mark }) => mark ?? [])
  const usual = given.length === 0 ? '100.00' : decimalText(given.reduce((sum, mark) => sum.plus(exact(mark)), new Exact(0)).div(given.length), 2)
  const factorOf = (grade: string | null): string => byGrade(terms.gradeFactors, grade) ?? '1'
  const monthDays = daysInMonth(month)
  const shared = shareAmongMembers(department.payFen, monthDays, members.map(({ person, grade, mark, days, events }) => ({ person, gradeFactor: factorOf(grade), mark: mark ?? usual, daysInPost: days, events })), terms.amberFactor)
  const weights = { departments: sumOf(pay.departments.map(({ weight }) => weight)), members: sumOf(shared.map(({ weight }) => weight)) }
  return members.map((member, place): PoolShare => {
    const share = shared[place] ?? { person: member.person, weight: '0.0000', shareFen: 0n, payFen: 0n, why: null }
    const mark = member.mark ?? usual
    return { share, mark, steps: supportSteps({ pay, department, marks, member: share, terms, mark, factor: factorOf(member.grade), days: member.days, monthDays, weights }) }
  })
}

/** A post of risk control: paid by the quality of its own work, nothing without a score. */
export function payOfControl(terms: SupportSchemeTerms, { grade, score }: { grade: string | null; score: string | null }): { baseFen: Fen; payFen: Fen; steps: Step[] } {
  const baseFen = BigInt(byGrade(terms.controlBases, grade) ?? '0')
  const payFen = score === null ? 0n : controlPay(baseFen, score)
  return { baseFen, payFen, steps: controlSteps(baseFen, score, payFen) }
}

/** Example figures by the steps that a settlement takes; the name of a department that the scheme does not have. */
export function trySupport(terms: SupportSchemeTerms, example: SupportExample): { unknown: string } | { tried: SupportTried } {
  const known = terms.departments.map(({ code }) => code)
  const unknown = [...example.departments.map(({ code }) => code), ...example.people.map(({ department }) => department)].find((code) => !known.includes(code))
  if (unknown !== undefined) return { unknown }
  const marksOf = (code: string): Marks | null => {
    const given = example.departments.find((one) => one.code === code)?.marks ?? null
    return given && { answerOnTime: given.answerOnTime, rightFirstTime: given.rightFirstTime, disputes: markOfDisputes(given.disputesLost), frontLineRating: given.frontLineRating }
  }
  const pay = supportPool(terms, example.frontLineFen.map(BigInt), terms.departments.map(({ code, staffWeight }): Department => ({ code, staffWeight, riskControl: false, marks: marksOf(code) })))
  const people = pay.departments.flatMap((department) => {
    const own = example.people.filter((one) => one.department === department.code)
    return sharesOfDepartment(terms, { pay, department, marks: marksOf(department.code), month: example.month, members: own.map(({ name, ...one }) => ({ ...one, person: name })) })
      .map(({ share, steps }) => ({ department: department.code, name: share.person, payFen: share.payFen.toString(), steps: steps.map((step) => ({ ...step, terms: [...step.terms] })) }))
  })
  const control = example.control.map((one) => {
    const { payFen, steps } = payOfControl(terms, one)
    return { department: null, name: one.name, payFen: payFen.toString(), steps: steps.map((step) => ({ ...step, terms: [...step.terms] })) }
  })
  return {
    tried: {
      frontLineFen: pay.frontLineFen.toString(), poolFen: pay.poolFen.toString(), paidFen: pay.paidFen.toString(), heldFen: pay.heldFen.toString(), unpaidFen: pay.unpaidFen.toString(),
      departments: pay.departments.map(({ code, score, payFen, heldFen, why }) => ({ code, score, payFen: payFen.toString(), heldFen: heldFen.toString(), why })), people: [...people, ...control],
    },
  }
}
