import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'

/** For the measurement: every two hundredth customer is the subject of a task. Run as batch in a database made for it. */
export async function makeBenchTasks(tx: Transaction, { day, batch }: { day: string; batch: string }): Promise<void> {
  await bulk(tx, {
    table: 'assigned_task', what: 'add', why: 'bench', batch,
    statement: sql`
      INSERT INTO assigned_task (id, group_id, title, content, source, priority, given_by, given_on, owner_key, customer_id, due_on, evidence_asked, state, viewers)
      SELECT uuid7(), uuid7(), '回访', '了解年底资金安排', 'RM_OWN', 'USUAL', main_staff_key, ${day}::date, main_staff_key, customer_id, ${day}::date + 3, '记录', 'ACCEPTED', ARRAY[main_staff_key] FROM customers_customer_facts WHERE right(number, 6)::int % 200 = 3`,
  })
}
