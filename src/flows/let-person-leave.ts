import { endSessions } from '../access/end-sessions.ts'
import { refreshScopes } from '../customers/assign-customer.ts'
import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { tryEndEmployment } from '../organisation/end-employment.ts'
import { endEmploymentContract } from '../organisation/person.contract.ts'
import { followCustomers } from '../visits/save-contact.ts'

/** A person leaves: employment, posts and grade end on the day, and when that day has come his sessions end in the same transaction. */
export const endEmploymentRoute = handle(endEmploymentContract, (tx, { params, body }, { actor, businessDate }) => tx.asRole('office', async () => {
  if (!(await tx.maybe(sql`SELECT 1 FROM staff WHERE key = ${params.staffKey}`))) return refuse('not-found')
  if (params.staffKey === actor.staffKey) return refuse('own-employment')
  const left = await tryEndEmployment(tx, { staffKey: params.staffKey, ...body })
  if (!left.ok) return left
  // a later day needs nothing here: a session answers only while its post is in force, and the delivery that moves the business date works out every scope anew
  if (body.from > businessDate) return ok({ endedSessions: 0 })
  const endedSessions = await endSessions(tx, params.staffKey, 'left the bank')
  await tx.asRole('batch', async () => {
    const batch = newId()
    await refreshScopes(tx, { day: businessDate, batch, why: 'a manager left', staffKey: params.staffKey })
    await followCustomers(tx, batch, null, params.staffKey)
  })
  return ok({ endedSessions })
}))
