import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { quiet } from '../foundation/store/store.ts'

/**
 * A core system that delivers no balances: each day's closing balance is worked out from the transactions. The order of bookings within a day is not known, so of the day's delivered
 * balances the one nearest to yesterday's closing plus credits less debits is the closing one; within `withinFen` it is the same but for rounding, farther away it is still the bank's own
 * figure. Without a delivered balance the sum itself is taken. Days after the business date are not in force yet. Returns how many days, and how many of them were farther away.
 */
export async function deriveBalances(tx: Transaction, businessDate: string, withinFen: number): Promise<{ days: number; farther: number }> {
  const days = await quiet(tx, 'staged_balance', 'add', sql`
    INSERT INTO staged_balance (file_no, row_no, account_key, day, balance_fen)
    WITH RECURSIVE day AS MATERIALIZED (
      SELECT file_no, min(row_no) AS row_no, account_key, booked_on, row_number() OVER (PARTITION BY account_key ORDER BY booked_on) AS n,
        sum(CASE direction WHEN 'IN' THEN amount_fen ELSE -amount_fen END)::bigint AS net, array_agg(balance_after_fen) FILTER (WHERE balance_after_fen IS NOT NULL) AS told
      FROM staged_transaction WHERE booked_on <= ${businessDate}::date GROUP BY file_no, account_key, booked_on
    ), walk AS (
      SELECT d.file_no, d.row_no, d.account_key, d.booked_on, d.n, ${nearest(sql`coalesce(b.balance_fen, 0) + d.net`)} AS closing
      FROM day d LEFT JOIN holdings_account_facts a ON a.core_key = d.account_key
      LEFT JOIN holdings_balance_facts b ON b.customer_id = a.customer_id AND b.account_id = a.account_id AND b.from_date < d.booked_on AND (b.to_date IS NULL OR b.to_date >= d.booked_on)
      WHERE d.n = 1
      UNION ALL
      SELECT d.file_no, d.row_no, d.account_key, d.booked_on, d.n, ${nearest(sql`w.closing + d.net`)} FROM walk w JOIN day d ON d.account_key = w.account_key AND d.n = w.n + 1
    )
    SELECT file_no, row_no, account_key, booked_on, closing FROM walk`)
  const { farther } = await tx.one(sql<{ farther: number }>`
    SELECT count(*)::int AS farther FROM (
      SELECT b.balance_fen - lag(b.balance_fen) OVER (PARTITION BY b.account_key ORDER BY b.day) - t.net AS off FROM staged_balance b
      JOIN (SELECT account_key, booked_on, sum(CASE direction WHEN 'IN' THEN amount_fen ELSE -amount_fen END) AS net FROM staged_transaction GROUP BY 1, 2) t ON t.account_key = b.account_key AND t.booked_on = b.day) o
    WHERE abs(off) > ${withinFen}`)
  return { days, farther }
}

const nearest = (computed: ReturnType<typeof sql>) => sql`coalesce((SELECT t FROM unnest(d.told) t ORDER BY abs(t - (${computed})), t LIMIT 1), ${computed})`
