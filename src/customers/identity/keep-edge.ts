import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { Context } from '../../foundation/http/route.ts'
import { add, end } from '../../foundation/store/store.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { lockStructure } from '../relations/engine-check-structure.ts'
import { findOther, partyOfCustomer, takeParty } from '../relations/find-party.ts'
import { proposeAround } from '../relations/propose-groups.ts'

/**
 * The edge of the legal representative follows who he is: the one that stands ends today and that of the new person begins, whoever recorded it; then the groups around both are looked at anew. Where no edge stood one is
 * recorded only when a checked number says which person it is: a name alone would make a party of its own that no group is found by.
 */
export async function keepEdgeInStep(tx: Transaction, { services, actor, businessDate: day }: Context, given: { customerId: string; person: { name: string; number: string | null }; evidence: string; why: string }): Promise<void> {
  const { customerId, person, evidence, why } = given
  await lockStructure(tx)
  const known = await partyOfCustomer(tx, customerId)
  const stands = known ? await tx.all(sql<{ id: string; from_party: string; from_date: string }>`
    SELECT id, from_party, from_date FROM relation WHERE kind = 'LEGAL_REPRESENTATIVE' AND to_party = ${known.id} AND (to_date IS NULL OR to_date > ${day}) ORDER BY id`) : []
  if (stands.length === 0 && person.number === null) return
  const company = known ?? (await takeParty(tx, customerId, 'CORPORATE', customerId))
  const found = await findOther({ tx, keys: services.keys, customerId, today: day, customerKind: () => Promise.resolve(null) }, { kind: 'PERSON', name: person.name, number: person.number })
  if (!found.ok) throw new Error(`the representative's party: ${found.refusal.name}`)
  const { id: personId } = found.value
  if (personId === company.id) return
  // an edge may stand on another customer's file, which this person cannot write
  for (const edge of stands.filter(({ from_party: from }) => from !== personId)) {
    await tx.asRole('batch', () => end(tx, 'relation', { id: edge.id }, { to_date: day > edge.from_date ? day : edge.from_date, end_reason: '法定代表人变更' }, { why, action: 'END_RELATION' }))
  }
  if (!stands.some(({ from_party: from }) => from === personId)) {
    await add(tx, 'relation', { id: newId(), customer_id: customerId, kind: 'LEGAL_REPRESENTATIVE', from_party: personId, to_party: company.id, cross_holding: false, evidence, from_date: day, entered_by: actor.staffKey, entered_on: day }, { why, action: 'RECORD_RELATION' })
  }
  await proposeAround(tx, [company.id, personId, ...stands.map(({ from_party: from }) => from)], day)
}
