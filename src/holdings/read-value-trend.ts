import { sql, type Sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { addDays, monthStart, shiftMonth } from '../foundation/values/business-date.ts'
import { ok } from '../foundation/values/outcome.ts'
import { depositFiguresSql, depositSpansOf, figuresView } from './balance-figures.ts'
import { getValueTrend } from './holdings.contract.ts'

/** Month averages of deposits and loans over 12 or 24 months, in one statement; the present month counts up to the business date. */
export const getValueTrendRoute = handle(getValueTrend, async (tx, { params: { customerId }, query }, { businessDate: day }) => {
  const first = `${shiftMonth(day, 1 - Number(query.months))}-01`
  const loanSpans = sql`
    SELECT s.from_date, s.to_date, s.principal_fen AS fen FROM loan_span s JOIN loan l ON l.customer_id = s.customer_id AND l.id = s.loan_id
    WHERE s.customer_id = ${customerId} AND l.currency = (SELECT currency FROM bank)`
  const months = await tx.all(sql<{ month: string; depositAdbFen: string; loanAdbFen: string }>`
    SELECT to_char(m.from_date, 'YYYY-MM') AS month, ${average(sql`SELECT from_date, to_date, balance_fen AS fen FROM (${depositSpansOf(customerId)}) d`)} AS "depositAdbFen", ${average(loanSpans)} AS "loanAdbFen"
    FROM (SELECT g::date AS from_date, least((g + interval '1 month')::date, ${addDays(day, 1)}::date) AS until
          FROM generate_series(${first}::timestamp, ${monthStart(day)}::timestamp, interval '1 month') g) m
    ORDER BY m.from_date`)
  const row = await tx.one(depositFiguresSql(depositSpansOf(customerId), day))
  const { loan, others, currency } = await tx.one(sql<{ loan: string; others: number; currency: string }>`
    SELECT currency, coalesce((SELECT sum(fen) FROM (${loanSpans}) s WHERE s.from_date <= ${day} AND (s.to_date IS NULL OR s.to_date > ${day})), 0)::text AS loan,
      (SELECT count(*)::int FROM account a WHERE a.customer_id = ${customerId} AND a.currency <> bank.currency AND a.opened_on <= ${day}) AS others FROM bank`)
  return ok({ asOf: day, currency, months, deposits: figuresView(row, day), loanFen: loan, otherCurrencies: others })
})

/** The average of `spans` (from_date, to_date, fen) over m.from_date to m.until, half up to fen, as digits. */
function average(spans: Sql): Sql {
  return sql`coalesce((SELECT round(sum(s.fen::numeric * (least(coalesce(s.to_date, m.until), m.until) - greatest(s.from_date, m.from_date))) / (m.until - m.from_date))
    FROM (${spans}) s WHERE s.from_date < m.until AND (s.to_date IS NULL OR s.to_date > m.from_date)), 0)::text`
}
