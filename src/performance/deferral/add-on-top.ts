import type { Step } from '../blocks.rules.ts'
import type { LineRow, PersonPaid } from '../store-pay.ts'

type OnTop = { staffKey: number; postCode: string; scopePath: string; fen: bigint }

/**
 * Statements of a scheme whose pay is a share (support departments) with what is paid on top: a line each, F + CORRECTION = payable. Who is no longer paid by the scheme gets a statement of these lines alone.
 */
export function addOnTop<T extends OnTop>(people: readonly PersonPaid[], onTop: readonly T[], lineOf: (one: T) => Partial<LineRow>): PersonPaid[] {
  const staff = [...new Set(onTop.map(({ staffKey }) => staffKey))]
  const nobody = (one: OnTop): PersonPaid => ({
    statement: { staff_key: one.staffKey, scope_path: one.scopePath, post_code: one.postCode, points: '0.00', before_carry_fen: 0n, carry_in_fen: 0n, payable_fen: 0n, carry_out_fen: 0n, input: {}, steps: [{ code: 'F', unit: 'FEN', value: '0', terms: [], rounded: false, why: 'nothing-earned' }], set_off: [], carry_out: [], expired: [] },
    lines: [], hashed: [],
  })
  const leavers = staff.filter((key) => !people.some(({ statement }) => statement.staff_key === key)).flatMap((key) => onTop.find(({ staffKey }) => staffKey === key) ?? []).map(nobody)
  return [...people, ...leavers].map((person): PersonPaid => {
    const own = onTop.filter(({ staffKey }) => staffKey === person.statement.staff_key)
    if (own.length === 0) return person
    const sum = own.reduce((total, { fen }) => total + fen, 0n)
    const payable = person.statement.payable_fen + sum
    const step: Step = {
      code: 'PAYABLE', unit: 'FEN', value: payable.toString(), rounded: false, why: null,
      terms: [{ value: person.statement.payable_fen.toString(), unit: 'FEN', of: 'F' }, { sign: '+' }, { value: sum.toString(), unit: 'FEN', of: 'CORRECTION' }],
    }
    const lines = own.map((one, place): LineRow => ({
      quantity: null, unit_fen: null, each: null, measured_fen: null, points: null, money_fen: null, facts: 0, by_form: false, corrects_month: null, corrects_code: null, detail: {}, why: null, ...lineOf(one), place: Math.max(0, ...person.lines.map((line) => line.place)) + place + 1, code: 'CORRECTION',
    }))
    return {
      ...person, lines: [...person.lines, ...lines],
      statement: { ...person.statement, payable_fen: payable, before_carry_fen: payable, steps: [...(person.statement.steps as readonly Step[]).filter(({ code }) => code !== 'PAYABLE'), step] },
    }
  })
}
