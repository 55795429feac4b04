import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { daysBetween, monthStart, nextMonth } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { getFactBookings } from './statement.contract.ts'

const mostBookings = 500

/** The last step down from pay: closing balances of the days and the bookings of an account, or the states of a loan, in the month. The customer is open. */
export const getFactBookingsRoute = handle(getFactBookings, async (tx, { params, query }) => {
  const [from, to] = [monthStart(query.month), monthStart(nextMonth(query.month))]
  const { customerId, factId } = params
  const days = (span: { from_date: string; to_date: string | null }): number => daysBetween(span.from_date > from ? span.from_date : from, span.to_date !== null && span.to_date < to ? span.to_date : to)
  const account = await tx.maybe(sql<{ currency: string; product_code: string }>`SELECT currency, product_code FROM holdings_account_facts WHERE customer_id = ${customerId} AND account_id = ${factId}`)
  if (account) {
    const spans = await tx.all(sql<{ from_date: string; to_date: string | null; fen: string }>`
      SELECT from_date, to_date, balance_fen AS fen FROM holdings_balance_facts WHERE customer_id = ${customerId} AND account_id = ${factId} AND from_date < ${to}::date AND (to_date IS NULL OR to_date > ${from}::date) ORDER BY from_date`)
    const bookings = await tx.all(sql<{ id: string; day: string; direction: 'IN' | 'OUT'; amountFen: string; kind: string | null }>`
      SELECT transaction_id AS id, booked_on AS day, direction, amount_fen AS "amountFen", kind FROM holdings_transaction_facts
      WHERE customer_id = ${customerId} AND account_id = ${factId} AND booked_on >= ${from}::date AND booked_on < ${to}::date ORDER BY booked_on, transaction_id LIMIT ${mostBookings + 1}`)
    return ok({
      kind: 'ACCOUNT' as const, currency: account.currency, name: account.product_code, spans: spans.map((span) => ({ from: span.from_date, to: span.to_date, fen: span.fen, days: days(span), overdueSince: null })),
      bookings: bookings.slice(0, mostBookings), more: bookings.length > mostBookings, loan: null,
    })
  }
  const loan = await tx.maybe(sql<{ currency: string; core_key: string; amount_fen: string; paid_out_on: string; matures_on: string; settled_on: string | null }>`
    SELECT currency, core_key, amount_fen, paid_out_on, matures_on, settled_on FROM holdings_loan_facts WHERE customer_id = ${customerId} AND loan_id = ${factId}`)
  if (!loan) return refuse('not-found')
  const spans = await tx.all(sql<{ from_date: string; to_date: string | null; fen: string; overdue_since: string | null }>`
    SELECT from_date, to_date, principal_fen AS fen, overdue_since FROM holdings_loan_span_facts WHERE customer_id = ${customerId} AND loan_id = ${factId} AND from_date < ${to}::date AND (to_date IS NULL OR to_date > ${from}::date) ORDER BY from_date`)
  return ok({
    kind: 'LOAN' as const, currency: loan.currency, name: loan.core_key, spans: spans.map((span) => ({ from: span.from_date, to: span.to_date, fen: span.fen, days: days(span), overdueSince: span.overdue_since })), bookings: [], more: false,
    loan: { amountFen: loan.amount_fen, paidOutOn: loan.paid_out_on, maturesOn: loan.matures_on, settledOn: loan.settled_on },
  })
})
