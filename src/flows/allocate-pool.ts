import { tryAssignCustomer } from '../customers/assign-customer.ts'
import { decideAllocation, excludeManager, type NotGivenWhy } from '../customers/ownership/allocation.contract.ts'
import { fits, roomOf } from '../customers/ownership/allocation.rules.ts'
import { confirmAllocation, givenLine, holdAllocation, isExcluded, keepExclusion, markGiven, markNotGiven, returnAllocation, type ProposedLine } from '../customers/ownership/decide-allocation.ts'
import { handOverOf } from '../customers/ownership/engine-read-hand-over.ts'
import { assetsBefore, readPoolManagers } from '../customers/ownership/engine-read-pool.ts'
import { managerSeat } from '../customers/ownership/hand-over-case.ts'
import type { LoadTier } from '../customers/ownership/load.rules.ts'
import { faultOfRow, readAllocations } from '../customers/ownership/propose-allocation.ts'
import { readOwnershipPolicy } from '../customers/ownership/read-ownership-policy.ts'
import { returnToPool } from '../customers/ownership/return-to-pool.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { yearAverage } from '../holdings/balance-figures.ts'
import { followCoordination, followCustomer } from './parts/follow-customer.ts'

/** Another head confirms an allocation of the public pool: each customer is looked at again, and given that day with his bases frozen; or he returns it, and nothing changes. */
export const decideAllocationRoute = handle(decideAllocation, async (tx, { params: { allocationId }, body }, { actor, businessDate: day }) => {
  const [row] = await readAllocations(tx, actor, day, allocationId)
  if (!row) return refuse('not-found')
  const fault = faultOfRow(row, actor)
  if (fault !== null) return refuse(fault)
  const lines = await holdAllocation(tx, allocationId)
  if (lines === null) return refuse('allocation-decided')
  const decided = { allocationId, number: row.number, by: actor.staffKey, day, reason: body.reason }
  if (!body.confirm) {
    await returnAllocation(tx, decided)
    return ok({ state: 'RETURNED' as const, done: 0, not: lines.length })
  }
  const policy = await readOwnershipPolicy(tx, day)
  const managers = new Map((await readPoolManagers(tx, day, row.scopePath)).map((one) => [one.staffKey, one]))
  let done = 0
  for (const line of lines) {
    const manager = managers.get(line.staff_key)
    const found = await lookAgain(tx, line, policy.highEndTiers)
    const room = manager && found.customer ? roomOf(found.customer, manager.grade, policy) : null
    const why: NotGivenWhy | null = found.why ?? (manager === undefined || room === null ? 'not-a-manager' : fits(manager.load, room) ? null : 'no-capacity')
    const given = why === null ? await giveOne(tx, line, day, `公共池分配 ${row.number}：${row.reason}`) : why
    if (given === null && manager && room) {
      manager.load = manager.load.plus(room)
      done += 1
    } else {
      await markNotGiven(tx, line, given ?? 'other', body.reason)
    }
  }
  if (done > 0) await followCoordination(tx, newId())
  await confirmAllocation(tx, decided, done)
  return ok({ state: 'CONFIRMED' as const, done, not: lines.length - done })
})

type Found = { main_staff_key: number | null; kind: string; status: string; tier: LoadTier; has_loan: boolean; claimed: boolean; excluded: boolean }

/** What may have changed since it was proposed. */
async function lookAgain(tx: Transaction, line: ProposedLine, highEnd: readonly string[]): Promise<{ why: NotGivenWhy | null; customer: { tier: LoadTier; hasLoan: boolean } | null }> {
  const found = await tx.asRole('batch', () => tx.maybe(sql<Found>`
    SELECT k.main_staff_key, k.kind, k.status, k.tier, k.loan_fen > 0 AS has_loan, EXISTS (SELECT FROM pool_claim c WHERE c.customer_id = k.customer_id AND c.state = 'OPEN') AS claimed,
      EXISTS (SELECT FROM pool_exclusion e WHERE e.customer_id = k.customer_id AND e.staff_key = ${line.staff_key}) AS excluded
    FROM customer k WHERE k.customer_id = ${line.customer_id} AND k.merged_into IS NULL FOR UPDATE OF k`))
  if (!found) return { why: 'other', customer: null }
  const why: NotGivenWhy | null = found.main_staff_key !== null ? 'has-manager' : found.status !== 'ACTIVE' ? 'closed' : !highEnd.includes(found.tier) || found.kind !== 'PERSON' ? 'not-high-end' : found.claimed ? 'claimed'
    : found.excluded ? 'conflict-of-interest' : (await handOverOf(tx, line.customer_id)) === null ? null : 'in-hand-over'
  return { why, customer: { tier: found.tier, hasLoan: found.has_loan } }
}

/** One customer to his manager, main and alone, from today; null: done. Only what grows from the frozen bases counts for the manager. */
async function giveOne(tx: Transaction, line: ProposedLine, day: string, reason: string): Promise<NotGivenWhy | null> {
  const { relation } = await tx.one(sql<{ relation: string | null }>`SELECT open_customer(${line.customer_id}) AS relation`)
  if (relation === null) return 'other'
  return tx.asRole('opened', async () => {
    const assigned = await tryAssignCustomer(tx, { customerId: line.customer_id, slices: [{ staffKey: line.staff_key, sharePct: '100', main: true }], from: day, baseAdbFen: await yearAverage(tx, line.customer_id, day), reason })
    if (!assigned.ok) return assigned.refusal.name === 'not-a-manager' ? 'not-a-manager' : 'other'
    await followCustomer(tx, newId(), line.customer_id)
    await markGiven(tx, line, { day, baseAumFen: await assetsBefore(tx, line.customer_id, day), why: reason })
    return null
  })
}

/** A relative, or the customer objects: this manager gets him by no allocation. If he came to him by one, he goes back to the pool today and waits for the next. */
export const excludeManagerRoute = handle(excludeManager, async (tx, { params: { customerId }, body }, { actor, businessDate: day }) => {
  if (body.staffKey === actor.staffKey) return refuse('own-exclusion')
  if (!(await managerSeat(tx, body.staffKey, day))) return refuse('not-a-manager', { field: 'staffKey' })
  if (await isExcluded(tx, customerId, body.staffKey)) return refuse('excluded-already')
  const given = await givenLine(tx, customerId, body.staffKey, day)
  if (given) {
    const listed = await handOverOf(tx, customerId)
    if (listed !== null) return refuse('in-hand-over', { details: { number: listed } })
    const returned = await returnToPool(tx, { customerId, from: day, today: day, reason: body.reason, decidedBy: actor.staffKey })
    if (!returned.ok) return returned.refusal.name === 'in-pool-already' ? refuse('excluded-already') : returned
    const batch = newId()
    await followCustomer(tx, batch, customerId)
    await followCoordination(tx, batch)
  }
  await keepExclusion(tx, { ...body, customerId, by: actor.staffKey, day }, given)
  return ok({ cameBack: given !== undefined })
})
