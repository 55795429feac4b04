import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'

/** For the measurement: every `every`-th customer had a large movement on the day, with its alert. Run as batch in a database made for it. */
export async function makeBenchMovements(tx: Transaction, given: { every: number; day: string; batch: string }): Promise<void> {
  const { every, day, batch } = given
  await bulk(tx, { table: 'movement', what: 'add', why: 'bench', batch, statement: sql`
    INSERT INTO movement (customer_id, id, day, in_fen, out_fen, adb_fen, threshold_fen, listed_in, listed_out, balance_after_fen, manager_share_pct, counterparties, limit_version, scope_path, viewers, batch_id)
    SELECT customer_id, uuid7(), ${day}::date, 0, 100000000 + right(number, 6)::bigint * 100, 300000000, 100000000, false, true, 200000000, 1.25,
      jsonb_build_array(jsonb_build_object('direction', 'OUT', 'name', '山西恒泰重型机械有限公司', 'bank', '建设银行', 'tail', '1208', 'memo', '货款', 'fen', '100000000')), '1', scope_path, viewers, ${batch}::uuid
    FROM customers_customer_facts WHERE right(number, 6)::int % ${every}::int = 0` })
  await bulk(tx, { table: 'alert', what: 'add', why: 'bench', batch, statement: sql`
    INSERT INTO alert (customer_id, id, kind, about, raised_on, due_on, amount_fen, limit_version, owner_key, scope_path, viewers, batch_id)
    SELECT m.customer_id, uuid7(), 'MOVEMENT_OUT', m.day::text, m.day, m.day + 1, m.out_fen, '1', k.main_staff_key, m.scope_path, m.viewers, ${batch}::uuid FROM movement m JOIN customers_customer_facts k ON k.customer_id = m.customer_id` })
}

/** For the measurement: every hundredth customer has a deposit that ends within 90 days. */
export async function makeBenchMaturities(tx: Transaction, { day, batch }: { day: string; batch: string }): Promise<void> {
  await bulk(tx, { table: 'maturity', what: 'add', why: 'bench', batch, statement: sql`
    INSERT INTO maturity (customer_id, id, source, kind, object_key, name_zh, name_en, amount_fen, ends_on, scope_path, viewers, batch_id)
    SELECT customer_id, uuid7(), 'holdings', 'TIME_DEPOSIT', number, '定期存款', 'Time deposit', 10000000, ${day}::date + right(number, 4)::int % 90, scope_path, viewers, ${batch} FROM customers_customer_facts WHERE right(number, 6)::int % 100 = 2` })
}
