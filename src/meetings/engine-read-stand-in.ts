import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'

const asEngine = <T>(tx: Transaction, work: () => Promise<T>): Promise<T> => tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', work)

/** Whether somebody stands in for this person at this customer on a day: then he only reads. */
export async function standsAside(tx: Transaction, staffKey: number, customerId: string, day: string): Promise<boolean> {
  const { aside } = await asEngine(tx, () => tx.one(sql<{ aside: boolean }>`
    SELECT EXISTS (SELECT FROM customers_stand_in_facts WHERE customer_id = ${customerId} AND absent_key = ${staffKey} AND from_date <= ${day} AND to_date > ${day}) AS aside`))
  return aside
}

/** A condition on appointments `a`: the person stands in for their owner at their customer on a day. His own customers of that day, nobody else's. */
export async function standInOf(tx: Transaction, staffKey: number, day: string): Promise<Sql> {
  const { customers, absent } = await asEngine(tx, () => tx.one(sql<{ customers: string[] | null; absent: number[] | null }>`
    SELECT array_agg(customer_id::text ORDER BY customer_id, absent_key) AS customers, array_agg(absent_key ORDER BY customer_id, absent_key) AS absent FROM customers_stand_in_facts WHERE substitute_key = ${staffKey} AND from_date <= ${day} AND to_date > ${day}`))
  return customers === null || absent === null ? sql`false` : sql`(a.customer_id, a.staff_key) IN (SELECT c, k FROM unnest(${customers}::uuid[], ${absent}::int[]) t(c, k))`
}
