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

/**
 * The core system may go on sending a customer whose values were destroyed at the end of retention: nothing of it comes in again, neither its particulars nor what its accounts and loans still tell.
 * Before the rows are checked. Returns how many customers were left out.
 */
export async function leaveOutErased(tx: Transaction): Promise<number> {
  if (!(await tx.maybe(sql`SELECT 1 FROM customers_erased_facts LIMIT 1`))) return 0
  const gone = sql`(SELECT number FROM customers_erased_facts)`
  const left = await quiet(tx, 'staged_customer', 'remove', sql`DELETE FROM staged_customer WHERE number IN ${gone}`)
  await quiet(tx, 'staged_assignment', 'remove', sql`DELETE FROM staged_assignment WHERE customer_number IN ${gone}`)
  await quiet(tx, 'staged_agent', 'remove', sql`DELETE FROM staged_agent WHERE customer_number IN ${gone}`)
  const accounts = sql`(SELECT f.core_key FROM holdings_account_facts f JOIN customers_erased_facts e ON e.customer_id = f.customer_id UNION SELECT s.account_key FROM staged_account s WHERE s.customer_number IN ${gone})`
  const loans = sql`(SELECT f.core_key FROM holdings_loan_facts f JOIN customers_erased_facts e ON e.customer_id = f.customer_id UNION SELECT s.loan_key FROM staged_loan s WHERE s.customer_number IN ${gone})`
  await quiet(tx, 'staged_loan_state', 'remove', sql`DELETE FROM staged_loan_state WHERE loan_key IN ${loans}`)
  await quiet(tx, 'staged_loan', 'remove', sql`DELETE FROM staged_loan WHERE loan_key IN ${loans}`)
  await quiet(tx, 'staged_agent', 'remove', sql`DELETE FROM staged_agent WHERE account_key IN ${accounts}`)
  await quiet(tx, 'staged_balance', 'remove', sql`DELETE FROM staged_balance WHERE account_key IN ${accounts}`)
  await quiet(tx, 'staged_transaction', 'remove', sql`DELETE FROM staged_transaction WHERE account_key IN ${accounts}`)
  await quiet(tx, 'staged_card', 'remove', sql`DELETE FROM staged_card WHERE account_key IN ${accounts} OR holder_number IN ${gone}`)
  await quiet(tx, 'staged_standing_order', 'remove', sql`DELETE FROM staged_standing_order WHERE account_key IN ${accounts}`)
  await quiet(tx, 'staged_account', 'remove', sql`DELETE FROM staged_account WHERE account_key IN ${accounts}`)
  return left
}
