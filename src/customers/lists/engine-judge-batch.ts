import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { BatchReason } from './batch.contract.ts'
import type { Sight } from './engine-find-customers.ts'

export type BatchAct =
  | { act: 'TAG'; tagId: string } | { act: 'UNTAG'; tagId: string } | { act: 'PLAN'; plannedOn: string } | { act: 'ASSIGN'; staffKey: number; from: string }

/** For each customer of a batch, all within the asker's sight: why the act is not possible, null when it is. The most fundamental reason first. */
export function judgeEach(tx: Transaction, ids: readonly string[], what: BatchAct, sight: Sight, day: string): Promise<{ id: string; name: string; reason: BatchReason | null }[]> {
  // who sees the whole bank looks at customers, and works on those that are his
  const foreign = sight.breadth === 'ALL' && what.act !== 'ASSIGN' ? sql`WHEN NOT c.viewers @> ARRAY[${sight.staffKey}::int] THEN 'not-your-customer'` : sql``
  return tx.asRole('engine', () => tx.all(sql<{ id: string; name: string; reason: BatchReason | null }>`
    SELECT c.customer_id AS id, c.name, CASE ${foreign} WHEN c.status = 'CLOSED' THEN 'closed' ${reasonsOf(what, sight, day)} END AS reason
    FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY k(id, place) JOIN customer c ON c.customer_id = k.id ORDER BY k.place`))
}

function reasonsOf(what: BatchAct, sight: Sight, day: string): Sql {
  switch (what.act) {
    case 'TAG': return sql`WHEN EXISTS (SELECT FROM customer_tag t WHERE t.customer_id = c.customer_id AND t.tag_id = ${what.tagId} AND t.to_date IS NULL) THEN 'tagged-already'`
    case 'UNTAG': return sql`WHEN NOT EXISTS (SELECT FROM customer_tag t WHERE t.customer_id = c.customer_id AND t.tag_id = ${what.tagId} AND t.to_date IS NULL) THEN 'not-tagged'`
    case 'PLAN': return sql`
      WHEN c.main_staff_key IS NULL THEN 'no-manager'
      WHEN EXISTS (SELECT FROM contact_plan_planned_facts p WHERE p.customer_id = c.customer_id AND p.planned_on = ${what.plannedOn} AND p.staff_key = CASE WHEN c.viewers @> ARRAY[${sight.staffKey}::int] THEN ${sight.staffKey}::int ELSE c.main_staff_key END) THEN 'planned-already'`
    case 'ASSIGN': return sql`
      WHEN EXISTS (SELECT FROM assignment a WHERE a.customer_id = c.customer_id AND a.from_date > ${what.from} AND a.to_date IS DISTINCT FROM a.from_date) THEN 'later-assignment'
      WHEN (SELECT count(*) FROM assignment a WHERE a.customer_id = c.customer_id AND a.from_date <= ${day} AND (a.to_date IS NULL OR a.to_date > ${day})) > 1 THEN 'shared'
      WHEN c.main_staff_key = ${what.staffKey} THEN 'same-assignment'`
  }
}
