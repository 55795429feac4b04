import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { Context } from '../../foundation/http/route.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { readNarrowing } from './read-narrowing.ts'

/** The customers of a segment that this person may use, of those whom he sees, today; at most so many. Refusal: 'segment-gone'. */
export async function findSegmentCustomers(tx: Transaction, segment: string, context: Context, most: number): Promise<Outcome<string[]>> {
  if (!context.may('customer.segment').allowed) return refuse('segment-gone', { field: 'customers' })
  const where = await readNarrowing(tx, { segment }, context)
  if (!where.ok) return refuse('segment-gone', { field: 'customers' })
  const rows = await tx.all(sql<{ customer_id: string }>`SELECT c.customer_id FROM customer c WHERE c.merged_into IS NULL AND ${where.value ?? sql`false`} ORDER BY c.customer_id LIMIT ${most}`)
  return ok(rows.map((row) => row.customer_id))
}
