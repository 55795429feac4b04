import { sql, type Sql, type Transaction } from '../database/transaction.ts'
import type { CustomerKeys } from '../secrets/customer-keys.ts'
import { newId } from '../values/uuid7.ts'
import { tableFacts, type TableFacts } from './catalogue.ts'
import { countWritten } from './count-written.ts'

/**
 * The only place that writes. Each verb writes the journal line (who, when, what, before, after, why) in the same transaction.
 * One change: add, change, end. Many rows by one statement: bulk, with one line for the batch.
 */

export type Value = string | number | bigint | boolean | null | Buffer | Date | readonly (string | number | { readonly [key: string]: unknown })[] | { readonly [key: string]: unknown }
export type Row = Record<string, Value | undefined>
export type Reason = {
  why: string | null
  /** A named act instead of ADD, CHANGE, END: 'GIVE_GRANT'. */
  action?: string
}

let customerKeys: CustomerKeys | undefined

/** Called once at the start of a process: the store encrypts personal values of the journal with the customers' keys. */
export function useCustomerKeys(keys: CustomerKeys): void {
  customerKeys = keys
}

/** Adds a row. Its id was made by the caller. */
export async function add(tx: Transaction, table: string, row: Row, reason: Reason): Promise<void> {
  const facts = await journaled(tx, table)
  const entries = Object.entries(row).filter((entry): entry is [string, Value] => entry[1] !== undefined)
  const columns = sql.join(entries.map(([name]) => sql.ref(name)))
  const values = sql.join(entries.map(([name, value]) => bound(facts, name, value)))
  await tx.run(sql`INSERT INTO ${sql.table(table)} (${columns}) VALUES (${values})`)
  countWritten(tx, table, { added: 1 })
  await writeLine(tx, facts, { action: reason.action ?? 'ADD', row, before: null, after: Object.fromEntries(entries), why: reason.why })
}

/** Changes some columns of one row. False when there is no such row (or none that this role may change); nothing is written when all is as before. */
export async function change(tx: Transaction, table: string, key: Row, patch: Row, reason: Reason): Promise<boolean> {
  const facts = await journaled(tx, table)
  const where = sql.join(Object.entries(key).map(([name, value]) => sql`${sql.ref(name)} = ${bound(facts, name, value ?? null)}`), sql` AND `)
  const found = await tx.maybe(sql<Record<string, Value>>`SELECT * FROM ${sql.table(table)} WHERE ${where} FOR UPDATE`)
  if (!found) return false
  const changed = Object.entries(patch).filter((entry): entry is [string, Value] => entry[1] !== undefined && !sameValue(found[entry[0]] ?? null, entry[1]))
  if (changed.length === 0) return true
  const set = sql.join(changed.map(([name, value]) => sql`${sql.ref(name)} = ${bound(facts, name, value)}`))
  const count = await tx.run(sql`UPDATE ${sql.table(table)} SET ${set} WHERE ${where}`)
  if (count !== 1) return false
  countWritten(tx, table, { changed: 1 })
  const before = Object.fromEntries(changed.map(([name]) => [name, found[name] ?? null]))
  await writeLine(tx, facts, { action: reason.action ?? 'CHANGE', row: { ...found, ...key }, before, after: Object.fromEntries(changed), why: reason.why })
  return true
}

/** Ends a dated row: sets its last day or its end. The row stays. */
export async function end(tx: Transaction, table: string, key: Row, patch: Row, reason: Reason): Promise<boolean> {
  return change(tx, table, key, patch, { ...reason, action: reason.action ?? 'END' })
}

export type Bulk = {
  table: string
  what: 'add' | 'change' | 'remove'
  /** INSERT, UPDATE or DELETE without RETURNING. Each row carries the batch. */
  statement: Sql
  /** What the statement calls the table, where it joins others (UPDATE … FROM, DELETE … USING): only the table's own columns are hashed and summed. */
  alias?: string
  why: string
  batch: string
  /** Columns whose sums go into the line: ['amount_fen']. */
  sums?: readonly string[]
  /** Further facts for the line: file, month, scheme. */
  about?: Record<string, string | number | null>
}

export type BulkResult = { table: string; what: Bulk['what']; count: number; sums: Record<string, string> }

/** Writes many rows by one statement: one journal line with count, sums and a hash over the rows. Returns how many rows. */
export async function bulk(tx: Transaction, batch: Bulk): Promise<BulkResult> {
  const facts = await journaled(tx, batch.table)
  const sums = batch.sums ?? []
  const sumColumns = sums.map((name) => sql`, coalesce(sum(${sql.ref(name)}), 0)::text AS ${sql.ref(`sum_${name}`)}`)
  // only the hash of each row and what is summed come back: a million whole rows would be written to disk once more
  const target = batch.alias ?? (batch.what === 'add' ? batch.table : undefined)
  const returned = target === undefined ? sql`*` : sql`hash_record_extended(${sql.table(target)}, 0) AS row_hash ${sql.join(sums.map((name) => sql`, ${sql.ref(`${target}.${name}`)}`), sql``)}`
  const rowHash = target === undefined ? sql`hash_record_extended(written, 0)` : sql`row_hash`
  const result = await tx.one(sql<{ count: string; hash: string; [sum: string]: string }>`
    WITH written AS (${batch.statement} RETURNING ${returned})
    SELECT count(*) AS count, coalesce(sum(${rowHash}::numeric), 0)::text AS hash ${sql.join(sumColumns, sql``)} FROM written`)
  const count = Number(result.count)
  countWritten(tx, batch.table, { [({ add: 'added', change: 'changed', remove: 'removed' } as const)[batch.what]]: count })
  const totals = Object.fromEntries(sums.map((name) => [name, result[`sum_${name}`] ?? '0']))
  if (count > 0) {
    await insertLine(tx, {
      action: `BULK_${batch.what.toUpperCase()}`,
      table: facts.name,
      objectId: null,
      customerId: null,
      secrecy: facts.secrecy,
      readers: [],
      before: null,
      after: { rows: count, hash: result.hash, sums: totals, ...batch.about },
      why: batch.why,
      batchId: batch.batch,
    })
  }
  return { table: facts.name, what: batch.what, count, sums: totals }
}

/**
 * RESTRICTED or SECRET rows that went to another customer by a function of the database (no role of a batch may read them): counted, with a line of their own class that names no customer.
 */
export async function noteClassed(tx: Transaction, table: string, what: 'add' | 'remove', count: number, about: { why: string; batch: string }): Promise<void> {
  const facts = await tableFacts(tx, table)
  if (facts.secrecy === 'NORMAL') throw new Error(`table ${table} is not classed`)
  countWritten(tx, table, { [what === 'add' ? 'added' : 'removed']: count })
  if (count > 0) await insertLine(tx, { action: `BULK_${what.toUpperCase()}`, table, objectId: null, customerId: null, secrecy: facts.secrecy, readers: [], before: null, after: { rows: count }, why: about.why, batchId: about.batch })
}

/**
 * Values of a customer that are destroyed at the end of their retention: written without a line of their own and without a hash over what went; `noteErased` tells of all of them together. Counted.
 */
export async function erase(tx: Transaction, table: string, what: 'change' | 'remove', statement: Sql): Promise<number> {
  await tableFacts(tx, table)
  const count = await tx.run(statement)
  countWritten(tx, table, { [what === 'change' ? 'changed' : 'removed']: count })
  return count
}

/** That a customer's values were destroyed, by whom and why: how many rows of how many tables, never a value. */
export async function noteErased(tx: Transaction, about: { customerId: string; action: string; why: string; batch: string; after: Record<string, number> }): Promise<void> {
  await insertLine(tx, { action: about.action, table: 'customer', objectId: about.customerId, customerId: about.customerId, secrecy: 'NORMAL', readers: [], before: null, after: about.after, why: about.why, batchId: about.batch })
}

/** Bookkeeping tables declared with "journal":"none" (idempotency keys, progress, staging): written without a line, still counted. */
export async function quiet(tx: Transaction, table: string, what: 'add' | 'change' | 'remove', statement: Sql): Promise<number> {
  const facts = await tableFacts(tx, table)
  if (facts.journal !== 'none') throw new Error(`table ${table} needs a journal line`)
  const count = await tx.run(statement)
  countWritten(tx, table, { [({ add: 'added', change: 'changed', remove: 'removed' } as const)[what]]: count })
  return count
}

/** A reading that must leave a trace: by grant or case, of something RESTRICTED or SECRET, a revealed number, a search by number. One line per query. */
export async function recordReading(
  tx: Transaction,
  reading: { table: string; objectId: string | null; customerId: string | null; secrecy?: 'NORMAL' | 'RESTRICTED' | 'SECRET'; readers?: readonly number[]; why: string; about?: Record<string, string | number | null> },
): Promise<void> {
  await insertLine(tx, {
    action: 'READ', table: reading.table, objectId: reading.objectId, customerId: reading.customerId, secrecy: reading.secrecy ?? 'NORMAL',
    readers: reading.readers ?? [], before: null, after: reading.about ?? null, why: reading.why, batchId: null,
  })
}

async function journaled(tx: Transaction, table: string): Promise<TableFacts> {
  const facts = await tableFacts(tx, table)
  if (facts.journal === 'none') throw new Error(`table ${table} is bookkeeping: use quiet()`)
  return facts
}

type LineFacts = { action: string; row: Row; before: Row | null; after: Row | null; why: string | null }

async function writeLine(tx: Transaction, facts: TableFacts, line: LineFacts): Promise<void> {
  const customerId = typeof line.row['customer_id'] === 'string' ? line.row['customer_id'] : null
  // a key that may not be told (the hash of a session's token) is told by the row's id
  const key = facts.key.filter((column) => column !== 'customer_id' || facts.key.length === 1).map((column) => (facts.hidden.includes(column) ? 'id' : column))
  const objectId = key.map((column) => printed(line.row[column] ?? null)).join(' ')
  const readers = Array.isArray(line.row['readers']) ? (line.row['readers'] as readonly number[]) : []
  await insertLine(tx, {
    action: line.action, table: facts.name, objectId, customerId, secrecy: facts.secrecy, readers,
    before: line.before && (await journalForm(tx, facts, customerId, line.before)),
    after: line.after && (await journalForm(tx, facts, customerId, line.after)),
    why: line.why, batchId: typeof line.row['batch_id'] === 'string' ? line.row['batch_id'] : null,
  })
}

// Personal values are encrypted with the customer's key, so that the chain still verifies when the key is destroyed at the end of retention.
async function journalForm(tx: Transaction, facts: TableFacts, customerId: string | null, row: Row): Promise<Record<string, unknown>> {
  const form: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(row)) {
    if (value === undefined || facts.hidden.includes(name) || facts.skip.includes(name)) continue
    // a keyed hash finds its number for as long as it is kept: it would outlive the customer's key
    if (name.endsWith('_hash') && facts.types.get(name) === 'bytea') continue
    if (facts.personal.includes(name) && value !== null && customerId !== null) {
      if (!customerKeys) throw new Error('the store has no customer keys yet')
      form[name] = { sealed: (await customerKeys.encrypt(tx, customerId, JSON.stringify(plain(value)))).toString('base64') }
    } else form[name] = plain(value)
  }
  return form
}

function plain(value: Value): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (Buffer.isBuffer(value)) return { sealed: value.toString('base64') }
  if (value instanceof Date) return value.toISOString()
  return value
}

function printed(value: Value): string {
  return Buffer.isBuffer(value) ? value.toString('hex') : String(value)
}

function bound(facts: TableFacts, name: string, value: Value): unknown {
  const type = facts.types.get(name)
  if (type === undefined) throw new Error(`table ${facts.name} has no column ${name}`)
  if (type === 'jsonb' && value !== null) return sql`${JSON.stringify(value)}::jsonb`
  if (typeof value === 'bigint') return sql`${value.toString()}`
  return sql`${value}`
}

function sameValue(stored: Value, given: Value): boolean {
  if (Buffer.isBuffer(stored) && Buffer.isBuffer(given)) return stored.equals(given)
  return JSON.stringify(plain(stored)) === JSON.stringify(plain(given)) || (stored !== null && given !== null && typeof given !== 'object' && String(stored) === String(given))
}

type Line = {
  action: string; table: string; objectId: string | null; customerId: string | null; secrecy: 'NORMAL' | 'RESTRICTED' | 'SECRET'; readers: readonly number[]
  before: unknown; after: unknown; why: string | null; batchId: string | null
}

async function insertLine(tx: Transaction, line: Line): Promise<void> {
  const normal = line.secrecy === 'NORMAL'
  await tx.run(sql`
    INSERT INTO journal_line (id, person_key, post_key, request_id, action, table_name, object_id, customer_id, hidden_customer_id, secrecy, readers, before, after, why, batch_id)
    VALUES (${newId()}, ${tx.author.personKey}, ${tx.author.postKey}, ${tx.author.requestId}, ${line.action}, ${line.table}, ${line.objectId},
      ${normal ? line.customerId : null}, ${normal ? null : line.customerId}, ${line.secrecy}, ${[...line.readers]},
      ${line.before === null ? null : JSON.stringify(line.before)}::jsonb, ${line.after === null ? null : JSON.stringify(line.after)}::jsonb, ${line.why}, ${line.batchId})`)
}
