import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { quiet } from '../foundation/store/store.ts'

/**
 * The core system goes on sending a customer that was merged into another one here: what it holds is the survivor's, its own particulars and managers are left out (those of the survivor stand).
 * Before the rows are checked; the control totals were counted before. Returns how many customers were led over.
 */
export async function followMerges(tx: Transaction): Promise<number> {
  const led = await quiet(tx, 'staged_customer', 'remove', sql`DELETE FROM staged_customer s USING customers_alias_facts a WHERE s.number = a.alias_number`)
  await quiet(tx, 'staged_assignment', 'remove', sql`DELETE FROM staged_assignment s USING customers_alias_facts a WHERE s.customer_number = a.alias_number`)
  await quiet(tx, 'staged_account', 'change', sql`UPDATE staged_account s SET customer_number = a.number FROM customers_alias_facts a WHERE s.customer_number = a.alias_number`)
  await quiet(tx, 'staged_agent', 'change', sql`UPDATE staged_agent s SET customer_number = a.number FROM customers_alias_facts a WHERE s.customer_number = a.alias_number`)
  await quiet(tx, 'staged_loan', 'change', sql`UPDATE staged_loan s SET customer_number = a.number FROM customers_alias_facts a WHERE s.customer_number = a.alias_number`)
  await quiet(tx, 'staged_card', 'change', sql`UPDATE staged_card s SET holder_number = a.number FROM customers_alias_facts a WHERE s.holder_number = a.alias_number`)
  return led
}
