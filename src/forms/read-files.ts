import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { AnswerRow } from './form.contract.ts'
import { fileIdsOf } from './form.rules.ts'

export type KnownFile = { id: string; answerId: string; of: string | null; cell: string; name: string; size: number }

/** Files that were sent to these answers, whoever may have them: the caller shows only what faultOfFile allows. */
export function filesOf(tx: Transaction, answerIds: readonly string[]): Promise<KnownFile[]> {
  return tx.asRole('batch', () => tx.all(sql<KnownFile>`
    SELECT f.id, f.answer_id AS "answerId", f.subject_id AS of, f.cell, coalesce(b.file_name, s.file_name) AS name, coalesce(b.size_bytes, s.size_bytes)::int AS size
    FROM collection_file f LEFT JOIN bank_file b ON b.id = f.id LEFT JOIN collection_subject c ON c.id = f.subject_id LEFT JOIN stored_file s ON s.customer_id = c.customer_id AND s.id = f.id
    WHERE f.answer_id = ANY(${[...answerIds]}::uuid[]) AND coalesce(b.id, s.id) IS NOT NULL ORDER BY f.id`))
}

/** Those of them that stand in a cell of these rows. */
export const standing = (files: readonly KnownFile[], rows: readonly AnswerRow[]): KnownFile[] => {
  const named = new Set(rows.flatMap((row) => Object.values(row.values).flatMap((value) => fileIdsOf(value))))
  return files.filter((one) => named.has(one.id))
}
