import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { Keyring } from '../../foundation/secrets/keyring.ts'
import type { Moved } from '../../foundation/store/move-owned.ts'
import { add, bulk, change, end, quiet, type Row } from '../../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { gramsOf, pinyinOf } from '../../foundation/values/person-name.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { saveMatchKeys } from './match-keys.ts'
import type { PartyChange } from '../relations/carry-parties.ts'
import { mergeColumns, type KeptField } from './merge.rules.ts'

/** Tables of a customer that do not go over: who he is, his key, whose he was and how important (history of its own), who might read him, and the merges themselves. */
export const staying: ReadonlySet<string> = new Set(['customer', 'corporate', 'person', 'customer_key', 'customer_match', 'assignment', 'tier_held', 'tier_move', 'strategic_entry', 'contribution', 'contribution_line', 'read_grant', 'duplicate_pair', 'merge_case', 'merged_row', 'merged_thing'])

/** Where an alias stands: beyond every unit's interval. */
const nowhere = '~merged'

type Table = 'customer' | 'corporate' | 'person'
/** A row that the merge changed: as it was and as the merge left it. */
type Changed = { table: Table | 'assignment'; key: Row; before: Row; after: Row }
export type MergeTrace = {
  changed: Changed[]; addedAssignments: string[]; numberHash: string
  /** Among the parties of relations and groups; absent in merges that were made before they followed. */
  parties?: PartyChange[]
  /** Asked changes of identity of the other one that became void. */
  closed?: string[]
  /** An id made at the end of the merge: rows with a greater one came later. */
  mark: string
}

export type Applying = {
  caseId: string; survivorId: string; otherId: string; day: string; fields: readonly KeptField[]; why: string; batch: string
  /** The other one's average deposit of the year: what the survivor's managers begin from, so that they are not paid for a growth that was there. */
  otherAverageFen: bigint
}

type Customer = { number: string; name: string; kind: 'CORPORATE' | 'PERSON'; former_names: string[]; grams: string[]; status: string; opened_on: string | null; scope_path: string; viewers: number[]; main_staff_key: number | null; outlet_key: number; source: string | null }
type Slice = { id: string; staff_key: number; share_pct: string; main: boolean; from_date: string; to_date: string | null; base_adb_fen: string; base_as_of: string | null; reason: string | null }

const readCustomer = (tx: Transaction, id: string): Promise<Customer> => tx.one(sql<Customer>`SELECT number, name, kind, former_names, grams, status, opened_on, scope_path, viewers, main_staff_key, outlet_key, source FROM customer WHERE customer_id = ${id} FOR UPDATE`)
const slicesFrom = (tx: Transaction, id: string, day: string): Promise<Slice[]> => tx.all(sql<Slice>`
  SELECT id, staff_key, share_pct::text, main, from_date, to_date, base_adb_fen::text, base_as_of, reason FROM assignment WHERE customer_id = ${id} AND (to_date IS NULL OR to_date > ${day}) AND to_date IS DISTINCT FROM from_date ORDER BY id`)

/**
 * Makes the other customer an alias of the survivor, after its rows went over: the survivor gets the fields that were chosen, the alias ends its ownership on the day, its number leads to the
 * survivor. The survivor's managers keep their shares; those who stay begin from the sum of both bases. Runs as `batch`. Returns what was changed, to be undone.
 */
export async function applyMerge(tx: Transaction, keyring: Keyring, given: Applying): Promise<MergeTrace> {
  const { survivorId, otherId, day, why } = given
  const changed: Changed[] = []
  const write = async (table: Changed['table'], key: Row, patch: Row, action: string): Promise<void> => {
    const columns = Object.keys(patch)
    const now = await tx.maybe(sql<Row>`SELECT ${sql.join(columns.map((name) => sql`to_jsonb(t) -> ${name}::text AS ${sql.ref(name)}`))} FROM ${sql.table(table)} t WHERE ${sql.join(Object.entries(key).map(([name, value]) => sql`${sql.ref(name)} = ${value}`), sql` AND `)}`)
    if (!now) return
    await change(tx, table, key, patch, { why, action })
    const after = await tx.one(sql<Row>`SELECT ${sql.join(columns.map((name) => sql`to_jsonb(t) -> ${name}::text AS ${sql.ref(name)}`))} FROM ${sql.table(table)} t WHERE ${sql.join(Object.entries(key).map(([name, value]) => sql`${sql.ref(name)} = ${value}`), sql` AND `)}`)
    changed.push({ table, key, before: now, after })
  }
  const survivor = await readCustomer(tx, survivorId)
  const other = await readCustomer(tx, otherId)

  // the fields
  const taken = given.fields.filter(({ kept }) => kept === 'other')
  for (const table of ['corporate', 'person'] as const) {
    const columns = taken.map(({ field }) => mergeColumns[field]).filter(([where]) => where === table).map(([, column]) => column)
    if (columns.length === 0) continue
    const row = await tx.maybe(sql<Row>`SELECT ${sql.join(columns.map((name) => sql.ref(name)))} FROM ${sql.table(table)} WHERE customer_id = ${otherId}`)
    if (row) await write(table, { customer_id: survivorId }, row, 'MERGE')
  }
  const chosen = (field: KeptField['field']): boolean => taken.some((one) => one.field === field)
  const name = chosen('name') ? other.name : survivor.name
  const spoken = pinyinOf(name, survivor.kind)
  const formerNames = [...new Set([...survivor.former_names, survivor.name, other.name, ...other.former_names])].filter((one) => one !== name)
  await write('customer', { customer_id: survivorId }, {
    name, name_pinyin: spoken.syllables, name_initials: spoken.initials, former_names: formerNames,
    // the name that goes still finds the customer
    grams: [...new Set([...gramsOf(name, spoken.syllables, spoken.initials), ...survivor.grams, ...other.grams])], status: survivor.status === 'PROSPECT' && other.status === 'ACTIVE' ? 'ACTIVE' : survivor.status,
    opened_on: [survivor.opened_on, other.opened_on].filter((one) => one !== null).sort()[0] ?? null, ...(chosen('outlet') ? { outlet_key: other.outlet_key } : {}), ...(chosen('source') ? { source: other.source } : {}),
  }, 'MERGE')

  // whose they are from the day on
  const survivorSlices = await slicesFrom(tx, survivorId, day)
  const otherSlices = await slicesFrom(tx, otherId, day)
  for (const slice of otherSlices) await write('assignment', { customer_id: otherId, id: slice.id }, { to_date: slice.from_date > day ? slice.from_date : day, end_known_on: day }, 'END_ASSIGNMENT')
  const addedAssignments: string[] = []
  if (given.otherAverageFen !== 0n) {
    for (const slice of survivorSlices.filter(({ from_date: from }) => from <= day)) {
      const own = otherSlices.find(({ staff_key: key, from_date: from }) => key === slice.staff_key && from <= day)
      const base = BigInt(slice.base_adb_fen) + (own ? BigInt(own.base_adb_fen) : given.otherAverageFen)
      if (base === BigInt(slice.base_adb_fen)) continue
      await write('assignment', { customer_id: survivorId, id: slice.id }, { to_date: day, end_known_on: day }, 'END_ASSIGNMENT')
      const id = newId()
      await add(tx, 'assignment', { customer_id: survivorId, id, staff_key: slice.staff_key, share_pct: slice.share_pct, main: slice.main, from_date: day, to_date: slice.to_date, end_known_on: slice.to_date === null ? null : day, base_adb_fen: base, base_as_of: day, reason: why }, { why, action: 'ASSIGN' })
      addedAssignments.push(id)
    }
  }

  // the alias
  await write('customer', { customer_id: otherId }, { merged_into: survivorId, status: 'CLOSED', scope_path: nowhere, viewers: [], main_staff_key: null, grams: [] }, 'MERGE')
  const numberHash = keyring.hash('CUSTOMER_NUMBER', other.number)
  await quiet(tx, 'identifier', 'add', sql`INSERT INTO identifier (kind, value_hash, customer_id) VALUES ('CUSTOMER_NUMBER', ${numberHash}, ${survivorId})`)
  await quiet(tx, 'customer_match', 'remove', sql`DELETE FROM customer_match WHERE customer_id = ${otherId}`)
  await saveMatchKeys(tx, survivorId)
  await bulk(tx, { table: 'duplicate_pair', what: 'change', batch: given.batch, why, statement: sql`
    UPDATE duplicate_pair SET state = CASE WHEN customer_id = least(${survivorId}::uuid, ${otherId}::uuid) AND other_id = greatest(${survivorId}::uuid, ${otherId}::uuid) THEN 'MERGED' ELSE 'GONE' END
    WHERE state IN ('OPEN', 'SAME_PERSON') AND (customer_id = ${otherId} OR other_id = ${otherId})` })
  return { changed, addedAssignments, numberHash: numberHash.toString('hex'), mark: newId() }
}

/** Keeps which rows went over, and whose accounts and loans were whose until today. */
export async function keepMoved(tx: Transaction, given: Pick<Applying, 'caseId' | 'survivorId' | 'otherId' | 'day'>, moved: readonly Moved[]): Promise<void> {
  for (const { table, column, keys } of moved) {
    await quiet(tx, 'merged_row', 'add', sql`INSERT INTO merged_row (customer_id, id, case_id, table_name, column_name, row_keys) VALUES (${given.survivorId}, ${newId()}, ${given.caseId}, ${table}, ${column}, ${JSON.stringify(keys)}::jsonb)`)
  }
  const things = moved.filter(({ table, column }) => column === 'customer_id' && (table === 'account' || table === 'loan')).flatMap(({ keys }) => keys.map((key) => key['id'] ?? ''))
  await quiet(tx, 'merged_thing', 'add', sql`INSERT INTO merged_thing (customer_id, id, former_customer_id, merged_on, case_id) SELECT ${given.survivorId}, t.id, ${given.otherId}, ${given.day}::date, ${given.caseId} FROM unnest(${things}::uuid[]) AS t (id)`)
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * Puts both customers back as they were. Refuses by the field when something that the merge left was changed since ('changed-since'): nobody's later work is overwritten. The rows that went over
 * are brought back before this. Runs as `batch`.
 */
export async function reverseMerge(tx: Transaction, given: { survivorId: string; otherId: string; caseId: string; day: string; why: string; batch: string }, trace: MergeTrace): Promise<Outcome<null>> {
  const { survivorId, otherId, why } = given
  const stale = await changedSince(tx, trace)
  if (stale) return refuse('changed-since', { details: stale })
  const later = await tx.maybe(sql`SELECT 1 FROM assignment WHERE customer_id IN (${survivorId}, ${otherId}) AND id > ${trace.mark} AND to_date IS DISTINCT FROM from_date`)
  if (later) return refuse('changed-since', { details: { field: '归属', fieldEn: 'assignment' } })
  for (const id of trace.addedAssignments) {
    const { from } = await tx.one(sql<{ from: string }>`SELECT from_date AS "from" FROM assignment WHERE customer_id = ${survivorId} AND id = ${id}`)
    await end(tx, 'assignment', { customer_id: survivorId, id }, { to_date: from, end_known_on: given.day }, { why, action: 'END_ASSIGNMENT' })
  }
  for (const { table, key, before } of [...trace.changed].reverse()) await change(tx, table, key, before, { why, action: 'UNDO_MERGE' })
  await quiet(tx, 'identifier', 'remove', sql`DELETE FROM identifier WHERE kind = 'CUSTOMER_NUMBER' AND value_hash = ${Buffer.from(trace.numberHash, 'hex')}`)
  await quiet(tx, 'merged_thing', 'remove', sql`DELETE FROM merged_thing WHERE customer_id = ${survivorId} AND case_id = ${given.caseId}`)
  await quiet(tx, 'merged_row', 'remove', sql`DELETE FROM merged_row WHERE customer_id = ${survivorId} AND case_id = ${given.caseId}`)
  await saveMatchKeys(tx, survivorId)
  await saveMatchKeys(tx, otherId)
  await bulk(tx, { table: 'duplicate_pair', what: 'change', batch: given.batch, why, statement: sql`
    UPDATE duplicate_pair SET state = 'OPEN' WHERE state IN ('MERGED', 'GONE') AND (customer_id = ${otherId} OR other_id = ${otherId})` })
  return ok(null)
}

/** The first field that is not as the merge left it. Figures and scope move by themselves and are worked out anew. */
async function changedSince(tx: Transaction, trace: MergeTrace): Promise<{ field: string; fieldEn: string } | null> {
  for (const { table, key, after } of trace.changed) {
    const columns = Object.keys(after)
    const now = await tx.maybe(sql<Row>`SELECT ${sql.join(columns.map((name) => sql`to_jsonb(t) -> ${name}::text AS ${sql.ref(name)}`))} FROM ${sql.table(table)} t WHERE ${sql.join(Object.entries(key).map(([name, value]) => sql`${sql.ref(name)} = ${value}`), sql` AND `)} FOR UPDATE`)
    const apart = columns.find((name) => !now || !same(now[name], after[name]))
    if (apart !== undefined) return table === 'assignment' ? { field: '归属', fieldEn: 'assignment' } : { field: apart, fieldEn: apart }
  }
  return null
}
