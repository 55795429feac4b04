import { randomBytes } from 'node:crypto'
import { tokenHash } from '../foundation/access/actor.ts'
import { actionsOf } from '../foundation/access/permission.rules.ts'
import { hashPassword, passwordMatches } from '../foundation/access/passwords.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, handleAlone, type AloneContext, type Services } from '../foundation/http/route.ts'
import { add, change, end, quiet } from '../foundation/store/store.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { endSessions } from './end-sessions.ts'
import { isStrongPassword } from './password.rules.ts'
import { permissionTable } from './permission-table.ts'
import { changePassword, getSession, signIn, signOut, switchPost } from './session.contract.ts'

/** Failed tries of one staff number (or from one address) within `minutes` after which no more are answered. */
export const throttle = { minutes: 10, perPerson: 5, perAddress: 100 }

/** Signs in: one answer for every failure, after the same work; throttled per person and address. */
export const signInRoute = handleAlone(signIn, async ({ body }, context) => {
  const { services, address } = context
  const who = services.keys.keyring.hash('sign-in', body.staffNo)
  const where = services.keys.keyring.hash('address', address)
  const tryId = newId()
  const locked = await services.db.asPublic((tx) => beginTry(tx, tryId, who, where))
  if (locked) return refuse('locked', { details: { minutes: String(throttle.minutes) } })

  const person = await services.db.asPublic((tx) => tx.maybe(sql<{ staff_key: number; post_key: number; password_hash: string; must_change: boolean }>`
    SELECT f.staff_key, f.post_key, c.password_hash, c.must_change
    FROM organisation_post_facts f JOIN credential c ON c.staff_key = f.staff_key, bank b
    WHERE f.staff_no = ${body.staffNo} AND f.from_date <= b.business_date AND (f.to_date IS NULL OR f.to_date > b.business_date)
    ORDER BY f.main DESC, f.post_key LIMIT 1`))
  const matches = await passwordMatches(person?.password_hash ?? null, body.password)
  if (!person || !matches) return refuse('wrong-sign-in')

  await services.db.asPublic((tx) => quiet(tx, 'sign_in_attempt', 'change', sql`UPDATE sign_in_attempt SET succeeded = true WHERE id = ${tryId}`))
  await startSession(context, person.staff_key, person.post_key)
  return ok({ mustChangePassword: person.must_change })
})

/**
 * Whether the person or the address has tried too often; if not, the try is counted as failed before the password is looked at. Tries of one person stand in a row
 * here, so that a hundred at the same moment are not a hundred answers.
 */
export async function beginTry(tx: Transaction, id: string, who: Buffer, where: Buffer): Promise<boolean> {
  await tx.one(sql`SELECT pg_advisory_xact_lock(hashtextextended(${who.toString('hex')}, 11)) IS NULL AS waited`)
  if (await isLocked(tx, who, where)) return true
  await quiet(tx, 'sign_in_attempt', 'add', sql`INSERT INTO sign_in_attempt (id, staff_no_hash, address_hash, succeeded) VALUES (${id}, ${who}, ${where}, false)`)
  return false
}

export async function isLocked(tx: Transaction, who: Buffer, where: Buffer): Promise<boolean> {
  // tries since the last success of this person: a right password clears the count
  const { mine, theirs } = await tx.one(sql<{ mine: number; theirs: number }>`
    SELECT (SELECT count(*)::int FROM sign_in_attempt a WHERE a.staff_no_hash = ${who} AND NOT a.succeeded AND a.at > now() - make_interval(mins => ${throttle.minutes}::int)
              AND a.at > coalesce((SELECT max(s.at) FROM sign_in_attempt s WHERE s.staff_no_hash = ${who} AND s.succeeded), '-infinity')) AS mine,
           (SELECT count(*)::int FROM sign_in_attempt a WHERE a.address_hash = ${where} AND NOT a.succeeded AND a.at > now() - make_interval(mins => ${throttle.minutes}::int)) AS theirs`)
  return mine >= throttle.perPerson || theirs >= throttle.perAddress
}

async function startSession(context: AloneContext, staffKey: number, postKey: number): Promise<void> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(Date.now() + context.services.config.sessionHours * 3_600_000)
  await context.services.db.asPublic(
    async (tx) => {
      // who signs in anew in this browser has no use for the session before
      const former = context.sessionToken === null ? undefined : await tx.maybe(sql`SELECT 1 FROM session WHERE token_hash = ${tokenHash(context.sessionToken)} AND ended_at IS NULL`)
      if (former && context.sessionToken !== null) await end(tx, 'session', { token_hash: tokenHash(context.sessionToken) }, { ended_at: new Date().toISOString(), end_reason: 'signed in anew' }, { why: null, action: 'END_SESSION' })
      await add(tx, 'session', { token_hash: tokenHash(token), id: newId(), staff_key: staffKey, post_key: postKey, expires_at: expiresAt.toISOString() }, { why: null, action: 'SIGN_IN' })
    },
    { personKey: staffKey, postKey, requestId: context.requestId },
  )
  context.setSession(token, expiresAt)
}

export const signOutRoute = handleAlone(signOut, async (_input, context) => {
  const { services, sessionToken, actor } = context
  if (sessionToken !== null && actor) {
    await services.db.asPublic(
      (tx) => end(tx, 'session', { token_hash: tokenHash(sessionToken) }, { ended_at: new Date().toISOString(), end_reason: 'signed out' }, { why: null, action: 'SIGN_OUT' }),
      { personKey: actor.staffKey, postKey: actor.postKey, requestId: context.requestId },
    )
  }
  context.setSession(null)
  return ok({})
})

/** Changes the password; every other session of the person ends. */
export const changePasswordRoute = handleAlone(changePassword, async ({ body }, { services, actor, requestId, sessionToken }) => {
  if (!actor || sessionToken === null) return refuse('not-signed-in')
  const who = services.keys.keyring.hash('sign-in', actor.staffNo)
  const tryId = newId()
  if (await services.db.asPublic((tx) => beginTry(tx, tryId, who, who))) return refuse('locked', { details: { minutes: String(throttle.minutes) } })
  const stored = await services.db.asPublic((tx) => tx.one(sql<{ password_hash: string }>`SELECT password_hash FROM credential WHERE staff_key = ${actor.staffKey}`))
  if (!(await passwordMatches(stored.password_hash, body.oldPassword))) return refuse('wrong-password', { field: 'oldPassword' })
  await services.db.asPublic((tx) => quiet(tx, 'sign_in_attempt', 'change', sql`UPDATE sign_in_attempt SET succeeded = true WHERE id = ${tryId}`))
  const next = body.newPassword
  if (!isStrongPassword(next, actor.staffNo, body.oldPassword)) return refuse('weak-password', { field: 'newPassword' })
  const passwordHash = await hashPassword(next)
  const author = { personKey: actor.staffKey, postKey: actor.postKey, requestId }
  await services.db.asPublic(async (tx) => {
    await change(tx, 'credential', { staff_key: actor.staffKey }, { password_hash: passwordHash, must_change: false, changed_at: new Date().toISOString() }, { why: null, action: 'CHANGE_PASSWORD' })
    await endSessions(tx, actor.staffKey, 'password changed', tokenHash(sessionToken))
  }, author)
  return ok({})
})

/** Acts in another of one's posts of today. A post of somebody else and one that ended are refused alike. */
export const switchPostRoute = handleAlone(switchPost, async ({ body }, { services, actor, requestId, sessionToken, businessDate }) => {
  if (!actor || sessionToken === null) return refuse('not-signed-in')
  return services.db.asPublic(async (tx) => {
    const post = await tx.maybe(sql`SELECT 1 FROM organisation_post_facts WHERE post_key = ${body.postKey} AND staff_key = ${actor.staffKey}
      AND from_date <= ${businessDate} AND (to_date IS NULL OR to_date > ${businessDate})`)
    if (!post) return refuse('not-found')
    await change(tx, 'session', { token_hash: tokenHash(sessionToken) }, { post_key: body.postKey }, { why: null, action: 'SWITCH_POST' })
    return ok({})
  }, { personKey: actor.staffKey, postKey: actor.postKey, requestId })
})

export const getSessionRoute = handle(getSession, async (tx, _input, { actor, businessDate }) => {
  const posts = await tx.all(sql<{ key: number; code: string; title: string; titleEn: string; unitName: string }>`
    SELECT post_key AS key, post_code AS code, post_name AS title, post_name_en AS "titleEn", line_name AS "unitName" FROM organisation_post_facts
    WHERE staff_key = ${actor.staffKey} AND from_date <= ${businessDate} AND (to_date IS NULL OR to_date > ${businessDate}) ORDER BY main DESC, post_key`)
  const bank = await tx.one(sql<{ name_zh: string; name_en: string; currency: string; is_demo: boolean }>`SELECT name_zh, name_en, currency, is_demo FROM bank`)
  return ok({
    person: { staffNo: actor.staffNo, name: actor.name, staffKey: actor.staffKey },
    post: { key: actor.postKey, code: actor.postCode, title: actor.postName, titleEn: actor.postNameEn, unitName: actor.lineName },
    posts,
    may: actionsOf(permissionTable, actor.postCode),
    mustChangePassword: actor.mustChangePassword,
    businessDate,
    bankName: bank.name_zh,
    bankNameEn: bank.name_en,
    currency: bank.currency,
    demo: bank.is_demo,
  })
})

/** Sets a person's first password (administrator, demo). `services.db` runs it as the sign-in role. */
export async function setFirstPassword(services: Pick<Services, 'db'>, staffKey: number, password: string, mustChange: boolean): Promise<void> {
  const passwordHash = await hashPassword(password)
  await services.db.asPublic((tx) => add(tx, 'credential', { staff_key: staffKey, password_hash: passwordHash, must_change: mustChange }, { why: 'first password', action: 'SET_PASSWORD' }))
}
