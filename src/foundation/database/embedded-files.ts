import { chownSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where things lie in the data folder of the embedded server. */
export type EmbeddedPlaces = {
  folder: string
  /** PGDATA. */
  dataDir: string
  lock: string
  log: string
  record: string
}

export function embeddedPlaces(folder: string): EmbeddedPlaces {
  const at = (name: string): string => join(folder, name)
  return { folder, dataDir: at('postgresql'), lock: at('postgresql.lock'), log: at('postgresql.log'), record: at('postgresql.json') }
}

/** How a second command finds the running server: its private folder of sockets, and who keeps it. */
export type RunRecord = { runDir: string; keeperPid: number }

export function readRecord(places: EmbeddedPlaces): RunRecord | null {
  try {
    const { runDir, keeperPid } = JSON.parse(readFileSync(places.record, 'utf8')) as Record<string, unknown>
    return typeof runDir === 'string' && runDir.startsWith('/') && typeof keeperPid === 'number' ? { runDir, keeperPid } : null
  } catch {
    return null // none yet, or cut off by a kill: the keeper writes a new one
  }
}

export function writeRecord(places: EmbeddedPlaces, record: RunRecord): void {
  const fresh = `${places.record}.${process.pid}`
  writeFileSync(fresh, JSON.stringify(record), { mode: 0o600 })
  ownLikeFolder(places, fresh)
  renameSync(fresh, places.record)
}

/** Run by root in a folder of an ordinary user (a container with a mounted folder): what is made there stays usable for him. */
export function ownLikeFolder(places: EmbeddedPlaces, path: string): void {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(places.folder)
  if (uid !== 0) chownSync(path, uid, gid)
}

export const keeperSocket = (runDir: string): string => join(runDir, 'keeper.sock')

/** What the keeper is started with. */
export type KeeperOrder = { folder: string; binDir: string; durable: boolean }

/** A command says; one JSON object a line. `lease`: I need the server until I hang up. `ensure`: tell me when it runs. `leave`: I go; tell me when it is stopped if I was the last. */
export type KeeperQuestion = { ask: 'lease' | 'ensure' | 'leave' }

/** The keeper answers. `waiting` comes every second until another one does. */
export type KeeperAnswer =
  | { state: 'waiting'; stage: 'making' | 'starting' }
  | { state: 'ready'; runDir: string; serverPid: number }
  | { state: 'stopping' }
  | { state: 'left' }
  | { state: 'failed'; failure: string; zh: string; en: string }

/** Exit code of a keeper that found another one at work. */
export const anotherKeeper = 75
