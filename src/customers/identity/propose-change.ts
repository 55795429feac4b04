import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { add, type Row } from '../../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { normaliseText } from '../../foundation/values/person-name.ts'
import { refusalOfEntry } from '../duplicates/check-entry.ts'
import { readSubject } from '../duplicates/match-keys.ts'
import type { Subject } from '../duplicates/duplicate.rules.ts'
import { holderOf } from '../engine-find-duplicate.ts'
import { checkIdentity, faultDetails, normaliseNumber, type IdentityKind } from '../identity-number.rules.ts'
import { proposeIdentityChange, type AskedChange } from './identity-change.contract.ts'
import { legalRepresentativeOf } from './read-identity.ts'

type Customer = { kind: 'CORPORATE' | 'PERSON'; name: string; name_is_made: boolean; scope_path: string; viewers: number[] }
/** What the row keeps of the value that is asked for, and what the customer would be compared by with it. */
type Wanted = { columns: Row; subject?: (subject: Subject) => Subject }

/** A change of who the customer is, asked for with its proof; the old value holds until another person confirms. The bank is asked for duplicates now, and again then. */
export const proposeIdentityChangeRoute = handle(proposeIdentityChange, async (tx, { params: { customerId }, body }, context) => {
  const { actor, businessDate: day } = context
  const customer = await tx.maybe(sql<Customer>`SELECT kind, name, name_is_made, scope_path, viewers FROM customer WHERE customer_id = ${customerId} FOR UPDATE`)
  if (!customer) return refuse('not-found')
  if (await tx.maybe(sql`SELECT 1 FROM identity_change WHERE customer_id = ${customerId} AND field = ${body.field} AND state = 'OPEN'`)) return refuse('change-open')
  const wanted = body.field === 'NAME' ? wantedName(customer, body) : body.field === 'IDENTITY' ? await wantedDocument(tx, customerId, customer, body, context) : await wantedRepresentative(tx, customerId, customer, body, context)
  if (!wanted.ok) return wanted
  const { columns, subject } = wanted.value
  if (subject) {
    const there = await refusalOfEntry(tx, subject(await readSubject(tx, customerId)), context, { seen: body.sameNameSeen, exclude: customerId })
    if (there) return there
  }
  await add(tx, 'identity_change', {
    customer_id: customerId, id: body.id, field: body.field, ...columns, proof: body.proof, reason: body.reason, other_seen: body.sameNameSeen, proposed_by: actor.staffKey, proposed_on: day, proposed_post: actor.postCode,
    scope_path: customer.scope_path, viewers: customer.viewers,
  }, { why: body.reason, action: 'PROPOSE_IDENTITY' })
  return ok({ id: body.id })
})

type Of<Field extends AskedChange['field']> = Extract<AskedChange, { field: Field }>

function wantedName(customer: Customer, body: Of<'NAME'>): Outcome<Wanted> {
  const name = normaliseText(body.name)
  if (customer.name_is_made) return refuse('nothing-stands', { field: 'name' })
  if (name === customer.name) return refuse('nothing-changes', { field: 'name' })
  return ok({ columns: { old_text: customer.name, new_text: name }, subject: (subject) => ({ ...subject, name }) })
}

async function wantedDocument(tx: Transaction, customerId: string, customer: Customer, body: Of<'IDENTITY'>, { services, businessDate: today }: Context): Promise<Outcome<Wanted>> {
  const { keys } = services
  const document = await tx.maybe(sql<{ kind: IdentityKind; number_cipher: Buffer; number_hash: Buffer; tail: string; expires_on: string | null }>`
    SELECT kind, number_cipher, number_hash, tail, expires_on FROM identity_document WHERE customer_id = ${customerId} AND id = ${body.documentId}`)
  if (!document) return refuse('not-found')
  if (customer.kind === 'CORPORATE' ? !['USCC', 'LEGACY_ORG_CODE', 'OTHER'].includes(body.kind) : ['USCC', 'LEGACY_ORG_CODE'].includes(body.kind)) return refuse('identity-kind', { field: 'kind' })
  const former = body.number === null ? await keys.decrypt(tx, customerId, document.number_cipher) : null
  if (body.number === null && former === null) return refuse('destroyed', { field: 'number' })
  const verdict = checkIdentity(body.kind, body.number ?? former ?? '', today)
  if (!verdict.ok) return refuse('identity-number', { field: 'number', details: faultDetails(verdict.faults) })
  const hash = keys.keyring.hash(body.kind, verdict.number)
  if (body.kind === document.kind && hash.equals(document.number_hash)) return refuse('nothing-changes', { field: 'number' })
  if (body.kind !== document.kind && (await tx.maybe(sql`SELECT 1 FROM identity_document WHERE customer_id = ${customerId} AND kind = ${body.kind}`))) return refuse('identity-there', { field: 'kind' })
  if (verdict.checked) {
    const holder = await holderOf(tx, body.kind, hash, today)
    // whether a number is known is an answer too
    if (holder) return refuse('duplicate-identity', { field: 'number', counts: 'NUMBER', details: { outlet: holder.zh, outletEn: holder.en } })
  }
  return ok({
    columns: {
      old_text: document.kind, new_text: body.kind, document_id: body.documentId, old_hash: document.number_hash, old_tail: document.tail, number_cipher: await keys.encrypt(tx, customerId, verdict.number), number_hash: hash,
      number_tail: verdict.number.slice(-4), number_checked: verdict.checked, expires_on: body.expiresOn,
    },
    subject: (subject) => ({ ...subject, identities: [...subject.identities.filter(({ kind }) => kind !== document.kind), { kind: body.kind, hash: hash.toString('hex'), checked: verdict.checked }] }),
  })
}

async function wantedRepresentative(tx: Transaction, customerId: string, customer: Customer, body: Of<'LEGAL_REPRESENTATIVE'>, { services, businessDate: today }: Context): Promise<Outcome<Wanted>> {
  if (customer.kind !== 'CORPORATE') return refuse('wrong-part', { field: 'field' })
  const stands = await legalRepresentativeOf(tx, customerId)
  if (stands === null) return refuse('nothing-stands', { field: 'personName' })
  if ((body.idKind === null) !== (body.idNumber === null)) return refuse('goes-together', { field: body.idKind === null ? 'idKind' : 'idNumber' })
  const name = normaliseText(body.personName)
  // the same person with another number is a change as well
  if (name === stands && body.idNumber === null) return refuse('nothing-changes', { field: 'personName' })
  const person = { old_text: stands, new_text: name }
  if (body.idKind === null || body.idNumber === null) return ok({ columns: person })
  const verdict = checkIdentity(body.idKind, body.idNumber, today)
  if (!verdict.ok) return refuse('identity-number', { field: 'idNumber', details: faultDetails(verdict.faults) })
  const number = normaliseNumber(verdict.number)
  return ok({ columns: {
    ...person, id_kind: body.idKind, number_cipher: await services.keys.encrypt(tx, customerId, number), number_hash: services.keys.keyring.hash('PERSON_ID', number), number_tail: number.slice(-4), number_checked: verdict.checked,
  } })
}
