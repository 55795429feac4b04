import { sql } from '../database/transaction.ts'
import type { Services } from '../http/route.ts'
import { quiet } from '../store/store.ts'
import { newId } from '../values/uuid7.ts'

/** Told while long work runs: a stage's name, how much is done, how much there is (null: unknown). Throws JobStopped when somebody asked it to stop. */
export type OnProgress = (stage: string, done: number, total: number | null) => Promise<void>

export class JobStopped extends Error {}

/** What long work leaves behind: shown to the person who asked. */
export type JobResult = Record<string, string | number | boolean | null>
export type JobKind = { kind: string; run(services: Services, params: Record<string, unknown>, onProgress: OnProgress, jobId: string): Promise<JobResult> }

/** Writes the row that a page watches. The work itself is started by the job library or by the command line. */
export async function askForJob(services: Services, kind: string, params: Record<string, unknown>, askedBy: number | null, id = newId()): Promise<string> {
  await services.db.asBatch((tx) => quiet(tx, 'job_run', 'add', sql`
    INSERT INTO job_run (id, kind, params, state, asked_by) VALUES (${id}, ${kind}, ${JSON.stringify(params)}::jsonb, 'WAITING', ${askedBy})`))
  return id
}

/** Runs one job to its end: progress at most four times a second, stop when asked, the result or the error's name kept. */
export async function runJob(services: Services, job: JobKind, id: string): Promise<JobResult> {
  const { db } = services
  const set = (change: ReturnType<typeof sql>): Promise<number> => db.asBatch((tx) => quiet(tx, 'job_run', 'change', sql`UPDATE job_run SET ${change} WHERE id = ${id}`))
  const { params } = await db.asBatch((tx) => tx.one(sql<{ params: Record<string, unknown> }>`SELECT params FROM job_run WHERE id = ${id}`))
  await set(sql`state = 'RUNNING', started_at = coalesce(started_at, now()), beat_at = now(), stop_asked = false`)
  let lastTold = 0
  const onProgress: OnProgress = async (stage, done, total) => {
    const now = performance.now()
    if (now - lastTold < 250 && done !== total) return
    lastTold = now
    const row = await db.asBatch(async (tx) => {
      await quiet(tx, 'job_run', 'change', sql`UPDATE job_run SET stage = ${stage}, done = ${done}, total = ${total}, beat_at = now() WHERE id = ${id}`)
      return tx.one(sql<{ stop_asked: boolean }>`SELECT stop_asked FROM job_run WHERE id = ${id}`)
    })
    if (row.stop_asked) throw new JobStopped('stopped')
  }
  try {
    const result = await job.run(services, params, onProgress, id)
    await set(sql`state = 'DONE', ended_at = now(), result = ${JSON.stringify(result)}::jsonb`)
    return result
  } catch (error) {
    const stopped = error instanceof JobStopped
    // the message may quote a customer's value: a page shows the error's name, the log has the place
    await set(sql`state = ${stopped ? 'STOPPED' : 'FAILED'}, ended_at = now(), message = ${stopped ? null : error instanceof Error ? error.name : 'error'}`).catch(() => undefined)
    throw error
  }
}
