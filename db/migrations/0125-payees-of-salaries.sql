-- Whom a company pays its salaries to, as far as the bookings name the account: its own payments one by one, or what its staff got from it. A sum for all at once names nobody.
CREATE VIEW holdings_salary_facts WITH (security_invoker = true) AS
SELECT t.customer_id, t.booked_on, p.customer_id AS payee_customer_id, t.counterparty_hash AS payee_hash
FROM account_transaction t LEFT JOIN account p ON p.number_hash = t.counterparty_hash
WHERE t.kind = 'SALARY' AND t.direction = 'OUT' AND t.counterparty_hash IS NOT NULL AND p.customer_id IS DISTINCT FROM t.customer_id
UNION ALL
SELECT e.customer_id, t.booked_on, t.customer_id, NULL
FROM account_transaction t JOIN account e ON e.number_hash = t.counterparty_hash
WHERE t.kind = 'SALARY' AND t.direction = 'IN' AND e.customer_id <> t.customer_id;
COMMENT ON VIEW holdings_salary_facts IS 'Salaries by payer and payee; payee_customer_id is null where the account is at another bank, payee_hash is the keyed hash of its number.';
GRANT SELECT ON holdings_salary_facts TO yq_engine, yq_batch;

-- What is lacking (W4 a) of a company whose staff are paid through the bank. PAYEES: they are known; PAYEES:CARD: all of them have a card of the bank.
INSERT INTO gap_rule (code, from_date, version, name_zh, name_en, customer_kind, tiers, has, lacks) VALUES
  ('PAYROLL_STAFF_NOT_CARD', '1900-01-01', '1', '代发员工未办卡', 'Staff paid through us without a card', 'CORPORATE', '{}', '{PAYEES}', '{PAYEES:CARD}');
