-- Duties as data, what they ask of whom and when, escalation and digests; assigned tasks; years of the working calendar that the bank enters itself.

-- ---------------------------------------------------------------------------------------------------------------------
-- A year of the calendar: entered by one person, confirmed by another, in force from then on. The newest confirmed of a year counts.
CREATE TABLE calendar_year (
  id uuid PRIMARY KEY,
  year int NOT NULL CHECK (year BETWEEN 1990 AND 2200),
  basis text NOT NULL,                                    -- the State Council's notice
  entered_by int NOT NULL REFERENCES staff,
  entered_on date NOT NULL,
  confirmed_by int REFERENCES staff,
  confirmed_on date,
  confirmed_at timestamptz,
  returned_by int REFERENCES staff,
  returned_on date,
  return_reason text,
  CHECK (confirmed_by <> entered_by),
  CHECK (returned_by <> entered_by),
  CHECK (confirmed_by IS NULL OR returned_by IS NULL),
  CHECK ((confirmed_by IS NULL) = (confirmed_on IS NULL) AND (confirmed_by IS NULL) = (confirmed_at IS NULL)),
  CHECK ((returned_by IS NULL) = (return_reason IS NULL))
);
COMMENT ON TABLE calendar_year IS '{"owner":"foundation","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('calendar_year');
CREATE INDEX calendar_year_year ON calendar_year (year, confirmed_at DESC);

-- Its days: OFF from-to both included, WORK a Saturday or Sunday that is worked. A day that stands nowhere follows the weekday.
CREATE TABLE calendar_span (
  year_id uuid NOT NULL REFERENCES calendar_year,
  from_day date NOT NULL,
  to_day date NOT NULL,
  kind text NOT NULL CHECK (kind IN ('OFF', 'WORK')),
  name text NOT NULL,
  PRIMARY KEY (year_id, from_day),
  CHECK (to_day >= from_day)
);
COMMENT ON TABLE calendar_span IS '{"owner":"foundation","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('calendar_span');

-- ---------------------------------------------------------------------------------------------------------------------
-- A duty: who owes what, when it arises, by when it is due, what proves it, who is told when it is not done. Dated; each result stores the version.
CREATE TABLE duty_kind (
  code text COLLATE "C" NOT NULL,
  version int NOT NULL CHECK (version >= 1),
  name text NOT NULL,
  name_en text NOT NULL,
  own boolean NOT NULL,                                   -- the bank's own, not installed by the product
  posts text[] NOT NULL,
  unit_key int REFERENCES institution,                    -- only people whose line lies there; null: the whole bank
  trigger text NOT NULL CHECK (trigger IN ('RECURRENCE', 'EVENT', 'CONDITION', 'PLAN', 'TASK')),
  period text CHECK (period IN ('DAY', 'WEEK', 'MONTH', 'QUARTER', 'HALF', 'YEAR')),
  event text,                                             -- name of an event of the published views
  due_rule jsonb NOT NULL,
  content text NOT NULL,
  content_en text NOT NULL,
  evidence text NOT NULL,                                 -- what is asked for, in words
  evidence_en text NOT NULL,
  fact text CHECK (fact IN ('COVERAGE', 'VISITS', 'CLOSED_MONTH')),   -- found in published facts; null: the person confirms with evidence
  address text,                                           -- where it is done
  escalation jsonb NOT NULL,
  missing text,                                           -- inactive: which capability is not built yet
  source text NOT NULL,
  from_date date NOT NULL,
  to_date date,
  entered_by int REFERENCES staff,                        -- null: the product
  entered_on date NOT NULL,
  confirmed_by int REFERENCES staff,
  confirmed_on date,
  returned_by int REFERENCES staff,
  returned_on date,
  return_reason text,
  PRIMARY KEY (code, version),
  CHECK (to_date IS NULL OR to_date >= from_date),
  CHECK ((trigger = 'RECURRENCE') = (period IS NOT NULL)),
  CHECK (trigger <> 'EVENT' OR event IS NOT NULL),
  CHECK (confirmed_by <> entered_by),
  CHECK (returned_by <> entered_by),
  CHECK (confirmed_by IS NULL OR returned_by IS NULL),
  CHECK ((returned_by IS NULL) = (return_reason IS NULL))
);
COMMENT ON TABLE duty_kind IS '{"owner":"duties","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('duty_kind');

-- What somebody owes for a period or an event. One row a person, never twice. holder_key: who must do it today (a substitute, the superior of one who left).
CREATE TABLE duty_instance (
  id uuid PRIMARY KEY,
  duty_code text COLLATE "C" NOT NULL,
  duty_version int NOT NULL,
  staff_key int NOT NULL REFERENCES staff,
  holder_key int NOT NULL REFERENCES staff,
  period_key text NOT NULL,                               -- '2026-11-23', '2026-11', '2026-Q4', or an event's id
  customer_id uuid,                                       -- of an event about a customer
  opens_on date NOT NULL,
  due_on date NOT NULL,
  due_time text CHECK (due_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  state text NOT NULL CHECK (state IN ('PLANNED', 'OPEN', 'DONE', 'DONE_LATE', 'MISSED', 'EXCUSED')),
  wanted int,                                             -- of facts: how many are asked for, how many are there
  met int,
  counted_on date,
  done_on date,
  done_at timestamptz,
  done_by int REFERENCES staff,                           -- null: found in facts
  evidence text,
  excused_by int REFERENCES staff,
  excused_on date,
  excuse_reason text,
  moved_why text,                                         -- why another holds it
  scope_path text COLLATE "C" NOT NULL,                   -- the line of the person who owes it
  batch_id uuid,
  UNIQUE (duty_code, staff_key, period_key),
  FOREIGN KEY (duty_code, duty_version) REFERENCES duty_kind,
  CHECK (excused_by <> staff_key AND excused_by <> holder_key),
  CHECK ((state = 'EXCUSED') = (excused_by IS NOT NULL) AND (excused_by IS NULL) = (excuse_reason IS NULL)),
  CHECK ((state IN ('DONE', 'DONE_LATE')) = (done_on IS NOT NULL)),
  CHECK (done_by IS NULL OR evidence IS NOT NULL)
) WITH (fillfactor = 85);
COMMENT ON TABLE duty_instance IS '{"owner":"duties","kind":"bank","secrecy":"NORMAL","skip":["scope_path"]}';
ALTER TABLE duty_instance ENABLE ROW LEVEL SECURITY;
GRANT SELECT, UPDATE ON duty_instance TO yq_self, yq_unit, yq_all;
GRANT SELECT ON duty_instance TO yq_engine;
GRANT SELECT, INSERT, UPDATE ON duty_instance TO yq_batch;
CREATE POLICY holder_read ON duty_instance FOR SELECT TO yq_self, yq_unit, yq_all USING (holder_key = current_setting('app.me')::int);
CREATE POLICY unit_read ON duty_instance FOR SELECT TO yq_unit USING (scope_path >= current_setting('app.lo') AND scope_path < current_setting('app.hi'));
CREATE POLICY all_read ON duty_instance FOR SELECT TO yq_all, yq_engine USING (true);
CREATE POLICY holder_change ON duty_instance FOR UPDATE TO yq_self, yq_unit, yq_all USING (holder_key = current_setting('app.me')::int);
CREATE POLICY unit_change ON duty_instance FOR UPDATE TO yq_unit USING (scope_path >= current_setting('app.lo') AND scope_path < current_setting('app.hi'));
CREATE POLICY all_change ON duty_instance FOR UPDATE TO yq_all USING (true);
CREATE POLICY batch_all ON duty_instance FOR ALL TO yq_batch USING (true) WITH CHECK (true);
CREATE INDEX duty_instance_holder ON duty_instance (holder_key, due_on);
CREATE INDEX duty_instance_scope ON duty_instance (scope_path, due_on);
CREATE INDEX duty_instance_open ON duty_instance (duty_code, due_on) WHERE state IN ('PLANNED', 'OPEN', 'MISSED');
CREATE INDEX duty_instance_staff ON duty_instance (staff_key);

-- ---------------------------------------------------------------------------------------------------------------------
-- A task that somebody was given (交办). One owner; a task to many people is one task each with the same group.
CREATE TABLE assigned_task (
  id uuid PRIMARY KEY,
  group_id uuid NOT NULL,
  title text NOT NULL,
  content text NOT NULL,
  source text NOT NULL CHECK (source IN ('LEADER', 'MEETING', 'LOBBY_REPORT', 'AUDIT', 'UPPER_LEVEL', 'RM_OWN')),
  priority text NOT NULL CHECK (priority IN ('HIGH', 'USUAL')),
  given_by int NOT NULL REFERENCES staff,
  given_on date NOT NULL,
  owner_key int NOT NULL REFERENCES staff,
  helpers int[] NOT NULL DEFAULT '{}',
  customer_id uuid,
  due_on date NOT NULL,
  evidence_asked text NOT NULL,
  state text NOT NULL CHECK (state IN ('GIVEN', 'QUESTIONED', 'ACCEPTED', 'IN_WORK', 'REPORTED', 'RETURNED', 'CONFIRMED', 'CLOSED', 'WITHDRAWN', 'REFUSED')),
  questioned boolean NOT NULL DEFAULT false,
  question_until date,                                    -- the last day on which it may be questioned
  extensions int NOT NULL DEFAULT 0,
  asked_due date,                                         -- the owner asks for a later day
  asked_why text,
  reported_on date,
  confirmed_on date,
  ended_on date,
  last_note_on date,
  viewers int[] NOT NULL,                                 -- giver, owner, helpers; the giver's superior once it is long overdue
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((given_by = owner_key) = (source = 'RM_OWN')),
  CHECK ((asked_due IS NULL) = (asked_why IS NULL))
);
COMMENT ON TABLE assigned_task IS '{"owner":"duties","kind":"bank","secrecy":"NORMAL","hidden":["title","content","asked_why"],"skip":["viewers","changed_at"]}';
-- What happened to it: questions, notes, reports, returns, each with its text.
CREATE TABLE task_event (
  id uuid PRIMARY KEY,
  task_id uuid NOT NULL REFERENCES assigned_task,
  kind text NOT NULL CHECK (kind IN ('GIVE', 'QUESTION', 'ANSWER', 'ACCEPT', 'NOTE', 'REPORT', 'RETURN', 'CONFIRM', 'ASK_EXTENSION', 'EXTEND', 'KEEP_DUE', 'WITHDRAW', 'REFUSE_TASK', 'CLOSE_TASK')),
  done_by int REFERENCES staff,
  done_on date NOT NULL,
  happened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  note text,
  viewers int[] NOT NULL
);
COMMENT ON TABLE task_event IS '{"owner":"duties","kind":"bank","secrecy":"NORMAL","hidden":["note"],"skip":["viewers"]}';
CREATE INDEX task_event_task ON task_event (task_id, happened_at);
CREATE PROCEDURE protect_task(t regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO yq_self, yq_unit, yq_all, yq_batch', t);
  EXECUTE format('CREATE POLICY party_read ON %s FOR SELECT TO yq_self, yq_unit, yq_all USING (viewers @> ARRAY[current_setting(''app.me'')::int])', t);
  EXECUTE format('CREATE POLICY party_add ON %s FOR INSERT TO yq_self, yq_unit, yq_all WITH CHECK (viewers @> ARRAY[current_setting(''app.me'')::int])', t);
  EXECUTE format('CREATE POLICY party_change ON %s FOR UPDATE TO yq_self, yq_unit, yq_all USING (viewers @> ARRAY[current_setting(''app.me'')::int])', t);
  EXECUTE format('CREATE POLICY batch_all ON %s FOR ALL TO yq_batch USING (true) WITH CHECK (true)', t);
END $$;
CALL protect_task('assigned_task');
CALL protect_task('task_event');
CREATE INDEX assigned_task_viewers ON assigned_task USING gin (viewers);
CREATE INDEX assigned_task_owner ON assigned_task (owner_key, due_on);
CREATE INDEX assigned_task_giver ON assigned_task (given_by, due_on);
CREATE INDEX assigned_task_group ON assigned_task (group_id);
CREATE INDEX assigned_task_open ON assigned_task (due_on) WHERE ended_on IS NULL;

-- ---------------------------------------------------------------------------------------------------------------------
-- One digest a person and day: what is due, what came up to him. Numbers and names of duties and people, no customer.
CREATE TABLE duty_digest (
  staff_key int NOT NULL REFERENCES staff,
  day date NOT NULL,
  lines jsonb NOT NULL,
  batch_id uuid,
  PRIMARY KEY (staff_key, day)
);
COMMENT ON TABLE duty_digest IS '{"owner":"duties","kind":"bank","secrecy":"NORMAL"}';
ALTER TABLE duty_digest ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON duty_digest TO yq_self, yq_unit, yq_all;
GRANT SELECT, INSERT, DELETE ON duty_digest TO yq_batch;
CREATE POLICY own_read ON duty_digest FOR SELECT TO yq_self, yq_unit, yq_all USING (staff_key = current_setting('app.me')::int);
CREATE POLICY batch_all ON duty_digest FOR ALL TO yq_batch USING (true) WITH CHECK (true);

-- How far the days are made, and what stopped one.
CREATE TABLE duty_day (
  day date PRIMARY KEY,
  finished_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  made int NOT NULL,
  calendar_lacks date                                     -- a day that the calendar does not know: some duties were not made
);
COMMENT ON TABLE duty_day IS '{"owner":"duties","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('duty_day', 'yq_self, yq_unit, yq_all', 'yq_batch');

-- ---------------------------------------------------------------------------------------------------------------------
-- Events that duties wait for. Any capability publishes `<capability>_duty_event_facts` or `<capability>_<topic>_duty_event_facts` with these columns; the day's run finds
-- them from the catalogue: event text, event_id uuid, day date, staff_key int (who owes the duty), customer_id uuid.
CREATE VIEW customers_duty_event_facts WITH (security_invoker = true) AS
SELECT 'NEW_KEY_CUSTOMER'::text AS event, t.id AS event_id, t.from_date AS day, k.main_staff_key AS staff_key, t.customer_id
FROM tier_held t JOIN customer k ON k.customer_id = t.customer_id
WHERE t.tier IN ('T1', 'T2') AND k.main_staff_key IS NOT NULL
  AND EXISTS (SELECT FROM tier_held b WHERE b.customer_id = t.customer_id AND b.to_date = t.from_date AND b.tier NOT IN ('T1', 'T2'))
UNION ALL
SELECT 'NEW_MANAGER', a.id, a.from_date, a.staff_key, a.customer_id
FROM assignment a WHERE a.main AND EXISTS (SELECT FROM assignment b WHERE b.customer_id = a.customer_id AND b.main AND b.to_date = a.from_date AND b.staff_key <> a.staff_key);
COMMENT ON VIEW customers_duty_event_facts IS 'Events that duties wait for: NEW_KEY_CUSTOMER (a customer rose to T1 or T2), NEW_MANAGER (a customer got another main manager). One row an event: event, event_id, day, staff_key (who owes the duty), customer_id.';
GRANT SELECT ON customers_duty_event_facts TO yq_batch;

-- Tier table of visits: how often a customer of a tier is seen face to face.
CREATE VIEW contact_plan_policy_facts WITH (security_invoker = true) AS
SELECT tier, region, from_date, to_date, version, every_months, face_every_months FROM contact_policy;
COMMENT ON VIEW contact_plan_policy_facts IS 'How often a tier must be contacted and met in person, by region, in [from_date, to_date).';
GRANT SELECT ON contact_plan_policy_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_engine, yq_batch;

-- What is open about a customer goes along when he is handed over: duties, and tasks as a reminder (their owner is changed by their giver).
CREATE VIEW duties_handover_facts WITH (security_invoker = true) AS
SELECT i.customer_id, i.staff_key, 'DUTY'::text AS kind, i.id AS object_id, d.name AS what, i.due_on, NULL::bigint AS amount_fen, NULL::date AS until_date, NULL::text AS address
FROM duty_instance i JOIN duty_kind d ON d.code = i.duty_code AND d.version = i.duty_version WHERE i.customer_id IS NOT NULL AND i.state IN ('PLANNED', 'OPEN', 'MISSED')
UNION ALL
SELECT t.customer_id, t.owner_key, 'TASK', t.id, t.evidence_asked, t.due_on, NULL, NULL, NULL FROM assigned_task t WHERE t.customer_id IS NOT NULL AND t.ended_on IS NULL;
COMMENT ON VIEW duties_handover_facts IS '{"kinds":{"DUTY":{"zh":"职责","en":"Duties"},"TASK":{"zh":"交办任务","en":"Assigned tasks"}}}';
GRANT SELECT ON duties_handover_facts TO yq_engine, yq_batch;
GRANT SELECT ON assigned_task TO yq_engine;
CREATE POLICY engine_read ON assigned_task FOR SELECT TO yq_engine USING (true);

CREATE VIEW duties_instance_facts WITH (security_invoker = true) AS
SELECT id AS instance_id, duty_code, duty_version, staff_key, holder_key, period_key, customer_id, opens_on, due_on, state, wanted, met, done_on, scope_path FROM duty_instance;
COMMENT ON VIEW duties_instance_facts IS 'One row per duty owed by a person for a period or an event: state PLANNED, OPEN, DONE, DONE_LATE, MISSED or EXCUSED.';
CREATE VIEW duties_task_facts WITH (security_invoker = true) AS
SELECT id AS task_id, group_id, source, given_by, given_on, owner_key, customer_id, due_on, state, extensions, reported_on, confirmed_on, ended_on FROM assigned_task;
COMMENT ON VIEW duties_task_facts IS 'One row per assigned task: who gave it to whom, by when, how it stands. Its text is read in the room only.';
GRANT SELECT ON duties_instance_facts, duties_task_facts TO yq_self, yq_unit, yq_all, yq_engine, yq_batch;
