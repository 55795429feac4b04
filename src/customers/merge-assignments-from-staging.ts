import { sql, type Sql } from '../foundation/database/transaction.ts'
import type { MergeRun } from '../foundation/store/merge-run.ts'
import { bulk } from '../foundation/store/store.ts'

/** Ownership slices of a delivery: new ones are added, an end that is told is set. The scope of the customers follows from refreshScopes. */
export async function mergeAssignmentsFromStaging({ tx, batch, why, businessDate, effects }: MergeRun): Promise<void> {
  const staged = sql`deliveries_assignment_facts s JOIN customer c ON c.number = s.customer_number JOIN organisation_staff_facts f ON f.staff_no = s.staff_no`
  // a customer that comes with this delivery (no tier yet) comes with a past that was lived as it is told; of the others the bank learns today
  const learnt = (of: Sql): Sql => sql`CASE WHEN ${of} > ${businessDate} OR EXISTS (SELECT FROM tier_held h WHERE h.customer_id = c.customer_id) THEN ${businessDate}::date END`
  effects.push(await bulk(tx, {
    table: 'assignment', what: 'change', why, batch, alias: 'a',
    statement: sql`UPDATE assignment a SET to_date = s.to_date, end_known_on = ${businessDate}, batch_id = ${batch}::uuid FROM ${staged}
      WHERE a.customer_id = c.customer_id AND a.staff_key = f.staff_key AND a.from_date = s.from_date AND a.to_date IS DISTINCT FROM s.to_date AND s.to_date IS NOT NULL`,
  }))
  effects.push(await bulk(tx, {
    table: 'assignment', what: 'add', why, batch,
    statement: sql`INSERT INTO assignment (customer_id, id, staff_key, share_pct, main, from_date, to_date, known_on, end_known_on, base_adb_fen, base_as_of, reason, batch_id)
      SELECT c.customer_id, uuid7(), f.staff_key, s.share_pct, s.main, s.from_date, s.to_date, ${learnt(sql`s.from_date`)}, CASE WHEN s.to_date IS NOT NULL THEN ${learnt(sql`s.to_date`)} END, coalesce(s.base_adb_fen, 0), s.from_date, '核心系统交付', ${batch}::uuid FROM ${staged}
      WHERE NOT EXISTS (SELECT FROM assignment a WHERE a.customer_id = c.customer_id AND a.staff_key = f.staff_key AND a.to_date IS DISTINCT FROM a.from_date
        AND (a.to_date IS NULL OR a.to_date > s.from_date) AND (s.to_date IS NULL OR s.to_date > a.from_date)) ORDER BY 1`,
  }))
}
