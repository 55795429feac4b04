import { sql, type Sql, type Transaction } from '../database/transaction.ts'
import type { CustomerKeys } from '../secrets/customer-keys.ts'
import { tableFacts, type TableFacts } from '../store/catalogue.ts'

export type StoredValue = string | number | boolean | null | readonly StoredValue[] | { readonly [key: string]: unknown }
/** One field of a line. `before` and `after` are as the store wrote them; `hidden`: a number or a personal value that this reader does not see; `unreadable`: its key was destroyed. */
export type HistoryChange = { field: string; before: StoredValue | undefined; after: StoredValue | undefined; hidden: boolean; unreadable: boolean }

/** One line of the journal, ready to be told in words. */
export type HistoryLine = {
  id: string
  /** To the microsecond, for the place in a list. */
  exactAt: string
  at: string
  personKey: number | null
  action: string
  table: string
  objectId: string | null
  customerId: string | null
  why: string | null
  changes: HistoryChange[]
  /** Of a line for many rows. */
  rows: number | null
}

type Row = {
  id: string; exact_at: string; at: string; person_key: number | null; action: string; table_name: string; object_id: string | null; customer_id: string | null; why: string | null
  before: Record<string, StoredValue> | null; after: Record<string, StoredValue> | null
}

export type HistoryPlace = { at: string; id: string }

/**
 * Reads the newest `limit` lines that the role of the transaction may see and `where` names, older than the place. Personal values are decrypted only with `keys`,
 * which are handed over for a customer that the reader has opened; without them they stay hidden. Numbers (identity, phone, account) are never told by history.
 */
export async function readHistory(tx: Transaction, where: Sql, keys: CustomerKeys | null, before: HistoryPlace | null, limit: number): Promise<HistoryLine[]> {
  const rows = await tx.all(sql<Row>`
    SELECT id, at::text AS exact_at, at, person_key, action, table_name, object_id, customer_id, why, before, after FROM journal_line
    WHERE ${where} ${before ? sql`AND (at, id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``}
    ORDER BY at DESC, id DESC LIMIT ${limit}`)
  const lines: HistoryLine[] = []
  for (const row of rows) lines.push(await toldLine(tx, keys, row))
  return lines
}

async function toldLine(tx: Transaction, keys: CustomerKeys | null, row: Row): Promise<HistoryLine> {
  const facts = await tableFacts(tx, row.table_name).catch(() => null) // a table of a later version
  const bulk = row.action.startsWith('BULK_')
  const fields = bulk ? [] : [...new Set([...Object.keys(row.before ?? {}), ...Object.keys(row.after ?? {})])]
  const changes: HistoryChange[] = []
  for (const field of fields) {
    const before = await readable(tx, keys, facts, row, field, row.before?.[field])
    const after = await readable(tx, keys, facts, row, field, row.after?.[field])
    changes.push({ field, before: before.value, after: after.value, hidden: before.hidden || after.hidden, unreadable: before.unreadable || after.unreadable })
  }
  const rows = typeof row.after?.['rows'] === 'number' ? row.after['rows'] : null
  return { id: row.id, exactAt: row.exact_at, at: row.at, personKey: row.person_key, action: row.action, table: row.table_name, objectId: row.object_id, customerId: row.customer_id, why: row.why, changes, rows }
}

type Readable = { value: StoredValue | undefined; hidden: boolean; unreadable: boolean }

async function readable(tx: Transaction, keys: CustomerKeys | null, facts: TableFacts | null, row: Row, field: string, value: StoredValue | undefined): Promise<Readable> {
  if (value === null || typeof value !== 'object' || !('sealed' in value)) return { value, hidden: false, unreadable: false }
  // what is sealed is a personal value under the customer's key, or the ciphertext of a number as its table has it: the latter is revealed with its purpose, never by history
  const personal = facts?.personal.includes(field) === true && typeof value.sealed === 'string'
  if (!personal || keys === null || row.customer_id === null) return { value: undefined, hidden: true, unreadable: false }
  const text = await keys.decrypt(tx, row.customer_id, Buffer.from(String(value.sealed), 'base64'))
  return text === null ? { value: undefined, hidden: false, unreadable: true } : { value: JSON.parse(text) as StoredValue, hidden: false, unreadable: false }
}
