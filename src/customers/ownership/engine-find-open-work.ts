import { sql, type Transaction } from '../../foundation/database/transaction.ts'

/** What of ownership is under way for one of these customers and must end before they become one: a hand-over that has not taken effect, a claim of the pool. Null: nothing. Run as `batch`. */
export async function openWork(tx: Transaction, customers: readonly string[]): Promise<'in-hand-over' | 'claimed' | null> {
  const { moving, claimed } = await tx.one(sql<{ moving: boolean; claimed: boolean }>`
    SELECT EXISTS (SELECT FROM hand_over_item i JOIN hand_over h ON h.id = i.hand_over_id WHERE i.customer_id = ANY(${[...customers]}::uuid[]) AND i.state = 'OPEN' AND h.state NOT IN ('EFFECTIVE', 'FOLLOW_UP', 'CLOSED', 'WITHDRAWN')) AS moving,
      EXISTS (SELECT FROM pool_claim c WHERE c.customer_id = ANY(${[...customers]}::uuid[]) AND c.state = 'OPEN') AS claimed`)
  return moving ? 'in-hand-over' : claimed ? 'claimed' : null
}
