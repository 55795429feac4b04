import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'

export type Counted = { people: number; customers: number; most: number; mostName: string | null }

/** How many managers would answer about how many customers (`wanted`: staff_key, customer_id), and who has most of them. A number, never a customer. */
export async function countSubjects(tx: Transaction, wanted: Sql): Promise<Counted> {
  return tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', () => tx.one(sql<Counted>`
    WITH by AS (SELECT w.staff_key, count(*)::int AS n FROM (${wanted}) w GROUP BY w.staff_key)
    SELECT count(*)::int AS people, coalesce(sum(n), 0)::int AS customers, coalesce(max(n), 0)::int AS most, (SELECT s.staff_name FROM by b JOIN organisation_staff_facts s ON s.staff_key = b.staff_key ORDER BY b.n DESC, s.staff_no LIMIT 1) AS "mostName" FROM by`))
}
