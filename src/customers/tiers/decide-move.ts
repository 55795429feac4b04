import { sql } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { add, change, end } from '../../foundation/store/store.ts'
import { addDays } from '../../foundation/values/business-date.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { decideTierMove } from './tier.contract.ts'

type Waiting = { state: string; from: string; to: string; reason: string; version: string | null }

/** A head confirms or declines the move of a core customer. Confirmed, the new tier holds from today on: what was before stays as it was lived. */
export const decideTierMoveRoute = handle(decideTierMove, async (tx, { params: { customerId, moveId }, body }, { actor, businessDate: day }) => {
  // the customer's row is what two deciders, and the night's judgement, wait for
  const customer = await tx.maybe(sql<{ tier: string }>`SELECT tier FROM customer WHERE customer_id = ${customerId} FOR UPDATE`)
  const move = await tx.maybe(sql<Waiting>`SELECT state, from_tier AS "from", to_tier AS "to", reason, table_version AS version FROM tier_move WHERE customer_id = ${customerId} AND id = ${moveId} FOR UPDATE`)
  if (!customer || !move) return refuse('not-found')
  if (move.state !== 'WAITING') return refuse('decided-already')
  const note = body.note?.trim() ?? ''
  const decided = { decided_by: actor.staffKey, decided_on: day, decision_note: note === '' ? null : note }
  if (body.decision === 'DECLINED') {
    if (note === '') return refuse('note-missing', { field: 'note' })
    await change(tx, 'tier_move', { customer_id: customerId, id: moveId }, { state: 'DECLINED', ...decided }, { why: note, action: 'DECLINE_TIER' })
    return ok({ id: moveId, effectiveOn: null })
  }
  const held = await tx.maybe(sql<{ id: string; tier: string; from: string }>`SELECT id, tier, from_date AS "from" FROM tier_held WHERE customer_id = ${customerId} AND to_date IS NULL FOR UPDATE`)
  if (!held || held.tier !== move.from) return refuse('tier-changed', { details: { from: move.from } })
  const effectiveOn = held.from < day ? day : addDays(held.from, 1)
  await change(tx, 'tier_move', { customer_id: customerId, id: moveId }, { state: 'CONFIRMED', effective_on: effectiveOn, ...decided }, { why: move.reason, action: 'CONFIRM_TIER' })
  await end(tx, 'tier_held', { customer_id: customerId, id: held.id }, { to_date: effectiveOn, end_known_on: day }, { why: move.reason })
  await add(tx, 'tier_held', { customer_id: customerId, id: newId(), tier: move.to, from_date: effectiveOn, known_on: day, reason: move.reason, table_version: move.version }, { why: move.reason })
  if (effectiveOn <= day) await change(tx, 'customer', { customer_id: customerId }, { tier: move.to, tier_since: effectiveOn }, { why: move.reason })
  return ok({ id: moveId, effectiveOn })
})
