import { sql, type Transaction } from '../foundation/database/transaction.ts'

/** Customers whose loans bear numbers that begin so; at most `limit`. A hint only: the rows are read through the customer's policy, which checks each. */
export function loansNumbered(tx: Transaction, beginnings: readonly string[], limit: number): Promise<{ customer_id: string; number: string; product: string; product_en: string; settled_on: string | null }[]> {
  return tx.asRole('engine', () => tx.all(sql<{ customer_id: string; number: string; product: string; product_en: string; settled_on: string | null }>`
    SELECT l.customer_id, l.core_key AS number, p.name AS product, p.name_en AS product_en, l.settled_on FROM loan l JOIN product p ON p.code = l.product_code
    WHERE ${sql.join(beginnings.map((one) => sql`(l.core_key >= ${one} AND l.core_key < ${`${one}~`})`), sql` OR `)} ORDER BY l.core_key LIMIT ${limit}`))
}
