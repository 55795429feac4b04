import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { sql } from '../foundation/database/transaction.ts'
import { handle, type Services } from '../foundation/http/route.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { nextWorkingDay, CalendarUnknown, type WorkingCalendar } from '../foundation/values/working-calendar.ts'
import { bankOf } from './add-bank.ts'
import { getDeliveryState, startLoad } from './delivery.contract.ts'
import { readJob } from './read-job.ts'
import { shippedProfiles } from './read-profile.ts'

/** Where a bank's file transfer lays its deliveries, a folder each. */
export const inboxOf = (services: Services): string => join(services.config.dataDir, 'inbox')

function foldersOf(services: Services): string[] {
  const inbox = inboxOf(services)
  if (!existsSync(inbox)) return []
  return readdirSync(inbox, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name).sort().slice(-200)
}

const running = sql<{ id: string }>`SELECT id FROM job_run WHERE kind = 'feed' AND state IN ('WAITING', 'RUNNING') ORDER BY asked_at DESC LIMIT 1`

/** Asks the server to load a folder of the inbox with a profile that ships with the product or lies in the inbox. */
export const startLoadRoute = handle(startLoad, async (tx, { body }, { services, actor }) => {
  // only a name that stands in the list: never a path
  if (!foldersOf(services).includes(body.folder)) return refuse('no-such-folder', { field: 'folder', details: { folder: body.folder } })
  if (!shippedProfiles().includes(body.profile)) return refuse('no-such-profile', { field: 'profile', details: { profile: body.profile } })
  if (await tx.maybe(running)) return refuse('load-running')
  if (!services.jobs) return refuse('unavailable')
  return ok({ jobId: await services.jobs.ask('feed', { folder: body.folder, profile: body.profile }, actor.staffKey) })
})

/** Whether the data are on time: the delivery of the next working day is due at seven o'clock (Shanghai) of the day after it. */
export const getDeliveryStateRoute = handle(getDeliveryState, async (tx, _input, { services, may, businessDate }) => {
  const bank = await bankOf(tx)
  const { demo } = await tx.one(sql<{ demo: boolean }>`SELECT is_demo AS demo FROM bank`)
  const job = await tx.maybe(running)
  return ok({
    businessDate, next: bank && !demo && bank.settings['calendarBy'] !== 'profile' ? dueAfter(await bankCalendar(tx), businessDate) : null, job: job ? await readJob(tx, job.id) : null,
    folders: foldersOf(services), profiles: shippedProfiles(), inbox: inboxOf(services), mayLoad: may('delivery.load').allowed, mayStop: may('job.stop').allowed,
  })
})

function dueAfter(calendar: WorkingCalendar, businessDate: string): { day: string; dueAt: string; lateHours: number } | null {
  try {
    const day = nextWorkingDay(calendar, businessDate)
    const dueAt = `${addDays(day, 1)}T07:00:00+08:00`
    return { day, dueAt: new Date(dueAt).toISOString(), lateHours: Math.max(0, Math.floor((Date.now() - Date.parse(dueAt)) / 3_600_000)) }
  } catch (error) {
    if (error instanceof CalendarUnknown) return null // the calendar of that year is not known yet
    throw error
  }
}
