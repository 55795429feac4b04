import { Exact, decimalText, exact } from '../../foundation/values/decimal.ts'

/** The appraisal group decides (3.8): who must leave a motion, whether enough are there, what the votes come to. */
export const sides = ['HR', 'FINANCE', 'RISK', 'COMPLIANCE', 'BUSINESS', 'ELECTED'] as const
export type MemberSide = (typeof sides)[number]
export type Member = { staffKey: number; side: MemberSide }
export type RecusalWhy = 'SELF' | 'SUPERIOR' | 'RATER' | 'SETTLER' | 'RELATIVE'
export type Recusal = { staffKey: number; why: RecusalWhy }
export type Vote = { staffKey: number; vote: 'YES' | 'NO' | 'ABSTAIN' }

/** Why a group cannot be as asked: five to nine different people, its chair among them, one of them elected by the managers, a term of two years at most. */
export function faultOfGroup(members: readonly Member[], chairKey: number, from: string, to: string): 'members-count' | 'member-twice' | 'chair-no-member' | 'nobody-elected' | 'term-too-long' | null {
  if (members.length < 5 || members.length > 9) return 'members-count'
  if (new Set(members.map((one) => one.staffKey)).size !== members.length) return 'member-twice'
  if (!members.some((one) => one.staffKey === chairKey)) return 'chair-no-member'
  if (!members.some((one) => one.side === 'ELECTED')) return 'nobody-elected'
  return to <= from || to > `${Number(from.slice(0, 4)) + 2}${from.slice(4)}` ? 'term-too-long' : null
}

/** Who leaves: the ratee, who leads him, who gave one of the marks, who settled the month, and whoever says that he is a relative. Each once, by the first reason. */
export function recusalsOf(members: readonly number[], about: { ratees: readonly number[]; superiors: readonly number[]; raters: readonly number[]; settlers: readonly number[]; relatives: readonly number[] }): Recusal[] {
  return members.flatMap((staffKey): Recusal[] => {
    const why: RecusalWhy | null = about.ratees.includes(staffKey) ? 'SELF' : about.superiors.includes(staffKey) ? 'SUPERIOR' : about.raters.includes(staffKey) ? 'RATER' : about.settlers.includes(staffKey) ? 'SETTLER' : about.relatives.includes(staffKey) ? 'RELATIVE' : null
    return why === null ? [] : [{ staffKey, why }]
  })
}

export type Tally = { present: number; yes: number; no: number; quorum: boolean; byChair: boolean; result: 'PASSED' | 'REJECTED' | null }
/** Two thirds of all members are there (who left the motion is not); more yes than no passes; at a tie the chair's vote decides, without it the motion is rejected. Null: no quorum. */
export function tallyOf(members: number, votes: readonly Vote[], chairKey: number): Tally {
  const [yes, no] = [votes.filter((one) => one.vote === 'YES').length, votes.filter((one) => one.vote === 'NO').length]
  const quorum = votes.length * 3 >= members * 2
  const byChair = quorum && yes === no && votes.some((one) => one.staffKey === chairKey && one.vote === 'YES')
  return { present: votes.length, yes, no, quorum, byChair, result: !quorum ? null : yes > no || byChair ? 'PASSED' : 'REJECTED' }
}

export type RaterFigures = { marks: number; mean: string; leniency: string; spread: string }
/** A rater's marks among all: their mean, how far it lies from the mean of all marks (leniency), and how far his own lie from each other (standard deviation). */
export function raterFigures(all: readonly string[], own: readonly string[]): RaterFigures {
  const mean = (list: readonly Exact[]): Exact => list.reduce((sum, one) => sum.plus(one), new Exact(0)).div(list.length)
  const marks = own.map((one) => exact(one))
  const center = mean(marks)
  return { marks: own.length, mean: decimalText(center, 2), leniency: decimalText(center.minus(mean(all.map((one) => exact(one)))), 2), spread: decimalText(mean(marks.map((one) => one.minus(center).pow(2))).sqrt(), 2) }
}
