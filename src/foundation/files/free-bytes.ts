import { statfsSync } from 'node:fs'

/** Where Linux keeps memory as files. */
export const memoryFolder = '/dev/shm'

/** How much a folder's file system has free, in bytes; null where there is no such folder. */
export function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return null
  }
}
