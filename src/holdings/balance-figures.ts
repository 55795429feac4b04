import type { z } from 'zod'
import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { addDays, daysBetween, monthStart, previousMonth, quarterStart, yearStart } from '../foundation/values/business-date.ts'
import { monthEndDeviation } from './balance.rules.ts'
import type { depositFiguresView } from './holdings.contract.ts'

export type DepositFiguresView = z.output<typeof depositFiguresView>
export type FiguresRow = {
  balance: string; yesterday: string; month_begin: string; quarter_begin: string; year_begin: string; month_adb: string; year_adb: string; last_year_adb: string; last_month_adb: string; last_month_end: string
}

/**
 * The deposit figures of 2.8 on `day` in one statement. `spans` gives from_date, to_date (null: until further notice), balance_fen and weight (percent of the balance that
 * counts, 100 for all of it). Balances are rounded half up to fen only at the end.
 */
export function depositFiguresSql(spans: Sql, day: string): Sql<FiguresRow> {
  const after = addDays(day, 1)
  const month = monthStart(day)
  const year = yearStart(day)
  const lastYear = yearStart(addDays(year, -1))
  const lastMonth = monthStart(previousMonth(day))
  const on = (date: string): Sql => sql`round(coalesce(sum(s.balance_fen::numeric * s.weight) FILTER (WHERE s.from_date <= ${date} AND (s.to_date IS NULL OR s.to_date > ${date})), 0) / 100)`
  // greatest and least cut the span to [from, to); the days of a span outside are negative and left out
  const average = (from: string, to: string): Sql => sql`
    round(coalesce(sum(s.balance_fen::numeric * s.weight * (least(coalesce(s.to_date, ${to}::date), ${to}::date) - greatest(s.from_date, ${from}::date)))
      FILTER (WHERE s.from_date < ${to} AND (s.to_date IS NULL OR s.to_date > ${from})), 0) / 100 / ${daysBetween(from, to)}::int)`
  return sql`
    SELECT ${on(day)}::text AS balance, ${on(addDays(day, -1))}::text AS yesterday, ${on(addDays(month, -1))}::text AS month_begin, ${on(addDays(quarterStart(day), -1))}::text AS quarter_begin,
      ${on(addDays(year, -1))}::text AS year_begin, ${average(month, after)}::text AS month_adb, ${average(year, after)}::text AS year_adb, ${average(lastYear, year)}::text AS last_year_adb,
      ${average(lastMonth, month)}::text AS last_month_adb, ${on(addDays(month, -1))}::text AS last_month_end
    FROM (${spans}) s`
}

/** The row as it goes out: changes are differences, the deviation by its rule. */
export function figuresView(row: FiguresRow, day: string): DepositFiguresView {
  const minus = (a: string, b: string): string => (BigInt(a) - BigInt(b)).toString()
  const deviation = monthEndDeviation(BigInt(row.last_month_end), BigInt(row.last_month_adb))
  return {
    balanceFen: row.balance, toYesterdayFen: minus(row.balance, row.yesterday), toMonthBeginFen: minus(row.balance, row.month_begin), toQuarterBeginFen: minus(row.balance, row.quarter_begin),
    toYearBeginFen: minus(row.balance, row.year_begin), monthDays: daysBetween(monthStart(day), addDays(day, 1)), monthAdbFen: row.month_adb, yearDays: daysBetween(yearStart(day), addDays(day, 1)),
    yearAdbFen: row.year_adb, lastYearAdbFen: row.last_year_adb, yearAdbIncrementFen: minus(row.year_adb, row.last_year_adb), lastMonthAdbFen: row.last_month_adb,
    monthEndDeviation: deviation && { month: previousMonth(day), ...deviation },
  }
}

/** Spans of a customer's deposits in the bank's currency, whole. */
export function depositSpansOf(customerId: string): Sql {
  return sql`
    SELECT b.from_date, b.to_date, b.balance_fen, 100 AS weight FROM balance_span b
    JOIN account a ON a.customer_id = b.customer_id AND a.id = b.account_id
    JOIN product p ON p.code = a.product_code AND p.line = 'DEPOSIT'
    WHERE b.customer_id = ${customerId} AND a.currency = (SELECT currency FROM bank)`
}

/** The year average of a customer's deposits on a day: the frozen base of an assignment. Run as `opened`. */
export async function yearAverage(tx: Transaction, customerId: string, day: string): Promise<bigint> {
  return BigInt((await tx.one(depositFiguresSql(depositSpansOf(customerId), day))).year_adb)
}

/** The same for many customers by one statement: customer_id, year_adb of those of `customers` (a query of ids) that have deposits. Run as batch. */
export function yearAveragesSql(customers: Sql, day: string): Sql {
  const after = addDays(day, 1)
  const year = yearStart(day)
  return sql`
    SELECT b.customer_id, round(sum(b.balance_fen::numeric * (least(coalesce(b.to_date, ${after}::date), ${after}::date) - greatest(b.from_date, ${year}::date))) / ${daysBetween(year, after)}::int)::bigint AS year_adb
    FROM balance_span b JOIN account a ON a.customer_id = b.customer_id AND a.id = b.account_id JOIN product p ON p.code = a.product_code AND p.line = 'DEPOSIT'
    WHERE b.customer_id IN (${customers}) AND a.currency = (SELECT currency FROM bank) AND b.from_date < ${after}::date AND (b.to_date IS NULL OR b.to_date > ${year}::date)
    GROUP BY b.customer_id`
}

/**
 * Loyalty index (2.8) of each row of `facts` (share_of_wallet, years, product_lines, main_account, complaint_free; null: not known): parts rounded to two decimals, what is
 * not known left out and the others scaled to 100. Null without any part.
 */
export function loyaltySql(facts: Sql): Sql<{ index: string | null }> {
  return sql`
    SELECT round((coalesce(p.wallet, 0) + coalesce(p.years, 0) + coalesce(p.lines, 0) + coalesce(p.main, 0) + coalesce(p.complaint, 0)) * 100
      / nullif((p.wallet IS NOT NULL)::int * 30 + (p.years IS NOT NULL)::int * 15 + (p.lines IS NOT NULL)::int * 25 + (p.main IS NOT NULL)::int * 20 + (p.complaint IS NOT NULL)::int * 10, 0), 2)::text AS index
    FROM (
      SELECT round(f.share_of_wallet::numeric * 30, 2) AS wallet, round(CASE WHEN f.years > 10 THEN 1 ELSE f.years::numeric / 10 END * 15, 2) AS years,
        round(CASE WHEN f.product_lines > 6 THEN 25 ELSE f.product_lines::numeric * 25 / 6 END, 2) AS lines, round(f.main_account::numeric * 20, 2) AS main, round(f.complaint_free::numeric * 10, 2) AS complaint
      FROM (${facts}) f) p`
}
