import { sql, type Transaction } from './transaction.ts'

type Counted = { table: string; added: string; changed: string; removed: string }

// Rows of earlier transactions of the connection that the database has not yet reported are counted here too: hence the difference to the start.
const count = (tx: Transaction): Promise<Counted[]> => tx.all(sql<Counted>`
  SELECT relname AS table, n_tup_ins AS added, n_tup_upd AS changed, n_tup_del AS removed FROM pg_stat_xact_user_tables
  WHERE schemaname = 'public' AND n_tup_ins + n_tup_upd + n_tup_del > 0 AND relname NOT LIKE 'journal%'`)

/**
 * Compares the rows that the database itself counted in this transaction with those that went through the store (architecture, section 3:
 * "a change without trace"). Switched on in tests: called at the start of a transaction, the returned comparison before its commit.
 * The comparison throws with the table and both figures.
 */
export async function verifyWrites(tx: Transaction): Promise<() => Promise<void>> {
  const before = new Map((await count(tx)).map((row) => [row.table, row]))
  return async () => {
    for (const row of await count(tx)) {
      const start = before.get(row.table)
      const [added, changed, removed] = (['added', 'changed', 'removed'] as const).map((what) => BigInt(row[what]) - BigInt(start?.[what] ?? 0))
      const stored = tx.written.get(row.table) ?? { added: 0, changed: 0, removed: 0 }
      if (added === BigInt(stored.added) && changed === BigInt(stored.changed) && removed === BigInt(stored.removed)) continue
      throw new Error(`table ${row.table}: the database counted ${added}/${changed}/${removed} rows added/changed/removed, the store ${stored.added}/${stored.changed}/${stored.removed}`)
    }
  }
}
