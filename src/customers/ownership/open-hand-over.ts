import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { add, bulk, change } from '../../foundation/store/store.ts'
import { takeNumbers } from '../../foundation/store/take-numbers.ts'
import { addDays } from '../../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { directSuperior, leads, managerSeat } from './hand-over-case.ts'
import { openHandOver } from './hand-over.contract.ts'
import { readOwnershipPolicy } from './read-ownership-policy.ts'

/** A head opens a hand-over: who leaves, who receives, who supervises, from when; the list may be filled at once. */
export const openHandOverRoute = handle(openHandOver, async (tx, { body }, { actor, businessDate: day }) => {
  const { id, leaverKey, effectiveOn, receivers } = body
  if (effectiveOn <= day || effectiveOn > addDays(day, 366)) return refuse('effective-day', { field: 'effectiveOn' })
  const seat = await managerSeat(tx, leaverKey, day)
  if (!seat || !leads(actor, seat.line_path)) return refuse('leaver-has-none', { field: 'leaverKey' })
  const superior = await directSuperior(tx, seat, day)
  const supervisorKey = body.supervisorKey ?? superior
  if (supervisorKey === null) return refuse('no-supervisor', { field: 'supervisorKey' })
  const named = supervisorKey !== superior
  if (named && !['BRANCH_HEAD', 'BANK_LEADER'].includes(actor.postCode)) return refuse('supervisor-by-branch', { field: 'supervisorKey' })
  if (new Set([leaverKey, supervisorKey, ...receivers]).size !== receivers.length + 2) return refuse('same-person', { field: 'receivers' })
  const fit = await receiversFit(tx, receivers, effectiveOn)
  if (!fit.ok) return fit
  if (named && !(await isEmployed(tx, supervisorKey, day))) return refuse('supervisor-by-branch', { field: 'supervisorKey' })
  const policy = await readOwnershipPolicy(tx, day)
  return tx.asRole('batch', async () => {
    const number = `J${String(await takeNumbers(tx, 'hand_over')).padStart(6, '0')}`
    await add(tx, 'hand_over', {
      id, number, kind: 'ORDINARY', cause: body.cause, leaver_key: leaverKey, supervisor_key: supervisorKey, supervisor_named_by: named ? actor.staffKey : null, reason: body.reason, effective_on: effectiveOn, state: 'OPENED',
      opened_by: actor.staffKey, opened_on: day, policy_version: policy.version, scope_path: seat.line_path, viewers: [...new Set([leaverKey, supervisorKey, actor.staffKey, ...receivers])].sort((a, b) => a - b),
    }, { why: body.reason, action: 'OPEN_HAND_OVER' })
    for (const [staffKey, side] of [[leaverKey, 'LEAVER'], [supervisorKey, 'SUPERVISOR'], ...receivers.map((key) => [key, 'RECEIVER'])] as const) await add(tx, 'hand_over_party', { hand_over_id: id, staff_key: staffKey, side }, { why: body.reason })
    const asked = body.customers
    const added = asked !== 'ALL' && asked.length === 0 ? ok(0) : await addItems(tx, { id, leaverKey, supervisorKey, scopePath: seat.line_path, effectiveOn, version: 1, customers: asked, receivers, day, why: body.reason })
    if (!added.ok) return added
    if (asked === 'ALL' && added.value === 0) return refuse('leaver-has-none', { field: 'leaverKey' })
    return ok({ id, number, customers: added.value })
  })
})

/** May all of these look after customers on the day? */
export async function receiversFit(tx: Transaction, receivers: readonly number[], day: string): Promise<Outcome<null>> {
  for (const key of receivers) if (!(await managerSeat(tx, key, day))) return refuse('not-a-manager', { field: 'receivers', details: { staffKey: String(key) } })
  return ok(null)
}

async function isEmployed(tx: Transaction, staffKey: number, day: string): Promise<boolean> {
  return (await tx.maybe(sql`SELECT 1 FROM organisation_post_facts WHERE staff_key = ${staffKey} AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`)) !== undefined
}

export type NewItems = {
  id: string; leaverKey: number; supervisorKey: number; scopePath: string; effectiveOn: string; version: number
  customers: 'ALL' | readonly string[]; receivers: readonly number[]; day: string; why: string
}

/**
 * Puts customers of the leaver on the list, dealt out to the receivers there and back (the core and the large ones first, so that each gets as many of them). What is told of
 * each stands as of today. Refuses when one asked for is not the leaver's or stands on an open list. Run as batch with the case held; returns how many, and counts them in the case.
 */
export async function addItems(tx: Transaction, given: NewItems): Promise<Outcome<number>> {
  const { id, leaverKey, supervisorKey, receivers, day } = given
  // two lists of one leaver at once wait for each other here
  await tx.one(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`hand-over ${leaverKey}`}, 19)) IS NULL AS waited`)
  const wanted = given.customers === 'ALL' ? null : [...new Set(given.customers)]
  const batch = newId()
  const { count } = await bulk(tx, {
    table: 'hand_over_item', what: 'add', why: given.why, batch, about: { hand_over: id, version: given.version },
    statement: sql`
      INSERT INTO hand_over_item (customer_id, id, hand_over_id, leaver_key, receiver_key, since_version, customer_number, customer_name, kind, tier, month_adb_fen, loan_fen, share_pct, main, last_contact_on, must_sample, scope_path, viewers, batch_id)
      SELECT p.customer_id, uuid7(), ${id}, ${leaverKey}, p.receiver, ${given.version}, p.number, p.name, p.kind, p.tier, p.month_adb_fen, p.loan_fen, p.share_pct, p.main,
        (SELECT max(f.business_date) FROM visits_contact_facts f WHERE f.customer_id = p.customer_id AND f.effective), p.tier = 'T1' OR p.loan_fen > 0, ${given.scopePath},
        ARRAY[${leaverKey}::int, p.receiver, ${supervisorKey}::int], ${batch}::uuid
      FROM (
        SELECT l.*, (${[...receivers]}::int[])[1 + CASE WHEN l.place / ${receivers.length}::int % 2 = 0 THEN l.place % ${receivers.length}::int ELSE ${receivers.length}::int - 1 - l.place % ${receivers.length}::int END] AS receiver
        FROM (
          SELECT k.customer_id, k.number, k.name, k.kind, k.tier, k.month_adb_fen, k.loan_fen, a.share_pct, a.main, (row_number() OVER (ORDER BY k.tier, k.month_adb_fen DESC, k.customer_id) - 1)::int AS place
          FROM assignment a JOIN customer k ON k.customer_id = a.customer_id
          WHERE a.staff_key = ${leaverKey} AND a.from_date <= ${day} AND (a.to_date IS NULL OR a.to_date > ${given.effectiveOn}) AND k.status <> 'CLOSED'
            ${wanted === null ? sql`` : sql`AND a.customer_id = ANY(${wanted}::uuid[])`}
            AND NOT EXISTS (SELECT FROM hand_over_item i WHERE i.customer_id = a.customer_id AND i.leaver_key = ${leaverKey} AND i.state = 'OPEN')) l) p
      ORDER BY p.place`,
  })
  if (wanted !== null && count !== wanted.length) return refuse('not-the-leavers', { field: 'customers', details: { count: String(wanted.length - count) } })
  await countItems(tx, id)
  return ok(count)
}

/** Keeps the number of customers on the list in the case. */
export async function countItems(tx: Transaction, id: string): Promise<number> {
  const { n } = await tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM hand_over_item WHERE hand_over_id = ${id} AND state IN ('OPEN', 'MOVED')`)
  await change(tx, 'hand_over', { id }, { customers: n }, { why: null })
  return n
}
