import { sql, type Sql } from '../foundation/database/transaction.ts'

type Found = { file_no: number; row_no: number; col: string; reason: 'closed-month'; value: string | null }

/** Staged transactions and balances that would change a day of a closed month (first days of those months): what is there already and the same is no change. */
export function closedMonthChanges(months: readonly string[]): { transaction: Sql<Found>; balance: Sql<Found> } {
  const inClosed = (day: Sql): Sql => sql`date_trunc('month', ${day})::date = ANY(${[...months]}::date[])`
  return {
    transaction: sql<Found>`
      SELECT s.file_no, s.row_no, 'booked_on' AS col, 'closed-month' AS reason, s.booked_on::text AS value
      FROM deliveries_transaction_facts s LEFT JOIN account_transaction t ON t.core_key = s.transaction_key
      WHERE (${inClosed(sql`s.booked_on`)} OR ${inClosed(sql`t.booked_on`)}) AND (t.booked_on, t.direction, t.amount_fen) IS DISTINCT FROM (s.booked_on, s.direction, s.amount_fen) ORDER BY 1, 2`,
    balance: sql<Found>`
      SELECT s.file_no, s.row_no, 'day' AS col, 'closed-month' AS reason, s.day::text AS value
      FROM deliveries_balance_facts s LEFT JOIN account a ON a.core_key = s.account_key
      LEFT JOIN balance_span b ON b.customer_id = a.customer_id AND b.account_id = a.id AND b.from_date <= s.day AND (b.to_date IS NULL OR b.to_date > s.day)
      WHERE ${inClosed(sql`s.day`)} AND b.balance_fen IS DISTINCT FROM s.balance_fen ORDER BY 1, 2`,
  }
}
