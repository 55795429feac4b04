import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { addDays, monthOf } from '../foundation/values/business-date.ts'
import { decimalText, exact } from '../foundation/values/decimal.ts'
import { bulk } from '../foundation/store/store.ts'
import { spanOf, type Collected } from './collect-facts.ts'
import { earlyDeduction, isWithheld, refundOf } from './points.rules.ts'

type Effect = {
  staff_key: number; line_code: 'EARLY' | 'OVERDUE' | 'REFUND'; of_month: string; fact_id: string; customer_id: string; fact_date: string; amount_fen: string; money_fen: string; value: string | null
  why: string | null; scope_path: string
}
type Paid = { loan_id: string; customer_id: string; staff_key: number; scope_path: string; original_fen: string }

// The runs that count for earlier months, and the one being made: what was once paid on a loan, and to whom.
const paidOn = (collected: Collected, runId: string) => sql`
  SELECT f.fact_id AS loan_id, f.staff_key, (array_agg(f.scope_path ORDER BY f.of_month DESC))[1] AS scope_path, sum(f.money_fen) AS original_fen
  FROM pay_fact f WHERE f.kind = 'LOAN' AND f.points IS NOT NULL
    AND (f.run_id = ${runId}::uuid OR f.run_id IN (SELECT run_id FROM settled_month WHERE scheme_code = ${collected.schemeCode} AND month < ${spanOf(collected.month).from}::date))
  GROUP BY f.fact_id, f.staff_key HAVING sum(f.money_fen) > 0`

/**
 * What falls back on the person who received a loan's points, also after a transfer (3.0): early settlement, overdue at the month's end (once only while open), and
 * what comes back when such a loan recovers. The rules decide; this collects the loans and stores the facts. Returns how many.
 */
export async function collectLaterEffects(tx: Transaction, collected: Collected, runId: string): Promise<number> {
  const effects = [...(await earlySettlements(tx, collected, runId)), ...(await overdueLoans(tx, collected, runId)), ...(await recoveries(tx, collected))]
  if (effects.length === 0) return 0
  await bulk(tx, {
    table: 'pay_fact', what: 'add', why: `settlement ${collected.month}: early settlement, overdue, refunds`, batch: runId, sums: ['money_fen'],
    statement: sql`INSERT INTO pay_fact (run_id, staff_key, line_code, of_month, fact_id, kind, customer_id, fact_date, amount_fen, money_fen, value, why, scope_path)
      SELECT ${runId}::uuid, e.staff_key, e.line_code, e.of_month, e.fact_id, 'LOAN', e.customer_id, e.fact_date, e.amount_fen, e.money_fen, e.value, e.why, e.scope_path
      FROM jsonb_to_recordset(${JSON.stringify(effects)}::jsonb) AS e(staff_key int, line_code text, of_month date, fact_id uuid, customer_id uuid, fact_date date, amount_fen bigint, money_fen bigint,
        value numeric, why text, scope_path text)`,
  })
  return effects.length
}

async function earlySettlements(tx: Transaction, collected: Collected, runId: string): Promise<Effect[]> {
  const { from, to } = spanOf(collected.month)
  const loans = await tx.all(sql<Paid & { settled_on: string; matures_on: string; term_months: number; paid_out_on: string }>`
    SELECT l.loan_id, l.customer_id, l.settled_on, l.matures_on, l.term_months, l.paid_out_on, p.staff_key, p.scope_path, p.original_fen
    FROM holdings_loan_facts l JOIN (${paidOn(collected, runId)}) p ON p.loan_id = l.loan_id
    WHERE l.settled_on >= ${from}::date AND l.settled_on < ${to}::date AND l.settled_on < l.matures_on`)
  return loans.map((loan) => {
    const { deductFen, insideGrace, fullMonthsLeft } = earlyDeduction(collected.terms, {
      originalFen: BigInt(loan.original_fen), settledOn: loan.settled_on, maturesOn: loan.matures_on, termMonths: loan.term_months,
    })
    return {
      staff_key: loan.staff_key, line_code: 'EARLY', of_month: from, fact_id: loan.loan_id, customer_id: loan.customer_id, fact_date: loan.settled_on, amount_fen: loan.original_fen, money_fen: (-deductFen).toString(),
      value: String(fullMonthsLeft), why: insideGrace ? 'inside-grace' : fullMonthsLeft === 0 ? 'no-full-month-left' : null, scope_path: loan.scope_path,
    }
  })
}

// Withheld and not yet resolved: the recovered parts of a withheld loan add up to less than the whole.
const openWithheld = (collected: Collected) => sql`
  SELECT w.fact_id AS loan_id, w.customer_id, w.staff_key, w.scope_path, w.of_month, w.amount_fen AS overdue_then, -w.money_fen AS withheld_fen, coalesce(r.recovered, 0) AS recovered
  FROM pay_fact w JOIN settled_month m ON m.run_id = w.run_id AND m.scheme_code = ${collected.schemeCode} AND m.month < ${spanOf(collected.month).from}::date
  LEFT JOIN LATERAL (SELECT sum(f.value) AS recovered FROM pay_fact f JOIN settled_month s ON s.run_id = f.run_id AND s.scheme_code = ${collected.schemeCode} AND s.month < ${spanOf(collected.month).from}::date
                     WHERE f.fact_id = w.fact_id AND f.kind = 'LOAN' AND f.money_fen IS NOT NULL AND f.staff_key = w.staff_key AND f.line_code = 'REFUND' AND f.of_month = w.of_month) r ON true
  WHERE w.line_code = 'OVERDUE' AND w.kind = 'LOAN' AND w.money_fen IS NOT NULL AND coalesce(r.recovered, 0) < 1`

async function overdueLoans(tx: Transaction, collected: Collected, runId: string): Promise<Effect[]> {
  const { from, to } = spanOf(collected.month)
  const last = addDays(to, -1)
  const loans = await tx.all(sql<Paid & { overdue_since: string | null; overdue_fen: string; npl: boolean; span_from: string }>`
    SELECT s.loan_id, s.customer_id, s.overdue_since, s.overdue_fen, s.from_date AS span_from, coalesce(s.loan_class IN ('SUBSTANDARD', 'DOUBTFUL', 'LOSS'), false) AS npl, p.staff_key, p.scope_path, p.original_fen
    FROM holdings_loan_span_facts s JOIN (${paidOn(collected, runId)}) p ON p.loan_id = s.loan_id
    WHERE s.from_date <= ${last}::date AND (s.to_date IS NULL OR s.to_date > ${last}::date) AND s.principal_fen > 0
      AND (s.overdue_since < ${last}::date OR s.loan_class IN ('SUBSTANDARD', 'DOUBTFUL', 'LOSS'))
      AND NOT EXISTS (SELECT FROM (${openWithheld(collected)}) w WHERE w.loan_id = s.loan_id AND w.staff_key = p.staff_key AND NOT EXISTS (
        SELECT FROM holdings_loan_span_facts h WHERE h.customer_id = s.customer_id AND h.loan_id = s.loan_id AND h.overdue_since IS NULL AND coalesce(h.loan_class NOT IN ('SUBSTANDARD', 'DOUBTFUL', 'LOSS'), true)
          AND h.from_date < ${to}::date AND (h.to_date IS NULL OR h.to_date > (w.of_month + interval '1 month')::date)))`)
  return loans.filter((loan) => loan.npl || (loan.overdue_since !== null && isWithheld(collected.month, loan.overdue_since, null))).map((loan) => ({
    staff_key: loan.staff_key, line_code: 'OVERDUE', of_month: from, fact_id: loan.loan_id, customer_id: loan.customer_id, fact_date: loan.overdue_since ?? loan.span_from, amount_fen: loan.overdue_fen,
    money_fen: (-BigInt(loan.original_fen)).toString(), value: null, why: loan.npl ? 'not-performing' : null, scope_path: loan.scope_path,
  }))
}

async function recoveries(tx: Transaction, collected: Collected): Promise<Effect[]> {
  const { to } = spanOf(collected.month)
  const last = addDays(to, -1)
  const loans = await tx.all(sql<{ loan_id: string; customer_id: string; staff_key: number; scope_path: string; of_month: string; overdue_then: string; withheld_fen: string; recovered: string; whole_on: string | null; overdue_now: string | null; exempted: string }>`
    SELECT w.*, whole.recovered_on AS whole_on, now_span.overdue_fen AS overdue_now,
      coalesce((SELECT sum(x.money_fen) FROM performance_pay_case_payment_facts x WHERE x.kind = 'EXEMPTION' AND x.line_code = 'OVERDUE' AND x.fact_id = w.loan_id AND x.staff_key = w.staff_key AND x.of_month = w.of_month), 0)::text AS exempted
    FROM (${openWithheld(collected)}) w
    LEFT JOIN LATERAL (
      SELECT min(greatest(s.from_date, (w.of_month + interval '1 month')::date)) AS recovered_on FROM holdings_loan_span_facts s
      WHERE s.customer_id = w.customer_id AND s.loan_id = w.loan_id AND s.overdue_since IS NULL AND coalesce(s.loan_class NOT IN ('SUBSTANDARD', 'DOUBTFUL', 'LOSS'), true)
        AND s.from_date < ${to}::date AND (s.to_date IS NULL OR s.to_date > (w.of_month + interval '1 month')::date)) whole ON true
    LEFT JOIN LATERAL (
      SELECT s.overdue_fen FROM holdings_loan_span_facts s WHERE s.customer_id = w.customer_id AND s.loan_id = w.loan_id AND s.from_date <= ${last}::date AND (s.to_date IS NULL OR s.to_date > ${last}::date)) now_span ON true`)
  return loans.flatMap((loan): Effect[] => {
    const before = exact(loan.recovered)
    const then = BigInt(loan.overdue_then)
    const now = loan.whole_on !== null ? 0n : loan.overdue_now === null ? then : BigInt(loan.overdue_now)
    // recovered since the last time, as a part of what was overdue then
    const share = loan.whole_on !== null ? exact('1').minus(before) : then <= 0n || now >= then ? exact('0') : exact(decimalText(exact(then - now).div(exact(then)), 6)).minus(before)
    if (share.lte(0)) return []
    const recoveredOn = loan.whole_on ?? last
    const refund = refundOf(collected.terms, { withheldIn: monthOf(loan.of_month), withheldFen: BigInt(loan.withheld_fen), recoveredOn, recoveredShare: decimalText(share, 6) })
    // what an exemption gave back already does not come back a second time
    const most = BigInt(loan.withheld_fen) - BigInt(loan.exempted)
    return [{
      staff_key: loan.staff_key, line_code: 'REFUND', of_month: loan.of_month, fact_id: loan.loan_id, customer_id: loan.customer_id, fact_date: recoveredOn, amount_fen: loan.withheld_fen,
      money_fen: (refund.refundFen < most ? refund.refundFen : most).toString(), value: decimalText(share, 6), why: refund.refundFen > most ? 'given-back-already' : refund.why, scope_path: loan.scope_path,
    }]
  })
}
