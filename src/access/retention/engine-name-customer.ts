import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { maskedName } from './retention.rules.ts'

/** Masked names of customers by id, for those who decide about their retention without seeing them. One that was destroyed is missing. */
export async function maskedNames(tx: Transaction, customerIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.asRole('engine', () => tx.all(sql<{ id: string; kind: 'CORPORATE' | 'PERSON'; name: string }>`SELECT customer_id AS id, kind, name FROM customers_customer_facts WHERE customer_id = ANY(${[...customerIds]}::uuid[])`))
  return new Map(rows.map(({ id, kind, name }) => [id, maskedName(kind, name)]))
}

/** Whom a customer number names. */
export async function customerOfNumber(tx: Transaction, number: string): Promise<{ id: string; number: string; kind: 'CORPORATE' | 'PERSON' } | undefined> {
  return tx.asRole('engine', () => tx.maybe(sql<{ id: string; number: string; kind: 'CORPORATE' | 'PERSON' }>`SELECT customer_id AS id, number, kind FROM customers_customer_facts WHERE number = ${number.trim()}`))
}
