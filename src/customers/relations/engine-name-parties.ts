import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { Actor } from '../../foundation/access/actor.ts'
import type { PartyKind, ShownParty } from './relation.contract.ts'
import { shownName } from './relation.rules.ts'

/** Whose eyes: his scope decides what is told by name. `opened`: the customer that is open to him by whatever way. */
export type Reader = { actor: Pick<Actor, 'breadth'>; opened: string | null }
export type RawParty = { id: string; kind: PartyKind; name: string; as_customer: string | null; register: boolean }

/** Does a customer of the bank hold this number? Its id is for the graph only and is told to nobody who may not see it. */
export function customerOfNumber(tx: Transaction, kind: string, hash: Buffer): Promise<string | null> {
  return tx.asRole('engine', async () => (await tx.maybe(sql<{ id: string }>`SELECT customer_id AS id FROM identifier WHERE kind = ${kind} AND value_hash = ${hash}`))?.id ?? null)
}

/** Of which customers it has been asked in the reader's own role already, and which of them he sees. */
export type Asked = ReadonlyMap<string, boolean>

/** Which of these customers the reader may see: asked in his own role, of those that are not in `asked`. */
export async function seenCustomers(tx: Transaction, reader: Reader, customers: readonly string[], asked: Asked = new Map()): Promise<Set<string>> {
  const seen = new Set(customers.filter((id) => id === reader.opened || asked.get(id) === true))
  const rest = customers.filter((id) => !asked.has(id))
  if (reader.actor.breadth === 'NONE' || rest.length === 0) return seen
  const role = ({ SELF: 'self', UNIT: 'unit', ALL: 'all' } as const)[reader.actor.breadth]
  const rows = await tx.asRole(role, () => tx.allKept('seen customers', sql<{ id: string }>`SELECT customer_id AS id FROM customer WHERE customer_id = ANY(${rest}::uuid[])`))
  for (const { id } of rows) seen.add(id)
  return seen
}

/**
 * The parties as this reader may be shown them: a masked reference. A customer outside of his scope looks exactly like a party that is no customer. `known`: parties named on the file
 * that is open.
 */
export async function showParties(tx: Transaction, reader: Reader, ids: readonly string[], known: ReadonlySet<string> = new Set()): Promise<Map<string, ShownParty>> {
  if (ids.length === 0) return new Map()
  const raw = await tx.asRole('engine', () => readParties(tx, ids))
  return shownParties(raw, await seenCustomers(tx, reader, customersOf(raw)), known)
}

/** What the register and the bank know of these parties. Run as engine: nobody is shown this. */
export function readParties(tx: Transaction, ids: readonly string[]): Promise<RawParty[]> {
  return tx.allKept('parties', sql<RawParty>`
    SELECT p.id, p.kind, coalesce(c.name, p.name, '--') AS name, p.as_customer,
      p.kind = 'PERSON' AND EXISTS (SELECT FROM relation r WHERE r.from_party = p.id AND r.kind IN ('SHAREHOLDING', 'CONTROL', 'LEGAL_REPRESENTATIVE', 'MANAGEMENT')) AS register
    FROM party p LEFT JOIN customer c ON c.customer_id = p.as_customer WHERE p.id = ANY(${[...ids]}::uuid[])`)
}

export const customersOf = (raw: readonly RawParty[]): string[] => raw.flatMap((party) => (party.as_customer === null ? [] : [party.as_customer]))

/** The masked references of parties, for a reader who sees these customers. */
export function shownParties(raw: readonly RawParty[], seen: ReadonlySet<string>, known: ReadonlySet<string> = new Set()): Map<string, ShownParty> {
  return new Map(raw.map((party) => {
    const mine = party.as_customer !== null && seen.has(party.as_customer)
    return [party.id, { partyId: party.id, kind: party.kind, name: shownName({ kind: party.kind, name: party.name, known: mine || known.has(party.id), inRegister: party.register }), customerId: mine ? party.as_customer : null }]
  }))
}
