-- Tiers: rules as dated rows, moves with who confirmed them, the strategic list. Value: prices and parameters as dated rows, the contribution of each customer and month with its lines.

-- A bank's own rules by region and kind of customer. Without a row the table of the product holds (tier-table.ts). A row is only ended and followed, never changed.
CREATE TABLE tier_rule (
  region text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('CORPORATE', 'PERSON')),
  from_date date NOT NULL CHECK (extract(day FROM from_date) = 1),
  to_date date,
  version text NOT NULL,
  t1_fen bigint NOT NULL,                                -- average daily balance of a month
  t2_fen bigint NOT NULL,
  t3_fen bigint NOT NULL,
  t1_contribution_fen bigint,                            -- contribution of twelve months; null: does not count
  t2_contribution_fen bigint,
  credit text CHECK (credit IN ('T1', 'T2', 'T3')),      -- any credit makes at least this tier
  lines_min int CHECK (lines_min BETWEEN 1 AND 20),      -- so many product lines make at least lines_tier
  lines_tier text CHECK (lines_tier IN ('T1', 'T2', 'T3')),
  strategic text CHECK (strategic IN ('T1', 'T2', 'T3')),
  confirm_core boolean NOT NULL,                         -- moves into or out of T1 wait for a head
  legal_basis text NOT NULL,
  PRIMARY KEY (region, kind, from_date),
  CHECK (t1_fen > t2_fen AND t2_fen > t3_fen AND t3_fen > 0),
  CHECK (t1_contribution_fen > t2_contribution_fen),
  CHECK ((lines_min IS NULL) = (lines_tier IS NULL)),
  CHECK (to_date IS NULL OR to_date > from_date)
);
COMMENT ON TABLE tier_rule IS '{"owner":"customers","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('tier_rule');

CREATE TABLE tier_rule_change (
  id uuid PRIMARY KEY,
  region text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('CORPORATE', 'PERSON')),
  from_date date NOT NULL CHECK (extract(day FROM from_date) = 1),
  terms jsonb NOT NULL,
  preview jsonb,                                         -- who would have moved when it was proposed: tier → tier, numbers
  reason text NOT NULL,
  proposed_by int NOT NULL REFERENCES staff,
  proposed_on date NOT NULL,
  decision text CHECK (decision IN ('CONFIRMED', 'RETURNED')),
  decided_by int REFERENCES staff,
  decided_on date,
  decision_note text,
  CHECK (decided_by <> proposed_by),
  CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_on IS NULL))
);
COMMENT ON TABLE tier_rule_change IS '{"owner":"customers","kind":"bank","secrecy":"NORMAL"}';
CALL protect_bank('tier_rule_change', '', 'yq_office');
CREATE UNIQUE INDEX tier_rule_change_open ON tier_rule_change (region, kind) WHERE decision IS NULL;

-- Each move from a tier to another: found by the month's judgement. Those of core customers wait; a head confirms or declines. None passes by itself.
CREATE TABLE tier_move (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  month_start date NOT NULL,                             -- the month that was judged
  from_tier text NOT NULL CHECK (from_tier IN ('T1', 'T2', 'T3', 'T4', 'P')),
  to_tier text NOT NULL CHECK (to_tier IN ('T1', 'T2', 'T3', 'T4', 'P')),
  state text NOT NULL CHECK (state IN ('APPLIED', 'WAITING', 'CONFIRMED', 'DECLINED', 'REPLACED')),
  effective_on date,                                     -- from when on the new tier holds
  proposed_on date NOT NULL,
  reason text NOT NULL,
  adb_fen bigint,                                        -- the evidence: average of the month,
  contribution_fen bigint,                               -- contribution of twelve months where it is known,
  owes boolean,
  strategic boolean,
  table_version text,
  decided_by int REFERENCES staff,
  decided_on date,
  decision_note text,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL,
  batch_id uuid,
  PRIMARY KEY (customer_id, id),
  CHECK (from_tier <> to_tier),
  CHECK ((state IN ('APPLIED', 'CONFIRMED')) = (effective_on IS NOT NULL)),
  CHECK ((state IN ('CONFIRMED', 'DECLINED')) = (decided_by IS NOT NULL))
);
COMMENT ON TABLE tier_move IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('tier_move');
CALL protect_listed('tier_move');
CREATE UNIQUE INDEX tier_move_waiting ON tier_move (customer_id) WHERE state = 'WAITING';
CREATE INDEX tier_move_scope ON tier_move (scope_path, effective_on);
CREATE INDEX tier_move_viewers ON tier_move USING gin (viewers);
CREATE INDEX tier_move_batch ON tier_move (batch_id, month_start);

-- what moved before this table was there
INSERT INTO tier_move (customer_id, id, month_start, from_tier, to_tier, state, effective_on, proposed_on, reason, table_version, scope_path, viewers)
SELECT h.customer_id, h.id, (date_trunc('month', h.from_date) - interval '1 month')::date, p.tier, h.tier, 'APPLIED', h.from_date, h.from_date, coalesce(h.reason, '--'), h.table_version, k.scope_path, k.viewers
FROM tier_held h JOIN tier_held p ON p.customer_id = h.customer_id AND p.to_date = h.from_date JOIN customer k ON k.customer_id = h.customer_id WHERE p.tier <> h.tier;

CREATE VIEW customers_tier_move_facts WITH (security_invoker = true) AS
SELECT customer_id, id AS move_id, month_start, from_tier, to_tier, state, effective_on, proposed_on, scope_path, viewers FROM tier_move;
COMMENT ON VIEW customers_tier_move_facts IS 'Moves between tiers. state WAITING: proposed and not decided; effective_on: from when on to_tier holds (APPLIED, CONFIRMED).';
GRANT SELECT ON customers_tier_move_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_engine, yq_batch;

-- Strategic customers: an entry is proposed by one person and confirmed by another; so is its end.
CREATE TABLE strategic_entry (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  from_date date NOT NULL,
  to_date date,
  reason text NOT NULL,
  proposed_by int NOT NULL REFERENCES staff,
  proposed_on date NOT NULL,
  decision text CHECK (decision IN ('CONFIRMED', 'RETURNED')),
  decided_by int REFERENCES staff,
  decided_on date,
  decision_note text,
  end_on date,
  end_reason text,
  end_proposed_by int REFERENCES staff,
  end_decided_by int REFERENCES staff,
  end_decided_on date,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL,
  PRIMARY KEY (customer_id, id),
  CHECK (decided_by <> proposed_by),
  CHECK (end_decided_by <> end_proposed_by),
  CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_on IS NULL)),
  CHECK ((end_on IS NULL) = (end_proposed_by IS NULL) AND (end_on IS NULL) = (end_reason IS NULL)),
  CHECK ((end_decided_by IS NULL) = (end_decided_on IS NULL) AND (end_decided_by IS NULL) = (to_date IS NULL)),
  CHECK (to_date IS NULL OR to_date >= from_date)
);
COMMENT ON TABLE strategic_entry IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('strategic_entry');
CALL protect_listed('strategic_entry');
CREATE UNIQUE INDEX strategic_entry_open ON strategic_entry (customer_id) WHERE to_date IS NULL AND decision IS DISTINCT FROM 'RETURNED';
CREATE INDEX strategic_entry_scope ON strategic_entry (scope_path, from_date);

-- ---------------------------------------------------------------------------------------------------------------------
-- Value

-- Prices of funds by curve, term and day. `example`: came with the product and is nobody's decision.
CREATE TABLE ftp_price (
  currency text NOT NULL,
  side text NOT NULL CHECK (side IN ('BID', 'OFFER')),   -- what the treasury pays for deposits, what it takes for loans
  term_months int NOT NULL CHECK (term_months BETWEEN 0 AND 480), -- 0: demand, by behaviour
  from_date date NOT NULL,
  rate numeric(12,8) NOT NULL,
  example boolean NOT NULL DEFAULT false,
  basis text NOT NULL,
  PRIMARY KEY (currency, side, term_months, from_date)
);
COMMENT ON TABLE ftp_price IS '{"owner":"customers","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('ftp_price');
INSERT INTO ftp_price (currency, side, term_months, from_date, rate, example, basis)
SELECT 'CNY', v.side, v.term, '1900-01-01', v.rate, true, '安装时的示例价格'
FROM (VALUES ('BID', 0, 0.0120), ('BID', 3, 0.0140), ('BID', 6, 0.0155), ('BID', 12, 0.0170), ('BID', 24, 0.0180), ('BID', 36, 0.0190), ('BID', 60, 0.0205),
             ('OFFER', 6, 0.0190), ('OFFER', 12, 0.0205), ('OFFER', 36, 0.0225), ('OFFER', 60, 0.0240), ('OFFER', 120, 0.0255), ('OFFER', 360, 0.0270)) v (side, term, rate);

CREATE TABLE value_parameter (
  name text NOT NULL CHECK (name IN ('demandRate', 'depInsRate', 'vatRate', 'surchargeRate', 'pdCorporate', 'pdPerson', 'lgd', 'riskWeightCorporate', 'riskWeightPerson', 'capitalRatio', 'hurdleRate', 'taxRate', 'taxOnLoss', 'transactionCost', 'contactCost')),
  from_date date NOT NULL,
  value numeric(18,8) NOT NULL CHECK (value >= 0),       -- rates as fractions, costs in yuan
  example boolean NOT NULL DEFAULT false,
  basis text NOT NULL,
  PRIMARY KEY (name, from_date)
);
COMMENT ON TABLE value_parameter IS '{"owner":"customers","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('value_parameter');
INSERT INTO value_parameter (name, from_date, value, example, basis)
SELECT v.name, '1900-01-01', v.value, true, '安装时的示例参数'
FROM (VALUES ('demandRate', 0.0010), ('depInsRate', 0.00016), ('vatRate', 0.06), ('surchargeRate', 0.12), ('pdCorporate', 0.012), ('pdPerson', 0.008), ('lgd', 0.45), ('riskWeightCorporate', 1), ('riskWeightPerson', 0.75),
             ('capitalRatio', 0.105), ('hurdleRate', 0.10), ('taxRate', 0.25), ('taxOnLoss', 0), ('transactionCost', 0.50), ('contactCost', 60)) v (name, value);

CREATE TABLE value_change (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('PRICE', 'PARAMETER')),
  side text CHECK (side IN ('BID', 'OFFER')),
  term_months int,
  name text,
  from_date date NOT NULL CHECK (extract(day FROM from_date) = 1),
  value numeric(18,8) NOT NULL CHECK (value >= 0),
  reason text NOT NULL,
  proposed_by int NOT NULL REFERENCES staff,
  proposed_on date NOT NULL,
  decision text CHECK (decision IN ('CONFIRMED', 'RETURNED')),
  decided_by int REFERENCES staff,
  decided_on date,
  decision_note text,
  CHECK (decided_by <> proposed_by),
  CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_on IS NULL)),
  CHECK ((kind = 'PRICE') = (side IS NOT NULL AND term_months IS NOT NULL) AND (kind = 'PARAMETER') = (name IS NOT NULL))
);
COMMENT ON TABLE value_change IS '{"owner":"customers","kind":"bank","secrecy":"NORMAL"}';
CALL protect_bank('value_change', '', 'yq_office');

-- Which months were worked out, and what could not be counted for want of a source.
CREATE TABLE value_month (
  month_start date PRIMARY KEY CHECK (extract(day FROM month_start) = 1),
  days int NOT NULL,
  computed_on date NOT NULL,
  customers int NOT NULL,
  parameters jsonb NOT NULL,                             -- the parameters as they were used
  missing text[] NOT NULL,
  batch_id uuid
);
COMMENT ON TABLE value_month IS '{"owner":"customers","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('value_month');

CREATE TABLE contribution (
  customer_id uuid NOT NULL REFERENCES customer,
  month_start date NOT NULL,
  days int NOT NULL,
  deposit_adb_fen bigint NOT NULL,
  loan_adb_fen bigint NOT NULL,
  pre_tax_fen bigint NOT NULL,
  tax_fen bigint NOT NULL,
  net_fen bigint NOT NULL,
  capital_fen bigint NOT NULL,
  charge_fen bigint NOT NULL,
  eva_fen bigint NOT NULL,
  missing text[] NOT NULL,                               -- of this customer: LOAN_RATE, TIME_RATE, FOREIGN
  batch_id uuid,
  PRIMARY KEY (customer_id, month_start)
);
COMMENT ON TABLE contribution IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('contribution');
CREATE INDEX contribution_month ON contribution (month_start);

-- One line of the calculation; its amount is rounded to whole fen, costs are negative. The rates that were used stand beside it.
CREATE TABLE contribution_line (
  customer_id uuid NOT NULL REFERENCES customer,
  month_start date NOT NULL,
  part int NOT NULL,
  kind text NOT NULL CHECK (kind IN ('DEPOSIT', 'DEPOSIT_INSURANCE', 'LOAN_INTEREST', 'LOAN_FUNDING', 'LOAN_VAT', 'LOAN_SURCHARGE', 'EXPECTED_LOSS', 'FEES', 'FEE_VAT', 'FEE_SURCHARGE', 'TRANSACTIONS', 'CONTACTS')),
  product_code text,
  base_fen bigint,                                       -- average daily balance, or the gross amount that is taxed
  times int,                                             -- of transactions or contacts
  rate numeric(12,8),                                    -- the customer's rate, or the rate of the tax or cost
  ftp_rate numeric(12,8),
  price_side text,
  price_term int,
  price_from date,
  amount_fen bigint NOT NULL,
  batch_id uuid,
  PRIMARY KEY (customer_id, month_start, part)
);
COMMENT ON TABLE contribution_line IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('contribution_line');

CREATE VIEW customers_contribution_facts WITH (security_invoker = true) AS
SELECT customer_id, month_start, days, deposit_adb_fen, loan_adb_fen, pre_tax_fen, tax_fen, net_fen, capital_fen, charge_fen, eva_fen, missing FROM contribution;
COMMENT ON VIEW customers_contribution_facts IS 'Contribution of a customer in a month by FTP (2.9), whole fen: pre-tax, tax and capital charge negative where they cost, EVA = net + charge. `missing`: what had no source.';
CREATE VIEW customers_contribution_line_facts WITH (security_invoker = true) AS
SELECT customer_id, month_start, part, kind, product_code, base_fen, times, rate, ftp_rate, price_side, price_term, price_from, amount_fen FROM contribution_line;
COMMENT ON VIEW customers_contribution_line_facts IS 'Lines of a customer''s contribution in a month; their amounts sum to pre_tax_fen.';
GRANT SELECT ON customers_contribution_facts, customers_contribution_line_facts TO yq_opened, yq_engine, yq_batch;

-- the rate of a loan belongs to its published facts
CREATE OR REPLACE VIEW holdings_loan_facts WITH (security_invoker = true) AS
SELECT customer_id, id AS loan_id, core_key, product_code, currency, outlet_key, amount_fen, paid_out_on, matures_on, term_months, instalment_fen, status_letter, settled_on, rate FROM loan;
