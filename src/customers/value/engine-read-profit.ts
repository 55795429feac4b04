import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { monthStart, nextMonth, previousMonth } from '../../foundation/values/business-date.ts'
import { profitCells } from './refresh-profit-sums.ts'
import type { ProfitGroup } from './profit.contract.ts'

/** Whose profit is summed: a manager's, that of a unit of the line with everything below it, of an outlet as a place, the whole bank's. */
export type ProfitScope = { kind: 'PERSON'; staffKey: number } | { kind: 'UNIT'; path: string } | { kind: 'PLACE'; placeKey: number } | { kind: 'ALL' }
export type ProfitAsked = { month: string; scopes: readonly ProfitScope[]; by: ProfitGroup; staff?: number; part?: string }
export type ProfitRow = { whole: boolean; key: string | null; name: string | null; nameEn: string | null; unitName: string | null; customers: number | null; amountFen: string; beforeFen: string | null }

/** Profit of a scope in a month and the one before, whole and by product, outlet or manager: one statement over the sums, numbers only. The row of the key null that is not the whole is what no manager held. */
export function readProfitSums(tx: Transaction, { month, scopes, by, staff, part }: ProfitAsked): Promise<ProfitRow[]> {
  const inside = scopes.map((scope) => (scope.kind === 'PERSON' ? sql`s.staff_key = ${scope.staffKey}` : scope.kind === 'UNIT' ? sql`s.line_path >= ${scope.path} AND s.line_path < ${`${scope.path}/`}` : scope.kind === 'PLACE' ? sql`s.place_key = ${scope.placeKey}` : sql`true`))
  const [first, before] = [monthStart(month), monthStart(previousMonth(month))]
  const parts = part !== undefined ? sql`s.part = ${part}` : by === 'PRODUCT' ? sql`s.part <> '*'` : sql`s.part = '*'`
  const key: Sql = by === 'PRODUCT' ? sql`s.part` : by === 'OUTLET' ? sql`s.place_key::text` : sql`s.staff_key::text`
  const last = sql`(${first}::date + interval '1 month')::date - 1`
  const unit = sql`SELECT institution_key, name, name_en FROM organisation_institution_facts WHERE from_date <= ${last} AND (to_date IS NULL OR to_date > ${last})`
  const named: Sql = by === 'PRODUCT' ? sql`SELECT code AS key, name, name_en, NULL::text AS unit_name FROM holdings_product_facts`
    : by === 'OUTLET' ? sql`SELECT institution_key::text AS key, name, name_en, NULL::text AS unit_name FROM unit`
      : sql`SELECT f.staff_key::text AS key, f.staff_name AS name, NULL::text AS name_en, u.name AS unit_name FROM organisation_staff_facts f LEFT JOIN (SELECT DISTINCT ON (staff_key) staff_key, place_key FROM held WHERE staff_key IS NOT NULL ORDER BY staff_key, month_start DESC) h ON h.staff_key = f.staff_key LEFT JOIN unit u ON u.institution_key = h.place_key`
  return tx.asRole('engine', () => tx.all(sql<ProfitRow>`
    WITH unit AS MATERIALIZED (${unit}),
    held AS MATERIALIZED (SELECT s.*, ${key} AS key FROM profit_sum s WHERE s.month_start IN (${first}::date, ${before}::date) AND ${parts} AND ${sql.join(inside, sql` AND `)} ${staff === undefined ? sql`` : sql`AND s.staff_key = ${staff}`}),
    summed AS (
      SELECT grouping(key) = 1 AS whole, key, sum(customers) FILTER (WHERE month_start = ${first}::date)::int AS customers, coalesce(sum(amount_fen) FILTER (WHERE month_start = ${first}::date), 0) AS amount, sum(amount_fen) FILTER (WHERE month_start = ${before}::date) AS before
      FROM held GROUP BY GROUPING SETS ((key), ()))
    SELECT g.whole, g.key, n.name, coalesce(n.name_en, n.name) AS "nameEn", n.unit_name AS "unitName", CASE WHEN ${by}::text = 'MANAGER' THEN g.customers END AS customers, g.amount::text AS "amountFen", g.before::text AS "beforeFen"
    FROM summed g LEFT JOIN (${named}) n ON n.key = g.key AND NOT g.whole ORDER BY g.whole DESC, g.amount DESC, g.key`))
}

/**
 * What of a manager's profit in a month comes from each customer whom he held in it. Whoever asks reads the customers by his own role and tells no other.
 */
export async function profitByCustomer(tx: Transaction, { month, staff, part }: { month: string; staff: number; part?: string }): Promise<ReadonlyMap<string, string>> {
  const [first, end] = [monthStart(month), monthStart(nextMonth(month))]
  const held = (customer: Sql): Sql => sql`${customer} IN (SELECT h.customer_id FROM customers_assignment_facts h WHERE h.staff_key = ${staff} AND h.from_date < ${end}::date AND (h.to_date IS NULL OR h.to_date > ${first}::date))`
  const rows = await tx.asRole('engine', () => tx.all(sql<{ id: string; fen: string }>`
    SELECT customer_id AS id, sum(amount_fen)::text AS fen FROM (${profitCells(month, held)}) c WHERE c.staff_key = ${staff} ${part === undefined ? sql`` : sql`AND c.part = ${part}`} GROUP BY 1`))
  return new Map(rows.map(({ id, fen }) => [id, fen]))
}
