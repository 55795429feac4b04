import { sql, type Transaction } from '../foundation/database/transaction.ts'

/** No place among fewer units than these. */
const fewest = 5

/** The place of a unit among the outlets below the same parent by effective contacts a manager in a month up to a day: its place and how many, nobody else's figure. Null where there are too few. */
export async function rankUnit(tx: Transaction, unitKey: number, monthStart: string, day: string): Promise<{ place: number; of: number; perManager: string } | null> {
  const found = await tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', () => tx.maybe(sql<{ place: number; of: number; perManager: string }>`
    WITH sibling AS (
      SELECT i.institution_key FROM organisation_institution_facts i JOIN organisation_institution_facts o ON o.institution_key = ${unitKey} AND o.parent_key = i.parent_key AND o.kind = i.kind
      WHERE i.from_date <= ${day} AND (i.to_date IS NULL OR i.to_date > ${day}) AND o.from_date <= ${day} AND (o.to_date IS NULL OR o.to_date > ${day})),
    manager AS (SELECT DISTINCT p.staff_key, p.line_key FROM organisation_post_facts p JOIN sibling s ON s.institution_key = p.line_key WHERE p.post_code = 'RM' AND p.main AND p.from_date <= ${day} AND (p.to_date IS NULL OR p.to_date > ${day})),
    had AS (SELECT c.staff_key, count(*) AS contacts FROM visits_contact_facts c JOIN manager m ON m.staff_key = c.staff_key WHERE c.effective AND c.business_date BETWEEN ${monthStart} AND ${day} GROUP BY c.staff_key),
    unit AS (SELECT m.line_key, sum(coalesce(h.contacts, 0)) / count(*) AS each FROM manager m LEFT JOIN had h ON h.staff_key = m.staff_key GROUP BY m.line_key),
    ranked AS (SELECT line_key, rank() OVER (ORDER BY each DESC)::int AS place, (count(*) OVER ())::int AS "of", round(each, 2)::text AS "perManager" FROM unit)
    SELECT place, "of", "perManager" FROM ranked WHERE line_key = ${unitKey}`))
  return found && found.of >= fewest ? found : null
}
