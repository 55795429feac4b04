import { tryAssignCustomer } from '../customers/assign-customer.ts'
import { batchAssign, batchReasons, type BatchReason } from '../customers/lists/batch.contract.ts'
import { judgeBatch } from '../customers/lists/judge-batch.ts'
import { handOverOf } from '../customers/ownership/engine-read-hand-over.ts'
import { loadsAfter, type ManagerLoad } from '../customers/ownership/engine-read-load.ts'
import type { LoadVerdict } from '../customers/ownership/load.rules.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { monthStart } from '../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { yearAverage } from '../holdings/balance-figures.ts'
import { followCoordination, followCustomer } from './parts/follow-customer.ts'

/** A head gives many customers to one manager: each is judged, and assigned as one customer is (frozen base, scope, contacts that follow). What is not possible stays as it was, with its reason. */
export const batchAssignRoute = handle(batchAssign, async (tx, { body }, context) => {
  const { businessDate: day } = context
  if (body.from > day || body.from < monthStart(day)) return refuse('assign-day', { field: 'from' })
  const manager = await managerFor(tx, context, body.staffKey, body.from)
  if (!manager.ok) return manager
  const judged = await judgeBatch(tx, context, body.selection, { act: 'ASSIGN', staffKey: body.staffKey, from: body.from })
  if (!judged.ok) return judged
  const { total, not } = judged.value
  const { free, listed } = await withoutHandOver(tx, judged.value.ids)
  const { fit, load } = await withinLimit(tx, free, body.staffKey, day)
  const reasons = [...not, ...told('in-hand-over', listed.length), ...told('limit', free.length - fit.length)]
  if (body.dryRun) return ok({ total, possible: fit.length, not: reasons, load, done: 0 })
  const refused = new Map<BatchReason, number>()
  let done = 0
  for (const customerId of fit) {
    const outcome = await assignOne(tx, customerId, { ...body, day })
    if (outcome.ok) done += 1
    else {
      const reason = outcome.refusal.name in batchReasons ? (outcome.refusal.name as BatchReason) : 'other'
      refused.set(reason, (refused.get(reason) ?? 0) + 1)
    }
  }
  if (done > 0) await followCoordination(tx, newId())
  return ok({ total, possible: fit.length, load, done, not: [...reasons, ...[...refused].flatMap(([reason, count]) => told(reason, count))] })
})

const told = (reason: BatchReason, count: number): { reason: BatchReason; count: number; examples: string[] }[] => (count === 0 ? [] : [{ reason, count, examples: [] }])

/** Customers on a list that is being signed wait for it. */
async function withoutHandOver(tx: Transaction, ids: readonly string[]): Promise<{ free: string[]; listed: string[] }> {
  const free: string[] = []
  const listed: string[] = []
  for (const id of ids) ((await handOverOf(tx, id)) === null ? free : listed).push(id)
  return { free, listed }
}

/** As many of them, the first ones, as the manager may look after besides those that he has; how full he would be with them (null: none is left). */
async function withinLimit(tx: Transaction, ids: readonly string[], staffKey: number, day: string): Promise<{ fit: readonly string[]; load: { ratio: string; verdict: LoadVerdict } | null }> {
  const loadWith = async (count: number): Promise<ManagerLoad | undefined> => (await loadsAfter(tx, day, ids.slice(0, count).map((customerId) => ({ staffKey, customerId, sharePct: '100.00' }))))[0]
  let [least, most, load] = [0, ids.length, await loadWith(ids.length)]
  if (load?.verdict !== 'STOP') least = most
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2)
    const found = await loadWith(middle)
    if (found?.verdict === 'STOP') most = middle
    else [least, load] = [middle, found]
  }
  return { fit: ids.slice(0, least), load: load && least > 0 ? { ratio: load.ratio, verdict: load.verdict } : null }
}

async function assignOne(tx: Transaction, customerId: string, { staffKey, from, reason, day }: { staffKey: number; from: string; reason: string; day: string }): Promise<Outcome<unknown>> {
  const { relation } = await tx.one(sql<{ relation: string | null }>`SELECT open_customer(${customerId}) AS relation`)
  if (relation === null) return refuse('not-there')
  return tx.asRole('opened', async () => {
    const baseAdbFen = await yearAverage(tx, customerId, from)
    const assigned = await tryAssignCustomer(tx, { customerId, slices: [{ staffKey, sharePct: '100', main: true }], from, baseAdbFen, reason, today: day })
    if (!assigned.ok) return assigned
    await followCustomer(tx, newId(), customerId)
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
