-- Notices to staff (站内消息). A capability tells what happened and whom it concerns by a view <capability>_notice_facts or <capability>_<topic>_notice_facts of this one shape; the collector
-- (src/messages/collect-notices.ts) finds the views by their name and keeps each line once. Decision record 0033.
--   staff_key   whom it concerns;  kind, id  the event: the same three never a second time (an act that may come twice has an id for each time)
--   day         the business day on which it happened: only days of the last weeks are looked at
--   title_zh, title_en  what happened: names a colleague and days, never a customer, never a text that somebody wrote (it may leave the house by e-mail)
--   customer_id  the customer whom it is about: his name is shown by the reader's own rights, and nowhere else;  address  where one acts on it
-- NORMAL facts only: what is RESTRICTED or SECRET stands in no such view. The comment names the kinds: {"kinds":{"TASK":{"zh":"任务","en":"Task","also":["WECOM"],"replaces":true}}}; `also`: channels by which it goes
-- unless the person chose otherwise; `replaces`: a newer one of the kind takes the place of an unread older one. GRANT SELECT … TO yq_batch.

CREATE TABLE notice (
  id uuid PRIMARY KEY,
  staff_key int NOT NULL REFERENCES staff,
  kind text COLLATE "C" NOT NULL,
  thing_id uuid NOT NULL,
  day date NOT NULL,
  title_zh text NOT NULL,
  title_en text NOT NULL,
  customer_id uuid,
  address text,
  for_key int REFERENCES staff,                           -- told to him because he stands in for this person
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  read_at timestamptz,
  UNIQUE (staff_key, kind, thing_id)
);
COMMENT ON TABLE notice IS '{"owner":"messages","kind":"bank","secrecy":"NORMAL","journal":"none","follows":["customer_id"]}';
ALTER TABLE notice ENABLE ROW LEVEL SECURITY;
GRANT SELECT, UPDATE ON notice TO yq_self, yq_unit, yq_all;
GRANT SELECT, INSERT, UPDATE, DELETE ON notice TO yq_batch;
CREATE POLICY own_read ON notice FOR SELECT TO yq_self, yq_unit, yq_all USING (staff_key = current_setting('app.me')::int);
CREATE POLICY own_change ON notice FOR UPDATE TO yq_self, yq_unit, yq_all USING (staff_key = current_setting('app.me')::int);
CREATE POLICY batch_all ON notice FOR ALL TO yq_batch USING (true) WITH CHECK (true);
CREATE INDEX notice_list ON notice (staff_key, day DESC, id DESC);
CREATE INDEX notice_unread ON notice (staff_key, kind) WHERE read_at IS NULL;
CREATE INDEX notice_day ON notice (day);
CREATE INDEX notice_customer ON notice (customer_id) WHERE customer_id IS NOT NULL;

-- How many wait unread, told with every answer of the server; part of the one statement that reads the session. More than 99 are not counted.
CREATE FUNCTION unread_notices(p_staff int) RETURNS int LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (SELECT count(*)::int FROM (SELECT FROM notice WHERE staff_key = p_staff AND read_at IS NULL LIMIT 100) n);
END $$;
REVOKE EXECUTE ON FUNCTION unread_notices(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION unread_notices(int) TO yq_public;

-- What a person wants besides the notice centre, where it differs from what the kind says by itself.
CREATE TABLE notice_choice (
  staff_key int NOT NULL REFERENCES staff,
  kind text COLLATE "C" NOT NULL,
  channel text NOT NULL CHECK (channel IN ('EMAIL', 'WECOM')),
  wanted boolean NOT NULL,
  changed_on date NOT NULL,
  PRIMARY KEY (staff_key, kind, channel)
);
COMMENT ON TABLE notice_choice IS '{"owner":"messages","kind":"bank","secrecy":"NORMAL"}';
ALTER TABLE notice_choice ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON notice_choice TO yq_self, yq_unit, yq_all;
GRANT SELECT ON notice_choice TO yq_batch;
CREATE POLICY own_read ON notice_choice FOR SELECT TO yq_self, yq_unit, yq_all USING (staff_key = current_setting('app.me')::int);
CREATE POLICY own_add ON notice_choice FOR INSERT TO yq_self, yq_unit, yq_all WITH CHECK (staff_key = current_setting('app.me')::int);
CREATE POLICY own_change ON notice_choice FOR UPDATE TO yq_self, yq_unit, yq_all USING (staff_key = current_setting('app.me')::int);
CREATE POLICY batch_read ON notice_choice FOR SELECT TO yq_batch USING (true);

-- Where a colleague is reached outside of the notice centre: entered by the administration, never by the person (a notice must not leave for a private box). Without a line of his own a person is known to
-- 企业微信 by his staff number.
CREATE TABLE staff_address (
  staff_key int NOT NULL REFERENCES staff,
  channel text NOT NULL CHECK (channel IN ('EMAIL', 'WECOM')),
  address text NOT NULL,
  entered_by int REFERENCES staff,
  entered_on date NOT NULL,
  PRIMARY KEY (staff_key, channel)
);
COMMENT ON TABLE staff_address IS '{"owner":"messages","kind":"bank","secrecy":"NORMAL"}';
CALL protect_bank('staff_address', 'yq_self, yq_unit, yq_all', 'yq_batch, yq_office');

-- What goes to staff outside: a line a notice and channel, kept before the peer is asked and after it answered, as with messages to customers.
CREATE TABLE notice_delivery (
  id uuid PRIMARY KEY,                                    -- told to the peer
  notice_id uuid NOT NULL REFERENCES notice,
  staff_key int NOT NULL REFERENCES staff,
  channel text NOT NULL CHECK (channel IN ('EMAIL', 'WECOM')),
  made_on date NOT NULL,
  until_day date NOT NULL,                                -- after it nobody wants it any more
  state text NOT NULL CHECK (state IN ('WAITING', 'SENDING', 'ACCEPTED', 'UNCERTAIN', 'FAILED', 'WITHDRAWN')),
  tries int NOT NULL DEFAULT 0,
  next_at timestamptz,
  begun_at timestamptz,                                   -- of the last attempt
  reason text COLLATE "C",
  peer_code text COLLATE "C",
  provider_id text COLLATE "C",
  sent_at timestamptz,
  UNIQUE (notice_id, channel),
  CHECK (state NOT IN ('UNCERTAIN', 'FAILED', 'WITHDRAWN') OR reason IS NOT NULL)
);
COMMENT ON TABLE notice_delivery IS '{"owner":"messages","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('notice_delivery', '', 'yq_batch');
GRANT SELECT ON notice_delivery TO yq_self, yq_unit, yq_all;
CREATE POLICY own_read ON notice_delivery FOR SELECT TO yq_self, yq_unit, yq_all USING (staff_key = current_setting('app.me')::int);
CREATE INDEX notice_delivery_due ON notice_delivery (made_on) WHERE state IN ('WAITING', 'SENDING');
CREATE INDEX notice_delivery_staff ON notice_delivery (staff_key, made_on DESC);

-- When staff are told outside, how long a notice stays, how long it is tried.
ALTER TABLE message_policy ADD COLUMN staff_from text COLLATE "C" NOT NULL DEFAULT '07:30';
ALTER TABLE message_policy ADD COLUMN staff_to text COLLATE "C" NOT NULL DEFAULT '20:00';
ALTER TABLE message_policy ADD COLUMN notice_days int NOT NULL DEFAULT 90 CHECK (notice_days >= 31);

-- ---------------------------------------------------------------------------------------------------------------------
-- Who leads a line nearest, on the business day, for what waits for a leader's word: several when several lead there.
CREATE FUNCTION nearest_leads(p_path text, p_except int[]) RETURNS SETOF int LANGUAGE sql STABLE AS $$
  SELECT staff_key FROM organisation_post_facts f CROSS JOIN bank b
  WHERE f.post_code IN ('TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER') AND f.from_date <= b.business_date AND (f.to_date IS NULL OR f.to_date > b.business_date)
    AND p_path >= f.line_path AND p_path < f.line_path || '/' AND NOT f.staff_key = ANY(p_except)
  ORDER BY length(f.line_path) DESC FETCH FIRST 1 ROW WITH TIES
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Duties: one digest a person a day; what happens to a task, to the other side of it.
CREATE VIEW duties_notice_facts WITH (security_invoker = true) AS
SELECT d.staff_key, 'DIGEST'::text AS kind, md5('DIGEST ' || d.staff_key || ' ' || d.day)::uuid AS id, d.day,
  concat_ws('，', CASE WHEN s.late > 0 THEN '逾期 ' || s.late || ' 项' END, CASE WHEN s.today > 0 THEN '今日到期 ' || s.today || ' 项' END, CASE WHEN s.soon > 0 THEN '即将到期 ' || s.soon || ' 项' END, CASE WHEN s.team > 0 THEN '下属待督办 ' || s.team || ' 项' END) AS title_zh,
  concat_ws(', ', CASE WHEN s.late > 0 THEN s.late || ' overdue' END, CASE WHEN s.today > 0 THEN s.today || ' due today' END, CASE WHEN s.soon > 0 THEN s.soon || ' due soon' END, CASE WHEN s.team > 0 THEN s.team || ' of your people' END) AS title_en,
  NULL::uuid AS customer_id, '/tasks'::text AS address
FROM duty_digest d CROSS JOIN LATERAL (
  SELECT coalesce(sum(l.n) FILTER (WHERE l.kind IN ('OVERDUE', 'TASK_LATE')), 0) AS late, coalesce(sum(l.n) FILTER (WHERE l.kind IN ('DUE_TODAY', 'TASK_TODAY')), 0) AS today, coalesce(sum(l.n) FILTER (WHERE l.kind IN ('DUE_SOON', 'TASK_SOON')), 0) AS soon,
    coalesce(sum(l.n) FILTER (WHERE l.kind NOT IN ('OVERDUE', 'TASK_LATE', 'DUE_TODAY', 'TASK_TODAY', 'DUE_SOON', 'TASK_SOON')), 0) AS team
  FROM jsonb_to_recordset(d.lines) AS l (kind text, n int)) s
WHERE s.late + s.today + s.soon + s.team > 0
UNION ALL
SELECT w.staff_key, 'TASK', e.id, e.done_on,
  s.name || CASE e.kind WHEN 'GIVE' THEN '交办任务，' || to_char(t.due_on, 'MM-DD') || ' 前完成' WHEN 'QUESTION' THEN '对任务提出疑问' WHEN 'ANSWER' THEN '答复了您的疑问' WHEN 'REPORT' THEN '报告任务完成，待确认' WHEN 'RETURN' THEN '退回任务' WHEN 'CONFIRM' THEN '确认任务完成'
    WHEN 'ASK_EXTENSION' THEN '申请任务延期' WHEN 'EXTEND' THEN '同意延期至 ' || to_char(t.due_on, 'MM-DD') WHEN 'KEEP_DUE' THEN '未同意延期' WHEN 'WITHDRAW' THEN '撤回任务' ELSE '拒绝任务' END,
  s.name || CASE e.kind WHEN 'GIVE' THEN ' gave a task, due ' || to_char(t.due_on, 'MM-DD') WHEN 'QUESTION' THEN ' questions a task' WHEN 'ANSWER' THEN ' answered your question' WHEN 'REPORT' THEN ' reports a task done, to confirm' WHEN 'RETURN' THEN ' returned a task'
    WHEN 'CONFIRM' THEN ' confirmed a task' WHEN 'ASK_EXTENSION' THEN ' asks for a later day' WHEN 'EXTEND' THEN ' extended a task to ' || to_char(t.due_on, 'MM-DD') WHEN 'KEEP_DUE' THEN ' keeps the day of a task' WHEN 'WITHDRAW' THEN ' withdrew a task' ELSE ' refuses a task' END,
  t.customer_id, CASE WHEN e.kind IN ('QUESTION', 'REPORT', 'ASK_EXTENSION', 'REFUSE_TASK') THEN '/supervision?task=' ELSE '/tasks?task=' END || t.id
FROM task_event e JOIN assigned_task t ON t.id = e.task_id JOIN staff s ON s.key = e.done_by
CROSS JOIN LATERAL (SELECT CASE WHEN e.kind IN ('QUESTION', 'REPORT', 'ASK_EXTENSION', 'REFUSE_TASK') THEN t.given_by ELSE t.owner_key END AS staff_key UNION SELECT unnest(t.helpers) WHERE e.kind IN ('GIVE', 'WITHDRAW')) w
WHERE e.kind IN ('GIVE', 'QUESTION', 'ANSWER', 'REPORT', 'RETURN', 'CONFIRM', 'ASK_EXTENSION', 'EXTEND', 'KEEP_DUE', 'WITHDRAW', 'REFUSE_TASK') AND w.staff_key <> e.done_by;
COMMENT ON VIEW duties_notice_facts IS '{"kinds":{"DIGEST":{"zh":"今日提醒","en":"Digest of the day","also":["WECOM"],"replaces":true},"TASK":{"zh":"任务","en":"Task","also":["WECOM"]}}}';

-- Ownership: whose turn it is to sign a hand-over; a substitution asked for, granted, refused; an export that waits or was decided; a claim that was decided.
CREATE VIEW customers_notice_facts WITH (security_invoker = true) AS
SELECT p.staff_key, 'HAND_OVER'::text AS kind, md5('HAND_OVER ' || h.id || h.state || h.list_version)::uuid AS id, coalesce(g.signed_on, h.listed_on, h.opened_on) AS day,
  '移交 ' || h.number || CASE h.state WHEN 'OPENED' THEN ' 待您列出清单' WHEN 'LISTED' THEN ' 待您抽查' ELSE ' 待您签字' END AS title_zh,
  'Hand-over ' || h.number || CASE h.state WHEN 'OPENED' THEN ' waits for your list' WHEN 'LISTED' THEN ' waits for your samples' ELSE ' waits for your signature' END AS title_en, NULL::uuid AS customer_id, '/hand-overs/' || h.id AS address
FROM hand_over h JOIN hand_over_party p ON p.hand_over_id = h.id
  AND p.side = CASE h.state WHEN 'OPENED' THEN 'LEAVER' WHEN 'LISTED' THEN 'RECEIVER' WHEN 'SAMPLED' THEN 'LEAVER' WHEN 'SIGNED_BY_LEAVER' THEN 'RECEIVER' WHEN 'SIGNED_BY_RECEIVER' THEN 'SUPERVISOR' END
LEFT JOIN LATERAL (SELECT max(s.signed_on) AS signed_on FROM hand_over_signature s WHERE s.hand_over_id = h.id AND s.list_version = h.list_version) g ON true
WHERE NOT EXISTS (SELECT FROM hand_over_signature s WHERE s.hand_over_id = h.id AND s.list_version = h.list_version AND s.staff_key = p.staff_key) AND NOT (h.state = 'OPENED' AND h.opened_by = p.staff_key)
UNION ALL
SELECT p.staff_key, 'HAND_OVER', md5('EFFECTIVE ' || h.id)::uuid, h.effected_on, '移交 ' || h.number || ' 已生效，共 ' || h.customers || ' 位客户', 'Hand-over ' || h.number || ' took effect: ' || h.customers || ' customers', NULL, '/hand-overs/' || h.id
FROM hand_over h JOIN hand_over_party p ON p.hand_over_id = h.id WHERE h.effected_on IS NOT NULL AND h.state IN ('EFFECTIVE', 'FOLLOW_UP', 'CLOSED')
UNION ALL
SELECT w.staff_key, 'SUBSTITUTION', md5('ASKED ' || t.id)::uuid, t.asked_on, a.name || '请' || b.name || '代班，待您同意', a.name || ' asks ' || b.name || ' to stand in, to agree to', NULL, '/substitutions/' || t.id
FROM substitution t JOIN staff a ON a.key = t.absent_key JOIN staff b ON b.key = t.substitute_key CROSS JOIN LATERAL nearest_leads(t.scope_path, ARRAY[t.absent_key, t.substitute_key]) w(staff_key) WHERE t.state = 'ASKED'
UNION ALL
SELECT w.staff_key, 'SUBSTITUTION', md5(t.state || t.id)::uuid, coalesce(t.confirmed_on, t.ended_on),
  CASE WHEN t.state = 'REFUSED' THEN '代班申请未获同意' WHEN w.staff_key = t.substitute_key THEN '由您代' || a.name || '的班，' || to_char(t.from_date, 'MM-DD') || ' 至 ' || to_char(t.until_date, 'MM-DD') ELSE b.name || '代您的班，' || to_char(t.from_date, 'MM-DD') || ' 至 ' || to_char(t.until_date, 'MM-DD') END,
  CASE WHEN t.state = 'REFUSED' THEN 'The substitution was not agreed to' WHEN w.staff_key = t.substitute_key THEN 'You stand in for ' || a.name || ', ' || to_char(t.from_date, 'MM-DD') || ' to ' || to_char(t.until_date, 'MM-DD') ELSE b.name || ' stands in for you, ' || to_char(t.from_date, 'MM-DD') || ' to ' || to_char(t.until_date, 'MM-DD') END,
  NULL, '/substitutions/' || t.id
FROM substitution t JOIN staff a ON a.key = t.absent_key JOIN staff b ON b.key = t.substitute_key CROSS JOIN LATERAL (VALUES (t.absent_key), (t.substitute_key)) w(staff_key) WHERE t.state IN ('CONFIRMED', 'REFUSED')
UNION ALL
SELECT w.staff_key, 'EXPORT', md5('ASKED ' || x.id)::uuid, x.asked_on, a.name || '申请导出 ' || x.row_count || ' 位客户，待您审批', a.name || ' asks to export ' || x.row_count || ' customers, to approve', NULL, '/exports'
FROM customer_export x JOIN staff a ON a.key = x.asked_by CROSS JOIN LATERAL nearest_leads(x.asked_path, ARRAY[x.asked_by]) w(staff_key) WHERE x.decided_by IS NULL AND x.withdrawn_on IS NULL
UNION ALL
SELECT x.asked_by, 'EXPORT', md5('DECIDED ' || x.id)::uuid, x.decided_on, CASE x.decision WHEN 'APPROVED' THEN '导出申请已批准，' || to_char(x.fetch_until, 'MM-DD') || ' 前下载' ELSE '导出申请未获批准' END,
  CASE x.decision WHEN 'APPROVED' THEN 'Your export was approved, fetch it by ' || to_char(x.fetch_until, 'MM-DD') ELSE 'Your export was declined' END, NULL, '/exports' FROM customer_export x WHERE x.decided_by IS NOT NULL
UNION ALL
SELECT c.staff_key, 'CLAIM', md5('CLAIM ' || c.id)::uuid, c.decided_on, CASE c.state WHEN 'GRANTED' THEN '认领已通过' ELSE '认领未通过' END, CASE c.state WHEN 'GRANTED' THEN 'Your claim was granted' ELSE 'Your claim was refused' END, c.customer_id, '/pool?tab=claims'
FROM pool_claim c WHERE c.state IN ('GRANTED', 'REFUSED');
COMMENT ON VIEW customers_notice_facts IS '{"kinds":{"HAND_OVER":{"zh":"移交","en":"Hand-over","also":["WECOM"]},"SUBSTITUTION":{"zh":"代班","en":"Substitution","also":["WECOM"]},"EXPORT":{"zh":"导出审批","en":"Export"},"CLAIM":{"zh":"客户认领","en":"Claim"}}}';

-- Needs that were sent up, and their answers; a superior's word on a need card.
CREATE VIEW visits_notice_facts WITH (security_invoker = true) AS
SELECT w.staff_key, 'NEED'::text AS kind, md5('UP ' || e.id)::uuid AS id, e.escalated_on AS day, s.name || '上报客户需求，' || to_char(e.answer_by, 'MM-DD') || ' 前答复' AS title_zh, s.name || ' sent a need up, answer by ' || to_char(e.answer_by, 'MM-DD') AS title_en,
  e.customer_id, '/customers/' || e.customer_id || '?tab=needs' AS address
FROM need_escalation e JOIN staff s ON s.key = e.escalated_by CROSS JOIN LATERAL nearest_leads(e.scope_path, ARRAY[e.escalated_by]) w(staff_key) WHERE e.answered_on IS NULL
UNION ALL
SELECT e.escalated_by, 'NEED', md5('ANSWER ' || e.id)::uuid, e.answered_on, s.name || '答复了您上报的需求', s.name || ' answered the need that you sent up', e.customer_id, '/customers/' || e.customer_id || '?tab=needs'
FROM need_escalation e JOIN staff s ON s.key = e.answered_by WHERE e.answered_on IS NOT NULL
UNION ALL
SELECT c.staff_key, 'NEED', md5('COMMENT ' || c.id)::uuid, c.commented_on, s.name || '点评了您的需求卡 ' || c.number, s.name || ' commented your need card ' || c.number, c.customer_id, '/customers/' || c.customer_id || '/need-cards/' || c.id
FROM need_card c JOIN staff s ON s.key = c.commented_by WHERE c.commented_on IS NOT NULL AND c.voided_on IS NULL;
COMMENT ON VIEW visits_notice_facts IS '{"kinds":{"NEED":{"zh":"客户需求","en":"Need"}}}';

-- Words of a superior on a report, additions of its author for who signed it, a report that waits for an answer.
CREATE VIEW day_reports_notice_facts WITH (security_invoker = true) AS
SELECT w.staff_key, 'REPORT'::text AS kind, n.id, n.written_on AS day,
  s.name || CASE n.kind WHEN 'COMMENT' THEN '点评了您的' WHEN 'ANSWER' THEN '答复了您的' ELSE '补充了' END || k.name || '（' || r.period || '）' AS title_zh,
  s.name || CASE n.kind WHEN 'COMMENT' THEN ' commented your ' WHEN 'ANSWER' THEN ' answered your ' ELSE ' added to the ' END || lower(k.name_en) || ' (' || r.period || ')' AS title_en, NULL::uuid AS customer_id, '/day-reports/' || r.id AS address
FROM day_report_note n JOIN (SELECT id, kind_code, kind_version, staff_key, signed_by, CASE WHEN period_key ~ '^[0-9-]+$' AND length(period_key) <= 10 THEN period_key ELSE first_day::text END AS period FROM day_report) r ON r.id = n.report_id
JOIN report_kind k ON k.code = r.kind_code AND k.version = r.kind_version JOIN staff s ON s.key = n.written_by
CROSS JOIN LATERAL (SELECT CASE n.kind WHEN 'ADDITION' THEN r.signed_by ELSE r.staff_key END AS staff_key) w WHERE w.staff_key IS NOT NULL AND w.staff_key <> n.written_by
UNION ALL
SELECT r.receiver_key, 'REPORT', md5('ANSWER ' || r.id)::uuid, r.confirmed_on, s.name || '提交' || k.name || '，' || to_char(r.answer_due_on, 'MM-DD') || ' 前答复', s.name || ' handed in a ' || lower(k.name_en) || ', answer by ' || to_char(r.answer_due_on, 'MM-DD'), NULL, '/day-reports/' || r.id
FROM day_report r JOIN report_kind k ON k.code = r.kind_code AND k.version = r.kind_version JOIN staff s ON s.key = r.staff_key WHERE r.receiver_key IS NOT NULL AND r.answer_due_on IS NOT NULL AND r.answered_on IS NULL AND r.receiver_key <> r.staff_key;
COMMENT ON VIEW day_reports_notice_facts IS '{"kinds":{"REPORT":{"zh":"汇报","en":"Report"}}}';

-- Greetings with a line of one's own: to whom they wait, how they were decided. What could not be sent: once a batch.
CREATE VIEW messages_notice_facts WITH (security_invoker = true) AS
SELECT w.staff_key, 'GREETING'::text AS kind, md5('ASKED ' || b.id)::uuid AS id, b.entered_on AS day, s.name || '的消息待您审批' AS title_zh, 'Messages of ' || s.name || ' wait for your approval' AS title_en, NULL::uuid AS customer_id, '/greetings?tab=approve'::text AS address
FROM message_batch b JOIN staff s ON s.key = b.staff_key CROSS JOIN LATERAL nearest_leads(b.scope_path, ARRAY[b.staff_key]) w(staff_key) WHERE b.state = 'PROPOSED'
UNION ALL
SELECT b.staff_key, 'GREETING', md5('DECIDED ' || b.id)::uuid, b.decided_on, s.name || CASE b.state WHEN 'APPROVED' THEN '批准了您的消息' ELSE '退回了您的消息' END, s.name || CASE b.state WHEN 'APPROVED' THEN ' approved your messages' ELSE ' returned your messages' END, NULL, '/greetings?tab=approve'
FROM message_batch b JOIN staff s ON s.key = b.decided_by WHERE b.decided_by IS NOT NULL
UNION ALL
SELECT DISTINCT m.staff_key, 'UNSENT', md5('UNSENT ' || m.batch_id)::uuid, m.send_on, '有消息未能发送，或未确认送达'::text, 'Messages could not be sent, or are uncertain'::text, NULL::uuid, '/greetings?tab=outbox'::text
FROM message m WHERE m.state IN ('FAILED', 'UNCERTAIN');
COMMENT ON VIEW messages_notice_facts IS '{"kinds":{"GREETING":{"zh":"消息审批","en":"Approval of messages"},"UNSENT":{"zh":"发送失败","en":"Not sent"}}}';
-- Reports of a gateway name the number that it gave; a message of several parts has several.
CREATE INDEX message_attempt_provider ON message_attempt USING gin (string_to_array(provider_id, ' ')) WHERE provider_id IS NOT NULL;
CREATE INDEX message_unsent ON message (send_on) WHERE state IN ('FAILED', 'UNCERTAIN');

-- Praise; a work plan that was handed in, confirmed or returned.
CREATE VIEW meetings_notice_facts WITH (security_invoker = true) AS
SELECT p.to_key AS staff_key, 'PRAISE'::text AS kind, p.id, p.day, s.name || '表扬了您' AS title_zh, s.name || ' praised you' AS title_en, NULL::uuid AS customer_id, '/my-day'::text AS address
FROM praise p JOIN staff s ON s.key = p.from_key WHERE p.retracted_on IS NULL
UNION ALL
SELECT w.staff_key, 'PLAN', md5('IN ' || l.id || l.edition)::uuid, l.submitted_on, s.name || '提交工作计划（' || l.period_key || '），待您确认', s.name || ' handed in a work plan (' || l.period_key || '), to confirm', NULL, '/calendar'
FROM work_plan l JOIN staff s ON s.key = l.staff_key CROSS JOIN LATERAL nearest_leads(l.scope_path, ARRAY[l.staff_key]) w(staff_key) WHERE l.state = 'SUBMITTED'
UNION ALL
SELECT l.staff_key, 'PLAN', md5(l.state || l.id || l.edition)::uuid, l.commented_on, s.name || CASE l.state WHEN 'CONFIRMED' THEN '确认了' ELSE '退回了' END || '您的工作计划（' || l.period_key || '）', s.name || CASE l.state WHEN 'CONFIRMED' THEN ' confirmed' ELSE ' returned' END || ' your work plan (' || l.period_key || ')', NULL, '/calendar'
FROM work_plan l JOIN staff s ON s.key = l.commented_by WHERE l.state IN ('CONFIRMED', 'RETURNED') AND l.commented_on IS NOT NULL;
COMMENT ON VIEW meetings_notice_facts IS '{"kinds":{"PRAISE":{"zh":"表扬","en":"Praise"},"PLAN":{"zh":"工作计划","en":"Work plan"}}}';

-- A customer was opened to somebody for reading.
CREATE VIEW access_notice_facts WITH (security_invoker = true) AS
SELECT g.staff_key, 'GRANT'::text AS kind, g.id, g.from_date AS day, s.name || '为您开放一位客户，至 ' || to_char(g.until_date, 'MM-DD') AS title_zh, s.name || ' opened a customer to you until ' || to_char(g.until_date, 'MM-DD') AS title_en, g.customer_id, '/customers/' || g.customer_id AS address
FROM read_grant g JOIN staff s ON s.key = g.given_by WHERE g.withdrawn_on IS NULL;
COMMENT ON VIEW access_notice_facts IS '{"kinds":{"GRANT":{"zh":"只读授权","en":"Read grant"}}}';

GRANT SELECT ON duties_notice_facts, customers_notice_facts, visits_notice_facts, day_reports_notice_facts, messages_notice_facts, meetings_notice_facts, access_notice_facts TO yq_batch;
