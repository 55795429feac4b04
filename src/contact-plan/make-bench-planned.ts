import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'

/** For the measurement: a contact is planned with every fiftieth customer. Run as batch in a database made for it. */
export async function makeBenchPlanned(tx: Transaction, { day, batch }: { day: string; batch: string }): Promise<void> {
  await bulk(tx, {
    table: 'planned_contact', what: 'add', why: 'bench', batch,
    statement: sql`
      INSERT INTO planned_contact (customer_id, id, staff_key, planned_on, subject, made_by, made_on, batch_id)
      SELECT customer_id, uuid7(), main_staff_key, ${day}::date + right(number, 4)::int % 7, '年底走访', main_staff_key, ${day}::date - 1, ${batch} FROM customers_customer_facts WHERE right(number, 6)::int % 50 = 1`,
  })
}
