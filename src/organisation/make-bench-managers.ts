import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'

/** Managers of a benchmark, so many in each of the units given, keys from `first` on. Rows by statements: ten thousand people are not hired one by one. */
export async function makeBenchManagers(tx: Transaction, given: { count: number; first: number; unitKeys: readonly number[]; from: string; batch: string }): Promise<void> {
  const { count, first, unitKeys, from, batch } = given
  const why = 'benchmark'
  const keys = sql`generate_series(${first}::int, ${first + count - 1}::int) i`
  await bulk(tx, { table: 'staff', what: 'add', why, batch, statement: sql`INSERT INTO staff (key, staff_no, name, name_pinyin, name_initials) SELECT i, 'M' || i, '测速' || i, 'ce su', 'cs' FROM ${keys}` })
  await bulk(tx, { table: 'employment', what: 'add', why, batch, statement: sql`INSERT INTO employment (staff_key, from_date) SELECT i, ${from}::date FROM ${keys}` })
  await bulk(tx, {
    table: 'post_held', what: 'add', why, batch,
    statement: sql`INSERT INTO post_held (key, staff_key, post_code, line_key, place_key, from_date)
      SELECT i, i, 'RM', u.key, u.key, ${from}::date FROM ${keys} JOIN (SELECT key, place FROM unnest(${[...unitKeys]}::int[]) WITH ORDINALITY k(key, place)) u ON u.place = 1 + i % ${unitKeys.length}::int`,
  })
}
