import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import type { Keyring } from '../secrets/keyring.ts'

/** The head of a sealed batch as it is signed and kept outside the database. */
export type Head = { number: number; lines: number; hash: string; at: string; signature: string }

const advisoryLock = 7_301_002 // one sealer at a time; no writer waits for it

/** The text that is signed. */
export function headText(head: Omit<Head, 'signature'>): string {
  return `yinqiao journal ${head.number} ${head.lines} ${head.hash} ${head.at}`
}

export function headsFile(folder: string): string {
  return join(folder, 'heads.log')
}

export function readHeads(folder: string): Head[] {
  const path = headsFile(folder)
  if (!existsSync(path)) return []
  // a line cut off by a crash is the last one at most; verify says so
  return readFileSync(path, 'utf8').split('\n').filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as Head)
}

/**
 * Orders the committed lines that are not yet sealed, chains them to the last batch by hash, signs the head and keeps it outside the database.
 * Runs as the owner, every few seconds, one at a time. Returns how many lines were sealed (0 also when another sealer is at work).
 * A line whose time lies more than a day before the last seal is left unsealed on purpose: nobody wrote it then; verify reports it.
 */
export async function sealJournal(owner: pg.ClientBase, keyring: Keyring, headsFolder: string, most = 200_000): Promise<number> {
  await owner.query('BEGIN')
  try {
    const locked = await owner.query<{ locked: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS locked', [advisoryLock])
    if (!locked.rows[0]?.locked) {
      await owner.query('ROLLBACK')
      return 0
    }
    await keepHeads(owner, headsFolder)
    const sealed = await owner.query<{ number: string; line_count: number; head_hash: Buffer; sealed_at: Date | string }>(
      `WITH last AS (SELECT number, head_hash, sealed_at FROM journal_seal ORDER BY number DESC LIMIT 1),
       next AS (SELECT coalesce((SELECT number FROM last), 0) + 1 AS number, coalesce((SELECT head_hash FROM last), sha256('yinqiao')) AS previous_hash),
       open AS (
         SELECT l.id, journal_line_hash(l) AS line_hash, row_number() OVER (ORDER BY l.at, l.id) AS place
         FROM journal_line l
         WHERE l.at > coalesce((SELECT sealed_at FROM last) - interval '1 day', '-infinity'::timestamptz)
           AND NOT EXISTS (SELECT FROM journal_sealed_line s WHERE s.line_id = l.id)
         ORDER BY l.at, l.id LIMIT $1),
       placed AS (INSERT INTO journal_sealed_line (seal_number, place, line_id, line_hash) SELECT next.number, open.place, open.id, open.line_hash FROM open, next RETURNING place, line_hash)
       INSERT INTO journal_seal (number, sealed_at, line_count, previous_hash, head_hash, signature)
       SELECT next.number, date_trunc('milliseconds', clock_timestamp()), h.lines, next.previous_hash,
              sha256(next.previous_hash || int8send(next.number) || h.hashes), ''::bytea
       FROM next, (SELECT count(*)::int AS lines, string_agg(line_hash, ''::bytea ORDER BY place) AS hashes FROM placed) h
       WHERE h.lines > 0
       RETURNING number, line_count, head_hash, sealed_at`, [most])
    const row = sealed.rows[0]
    if (row) {
      const head = { number: Number(row.number), lines: row.line_count, hash: row.head_hash.toString('hex'), at: new Date(row.sealed_at).toISOString() }
      await owner.query('UPDATE journal_seal SET signature = $2 WHERE number = $1', [head.number, keyring.signHead(headText(head))])
    }
    await owner.query('COMMIT')
    if (row) await keepHeads(owner, headsFolder)
    return row?.line_count ?? 0
  } catch (error) {
    await owner.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

// Heads that were committed and not yet kept (killed between commit and append) are appended first.
async function keepHeads(owner: pg.ClientBase, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const last = readHeads(folder).at(-1)?.number ?? 0
  const missing = await owner.query<{ number: string; line_count: number; head_hash: Buffer; sealed_at: Date | string; signature: Buffer }>(
    'SELECT number, line_count, head_hash, sealed_at, signature FROM journal_seal WHERE number > $1 ORDER BY number', [last])
  if (missing.rows.length === 0) return
  const path = headsFile(folder)
  const cut = existsSync(path) && !readFileSync(path, 'utf8').endsWith('\n') ? '\n' : ''
  const text = missing.rows.map((row) => JSON.stringify({
    number: Number(row.number), lines: row.line_count, hash: row.head_hash.toString('hex'), at: new Date(row.sealed_at).toISOString(), signature: row.signature.toString('hex'),
  } satisfies Head)).join('\n')
  appendFileSync(path, `${cut}${text}\n`, { mode: 0o600 })
}
