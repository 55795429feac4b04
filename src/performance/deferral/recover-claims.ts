import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { monthStart } from '../../foundation/values/business-date.ts'
import type { Fen } from '../../foundation/values/fen.ts'
import type { LineRow } from '../store-pay.ts'
import { takeOfMonth } from './deferral.rules.ts'

/** A claim of which something is left at the beginning of a month. */
export type DueClaim = { caseId: string; number: string; ofMonth: string; leftFen: Fen; monthlyFen: Fen | null }

/** Agreed claims by person, the oldest decision first; what other settled months took, what was waived and repaid is off already. */
export async function dueClaims(tx: Transaction, run: { scheme: string; month: string }): Promise<Map<number, DueClaim[]>> {
  const month = monthStart(run.month)
  const rows = await tx.all(sql<{ staffKey: number; caseId: string; number: string; ofMonth: string; left: string; monthly: string | null }>`
    SELECT f.staff_key AS "staffKey", f.case_id AS "caseId", f.number, f.of_month AS "ofMonth", f.monthly_fen::text AS monthly, (f.fen - f.waived_fen - f.repaid_fen - coalesce(t.taken, 0))::text AS left
    FROM performance_claim_facts f LEFT JOIN LATERAL (
      SELECT -sum(l.money_fen) AS taken FROM settled_month m JOIN pay_line l ON l.run_id = m.run_id AND l.staff_key = f.staff_key
      WHERE l.detail ->> 'kind' = 'CLAIM' AND l.detail ->> 'caseId' = f.case_id::text AND (m.month < ${month}::date OR (m.month = ${month}::date AND m.scheme_code <> ${run.scheme}))) t ON true
    WHERE f.pay_month <= ${month}::date ORDER BY f.staff_key, f.number`)
  const found = new Map<number, DueClaim[]>()
  for (const { staffKey, left, monthly, ...row } of rows) if (BigInt(left) > 0n) found.set(staffKey, [...(found.get(staffKey) ?? []), { ...row, leftFen: BigInt(left), monthlyFen: monthly === null ? null : BigInt(monthly) }])
  return found
}

/** What a month's pay gives for claims: a negative amount and its line, which tells what was asked and what is left. */
export function claimLines(payableFen: Fen, claims: readonly DueClaim[]): { fen: Fen; line: Partial<LineRow> }[] {
  const taken = takeOfMonth(payableFen, claims)
  return claims.map(({ caseId, number, ofMonth, leftFen, monthlyFen }, place) => {
    const fen = -(taken[place]?.takenFen ?? 0n)
    return {
      fen, line: {
        money_fen: fen.toString(), by_form: true, corrects_month: ofMonth, corrects_code: 'PAYABLE', why: fen === 0n ? 'nothing-to-take' : null,
        detail: { kind: 'CLAIM', name: '追索扣回', nameEn: 'Claw-back', decision: number, caseId, requested: leftFen.toString(), left: (leftFen + fen).toString(), ...(monthlyFen === null ? {} : { monthly: monthlyFen.toString() }) },
      },
    }
  })
}
