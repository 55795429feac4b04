/**
 * The same month by hand-written SQL, as a person would write it for this one scheme: facts into a table like pay_fact with its index, one row of pay for each
 * manager, the control sums. No row-level security, no journal, no explanation, no rule but this one. Runs as the owner.
 */
export const prepareByHand = `
  CREATE TABLE bench_fact (LIKE pay_fact INCLUDING ALL);
  CREATE TABLE bench_pay (staff_key int PRIMARY KEY, points numeric, payable_fen bigint, lines jsonb)`

export const emptyByHand = 'TRUNCATE bench_fact, bench_pay'

const run = `'00000000-0000-7000-8000-000000000001'::uuid`
const slices = `
  SELECT customer_id, staff_key, sum(share_pct * (least(coalesce(to_date, $2), $2) - greatest(from_date, $1))) AS share_days, sum(least(coalesce(to_date, $2), $2) - greatest(from_date, $1))::int AS held
  FROM assignment WHERE from_date < $2 AND (to_date IS NULL OR to_date > $1) GROUP BY customer_id, staff_key`
// balances of wealth products and of other currencies are no deposits of this scheme
const deposits = `balance_span b JOIN account a ON a.customer_id = b.customer_id AND a.id = b.account_id AND a.currency = 'CNY' JOIN product d ON d.code = a.product_code AND d.line = 'DEPOSIT'`
const loans = `loan_span s JOIN loan l ON l.customer_id = s.customer_id AND l.id = s.loan_id AND l.currency = 'CNY'`
const people = `SELECT DISTINCT ON (p.staff_key) p.staff_key, i.scope_path FROM post_held p JOIN institution_span i ON i.institution_key = p.line_key WHERE p.post_code = 'RM' ORDER BY p.staff_key`

/** $1 first day, $2 the day after the last. */
export const settleByHand: readonly string[] = [
  `INSERT INTO bench_fact (run_id, staff_key, line_code, of_month, fact_id, kind, customer_id, fact_date, amount_fen, share_pct, points, money_fen, scope_path)
   SELECT ${run}, a.staff_key, 'NEW_SMALL_LOAN', $1, l.id, 'LOAN', l.customer_id, l.paid_out_on, l.amount_fen, a.share_pct, round(20 * a.share_pct / 100, 2), round(20 * a.share_pct / 100, 2) * 500, p.scope_path
   FROM loan l JOIN assignment a ON a.customer_id = l.customer_id AND a.from_date <= l.paid_out_on AND (a.to_date IS NULL OR a.to_date > l.paid_out_on) JOIN (${people}) p ON p.staff_key = a.staff_key
   WHERE l.paid_out_on >= $1::date AND l.paid_out_on < $2::date AND l.currency = 'CNY'`,
  `INSERT INTO bench_fact (run_id, staff_key, line_code, of_month, fact_id, kind, customer_id, amount_fen, share_pct, held_days, fen_days, share_days, scope_path)
   SELECT ${run}, h.staff_key, 'MANAGED_LOAN_ADB', $1, k.id, 'LOAN', k.customer_id, round(k.fen_days / ($2::date - $1::date)), round(h.share_days / h.held, 4), h.held, k.fen_days, h.share_days, p.scope_path
   FROM (SELECT s.customer_id, loan_id AS id, sum(principal_fen * (least(coalesce(s.to_date, $2), $2) - greatest(s.from_date, $1))) AS fen_days FROM ${loans} WHERE s.from_date < $2 AND (s.to_date IS NULL OR s.to_date > $1) GROUP BY s.customer_id, loan_id) k
   JOIN (${slices}) h USING (customer_id) JOIN (${people}) p ON p.staff_key = h.staff_key WHERE k.fen_days <> 0`,
  `INSERT INTO bench_fact (run_id, staff_key, line_code, of_month, fact_id, kind, customer_id, amount_fen, share_pct, held_days, fen_days, share_days, scope_path)
   SELECT ${run}, h.staff_key, 'DEPOSIT_ADB_INCREMENT', $1, k.id, 'ACCOUNT', k.customer_id, round(k.fen_days / ($2::date - $1::date)), round(h.share_days / h.held, 4), h.held, k.fen_days, h.share_days, p.scope_path
   FROM (SELECT b.customer_id, account_id AS id, sum(balance_fen * (least(coalesce(b.to_date, $2), $2) - greatest(b.from_date, $1))) AS fen_days FROM ${deposits} WHERE b.from_date < $2 AND (b.to_date IS NULL OR b.to_date > $1) GROUP BY b.customer_id, account_id) k
   JOIN (${slices}) h USING (customer_id) JOIN (${people}) p ON p.staff_key = h.staff_key WHERE k.fen_days <> 0`,
  `INSERT INTO bench_fact (run_id, staff_key, line_code, of_month, fact_id, kind, customer_id, amount_fen, share_pct, held_days, fen_days, share_days, scope_path)
   SELECT ${run}, a.staff_key, 'DEPOSIT_ADB_INCREMENT', $1, a.id, 'BASE', a.customer_id, -a.base_adb_fen, a.share_pct, d.held, -a.base_adb_fen * ($2::date - $1::date), a.share_pct * d.held, p.scope_path
   FROM assignment a CROSS JOIN LATERAL (SELECT least(coalesce(a.to_date, $2), $2) - greatest(a.from_date, $1) AS held) d JOIN (${people}) p ON p.staff_key = a.staff_key
   WHERE a.base_adb_fen <> 0 AND a.from_date < $2 AND (a.to_date IS NULL OR a.to_date > $1)`,
  `INSERT INTO bench_pay (staff_key, points, payable_fen, lines)
   SELECT staff_key, sum(points), greatest(sum(points) * 500, 0), jsonb_object_agg(line_code, jsonb_build_array(facts, points))
   FROM (SELECT staff_key, line_code, count(*) AS facts, CASE line_code WHEN 'NEW_SMALL_LOAN' THEN sum(points)
           ELSE round(round(sum(fen_days * share_days) / (100 * ($2::date - $1::date)::numeric ^ 2), 0) * CASE line_code WHEN 'MANAGED_LOAN_ADB' THEN 0.5 ELSE 1 END / 10000000, 2) END AS points
         FROM bench_fact GROUP BY staff_key, line_code) line GROUP BY staff_key`,
]

/** The control sums: stocks and pay-outs of the month, with and without manager. */
export const controlByHand: readonly string[] = [
  `SELECT sum(l.amount_fen), sum(l.amount_fen * (100 - coalesce((SELECT sum(share_pct) FROM assignment a WHERE a.customer_id = l.customer_id AND a.from_date <= l.paid_out_on AND (a.to_date IS NULL OR a.to_date > l.paid_out_on)), 0)))
   FROM loan l WHERE l.paid_out_on >= $1::date AND l.paid_out_on < $2::date AND l.currency = 'CNY'`,
  `SELECT sum(k.fen_days), sum(k.fen_days * (100 * ($2::date - $1::date) - coalesce(h.held, 0))) FROM (SELECT s.customer_id, sum(principal_fen * (least(coalesce(s.to_date, $2), $2) - greatest(s.from_date, $1))) AS fen_days FROM ${loans}
     WHERE s.from_date < $2 AND (s.to_date IS NULL OR s.to_date > $1) GROUP BY s.customer_id) k LEFT JOIN (SELECT customer_id, sum(share_days) AS held FROM (${slices}) s GROUP BY customer_id) h USING (customer_id)`,
  `SELECT sum(k.fen_days), sum(k.fen_days * (100 * ($2::date - $1::date) - coalesce(h.held, 0))) FROM (SELECT b.customer_id, sum(balance_fen * (least(coalesce(b.to_date, $2), $2) - greatest(b.from_date, $1))) AS fen_days FROM ${deposits}
     WHERE b.from_date < $2 AND (b.to_date IS NULL OR b.to_date > $1) GROUP BY b.customer_id) k LEFT JOIN (SELECT customer_id, sum(share_days) AS held FROM (${slices}) s GROUP BY customer_id) h USING (customer_id)`,
  `SELECT line_code, kind, sum(amount_fen * share_pct), sum(fen_days * share_days) FROM bench_fact GROUP BY line_code, kind`,
]
export const totalByHand = 'SELECT count(*)::int AS people, sum(payable_fen)::text AS payable, (SELECT count(*)::int FROM bench_fact) AS facts FROM bench_pay'
