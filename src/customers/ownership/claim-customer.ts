import { unless } from '../../foundation/access/permission.rules.ts'
import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../../foundation/http/cursor.ts'
import { bankCalendar } from '../../foundation/calendar/read-calendar.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { add, change } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { addWorkingDays, CalendarUnknown } from '../../foundation/values/working-calendar.ts'
import { findDisputes } from './engine-find-disputes.ts'
import { loadsAfter } from './engine-read-load.ts'
import { managerSeat } from './hand-over-case.ts'
import { claimCustomer, contestClaim, listClaims, listPool, withdrawClaim, type PoolClaimView, type PoolRow } from './pool.contract.ts'
import { judgeClaim, type ClaimGround } from './pool.rules.ts'
import { readOwnershipPolicy, type OwnershipPolicy } from './read-ownership-policy.ts'

type Row = Omit<PoolRow, 'claim' | 'opens'> & { hadUntil: string | null; opens: boolean; hasOpenClaim: boolean }
type Counts = { today: number; open: number }

const mine = (tx: Transaction, staffKey: number, day: string): Promise<Counts> => tx.one(sql<Counts>`
  SELECT (count(*) FILTER (WHERE claimed_on = ${day}))::int AS today, (count(*) FILTER (WHERE state = 'OPEN'))::int AS open FROM pool_claim WHERE staff_key = ${staffKey} AND kind = 'CLAIM' AND state <> 'WITHDRAWN'`)

/** The pool that the reader may claim from or answers for; each row says whether it may be claimed. */
export const listPoolRoute = handle(listPool, async (tx, { query }, { actor, services, businessDate: day, may }) => {
  const { tier, kind, limit } = query
  const list = `pool ${JSON.stringify([tier, kind])}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const [adb, id] = place.value ?? []
  const rows = await tx.all(sql<Row>`
    SELECT p.customer_id AS "customerId", p.number, p.name, p.kind, p.tier, o.name AS "outletName", p.month_adb_fen AS "monthAdbFen", p.has_loan AS "hasLoan", p.since, s.staff_name AS "formerName", p.last_contact_on AS "lastContactOn",
      p.open_claims AS "openClaims", h.had_until AS "hadUntil", k.customer_id IS NOT NULL AS opens,
      EXISTS (SELECT FROM pool_claim c WHERE c.customer_id = p.customer_id AND c.staff_key = ${actor.staffKey} AND c.state = 'OPEN') AS "hasOpenClaim"
    FROM pool_customers(${tier ?? null}, ${kind ?? null}, ${adb ?? null}::bigint, ${id ?? null}::uuid, ${limit + 1}) p
    LEFT JOIN organisation_institution_facts o ON o.institution_key = p.outlet_key AND o.from_date <= ${day} AND (o.to_date IS NULL OR o.to_date > ${day})
    LEFT JOIN organisation_staff_facts s ON s.staff_key = p.former_main_key
    LEFT JOIN customers_customer_facts k ON k.customer_id = p.customer_id
    LEFT JOIN LATERAL (SELECT CASE WHEN p.former_main_key = ${actor.staffKey} THEN p.since END AS had_until) h ON true
    ORDER BY p.month_adb_fen DESC, p.customer_id DESC`)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, limit, (last) => [last.monthAdbFen, last.customerId])
  const policy = await readOwnershipPolicy(tx, day)
  const counts = await mine(tx, actor.staffKey, day)
  const claims = may('pool.claim')
  const manager = (await managerSeat(tx, actor.staffKey, day)) !== undefined
  const { n } = await tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM pool_customers(${tier ?? null}, ${kind ?? null}, NULL, NULL, 10001)`)
  return ok({
    items: shown.map(({ hadUntil, hasOpenClaim, ...row }) => {
      const judged = judgeClaim({ tier: row.tier, manager, hasOpenClaim, hadUntil, claimedToday: counts.today, open: counts.open, today: day }, policy)
      return { ...row, claim: unless(claims, judged.ok ? null : judged.refusal.name) }
    }),
    nextCursor, count: place.value === null ? { value: Math.min(n, 10_000), exact: n <= 10_000 } : null,
    claimsLeftToday: Math.max(policy.claimsPerDay - counts.today, 0), openClaims: counts.open,
    rules: { claimsPerDay: policy.claimsPerDay, claimsOpen: policy.claimsOpen, coolingDays: policy.coolingDays, claimWindow: policy.claimWindow, claimTiers: policy.claimTiers },
  })
})

type ClaimRow = Omit<PoolClaimView, 'mayContest' | 'mayDecide' | 'mine' | 'disputed'> & { former: boolean; inScope: boolean; contested: boolean; sort_day: string }

export const listClaimsRoute = handle(listClaims, async (tx, { query }, { actor, services, may }) => {
  const { state, customerId, limit } = query
  const list = `claims ${JSON.stringify([state, customerId])}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const conditions: Sql[] = [sql`true`]
  if (state === 'OPEN') conditions.push(sql`c.state = 'OPEN'`)
  if (state === 'DECIDED') conditions.push(sql`c.state <> 'OPEN'`)
  if (customerId !== undefined) conditions.push(sql`c.customer_id = ${customerId}`)
  const where = sql.join(conditions, sql` AND `)
  const after = place.value ? sql`AND (c.claimed_on, c.id) < (${place.value[0]}::date, ${place.value[1]}::uuid)` : sql``
  const rows = await tx.all(sql<ClaimRow>`
    SELECT c.id, c.customer_id AS "customerId", c.customer_number AS number, c.customer_name AS name, c.kind, c.staff_key AS "staffKey", s.staff_name AS "staffName", c.reason, c.claimed_on AS "claimedOn", c.open_until AS "openUntil", c.state,
      c.decided_on AS "decidedOn", d.staff_name AS "decidedBy", c.decision_reason AS "decisionReason",
      c.viewers @> ARRAY[${actor.staffKey}::int] AND c.staff_key <> ${actor.staffKey} AS former, k.customer_id IS NOT NULL AS "inScope",
      EXISTS (SELECT FROM pool_claim o WHERE o.customer_id = c.customer_id AND o.staff_key = ${actor.staffKey} AND o.state = 'OPEN') AS contested, c.claimed_on AS sort_day
    FROM pool_claim c JOIN organisation_staff_facts s ON s.staff_key = c.staff_key LEFT JOIN organisation_staff_facts d ON d.staff_key = c.decided_by
    LEFT JOIN customers_customer_facts k ON k.customer_id = c.customer_id
    WHERE ${where} ${after} ORDER BY c.claimed_on DESC, c.id DESC LIMIT ${limit + 1}`)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, limit, (last) => [last.sort_day, last.id])
  const disputes = await findDisputes(tx, shown.filter((row) => row.state === 'OPEN').map((row) => row.customerId))
  const { n } = await tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM (SELECT 1 FROM pool_claim c WHERE ${where} LIMIT 10001) c`)
  return ok({
    items: shown.map(({ former, inScope, contested, sort_day: _day, ...row }) => ({
      ...row, disputed: row.state === 'OPEN' && disputes.has(row.customerId), mine: row.staffKey === actor.staffKey, mayContest: row.state === 'OPEN' && former && !contested && may('pool.claim').allowed, mayDecide: row.state === 'OPEN' && inScope && !contested && may('pool.decide').allowed,
    })),
    nextCursor, count: place.value === null ? { value: Math.min(n, 10_000), exact: n <= 10_000 } : null,
  })
})

type Ground = { number: string; name: string; tier: string; scope_path: string; former: number | null; had_until: string | null; open: number }

// the customer is opened: what a claim needs to know of it
const groundOf = (tx: Transaction, customerId: string, staffKey: number, day: string): Promise<Ground> => tx.one(sql<Ground>`
  SELECT k.number, k.name, k.tier, k.scope_path,
    (SELECT a.staff_key FROM assignment a WHERE a.customer_id = k.customer_id AND a.main AND a.to_date > a.from_date AND a.to_date <= ${day} ORDER BY a.to_date DESC LIMIT 1) AS former,
    (SELECT max(a.to_date) FROM assignment a WHERE a.customer_id = k.customer_id AND a.staff_key = ${staffKey} AND a.to_date > a.from_date) AS had_until,
    (SELECT count(*)::int FROM pool_claim c WHERE c.customer_id = k.customer_id AND c.state = 'OPEN') AS open
  FROM customer k WHERE k.customer_id = ${customerId}`)

/** A manager claims: it stands open for some working days, in which others may claim too or the former manager contest; alone it is granted at the next day's start. */
export const claimCustomerRoute = handle(claimCustomer, async (tx, { params: { customerId }, body }, context) => {
  const { actor, businessDate: day } = context
  const counts = await mine(tx, actor.staffKey, day)
  const { reach } = await tx.one(sql<{ reach: string | null }>`SELECT open_pool_customer(${customerId}) AS reach`)
  if (reach === null) return refuse('not-found')
  return tx.asRole('opened', async () => {
    // two who claim at once follow each other
    await tx.one(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`pool ${customerId}`}, 19)) IS NULL AS waited`)
    const ground = await groundOf(tx, customerId, actor.staffKey, day)
    const policy = await readOwnershipPolicy(tx, day)
    const judged = judgeClaim(await claimGround(tx, context, ground, counts), policy)
    if (!judged.ok) return judged
    const [load] = await loadsAfter(tx, day, [{ staffKey: actor.staffKey, customerId, sharePct: '100' }])
    if (!load || load.verdict === 'STOP') return refuse('over-capacity', { details: { ratio: load?.ratio ?? '', most: policy.stopAbove } })
    const window = await windowEnd(tx, day, policy)
    if (typeof window !== 'string') return refuse('calendar-unknown', { details: { day: window.day } })
    await add(tx, 'pool_claim', {
      customer_id: customerId, id: body.id, staff_key: actor.staffKey, kind: 'CLAIM', reason: body.reason, claimed_on: day, open_until: window, policy_version: policy.version, customer_number: ground.number, customer_name: ground.name,
      scope_path: ground.scope_path, viewers: viewersOf(actor.staffKey, ground.former),
    }, { why: body.reason, action: 'CLAIM_CUSTOMER' })
    return ok({ id: body.id, openUntil: window, disputed: ground.open > 0 })
  })
})

const viewersOf = (claimant: number, former: number | null): number[] => [...new Set([claimant, ...(former === null ? [] : [former])])].sort((a, b) => a - b)

async function claimGround(tx: Transaction, { actor, businessDate: day }: Context, ground: Ground, counts: Counts): Promise<ClaimGround> {
  const own = await tx.maybe(sql`SELECT 1 FROM pool_claim WHERE staff_key = ${actor.staffKey} AND state = 'OPEN' AND customer_id = current_setting('app.opened')::uuid`)
  return { tier: ground.tier, manager: (await managerSeat(tx, actor.staffKey, day)) !== undefined, hasOpenClaim: own !== undefined, hadUntil: ground.had_until, claimedToday: counts.today, open: counts.open, today: day }
}

async function windowEnd(tx: Transaction, day: string, policy: OwnershipPolicy): Promise<string | CalendarUnknown> {
  const calendar = await bankCalendar(tx)
  try {
    return addWorkingDays(calendar, day, policy.claimWindow)
  } catch (error) {
    if (error instanceof CalendarUnknown) return error
    throw error
  }
}

export const contestClaimRoute = handle(contestClaim, async (tx, { params: { customerId }, body }, { actor, businessDate: day }) => {
  const { reach } = await tx.one(sql<{ reach: string | null }>`SELECT open_pool_customer(${customerId}) AS reach`)
  if (reach === null) return refuse('not-found')
  return tx.asRole('opened', async () => {
    await tx.one(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`pool ${customerId}`}, 19)) IS NULL AS waited`)
    const ground = await groundOf(tx, customerId, actor.staffKey, day)
    if (ground.former !== actor.staffKey) return refuse('not-the-former')
    if (ground.open === 0) return refuse('nothing-to-contest')
    if (await tx.maybe(sql`SELECT 1 FROM pool_claim WHERE customer_id = ${customerId} AND staff_key = ${actor.staffKey} AND state = 'OPEN'`)) return refuse('claimed-already')
    const policy = await readOwnershipPolicy(tx, day)
    const { until } = await tx.one(sql<{ until: string }>`SELECT max(open_until) AS until FROM pool_claim WHERE customer_id = ${customerId} AND state = 'OPEN'`)
    await add(tx, 'pool_claim', {
      customer_id: customerId, id: body.id, staff_key: actor.staffKey, kind: 'CONTEST', reason: body.reason, claimed_on: day, open_until: until > day ? until : day, policy_version: policy.version, customer_number: ground.number,
      customer_name: ground.name, scope_path: ground.scope_path, viewers: [actor.staffKey],
    }, { why: body.reason, action: 'CONTEST_CLAIM' })
    return ok({ id: body.id })
  })
})

export const withdrawClaimRoute = handle(withdrawClaim, async (tx, { params: { customerId, claimId }, body }, { actor, businessDate: day }) => {
  const claim = await tx.maybe(sql<{ state: string }>`SELECT state FROM pool_claim WHERE customer_id = ${customerId} AND id = ${claimId} AND staff_key = ${actor.staffKey}`)
  if (!claim) return refuse('not-found')
  if (claim.state !== 'OPEN') return refuse('claim-decided')
  // by now somebody may have it: his own claim is all that is written
  await tx.asRole('batch', () => change(tx, 'pool_claim', { customer_id: customerId, id: claimId }, { state: 'WITHDRAWN', decided_on: day, decided_by: actor.staffKey, decision_reason: body.reason }, { why: body.reason, action: 'WITHDRAW_CLAIM' }))
  return ok({})
})

/** The open claims on an opened customer. */
export function openClaims(tx: Transaction, customerId: string): Promise<{ id: string; staff_key: number }[]> {
  return tx.all(sql<{ id: string; staff_key: number }>`SELECT id, staff_key FROM pool_claim WHERE customer_id = ${customerId} AND state = 'OPEN' ORDER BY claimed_on, id FOR UPDATE`)
}

/** Ends the open claims: one is granted (or none), the others are refused. */
export async function endClaims(tx: Transaction, customerId: string, claims: readonly { id: string }[], given: { granted: string | null; by: number; day: string; reason: string }): Promise<void> {
  for (const claim of claims) {
    const granted = claim.id === given.granted
    await change(tx, 'pool_claim', { customer_id: customerId, id: claim.id }, { state: granted ? 'GRANTED' : 'REFUSED', decided_on: given.day, decided_by: given.by, decision_reason: given.reason }, { why: given.reason, action: granted ? 'GRANT_CLAIM' : 'REFUSE_CLAIM' })
  }
}
