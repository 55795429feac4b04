import { sql, type Transaction } from '../database/transaction.ts'
import { quiet } from '../store/store.ts'

/** Reveals and searches by number that one person may make in one hour, together (reveal.perHour of the domain specification 2.13). */
export const numbersPerHour = 30

/**
 * Counts one use of `kind` by a person in the present hour. False when the limit is reached: nothing is counted, and the caller refuses 'too-many'.
 * Two at once wait for each other at the row, so that the limit holds.
 */
export async function takeHourly(tx: Transaction, personKey: number, kind: string, limit: number): Promise<boolean> {
  const hour = sql`date_trunc('hour', now())`
  const take = (): Promise<number> => quiet(tx, 'reveal_count', 'change', sql`
    UPDATE reveal_count SET used = used + 1 WHERE person_key = ${personKey} AND hour = ${hour} AND kind = ${kind} AND used < ${limit}`)
  if ((await take()) === 1) return true
  await quiet(tx, 'reveal_count', 'add', sql`INSERT INTO reveal_count (person_key, hour, kind, used) VALUES (${personKey}, ${hour}, ${kind}, 0) ON CONFLICT DO NOTHING`)
  return (await take()) === 1
}

/** Minutes until the next hour begins, at least one: what a refusal tells. */
export function minutesLeft(now: Date): string {
  return String(60 - now.getUTCMinutes())
}
