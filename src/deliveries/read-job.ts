import { sql, type Transaction } from '../foundation/database/transaction.ts'

export type JobRow = {
  id: string; kind: string; state: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED' | 'STOPPED'; stage: string | null; done: number | null; total: number | null
  startedAt: string | null; beatAt: string | null; message: string | null
}

export const jobColumns = sql`j.id, j.kind, j.state, j.stage, least(j.done, 2000000000)::int AS done, least(j.total, 2000000000)::int AS total, j.started_at AS "startedAt", j.beat_at AS "beatAt", j.message`

/** How far long work is; null when there is none of that id. */
export async function readJob(tx: Transaction, id: string): Promise<JobRow | null> {
  return (await tx.maybe(sql<JobRow>`SELECT ${jobColumns} FROM job_run j WHERE j.id = ${id}`)) ?? null
}
