import type { Transaction } from '../database/transaction.ts'

/** Notes rows written to a table, for the comparison with the database's own counters. */
export function countWritten(tx: Transaction, table: string, rows: { added?: number; changed?: number; removed?: number }): void {
  const sum = tx.written.get(table) ?? { added: 0, changed: 0, removed: 0 }
  sum.added += rows.added ?? 0
  sum.changed += rows.changed ?? 0
  sum.removed += rows.removed ?? 0
  tx.written.set(table, sum)
}
