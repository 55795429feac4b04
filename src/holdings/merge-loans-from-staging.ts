import { sql } from '../foundation/database/transaction.ts'
import type { MergeRun } from '../foundation/store/merge-run.ts'
import { bulk, quiet } from '../foundation/store/store.ts'

/** Loans: owner and outlet follow from the account where the delivery does not name them. */
export async function mergeLoansFromStaging({ tx, batch, why, effects }: MergeRun): Promise<void> {
  const staged = sql`(
    SELECT s.loan_key, coalesce(c.customer_id, a.customer_id) AS customer_id, a.id AS account_id, s.product_code, coalesce(s.currency, a.currency, (SELECT currency FROM bank)) AS currency,
      coalesce(o.institution_key, a.outlet_key) AS outlet_key, s.amount_fen, s.paid_out_on, coalesce(s.matures_on, (s.paid_out_on + make_interval(months => s.term_months))::date) AS matures_on,
      s.term_months, s.instalment_fen, s.rate, s.status_letter, s.settled_on
    FROM deliveries_loan_facts s LEFT JOIN account a ON a.core_key = s.account_key LEFT JOIN customers_customer_facts c ON c.number = s.customer_number
    LEFT JOIN (SELECT DISTINCT ON (institution_key) institution_key, code FROM organisation_institution_facts ORDER BY institution_key, from_date DESC) o ON o.code = s.outlet_code)`
  effects.push(await bulk(tx, {
    table: 'loan', what: 'change', why, batch, alias: 'l', sums: ['amount_fen'],
    statement: sql`UPDATE loan l SET product_code = s.product_code, outlet_key = s.outlet_key, amount_fen = s.amount_fen, paid_out_on = s.paid_out_on, matures_on = s.matures_on, term_months = s.term_months,
        instalment_fen = coalesce(s.instalment_fen, l.instalment_fen), rate = coalesce(s.rate, l.rate), status_letter = coalesce(s.status_letter, l.status_letter), settled_on = coalesce(s.settled_on, l.settled_on), batch_id = ${batch}::uuid
      FROM ${staged} s WHERE l.core_key = s.loan_key AND l.customer_id = s.customer_id
        AND (l.product_code, l.outlet_key, l.amount_fen, l.paid_out_on, l.matures_on, l.term_months, l.instalment_fen, l.rate, l.status_letter, l.settled_on)
        IS DISTINCT FROM (s.product_code, s.outlet_key, s.amount_fen, s.paid_out_on, s.matures_on, s.term_months, coalesce(s.instalment_fen, l.instalment_fen), coalesce(s.rate, l.rate),
          coalesce(s.status_letter, l.status_letter), coalesce(s.settled_on, l.settled_on))`,
  }))
  effects.push(await bulk(tx, {
    table: 'loan', what: 'add', why, batch, sums: ['amount_fen'],
    statement: sql`INSERT INTO loan (customer_id, id, core_key, account_id, product_code, currency, outlet_key, amount_fen, paid_out_on, matures_on, term_months, instalment_fen, rate, status_letter, settled_on, batch_id)
      SELECT s.customer_id, uuid7(), s.loan_key, s.account_id, s.product_code, s.currency, s.outlet_key, s.amount_fen, s.paid_out_on, s.matures_on, s.term_months, s.instalment_fen, s.rate, s.status_letter, s.settled_on, ${batch}::uuid
      FROM ${staged} s WHERE NOT EXISTS (SELECT FROM loan l WHERE l.core_key = s.loan_key) ORDER BY 1`,
  }))
}

/** Delivered states of loans become spans: each holds from its day to the loan's next known change. */
export async function mergeLoanStatesFromStaging(run: MergeRun): Promise<void> {
  const { staged } = await run.tx.one(sql<{ staged: boolean }>`SELECT EXISTS (SELECT FROM deliveries_loan_state_facts) AS staged`)
  if (!staged) return
  await quiet(run.tx, 'loan_span_draft', 'add', sql`
    INSERT INTO loan_span_draft (customer_id, loan_id, from_date, to_date, principal_fen, overdue_since, overdue_fen, loan_class, derived)
    WITH p AS (SELECT l.customer_id, l.id AS loan_id, s.day, s.principal_fen, s.overdue_since, coalesce(s.overdue_fen, 0) AS overdue_fen, s.loan_class FROM deliveries_loan_state_facts s JOIN loan l ON l.core_key = s.loan_key),
    first AS (SELECT customer_id, loan_id, min(day) AS day FROM p GROUP BY 1, 2),
    point AS (
      SELECT customer_id, loan_id, day, principal_fen, overdue_since, overdue_fen, loan_class, 1 AS rank FROM p
      UNION ALL SELECT b.customer_id, b.loan_id, b.from_date, b.principal_fen, b.overdue_since, b.overdue_fen, b.loan_class, 0 FROM first f JOIN loan_span b ON b.customer_id = f.customer_id AND b.loan_id = f.loan_id
        WHERE b.to_date IS NULL OR b.to_date >= f.day
    ), known AS (SELECT DISTINCT ON (customer_id, loan_id, day) customer_id, loan_id, day, ROW(principal_fen, overdue_since, overdue_fen, loan_class) AS state, principal_fen, overdue_since, overdue_fen, loan_class
      FROM point ORDER BY customer_id, loan_id, day, rank DESC),
    step AS (SELECT *, lag(state) OVER (PARTITION BY customer_id, loan_id ORDER BY day) IS DISTINCT FROM state AS changes FROM known)
    SELECT customer_id, loan_id, day, lead(day) OVER (PARTITION BY customer_id, loan_id ORDER BY day), principal_fen, overdue_since, overdue_fen, loan_class, false FROM step WHERE changes ORDER BY 1, 2, 3`)
  await takeDraft(run)
}

/**
 * No overdue days are delivered: they are worked out from the repayments (2.14). A month's instalment is paid when bookings of `kind` of the loan's account in [due date, next due date)
 * reach it; overdue since the oldest unpaid due date; due date = the loan's day of month, first due one month later, clamped to the month's end. Principal = amount less what was repaid.
 */
export async function deriveLoanStates(run: MergeRun, kind: string): Promise<void> {
  const day = run.businessDate
  await quiet(run.tx, 'loan_span_draft', 'add', sql`
    INSERT INTO loan_span_draft (customer_id, loan_id, from_date, to_date, principal_fen, overdue_since, overdue_fen, loan_class, derived)
    WITH due AS (
      SELECT l.customer_id, l.id AS loan_id, l.account_id, k, l.instalment_fen, (l.paid_out_on + make_interval(months => k))::date AS due_on, (l.paid_out_on + make_interval(months => k + 1))::date AS next_due
      FROM loan l, generate_series(1, l.term_months) k WHERE l.instalment_fen > 0 AND l.account_id IS NOT NULL AND (l.paid_out_on + make_interval(months => k))::date <= ${day}::date
    ), repaid AS (
      SELECT l.customer_id, l.id AS loan_id, t.booked_on, sum(t.amount_fen) AS fen FROM loan l
      JOIN account_transaction t ON t.customer_id = l.customer_id AND t.account_id = l.account_id AND t.kind = ${kind} AND t.direction = 'OUT' AND t.booked_on >= l.paid_out_on AND t.booked_on <= ${day}::date GROUP BY 1, 2, 3
    ), reached AS (
      SELECT d.customer_id, d.loan_id, d.k, r.booked_on, sum(r.fen) OVER (PARTITION BY d.customer_id, d.loan_id, d.k ORDER BY r.booked_on) >= d.instalment_fen AS enough
      FROM due d JOIN repaid r ON r.customer_id = d.customer_id AND r.loan_id = d.loan_id AND r.booked_on >= d.due_on AND r.booked_on < d.next_due
    ), instalment AS (
      SELECT d.customer_id, d.loan_id, d.due_on, d.instalment_fen, (SELECT min(booked_on) FROM reached r WHERE r.customer_id = d.customer_id AND r.loan_id = d.loan_id AND r.k = d.k AND r.enough) AS paid_on FROM due d
    ), day AS (
      SELECT customer_id, id AS loan_id, paid_out_on AS day FROM loan WHERE paid_out_on <= ${day}::date AND instalment_fen > 0 AND account_id IS NOT NULL
      UNION SELECT customer_id, loan_id, due_on FROM instalment UNION SELECT customer_id, loan_id, paid_on FROM instalment WHERE paid_on IS NOT NULL UNION SELECT customer_id, loan_id, booked_on FROM repaid
    ), known AS (
      SELECT d.customer_id, d.loan_id, d.day, greatest(l.amount_fen - coalesce((SELECT sum(r.fen) FROM repaid r WHERE r.customer_id = d.customer_id AND r.loan_id = d.loan_id AND r.booked_on <= d.day), 0), 0)::bigint AS principal_fen, o.overdue_since, o.overdue_fen
      FROM day d JOIN loan l ON l.customer_id = d.customer_id AND l.id = d.loan_id
      JOIN LATERAL (SELECT min(i.due_on) AS overdue_since, coalesce(sum(i.instalment_fen), 0)::bigint AS overdue_fen FROM instalment i
        WHERE i.customer_id = d.customer_id AND i.loan_id = d.loan_id AND i.due_on <= d.day AND (i.paid_on IS NULL OR i.paid_on > d.day)) o ON true
    ), step AS (SELECT *, lag(ROW(principal_fen, overdue_since, overdue_fen)) OVER (PARTITION BY customer_id, loan_id ORDER BY day) IS DISTINCT FROM ROW(principal_fen, overdue_since, overdue_fen) AS changes FROM known)
    SELECT customer_id, loan_id, day, lead(day) OVER (PARTITION BY customer_id, loan_id ORDER BY day), principal_fen, overdue_since, overdue_fen, NULL, true FROM step WHERE changes ORDER BY 1, 2, 3`)
  await takeDraft(run)
}

async function takeDraft({ tx, batch, why, effects }: MergeRun): Promise<void> {
  effects.push(await bulk(tx, {
    table: 'loan_span', what: 'remove', why, batch, alias: 'b',
    statement: sql`DELETE FROM loan_span b USING (SELECT customer_id, loan_id, min(from_date) AS first FROM loan_span_draft GROUP BY 1, 2) d
      WHERE b.customer_id = d.customer_id AND b.loan_id = d.loan_id AND b.from_date >= d.first
        AND NOT EXISTS (SELECT FROM loan_span_draft n WHERE n.customer_id = b.customer_id AND n.loan_id = b.loan_id AND n.from_date = b.from_date)`,
  }))
  effects.push(await bulk(tx, {
    table: 'loan_span', what: 'change', why, batch, alias: 'b', sums: ['principal_fen'],
    statement: sql`UPDATE loan_span b SET to_date = n.to_date, principal_fen = n.principal_fen, overdue_since = n.overdue_since, overdue_fen = n.overdue_fen, loan_class = n.loan_class, derived = n.derived, batch_id = ${batch}::uuid
      FROM loan_span_draft n WHERE n.customer_id = b.customer_id AND n.loan_id = b.loan_id AND n.from_date = b.from_date
        AND (b.to_date, b.principal_fen, b.overdue_since, b.overdue_fen, b.loan_class, b.derived) IS DISTINCT FROM (n.to_date, n.principal_fen, n.overdue_since, n.overdue_fen, n.loan_class, n.derived)`,
  }))
  effects.push(await bulk(tx, {
    table: 'loan_span', what: 'add', why, batch, sums: ['principal_fen'],
    statement: sql`INSERT INTO loan_span (customer_id, loan_id, from_date, to_date, principal_fen, overdue_since, overdue_fen, loan_class, derived, batch_id)
      SELECT n.customer_id, n.loan_id, n.from_date, n.to_date, n.principal_fen, n.overdue_since, n.overdue_fen, n.loan_class, n.derived, ${batch}::uuid FROM loan_span_draft n
      WHERE NOT EXISTS (SELECT FROM loan_span b WHERE b.customer_id = n.customer_id AND b.loan_id = n.loan_id AND b.from_date = n.from_date) ORDER BY 1, 2, 3`,
  }))
  await quiet(tx, 'loan_span_draft', 'remove', sql`DELETE FROM loan_span_draft`)
}
