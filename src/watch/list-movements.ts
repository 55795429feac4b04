import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { ok } from '../foundation/values/outcome.ts'
import { listMovements, type MovementView } from './alert.contract.ts'
import { mayAnswer, silentNow } from './list-alerts.ts'
import { maskParty } from './watch.rules.ts'

type MovementRow = Omit<MovementView, 'mine'> & { viewers: number[]; size: string }
const countedMost = 10_000

export type MovementFilters = { direction?: 'IN' | 'OUT' | undefined; open?: boolean | undefined; managerKey?: number | undefined }
const ofDay = sql`a.customer_id = m.customer_id AND a.kind IN ('MOVEMENT_IN', 'MOVEMENT_OUT') AND a.about = m.day::text`
const size = sql`greatest(m.in_fen, m.out_fen)`

/** The last days that have movements, newest first. */
export const movementDays = (tx: Transaction, businessDate: string): Promise<{ day: string; movements: number }[]> => tx.all(sql<{ day: string; movements: number }>`
  SELECT m.day, count(*)::int AS movements FROM movement m WHERE m.day <= ${businessDate}::date AND m.day > ${businessDate}::date - 10 GROUP BY 1 ORDER BY 1 DESC`)

export function whereOf(day: string, { direction, open, managerKey }: MovementFilters): Sql {
  const conditions = [sql`m.day = ${day}::date`]
  if (direction === 'IN') conditions.push(sql`m.listed_in`)
  if (direction === 'OUT') conditions.push(sql`m.listed_out`)
  if (open !== undefined) conditions.push(sql`${open ? sql`` : sql`NOT`} EXISTS (SELECT FROM alert a WHERE ${ofDay} AND a.state = 'OPEN')`)
  if (managerKey !== undefined) conditions.push(sql`EXISTS (SELECT FROM customers_customer_facts k WHERE k.customer_id = m.customer_id AND k.main_staff_key = ${managerKey})`)
  return sql.join(conditions, sql` AND `)
}

/** The largest first, with what stands beside them. */
export const movementRows = (tx: Transaction, where: Sql, businessDate: string, limit: number): Promise<MovementRow[]> => tx.all(sql<MovementRow>`
    SELECT m.id, m.customer_id AS "customerId", k.name AS "customerName", k.number AS "customerNumber", k.tier, s.staff_name AS "managerName", m.day, m.in_fen::text AS "inFen", m.out_fen::text AS "outFen", m.threshold_fen::text AS "thresholdFen",
      m.adb_fen::text AS "adbFen", m.listed_in AS "listedIn", m.listed_out AS "listedOut", m.balance_after_fen::text AS "balanceAfterFen", m.manager_share_pct::text AS "managerSharePct", m.counterparties AS parties,
      coalesce(e.maturing, 0) AS maturing, coalesce(e.fen, 0)::text AS "maturingFen", (SELECT max(f.business_date) FROM visits_contact_facts f WHERE f.customer_id = m.customer_id AND f.effective) AS "lastContact",
      coalesce((SELECT jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'state', CASE WHEN ${silentNow(businessDate)} THEN 'SILENT' ELSE a.state END, 'reasonCode', a.reason_code, 'contactedOn', a.contacted_on) ORDER BY a.state <> 'OPEN', a.amount_fen DESC)
        FROM alert a WHERE ${ofDay}), '[]') AS alerts, m.viewers, ${size}::text AS size
    FROM (SELECT m.* FROM movement m WHERE ${where} ORDER BY ${size} DESC, m.id LIMIT ${limit}) m
    JOIN customers_customer_facts k ON k.customer_id = m.customer_id LEFT JOIN organisation_staff_facts s ON s.staff_key = k.main_staff_key
    LEFT JOIN LATERAL (SELECT count(*)::int AS maturing, sum(t.amount_fen) AS fen FROM maturity t WHERE t.customer_id = m.customer_id AND t.kind IN ('TIME_DEPOSIT', 'WEALTH') AND t.result IS NULL AND t.withdrawn_on IS NULL
      AND t.ends_on BETWEEN m.day AND m.day + 30) e ON true
    ORDER BY ${size} DESC, m.id`)

/** Names of natural persons on the other side only for who looks after the customer or leads the line. */
export function movementShown({ viewers, size: _size, ...row }: MovementRow, actor: Context['actor']): MovementView {
  const mine = mayAnswer(viewers, actor)
  return { ...row, mine, parties: mine ? row.parties : row.parties.map((party) => ({ ...party, name: party.name === null ? null : maskParty(party.name) })) }
}

/** Large movements of a day, by default the last one that has any. */
export const listMovementsRoute = handle(listMovements, async (tx, { query }, { actor, businessDate, services }) => {
  const { cursor, limit, day, count, ...filters } = query
  const { keyring } = services.keys
  const days = count === 'no' ? [] : await movementDays(tx, businessDate)
  const shownDay = day ?? days[0]?.day ?? businessDate
  const list = `watch.movements ${JSON.stringify({ shownDay, direction: filters.direction, open: filters.open, managerKey: filters.managerKey })}`
  const place = readCursor(keyring, list, cursor)
  if (!place.ok) return place
  const where = whereOf(shownDay, filters)
  const after = place.value === null ? sql`` : sql` AND (-${size}, m.id) > (${String(place.value[0])}::bigint * -1, ${String(place.value[1])}::uuid)`
  const rows = await movementRows(tx, sql`${where}${after}`, businessDate, limit + 1)
  const counted = count === 'no' ? null : await tx.one(sql<{ value: number }>`SELECT count(*)::int AS value FROM (SELECT 1 FROM movement m WHERE ${where} LIMIT ${countedMost + 1}) n`)
  const { shown, nextCursor } = cutPage(keyring, list, rows, limit, (last) => [last.size, last.id])
  return ok({
    day: shownDay, days, nextCursor, count: counted && { value: Math.min(counted.value, countedMost), exact: counted.value <= countedMost },
    items: shown.map((row) => movementShown(row, actor)),
  })
})
