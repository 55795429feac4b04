import { sql, type Transaction } from '../database/transaction.ts'
import { countWritten } from './count-written.ts'

/**
 * Takes `count` whole numbers of a counter and returns the first: staff keys, customer numbers. Numbers of a transaction that is rolled back are given
 * again; another transaction waits for this one. Counters begin at 1.
 */
export async function takeNumbers(tx: Transaction, counter: string, count = 1): Promise<number> {
  if (!Number.isSafeInteger(count) || count < 1) throw new Error('at least one number is taken')
  const take = () => tx.maybe(sql<{ last: string }>`UPDATE counter SET value = value + ${count}::bigint WHERE name = ${counter} RETURNING value AS last`)
  let taken = await take()
  if (!taken) {
    const added = await tx.run(sql`INSERT INTO counter (name, value) VALUES (${counter}, 0) ON CONFLICT DO NOTHING`)
    countWritten(tx, 'counter', { added })
    taken = await take()
  }
  if (!taken) throw new Error(`counter ${counter} could not be taken`)
  countWritten(tx, 'counter', { changed: 1 })
  return Number(taken.last) - count + 1
}
