import type pg from 'pg'
import { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { Services } from '../http/route.ts'
import { askForJob, runJob, type JobKind } from './run-job.ts'

/**
 * Starts long work in the server: one job of a kind at a time, taken again by the next server when this one was killed.
 * pg-boss keeps its own schema `pgboss` (the one exception from row-level security, listed in the tidy test).
 */
export class JobQueue {
  readonly #boss: PgBoss
  readonly #services: Services
  readonly #kinds: readonly JobKind[]
  readonly #log: Logger

  constructor(owner: pg.PoolConfig, services: Services, kinds: readonly JobKind[], log: Logger) {
    this.#boss = new PgBoss({ ...(owner as object), schema: 'pgboss', max: 3, supervise: true, schedule: false } as ConstructorParameters<typeof PgBoss>[0])
    this.#boss.on('error', (error: Error) => log.warn({ error: error.name }, 'job queue'))
    this.#services = services
    this.#kinds = kinds
    this.#log = log
  }

  async start(): Promise<void> {
    await this.#boss.start()
    for (const job of this.#kinds) {
      await this.#boss.createQueue(job.kind, { policy: 'standard', retryLimit: 5, retryDelay: 2, expireInSeconds: 6 * 3600, heartbeatSeconds: 10 })
      await this.#boss.work<{ id: string }>(job.kind, { batchSize: 1, pollingIntervalSeconds: 0.5 }, async ([asked]) => {
        if (asked) await this.#run(job, asked.data.id)
      })
    }
  }

  async #run(job: JobKind, id: string): Promise<void> {
    try {
      await runJob(this.#services, job, id)
    } catch (error) {
      this.#log.warn({ job: job.kind, id, error: error instanceof Error ? error.name : typeof error }, 'job did not finish')
    }
  }

  /** Asks for a job: a page watches the returned id. */
  async ask(kind: string, params: Record<string, unknown>, askedBy: number | null): Promise<string> {
    const id = await askForJob(this.#services, kind, params, askedBy)
    await this.#boss.send(kind, { id })
    return id
  }

  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: 10_000 })
  }
}
