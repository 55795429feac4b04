import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { end } from '../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { tryHirePerson } from './hire-person.ts'
import { tryHoldGrade } from './hold-grade.ts'
import { tryHoldPost } from './hold-post.ts'
import { hirePersonContract, holdGradeContract } from './person.contract.ts'

/** Does the work as the office, when there is such a person. */
export async function forPerson<T>(tx: Transaction, staffKey: number, work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
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

export const holdGradeRoute = handle(holdGradeContract, (tx, { params, body }) => forPerson(tx, params.staffKey, async () => {
  const held = await tryHoldGrade(tx, { staffKey: params.staffKey, ...body })
  return held.ok ? ok({}) : held
}))

/** Ends one of several posts; whoever acts in it is out at once. Refuses: no such post, not in force on the day. */
export async function endPost(tx: Transaction, key: { staffKey: number; postKey: number }, { from, reason }: { from: string; reason: string }): Promise<Outcome<Record<never, never>>> {
  const post = await tx.maybe(sql<{ from_date: string; to_date: string | null }>`
    SELECT from_date, to_date FROM post_held WHERE key = ${key.postKey} AND staff_key = ${key.staffKey} FOR UPDATE`)
  if (!post) return refuse('not-found')
  if (post.from_date >= from || (post.to_date !== null && post.to_date <= from)) return refuse('not-in-force', { field: 'from' })
  await end(tx, 'post_held', { key: key.postKey }, { to_date: from }, { why: reason, action: 'END_POST' })
  return ok({})
}
