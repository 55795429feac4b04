import { createHash } from 'node:crypto'
import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { OnProgress } from '../../foundation/jobs/run-job.ts'
import { quiet } from '../../foundation/store/store.ts'
import { blockingKeys, prepare, type Subject } from './duplicate.rules.ts'

/** How keys are made; another number makes all of them anew at the next refresh. */
const keyVersion = '1'
const pageSize = 5_000

export type SubjectRow = {
  customer_id: string; kind: Subject['kind']; name: string; former_names: string[]; uscc: string | null; legacy_org_code: string | null; legal_representative: string | null; address: string | null
  birth_date: string | null; sex: Subject['sex']
}

/** What names, particulars and documents say of a customer; the columns of SubjectRow. */
export const subjectColumns = sql`c.customer_id, c.kind, c.name, c.former_names, k.uscc, k.legacy_org_code, k.legal_representative, coalesce(k.registered_address, k.operating_address) AS address, p.birth_date, p.sex`
export const subjectTables = sql`customer c LEFT JOIN corporate k ON k.customer_id = c.customer_id LEFT JOIN person p ON p.customer_id = c.customer_id`
/** Documents and phones by their keyed hashes. */
export const numberColumns = sql`
  (SELECT jsonb_agg(jsonb_build_object('kind', d.kind, 'hash', encode(d.number_hash, 'hex'), 'checked', d.checked)) FROM identity_document d WHERE d.customer_id = c.customer_id) AS identities,
  (SELECT array_agg(encode(t.number_hash, 'hex')) FROM phone t WHERE t.customer_id = c.customer_id AND t.ended_on IS NULL) AS phones`
// what the keys are made of: as long as it stays, they stay
const source = sql`md5(concat_ws('|', ${keyVersion}::text, c.kind, c.name, array_to_string(c.former_names, '|'), k.uscc, k.legacy_org_code, k.legal_representative, k.registered_address, k.operating_address, p.birth_date))`

/** The nine characters of the organisation code, from the credit code or the former document. */
export function organisationCodeOf(uscc: string | null, legacy: string | null): string | null {
  const code = uscc?.length === 18 ? uscc.slice(8, 17) : (legacy?.replace(/[^0-9A-Z]/gi, '').toUpperCase() ?? '')
  return code.length === 9 ? code : null
}

export function subjectOf(row: SubjectRow, numbers: Pick<Subject, 'identities' | 'phones'> = { identities: [], phones: [] }): Subject {
  return {
    kind: row.kind, name: row.name, formerNames: row.former_names, ...numbers, organisationCode: organisationCodeOf(row.uscc, row.legacy_org_code), legalRepresentative: row.legal_representative, address: row.address,
    birthDate: row.birth_date, sex: row.sex,
  }
}

/** A customer as it is compared, with documents and phones, by a role that sees it. Throws when it is not there. */
export async function readSubject(tx: Transaction, customerId: string): Promise<Subject> {
  const row = await tx.one(sql<SubjectRow & { identities: Subject['identities'] | null; phones: string[] | null }>`SELECT ${subjectColumns}, ${numberColumns} FROM ${subjectTables} WHERE c.customer_id = ${customerId}`)
  return subjectOf(row, { identities: row.identities ?? [], phones: row.phones ?? [] })
}

/** A key as it is kept: eight bytes of a hash, as a whole number. */
export function hashedKey(key: string): string {
  return createHash('sha256').update(key).digest().readBigInt64BE(0).toString()
}

const keysOf = (row: SubjectRow): string[] => blockingKeys(prepare(subjectOf(row))).map(hashedKey)

/** The keys of one customer, after it was made or changed. Runs as `opened` or `batch`; nothing is written when what they are made of is as before. */
export async function saveMatchKeys(tx: Transaction, customerId: string): Promise<void> {
  const row = await tx.maybe(sql<SubjectRow & { source: string; known: string | null }>`
    SELECT ${subjectColumns}, ${source} AS source, (SELECT m.source FROM customer_match m WHERE m.customer_id = c.customer_id) AS known FROM ${subjectTables} WHERE c.customer_id = ${customerId}`)
  if (!row || row.known === row.source) return
  const keys = keysOf(row)
  if (row.known === null) await quiet(tx, 'customer_match', 'add', sql`INSERT INTO customer_match (customer_id, keys, source) VALUES (${customerId}, ${keys}::bigint[], ${row.source})`)
  else await quiet(tx, 'customer_match', 'change', sql`UPDATE customer_match SET keys = ${keys}::bigint[], source = ${row.source} WHERE customer_id = ${customerId}`)
}

/** The keys of all customers whose names or particulars changed since they were made, or who have none yet: after a delivery, a merge, an update of the product. `only`: of these customers. Runs as `batch`. Returns how many. */
export async function refreshMatchKeys(tx: Transaction, onProgress?: OnProgress, only: readonly string[] | null = null): Promise<number> {
  let after = '00000000-0000-0000-0000-000000000000'
  let done = 0
  for (;;) {
    const rows = await tx.all(sql<SubjectRow & { source: string; known: boolean }>`
      SELECT * FROM (
        SELECT ${subjectColumns}, ${source} AS source, m.customer_id IS NOT NULL AS known, m.source AS former FROM ${subjectTables} LEFT JOIN customer_match m ON m.customer_id = c.customer_id
        WHERE c.customer_id > ${after} AND c.merged_into IS NULL ${only === null ? sql`` : sql`AND c.customer_id = ANY(${[...only]}::uuid[])`}) s
      WHERE former IS DISTINCT FROM source ORDER BY customer_id LIMIT ${pageSize}`)
    const last = rows.at(-1)
    if (!last) return done
    after = last.customer_id
    const given = (known: boolean): Sql => sql`(SELECT r.customer_id, ARRAY(SELECT jsonb_array_elements_text(r.keys)::bigint) AS keys, r.source
      FROM jsonb_to_recordset(${JSON.stringify(rows.filter((row) => row.known === known).map((row) => ({ customer_id: row.customer_id, keys: keysOf(row), source: row.source })))}::jsonb) r (customer_id uuid, keys jsonb, source text))`
    await quiet(tx, 'customer_match', 'add', sql`INSERT INTO customer_match (customer_id, keys, source) SELECT n.customer_id, n.keys, n.source FROM ${given(false)} n`)
    await quiet(tx, 'customer_match', 'change', sql`UPDATE customer_match m SET keys = n.keys, source = n.source FROM ${given(true)} n WHERE n.customer_id = m.customer_id`)
    done += rows.length
    await onProgress?.('准备比对 / preparing names', done, null)
  }
}
