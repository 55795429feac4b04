import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'

/** For the measurement: every `every`-th customer gets an account with 12 monthly balances and 30 transactions. Run as batch in a database made for it. */
export async function makeBenchHoldings(tx: Transaction, given: { every: number; day: string; batch: string }): Promise<void> {
  const { every, day, batch } = given
  await bulk(tx, { table: 'product', what: 'add', why: 'bench', batch, statement: sql`INSERT INTO product (code, name, name_en, line) VALUES ('BENCH', '活期存款', 'Current account', 'DEPOSIT')` })
  await bulk(tx, { table: 'account', what: 'add', why: 'bench', batch, statement: sql`
    INSERT INTO account (customer_id, id, core_key, tail, product_code, outlet_key, opened_on, batch_id)
    SELECT customer_id, uuid7(), 'A' || number, right(number, 4), 'BENCH', outlet_key, ${day}::date - 400, ${batch} FROM customers_customer_facts WHERE right(number, 6)::int % ${every}::int = 0` })
  await bulk(tx, { table: 'balance_span', what: 'add', why: 'bench', batch, statement: sql`
    INSERT INTO balance_span (customer_id, account_id, from_date, to_date, balance_fen, batch_id)
    SELECT customer_id, id, ${day}::date - 30 * (g + 1), CASE WHEN g = 0 THEN NULL ELSE ${day}::date - 30 * g END, 1000000 + g * 12345, ${batch} FROM account, generate_series(0, 11) g` })
  await bulk(tx, { table: 'account_transaction', what: 'add', why: 'bench', batch, statement: sql`
    INSERT INTO account_transaction (customer_id, id, account_id, core_key, booked_on, direction, amount_fen, balance_after_fen, kind, memo, batch_id)
    SELECT customer_id, uuid7(), id, core_key || '-' || g, ${day}::date - 7 * g, CASE WHEN g % 2 = 0 THEN 'IN' ELSE 'OUT' END, 12345 + g, 1000000, 'TRANSFER', '往来款', ${batch} FROM account, generate_series(0, 29) g` })
}
