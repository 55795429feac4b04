import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, rmSync, writeSync } from 'node:fs'

/** Writes a key's file of mode 0600, on disk before it has its name: whole or not at all, and never over that of another process, which stays. */
export function writeOnce(path: string, content: string): void {
  const own = `${path}.${randomBytes(6).toString('hex')}`
  const file = openSync(own, 'wx', 0o600)
  writeSync(file, content)
  fsyncSync(file)
  closeSync(file)
  try {
    linkSync(own, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(own, { force: true })
  }
}
