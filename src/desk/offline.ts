import { useEffect, useState } from 'react'
import { closeDevice, openDevice } from '../access/device.contract.ts'
import type { SessionView } from '../access/session.contract.ts'
import { call, RefusalError, useRefresh } from '../ui/client.ts'
import { dropOpenDrafts, loadDrafts } from '../ui/drafts.ts'
import { deviceId, emptyOutbox, loadOutbox, settleWaiting, waitingNow } from '../ui/outbox.ts'
import { deviceOpen, forget, keepSealed, openAgain, openWith, readSealed } from '../ui/sealed-store.ts'
import { recordContact } from '../visits/contact.contract.ts'
import { recordNeedCard } from '../visits/needs/need.contract.ts'

const nameOfBrowser = (): string => `${/Mobile|Android|iPhone/.test(navigator.userAgent) ? '手机' : '电脑'} ${/Edg|Firefox|Chrome|Safari/.exec(navigator.userAgent)?.[0] ?? '浏览器'}`

/** After sign-in: the key of this device, then drafts and what waits. False until then; true also when nothing can be kept here. */
export function useDevice(session: SessionView | null, online: boolean): boolean {
  const [ready, setReady] = useState(false)
  const person = session?.person.staffKey
  useEffect(() => {
    if (!session || person === undefined) return
    let gone = false
    const begin = async (): Promise<void> => {
      try {
        if (!('indexedDB' in window) || !('subtle' in crypto)) return
        if (online) {
          const { key, hours } = await call(openDevice, { body: { deviceId: deviceId(), label: nameOfBrowser() } }, { stay: true })
          await openWith(person, deviceId(), key, hours)
          await keepSealed('session', session)
        } else await openAgain(person)
      } catch (error) {
        // withdrawn: what lay here goes; no connection: the key that is here serves on
        if (error instanceof RefusalError && error.name === 'device-withdrawn') await forget(person)
        else await openAgain(person)
      }
      await loadDrafts(person)
      await loadOutbox().catch(() => undefined)
    }
    void begin().finally(() => !gone && setReady(true))
    return () => {
      gone = true
    }
    // once a person: the session is asked for again and again
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [person, online])
  return ready
}

/** Without connection: who was here last, as the server told it then. */
export async function lastSession(): Promise<SessionView | null> {
  const last = await openAgain()
  return last ? ((await readSealed<SessionView>('session')).get('session') ?? null) : null
}

let sending = false

/** Sends what waits, oldest first. The server decides: what it refuses stays in the list with its sentence. */
export async function sendWaiting(): Promise<number> {
  if (sending || !deviceOpen()) return 0
  sending = true
  let sent = 0
  try {
    for (const one of waitingNow().filter((waiting) => waiting.refusal === null)) {
      try {
        const params = { customerId: one.params['customerId'] ?? '' }
        if (one.contract === recordContact.id) await call(recordContact, { params, body: one.body as never }, { stay: true })
        if (one.contract === recordNeedCard.id) await call(recordNeedCard, { params, body: one.body as never }, { stay: true })
        await settleWaiting(one.name, null)
        sent += 1
      } catch (error) {
        if (!(error instanceof RefusalError)) throw error
        // no connection, no session, the server is not itself: later
        if (error.status === 0 || error.status >= 500 || error.name === 'not-signed-in' || error.name === 'in-progress') break
        await settleWaiting(one.name, error.message)
      }
    }
  } finally {
    sending = false
  }
  return sent
}

/** Keeps sending while there is a connection. */
export function useSending(ready: boolean): void {
  const refresh = useRefresh()
  useEffect(() => {
    if (!ready) return
    const go = (): void => void sendWaiting().then((sent) => sent > 0 && refresh('contact', 'needs', 'coverage', 'contact-plan', 'reports', 'timeline'))
    go()
    addEventListener('online', go)
    const timer = setInterval(() => waitingNow().length > 0 && go(), 20_000)
    return () => {
      removeEventListener('online', go)
      clearInterval(timer)
    }
  }, [ready, refresh])
}

/** At sign-out: the server gives the key to nobody any more, and nothing of this person stays here. */
export async function closeThisDevice(person: number): Promise<void> {
  await call(closeDevice, { body: { deviceId: deviceId() } }, { stay: true }).catch(() => undefined)
  await forget(person)
  emptyOutbox()
  dropOpenDrafts()
}

