import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import type { ChurnGroup } from './churn.contract.ts'

/** Whose churn: one manager, the managers of a line, everybody. */
export type ChurnScope = { kind: 'SELF'; staffKey: number } | { kind: 'UNIT'; path: string } | { kind: 'ALL' }
export type ChurnSums = { key: number | null; name: string | null; base: number; excluded: number; lost: number; increment: string }

/**
 * Base set, excluded, lost and asset increment of a period, added up by manager, outlet or branch of his post on `seatDay`: numbers only. The base set belongs to who had the customer on the first day, the increment to
 * who has him at the end; what the bank transferred is in the base of the one and excluded.
 */
export function readChurn(tx: Transaction, period: string, seatDay: string, scope: ChurnScope, by: ChurnGroup): Promise<ChurnSums[]> {
  const unitsOn: Sql = sql`i.from_date <= ${seatDay}::date AND (i.to_date IS NULL OR i.to_date > ${seatDay}::date)`
  const inScope = scope.kind === 'SELF' ? sql`staff_key = ${scope.staffKey}` : scope.kind === 'UNIT' ? sql`line_path >= ${scope.path} AND line_path < ${`${scope.path}/`}` : sql`true`
  const grouped = by === 'MANAGER'
    ? sql`SELECT s.staff_key AS key, s.staff_name AS name, x.* FROM seat s JOIN per x ON x.staff_key = s.staff_key`
    : by === 'OUTLET'
      ? sql`SELECT s.place_key AS key, s.place_name AS name, x.* FROM seat s JOIN per x ON x.staff_key = s.staff_key`
      : sql`SELECT i.institution_key AS key, i.name, x.* FROM seat s JOIN per x ON x.staff_key = s.staff_key
            LEFT JOIN organisation_institution_facts i ON i.kind = 'BRANCH' AND ${unitsOn} AND (s.line_path = i.scope_path OR left(s.line_path, length(i.scope_path) + 1) = i.scope_path || '.')`
  return tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', () => tx.all(sql<ChurnSums>`
    WITH seat AS (
      SELECT staff_key, staff_name, line_path, place_key, place_name FROM (
        SELECT DISTINCT ON (staff_key) staff_key, staff_name, line_path, place_key, place_name FROM organisation_post_facts
        WHERE breadth <> 'NONE' AND from_date <= ${seatDay}::date ORDER BY staff_key, (to_date IS NULL OR to_date > ${seatDay}::date) DESC, main DESC, from_date DESC, post_key) p
      WHERE ${inScope}),
    per AS (
      SELECT staff_key, sum(base)::int AS base, sum(excluded)::int AS excluded, sum(lost)::int AS lost, sum(increment) AS increment FROM (
        SELECT staff_key, count(*) AS base, count(*) FILTER (WHERE transferred OR excluded IS NOT NULL) AS excluded, count(*) FILTER (WHERE lost IS NOT NULL AND NOT transferred AND excluded IS NULL) AS lost, 0::numeric AS increment
        FROM standing WHERE period = ${period} AND in_base GROUP BY 1
        UNION ALL SELECT end_staff_key, 0, 0, 0, sum(end_fen - increment_base_fen - coalesce(market_fen, 0)) FROM standing WHERE period = ${period} AND increment_base_fen IS NOT NULL GROUP BY 1) s
      WHERE staff_key IS NOT NULL GROUP BY 1)
    SELECT g.key, min(g.name) AS name, sum(g.base)::int AS base, sum(g.excluded)::int AS excluded, sum(g.lost)::int AS lost, round(sum(g.increment))::text AS increment FROM (${grouped}) g GROUP BY 1
    ORDER BY (sum(g.lost)::numeric / nullif(sum(g.base) - sum(g.excluded), 0)) DESC NULLS LAST, 1`))
}
