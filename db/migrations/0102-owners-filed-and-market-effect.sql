-- The filing of beneficial owners (备案) has a state: filed, promised instead (承诺免报), or looked up and not filed. A promise keeps the version of the rule by which it was allowed.
ALTER TABLE beneficial_filing ADD COLUMN state text NOT NULL DEFAULT 'FILED' CHECK (state IN ('FILED', 'PROMISED', 'NOT_FILED'));
ALTER TABLE beneficial_filing ADD COLUMN rule_version text;
ALTER TABLE beneficial_filing ADD CHECK ((state = 'FILED') = (jsonb_array_length(owners -> 'list') > 0));
ALTER TABLE beneficial_filing ADD CHECK ((state = 'PROMISED') = (rule_version IS NOT NULL));

-- Why the bank's own finding differs from the filing: ends just these differences to just this filing; others are a finding again.
CREATE TABLE beneficial_explanation (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  filing_id uuid NOT NULL,
  finding_id uuid,                                        -- null: nothing was worked out (a promise that may not stand, nothing filed)
  differences jsonb NOT NULL,                             -- { list: [{ name, what, foundPct, filedPct }] }
  reason text NOT NULL,
  said_by int NOT NULL REFERENCES staff,
  said_on date NOT NULL,
  PRIMARY KEY (customer_id, id)
);
COMMENT ON TABLE beneficial_explanation IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["differences","reason"]}';
CALL protect_owned('beneficial_explanation');

CREATE VIEW customers_owners_timeline_facts WITH (security_invoker = true) AS
SELECT customer_id, id, filed_on AS day, NULL::timestamptz AS at, 'OWNERS'::text AS kind,
  CASE state WHEN 'FILED' THEN '受益所有人备案' WHEN 'PROMISED' THEN '受益所有人承诺免报' ELSE '查询受益所有人：未备案' END AS title_zh,
  CASE state WHEN 'FILED' THEN 'Beneficial owners filed' WHEN 'PROMISED' THEN 'Promised instead of filing the beneficial owners' ELSE 'Beneficial owners looked up: not filed' END AS title_en,
  evidence AS note, NULL::bigint AS amount_fen, NULL::text AS currency, entered_by AS person_key, '/customers/' || customer_id || '?tab=relations' AS address FROM beneficial_filing
UNION ALL
SELECT customer_id, id, found_on, NULL, 'OWNERS',
  '识别受益所有人' || CASE WHEN jsonb_array_length(differences -> 'list') > 0 THEN '：与备案不一致' ELSE '' END,
  'Beneficial owners worked out' || CASE WHEN jsonb_array_length(differences -> 'list') > 0 THEN ': differ from the filing' ELSE '' END,
  NULL, NULL, NULL, found_by, '/customers/' || customer_id || '?tab=relations' FROM beneficial_finding
UNION ALL
SELECT customer_id, id, said_on, NULL, 'OWNERS', '说明受益所有人差异', 'Difference of beneficial owners explained', reason, NULL, NULL, said_by, '/customers/' || customer_id || '?tab=relations' FROM beneficial_explanation;
COMMENT ON VIEW customers_owners_timeline_facts IS '{"kinds":{"OWNERS":{"zh":"受益所有人","en":"Beneficial owners"}}}';
GRANT SELECT ON customers_owners_timeline_facts TO yq_opened;

-- Whether what funds gain or lose by the market counts in the increment of a customer's assets (2.7, aum.marketEffect), dated, the bank's own row before '*': INCLUDE, or the net inflow only.
ALTER TABLE watch_limit DROP CONSTRAINT watch_limit_rule_check;
ALTER TABLE watch_limit ADD CONSTRAINT watch_limit_rule_check CHECK (rule IN ('LARGE_MOVEMENT', 'CHURN', 'BELOW_BASE', 'OUTFLOW', 'MATURITY', 'LEAKAGE', 'PAYEE_LEAD', 'GAP', 'AUM'));
ALTER TABLE watch_limit ADD COLUMN market_effect text CHECK (market_effect IN ('INCLUDE', 'NET_INFLOW'));
ALTER TABLE watch_limit ADD CHECK ((rule = 'AUM') = (market_effect IS NOT NULL));
INSERT INTO watch_limit (rule, customer_kind, bank, from_date, version, market_effect, legal_basis) VALUES
  ('AUM', 'CORPORATE', '*', '1900-01-01', '1', 'INCLUDE', '一般做法'),
  ('AUM', 'PERSON', '*', '1900-01-01', '1', 'INCLUDE', '一般做法');
ALTER TABLE standing ADD COLUMN market_fen bigint;        -- the part of end less base that the market made and that does not count; null: it counts
ALTER TABLE standing_draft ADD COLUMN market_fen bigint;
CREATE OR REPLACE VIEW watch_standing_facts WITH (security_invoker = true) AS
SELECT customer_id, period, first_day, last_day, as_of, staff_key, end_staff_key, base_fen, end_fen, in_base, lost, transferred, excluded, increment_base_fen, market_fen FROM standing;
COMMENT ON VIEW watch_standing_facts IS 'How a customer stood in a quarter or year: base set, lost, excluded, base and end value, base of the increment (null: on nobody''s list at the end), what the market made of it where only the net inflow counts (null: it counts).';
