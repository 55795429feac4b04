import type { Actor } from '../foundation/access/actor.ts'
import { passwordMatches } from '../foundation/access/passwords.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { quiet } from '../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { beginTry, throttle } from './sign-in.ts'

/** Is it really he who signs? The password of the person at the desk, asked again; tries count like those of a sign-in. Runs its own transactions. */
export async function confirmPassword(services: Pick<Services, 'db' | 'keys'>, actor: Pick<Actor, 'staffKey' | 'staffNo'>, password: string): Promise<Outcome<null>> {
  const who = services.keys.keyring.hash('sign-in', actor.staffNo)
  const tryId = newId()
  if (await services.db.asPublic((tx) => beginTry(tx, tryId, who, who))) return refuse('locked', { details: { minutes: String(throttle.minutes) } })
  const stored = await services.db.asPublic((tx) => tx.maybe(sql<{ password_hash: string }>`SELECT password_hash FROM credential WHERE staff_key = ${actor.staffKey}`))
  if (!(await passwordMatches(stored?.password_hash ?? null, password))) return refuse('wrong-password', { field: 'password' })
  await services.db.asPublic((tx) => quiet(tx, 'sign_in_attempt', 'change', sql`UPDATE sign_in_attempt SET succeeded = true WHERE id = ${tryId}`))
  return ok(null)
}
