import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { end } from '../foundation/store/store.ts'

/**
 * Ends the posts of a person that are in force on the day or begin later: [from, day). A post that would begin on or after that day keeps its row and never comes
 * into force, because employment or the transfer ends before it. Returns the first day of a post that began on that day or later, or null.
 */
export async function endPosts(tx: Transaction, staffKey: number, day: string, why: string | null, action: string): Promise<string | null> {
  const open = await tx.all(sql<{ key: number; from_date: string }>`
    SELECT key, from_date FROM post_held WHERE staff_key = ${staffKey} AND (to_date IS NULL OR to_date > ${day}) ORDER BY from_date, key`)
  for (const post of open) if (post.from_date < day) await end(tx, 'post_held', { key: post.key }, { to_date: day }, { why, action })
  return open.find((post) => post.from_date >= day)?.from_date ?? null
}
