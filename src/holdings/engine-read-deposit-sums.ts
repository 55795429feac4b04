import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { addDays, daysBetween, monthStart, previousMonth, yearStart } from '../foundation/values/business-date.ts'
import { exact } from '../foundation/values/decimal.ts'
import { roundTogether } from '../foundation/values/fen.ts'
import type { FiguresRow } from './balance-figures.ts'
import { depositKinds, type DepositGroup, type DepositKind } from './holdings.contract.ts'

/** Whose deposits are summed: a manager's, a unit of the line with everything below it, an outlet as a place, the whole bank. */
export type SumScope = { kind: 'PERSON'; staffKey: number } | { kind: 'UNIT'; path: string } | { kind: 'PLACE'; placeKey: number } | { kind: 'ALL' }
export type SumsRow = FiguresRow & { key: number | null; name: string | null; unit_name: string | null; loan: string }
export type KindRow = FiguresRow & { customerKind: 'CORPORATE' | 'PERSON'; depositKind: DepositKind | null; loan: string }
export type DepositSums = { asOf: string | null; currency: string; whole: SumsRow; parts: SumsRow[]; kinds: KindRow[] }

const summed = ['balance', 'yesterday', 'month_begin', 'quarter_begin', 'year_begin', 'month_sum', 'year_sum', 'last_year_sum', 'last_month_sum', 'loan'] as const
type Row = SumsRow & { level: number; as_of: string | null; bank_currency: string; customer_kind: 'CORPORATE' | 'PERSON' | null; deposit_kind: DepositKind | null; unkinded: boolean; exact: Record<(typeof summed)[number], string> }
/** What is left out of the grouping, as bits: the part 4, the kind of customer 2, the kind of deposit 1. */
const levels = { part: 3, customerKind: 5, depositKind: 4, whole: 7 } as const

/**
 * Deposit and loan figures of a scope as the load of the last delivery left them, whole and by manager, outlet, sub-branch or branch: one statement over the sums, numbers only. The row of the key null that is not
 * the whole is what no manager holds (公共池). Rounded half up to fen here and nowhere before; the kinds of customers and deposits, where they are asked for, so that they sum.
 */
export async function readDepositSums(tx: Transaction, scopes: readonly SumScope[], by: DepositGroup, { kinds }: { kinds: boolean }): Promise<DepositSums> {
  const inside = scopes.map((scope) => (scope.kind === 'PERSON' ? sql`d.staff_key = ${scope.staffKey}` : scope.kind === 'UNIT' ? sql`d.line_path >= ${scope.path} AND d.line_path < ${`${scope.path}/`}` : scope.kind === 'PLACE' ? sql`d.place_key = ${scope.placeKey}` : sql`true`))
  const unit = sql`SELECT institution_key, kind, name, parent_key, scope_path FROM organisation_institution_facts, bank WHERE from_date <= bank.business_date AND (to_date IS NULL OR to_date > bank.business_date)`
  const named: Sql = by === 'MANAGER'
    ? sql`SELECT d.*, d.staff_key AS key, s.staff_name AS name, u.name AS unit_name FROM held d LEFT JOIN organisation_staff_facts s ON s.staff_key = d.staff_key LEFT JOIN unit u ON u.institution_key = d.place_key`
    : by === 'OUTLET'
      ? sql`SELECT d.*, d.place_key AS key, u.name, p.name AS unit_name FROM held d LEFT JOIN unit u ON u.institution_key = d.place_key LEFT JOIN unit p ON p.institution_key = u.parent_key`
      : sql`SELECT d.*, u.institution_key AS key, u.name, NULL::text AS unit_name FROM held d LEFT JOIN unit u ON u.kind = ${by} AND (d.line_path = u.scope_path OR left(d.line_path, length(u.scope_path) + 1) = u.scope_path || '.')`
  const on = (name: string): Sql => sql`round(coalesce(sum(${sql.ref(name)}), 0) / 100)::text AS ${sql.ref(name)}`
  const average = (name: string, days: Sql, as: string): Sql => sql`round(coalesce(sum(${sql.ref(name)}), 0) / 100 / ${days})::text AS ${sql.ref(as)}`
  const rows = await tx.asRole('engine', () => tx.all(sql<Row>`
    WITH unit AS MATERIALIZED (${unit}), held AS MATERIALIZED (SELECT d.* FROM deposit_sum d WHERE ${sql.join(inside, sql` AND `)})
    SELECT ${kinds ? sql`grouping(n.key, n.customer_kind, n.deposit_kind) AS level, n.customer_kind, n.deposit_kind` : sql`grouping(n.key) * 4 + 3 AS level, NULL AS customer_kind, NULL AS deposit_kind`}, min(n.as_of) AS as_of, n.key, bool_or(n.customer_kind IS NULL) AS unkinded, (SELECT currency FROM bank) AS bank_currency, CASE WHEN grouping(n.key) = 0 THEN min(n.name) END AS name, CASE WHEN grouping(n.key) = 0 THEN min(n.unit_name) END AS unit_name,
      ${on('balance')}, ${on('yesterday')}, ${on('month_begin')}, ${on('quarter_begin')}, ${on('year_begin')}, ${on('loan')}, round(coalesce(sum(month_begin), 0) / 100)::text AS last_month_end,
      ${average('month_sum', sql`coalesce(min(n.as_of) - date_trunc('month', min(n.as_of))::date + 1, 1)`, 'month_adb')}, ${average('year_sum', sql`coalesce(min(n.as_of) - date_trunc('year', min(n.as_of))::date + 1, 1)`, 'year_adb')},
      ${average('last_year_sum', sql`coalesce(date_trunc('year', min(n.as_of))::date - (date_trunc('year', min(n.as_of)) - interval '1 year')::date, 1)`, 'last_year_adb')},
      ${average('last_month_sum', sql`coalesce(date_trunc('month', min(n.as_of))::date - (date_trunc('month', min(n.as_of)) - interval '1 month')::date, 1)`, 'last_month_adb')},
      ${kinds ? sql`jsonb_build_object(${sql.join(summed.map((name) => sql`${name}::text, coalesce(sum(${sql.ref(name)}), 0)::text`), sql`, `)})` : sql`NULL`} AS exact
    FROM (${named}) n GROUP BY GROUPING SETS ((n.key), ${kinds ? sql`(n.customer_kind), (n.customer_kind, n.deposit_kind), ` : sql``}()) ORDER BY level DESC, sum(n.balance) DESC NULLS LAST, n.key`))
  const whole = rows.find(({ level }) => level === levels.whole)
  if (!whole) throw new Error('a grouping set without its whole')
  return {
    asOf: whole.as_of, currency: whole.bank_currency, whole, parts: rows.filter(({ level }) => level === levels.part),
    kinds: !kinds || whole.as_of === null || whole.unkinded ? [] : kindsOf(whole, rows.filter(({ level }) => level === levels.customerKind), rows.filter(({ level }) => level === levels.depositKind), whole.as_of),
  }
}

/** Kinds of customers, each followed by its kinds of deposits, in their fixed order; figures so rounded that the first sum to the whole and the second to the first. */
function kindsOf(whole: Row, ofCustomers: readonly Row[], ofDeposits: readonly Row[], asOf: string): KindRow[] {
  const customers = (['CORPORATE', 'PERSON'] as const).flatMap((kind) => ofCustomers.filter((row) => row.customer_kind === kind))
  return together(customers, whole, asOf).flatMap((row) => {
    const deposits = depositKinds.flatMap((kind) => ofDeposits.filter((one) => one.customer_kind === row.customer_kind && one.deposit_kind === kind))
    return [row, ...together(deposits, row, asOf)]
  }).map((row) => ({ ...row, customerKind: row.customer_kind ?? 'CORPORATE', depositKind: row.deposit_kind }))
}

function together(rows: readonly Row[], whole: Row, asOf: string): Row[] {
  const year = yearStart(asOf)
  const month = monthStart(asOf)
  const after = addDays(asOf, 1)
  const columns = [
    ['balance', 'balance', 1], ['yesterday', 'yesterday', 1], ['month_begin', 'month_begin', 1], ['quarter_begin', 'quarter_begin', 1], ['year_begin', 'year_begin', 1], ['month_sum', 'month_adb', daysBetween(month, after)],
    ['year_sum', 'year_adb', daysBetween(year, after)], ['last_year_sum', 'last_year_adb', daysBetween(yearStart(addDays(year, -1)), year)], ['last_month_sum', 'last_month_adb', daysBetween(monthStart(previousMonth(asOf)), month)],
    ...(rows.some(({ deposit_kind: kind }) => kind !== null) ? [] : [['loan', 'loan', 1] as const]),
  ] as const
  const rounded = rows.map((row) => ({ ...row }))
  for (const [from, to, days] of columns) {
    // sums are fen times percent with two decimals
    const exactly = rows.map((row) => BigInt(exact(row.exact[from]).times(100).toFixed(0)))
    roundTogether(exactly, 10_000n * BigInt(days), BigInt(whole[to])).forEach((fen, place) => Object.assign(rounded[place] ?? {}, { [to]: fen.toString() }))
  }
  return rounded.map((row) => ({ ...row, last_month_end: row.month_begin }))
}
