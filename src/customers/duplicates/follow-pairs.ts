import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk } from '../../foundation/store/store.ts'

/**
 * Pairs and merges follow their two customers: they are seen by who sees both; once merged, by who sees the customer that stayed. All, or those of one customer. Runs as `batch`. Returns how many moved.
 */
export async function followPairs(tx: Transaction, batch: string, customerId: string | null = null): Promise<number> {
  const mine = customerId === null ? sql`` : sql`AND (t.customer_id = ${customerId} OR t.other_id = ${customerId})`
  const scope = sql`least(a.scope_path, b.scope_path) AS least, greatest(a.scope_path, b.scope_path) AS most, ARRAY(SELECT unnest(a.viewers) INTERSECT SELECT unnest(b.viewers) ORDER BY 1) AS viewers`
  let moved = 0
  moved += (await bulk(tx, {
    table: 'duplicate_pair', what: 'change', alias: 'p', batch, why: 'pairs follow their customers',
    statement: sql`UPDATE duplicate_pair p SET scope_least = n.least, scope_most = n.most, viewers = n.viewers
      FROM (SELECT t.customer_id, t.id, ${scope} FROM duplicate_pair t JOIN customer a ON a.customer_id = t.customer_id JOIN customer b ON b.customer_id = t.other_id WHERE t.state NOT IN ('MERGED', 'GONE') ${mine}) n
      WHERE n.customer_id = p.customer_id AND n.id = p.id AND (p.scope_least, p.scope_most, p.viewers) IS DISTINCT FROM (n.least, n.most, n.viewers)`,
  })).count
  moved += (await bulk(tx, {
    table: 'merge_case', what: 'change', alias: 'p', batch, why: 'merges follow their customers',
    statement: sql`UPDATE merge_case p SET scope_least = n.least, scope_most = n.most, viewers = n.viewers
      FROM (SELECT t.customer_id, t.id, ${scope} FROM merge_case t JOIN customer a ON a.customer_id = t.customer_id JOIN customer b ON b.customer_id = CASE t.state WHEN 'MERGED' THEN t.customer_id ELSE t.other_id END WHERE true ${mine}) n
      WHERE n.customer_id = p.customer_id AND n.id = p.id AND (p.scope_least, p.scope_most, p.viewers) IS DISTINCT FROM (n.least, n.most, n.viewers)`,
  })).count
  return moved
}
