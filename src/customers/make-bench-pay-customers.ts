import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'

/** Customers of a benchmark of pay with their managers: one in twenty is shared 60 to 40, each has a frozen base. Manager keys run from `first` on. */
export async function makeBenchPayCustomers(tx: Transaction, given: { count: number; managers: number; first: number; outletKey: number; path: string; from: string; batch: string }): Promise<void> {
  const { count, managers, first, outletKey, path, from, batch } = given
  const why = 'benchmark'
  const manager = sql`${first}::int + i % ${managers}::int`
  await bulk(tx, {
    table: 'customer', what: 'add', why, batch,
    statement: sql`INSERT INTO customer (customer_id, number, kind, name, name_pinyin, name_initials, grams, outlet_key, scope_path, main_staff_key, opened_on)
      SELECT gen_random_uuid(), 'P' || i, 'PERSON', '测速客户' || i, 'ce su', 'cs', '{}', ${outletKey}, ${path}, ${manager}, ${from}::date FROM generate_series(1, ${count}::int) i`,
  })
  const numbered = sql`(SELECT customer_id, substr(number, 2)::int AS i FROM customer WHERE number LIKE 'P%') c`
  await bulk(tx, {
    table: 'assignment', what: 'add', why, batch,
    statement: sql`INSERT INTO assignment (customer_id, id, staff_key, share_pct, main, from_date, base_adb_fen)
      SELECT customer_id, gen_random_uuid(), ${manager}, CASE WHEN i % 20 = 0 THEN 60 ELSE 100 END, true, ${from}::date, 100000 + i % 5000000 FROM ${numbered}
      UNION ALL SELECT customer_id, gen_random_uuid(), ${first}::int + (i + 1) % ${managers}::int, 40, false, ${from}::date, 100000 + i % 5000000 FROM ${numbered} WHERE i % 20 = 0`,
  })
}
