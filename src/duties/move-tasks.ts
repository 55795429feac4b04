import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'

/**
 * Open tasks about customers that a hand-over moved pass to the receiver with their day: he answers to who gave them. What the leaver had set himself, and what the receiver had given him, is
 * the receiver's own from now on. The leaver sees it no more. Run as batch.
 */
export async function moveTasks(tx: Transaction, moved: { handOverId: string; batch: string }): Promise<number> {
  const given = { what: 'change', why: 'tasks pass to the receiver', batch: moved.batch, about: { hand_over: moved.handOverId } } as const
  const { count } = await bulk(tx, {
    ...given, table: 'assigned_task', alias: 't',
    statement: sql`
      UPDATE assigned_task t SET owner_key = m.receiver_key, helpers = array_remove(t.helpers, m.receiver_key),
        given_by = CASE WHEN t.given_by = t.owner_key THEN m.receiver_key ELSE t.given_by END, source = CASE WHEN t.given_by IN (t.owner_key, m.receiver_key) THEN 'RM_OWN' ELSE t.source END,
        viewers = ARRAY(SELECT DISTINCT x FROM unnest(array_append(array_remove(t.viewers, m.leaver_key), m.receiver_key)) x ORDER BY x)
      FROM customers_hand_over_item_facts m
      WHERE m.hand_over_id = ${moved.handOverId} AND m.state = 'MOVED' AND t.customer_id = m.customer_id AND t.owner_key = m.leaver_key AND t.ended_on IS NULL`,
  })
  await bulk(tx, {
    ...given, table: 'task_event', alias: 'e',
    statement: sql`
      UPDATE task_event e SET viewers = t.viewers FROM assigned_task t JOIN customers_hand_over_item_facts m ON m.customer_id = t.customer_id AND m.receiver_key = t.owner_key
      WHERE m.hand_over_id = ${moved.handOverId} AND m.state = 'MOVED' AND t.ended_on IS NULL AND e.task_id = t.id AND e.viewers @> ARRAY[m.leaver_key] AND NOT t.viewers @> ARRAY[m.leaver_key]`,
  })
  return count
}
