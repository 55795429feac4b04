import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { duplicateSchemeOn } from './duplicate-table.ts'
import { blockingKeys, judge, prepare, type Judged, type Subject } from './duplicate.rules.ts'
import { hashedKey, numberColumns, subjectColumns, subjectOf, subjectTables, type SubjectRow } from './match-keys.ts'

/** A customer that may be the same, by id only: who it is is read by the asker's own role, if he may see it. The outlet is what everybody is told. */
export type Candidate = Judged & { customerId: string; outlet: { zh: string; en: string } }
type Row = SubjectRow & { status: string; identities: Subject['identities'] | null; phones: string[] | null; outlet: string | null; outlet_en: string | null }

/**
 * Who of the whole bank may be this customer: found by the keys of its names, by phones and by documents, judged by the scheme of the day; the likeliest first, those that
 * reach no level left out. A closed customer counts only by its number.
 */
export function findCandidates(tx: Transaction, subject: Subject, day: string, exclude: string | null = null): Promise<Candidate[]> {
  const mine = prepare(subject)
  const keys = blockingKeys(mine).map(hashedKey)
  const bytes = (hashes: readonly string[]): Buffer[] => hashes.map((hash) => Buffer.from(hash, 'hex'))
  return tx.asRole('engine', async () => {
    const rows = await tx.all(sql<Row>`
      WITH met AS (
        (SELECT customer_id FROM customer_match WHERE keys && ${keys}::bigint[] LIMIT 200)
        UNION (SELECT customer_id FROM search_hash WHERE kind = 'PHONE' AND value_hash = ANY(${bytes(subject.phones)}::bytea[]) LIMIT 50)
        UNION (SELECT customer_id FROM identity_document WHERE number_hash = ANY(${bytes(subject.identities.map(({ hash }) => hash))}::bytea[]) LIMIT 50))
      SELECT ${subjectColumns}, c.status, o.name AS outlet, o.name_en AS outlet_en, ${numberColumns}
      FROM met JOIN ${subjectTables} ON c.customer_id = met.customer_id
      LEFT JOIN organisation_institution_facts o ON o.institution_key = c.outlet_key AND o.from_date <= ${day} AND (o.to_date IS NULL OR o.to_date > ${day})
      WHERE c.kind = ${subject.kind} AND c.merged_into IS NULL AND c.customer_id IS DISTINCT FROM ${exclude}::uuid`)
    const scheme = duplicateSchemeOn(day)
    return rows
      .map((row): Candidate & { closed: boolean } => ({
        ...judge(mine, prepare(subjectOf(row, { identities: row.identities ?? [], phones: row.phones ?? [] })), scheme), customerId: row.customer_id, closed: row.status === 'CLOSED',
        outlet: { zh: row.outlet ?? '其他网点', en: row.outlet_en ?? 'another outlet' },
      }))
      .filter(({ level, closed }) => level !== null && (!closed || level === 'CERTAIN'))
      .map(({ closed: _closed, ...candidate }) => candidate)
      .sort((a, b) => b.score - a.score || (a.customerId < b.customerId ? -1 : 1))
  })
}
