import { createHash } from 'node:crypto'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { add, end } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { getCalendarFeed, makeCalendarFeed, revokeCalendarFeed, switchCalendarFeed } from './calendar-feed.contract.ts'

/** Of the secret part of an address only this is kept. */
export const feedHash = (secret: string): Buffer => createHash('sha256').update(`calendar-feed ${secret}`).digest()

type Switch = { allowed: boolean; reason: string; switchedBy: string; switchedOn: string }
const readSwitch = (tx: Transaction): Promise<Switch | undefined> => tx.maybe(sql<Switch>`
  SELECT w.allowed, w.reason, s.staff_name AS "switchedBy", w.switched_on AS "switchedOn" FROM calendar_feed_switch w JOIN organisation_staff_facts s ON s.staff_key = w.switched_by ORDER BY w.switched_at DESC, w.id DESC LIMIT 1`)

type Held = { id: string; madeOn: string; lastReadOn: string | null }
const heldBy = (tx: Transaction, staffKey: number): Promise<Held | undefined> => tx.maybe(sql<Held>`SELECT id, made_on AS "madeOn", last_read_on AS "lastReadOn" FROM calendar_feed WHERE staff_key = ${staffKey} AND revoked_on IS NULL`)

export const getCalendarFeedRoute = handle(getCalendarFeed, async (tx, _input, context) => {
  const now = await readSwitch(tx)
  const may = context.may('calendar-feed.switch')
  const holders = may.allowed ? await tx.asRole('batch', () => tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM calendar_feed WHERE revoked_on IS NULL`)) : { n: 0 }
  return ok({
    allowed: now?.allowed === true, reason: now?.reason ?? null, switchedBy: now?.switchedBy ?? null, switchedOn: now?.switchedOn ?? null, held: (await heldBy(tx, context.actor.staffKey)) ?? null, holders: holders.n, may: { switch: may },
  })
})

export const makeCalendarFeedRoute = handle(makeCalendarFeed, async (tx, { body }, { actor, businessDate }) => {
  if ((await readSwitch(tx))?.allowed !== true) return refuse('feed-off')
  // 43 random characters of 64 hold more than 20 different ones but once in ages
  if (new Set(body.secret).size < 16) return refuse('weak-secret', { field: 'secret' })
  const former = await heldBy(tx, actor.staffKey)
  if (former) await end(tx, 'calendar_feed', { id: former.id }, { revoked_on: businessDate, revoked_by: actor.staffKey, revoke_reason: '换新地址' }, { why: '换新地址', action: 'REVOKE_FEED' })
  await add(tx, 'calendar_feed', { id: body.id, staff_key: actor.staffKey, secret_hash: feedHash(body.secret), made_on: businessDate }, { why: null, action: 'MAKE_FEED' })
  return ok({ id: body.id })
})

export const revokeCalendarFeedRoute = handle(revokeCalendarFeed, async (tx, _input, { actor, businessDate }) => {
  const held = await heldBy(tx, actor.staffKey)
  if (!held) return refuse('no-feed')
  await end(tx, 'calendar_feed', { id: held.id }, { revoked_on: businessDate, revoked_by: actor.staffKey, revoke_reason: '本人撤销' }, { why: '本人撤销', action: 'REVOKE_FEED' })
  return ok({ id: held.id })
})

export const switchCalendarFeedRoute = handle(switchCalendarFeed, async (tx, { body }, { actor, businessDate }) => {
  const now = await readSwitch(tx)
  if ((now?.allowed ?? false) === body.allowed) return refuse('so-already', { field: 'allowed' })
  await tx.asRole('office', () => add(tx, 'calendar_feed_switch', { id: body.id, allowed: body.allowed, reason: body.reason, switched_by: actor.staffKey, switched_on: businessDate }, { why: body.reason, action: 'SWITCH_FEED' }))
  return ok({ id: body.id })
})
