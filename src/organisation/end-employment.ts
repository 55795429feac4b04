import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { end } from '../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { endPosts } from './end-posts.ts'
import { valueOf } from './refused.ts'

export type Leaving = {
  staffKey: number
  /** First day on which the person is no longer employed. */
  from: string
  reason: string
}

/**
 * A person leaves the bank. From that day his posts and his grade are over and no session answers any more: a session lives only while its post is in force.
 * Refuses: not employed on that day, or joined on it.
 */
export async function tryEndEmployment(tx: Transaction, leaving: Leaving): Promise<Outcome<null>> {
  await tx.maybe(sql`SELECT 1 FROM staff WHERE key = ${leaving.staffKey} FOR UPDATE`)
  const employment = await tx.maybe(sql<{ from_date: string }>`
    SELECT from_date FROM employment WHERE staff_key = ${leaving.staffKey} AND from_date < ${leaving.from} AND (to_date IS NULL OR to_date > ${leaving.from})`)
  if (!employment) return refuse('not-employed', { field: 'from' })
  await end(tx, 'employment', { staff_key: leaving.staffKey, from_date: employment.from_date }, { to_date: leaving.from, leave_reason: leaving.reason }, { why: leaving.reason, action: 'LEAVE' })
  await endPosts(tx, leaving.staffKey, leaving.from, leaving.reason, 'LEAVE')
  const grade = await tx.maybe(sql<{ from_date: string }>`
    SELECT from_date FROM grade_held WHERE staff_key = ${leaving.staffKey} AND from_date < ${leaving.from} AND (to_date IS NULL OR to_date > ${leaving.from})`)
  if (grade) await end(tx, 'grade_held', { staff_key: leaving.staffKey, from_date: grade.from_date }, { to_date: leaving.from }, { why: leaving.reason, action: 'LEAVE' })
  return ok(null)
}

/** The same for batches: throws when refused. */
export async function endEmployment(tx: Transaction, leaving: Leaving): Promise<void> {
  valueOf(await tryEndEmployment(tx, leaving))
}
