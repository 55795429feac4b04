-- Versions of schemes are proposed by one person, warnings acknowledged by compliance, confirmed by another; what is in force is never edited. Each person whom a scheme pays can say that he read it.

CREATE TABLE scheme_change (
  id uuid PRIMARY KEY,
  code text NOT NULL CHECK (code ~ '^[A-Z][A-Z0-9_]{1,30}$'),
  kind text NOT NULL CHECK (kind IN ('POINTS', 'BLOCKS')),
  from_date date NOT NULL CHECK (extract(day FROM from_date) = 1),
  name text NOT NULL,
  name_en text NOT NULL,
  legal_basis text NOT NULL,
  terms jsonb NOT NULL,
  tariff jsonb NOT NULL,                                  -- of a points scheme: points for each event
  authorisation text,                                     -- number of head office's authorisation, for a scheme made below it
  findings jsonb NOT NULL,                                -- what the validator warned of when it was proposed
  reason text NOT NULL,
  proposed_by int NOT NULL REFERENCES staff,
  proposed_on date NOT NULL,
  acknowledged_by int REFERENCES staff,                   -- compliance: the warnings are known and borne, and why
  acknowledged_on date,
  acknowledgement text,
  decision text CHECK (decision IN ('CONFIRMED', 'RETURNED')),
  decided_by int REFERENCES staff,
  decided_on date,
  decision_note text,
  CHECK (decided_by <> proposed_by),
  CHECK (acknowledged_by <> proposed_by),
  CHECK ((acknowledged_by IS NULL) = (acknowledgement IS NULL) AND (acknowledged_by IS NULL) = (acknowledged_on IS NULL)),
  CHECK (decision IS DISTINCT FROM 'CONFIRMED' OR findings = '[]'::jsonb OR acknowledged_by IS NOT NULL),
  CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_on IS NULL))
);
COMMENT ON TABLE scheme_change IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';
CALL protect_bank('scheme_change', '', 'yq_office');
CREATE UNIQUE INDEX scheme_change_open ON scheme_change (code) WHERE decision IS NULL;

-- Rights to know: who read which version, and when. Only added.
CREATE TABLE scheme_reading (
  scheme_code text NOT NULL,
  scheme_version int NOT NULL,
  staff_key int NOT NULL REFERENCES staff,
  read_on date NOT NULL,
  PRIMARY KEY (scheme_code, scheme_version, staff_key),
  FOREIGN KEY (scheme_code, scheme_version) REFERENCES scheme
);
COMMENT ON TABLE scheme_reading IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';
ALTER TABLE scheme_reading ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON scheme_reading TO yq_self, yq_office, yq_batch;
GRANT SELECT ON scheme_reading TO yq_engine;
CREATE POLICY own_all ON scheme_reading FOR ALL TO yq_self USING (staff_key = current_setting('app.me')::int) WITH CHECK (staff_key = current_setting('app.me')::int);
CREATE POLICY office_all ON scheme_reading FOR ALL TO yq_office, yq_batch USING (true) WITH CHECK (true);
CREATE POLICY engine_read ON scheme_reading FOR SELECT TO yq_engine USING (true);
