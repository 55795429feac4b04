-- The appraisal group (考核小组, domain specification 3.8), qualitative marks and their calibration, conduct events by form. Everything is only added.

CREATE TABLE appraisal_group (
  id uuid PRIMARY KEY,
  unit_key int NOT NULL REFERENCES institution,           -- for the bank, or for a branch and what lies below it
  name text NOT NULL,
  chair_key int NOT NULL REFERENCES staff,
  secretary_key int NOT NULL REFERENCES staff,
  from_date date NOT NULL,
  to_date date NOT NULL,                                  -- the term: two years at most
  members jsonb NOT NULL,                                 -- 5 to 9: {staffKey, side}
  members_key int[] NOT NULL,
  readers int[] NOT NULL,                                 -- members and secretary
  replaces_id uuid REFERENCES appraisal_group,            -- a member changed inside of the term: the group goes on under a new row
  made_by int NOT NULL REFERENCES staff,
  made_on date NOT NULL,
  reason text NOT NULL,
  UNIQUE (id, readers),
  CHECK (to_date > from_date AND to_date <= (from_date + interval '2 years')::date),
  CHECK (cardinality(members_key) BETWEEN 5 AND 9 AND members_key @> ARRAY[chair_key])
);
COMMENT ON TABLE appraisal_group IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';
CREATE UNIQUE INDEX appraisal_group_replaced ON appraisal_group (replaces_id) WHERE replaces_id IS NOT NULL;

-- What is put to the vote, with those who must leave it (ratee, his superior, who gave the mark, a relative).
CREATE TABLE group_motion (
  id uuid PRIMARY KEY,
  group_id uuid NOT NULL,
  number text COLLATE "C" NOT NULL UNIQUE,                -- KH2026-0001
  kind text NOT NULL CHECK (kind IN ('CALIBRATION', 'APPEAL', 'TARGET', 'INSPECTOR', 'REWARD', 'SCHEME_REVIEW')),
  staff_key int REFERENCES staff,                         -- whom it concerns
  about_id uuid,                                          -- the appeal
  scheme_code text,
  month date,
  title text NOT NULL,
  proposal jsonb NOT NULL,                                -- calibration: marks with their new value and reason; appeal: reject, or the adjustment in fen
  recused jsonb NOT NULL,                                 -- {staffKey, why}
  voters int[] NOT NULL,                                  -- members less the recused
  members_key int[] NOT NULL,
  put_by int NOT NULL REFERENCES staff,
  put_on date NOT NULL,
  readers int[] NOT NULL,
  FOREIGN KEY (group_id, readers) REFERENCES appraisal_group (id, readers),
  UNIQUE (id, readers),
  UNIQUE (id, voters, readers),
  CHECK (NOT voters @> ARRAY[coalesce(staff_key, -1)]),
  CHECK (voters <@ members_key)
);
COMMENT ON TABLE group_motion IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';
CREATE INDEX group_motion_group ON group_motion (group_id, put_on);
CREATE INDEX group_motion_about ON group_motion (about_id) WHERE about_id IS NOT NULL;

-- Each member votes in his own name, once.
CREATE TABLE group_vote (
  motion_id uuid NOT NULL,
  staff_key int NOT NULL REFERENCES staff,
  vote text NOT NULL CHECK (vote IN ('YES', 'NO', 'ABSTAIN')),
  reason text,
  voted_on date NOT NULL,
  voters int[] NOT NULL,
  readers int[] NOT NULL,
  PRIMARY KEY (motion_id, staff_key),
  FOREIGN KEY (motion_id, voters, readers) REFERENCES group_motion (id, voters, readers),
  CHECK (voters @> ARRAY[staff_key]),
  CHECK (vote <> 'NO' OR reason IS NOT NULL)
);
COMMENT ON TABLE group_vote IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';

CREATE TABLE group_decision (
  motion_id uuid PRIMARY KEY,
  result text NOT NULL CHECK (result IN ('PASSED', 'REJECTED')),
  members int NOT NULL,
  present int NOT NULL,
  yes int NOT NULL,
  no int NOT NULL,
  by_chair boolean NOT NULL,                              -- a tie that the chair's vote decided
  reasons text NOT NULL,
  closed_by int NOT NULL REFERENCES staff,
  closed_on date NOT NULL,
  readers int[] NOT NULL,
  FOREIGN KEY (motion_id, readers) REFERENCES group_motion (id, readers),
  CHECK (present * 3 >= members * 2 AND yes + no <= present),
  CHECK ((result = 'PASSED') = (yes > no OR (yes = no AND by_chair)))
);
COMMENT ON TABLE group_decision IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';

CREATE PROCEDURE protect_group(t regclass, author text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('GRANT SELECT, INSERT ON %s TO yq_self, yq_unit, yq_all, yq_office, yq_batch', t);
  EXECUTE format('GRANT SELECT ON %s TO yq_engine', t);
  EXECUTE format('CREATE POLICY member_read ON %s FOR SELECT TO yq_self, yq_unit, yq_all USING (readers @> ARRAY[current_setting(''app.me'')::int])', t);
  EXECUTE format('CREATE POLICY office_read ON %s FOR SELECT TO yq_office, yq_engine, yq_batch USING (true)', t);
  EXECUTE format('CREATE POLICY member_add ON %s FOR INSERT TO yq_self, yq_unit, yq_all WITH CHECK (readers @> ARRAY[current_setting(''app.me'')::int] AND %I = current_setting(''app.me'')::int)', t, author);
  EXECUTE format('CREATE POLICY office_add ON %s FOR INSERT TO yq_office WITH CHECK (%I = current_setting(''app.me'')::int)', t, author);
  EXECUTE format('CREATE POLICY batch_add ON %s FOR INSERT TO yq_batch WITH CHECK (true)', t);
END $$;
CALL protect_group('appraisal_group', 'made_by');
CALL protect_group('group_motion', 'put_by');
CALL protect_group('group_vote', 'staff_key');
CALL protect_group('group_decision', 'closed_by');

-- A mark of a person for an item of a scheme and a month, by one rater, with evidence. Nobody marks himself; an extreme mark needs its text.
CREATE TABLE qualitative_mark (
  id uuid PRIMARY KEY,
  staff_key int NOT NULL REFERENCES staff,
  scheme_code text NOT NULL,
  item text NOT NULL CHECK (item ~ '^[A-Z][A-Z0-9_]{0,30}$'),
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  mark numeric(5,2) NOT NULL CHECK (mark BETWEEN 0 AND 100),
  text text,
  evidence text NOT NULL CHECK (length(evidence) >= 4),
  given_by int NOT NULL REFERENCES staff,
  given_on date NOT NULL,
  scope_path text COLLATE "C" NOT NULL,
  UNIQUE (staff_key, scheme_code, item, month),
  CHECK (given_by <> staff_key),
  CHECK (mark BETWEEN 60 AND 95 OR coalesce(length(text), 0) >= 10)
);
COMMENT ON TABLE qualitative_mark IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","skip":["scope_path"]}';
CREATE INDEX qualitative_mark_month ON qualitative_mark (month, scheme_code, item);
CREATE INDEX qualitative_mark_rater ON qualitative_mark (given_by, month);

-- The group's mark beside the rater's, which stays.
CREATE TABLE calibrated_mark (
  mark_id uuid PRIMARY KEY REFERENCES qualitative_mark,
  staff_key int NOT NULL,
  mark numeric(5,2) NOT NULL CHECK (mark BETWEEN 0 AND 100),
  reason text NOT NULL CHECK (length(reason) >= 4),
  motion_id uuid NOT NULL REFERENCES group_decision,
  decided_on date NOT NULL,
  done_by int NOT NULL REFERENCES staff,
  scope_path text COLLATE "C" NOT NULL
);
COMMENT ON TABLE calibrated_mark IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","skip":["scope_path"]}';

CREATE PROCEDURE protect_mark(t regclass, author text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('GRANT SELECT ON %s TO yq_self, yq_unit, yq_all, yq_engine', t);
  EXECUTE format('GRANT INSERT ON %s TO yq_unit, yq_all', t);
  EXECUTE format('GRANT SELECT, INSERT ON %s TO yq_office, yq_batch', t);
  EXECUTE format('CREATE POLICY own_read ON %s FOR SELECT TO yq_self USING (staff_key = current_setting(''app.me'')::int)', t);
  EXECUTE format('CREATE POLICY unit_read ON %s FOR SELECT TO yq_unit USING (scope_path >= current_setting(''app.lo'') AND scope_path < current_setting(''app.hi''))', t);
  EXECUTE format('CREATE POLICY all_read ON %s FOR SELECT TO yq_all, yq_office, yq_engine, yq_batch USING (true)', t);
  EXECUTE format('CREATE POLICY unit_add ON %s FOR INSERT TO yq_unit WITH CHECK (%I = current_setting(''app.me'')::int AND scope_path >= current_setting(''app.lo'') AND scope_path < current_setting(''app.hi''))', t, author);
  EXECUTE format('CREATE POLICY wide_add ON %s FOR INSERT TO yq_all, yq_office WITH CHECK (%I = current_setting(''app.me'')::int)', t, author);
  EXECUTE format('CREATE POLICY batch_add ON %s FOR INSERT TO yq_batch WITH CHECK (true)', t);
END $$;
CALL protect_mark('qualitative_mark', 'given_by');
CALL protect_mark('calibrated_mark', 'done_by');

-- Published.
CREATE VIEW performance_mark_facts WITH (security_invoker = true) AS
SELECT m.staff_key, m.scheme_code, m.item, m.month, coalesce(c.mark, m.mark)::numeric(5,2) AS mark, m.id AS mark_id, coalesce(c.decided_on, m.given_on) AS decided_on
FROM qualitative_mark m LEFT JOIN calibrated_mark c ON c.mark_id = m.id;
COMMENT ON VIEW performance_mark_facts IS 'Qualitative marks that count, one for each person, scheme, item and month (0 to 100): the calibrated mark where the appraisal group decided one, else the rater''s.';
GRANT SELECT ON performance_mark_facts TO yq_self, yq_unit, yq_all, yq_office, yq_engine, yq_batch;

-- Conduct events come by form with evidence and a second person until the room of conduct is built: indicator CONDUCT_EVENT, grade RED or AMBER, object: what happened.
ALTER TABLE indicator_fact ADD CONSTRAINT indicator_fact_conduct CHECK (indicator <> 'CONDUCT_EVENT' OR (grade IS NOT NULL AND grade IN ('RED', 'AMBER')));
CREATE VIEW performance_gate_event_facts WITH (security_invoker = true) AS
SELECT staff_key, month, grade AS class, id AS event_id FROM indicator_fact WHERE indicator = 'CONDUCT_EVENT' AND confirmed_by IS NOT NULL;
COMMENT ON VIEW performance_gate_event_facts IS 'Confirmed conduct events that decide the compliance gate of a month: class RED or AMBER, one row an event.';
GRANT SELECT ON performance_gate_event_facts TO yq_self, yq_office, yq_engine, yq_batch;
