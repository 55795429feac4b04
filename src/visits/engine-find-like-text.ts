import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { mostLike } from './like-text.rules.ts'
import { visitSchemeOn } from './visit-table.ts'

/**
 * Is a text nearly equal to an earlier record of the same person (of whatever customer) or of the same customer? By id and percent only: whose record it is, is read in the asker's own role.
 * Over the whole bank, because a copied visit is copied from a customer who may have another manager by now.
 */
export function findLikeText(tx: Transaction, about: { summary: string; staffKey: number; customerId: string; day: string; except: readonly string[] }): Promise<{ customerId: string; contactId: string; percent: number } | null> {
  const line = visitSchemeOn(about.day).likeText
  return tx.asRole('engine', async () => {
    const since = addDays(about.day, -line.days)
    const earlier = await tx.all(sql<{ customerId: string; contactId: string; businessDate: string; summary: string }>`
      SELECT customer_id AS "customerId", id AS "contactId", business_date AS "businessDate", summary FROM (
        (SELECT customer_id, id, business_date, summary FROM contact WHERE staff_key = ${about.staffKey} AND business_date >= ${since} AND voided_on IS NULL ORDER BY business_date DESC, id DESC LIMIT ${line.texts})
        UNION (SELECT customer_id, id, business_date, summary FROM contact WHERE customer_id = ${about.customerId} AND business_date >= ${since} AND voided_on IS NULL ORDER BY business_date DESC, id DESC LIMIT ${line.texts})) c
      WHERE id <> ALL(${[...about.except]}::uuid[])`)
    return mostLike(about.summary, earlier, line)
  })
}
