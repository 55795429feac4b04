import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { Context } from '../../foundation/http/route.ts'
import { change, add, end, quiet } from '../../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { gramsOf, pinyinOf } from '../../foundation/values/person-name.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { refusalOfEntry } from '../duplicates/check-entry.ts'
import { readSubject, saveMatchKeys } from '../duplicates/match-keys.ts'
import { holderOf } from '../engine-find-duplicate.ts'
import { listOf } from '../file/file-fields.contract.ts'
import { columnsToWrite, findBy } from '../file/file-values.ts'
import { checkResidentId } from '../identity-number.rules.ts'
import type { IdentityField } from './identity-change.contract.ts'
import { keepEdgeInStep } from './keep-edge.ts'
import { legalRepresentativeOf } from './read-identity.ts'

export type OpenChange = {
  id: string; field: IdentityField; old_text: string | null; new_text: string; document_id: string | null; old_hash: Buffer | null; old_tail: string | null; id_kind: string | null
  number_cipher: Buffer | null; number_hash: Buffer | null; number_tail: string | null; number_checked: boolean | null; expires_on: string | null; proof: string; reason: string
}
type Given = { tx: Transaction; context: Context; customerId: string; of: OpenChange; why: string }

/**
 * Makes a confirmed change true: value, former name, search readings, keyed hashes, keys of comparison, the representative's row and edge; then the bank is asked once more whether anybody is there already. Refuses
 * 'changed-meanwhile' when what stood is no longer what was to be changed. Runs as `opened`.
 */
export async function applyChange(given: Given & { seen: boolean }): Promise<Outcome<null>> {
  const { tx, context, customerId, of } = given
  const done = of.field === 'NAME' ? await applyName(given) : of.field === 'IDENTITY' ? await applyDocument(given) : await applyRepresentative(given)
  if (!done.ok) return done
  await change(tx, 'customer', { customer_id: customerId }, { changed_at: new Date().toISOString() }, { why: given.why })
  await saveMatchKeys(tx, customerId)
  if (of.field === 'LEGAL_REPRESENTATIVE') return ok(null)
  return (await refusalOfEntry(tx, await readSubject(tx, customerId), context, { seen: given.seen, exclude: customerId })) ?? ok(null)
}

async function applyName({ tx, customerId, of, why }: Given): Promise<Outcome<null>> {
  const now = await tx.one(sql<{ kind: 'CORPORATE' | 'PERSON'; name: string; former_names: string[] }>`SELECT kind, name, former_names FROM customer WHERE customer_id = ${customerId}`)
  if (now.name !== of.old_text) return refuse('changed-meanwhile')
  const spoken = pinyinOf(of.new_text, now.kind)
  await change(tx, 'customer', { customer_id: customerId }, {
    name: of.new_text, name_is_made: false, former_names: [...now.former_names.filter((one) => one !== of.new_text), now.name], name_pinyin: spoken.syllables, name_initials: spoken.initials,
    grams: gramsOf(of.new_text, spoken.syllables, spoken.initials),
  }, { why })
  return ok(null)
}

async function applyDocument({ tx, context, customerId, of, why }: Given): Promise<Outcome<null>> {
  const { services, businessDate: today } = context
  const { keys } = services
  const now = await tx.maybe(sql<{ kind: string; number_hash: Buffer; tail: string; checked: boolean }>`SELECT kind, number_hash, tail, checked FROM identity_document WHERE customer_id = ${customerId} AND id = ${of.document_id} FOR UPDATE`)
  if (!now || now.kind !== of.old_text || of.old_hash === null || !now.number_hash.equals(of.old_hash) || of.number_hash === null || of.number_cipher === null) return refuse('changed-meanwhile')
  const kind = of.new_text
  if (kind !== now.kind && (await tx.maybe(sql`SELECT 1 FROM identity_document WHERE customer_id = ${customerId} AND kind = ${kind}`))) return refuse('identity-there')
  if (of.number_checked) {
    const hash = of.number_hash
    const taken = await quiet(tx, 'identifier', 'add', sql`INSERT INTO identifier (kind, value_hash, customer_id) VALUES (${kind}, ${hash}, ${customerId}) ON CONFLICT DO NOTHING`)
    if (taken === 0) {
      const holder = (await holderOf(tx, kind, hash, today)) ?? { zh: '其他网点', en: 'another outlet' }
      return refuse('duplicate-identity', { counts: 'NUMBER', details: { outlet: holder.zh, outletEn: holder.en } })
    }
  }
  await tx.asRole('batch', () => quiet(tx, 'identifier', 'remove', sql`DELETE FROM identifier WHERE kind = ${now.kind} AND value_hash = ${now.number_hash} AND customer_id = ${customerId}`))
  await change(tx, 'identity_document', { customer_id: customerId, id: of.document_id }, {
    kind, number_cipher: of.number_cipher, number_hash: of.number_hash, tail: of.number_tail, checked: of.number_checked, expires_on: of.expires_on,
  }, { why })

  const customer = await tx.one(sql<{ kind: 'CORPORATE' | 'PERSON' }>`SELECT kind FROM customer WHERE customer_id = ${customerId}`)
  const number = await keys.decrypt(tx, customerId, of.number_cipher)
  if (number === null) return refuse('changed-meanwhile')
  if (customer.kind === 'CORPORATE') {
    // the credit code is public and stands in clear beside the document
    const code = (column: 'USCC' | 'LEGACY_ORG_CODE'): string | null | undefined => (kind === column ? number : now.kind === column ? null : undefined)
    await change(tx, 'corporate', { customer_id: customerId }, { uscc: code('USCC'), legacy_org_code: code('LEGACY_ORG_CODE') }, { why })
    return ok(null)
  }
  const says = kind === 'RESIDENT_ID' ? checkResidentId(number, today) : null
  if (says?.ok) await change(tx, 'person', { customer_id: customerId }, { sex: says.sex, birth_date: says.birthDate }, { why })
  // the former tail finds the customer no more, unless another of his documents ends alike
  await quiet(tx, 'search_hash', 'remove', sql`DELETE FROM search_hash WHERE customer_id = ${customerId} AND kind = 'ID_TAIL' AND value_hash = ${keys.keyring.hash('ID_TAIL', now.tail)}
    AND NOT EXISTS (SELECT FROM identity_document d WHERE d.customer_id = ${customerId} AND d.tail = ${now.tail})`)
  await findBy(tx, keys, customerId, [['ID_TAIL', number.slice(-4)]])
  return ok(null)
}

async function applyRepresentative(given: Given): Promise<Outcome<null>> {
  const { tx, context, customerId, of, why } = given
  const { services: { keys }, businessDate: day } = context
  if ((await legalRepresentativeOf(tx, customerId)) !== of.old_text) return refuse('changed-meanwhile')
  const people = listOf('PEOPLE')
  if (!people) throw new Error('a file has people')
  const number = of.number_cipher === null ? null : await keys.decrypt(tx, customerId, of.number_cipher)
  const row = await tx.maybe(sql<{ id: string; name: string; id_hash: Buffer | null; id_tail: string | null }>`SELECT id, name, id_hash, id_tail FROM company_person WHERE customer_id = ${customerId} AND office = 'LEGAL_REPRESENTATIVE' AND ended_on IS NULL ORDER BY id LIMIT 1`)
  const document = number === null ? {} : await columnsToWrite(tx, keys, customerId, 'CORPORATE', people.fields, { idKind: of.id_kind, idNumber: number, idExpiresOn: null })
  const stays = row?.name === of.new_text
  if (row && !stays) await end(tx, 'company_person', { customer_id: customerId, id: row.id }, { ended_on: day, end_reason: '法定代表人变更' }, { why })
  if (stays) await change(tx, 'company_person', { customer_id: customerId, id: row.id }, document, { why })
  else await add(tx, 'company_person', { customer_id: customerId, id: newId(), office: 'LEGAL_REPRESENTATIVE', name: of.new_text, ...document }, { why })
  if (stays && number !== null && row.id_hash !== null) await findPersonNoMore(given, row.id_hash, row.id_tail ?? '')
  if (await tx.maybe(sql`SELECT 1 FROM corporate WHERE customer_id = ${customerId}`)) await change(tx, 'corporate', { customer_id: customerId }, { legal_representative: of.new_text }, { why })
  await keepEdgeInStep(tx, context, { customerId, person: { name: of.new_text, number: of.id_kind === 'RESIDENT_ID' ? number : null }, evidence: of.proof, why })
  return ok(null)
}

/** A number that a person of the company no longer has leaves the search, unless another of its people has it or ends alike. */
async function findPersonNoMore({ tx, context, customerId }: Given, hash: Buffer, tail: string): Promise<void> {
  const { keyring } = context.services.keys
  await quiet(tx, 'search_hash', 'remove', sql`DELETE FROM search_hash WHERE customer_id = ${customerId} AND (
    (kind = 'PERSON_ID' AND value_hash = ${hash} AND NOT EXISTS (SELECT FROM company_person p WHERE p.customer_id = ${customerId} AND p.id_hash = ${hash}))
    OR (kind = 'ID_TAIL' AND value_hash = ${keyring.hash('ID_TAIL', tail)} AND NOT EXISTS (SELECT FROM company_person p WHERE p.customer_id = ${customerId} AND p.id_tail = ${tail})))`)
}
