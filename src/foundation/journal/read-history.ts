import { sql, type Transaction } from '../database/transaction.ts'
import type { CustomerKeys } from '../secrets/customer-keys.ts'

/** One line of an object's history, ready to be told in words. Values whose key was destroyed are null with `unreadable`. */
export type HistoryLine = {
  id: string
  at: string
  personKey: number | null
  action: string
  table: string
  objectId: string | null
  why: string | null
  changes: { field: string; before: string | null; after: string | null; unreadable: boolean }[]
  rows: number | null
}

type Row = {
  id: string; at: string; person_key: number | null; action: string; table_name: string; object_id: string | null; why: string | null
  before: Record<string, unknown> | null; after: Record<string, unknown> | null
}

/** Reads the newest `limit` lines of an opened customer, older than the cursor (an instant and an id). Personal values are decrypted; ciphers of numbers stay hidden. */
export async function readHistory(tx: Transaction, keys: CustomerKeys, customerId: string, before: { at: string; id: string } | null, limit: number): Promise<HistoryLine[]> {
  const rows = await tx.all(sql<Row>`
    SELECT id, at, person_key, action, table_name, object_id, why, before, after FROM journal_line
    WHERE customer_id = ${customerId} ${before ? sql`AND (at, id) < (${before.at}, ${before.id})` : sql``}
    ORDER BY at DESC, id DESC LIMIT ${limit}`)
  const lines: HistoryLine[] = []
  for (const row of rows) lines.push(await told(tx, keys, customerId, row))
  return lines
}

async function told(tx: Transaction, keys: CustomerKeys, customerId: string, row: Row): Promise<HistoryLine> {
  const fields = [...new Set([...Object.keys(row.before ?? {}), ...Object.keys(row.after ?? {})])]
  const changes: HistoryLine['changes'] = []
  for (const field of fields) {
    const before = await readable(tx, keys, customerId, field, row.before?.[field])
    const after = await readable(tx, keys, customerId, field, row.after?.[field])
    changes.push({ field, before: before.text, after: after.text, unreadable: before.unreadable || after.unreadable })
  }
  const rows = typeof row.after?.['rows'] === 'number' ? row.after['rows'] : null
  return { id: row.id, at: row.at, personKey: row.person_key, action: row.action, table: row.table_name, objectId: row.object_id, why: row.why, changes, rows }
}

async function readable(tx: Transaction, keys: CustomerKeys, customerId: string, field: string, value: unknown): Promise<{ text: string | null; unreadable: boolean }> {
  if (value === null || value === undefined) return { text: null, unreadable: false }
  if (typeof value === 'object' && 'sealed' in value && typeof value.sealed === 'string') {
    if (/_(cipher|hash)$/.test(field)) return { text: '***', unreadable: false } // a number is revealed with its purpose, never by history
    const text = await keys.decrypt(tx, customerId, Buffer.from(value.sealed, 'base64'))
    return text === null ? { text: null, unreadable: true } : { text: String(JSON.parse(text)), unreadable: false }
  }
  return { text: typeof value === 'object' ? JSON.stringify(value) : String(value), unreadable: false }
}
