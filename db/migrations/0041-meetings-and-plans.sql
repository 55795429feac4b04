-- The morning meeting (晨会), praise (表扬) and work plans (计划).
CREATE TABLE meeting (
  id uuid PRIMARY KEY,
  unit_key int NOT NULL REFERENCES institution,
  day date NOT NULL,
  chair_key int NOT NULL REFERENCES staff,
  state text NOT NULL CHECK (state IN ('PREPARED', 'RUNNING', 'CLOSED')),
  planned_from text COLLATE "C" NOT NULL CHECK (planned_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  planned_to text COLLATE "C" NOT NULL CHECK (planned_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  began_at timestamptz,
  closed_at timestamptz,
  closed_on date,
  scope_path text COLLATE "C" NOT NULL,                   -- the unit's line
  viewers int[] NOT NULL,                                 -- who belongs to it that day
  UNIQUE (unit_key, day),
  CHECK (planned_to > planned_from),
  CHECK ((state = 'CLOSED') = (closed_at IS NOT NULL) AND (closed_at IS NULL) = (closed_on IS NULL)),
  CHECK (state = 'PREPARED' OR began_at IS NOT NULL)
);
COMMENT ON TABLE meeting IS '{"owner":"meetings","kind":"bank","secrecy":"NORMAL","skip":["scope_path","viewers"]}';

-- Its fixed parts (晨会记录, 2.5), in their order.
CREATE TABLE meeting_part (
  meeting_id uuid NOT NULL REFERENCES meeting,
  part text NOT NULL CHECK (part IN ('GOALS', 'YESTERDAY', 'MORALE', 'NOTICES', 'PROSPECT', 'ANALYSIS', 'TECHNIQUE', 'AWARENESS')),
  owner_key int REFERENCES staff,
  minutes int NOT NULL CHECK (minutes BETWEEN 0 AND 60),
  content text,
  held boolean NOT NULL DEFAULT false,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL,
  PRIMARY KEY (meeting_id, part)
);
COMMENT ON TABLE meeting_part IS '{"owner":"meetings","kind":"bank","secrecy":"NORMAL","hidden":["content"],"skip":["scope_path","viewers"]}';

CREATE TABLE meeting_attendance (
  meeting_id uuid NOT NULL REFERENCES meeting,
  staff_key int NOT NULL REFERENCES staff,
  mark text CHECK (mark IN ('PRESENT', 'LEAVE', 'OUT')),
  absence_reason text,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL,
  PRIMARY KEY (meeting_id, staff_key),
  CHECK (mark IS NULL OR mark = 'PRESENT' OR absence_reason IS NOT NULL)
);
COMMENT ON TABLE meeting_attendance IS '{"owner":"meetings","kind":"bank","secrecy":"NORMAL","skip":["scope_path","viewers"]}';

-- What was decided: who does what by when. Each is an assigned task of the room `duties`, whose state counts.
CREATE TABLE meeting_action (
  id uuid PRIMARY KEY,
  meeting_id uuid NOT NULL REFERENCES meeting,
  title text NOT NULL,
  owner_key int NOT NULL REFERENCES staff,
  due_on date NOT NULL,
  task_id uuid NOT NULL UNIQUE,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL
);
COMMENT ON TABLE meeting_action IS '{"owner":"meetings","kind":"bank","secrecy":"NORMAL","hidden":["title"],"skip":["scope_path","viewers"]}';
CREATE INDEX meeting_action_meeting ON meeting_action (meeting_id);

CREATE PROCEDURE protect_meeting(t regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('GRANT SELECT ON %s TO yq_self, yq_unit, yq_all, yq_engine', t);
  EXECUTE format('GRANT INSERT, UPDATE ON %s TO yq_unit', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO yq_batch', t);
  EXECUTE format('CREATE POLICY viewer_read ON %s FOR SELECT TO yq_self, yq_unit, yq_all USING (viewers @> ARRAY[current_setting(''app.me'')::int])', t);
  EXECUTE format('CREATE POLICY unit_read ON %s FOR SELECT TO yq_unit USING (scope_path >= current_setting(''app.lo'') AND scope_path < current_setting(''app.hi''))', t);
  EXECUTE format('CREATE POLICY all_read ON %s FOR SELECT TO yq_all, yq_engine USING (true)', t);
  EXECUTE format('CREATE POLICY unit_add ON %s FOR INSERT TO yq_unit WITH CHECK (scope_path >= current_setting(''app.lo'') AND scope_path < current_setting(''app.hi''))', t);
  EXECUTE format('CREATE POLICY unit_change ON %s FOR UPDATE TO yq_unit USING (scope_path >= current_setting(''app.lo'') AND scope_path < current_setting(''app.hi''))', t);
  EXECUTE format('CREATE POLICY batch_all ON %s FOR ALL TO yq_batch USING (true) WITH CHECK (true)', t);
END $$;
CALL protect_meeting('meeting');
CALL protect_meeting('meeting_part');
CALL protect_meeting('meeting_attendance');
CALL protect_meeting('meeting_action');
CREATE INDEX meeting_scope ON meeting (scope_path, day);
CREATE INDEX meeting_viewers ON meeting USING gin (viewers);

-- The customers of whom the meeting speaks: the one prospect, the one analysed.
CREATE TABLE meeting_focus (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  meeting_id uuid NOT NULL,
  part text NOT NULL CHECK (part IN ('PROSPECT', 'ANALYSIS')),
  day date NOT NULL,
  note text NOT NULL,
  named_by int NOT NULL REFERENCES staff,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL,
  batch_id uuid,
  PRIMARY KEY (customer_id, id)
);
COMMENT ON TABLE meeting_focus IS '{"owner":"meetings","kind":"owned","secrecy":"NORMAL","personal":["note"],"skip":["scope_path","viewers"]}';
CALL protect_owned('meeting_focus');
CALL protect_listed('meeting_focus');
CREATE INDEX meeting_focus_meeting ON meeting_focus (meeting_id);

CREATE VIEW meetings_focus_timeline_facts WITH (security_invoker = true) AS
SELECT customer_id, id, day, NULL::timestamptz AS at, 'MEETING_FOCUS'::text AS kind, CASE part WHEN 'PROSPECT' THEN '晨会：开发研究' ELSE '晨会：客户分析' END AS title_zh, CASE part WHEN 'PROSPECT' THEN 'Morning meeting: development' ELSE 'Morning meeting: analysis' END AS title_en,
  note, NULL::bigint AS amount_fen, NULL::text AS currency, named_by AS person_key, NULL::text AS address FROM meeting_focus;
COMMENT ON VIEW meetings_focus_timeline_facts IS '{"kinds":{"MEETING_FOCUS":{"zh":"晨会","en":"Morning meetings"}}}';
GRANT SELECT ON meetings_focus_timeline_facts TO yq_opened;

CREATE VIEW meetings_meeting_facts WITH (security_invoker = true) AS
SELECT m.id AS meeting_id, m.unit_key, m.day, m.chair_key, m.state, m.closed_on, m.scope_path,
  (SELECT count(*)::int FROM meeting_attendance a WHERE a.meeting_id = m.id AND a.mark = 'PRESENT') AS present, (SELECT count(*)::int FROM meeting_attendance a WHERE a.meeting_id = m.id) AS belong
FROM meeting m;
COMMENT ON VIEW meetings_meeting_facts IS 'One row per unit and day of a morning meeting: who chaired it, how it stands (PREPARED, RUNNING, CLOSED), how many of how many were there.';
GRANT SELECT ON meetings_meeting_facts TO yq_self, yq_unit, yq_all, yq_engine, yq_batch;

-- Praise (W10): read aloud in the meeting. No money and no points.
CREATE TABLE praise (
  id uuid PRIMARY KEY,
  from_key int NOT NULL REFERENCES staff,
  to_key int NOT NULL REFERENCES staff,
  content text NOT NULL,
  source text NOT NULL CHECK (source IN ('COLLEAGUE', 'LEADER', 'CUSTOMER')),
  day date NOT NULL,
  retracted_on date,
  scope_path text COLLATE "C" NOT NULL,                   -- the line of who is praised
  CHECK (from_key <> to_key)
);
COMMENT ON TABLE praise IS '{"owner":"meetings","kind":"bank","secrecy":"NORMAL","hidden":["content"],"skip":["scope_path"]}';
ALTER TABLE praise ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON praise TO yq_self, yq_unit, yq_all;
GRANT SELECT, INSERT, UPDATE, DELETE ON praise TO yq_batch;
CREATE POLICY everybody_read ON praise FOR SELECT TO yq_self, yq_unit, yq_all USING (true);
CREATE POLICY own_add ON praise FOR INSERT TO yq_self, yq_unit, yq_all WITH CHECK (from_key = current_setting('app.me')::int);
CREATE POLICY own_change ON praise FOR UPDATE TO yq_self, yq_unit, yq_all USING (from_key = current_setting('app.me')::int);
CREATE POLICY batch_all ON praise FOR ALL TO yq_batch USING (true) WITH CHECK (true);
CREATE INDEX praise_to ON praise (to_key, day);
CREATE INDEX praise_scope ON praise (scope_path, day);

-- ---------------------------------------------------------------------------------------------------------------------
-- Work plans: a person's plan of a year, quarter, month or week. Handed in, then commented and confirmed by who leads his line; a returned one is changed and handed in again.
CREATE TABLE work_plan (
  id uuid PRIMARY KEY,
  staff_key int NOT NULL REFERENCES staff,
  period text NOT NULL CHECK (period IN ('YEAR', 'QUARTER', 'MONTH', 'WEEK')),
  period_key text COLLATE "C" NOT NULL,                   -- '2026', '2026-Q4', '2026-11', '2026-W48'
  first_day date NOT NULL,
  last_day date NOT NULL,
  direction text NOT NULL,
  state text NOT NULL CHECK (state IN ('DRAFT', 'SUBMITTED', 'RETURNED', 'CONFIRMED')),
  submitted_on date,
  comment text,
  commented_by int REFERENCES staff,
  commented_on date,
  confirmed_on date,
  review text,                                            -- the summary at the end
  reviewed_on date,
  made_on date NOT NULL,
  edition int NOT NULL DEFAULT 1,                         -- counts the versions that were handed in
  scope_path text COLLATE "C" NOT NULL,
  UNIQUE (staff_key, period, period_key),
  CHECK (commented_by IS NULL OR commented_by <> staff_key),
  CHECK ((state = 'CONFIRMED') = (confirmed_on IS NOT NULL)),
  CHECK (state = 'DRAFT' OR submitted_on IS NOT NULL)
);
COMMENT ON TABLE work_plan IS '{"owner":"meetings","kind":"bank","secrecy":"NORMAL","skip":["scope_path"]}';
CREATE TABLE work_plan_target (
  id uuid PRIMARY KEY,
  plan_id uuid NOT NULL REFERENCES work_plan,
  place int NOT NULL,
  title text NOT NULL,
  indicator text CHECK (indicator IN ('CONTACTS', 'VISITS', 'NEED_CARDS', 'COVERAGE_PCT', 'DEPOSIT_GROWTH', 'NEW_CUSTOMERS')),
  target_value numeric(18, 2),
  unit text,
  actual_value numeric(18, 2),                            -- told by the person; of an indicator it is worked out when somebody looks
  measure text NOT NULL,
  resources text,
  scope_path text COLLATE "C" NOT NULL,
  staff_key int NOT NULL REFERENCES staff,
  dropped_on date,
  CHECK (indicator IS NULL OR (target_value IS NOT NULL AND actual_value IS NULL))
);
COMMENT ON TABLE work_plan_target IS '{"owner":"meetings","kind":"bank","secrecy":"NORMAL","skip":["scope_path"]}';
CREATE INDEX work_plan_target_plan ON work_plan_target (plan_id, place);
CREATE PROCEDURE protect_plan(t regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO yq_self, yq_unit, yq_all', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO yq_batch', t);
  EXECUTE format('CREATE POLICY own_read ON %s FOR SELECT TO yq_self, yq_unit, yq_all USING (staff_key = current_setting(''app.me'')::int)', t);
  EXECUTE format('CREATE POLICY unit_read ON %s FOR SELECT TO yq_unit USING (scope_path >= current_setting(''app.lo'') AND scope_path < current_setting(''app.hi''))', t);
  EXECUTE format('CREATE POLICY all_read ON %s FOR SELECT TO yq_all USING (true)', t);
  EXECUTE format('CREATE POLICY own_add ON %s FOR INSERT TO yq_self, yq_unit, yq_all WITH CHECK (staff_key = current_setting(''app.me'')::int)', t);
  EXECUTE format('CREATE POLICY own_change ON %s FOR UPDATE TO yq_self, yq_unit, yq_all USING (staff_key = current_setting(''app.me'')::int)', t);
  EXECUTE format('CREATE POLICY unit_change ON %s FOR UPDATE TO yq_unit USING (scope_path >= current_setting(''app.lo'') AND scope_path < current_setting(''app.hi''))', t);
  EXECUTE format('CREATE POLICY all_change ON %s FOR UPDATE TO yq_all USING (true)', t);
  EXECUTE format('CREATE POLICY batch_all ON %s FOR ALL TO yq_batch USING (true) WITH CHECK (true)', t);
END $$;
CALL protect_plan('work_plan');
CALL protect_plan('work_plan_target');
CREATE INDEX work_plan_scope ON work_plan (scope_path, first_day);

CREATE VIEW meetings_plan_facts WITH (security_invoker = true) AS
SELECT id AS plan_id, staff_key, period, period_key, first_day, last_day, state, submitted_on, confirmed_on, reviewed_on, edition, scope_path FROM work_plan;
COMMENT ON VIEW meetings_plan_facts IS 'One row per plan of a person for a year, quarter, month or week: handed in, confirmed, reviewed on.';
GRANT SELECT ON meetings_plan_facts TO yq_self, yq_unit, yq_all, yq_batch;

-- What the agenda of the morning is written from, published for it: each row is listed across customers with the reader's own rights.
CREATE VIEW watch_movement_facts WITH (security_invoker = true) AS
SELECT m.customer_id, m.id AS movement_id, m.day, CASE WHEN m.listed_in THEN m.in_fen END AS in_fen, CASE WHEN m.listed_out THEN m.out_fen END AS out_fen, m.scope_path, m.viewers,
  NOT EXISTS (SELECT FROM alert a WHERE a.customer_id = m.customer_id AND a.kind IN ('MOVEMENT_IN', 'MOVEMENT_OUT') AND a.about = m.day::text AND a.state = 'OPEN') AS called
FROM movement m;
COMMENT ON VIEW watch_movement_facts IS 'Large movements by customer and day, in fen of the bank''s currency: in_fen and out_fen where they are above the limit; called: no alert of it is open.';
CREATE VIEW watch_maturity_open_facts WITH (security_invoker = true) AS
SELECT customer_id, id AS maturity_id, kind, name_zh, name_en, amount_fen, currency, ends_on, prepared_on, scope_path, viewers FROM maturity WHERE withdrawn_on IS NULL AND result IS NULL;
COMMENT ON VIEW watch_maturity_open_facts IS 'What ends and has no result yet: kind, name, amount, day.';
GRANT SELECT ON watch_movement_facts, watch_maturity_open_facts TO yq_self, yq_unit, yq_all;

-- What of the duties (9) is done by these: D-02 when the meeting of the day is closed, D-31 when the plan of the month is handed in. Found by the day's run of the duties from the catalogue.
--   duty_code, staff_key, period_key: which duty of whom; done_on: the day; evidence_zh: in words
CREATE VIEW meetings_duty_done_facts WITH (security_invoker = true) AS
SELECT 'D-02'::text AS duty_code, m.chair_key AS staff_key, m.day::text AS period_key, m.closed_on AS done_on,
  '到会 ' || (SELECT count(*) FROM meeting_attendance a WHERE a.meeting_id = m.id AND a.mark = 'PRESENT') || '/' || (SELECT count(*) FROM meeting_attendance a WHERE a.meeting_id = m.id) || '，晨会记录已存' AS evidence
FROM meeting m WHERE m.closed_on IS NOT NULL
UNION ALL
SELECT 'D-31', p.staff_key, p.period_key, p.submitted_on, '月计划第 ' || p.edition || ' 版已提交' FROM work_plan p WHERE p.period = 'MONTH' AND p.submitted_on IS NOT NULL;
COMMENT ON VIEW meetings_duty_done_facts IS 'Duties that are done by facts of this room: duty_code, staff_key, period_key, done_on, evidence.';
GRANT SELECT ON meetings_duty_done_facts TO yq_batch;
