import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { Context } from '../foundation/http/route.ts'
import { refuse, type Outcome } from '../foundation/values/outcome.ts'
import { confirmersToday } from './engine-find-confirmers.ts'
import type { AnswerRow, AnswerState, AnswersFor, Cell, DataClass, FormState } from './form.contract.ts'
import { faultOfConfirming, faultOfFile, faultOfFilling, type ConfirmFault } from './form.rules.ts'
import { inState, stateOf } from './keep-forms.ts'

export type AnswerFound = {
  id: string; form_id: string; staff_key: number; staff_name: string; unit_name: string; collector_key: number; collector_name: string; due_on: string; state: AnswerState; prefilled: Record<string, string>; prefilled_on: string; rows: AnswerRow[]; edition: number; submitted_on: string | null; late: boolean | null
  returns: number; return_reason: string | null; scope_path: string; number: string; title: string; why: string; most_rows: number; cells: Cell[]; form_state: FormState; answers_for: AnswersFor; purpose: string | null; data_class: DataClass; unit_key: number; filler_key: number | null; filler_name: string | null; confirmed_by: number | null
  confirms: boolean; submitted_by: number | null; confirmed_on: string | null; confirmed_by_name: string | null; returned_by_name: string | null
}

export async function answerOf(tx: Transaction, answerId: string): Promise<AnswerFound | undefined> {
  return tx.maybe(sql<AnswerFound>`
    SELECT a.id, a.form_id, a.staff_key, s.staff_name, a.unit_key, a.filler_key, (SELECT n.staff_name FROM organisation_staff_facts n WHERE n.staff_key = a.filler_key) AS filler_name, a.confirmed_by, (SELECT i.name FROM organisation_institution_facts i WHERE i.institution_key = a.unit_key ORDER BY i.from_date DESC LIMIT 1) AS unit_name, a.collector_key, c.staff_name AS collector_name, a.due_on, ${stateOf} AS state, a.prefilled, a.prefilled_on, a.rows, a.edition,
      a.submitted_on, a.late, a.returns, a.return_reason, a.scope_path, f.number, f.title, f.why, f.most_rows, f.cells, f.state AS form_state, f.answers_for, f.purpose, f.data_class, f.confirms, a.submitted_by, a.confirmed_on,
      (SELECT n.staff_name FROM organisation_staff_facts n WHERE n.staff_key = a.confirmed_by) AS confirmed_by_name, (SELECT n.staff_name FROM organisation_staff_facts n WHERE n.staff_key = a.returned_by) AS returned_by_name
    FROM collection_answer a JOIN collection_form f ON f.id = a.form_id JOIN organisation_staff_facts s ON s.staff_key = a.staff_key JOIN organisation_staff_facts c ON c.staff_key = a.collector_key WHERE a.id = ${answerId}`)
}

/** Who fills in today: whom the head of the outlet named, else who was asked. */
export const fillerOf = (row: Pick<AnswerFound, 'staff_key' | 'filler_key'>): number => row.filler_key ?? row.staff_key

/** Whether the answer is his to fill in: whoever was asked, and whom he named. */
export const fillsIn = (row: Pick<AnswerFound, 'staff_key' | 'filler_key'>, staffKey: number): boolean => staffKey === row.staff_key || staffKey === row.filler_key

/** Why the reader may not have a file of the answer; null when he may. `confirmers`: of today. */
export const fileFault = (row: AnswerFound, reader: number, confirmers: readonly number[], seesCustomer: boolean) => faultOfFile({
  reader, filler: fillsIn(row, reader) ? reader : fillerOf(row), collector: row.collector_key, confirmers: [...confirmers, ...(row.confirmed_by === null ? [] : [row.confirmed_by])], answer: row.state, seesCustomer,
})

/** Who may confirm today what this answer holds, and why the reader may not. Asked of the whole bank when it is needed, never kept. */
export async function confirming(tx: Transaction, row: AnswerFound, { actor, businessDate }: Context): Promise<{ confirmers: number[]; fault: ConfirmFault }> {
  const answeredBy = row.submitted_by ?? fillerOf(row)
  // of his own answer nobody is asked whoever the heads are, and their names are told only while it waits
  const confirmers = row.confirms && (row.state === 'WAITING' || actor.staffKey !== answeredBy) ? await confirmersToday(tx, { staffKey: answeredBy, scopePath: row.scope_path }, businessDate) : []
  return { confirmers, fault: faultOfConfirming({ reader: actor.staffKey, answeredBy, confirmers, confirms: row.confirms, form: row.form_state, answer: row.state }) }
}

/** Why the reader may not fill in now; null when he may. */
export const fillingFault = (row: AnswerFound, { actor }: Context) => faultOfFilling({
  own: fillsIn(row, actor.staffKey), named: row.filler_key !== null && row.filler_key !== actor.staffKey, form: row.form_state, answer: row.state,
})

/** The same as it is told; null when he may. */
export function refuseFilling(row: AnswerFound, context: Context): Outcome<never> | null {
  const fault = fillingFault(row, context)
  if (fault === null) return null
  if (fault === 'form-state') return inState(row.form_state)
  return fault === 'filled-by-another' ? refuse(fault, { details: { name: row.filler_name ?? '' } }) : refuse(fault)
}
