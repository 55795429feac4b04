-- The run of inspections (专门的人员检查, domain specification 3.7): who inspects, the list that is drawn from, the sample, the findings, the objection and its answer. What is confirmed becomes a fact by form, which is what settlement and
-- indicators read since 0008: there is no second way to count. Decision record 0061.

-- Appointed for a term by a passed motion of the appraisal group. relatives: managers whom he does not inspect.
CREATE TABLE inspector (
  id uuid PRIMARY KEY,
  staff_key int NOT NULL REFERENCES staff,
  group_id uuid NOT NULL REFERENCES appraisal_group,
  motion_id uuid NOT NULL UNIQUE REFERENCES group_decision,
  from_date date NOT NULL,
  to_date date NOT NULL,                                  -- not included
  relatives int[] NOT NULL,
  appointed_by int NOT NULL REFERENCES staff,             -- who closed the motion
  appointed_on date NOT NULL,
  CHECK (to_date > from_date AND to_date <= (from_date + interval '2 years')::date),
  CHECK (NOT relatives @> ARRAY[staff_key])
);
COMMENT ON TABLE inspector IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';
CREATE INDEX inspector_staff ON inspector (staff_key, from_date);

-- What no ledger of the product tells yet: the post-loan checks of a manager in a month, brought by one with evidence, confirmed by another.
CREATE TABLE inspection_list (
  id uuid PRIMARY KEY,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  staff_key int NOT NULL REFERENCES staff,
  objects jsonb NOT NULL,                                 -- {number, loanId}
  evidence text NOT NULL CHECK (length(evidence) >= 4),
  entered_by int NOT NULL REFERENCES staff,
  entered_on date NOT NULL,
  decided_by int REFERENCES staff,
  decided_on date,
  result text CHECK (result IN ('CONFIRMED', 'RETURNED')),
  reason text,
  CHECK (staff_key <> entered_by AND staff_key <> decided_by AND decided_by <> entered_by),
  CHECK ((decided_by IS NULL) = (result IS NULL) AND (decided_by IS NULL) = (decided_on IS NULL)),
  CHECK ((result = 'RETURNED') = (reason IS NOT NULL))
);
COMMENT ON TABLE inspection_list IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';
CREATE INDEX inspection_list_month ON inspection_list (month, staff_key);

-- One inspector looks at objects of one kind of some managers of a unit, of one month.
CREATE TABLE inspection_run (
  id uuid PRIMARY KEY,
  number text COLLATE "C" NOT NULL UNIQUE,                -- JC2026-0001
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  object text NOT NULL CHECK (object IN ('REPORT', 'POST_LOAN_CHECK')),
  unit_key int NOT NULL REFERENCES institution,
  staff_keys int[] NOT NULL CHECK (cardinality(staff_keys) > 0),
  appointment_id uuid NOT NULL REFERENCES inspector,
  inspector_key int NOT NULL REFERENCES staff,
  group_id uuid NOT NULL REFERENCES appraisal_group,      -- its members answer objections
  terms jsonb NOT NULL,                                   -- how many are drawn: ratio, least, always above
  seed bigint,                                            -- the draw can be repeated
  planned_by int NOT NULL REFERENCES staff,
  planned_on date NOT NULL,
  sampled_on date,
  given_on date,                                          -- the findings were handed over
  objection_until date,                                   -- five working days
  confirmed_by int REFERENCES staff,
  confirmed_on date,
  confirmed_at timestamptz,
  withdrawn_by int REFERENCES staff,
  withdrawn_on date,
  withdrawn_why text,
  readers int[] NOT NULL,                                 -- inspector, members and secretary of the group
  deciders int[] NOT NULL,                                -- who may confirm
  shown_to int[] NOT NULL DEFAULT '{}',                   -- the managers, from the hand-over on
  CHECK (NOT staff_keys @> ARRAY[inspector_key]),
  CHECK (confirmed_by <> inspector_key AND NOT staff_keys @> ARRAY[confirmed_by]),
  CHECK ((sampled_on IS NULL) = (seed IS NULL)),
  CHECK (given_on IS NULL OR sampled_on IS NOT NULL),
  CHECK ((given_on IS NULL) = (objection_until IS NULL)),
  CHECK (confirmed_on IS NULL OR (given_on IS NOT NULL AND confirmed_on > objection_until)),
  CHECK ((confirmed_by IS NULL) = (confirmed_on IS NULL) AND (confirmed_by IS NULL) = (confirmed_at IS NULL)),
  CHECK ((withdrawn_by IS NULL) = (withdrawn_on IS NULL) AND (withdrawn_by IS NULL) = (withdrawn_why IS NULL)),
  CHECK (withdrawn_on IS NULL OR given_on IS NULL)
);
COMMENT ON TABLE inspection_run IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","skip":["readers","deciders","shown_to"]}';
CREATE INDEX inspection_run_month ON inspection_run (month DESC, number DESC);
CREATE INDEX inspection_run_staff ON inspection_run USING gin (staff_keys);
CREATE INDEX inspection_run_open ON inspection_run (id) WHERE confirmed_on IS NULL AND withdrawn_on IS NULL;

-- Everything that the draw could choose from, and what it chose.
CREATE TABLE inspection_object (
  id uuid PRIMARY KEY,
  run_id uuid NOT NULL REFERENCES inspection_run,
  staff_key int NOT NULL REFERENCES staff,
  number text COLLATE "C" NOT NULL,
  label text NOT NULL,                                    -- as the fact by form calls it
  loan_id uuid,
  loan_fen bigint,
  drawn boolean NOT NULL,
  UNIQUE (run_id, staff_key, number)
);
COMMENT ON TABLE inspection_object IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';
CREATE INDEX inspection_object_staff ON inspection_object (staff_key, label);

-- The inspector may write it anew until he hands the findings over.
CREATE TABLE inspection_finding (
  object_id uuid PRIMARY KEY REFERENCES inspection_object,
  run_id uuid NOT NULL REFERENCES inspection_run,
  staff_key int NOT NULL REFERENCES staff,
  source_seen text NOT NULL,
  finding text NOT NULL,
  grade text NOT NULL,
  file_id uuid NOT NULL,
  file_name text NOT NULL,
  found_by int NOT NULL REFERENCES staff,
  found_on date NOT NULL,
  CHECK (found_by <> staff_key)
);
COMMENT ON TABLE inspection_finding IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","hidden":["source_seen","finding"]}';
CREATE INDEX inspection_finding_run ON inspection_finding (run_id);

-- Of the manager; answered by a third person of the group. fact_id: what corrects a finding that counted already.
CREATE TABLE inspection_objection (
  object_id uuid PRIMARY KEY REFERENCES inspection_finding,
  run_id uuid NOT NULL REFERENCES inspection_run,
  staff_key int NOT NULL REFERENCES staff,
  label text NOT NULL,
  claim text NOT NULL,
  made_on date NOT NULL,
  inspector_key int NOT NULL,
  answerers int[] NOT NULL,                               -- whose turn it is
  result text CHECK (result IN ('UPHELD', 'REJECTED')),
  becomes text,
  reason text,
  answered_by int REFERENCES staff,
  answered_on date,
  fact_id uuid REFERENCES indicator_fact,
  CHECK (answered_by <> staff_key AND answered_by <> inspector_key),
  CHECK ((answered_by IS NULL) = (answered_on IS NULL) AND (answered_by IS NULL) = (result IS NULL) AND (answered_by IS NULL) = (reason IS NULL)),
  CHECK ((result = 'UPHELD') = (becomes IS NOT NULL))
);
COMMENT ON TABLE inspection_objection IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","hidden":["claim","reason"]}';
CREATE INDEX inspection_objection_run ON inspection_objection (run_id);
CREATE INDEX inspection_objection_open ON inspection_objection (object_id) WHERE answered_on IS NULL;

-- The offices keep it; each of those concerned finds what waits for him. A manager finds nothing before the findings are handed over.
CREATE PROCEDURE protect_inspection(t regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO yq_office', t);
  EXECUTE format('GRANT SELECT ON %s TO yq_engine, yq_batch', t);
  EXECUTE format('CREATE POLICY office_all ON %s FOR ALL TO yq_office USING (true) WITH CHECK (true)', t);
  EXECUTE format('CREATE POLICY wide_read ON %s FOR SELECT TO yq_engine, yq_batch USING (true)', t);
END $$;
CALL protect_inspection('inspector');
CALL protect_inspection('inspection_list');
CALL protect_inspection('inspection_run');
CALL protect_inspection('inspection_object');
CALL protect_inspection('inspection_finding');
CALL protect_inspection('inspection_objection');
GRANT SELECT ON inspection_run, inspection_objection TO yq_self, yq_unit, yq_all;
CREATE POLICY inspector_read ON inspection_run FOR SELECT TO yq_self, yq_unit, yq_all USING (inspector_key = current_setting('app.me')::int);
CREATE POLICY decider_read ON inspection_run FOR SELECT TO yq_self, yq_unit, yq_all USING (deciders @> ARRAY[current_setting('app.me')::int]);
CREATE POLICY ratee_read ON inspection_run FOR SELECT TO yq_self, yq_unit, yq_all USING (shown_to @> ARRAY[current_setting('app.me')::int]);
CREATE POLICY own_read ON inspection_objection FOR SELECT TO yq_self, yq_unit, yq_all USING (staff_key = current_setting('app.me')::int);
CREATE POLICY answerer_read ON inspection_objection FOR SELECT TO yq_self, yq_unit, yq_all USING (answerers @> ARRAY[current_setting('app.me')::int]);

-- A fact that an inspection brought: its finding, what corrects it, the conduct event that its grade opens; each once. deciders: whose word it waits for.
ALTER TABLE indicator_fact ADD COLUMN inspected_id uuid REFERENCES inspection_finding;
ALTER TABLE indicator_fact ADD COLUMN deciders int[];
CREATE UNIQUE INDEX indicator_fact_inspected ON indicator_fact (inspected_id, indicator, (corrects IS NOT NULL)) WHERE inspected_id IS NOT NULL;
CREATE INDEX indicator_fact_waiting ON indicator_fact (id) WHERE confirmed_by IS NULL AND returned_by IS NULL;
GRANT SELECT ON indicator_fact TO yq_unit, yq_all;
CREATE POLICY decider_read ON indicator_fact FOR SELECT TO yq_self, yq_unit, yq_all USING (deciders @> ARRAY[current_setting('app.me')::int]);
COMMENT ON TABLE indicator_fact IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","skip":["deciders"]}';

-- What waits for whom, with the inspections: the inspector until he handed over, the manager while he may object, the group until an objection is answered, the offices when the days for it are over.
CREATE OR REPLACE VIEW performance_agenda_facts WITH (security_invoker = true) AS
SELECT g.secretary_key AS staff_key, NULL::uuid AS customer_id, a.id, 'APPEAL'::text AS kind, NULL::date AS opens_on, NULL::date AS due_on, NULL::text AS due_time, '申诉 ' || a.number || ' 待提交小组，' || to_char(a.answer_by, 'MM-DD') || ' 前答复' AS title_zh, 'Appeal ' || a.number || ' to be put to the group, answer by ' || to_char(a.answer_by, 'MM-DD') AS title_en, NULL::bigint AS amount_fen, NULL::text AS currency, '/appeals/' || a.id AS address
FROM appeal a JOIN appraisal_group g ON g.id = a.group_id
WHERE NOT EXISTS (SELECT FROM appeal_end e WHERE e.appeal_id = a.id) AND NOT EXISTS (SELECT FROM group_motion m LEFT JOIN group_decision d ON d.motion_id = m.id WHERE m.about_id = a.id AND d.result IS DISTINCT FROM 'REJECTED')
UNION ALL
SELECT v.staff_key, NULL, m.id, 'GROUP_VOTE', NULL, NULL, NULL, CASE m.kind WHEN 'INSPECTOR' THEN '考核小组表决：任命检查人员 ' ELSE '考核小组表决：' END || m.title, CASE m.kind WHEN 'INSPECTOR' THEN 'Vote of the appraisal group: appoint the inspector ' ELSE 'Vote of the appraisal group: ' END || m.title, NULL, NULL, '/appraisal-group/motions/' || m.id
FROM group_motion m CROSS JOIN LATERAL unnest(m.voters) v(staff_key)
WHERE NOT EXISTS (SELECT FROM group_decision d WHERE d.motion_id = m.id) AND NOT EXISTS (SELECT FROM group_vote o WHERE o.motion_id = m.id AND o.staff_key = v.staff_key)
UNION ALL
SELECT w.staff_key, NULL, m.id, 'GROUP_CLOSE', NULL, NULL, NULL, CASE m.kind WHEN 'INSPECTOR' THEN '考核小组待形成决议：任命检查人员 ' ELSE '考核小组待形成决议：' END || m.title, CASE m.kind WHEN 'INSPECTOR' THEN 'Motion to be closed: appoint the inspector ' ELSE 'Motion to be closed: ' END || m.title, NULL, NULL, '/appraisal-group/motions/' || m.id
FROM group_motion m JOIN appraisal_group g ON g.id = m.group_id CROSS JOIN LATERAL (SELECT g.chair_key AS staff_key UNION SELECT g.secretary_key) w
WHERE NOT EXISTS (SELECT FROM group_decision d WHERE d.motion_id = m.id) AND (SELECT count(*) FROM group_vote o WHERE o.motion_id = m.id) = cardinality(m.voters)
UNION ALL
SELECT w.staff_key, NULL, a.id, 'APPEAL_LATE', w.since, a.answer_by, NULL, '申诉 ' || a.number || ' 逾期未答复', 'Appeal ' || a.number || ' is not answered in time', NULL, NULL, '/appeals/' || a.id
FROM appeal a JOIN appraisal_group g ON g.id = a.group_id CROSS JOIN LATERAL (SELECT g.chair_key AS staff_key, a.late_on AS since UNION SELECT unnest(a.leaders), a.later_on) w
WHERE NOT EXISTS (SELECT FROM appeal_end e WHERE e.appeal_id = a.id)
UNION ALL
SELECT t.staff_key, NULL, t.id, 'RESULT_TALK', NULL, t.due_on, NULL, to_char(t.month, 'YYYY-MM') || ' 绩效面谈待签字', 'Sign the talk about ' || to_char(t.month, 'YYYY-MM'), NULL, NULL, '/result-talks'
FROM result_talk t WHERE NOT EXISTS (SELECT FROM talk_signature s WHERE s.talk_id = t.id)
UNION ALL
SELECT p.holder_key, NULL, p.id, 'APPRAISAL_PLAN', NULL, NULL, NULL, '绩效计划待协商确认', 'Answer the appraisal plan', NULL, NULL, '/appraisal-plans/' || p.id
FROM appraisal_plan p JOIN LATERAL (
  SELECT s.state, s.kind, (SELECT min(o.done_by) FROM plan_step o WHERE o.plan_id = p.id AND o.kind = 'AGREE' AND o.targets_place = s.targets_place) AS agreed_by FROM plan_step s WHERE s.plan_id = p.id ORDER BY s.place DESC LIMIT 1) l ON l.state = 'NEGOTIATED'
WHERE l.kind <> 'ASK_OTHER' AND l.agreed_by IS DISTINCT FROM p.holder_key
UNION ALL
SELECT p.made_by, NULL, p.id, 'APPRAISAL_PLAN', NULL, NULL, NULL, '绩效计划待协商确认', 'Answer the appraisal plan', NULL, NULL, '/appraisal-plans/' || p.id
FROM appraisal_plan p JOIN LATERAL (
  SELECT s.state, s.kind, (SELECT min(o.done_by) FROM plan_step o WHERE o.plan_id = p.id AND o.kind = 'AGREE' AND o.targets_place = s.targets_place) AS agreed_by FROM plan_step s WHERE s.plan_id = p.id ORDER BY s.place DESC LIMIT 1) l ON l.state = 'NEGOTIATED'
WHERE l.kind = 'ASK_OTHER' OR l.agreed_by = p.holder_key
UNION ALL
SELECT r.inspector_key, NULL, r.id, 'INSPECTION', NULL, NULL, NULL, '检查 ' || r.number || CASE WHEN r.sampled_on IS NULL THEN ' 待抽样' ELSE ' 待登记并交出检查结论' END, 'Inspection ' || r.number || CASE WHEN r.sampled_on IS NULL THEN ': draw the sample' ELSE ': enter and hand over the findings' END, NULL, NULL, '/inspections/' || r.id
FROM inspection_run r WHERE r.given_on IS NULL AND r.confirmed_on IS NULL AND r.withdrawn_on IS NULL
UNION ALL
SELECT s.staff_key, NULL, r.id, 'INSPECTION_FOUND', NULL, NULL, NULL, '检查 ' || r.number || ' 的结论已交出，' || to_char(r.objection_until, 'MM-DD') || ' 前可提出异议', 'Findings of inspection ' || r.number || ', objection until ' || to_char(r.objection_until, 'MM-DD'), NULL, NULL, '/my-inspections'
FROM inspection_run r CROSS JOIN LATERAL unnest(r.shown_to) s(staff_key) WHERE r.given_on IS NOT NULL AND r.confirmed_on IS NULL AND r.withdrawn_on IS NULL AND NOT EXISTS (SELECT FROM inspection_objection o WHERE o.run_id = r.id AND o.staff_key = s.staff_key)
  AND r.objection_until >= (SELECT business_date FROM bank)
UNION ALL
SELECT w.staff_key, NULL, o.object_id, 'INSPECTION_OBJECTION', NULL, NULL, NULL, '检查异议待答复：' || o.label, 'Objection to a finding: ' || o.label, NULL, NULL, '/inspections/' || o.run_id
FROM inspection_objection o CROSS JOIN LATERAL unnest(o.answerers) w(staff_key) WHERE o.answered_on IS NULL
UNION ALL
SELECT w.staff_key, NULL, r.id, 'INSPECTION_CONFIRM', r.objection_until + 1, NULL, NULL, '检查 ' || r.number || ' 待复核', 'Inspection ' || r.number || ' to be confirmed', NULL, NULL, '/inspections/' || r.id
FROM inspection_run r CROSS JOIN LATERAL unnest(r.deciders) w(staff_key) WHERE r.given_on IS NOT NULL AND r.confirmed_on IS NULL AND r.withdrawn_on IS NULL
UNION ALL
SELECT w.staff_key, NULL, f.id, 'INSPECTION_FACT', NULL, NULL, NULL, CASE f.indicator WHEN 'CONDUCT_EVENT' THEN '检查发现的合规事件待复核：' ELSE '检查结论更正待复核：' END || f.object, CASE f.indicator WHEN 'CONDUCT_EVENT' THEN 'Conduct event found by an inspection: ' ELSE 'Corrected finding to be confirmed: ' END || f.object, NULL, NULL, '/indicator-facts?state=ENTERED'
FROM indicator_fact f CROSS JOIN LATERAL unnest(f.deciders) w(staff_key) WHERE f.confirmed_by IS NULL AND f.returned_by IS NULL;
COMMENT ON VIEW performance_agenda_facts IS '{"kinds":{"APPEAL":{"zh":"申诉待处理","en":"Appeal","verb":"OPEN"},"GROUP_VOTE":{"zh":"小组表决","en":"Vote","verb":"OPEN"},"GROUP_CLOSE":{"zh":"小组决议","en":"Decision of the group","verb":"OPEN"},"APPEAL_LATE":{"zh":"申诉逾期","en":"Appeal is late","verb":"OPEN"},"RESULT_TALK":{"zh":"绩效面谈","en":"Result talk","verb":"OPEN"},"APPRAISAL_PLAN":{"zh":"绩效计划","en":"Appraisal plan","verb":"OPEN"},"INSPECTION":{"zh":"专项检查","en":"Inspection","verb":"OPEN"},"INSPECTION_FOUND":{"zh":"检查结论","en":"Findings","verb":"OPEN"},"INSPECTION_OBJECTION":{"zh":"检查异议","en":"Objection","verb":"OPEN"},"INSPECTION_CONFIRM":{"zh":"检查复核","en":"Inspection to confirm","verb":"OPEN"},"INSPECTION_FACT":{"zh":"检查事实复核","en":"Fact of an inspection","verb":"OPEN"}}}';

-- Events that a duty of the bank may wait for.
CREATE OR REPLACE VIEW performance_duty_event_facts WITH (security_invoker = true) AS
SELECT 'APPEAL'::text AS event, a.id AS event_id, a.opened_on AS day, g.secretary_key AS staff_key, NULL::uuid AS customer_id FROM appeal a JOIN appraisal_group g ON g.id = a.group_id
UNION ALL
SELECT 'APPRAISAL_PLAN', s.plan_id, s.done_on, s.holder_key, NULL FROM plan_step s WHERE s.kind = 'PROPOSE'
UNION ALL
SELECT 'INSPECTION', r.id, r.planned_on, r.inspector_key, NULL FROM inspection_run r WHERE r.withdrawn_on IS NULL;
COMMENT ON VIEW performance_duty_event_facts IS 'Events that duties wait for: APPEAL (opened against a line; the group’s secretary owes its handling), APPRAISAL_PLAN (proposed; the one appraised owes an answer), INSPECTION (planned; the inspector owes it). One row an event: event, event_id, day, staff_key, customer_id.';
