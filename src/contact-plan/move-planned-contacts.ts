import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'

/** The next contact that the leaver had planned with a customer passes to the receiver; where the receiver planned one himself, his stands and the leaver's ends. Run as batch. */
export async function movePlannedContacts(tx: Transaction, moved: { handOverId: string; batch: string; day: string }): Promise<number> {
  const given = { table: 'planned_contact', what: 'change', batch: moved.batch, about: { hand_over: moved.handOverId }, alias: 'p' } as const
  const left = sql`m.hand_over_id = ${moved.handOverId} AND m.state = 'MOVED' AND p.customer_id = m.customer_id AND p.staff_key = m.leaver_key AND p.ended_on IS NULL`
  const { count } = await bulk(tx, {
    ...given, why: 'planned contacts pass to the receiver',
    statement: sql`
      UPDATE planned_contact p SET staff_key = m.receiver_key FROM customers_hand_over_item_facts m
      WHERE ${left} AND NOT EXISTS (SELECT FROM planned_contact o WHERE o.customer_id = p.customer_id AND o.staff_key = m.receiver_key AND o.ended_on IS NULL)`,
  })
  await bulk(tx, { ...given, why: 'the receiver has planned a contact himself', statement: sql`UPDATE planned_contact p SET ended_on = ${moved.day}::date FROM customers_hand_over_item_facts m WHERE ${left}` })
  return count
}
