import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sql, type Transaction } from '../database/transaction.ts'
import type { UploadedFile } from '../http/contract.ts'
import type { Services } from '../http/route.ts'
import { add, change } from '../store/store.ts'
import type { FileKind } from '../values/file-kind.ts'
import { newId } from '../values/uuid7.ts'

type Store = Pick<Services, 'config' | 'keys'>
export type StoredFile = { id: string; name: string; kind: FileKind; size: number }

/**
 * Keeps a customer's file: its content encrypted under the customer's key in the data directory, named by a keyed hash of customer and content (equal content of one customer is kept once;
 * the name tells nothing), a row in stored_file. The content is on the disk before the row is committed; when the transaction fails it is an orphan that `sweepFiles` removes.
 */
export async function keepFile(tx: Transaction, { config, keys }: Store, given: { customerId: string; id: string; file: UploadedFile; storedBy: number; why: string }): Promise<void> {
  const { customerId, file } = given
  const hash = keys.keyring.hash('FILE', `${customerId} ${file.hash}`)
  // written again even when it is there: what a transaction left that failed may be under a key that never was
  writeWhole(pathOf(config.dataDir, hash), await keys.encryptBytes(tx, customerId, Buffer.from(file.bytes)))
  await add(tx, 'stored_file', { customer_id: customerId, id: given.id, content_hash: hash, kind: file.kind, file_name: file.name, size_bytes: file.bytes.length, stored_by: given.storedBy }, { why: given.why, action: 'STORE_FILE' })
}

/** A file of the opened customer; null: there is none, its key was destroyed, or the content is gone from the disk. Throws when the content was changed outside of the product. */
export async function readFile(tx: Transaction, { config, keys }: Store, customerId: string, id: string): Promise<(StoredFile & { content: Buffer }) | null> {
  const row = await tx.maybe(sql<{ content_hash: Buffer; kind: FileKind; file_name: string; size_bytes: string }>`SELECT content_hash, kind, file_name, size_bytes FROM stored_file WHERE customer_id = ${customerId} AND id = ${id}`)
  if (!row) return null
  const sealed = readSealed(pathOf(config.dataDir, row.content_hash))
  if (sealed === null) return null
  const content = await keys.decryptBytes(tx, customerId, sealed)
  return content === null ? null : { id, name: row.file_name, kind: row.kind, size: Number(row.size_bytes), content }
}

/** Keeps a file that is no customer's in the same store, under the bank's key. Run as batch: who may have it is judged by whoever keeps it. */
export async function keepBankFile(tx: Transaction, { config, keys }: Store, given: { id: string; file: UploadedFile; storedBy: number; why: string }): Promise<void> {
  const { id, file } = given
  const hash = keys.keyring.hash('FILE', `bank ${id}`)
  writeWhole(pathOf(config.dataDir, hash), keys.keyring.sealFile(Buffer.from(file.bytes), id))
  await add(tx, 'bank_file', { id, content_hash: hash, kind: file.kind, file_name: file.name, size_bytes: file.bytes.length, stored_by: given.storedBy }, { why: given.why, action: 'STORE_FILE' })
}

/** A file of the bank; null: there is none, or its content is gone from the disk. Run as batch. */
export async function readBankFile(tx: Transaction, { config, keys }: Store, id: string): Promise<(StoredFile & { content: Buffer }) | null> {
  const row = await tx.maybe(sql<{ content_hash: Buffer; kind: FileKind; file_name: string; size_bytes: string }>`SELECT content_hash, kind, file_name, size_bytes FROM bank_file WHERE id = ${id}`)
  const sealed = row ? readSealed(pathOf(config.dataDir, row.content_hash)) : null
  return row && sealed ? { id, name: row.file_name, kind: row.kind, size: Number(row.size_bytes), content: keys.keyring.openFile(sealed, id) } : null
}

/**
 * After rows of stored_file went from one customer to another (a merge, its undoing): their contents are put under the receiving customer's key and name. The former contents are swept later.
 * Run as batch. A content that is gone or unreadable stays so. Returns how many were put over.
 */
export async function carryFiles(tx: Transaction, { config, keys }: Store, given: { from: string; to: string; ids: readonly string[]; why: string }): Promise<number> {
  const { from, to, why } = given
  const rows = await tx.all(sql<{ id: string; content_hash: Buffer }>`SELECT id, content_hash FROM stored_file WHERE customer_id = ${to} AND id = ANY(${[...given.ids]}::uuid[])`)
  let carried = 0
  for (const row of rows) {
    const sealed = readSealed(pathOf(config.dataDir, row.content_hash))
    const content = sealed && (await keys.decryptBytes(tx, from, sealed))
    if (!content) continue
    const hash = keys.keyring.hash('FILE', `${to} ${createHash('sha256').update(content).digest('hex')}`)
    writeWhole(pathOf(config.dataDir, hash), await keys.encryptBytes(tx, to, content))
    await change(tx, 'stored_file', { customer_id: to, id: row.id }, { content_hash: hash }, { why })
    carried += 1
  }
  return carried
}

/** Removes contents whose rows are gone for good, by the names that the rows told (hex). After the commit; what is not there is no fault. */
export function removeContents({ dataDir }: Store['config'], hashes: readonly string[]): void {
  for (const hash of hashes) rmSync(pathOf(dataDir, Buffer.from(hash, 'hex')), { force: true })
}

/** Removes contents of which no row tells and that are older than `minutes` (a younger one may be of a transaction in work). Run as batch. Returns how many. */
export async function sweepFiles(tx: Transaction, { config }: Pick<Store, 'config'>, now: Date, minutes = 60): Promise<number> {
  const root = join(config.dataDir, 'files')
  const there = listFiles(root).filter((path) => now.getTime() - statSync(path).mtimeMs > minutes * 60_000)
  const hashes = there.map((path) => path.slice(-64))
  const known = new Set((await tx.all(sql<{ hash: string }>`SELECT DISTINCT encode(content_hash, 'hex') AS hash FROM (SELECT content_hash FROM stored_file UNION ALL SELECT content_hash FROM bank_file) f WHERE encode(content_hash, 'hex') = ANY(${hashes}::text[])`)).map((row) => row.hash))
  const orphans = there.filter((path) => !known.has(path.slice(-64)))
  for (const path of orphans) rmSync(path, { force: true })
  return orphans.length
}

function readSealed(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null
    throw error
  }
}

function pathOf(dataDir: string, hash: Buffer): string {
  const name = hash.toString('hex')
  return join(dataDir, 'files', name.slice(0, 2), name)
}

function listFiles(root: string): string[] {
  try {
    return readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return []
    throw error
  }
}

// beside it, flushed, then renamed: a reader never meets a half, a power cut leaves the old or the new
function writeWhole(path: string, content: Buffer): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const beside = `${path}.${newId()}`
  const file = openSync(beside, 'wx', 0o600)
  try {
    writeFileSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(beside, path)
}
