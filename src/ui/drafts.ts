import { deviceOpen, dropSealed, keepSealed, readSealed } from './sealed-store.ts'

/** What somebody is writing, kept on this device (encrypted) until the server has it. Content only; a draft older than 72 hours is gone. */
export type Draft<V> = { at: string; values: V }
const prefix = 'draft.'
const keepHours = 72
// what was read at the start: a form asks at once
let known = new Map<string, Draft<unknown>>()
let reader: number | null = null

/** Reads the drafts of a person once the device has its key; forms that open afterwards find theirs. */
export async function loadDrafts(person: number): Promise<void> {
  try {
    known = await readSealed<Draft<unknown>>(prefix)
  } catch {
    known = new Map()
  }
  reader = person
  dropOpenDrafts()
}

/** Drafts of earlier versions lay open; none stays. */
export function dropOpenDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith('yq.draft.')) localStorage.removeItem(key)
  } catch {
    // forbidden storage
  }
}

/** The draft of a form, or null. Drafts belong to a person: two people at one counter do not read each other's. */
export function readDraft<V>(person: number, name: string): Draft<V> | null {
  const draft = reader === person ? (known.get(prefix + name) as Draft<V> | undefined) : undefined
  if (!draft) return null
  if (Date.now() - Date.parse(draft.at) <= keepHours * 3_600_000) return draft
  dropDraft(person, name)
  return null
}

/** Keeps a draft; null when nothing can be kept here. */
export function keepDraft<V>(person: number, name: string, values: V): string | null {
  if (deviceOpen()?.person !== person) return null
  const draft = { at: new Date().toISOString(), values }
  known.set(prefix + name, draft)
  void keepSealed(prefix + name, draft).catch(() => undefined)
  return draft.at
}

export function dropDraft(_person: number, name: string): void {
  known.delete(prefix + name)
  void dropSealed(prefix + name).catch(() => undefined)
}
