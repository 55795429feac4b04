import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk } from '../../foundation/store/store.ts'
import { monthStart } from '../../foundation/values/business-date.ts'
import type { Fen } from '../../foundation/values/fen.ts'
import type { Sandbox } from '../sandbox.ts'

/** What the appraisal group awarded for a month of a scheme, the oldest first: each becomes a line that names the closed month and line it corrects. */
export type Adjustment = { appealId: string; number: string; staffKey: number; staffNo: string; postCode: string; scopePath: string; ofMonth: string; lineCode: string; fen: Fen }

/** Adds the facts of a run and returns them. Nothing closed is edited: the amount is paid on top of what the engine works out. */
export async function payAdjustments(tx: Transaction, run: { runId: string; scheme: string; month: string; sandbox?: Sandbox }): Promise<Adjustment[]> {
  const payMonth = monthStart(run.month)
  const scheme = run.sandbox?.of ?? run.scheme
  const rows = await tx.all(sql<Omit<Adjustment, 'fen'> & { fen: string }>`
    SELECT f.appeal_id AS "appealId", f.number, f.staff_key AS "staffKey", p.staff_no AS "staffNo", coalesce((SELECT s.post_code FROM pay_statement s JOIN closed_month c ON c.run_id = s.run_id WHERE c.scheme_code = f.scheme_code AND c.month = f.of_month AND s.staff_key = f.staff_key), '') AS "postCode",
      f.scope_path AS "scopePath", f.of_month AS "ofMonth", f.line_code AS "lineCode", f.money_fen::text AS fen
    FROM performance_appeal_adjustment_facts f JOIN organisation_staff_facts p ON p.staff_key = f.staff_key WHERE f.scheme_code = ${scheme} AND f.pay_month = ${payMonth}::date ORDER BY f.of_month, f.number`)
  if (run.sandbox) return [...rows, ...await lateCorrections(tx, run.sandbox, payMonth)].map((row) => ({ ...row, fen: BigInt(row.fen) }))
  if (rows.length === 0) return []
  await bulk(tx, {
    table: 'pay_fact', what: 'add', why: `settlement ${run.month}: appeals`, batch: run.runId, sums: ['money_fen'], about: { month: run.month, scheme: run.scheme },
    statement: sql`INSERT INTO pay_fact (run_id, staff_key, line_code, of_month, fact_id, kind, fact_date, money_fen, note, scope_path)
      SELECT ${run.runId}::uuid, f.staff_key, 'APPEAL', f.of_month, f.appeal_id, 'FORM', f.decided_on, f.money_fen, f.number, f.scope_path FROM performance_appeal_adjustment_facts f WHERE f.scheme_code = ${run.scheme} AND f.pay_month = ${payMonth}::date`,
  })
  return rows.map((row) => ({ ...row, fen: BigInt(row.fen) }))
}

/** In a sandbox: what was paid in the month for months before the ones that are tried. */
const lateCorrections = (tx: Transaction, { of, from }: Sandbox, payMonth: string) => tx.all(sql<Omit<Adjustment, 'fen'> & { fen: string }>`
  SELECT m.run_id AS "appealId", 'late' AS number, l.staff_key AS "staffKey", p.staff_no AS "staffNo", s.post_code AS "postCode", s.scope_path AS "scopePath", l.corrects_month AS "ofMonth", l.corrects_code AS "lineCode", l.money_fen::text AS fen
  FROM settled_month m JOIN pay_line l ON l.run_id = m.run_id JOIN pay_statement s ON s.run_id = l.run_id AND s.staff_key = l.staff_key JOIN organisation_staff_facts p ON p.staff_key = l.staff_key
  WHERE m.scheme_code = ${of} AND m.month = ${payMonth}::date AND l.code = 'CORRECTION' AND l.corrects_month < ${from}::date AND l.money_fen <> 0 AND l.detail ->> 'appealId' IS NULL ORDER BY l.staff_key, l.corrects_month, l.corrects_code`)

/** The columns of an adjustment's line: it corrects a line of a closed month and names the appeal. */
export const adjustmentLine = (one: Adjustment) => ({ money_fen: one.fen.toString(), facts: 1, by_form: true, corrects_month: one.ofMonth, corrects_code: one.lineCode, detail: { appeal: one.number, appealId: one.appealId } })
