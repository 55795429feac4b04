import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { Services } from '../../foundation/http/route.ts'
import { add, change } from '../../foundation/store/store.ts'

/**
 * Who answers to a short message that he wants no more of them: it is noted in the file of each customer whom this mobile number reaches (a person, and his company when it is reached by the same number). As batch. Returns
 * in how many files it was not noted yet; a number that nobody has, or no longer, changes nothing.
 */
export async function noteOptOut(tx: Transaction, { keyring }: Services['keys'], number: string): Promise<number> {
  const hash = keyring.hash('PHONE', number)
  const found = await tx.all(sql<{ customer_id: string; has_file: boolean }>`
    SELECT c.customer_id, f.customer_id IS NOT NULL AS has_file FROM search_hash h JOIN customer c ON c.customer_id = h.customer_id AND c.merged_into IS NULL LEFT JOIN customer_file f ON f.customer_id = c.customer_id
    WHERE h.kind = 'PHONE' AND h.value_hash = ${hash} AND f.no_messages IS NOT TRUE AND EXISTS (SELECT FROM phone p WHERE p.customer_id = c.customer_id AND p.number_hash = ${hash} AND p.ended_on IS NULL) ORDER BY c.customer_id`)
  const reason = { why: '客户短信回复退订', action: 'TAKE_OPT_OUT' }
  for (const { customer_id, has_file } of found) {
    if (has_file) await change(tx, 'customer_file', { customer_id }, { no_messages: true }, reason)
    else await add(tx, 'customer_file', { customer_id, no_messages: true }, reason)
  }
  return found.length
}
