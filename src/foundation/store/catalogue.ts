import { z } from 'zod'
import { sql, type Transaction } from '../database/transaction.ts'

// What a migration says of its table, in COMMENT ON TABLE.
const declared = z.strictObject({
  owner: z.string(),
  kind: z.enum(['owned', 'reference', 'bank']),
  secrecy: z.enum(['NORMAL', 'RESTRICTED', 'SECRET']),
  /** 'none': bookkeeping of the product itself (idempotency keys, counters, progress, staging), listed by name in the tidy test. */
  journal: z.literal('none').optional(),
  /** Plain in their table (they are searched or sorted), encrypted with the customer's key in the journal. */
  personal: z.array(z.string()).default([]),
  /** Encrypted in the table; the journal keeps the same ciphertext. */
  cipher: z.array(z.string()).default([]),
  /** Never in the journal (password hashes). */
  hidden: z.array(z.string()).default([]),
  /** Derived from other columns: not worth a line. */
  skip: z.array(z.string()).default([]),
  /** Columns of a table of the bank that name a customer: they follow him into another one. Owned and reference tables follow by themselves. */
  follows: z.array(z.string()).default([]),
})

export type TableFacts = z.output<typeof declared> & { name: string; key: string[]; types: Map<string, string> }

let tables: Map<string, TableFacts> | undefined

/** Reads from the database what the migrations declare of each table; once per process. */
export async function tableFacts(tx: Transaction, table: string): Promise<TableFacts> {
  tables ??= await readCatalogue(tx)
  const facts = tables.get(table)
  if (!facts) {
    tables = await readCatalogue(tx) // a test may have added a table since
    const again = tables.get(table)
    if (!again) throw new Error(`table ${table} is not declared`)
    return again
  }
  return facts
}

/** Every declared table. */
export async function allTables(tx: Transaction): Promise<TableFacts[]> {
  tables ??= await readCatalogue(tx)
  return [...tables.values()]
}

async function readCatalogue(tx: Transaction): Promise<Map<string, TableFacts>> {
  const rows = await tx.all(sql<{ name: string; comment: string | null; key: string[] | null; columns: { name: string; type: string }[] }>`
    SELECT c.relname AS name, obj_description(c.oid, 'pg_class') AS comment,
      (SELECT array_agg(a.attname::text ORDER BY k.place) FROM pg_index i, unnest(i.indkey) WITH ORDINALITY k(number, place)
        JOIN pg_attribute a ON a.attnum = k.number WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid) AS key,
      (SELECT jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, NULL)) ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
    FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace`)
  const found = new Map<string, TableFacts>()
  for (const row of rows) {
    if (row.comment === null || !row.comment.startsWith('{')) continue
    const facts = declared.parse(JSON.parse(row.comment))
    found.set(row.name, { ...facts, name: row.name, key: row.key ?? [], types: new Map(row.columns.map((column) => [column.name, column.type])) })
  }
  return found
}
