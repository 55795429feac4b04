import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import type { FiguresRow } from './balance-figures.ts'
import type { DepositGroup } from './holdings.contract.ts'

/** Whose deposits are summed: a manager's, a unit of the line with everything below it, an outlet as a place, the whole bank. */
export type SumScope = { kind: 'PERSON'; staffKey: number } | { kind: 'UNIT'; path: string } | { kind: 'PLACE'; placeKey: number } | { kind: 'ALL' }
export type SumsRow = FiguresRow & { whole: boolean; as_of: string | null; key: number | null; name: string | null; unit_name: string | null; loan: string; bank_currency: string }

/**
 * Deposit and loan figures of a scope as the load of the last delivery left them, whole and by manager, outlet, sub-branch or branch: one statement over the sums, numbers only. The row of the key null that is not
 * the whole is what no manager holds (公共池). Rounded half up to fen here and nowhere before.
 */
export function readDepositSums(tx: Transaction, scopes: readonly SumScope[], by: DepositGroup): Promise<SumsRow[]> {
  const inside = scopes.map((scope) => (scope.kind === 'PERSON' ? sql`d.staff_key = ${scope.staffKey}` : scope.kind === 'UNIT' ? sql`d.line_path >= ${scope.path} AND d.line_path < ${`${scope.path}/`}` : scope.kind === 'PLACE' ? sql`d.place_key = ${scope.placeKey}` : sql`true`))
  const unit = sql`SELECT institution_key, kind, name, parent_key, scope_path FROM organisation_institution_facts, bank WHERE from_date <= bank.business_date AND (to_date IS NULL OR to_date > bank.business_date)`
  const named: Sql = by === 'MANAGER'
    ? sql`SELECT d.*, d.staff_key AS key, s.staff_name AS name, u.name AS unit_name FROM held d LEFT JOIN organisation_staff_facts s ON s.staff_key = d.staff_key LEFT JOIN unit u ON u.institution_key = d.place_key`
    : by === 'OUTLET'
      ? sql`SELECT d.*, d.place_key AS key, u.name, p.name AS unit_name FROM held d LEFT JOIN unit u ON u.institution_key = d.place_key LEFT JOIN unit p ON p.institution_key = u.parent_key`
      : sql`SELECT d.*, u.institution_key AS key, u.name, NULL::text AS unit_name FROM held d LEFT JOIN unit u ON u.kind = ${by} AND (d.line_path = u.scope_path OR left(d.line_path, length(u.scope_path) + 1) = u.scope_path || '.')`
  const on = (name: string): Sql => sql`round(coalesce(sum(${sql.ref(name)}), 0) / 100)::text AS ${sql.ref(name)}`
  const average = (name: string, days: Sql, as: string): Sql => sql`round(coalesce(sum(${sql.ref(name)}), 0) / 100 / ${days})::text AS ${sql.ref(as)}`
  return tx.asRole('engine', () => tx.all(sql<SumsRow>`
    WITH unit AS MATERIALIZED (${unit}), held AS MATERIALIZED (SELECT d.* FROM deposit_sum d WHERE ${sql.join(inside, sql` AND `)})
    SELECT grouping(n.key) = 1 AS whole, min(n.as_of) AS as_of, n.key, (SELECT currency FROM bank) AS bank_currency, CASE WHEN grouping(n.key) = 0 THEN min(n.name) END AS name, CASE WHEN grouping(n.key) = 0 THEN min(n.unit_name) END AS unit_name,
      ${on('balance')}, ${on('yesterday')}, ${on('month_begin')}, ${on('quarter_begin')}, ${on('year_begin')}, ${on('loan')}, round(coalesce(sum(month_begin), 0) / 100)::text AS last_month_end,
      ${average('month_sum', sql`coalesce(min(n.as_of) - date_trunc('month', min(n.as_of))::date + 1, 1)`, 'month_adb')}, ${average('year_sum', sql`coalesce(min(n.as_of) - date_trunc('year', min(n.as_of))::date + 1, 1)`, 'year_adb')},
      ${average('last_year_sum', sql`coalesce(date_trunc('year', min(n.as_of))::date - (date_trunc('year', min(n.as_of)) - interval '1 year')::date, 1)`, 'last_year_adb')},
      ${average('last_month_sum', sql`coalesce(date_trunc('month', min(n.as_of))::date - (date_trunc('month', min(n.as_of)) - interval '1 month')::date, 1)`, 'last_month_adb')}
    FROM (${named}) n GROUP BY GROUPING SETS ((n.key), ()) ORDER BY grouping(n.key) DESC, sum(n.balance) DESC NULLS LAST, n.key`))
}
