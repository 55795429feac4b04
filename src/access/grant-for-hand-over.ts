import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'

/**
 * Opens the customers that must be checked to their receivers, to read, until the hand-over takes effect. The supervisor gives the grants. Who sees the customer already, or
 * has a grant, gets none. The list is the hand-over's published one. Run as batch; returns how many.
 */
export async function grantForHandOver(tx: Transaction, given: { handOverId: string; givenBy: number; from: string; until: string; reason: string; batch: string }): Promise<number> {
  const { count } = await bulk(tx, {
    table: 'read_grant', what: 'add', why: given.reason, batch: given.batch, about: { hand_over: given.handOverId },
    statement: sql`
      INSERT INTO read_grant (customer_id, id, staff_key, reason, from_date, until_date, given_by)
      SELECT m.customer_id, uuid7(), m.receiver_key, ${given.reason}, ${given.from}::date, ${given.until}::date, ${given.givenBy}::int
      FROM customers_hand_over_item_facts m JOIN customers_customer_facts k ON k.customer_id = m.customer_id
      WHERE m.hand_over_id = ${given.handOverId} AND m.state = 'OPEN' AND m.must_sample AND m.receiver_key <> ${given.givenBy}::int AND NOT k.viewers @> ARRAY[m.receiver_key]
        AND NOT EXISTS (SELECT FROM read_grant g WHERE g.customer_id = m.customer_id AND g.staff_key = m.receiver_key AND g.withdrawn_on IS NULL AND g.until_date >= ${given.until}::date)
      ORDER BY m.customer_id`,
  })
  return count
}

/** What was opened for a hand-over that is withdrawn is closed again. Run as batch. */
export async function withdrawHandOverGrants(tx: Transaction, given: { reason: string; on: string; batch: string }): Promise<number> {
  const { count } = await bulk(tx, {
    table: 'read_grant', what: 'change', why: given.reason, batch: given.batch, alias: 'g',
    statement: sql`UPDATE read_grant g SET withdrawn_on = ${given.on} WHERE g.reason = ${given.reason} AND g.withdrawn_on IS NULL AND g.until_date >= ${given.on}`,
  })
  return count
}
