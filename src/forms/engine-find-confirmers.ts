import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'

/**
 * Who confirms what is handed in: the head of the answerer's outlet, and of a head's own answer the next head above. Nobody confirms for himself, and nobody for whom he stands in today. Where managers belong to a
 * department no outlet's head leads them: the lead of their team does. Who is absent is passed over. Where nobody is left, nobody confirms: what waits stays where it is.
 */

const rankOf = (post: Sql): Sql => sql`(CASE ${post} WHEN 'TEAM_LEAD' THEN 1 WHEN 'OUTLET_HEAD' THEN 2 WHEN 'OUTLET_HEAD_PLACE' THEN 2 WHEN 'BRANCH_HEAD' THEN 3 WHEN 'BANK_LEADER' THEN 4 ELSE 0 END)`

/** One row for each who may confirm: id of the row of `below` (id, staff_key, scope_path), the head's staff_key, place 1 for the one to whom it is shown. */
export function confirmersOf(below: Sql, day: Sql): Sql {
  const inForce = sql`from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`
  const under = (path: Sql, unit: Sql): Sql => sql`(${path} = ${unit} OR starts_with(${path}, ${unit} || '.'))`
  return sql`
    WITH asked AS (${below}),
    held AS MATERIALIZED (SELECT staff_key, staff_no, post_code, line_path, ${rankOf(sql`post_code`)} AS rank FROM organisation_post_facts WHERE ${inForce} AND ${rankOf(sql`post_code`)} > 0),
    away AS MATERIALIZED (SELECT absent_key, substitute_key FROM customers_absence_facts WHERE from_date <= ${day} AND to_date > ${day}),
    outlet AS MATERIALIZED (SELECT scope_path FROM organisation_institution_facts WHERE kind = 'OUTLET' AND ${inForce}),
    head AS MATERIALIZED (
      SELECT DISTINCT ON (h.staff_key, h.line_path) h.staff_key, h.staff_no, h.line_path, h.rank FROM held h
      WHERE h.post_code <> 'OUTLET_HEAD_PLACE' AND NOT EXISTS (SELECT FROM away a WHERE a.absent_key = h.staff_key) AND (h.post_code <> 'TEAM_LEAD' OR NOT EXISTS (SELECT FROM outlet o WHERE ${under(sql`h.line_path`, sql`o.scope_path`)}))
      ORDER BY h.staff_key, h.line_path, h.rank DESC),
    own AS MATERIALIZED (SELECT staff_key, max(rank) AS rank FROM held GROUP BY staff_key)
    SELECT n.id, n.staff_key, n.place FROM (
      SELECT b.id, h.staff_key, row_number() OVER (PARTITION BY b.id ORDER BY length(h.line_path) DESC, h.rank DESC, h.staff_no) AS place, dense_rank() OVER (PARTITION BY b.id ORDER BY length(h.line_path) DESC, h.rank DESC) AS level
      FROM asked b LEFT JOIN own o ON o.staff_key = b.staff_key
      JOIN head h ON ${under(sql`b.scope_path`, sql`h.line_path`)} AND h.staff_key <> b.staff_key AND (h.rank > coalesce(o.rank, 0) OR (h.rank = o.rank AND length(h.line_path) < length(b.scope_path)))
        AND NOT EXISTS (SELECT FROM away a WHERE a.absent_key = b.staff_key AND a.substitute_key = h.staff_key)) n
    WHERE n.level = 1`
}

const asEngine = <T>(tx: Transaction, work: () => Promise<T>): Promise<T> => tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', work)

/** Who may confirm what this person hands in today, first the one to whom it is shown; empty when there is nobody. */
export async function confirmersToday(tx: Transaction, answerer: { staffKey: number; scopePath: string }, day: string): Promise<number[]> {
  const rows = await asEngine(tx, () => tx.all(sql<{ staff_key: number }>`
    SELECT c.staff_key FROM (${confirmersOf(sql`SELECT 1 AS id, ${answerer.staffKey}::int AS staff_key, ${answerer.scopePath}::text COLLATE "C" AS scope_path`, sql`${day}::date`)}) c ORDER BY c.place`))
  return rows.map((row) => row.staff_key)
}

/** How many of those who would be asked (staff_key, scope_path) have nobody who confirms for them, and the first of them. */
export async function countUnconfirmed(tx: Transaction, wanted: Sql, day: string): Promise<{ count: number; first: string | null }> {
  return asEngine(tx, () => tx.one(sql<{ count: number; first: string | null }>`
    WITH wanted AS MATERIALIZED (SELECT row_number() OVER () AS id, w.staff_key, w.scope_path FROM (${wanted}) w)
    SELECT count(*)::int AS count, min(s.staff_name) AS first FROM wanted w JOIN organisation_staff_facts s ON s.staff_key = w.staff_key
    WHERE NOT EXISTS (SELECT FROM (${confirmersOf(sql`SELECT id, staff_key, scope_path FROM wanted`, sql`${day}::date`)}) c WHERE c.id = w.id)`))
}
