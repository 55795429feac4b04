import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { end } from '../foundation/store/store.ts'

/** Ends the open sessions of a person, all or all but one; returns how many. Run as public or office. */
export async function endSessions(tx: Transaction, staffKey: number, reason: string, except: Buffer | null = null): Promise<number> {
  const open = await tx.all(sql<{ token_hash: Buffer }>`
    SELECT token_hash FROM session WHERE staff_key = ${staffKey} AND ended_at IS NULL ${except ? sql`AND token_hash <> ${except}` : sql``}`)
  for (const { token_hash } of open) await end(tx, 'session', { token_hash }, { ended_at: new Date().toISOString(), end_reason: reason }, { why: reason, action: 'END_SESSION' })
  return open.length
}
