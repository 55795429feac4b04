import { endSessions } from '../access/end-sessions.ts'
import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { tryEndEmployment } from '../organisation/end-employment.ts'
import { endEmploymentContract } from '../organisation/person.contract.ts'

/** A person leaves: employment, posts and grade end on the day, and when that day has come his sessions end in the same transaction. */
export const endEmploymentRoute = handle(endEmploymentContract, (tx, { params, body }, { actor, businessDate }) => tx.asRole('office', async () => {
  if (!(await tx.maybe(sql`SELECT 1 FROM staff WHERE key = ${params.staffKey}`))) return refuse('not-found')
  if (params.staffKey === actor.staffKey) return refuse('own-employment')
  const left = await tryEndEmployment(tx, { staffKey: params.staffKey, ...body })
  if (!left.ok) return left
  // a later day needs nothing here: a session answers only while its post is in force
  return ok({ endedSessions: body.from <= businessDate ? await endSessions(tx, params.staffKey, 'left the bank') : 0 })
}))
