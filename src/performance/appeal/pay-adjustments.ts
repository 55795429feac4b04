import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk } from '../../foundation/store/store.ts'
import { monthStart } from '../../foundation/values/business-date.ts'
import { payDecided, type Decided } from '../deferral/pay-decided.ts'
import type { Sandbox } from '../sandbox.ts'

/** What is paid for a month of a scheme on top of what the engine works out: what the appraisal group awarded, released tranches, deductions given back. Each becomes a line that names the closed month and line it comes from. */
export type Adjustment = Decided
type Run = { runId: string; scheme: string; month: string; sandbox?: Sandbox }
type Row = Omit<Adjustment, 'fen' | 'detail'> & { fen: string; appealId: string; number: string }

/** Adds the facts of a run and returns them, awards first. Nothing closed is edited. `from`: the first month of the period that the run pays; whatever falls into it is paid with it. */
export async function payAdjustments(tx: Transaction, run: Run & { from?: string }): Promise<Adjustment[]> {
  const from = run.from ?? monthStart(run.month)
  const awards = await payAwards(tx, { ...run, from })
  return run.sandbox ? awards : [...awards, ...(await payDecided(tx, { ...run, from }))]
}

async function payAwards(tx: Transaction, run: Run & { from: string }): Promise<Adjustment[]> {
  const span = sql`f.pay_scheme = ${run.sandbox?.of ?? run.scheme} AND f.pay_month >= ${run.from}::date AND f.pay_month <= ${monthStart(run.month)}::date`
  const shown = ({ appealId, number, ...row }: Row): Adjustment => ({ ...row, fen: BigInt(row.fen), detail: { appeal: number, appealId } })
  const rows = await tx.all(sql<Row>`
    SELECT f.appeal_id AS "appealId", f.number, f.staff_key AS "staffKey", p.staff_no AS "staffNo", coalesce((SELECT s.post_code FROM pay_statement s JOIN closed_month c ON c.run_id = s.run_id WHERE c.scheme_code = f.scheme_code AND c.month = f.of_month AND s.staff_key = f.staff_key), '') AS "postCode",
      f.scope_path AS "scopePath", f.of_month AS "ofMonth", f.line_code AS "lineCode", f.money_fen::text AS fen
    FROM performance_appeal_adjustment_facts f JOIN organisation_staff_facts p ON p.staff_key = f.staff_key WHERE ${span} ORDER BY f.of_month, f.number`)
  if (run.sandbox) return [...rows, ...await lateCorrections(tx, run.sandbox, monthStart(run.month))].map(shown)
  if (rows.length === 0) return []
  await bulk(tx, {
    table: 'pay_fact', what: 'add', why: `settlement ${run.month}: appeals`, batch: run.runId, sums: ['money_fen'], about: { month: run.month, scheme: run.scheme },
    statement: sql`INSERT INTO pay_fact (run_id, staff_key, line_code, of_month, fact_id, kind, fact_date, money_fen, note, scope_path)
      SELECT ${run.runId}::uuid, f.staff_key, 'APPEAL', f.of_month, f.appeal_id, 'FORM', f.decided_on, f.money_fen, f.number, f.scope_path FROM performance_appeal_adjustment_facts f WHERE ${span}`,
  })
  return rows.map(shown)
}

/** In a sandbox: what was paid in the month for months before the ones that are tried, decided cases and what was taken for claims among it. */
const lateCorrections = (tx: Transaction, { of, from }: Sandbox, payMonth: string) => tx.all(sql<Row>`
  SELECT m.run_id AS "appealId", 'late' AS number, l.staff_key AS "staffKey", p.staff_no AS "staffNo", s.post_code AS "postCode", s.scope_path AS "scopePath", l.corrects_month AS "ofMonth", l.corrects_code AS "lineCode", l.money_fen::text AS fen
  FROM settled_month m JOIN pay_line l ON l.run_id = m.run_id JOIN pay_statement s ON s.run_id = l.run_id AND s.staff_key = l.staff_key JOIN organisation_staff_facts p ON p.staff_key = l.staff_key
  WHERE m.scheme_code = ${of} AND m.month = ${payMonth}::date AND l.code = 'CORRECTION' AND l.corrects_month < ${from}::date AND l.money_fen <> 0 AND l.detail ->> 'appealId' IS NULL ORDER BY l.staff_key, l.corrects_month, l.corrects_code`)

/** The columns of such a line: which line of which closed month it comes from, and by which decision. */
export const adjustmentLine = (one: Adjustment) => ({ money_fen: one.fen.toString(), facts: 1, by_form: true, corrects_month: one.ofMonth, corrects_code: one.lineCode, detail: one.detail })
