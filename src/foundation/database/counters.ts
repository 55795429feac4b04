import { sql, type Transaction } from './transaction.ts'

/**
 * Compares the rows that the database itself counted in this transaction with those that went through the store (architecture, section 3:
 * "a change without trace"). Switched on in tests. Throws with the table and both figures.
 */
export async function verifyWrites(tx: Transaction): Promise<void> {
  const counted = await tx.all(sql<{ table: string; added: string; changed: string; removed: string }>`
    SELECT relname AS table, n_tup_ins AS added, n_tup_upd AS changed, n_tup_del AS removed FROM pg_stat_xact_user_tables
    WHERE schemaname = 'public' AND n_tup_ins + n_tup_upd + n_tup_del > 0 AND relname NOT LIKE 'journal%'`)
  for (const row of counted) {
    const stored = tx.written.get(row.table) ?? { added: 0, changed: 0, removed: 0 }
    const same = BigInt(row.added) === BigInt(stored.added) && BigInt(row.changed) === BigInt(stored.changed) && BigInt(row.removed) === BigInt(stored.removed)
    if (!same) {
      throw new Error(`table ${row.table}: the database counted ${row.added}/${row.changed}/${row.removed} rows added/changed/removed, the store ${stored.added}/${stored.changed}/${stored.removed}`)
    }
  }
}
