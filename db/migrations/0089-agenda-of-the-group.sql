-- What waits for whom in the appraisal group and in plans, mended: an appeal whose proposal the group voted down waits for the next proposal; a motion on which all have voted waits for chair and secretary;
-- a plan waits for the side whose word is next and not for the other: its owner when the one appraised asked for other targets or agreed.
-- None of these has a day of its own: they wait from the first hour. With the day of the answer, ten working days ahead, a vote would have come into sight only a week before.
CREATE INDEX appraisal_plan_made_by ON appraisal_plan (made_by);
CREATE OR REPLACE VIEW performance_agenda_facts WITH (security_invoker = true) AS
SELECT g.secretary_key AS staff_key, NULL::uuid AS customer_id, a.id, 'APPEAL'::text AS kind, NULL::date AS opens_on, NULL::date AS due_on, NULL::text AS due_time, '申诉 ' || a.number || ' 待提交小组，' || to_char(a.answer_by, 'MM-DD') || ' 前答复' AS title_zh, 'Appeal ' || a.number || ' to be put to the group, answer by ' || to_char(a.answer_by, 'MM-DD') AS title_en, NULL::bigint AS amount_fen, NULL::text AS currency, '/appeals/' || a.id AS address
FROM appeal a JOIN appraisal_group g ON g.id = a.group_id
WHERE NOT EXISTS (SELECT FROM appeal_end e WHERE e.appeal_id = a.id) AND NOT EXISTS (SELECT FROM group_motion m LEFT JOIN group_decision d ON d.motion_id = m.id WHERE m.about_id = a.id AND d.result IS DISTINCT FROM 'REJECTED')
UNION ALL
SELECT v.staff_key, NULL, m.id, 'GROUP_VOTE', NULL, NULL, NULL, '考核小组表决：' || m.title, 'Vote of the appraisal group: ' || m.title, NULL, NULL, '/appraisal-group/motions/' || m.id
FROM group_motion m CROSS JOIN LATERAL unnest(m.voters) v(staff_key)
WHERE NOT EXISTS (SELECT FROM group_decision d WHERE d.motion_id = m.id) AND NOT EXISTS (SELECT FROM group_vote o WHERE o.motion_id = m.id AND o.staff_key = v.staff_key)
UNION ALL
SELECT w.staff_key, NULL, m.id, 'GROUP_CLOSE', NULL, NULL, NULL, '考核小组待形成决议：' || m.title, 'Motion to be closed: ' || m.title, NULL, NULL, '/appraisal-group/motions/' || m.id
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
WHERE l.kind = 'ASK_OTHER' OR l.agreed_by = p.holder_key;
COMMENT ON VIEW performance_agenda_facts IS '{"kinds":{"APPEAL":{"zh":"申诉待处理","en":"Appeal","verb":"OPEN"},"GROUP_VOTE":{"zh":"小组表决","en":"Vote","verb":"OPEN"},"GROUP_CLOSE":{"zh":"小组决议","en":"Decision of the group","verb":"OPEN"},"APPEAL_LATE":{"zh":"申诉逾期","en":"Appeal is late","verb":"OPEN"},"RESULT_TALK":{"zh":"绩效面谈","en":"Result talk","verb":"OPEN"},"APPRAISAL_PLAN":{"zh":"绩效计划","en":"Appraisal plan","verb":"OPEN"}}}';
