import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'

/** Holdings of a benchmark of pay: two deposit accounts for each customer, whose balances change in the month; a loan for every third, one in five of them paid out in the month. */
export async function makeBenchPayHoldings(tx: Transaction, given: { outletKey: number; from: string; month: string; batch: string }): Promise<void> {
  const { outletKey, from, month, batch } = given
  const why = 'benchmark'
  const customers = sql`(SELECT customer_id, substr(number, 2)::int AS i FROM customers_customer_facts WHERE number LIKE 'P%') c`
  await bulk(tx, { table: 'product', what: 'add', why, batch, statement: sql`INSERT INTO product (code, name, name_en, line) VALUES ('D1', '活期', 'Demand', 'DEPOSIT'), ('L103', '小额', 'Small', 'LOAN')` })
  await bulk(tx, {
    table: 'account', what: 'add', why, batch,
    statement: sql`INSERT INTO account (customer_id, id, core_key, product_code, outlet_key, opened_on) SELECT customer_id, gen_random_uuid(), 'P' || i || '-' || n, 'D1', ${outletKey}, ${from}::date FROM ${customers}, generate_series(1, 2) n`,
  })
  await bulk(tx, {
    table: 'balance_span', what: 'add', why, batch,
    statement: sql`INSERT INTO balance_span (customer_id, account_id, from_date, to_date, balance_fen)
      SELECT customer_id, id, d.from_date, d.to_date, abs(hashtext(core_key || d.from_date)) % 20000000 FROM account a,
        (VALUES (${from}::date, ${`${month}-11`}::date), (${`${month}-11`}::date, NULL)) d(from_date, to_date) WHERE a.core_key LIKE 'P%'`,
  })
  await bulk(tx, {
    table: 'loan', what: 'add', why, batch,
    statement: sql`INSERT INTO loan (customer_id, id, core_key, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months)
      SELECT customer_id, gen_random_uuid(), 'L' || i, 'L103', ${outletKey}, 1000000 + i % 30000000, p.day, p.day + 730, 24
      FROM ${customers}, LATERAL (SELECT CASE WHEN i % 15 = 0 THEN ${`${month}-01`}::date + i % 28 ELSE ${from}::date + i % 300 END AS day) p WHERE i % 3 = 0`,
  })
  await bulk(tx, {
    table: 'loan_span', what: 'add', why, batch,
    statement: sql`INSERT INTO loan_span (customer_id, loan_id, from_date, to_date, principal_fen) SELECT customer_id, id, paid_out_on, NULL, amount_fen FROM loan WHERE core_key LIKE 'L%'`,
  })
}
