import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bandsToAsk, photosApart } from './photo-print.rules.ts'

/** `ELSEWHERE` says only that the photo stands with another customer: whose, nobody is told. */
export type UsedBefore = { verdict: 'NO' } | { verdict: 'ELSEWHERE' } | { verdict: 'SAME_CUSTOMER'; contactId: string; businessDate: string }

// so many photos at most share a piece of a print; in a bank of a million photos about two thousand do
const candidates = 20_000

/** Does this photo stand with a contact already, anywhere in the bank, even when compressed anew, cropped or brightened? With this customer: with which contact. */
export function findPhoto(tx: Transaction, prints: readonly bigint[], about: { customerId: string; photoId: string; bits: number }): Promise<UsedBefore> {
  return tx.asRole('engine', async () => {
    const rows = await tx.all(sql<{ customer_id: string; contact_id: string; prints: string[] }>`
      SELECT customer_id, contact_id, prints::text[] AS prints FROM photo_print WHERE bands && ${bandsToAsk(prints)}::int[] AND id <> ${about.photoId} LIMIT ${candidates}`)
    const alike = rows.filter((row) => photosApart(prints, row.prints.map(BigInt)) <= about.bits)
    const own = alike.find((row) => row.customer_id === about.customerId)
    if (!own) return alike.length > 0 ? { verdict: 'ELSEWHERE' } : { verdict: 'NO' }
    const { business_date } = await tx.one(sql<{ business_date: string }>`SELECT business_date FROM contact WHERE customer_id = ${own.customer_id} AND id = ${own.contact_id}`)
    return alike.some((row) => row.customer_id !== about.customerId) ? { verdict: 'ELSEWHERE' } : { verdict: 'SAME_CUSTOMER', contactId: own.contact_id, businessDate: business_date }
  })
}
