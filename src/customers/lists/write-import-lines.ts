import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { CustomerKeys } from '../../foundation/secrets/customer-keys.ts'
import { bulk, quiet } from '../../foundation/store/store.ts'
import type { FileField } from '../file/file-fields.contract.ts'
import { importPurpose } from './find-import-rows.ts'
import { importSheets } from './list-import-columns.ts'

const why = '导入客户'
type Kept = { row_no: number; customer_id: string; row_id: string; given: Record<string, unknown>; sealed: Buffer | null }

const columnsOf = (field: FileField): string[] => {
  switch (field.kind) {
    case 'phone': return [`${field.column}_cipher`, `${field.column}_hash`, `${field.column}_masked`]
    case 'mail': return [`${field.column}_cipher`, `${field.column}_masked`]
    case 'address': return [field.column, `${field.column}_cipher`, `${field.column}_hash`]
    default: return [field.column]
  }
}

/** Lines whose customer is the importer's no more, or was closed since the check. */
export async function staleLines(tx: Transaction, importId: string, me: number): Promise<number> {
  return (await tx.one(sql<{ n: number }>`
    SELECT count(*)::int AS n FROM customer_import_line l LEFT JOIN customer c ON c.customer_id = l.customer_id
    WHERE l.import_id = ${importId} AND l.verdict = 'NEW' AND NOT EXISTS (SELECT FROM customer_import_row r WHERE r.import_id = l.import_id AND r.customer_id = l.customer_id AND r.verdict = 'NEW')
      AND (c.customer_id IS NULL OR NOT c.viewers @> ARRAY[${me}::int] OR c.status = 'CLOSED')`)).n
}

/** Writes the rows of the further sheets, after the customers are there: a statement for each table; secrets are put under their customers' keys here, for PostgreSQL has no keys. Runs as `batch`. Returns how many. */
export async function writeLines(tx: Transaction, keys: CustomerKeys, importId: string): Promise<number> {
  let count = 0
  for (const { code, list } of importSheets) {
    const rows = await tx.all(sql<Kept>`SELECT row_no, customer_id, row_id, given, sealed FROM customer_import_line WHERE import_id = ${importId} AND sheet = ${code} AND verdict = 'NEW' ORDER BY row_no`)
    if (rows.length === 0) continue
    const prepared: Record<string, unknown>[] = []
    for (const row of rows) {
      const secrets = row.sealed === null ? {} : (JSON.parse(keys.keyring.openTransient(row.sealed, importPurpose)) as Record<string, string>)
      const ciphers: Record<string, string> = {}
      for (const [column, value] of Object.entries(secrets)) ciphers[`${column}_cipher`] = `\\x${(await keys.encrypt(tx, row.customer_id, value)).toString('hex')}`
      prepared.push({ ...row.given, ...ciphers, customer_id: row.customer_id, id: row.row_id, batch_id: importId })
    }
    const columns = ['customer_id', 'id', 'batch_id', ...list.fields.flatMap(columnsOf)]
    count += (await bulk(tx, { table: list.table, what: 'add', why, batch: importId, statement: sql`
      INSERT INTO ${sql.table(list.table)} (${sql.join(columns.map((name) => sql.ref(name)))})
      SELECT ${sql.join(columns.map((name) => sql.ref(`f.${name}`)))} FROM jsonb_array_elements(${JSON.stringify(prepared)}::jsonb) x, LATERAL jsonb_populate_record(NULL::${sql.table(list.table)}, x) f ORDER BY 1, 2` })).count
    await quiet(tx, 'customer_import_line', 'change', sql`UPDATE customer_import_line l SET sealed = NULL, written = md5(t::text) FROM ${sql.table(list.table)} t
      WHERE l.import_id = ${importId}::uuid AND l.sheet = ${code} AND l.verdict = 'NEW' AND t.customer_id = l.customer_id AND t.id = l.row_id`)
  }
  await quiet(tx, 'search_hash', 'add', sql`INSERT INTO search_hash (kind, value_hash, customer_id)
    SELECT DISTINCT f ->> 0, decode(f ->> 1, 'hex'), l.customer_id FROM customer_import_line l, jsonb_array_elements(l.found_by) f WHERE l.import_id = ${importId}::uuid AND l.verdict = 'NEW' ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING`)
  return count
}

/** Persons of whom the import brings an address or a phone: with whom they live is to be looked at anew. Run as `batch`. */
export async function personsMoved(tx: Transaction, importId: string): Promise<string[]> {
  const rows = await tx.all(sql<{ id: string }>`
    SELECT c.customer_id AS id FROM customer c WHERE c.kind = 'PERSON' AND c.customer_id IN (
      SELECT customer_id FROM customer_import_line WHERE import_id = ${importId} AND sheet = 'ADDRESSES' AND verdict = 'NEW'
      UNION SELECT customer_id FROM customer_import_row WHERE import_id = ${importId} AND verdict IN ('NEW', 'UPDATE') AND phone_hash IS NOT NULL) ORDER BY 1`)
  return rows.map((row) => row.id)
}

/** Takes the rows back that are as the import left them; one that somebody edited or ended since stays. Runs as `batch`. Returns how many went and how many stayed. */
export async function takeBackLines(tx: Transaction, importId: string): Promise<{ undone: number; kept: number }> {
  const undone = sql`l.import_id = ${importId}::uuid AND l.undone`
  for (const { code, list } of importSheets) {
    await quiet(tx, 'customer_import_line', 'change', sql`UPDATE customer_import_line l SET undone = true FROM ${sql.table(list.table)} t
      WHERE l.import_id = ${importId}::uuid AND l.sheet = ${code} AND l.verdict = 'NEW' AND t.customer_id = l.customer_id AND t.id = l.row_id AND md5(t::text) = l.written`)
  }
  // a number that nothing else of the customer has finds him no more
  const other = (table: string, hash: string, masked: string, tail: Sql): Sql => sql`EXISTS (SELECT FROM ${sql.table(table)} o WHERE o.customer_id = h.customer_id AND ${tail}
    AND ((h.kind = 'PHONE' AND ${sql.ref(`o.${hash}`)} = h.value_hash) OR (h.kind = 'PHONE_TAIL' AND right(${sql.ref(`o.${masked}`)}, 4) = right(l.given ->> 'phone_masked', 4))))`
  await quiet(tx, 'search_hash', 'remove', sql`DELETE FROM search_hash h USING customer_import_line l, jsonb_array_elements(l.found_by) f
    WHERE ${undone} AND h.customer_id = l.customer_id AND h.kind = f ->> 0 AND h.value_hash = decode(f ->> 1, 'hex')
      AND NOT ${other('phone', 'number_hash', 'masked', sql`o.ended_on IS NULL`)} AND NOT ${other('company_person', 'phone_hash', 'phone_masked', sql`true`)}
      AND NOT ${other('contact_person', 'phone_hash', 'phone_masked', sql`NOT EXISTS (SELECT FROM customer_import_line u WHERE u.import_id = l.import_id AND u.undone AND u.row_id = o.id)`)}`)
  for (const { code, list } of importSheets) {
    await bulk(tx, { table: list.table, what: 'remove', alias: 't', why: '撤销导入', batch: importId, statement: sql`DELETE FROM ${sql.table(list.table)} t USING customer_import_line l WHERE ${undone} AND l.sheet = ${code} AND t.customer_id = l.customer_id AND t.id = l.row_id` })
  }
  return tx.one(sql<{ undone: number; kept: number }>`SELECT (count(*) FILTER (WHERE undone))::int AS undone, (count(*) FILTER (WHERE NOT undone))::int AS kept FROM customer_import_line WHERE import_id = ${importId} AND verdict = 'NEW'`)
}
