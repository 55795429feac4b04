/** What somebody is writing, kept on this device until the server has it. Content only; a draft older than 72 hours is gone. */
export type Draft<V> = { at: string; values: V }
const prefix = 'yq.draft.'
const keepHours = 72

/** The draft of a form, or null. Drafts belong to a person: two people at one counter do not read each other's. */
export function readDraft<V>(person: number, name: string): Draft<V> | null {
  try {
    const kept = localStorage.getItem(`${prefix}${person}.${name}`)
    if (kept === null) return null
    const draft = JSON.parse(kept) as Draft<V>
    if (Date.now() - Date.parse(draft.at) <= keepHours * 3_600_000) return draft
    dropDraft(person, name)
  } catch {
    // unreadable or forbidden: no draft
  }
  return null
}

/** Keeps a draft; null when the storage is full or forbidden. */
export function keepDraft<V>(person: number, name: string, values: V): string | null {
  const at = new Date().toISOString()
  try {
    localStorage.setItem(`${prefix}${person}.${name}`, JSON.stringify({ at, values } satisfies Draft<V>))
    return at
  } catch {
    return null
  }
}

export function dropDraft(person: number, name: string): void {
  try {
    localStorage.removeItem(`${prefix}${person}.${name}`)
  } catch {
    // forbidden storage: there was none
  }
}

/** At sign-out nothing of this person stays on the device. */
export function dropDraftsOf(person: number): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(`${prefix}${person}.`)) localStorage.removeItem(key)
  } catch {
    // forbidden storage
  }
}
