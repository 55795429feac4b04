import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'
import { addDays, monthStart, previousMonth, quarterStart, yearStart } from '../foundation/values/business-date.ts'
import { depositKindWords } from './deposit-kind-table.ts'

/** The columns of a row of sums, in the order in which the statement gives them. */
const figures = ['balance', 'yesterday', 'month_begin', 'quarter_begin', 'year_begin', 'month_sum', 'year_sum', 'last_year_sum', 'last_month_sum', 'loan'] as const

/**
 * Deposits and loans of every manager in every place of every line on `day`, and of the public pools: what 2.8 calls the customers owned on each day, shares applied. Exact: fen times percent, times days for the
 * averages. A customer of nobody, and the part of one whose manager held no post, counts for the pool of his outlet: so the managers and the pools sum to the bank whatever happened. Each by kind of customer and of deposit. Amounts in the bank's
 * currency. As often as you like: the rows are made anew.
 */
export async function refreshDepositSums(tx: Transaction, { day, batch, why }: { day: string; batch: string; why: string }): Promise<void> {
  const since = addDays(yearStart(addDays(yearStart(day), -1)), -1)
  await bulk(tx, { table: 'deposit_sum', what: 'remove', batch, why, about: { day }, statement: sql`DELETE FROM deposit_sum` })
  // the views of posts compare spans: with loops the planner multiplies people by customers
  await tx.run(sql`SET LOCAL enable_nestloop = off`)
  await bulk(tx, {
    table: 'deposit_sum', what: 'add', batch, why, about: { day },
    statement: sql`
      WITH piece AS MATERIALIZED (
        SELECT a.customer_id, a.staff_key, p.line_path, p.place_key, a.share_pct AS weight, greatest(a.from_date, p.from_date) AS from_date, least(a.to_date, p.to_date) AS to_date
        FROM customers_assignment_facts a JOIN organisation_post_facts p ON p.staff_key = a.staff_key AND p.main AND (p.to_date IS NULL OR p.to_date > a.from_date) AND (a.to_date IS NULL OR a.to_date > p.from_date)
        WHERE a.from_date <= ${day} AND (a.to_date IS NULL OR a.to_date > ${since})),
      span AS MATERIALIZED (
        SELECT b.customer_id, b.from_date, b.to_date, b.balance_fen::numeric AS fen, ${kindOfDeposit} AS kind, false AS loan FROM balance_span b
        JOIN account a ON a.customer_id = b.customer_id AND a.id = b.account_id JOIN product p ON p.code = a.product_code AND p.line = 'DEPOSIT'
        WHERE a.currency = (SELECT currency FROM bank) AND b.from_date <= ${day} AND (b.to_date IS NULL OR b.to_date > ${since})
        UNION ALL
        SELECT s.customer_id, s.from_date, s.to_date, s.principal_fen, NULL, true FROM loan_span s JOIN loan l ON l.customer_id = s.customer_id AND l.id = s.loan_id
        WHERE l.currency = (SELECT currency FROM bank) AND s.from_date <= ${day} AND (s.to_date IS NULL OR s.to_date > ${day})),
      owned AS MATERIALIZED (
        SELECT k.scope_path, k.outlet_key, k.kind AS customer_kind, w.kind AS deposit_kind, w.staff_key, w.line_path, w.place_key, ${sumsOf(day)}
        FROM (
          SELECT s.customer_id, x.staff_key, x.line_path, x.place_key, s.fen, s.kind, s.loan, x.weight, greatest(s.from_date, x.from_date) AS from_date, least(s.to_date, x.to_date) AS to_date
          FROM span s JOIN piece x ON x.customer_id = s.customer_id AND (x.to_date IS NULL OR x.to_date > s.from_date) AND (s.to_date IS NULL OR s.to_date > x.from_date)) w
        JOIN customers_customer_facts k ON k.customer_id = w.customer_id
        GROUP BY 1, 2, 3, 4, 5, 6, 7),
      whole AS (
        SELECT k.scope_path, k.outlet_key, k.kind AS customer_kind, w.kind AS deposit_kind, ${sumsOf(day)} FROM (SELECT s.*, 100 AS weight FROM span s) w JOIN customers_customer_facts k ON k.customer_id = w.customer_id GROUP BY 1, 2, 3, 4),
      rest AS (
        SELECT w.scope_path, w.outlet_key, w.customer_kind, w.deposit_kind, ${list((name) => sql`w.${sql.ref(name)} - coalesce(o.${sql.ref(name)}, 0) AS ${sql.ref(name)}`)}
        FROM whole w LEFT JOIN (SELECT scope_path, outlet_key, customer_kind, deposit_kind, ${list((name) => sql`sum(${sql.ref(name)}) AS ${sql.ref(name)}`)} FROM owned GROUP BY 1, 2, 3, 4) o
          ON o.scope_path = w.scope_path AND o.outlet_key = w.outlet_key AND o.customer_kind = w.customer_kind AND o.deposit_kind IS NOT DISTINCT FROM w.deposit_kind)
      INSERT INTO deposit_sum (id, as_of, staff_key, line_path, place_key, customer_kind, deposit_kind, ${list((name) => sql.ref(name))}, batch_id)
      SELECT uuid7(), ${day}, n.staff_key, n.line_path, n.place_key, n.customer_kind, n.deposit_kind, ${list((name) => sql`n.${sql.ref(name)}`)}, ${batch} FROM (
        SELECT staff_key, line_path, place_key, customer_kind, deposit_kind, ${list((name) => sql`sum(${sql.ref(name)}) AS ${sql.ref(name)}`)} FROM owned GROUP BY 1, 2, 3, 4, 5
        UNION ALL
        SELECT NULL, scope_path, outlet_key, customer_kind, deposit_kind, ${list((name) => sql.ref(name))} FROM rest WHERE ${sql.join(figures.map((name) => sql`${sql.ref(name)} <> 0`), sql` OR `)}) n`,
  })
  await tx.run(sql`SET LOCAL enable_nestloop = on`)
}

/** The kind of deposit of account `a` with product `p`: what the words of its name say, else by whether it ends. */
const kindOfDeposit: Sql = sql`CASE ${sql.join(depositKindWords.map(({ kind, words }) => sql`WHEN p.name LIKE ANY(${words.map((word) => `%${word}%`)}::text[]) THEN ${kind}`), sql` `)} WHEN a.matures_on IS NOT NULL THEN 'TIME' ELSE 'DEMAND' END`

const list = (part: (name: string) => Sql): Sql => sql.join(figures.map(part), sql`, `)

/** The sums of `w` (from_date, to_date, fen, weight, loan): of the day, of the days before the periods, and over the periods. */
function sumsOf(day: string): Sql {
  const after = addDays(day, 1)
  const month = monthStart(day)
  const year = yearStart(day)
  const on = (date: string): Sql => sql`coalesce(sum(w.fen * w.weight) FILTER (WHERE NOT w.loan AND w.from_date <= ${date} AND (w.to_date IS NULL OR w.to_date > ${date})), 0)`
  const over = (from: string, to: string): Sql => sql`
    coalesce(sum(w.fen * w.weight * (least(coalesce(w.to_date, ${to}::date), ${to}::date) - greatest(w.from_date, ${from}::date))) FILTER (WHERE NOT w.loan AND w.from_date < ${to} AND (w.to_date IS NULL OR w.to_date > ${from})), 0)`
  return sql`${on(day)} AS balance, ${on(addDays(day, -1))} AS yesterday, ${on(addDays(month, -1))} AS month_begin, ${on(addDays(quarterStart(day), -1))} AS quarter_begin, ${on(addDays(year, -1))} AS year_begin,
    ${over(month, after)} AS month_sum, ${over(year, after)} AS year_sum, ${over(yearStart(addDays(year, -1)), year)} AS last_year_sum, ${over(monthStart(previousMonth(day)), month)} AS last_month_sum,
    coalesce(sum(w.fen * w.weight) FILTER (WHERE w.loan AND w.from_date <= ${day} AND (w.to_date IS NULL OR w.to_date > ${day})), 0) AS loan`
}
