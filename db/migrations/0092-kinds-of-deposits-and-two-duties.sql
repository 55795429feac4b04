-- Two duties that waited: the greeting on a holiday and on a customer's birthday (D-13), the check that what a product due pays has arrived (D-14). Deposits by kind, and next steps of a line.

-- The working day before a holiday is not known to the database: the day on which the managers are asked is a row (src/messages/raise-greetings.ts).
CREATE TABLE greeting_day (
  occasion text COLLATE "C" PRIMARY KEY,                 -- NEW_YEAR 2027, as in message.occasion
  day date NOT NULL                                      -- the working day before, or the first business day after it that is not later than the holiday
);
COMMENT ON TABLE greeting_day IS '{"owner":"messages","kind":"bank","secrecy":"NORMAL"}';
CALL protect_bank('greeting_day', '', 'yq_batch');

-- Only customers whose consent to messages holds on the day: without one nobody is to be greeted, and nobody is asked to.
CREATE VIEW messages_duty_event_facts WITH (security_invoker = true) AS
SELECT 'HOLIDAY'::text AS event, md5(g.occasion || ' ' || s.staff_key)::uuid AS event_id, g.day, s.staff_key, NULL::uuid AS customer_id
FROM greeting_day g CROSS JOIN bank b
CROSS JOIN LATERAL (
  SELECT DISTINCT k.main_staff_key AS staff_key FROM customers_consent_facts f JOIN customers_customer_facts k ON k.customer_id = f.customer_id
  WHERE f.consent_for = 'MARKETING' AND f.given_on <= g.day AND (f.withdrawn_on IS NULL OR f.withdrawn_on > g.day) AND (f.valid_until IS NULL OR f.valid_until >= g.day) AND k.status <> 'CLOSED' AND k.main_staff_key IS NOT NULL
    AND NOT EXISTS (SELECT FROM customers_wish_facts w WHERE w.customer_id = k.customer_id AND w.no_messages)) s
WHERE g.day BETWEEN b.business_date - 62 AND b.business_date
UNION ALL
SELECT DISTINCT 'HOLIDAY', md5('BIRTHDAY ' || d.customer_id || ' ' || d.greet_on)::uuid, d.greet_on, k.main_staff_key, d.customer_id
FROM bank b
CROSS JOIN generate_series(extract(year FROM b.business_date)::int - 1, extract(year FROM b.business_date)::int) y
JOIN customers_consent_facts f ON f.consent_for = 'MARKETING'
JOIN customers_customer_facts k ON k.customer_id = f.customer_id AND k.status <> 'CLOSED' AND k.main_staff_key IS NOT NULL
-- one birthday of one customer: asked for from outside, the view works out two hundred of everybody (OFFSET keeps the conditions in here)
CROSS JOIN LATERAL (SELECT o.customer_id, o.greet_on FROM customers_birthday_facts o WHERE o.customer_id = f.customer_id AND o.in_year = y OFFSET 0) d
WHERE d.greet_on BETWEEN b.business_date - 62 AND b.business_date AND f.given_on <= d.greet_on AND (f.withdrawn_on IS NULL OR f.withdrawn_on > d.greet_on) AND (f.valid_until IS NULL OR f.valid_until >= d.greet_on) AND NOT EXISTS (SELECT FROM customers_wish_facts w WHERE w.customer_id = k.customer_id AND w.no_messages);
COMMENT ON VIEW messages_duty_event_facts IS 'Events that duties wait for: HOLIDAY (the working day before a public holiday, for who has customers that may be greeted; the birthday of such a customer). One row an event: event, event_id, day, staff_key (who greets), customer_id (of a birthday).';

-- Done by what the peer took: a greeting that failed or was withdrawn was none.
CREATE VIEW messages_duty_done_facts WITH (security_invoker = true) AS
SELECT 'D-13'::text AS duty_code, m.staff_key, md5(m.occasion || ' ' || m.staff_key)::uuid::text AS period_key, min(m.send_on) AS done_on, '节日问候已发 ' || count(*) || ' 条，送达回执 ' || count(*) FILTER (WHERE m.state = 'DELIVERED') || ' 条' AS evidence
FROM message m JOIN greeting_day g ON g.occasion = m.occasion WHERE m.state IN ('ACCEPTED', 'DELIVERED') GROUP BY m.staff_key, m.occasion
UNION ALL
SELECT 'D-13', m.staff_key, md5('BIRTHDAY ' || m.customer_id || ' ' || m.send_on)::uuid::text, m.send_on, CASE WHEN bool_or(m.state = 'DELIVERED') THEN '生日问候已送达' ELSE '生日问候已发出' END
FROM message m WHERE m.occasion = 'BIRTHDAY ' || m.send_on AND m.state IN ('ACCEPTED', 'DELIVERED') GROUP BY m.staff_key, m.customer_id, m.send_on;
COMMENT ON VIEW messages_duty_done_facts IS 'Duties that are done by facts of this room: duty_code, staff_key, period_key, done_on, evidence.';
GRANT SELECT ON messages_duty_event_facts, messages_duty_done_facts TO yq_batch;

-- A deposit or wealth product was due: until its result stands in the list of what ends, the manager is asked to check it on the next working day. One that its source renewed is no event.
CREATE OR REPLACE VIEW watch_duty_event_facts WITH (security_invoker = true) AS
SELECT 'LARGE_MOVEMENT'::text AS event, a.id AS event_id, a.raised_on AS day, a.owner_key AS staff_key, a.customer_id
FROM alert a WHERE a.kind IN ('MOVEMENT_IN', 'MOVEMENT_OUT') AND a.owner_key IS NOT NULL
UNION ALL
-- one event for each of the three days before the end; the ids of the second and third are worked out from the alert's, so that they stay the same
SELECT 'MATURITY', CASE o.days WHEN 30 THEN a.id ELSE md5(a.id::text || ' ' || o.days)::uuid END, a.due_on - o.days, a.owner_key, a.customer_id
FROM alert a CROSS JOIN (VALUES (30), (7), (1)) o (days) WHERE a.kind = 'MATURITY' AND a.state = 'OPEN' AND a.owner_key IS NOT NULL AND a.detail ->> 'what' IN ('TIME_DEPOSIT', 'WEALTH')
UNION ALL
SELECT 'PRODUCT_DUE', md5(m.id::text || ' DUE')::uuid, m.ends_on, k.main_staff_key, m.customer_id
FROM bank b JOIN maturity m ON m.ends_on BETWEEN b.business_date - 62 AND b.business_date JOIN customers_customer_facts k ON k.customer_id = m.customer_id
WHERE m.kind IN ('TIME_DEPOSIT', 'WEALTH') AND m.withdrawn_on IS NULL AND m.result IS NULL AND k.main_staff_key IS NOT NULL;
COMMENT ON VIEW watch_duty_event_facts IS 'Events that duties wait for: LARGE_MOVEMENT (the day on which it was found), MATURITY (30, 7 and 1 days before a deposit or wealth product ends that was not talked about), PRODUCT_DUE (its last day, while nobody knows what became of it). One row an event: event, event_id, day, staff_key (who owes the duty), customer_id.';
CREATE OR REPLACE VIEW watch_duty_done_facts WITH (security_invoker = true) AS
SELECT 'D-49'::text AS duty_code, a.owner_key AS staff_key, a.id::text AS period_key, least(a.contacted_on, a.closed_on) AS done_on, '大额变动已登记原因'::text AS evidence
FROM alert a WHERE a.kind IN ('MOVEMENT_IN', 'MOVEMENT_OUT') AND a.owner_key IS NOT NULL AND (a.contacted_on IS NOT NULL OR a.closed_on IS NOT NULL)
UNION ALL
-- a talk about the end ends the alert; what was asked for before and is still open is done with it
SELECT 'D-15', a.owner_key, CASE o.days WHEN 30 THEN a.id ELSE md5(a.id::text || ' ' || o.days)::uuid END::text, least(t.talked, a.contacted_on, a.closed_on), '已与客户谈到期安排'
FROM alert a CROSS JOIN (VALUES (30), (7), (1)) o (days)
LEFT JOIN LATERAL (SELECT min(f.business_date) AS talked FROM visits_contact_facts f WHERE f.customer_id = a.customer_id AND f.effective AND f.purpose = 'MATURITY' AND f.business_date >= a.raised_on) t ON true
WHERE a.kind = 'MATURITY' AND a.owner_key IS NOT NULL AND a.detail ->> 'what' IN ('TIME_DEPOSIT', 'WEALTH') AND (t.talked IS NOT NULL OR a.contacted_on IS NOT NULL OR a.closed_on IS NOT NULL)
UNION ALL
SELECT 'D-14', w.staff_key, md5(m.id::text || ' DUE')::uuid::text, coalesce(m.result_on, m.withdrawn_on), CASE m.result WHEN 'RENEWED' THEN '到期兑付已核对：已续作' WHEN 'MOVED' THEN '到期兑付已核对：转为行内其他产品' WHEN 'LEFT' THEN '到期兑付已核对：资金转出' WHEN 'PAID' THEN '到期兑付已核对：已兑付' WHEN 'UNKNOWN' THEN '到期兑付已核对：去向不明' ELSE '核心系统已不再列示' END
FROM bank b JOIN maturity m ON m.ends_on BETWEEN b.business_date - 124 AND b.business_date
JOIN customers_customer_facts k ON k.customer_id = m.customer_id
CROSS JOIN LATERAL (SELECT m.result_by AS staff_key WHERE m.result_by IS NOT NULL UNION SELECT k.main_staff_key WHERE k.main_staff_key IS NOT NULL) w
WHERE m.kind IN ('TIME_DEPOSIT', 'WEALTH') AND (m.result IS NOT NULL OR m.withdrawn_on IS NOT NULL);

-- Next steps of a line by their day (those of one person have contact_next).
CREATE INDEX contact_next_scope ON contact (scope_path, next_on) WHERE next_on IS NOT NULL AND voided_on IS NULL;

-- The sums of deposits by kind of customer and kind of deposit (12.4, W1). Both are null in rows of a load before this: until the next one the parts by kind are not told. deposit_kind is null in the rows of loans.
ALTER TABLE deposit_sum ADD COLUMN customer_kind text CHECK (customer_kind IN ('CORPORATE', 'PERSON')), ADD COLUMN deposit_kind text CHECK (deposit_kind IN ('DEMAND', 'TIME', 'AGREEMENT', 'STRUCTURED', 'MARGIN'));

-- What a customer's deposits are more or less than the day before: who is among the largest of a unit is found without reading its balances.
ALTER TABLE customer ADD COLUMN deposit_change_fen bigint NOT NULL DEFAULT 0;
CREATE INDEX customer_deposit_change ON customer (deposit_change_fen) WHERE deposit_change_fen <> 0;
CREATE VIEW customers_deposit_facts WITH (security_invoker = true) AS
SELECT customer_id, number, name, kind, tier, outlet_key, scope_path, viewers, main_staff_key, deposit_fen, deposit_change_fen, figures_as_of FROM customer;
COMMENT ON VIEW customers_deposit_facts IS 'One row per customer: its deposits as of figures_as_of and how much they changed since the day before, whole (no shares).';
GRANT SELECT ON customers_deposit_facts TO yq_self, yq_unit, yq_all;
