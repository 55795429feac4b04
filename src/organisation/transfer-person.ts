import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { refuse, type Outcome } from '../foundation/values/outcome.ts'
import { endPosts } from './end-posts.ts'
import { tryHoldPost } from './hold-post.ts'
import { valueOf } from './refused.ts'

export type Transfer = {
  staffKey: number
  postCode: string
  lineKey: number
  placeKey: number
  /** First day in the new post. */
  from: string
  orderNo?: string
  reason: string | null
}

/** A person goes to another post, line or place: all his posts end on that day and the new one begins. Refuses what hold-post refuses, and when a post begins on that day or later. Returns the new post's key. */
export async function tryTransferPerson(tx: Transaction, transfer: Transfer): Promise<Outcome<number>> {
  await tx.maybe(sql`SELECT 1 FROM staff WHERE key = ${transfer.staffKey} FOR UPDATE`)
  const later = await endPosts(tx, transfer.staffKey, transfer.from, transfer.reason, 'TRANSFER')
  if (later !== null) return refuse('later-fact-exists', { field: 'from', details: { day: later } })
  return tryHoldPost(tx, {
    staffKey: transfer.staffKey, postCode: transfer.postCode, lineKey: transfer.lineKey, placeKey: transfer.placeKey, from: transfer.from, main: true,
    ...(transfer.orderNo === undefined ? {} : { orderNo: transfer.orderNo }),
  })
}

/** The same for batches: throws when refused. */
export async function transferPerson(tx: Transaction, transfer: Transfer): Promise<number> {
  return valueOf(await tryTransferPerson(tx, transfer))
}
