import { sql, type Transaction } from '../../foundation/database/transaction.ts'

/** Which of these customers more than one person asks for. Who else it is, a claimant does not see; that he is not alone, he does. */
export async function findDisputes(tx: Transaction, customers: readonly string[]): Promise<ReadonlySet<string>> {
  if (customers.length === 0) return new Set()
  const rows = await tx.asRole('engine', () => tx.all(sql<{ id: string }>`SELECT customer_id AS id FROM pool_claim WHERE customer_id = ANY(${[...customers]}::uuid[]) AND state = 'OPEN' GROUP BY customer_id HAVING count(*) > 1`))
  return new Set(rows.map((row) => row.id))
}
