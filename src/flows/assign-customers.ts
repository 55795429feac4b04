import { tryAssignCustomer } from '../customers/assign-customer.ts'
import { batchAssign, batchReasons, type BatchReason } from '../customers/lists/batch.contract.ts'
import { judgeBatch } from '../customers/lists/judge-batch.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { monthStart } from '../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { yearAverage } from '../holdings/balance-figures.ts'
import { followCustomers } from '../visits/save-contact.ts'
import { followWatched } from '../watch/refresh-watch.ts'

/** A head gives many customers to one manager: each is judged, and assigned as one customer is (frozen base, scope, contacts that follow). What is not possible stays as it was, with its reason. */
export const batchAssignRoute = handle(batchAssign, async (tx, { body }, context) => {
  const { businessDate: day } = context
  if (body.from > day || body.from < monthStart(day)) return refuse('assign-day', { field: 'from' })
  const manager = await managerFor(tx, context, body.staffKey, body.from)
  if (!manager.ok) return manager
  const judged = await judgeBatch(tx, context, body.selection, { act: 'ASSIGN', staffKey: body.staffKey, from: body.from })
  if (!judged.ok) return judged
  const { ids, total, possible, not } = judged.value
  if (body.dryRun) return ok({ total, possible, not, done: 0 })
  const refused = new Map<BatchReason, number>()
  let done = 0
  for (const customerId of ids) {
    const outcome = await assignOne(tx, customerId, body)
    if (outcome.ok) done += 1
    else {
      const reason = outcome.refusal.name in batchReasons ? (outcome.refusal.name as BatchReason) : 'other'
      refused.set(reason, (refused.get(reason) ?? 0) + 1)
    }
  }
  return ok({ total, possible, done, not: [...not, ...[...refused].map(([reason, count]) => ({ reason, count, examples: [] }))] })
})

async function assignOne(tx: Transaction, customerId: string, { staffKey, from, reason }: { staffKey: number; from: string; reason: string }): Promise<Outcome<unknown>> {
  const { relation } = await tx.one(sql<{ relation: string | null }>`SELECT open_customer(${customerId}) AS relation`)
  if (relation === null) return refuse('not-there')
  return tx.asRole('opened', async () => {
    const baseAdbFen = await yearAverage(tx, customerId, from)
    const assigned = await tryAssignCustomer(tx, { customerId, slices: [{ staffKey, sharePct: '100', main: true }], from, baseAdbFen, reason })
    if (assigned.ok) {
      const batch = newId()
      await followCustomers(tx, batch, customerId)
      await followWatched(tx, batch, customerId)
    }
    return assigned
  })
}

/** Who is to look after them: a manager on that day, and one of the head's own line. */
async function managerFor(tx: Transaction, { actor }: Context, staffKey: number, from: string): Promise<Outcome<null>> {
  const posts = await tx.all(sql<{ line_path: string }>`
    SELECT line_path FROM organisation_post_facts WHERE staff_key = ${staffKey} AND breadth <> 'NONE' AND sequence = 'FRONT' AND from_date <= ${from} AND (to_date IS NULL OR to_date > ${from})`)
  if (posts.length === 0) return refuse('not-a-manager', { field: 'staffKey' })
  const inside = actor.breadth !== 'UNIT' || posts.some(({ line_path: path }) => path === actor.linePath || path.startsWith(`${actor.linePath}.`))
  return inside ? ok(null) : refuse('not-your-unit', { field: 'staffKey' })
}
