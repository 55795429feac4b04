import { unless, type Verdict } from '../../foundation/access/permission.rules.ts'
import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { Context } from '../../foundation/http/route.ts'
import { monthOf } from '../../foundation/values/business-date.ts'
import { decimalText, exact } from '../../foundation/values/decimal.ts'
import { sumFen } from '../../foundation/values/fen.ts'
import { schemeNameOf, type SchemeName } from '../read-scheme-name.ts'
import { claimState, heldOf, leftOf, trancheState, type ClaimFacts } from './deferral.rules.ts'
import type { CaseKind, PayCaseItem, PayCaseShown, TrancheShown } from './deferral.contract.ts'
import { deferredSteps } from './keep-tranches.ts'

export type TrancheRow = {
  id: string; staffKey: number; staffNo: string; name: string; scheme: string; schemeName: SchemeName; month: string; kind: 'DEFERRED' | 'HELD_SHARE'; lineCode: string; part: number; parts: number; fen: bigint; forfeitedFen: bigint; releasedFen: bigint; dueOn: string | null; scopePath: string
  payMonth: string | null; paid: boolean; openCase: { id: string; number: string } | null; /** Number of an undecided claim on the same period. */ claim: string | null
}

/** Tranches as the role of the transaction may read them (`t`: performance_deferred_tranche_facts), the next due first. */
export async function readTranches(tx: Transaction, where: Sql, limit = 500): Promise<TrancheRow[]> {
  const rows = await tx.all(sql<Omit<TrancheRow, 'fen' | 'forfeitedFen' | 'releasedFen'> & { fen: string; forfeited: string; released: string }>`
    SELECT t.tranche_id AS id, t.staff_key AS "staffKey", p.staff_no AS "staffNo", p.staff_name AS name, t.scheme_code AS scheme, ${schemeNameOf(sql`t.scheme_code`)} AS "schemeName", t.month, t.kind, t.line_code AS "lineCode", t.part, t.parts, t.fen::text AS fen, t.forfeited_fen::text AS forfeited, t.released_fen::text AS released, t.due_on AS "dueOn", t.scope_path AS "scopePath",
      t.pay_month AS "payMonth", EXISTS (SELECT FROM performance_closed_month_facts c WHERE c.scheme_code = t.pay_scheme AND c.month >= t.pay_month) AS paid,
      (SELECT jsonb_build_object('id', c.id, 'number', c.number) FROM pay_case_item i JOIN pay_case c ON c.id = i.case_id WHERE i.tranche_id = t.tranche_id AND NOT EXISTS (SELECT FROM pay_case_end e WHERE e.case_id = c.id) ORDER BY c.number LIMIT 1) AS "openCase",
      (SELECT c.number FROM pay_case c WHERE c.kind = 'CLAW_BACK' AND c.staff_keys @> ARRAY[t.staff_key] AND c.scheme_code = t.scheme_code AND c.month = t.month AND NOT EXISTS (SELECT FROM pay_case_end e WHERE e.case_id = c.id) LIMIT 1) AS claim
    FROM performance_deferred_tranche_facts t JOIN organisation_staff_facts p ON p.staff_key = t.staff_key WHERE ${where} ORDER BY t.due_on NULLS FIRST, t.tranche_id LIMIT ${limit}`)
  return rows.map(({ fen, forfeited, released, ...row }) => ({ ...row, fen: BigInt(fen), forfeitedFen: BigInt(forfeited), releasedFen: BigInt(released) }))
}

export const shownTranche = (row: TrancheRow): TrancheShown => ({
  id: row.id, staffNo: row.staffNo, name: row.name, scheme: row.scheme, schemeName: row.schemeName, month: monthOf(row.month), kind: row.kind, lineCode: row.lineCode, part: row.part, parts: row.parts, fen: row.fen.toString(), heldFen: heldOf(row).toString(), forfeitedFen: row.forfeitedFen.toString(), dueOn: row.dueOn,
  state: trancheState(row), payMonth: row.payMonth === null ? null : monthOf(row.payMonth), paid: row.paid, openCase: row.openCase,
})

/** Deferred pay of settled months that are not closed: worked out and may change. */
export async function readAccrued(tx: Transaction, where: Sql = sql`true`): Promise<TrancheShown[]> {
  const rows = await tx.all(sql<{ staffNo: string; name: string; scheme: string; schemeName: SchemeName; month: string; lineCode: string; part: number; parts: number; fen: string; dueOn: string }>`
    SELECT p.staff_no AS "staffNo", p.staff_name AS name, d.scheme_code AS scheme, ${schemeNameOf(sql`d.scheme_code`)} AS "schemeName", d.month, d.line_code AS "lineCode", d.part, d.parts, d.fen::text AS fen, d.due_on AS "dueOn"
    FROM (${deferredSteps(sql`SELECT m.run_id FROM settled_month m WHERE NOT EXISTS (SELECT FROM closed_month c WHERE c.month = m.month AND c.scheme_code = m.scheme_code)`)}) d JOIN organisation_staff_facts p ON p.staff_key = d.staff_key WHERE ${where} ORDER BY d.due_on, p.staff_no, d.part LIMIT 300`)
  return rows.map((row) => ({ ...row, id: null, month: monthOf(row.month), kind: 'DEFERRED' as const, heldFen: row.fen, forfeitedFen: '0', state: 'ACCRUED' as const, payMonth: null, paid: false, openCase: null }))
}

type CaseRow = {
  id: string; number: string; kind: CaseKind; scheme: string; schemeName: SchemeName; month: string | null; staff: number[]; people: string[]; basis: 'A' | 'B' | 'C' | null; ratio: string | null; conclusion: 'DILIGENT' | 'BASICALLY_DILIGENT' | null; score: { total: string; worst: string } | null; monthlyFen: string | null; evidence: string; reason: string; hearUntil: string | null
  enteredKey: number; enteredBy: string; enteredOn: string; aboutId: string | null; aboutNumber: string | null; items: PayCaseItem[]; agrees: boolean | null; answer: string | null; answeredOn: string | null; result: 'CONFIRMED' | 'RETURNED' | null; decision: string | null; decidedBy: string | null; decidedOn: string | null; payMonth: string | null
  waived: string | null; repaid: string | null; months: { month: string; fen: string; closed: boolean }[]
}

async function caseRows(tx: Transaction, where: Sql): Promise<CaseRow[]> {
  return tx.all(sql<CaseRow>`
    SELECT c.id, c.number, c.kind, c.scheme_code AS scheme, ${schemeNameOf(sql`c.scheme_code`)} AS "schemeName", c.month, c.staff_keys AS staff, (SELECT array_agg(p.staff_name ORDER BY p.staff_no) FROM organisation_staff_facts p WHERE p.staff_key = ANY(c.staff_keys)) AS people, c.basis, c.ratio::text AS ratio, c.conclusion, CASE WHEN c.score_total IS NOT NULL THEN jsonb_build_object('total', c.score_total::text, 'worst', c.score_worst::text) END AS score, c.monthly_fen::text AS "monthlyFen", c.evidence, c.reason,
      c.hear_until AS "hearUntil", c.entered_by AS "enteredKey", n.staff_name AS "enteredBy", c.entered_on AS "enteredOn", c.about_id AS "aboutId", o.number AS "aboutNumber", a.agrees, a.text AS answer, a.answered_on AS "answeredOn", e.result, e.reason AS decision, d.staff_name AS "decidedBy", e.decided_on AS "decidedOn",
      e.pay_month AS "payMonth", f.waived_fen::text AS waived, f.repaid_fen::text AS repaid,
      coalesce((SELECT jsonb_agg(jsonb_build_object('id', i.id, 'name', p.staff_name, 'kind', i.kind, 'month', to_char(i.of_month, 'YYYY-MM'), 'lineCode', i.line_code, 'fen', i.fen::text, 'points', i.points::text, 'why', i.why, 'detail', i.detail) ORDER BY p.staff_no, i.of_month, i.kind DESC, i.line_code)
        FROM pay_case_item i JOIN organisation_staff_facts p ON p.staff_key = i.staff_key WHERE i.case_id = c.id), '[]'::jsonb) AS items,
      CASE WHEN c.kind <> 'CLAW_BACK' THEN '[]'::jsonb ELSE coalesce((SELECT jsonb_agg(jsonb_build_object('month', to_char(m.month, 'YYYY-MM'), 'fen', (-l.money_fen)::text, 'closed', x.run_id IS NOT NULL) ORDER BY m.month) FROM pay_line l JOIN settled_month m ON m.run_id = l.run_id LEFT JOIN closed_month x ON x.month = m.month AND x.scheme_code = m.scheme_code
        WHERE l.staff_key = c.staff_keys[1] AND l.detail ->> 'kind' = 'CLAIM' AND l.detail ->> 'caseId' = c.id::text AND l.money_fen <> 0), '[]'::jsonb) END AS months
    FROM pay_case c JOIN organisation_staff_facts n ON n.staff_key = c.entered_by LEFT JOIN pay_case o ON o.id = c.about_id LEFT JOIN pay_case_answer a ON a.case_id = c.id LEFT JOIN pay_case_end e ON e.case_id = c.id LEFT JOIN organisation_staff_facts d ON d.staff_key = e.decided_by
    LEFT JOIN performance_claim_facts f ON f.case_id = c.id WHERE ${where} ORDER BY e.case_id IS NOT NULL, c.entered_on DESC, c.id DESC LIMIT 200`)
}

const claimOf = (row: CaseRow): ClaimFacts => ({
  answer: row.agrees, end: row.result, claimFen: sumFen(row.items.filter(({ kind }) => kind === 'CLAIM').map(({ fen }) => BigInt(fen))), takenFen: sumFen(row.months.map(({ fen }) => BigInt(fen))), waivedFen: BigInt(row.waived ?? '0'), repaidFen: BigInt(row.repaid ?? '0'),
})

/** A claim with its person, for what is decided about it later; null when the case is no claim. */
export async function readClaim(tx: Transaction, caseId: string): Promise<(ClaimFacts & { staffKey: number; scheme: string; ofMonth: string; scopePath: string }) | null> {
  const [row] = await caseRows(tx, sql`c.id = ${caseId} AND c.kind = 'CLAW_BACK'`)
  if (!row) return null
  const { path } = await tx.one(sql<{ path: string }>`SELECT scope_path AS path FROM pay_case_item WHERE case_id = ${caseId} AND kind = 'CLAIM'`)
  return { ...claimOf(row), staffKey: row.staff[0] ?? 0, scheme: row.scheme, ofMonth: row.month ?? '', scopePath: path }
}

/** Cases as the role of the transaction may read them, those that wait first. */
export async function readCases(tx: Transaction, { actor, may, businessDate: day }: Pick<Context, 'actor' | 'may' | 'businessDate'>, where: Sql): Promise<{ shown: PayCaseShown; items: PayCaseItem[] }[]> {
  return (await caseRows(tx, where)).map((row) => {
    const claim = row.kind === 'CLAW_BACK' ? claimOf(row) : null
    const mine = row.staff.includes(actor.staffKey)
    const heard = row.hearUntil === null || row.agrees !== null || day > row.hearUntil
    const decide = unless(may('deferral.decide'), row.result !== null ? 'decided-already' : mine ? 'own-case' : row.enteredKey === actor.staffKey ? 'same-person' : null)
    const own: Verdict = mine ? { allowed: true, reason: null } : { allowed: false, reason: 'not-allowed' }
    return {
      items: row.items,
      shown: {
        id: row.id, number: row.number, kind: row.kind, state: claim ? claimState(claim) : row.result ?? 'WAITING', people: row.people, mine, scheme: row.scheme, schemeName: row.schemeName, month: row.month === null ? null : monthOf(row.month), basis: row.basis, ratio: row.ratio === null ? null : decimalText(exact(row.ratio), 2), conclusion: row.conclusion, score: row.score,
        monthlyFen: row.monthlyFen, evidence: row.evidence, reason: row.reason, hearUntil: row.hearUntil, enteredBy: row.enteredBy, enteredOn: row.enteredOn, fen: sumFen(row.items.filter(({ kind }) => kind !== 'KEPT').map(({ fen }) => BigInt(fen))).toString(),
        answer: row.agrees === null || row.answer === null || row.answeredOn === null ? null : { agrees: row.agrees, text: row.answer, on: row.answeredOn },
        end: row.decision === null || row.decidedBy === null || row.decidedOn === null ? null : { reason: row.decision, by: row.decidedBy, on: row.decidedOn, payMonth: row.payMonth === null ? null : monthOf(row.payMonth) },
        claim: claim && { claimFen: claim.claimFen.toString(), takenFen: claim.takenFen.toString(), waivedFen: claim.waivedFen.toString(), repaidFen: claim.repaidFen.toString(), leftFen: leftOf(claim).toString(), months: row.months },
        about: row.aboutId === null || row.aboutNumber === null ? null : { id: row.aboutId, number: row.aboutNumber },
        may: {
          decide, confirm: unless(decide, heard ? null : 'not-heard-yet'), answer: unless(own, row.kind !== 'CLAW_BACK' ? 'not-allowed' : row.result !== null ? 'decided-already' : row.agrees !== null ? 'answered-already' : null),
          part: unless(may('deferral.propose'), mine ? 'own-case' : claim && claimState(claim) === 'AGREED' ? null : 'not-agreed'),
        },
      },
    }
  })
}
