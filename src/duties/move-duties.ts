import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'

/** What was open about customers that a hand-over moved passes to the receiver, with the day by which it is due. What the receiver owes already stays once. */
export async function moveDuties(tx: Transaction, moved: { handOverId: string; batch: string }): Promise<number> {
  const { count } = await bulk(tx, {
    table: 'duty_instance', what: 'change', why: 'duties pass to the receiver', batch: moved.batch, about: { hand_over: moved.handOverId }, alias: 'i',
    statement: sql`
      UPDATE duty_instance i SET staff_key = m.receiver_key, holder_key = m.receiver_key, moved_why = 'HANDED_OVER' FROM customers_hand_over_item_facts m
      WHERE m.hand_over_id = ${moved.handOverId} AND m.state = 'MOVED' AND i.customer_id = m.customer_id AND i.staff_key = m.leaver_key AND i.state IN ('PLANNED', 'OPEN', 'MISSED')
        AND NOT EXISTS (SELECT FROM duty_instance o WHERE o.duty_code = i.duty_code AND o.staff_key = m.receiver_key AND o.period_key = i.period_key)`,
  })
  return count
}
