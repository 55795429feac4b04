import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { countsDay, coveredPeople, depositDays, loanDays, mergedThings, ownerOfFact, paidOutLoans, slicesOfMonth, spanOf, walkRun, type Collected, type StockRules } from './collect-facts.ts'
import { addDays } from '../foundation/values/business-date.ts'

/** One source of facts: all of the month = in lines + of persons outside the scheme + without a manager. Amounts are exact (fen × share percent, or fen × days × share percent for stocks). */
/** `unit`: rows of an indicator tell exact sums in this unit, of a ratio those of its numerator. */
export type ControlRow = { source: string; unit?: string; part?: 'NUMERATOR'; facts: number; total: string; inLines: string; outside: string; withoutManager: string; otherCurrency: number; ties: boolean }
/** Deposits: closing balances of the month before, plus in, minus out, compared with the closing balances of the month. */
export type ControlOfTransactions = {
  transactions: number; inFen: string; outFen: string; openingFen: string; closingFen: string; differenceFen: string; behindLines: number; withoutLine: number; behindInFen: string; behindOutFen: string
}
/** Whom the scheme pays and who has no result, and why. */
export type WithoutResult = { staffNo: string; why: 'no-grade-base' | 'no-target' | 'no-data' }
export type ControlReport = { rows: ControlRow[]; transactions: ControlOfTransactions; withoutResult?: WithoutResult[]; ties: boolean }

/** Of months that are only tried: nobody closes them, nothing is proved. */
export const notProved: ControlReport = {
  rows: [], transactions: { transactions: 0, inFen: '0', outFen: '0', openingFen: '0', closingFen: '0', differenceFen: '0', behindLines: 0, withoutLine: 0, behindInFen: '0', behindOutFen: '0' }, ties: true,
}

type Parts = { facts: number; total: string; outside: string; without_manager: string }

/** Proves that nothing was left out: the sources are summed anew, independently of the collected facts, and compared with them. */
export async function controlReport(tx: Transaction, collected: Collected, runId: string, stocks: StockRules): Promise<ControlReport> {
  const { from, to, days } = spanOf(collected.month)
  const rows: ControlRow[] = []
  // one walk over the run's facts for all sources
  const sums = await walkRun(tx, sql<{ line_code: string; kind: string; amounts: string | null; stocks: string | null }>`
    SELECT line_code, kind, sum(amount_fen * share_pct)::text AS amounts, sum(fen_days * share_days)::text AS stocks FROM pay_fact WHERE run_id = ${runId}::uuid AND of_month = ${from}::date GROUP BY line_code, kind`)
  const inLines = (line: string, kind: string): { amounts: string | null; stocks: string | null } | undefined => sums.find((one) => one.line_code === line && one.kind === kind)
  const row = async (source: string, parts: Parts, sum: string, otherCurrency: number): Promise<void> => {
    const { total, outside, without_manager: withoutManager } = parts
    const added = (await tx.one(sql<{ ties: boolean }>`SELECT ${total}::numeric = ${sum}::numeric + ${outside}::numeric + ${withoutManager}::numeric AS ties`)).ties
    rows.push({ source, facts: parts.facts, total, inLines: sum, outside, withoutManager, otherCurrency, ties: added })
  }
  const foreign = await tx.one(sql<{ loans: number; deposits: number; loan_stocks: number }>`
    SELECT (SELECT count(*)::int FROM holdings_loan_facts WHERE paid_out_on >= ${from}::date AND paid_out_on < ${to}::date AND currency <> ${collected.currency}) AS loans,
           (SELECT count(*)::int FROM holdings_account_facts a WHERE a.line = 'DEPOSIT' AND a.currency <> ${collected.currency} AND EXISTS (SELECT FROM holdings_balance_facts b
             WHERE b.customer_id = a.customer_id AND b.account_id = a.account_id AND b.from_date < ${to}::date AND (b.to_date IS NULL OR b.to_date > ${from}::date))) AS deposits,
           (SELECT count(*)::int FROM holdings_loan_facts l WHERE l.currency <> ${collected.currency} AND EXISTS (SELECT FROM holdings_loan_span_facts s
             WHERE s.customer_id = l.customer_id AND s.loan_id = l.loan_id AND s.from_date < ${to}::date AND (s.to_date IS NULL OR s.to_date > ${from}::date))) AS loan_stocks`)

  const events = await tx.all(sql<Parts & { event: string }>`
    SELECT l.event, count(*)::int AS facts, (sum(l.amount_fen) * 100)::text AS total, coalesce(sum(l.amount_fen * a.outside), 0)::text AS outside, coalesce(sum(l.amount_fen * (100 - coalesce(a.held, 0))), 0)::text AS without_manager
    FROM (${paidOutLoans(collected)}) l
    LEFT JOIN (SELECT p.loan_id, sum(s.share_pct) AS held, sum(s.share_pct) FILTER (WHERE c.staff_key IS NULL OR NOT ${countsDay(collected.people, sql`s.staff_key`, sql`p.paid_out_on`)}) AS outside
      FROM (SELECT DISTINCT customer_id, loan_id, paid_out_on FROM (${paidOutLoans(collected)}) d) p
      LEFT JOIN customers_merged_thing_facts m ON m.thing_id = p.loan_id AND m.from_date <= p.paid_out_on AND m.to_date > p.paid_out_on
      JOIN customers_assignment_facts s ON s.customer_id = coalesce(m.customer_id, p.customer_id) AND s.from_date <= p.paid_out_on AND (s.to_date IS NULL OR s.to_date > p.paid_out_on)
      LEFT JOIN (${coveredPeople(collected)}) c ON c.staff_key = s.staff_key
      GROUP BY p.loan_id) a ON a.loan_id = l.loan_id
    GROUP BY l.event ORDER BY l.event`)
  for (const event of events) {
    await row(event.event, event, inLines(event.event, 'LOAN')?.amounts ?? '0', foreign.loans)
  }
  // of whom the scheme pays for a part of the month, the other days lie outside of it
  const counted = collected.people.apart.keys.length === 0 ? null : sql`LEFT JOIN (${slicesOfMonth(collected.month, collected.people)}) n ON n.owner_id = s.owner_id AND n.staff_key = s.staff_key`
  const outside = counted === null ? sql`sum(s.share_days) FILTER (WHERE c.staff_key IS NULL)` : sql`sum(s.share_days - CASE WHEN c.staff_key IS NULL THEN 0 ELSE coalesce(n.share_days, 0) END)`
  const stock = (source: Sql): Sql<Parts> => sql<Parts>`
    SELECT count(*)::int AS facts, (coalesce(sum(k.fen_days), 0) * 100 * ${days}::int)::text AS total, coalesce(sum(k.fen_days * a.outside), 0)::text AS outside,
      coalesce(sum(k.fen_days * (100 * ${days}::int - coalesce(a.held, 0))), 0)::text AS without_manager
    FROM (${source}) k ${mergedThings}
    LEFT JOIN (SELECT s.owner_id, sum(s.share_days) AS held, ${outside} AS outside FROM (${slicesOfMonth(collected.month)}) s ${counted ?? sql``}
      LEFT JOIN (${coveredPeople(collected)}) c ON c.staff_key = s.staff_key GROUP BY s.owner_id) a ON a.owner_id = ${ownerOfFact}`
  if (stocks.loans) await row('MANAGED_LOAN_ADB', await tx.one(stock(loanDays(collected.month, collected.currency, stocks.loans.products))), inLines('MANAGED_LOAN_ADB', 'LOAN')?.stocks ?? '0', foreign.loan_stocks)
  if (stocks.deposits) await row('DEPOSIT_ADB_INCREMENT', await tx.one(stock(depositDays(collected.month, collected.currency))), inLines('DEPOSIT_ADB_INCREMENT', 'ACCOUNT')?.stocks ?? '0', foreign.deposits)

  const transactions = await controlTransactions(tx, collected, runId)
  return { rows: plainNumbers(rows), transactions, ties: rows.every(({ ties }) => ties) }
}

// numeric prints zeros that say nothing: 1200.0000 and 1200 are one number
const plainNumbers = (rows: ControlRow[]): ControlRow[] => rows.map((row) => ({ ...row, total: plain(row.total), inLines: plain(row.inLines), outside: plain(row.outside), withoutManager: plain(row.withoutManager) }))
const plain = (text: string): string => (text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text)

/** The month's bookings of deposits: they lead from the balances before to those at its end; how many lie behind lines of the run. */
export async function controlTransactions(tx: Transaction, collected: Pick<Collected, 'month' | 'currency'>, runId: string): Promise<ControlOfTransactions> {
  const { from, to } = spanOf(collected.month)
  const sums = await tx.one(sql<{ n: number; in_fen: string; out_fen: string; behind: number; behind_in: string; behind_out: string }>`
    SELECT count(*)::int AS n, coalesce(sum(t.amount_fen) FILTER (WHERE t.direction = 'IN'), 0)::text AS in_fen, coalesce(sum(t.amount_fen) FILTER (WHERE t.direction = 'OUT'), 0)::text AS out_fen,
      count(b.fact_id)::int AS behind, coalesce(sum(t.amount_fen) FILTER (WHERE t.direction = 'IN' AND b.fact_id IS NOT NULL), 0)::text AS behind_in,
      coalesce(sum(t.amount_fen) FILTER (WHERE t.direction = 'OUT' AND b.fact_id IS NOT NULL), 0)::text AS behind_out
    FROM holdings_transaction_facts t
    JOIN holdings_account_facts a ON a.customer_id = t.customer_id AND a.account_id = t.account_id AND a.line = 'DEPOSIT' AND a.currency = ${collected.currency}
    LEFT JOIN (SELECT DISTINCT fact_id FROM pay_fact WHERE run_id = ${runId}::uuid AND kind = 'ACCOUNT' AND of_month = ${from}::date) b ON b.fact_id = t.account_id
    WHERE t.booked_on >= ${from}::date AND t.booked_on < ${to}::date`)
  const [before, last] = [addDays(from, -1), addDays(to, -1)]
  const { opening, closing, difference } = await tx.one(sql<{ opening: string; closing: string; difference: string }>`
    SELECT opening::text, closing::text, (closing - opening - ${sums.in_fen}::numeric + ${sums.out_fen}::numeric)::text AS difference
    FROM (SELECT coalesce(sum(balance_fen) FILTER (WHERE from_date <= ${before}::date AND (to_date IS NULL OR to_date > ${before}::date)), 0) AS opening,
            coalesce(sum(balance_fen) FILTER (WHERE from_date <= ${last}::date AND (to_date IS NULL OR to_date > ${last}::date)), 0) AS closing
          FROM holdings_balance_facts WHERE line = 'DEPOSIT' AND currency = ${collected.currency} AND from_date <= ${last}::date AND (to_date IS NULL OR to_date > ${before}::date)) b`)
  return {
    transactions: sums.n, inFen: sums.in_fen, outFen: sums.out_fen, openingFen: opening, closingFen: closing, differenceFen: difference, behindLines: sums.behind, withoutLine: sums.n - sums.behind,
    behindInFen: sums.behind_in, behindOutFen: sums.behind_out,
  }
}
