import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { monthStart, nextMonth } from '../../foundation/values/business-date.ts'

/** A price of funds that a month needs and that is not there: the side, the term of the product and the day on which its price is looked up. */
export type MissingPrice = { side: 'BID' | 'OFFER'; term: number; day: string }

/** The first price that no curve gives for what the bank's customers held in a month, or null. A term takes the price of the next longer one, the longest takes all beyond; the price of the day of origination holds for life. */
export async function findMissingPrice(tx: Transaction, month: string): Promise<MissingPrice | null> {
  const [first, end] = [monthStart(month), monthStart(nextMonth(month))]
  const months = sql`(extract(year FROM age(a.matures_on, a.opened_on)) * 12 + extract(month FROM age(a.matures_on, a.opened_on)))::int`
  return (await tx.maybe(sql<MissingPrice>`
    WITH wanted AS (
      SELECT 'BID' AS side, 0 AS term, ${first}::date AS day FROM bank WHERE EXISTS (SELECT FROM holdings_account_facts a WHERE a.line = 'DEPOSIT' AND a.currency = bank.currency AND a.matures_on IS NULL AND a.opened_on < ${end}::date AND (a.closed_on IS NULL OR a.closed_on > ${first}::date))
      UNION SELECT 'BID', ${months}, a.opened_on FROM holdings_account_facts a, bank
        WHERE a.line = 'DEPOSIT' AND a.currency = bank.currency AND a.matures_on IS NOT NULL AND a.rate IS NOT NULL AND ${months} > 0 AND a.opened_on < ${end}::date AND (a.closed_on IS NULL OR a.closed_on > ${first}::date)
      UNION SELECT 'OFFER', l.term_months, l.paid_out_on FROM holdings_loan_facts l, bank
        WHERE l.currency = bank.currency AND l.rate IS NOT NULL AND l.term_months IS NOT NULL AND l.paid_out_on < ${end}::date AND (l.settled_on IS NULL OR l.settled_on > ${first}::date)),
    priced AS (SELECT DISTINCT side, term_months FROM ftp_price p, bank WHERE p.currency = bank.currency)
    SELECT n.side, n.term, n.day FROM wanted n
    WHERE NOT EXISTS (
      SELECT FROM ftp_price p, bank WHERE p.currency = bank.currency AND p.side = n.side AND p.from_date <= n.day
        AND p.term_months = CASE WHEN n.side = 'BID' AND n.term = 0 THEN 0
          ELSE coalesce((SELECT min(s.term_months) FROM priced s WHERE s.side = n.side AND s.term_months >= n.term AND (n.side = 'OFFER' OR s.term_months > 0)), (SELECT max(s.term_months) FROM priced s WHERE s.side = n.side)) END)
    ORDER BY n.day, n.side, n.term LIMIT 1`)) ?? null
}
