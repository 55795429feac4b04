import { sql } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle } from '../foundation/http/route.ts'
import { quiet } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { listJobs, stopJob } from './delivery.contract.ts'
import { jobColumns, type JobRow } from './read-job.ts'

/** Long work, the newest first: who asked, how far it is. */
export const listJobsRoute = handle(listJobs, async (tx, { query }, { services, may }) => {
  const place = readCursor(services.keys.keyring, 'jobs', query.cursor)
  if (!place.ok) return place
  const [at, id] = place.value ?? []
  const rows = await tx.all(sql<JobRow & { askedBy: string | null; askedAt: string; endedAt: string | null; exact: string }>`
    SELECT ${jobColumns}, s.staff_name AS "askedBy", j.asked_at AS "askedAt", j.ended_at AS "endedAt", j.asked_at::text AS exact FROM job_run j LEFT JOIN organisation_staff_facts s ON s.staff_key = j.asked_by
    WHERE ${place.value ? sql`(j.asked_at, j.id) < (${at}::timestamptz, ${id}::uuid)` : sql`true`} ORDER BY j.asked_at DESC, j.id DESC LIMIT ${query.limit + 1}`)
  const { value } = await tx.one(sql<{ value: number }>`SELECT count(*)::int AS value FROM (SELECT 1 FROM job_run LIMIT 10001) c`)
  const { shown, nextCursor } = cutPage(services.keys.keyring, 'jobs', rows, query.limit, (last) => [last.exact, last.id])
  return ok({
    items: shown.map(({ exact: _exact, ...row }) => ({ ...row, mayStop: may('job.stop').allowed && (row.state === 'RUNNING' || row.state === 'WAITING') })),
    nextCursor, count: { value: Math.min(value, 10_000), exact: value <= 10_000 },
  })
})

/** Asks long work to stop: it ends at its next step and leaves nothing half done. */
export const stopJobRoute = handle(stopJob, async (tx, { params }) => {
  const job = await tx.maybe(sql<{ state: string }>`SELECT state FROM job_run WHERE id = ${params.jobId}`)
  if (!job) return refuse('not-found')
  if (job.state !== 'RUNNING' && job.state !== 'WAITING') return refuse('job-ended')
  await tx.asRole('office', () => quiet(tx, 'job_run', 'change', sql`UPDATE job_run SET stop_asked = true WHERE id = ${params.jobId}`))
  return ok({})
})
