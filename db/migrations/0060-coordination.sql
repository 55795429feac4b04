-- Internal coordination (内部协调, seed 5·2(4); duty D-29): a request to another department, or a working group (专班); its members, tasks and minutes; how long each department took to answer.

-- What is coordinated. REQUEST: one department is asked and answers within its days. GROUP: people of several departments under one lead.
CREATE TABLE coordination_case (
  id uuid PRIMARY KEY,
  number text COLLATE "C" NOT NULL UNIQUE,                -- XT2026-0001
  form text NOT NULL CHECK (form IN ('REQUEST', 'GROUP')),
  kind text NOT NULL CHECK (kind IN ('FRONT_SECOND', 'DEPARTMENTS', 'LEVELS', 'RESOURCES')),   -- the four kinds of the seed
  title text NOT NULL,
  content text NOT NULL,
  customer_id uuid,
  priority text NOT NULL CHECK (priority IN ('HIGH', 'USUAL')),
  asked_by int NOT NULL REFERENCES staff,
  asked_on date NOT NULL,
  asking_unit int NOT NULL,
  holder_key int NOT NULL REFERENCES staff,               -- who acts for the asking side today: passes on with the customer
  answerer_key int REFERENCES staff,                      -- who took it on in the answering department
  answer_days int NOT NULL CHECK (answer_days BETWEEN 1 AND 20),
  due_on date NOT NULL,                                   -- by when the whole is done
  until_on date NOT NULL,                                 -- memberships end with this day
  extensions int NOT NULL DEFAULT 0,
  state text NOT NULL CHECK (state IN ('ASKED', 'IN_WORK', 'REFUSED', 'REPORTED', 'CLOSED', 'WITHDRAWN')),
  reported_on date,
  evidence text,                                          -- what proves the end
  ended_on date,
  late_step int NOT NULL DEFAULT 0,                       -- how far it went up because the end is overdue
  escalated int[] NOT NULL DEFAULT '{}',                  -- superiors to whom it came because it is late
  scope_path text COLLATE "C" NOT NULL,                   -- the line of the asking side
  viewers int[] NOT NULL,
  batch_id uuid,
  CHECK (until_on >= due_on),
  CHECK ((state IN ('CLOSED', 'WITHDRAWN')) = (ended_on IS NOT NULL)),
  CHECK (state <> 'CLOSED' OR evidence IS NOT NULL),
  CHECK (form <> 'GROUP' OR state NOT IN ('ASKED', 'REFUSED'))
);
COMMENT ON TABLE coordination_case IS '{"owner":"coordination","kind":"bank","secrecy":"NORMAL","hidden":["title","content","evidence"],"skip":["scope_path","viewers"],"follows":["customer_id"]}';

-- A department was asked: its clock and its answer. Handed on or asked again: another row. Facts, never changed once answered.
CREATE TABLE coordination_answer (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES coordination_case,
  round int NOT NULL CHECK (round >= 1),
  unit_key int NOT NULL,
  asked_by int NOT NULL REFERENCES staff,
  asked_on date NOT NULL,
  answer_by date NOT NULL,
  up_step int NOT NULL DEFAULT 0,                         -- unanswered one working day after it was due: 1, to the superior of the department; after three: 2, to the next one
  again boolean NOT NULL DEFAULT false,                   -- asked again after an answer
  desk int[] NOT NULL,                                    -- who may answer for the department
  answer text CHECK (answer IN ('ACCEPTED', 'REFUSED', 'HANDED_ON', 'WITHDRAWN')),
  answered_by int REFERENCES staff,
  answered_on date,
  working_days int,
  late boolean,
  reason text,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL,
  batch_id uuid,
  UNIQUE (case_id, round),
  CHECK ((answer IS NULL) = (answered_on IS NULL) AND (answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (working_days IS NULL) AND (answer IS NULL) = (late IS NULL)),
  CHECK (answer NOT IN ('REFUSED', 'HANDED_ON') OR reason IS NOT NULL),
  CHECK (answer <> 'ACCEPTED' OR answered_by <> asked_by)
);
COMMENT ON TABLE coordination_answer IS '{"owner":"coordination","kind":"bank","secrecy":"NORMAL","hidden":["reason"],"skip":["scope_path","viewers"]}';
CREATE INDEX coordination_answer_open ON coordination_answer (answer_by) WHERE answer IS NULL;
CREATE INDEX coordination_answer_unit ON coordination_answer (unit_key, asked_on);

-- Who takes part, with his part, from a day to a day. The id is that of the read grant which the membership gives (src/access/grant-for-coordination.ts).
CREATE TABLE coordination_member (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES coordination_case,
  staff_key int NOT NULL REFERENCES staff,
  part text NOT NULL CHECK (part IN ('LEAD', 'ANSWER', 'BUSINESS', 'RISK', 'PRODUCT', 'OPERATIONS', 'SUPPORT')),
  added_by int NOT NULL REFERENCES staff,
  joined_on date NOT NULL,
  until_on date NOT NULL,
  left_on date,
  left_why text CHECK (left_why IN ('CLOSED', 'LEFT', 'REMOVED', 'DATE', 'POST_ENDED')),
  left_note text,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL,
  batch_id uuid,
  CHECK ((left_on IS NULL) = (left_why IS NULL))
);
COMMENT ON TABLE coordination_member IS '{"owner":"coordination","kind":"bank","secrecy":"NORMAL","hidden":["left_note"],"skip":["scope_path","viewers"]}';
CREATE UNIQUE INDEX coordination_member_one ON coordination_member (case_id, staff_key) WHERE left_on IS NULL;
CREATE INDEX coordination_member_staff ON coordination_member (staff_key) WHERE left_on IS NULL;

CREATE TABLE coordination_task (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES coordination_case,
  title text NOT NULL,
  owner_key int NOT NULL REFERENCES staff,
  given_by int NOT NULL REFERENCES staff,
  given_on date NOT NULL,
  due_on date NOT NULL,
  state text NOT NULL CHECK (state IN ('OPEN', 'DONE', 'DROPPED')),
  ended_on date,
  evidence text,                                          -- of DROPPED: why
  late boolean,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL,
  batch_id uuid,
  CHECK ((state = 'OPEN') = (ended_on IS NULL) AND (state = 'OPEN') = (evidence IS NULL) AND (state = 'OPEN') = (late IS NULL))
);
COMMENT ON TABLE coordination_task IS '{"owner":"coordination","kind":"bank","secrecy":"NORMAL","hidden":["title","evidence"],"skip":["scope_path","viewers"]}';
CREATE INDEX coordination_task_case ON coordination_task (case_id);
CREATE INDEX coordination_task_owner ON coordination_task (owner_key, due_on) WHERE state = 'OPEN';

-- What happened, in order; MEETING: the minutes of a co-ordination meeting.
CREATE TABLE coordination_event (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES coordination_case,
  kind text NOT NULL CHECK (kind IN ('ASK', 'ACCEPT', 'REFUSE', 'HAND_ON', 'REPORT', 'RETURN', 'CLOSE', 'REOPEN', 'WITHDRAW', 'EXTEND', 'NOTE', 'MEETING', 'JOIN', 'LEAVE', 'TASK', 'TASK_DONE', 'TASK_DROPPED', 'ESCALATE', 'PASS_ON')),
  done_by int REFERENCES staff,                           -- null: the day itself
  done_on date NOT NULL,
  happened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  note text,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL,
  batch_id uuid
);
COMMENT ON TABLE coordination_event IS '{"owner":"coordination","kind":"bank","secrecy":"NORMAL","hidden":["note"],"skip":["scope_path","viewers","happened_at"]}';
CREATE INDEX coordination_event_case ON coordination_event (case_id, happened_at);

CREATE PROCEDURE protect_coordination(t regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO yq_self, yq_unit, yq_all', t);
  EXECUTE format('GRANT SELECT ON %s TO yq_engine', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO yq_batch', t);
  EXECUTE format('CREATE POLICY party_read ON %s FOR SELECT TO yq_self, yq_unit, yq_all USING (viewers @> ARRAY[current_setting(''app.me'')::int])', t);
  EXECUTE format('CREATE POLICY unit_read ON %s FOR SELECT TO yq_unit USING (scope_path >= current_setting(''app.lo'') AND scope_path < current_setting(''app.hi''))', t);
  EXECUTE format('CREATE POLICY all_read ON %s FOR SELECT TO yq_all, yq_engine USING (true)', t);
  EXECUTE format('CREATE POLICY party_add ON %s FOR INSERT TO yq_self, yq_unit, yq_all WITH CHECK (viewers @> ARRAY[current_setting(''app.me'')::int])', t);
  EXECUTE format('CREATE POLICY party_change ON %s FOR UPDATE TO yq_self, yq_unit, yq_all USING (viewers @> ARRAY[current_setting(''app.me'')::int])', t);
  EXECUTE format('CREATE POLICY batch_all ON %s FOR ALL TO yq_batch USING (true) WITH CHECK (true)', t);
END $$;
CALL protect_coordination('coordination_case');
CALL protect_coordination('coordination_answer');
CALL protect_coordination('coordination_member');
CALL protect_coordination('coordination_task');
CALL protect_coordination('coordination_event');
CREATE INDEX coordination_case_viewers ON coordination_case USING gin (viewers);
CREATE INDEX coordination_case_scope ON coordination_case (scope_path, due_on);
CREATE INDEX coordination_case_customer ON coordination_case (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX coordination_case_open ON coordination_case (due_on) WHERE ended_on IS NULL;
GRANT SELECT ON coordination_case TO yq_opened;
CREATE POLICY opened_read ON coordination_case FOR SELECT TO yq_opened USING (customer_id = current_setting('app.opened')::uuid);

-- ---------------------------------------------------------------------------------------------------------------------
CREATE VIEW coordination_case_facts WITH (security_invoker = true) AS
SELECT id AS case_id, number, form, kind, customer_id, asked_by, asked_on, asking_unit, holder_key, answerer_key, due_on, extensions, state, reported_on, ended_on, scope_path, viewers FROM coordination_case;
COMMENT ON VIEW coordination_case_facts IS 'One row per request across departments or working group: kind, who asked, when it was due, how it stands. Its text is read in the room only.';
CREATE VIEW coordination_answer_facts WITH (security_invoker = true) AS
SELECT a.id AS answer_id, a.case_id, c.kind, c.asking_unit, a.unit_key, a.round, a.again, a.asked_by, a.asked_on, a.answer_by, a.answer, a.answered_by, a.answered_on, a.working_days, a.late FROM coordination_answer a JOIN coordination_case c ON c.id = a.case_id;
COMMENT ON VIEW coordination_answer_facts IS 'One row per time a department (unit_key) was asked: by when it was to answer, its answer (ACCEPTED, REFUSED, HANDED_ON, WITHDRAWN; null: none yet), how many working days it took, whether late.';
CREATE VIEW coordination_task_facts WITH (security_invoker = true) AS
SELECT id AS task_id, case_id, owner_key, given_by, given_on, due_on, state, ended_on, late FROM coordination_task;
COMMENT ON VIEW coordination_task_facts IS 'One row per task inside of a request or working group: who owes it, by when, OPEN, DONE or DROPPED, whether late.';
CREATE VIEW coordination_member_facts WITH (security_invoker = true) AS
SELECT m.id AS member_id, m.case_id, c.number, c.customer_id, m.staff_key, m.part, m.added_by, m.joined_on, m.until_on, m.left_on FROM coordination_member m JOIN coordination_case c ON c.id = m.case_id;
COMMENT ON VIEW coordination_member_facts IS 'Who takes part in what is coordinated, from joined_on until until_on (included) or left_on; customer_id: the customer whom the membership opens, null: none.';
GRANT SELECT ON coordination_case_facts, coordination_answer_facts, coordination_task_facts, coordination_member_facts TO yq_self, yq_unit, yq_all, yq_engine, yq_batch;

CREATE VIEW coordination_timeline_facts WITH (security_invoker = true) AS
SELECT customer_id, id, asked_on AS day, NULL::timestamptz AS at, 'COORDINATION'::text AS kind, CASE form WHEN 'GROUP' THEN '成立专班 ' ELSE '发起内部协调 ' END || number AS title_zh, CASE form WHEN 'GROUP' THEN 'Working group ' ELSE 'Coordination asked, ' END || number AS title_en,
  title AS note, NULL::bigint AS amount_fen, NULL::text AS currency, asked_by AS person_key, '/coordination/' || id AS address FROM coordination_case WHERE customer_id IS NOT NULL
UNION ALL
SELECT customer_id, id, ended_on, NULL, 'COORDINATION', CASE state WHEN 'CLOSED' THEN '内部协调办结 ' ELSE '内部协调撤回 ' END || number, CASE state WHEN 'CLOSED' THEN 'Coordination closed, ' ELSE 'Coordination withdrawn, ' END || number,
  title, NULL, NULL, holder_key, '/coordination/' || id FROM coordination_case WHERE customer_id IS NOT NULL AND ended_on IS NOT NULL;
COMMENT ON VIEW coordination_timeline_facts IS '{"kinds":{"COORDINATION":{"zh":"内部协调","en":"Coordination"}}}';
GRANT SELECT ON coordination_timeline_facts TO yq_opened;

-- What waits for whom. The text is told to every party, whether he sees the customer or not: no customer is named.
CREATE VIEW coordination_agenda_facts WITH (security_invoker = true) AS
SELECT d.staff_key, NULL::uuid AS customer_id, a.id, 'COORDINATION_ANSWER'::text AS kind, NULL::date AS opens_on, a.answer_by AS due_on, NULL::text AS due_time, c.title AS title_zh, c.title AS title_en, NULL::bigint AS amount_fen, NULL::text AS currency, '/coordination/' || c.id AS address
FROM coordination_answer a JOIN coordination_case c ON c.id = a.case_id CROSS JOIN LATERAL unnest(a.desk) d(staff_key) WHERE a.answer IS NULL AND c.state = 'ASKED'
UNION ALL
SELECT c.answerer_key, NULL, c.id, 'COORDINATION_WORK', NULL, c.due_on, NULL, c.title, c.title, NULL, NULL, '/coordination/' || c.id FROM coordination_case c WHERE c.state = 'IN_WORK' AND c.answerer_key IS NOT NULL
UNION ALL
SELECT c.holder_key, NULL, c.id, 'COORDINATION_CLOSE', NULL, CASE WHEN c.form = 'GROUP' AND c.state = 'IN_WORK' THEN c.due_on END, NULL, c.title, c.title, NULL, NULL, '/coordination/' || c.id
FROM coordination_case c WHERE c.state IN ('REPORTED', 'REFUSED') OR (c.form = 'GROUP' AND c.state = 'IN_WORK')
UNION ALL
SELECT t.owner_key, NULL, t.id, 'COORDINATION_TASK', NULL, t.due_on, NULL, t.title, t.title, NULL, NULL, '/coordination/' || t.case_id FROM coordination_task t JOIN coordination_case c ON c.id = t.case_id WHERE t.state = 'OPEN' AND c.ended_on IS NULL
UNION ALL
SELECT u.staff_key, NULL, c.id, 'COORDINATION_LATE', NULL, NULL, NULL, c.title, c.title, NULL, NULL, '/coordination/' || c.id FROM coordination_case c CROSS JOIN LATERAL unnest(c.escalated) u(staff_key) WHERE c.state IN ('ASKED', 'IN_WORK');
COMMENT ON VIEW coordination_agenda_facts IS '{"kinds":{"COORDINATION_ANSWER":{"zh":"协调待答复","en":"Coordination: answer","verb":"OPEN"},"COORDINATION_WORK":{"zh":"协调承办","en":"Coordination: do","verb":"OPEN"},"COORDINATION_CLOSE":{"zh":"协调待办结","en":"Coordination: close","verb":"OPEN"},"COORDINATION_TASK":{"zh":"协调任务","en":"Coordination: task","verb":"OPEN"},"COORDINATION_LATE":{"zh":"协调逾期上报","en":"Coordination is late","verb":"OPEN"}}}';
GRANT SELECT ON coordination_agenda_facts TO yq_self, yq_unit, yq_all;

-- What the evening report finds: what was asked, answered, done.
CREATE VIEW coordination_workday_facts WITH (security_invoker = true) AS
SELECT e.done_by AS staff_key, e.done_on AS from_day, e.done_on + 1 AS to_day, 'COORDINATION'::text AS kind, e.id, NULL::uuid AS customer_id,
  CASE e.kind WHEN 'ASK' THEN '发起协调 ' WHEN 'ACCEPT' THEN '受理协调 ' WHEN 'REFUSE' THEN '不予受理 ' WHEN 'REPORT' THEN '协调报告完成 ' WHEN 'CLOSE' THEN '协调办结 ' WHEN 'MEETING' THEN '召开协调会 ' ELSE '完成协调任务 ' END || c.number AS title_zh,
  CASE e.kind WHEN 'ASK' THEN 'Asked for coordination ' WHEN 'ACCEPT' THEN 'Took on ' WHEN 'REFUSE' THEN 'Refused ' WHEN 'REPORT' THEN 'Reported ' WHEN 'CLOSE' THEN 'Closed ' WHEN 'MEETING' THEN 'Met about ' ELSE 'Did a task of ' END || c.number AS title_en,
  NULL::bigint AS amount_fen, '/coordination/' || c.id AS address
FROM coordination_event e JOIN coordination_case c ON c.id = e.case_id WHERE e.done_by IS NOT NULL AND e.kind IN ('ASK', 'ACCEPT', 'REFUSE', 'REPORT', 'CLOSE', 'MEETING', 'TASK_DONE');
COMMENT ON VIEW coordination_workday_facts IS '{"kinds":{"COORDINATION":{"zh":"内部协调","en":"Coordination"}}}';
GRANT SELECT ON coordination_workday_facts TO yq_self, yq_unit, yq_all, yq_batch;
UPDATE report_kind SET sections = jsonb_set(sections, '{1,kinds}', sections #> '{1,kinds}' || '["COORDINATION"]'::jsonb) WHERE code = 'DAILY' AND version = 1;

-- D-29: a working group meets within five working days; the minutes prove it.
CREATE VIEW coordination_duty_event_facts WITH (security_invoker = true) AS
SELECT 'COORDINATION'::text AS event, c.id AS event_id, c.asked_on AS day, c.asked_by AS staff_key, c.customer_id FROM coordination_case c WHERE c.form = 'GROUP' AND c.state <> 'WITHDRAWN';
COMMENT ON VIEW coordination_duty_event_facts IS 'Events that duties wait for: COORDINATION (a working group was set up). One row an event: event, event_id, day, staff_key (who owes the duty), customer_id.';
CREATE VIEW coordination_duty_done_facts WITH (security_invoker = true) AS
SELECT 'D-29'::text AS duty_code, c.asked_by AS staff_key, c.id::text AS period_key, min(e.done_on) AS done_on, '协调会纪要 ' || c.number AS evidence
FROM coordination_case c JOIN coordination_event e ON e.case_id = c.id AND e.kind = 'MEETING' WHERE c.form = 'GROUP' GROUP BY c.id, c.asked_by, c.number;
COMMENT ON VIEW coordination_duty_done_facts IS 'Duties that are done by facts of this room: duty_code, staff_key, period_key, done_on, evidence.';
GRANT SELECT ON coordination_duty_event_facts, coordination_duty_done_facts TO yq_batch;
UPDATE duty_kind SET missing = NULL, address = '/coordination', due_rule = '{"kind":"AFTER_EVENT","n":5}' WHERE code = 'D-29' AND version = 1 AND NOT own;
