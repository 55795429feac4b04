import { sql, type Transaction } from '../foundation/database/transaction.ts'

/** Which of these customers are confidential: they are not named on a screen that all look at. */
export async function confidentialOf(tx: Transaction, customerIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (customerIds.length === 0) return new Set()
  const rows = await tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', () => tx.all(sql<{ customer_id: string }>`SELECT customer_id FROM customers_confidentiality_facts WHERE customer_id = ANY(${[...customerIds]}::uuid[])`))
  return new Set(rows.map((row) => row.customer_id))
}
