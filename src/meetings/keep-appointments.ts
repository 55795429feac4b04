import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { add, change, end } from '../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { cancelAppointment, finishAppointment, moveAppointment, planAppointment } from './appointment.contract.ts'
import { faultOfChange, faultOfWhen } from './appointment.rules.ts'
import { standInOf, standsAside } from './engine-read-stand-in.ts'
import { findClashes } from './engine-find-clashes.ts'

/** An appointment of one's own, with a customer whom one may see or without one. It is seen by who takes part and by who looks after the customer. */
export const planAppointmentRoute = handle(planAppointment, async (tx, { body }, { actor, businessDate }) => {
  const customer = body.customerId === null ? null : await tx.maybe(sql<{ viewers: number[] }>`SELECT viewers FROM customers_customer_facts WHERE customer_id = ${body.customerId}`)
  if (customer === undefined) return refuse('customer-not-seen', { field: 'customerId' })
  if (body.customerId !== null && (await standsAside(tx, actor.staffKey, body.customerId, businessDate))) return refuse('standing-aside', { field: 'customerId' })
  if (customer !== null && body.kind === 'INTERNAL') return refuse('inside-with-customer', { field: 'kind' })
  const fault = faultOfWhen(body, businessDate)
  if (fault) return refuse(fault, { field: fault === 'times-reversed' ? 'to' : 'day', details: { day: body.day } })
  const people = [...new Set([actor.staffKey, ...body.people])]
  const { employed } = await tx.one(sql<{ employed: number }>`
    SELECT count(DISTINCT staff_key)::int AS employed FROM organisation_post_facts WHERE staff_key = ANY(${people}::int[]) AND from_date <= ${businessDate} AND (to_date IS NULL OR to_date > ${businessDate})`)
  if (employed !== people.length) return refuse('colleague-unknown', { field: 'people' })
  await add(tx, 'appointment', {
    id: body.id, customer_id: body.customerId, staff_key: actor.staffKey, people, day: body.day, from_time: body.from, to_time: body.to, kind: body.kind, subject: body.subject, place: body.place, state: 'PLANNED', made_by: actor.staffKey,
    made_on: businessDate, scope_path: actor.linePath, viewers: [...new Set([...people, ...(customer?.viewers ?? [])])],
  }, { why: null, action: 'PLAN_APPOINTMENT' })
  return ok({ id: body.id, clashes: await findClashes(tx, body, people, body.id) })
})

type Kept = { staffKey: number; state: 'PLANNED' | 'DONE' | 'CANCELLED'; people: number[]; customerId: string | null; day: string; moves: number; standsIn: boolean }

/** An appointment that the person sees and may change; else the refusal. */
async function toChange(tx: Transaction, { actor, businessDate }: Context, appointmentId: string): Promise<Outcome<Kept>> {
  const kept = await tx.maybe(sql<Kept>`
    SELECT a.staff_key AS "staffKey", a.state, a.people, a.customer_id AS "customerId", a.day, a.moves, ${await standInOf(tx, actor.staffKey, businessDate)} AS "standsIn"
    FROM appointment a WHERE a.id = ${appointmentId}`)
  if (!kept) return refuse('not-found')
  const fault = faultOfChange(kept, { staffKey: actor.staffKey, standsIn: kept.standsIn })
  return fault ? refuse(fault) : ok(kept)
}

export const moveAppointmentRoute = handle(moveAppointment, async (tx, { params: { appointmentId }, body }, context) => {
  const kept = await toChange(tx, context, appointmentId)
  if (!kept.ok) return kept
  const fault = faultOfWhen(body, context.businessDate)
  if (fault) return refuse(fault, { field: fault === 'times-reversed' ? 'to' : 'day', details: { day: body.day } })
  await change(tx, 'appointment', { id: appointmentId }, { day: body.day, from_time: body.from, to_time: body.to, place: body.place, moves: kept.value.moves + 1 }, { why: null, action: 'MOVE_APPOINTMENT' })
  return ok({ id: appointmentId, clashes: await findClashes(tx, body, kept.value.people, appointmentId) })
})

export const cancelAppointmentRoute = handle(cancelAppointment, async (tx, { params: { appointmentId }, body }, context) => {
  const kept = await toChange(tx, context, appointmentId)
  if (!kept.ok) return kept
  await end(tx, 'appointment', { id: appointmentId }, { state: 'CANCELLED', cancelled_by: context.actor.staffKey, cancelled_on: context.businessDate, cancel_reason: body.reason }, { why: body.reason, action: 'CANCEL_APPOINTMENT' })
  return ok({ id: appointmentId })
})

export const finishAppointmentRoute = handle(finishAppointment, async (tx, { params: { appointmentId } }, context) => {
  const kept = await toChange(tx, context, appointmentId)
  if (!kept.ok) return kept
  if (kept.value.customerId !== null) return refuse('record-the-contact')
  if (kept.value.day > context.businessDate) return refuse('not-yet')
  await end(tx, 'appointment', { id: appointmentId }, { state: 'DONE', done_on: context.businessDate }, { why: null, action: 'FINISH_APPOINTMENT' })
  return ok({ id: appointmentId })
})
