import type { z } from 'zod'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { Actor } from '../../foundation/access/actor.ts'
import { handle } from '../../foundation/http/route.ts'
import { add, bulk, change } from '../../foundation/store/store.ts'
import { addDays } from '../../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { countVisits } from './engine-read-hand-over.ts'
import { leads, lockCase, readCase, refreshState, sideOf, type Case } from './hand-over-case.ts'
import { changeHandOverList, closeHandOver, moveHandOverDay, sampleHandOver } from './hand-over.contract.ts'
import { isOpen, type Side } from './hand-over.rules.ts'
import { addItems, countItems, receiversFit } from './open-hand-over.ts'

/** The leaver writes the list, or a head of his line; whoever receives never. */
export function mayList(actor: Pick<Actor, 'staffKey' | 'breadth' | 'linePath' | 'postCode'>, held: Pick<Case, 'leaver_key' | 'scope_path'>, side: Side | null): boolean {
  return held.leaver_key === actor.staffKey || (side !== 'RECEIVER' && leads(actor, held.scope_path) && ['TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER'].includes(actor.postCode))
}

type Change = z.output<typeof changeHandOverList.body>

/** Further customers, another receiver, or fewer customers: a new version of the list, on which nobody has signed. */
export const changeHandOverListRoute = handle(changeHandOverList, async (tx, { params: { handOverId }, body }, { actor, businessDate: day }) => {
  const seen = await readCase(tx, handOverId)
  if (!seen) return refuse('not-found')
  if (!mayList(actor, seen, await sideOf(tx, handOverId, actor.staffKey))) return refuse('not-your-list')
  if (body.change !== 'REMOVE') {
    if (body.receivers.length === 0) return refuse('receiver-needed', { field: 'receivers' })
    if (new Set([seen.leaver_key, seen.supervisor_key, ...body.receivers]).size !== body.receivers.length + 2) return refuse('same-person', { field: 'receivers' })
    const fit = await receiversFit(tx, body.receivers, seen.effective_on)
    if (!fit.ok) return fit
  }
  return tx.asRole('batch', async () => {
    const held = await lockCase(tx, handOverId)
    if (!isOpen(held.state)) return refuse('hand-over-ended')
    if (held.list_version !== body.listVersion) return refuse('list-changed', { details: { version: String(held.list_version) } })
    const version = held.list_version + 1
    await change(tx, 'hand_over', { id: handOverId }, { list_version: version }, { why: null, action: 'CHANGE_LIST' })
    if (body.change !== 'REMOVE') await addReceivers(tx, held, body.receivers)
    const changed = await changeItems(tx, held, version, body, day)
    if (!changed.ok) return changed
    const customers = await countItems(tx, handOverId)
    await refreshState(tx, handOverId, null)
    return ok({ listVersion: version, changed: changed.value, customers })
  })
})

async function changeItems(tx: Transaction, held: Case, version: number, body: Change, day: string): Promise<Outcome<number>> {
  const { id } = held
  const batch = newId()
  if (body.change === 'ADD') {
    return addItems(tx, { id, leaverKey: held.leaver_key, supervisorKey: held.supervisor_key, scopePath: held.scope_path, effectiveOn: held.effective_on, version, customers: body.customers, receivers: body.receivers, day, why: held.reason })
  }
  const wanted = body.customers === 'ALL' ? null : [...new Set(body.customers)]
  const which = sql`hand_over_id = ${id} AND state = 'OPEN' ${wanted === null ? sql`` : sql`AND customer_id = ANY(${wanted}::uuid[])`}`
  const many = body.receivers.length
  const { count } = await bulk(tx, {
    table: 'hand_over_item', what: 'change', why: held.reason, batch, about: { hand_over: id, version }, alias: 'hand_over_item',
    statement: body.change === 'REMOVE'
      ? sql`UPDATE hand_over_item SET state = 'REMOVED', viewers = ARRAY[leaver_key, ${held.supervisor_key}::int], batch_id = ${batch}::uuid WHERE ${which}`
      // another receiver has not checked anything yet
      : sql`UPDATE hand_over_item SET receiver_key = g.receiver, sampled_by = NULL, sampled_on = NULL, sample_note = NULL, viewers = ARRAY[leaver_key, g.receiver, ${held.supervisor_key}::int], batch_id = ${batch}::uuid
          FROM (SELECT p.customer_id AS given, (${[...body.receivers]}::int[])[1 + CASE WHEN p.place / ${many}::int % 2 = 0 THEN p.place % ${many}::int ELSE ${many}::int - 1 - p.place % ${many}::int END] AS receiver
            FROM (SELECT customer_id, (row_number() OVER (ORDER BY tier, month_adb_fen DESC, customer_id) - 1)::int AS place FROM hand_over_item WHERE ${which}) p) g
          WHERE ${which} AND customer_id = g.given`,
  })
  return wanted !== null && count !== wanted.length ? refuse('not-on-the-list', { field: 'customers', details: { count: String(wanted.length - count) } }) : ok(count)
}

/** New people on the receiving side; whoever took another side of this case is refused by the key. */
async function addReceivers(tx: Transaction, held: Case, receivers: readonly number[]): Promise<void> {
  const known = await tx.all(sql<{ staff_key: number }>`SELECT staff_key FROM hand_over_party WHERE hand_over_id = ${held.id}`)
  const fresh = receivers.filter((key) => !known.some((party) => party.staff_key === key))
  for (const key of fresh) await add(tx, 'hand_over_party', { hand_over_id: held.id, staff_key: key, side: 'RECEIVER' }, { why: held.reason })
  if (fresh.length > 0) await change(tx, 'hand_over', { id: held.id }, { viewers: [...new Set([...held.viewers, ...fresh])].sort((a, b) => a - b) }, { why: null })
}

/** The receiver notes which of his core and credit customers he checked. */
export const sampleHandOverRoute = handle(sampleHandOver, async (tx, { params: { handOverId }, body }, { actor, businessDate: day }) => {
  if (!(await readCase(tx, handOverId))) return refuse('not-found')
  return tx.asRole('batch', async () => {
    const held = await lockCase(tx, handOverId)
    if (!isOpen(held.state)) return refuse('hand-over-ended')
    if (held.listed_on === null) return refuse('not-listed')
    const wanted = [...new Set(body.customers)]
    const batch = newId()
    const { count } = await bulk(tx, {
      table: 'hand_over_item', what: 'change', why: body.note ?? held.reason, batch, about: { hand_over: handOverId, sampled_by: actor.staffKey }, alias: 'hand_over_item',
      statement: sql`UPDATE hand_over_item SET sampled_by = ${actor.staffKey}, sampled_on = ${day}, sample_note = ${body.note}, batch_id = ${batch}::uuid
        WHERE hand_over_id = ${handOverId} AND state = 'OPEN' AND receiver_key = ${actor.staffKey} AND customer_id = ANY(${wanted}::uuid[])`,
    })
    if (count !== wanted.length) return refuse('not-the-receiver', { field: 'customers' })
    const state = await refreshState(tx, handOverId, body.note)
    const { left } = await tx.one(sql<{ left: number }>`SELECT count(*)::int AS left FROM hand_over_item WHERE hand_over_id = ${handOverId} AND state = 'OPEN' AND must_sample AND sampled_on IS NULL AND receiver_key = ${actor.staffKey}`)
    return ok({ state, left })
  })
})

/** Another day is another list: what was signed named the day. */
export const moveHandOverDayRoute = handle(moveHandOverDay, async (tx, { params: { handOverId }, body }, { actor, businessDate: day }) => {
  const seen = await readCase(tx, handOverId)
  if (!seen || !leads(actor, seen.scope_path)) return refuse('not-found')
  return tx.asRole('batch', async () => {
    const held = await lockCase(tx, handOverId)
    if (!isOpen(held.state)) return refuse('hand-over-ended')
    if (body.effectiveOn <= day || body.effectiveOn > addDays(day, 366)) return refuse('effective-day', { field: 'effectiveOn' })
    const version = held.list_version + 1
    await change(tx, 'hand_over', { id: handOverId }, { effective_on: body.effectiveOn, list_version: version }, { why: body.reason, action: 'MOVE_EFFECTIVE_DAY' })
    await refreshState(tx, handOverId, body.reason)
    return ok({ listVersion: version })
  })
})

/** Nothing changes hands: the list is closed to those who should have received. Run as batch. */
export async function withdrawHandOver(tx: Transaction, handOverId: string, { day, reason }: { day: string; reason: string }): Promise<Outcome<{ state: 'WITHDRAWN' }>> {
  const held = await lockCase(tx, handOverId)
  if (!isOpen(held.state)) return refuse('hand-over-ended')
  const batch = newId()
  await bulk(tx, {
    table: 'hand_over_item', what: 'change', why: reason, batch, about: { hand_over: handOverId }, alias: 'hand_over_item',
    statement: sql`UPDATE hand_over_item SET state = 'REMOVED', viewers = ARRAY[leaver_key, ${held.supervisor_key}::int], batch_id = ${batch}::uuid WHERE hand_over_id = ${handOverId} AND state = 'OPEN'`,
  })
  await change(tx, 'hand_over', { id: handOverId }, { state: 'WITHDRAWN', closed_on: day, end_reason: reason }, { why: reason, action: 'WITHDRAW_HAND_OVER' })
  return ok({ state: 'WITHDRAWN' })
}

/** All joint visits were made, or their time is over and somebody says why some were not. */
export const closeHandOverRoute = handle(closeHandOver, async (tx, { params: { handOverId }, body }, { actor, businessDate: day }) => {
  const seen = await readCase(tx, handOverId)
  if (!seen || !(leads(actor, seen.scope_path) || seen.supervisor_key === actor.staffKey)) return refuse('not-found')
  const { visits, visited } = await countVisits(tx, seen)
  return tx.asRole('batch', async () => {
    const held = await lockCase(tx, handOverId)
    if (held.state !== 'FOLLOW_UP') return refuse('not-in-follow-up')
    if (visited < visits && held.visits_until !== null && day <= held.visits_until) return refuse('visits-open', { details: { count: String(visits - visited), day: held.visits_until } })
    await change(tx, 'hand_over', { id: handOverId }, { state: 'CLOSED', closed_on: day, end_reason: body.reason }, { why: body.reason, action: 'CLOSE_HAND_OVER' })
    return ok({ state: 'CLOSED' as const })
  })
})
