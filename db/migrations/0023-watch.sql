-- Watch: money that moved, what ends when, who is leaving, what is lacking; each as an alert that somebody answers.

-- ---------------------------------------------------------------------------------------------------------------------
-- What holdings and customers let others read for it.

-- a card ends, too
ALTER TABLE card ADD COLUMN expires_on date;
ALTER TABLE staged_card ADD COLUMN expires_on date;
CREATE OR REPLACE VIEW deliveries_card_facts WITH (security_invoker = true) AS SELECT * FROM staged_card;

-- the movements of one day of all customers: after the first load the rows come day by day, so that block ranges tell the day
CREATE INDEX account_transaction_booked ON account_transaction USING brin (booked_on) WITH (pages_per_range = 32, autosummarize = on);

CREATE VIEW holdings_movement_facts WITH (security_invoker = true) AS
SELECT t.customer_id, t.id AS transaction_id, t.account_id, p.line, a.currency, t.booked_on, t.direction, t.amount_fen, t.kind, t.memo, t.counterparty_name, t.counterparty_bank, t.counterparty_tail,
  coalesce(t.kind IN ('TIME_DEPOSIT', 'WEALTH', 'OWN_TRANSFER'), false)
    OR EXISTS (SELECT FROM account o WHERE o.customer_id = t.customer_id AND o.number_hash = t.counterparty_hash) AS own_account
FROM account_transaction t JOIN account a ON a.customer_id = t.customer_id AND a.id = t.account_id JOIN product p ON p.code = a.product_code;
COMMENT ON VIEW holdings_movement_facts IS 'Booked transactions with the other side; own_account: the other side is an account or a product of the same customer in this bank (by its number, or by the kind TIME_DEPOSIT, WEALTH, OWN_TRANSFER).';

CREATE VIEW holdings_card_facts WITH (security_invoker = true) AS SELECT customer_id, id AS card_id, holder_customer_id, product_code, issued_on, expires_on FROM card;
COMMENT ON VIEW holdings_card_facts IS 'Cards with their holder; expires_on is null where the core system does not say it.';

-- Every view named <capability>_maturity_facts is found by src/watch/refresh-maturities.ts and needs no other announcement. Its columns, in this order:
--   customer_id uuid, kind text, object_key text (with kind unique for the customer), name_zh text, name_en text, amount_fen bigint (null: no amount), currency text, ends_on date,
--   outcome text (null: not known; RENEWED, MOVED, LEFT, PAID, as the source itself knows it).
-- What ended stays published while its result may still be entered; what is no longer published is taken off the list. It may read the business date from bank.
CREATE VIEW holdings_maturity_facts WITH (security_invoker = true) AS
SELECT a.customer_id, CASE p.line WHEN 'WEALTH' THEN 'WEALTH' ELSE 'TIME_DEPOSIT' END AS kind, a.core_key AS object_key, p.name || CASE WHEN a.tail IS NULL THEN '' ELSE '（尾号 ' || a.tail || '）' END AS name_zh,
  p.name_en || CASE WHEN a.tail IS NULL THEN '' ELSE ' (tail ' || a.tail || ')' END AS name_en,
  coalesce((SELECT b.balance_fen FROM balance_span b WHERE b.customer_id = a.customer_id AND b.account_id = a.id AND b.from_date <= least(k.business_date, a.matures_on - 1)
    AND (b.to_date IS NULL OR b.to_date > least(k.business_date, a.matures_on - 1))), 0) AS amount_fen, a.currency, a.matures_on AS ends_on, NULL::text AS outcome
FROM account a JOIN product p ON p.code = a.product_code CROSS JOIN bank k
WHERE a.matures_on > k.business_date - 400 AND p.line IN ('DEPOSIT', 'WEALTH') AND a.opened_on <= k.business_date AND (a.closed_on IS NULL OR a.closed_on >= a.matures_on)
UNION ALL
SELECT l.customer_id, 'LOAN', l.core_key, p.name, p.name_en,
  coalesce((SELECT s.principal_fen FROM loan_span s WHERE s.customer_id = l.customer_id AND s.loan_id = l.id AND s.from_date <= least(k.business_date, l.matures_on - 1)
    AND (s.to_date IS NULL OR s.to_date > least(k.business_date, l.matures_on - 1))), l.amount_fen), l.currency, l.matures_on, CASE WHEN l.settled_on <= k.business_date THEN 'PAID' END
FROM loan l JOIN product p ON p.code = l.product_code CROSS JOIN bank k
WHERE l.matures_on > k.business_date - 400 AND l.paid_out_on <= k.business_date AND (l.settled_on IS NULL OR l.settled_on >= l.matures_on)
UNION ALL
-- the next instalment, and those that were not paid
SELECT l.customer_id, 'LOAN_INSTALMENT', l.core_key || ' ' || d.due, p.name, p.name_en, l.instalment_fen, l.currency, d.due, NULL
FROM loan l JOIN product p ON p.code = l.product_code CROSS JOIN bank k
LEFT JOIN loan_span s ON s.customer_id = l.customer_id AND s.loan_id = l.id AND s.from_date <= k.business_date AND (s.to_date IS NULL OR s.to_date > k.business_date)
CROSS JOIN LATERAL (
  SELECT (l.paid_out_on + make_interval(months => n))::date AS due
  FROM generate_series(greatest(1, (extract(year FROM age(k.business_date, l.paid_out_on)) * 12 + extract(month FROM age(k.business_date, l.paid_out_on)))::int - 3),
    (extract(year FROM age(k.business_date, l.paid_out_on)) * 12 + extract(month FROM age(k.business_date, l.paid_out_on)))::int + 2) n) d
WHERE l.instalment_fen IS NOT NULL AND l.settled_on IS NULL AND l.paid_out_on <= k.business_date AND d.due < l.matures_on AND d.due <= k.business_date + 31
  AND (d.due >= k.business_date OR s.overdue_since <= d.due)
UNION ALL
SELECT c.customer_id, 'CARD', c.core_key, p.name || CASE WHEN a.tail IS NULL THEN '' ELSE '（尾号 ' || a.tail || '）' END, p.name_en || CASE WHEN a.tail IS NULL THEN '' ELSE ' (tail ' || a.tail || ')' END, NULL, a.currency, c.expires_on, NULL
FROM card c JOIN product p ON p.code = c.product_code JOIN account a ON a.customer_id = c.customer_id AND a.id = c.account_id CROSS JOIN bank k
WHERE c.expires_on > k.business_date - 95 AND a.closed_on IS NULL AND c.issued_on <= k.business_date;
COMMENT ON VIEW holdings_maturity_facts IS 'What ends in holdings: time deposits, wealth products, loans and their instalments, cards. Columns: the convention of maturity facts (db/migrations/0023-watch.sql).';

CREATE VIEW customers_maturity_facts WITH (security_invoker = true) AS
SELECT d.customer_id, d.fact::text AS kind, d.fact || ' ' || d.fact_id AS object_key,
  CASE d.fact
    WHEN 'IDENTITY' THEN CASE d.kind WHEN 'RESIDENT_ID' THEN '居民身份证' WHEN 'USCC' THEN '营业执照' WHEN 'PASSPORT' THEN '护照' WHEN 'MILITARY' THEN '军官证' WHEN 'HK_MACAO_PERMIT' THEN '港澳居民通行证' WHEN 'TAIWAN_PERMIT' THEN '台湾居民通行证'
      WHEN 'FOREIGN_PERMANENT' THEN '外国人永久居留证' WHEN 'LEGACY_ORG_CODE' THEN '组织机构代码证' ELSE '其他证件' END
    WHEN 'DOCUMENT' THEN coalesce(d.subject, '资料') WHEN 'PERSON_IDENTITY' THEN '企业人员证件：' || coalesce(d.subject, '') WHEN 'AUTHORITY' THEN '授权：' || coalesce(d.subject, '') WHEN 'BUSINESS_TERM' THEN '营业期限'
    WHEN 'LEASE' THEN '经营场所租期' WHEN 'RISK_TOLERANCE' THEN '风险测评' ELSE d.fact END AS name_zh,
  CASE d.fact
    WHEN 'IDENTITY' THEN CASE d.kind WHEN 'RESIDENT_ID' THEN 'Identity card' WHEN 'USCC' THEN 'Business licence' WHEN 'PASSPORT' THEN 'Passport' WHEN 'MILITARY' THEN 'Military identity' WHEN 'HK_MACAO_PERMIT' THEN 'Hong Kong or Macao permit'
      WHEN 'TAIWAN_PERMIT' THEN 'Taiwan permit' WHEN 'FOREIGN_PERMANENT' THEN 'Permanent residence card' WHEN 'LEGACY_ORG_CODE' THEN 'Organisation code' ELSE 'Other document' END
    WHEN 'DOCUMENT' THEN coalesce(d.subject, 'Document') WHEN 'PERSON_IDENTITY' THEN 'Document of ' || coalesce(d.subject, 'a person') WHEN 'AUTHORITY' THEN 'Authority of ' || coalesce(d.subject, 'a person') WHEN 'BUSINESS_TERM' THEN 'Business term'
    WHEN 'LEASE' THEN 'Lease of the premises' WHEN 'RISK_TOLERANCE' THEN 'Risk test' ELSE d.fact END AS name_en,
  NULL::bigint AS amount_fen, NULL::text AS currency, d.expires_on AS ends_on, NULL::text AS outcome
FROM customers_document_facts d CROSS JOIN bank k WHERE d.expires_on > k.business_date - 400
UNION ALL
SELECT c.customer_id, 'CONSENT', c.consent_id::text, CASE c.consent_for WHEN 'CREDIT_REPORT' THEN '征信查询授权' WHEN 'MARKETING' THEN '营销同意' WHEN 'DATA_USE' THEN '信息使用同意' ELSE '家庭关联同意' END,
  CASE c.consent_for WHEN 'CREDIT_REPORT' THEN 'Consent to the credit report' WHEN 'MARKETING' THEN 'Consent to marketing' WHEN 'DATA_USE' THEN 'Consent to the use of data' ELSE 'Consent to family links' END, NULL, NULL, c.valid_until, NULL
FROM customers_consent_facts c CROSS JOIN bank k WHERE c.valid_until > k.business_date - 400 AND c.withdrawn_on IS NULL;
COMMENT ON VIEW customers_maturity_facts IS 'What runs out in the customer''s file: documents, licences, identities, authorities, terms, risk tests, consents. Columns: the convention of maturity facts (db/migrations/0023-watch.sql).';
GRANT SELECT ON holdings_movement_facts, holdings_card_facts, holdings_maturity_facts, customers_maturity_facts TO yq_opened, yq_engine, yq_batch;

-- ---------------------------------------------------------------------------------------------------------------------
-- The bank's limits, dated. A bank's own row wins over '*'.

CREATE TABLE watch_limit (
  rule text NOT NULL CHECK (rule IN ('LARGE_MOVEMENT', 'CHURN', 'BELOW_BASE', 'OUTFLOW', 'MATURITY', 'LEAKAGE', 'PAYEE_LEAD', 'GAP')),
  customer_kind text NOT NULL CHECK (customer_kind IN ('CORPORATE', 'PERSON')),
  bank text NOT NULL DEFAULT '*',
  from_date date NOT NULL,
  to_date date,
  version text NOT NULL,
  least_fen bigint,                                      -- at least this amount
  share numeric(6,4),                                    -- and, or, this part of the whole (each rule says)
  days int,                                              -- how far it looks: calendar days; OUTFLOW: working days
  times int,                                             -- payments, holders
  legal_basis text NOT NULL,
  PRIMARY KEY (rule, customer_kind, bank, from_date),
  CHECK (to_date IS NULL OR to_date > from_date),
  EXCLUDE USING gist (rule WITH =, customer_kind WITH =, bank WITH =, daterange(from_date, to_date) WITH &&)
);
COMMENT ON TABLE watch_limit IS '{"owner":"watch","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('watch_limit');
INSERT INTO watch_limit (rule, customer_kind, bank, from_date, version, least_fen, share, days, times, legal_basis) VALUES
  ('LARGE_MOVEMENT', 'CORPORATE', '*', '1900-01-01', '1', 100000000, 0.10, 30, NULL, '一般做法'),
  ('LARGE_MOVEMENT', 'PERSON', '*', '1900-01-01', '1', 20000000, 0.20, 30, NULL, '一般做法'),
  ('CHURN', 'CORPORATE', '*', '1900-01-01', '1', 50000000, 0.50, NULL, NULL, '一般做法'),
  ('CHURN', 'PERSON', '*', '1900-01-01', '1', 50000000, 0.50, NULL, NULL, '一般做法'),
  ('BELOW_BASE', 'CORPORATE', '*', '1900-01-01', '1', NULL, 0.70, 30, NULL, '一般做法'),
  ('BELOW_BASE', 'PERSON', '*', '1900-01-01', '1', NULL, 0.70, 30, NULL, '一般做法'),
  ('OUTFLOW', 'CORPORATE', '*', '1900-01-01', '1', NULL, 0.30, 5, NULL, '一般做法'),
  ('OUTFLOW', 'PERSON', '*', '1900-01-01', '1', NULL, 0.30, 5, NULL, '一般做法'),
  ('MATURITY', 'CORPORATE', '*', '1900-01-01', '1', NULL, NULL, 30, NULL, '一般做法'),
  ('MATURITY', 'PERSON', '*', '1900-01-01', '1', NULL, NULL, 30, NULL, '一般做法'),
  ('LEAKAGE', 'CORPORATE', '*', '1900-01-01', '1', 50000000, 0.20, 90, NULL, '一般做法'),
  ('LEAKAGE', 'PERSON', '*', '1900-01-01', '1', 10000000, 0.20, 90, NULL, '一般做法'),
  ('PAYEE_LEAD', 'CORPORATE', '*', '1900-01-01', '1', 50000000, NULL, 90, 3, '一般做法'),
  ('PAYEE_LEAD', 'PERSON', '*', '1900-01-01', '1', 50000000, NULL, 90, 3, '一般做法'),
  ('GAP', 'CORPORATE', '*', '1900-01-01', '1', NULL, NULL, 90, 10, '一般做法'),
  ('GAP', 'PERSON', '*', '1900-01-01', '1', NULL, NULL, 90, 10, '一般做法'),
  -- the Czech bank: crowns; its tiers begin at 10,000, 50,000 and 100,000
  ('LARGE_MOVEMENT', 'PERSON', 'berka', '1900-01-01', 'berka-1', 3000000, 0.20, 30, NULL, '映射方案'),
  ('CHURN', 'PERSON', 'berka', '1900-01-01', 'berka-1', 5000000, 0.50, NULL, NULL, '映射方案'),
  ('LEAKAGE', 'PERSON', 'berka', '1900-01-01', 'berka-1', 1000000, 0.20, 90, NULL, '映射方案'),
  ('PAYEE_LEAD', 'PERSON', 'berka', '1900-01-01', 'berka-1', 5000000, NULL, 90, 3, '映射方案');

-- ---------------------------------------------------------------------------------------------------------------------
-- An alert: a fact about a customer that somebody must look at, with the day by which. Worked out anew after each delivery; what a person closed stays closed.

CREATE TABLE alert (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('MOVEMENT_IN', 'MOVEMENT_OUT', 'BELOW_BASE', 'OUTFLOW', 'MATURITY', 'GAP', 'LEAKAGE')),
  about text COLLATE "C" NOT NULL,                       -- with kind unique for the customer: the day, the period, the thing that ends, the rule
  raised_on date NOT NULL,
  due_on date,                                           -- compared with today when somebody looks
  amount_fen bigint NOT NULL DEFAULT 0,
  detail jsonb NOT NULL DEFAULT '{}',                    -- the figures of the reason
  limit_version text NOT NULL,
  owner_key int REFERENCES staff,                        -- the main manager of today
  state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'CLOSED', 'GONE')),   -- GONE: the facts behind it ended by themselves
  silenced_until date,                                   -- silent up to and including this day
  silence_reason text,
  silenced_by int REFERENCES staff,
  reason_code text CHECK (reason_code IN ('PAYROLL', 'TAX', 'PURCHASE', 'INVESTMENT', 'OTHER_BANK', 'LOAN_REPAYMENT', 'SEASONAL', 'PRICE', 'SERVICE', 'MOVED_AWAY', 'HAS_ELSEWHERE', 'NO_NEED', 'UNKNOWN')),
  contact_id uuid,                                       -- the contact in which it was talked about
  contacted_on date,
  note text,
  judged text CHECK (judged IN ('JUSTIFIED', 'FALSE_ALARM')),
  won_fen bigint,                                        -- what it brought
  closed_on date,
  closed_by int REFERENCES staff,
  scope_path text COLLATE "C" NOT NULL,                  -- follows the customer
  viewers int[] NOT NULL DEFAULT '{}',
  batch_id uuid,
  PRIMARY KEY (customer_id, id),
  CHECK ((silenced_until IS NULL) = (silence_reason IS NULL)),
  CHECK ((state = 'CLOSED') = (closed_on IS NOT NULL)),
  CHECK (state <> 'CLOSED' OR judged IS NOT NULL)
) WITH (fillfactor = 90);
COMMENT ON TABLE alert IS '{"owner":"watch","kind":"owned","secrecy":"NORMAL","personal":["note","silence_reason"],"skip":["scope_path","viewers"]}';
CALL protect_owned('alert');
CALL protect_listed('alert');
CREATE UNIQUE INDEX alert_about ON alert (customer_id, kind, about);
CREATE INDEX alert_viewers ON alert USING gin (viewers);
CREATE INDEX alert_scope ON alert (scope_path, kind, amount_fen DESC, id) WHERE state = 'OPEN';
CREATE INDEX alert_kind ON alert (kind, raised_on);
CREATE INDEX alert_open ON alert (kind, amount_fen DESC, id) WHERE state = 'OPEN';

CREATE UNLOGGED TABLE alert_draft (
  customer_id uuid NOT NULL, kind text NOT NULL, about text COLLATE "C" NOT NULL, raised_on date NOT NULL, due_on date, amount_fen bigint NOT NULL, detail jsonb NOT NULL, limit_version text NOT NULL
);
COMMENT ON TABLE alert_draft IS '{"owner":"watch","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('alert_draft', '', 'yq_batch');

-- Large movements of a customer and a day (W2): gross over all accounts, without what went between his own.
CREATE TABLE movement (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  day date NOT NULL,
  in_fen bigint NOT NULL,
  out_fen bigint NOT NULL,
  adb_fen bigint NOT NULL,                               -- average of the days before, as many as the limit says
  threshold_fen bigint NOT NULL,
  listed_in boolean NOT NULL,
  listed_out boolean NOT NULL,
  balance_after_fen bigint NOT NULL,
  manager_share_pct numeric(7,2),                        -- of the main manager's average, slices applied; null without manager
  counterparties jsonb NOT NULL,                         -- the largest three of each direction
  limit_version text NOT NULL,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL DEFAULT '{}',
  batch_id uuid,
  PRIMARY KEY (customer_id, id),
  CHECK (listed_in OR listed_out)
);
COMMENT ON TABLE movement IS '{"owner":"watch","kind":"owned","secrecy":"NORMAL","personal":["counterparties"],"skip":["scope_path","viewers"]}';
CALL protect_owned('movement');
CALL protect_listed('movement');
CREATE UNIQUE INDEX movement_once ON movement (customer_id, day);
CREATE INDEX movement_day_scope ON movement (day, scope_path);
CREATE INDEX movement_viewers ON movement USING gin (viewers);

CREATE UNLOGGED TABLE movement_draft (
  customer_id uuid NOT NULL, day date NOT NULL, in_fen bigint NOT NULL, out_fen bigint NOT NULL, adb_fen bigint NOT NULL, threshold_fen bigint NOT NULL, listed_in boolean NOT NULL, listed_out boolean NOT NULL,
  balance_after_fen bigint NOT NULL, manager_share_pct numeric(7,2), counterparties jsonb NOT NULL, limit_version text NOT NULL
);
COMMENT ON TABLE movement_draft IS '{"owner":"watch","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('movement_draft', '', 'yq_batch');

-- ---------------------------------------------------------------------------------------------------------------------
-- One list of everything that ends (W3).

CREATE TABLE maturity (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  source text NOT NULL,                                  -- the capability that told it
  kind text NOT NULL,
  object_key text COLLATE "C" NOT NULL,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  amount_fen bigint,
  currency text,
  ends_on date NOT NULL,
  prepared_on date,
  prepared_by int REFERENCES staff,
  prepared_note text,
  result text CHECK (result IN ('RENEWED', 'MOVED', 'LEFT', 'PAID', 'UNKNOWN')),
  result_on date,
  result_by int REFERENCES staff,                        -- null: the source knew it
  result_fen bigint,                                     -- how much of it was renewed or invested anew
  result_note text,
  withdrawn_on date,                                     -- its source tells it no longer
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL DEFAULT '{}',
  batch_id uuid,
  PRIMARY KEY (customer_id, id),
  CHECK ((result IS NULL) = (result_on IS NULL)),
  CHECK (result_fen IS NULL OR (result_fen >= 0 AND result_fen <= amount_fen))
) WITH (fillfactor = 90);
COMMENT ON TABLE maturity IS '{"owner":"watch","kind":"owned","secrecy":"NORMAL","personal":["name_zh","name_en","prepared_note","result_note"],"skip":["scope_path","viewers"]}';
CALL protect_owned('maturity');
CALL protect_listed('maturity');
CREATE UNIQUE INDEX maturity_once ON maturity (customer_id, source, kind, object_key, ends_on);
CREATE INDEX maturity_scope ON maturity (scope_path, ends_on, id);
CREATE INDEX maturity_day ON maturity (ends_on, id);
CREATE INDEX maturity_viewers ON maturity USING gin (viewers);

CREATE UNLOGGED TABLE maturity_draft (
  customer_id uuid NOT NULL, source text NOT NULL, kind text NOT NULL, object_key text COLLATE "C" NOT NULL, name_zh text NOT NULL, name_en text NOT NULL, amount_fen bigint, currency text, ends_on date NOT NULL, outcome text
);
COMMENT ON TABLE maturity_draft IS '{"owner":"watch","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('maturity_draft', '', 'yq_batch');

-- ---------------------------------------------------------------------------------------------------------------------
-- How a customer stands in a quarter or a year (2.7): who had him, what he was worth, whether he was lost.

CREATE TABLE standing (
  customer_id uuid NOT NULL REFERENCES customer,
  period text COLLATE "C" NOT NULL CHECK (period ~ '^\d{4}(-Q[1-4])?$'),
  first_day date NOT NULL,
  last_day date NOT NULL,
  as_of date NOT NULL,                                   -- the last day, or today while the period runs
  staff_key int REFERENCES staff,                        -- main manager on the first day
  end_staff_key int REFERENCES staff,                    -- and at the end
  moved_on date,                                         -- first day of the manager at the end, when he came in the period
  base_fen bigint NOT NULL,                              -- average of the month before the period
  end_fen bigint NOT NULL,                               -- average of its last month, of the last 30 days while it runs
  before_fen bigint NOT NULL,                            -- on the day before the last five working days
  now_fen bigint NOT NULL,                               -- on as_of
  in_base boolean NOT NULL,
  lost text CHECK (lost IN ('CLOSED', 'BELOW', 'TIER')),
  transferred boolean NOT NULL,                          -- by the bank, to another manager: not counted
  excluded text CHECK (excluded IN ('DEATH', 'MERGED', 'EXIT_BY_BANK')),   -- entered by a head
  excluded_by int REFERENCES staff,
  excluded_on date,
  excluded_note text,
  increment_base_fen bigint,                             -- null: not on a list at the end
  limit_version text NOT NULL,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL DEFAULT '{}',
  batch_id uuid,
  PRIMARY KEY (customer_id, period),
  CHECK ((excluded IS NULL) = (excluded_by IS NULL))
) WITH (fillfactor = 90);
COMMENT ON TABLE standing IS '{"owner":"watch","kind":"owned","secrecy":"NORMAL","personal":["excluded_note"],"skip":["scope_path","viewers"]}';
CALL protect_owned('standing');
CALL protect_listed('standing');
CREATE INDEX standing_scope ON standing (period, scope_path);
CREATE INDEX standing_viewers ON standing USING gin (viewers);
CREATE INDEX standing_staff ON standing (period, staff_key);

CREATE UNLOGGED TABLE standing_draft (
  customer_id uuid NOT NULL, staff_key int, end_staff_key int, moved_on date, base_fen bigint NOT NULL, end_fen bigint NOT NULL, before_fen bigint NOT NULL, now_fen bigint NOT NULL, in_base boolean NOT NULL, lost text,
  transferred boolean NOT NULL, increment_base_fen bigint, limit_version text NOT NULL
);
COMMENT ON TABLE standing_draft IS '{"owner":"watch","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('standing_draft', '', 'yq_batch');

-- ---------------------------------------------------------------------------------------------------------------------
-- What is lacking (W4), who is paid and is no customer (W5).

-- Saved rules: who has all of `has` and none of `lacks`. What a customer has is told in words: LINE:LOAN, PRODUCT:L101, CARD, FLOW:SALARY:OUT (in the days of the limit), LINES:3 (at least three product lines).
CREATE TABLE gap_rule (
  code text NOT NULL,
  from_date date NOT NULL,
  to_date date,
  version text NOT NULL,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  customer_kind text NOT NULL CHECK (customer_kind IN ('CORPORATE', 'PERSON')),
  tiers text[] NOT NULL DEFAULT '{}',                     -- empty: every tier
  has text[] NOT NULL,
  lacks text[] NOT NULL CHECK (cardinality(lacks) > 0),
  PRIMARY KEY (code, from_date),
  CHECK (to_date IS NULL OR to_date > from_date),
  EXCLUDE USING gist (code WITH =, daterange(from_date, to_date) WITH &&)
);
COMMENT ON TABLE gap_rule IS '{"owner":"watch","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('gap_rule');
INSERT INTO gap_rule (code, from_date, version, name_zh, name_en, customer_kind, tiers, has, lacks) VALUES
  ('LOAN_NOT_PAYROLL', '1900-01-01', '1', '有贷款未代发工资', 'Loan without payroll', 'CORPORATE', '{}', '{LINE:LOAN}', '{FLOW:SALARY:OUT}'),
  ('ACCOUNT_NOT_E_BANKING', '1900-01-01', '1', '有账户无企业网银', 'Account without e-banking', 'CORPORATE', '{}', '{LINE:DEPOSIT}', '{LINE:E_BANKING}'),
  ('PAYROLL_NOT_CARD', '1900-01-01', '1', '代发未办卡', 'Salary without card', 'PERSON', '{}', '{FLOW:SALARY:IN}', '{CARD}'),
  ('CARD_NOT_E_BANKING', '1900-01-01', '1', '有卡无手机银行', 'Card without mobile banking', 'PERSON', '{}', '{CARD,FLOW:SALARY:IN}', '{LINE:E_BANKING}'),
  ('LOAN_NOT_CARD', '1900-01-01', '1', '有贷款无卡', 'Loan without card', 'PERSON', '{}', '{LINE:LOAN}', '{CARD}'),
  ('WEALTHY_NOT_WEALTH', '1900-01-01', '1', '核心、重点客户无理财', 'Core or key customer without wealth product', 'PERSON', '{T1,T2}', '{LINE:DEPOSIT}', '{LINE:WEALTH}'),
  ('FEW_LINES', '1900-01-01', '1', '重点客户产品线少', 'Key customer with few product lines', 'CORPORATE', '{T2}', '{LINE:DEPOSIT}', '{LINES:2}');

-- A name outside of the bank that our customers pay (PAYEE) or that pays them (BUYER).
CREATE TABLE payee_lead (
  id uuid PRIMARY KEY,
  direction text NOT NULL CHECK (direction IN ('PAYEE', 'BUYER')),
  normal_name text COLLATE "C" NOT NULL,
  name text NOT NULL,
  customers int NOT NULL,                                -- how many of ours
  payments int NOT NULL,
  sum_fen bigint NOT NULL,
  months int NOT NULL,
  last_on date NOT NULL,
  memo text,                                             -- the most frequent payment text
  as_of date NOT NULL,
  listed boolean NOT NULL,                               -- false: below the limit now
  limit_version text NOT NULL,
  state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'TAKEN', 'EXPLAINED')),
  decided_by int REFERENCES staff,
  decided_on date,
  note text,
  batch_id uuid,
  CHECK ((state = 'OPEN') = (decided_by IS NULL))
);
COMMENT ON TABLE payee_lead IS '{"owner":"watch","kind":"bank","secrecy":"NORMAL"}';
CREATE UNIQUE INDEX payee_lead_name ON payee_lead (direction, normal_name);
CREATE INDEX payee_lead_sum ON payee_lead (direction, sum_fen DESC, id) WHERE listed;
CALL protect_bank('payee_lead', 'yq_self, yq_unit, yq_all', 'yq_batch');

-- Which customers stand behind a lead: only who sees the customer is told its name.
CREATE TABLE payee_payer (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  lead_id uuid NOT NULL,
  payments int NOT NULL,
  sum_fen bigint NOT NULL,
  last_on date NOT NULL,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL DEFAULT '{}',
  batch_id uuid,
  PRIMARY KEY (customer_id, id)
);
COMMENT ON TABLE payee_payer IS '{"owner":"watch","kind":"owned","secrecy":"NORMAL","skip":["scope_path","viewers"]}';
CALL protect_owned('payee_payer');
CALL protect_listed('payee_payer');
CREATE INDEX payee_payer_lead ON payee_payer (lead_id);
CREATE INDEX payee_payer_viewers ON payee_payer USING gin (viewers);

CREATE UNLOGGED TABLE payee_draft (
  customer_id uuid NOT NULL, direction text NOT NULL, normal_name text COLLATE "C" NOT NULL, name text NOT NULL, payments int NOT NULL, sum_fen bigint NOT NULL, months text[] NOT NULL, last_on date NOT NULL, memo text
);
COMMENT ON TABLE payee_draft IS '{"owner":"watch","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('payee_draft', '', 'yq_batch');

-- Names that mean the same (W5): full-width and half-width, blanks, brackets, the two ways of writing a limited company, province and city before it. A person's name stays as it is.
CREATE FUNCTION watch_normal_name(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN length(plain) < 6 THEN plain
    ELSE regexp_replace(regexp_replace(replace(plain, '有限责任公司', '有限公司'),
      '^(北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)?', ''),
      '^[一-龥]{2,3}市', '') END
  FROM (SELECT regexp_replace(upper(normalize(given, NFKC)), '[[:space:]()\[\]{}（）【】〔〕「」·•.,，。、-]', '', 'g') AS plain) p
$$;

-- Public bodies, banks and payment firms: no leads.
CREATE FUNCTION watch_is_no_lead(given text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT given ~ '(税务局|财政局|财政所|国库|金库|人民政府|人民法院|检察院|公安局|管理局|管理委员会|社会保险|社保|公积金|医疗保障|法院|银行|信用社|支付|财付通|支付宝|银联|网联|清算|电网|供电)'
$$;
GRANT EXECUTE ON FUNCTION watch_normal_name(text), watch_is_no_lead(text) TO yq_self, yq_unit, yq_all, yq_opened, yq_engine, yq_batch;

-- Published: alerts as other capabilities may read them.
CREATE VIEW watch_alert_facts WITH (security_invoker = true) AS
SELECT customer_id, id AS alert_id, kind, raised_on, due_on, amount_fen, owner_key, state, silenced_until, judged, closed_on FROM alert;
COMMENT ON VIEW watch_alert_facts IS 'Alerts of a customer: open ones whose silence has passed are to be answered by due_on.';
CREATE VIEW watch_standing_facts WITH (security_invoker = true) AS
SELECT customer_id, period, first_day, last_day, as_of, staff_key, end_staff_key, base_fen, end_fen, in_base, lost, transferred, excluded, increment_base_fen FROM standing;
COMMENT ON VIEW watch_standing_facts IS 'How a customer stood in a quarter or year: base set, lost, excluded, base and end value, base of the increment (null: on nobody''s list at the end).';
GRANT SELECT ON watch_alert_facts, watch_standing_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_engine, yq_batch;
