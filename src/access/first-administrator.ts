import { randomBytes, timingSafeEqual } from 'node:crypto'
import { hashPassword } from '../foundation/access/passwords.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { canonical } from '../foundation/http/twice-is-once.ts'
import type { AloneContext, Services } from '../foundation/http/route.ts'
import { add, quiet } from '../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { isStrongPassword } from './password.rules.ts'
import { codeFrom, plainCode } from './set-up-code.rules.ts'
import { isLocked, throttle } from './sign-in.ts'

const codeHours = 24

/** Makes the code with which the first administrator begins the bank; an earlier one is void. Null when there is a bank already. Only its keyed hash is kept. */
export async function issueSetUpCode(services: Services): Promise<{ code: string; expiresAt: Date } | null> {
  const code = codeFrom(randomBytes(96))
  if (code === null) throw new Error('96 random bytes gave no code')
  const expiresAt = new Date(Date.now() + codeHours * 3_600_000)
  const hash = services.keys.keyring.hash('set-up code', plainCode(code))
  return services.db.asBatch(async (tx) => {
    if (await bankExists(tx)) return null
    await quiet(tx, 'set_up_code', 'remove', sql`DELETE FROM set_up_code`)
    await quiet(tx, 'set_up_code', 'add', sql`INSERT INTO set_up_code (code_hash, expires_at) VALUES (${hash}, ${expiresAt.toISOString()})`)
    return { code, expiresAt }
  })
}

type Asked = { id: string; code: string; staffNo: string; password: string }
type StoredCode = { code_hash: Buffer; expired: boolean; used_for: string | null; content_hash: Buffer | null }
/** The code fits. `again`: this very request was done before. */
export type Admitted = { again: boolean; contentHash: Buffer; passwordHash: string }

/** May this request begin the bank? Looks at the code before the transaction that begins it; wrong codes are counted per address. */
export async function admitFirstAdministrator(asked: Asked, { services, address }: Pick<AloneContext, 'services' | 'address'>): Promise<Outcome<Admitted>> {
  const { keyring } = services.keys
  const contentHash = keyring.hash('set-up request', canonical({ ...asked, code: plainCode(asked.code), password: null }))
  const typed = keyring.hash('set-up code', plainCode(asked.code))
  const who = keyring.hash('set-up', address)
  const where = keyring.hash('address', address)

  const { known, bank, locked } = await services.db.asPublic(async (tx) => ({
    known: await tx.maybe(sql<StoredCode>`SELECT code_hash, expires_at <= now() AS expired, used_for, content_hash FROM set_up_code`),
    bank: await bankExists(tx),
    locked: await isLocked(tx, who, where),
  }))
  const fits = known !== undefined && timingSafeEqual(known.code_hash, typed)
  if (bank) return fits && wasDone(known, asked.id, contentHash) ? ok({ again: true, contentHash, passwordHash: '' }) : refuse('bank-exists')
  if (locked) return refuse('locked', { details: { minutes: String(throttle.minutes) } })
  const good = fits && !known.expired && known.used_for === null
  await services.db.asPublic((tx) => quiet(tx, 'sign_in_attempt', 'add', sql`
    INSERT INTO sign_in_attempt (id, staff_no_hash, address_hash, succeeded) VALUES (${newId()}, ${who}, ${where}, ${good})`))
  if (!good) return refuse('wrong-code', { field: 'code' })
  if (!isStrongPassword(asked.password, asked.staffNo)) return refuse('weak-password', { field: 'password' })
  return ok({ again: false, contentHash, passwordHash: await hashPassword(asked.password) })
}

/** Inside the transaction that begins the bank: takes the code, so that of two at once one waits and then finds it used. */
export async function takeSetUpCode(tx: Transaction, asked: Asked, admitted: Admitted): Promise<Outcome<'taken' | 'done-before'>> {
  const known = await tx.maybe(sql<StoredCode>`SELECT code_hash, expires_at <= now() AS expired, used_for, content_hash FROM set_up_code FOR UPDATE`)
  if (known && wasDone(known, asked.id, admitted.contentHash)) return ok('done-before')
  if (!known || known.used_for !== null || (await bankExists(tx))) return refuse('bank-exists')
  await quiet(tx, 'set_up_code', 'change', sql`UPDATE set_up_code SET used_at = now(), used_for = ${asked.id}, content_hash = ${admitted.contentHash}`)
  return ok('taken')
}

/** The administrator chose this password himself: it need not be changed. */
export async function giveFirstPassword(tx: Transaction, staffKey: number, passwordHash: string): Promise<void> {
  await add(tx, 'credential', { staff_key: staffKey, password_hash: passwordHash, must_change: false }, { why: 'first administrator', action: 'SET_FIRST_PASSWORD' })
}

/** Whether a code waits to be used: the page before sign-in then offers to begin the bank. */
export async function setUpIsOffered(tx: Transaction): Promise<boolean> {
  return (await tx.maybe(sql`SELECT 1 FROM set_up_code WHERE used_at IS NULL`)) !== undefined && !(await bankExists(tx))
}

const wasDone = (known: StoredCode, id: string, contentHash: Buffer): boolean => known.used_for === id && known.content_hash?.equals(contentHash) === true

async function bankExists(tx: Transaction): Promise<boolean> {
  return (await tx.maybe(sql`SELECT 1 FROM bank`)) !== undefined
}
