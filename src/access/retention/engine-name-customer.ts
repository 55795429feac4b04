import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { maskedName } from './retention.rules.ts'

/** Masked names of customers by id, for those who decide about their retention without seeing them. One that was destroyed is missing. */
export async function maskedNames(tx: Transaction, customerIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.asRole('engine', () => tx.all(sql<{ id: string; kind: 'CORPORATE' | 'PERSON'; name: string }>`SELECT customer_id AS id, kind, name FROM customers_customer_facts WHERE customer_id = ANY(${[...customerIds]}::uuid[])`))
  return new Map(rows.map(({ id, kind, name }) => [id, maskedName(kind, name)]))
}

type Named = { id: string; number: string; kind: 'CORPORATE' | 'PERSON' }
/** Whom a customer number names. Refusals: 'destroyed-already', 'no-such-customer'. */
export async function namedCustomer(tx: Transaction, number: string): Promise<Outcome<Named>> {
  const found = await tx.asRole('engine', () => tx.maybe(sql<Named>`SELECT customer_id AS id, number, kind FROM customers_customer_facts WHERE number = ${number}`))
  if (found) return ok(found)
  const gone = await tx.asRole('batch', () => tx.maybe(sql`SELECT 1 FROM customers_erased_facts WHERE number = ${number}`))
  return refuse(gone ? 'destroyed-already' : 'no-such-customer', { field: 'number', details: { number } })
}

/** Proposals, holds and the destruction of one customer wait for each other from here to the end of the transaction. */
export async function oneOfCustomer(tx: Transaction, customerId: string): Promise<void> {
  await tx.one(sql`SELECT pg_advisory_xact_lock(hashtextextended(${customerId}, 93))`)
}

/** A row of legal_hold (`h`) that stops: from its entry on, until it is lifted or was returned. */
export const holdInForce = sql`h.lifted_on IS NULL AND h.decision IS DISTINCT FROM 'RETURNED'`
