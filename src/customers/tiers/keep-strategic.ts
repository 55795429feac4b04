import { sql } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { add, change, end } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { decideStrategic, endStrategic, proposeStrategic } from './tier.contract.ts'

/** A head names a strategic customer; another one confirms. */
export const proposeStrategicRoute = handle(proposeStrategic, async (tx, { params: { customerId }, body }, { actor, businessDate: day }) => {
  const customer = await tx.maybe(sql<{ scope_path: string; viewers: number[] }>`SELECT scope_path, viewers FROM customer WHERE customer_id = ${customerId} FOR UPDATE`)
  if (!customer) return refuse('not-found')
  if (await tx.maybe(sql`SELECT 1 FROM strategic_entry WHERE customer_id = ${customerId} AND to_date IS NULL AND decision IS DISTINCT FROM 'RETURNED'`)) return refuse('on-the-list')
  if (body.from < day) return refuse('begins-in-the-past', { field: 'from', details: { today: day } })
  await add(tx, 'strategic_entry', {
    customer_id: customerId, id: body.id, from_date: body.from, reason: body.reason, proposed_by: actor.staffKey, proposed_on: day, scope_path: customer.scope_path, viewers: customer.viewers,
  }, { why: body.reason, action: 'PROPOSE_STRATEGIC' })
  return ok({ id: body.id })
})

type Entry = { decision: string | null; proposed_by: number; from_date: string; to_date: string | null; end_on: string | null; end_reason: string | null; end_proposed_by: number | null }

const read = (customerId: string, entryId: string) => sql<Entry>`SELECT decision, proposed_by, from_date, to_date, end_on, end_reason, end_proposed_by FROM strategic_entry WHERE customer_id = ${customerId} AND id = ${entryId} FOR UPDATE`

/** The second person decides on an entry, or on its end. An end takes effect on the day on which it is confirmed: the past stays. */
export const decideStrategicRoute = handle(decideStrategic, async (tx, { params: { customerId, entryId }, body }, { actor, businessDate: day }) => {
  const entry = await tx.maybe(read(customerId, entryId))
  if (!entry) return refuse('not-found')
  const ends = entry.decision === 'CONFIRMED' && entry.to_date === null && entry.end_proposed_by !== null
  if (entry.decision !== null && !ends) return refuse('decided-already')
  if ((ends ? entry.end_proposed_by : entry.proposed_by) === actor.staffKey) return refuse('same-person')
  const note = body.note?.trim() ?? ''
  if (body.decision === 'RETURNED' && note === '') return refuse('note-missing', { field: 'note' })
  const key = { customer_id: customerId, id: entryId }
  if (ends) {
    if (body.decision === 'RETURNED') await change(tx, 'strategic_entry', key, { end_on: null, end_reason: null, end_proposed_by: null }, { why: note, action: 'RETURN_STRATEGIC' })
    else await end(tx, 'strategic_entry', key, { to_date: day > entry.from_date ? day : entry.from_date, end_decided_by: actor.staffKey, end_decided_on: day }, { why: entry.end_reason, action: 'END_STRATEGIC' })
    return ok({ id: entryId })
  }
  await change(tx, 'strategic_entry', key, { decision: body.decision, decided_by: actor.staffKey, decided_on: day, decision_note: note === '' ? null : note }, { why: note === '' ? null : note, action: body.decision === 'CONFIRMED' ? 'CONFIRM_STRATEGIC' : 'RETURN_STRATEGIC' })
  return ok({ id: entryId })
})

export const endStrategicRoute = handle(endStrategic, async (tx, { params: { customerId, entryId }, body }, { actor, businessDate: day }) => {
  const entry = await tx.maybe(read(customerId, entryId))
  if (!entry) return refuse('not-found')
  if (entry.decision !== 'CONFIRMED' || entry.to_date !== null || entry.end_proposed_by !== null) return refuse('not-on-the-list')
  await change(tx, 'strategic_entry', { customer_id: customerId, id: entryId }, { end_on: day, end_reason: body.reason, end_proposed_by: actor.staffKey }, { why: body.reason, action: 'PROPOSE_END_STRATEGIC' })
  return ok({ id: entryId })
})
