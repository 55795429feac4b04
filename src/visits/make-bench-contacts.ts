import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'

/** For the measurement: every tenth customer was contacted twice, every fortieth is promised something. Run as batch in a database made for it. */
export async function makeBenchContacts(tx: Transaction, { day, batch }: { day: string; batch: string }): Promise<void> {
  await bulk(tx, {
    table: 'contact', what: 'add', why: 'bench', batch,
    statement: sql`
      INSERT INTO contact (customer_id, id, staff_key, mode, business_date, in_person, effective, entered_on, late, summary, our_people, next_action, next_on, policy_version, scope_path, viewers, batch_id)
      SELECT customer_id, uuid7(), main_staff_key, 'PHONE', ${day}::date - 3 - t * 20, false, true, ${day}::date - 3 - t * 20, false, '例行联系', ARRAY[main_staff_key], CASE WHEN t = 0 AND right(number, 6)::int % 40 = 0 THEN '送授信方案' END,
        CASE WHEN t = 0 AND right(number, 6)::int % 40 = 0 THEN ${day}::date + right(number, 4)::int % 6 END, '1', scope_path, viewers, ${batch}
      FROM customers_customer_facts, generate_series(0, 1) t WHERE right(number, 6)::int % 10 = 0`,
  })
}
