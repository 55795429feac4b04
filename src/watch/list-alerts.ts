import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { monthOf, monthStart, shiftMonth } from '../foundation/values/business-date.ts'
import { ok } from '../foundation/values/outcome.ts'
import { answerAlert, getAlertFigures, getCustomerWatch, listAlerts, type AlertKind, type AlertView } from './alert.contract.ts'
import { percentOf, reasonOf } from './watch.rules.ts'

export const silentNow = (today: string): Sql => sql`(a.state = 'OPEN' AND a.silenced_until >= ${today}::date)`

type Row = Omit<AlertView, 'reason' | 'mine'> & { viewers: number[] }
type Actor = Context['actor']

/** Alerts of the reader's scope with what stands beside them. */
export function alertRows(today: string, where: Sql, order: Sql, limit: number): Sql<Row> {
  return sql<Row>`
    SELECT a.id, a.customer_id AS "customerId", k.name AS "customerName", k.number AS "customerNumber", k.tier, a.kind, a.raised_on AS "raisedOn", a.due_on AS "dueOn", a.amount_fen::text AS "amountFen", o.staff_name AS "ownerName",
      a.owner_key AS "ownerKey", CASE WHEN ${silentNow(today)} THEN 'SILENT' ELSE a.state END AS state, a.silenced_until AS "silencedUntil", a.silence_reason AS "silenceReason", a.reason_code AS "reasonCode",
      a.contacted_on AS "contactedOn", a.note, a.judged, a.won_fen::text AS "wonFen", a.closed_on AS "closedOn", c.staff_name AS "closedBy", a.detail, a.viewers,
      (SELECT max(f.business_date) FROM visits_contact_facts f WHERE f.customer_id = a.customer_id AND f.effective) AS "lastContact"
    FROM (SELECT a.* FROM alert a WHERE ${where} ORDER BY ${order} LIMIT ${limit}) a JOIN customers_customer_facts k ON k.customer_id = a.customer_id
    LEFT JOIN organisation_staff_facts o ON o.staff_key = a.owner_key LEFT JOIN organisation_staff_facts c ON c.staff_key = a.closed_by
    ORDER BY ${order}`
}

export function alertView({ viewers, ...row }: Row, actor: Actor): AlertView {
  return { ...row, reason: reasonOf(row.kind, row.detail), mine: mayAnswer(viewers, actor) }
}

/** Main and assisting managers and the heads of the line answer. */
export function mayAnswer(viewers: readonly number[], actor: Actor): boolean {
  return actor.breadth === 'UNIT' || viewers.includes(actor.staffKey)
}

const dueOrder = sql`coalesce(a.due_on, date '9999-12-31'), a.amount_fen DESC, a.id`
export const amountOrder = sql`a.amount_fen DESC, a.id`
const countedMost = 10_000

export type AlertFilters = { kind?: AlertKind | undefined; state: 'OPEN' | 'SILENT' | 'CLOSED' | 'GONE'; ownerKey?: number | undefined; mine: boolean; dated?: boolean; rule?: string | undefined }
/** Which alerts a list or a file of it holds. */
export function alertsWhere(filters: AlertFilters, businessDate: string, actor: Actor): Sql {
  const conditions = [filters.state === 'SILENT' ? silentNow(businessDate) : filters.state === 'OPEN' ? sql`a.state = 'OPEN' AND (a.silenced_until IS NULL OR a.silenced_until < ${businessDate}::date)` : sql`a.state = ${filters.state}`]
  if (filters.kind !== undefined) conditions.push(sql`a.kind = ${filters.kind}`)
  if (filters.rule !== undefined) conditions.push(sql`a.about = ${filters.rule}`)
  if (filters.dated === true) conditions.push(sql`a.kind NOT IN ('GAP', 'LEAKAGE')`)
  if (filters.ownerKey !== undefined) conditions.push(sql`a.owner_key = ${filters.ownerKey}`)
  if (filters.mine) conditions.push(sql`a.owner_key = ${actor.staffKey}`)
  return sql.join(conditions, sql` AND `)
}

export const listAlertsRoute = handle(listAlerts, async (tx, { query }, { actor, businessDate, services }) => {
  const { cursor, limit, ...filters } = query
  const { keyring } = services.keys
  const list = `watch.alerts ${JSON.stringify(filters)}`
  const place = readCursor(keyring, list, cursor)
  if (!place.ok) return place
  const where = alertsWhere(filters, businessDate, actor)
  const byDue = filters.sort === 'due'
  const after = place.value === null ? sql`` : byDue
    ? sql` AND (coalesce(a.due_on, date '9999-12-31'), -a.amount_fen, a.id) > (${String(place.value[0])}::date, ${String(place.value[1])}::bigint * -1, ${String(place.value[2])}::uuid)`
    : sql` AND (-a.amount_fen, a.id) > (${String(place.value[0])}::bigint * -1, ${String(place.value[1])}::uuid)`
  const rows = await tx.all(alertRows(businessDate, sql`${where}${after}`, byDue ? dueOrder : amountOrder, limit + 1))
  const { value } = await tx.one(sql<{ value: number }>`SELECT count(*)::int AS value FROM (SELECT 1 FROM alert a WHERE ${where} LIMIT ${countedMost + 1}) n`)
  const { shown, nextCursor } = cutPage(keyring, list, rows, limit, (last) => (byDue ? [last.dueOn ?? '9999-12-31', last.amountFen, last.id] : [last.amountFen, last.id]))
  return ok({ asOf: businessDate, items: shown.map((row) => alertView(row, actor)), nextCursor, count: { value: Math.min(value, countedMost), exact: value <= countedMost } })
})

/** Open and silent alerts of one customer, those with a day first. */
export const getCustomerWatchRoute = handle(getCustomerWatch, async (tx, { params: { customerId } }, { actor, businessDate, opened, may }) => {
  const rows = await tx.all(alertRows(businessDate, sql`a.customer_id = ${customerId} AND a.state = 'OPEN'`, dueOrder, 100))
  const verdict = may(answerAlert.permission, opened ? { relation: opened.relation } : {})
  return ok({ asOf: businessDate, alerts: rows.map((row) => ({ ...alertView(row, actor), mine: verdict.allowed })), may: { 'watch.answer': verdict } })
})

type Counted = { kind: AlertKind; month: string; raised: number; closed: number; judged: number; false_alarms: number; contacted: number; won: number; won_fen: string; gone: number }

export const getAlertFiguresRoute = handle(getAlertFigures, async (tx, { query: { months } }, { businessDate }) => {
  const since = monthStart(shiftMonth(monthOf(businessDate), 1 - months))
  const rows = await tx.all(sql<Counted>`
    SELECT a.kind, to_char(a.raised_on, 'YYYY-MM') AS month, count(*)::int AS raised, (count(*) FILTER (WHERE a.state = 'CLOSED'))::int AS closed, (count(*) FILTER (WHERE a.judged IS NOT NULL))::int AS judged,
      (count(*) FILTER (WHERE a.judged = 'FALSE_ALARM'))::int AS false_alarms, (count(*) FILTER (WHERE a.contacted_on IS NOT NULL))::int AS contacted, (count(*) FILTER (WHERE a.won_fen > 0))::int AS won,
      coalesce(sum(a.won_fen), 0)::text AS won_fen, (count(*) FILTER (WHERE a.state = 'GONE'))::int AS gone
    FROM alert a WHERE a.raised_on >= ${since}::date GROUP BY 1, 2 ORDER BY 2 DESC, 1`)
  return ok({
    asOf: businessDate,
    items: rows.map(({ false_alarms: falseAlarms, won_fen: wonFen, judged, ...row }) => ({ ...row, falseAlarms, wonFen, falsePct: percentOf(falseAlarms, judged) })),
    rules: await ruleFigures(tx, businessDate),
  })
})

/** Each list of what is lacking, and the one of leakage: how many wait, were contacted, won, explained. */
async function ruleFigures(tx: Transaction, day: string): Promise<{ code: string; zh: string; en: string; open: number; contacted: number; won: number; wonFen: string; explained: number }[]> {
  return tx.all(sql`
    SELECT a.code, coalesce(r.name_zh, '他行同名回流') AS zh, coalesce(r.name_en, 'To own accounts elsewhere') AS en, (count(*) FILTER (WHERE a.state = 'OPEN'))::int AS open, (count(*) FILTER (WHERE a.contacted_on IS NOT NULL))::int AS contacted,
      (count(*) FILTER (WHERE a.won_fen > 0))::int AS won, coalesce(sum(a.won_fen), 0)::text AS "wonFen", (count(*) FILTER (WHERE a.state = 'CLOSED' AND coalesce(a.won_fen, 0) = 0))::int AS explained
    FROM (SELECT CASE kind WHEN 'GAP' THEN about ELSE 'LEAKAGE' END AS code, state, contacted_on, won_fen FROM alert WHERE kind IN ('GAP', 'LEAKAGE') AND state <> 'GONE') a
    LEFT JOIN gap_rule r ON r.code = a.code AND r.from_date <= ${day}::date AND (r.to_date IS NULL OR r.to_date > ${day}::date) GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1`)
}
