import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { add, change } from '../foundation/store/store.ts'
import { postTable } from './post-table.ts'

/** Puts the posts of the house into the bank; a post that is there gets its present name, sequence and breadth. Run as office or batch, as often as you like. */
export async function installPosts(tx: Transaction): Promise<void> {
  const known = new Set((await tx.all(sql<{ code: string }>`SELECT code FROM post`)).map((row) => row.code))
  for (const post of postTable) {
    const facts = { name: post.name, name_en: post.nameEn, sequence: post.sequence, breadth: post.breadth }
    if (known.has(post.code)) await change(tx, 'post', { code: post.code }, facts, { why: 'posts of the house' })
    else await add(tx, 'post', { code: post.code, ...facts }, { why: 'posts of the house' })
  }
}
