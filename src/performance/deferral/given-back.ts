import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { monthStart } from '../../foundation/values/business-date.ts'
import type { Fen } from '../../foundation/values/fen.ts'

/** What exemptions gave back of lines of closed months of a scheme, less what corrections since were reduced by; by `staff month line`. */
export async function givenBack(tx: Transaction, run: { scheme: string; month: string }): Promise<Map<string, Fen>> {
  const month = monthStart(run.month)
  const rows = await tx.all(sql<{ staffKey: number; ofMonth: string; lineCode: string; left: string }>`
    SELECT f.staff_key AS "staffKey", f.of_month AS "ofMonth", f.line_code AS "lineCode", (sum(f.money_fen) - coalesce((
      SELECT sum((l.detail ->> 'exempted')::bigint) FROM settled_month m JOIN pay_line l ON l.run_id = m.run_id AND l.staff_key = f.staff_key AND l.code = 'CORRECTION' AND l.corrects_month = f.of_month AND l.corrects_code = f.line_code
      WHERE m.scheme_code = ${run.scheme} AND m.month < ${month}::date), 0))::text AS left
    FROM performance_pay_case_payment_facts f WHERE f.kind = 'EXEMPTION' AND f.scheme_code = ${run.scheme} AND f.of_month < ${month}::date AND f.pay_month <= ${month}::date GROUP BY f.staff_key, f.of_month, f.line_code`)
  return new Map(rows.flatMap(({ staffKey, ofMonth, lineCode, left }) => (BigInt(left) > 0n ? [[`${staffKey} ${ofMonth} ${lineCode}`, BigInt(left)] as const] : [])))
}
