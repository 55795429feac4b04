import { sql } from '../foundation/database/transaction.ts'
import type { MergeRun } from '../foundation/store/merge-run.ts'
import { bulk } from '../foundation/store/store.ts'
import { addDays, daysBetween, monthStart, previousMonth } from '../foundation/values/business-date.ts'

/**
 * The figures that the list shows, from holdings' published facts: deposits and loans on the business date, how much the deposits changed since the day before, the average daily balance of this month so far and of the last one
 * (2.8: every calendar day counts, the denominator is the days of the period). Rows whose figures stay the same are left alone. `only`: of these customers.
 */
export async function refreshFigures({ tx, batch, why, businessDate, effects }: Pick<MergeRun, 'tx' | 'batch' | 'why' | 'businessDate' | 'effects'>, only: readonly string[] | null = null): Promise<void> {
  const begin = monthStart(businessDate)
  const lastBegin = monthStart(previousMonth(businessDate))
  const end = addDays(businessDate, 1)
  const yesterday = addDays(businessDate, -1)
  effects.push(await bulk(tx, {
    table: 'customer', what: 'change', why, batch, alias: 'c', about: { what: 'figures', asOf: businessDate }, sums: ['deposit_fen', 'loan_fen'],
    statement: sql`UPDATE customer c SET deposit_fen = n.deposit_fen, deposit_change_fen = n.deposit_change_fen, month_adb_fen = n.month_adb_fen, last_month_adb_fen = n.last_month_adb_fen, loan_fen = n.loan_fen, figures_as_of = ${businessDate}::date
      FROM (
        SELECT k.customer_id, coalesce(d.deposit_fen, 0) AS deposit_fen, coalesce(d.deposit_fen - d.yesterday_fen, 0) AS deposit_change_fen, coalesce(d.month_adb_fen, 0) AS month_adb_fen, coalesce(d.last_month_adb_fen, 0) AS last_month_adb_fen, coalesce(l.loan_fen, 0) AS loan_fen
        FROM customer k
        LEFT JOIN (
          SELECT b.customer_id,
            coalesce(sum(b.balance_fen) FILTER (WHERE b.from_date <= ${businessDate}::date AND (b.to_date IS NULL OR b.to_date > ${businessDate}::date)), 0)::bigint AS deposit_fen,
            coalesce(sum(b.balance_fen) FILTER (WHERE b.from_date <= ${yesterday}::date AND (b.to_date IS NULL OR b.to_date > ${yesterday}::date)), 0)::bigint AS yesterday_fen,
            round(coalesce(sum(b.balance_fen::numeric * (least(coalesce(b.to_date, ${end}::date), ${end}::date) - greatest(b.from_date, ${begin}::date)))
              FILTER (WHERE least(coalesce(b.to_date, ${end}::date), ${end}::date) > greatest(b.from_date, ${begin}::date)), 0) / ${daysBetween(begin, end)}::int)::bigint AS month_adb_fen,
            round(coalesce(sum(b.balance_fen::numeric * (least(coalesce(b.to_date, ${begin}::date), ${begin}::date) - greatest(b.from_date, ${lastBegin}::date)))
              FILTER (WHERE least(coalesce(b.to_date, ${begin}::date), ${begin}::date) > greatest(b.from_date, ${lastBegin}::date)), 0) / (${begin}::date - ${lastBegin}::date))::bigint AS last_month_adb_fen
          FROM holdings_balance_facts b WHERE b.line = 'DEPOSIT' AND b.from_date < ${end}::date AND (b.to_date IS NULL OR b.to_date > ${lastBegin}::date) GROUP BY b.customer_id) d ON d.customer_id = k.customer_id
        LEFT JOIN (SELECT customer_id, sum(principal_fen)::bigint AS loan_fen FROM holdings_loan_span_facts
          WHERE from_date <= ${businessDate}::date AND (to_date IS NULL OR to_date > ${businessDate}::date) GROUP BY customer_id) l ON l.customer_id = k.customer_id
        ${only === null ? sql`` : sql`WHERE k.customer_id = ANY(${[...only]}::uuid[])`}) n
      WHERE c.customer_id = n.customer_id AND (c.deposit_fen, c.deposit_change_fen, c.month_adb_fen, c.last_month_adb_fen, c.loan_fen, c.figures_as_of)
        IS DISTINCT FROM (n.deposit_fen, n.deposit_change_fen, n.month_adb_fen, n.last_month_adb_fen, n.loan_fen, ${businessDate}::date)`,
  }))
}
