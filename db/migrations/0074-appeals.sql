-- Appeals against a line of a statement, and the talk about a result (domain specification 3.0, feedback). Nothing closed is edited: an appeal ends in a reject, or in a line of the next month. Everything is only added.

CREATE TABLE appeal (
  id uuid PRIMARY KEY,
  number text COLLATE "C" NOT NULL UNIQUE,                -- SS2026-0001
  staff_key int NOT NULL REFERENCES staff,
  scheme_code text NOT NULL,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  run_id uuid NOT NULL,
  place int NOT NULL,                                     -- the line of the statement
  line_code text NOT NULL,
  line_points numeric(14,2),                              -- as it was when the appeal was opened
  line_fen bigint,
  claim text NOT NULL,
  group_id uuid NOT NULL REFERENCES appraisal_group,
  opened_on date NOT NULL,
  window_until date NOT NULL,                             -- five working days after the month was closed
  answer_by date NOT NULL,                                -- ten working days
  late_on date NOT NULL,                                  -- unanswered: from this day at the chair, from the next one at the bank's leaders
  later_on date NOT NULL,
  leaders int[] NOT NULL,
  settled_by int,                                         -- who settled the month takes no part in the answer
  scope_path text COLLATE "C" NOT NULL,
  UNIQUE (id, staff_key),
  CHECK (opened_on <= window_until AND answer_by > opened_on AND late_on > answer_by AND later_on > late_on)
);
COMMENT ON TABLE appeal IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","skip":["scope_path"],"hidden":["claim"]}';
CREATE INDEX appeal_staff ON appeal (staff_key, month);
CREATE INDEX appeal_group ON appeal (group_id);
CREATE UNIQUE INDEX appeal_line ON appeal (staff_key, scheme_code, month, place);

-- How it ended: by a decision of the group, or withdrawn by the one who opened it.
CREATE TABLE appeal_end (
  appeal_id uuid PRIMARY KEY,
  staff_key int NOT NULL,
  result text NOT NULL CHECK (result IN ('REJECTED', 'ADJUSTED', 'WITHDRAWN')),
  reason text NOT NULL,
  motion_id uuid REFERENCES group_decision,
  money_fen bigint CHECK (money_fen > 0),
  pay_month date CHECK (extract(day FROM pay_month) = 1),   -- the month whose statement has the line
  done_by int NOT NULL REFERENCES staff,
  decided_on date NOT NULL,
  late boolean NOT NULL,
  scope_path text COLLATE "C" NOT NULL,
  FOREIGN KEY (appeal_id, staff_key) REFERENCES appeal (id, staff_key),
  CHECK ((result = 'ADJUSTED') = (money_fen IS NOT NULL) AND (result = 'ADJUSTED') = (pay_month IS NOT NULL)),
  CHECK ((result = 'WITHDRAWN') = (motion_id IS NULL)),
  CHECK ((result = 'WITHDRAWN') = (done_by = staff_key))
);
COMMENT ON TABLE appeal_end IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","skip":["scope_path"],"hidden":["reason"]}';
CREATE INDEX appeal_end_pay ON appeal_end (pay_month) WHERE pay_month IS NOT NULL;

-- The talk about a result: strengths, gaps, agreed measures.
CREATE TABLE result_talk (
  id uuid PRIMARY KEY,
  staff_key int NOT NULL REFERENCES staff,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  held_on date NOT NULL,
  strengths text NOT NULL,
  gaps text NOT NULL,
  measures text NOT NULL,
  held_by int NOT NULL REFERENCES staff,
  recorded_on date NOT NULL,
  due_on date,                                            -- ten working days after the month was closed; null: not closed yet
  scope_path text COLLATE "C" NOT NULL,
  UNIQUE (id, staff_key, held_by),
  CHECK (held_by <> staff_key)
);
COMMENT ON TABLE result_talk IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","skip":["scope_path"],"hidden":["strengths","gaps","measures"]}';
CREATE UNIQUE INDEX result_talk_month ON result_talk (staff_key, month);

-- Signed by the one whose result it is; or refused, which the superior records with a witness.
CREATE TABLE talk_signature (
  talk_id uuid PRIMARY KEY,
  staff_key int NOT NULL,
  held_by int NOT NULL,
  signed boolean NOT NULL,
  witness_key int REFERENCES staff,
  note text,
  done_by int NOT NULL REFERENCES staff,
  done_on date NOT NULL,
  scope_path text COLLATE "C" NOT NULL,
  FOREIGN KEY (talk_id, staff_key, held_by) REFERENCES result_talk (id, staff_key, held_by),
  CHECK (signed = (witness_key IS NULL)),
  CHECK (CASE WHEN signed THEN done_by = staff_key ELSE done_by = held_by AND witness_key <> staff_key AND witness_key <> held_by END)
);
COMMENT ON TABLE talk_signature IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","skip":["scope_path"],"hidden":["note"]}';

CREATE PROCEDURE protect_appeal(t regclass, author text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('GRANT SELECT, INSERT ON %s TO yq_self, yq_unit, yq_all, yq_office, yq_batch', t);
  EXECUTE format('GRANT SELECT ON %s TO yq_engine', t);
  EXECUTE format('CREATE POLICY own_read ON %s FOR SELECT TO yq_self USING (staff_key = current_setting(''app.me'')::int)', t);
  EXECUTE format('CREATE POLICY unit_read ON %s FOR SELECT TO yq_unit USING (scope_path >= current_setting(''app.lo'') AND scope_path < current_setting(''app.hi''))', t);
  EXECUTE format('CREATE POLICY all_read ON %s FOR SELECT TO yq_all, yq_office, yq_engine, yq_batch USING (true)', t);
  EXECUTE format('CREATE POLICY own_add ON %s FOR INSERT TO yq_self WITH CHECK (%I = current_setting(''app.me'')::int AND staff_key = current_setting(''app.me'')::int)', t, author);
  EXECUTE format('CREATE POLICY unit_add ON %s FOR INSERT TO yq_unit WITH CHECK (%I = current_setting(''app.me'')::int AND scope_path >= current_setting(''app.lo'') AND scope_path < current_setting(''app.hi''))', t, author);
  EXECUTE format('CREATE POLICY wide_add ON %s FOR INSERT TO yq_all, yq_office WITH CHECK (%I = current_setting(''app.me'')::int)', t, author);
  EXECUTE format('CREATE POLICY batch_add ON %s FOR INSERT TO yq_batch WITH CHECK (true)', t);
END $$;
CALL protect_appeal('appeal', 'staff_key');
CALL protect_appeal('appeal_end', 'done_by');
CALL protect_appeal('result_talk', 'held_by');
CALL protect_appeal('talk_signature', 'done_by');

-- Published.
CREATE VIEW performance_appeal_adjustment_facts WITH (security_invoker = true) AS
SELECT e.staff_key, a.scheme_code, e.pay_month, a.month AS of_month, a.line_code, e.money_fen, a.id AS appeal_id, a.number, e.decided_on, a.scope_path FROM appeal_end e JOIN appeal a ON a.id = e.appeal_id WHERE e.result = 'ADJUSTED';
COMMENT ON VIEW performance_appeal_adjustment_facts IS 'What the appraisal group awarded on an appeal: one row an appeal, paid as a line of pay_month that names the closed month and line it corrects.';
GRANT SELECT ON performance_appeal_adjustment_facts TO yq_self, yq_unit, yq_all, yq_office, yq_engine, yq_batch;

-- What waits for whom: an appeal for the secretary of the group until it is put to the vote, for each voter until he voted, for the chair when all have; late ones at the chair, then at the bank's leaders; a plan for the side
-- whose word is next; a talk for the signature.
CREATE VIEW performance_agenda_facts WITH (security_invoker = true) AS
SELECT g.secretary_key AS staff_key, NULL::uuid AS customer_id, a.id, 'APPEAL'::text AS kind, NULL::date AS opens_on, a.answer_by AS due_on, NULL::text AS due_time, '申诉 ' || a.number || ' 待提交小组' AS title_zh, 'Appeal ' || a.number || ' to be put to the group' AS title_en, NULL::bigint AS amount_fen, NULL::text AS currency, '/appeals/' || a.id AS address
FROM appeal a JOIN appraisal_group g ON g.id = a.group_id WHERE NOT EXISTS (SELECT FROM appeal_end e WHERE e.appeal_id = a.id) AND NOT EXISTS (SELECT FROM group_motion m WHERE m.about_id = a.id)
UNION ALL
SELECT v.staff_key, NULL, m.id, 'GROUP_VOTE', NULL, a.answer_by, NULL, '考核小组表决：' || m.title, 'Vote of the appraisal group: ' || m.title, NULL, NULL, '/appraisal-group/motions/' || m.id
FROM group_motion m CROSS JOIN LATERAL unnest(m.voters) v(staff_key) LEFT JOIN appeal a ON a.id = m.about_id
WHERE NOT EXISTS (SELECT FROM group_decision d WHERE d.motion_id = m.id) AND NOT EXISTS (SELECT FROM group_vote o WHERE o.motion_id = m.id AND o.staff_key = v.staff_key)
UNION ALL
SELECT w.staff_key, NULL, a.id, 'APPEAL_LATE', w.since, a.answer_by, NULL, '申诉 ' || a.number || ' 逾期未答复', 'Appeal ' || a.number || ' is not answered in time', NULL, NULL, '/appeals/' || a.id
FROM appeal a JOIN appraisal_group g ON g.id = a.group_id CROSS JOIN LATERAL (SELECT g.chair_key AS staff_key, a.late_on AS since UNION SELECT unnest(a.leaders), a.later_on) w
WHERE NOT EXISTS (SELECT FROM appeal_end e WHERE e.appeal_id = a.id)
UNION ALL
SELECT t.staff_key, NULL, t.id, 'RESULT_TALK', NULL, t.due_on, NULL, to_char(t.month, 'YYYY-MM') || ' 绩效面谈待签字', 'Sign the talk about ' || to_char(t.month, 'YYYY-MM'), NULL, NULL, '/result-talks'
FROM result_talk t WHERE NOT EXISTS (SELECT FROM talk_signature s WHERE s.talk_id = t.id)
UNION ALL
SELECT p.holder_key, NULL, p.id, 'APPRAISAL_PLAN', NULL, NULL, NULL, '绩效计划待协商确认', 'Answer the appraisal plan', NULL, NULL, '/appraisal-plans/' || p.id
FROM appraisal_plan p JOIN LATERAL (SELECT s.state, s.targets_place FROM plan_step s WHERE s.plan_id = p.id ORDER BY s.place DESC LIMIT 1) l ON l.state = 'NEGOTIATED'
WHERE NOT EXISTS (SELECT FROM plan_step s WHERE s.plan_id = p.id AND s.kind = 'AGREE' AND s.targets_place = l.targets_place AND s.done_by = p.holder_key);
COMMENT ON VIEW performance_agenda_facts IS '{"kinds":{"APPEAL":{"zh":"申诉待处理","en":"Appeal","verb":"OPEN"},"GROUP_VOTE":{"zh":"小组表决","en":"Vote","verb":"OPEN"},"APPEAL_LATE":{"zh":"申诉逾期","en":"Appeal is late","verb":"OPEN"},"RESULT_TALK":{"zh":"绩效面谈","en":"Result talk","verb":"OPEN"},"APPRAISAL_PLAN":{"zh":"绩效计划","en":"Appraisal plan","verb":"OPEN"}}}';
GRANT SELECT ON performance_agenda_facts TO yq_self, yq_unit, yq_all;

-- Events that a duty of the bank may wait for.
CREATE VIEW performance_duty_event_facts WITH (security_invoker = true) AS
SELECT 'APPEAL'::text AS event, a.id AS event_id, a.opened_on AS day, g.secretary_key AS staff_key, NULL::uuid AS customer_id FROM appeal a JOIN appraisal_group g ON g.id = a.group_id
UNION ALL
SELECT 'APPRAISAL_PLAN', s.plan_id, s.done_on, s.holder_key, NULL FROM plan_step s WHERE s.kind = 'PROPOSE';
COMMENT ON VIEW performance_duty_event_facts IS 'Events that duties wait for: APPEAL (opened against a line; the group’s secretary owes its handling), APPRAISAL_PLAN (proposed; the one appraised owes an answer). One row an event: event, event_id, day, staff_key, customer_id.';
GRANT SELECT ON performance_duty_event_facts TO yq_batch;
