import type { Logger } from 'pino'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { collectNotices, daysAway, dropOldNotices, knownViews } from './collect-notices.ts'
import { deliverNotices } from './deliver-notices.ts'
import { openChannels, openStaffChannels } from './open-channels.ts'
import { sendDue } from './run-outbox.ts'
import { clockOf, type Now } from './sending-times.ts'
import type { OnWord } from './short-message-link.ts'
import { receiptsOf } from './take-receipt.ts'

// two servers of one bank: one of them collects
const collecting = 7215330358

/** Collects the notices of the business day; null: another process does so just now. The first time, and on a new day, all that the server may have missed. */
export async function collectNow(services: Pick<Services, 'db'>, day: string, days: number): Promise<number | null> {
  return services.db.asBatch(async (tx) => {
    const { free } = await tx.one(sql<{ free: boolean }>`SELECT pg_try_advisory_xact_lock(${collecting}::bigint) AS free`)
    return free ? collectNotices(tx, await knownViews(tx, services.db), { today: day, days }) : null
  })
}

/** Every half minute until stopped: what happened is told to whom it concerns, and what is due goes out over the channels that are open. `onWord` takes what customers answer. */
export function runMessages(services: Services, log: Logger, onWord: OnWord, everyMs = 30_000): { stop(): Promise<void> } {
  const toCustomers = openChannels(services.config)
  const toStaff = openStaffChannels(services.config)
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let collected = ''
  const isStopped = (): boolean => stopped
  // a message's text or number never reaches the log
  const step = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      if (!stopped) await work()
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.name : typeof error, code: (error as { code?: string }).code }, what)
    }
  }
  const round = async (): Promise<void> => {
    await step('a round of messages failed', async () => {
      const bank = await services.db.asBatch((tx) => tx.maybe(sql<{ day: string }>`SELECT business_date AS day FROM bank`))
      if (!bank) return
      const clock = (): Now => {
        const at = new Date()
        return { day: bank.day, time: clockOf(at), at }
      }
      await step('notices were not collected', async () => {
        const made = await collectNow(services, bank.day, collected === bank.day ? 2 : daysAway)
        if (made === null) return
        if (collected !== bank.day) await services.db.asBatch((tx) => dropOldNotices(tx, bank.day))
        collected = bank.day
      })
      await step('the outbox was not sent', () => sendDue(services, toCustomers, clock, isStopped))
      await step('notices were not delivered', () => deliverNotices(services, toStaff, clock, isStopped))
    })
    if (!stopped) timer = setTimeout(() => (running = round()), everyMs)
  }
  for (const channel of Object.values(toCustomers)) channel.start?.(receiptsOf(services), onWord)
  timer = setTimeout(() => (running = round()), 1000)
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
      await Promise.all(Object.values(toCustomers).map((channel) => channel.close?.()))
    },
  }
}
