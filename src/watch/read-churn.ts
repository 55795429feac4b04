import { sql } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle } from '../foundation/http/route.ts'
import { change } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { excludeFromChurn, getChurn, listStandings, type ChurnGroup, type StandingRow } from './churn.contract.ts'
import { readChurn, type ChurnScope, type ChurnSums } from './engine-read-churn.ts'
import { periodOf, spanOf } from './period.rules.ts'
import { churnOf, percentOf } from './watch.rules.ts'

/** Churn and asset increment of the reader's managers: his own, those of the line that he leads, everybody. */
export const getChurnRoute = handle(getChurn, async (tx, { query }, { actor, businessDate }) => {
  const period = query.period ?? periodOf(businessDate, 'QUARTER')
  const { firstDay, lastDay } = spanOf(period)
  const groups: ChurnGroup[] = actor.breadth === 'ALL' ? ['BRANCH', 'OUTLET', 'MANAGER'] : actor.postCode === 'BRANCH_HEAD' ? ['OUTLET', 'MANAGER'] : ['MANAGER']
  const by = query.by !== undefined && groups.includes(query.by) ? query.by : (groups[0] ?? 'MANAGER')
  let scope: ChurnScope = actor.breadth === 'UNIT' ? { kind: 'UNIT', path: actor.linePath } : actor.breadth === 'ALL' ? { kind: 'ALL' } : { kind: 'SELF', staffKey: actor.staffKey }
  if (query.unitKey !== undefined) {
    const unit = await tx.maybe(sql<{ path: string }>`SELECT scope_path AS path FROM organisation_institution_facts WHERE institution_key = ${query.unitKey} AND from_date <= ${businessDate} AND (to_date IS NULL OR to_date > ${businessDate})`)
    const inside = unit && (scope.kind === 'ALL' || (scope.kind === 'UNIT' && (unit.path === scope.path || unit.path.startsWith(`${scope.path}.`))))
    if (!unit || !inside) return refuse('not-found')
    scope = { kind: 'UNIT', path: unit.path }
  }
  const seatDay = lastDay < businessDate ? lastDay : businessDate
  const rows = await readChurn(tx, period, seatDay, scope, by)
  // which periods were worked out, and to which day
  const known = await tx.asRole('engine', () => tx.all(sql<{ period: string; as_of: string }>`SELECT period, max(as_of) AS as_of FROM standing GROUP BY 1 ORDER BY max(last_day) DESC, period DESC`))
  const view = ({ base, excluded, lost, increment }: ChurnSums) => ({ base, excluded, lost, ...churnOf({ base, excluded, lost }), incrementFen: increment })
  const sum = (field: 'base' | 'excluded' | 'lost'): number => rows.reduce((whole, row) => whole + row[field], 0)
  return ok({
    period, periods: known.map((one) => one.period), firstDay, lastDay, asOf: known.find((one) => one.period === period)?.as_of ?? null, by, groups,
    total: view({ key: null, name: null, base: sum('base'), excluded: sum('excluded'), lost: sum('lost'), increment: rows.reduce((whole, row) => whole + BigInt(row.increment), 0n).toString() }),
    rows: rows.map((row) => ({ key: row.key, name: row.name, ...view(row) })),
  })
})

type Row = Omit<StandingRow, 'leftPct'>

/** The customers behind it that the reader sees: lost, not counted, moved (from whom, to whom, when), the whole base set. */
export const listStandingsRoute = handle(listStandings, async (tx, { query }, { services }) => {
  const { cursor, limit, period, set, managerKey } = query
  const { keyring } = services.keys
  const list = `watch.standings ${JSON.stringify({ period, set, managerKey })}`
  const place = readCursor(keyring, list, cursor)
  if (!place.ok) return place
  const conditions = [sql`s.period = ${period}`]
  if (set === 'LOST') conditions.push(sql`s.lost IS NOT NULL AND NOT s.transferred AND s.excluded IS NULL`)
  if (set === 'EXCLUDED') conditions.push(sql`s.in_base AND (s.transferred OR s.excluded IS NOT NULL)`)
  if (set === 'MOVED') conditions.push(sql`s.end_staff_key IS DISTINCT FROM s.staff_key`)
  if (set === 'BASE') conditions.push(sql`s.in_base`)
  if (managerKey !== undefined) conditions.push(sql`(s.staff_key = ${managerKey} OR s.end_staff_key = ${managerKey})`)
  const where = sql.join(conditions, sql` AND `)
  const after = place.value === null ? sql`` : sql` AND (-s.base_fen, s.customer_id) > (${String(place.value[0])}::bigint * -1, ${String(place.value[1])}::uuid)`
  const rows = await tx.all(sql<Row>`
    SELECT s.customer_id AS "customerId", k.name, k.number, k.kind, p.staff_name AS "managerName", e.staff_name AS "endManagerName", s.moved_on AS "movedOn", s.base_fen::text AS "baseFen", s.end_fen::text AS "endFen", s.lost, s.transferred,
      s.excluded, x.staff_name AS "excludedBy", s.excluded_note AS "excludedNote", (s.end_fen - s.increment_base_fen - coalesce(s.market_fen, 0))::text AS "incrementFen"
    FROM (SELECT s.* FROM standing s WHERE ${where}${after} ORDER BY s.base_fen DESC, s.customer_id LIMIT ${limit + 1}) s JOIN customers_customer_facts k ON k.customer_id = s.customer_id
    LEFT JOIN organisation_staff_facts p ON p.staff_key = s.staff_key LEFT JOIN organisation_staff_facts e ON e.staff_key = s.end_staff_key LEFT JOIN organisation_staff_facts x ON x.staff_key = s.excluded_by
    ORDER BY s.base_fen DESC, s.customer_id`)
  const { value } = await tx.one(sql<{ value: number }>`SELECT count(*)::int AS value FROM (SELECT 1 FROM standing s WHERE ${where} LIMIT 10001) n`)
  const { shown, nextCursor } = cutPage(keyring, list, rows, limit, (last) => [last.baseFen, last.customerId])
  return ok({ items: shown.map((row) => ({ ...row, leftPct: percentOf(BigInt(row.endFen), BigInt(row.baseFen)) })), nextCursor, count: { value: Math.min(value, 10_000), exact: value <= 10_000 } })
})

/** A head leaves a customer out of the period, with a reason; his early warnings go at the next delivery. */
export const excludeFromChurnRoute = handle(excludeFromChurn, async (tx, { params, body }, { actor, businessDate }) => {
  const key = { customer_id: params.customerId, period: params.period }
  const held = await tx.maybe(sql<{ in_base: boolean }>`SELECT in_base FROM standing WHERE customer_id = ${params.customerId} AND period = ${params.period}`)
  if (!held?.in_base) return refuse('not-in-base')
  await change(tx, 'standing', key, { excluded: body.reason, excluded_by: actor.staffKey, excluded_on: businessDate, excluded_note: body.note }, { why: body.note, action: 'EXCLUDE' })
  return ok({ customerId: params.customerId })
})
