import type { z } from 'zod'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { CustomerKeys } from '../../foundation/secrets/customer-keys.ts'
import { add } from '../../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { normaliseText } from '../../foundation/values/person-name.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { checkIdentity, faultDetails } from '../identity-number.rules.ts'
import { customerOfNumber } from './engine-name-parties.ts'
import type { otherParty, PartyKind } from './relation.contract.ts'

export type Party = { id: string; kind: PartyKind; asCustomer: string | null }
const columns = sql`id, kind, as_customer AS "asCustomer"`

/** The node of a customer; null when no relation names it yet. */
export async function partyOfCustomer(tx: Transaction, customerId: string): Promise<Party | null> {
  return (await tx.maybe(sql<Party>`SELECT ${columns} FROM party WHERE as_customer = ${customerId}`)) ?? null
}

/** The same; made when there is none. `onFileOf`: the customer whose file is written. Whoever writes structure holds its lock, so that a customer has one node. */
export async function takeParty(tx: Transaction, customerId: string, kind: 'CORPORATE' | 'PERSON', onFileOf: string): Promise<Party> {
  const known = await partyOfCustomer(tx, customerId)
  if (known) return known
  const party: Party = { id: newId(), kind: kind === 'CORPORATE' ? 'COMPANY' : 'PERSON', asCustomer: customerId }
  await add(tx, 'party', { id: party.id, customer_id: onFileOf, kind: party.kind, as_customer: customerId }, { why: '关系' })
  return party
}

type Told = z.output<typeof otherParty>
export type Finding = { tx: Transaction; keys: CustomerKeys; /** The customer whose file is written. */ customerId: string; today: string; /** Asks in the reader's own scope: null when he may not open it. */ customerKind(customerId: string): Promise<'CORPORATE' | 'PERSON' | null> }

/**
 * The other end of a relation. By number it is the bank's customer or a party that is known already, whoever may see it: nothing of that is told back. Refuses 'other-unknown' and
 * 'other-number'.
 */
export async function findOther(finding: Finding, told: Told): Promise<Outcome<Party>> {
  const { tx, customerId } = finding
  if ('partyId' in told) {
    const party = await tx.maybe(sql<Party>`SELECT ${columns} FROM party WHERE id = ${told.partyId}`)
    return party ? ok(party) : refuse('other-unknown', { field: 'other' })
  }
  if ('customerId' in told) {
    const kind = await finding.customerKind(told.customerId)
    return kind === null ? refuse('other-unknown', { field: 'other' }) : ok(await takeParty(tx, told.customerId, kind, customerId))
  }
  const name = normaliseText(told.name)
  const numberKind = told.kind === 'COMPANY' ? 'USCC' : 'RESIDENT_ID'
  if (told.number !== null) {
    const verdict = checkIdentity(numberKind, told.number, finding.today)
    if (!verdict.ok) return refuse('other-number', { field: 'other', details: faultDetails(verdict.faults) })
    const hash = finding.keys.keyring.hash(numberKind, verdict.number)
    const known = await tx.maybe(sql<Party>`SELECT ${columns} FROM party WHERE number_kind = ${numberKind} AND number_hash = ${hash}`)
    if (known) return ok(known)
    const holder = await customerOfNumber(tx, numberKind, hash)
    if (holder !== null) return ok(await takeParty(tx, holder, told.kind === 'COMPANY' ? 'CORPORATE' : 'PERSON', customerId))
    return ok(await addParty(tx, { customerId, kind: told.kind, name, numberKind, hash }))
  }
  // the same name on the same file is the same party; elsewhere it is another one, until a number says otherwise
  const sameFile = await tx.maybe(sql<Party>`SELECT ${columns} FROM party WHERE customer_id = ${customerId} AND kind = ${told.kind} AND name = ${name} AND number_hash IS NULL AND as_customer IS NULL LIMIT 1`)
  return ok(sameFile ?? (await addParty(tx, { customerId, kind: told.kind, name, numberKind: null, hash: null })))
}

async function addParty(tx: Transaction, given: { customerId: string; kind: PartyKind; name: string; numberKind: string | null; hash: Buffer | null }): Promise<Party> {
  const id = newId()
  await add(tx, 'party', { id, customer_id: given.customerId, kind: given.kind, name: given.name, number_kind: given.numberKind, number_hash: given.hash }, { why: '关系' })
  return { id, kind: given.kind, asCustomer: null }
}
