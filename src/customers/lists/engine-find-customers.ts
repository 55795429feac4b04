import type { Actor } from '../../foundation/access/actor.ts'
import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'

/** How far the asker sees: his scope, said as a condition on the customer `c`. The same as the policies of the table, whose roles cannot read what other capabilities publish. */
export type Sight = Pick<Actor, 'breadth' | 'staffKey' | 'linePath'>

function inSight({ breadth, staffKey, linePath }: Sight): Sql {
  switch (breadth) {
    case 'SELF': return sql`c.viewers @> ARRAY[${staffKey}::int]`
    case 'UNIT': return sql`c.scope_path >= ${linePath} AND c.scope_path < ${`${linePath}/`}`
    // one that was merged into another is seen by nobody
    case 'ALL': return sql`c.merged_into IS NULL`
    case 'NONE': return sql`false`
  }
}

/**
 * Ids of customers in the asker's sight for which conditions hold, in an order, at most `limit`. They are only a hint: whoever asks reads the rows through the table's policy, which checks
 * each of them again. So a mistake here can hide a customer, never show one (as in search_customers, decision 0007).
 */
export function findCustomerIds(tx: Transaction, sight: Sight, where: Sql, order: Sql, limit: number): Promise<string[]> {
  return tx.asRole('engine', async () => (await tx.all(sql<{ id: string }>`SELECT c.customer_id AS id FROM customer c WHERE ${inSight(sight)} AND ${where} ORDER BY ${order} LIMIT ${limit}`)).map((row) => row.id))
}

/** Both in one question: ids of the first ones, and how many there are, counted to `most`. */
export function findAndCount(tx: Transaction, sight: Sight, where: Sql, { order, limit, most }: { order: Sql; limit: number; most: number }): Promise<{ ids: string[]; count: number }> {
  const asked = sql`FROM customer c WHERE ${inSight(sight)} AND ${where}`
  return tx.asRole('engine', () => tx.one(sql<{ ids: string[]; count: number }>`
    SELECT ARRAY(SELECT c.customer_id ${asked} ORDER BY ${order} LIMIT ${limit}) AS ids, (SELECT count(*)::int FROM (SELECT 1 ${asked} LIMIT ${most}) counted) AS count`))
}

/** How many there are in the asker's sight, counted to `most`. */
export function countCustomersWhere(tx: Transaction, sight: Sight, where: Sql, most: number): Promise<number> {
  return tx.asRole('engine', async () => (await tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM (SELECT 1 FROM customer c WHERE ${inSight(sight)} AND ${where} LIMIT ${most}) counted`)).n)
}
