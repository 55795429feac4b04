import { verdictOf, type Verdict } from '../../foundation/access/permission.rules.ts'
import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../../foundation/http/cursor.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { monthOf, monthStart, shiftMonth } from '../../foundation/values/business-date.ts'
import { ok } from '../../foundation/values/outcome.ts'
import { listTierMoves, readTierMatrix, type MoveFilters, type TierMove } from './tier.contract.ts'

export const moveColumns: Sql = sql`m.id, to_char(m.month_start, 'YYYY-MM') AS month, m.from_tier AS "from", m.to_tier AS "to", m.state, m.effective_on AS "effectiveOn", m.proposed_on AS "proposedOn", m.reason, m.table_version AS version,
  m.adb_fen::text AS "adbFen", m.contribution_fen::text AS "contributionFen", m.owes, m.strategic, (SELECT s.staff_name FROM organisation_staff_facts s WHERE s.staff_key = m.decided_by) AS "decidedBy", m.decided_on AS "decidedOn",
  m.decision_note AS "decisionNote"`

/** May this person decide on a move: a head, of a customer that is not his own. */
export function mayDecide(move: { state: TierMove['state'] }, { may, opened }: Context, own: boolean): Verdict {
  if (move.state !== 'WAITING') return verdictOf('decided-already')
  return may('tier.decide', { relation: opened?.relation ?? (own ? 'MAIN' : 'UNIT') })
}

type Row = TierMove & { customerId: string; number: string; name: string; managerName: string | null; viewers: number[]; place: string }

const whereOf = ({ state, month, from, to }: MoveFilters): Sql => sql`true ${state ? sql`AND m.state = ${state}` : sql``} ${from ? sql`AND m.from_tier = ${from}` : sql``} ${to ? sql`AND m.to_tier = ${to}` : sql``}
  ${month ? sql`AND m.effective_on >= ${monthStart(month)} AND m.effective_on < ${monthStart(shiftMonth(month, 1))}` : sql``}`

/** The moves in the reader's scope that the filters find, newest first; `after` continues a page. */
export function readMoves(tx: Transaction, filters: MoveFilters, limit: number, after: readonly unknown[] | null = null): Promise<Row[]> {
  return tx.all(sql<Row>`
    SELECT m.customer_id AS "customerId", k.number, k.name, (SELECT s.staff_name FROM organisation_staff_facts s WHERE s.staff_key = k.main_staff_key) AS "managerName", m.viewers, m.proposed_on AS place, ${moveColumns}
    FROM (SELECT * FROM tier_move m WHERE ${whereOf(filters)} ${after ? sql`AND (m.proposed_on, m.id) < (${String(after[0])}::date, ${String(after[1])}::uuid)` : sql``} ORDER BY m.proposed_on DESC, m.id DESC LIMIT ${limit}) m
    JOIN customers_customer_facts k ON k.customer_id = m.customer_id ORDER BY m.proposed_on DESC, m.id DESC`)
}

/** Moves of the customers in the reader's scope: what waits first, then the newest. */
export const listTierMovesRoute = handle(listTierMoves, async (tx, { query }, context) => {
  const { keyring } = context.services.keys
  const list = `tier moves ${query.state ?? ''} ${query.month ?? ''} ${query.from ?? ''} ${query.to ?? ''}`
  const place = readCursor(keyring, list, query.cursor)
  if (!place.ok) return place
  const rows = await readMoves(tx, query, query.limit + 1, place.value)
  const { shown, nextCursor } = cutPage(keyring, list, rows, query.limit, (last) => [last.place, last.id])
  const count = place.value === null ? await tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM (SELECT 1 FROM tier_move m WHERE ${whereOf(query)} LIMIT 10001) c`) : null
  return ok({
    items: shown.map(({ viewers, place: _place, ...row }) => ({ ...row, may: mayDecide(row, context, viewers.includes(context.actor.staffKey)) })), nextCursor,
    count: count && { value: Math.min(count.n, 10_000), exact: count.n <= 10_000 },
  })
})

export const readTierMatrixRoute = handle(readTierMatrix, async (tx, { query }, { businessDate: day }) => {
  const first = monthStart(shiftMonth(monthOf(day), 1 - Number(query.months)))
  const cells = await tx.all(sql<{ month: string; from: 'T1'; to: 'T1'; customers: number }>`
    SELECT to_char(effective_on, 'YYYY-MM') AS month, from_tier AS "from", to_tier AS "to", count(*)::int AS customers FROM tier_move WHERE effective_on >= ${first} AND effective_on <= ${day} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`)
  const { waiting, oldest } = await tx.one(sql<{ waiting: number; oldest: string | null }>`SELECT count(*)::int AS waiting, min(proposed_on) AS oldest FROM tier_move WHERE state = 'WAITING'`)
  const held = await tx.all(sql<{ tier: 'T1'; customers: number }>`SELECT tier, count(*)::int AS customers FROM customers_customer_facts WHERE status <> 'CLOSED' GROUP BY tier ORDER BY tier`)
  return ok({ asOf: day, months: Array.from({ length: Number(query.months) }, (_, place) => shiftMonth(first, place)), cells, waiting, oldestWaiting: oldest, held })
})
