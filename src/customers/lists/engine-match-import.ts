import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { normaliseText } from '../../foundation/values/person-name.ts'
import type { IdentityField } from '../identity/identity-change.contract.ts'
import { needsSecondPerson } from '../identity/second-person.rules.ts'
import type { JudgedRow, Reject } from './import-row.rules.ts'

export type AskedRow = { row: number; judged: JudgedRow; identityHash: Buffer | null; phoneHash: Buffer | null; grams: readonly string[] }
export type Match = {
  row: number
  /** The asker's own customer that the row is about; null: a new one, or one that he may not be told of. */
  customer_id: string | null
  mine_kind: 'CORPORATE' | 'PERSON' | null; mine_name: string | null; mine_closed: boolean | null; mine_identity_same: boolean | null; phone_known: boolean | null
  changes: string[]
  /** Of the asker's own customer: whether its name was made up by a delivery, its legal representative, whether it has a document of the row's kind, whether another customer has the number, what waits already. */
  mine_name_is_made: boolean | null; mine_representative: string | null; mine_has_kind: boolean | null; number_taken: boolean | null; mine_open: IdentityField[]
  number_asked: boolean; holder_zh: string | null; holder_en: string | null; same_count: number; same_zh: string; same_en: string
}

/**
 * Which customer of the whole bank each row is about: the asker's own are matched, of anybody else's only the outlet's name is told, as in the check of duplicates; how many bear the name and where.
 * One statement for all rows.
 */
export function matchRows(tx: Transaction, rows: readonly AskedRow[], me: number, day: string): Promise<Match[]> {
  const asked = rows.map(({ row, judged, identityHash, phoneHash, grams }) => ({
    row, number: judged.number, name: judged.name, kind: judged.kind, identity_kind: judged.identity?.kind ?? null, identity_checked: judged.identity?.checked ?? null, identity_hash: identityHash?.toString('hex') ?? null,
    phone_hash: phoneHash?.toString('hex') ?? null, source: judged.source, corporate: { ...snake(judged.corporate), ...judged.tables['corporate'] }, person: { ...snake(judged.person), ...judged.tables['person'] }, tables: judged.tables,
    // only names are looked for that a new customer would bear
    grams: judged.number === null && !judged.sameNameSeen ? [...grams] : null,
  }))
  return tx.asRole('engine', () => tx.all(sql<Match>`
    WITH asked AS (
      SELECT r.*, decode(r.identity_hash, 'hex') AS hash, decode(r.phone_hash, 'hex') AS phash
      FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) r (row int, number text, name text, kind text, identity_kind text, identity_checked boolean, identity_hash text, phone_hash text, source text, corporate jsonb, person jsonb, tables jsonb, grams text[])),
    held AS (
      -- one that was merged leads to the one that stayed
      SELECT h.row, coalesce(x.merged_into, x.customer_id) AS customer_id FROM (SELECT a.row, coalesce(n.customer_id, i.customer_id, d.customer_id) AS customer_id
      FROM asked a
      LEFT JOIN customer n ON n.number = a.number
      LEFT JOIN identifier i ON a.number IS NULL AND i.kind = a.identity_kind AND i.value_hash = a.hash
      -- a document that cannot be checked is no proof that it is the same person: only among the asker's own it is
      LEFT JOIN LATERAL (SELECT x.customer_id FROM identity_document x JOIN customer o ON o.customer_id = x.customer_id AND o.viewers @> ARRAY[${me}::int]
        WHERE a.number IS NULL AND a.identity_checked = false AND x.kind = a.identity_kind AND x.number_hash = a.hash LIMIT 1) d ON true) h LEFT JOIN customer x ON x.customer_id = h.customer_id)
    SELECT a.row, CASE WHEN c.viewers @> ARRAY[${me}::int] THEN c.customer_id END AS customer_id, m.kind AS mine_kind, m.name AS mine_name, m.status = 'CLOSED' AS mine_closed,
      CASE WHEN m.customer_id IS NOT NULL AND a.hash IS NOT NULL THEN EXISTS (SELECT FROM identity_document x WHERE x.customer_id = m.customer_id AND x.number_hash = a.hash) END AS mine_identity_same,
      CASE WHEN m.customer_id IS NOT NULL AND a.phash IS NOT NULL THEN EXISTS (SELECT FROM phone p WHERE p.customer_id = m.customer_id AND p.number_hash = a.phash AND p.ended_on IS NULL) END AS phone_known,
      CASE WHEN m.customer_id IS NULL THEN '{}' ELSE ARRAY(
        SELECT k.key FROM jsonb_each_text(a.corporate) k WHERE k.value IS DISTINCT FROM (SELECT to_jsonb(t) ->> k.key FROM corporate t WHERE t.customer_id = m.customer_id)
        UNION ALL SELECT k.key FROM jsonb_each_text(a.person) k WHERE k.value IS DISTINCT FROM (SELECT to_jsonb(t) ->> k.key FROM person t WHERE t.customer_id = m.customer_id)
        ${sql.join((['customer', 'corporate_file', 'person_file', 'customer_file'] as const).map((table) => sql`UNION ALL SELECT k.key FROM jsonb_each_text(a.tables -> ${table}::text) k
          WHERE k.value IS DISTINCT FROM coalesce((SELECT to_jsonb(t) ->> k.key FROM ${sql.table(table)} t WHERE t.customer_id = m.customer_id), CASE k.value WHEN 'false' THEN 'false' END)`), sql` `)}
        UNION ALL SELECT 'source' WHERE a.source IS NOT NULL AND a.source IS DISTINCT FROM m.source) END AS changes,
      m.name_is_made AS mine_name_is_made,
      CASE WHEN m.customer_id IS NOT NULL THEN coalesce((SELECT t.legal_representative FROM corporate t WHERE t.customer_id = m.customer_id),
        (SELECT p.name FROM company_person p WHERE p.customer_id = m.customer_id AND p.office = 'LEGAL_REPRESENTATIVE' AND p.ended_on IS NULL ORDER BY p.id LIMIT 1)) END AS mine_representative,
      CASE WHEN m.customer_id IS NOT NULL AND a.hash IS NOT NULL THEN EXISTS (SELECT FROM identity_document x WHERE x.customer_id = m.customer_id AND x.kind = a.identity_kind) END AS mine_has_kind,
      CASE WHEN m.customer_id IS NOT NULL AND a.identity_checked THEN EXISTS (SELECT FROM identifier x WHERE x.kind = a.identity_kind AND x.value_hash = a.hash AND x.customer_id <> m.customer_id) END AS number_taken,
      ARRAY(SELECT x.field FROM identity_change x WHERE x.customer_id = m.customer_id AND x.state = 'OPEN') AS mine_open,
      a.number IS NOT NULL AS number_asked,
      CASE WHEN c.customer_id IS NOT NULL AND m.customer_id IS NULL AND a.number IS NULL THEN coalesce(o.name, '其他网点') END AS holder_zh,
      CASE WHEN c.customer_id IS NOT NULL AND m.customer_id IS NULL AND a.number IS NULL THEN coalesce(o.name_en, 'another outlet') END AS holder_en,
      coalesce(s.n, 0)::int AS same_count, coalesce(s.zh, '') AS same_zh, coalesce(s.en, '') AS same_en
    FROM asked a JOIN held h ON h.row = a.row
    LEFT JOIN customer c ON c.customer_id = h.customer_id
    LEFT JOIN customer m ON m.customer_id = h.customer_id AND m.viewers @> ARRAY[${me}::int]
    LEFT JOIN organisation_institution_facts o ON o.institution_key = c.outlet_key AND o.from_date <= ${day} AND (o.to_date IS NULL OR o.to_date > ${day})
    LEFT JOIN LATERAL (
      SELECT count(*) AS n, string_agg(DISTINCT u.name, '、') AS zh, string_agg(DISTINCT u.name_en, ', ') AS en FROM (
        SELECT k.outlet_key FROM customer k WHERE k.grams @> a.grams AND k.name = a.name AND k.status <> 'CLOSED' AND k.merged_into IS NULL LIMIT 20) k
      LEFT JOIN organisation_institution_facts u ON u.institution_key = k.outlet_key AND u.from_date <= ${day} AND (u.to_date IS NULL OR u.to_date > ${day})) s ON a.grams IS NOT NULL AND c.customer_id IS NULL
    ORDER BY a.row`))
}

/** Names of fields as the tables call them. */
export const snake = (fields: Readonly<Record<string, string | number>>): Record<string, string | number> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]))

export const askedColumns: Readonly<Record<IdentityField, { column: string; what: string; whatEn: string }>> = {
  NAME: { column: 'name', what: '名称', whatEn: 'the name' }, IDENTITY: { column: 'identityNumber', what: '证件号码', whatEn: 'the number of the document' }, LEGAL_REPRESENTATIVE: { column: 'legalRepresentative', what: '法定代表人', whatEn: 'the legal representative' },
}

/** What of a row would change who one of the asker's customers is: it is asked for, never written. */
export function identityChanges(judged: JudgedRow, match: Match): IdentityField[] {
  const representative = judged.corporate['legalRepresentative']
  return [
    ...(judged.name !== null && !match.mine_name_is_made && needsSecondPerson(match.mine_name, normaliseText(judged.name)) ? ['NAME' as const] : []),
    ...(judged.identity && match.mine_identity_same === false ? ['IDENTITY' as const] : []),
    ...(needsSecondPerson(match.mine_representative, representative === undefined ? undefined : String(representative)) ? ['LEGAL_REPRESENTATIVE' as const] : []),
  ]
}

/** Why a row that is well-formed cannot be taken, when the bank is asked; null: it adds or updates. */
export function rejectOfMatch({ row: _row, judged }: Pick<AskedRow, 'row' | 'judged'>, match: Match): Reject | null {
  if (match.customer_id === null) {
    if (match.number_asked) return { column: 'number', reason: 'not-your-customer' }
    if (match.holder_zh !== null) return { column: 'identityNumber', reason: 'duplicate-identity', details: { outlet: match.holder_zh, outletEn: match.holder_en ?? '' } }
    if (match.same_count > 0) return { column: 'name', reason: 'same-name', details: { count: String(match.same_count), outlets: match.same_zh, outletsEn: match.same_en } }
    return null
  }
  if (match.mine_closed) return { column: 'number', reason: 'closed' }
  if (judged.kind !== null && judged.kind !== match.mine_kind) return { column: 'kind', reason: 'kind-differs' }
  if (judged.identity && match.mine_identity_same === false) {
    if (!match.mine_has_kind) return { column: 'identityNumber', reason: 'identity-not-there' }
    if (match.number_taken) return { column: 'identityNumber', reason: 'duplicate-identity', details: { outlet: '其他网点', outletEn: 'another outlet' } }
  }
  for (const field of identityChanges(judged, match)) {
    const { column, what, whatEn } = askedColumns[field]
    if (match.mine_open.includes(field)) return { column, reason: 'change-open', details: { what, whatEn } }
    if (judged.proof === null) return { column: 'proof', reason: 'proof-needed', details: { what, whatEn } }
  }
  const files = match.mine_kind === 'CORPORATE' ? ['person', 'person_file'] : ['corporate', 'corporate_file']
  const unfit = (match.mine_kind === 'CORPORATE' ? Object.keys(judged.person)[0] : Object.keys(judged.corporate)[0]) ?? files.flatMap((table) => Object.keys(judged.tables[table] ?? {}))[0]
  return unfit === undefined ? null : { column: unfit === 'registeredCapitalFen' ? 'registeredCapital' : unfit, reason: 'wrong-fields' }
}
