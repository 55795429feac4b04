import { useSyncExternalStore } from 'react'

let unread = 0
const listeners = new Set<() => void>()

/** What an answer of the server told of the reader's unread notices (header X-Unread). */
export function tellUnread(header: string | null): void {
  if (header === null || !/^\d{1,4}$/.test(header) || Number(header) === unread) return
  unread = Number(header)
  listeners.forEach((tell) => tell())
}

const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/** How many notices wait unread, as the last answer told; 100 stands for "more than 99". */
export const useUnread = (): number => useSyncExternalStore(subscribe, () => unread)
