import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { Subject } from './form.contract.ts'

export type SubjectRow = Subject & { answerId: string; customerId: string }

/** Whom these answers, which the reader sees, are about, by number. Name and number only where the reader may see the customer: asked by his own role. */
export async function subjectsOf(tx: Transaction, answerIds: readonly string[]): Promise<SubjectRow[]> {
  if (answerIds.length === 0) return []
  const rows = await tx.asRole('batch', () => tx.all(sql<{ of: string; answerId: string; customerId: string; prefilled: Record<string, string> }>`
    SELECT s.id AS of, s.answer_id AS "answerId", s.customer_id AS "customerId", s.prefilled FROM collection_subject s LEFT JOIN customers_customer_facts k ON k.customer_id = s.customer_id WHERE s.answer_id = ANY(${[...answerIds]}::uuid[]) ORDER BY k.number, s.id`))
  if (rows.length === 0) return []
  const seen = new Map((await tx.all(sql<{ customer_id: string; name: string; number: string }>`SELECT customer_id, name, number FROM customers_customer_facts WHERE customer_id = ANY(${rows.map((row) => row.customerId)}::uuid[])`)).map((row) => [row.customer_id, row]))
  return rows.map((row) => ({ ...row, name: seen.get(row.customerId)?.name ?? null, number: seen.get(row.customerId)?.number ?? null }))
}

/** As the contract tells them. */
export const toldSubject = ({ of, name, number, prefilled }: SubjectRow): Subject => ({ of, name, number, prefilled })
