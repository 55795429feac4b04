import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { bulk, change, quiet } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { proposeHouseholdsAround } from '../relations/propose-groups.ts'
import { undoImport } from './import.contract.ts'
import { importedColumns } from './run-import.ts'
import { personsMoved, takeBackLines } from './write-import-lines.ts'

const why = '撤销导入'

/**
 * An import is taken back. Of a customer that nobody touched since, what was updated is as before; a new one is closed, belongs to nobody, and its number is free again: it is closed and not
 * removed, so that the answer cannot tell whether anything that the asker may not see hangs on it. What was touched since stays and is counted.
 */
export const undoImportRoute = handle(undoImport, async (tx, { params: { importId } }, { businessDate: day }) => {
  const kept = await tx.maybe(sql<{ ran_on: string | null; undone_on: string | null; undo_until: string | null }>`SELECT ran_on, undone_on, undo_until FROM customer_import WHERE id = ${importId} FOR UPDATE`)
  if (!kept) return refuse('not-found')
  if (kept.ran_on === null || kept.undone_on !== null || kept.undo_until === null) return refuse('not-run')
  if (kept.undo_until < day) return refuse('undo-over', { details: { day: kept.undo_until } })
  const { lines, undone, touched } = await tx.asRole('batch', async () => ({ lines: await takeBackLines(tx, importId), ...(await takeBack(tx, importId, day)) }))
  await tx.asRole('batch', async () => proposeHouseholdsAround(tx, await personsMoved(tx, importId), day))
  await change(tx, 'customer_import', { id: importId }, { undone_on: day, undo_kept: touched }, { why: `${undone} 撤销，${touched} 保留`, action: 'UNDO_IMPORT' })
  return ok({ id: importId, undone, kept: touched, linesUndone: lines.undone, linesKept: lines.kept })
})

async function takeBack(tx: Transaction, importId: string, day: string): Promise<{ undone: number; touched: number }> {
  const one = { why, batch: importId }
  const hanging = await thingsOfCustomers(tx, importId)
  // a part of the file that somebody edited since is no longer as the import left it
  const asImported = sql.join(importedColumns.map(([table]) => sql`NOT EXISTS (SELECT FROM jsonb_each_text(coalesce(r.given -> ${table}::text, '{}')) k
    WHERE k.value IS DISTINCT FROM (SELECT to_jsonb(t) ->> k.key FROM ${sql.table(table)} t WHERE t.customer_id = r.customer_id))`), sql` AND `)
  await quiet(tx, 'customer_import_row', 'change', sql`
    UPDATE customer_import_row r SET undone = true FROM customer c, customer_import i
    WHERE i.id = ${importId}::uuid AND r.import_id = i.id AND r.verdict IN ('NEW', 'UPDATE') AND c.customer_id = r.customer_id AND c.changed_at = i.ran_at AND (r.verdict = 'UPDATE' OR NOT (${hanging}))
      AND ${asImported}`)
  const { undone, touched } = await tx.one(sql<{ undone: number; touched: number }>`
    SELECT (count(*) FILTER (WHERE undone))::int AS undone, (count(*) FILTER (WHERE NOT undone))::int AS touched FROM customer_import_row WHERE import_id = ${importId} AND verdict IN ('NEW', 'UPDATE')`)
  const rows = (verdict: 'NEW' | 'UPDATE'): Sql => sql`r.import_id = ${importId}::uuid AND r.undone AND r.verdict = ${verdict}`
  // what was updated
  for (const [table, columns] of importedColumns) {
    // the row with its former values laid over it, read back by its own types
    const former = sql`SELECT r.customer_id, f.* FROM customer_import_row r JOIN ${sql.table(table)} x ON x.customer_id = r.customer_id, LATERAL jsonb_populate_record(x, r.before -> ${table}::text) f
      WHERE ${rows('UPDATE')} AND jsonb_typeof(r.before -> ${table}::text) = 'object'`
    const sets = sql.join(columns.map((name) => sql`${sql.ref(name)} = ${sql.ref(`w.${name}`)}`))
    const statement = sql`UPDATE ${sql.table(table)} t SET ${sets} FROM (SELECT * FROM (${former}) v (row_customer, ${sql.join(await columnsOf(tx, table))})) w WHERE t.customer_id = w.row_customer`
    await bulk(tx, { ...one, table, what: 'change', alias: 't', statement })
  }
  for (const [table] of importedColumns.filter(([name]) => name.endsWith('_file'))) {
    await bulk(tx, { ...one, table, what: 'remove', alias: 't', statement: sql`DELETE FROM ${sql.table(table)} t USING customer_import_row r WHERE ${rows('UPDATE')} AND t.customer_id = r.customer_id AND t.batch_id = ${importId}::uuid
      AND jsonb_typeof(r.before -> ${table}::text) IS DISTINCT FROM 'object' AND r.given -> ${table}::text <> '{}'::jsonb` })
  }
  // what waits for a second person is withdrawn with it
  await bulk(tx, { ...one, table: 'identity_change', what: 'change', alias: 'i', statement: sql`
    UPDATE identity_change i SET state = 'WITHDRAWN', decided_on = ${day}::date, decision_note = ${why}::text FROM customer_import_row r WHERE ${rows('UPDATE')} AND i.customer_id = r.customer_id AND i.batch_id = ${importId}::uuid AND i.state = 'OPEN'` })
  // a number is found no more, unless another one of the customer ends alike
  await quiet(tx, 'search_hash', 'remove', sql`DELETE FROM search_hash h USING customer_import_row r WHERE r.import_id = ${importId}::uuid AND r.undone AND h.customer_id = r.customer_id
    AND (h.kind, h.value_hash) IN (('PHONE', r.phone_hash), ('PHONE_TAIL', r.phone_tail_hash))
    AND NOT (h.kind = 'PHONE_TAIL' AND EXISTS (SELECT FROM phone o JOIN phone p ON p.customer_id = o.customer_id AND p.batch_id = ${importId}::uuid AND right(p.masked, 4) = right(o.masked, 4)
      WHERE o.ended_on IS NULL AND o.customer_id = r.customer_id AND o.batch_id IS DISTINCT FROM ${importId}::uuid))`)
  await bulk(tx, { ...one, table: 'phone', what: 'remove', alias: 'p', statement: sql`DELETE FROM phone p USING customer_import_row r WHERE r.import_id = ${importId}::uuid AND r.undone AND p.customer_id = r.customer_id AND p.batch_id = ${importId}::uuid` })
  await bulk(tx, { ...one, table: 'customer', what: 'change', alias: 'c', statement: sql`UPDATE customer c SET source = r.before ->> 'source',
    former_names = CASE WHEN r.before -> 'customer' ? 'former_names' THEN ARRAY(SELECT jsonb_array_elements_text(r.before -> 'customer' -> 'former_names')) ELSE c.former_names END, changed_at = now() FROM customer_import_row r WHERE ${rows('UPDATE')} AND c.customer_id = r.customer_id` })
  // what was new
  await quiet(tx, 'identifier', 'remove', sql`DELETE FROM identifier i USING customer_import_row r WHERE ${rows('NEW')} AND i.customer_id = r.customer_id`)
  await bulk(tx, { ...one, table: 'assignment', what: 'change', alias: 'a', statement: sql`
    UPDATE assignment a SET to_date = greatest(a.from_date, ${day}::date), end_known_on = ${day}::date FROM customer_import_row r WHERE ${rows('NEW')} AND a.customer_id = r.customer_id AND a.to_date IS NULL` })
  await bulk(tx, { ...one, table: 'customer', what: 'change', alias: 'c', statement: sql`
    UPDATE customer c SET status = 'CLOSED', viewers = '{}', main_staff_key = NULL, scope_path = o.scope_path, changed_at = now()
    FROM customer_import_row r, (SELECT DISTINCT ON (institution_key) institution_key, scope_path FROM organisation_institution_facts ORDER BY institution_key, from_date DESC) o
    WHERE ${rows('NEW')} AND c.customer_id = r.customer_id AND o.institution_key = c.outlet_key` })
  return { undone, touched }
}

const columnsOf = async (tx: Transaction, table: string): Promise<Sql[]> =>
  (await tx.all(sql<{ name: string }>`SELECT attname AS name FROM pg_attribute WHERE attrelid = ${table}::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`)).map(({ name }) => sql.ref(name))

/** Whether anything that did not come with the import hangs on the customer: found from the catalogue, so that what later capabilities keep of a customer counts too. */
async function thingsOfCustomers(tx: Transaction, importId: string): Promise<Sql> {
  const tables = await tx.all(sql<{ name: string; batch: boolean }>`
    SELECT c.relname AS name, EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'batch_id') AS batch
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
    WHERE k.contype = 'f' AND k.confrelid = 'customer'::regclass AND a.attname = 'customer_id' AND has_table_privilege('yq_batch', c.oid, 'SELECT')
      -- what the product keeps for itself (keys to compare by) is nothing that happened
      AND coalesce(obj_description(c.oid, 'pg_class'), '') NOT LIKE '%"journal":"none"%' ORDER BY 1`)
  const parts = tables.map(({ name, batch }) => sql`EXISTS (SELECT FROM ${sql.table(name)} h WHERE h.customer_id = r.customer_id ${batch ? sql`AND h.batch_id IS DISTINCT FROM ${importId}::uuid` : sql``})`)
  return sql.join([sql`false`, ...parts], sql` OR `)
}
