import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { encryptText } from '../../foundation/secrets/keyring.ts'
import { bulk, change, quiet } from '../../foundation/store/store.ts'
import { takeNumbers } from '../../foundation/store/take-numbers.ts'
import { addDays } from '../../foundation/values/business-date.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { gramsOf, pinyinOf } from '../../foundation/values/person-name.ts'
import { refreshMatchKeys } from '../duplicates/match-keys.ts'
import { maskPhone } from '../identity-number.rules.ts'
import { proposeHouseholdsAround } from '../relations/propose-groups.ts'
import { looksAfterCustomers } from './check-import.ts'
import { fileColumnsOf } from './list-import-columns.ts'
import { runImport } from './import.contract.ts'
import { importPurpose } from './find-import-rows.ts'
import { readListPolicy } from './read-list-policy.ts'
import { personsMoved, staleLines, writeLines } from './write-import-lines.ts'

const why = '导入客户'
/** The moment of the transaction as it is read back: to the millisecond. */
const moment = sql`date_trunc('milliseconds', now())`
// those that the first columns of the workbook fill, then those of the file in the same table
const corporateColumns: readonly string[] = ['legal_representative', 'registered_address', 'operating_address', 'business_scope', 'industry_code', 'size_class', 'established_on', 'registered_capital_fen', 'staff_count', ...fileColumnsOf('corporate').map(({ column }) => column)]
const personColumns: readonly string[] = ['occupation', 'employer', 'nationality', 'birthday_calendar', ...fileColumnsOf('person').map(({ column }) => column)]
const fileTables = ['corporate_file', 'person_file', 'customer_file'] as const
type Part = 'corporate' | 'person' | (typeof fileTables)[number]
/** What an import writes of a customer beside its own row, its document and its phone: by table. */
export const importedColumns: readonly (readonly [Part, readonly string[]])[] = [['corporate', corporateColumns], ['person', personColumns], ...fileTables.map((table) => [table, fileColumnsOf(table).map(({ column }) => column)] as const)]
const sqlTypes: Readonly<Record<string, Sql>> = { day: sql`date`, money: sql`bigint`, count: sql`int`, year: sql`int`, flag: sql`boolean` }
const typeOf: Readonly<Record<string, Sql>> = {
  established_on: sql`date`, registered_capital_fen: sql`bigint`, staff_count: sql`int`,
  ...Object.fromEntries((['corporate', 'person', ...fileTables] as const).flatMap((table) => fileColumnsOf(table).flatMap(({ column, kind }) => { const type = sqlTypes[kind]; return type ? [[column, type] as const] : [] }))),
}
const flags: ReadonlySet<string> = new Set(fileTables.flatMap((table) => fileColumnsOf(table).flatMap(({ column, kind }) => (kind === 'flag' ? [column] : []))))

type Kept = { row_no: number; verdict: 'NEW' | 'UPDATE'; customer_id: string; name: string; given: { kind: 'CORPORATE' | 'PERSON'; asks?: string[] }; identity_kind: string | null; identity_sealed: Buffer | null; phone_sealed: Buffer | null; wrapped_key: Buffer | null }

/** What was checked is written: new customers with the importer as manager, what differs of his own. A dozen statements for all rows; each row bears the import, and its moment. Whole or not at all. */
export const runImportRoute = handle(runImport, async (tx, { params: { importId } }, context) => {
  const { actor, businessDate: day } = context
  const kept = await tx.maybe(sql<{ rows_new: number; rows_update: number; lines_new: number; ran_on: string | null }>`SELECT rows_new, rows_update, lines_new, ran_on FROM customer_import WHERE id = ${importId} FOR UPDATE`)
  if (!kept) return refuse('not-found')
  if (kept.ran_on !== null) return refuse('import-gone')
  if (kept.rows_new + kept.rows_update + kept.lines_new === 0) return refuse('nothing-to-import')
  if (!(await looksAfterCustomers(tx, actor.staffKey, day))) return refuse('not-a-manager')
  const policy = await readListPolicy(tx, day)
  const undoUntil = addDays(day, policy.importUndoDays)
  const written = await tx.asRole('batch', () => write(tx, context, importId, { rows: kept.rows_new + kept.rows_update, lines: kept.lines_new }))
  if ('stale' in written) return written.stale === 0 ? refuse('import-gone') : refuse('check-again', { details: { count: String(written.stale) } })
  // who lives behind one door is found now, not by the next delivery
  await tx.asRole('batch', async () => proposeHouseholdsAround(tx, await personsMoved(tx, importId), day))
  const { at } = await tx.one(sql<{ at: string }>`SELECT ${moment} AS at`)
  await change(tx, 'customer_import', { id: importId }, { ran_on: day, ran_at: at, undo_until: undoUntil }, { why: `${written.added} 新增，${written.updated} 更新${written.lines > 0 ? `，${written.lines} 条明细` : ''}`, action: 'RUN_IMPORT' })
  return ok({ id: importId, ...written, undoUntil })
})

async function write(tx: Transaction, { actor, businessDate: day, services }: Context, importId: string, wanted: { rows: number; lines: number }): Promise<{ added: number; updated: number; lines: number } | { stale: number }> {
  const { keyring } = services.keys
  const rows = await tx.all(sql<Kept>`
    SELECT r.row_no, r.verdict, r.customer_id, r.name, r.given, r.identity_kind, r.identity_sealed, r.phone_sealed, k.wrapped_key
    FROM customer_import_row r LEFT JOIN customer_key k ON k.customer_id = r.customer_id WHERE r.import_id = ${importId} AND r.verdict IN ('NEW', 'UPDATE') ORDER BY r.row_no`)
  const { lines } = await tx.one(sql<{ lines: number }>`SELECT count(*)::int AS lines FROM customer_import_line WHERE import_id = ${importId} AND verdict = 'NEW'`)
  if (rows.length !== wanted.rows || lines !== wanted.lines) return { stale: 0 }
  const stale = (await staleRows(tx, importId, actor.staffKey)) + (await staleLines(tx, importId, actor.staffKey))
  if (stale > 0) return { stale }
  const fresh = rows.filter((row) => row.verdict === 'NEW')
  const first = fresh.length === 0 ? 0 : await takeNumbers(tx, 'customer', fresh.length)
  let place = 0
  // names are spoken and numbers sealed here, row by row: PostgreSQL has neither the pinyin nor the keys. Everything else is a statement for all of them
  const prepared = rows.map((row) => {
    const isNew = row.verdict === 'NEW'
    const made = row.wrapped_key === null ? keyring.makeCustomerKey(row.customer_id) : { key: keyring.unwrap(row.wrapped_key, row.customer_id), wrapped: null }
    const spoken = isNew ? pinyinOf(row.name, row.given.kind) : null
    const opened = (sealed: Buffer | null): string | null => (sealed === null ? null : keyring.openTransient(sealed, importPurpose))
    const [identity, phone] = [opened(row.identity_sealed), opened(row.phone_sealed)]
    const cipher = (value: string | null): string | null => (value === null ? null : encryptText(made.key, row.customer_id, value).toString('hex'))
    return {
      row_no: row.row_no, customer_id: row.customer_id, is_new: isNew, kind: row.given.kind,
      named: spoken && { row_no: row.row_no, name: row.name, number: `Y${String(first + place++).padStart(9, '0')}`, name_pinyin: spoken.syllables, name_initials: spoken.initials, grams: gramsOf(row.name, spoken.syllables, spoken.initials) },
      wrapped_key: made.wrapped !== null && (identity !== null || phone !== null) ? made.wrapped.toString('hex') : null, identity_cipher: cipher(identity), tail: identity?.slice(-4) ?? null,
      // the credit code of a company is public and stands in the register as it is
      uscc: row.identity_kind === 'USCC' ? identity : null, org_code: row.identity_kind === 'LEGACY_ORG_CODE' ? identity : null,
      phone_cipher: cipher(phone), masked: phone === null ? null : maskPhone(phone),
    }
  })
  // names with their pieces are long and needed once
  const p = sql`jsonb_to_recordset(${JSON.stringify(prepared.map(({ named: _named, ...row }) => row))}::jsonb) p (row_no int, customer_id uuid, is_new boolean, kind text, wrapped_key text, identity_cipher text, tail text, uscc text, org_code text, phone_cipher text, masked text)`
  const joined = sql`${p} JOIN customer_import_row r ON r.import_id = ${importId}::uuid AND r.row_no = p.row_no`
  const one = { why, batch: importId }

  await quiet(tx, 'identifier', 'add', sql`INSERT INTO identifier (kind, value_hash, customer_id) SELECT r.identity_kind, r.identity_hash, p.customer_id FROM ${joined} WHERE p.is_new AND r.identity_checked ORDER BY 1, 2`)
  await quiet(tx, 'customer_key', 'add', sql`INSERT INTO customer_key (customer_id, wrapped_key) SELECT p.customer_id, decode(p.wrapped_key, 'hex') FROM ${p} WHERE p.wrapped_key IS NOT NULL`)
  const added = await bulk(tx, { ...one, table: 'customer', what: 'add', statement: sql`
    INSERT INTO customer (customer_id, number, kind, name, name_pinyin, name_initials, grams, status, tier, tier_since, outlet_key, scope_path, viewers, main_staff_key, source, former_names, changed_at, batch_id)
    SELECT p.customer_id, n.number, p.kind, n.name, n.name_pinyin, n.name_initials, n.grams, 'PROSPECT', 'P', ${day}::date, ${actor.placeKey}::int, ${actor.linePath}::text, ARRAY[${actor.staffKey}::int], ${actor.staffKey}::int, r.given ->> 'source', ${formerNames(sql`'{}'::text[]`)}, ${moment}, ${importId}::uuid
    FROM ${joined} JOIN jsonb_to_recordset(${JSON.stringify(prepared.flatMap(({ named }) => (named ? [named] : [])))}::jsonb) n (row_no int, name text, number text, name_pinyin text, name_initials text, grams text[]) ON n.row_no = p.row_no
    ORDER BY p.customer_id` })
  await keepBefore(tx, importId)
  await writeParticulars(tx, importId, joined)
  await bulk(tx, { ...one, table: 'identity_document', what: 'add', statement: sql`
    INSERT INTO identity_document (customer_id, id, kind, number_cipher, number_hash, tail, checked, expires_on, batch_id)
    SELECT p.customer_id, uuid7(), r.identity_kind, decode(p.identity_cipher, 'hex'), r.identity_hash, p.tail, r.identity_checked, r.identity_expires_on, ${importId}::uuid FROM ${joined} WHERE p.is_new AND p.identity_cipher IS NOT NULL ORDER BY 1` })
  await bulk(tx, { ...one, table: 'phone', what: 'add', statement: sql`
    INSERT INTO phone (customer_id, id, number_cipher, number_hash, masked, batch_id)
    SELECT p.customer_id, uuid7(), decode(p.phone_cipher, 'hex'), r.phone_hash, p.masked, ${importId}::uuid FROM ${joined} WHERE p.phone_cipher IS NOT NULL ORDER BY 1` })
  await quiet(tx, 'search_hash', 'add', sql`
    INSERT INTO search_hash (kind, value_hash, customer_id) SELECT k.kind, k.hash, p.customer_id FROM ${joined} CROSS JOIN LATERAL (VALUES ('PHONE', r.phone_hash), ('PHONE_TAIL', r.phone_tail_hash)) k (kind, hash)
    WHERE p.phone_cipher IS NOT NULL ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING`)
  await bulk(tx, { ...one, table: 'tier_held', what: 'add', statement: sql`
    INSERT INTO tier_held (customer_id, id, tier, from_date, reason, batch_id) SELECT p.customer_id, uuid7(), 'P', ${day}::date, '潜在客户', ${importId}::uuid FROM ${p} WHERE p.is_new ORDER BY 1` })
  await bulk(tx, { ...one, table: 'assignment', what: 'add', statement: sql`
    INSERT INTO assignment (customer_id, id, staff_key, share_pct, main, from_date, base_as_of, reason, batch_id)
    SELECT p.customer_id, uuid7(), ${actor.staffKey}::int, 100, true, ${day}::date, ${day}::date, ${why}::text, ${importId}::uuid FROM ${p} WHERE p.is_new ORDER BY 1` })
  const updated = await bulk(tx, { ...one, table: 'customer', what: 'change', alias: 'c', statement: sql`
    UPDATE customer c SET source = coalesce(r.given ->> 'source', c.source), former_names = ${formerNames(sql`c.former_names`)}, changed_at = ${moment} FROM customer_import_row r WHERE r.import_id = ${importId}::uuid AND r.verdict = 'UPDATE' AND c.customer_id = r.customer_id` })
  await askForChanges(tx, { importId, staffKey: actor.staffKey, postCode: actor.postCode, day }, p)
  const written = await writeLines(tx, services.keys, importId)
  await refreshMatchKeys(tx, undefined, prepared.map((row) => row.customer_id))
  // the numbers are where they belong now
  await quiet(tx, 'customer_import_row', 'change', sql`UPDATE customer_import_row SET identity_sealed = NULL, phone_sealed = NULL WHERE import_id = ${importId}::uuid AND (identity_sealed IS NOT NULL OR phone_sealed IS NOT NULL)`)
  return { added: added.count, updated: updated.count, lines: written }
}

/** Rows whose customer has another manager, was closed, or whose number was taken since the check. */
async function staleRows(tx: Transaction, importId: string, me: number): Promise<number> {
  return (await tx.one(sql<{ n: number }>`
    SELECT count(*)::int AS n FROM customer_import_row r LEFT JOIN customer c ON c.customer_id = r.customer_id
    WHERE r.import_id = ${importId} AND ((r.verdict = 'UPDATE' AND (c.customer_id IS NULL OR NOT c.viewers @> ARRAY[${me}::int] OR c.status = 'CLOSED'))
      OR (r.verdict = 'NEW' AND (c.customer_id IS NOT NULL OR EXISTS (SELECT FROM identifier i WHERE r.identity_checked AND i.kind = r.identity_kind AND i.value_hash = r.identity_hash))))`)).n
}

/** What an update replaces is kept with its row, so that it can be put back. */
async function keepBefore(tx: Transaction, importId: string): Promise<void> {
  const keys = (part: Part | 'customer') => sql`(SELECT jsonb_object_agg(k, to_jsonb(t) -> k) FROM ${sql.table(part)} t, jsonb_object_keys(coalesce(r.given -> ${part}::text, '{}')) k WHERE t.customer_id = r.customer_id)`
  await quiet(tx, 'customer_import_row', 'change', sql`
    UPDATE customer_import_row r SET before = jsonb_build_object('source', c.source, 'customer', ${keys('customer')}, ${sql.join(importedColumns.map(([part]) => sql`${part}::text, ${keys(part)}`))}) FROM customer c
    WHERE r.import_id = ${importId}::uuid AND r.verdict = 'UPDATE' AND c.customer_id = r.customer_id`)
}

async function writeParticulars(tx: Transaction, importId: string, joined: Sql): Promise<void> {
  const one = { why, batch: importId }
  const value = (part: Part, name: string): Sql => sql`(r.given -> ${part}::text ->> ${name}::text)::${typeOf[name] ?? sql`text`}`
  const names = (columns: readonly string[]): Sql => sql.join(columns.map((name) => sql.ref(name)))
  const values = (part: Part, columns: readonly string[]): Sql => sql.join(columns.map((name) => value(part, name)))
  const sets = (part: Part, columns: readonly string[]): Sql => sql.join(columns.map((name) => sql`${sql.ref(name)} = CASE WHEN r.given -> ${part}::text ? ${name}::text THEN ${value(part, name)} ELSE ${sql.ref(`t.${name}`)} END`))
  const others = personColumns.filter((name) => !['birthday_calendar', 'sex', 'birth_date'].includes(name))
  const ofCompany = corporateColumns.filter((name) => !['legacy_org_code', 'registration_status'].includes(name))
  await bulk(tx, { ...one, table: 'corporate', what: 'add', statement: sql`
    INSERT INTO corporate (customer_id, uscc, legacy_org_code, registration_status, ${names(ofCompany)}, batch_id)
    SELECT p.customer_id, p.uscc, coalesce(p.org_code, ${value('corporate', 'legacy_org_code')}), coalesce(${value('corporate', 'registration_status')}, '存续'), ${values('corporate', ofCompany)}, ${importId}::uuid FROM ${joined} WHERE p.is_new AND p.kind = 'CORPORATE' ORDER BY 1` })
  await bulk(tx, { ...one, table: 'person', what: 'add', statement: sql`
    INSERT INTO person (customer_id, sex, birth_date, birthday_calendar, ${names(others)}, batch_id)
    SELECT p.customer_id, coalesce(r.given ->> 'sex', ${value('person', 'sex')}), coalesce((r.given ->> 'birth_date')::date, ${value('person', 'birth_date')}), coalesce(${value('person', 'birthday_calendar')}, 'SOLAR'), ${values('person', others)}, ${importId}::uuid FROM ${joined} WHERE p.is_new AND p.kind = 'PERSON' ORDER BY 1` })
  for (const [table, columns] of importedColumns) {
    const statement = sql`UPDATE ${sql.table(table)} t SET ${sets(table, columns)} FROM customer_import_row r WHERE r.import_id = ${importId}::uuid AND r.verdict = 'UPDATE' AND t.customer_id = r.customer_id AND r.given -> ${table}::text <> '{}'::jsonb`
    await bulk(tx, { ...one, table, what: 'change', alias: 't', statement })
  }
  // whoever had no row of the file yet gets one
  for (const table of fileTables) {
    const columns = fileColumnsOf(table).map(({ column }) => column)
    await bulk(tx, { ...one, table, what: 'add', statement: sql`
      INSERT INTO ${sql.table(table)} (customer_id, ${names(columns)}, batch_id)
      SELECT r.customer_id, ${sql.join(columns.map((name) => (flags.has(name) ? sql`coalesce(${value(table, name)}, false)` : value(table, name))))}, ${importId}::uuid FROM customer_import_row r
      WHERE r.import_id = ${importId}::uuid AND r.verdict IN ('NEW', 'UPDATE') AND r.given -> ${table}::text <> '{}'::jsonb AND NOT EXISTS (SELECT FROM ${sql.table(table)} t WHERE t.customer_id = r.customer_id) ORDER BY 1` })
  }
}

/** Former names that the row gives, else these. */
const formerNames = (others: Sql): Sql => sql`CASE WHEN r.given -> 'customer' ? 'former_names' THEN ARRAY(SELECT jsonb_array_elements_text(r.given -> 'customer' -> 'former_names')) ELSE ${others} END`

/** What would change who a known customer is becomes a request with the paper that the row names; a second person decides. What was asked for since the check stands first. */
async function askForChanges(tx: Transaction, by: { importId: string; staffKey: number; postCode: string; day: string }, p: Sql): Promise<void> {
  const asked = (field: string): Sql => sql`customer_import_row r JOIN customer c ON c.customer_id = r.customer_id JOIN customer_import i ON i.id = r.import_id WHERE r.import_id = ${by.importId}::uuid AND r.verdict = 'UPDATE' AND r.given -> 'asks' ? ${field}::text`
  const said = sql`coalesce(r.given ->> 'proof', '--'), '导入 ' || i.file_name || ' 第 ' || r.row_no || ' 行', ${by.staffKey}::int, ${by.day}::date, ${by.postCode}::text, ${by.importId}::uuid, c.scope_path, c.viewers`
  const columns = sql`proof, reason, proposed_by, proposed_on, proposed_post, batch_id, scope_path, viewers`
  const representative = sql`coalesce((SELECT k.legal_representative FROM corporate k WHERE k.customer_id = c.customer_id), (SELECT x.name FROM company_person x WHERE x.customer_id = c.customer_id AND x.office = 'LEGAL_REPRESENTATIVE' AND x.ended_on IS NULL ORDER BY x.id LIMIT 1))`
  const one = { why, batch: by.importId, table: 'identity_change', what: 'add' as const }
  const once = sql`ON CONFLICT (customer_id, field) WHERE state = 'OPEN' DO NOTHING`
  await bulk(tx, { ...one, statement: sql`INSERT INTO identity_change (customer_id, id, field, old_text, new_text, ${columns}) SELECT c.customer_id, uuid7(), 'NAME', c.name, r.given ->> 'named', ${said} FROM ${asked('NAME')} AND c.name <> r.given ->> 'named' ORDER BY 1 ${once}` })
  await bulk(tx, { ...one, statement: sql`INSERT INTO identity_change (customer_id, id, field, old_text, new_text, ${columns}) SELECT c.customer_id, uuid7(), 'LEGAL_REPRESENTATIVE', ${representative}, r.given ->> 'representative', ${said} FROM ${asked('LEGAL_REPRESENTATIVE')} AND ${representative} <> r.given ->> 'representative' ORDER BY 1 ${once}` })
  await bulk(tx, { ...one, statement: sql`INSERT INTO identity_change (customer_id, id, field, old_text, new_text, document_id, old_hash, old_tail, number_cipher, number_hash, number_tail, number_checked, expires_on, ${columns})
      SELECT c.customer_id, uuid7(), 'IDENTITY', d.kind, d.kind, d.id, d.number_hash, d.tail, decode(p.identity_cipher, 'hex'), r.identity_hash, p.tail, r.identity_checked, r.identity_expires_on, ${said}
      FROM (SELECT DISTINCT ON (d.customer_id, d.kind) d.* FROM identity_document d JOIN customer_import_row q ON q.customer_id = d.customer_id AND q.import_id = ${by.importId}::uuid ORDER BY d.customer_id, d.kind, d.id) d, ${p}, ${asked('IDENTITY')}
        AND d.customer_id = c.customer_id AND d.kind = r.identity_kind AND p.row_no = r.row_no AND d.number_hash <> r.identity_hash ORDER BY 1 ${once}` })
}
