import { followAnswers } from '../forms/follow-answers.ts'
import { endSessions } from '../access/end-sessions.ts'
import { grantForCoordination } from '../access/grant-for-coordination.ts'
import { withdrawDevicesOf } from '../access/keep-devices.ts'
import { followCases } from '../coordination/follow-cases.ts'
import { refreshScopes } from '../customers/assign-customer.ts'
import { countStillHeld, type StillHeld } from '../customers/ownership/engine-read-hand-over.ts'
import { managerSeat } from '../customers/ownership/hand-over-case.ts'
import { followHolders } from '../duties/move-holders.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { endWithPosts, followAppointments } from '../meetings/follow-appointments.ts'
import { endPost, forPerson } from '../organisation/change-person.ts'
import { tryEndEmployment } from '../organisation/end-employment.ts'
import { tryHoldPost } from '../organisation/hold-post.ts'
import { endEmploymentContract, endPostContract, holdPostContract, transferPersonContract } from '../organisation/person.contract.ts'
import { tryTransferPerson } from '../organisation/transfer-person.ts'
import { followCustomers } from '../visits/save-contact.ts'
import { followWatched } from '../watch/refresh-watch.ts'

/** A person gets, changes or loses a post, or leaves; when the day has come, his customers and their contacts are seen from his new line in the same transaction. */

type Moving = { staffKey: number; from: string }

async function moved<T>(tx: Transaction, context: Context, { staffKey, from }: Moving, work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  const outcome = await forPerson(tx, staffKey, work)
  // a later day needs nothing here: the delivery that moves the business date works out every scope anew
  if (!outcome.ok || from > context.businessDate) return outcome
  await tx.asRole('batch', async () => {
    const batch = newId()
    await refreshScopes(tx, { day: context.businessDate, batch, why: 'customers follow their manager', staffKey })
    await followCustomers(tx, batch, null, staffKey)
    await followWatched(tx, batch, null, staffKey)
    await followAppointments(tx, batch, null, staffKey)
    await endWithPosts(tx, batch, context.businessDate, staffKey)
    await followCases(tx, batch)
    await grantForCoordination(tx, batch)
    await followAnswers(tx, batch)
    await followHolders(tx, { today: context.businessDate, batch, why: 'duties follow the person' }, staffKey)
  })
  return outcome
}

export const holdPostRoute = handle(holdPostContract, (tx, { params, body }, context) => moved(tx, context, { staffKey: params.staffKey, from: body.from }, async () => {
  const { orderNo, ...post } = body
  const held = await tryHoldPost(tx, { staffKey: params.staffKey, ...post, ...(orderNo === undefined ? {} : { orderNo }) })
  return held.ok ? ok({ postKey: held.value }) : held
}))

export const transferPersonRoute = handle(transferPersonContract, async (tx, { params, body }, context) => {
  const { orderNo, customers, ...post } = body
  const held = await countStillHeld(tx, params.staffKey, body.from)
  if (held.customers > 0) {
    if (customers === undefined) return refuse('customers-undecided', { field: 'customers', details: { count: String(held.customers) } })
    if (customers === 'HAND_OVER') return handOverNeeded(held)
    if (!(await holdsCustomers(tx, body.postCode))) return refuse('post-without-customers', { field: 'customers' })
  }
  return moved(tx, context, { staffKey: params.staffKey, from: body.from }, async () => {
    const transferred = await tryTransferPerson(tx, { staffKey: params.staffKey, ...post, ...(orderNo === undefined ? {} : { orderNo }) })
    return transferred.ok ? ok({ postKey: transferred.value }) : transferred
  })
})

/** The last post in which somebody looks after customers ends only when nobody hangs on him. */
export const endPostRoute = handle(endPostContract, (tx, { params, body }, context) => moved(tx, context, { staffKey: params.staffKey, from: body.from }, async () => {
  const ended = await endPost(tx, params, body)
  if (!ended.ok || (await managerSeat(tx, params.staffKey, body.from))) return ended
  const held = await countStillHeld(tx, params.staffKey, body.from)
  return held.customers > 0 ? handOverNeeded(held) : ended
}))

const handOverNeeded = ({ customers, handOver }: StillHeld): Outcome<never> => refuse('hand-over-needed', {
  details: { count: String(customers), handOver: handOver ? `移交 ${handOver.number} 办理中` : '尚未发起移交', handOverEn: handOver ? `hand-over ${handOver.number} is under way` : 'no hand-over is open', ...(handOver ? { handOverId: handOver.id } : {}) },
})

/** Does a post look after customers of its own? */
async function holdsCustomers(tx: Transaction, postCode: string): Promise<boolean> {
  return (await tx.maybe(sql`SELECT 1 FROM organisation_post_kind_facts WHERE post_code = ${postCode} AND sequence = 'FRONT' AND breadth <> 'NONE' AND post_code <> 'LOBBY'`)) !== undefined
}

/** A person leaves: employment, posts and grade end on the day, and when that day has come his sessions end in the same transaction. */
export const endEmploymentRoute = handle(endEmploymentContract, (tx, { params, body }, context) => moved(tx, context, { staffKey: params.staffKey, from: body.from }, async () => {
  if (params.staffKey === context.actor.staffKey) return refuse('own-employment')
  const held = await countStillHeld(tx, params.staffKey, body.from)
  if (held.customers > 0) return handOverNeeded(held)
  const left = await tryEndEmployment(tx, { staffKey: params.staffKey, ...body })
  if (!left.ok) return left
  // a later day needs nothing here: a session answers only while its post is in force
  if (body.from <= context.businessDate) await withdrawDevicesOf(tx, params.staffKey, 'left the bank')
  return ok({ endedSessions: body.from <= context.businessDate ? await endSessions(tx, params.staffKey, 'left the bank') : 0 })
}))
