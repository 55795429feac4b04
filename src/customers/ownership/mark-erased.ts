import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk, change } from '../../foundation/store/store.ts'
import { nowhere } from '../../foundation/store/erase-owned.ts'

/** A customer and everybody who was merged into it, at any distance: their values are its. Run as `batch`. */
export async function withAliases(tx: Transaction, customerId: string): Promise<string[]> {
  const rows = await tx.all(sql<{ id: string }>`
    WITH RECURSIVE led AS (SELECT ${customerId}::uuid AS id UNION SELECT c.customer_id FROM customer c JOIN led l ON c.merged_into = l.id) SELECT id FROM led ORDER BY id`)
  return rows.map(({ id }) => id)
}

/** Before their values are destroyed: they leave every scope and list, nobody looks after them from the day on, and they lead nowhere but to themselves. Run as `batch`. */
export async function markErased(tx: Transaction, customerIds: readonly string[], day: string, { why, batch }: { why: string; batch: string }): Promise<void> {
  await bulk(tx, {
    table: 'assignment', what: 'change', why, batch, alias: 'a',
    statement: sql`UPDATE assignment a SET to_date = greatest(a.from_date, ${day}::date) WHERE a.customer_id = ANY(${[...customerIds]}::uuid[]) AND (a.to_date IS NULL OR a.to_date > ${day})`,
  })
  for (const id of customerIds) await change(tx, 'customer', { customer_id: id }, { merged_into: id, erased_on: day, status: 'CLOSED', scope_path: nowhere, viewers: [], main_staff_key: null }, { why, action: 'ERASE' })
}
