import type { Database } from '../../foundation/database/database.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { change } from '../../foundation/store/store.ts'
import { addDays } from '../../foundation/values/business-date.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { refreshScopes, tryAssignCustomer } from '../assign-customer.ts'
import { followPairs } from '../duplicates/follow-pairs.ts'
import { countVisits } from './engine-read-hand-over.ts'
import { loadsAfter } from './engine-read-load.ts'
import { lockCase } from './hand-over-case.ts'
import { moveShares, type YearAverages } from './move-shares.ts'
import { readOwnershipPolicy } from './read-ownership-policy.ts'

/** What other capabilities do when customers change hands: handed in by the flow that begins the day. */
export type DayParts = {
  averages: YearAverages
  /** The year average of one customer on a day. */
  average: (tx: Transaction, customerId: string, day: string) => Promise<bigint>
  /** Each moves its own open things of the customers that the hand-over moved, from leaver to receiver. In this order. */
  movers: readonly ((tx: Transaction, moved: { handOverId: string; batch: string; day: string }) => Promise<unknown>)[]
  /** Each lets its listed things follow the customers that a person holds or held. */
  followers: readonly ((tx: Transaction, batch: string, staffKey: number) => Promise<unknown>)[]
}
export type DayStarted = { handOvers: number; customers: number; claims: number; substitutions: number; failed: { what: string; error: string }[] }

/**
 * A business day begins: hand-overs signed by all three take effect at 00:00 of their day, claims that stood alone are granted, substitutions that ran out end. Each is a
 * transaction of its own: killed at any moment it is done or not begun, and the next call does what is left. One that fails is told and holds back no other.
 */
export async function startOwnershipDay(db: Database, day: string, parts: DayParts): Promise<DayStarted> {
  const done: DayStarted = { handOvers: 0, customers: 0, claims: 0, substitutions: 0, failed: [] }
  const each = async (what: string, ids: readonly string[], work: (tx: Transaction, id: string) => Promise<void>): Promise<void> => {
    for (const id of ids) {
      try {
        await db.asBatch((tx) => work(tx, id))
      } catch (error) {
        // the message may quote a row: the error's name is enough to look it up
        done.failed.push({ what: `${what} ${id}`, error: error instanceof Error ? `${error.name} ${(error as { code?: string }).code ?? ''}`.trim() : 'error' })
      }
    }
  }
  const due = await db.asBatch(async (tx) => ({
    handOvers: await ids(tx, sql`SELECT id FROM hand_over WHERE state = 'SIGNED_BY_SUPERVISOR' AND effective_on <= ${day} ORDER BY effective_on, number`),
    closing: await ids(tx, sql`SELECT id FROM hand_over WHERE state = 'FOLLOW_UP' ORDER BY number`),
    claims: await ids(tx, sql`SELECT id FROM pool_claim c WHERE state = 'OPEN' AND kind = 'CLAIM' AND open_until < ${day}
      AND NOT EXISTS (SELECT FROM pool_claim o WHERE o.customer_id = c.customer_id AND o.id <> c.id AND o.state = 'OPEN') ORDER BY claimed_on, id`),
    substitutions: await ids(tx, sql`SELECT id FROM substitution WHERE state IN ('CONFIRMED', 'ASKED') AND until_date < ${day} ORDER BY until_date, id`),
    beginning: await ids(tx, sql`SELECT DISTINCT absent_key::text AS id FROM substitution WHERE state = 'CONFIRMED' AND from_date <= ${day} AND until_date >= ${day}`),
  }))
  await each('hand-over', due.handOvers, async (tx, id) => {
    const moved = await takeEffect(tx, id, day, parts)
    if (moved === null) return
    done.handOvers += 1
    done.customers += moved
  })
  await each('hand-over', due.closing, (tx, id) => closeVisited(tx, id, day))
  await each('claim', due.claims, async (tx, id) => {
    if (await grantClaim(tx, id, day, parts)) done.claims += 1
  })
  await each('substitution', due.substitutions, async (tx, id) => {
    await endSubstitution(tx, id, day, parts)
    done.substitutions += 1
  })
  // a delivery worked the scopes out anew; where none moved the day, whoever stands in from today sees the customers from here on
  await each('substitution of', due.beginning, (tx, id) => followPerson(tx, Number(id), day, parts))
  return done
}

async function ids(tx: Transaction, query: ReturnType<typeof sql<{ id: string }>>): Promise<string[]> {
  return (await tx.all(query as ReturnType<typeof sql<{ id: string }>>)).map((row) => row.id)
}

/** Scope columns of the customers whom a person holds or held, and of what follows them. */
export async function followPerson(tx: Transaction, staffKey: number, day: string, parts: Pick<DayParts, 'followers'>): Promise<void> {
  const batch = newId()
  await refreshScopes(tx, { day, batch, why: 'customers follow their manager', staffKey })
  await followPairs(tx, batch)
  for (const follow of parts.followers) await follow(tx, batch, staffKey)
}

/** One signed hand-over takes effect, all or nothing: shares, promises, scope, state. Null: it was done meanwhile. */
async function takeEffect(tx: Transaction, id: string, day: string, parts: DayParts): Promise<number | null> {
  const held = await lockCase(tx, id)
  if (held.state !== 'SIGNED_BY_SUPERVISOR' || held.effective_on > day) return null
  const policy = await readOwnershipPolicy(tx, held.effective_on)
  const batch = newId()
  const customers = await moveShares(tx, { handOverId: id, day: held.effective_on, today: day, batch, why: `hand-over ${held.number}`, averages: parts.averages })
  for (const move of parts.movers) await move(tx, { handOverId: id, batch, day: held.effective_on })
  await change(tx, 'hand_over', { id }, { state: 'EFFECTIVE', effected_on: day, customers, visits_until: addDays(held.effective_on, policy.visitWithin) }, { why: null, action: 'TAKE_EFFECT' })
  await followPerson(tx, held.leaver_key, day, parts)
  const { visits } = await countVisits(tx, held)
  await change(tx, 'hand_over', { id }, visits > 0 ? { state: 'FOLLOW_UP' } : { state: 'CLOSED', closed_on: day }, { why: null, action: 'HAND_OVER_STATE' })
  return customers
}

async function closeVisited(tx: Transaction, id: string, day: string): Promise<void> {
  const held = await lockCase(tx, id)
  if (held.state !== 'FOLLOW_UP') return
  const { visits, visited } = await countVisits(tx, held)
  if (visited === visits) await change(tx, 'hand_over', { id }, { state: 'CLOSED', closed_on: day }, { why: 'all joint visits made', action: 'CLOSE_HAND_OVER' })
}

type Claim = { customer_id: string; staff_key: number; reason: string; state: string; main_staff_key: number | null }

/** A claim that stood alone until the end of its window becomes an assignment, unless the claimant is too full by now. */
async function grantClaim(tx: Transaction, id: string, day: string, parts: DayParts): Promise<boolean> {
  const claim = await tx.one(sql<Claim>`SELECT c.customer_id, c.staff_key, c.reason, c.state, k.main_staff_key FROM pool_claim c JOIN customer k ON k.customer_id = c.customer_id WHERE c.id = ${id} FOR UPDATE`)
  if (claim.state !== 'OPEN') return false
  const end = (state: 'GRANTED' | 'REFUSED', why: string) => change(tx, 'pool_claim', { customer_id: claim.customer_id, id }, { state, decided_on: day, decision_reason: why }, { why, action: state === 'GRANTED' ? 'GRANT_CLAIM' : 'REFUSE_CLAIM' })
  if (claim.main_staff_key !== null) {
    await end('REFUSED', 'the customer has a manager by now')
    return false
  }
  const [load] = await loadsAfter(tx, day, [{ staffKey: claim.staff_key, customerId: claim.customer_id, sharePct: '100' }])
  const given = load && load.verdict !== 'STOP'
    ? await tryAssignCustomer(tx, { customerId: claim.customer_id, slices: [{ staffKey: claim.staff_key, sharePct: '100', main: true }], from: day, baseAdbFen: await parts.average(tx, claim.customer_id, day), reason: claim.reason })
    : null
  if (!given?.ok) {
    await end('REFUSED', given === null ? 'the load of the claimant is above the limit' : 'the claimant may not look after customers')
    return false
  }
  await end('GRANTED', 'nobody contested the claim')
  const batch = newId()
  await followPairs(tx, batch, claim.customer_id)
  for (const follow of parts.followers) await follow(tx, batch, claim.staff_key)
  return true
}

async function endSubstitution(tx: Transaction, id: string, day: string, parts: DayParts): Promise<void> {
  const row = await tx.one(sql<{ state: string; absent_key: number }>`SELECT state, absent_key FROM substitution WHERE id = ${id} FOR UPDATE`)
  if (row.state === 'ASKED') await change(tx, 'substitution', { id }, { state: 'REFUSED', ended_on: day, end_reason: 'not confirmed in time' }, { why: 'not confirmed in time', action: 'REFUSE_SUBSTITUTION' })
  if (row.state !== 'CONFIRMED') return
  await change(tx, 'substitution', { id }, { state: 'ENDED', ended_on: day }, { why: 'the last day has passed', action: 'END_SUBSTITUTION' })
  await followPerson(tx, row.absent_key, day, parts)
}
