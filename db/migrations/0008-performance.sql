-- Performance: the points scheme as dated data, facts entered by form, settlement of a month, pay statements down to the facts, closed months.

-- A version of a scheme, in force [from_date, to_date). terms: what the version fixes besides its tariff (src/performance/scheme.contract.ts checks it).
CREATE TABLE scheme (
  code text NOT NULL CHECK (code ~ '^[A-Z][A-Z0-9_]{1,30}$'),
  version int NOT NULL CHECK (version > 0),
  kind text NOT NULL CHECK (kind IN ('POINTS')),
  from_date date NOT NULL,
  to_date date,
  name text NOT NULL,
  name_en text NOT NULL,
  terms jsonb NOT NULL,
  legal_basis text NOT NULL,
  PRIMARY KEY (code, version),
  CHECK (to_date IS NULL OR to_date > from_date),
  EXCLUDE USING gist (code WITH =, daterange(from_date, to_date) WITH &&)
);
COMMENT ON TABLE scheme IS '{"owner":"performance","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('scheme');

-- The tariff: points for an event, each item or each unit of an amount; the rule in force on the fact's own day.
CREATE TABLE point_rule (
  scheme_code text NOT NULL,
  event text NOT NULL,
  from_date date NOT NULL,
  to_date date,
  unit_fen bigint CHECK (unit_fen > 0),                   -- null: per item; else per so many fen
  points numeric(12,4) NOT NULL,
  products text[],                                        -- null: every product
  PRIMARY KEY (scheme_code, event, from_date),
  CHECK (to_date IS NULL OR to_date > from_date),
  EXCLUDE USING gist (scheme_code WITH =, event WITH =, daterange(from_date, to_date) WITH &&)
);
COMMENT ON TABLE point_rule IS '{"owner":"performance","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('point_rule');

-- What has no ledger yet comes by a form with evidence and a second person, never as a finished pay. A fact is returned or confirmed, not edited.
CREATE TABLE indicator_fact (
  id uuid PRIMARY KEY,
  indicator text NOT NULL CHECK (indicator IN ('MARKETING_SCORE', 'RETAIL_SCORE', 'INSPECTION_REPORT', 'INSPECTION_CHECK', 'NET_GROWTH_TARGET', 'TEAM_TARGET')),
  staff_key int NOT NULL REFERENCES staff,                -- whom it concerns
  month date NOT NULL CHECK (extract(day FROM month) = 1),   -- the month in which it counts; a target: from this month to December
  business_date date NOT NULL,
  value numeric(18,2),                                    -- a score, yuan of a target, points of a team's target
  grade text,
  object text,                                            -- what was inspected: report, check, with its number
  loan_id uuid,                                           -- the loan behind it: FALSE takes all its points back
  evidence text NOT NULL,
  entered_by int NOT NULL REFERENCES staff,
  entered_on date NOT NULL,
  confirmed_by int REFERENCES staff,
  confirmed_on date,
  returned_by int REFERENCES staff,
  returned_on date,
  return_reason text,
  corrects uuid REFERENCES indicator_fact,
  CHECK (confirmed_by <> entered_by),
  CHECK (returned_by <> entered_by),
  CHECK (staff_key <> entered_by AND staff_key <> confirmed_by),
  CHECK ((confirmed_by IS NULL) = (confirmed_on IS NULL)),
  CHECK ((returned_by IS NULL) = (return_reason IS NULL) AND (returned_by IS NULL) = (returned_on IS NULL)),
  CHECK (confirmed_by IS NULL OR returned_by IS NULL),
  CHECK ((value IS NULL) <> (grade IS NULL)),
  CHECK ((grade IS NULL) = (object IS NULL))
);
COMMENT ON TABLE indicator_fact IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';
CREATE INDEX indicator_fact_month ON indicator_fact (month DESC, id DESC);
CREATE INDEX indicator_fact_staff ON indicator_fact (staff_key, month);
ALTER TABLE indicator_fact ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON indicator_fact TO yq_self, yq_engine, yq_batch;
GRANT SELECT, INSERT, UPDATE ON indicator_fact TO yq_office;
GRANT INSERT, UPDATE ON indicator_fact TO yq_batch;
CREATE POLICY ratee_read ON indicator_fact FOR SELECT TO yq_self USING (staff_key = current_setting('app.me')::int);
CREATE POLICY office_all ON indicator_fact FOR ALL TO yq_office USING (true) WITH CHECK (true);
CREATE POLICY engine_read ON indicator_fact FOR SELECT TO yq_engine USING (true);
CREATE POLICY batch_all ON indicator_fact FOR ALL TO yq_batch USING (true) WITH CHECK (true);

-- One calculation of a month under a scheme that was kept. Its rows are only ever added: no role may change or remove them.
CREATE TABLE settlement_run (
  id uuid PRIMARY KEY,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  scheme_code text NOT NULL,
  scheme_version int NOT NULL,
  currency text NOT NULL,
  hash text NOT NULL,                                     -- over every fact, line and step; the same inputs give the same hash
  people int NOT NULL,
  facts int NOT NULL,
  points numeric(16,2) NOT NULL,
  payable_fen bigint NOT NULL,
  carry_out_fen bigint NOT NULL,
  control jsonb NOT NULL,                                 -- the control report: facts of the month = in lines + without manager + outside the scheme
  settled_by int REFERENCES staff,                        -- null: the command line or the demo
  settled_on date NOT NULL,
  settled_at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (scheme_code, scheme_version) REFERENCES scheme
);
COMMENT ON TABLE settlement_run IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';
CREATE INDEX settlement_run_month ON settlement_run (month DESC, scheme_code, settled_at DESC);
ALTER TABLE settlement_run ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON settlement_run TO yq_self, yq_unit, yq_all, yq_office, yq_engine;
GRANT SELECT, INSERT ON settlement_run TO yq_batch;
CREATE POLICY everybody_read ON settlement_run FOR SELECT USING (true);
CREATE POLICY batch_add ON settlement_run FOR INSERT TO yq_batch WITH CHECK (true);

-- Which run counts for a month, until the month is closed. stale: a month before it was settled again since.
CREATE TABLE settled_month (
  month date NOT NULL,
  scheme_code text NOT NULL,
  run_id uuid NOT NULL REFERENCES settlement_run,
  stale boolean NOT NULL DEFAULT false,
  PRIMARY KEY (month, scheme_code)
);
COMMENT ON TABLE settled_month IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';
CREATE INDEX settled_month_run ON settled_month (run_id);
ALTER TABLE settled_month ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON settled_month TO yq_self, yq_unit, yq_all, yq_office, yq_engine;
GRANT SELECT, INSERT, UPDATE ON settled_month TO yq_batch;
CREATE POLICY everybody_read ON settled_month FOR SELECT USING (true);
CREATE POLICY batch_write ON settled_month FOR ALL TO yq_batch USING (true) WITH CHECK (true);

-- A closed month never changes: the row is added once, by another person than the one who settled, and nobody may change it.
CREATE TABLE closed_month (
  month date NOT NULL,
  scheme_code text NOT NULL,
  run_id uuid NOT NULL REFERENCES settlement_run,
  settled_by int REFERENCES staff,
  closed_by int REFERENCES staff,                         -- null: the demo
  closed_on date NOT NULL,
  PRIMARY KEY (month, scheme_code),
  FOREIGN KEY (month, scheme_code) REFERENCES settled_month,
  CHECK (closed_by <> settled_by)
);
COMMENT ON TABLE closed_month IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';
ALTER TABLE closed_month ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON closed_month TO yq_self, yq_unit, yq_all, yq_opened, yq_engine;
GRANT SELECT, INSERT ON closed_month TO yq_office, yq_batch;
CREATE POLICY everybody_read ON closed_month FOR SELECT USING (true);
CREATE POLICY office_add ON closed_month FOR INSERT TO yq_office, yq_batch WITH CHECK (true);

-- Pay: a person reads his own, a lead those of the line, HR and the performance desk (office role) everybody's with a purpose. Only added.
CREATE PROCEDURE protect_pay(t regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('GRANT SELECT ON %s TO yq_self, yq_unit, yq_all, yq_office, yq_engine', t);
  EXECUTE format('GRANT SELECT, INSERT ON %s TO yq_batch', t);
  EXECUTE format('CREATE POLICY own_read ON %s FOR SELECT TO yq_self USING (staff_key = current_setting(''app.me'')::int)', t);
  EXECUTE format('CREATE POLICY unit_read ON %s FOR SELECT TO yq_unit USING (scope_path >= current_setting(''app.lo'') AND scope_path < current_setting(''app.hi''))', t);
  EXECUTE format('CREATE POLICY all_read ON %s FOR SELECT TO yq_all, yq_office, yq_engine, yq_batch USING (true)', t);
  EXECUTE format('CREATE POLICY batch_add ON %s FOR INSERT TO yq_batch WITH CHECK (true)', t);
END $$;

CREATE TABLE pay_statement (
  run_id uuid NOT NULL,                                   -- no foreign key: a run's rows are added in one transaction and never removed; a check of each of a million rows costs more than it guards
  staff_key int NOT NULL REFERENCES staff,
  scope_path text COLLATE "C" NOT NULL,                   -- the person's line in that month
  post_code text NOT NULL,
  points numeric(14,2) NOT NULL,
  before_carry_fen bigint NOT NULL,                       -- F of the order of operations
  carry_in_fen bigint NOT NULL CHECK (carry_in_fen <= 0),
  payable_fen bigint NOT NULL CHECK (payable_fen >= 0),
  carry_out_fen bigint NOT NULL CHECK (carry_out_fen <= 0),
  input jsonb NOT NULL,                                   -- what the rule was given, so that a late correction can be worked out again
  steps jsonb NOT NULL,                                   -- every named value with its real operands, where it was rounded, why it is zero
  set_off jsonb NOT NULL,                                 -- which deduction was met by this month, and what is carried
  carry_out jsonb NOT NULL,
  expired jsonb NOT NULL,                                 -- carried longer than the scheme allows: to be written off with approval
  PRIMARY KEY (run_id, staff_key),
  CHECK (before_carry_fen + carry_in_fen = payable_fen + carry_out_fen)
);
COMMENT ON TABLE pay_statement IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';
CREATE INDEX pay_statement_staff ON pay_statement (staff_key);
CALL protect_pay('pay_statement');

CREATE TABLE pay_line (
  run_id uuid NOT NULL,
  staff_key int NOT NULL,
  scope_path text COLLATE "C" NOT NULL,
  place int NOT NULL,
  code text NOT NULL,                                     -- the event of the tariff, or EARLY, OVERDUE, REFUND, CORRECTION, NET_GROWTH, MARKETING, TEAM
  quantity numeric(20,6),
  unit_fen bigint,                                        -- null: items
  each numeric(12,4),
  measured_fen bigint,                                    -- the average balance, the amount, the growth behind the quantity
  points numeric(14,2),
  money_fen bigint,
  facts int NOT NULL,
  by_form boolean NOT NULL,
  corrects_month date,                                    -- the closed month and its line that this line corrects
  corrects_code text,
  detail jsonb NOT NULL,                                  -- named values behind it: completion and f, score, team, what a correction compares
  why text,                                               -- why it is zero
  PRIMARY KEY (run_id, staff_key, place)
);
COMMENT ON TABLE pay_line IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';
CALL protect_pay('pay_line');

-- The facts behind a line. They stay readable to the person whom they pay after the customer moved; the customer's page still needs scope.
CREATE TABLE pay_fact (
  run_id uuid NOT NULL,
  staff_key int NOT NULL,
  line_code text COLLATE "C" NOT NULL,
  of_month date NOT NULL,                                 -- the month that it counts for: the run's, or an earlier one that it corrects or returns to
  fact_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('LOAN', 'ACCOUNT', 'BASE', 'FORM')),
  customer_id uuid,
  fact_date date,
  amount_fen bigint,                                      -- the fact's own amount in the scheme's currency
  share_pct numeric(7,4),                                 -- of it, what this person is credited with
  held_days int,
  fen_days numeric(24,0),                                 -- stocks: sum of the closing balances of all days of the month
  share_days numeric(12,2),                               -- stocks: sum of share percent × days held
  points numeric(14,2),
  money_fen bigint,
  value numeric(18,6),                                    -- a score, full months left, the recovered part
  why text,
  note text,                                              -- of a form: object and grade
  scope_path text COLLATE "C" NOT NULL,
  PRIMARY KEY (run_id, staff_key, line_code, of_month, fact_id)
);
COMMENT ON TABLE pay_fact IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';
CREATE INDEX pay_fact_loan ON pay_fact (fact_id) WHERE kind = 'LOAN' AND (points IS NOT NULL OR money_fen IS NOT NULL);
CALL protect_pay('pay_fact');

-- Published.
CREATE VIEW performance_closed_month_facts WITH (security_invoker = true) AS SELECT month, scheme_code, run_id, closed_on FROM closed_month;
COMMENT ON VIEW performance_closed_month_facts IS 'Months that are closed under a scheme: a correction of an old day becomes a line of the next open month.';
GRANT SELECT ON performance_closed_month_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_office, yq_engine, yq_batch;
CREATE VIEW performance_statement_facts WITH (security_invoker = true) AS
SELECT m.month, m.scheme_code, s.staff_key, s.scope_path, s.points, s.payable_fen, s.carry_out_fen, c.run_id IS NOT NULL AS closed
FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id LEFT JOIN closed_month c ON c.month = m.month AND c.scheme_code = m.scheme_code;
COMMENT ON VIEW performance_statement_facts IS 'One row per person and settled month: points, payable fen, what is carried on (negative).';
GRANT SELECT ON performance_statement_facts TO yq_self, yq_unit, yq_all, yq_office, yq_engine, yq_batch;
CREATE VIEW performance_indicator_fact_facts WITH (security_invoker = true) AS
SELECT id AS indicator_fact_id, indicator, staff_key, month, business_date, value, grade, loan_id, confirmed_on FROM indicator_fact WHERE confirmed_by IS NOT NULL;
COMMENT ON VIEW performance_indicator_fact_facts IS 'Facts entered by form and confirmed by a second person.';
GRANT SELECT ON performance_indicator_fact_facts TO yq_self, yq_office, yq_engine, yq_batch;
