import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from, to } from 'pg-copy-streams'

/** A connection of the owner. */
export type OwnerConnection = pg.ClientBase

/**
 * COPY into staging tables, as the owner (row-level security does not take COPY). The text is PostgreSQL's own: tabs between columns, \N for nothing, a line feed after
 * each row. Each call is a statement of its own; returns how many rows.
 */
export async function copyRows(client: OwnerConnection, table: string, columns: readonly string[], text: string | Buffer): Promise<number> {
  const names = columns.map((name) => pg.escapeIdentifier(name)).join(', ')
  const stream = client.query(from(`COPY ${pg.escapeIdentifier(table)} (${names}) FROM STDIN`))
  return new Promise((resolve, reject) => {
    stream.on('error', reject)
    stream.on('finish', () => resolve(stream.rowCount))
    stream.end(text)
  })
}

/** Empties staging tables at once (as the owner; they are bookkeeping and have no journal). */
export async function emptyTables(client: OwnerConnection, tables: readonly string[]): Promise<void> {
  await client.query(`TRUNCATE ${tables.map((name) => pg.escapeIdentifier(name)).join(', ')}`)
}

/** Makes the planner see what lies in the tables now. */
export async function analyzeTables(client: OwnerConnection, tables: readonly string[]): Promise<void> {
  await client.query(`ANALYZE ${tables.map((name) => pg.escapeIdentifier(name)).join(', ')}`)
}

/** Holds a lock by number as long as the connection lives; false when another one has it. */
export async function tryLock(client: OwnerConnection, number: number): Promise<boolean> {
  const { rows: [row] } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [number])
  return row?.got === true
}

/** Copies the answer of a SELECT of ours into a file, as PostgreSQL's own text. For measurements. */
export async function copyToFile(client: OwnerConnection, select: string, path: string): Promise<void> {
  await pipeline(client.query(to(`COPY (${select}) TO STDOUT`)), createWriteStream(path))
}

/** Copies a file of PostgreSQL's own text into a table: what a load is measured against. */
export async function copyFromFile(client: OwnerConnection, table: string, path: string): Promise<void> {
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), client.query(from(`COPY ${pg.escapeIdentifier(table)} FROM STDIN`)))
}
