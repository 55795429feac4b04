import { useSyncExternalStore } from 'react'
import { newId } from '../foundation/values/uuid7.ts'
import { deviceOpen, dropSealed, keepSealed, readSealed } from './sealed-store.ts'

/** A deed that waits for the connection: the same body, with the same id, as often as it takes; twice is once. `refusal`: the server decided otherwise, and says why. */
export type Waiting = { name: string; contract: string; params: Record<string, string>; body: Record<string, unknown>; title: string; keptAt: string; refusal: string | null }

const prefix = 'waits.'
let items: readonly Waiting[] = []
const listeners = new Set<() => void>()
const set = (next: readonly Waiting[]): void => {
  items = next
  listeners.forEach((tell) => tell())
}

export async function loadOutbox(): Promise<void> {
  set([...(await readSealed<Waiting>(prefix)).values()].sort((a, b) => (a.keptAt < b.keptAt ? -1 : 1)))
}

/** Puts a deed into the queue. False: this device keeps nothing, so the form stays open. */
export async function waitForConnection(deed: Pick<Waiting, 'contract' | 'params' | 'title'> & { body: Record<string, unknown> & { id: string } }): Promise<boolean> {
  const device = deviceOpen()
  if (!device) return false
  const keptAt = new Date().toISOString()
  const waiting: Waiting = { ...deed, name: `${prefix}${deed.body.id}`, keptAt, refusal: null, body: { ...deed.body, draft: { deviceId: device.device, keptAt } } }
  if (!(await keepSealed(waiting.name, waiting).catch(() => false))) return false
  set([...items.filter((one) => one.name !== waiting.name), waiting])
  return true
}

export async function settleWaiting(name: string, refusal: string | null): Promise<void> {
  const found = items.find((one) => one.name === name)
  if (!found) return
  if (refusal === null) {
    await dropSealed(name)
    set(items.filter((one) => one.name !== name))
    return
  }
  const told = { ...found, refusal }
  await keepSealed(name, told)
  set(items.map((one) => (one.name === name ? told : one)))
}

export const emptyOutbox = (): void => set([])
export const waitingNow = (): readonly Waiting[] => items
export function useOutbox(): readonly Waiting[] {
  return useSyncExternalStore((tell) => {
    listeners.add(tell)
    return () => listeners.delete(tell)
  }, () => items)
}

/** The id by which the server knows this browser; the same until its storage is emptied. */
export function deviceId(): string {
  const name = 'yq.device'
  try {
    const kept = localStorage.getItem(name)
    if (kept !== null) return kept
    const made = newId()
    localStorage.setItem(name, made)
    return made
  } catch {
    return newId()
  }
}
