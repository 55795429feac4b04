import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'

/**
 * Who may release a column today: of `asked` (id, owner, asked_by) everybody who holds a post in the department of the owner's name, as line or as place; where the bank has no such department or nobody is in it, compliance and
 * administration. Who asked is never among them. One row for each id: reviewers int[].
 */
export function reviewersOf(asked: Sql, day: Sql): Sql {
  const inForce = sql`from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`
  return sql`
    WITH held AS MATERIALIZED (SELECT staff_key, post_code, line_key, place_key FROM organisation_post_facts WHERE ${inForce}),
    unit AS MATERIALIZED (SELECT institution_key, name FROM organisation_institution_facts WHERE ${inForce})
    SELECT q.id, CASE WHEN cardinality(o.keys) > 0 THEN o.keys ELSE ARRAY(SELECT DISTINCT h.staff_key FROM held h WHERE h.post_code IN ('COMPLIANCE', 'ADMIN') AND h.staff_key <> q.asked_by ORDER BY 1) END AS reviewers
    FROM (${asked}) q CROSS JOIN LATERAL (SELECT ARRAY(SELECT DISTINCT h.staff_key FROM held h JOIN unit u ON u.institution_key IN (h.line_key, h.place_key) WHERE u.name = q.owner AND h.staff_key <> q.asked_by ORDER BY 1) AS keys) o`
}

export async function reviewersToday(tx: Transaction, owner: string | null, askedBy: number, day: string): Promise<number[]> {
  const { reviewers } = await tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', () => tx.one(sql<{ reviewers: number[] }>`
    SELECT r.reviewers FROM (${reviewersOf(sql`SELECT 1 AS id, ${owner}::text AS owner, ${askedBy}::int AS asked_by`, sql`${day}::date`)}) r`))
  return reviewers
}
