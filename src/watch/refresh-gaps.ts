import { sql, type Sql } from '../foundation/database/transaction.ts'
import { quiet } from '../foundation/store/store.ts'
import { settleAlerts } from './settle-alerts.ts'
import { limitsOf, type WatchRun } from './watch-run.ts'

/**
 * What customers lack (W4 a): for each saved rule in force, who has all of `has` and none of `lacks`. A thing that nobody of this kind of customer has was not delivered: its lack is no gap.
 * Between a company and the person at its head (legal representative, controller, more than half of the shares) the other one is lacking when it is no customer: a unit for each; its value is the median of those who are customers, heads
 * with a firm here or firms with their head here, when there are enough of them, else of all persons or companies of the bank.
 * Of a company that pays its salaries through the bank, the payees without a card of the bank are lacking, a unit for each that the bookings name (holdings_salary_facts); a sum paid for all of them at once names nobody and tells nothing.
 * A card of theirs is worth the median of the payees who have one, else of all persons with a card.
 * Expected yearly value = the median yearly contribution of the holders of what is lacking, of the same kind and tier when there are at least as many as the limit says, else of the whole bank. Without published
 * contributions (customers_contribution_facts) the value is not known and left out, and the list goes by the average deposit. Who wants no calls or has withdrawn his consent to marketing is not listed; a lack of wealth products says
 * whether the customer has a risk assessment that still holds, without which none may be sold.
 */
export async function refreshGaps(run: WatchRun): Promise<void> {
  const { tx, businessDate, bankCode } = run
  // of the last twelve full months, as far as they are known
  const contribution: Sql = sql`
    SELECT customer_id, sum(pre_tax_fen)::bigint AS yearly_fen FROM customers_contribution_facts
    WHERE month_start >= date_trunc('month', ${businessDate}::date) - interval '12 months' AND month_start < date_trunc('month', ${businessDate}::date) GROUP BY customer_id`
  await quiet(tx, 'alert_draft', 'add', sql`
    INSERT INTO alert_draft (customer_id, kind, about, raised_on, due_on, amount_fen, detail, limit_version)
    WITH lim AS (${limitsOf('GAP', bankCode, businessDate)}),
    head AS MATERIALIZED (
      SELECT DISTINCT from_party, to_party, from_customer_id, to_customer_id FROM customers_relation_facts
      WHERE from_kind = 'PERSON' AND to_kind = 'COMPANY' AND (kind IN ('LEGAL_REPRESENTATIVE', 'CONTROL') OR (kind = 'SHAREHOLDING' AND share_pct > 50)) AND from_date <= ${businessDate}::date AND (to_date IS NULL OR to_date > ${businessDate}::date)),
    payee AS MATERIALIZED (
      SELECT s.customer_id, coalesce(s.payee_customer_id::text, encode(s.payee_hash, 'hex')) AS payee, s.payee_customer_id,
        EXISTS (SELECT FROM holdings_card_facts c WHERE c.holder_customer_id = s.payee_customer_id AND c.issued_on <= ${businessDate}::date AND (c.expires_on IS NULL OR c.expires_on >= ${businessDate}::date)) AS carded
      FROM holdings_salary_facts s LEFT JOIN customers_customer_facts k ON k.customer_id = s.payee_customer_id
      WHERE s.booked_on <= ${businessDate}::date AND s.booked_on > ${businessDate}::date - (SELECT max(days) FROM lim) AND (s.payee_customer_id IS NULL OR k.kind = 'PERSON') GROUP BY 1, 2, 3),
    line AS (
      SELECT customer_id, 'LINE:' || line AS feature FROM holdings_account_facts WHERE opened_on <= ${businessDate}::date AND (closed_on IS NULL OR closed_on > ${businessDate}::date)
      UNION SELECT l.customer_id, 'LINE:LOAN' FROM holdings_loan_facts l WHERE l.paid_out_on <= ${businessDate}::date AND (l.settled_on IS NULL OR l.settled_on > ${businessDate}::date)
      UNION SELECT holder_customer_id, 'LINE:CARD' FROM holdings_card_facts WHERE issued_on <= ${businessDate}::date AND (expires_on IS NULL OR expires_on >= ${businessDate}::date)),
    missing AS (
      SELECT 'LEGAL_REP_NOT_PERSONAL' AS code, to_customer_id AS customer_id, count(DISTINCT from_party)::int AS units FROM head WHERE to_customer_id IS NOT NULL AND from_customer_id IS NULL GROUP BY 2
      UNION ALL SELECT 'FIRM_NOT_CUSTOMER', from_customer_id, count(DISTINCT to_party)::int FROM head WHERE from_customer_id IS NOT NULL AND to_customer_id IS NULL GROUP BY 2
      UNION ALL SELECT 'PAYROLL_STAFF_NOT_CARD', customer_id, count(*)::int FROM payee WHERE NOT carded GROUP BY 2),
    feature AS (
      SELECT to_customer_id AS customer_id, CASE n WHEN 1 THEN 'HEAD' ELSE 'HEAD:CUSTOMER' END AS feature FROM head, generate_series(1, 2) n WHERE to_customer_id IS NOT NULL GROUP BY 1, n HAVING n = 1 OR bool_and(from_customer_id IS NOT NULL)
      UNION SELECT from_customer_id, CASE n WHEN 1 THEN 'FIRM' ELSE 'FIRM:CUSTOMER' END FROM head, generate_series(1, 2) n WHERE from_customer_id IS NOT NULL GROUP BY 1, n HAVING n = 1 OR bool_and(to_customer_id IS NOT NULL)
      UNION SELECT customer_id, CASE n WHEN 1 THEN 'PAYEES' ELSE 'PAYEES:CARD' END FROM payee, generate_series(1, 2) n GROUP BY 1, n HAVING n = 1 OR bool_and(carded)
      UNION
      SELECT customer_id, feature FROM line
      UNION SELECT customer_id, 'CARD' FROM line WHERE feature = 'LINE:CARD'
      UNION SELECT customer_id, 'PRODUCT:' || product_code FROM holdings_account_facts WHERE opened_on <= ${businessDate}::date AND (closed_on IS NULL OR closed_on > ${businessDate}::date)
      UNION SELECT customer_id, 'PRODUCT:' || product_code FROM holdings_loan_facts WHERE paid_out_on <= ${businessDate}::date AND (settled_on IS NULL OR settled_on > ${businessDate}::date)
      UNION SELECT t.customer_id, 'FLOW:' || t.kind || ':' || t.direction FROM holdings_movement_facts t WHERE t.kind IS NOT NULL AND t.booked_on <= ${businessDate}::date AND t.booked_on > ${businessDate}::date - (SELECT max(days) FROM lim)
      UNION SELECT l.customer_id, 'LINES:' || n FROM (SELECT customer_id, count(*) AS lines FROM line GROUP BY 1) l CROSS JOIN LATERAL generate_series(1, l.lines) n),
    held AS MATERIALIZED (
      SELECT k.customer_id, k.kind, k.tier, array_agg(f.feature) AS features FROM feature f JOIN customers_customer_facts k ON k.customer_id = f.customer_id WHERE k.status = 'ACTIVE' GROUP BY 1, 2, 3),
    delivered AS (SELECT kind, array_agg(DISTINCT feature) AS features FROM held, unnest(features) feature GROUP BY 1),
    rule AS (
      SELECT r.code, r.version, r.name_zh, r.name_en, r.customer_kind, r.tiers, r.has, r.lacks FROM gap_rule r JOIN delivered d ON d.kind = r.customer_kind AND (d.features @> r.lacks OR r.lacks && '{HEAD:CUSTOMER,FIRM:CUSTOMER}' OR (r.lacks && '{PAYEES:CARD}' AND EXISTS (SELECT FROM holdings_card_facts)))
      WHERE r.from_date <= ${businessDate}::date AND (r.to_date IS NULL OR r.to_date > ${businessDate}::date)),
    refused AS (
      SELECT customer_id FROM customers_wish_facts WHERE no_calls
      UNION SELECT customer_id FROM customers_consent_facts WHERE consent_for = 'MARKETING' AND given_on <= ${businessDate}::date GROUP BY 1
      HAVING bool_or(withdrawn_on <= ${businessDate}::date) AND NOT bool_or((withdrawn_on IS NULL OR withdrawn_on > ${businessDate}::date) AND (valid_until IS NULL OR valid_until >= ${businessDate}::date))),
    gap AS (
      SELECT h.customer_id, h.kind, h.tier, r.code, r.version, r.name_zh, r.name_en, r.lacks FROM held h JOIN rule r ON r.customer_kind = h.kind AND (r.tiers = '{}' OR h.tier = ANY(r.tiers)) AND h.features @> r.has AND NOT h.features && r.lacks
      WHERE NOT EXISTS (SELECT FROM refused f WHERE f.customer_id = h.customer_id)),
    worth AS (${contribution}),
    -- exact medians: the middle one, or the mean of the two in the middle
    holder AS (
      SELECT r.code, h.tier, w.yearly_fen, row_number() OVER tiered AS place, count(*) OVER (PARTITION BY r.code, h.tier) AS number, row_number() OVER (PARTITION BY r.code ORDER BY w.yearly_fen) AS place_all, count(*) OVER (PARTITION BY r.code) AS number_all
      FROM rule r JOIN held h ON h.kind = r.customer_kind AND h.features @> r.lacks AND NOT r.lacks && '{HEAD:CUSTOMER,FIRM:CUSTOMER,PAYEES:CARD}' JOIN worth w ON w.customer_id = h.customer_id WINDOW tiered AS (PARTITION BY r.code, h.tier ORDER BY w.yearly_fen)),
    tier_median AS (SELECT code, tier, max(number) AS holders, round(avg(yearly_fen) FILTER (WHERE place IN ((number + 1) / 2, number / 2 + 1)))::bigint AS fen FROM holder GROUP BY 1, 2),
    -- of the other one, whom the company or the person lacks; first of those who stand in the relation
    other AS (
      SELECT o.code, o.heads, w.yearly_fen, row_number() OVER (PARTITION BY o.code, o.heads ORDER BY w.yearly_fen) AS place, count(*) OVER (PARTITION BY o.code, o.heads) AS number
      FROM (
        SELECT c.code, k.customer_id, h.heads FROM (VALUES ('LEGAL_REP_NOT_PERSONAL', 'PERSON'), ('FIRM_NOT_CUSTOMER', 'CORPORATE')) c (code, kind) CROSS JOIN (VALUES (true), (false)) h (heads)
        JOIN customers_customer_facts k ON k.kind = c.kind AND k.status = 'ACTIVE'
        WHERE NOT h.heads OR EXISTS (SELECT FROM head e WHERE e.from_customer_id IS NOT NULL AND e.to_customer_id IS NOT NULL AND k.customer_id = CASE c.kind WHEN 'PERSON' THEN e.from_customer_id ELSE e.to_customer_id END)
        UNION SELECT 'PAYROLL_STAFF_NOT_CARD', payee_customer_id, true FROM payee WHERE carded
        UNION SELECT 'PAYROLL_STAFF_NOT_CARD', k.customer_id, false FROM customers_customer_facts k JOIN line l ON l.customer_id = k.customer_id AND l.feature = 'LINE:CARD' WHERE k.kind = 'PERSON' AND k.status = 'ACTIVE') o
      JOIN worth w ON w.customer_id = o.customer_id),
    other_median AS (SELECT code, heads, max(number) AS holders, round(avg(yearly_fen) FILTER (WHERE place IN ((number + 1) / 2, number / 2 + 1)))::bigint AS fen FROM other GROUP BY 1, 2),
    bank_median AS (SELECT code, max(number_all) AS holders, round(avg(yearly_fen) FILTER (WHERE place_all IN ((number_all + 1) / 2, number_all / 2 + 1)))::bigint AS fen FROM holder GROUP BY 1)
    SELECT g.customer_id, 'GAP', g.code, ${businessDate}::date, NULL, greatest(coalesce(m.fen * coalesce(u.units, 1), 0), 0),
      jsonb_build_object('rule', g.code, 'nameZh', g.name_zh, 'nameEn', g.name_en, 'units', coalesce(u.units, 1), 'perUnitFen', m.fen::text, 'holders', m.holders, 'basis', m.basis)
        || CASE WHEN g.lacks && '{LINE:WEALTH}' THEN jsonb_build_object('riskTest', EXISTS (SELECT FROM customers_document_facts d WHERE d.customer_id = g.customer_id AND d.fact = 'RISK_TOLERANCE' AND d.expires_on >= ${businessDate}::date)) ELSE '{}' END,
      g.version
    FROM gap g JOIN lim l ON l.customer_kind = g.kind LEFT JOIN tier_median t ON t.code = g.code AND t.tier = g.tier LEFT JOIN bank_median b ON b.code = g.code
    LEFT JOIN missing u ON u.code = g.code AND u.customer_id = g.customer_id LEFT JOIN other_median oh ON oh.code = g.code AND oh.heads LEFT JOIN other_median oa ON oa.code = g.code AND NOT oa.heads
    CROSS JOIN LATERAL (SELECT CASE WHEN t.holders >= l.times THEN t.fen WHEN oh.holders >= l.times THEN oh.fen ELSE coalesce(b.fen, oa.fen) END AS fen,
      CASE WHEN t.holders >= l.times THEN t.holders WHEN oh.holders >= l.times THEN oh.holders ELSE coalesce(b.holders, oa.holders) END AS holders,
      CASE WHEN t.holders >= l.times THEN 'TIER' WHEN oh.holders >= l.times THEN CASE g.code WHEN 'PAYROLL_STAFF_NOT_CARD' THEN 'PAYEES' ELSE 'HEADS' END WHEN coalesce(b.holders, oa.holders) > 0 THEN 'BANK' ELSE 'NONE' END AS basis) m`)
  await settleAlerts(run, ['GAP'])
}

/** Money that goes to accounts of the same name at other banks (W4 b): the sum of so many days, its share of everything paid out, by the exact quotient. */
export async function refreshLeakage(run: WatchRun): Promise<void> {
  const { tx, businessDate, bankCode } = run
  await quiet(tx, 'alert_draft', 'add', sql`
    INSERT INTO alert_draft (customer_id, kind, about, raised_on, due_on, amount_fen, detail, limit_version)
    WITH lim AS (${limitsOf('LEAKAGE', bankCode, businessDate)}),
    paid AS (
      SELECT t.customer_id, t.counterparty_name, t.counterparty_bank, sum(t.amount_fen) AS fen FROM holdings_movement_facts t
      WHERE t.direction = 'OUT' AND NOT t.own_account AND t.currency = (SELECT currency FROM bank) AND t.booked_on <= ${businessDate}::date AND t.booked_on > ${businessDate}::date - (SELECT max(days) FROM lim) GROUP BY 1, 2, 3),
    leak AS (
      SELECT p.customer_id, k.kind, sum(p.fen) AS out_fen,
        coalesce(sum(p.fen) FILTER (WHERE p.counterparty_bank IS NOT NULL AND p.counterparty_name IS NOT NULL AND watch_normal_name(p.counterparty_name) = watch_normal_name(k.name)), 0) AS leak_fen,
        array_agg(DISTINCT p.counterparty_bank) FILTER (WHERE p.counterparty_bank IS NOT NULL AND watch_normal_name(p.counterparty_name) = watch_normal_name(k.name)) AS banks
      FROM paid p JOIN customers_customer_facts k ON k.customer_id = p.customer_id GROUP BY 1, 2)
    SELECT e.customer_id, 'LEAKAGE', to_char(${businessDate}::date, 'YYYY-"Q"Q'), ${businessDate}::date, NULL, e.leak_fen,
      jsonb_build_object('outFen', e.out_fen::text, 'leakFen', e.leak_fen::text, 'share', round(e.leak_fen / e.out_fen, 4)::text, 'perMonthFen', round(e.leak_fen / 3)::text, 'banks', coalesce(to_jsonb(e.banks), '[]')), l.version
    FROM leak e JOIN lim l ON l.customer_kind = e.kind WHERE e.leak_fen >= l.least_fen AND e.leak_fen >= l.share * e.out_fen`)
  await settleAlerts(run, ['LEAKAGE'])
}
