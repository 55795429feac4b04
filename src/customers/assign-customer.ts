import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { add, bulk, change, end } from '../foundation/store/store.ts'
import { exact } from '../foundation/values/decimal.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { followPairs } from './duplicates/follow-pairs.ts'
import { faultOfSlices, type Slice } from './assignment.rules.ts'

export type Assignment = {
  customerId: string
  slices: readonly Slice[]
  /** First day of the new managers (YYYY-MM-DD); the former ones end on it. */
  from: string
  /** Frozen base of the managers who are new: the customer's year average on that day, whole fen. */
  baseAdbFen: bigint
  reason: string | null
  /** The business date, when the first day is an earlier one: who stands in for a manager today sees the customer. */
  today?: string
}
/** The scope columns as they are now: what tables that carry them follow. */
export type CustomerScope = { scopePath: string; viewers: number[]; mainStaffKey: number }

type Held = { id: string; staff_key: number; share_pct: string; main: boolean; from_date: string; base_adb_fen: string; base_as_of: string | null }

/**
 * Gives a customer its main and assisting managers from a day on, and keeps the scope columns right: the path is the main manager's line on that day, the viewers
 * are all managers and who stands in for them. Whoever stays keeps his frozen base. Runs as `opened` (a request) or `batch`. Refuses, most fundamental first: what faultOfSlices finds, no such
 * customer, a person without a post that sees customers on that day, a later assignment, nothing changes.
 */
export async function tryAssignCustomer(tx: Transaction, given: Assignment): Promise<Outcome<CustomerScope>> {
  const fault = faultOfSlices(given.slices)
  if (fault) return { ok: false, refusal: fault }
  // two at once for one customer wait for each other here
  const customer = await tx.maybe(sql<{ scope_path: string; viewers: number[]; main_staff_key: number | null }>`SELECT scope_path, viewers, main_staff_key FROM customer WHERE customer_id = ${given.customerId} FOR UPDATE`)
  if (!customer) return refuse('not-found')

  const keys = given.slices.map((slice) => slice.staffKey)
  const posts = await tx.all(sql<{ staff_key: number; line_path: string }>`
    SELECT DISTINCT ON (staff_key) staff_key, line_path FROM organisation_post_facts
    WHERE staff_key = ANY(${keys}::int[]) AND breadth <> 'NONE' AND sequence = 'FRONT' AND from_date <= ${given.from} AND (to_date IS NULL OR to_date > ${given.from})
    ORDER BY staff_key, post_code <> 'RM', main DESC, post_key`)
  const lines = new Map(posts.map((post) => [post.staff_key, post.line_path]))
  const without = keys.find((key) => !lines.has(key))
  if (without !== undefined) return refuse('not-a-manager', { field: 'slices', details: { staffKey: String(without) } })

  const former = await tx.all(sql<Held>`
    SELECT id, staff_key, share_pct, main, from_date, base_adb_fen, base_as_of FROM assignment
    WHERE customer_id = ${given.customerId} AND (to_date IS NULL OR to_date > ${given.from}) AND to_date IS DISTINCT FROM from_date ORDER BY from_date`)
  const later = former.find((held) => held.from_date > given.from)
  if (later) return refuse('later-assignment', { field: 'from', details: { day: later.from_date } })
  const same = (held: Held, slice: Slice): boolean => held.staff_key === slice.staffKey && held.main === slice.main && exact(held.share_pct).equals(exact(slice.sharePct))
  const stays = former.filter((held) => given.slices.some((slice) => same(held, slice)))
  if (stays.length === former.length && stays.length === given.slices.length) return refuse('same-assignment', { field: 'slices' })

  // dated back or ahead: the bank knew of it today
  const knownOn = given.today === undefined || given.today === given.from ? null : given.today
  for (const held of former) {
    if (!stays.includes(held)) await end(tx, 'assignment', { customer_id: given.customerId, id: held.id }, { to_date: given.from, end_known_on: knownOn }, { why: given.reason, action: 'END_ASSIGNMENT' })
  }
  for (const slice of given.slices) {
    if (stays.some((held) => same(held, slice))) continue
    const before = former.find((held) => held.staff_key === slice.staffKey)
    await add(tx, 'assignment', {
      customer_id: given.customerId, id: newId(), staff_key: slice.staffKey, share_pct: exact(slice.sharePct).toFixed(2), main: slice.main, from_date: given.from, known_on: knownOn,
      base_adb_fen: before?.base_adb_fen ?? given.baseAdbFen, base_as_of: before ? before.base_as_of : given.from, reason: given.reason,
    }, { why: given.reason, action: 'ASSIGN' })
  }

  const main = given.slices.find((slice) => slice.main)
  const scopePath = main && lines.get(main.staffKey)
  if (!main || scopePath === undefined) throw new Error('the main manager was checked above')
  const standIns = await tx.all(sql<{ substitute_key: number }>`
    SELECT substitute_key FROM customers_stand_in_facts WHERE customer_id = ${given.customerId} AND absent_key = ANY(${keys}::int[]) AND from_date <= ${given.today ?? given.from} AND to_date > ${given.today ?? given.from}`)
  const viewers = [...new Set([...keys, ...standIns.map((one) => one.substitute_key)])].sort((a, b) => a - b)
  const moved = customer.scope_path !== scopePath || customer.main_staff_key !== main.staffKey || JSON.stringify(customer.viewers) !== JSON.stringify(viewers)
  if (moved) await change(tx, 'customer', { customer_id: given.customerId }, { scope_path: scopePath, viewers, main_staff_key: main.staffKey, changed_at: new Date().toISOString() }, { why: given.reason })
  if (moved) await listedFollow(tx, newId(), given.customerId)
  return ok({ scopePath, viewers, mainStaffKey: main.staffKey })
}

/** The same for batches and the demo bank, where a refusal is our own mistake: throws. */
export async function assignCustomer(tx: Transaction, given: Assignment): Promise<CustomerScope> {
  const outcome = await tryAssignCustomer(tx, given)
  if (!outcome.ok) throw new Error(`assign customer: ${outcome.refusal.name}`)
  return outcome.value
}

/**
 * Works out the scope columns of all customers anew for a day: after a feed, a transfer, a new day on which an assignment begins. Run as batch; changes only rows that
 * differ. A customer without manager has the path of its outlet and no viewers. Returns how many changed.
 */
export async function refreshScopes(tx: Transaction, given: { day: string; batch: string; why: string; staffKey?: number }): Promise<number> {
  const { day, staffKey } = given
  const held = staffKey === undefined ? sql`` : sql`WHERE k.customer_id IN (SELECT customer_id FROM assignment WHERE staff_key = ${staffKey})`
  const { count } = await bulk(tx, {
    table: 'customer', what: 'change', why: given.why, batch: given.batch, about: { day },
    statement: sql`
      UPDATE customer c SET scope_path = w.scope_path, viewers = w.viewers, main_staff_key = w.main_staff_key
      FROM (
        SELECT k.customer_id, coalesce(l.line_path, o.scope_path) AS scope_path, coalesce(a.viewers, '{}') AS viewers, a.main_staff_key
        FROM customer k
        LEFT JOIN (SELECT customer_id, array_agg(DISTINCT staff_key ORDER BY staff_key) AS viewers, max(staff_key) FILTER (WHERE main) AS main_staff_key
                   FROM (SELECT customer_id, staff_key, main FROM assignment WHERE from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})
                         UNION ALL SELECT customer_id, substitute_key, false FROM customers_stand_in_facts WHERE from_date <= ${day} AND to_date > ${day}) held GROUP BY customer_id) a ON a.customer_id = k.customer_id
        LEFT JOIN (SELECT DISTINCT ON (staff_key) staff_key, line_path FROM organisation_post_facts
                   WHERE breadth <> 'NONE' AND sequence = 'FRONT' AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})
                   ORDER BY staff_key, post_code <> 'RM', main DESC, post_key) l ON l.staff_key = a.main_staff_key
        JOIN organisation_institution_facts o ON o.institution_key = k.outlet_key AND o.from_date <= ${day} AND (o.to_date IS NULL OR o.to_date > ${day})
        ${held}) w
      WHERE w.customer_id = c.customer_id AND c.merged_into IS NULL
        AND (c.scope_path, c.viewers, c.main_staff_key) IS DISTINCT FROM (w.scope_path, w.viewers, w.main_staff_key)`,
  })
  await followPairs(tx, given.batch)
  await listedFollow(tx, given.batch, null)
  return count
}

/** Moves between tiers, strategic entries and asked changes of identity are seen by whom their customer is seen. Without a customer: those of all. */
async function listedFollow(tx: Transaction, batch: string, customerId: string | null): Promise<void> {
  const held = customerId === null ? sql`` : sql`AND t.customer_id = ${customerId}`
  for (const table of ['tier_move', 'strategic_entry', 'identity_change'] as const) {
    await bulk(tx, {
      table, what: 'change', why: 'what is listed follows its customer', batch, alias: 't',
      statement: sql`UPDATE ${sql.table(table)} t SET scope_path = k.scope_path, viewers = k.viewers FROM customer k WHERE k.customer_id = t.customer_id ${held} AND (t.scope_path, t.viewers) IS DISTINCT FROM (k.scope_path, k.viewers)`,
    })
  }
}
