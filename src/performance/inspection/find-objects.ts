import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { monthStart, nextMonth } from '../../foundation/values/business-date.ts'
import type { RunObject } from './run.contract.ts'
import { indicatorOf, labelOf } from './run.rules.ts'

/** Planning, drawing, finding and the form wait for each other: what one counts the other must see. */
export const oneInspectionAtATime = (tx: Transaction): Promise<unknown> => tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended('inspections', 27))`)

export type Found = { staffKey: number; number: string; label: string; loanId: string | null; loanFen: string | null }

/** Whether a fact by form tells of an object already: the same label or number, or a report about the same loan. Of a check also the same loan in the same month. */
export const isByForm = (object: RunObject, month: string, one: { staffKey: Sql; number: Sql; label: Sql; loanId: Sql }): Sql => sql`EXISTS (
  SELECT FROM indicator_fact i WHERE i.staff_key = ${one.staffKey} AND i.indicator = ${indicatorOf(object)} AND i.inspected_id IS NULL AND i.returned_by IS NULL AND i.corrects IS NULL
    AND (lower(i.object) IN (lower(${one.label}), lower(${one.number})) OR (i.loan_id = ${one.loanId} ${object === 'REPORT' ? sql`` : sql`AND i.month = ${monthStart(month)}::date`})))`

/**
 * What could be drawn from, for some managers and a month: a report for each loan paid out in the month, with the main manager of that day, also after a merge; post-loan checks as the confirmed lists say. What a fact by form tells of
 * already is left out.
 */
export async function findObjects(tx: Transaction, object: RunObject, month: string, managers: readonly number[]): Promise<Found[]> {
  const [from, to] = [monthStart(month), monthStart(nextMonth(month))]
  const loans = sql`
    SELECT a.staff_key AS "staffKey", l.core_key AS number, l.loan_id AS "loanId", CASE WHEN l.currency = (SELECT currency FROM bank) THEN l.amount_fen::text END AS "loanFen"
    FROM holdings_loan_facts l LEFT JOIN customers_merged_thing_facts m ON m.thing_id = l.loan_id AND m.from_date <= l.paid_out_on AND m.to_date > l.paid_out_on
    JOIN customers_assignment_facts a ON a.customer_id = coalesce(m.customer_id, l.customer_id) AND a.main AND a.from_date <= l.paid_out_on AND (a.to_date IS NULL OR a.to_date > l.paid_out_on)
    WHERE l.paid_out_on >= ${from}::date AND l.paid_out_on < ${to}::date AND a.staff_key = ANY(${[...managers]}::int[])`
  const lists = sql`
    SELECT c.staff_key AS "staffKey", o.number, o."loanId", NULL::text AS "loanFen" FROM inspection_list c CROSS JOIN LATERAL jsonb_to_recordset(c.objects) AS o(number text, "loanId" uuid)
    WHERE c.month = ${from}::date AND c.result = 'CONFIRMED' AND c.staff_key = ANY(${[...managers]}::int[])`
  const rows = await tx.asRole('batch', () => tx.all(sql<Omit<Found, 'label'>>`
    SELECT p.* FROM (${object === 'REPORT' ? loans : lists}) p WHERE NOT ${isByForm(object, month, { staffKey: sql`p."staffKey"`, number: sql`p.number`, label: sql`${labelOf(object, '')} || p.number`, loanId: sql`p."loanId"` })} ORDER BY p."staffKey", p.number LIMIT 20000`))
  return rows.map((row) => ({ ...row, label: labelOf(object, row.number) }))
}

/** The run that has drawn an object which somebody enters by form; null: none. A run that was withdrawn has none. */
export async function runOfObject(tx: Transaction, given: { staffKey: number; indicator: string; month: string; object: string; loanId: string | null }): Promise<string | null> {
  const found = await tx.maybe(sql<{ number: string }>`
    SELECT r.number FROM inspection_object o JOIN inspection_run r ON r.id = o.run_id WHERE o.staff_key = ${given.staffKey} AND o.drawn AND r.withdrawn_on IS NULL AND r.object = ${given.indicator === 'INSPECTION_REPORT' ? 'REPORT' : 'POST_LOAN_CHECK'}
      AND (lower(${given.object}) IN (lower(o.label), lower(o.number)) OR (o.loan_id = ${given.loanId}::uuid AND (r.object = 'REPORT' OR r.month = ${monthStart(given.month)}::date))) LIMIT 1`)
  return found?.number ?? null
}
