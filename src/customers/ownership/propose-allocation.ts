import type { Actor } from '../../foundation/access/actor.ts'
import { verdictOf } from '../../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { add, bulk, change } from '../../foundation/store/store.ts'
import { takeNumbers } from '../../foundation/store/take-numbers.ts'
import { quarterStart } from '../../foundation/values/business-date.ts'
import { sumFen } from '../../foundation/values/fen.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { getAllocation, listAllocations, mostAllocated, proposeAllocation, withdrawAllocation, type AllocationHead, type AllocationLine } from './allocation.contract.ts'
import { allocatePool, faultOfDecision } from './allocation.rules.ts'
import { countHighEndPool, readHighEndPool, readPoolManagers } from './engine-read-pool.ts'
import { leads } from './hand-over-case.ts'
import { readOwnershipPolicy } from './read-ownership-policy.ts'

/** Whose pool a head may deal out: that of his line. */
const lineOf = (actor: Pick<Actor, 'breadth' | 'linePath'>): string | null => (actor.breadth === 'ALL' ? null : actor.linePath)

/** The rule deals out the pool of the head's line; nothing changes until another head has confirmed it. */
export const proposeAllocationRoute = handle(proposeAllocation, async (tx, { body }, { actor, businessDate: day }) => {
  const line = lineOf(actor)
  const policy = await readOwnershipPolicy(tx, day)
  return tx.asRole('batch', async () => {
    // two who propose for one line at once wait for each other here
    await tx.one(sql`SELECT pg_advisory_xact_lock(hashtextextended('pool allocation', 19)) IS NULL AS waited`)
    const waiting = await tx.maybe(sql<{ number: string }>`SELECT number FROM pool_allocation WHERE state = 'PROPOSED' AND scope_path = ${actor.linePath}`)
    if (waiting) return refuse('allocation-waits', { details: { number: waiting.number } })
    const customers = await readHighEndPool(tx, day, line, policy.highEndTiers, mostAllocated)
    if (customers.length === 0) return refuse('nothing-to-allocate')
    const managers = (await readPoolManagers(tx, day, line)).filter(({ staffKey }) => staffKey !== actor.staffKey)
    const found = allocatePool(customers, managers, policy)
    const byId = new Map(customers.map((one) => [one.id, one]))
    const number = `F${String(await takeNumbers(tx, 'pool_allocation')).padStart(6, '0')}`
    await add(tx, 'pool_allocation', {
      id: body.id, number, reason: body.reason, state: 'PROPOSED', asked_by: actor.staffKey, asked_on: day, customers: customers.length, given: found.given.length, aum_fen: sumFen(found.given.map(({ customerId }) => byId.get(customerId)?.aumFen ?? 0n)),
      policy_version: policy.version, unit_key: actor.lineKey, scope_path: actor.linePath, viewers: [actor.staffKey],
    }, { why: body.reason, action: 'PROPOSE_ALLOCATION' })
    const given = new Map(found.given.map((one) => [one.customerId, one]))
    const left = new Map(found.left.map((one) => [one.customerId, one.why]))
    const rows = customers.map((one, place) => {
      const to = given.get(one.id)
      return {
        customer_id: one.id, place: place + 1, staff_key: to?.staffKey ?? null, left_why: left.get(one.id) ?? null, state: to ? 'PROPOSED' : 'LEFT', same_outlet: to?.sameOutlet ?? null, load_before: to?.before.toFixed(4) ?? null, load_after: to?.after.toFixed(4) ?? null,
        tier: one.tier, aum_fen: one.aumFen.toString(), customer_number: one.number, customer_name: one.name, outlet_key: one.outletKey,
      }
    })
    const batch = newId()
    await bulk(tx, {
      table: 'pool_allocation_line', what: 'add', why: body.reason, batch, about: { allocation: number }, sums: ['aum_fen'],
      statement: sql`
        INSERT INTO pool_allocation_line (customer_id, id, allocation_id, asked_by, place, staff_key, left_why, state, same_outlet, load_before, load_after, tier, aum_fen, customer_number, customer_name, outlet_key, scope_path, viewers, batch_id)
        SELECT r.customer_id, uuid7(), ${body.id}, ${actor.staffKey}, r.place, r.staff_key, r.left_why, r.state, r.same_outlet, r.load_before, r.load_after, r.tier, r.aum_fen, r.customer_number, r.customer_name, r.outlet_key, ${actor.linePath}, '{}', ${batch}::uuid
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (customer_id uuid, place int, staff_key int, left_why text, state text, same_outlet boolean, load_before numeric, load_after numeric, tier text, aum_fen bigint, customer_number text, customer_name text, outlet_key int)
        ORDER BY r.customer_id`,
    })
    return ok({ id: body.id, number, customers: customers.length, given: found.given.length })
  })
})

export type AllocationRow = {
  id: string; number: string; unitName: string; state: AllocationHead['state']; reason: string; askedKey: number; askedBy: string; askedOn: string; decidedBy: string | null; decidedOn: string | null; decisionReason: string | null; customers: number; given: number; done: number | null
  aumFen: string; scopePath: string; receives: boolean; oneSide: boolean
}

/** Allocations as the role of the transaction sees them; `id`: this one. */
export async function readAllocations(tx: Transaction, actor: Pick<Actor, 'staffKey'>, day: string, id: string | null): Promise<AllocationRow[]> {
  const rows = await tx.all(sql<Omit<AllocationRow, 'oneSide'>>`
    SELECT a.id, a.number, coalesce(i.name, '') AS "unitName", a.state, a.reason, a.asked_by AS "askedKey", s.staff_name AS "askedBy", a.asked_on AS "askedOn", d.staff_name AS "decidedBy", a.decided_on AS "decidedOn", a.decision_reason AS "decisionReason",
      a.customers, a.given, a.done, a.aum_fen AS "aumFen", a.scope_path AS "scopePath",
      EXISTS (SELECT FROM pool_allocation_line l WHERE l.allocation_id = a.id AND l.staff_key = ${actor.staffKey}) AS receives
    FROM pool_allocation a JOIN organisation_staff_facts s ON s.staff_key = a.asked_by LEFT JOIN organisation_staff_facts d ON d.staff_key = a.decided_by
    LEFT JOIN organisation_institution_facts i ON i.institution_key = a.unit_key AND i.from_date <= ${day} AND (i.to_date IS NULL OR i.to_date > ${day})
    ${id === null ? sql`` : sql`WHERE a.id = ${id}`} ORDER BY a.asked_on DESC, a.id DESC LIMIT 100`)
  const partners = await tx.asRole('engine', () => tx.all(sql<{ other: number; from: string; to: string }>`SELECT other_key AS other, from_date AS "from", to_date AS "to" FROM customers_one_side_facts WHERE staff_key = ${actor.staffKey} AND from_date <= ${day}`))
  return rows.map((row) => ({ ...row, oneSide: partners.some(({ other, from, to }) => other === row.askedKey && from <= day && to > row.askedOn) }))
}

/** Why this person may not decide it; null: he may. */
export const faultOfRow = (row: AllocationRow, actor: Pick<Actor, 'staffKey' | 'breadth' | 'linePath'>): ReturnType<typeof faultOfDecision> =>
  faultOfDecision({ state: row.state, own: row.askedKey === actor.staffKey, oneSide: row.oneSide, receives: row.receives, leadsAll: leads(actor, row.scopePath) })

function headOf(row: AllocationRow, actor: Actor): AllocationHead {
  const { askedKey, scopePath: _path, receives: _receives, oneSide: _side, ...told } = row
  return { ...told, mine: askedKey === actor.staffKey, mayDecide: verdictOf(faultOfRow(row, actor)) }
}

export const listAllocationsRoute = handle(listAllocations, async (tx, _input, { actor, businessDate: day }) => {
  const rows = await readAllocations(tx, actor, day, null)
  const { highEndTiers } = await readOwnershipPolicy(tx, day)
  const highEnd = await countHighEndPool(tx, day, lineOf(actor), highEndTiers, mostAllocated + 1)
  const own = rows.filter((row) => row.scopePath === actor.linePath && row.state !== 'WITHDRAWN')
  const waits = own.find((row) => row.state === 'PROPOSED')
  const fault = waits ? 'allocation-waits' : highEnd === 0 ? 'nothing-to-allocate' : null
  return ok({
    items: rows.map((row) => headOf(row, actor)), highEnd, tiers: highEndTiers, waits: waits?.number ?? null, dueThisQuarter: highEnd > 0 && !own.some((row) => row.state !== 'RETURNED' && row.askedOn >= quarterStart(day)),
    mayPropose: verdictOf(fault),
  })
})

type LineRow = Omit<AllocationLine, 'manager' | 'mayExclude'> & { staffKey: number | null; staffNo: string | null; managerName: string | null; placeName: string | null }

export const getAllocationRoute = handle(getAllocation, async (tx, { params: { allocationId } }, { actor, businessDate: day, may }) => {
  const [row] = await readAllocations(tx, actor, day, allocationId)
  if (!row) return refuse('not-found')
  const lines = await tx.all(sql<LineRow>`
    SELECT l.customer_id AS "customerId", l.customer_number AS number, l.customer_name AS name, l.tier, coalesce(o.name, '') AS "outletName", l.place, l.aum_fen AS "aumFen", l.staff_key AS "staffKey", s.staff_no AS "staffNo", s.staff_name AS "managerName", p.place_name AS "placeName",
      l.same_outlet AS "sameOutlet", l.load_before AS "loadBefore", l.load_after AS "loadAfter", l.left_why AS "leftWhy", l.state, l.state_why AS "notGiven", l.given_on AS "givenOn", l.base_aum_fen AS "baseAumFen"
    FROM pool_allocation_line l LEFT JOIN organisation_staff_facts s ON s.staff_key = l.staff_key
    LEFT JOIN LATERAL (SELECT f.place_name FROM organisation_post_facts f WHERE f.staff_key = l.staff_key AND f.from_date <= ${day} AND (f.to_date IS NULL OR f.to_date > ${day}) ORDER BY f.post_code <> 'RM', f.main DESC, f.post_key LIMIT 1) p ON true
    LEFT JOIN organisation_institution_facts o ON o.institution_key = l.outlet_key AND o.from_date <= ${day} AND (o.to_date IS NULL OR o.to_date > ${day})
    WHERE l.allocation_id = ${allocationId} ORDER BY l.place LIMIT ${mostAllocated}`)
  const excludes = may('pool.exclude', { relation: actor.breadth === 'ALL' ? 'ALL' : 'UNIT' }).allowed
  return ok({
    allocation: headOf(row, actor),
    lines: lines.map(({ staffKey, staffNo, managerName, placeName, ...line }) => ({
      ...line, manager: staffKey === null ? null : { staffKey, staffNo: staffNo ?? '', name: managerName ?? '', placeName: placeName ?? '' },
      mayExclude: excludes && staffKey !== null && staffKey !== actor.staffKey && (line.state === 'PROPOSED' || line.state === 'ALLOCATED'),
    })),
  })
})

export const withdrawAllocationRoute = handle(withdrawAllocation, async (tx, { params: { allocationId }, body }, { actor, businessDate: day }) => {
  const [row] = await readAllocations(tx, actor, day, allocationId)
  if (!row) return refuse('not-found')
  if (row.askedKey !== actor.staffKey) return refuse('not-yours')
  return tx.asRole('batch', async () => {
    const held = await tx.one(sql<{ state: string }>`SELECT state FROM pool_allocation WHERE id = ${allocationId} FOR UPDATE`)
    if (held.state !== 'PROPOSED') return refuse('allocation-decided')
    await endLines(tx, allocationId, row.number, body.reason)
    await change(tx, 'pool_allocation', { id: allocationId }, { state: 'WITHDRAWN', decided_on: day, decision_reason: body.reason }, { why: body.reason, action: 'WITHDRAW_ALLOCATION' })
    return ok({})
  })
})

/** Nobody gets anything by it: the customers may stand in another proposal. Run as batch with the allocation held. */
export async function endLines(tx: Transaction, allocationId: string, number: string, why: string): Promise<void> {
  const batch = newId()
  await bulk(tx, {
    table: 'pool_allocation_line', what: 'change', why, batch, about: { allocation: number },
    statement: sql`UPDATE pool_allocation_line SET state = 'NOT_ALLOCATED', state_why = 'other', batch_id = ${batch}::uuid WHERE allocation_id = ${allocationId} AND state = 'PROPOSED'`,
  })
}
