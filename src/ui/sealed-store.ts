/**
 * What stays on this device, encrypted (AES-GCM) in the browser's own database. The key comes from the server after sign-in and lies here as one that scripts can use but not read; it is forgotten at
 * sign-out and after its hours without a word from the server. Without a key (an insecure address, a forbidden storage) nothing is kept.
 */
type Kept = { name: string; person: number; at: string; iv: Uint8Array<ArrayBuffer>; sealed: ArrayBuffer }
type HeldKey = { person: number; key: CryptoKey; until: string; device: string }

const database = 'yinqiao-kept'
let open: HeldKey | null = null

function request<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error ?? new Error('the browser keeps nothing'))
  })
}

async function inStore<T>(store: 'keys' | 'kept', mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(database, 1)
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('keys', { keyPath: 'person' })
    opening.result.createObjectStore('kept', { keyPath: 'name' })
  }
  const db = await request(opening)
  try {
    return await request(work(db.transaction(store, mode).objectStore(store)))
  } finally {
    db.close()
  }
}

/** Takes the key that the server gave. What lies here under another key of this person is unreadable and goes. */
export async function openWith(person: number, device: string, rawKey: string, hours: number): Promise<void> {
  const raw = Uint8Array.from(atob(rawKey), (letter) => letter.charCodeAt(0))
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
  open = { person, key, device, until: new Date(Date.now() + hours * 3_600_000).toISOString() }
  await inStore('keys', 'readwrite', (store) => store.put(open))
}

/** Without connection: the key of whoever was here last, while its hours last. Null: nobody, or too long ago (then what lay here goes). */
export async function openAgain(person?: number): Promise<{ person: number; device: string } | null> {
  try {
    const held = ((await inStore('keys', 'readonly', (store) => store.getAll())) as HeldKey[]).filter((one) => person === undefined || one.person === person).sort((a, b) => (a.until < b.until ? 1 : -1))[0]
    if (!held) return null
    if (held.until < new Date().toISOString()) {
      await forget(held.person)
      return null
    }
    open = held
    return { person: held.person, device: held.device }
  } catch {
    return null
  }
}

export const deviceOpen = (): { person: number; device: string } | null => open && { person: open.person, device: open.device }

/** Keeps a value under a name. False: nothing is kept here. */
export async function keepSealed(name: string, value: unknown): Promise<boolean> {
  if (!open) return false
  const { person, key } = open
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(JSON.stringify(value)))
  await inStore('kept', 'readwrite', (store) => store.put({ name: `${person}.${name}`, person, at: new Date().toISOString(), iv, sealed } satisfies Kept))
  return true
}

/** Everything of this person whose name begins so, by name. What cannot be opened (another key, damage) goes. */
export async function readSealed<V>(begins: string): Promise<Map<string, V>> {
  const found = new Map<string, V>()
  if (!open) return found
  const { person, key } = open
  for (const one of (await inStore('kept', 'readonly', (store) => store.getAll())) as Kept[]) {
    const name = one.name.slice(`${person}.`.length)
    if (one.person !== person || !name.startsWith(begins)) continue
    try {
      found.set(name, JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: one.iv }, key, one.sealed))) as V)
    } catch {
      await inStore('kept', 'readwrite', (store) => store.delete(one.name))
    }
  }
  return found
}

export async function dropSealed(name: string): Promise<void> {
  if (open) await inStore('kept', 'readwrite', (store) => store.delete(`${open?.person ?? 0}.${name}`))
}

/** At sign-out: the key and everything of this person. */
export async function forget(person: number): Promise<void> {
  if (open?.person === person) open = null
  try {
    await inStore('keys', 'readwrite', (store) => store.delete(person))
    for (const one of (await inStore('kept', 'readonly', (store) => store.getAll())) as Kept[]) if (one.person === person) await inStore('kept', 'readwrite', (store) => store.delete(one.name))
  } catch {
    // forbidden storage: there was nothing
  }
}
