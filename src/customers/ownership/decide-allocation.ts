import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { add, change } from '../../foundation/store/store.ts'
import type { NotGivenWhy } from './allocation.contract.ts'
import { endLines } from './propose-allocation.ts'

export type ProposedLine = { customer_id: string; id: string; staff_key: number }
export type Decided = { allocationId: string; number: string; by: number; day: string; reason: string }

const asBatch = <T>(tx: Transaction, work: () => Promise<T>): Promise<T> => tx.asRole('batch', work)

/** Holds an allocation for its decision: its lines, the largest first; null: it was decided meanwhile. */
export function holdAllocation(tx: Transaction, allocationId: string): Promise<ProposedLine[] | null> {
  return asBatch(tx, async () => {
    const held = await tx.one(sql<{ state: string }>`SELECT state FROM pool_allocation WHERE id = ${allocationId} FOR UPDATE`)
    return held.state === 'PROPOSED' ? tx.all(sql<ProposedLine>`SELECT customer_id, id, staff_key FROM pool_allocation_line WHERE allocation_id = ${allocationId} AND state = 'PROPOSED' ORDER BY place`) : null
  })
}

/** Nothing is given by it. */
export function returnAllocation(tx: Transaction, { allocationId, number, by, day, reason }: Decided): Promise<void> {
  return asBatch(tx, async () => {
    await endLines(tx, allocationId, number, reason)
    await change(tx, 'pool_allocation', { id: allocationId }, { state: 'RETURNED', decided_by: by, decided_on: day, decision_reason: reason }, { why: reason, action: 'RETURN_ALLOCATION' })
  })
}

export async function confirmAllocation(tx: Transaction, { allocationId, by, day, reason }: Decided, done: number): Promise<void> {
  await asBatch(tx, () => change(tx, 'pool_allocation', { id: allocationId }, { state: 'CONFIRMED', done, decided_by: by, decided_on: day, decision_reason: reason }, { why: reason, action: 'CONFIRM_ALLOCATION' }))
}

/** The customer went to his manager; his assets are frozen as the base. */
export async function markGiven(tx: Transaction, line: ProposedLine, given: { day: string; baseAumFen: bigint; why: string }): Promise<void> {
  const { customer_id, id, staff_key } = line
  await asBatch(tx, () => change(tx, 'pool_allocation_line', { customer_id, id }, { state: 'ALLOCATED', given_on: given.day, base_aum_fen: given.baseAumFen, viewers: [staff_key] }, { why: given.why, action: 'ALLOCATE' }))
}
export async function markNotGiven(tx: Transaction, { customer_id, id }: ProposedLine, state_why: NotGivenWhy, why: string): Promise<void> {
  await asBatch(tx, () => change(tx, 'pool_allocation_line', { customer_id, id }, { state: 'NOT_ALLOCATED', state_why }, { why }))
}

/** The line by which a person holds the opened customer today, if it was one of the public pool. */
export function givenLine(tx: Transaction, customerId: string, staffKey: number, day: string): Promise<{ id: string; allocation_id: string } | undefined> {
  return tx.maybe(sql<{ id: string; allocation_id: string }>`
    SELECT l.id, l.allocation_id FROM pool_allocation_line l JOIN assignment a ON a.customer_id = l.customer_id AND a.staff_key = l.staff_key AND a.from_date <= ${day} AND (a.to_date IS NULL OR a.to_date > ${day})
    WHERE l.customer_id = ${customerId} AND l.staff_key = ${staffKey} AND l.state = 'ALLOCATED' ORDER BY l.given_on DESC LIMIT 1`)
}

export type Exclusion = { id: string; customerId: string; staffKey: number; kind: 'RELATIVE' | 'OBJECTION'; reason: string; by: number; day: string }
/** A manager gets the opened customer by no allocation; `given`: the line by which he had got him, and that came back. */
export async function keepExclusion(tx: Transaction, { id, customerId, staffKey, kind, reason, by, day }: Exclusion, given: { id: string; allocation_id: string } | undefined): Promise<void> {
  if (given) await change(tx, 'pool_allocation_line', { customer_id: customerId, id: given.id }, { state: 'CAME_BACK', viewers: [] }, { why: reason })
  await add(tx, 'pool_exclusion', { customer_id: customerId, id, staff_key: staffKey, kind, reason, recorded_by: by, recorded_on: day, allocation_id: given?.allocation_id ?? null }, { why: reason, action: 'EXCLUDE_FROM_ALLOCATION' })
}
export async function isExcluded(tx: Transaction, customerId: string, staffKey: number): Promise<boolean> {
  return (await tx.maybe(sql`SELECT 1 FROM pool_exclusion WHERE customer_id = ${customerId} AND staff_key = ${staffKey}`)) !== undefined
}
