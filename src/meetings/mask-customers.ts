import type { Transaction } from '../foundation/database/transaction.ts'
import { confidentialOf } from './engine-read-confidential.ts'
import { projectedName } from './meeting.rules.ts'

export type Known = { customerId: string; name: string; kind: string }
export type Mask = {
  /** As the reader may name him; on the wall masked and without address. */
  named(one: Known): { id: string | null; name: string }
  /** What is told of him; null on the wall, where he is a person or confidential. */
  told<Value>(one: Known, value: Value): Value | null
}

/** How these customers are told: to the reader himself, or (`projected`) on the screen that all look at. */
export async function maskCustomers(tx: Transaction, customers: readonly Known[], projected: boolean): Promise<Mask> {
  const hidden = projected ? await confidentialOf(tx, customers.map((one) => one.customerId)) : new Set<string>()
  return {
    named: (one) => (projected ? { id: null, name: projectedName({ name: one.name, kind: one.kind, confidential: hidden.has(one.customerId) }) } : { id: one.customerId, name: one.name }),
    told: (one, value) => (projected && (one.kind === 'PERSON' || hidden.has(one.customerId)) ? null : value),
  }
}
