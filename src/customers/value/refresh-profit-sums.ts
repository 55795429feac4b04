import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk } from '../../foundation/store/store.ts'
import { addDays, daysInMonth, monthStart, nextMonth } from '../../foundation/values/business-date.ts'

/**
 * The contribution of customers in a month by part and by who held them: customer_id, staff_key (0: nobody), part, amount_fen. Parts as on the customer's page (contribution.rules.ts `byProduct`): what stands for all deposits or all
 * loans together is laid on the products by their balances. A customer's whole is split by shares and days, largest remainder (2.9); each part of it as well, and what the roundings leave falls to his largest part: so the parts of a
 * manager are his share of the customer, and the managers of a part are the part.
 */
export function profitCells(month: string, only: (customer: Sql) => Sql = () => sql`true`): Sql {
  const [first, end, days] = [monthStart(month), monthStart(nextMonth(month)), daysInMonth(month)]
  const held = sql`(least(coalesce(a.to_date, ${end}::date), ${end}::date) - greatest(a.from_date, ${first}::date))`
  return sql`
    WITH line AS MATERIALIZED (SELECT customer_id, kind, product_code, base_fen, amount_fen::numeric AS amount FROM contribution_line l WHERE month_start = ${first} AND ${only(sql`l.customer_id`)}),
    base AS (
      SELECT customer_id, CASE kind WHEN 'DEPOSIT' THEN 'DEPOSIT' ELSE 'LOAN' END AS side, product_code, sum(base_fen)::numeric AS base FROM line
      WHERE kind IN ('DEPOSIT', 'LOAN_INTEREST') AND product_code IS NOT NULL AND base_fen > 0 GROUP BY 1, 2, 3),
    cost AS (
      SELECT customer_id, CASE kind WHEN 'DEPOSIT_INSURANCE' THEN 'DEPOSIT' ELSE 'LOAN' END AS side, sum(amount) AS amount FROM line
      WHERE kind IN ('DEPOSIT_INSURANCE', 'LOAN_VAT', 'LOAN_SURCHARGE', 'EXPECTED_LOSS') GROUP BY 1, 2 HAVING sum(amount) <> 0),
    laid AS (
      SELECT customer_id, part, way * (low + CASE WHEN row_number() OVER (PARTITION BY customer_id, side ORDER BY rest DESC, part COLLATE "C") <= size - sum(low) OVER (PARTITION BY customer_id, side) THEN 1 ELSE 0 END) AS amount
      FROM (
        SELECT c.customer_id, c.side, b.product_code AS part, sign(c.amount) AS way, abs(c.amount) AS size, div(abs(c.amount) * b.base, sum(b.base) OVER w) AS low, mod(abs(c.amount) * b.base, sum(b.base) OVER w) AS rest
        FROM cost c JOIN base b ON b.customer_id = c.customer_id AND b.side = c.side WINDOW w AS (PARTITION BY c.customer_id, c.side)) s),
    part AS MATERIALIZED (
      SELECT customer_id, part, sum(amount) AS amount FROM (
        SELECT customer_id, product_code AS part, amount FROM line WHERE kind IN ('DEPOSIT', 'LOAN_INTEREST', 'LOAN_FUNDING')
        UNION ALL SELECT customer_id, CASE WHEN kind IN ('TRANSACTIONS', 'CONTACTS') THEN 'COST' ELSE 'FEES' END, amount FROM line WHERE kind IN ('FEES', 'FEE_VAT', 'FEE_SURCHARGE', 'TRANSACTIONS', 'CONTACTS')
        UNION ALL SELECT customer_id, part, amount FROM laid
        UNION ALL SELECT customer_id, side, amount FROM cost c WHERE NOT EXISTS (SELECT FROM base b WHERE b.customer_id = c.customer_id AND b.side = c.side)) p
      GROUP BY 1, 2 HAVING sum(amount) <> 0),
    slice AS MATERIALIZED (
      SELECT a.customer_id, a.staff_key, sum(a.share_pct * ${held}) AS weight FROM customers_assignment_facts a
      WHERE a.from_date < ${end}::date AND (a.to_date IS NULL OR a.to_date > ${first}::date) AND ${held} > 0 AND ${only(sql`a.customer_id`)} GROUP BY 1, 2),
    holder AS MATERIALIZED (
      SELECT customer_id, staff_key, weight, row_number() OVER (PARTITION BY customer_id ORDER BY staff_key = 0, staff_key) AS place, sum(weight) OVER (PARTITION BY customer_id) AS all_of_it FROM (
        SELECT s.customer_id, s.staff_key, s.weight FROM slice s JOIN (SELECT DISTINCT customer_id FROM part) p ON p.customer_id = s.customer_id
        UNION ALL
        SELECT p.customer_id, 0, ${days}::int * 100 - coalesce(s.weight, 0) FROM (SELECT DISTINCT customer_id FROM part) p LEFT JOIN (SELECT customer_id, sum(weight) AS weight FROM slice GROUP BY 1) s ON s.customer_id = p.customer_id
        WHERE coalesce(s.weight, 0) < ${days}::int * 100) h),
    own AS (
      SELECT customer_id, staff_key, way * (low + CASE WHEN row_number() OVER (PARTITION BY customer_id ORDER BY rest DESC, place) <= size - sum(low) OVER (PARTITION BY customer_id) THEN 1 ELSE 0 END) AS amount
      FROM (
        SELECT h.customer_id, h.staff_key, h.place, sign(w.amount) AS way, abs(w.amount) AS size, div(abs(w.amount) * h.weight, h.all_of_it) AS low, mod(abs(w.amount) * h.weight, h.all_of_it) AS rest
        FROM holder h JOIN (SELECT customer_id, sum(amount) AS amount FROM part GROUP BY 1) w ON w.customer_id = h.customer_id) s),
    cell AS (
      SELECT customer_id, staff_key, part, whole, round(whole * until / all_of_it) - round(whole * (until - weight) / all_of_it) AS amount
      FROM (SELECT p.customer_id, h.staff_key, p.part, p.amount AS whole, h.weight, h.all_of_it, sum(h.weight) OVER (PARTITION BY p.customer_id, p.part ORDER BY h.place) AS until FROM part p JOIN holder h ON h.customer_id = p.customer_id) c)
    SELECT c.customer_id, c.staff_key, c.part, (c.amount + CASE WHEN row_number() OVER (PARTITION BY c.customer_id, c.staff_key ORDER BY abs(c.whole) DESC, c.part COLLATE "C") = 1
      THEN o.amount - sum(c.amount) OVER (PARTITION BY c.customer_id, c.staff_key) ELSE 0 END)::bigint AS amount_fen
    FROM cell c JOIN own o ON o.customer_id = c.customer_id AND o.staff_key = c.staff_key`
}

/** The sums of a month by manager and product, made anew. A manager counts where he sat on the last day of the month, or last before it. */
export async function refreshProfitSums(tx: Transaction, month: string, batch: string): Promise<void> {
  const first = monthStart(month)
  const last = addDays(monthStart(nextMonth(month)), -1)
  const shared = { why: `simulated profit of ${month}`, batch, about: { month } }
  await bulk(tx, { ...shared, table: 'profit_sum', what: 'remove', alias: 's', statement: sql`DELETE FROM profit_sum s WHERE s.month_start = ${first}` })
  await tx.run(sql`SET LOCAL enable_nestloop = off`)
  await bulk(tx, {
    ...shared, table: 'profit_sum', what: 'add', sums: ['amount_fen'],
    statement: sql`
      INSERT INTO profit_sum (id, month_start, staff_key, line_path, place_key, part, customers, amount_fen, batch_id)
      SELECT uuid7(), ${first}, nullif(x.staff_key, 0), coalesce(p.line_path, k.scope_path), coalesce(p.place_key, k.outlet_key), coalesce(x.part, '*'), count(DISTINCT x.customer_id), sum(x.amount_fen), ${batch}::uuid
      FROM (${profitCells(month)}) x JOIN customer k ON k.customer_id = x.customer_id
      LEFT JOIN (SELECT DISTINCT ON (staff_key) staff_key, line_path, place_key FROM organisation_post_facts WHERE from_date <= ${last}::date ORDER BY staff_key, (to_date IS NULL OR to_date > ${last}::date) DESC, main DESC, from_date DESC, post_key) p ON p.staff_key = x.staff_key
      GROUP BY GROUPING SETS ((x.staff_key, 4, 5, x.part), (x.staff_key, 4, 5))`,
  })
  await tx.run(sql`SET LOCAL enable_nestloop = on`)
}

/** Months that were worked out before there were sums: the newest three of them a day. */
export async function makeUpProfitSums(tx: Transaction, batch: string): Promise<void> {
  const months = await tx.all(sql<{ month: string }>`
    SELECT to_char(month_start, 'YYYY-MM') AS month FROM value_month v WHERE customers > 0 AND NOT EXISTS (SELECT FROM profit_sum s WHERE s.month_start = v.month_start) ORDER BY month_start DESC LIMIT 3`)
  for (const { month } of months) await refreshProfitSums(tx, month, batch)
}
