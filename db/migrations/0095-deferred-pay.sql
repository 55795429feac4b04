-- Deferral, claw-back and exemption as things that live (domain specification 3.0, 3.3, 5.15). A closed month brings its deferred share as tranches; what becomes of them, a claim on what was paid and a deduction that is given
-- back are cases that two people decide. Nothing closed is edited: what a case pays or takes is a line of the first open month. Everything is only added. Decision record 0049.

-- A part of the pay of a closed month that is paid later. HELD_SHARE: of a support department without data (3.5), without a day of its own.
CREATE TABLE deferred_tranche (
  id uuid PRIMARY KEY,
  staff_key int NOT NULL REFERENCES staff,
  scheme_code text NOT NULL,
  month date NOT NULL CHECK (extract(day FROM month) = 1),  -- the last month of the period that earned it
  run_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('DEFERRED', 'HELD_SHARE')),
  line_code text NOT NULL,                                -- the step of the statement: DEFERRED.1
  part int NOT NULL CHECK (part > 0),
  parts int NOT NULL,
  fen bigint NOT NULL CHECK (fen > 0),
  due_on date,                                            -- the period's last day and so many years
  scope_path text COLLATE "C" NOT NULL,
  UNIQUE (staff_key, scheme_code, month, line_code),
  UNIQUE (id, staff_key),
  CHECK (part <= parts),
  CHECK ((kind = 'DEFERRED') = (due_on IS NOT NULL))
);
COMMENT ON TABLE deferred_tranche IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","skip":["scope_path"]}';
CREATE INDEX deferred_tranche_due ON deferred_tranche (due_on, id);

-- A decision about pay that was earned before: entered by one with evidence, decided by another. RELEASE pays held tranches, FORFEIT lets them lapse, CLAW_BACK takes from held and paid pay of a period after a finding of
-- accountability, EXEMPTION gives deductions back, WAIVE and REPAY answer what is left of a claim.
CREATE TABLE pay_case (
  id uuid PRIMARY KEY,
  number text COLLATE "C" NOT NULL UNIQUE,                -- XC2027-0001
  kind text NOT NULL CHECK (kind IN ('RELEASE', 'FORFEIT', 'CLAW_BACK', 'EXEMPTION', 'WAIVE', 'REPAY')),
  scheme_code text NOT NULL,
  month date CHECK (extract(day FROM month) = 1),         -- of a claw-back: the last month of the period
  staff_keys int[] NOT NULL CHECK (cardinality(staff_keys) > 0),
  heard_key int REFERENCES staff,                         -- of a claw-back: the person who is heard
  basis text CHECK (basis IN ('A', 'B', 'C')),            -- the three groups of 银保监办发〔2021〕17号
  ratio numeric(5,4) CHECK (ratio > 0 AND ratio <= 1),
  conclusion text CHECK (conclusion IN ('DILIGENT', 'BASICALLY_DILIGENT')),
  cause_id uuid,                                          -- of an exemption: the loan
  about_id uuid REFERENCES pay_case,                      -- of WAIVE and REPAY: the claim
  monthly_fen bigint CHECK (monthly_fen > 0),             -- payroll's guard for each month's wage; null: a fifth of the month's performance pay
  evidence text NOT NULL,
  reason text NOT NULL,
  hear_until date,                                        -- the person's right to be heard: not decided before he answered or this day passed
  deciders int[] NOT NULL,                                -- whose turn it was when it was entered
  entered_by int NOT NULL REFERENCES staff,
  entered_on date NOT NULL,
  UNIQUE (id, entered_by, staff_keys, deciders),
  UNIQUE (id, heard_key),
  CHECK (NOT staff_keys @> ARRAY[entered_by]),
  CHECK ((kind = 'CLAW_BACK') = (basis IS NOT NULL) AND (kind = 'CLAW_BACK') = (hear_until IS NOT NULL) AND ((kind IN ('CLAW_BACK', 'EXEMPTION')) = (ratio IS NOT NULL))),
  CHECK (kind <> 'CLAW_BACK' OR (month IS NOT NULL AND staff_keys = ARRAY[heard_key])),
  CHECK ((kind = 'EXEMPTION') = (conclusion IS NOT NULL) AND (kind = 'EXEMPTION') = (cause_id IS NOT NULL)),
  CHECK ((kind IN ('WAIVE', 'REPAY')) = (about_id IS NOT NULL))
);
COMMENT ON TABLE pay_case IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","hidden":["reason","evidence"]}';
CREATE INDEX pay_case_staff ON pay_case USING gin (staff_keys);
CREATE INDEX pay_case_deciders ON pay_case USING gin (deciders);
CREATE INDEX pay_case_entered ON pay_case (entered_on DESC, id DESC);
CREATE INDEX pay_case_about ON pay_case (about_id) WHERE about_id IS NOT NULL;

-- What a case is about: each amount with the person and the line that it comes from.
CREATE TABLE pay_case_item (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES pay_case,
  staff_key int NOT NULL REFERENCES staff,
  kind text NOT NULL CHECK (kind IN ('TRANCHE', 'CLAIM', 'REVERSAL', 'KEPT', 'PART')),
  tranche_id uuid,
  of_month date NOT NULL CHECK (extract(day FROM of_month) = 1),
  line_code text NOT NULL,
  fact_id uuid,                                           -- of a deduction: the loan or the finding
  fen bigint NOT NULL CHECK (fen >= 0),                   -- paid, forfeited, claimed, given back, waived
  points numeric(14,2),
  detail jsonb NOT NULL,
  why text,
  scope_path text COLLATE "C" NOT NULL,
  FOREIGN KEY (tranche_id, staff_key) REFERENCES deferred_tranche (id, staff_key),
  CHECK ((kind = 'TRANCHE') = (tranche_id IS NOT NULL))
);
COMMENT ON TABLE pay_case_item IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","skip":["scope_path"]}';
CREATE INDEX pay_case_item_case ON pay_case_item (case_id);
CREATE INDEX pay_case_item_staff ON pay_case_item (staff_key);
CREATE INDEX pay_case_item_tranche ON pay_case_item (tranche_id) WHERE tranche_id IS NOT NULL;

-- The person is heard.
CREATE TABLE pay_case_answer (
  case_id uuid PRIMARY KEY,
  staff_key int NOT NULL,
  agrees boolean NOT NULL,
  text text NOT NULL,
  answered_on date NOT NULL,
  FOREIGN KEY (case_id, staff_key) REFERENCES pay_case (id, heard_key)
);
COMMENT ON TABLE pay_case_answer IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","hidden":["text"]}';

-- The second person's word. What is paid or taken stands in the statements of pay_scheme from pay_month on.
CREATE TABLE pay_case_end (
  case_id uuid PRIMARY KEY,
  entered_by int NOT NULL,
  staff_keys int[] NOT NULL,
  deciders int[] NOT NULL,
  result text NOT NULL CHECK (result IN ('CONFIRMED', 'RETURNED')),
  reason text NOT NULL,
  decided_by int NOT NULL REFERENCES staff,
  decided_on date NOT NULL,
  pay_scheme text,
  pay_month date CHECK (extract(day FROM pay_month) = 1),
  FOREIGN KEY (case_id, entered_by, staff_keys, deciders) REFERENCES pay_case (id, entered_by, staff_keys, deciders),
  CHECK (decided_by <> entered_by AND NOT staff_keys @> ARRAY[decided_by]),
  CHECK ((pay_month IS NULL) = (pay_scheme IS NULL) AND (result = 'CONFIRMED' OR pay_month IS NULL))
);
COMMENT ON TABLE pay_case_end IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","hidden":["reason"]}';
CREATE INDEX pay_case_end_pay ON pay_case_end (pay_scheme, pay_month);

-- A person reads his own, who leads the line reads what stands in its statements, the offices everything. Only added: no role may change or remove a row.
ALTER TABLE deferred_tranche ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON deferred_tranche TO yq_self, yq_unit, yq_all, yq_engine;
GRANT SELECT, INSERT ON deferred_tranche TO yq_office, yq_batch;
CREATE POLICY own_read ON deferred_tranche FOR SELECT TO yq_self USING (staff_key = current_setting('app.me')::int);
CREATE POLICY unit_read ON deferred_tranche FOR SELECT TO yq_unit USING (scope_path >= current_setting('app.lo') AND scope_path < current_setting('app.hi'));
CREATE POLICY all_read ON deferred_tranche FOR SELECT TO yq_all, yq_office, yq_engine, yq_batch USING (true);
CREATE POLICY office_add ON deferred_tranche FOR INSERT TO yq_office, yq_batch WITH CHECK (true);

ALTER TABLE pay_case ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON pay_case TO yq_self, yq_unit, yq_all, yq_engine, yq_batch;
GRANT SELECT, INSERT ON pay_case TO yq_office;
CREATE POLICY own_read ON pay_case FOR SELECT TO yq_self, yq_unit, yq_all USING (staff_keys @> ARRAY[current_setting('app.me')::int]);
CREATE POLICY decider_read ON pay_case FOR SELECT TO yq_self, yq_unit, yq_all USING (deciders @> ARRAY[current_setting('app.me')::int]);
CREATE POLICY office_read ON pay_case FOR SELECT TO yq_office, yq_engine, yq_batch USING (true);
CREATE POLICY office_add ON pay_case FOR INSERT TO yq_office WITH CHECK (entered_by = current_setting('app.me')::int);

ALTER TABLE pay_case_item ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON pay_case_item TO yq_self, yq_unit, yq_all, yq_engine, yq_batch;
GRANT SELECT, INSERT ON pay_case_item TO yq_office;
CREATE POLICY own_read ON pay_case_item FOR SELECT TO yq_self, yq_unit, yq_all USING (staff_key = current_setting('app.me')::int);
CREATE POLICY office_read ON pay_case_item FOR SELECT TO yq_office, yq_engine, yq_batch USING (true);
CREATE POLICY office_add ON pay_case_item FOR INSERT TO yq_office WITH CHECK (true);

ALTER TABLE pay_case_answer ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON pay_case_answer TO yq_self;
GRANT SELECT ON pay_case_answer TO yq_unit, yq_all, yq_office, yq_engine, yq_batch;
CREATE POLICY own_read ON pay_case_answer FOR SELECT TO yq_self, yq_unit, yq_all USING (staff_key = current_setting('app.me')::int);
CREATE POLICY office_read ON pay_case_answer FOR SELECT TO yq_office, yq_engine, yq_batch USING (true);
CREATE POLICY own_add ON pay_case_answer FOR INSERT TO yq_self WITH CHECK (staff_key = current_setting('app.me')::int);

ALTER TABLE pay_case_end ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON pay_case_end TO yq_self, yq_unit, yq_all, yq_engine, yq_batch;
GRANT SELECT, INSERT ON pay_case_end TO yq_office;
CREATE POLICY own_read ON pay_case_end FOR SELECT TO yq_self, yq_unit, yq_all USING (staff_keys @> ARRAY[current_setting('app.me')::int]);
CREATE POLICY decider_read ON pay_case_end FOR SELECT TO yq_self, yq_unit, yq_all USING (deciders @> ARRAY[current_setting('app.me')::int]);
CREATE POLICY office_read ON pay_case_end FOR SELECT TO yq_office, yq_engine, yq_batch USING (true);
CREATE POLICY office_add ON pay_case_end FOR INSERT TO yq_office WITH CHECK (decided_by = current_setting('app.me')::int);

-- Published.
CREATE VIEW performance_deferred_tranche_facts WITH (security_invoker = true) AS
SELECT t.id AS tranche_id, t.staff_key, t.scheme_code, t.month, t.kind, t.line_code, t.part, t.parts, t.fen, t.due_on, t.scope_path, coalesce(d.forfeited, 0)::bigint AS forfeited_fen, coalesce(d.released, 0)::bigint AS released_fen, d.pay_scheme, d.pay_month
FROM deferred_tranche t LEFT JOIN LATERAL (
  SELECT sum(i.fen) FILTER (WHERE c.kind IN ('FORFEIT', 'CLAW_BACK')) AS forfeited, sum(i.fen) FILTER (WHERE c.kind = 'RELEASE') AS released, max(e.pay_scheme) FILTER (WHERE c.kind = 'RELEASE') AS pay_scheme, max(e.pay_month) FILTER (WHERE c.kind = 'RELEASE') AS pay_month
  FROM pay_case_item i JOIN pay_case c ON c.id = i.case_id JOIN pay_case_end e ON e.case_id = c.id AND e.result = 'CONFIRMED' WHERE i.tranche_id = t.id) d ON true;
COMMENT ON VIEW performance_deferred_tranche_facts IS 'One row a tranche: what was forfeited and released of it, and with which month the released part is paid. The rest of the fen is held.';
GRANT SELECT ON performance_deferred_tranche_facts TO yq_self, yq_unit, yq_all, yq_office, yq_engine, yq_batch;

CREATE VIEW performance_pay_case_payment_facts WITH (security_invoker = true) AS
SELECT i.id AS item_id, i.staff_key, e.pay_scheme, e.pay_month, CASE c.kind WHEN 'RELEASE' THEN 'TRANCHE' ELSE 'EXEMPTION' END AS kind, c.id AS case_id, c.number, c.scheme_code, i.of_month, i.line_code, i.fact_id, i.fen AS money_fen, i.points, i.detail, e.decided_on, i.scope_path
FROM pay_case_item i JOIN pay_case c ON c.id = i.case_id JOIN pay_case_end e ON e.case_id = c.id AND e.result = 'CONFIRMED'
WHERE i.fen > 0 AND ((c.kind = 'RELEASE' AND i.kind = 'TRANCHE') OR (c.kind = 'EXEMPTION' AND i.kind = 'REVERSAL'));
COMMENT ON VIEW performance_pay_case_payment_facts IS 'What a decided case pays: released tranches and deductions given back, each a line of pay_month that names the month and line it comes from.';
GRANT SELECT ON performance_pay_case_payment_facts TO yq_self, yq_unit, yq_all, yq_office, yq_engine, yq_batch;

CREATE VIEW performance_claim_facts WITH (security_invoker = true) AS
SELECT i.id AS claim_id, i.staff_key, c.id AS case_id, c.number, c.scheme_code, i.of_month, i.fen, c.monthly_fen, e.pay_month, i.scope_path,
  coalesce((SELECT sum(p.fen) FROM pay_case a JOIN pay_case_item p ON p.case_id = a.id JOIN pay_case_end x ON x.case_id = a.id AND x.result = 'CONFIRMED' WHERE a.about_id = c.id AND a.kind = 'WAIVE'), 0)::bigint AS waived_fen,
  coalesce((SELECT sum(p.fen) FROM pay_case a JOIN pay_case_item p ON p.case_id = a.id JOIN pay_case_end x ON x.case_id = a.id AND x.result = 'CONFIRMED' WHERE a.about_id = c.id AND a.kind = 'REPAY'), 0)::bigint AS repaid_fen
FROM pay_case c JOIN pay_case_item i ON i.case_id = c.id AND i.kind = 'CLAIM' JOIN pay_case_end e ON e.case_id = c.id AND e.result = 'CONFIRMED' WHERE c.kind = 'CLAW_BACK' AND i.fen > 0;
COMMENT ON VIEW performance_claim_facts IS 'Agreed claims on pay that was paid already, with what was waived and repaid of each; what months took stands in their lines.';
GRANT SELECT ON performance_claim_facts TO yq_self, yq_unit, yq_all, yq_office, yq_engine, yq_batch;
