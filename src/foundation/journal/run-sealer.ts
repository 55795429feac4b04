import type { Logger } from 'pino'
import type { Database } from '../database/database.ts'
import type { Keyring } from '../secrets/keyring.ts'
import { sealJournal } from './seal-journal.ts'

/** Seals the journal every few seconds until stopped. Another process may seal too: one at a time does. */
export function runSealer(db: Database, keyring: Keyring, headsFolder: string, log: Logger, everyMs = 3000): { stop(): Promise<void> } {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  const round = async (): Promise<void> => {
    try {
      const owner = await db.connectOwner()
      try {
        while (!stopped && (await sealJournal(owner, keyring, headsFolder)) > 0) { /* until nothing is left */ }
      } finally {
        await owner.end().catch(() => undefined)
      }
    } catch (error) {
      // the database may be starting again; what is not sealed now is sealed in the next round
      log.warn({ error: error instanceof Error ? error.name : typeof error, code: (error as { code?: string }).code }, 'journal not sealed')
    }
    if (!stopped) timer = setTimeout(() => (running = round()), everyMs)
  }
  timer = setTimeout(() => (running = round()), everyMs)

  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
