import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'
import { newId } from '../foundation/values/uuid7.ts'

export type PlannedContacts = { customerIds: readonly string[]; plannedOn: string; subject: string; by: number; on: string }

/**
 * Plans the next contact with each of these customers: by the planner himself where he looks after the customer, else by its main manager. What was planned for the same person before
 * gives way. Set-based; run as batch for customers that were judged before. Returns how many were planned.
 */
export async function planContacts(tx: Transaction, { customerIds, plannedOn, subject, by, on }: PlannedContacts): Promise<number> {
  const batch = newId()
  const who = sql`SELECT k.customer_id, CASE WHEN k.viewers @> ARRAY[${by}::int] THEN ${by}::int ELSE k.main_staff_key END AS staff_key FROM customers_customer_facts k WHERE k.customer_id = ANY(${[...customerIds]}::uuid[])`
  await bulk(tx, {
    table: 'planned_contact', what: 'change', why: '批量计划联系', batch, alias: 'p', about: { plannedOn },
    statement: sql`UPDATE planned_contact p SET ended_on = ${on}::date FROM (${who}) w WHERE p.customer_id = w.customer_id AND p.staff_key = w.staff_key AND p.ended_on IS NULL`,
  })
  const { count } = await bulk(tx, {
    table: 'planned_contact', what: 'add', why: '批量计划联系', batch, about: { plannedOn },
    statement: sql`INSERT INTO planned_contact (customer_id, id, staff_key, planned_on, subject, made_by, made_on, batch_id)
      SELECT w.customer_id, uuid7(), w.staff_key, ${plannedOn}::date, ${subject}::text, ${by}::int, ${on}::date, ${batch}::uuid FROM (${who}) w WHERE w.staff_key IS NOT NULL ORDER BY 1`,
  })
  return count
}
