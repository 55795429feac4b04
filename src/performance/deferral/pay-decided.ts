import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk } from '../../foundation/store/store.ts'
import { monthStart } from '../../foundation/values/business-date.ts'
import type { Fen } from '../../foundation/values/fen.ts'

type Row = { itemId: string; staffKey: number; staffNo: string; postCode: string; scopePath: string; kind: 'TRANCHE' | 'EXEMPTION'; caseId: string; number: string; ofMonth: string; lineCode: string; fen: string; points: string | null; detail: Record<string, string | null> }
/** What is paid on top of what the engine works out, in the shape of an award of the appraisal group. */
export type Decided = { staffKey: number; staffNo: string; postCode: string; scopePath: string; ofMonth: string; lineCode: string; fen: Fen; detail: Record<string, string | null> }

const words = { TRANCHE: { name: '延期支付到期', nameEn: 'Deferred pay released' }, EXEMPTION: { name: '尽职免责返还', nameEn: 'Given back by exemption' } } as const

/** Adds the facts of released tranches and of deductions given back to a run and returns them, the oldest month first: each is a line that names the month and line it comes from. Nothing closed is edited. */
export async function payDecided(tx: Transaction, run: { runId: string; scheme: string; month: string; from: string }): Promise<Decided[]> {
  const span = sql`f.pay_scheme = ${run.scheme} AND f.pay_month >= ${run.from}::date AND f.pay_month <= ${monthStart(run.month)}::date`
  const rows = await tx.all(sql<Row>`
    SELECT f.item_id AS "itemId", f.staff_key AS "staffKey", p.staff_no AS "staffNo", coalesce((SELECT s.post_code FROM pay_statement s JOIN closed_month c ON c.run_id = s.run_id WHERE c.scheme_code = f.scheme_code AND c.month = f.of_month AND s.staff_key = f.staff_key), '') AS "postCode",
      f.scope_path AS "scopePath", f.kind, f.case_id AS "caseId", f.number, f.of_month AS "ofMonth", f.line_code AS "lineCode", f.money_fen::text AS fen, f.points::text AS points, f.detail
    FROM performance_pay_case_payment_facts f JOIN organisation_staff_facts p ON p.staff_key = f.staff_key WHERE ${span} ORDER BY f.of_month, f.line_code, f.number, f.item_id`)
  if (rows.length === 0) return []
  await bulk(tx, {
    table: 'pay_fact', what: 'add', why: `settlement ${run.month}: deferred pay and exemptions`, batch: run.runId, sums: ['money_fen'], about: { month: run.month, scheme: run.scheme },
    statement: sql`INSERT INTO pay_fact (run_id, staff_key, line_code, of_month, fact_id, kind, fact_date, money_fen, note, scope_path)
      SELECT ${run.runId}::uuid, f.staff_key, f.kind, f.of_month, f.item_id, 'FORM', f.decided_on, f.money_fen, f.number, f.scope_path FROM performance_pay_case_payment_facts f WHERE ${span}`,
  })
  return rows.map(({ itemId, kind, caseId, number, fen, points, detail, ...row }) => ({ ...row, fen: BigInt(fen), detail: { ...detail, ...words[kind], kind, decision: number, caseId, itemId, ...(points === null ? {} : { points }) } }))
}
