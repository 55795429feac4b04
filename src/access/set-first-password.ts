import { hashPassword } from '../foundation/access/passwords.ts'
import { sql } from '../foundation/database/transaction.ts'
import { handleAlone } from '../foundation/http/route.ts'
import { add, change } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { endSessions } from './end-sessions.ts'
import { setFirstPassword } from './first-password.contract.ts'
import { isStrongPassword } from './password.rules.ts'

/** The administrator gives a person a password that must be changed at the first sign-in; what was open with the former one ends. */
export const setFirstPasswordRoute = handleAlone(setFirstPassword, async ({ params, body }, { services, actor, requestId, businessDate }) => {
  if (!actor) return refuse('not-signed-in')
  const author = { personKey: actor.staffKey, postKey: actor.postKey, requestId }
  const person = await services.db.asPublic((tx) => tx.maybe(sql<{ staff_no: string; employed: boolean }>`
    SELECT s.staff_no, EXISTS (SELECT FROM organisation_post_facts f WHERE f.staff_key = s.staff_key AND (f.to_date IS NULL OR f.to_date > ${businessDate})) AS employed
    FROM organisation_staff_facts s WHERE s.staff_key = ${params.staffKey}`))
  if (!person) return refuse('not-found')
  if (params.staffKey === actor.staffKey) return refuse('own-password')
  if (!person.employed) return refuse('not-employed')
  if (!isStrongPassword(body.password, person.staff_no)) return refuse('weak-password', { field: 'password' })
  const passwordHash = await hashPassword(body.password) // takes 60 ms: before the transaction
  return services.db.asPublic(async (tx) => {
    const facts = { password_hash: passwordHash, must_change: true, changed_at: new Date().toISOString() }
    const known = await change(tx, 'credential', { staff_key: params.staffKey }, facts, { why: null, action: 'SET_FIRST_PASSWORD' })
    if (!known) await add(tx, 'credential', { staff_key: params.staffKey, ...facts }, { why: null, action: 'SET_FIRST_PASSWORD' })
    return ok({ endedSessions: await endSessions(tx, params.staffKey, 'password set by the administrator') })
  }, author)
})
