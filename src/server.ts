import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { permissionTable } from './access/permission-table.ts'
import type { Config } from './foundation/config/config.ts'
import type { Database } from './foundation/database/database.ts'
import { sweepFiles } from './foundation/files/keep-file.ts'
import { askRetention } from './flows/carry-out-retention.ts'
import { startDay } from './flows/parts/start-day.ts'
import { askDayFigures } from './flows/work-out-day.ts'
import { buildApp, sendNotFound } from './foundation/http/app.ts'
import { serveBrowserFiles } from './foundation/http/browser-files.ts'
import type { Services } from './foundation/http/route.ts'
import { JobQueue } from './foundation/jobs/job-queue.ts'
import { runSealer } from './foundation/journal/run-sealer.ts'
import { CustomerKeys } from './foundation/secrets/customer-keys.ts'
import { openKeyring } from './foundation/secrets/keyring.ts'
import { useCustomerKeys } from './foundation/store/store.ts'
import { jobs } from './jobs.ts'
import { optOutsOf } from './flows/take-opt-out.ts'
import { runMessages } from './messages/run-messages.ts'
import { routes } from './routes.ts'

/** Makes what the product has at hand: keys and database. One per process; the command line uses it too. */
export function makeServices(config: Config, db: Database): Services {
  const keys = new CustomerKeys(openKeyring(config.keysDir))
  useCustomerKeys(keys)
  return { config, db, keys, jobs: null }
}

export type RunningServer = { address: string; services: Services; stop(): Promise<void> }

/** Starts the HTTP server, the sealer, the sender of messages and the job queue. `stop` lets requests end (10 s), then closes. */
export async function startServer(config: Config, db: Database): Promise<RunningServer> {
  const log = pino({ level: config.logLevel, base: null })
  const services = makeServices(config, db)
  // contents that a request left which failed
  const swept = db.asBatch((tx) => sweepFiles(tx, services, new Date())).catch((error: unknown) => log.warn({ error: error instanceof Error ? error.name : typeof error }, 'files were not swept'))
  const queue = new JobQueue(db.owner, services, jobs, log)
  services.jobs = queue
  const app = buildApp(routes, permissionTable, services, log)
  const built = join(import.meta.dirname, '..', 'dist', 'web')
  if (existsSync(built)) await serveBrowserFiles(app, built)
  else app.setNotFoundHandler(sendNotFound)
  const address = await app.listen({ port: config.port, host: config.host })
  const sealer = runSealer(db, services.keys.keyring, config.journalHeadsDir, log)
  const outbox = runMessages(services, log, optOutsOf(services))
  // what the business day brings and a killed process did not finish
  const dayStarted = startDay(services)
    .then((done) => done && done.failed.length > 0 && log.error({ failed: done.failed }, 'the day did not begin for all'))
    .catch((error: unknown) => log.error({ error: error instanceof Error ? error.name : typeof error }, 'the day did not begin'))
  const queueStarted = queue.start().then(() => askDayFigures(services)).then(() => askRetention(services)).catch((error: unknown) => log.error({ error: error instanceof Error ? error.name : typeof error }, 'job queue did not start'))
  return {
    address,
    services,
    async stop() {
      await app.close()
      await dayStarted
      await queueStarted
      await swept
      await queue.stop().catch(() => undefined)
      await outbox.stop()
      await sealer.stop()
    },
  }
}
