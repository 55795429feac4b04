import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { change, end } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { actOnPromise, checkContact } from './contact.contract.ts'
import { mayActOnPromise } from './contact.rules.ts'
import { absentOf } from './list-contacts.ts'

/** A promise is kept, dropped with a reason, or put off with a reason: the day first promised stays to be seen. */
export const actOnPromiseRoute = handle(actOnPromise, async (tx, { params: { customerId, promiseId }, body }, { actor, businessDate, opened }) => {
  const promise = await tx.maybe(sql<{ state: string; owner_key: number }>`SELECT state, owner_key FROM contact_promise WHERE customer_id = ${customerId} AND id = ${promiseId} AND state <> 'VOID' FOR UPDATE`)
  if (!promise) return refuse('not-found')
  const may = mayActOnPromise({ ownerKey: promise.owner_key, open: promise.state === 'OPEN' }, { staffKey: actor.staffKey, headOfLine: opened?.relation === 'UNIT', standsInFor: await absentOf(tx, actor.staffKey, businessDate) })
  if (!may.ok) return may
  if (body.act !== 'KEEP' && body.note === null) return refuse('note-missing', { field: 'note' })
  const key = { customer_id: customerId, id: promiseId }
  if (body.act === 'PUT_OFF') {
    if (body.dueOn === null || body.dueOn < businessDate) return refuse('due-in-past', { field: 'dueOn' })
    await change(tx, 'contact_promise', key, { due_on: body.dueOn, end_note: body.note }, { why: body.note, action: 'PUT_OFF_PROMISE' })
    return ok({ id: promiseId, state: 'OPEN' as const })
  }
  const state = body.act === 'KEEP' ? 'KEPT' as const : 'DROPPED' as const
  await end(tx, 'contact_promise', key, { state, ended_on: businessDate, ended_by: actor.staffKey, end_note: body.note }, { why: body.note, action: body.act === 'KEEP' ? 'KEEP_PROMISE' : 'DROP_PROMISE' })
  return ok({ id: promiseId, state })
})

/** The supervisor looked at a record: his mark stands on it and on its print. Marked already: stays as it is. */
export const checkContactRoute = handle(checkContact, async (tx, { params: { customerId, contactId } }, { actor, businessDate }) => {
  const record = await tx.maybe(sql<{ staff_key: number; voided_on: string | null; checked_on: string | null }>`SELECT staff_key, voided_on, checked_on FROM contact WHERE customer_id = ${customerId} AND id = ${contactId} FOR UPDATE`)
  if (!record) return refuse('not-found')
  if (record.voided_on !== null) return refuse('contact-voided')
  if (record.staff_key === actor.staffKey) return refuse('own-record')
  if (record.checked_on === null) await change(tx, 'contact', { customer_id: customerId, id: contactId }, { checked_by: actor.staffKey, checked_on: businessDate }, { why: null, action: 'CHECK_CONTACT' })
  return ok({ id: contactId })
})
