import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { end } from '../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { tryHirePerson } from './hire-person.ts'
import { tryHoldGrade } from './hold-grade.ts'
import { tryHoldPost } from './hold-post.ts'
import { endPostContract, hirePersonContract, holdGradeContract, holdPostContract, transferPersonContract } from './person.contract.ts'
import { tryTransferPerson } from './transfer-person.ts'

/** Does the work as the office, when there is such a person. */
async function forPerson<T>(tx: Transaction, staffKey: number, work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  return tx.asRole('office', async () => ((await tx.maybe(sql`SELECT 1 FROM staff WHERE key = ${staffKey}`)) ? work() : refuse('not-found')))
}

export const hirePersonRoute = handle(hirePersonContract, (tx, { body }) => tx.asRole('office', async () => {
  const hired = await tryHirePerson(tx, body)
  if (!hired.ok) return hired
  if (body.post) {
    const held = await tryHoldPost(tx, { staffKey: hired.value, ...body.post, from: body.from })
    if (!held.ok) return held
  }
  return ok({ staffKey: hired.value })
}))

export const holdPostRoute = handle(holdPostContract, (tx, { params, body }) => forPerson(tx, params.staffKey, async () => {
  const { orderNo, ...post } = body
  const held = await tryHoldPost(tx, { staffKey: params.staffKey, ...post, ...(orderNo === undefined ? {} : { orderNo }) })
  return held.ok ? ok({ postKey: held.value }) : held
}))

export const transferPersonRoute = handle(transferPersonContract, (tx, { params, body }) => forPerson(tx, params.staffKey, async () => {
  const { orderNo, ...post } = body
  const moved = await tryTransferPerson(tx, { staffKey: params.staffKey, ...post, ...(orderNo === undefined ? {} : { orderNo }) })
  return moved.ok ? ok({ postKey: moved.value }) : moved
}))

export const holdGradeRoute = handle(holdGradeContract, (tx, { params, body }) => forPerson(tx, params.staffKey, async () => {
  const held = await tryHoldGrade(tx, { staffKey: params.staffKey, ...body })
  return held.ok ? ok({}) : held
}))

/** Ends one of several posts; whoever acts in it is out at once. */
export const endPostRoute = handle(endPostContract, (tx, { params, body }) => forPerson(tx, params.staffKey, async () => {
  const post = await tx.maybe(sql<{ from_date: string; to_date: string | null }>`
    SELECT from_date, to_date FROM post_held WHERE key = ${params.postKey} AND staff_key = ${params.staffKey} FOR UPDATE`)
  if (!post) return refuse('not-found')
  if (post.from_date >= body.from || (post.to_date !== null && post.to_date <= body.from)) return refuse('not-in-force', { field: 'from' })
  await end(tx, 'post_held', { key: params.postKey }, { to_date: body.from }, { why: body.reason, action: 'END_POST' })
  return ok({})
}))
