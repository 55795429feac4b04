-- Reports of a day and of a month (日报、工作日志、月报), what they show, their signing and answers; the lobby's customer book.

-- What a kind of report is: data, dated by version. Sections: code, words, which facts of the day stand in it (`kinds`), whether those of the next working day (`next`), from which
-- section of the daily kind a monthly draft is made (`from`), whether a text is asked for (`required`).
CREATE TABLE report_kind (
  code text COLLATE "C" NOT NULL,
  version int NOT NULL CHECK (version >= 1),
  name text NOT NULL,
  name_en text NOT NULL,
  posts text[] NOT NULL,
  receiver_posts text[] NOT NULL,                         -- who of the line reads, signs, answers
  period text NOT NULL CHECK (period IN ('DAY', 'MONTH', 'EVENT')),
  due_time text CHECK (due_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  due_days int NOT NULL CHECK (due_days BETWEEN 0 AND 30),        -- working days after the last day of the period; 0: that day itself
  closes_after int NOT NULL CHECK (closes_after BETWEEN 0 AND 30), -- so many working days after it was due nothing is taken any more
  answer_days int CHECK (answer_days BETWEEN 1 AND 60),   -- the receiver answers within so many working days
  drafted_from text,                                      -- the daily kind from which a month is drafted
  sections jsonb NOT NULL,
  duty_code text,                                         -- the duty that it fulfils
  answer_duty text,                                       -- the duty that its answer fulfils
  source text NOT NULL,
  from_date date NOT NULL,
  to_date date,
  PRIMARY KEY (code, version),
  CHECK (to_date IS NULL OR to_date > from_date)
);
COMMENT ON TABLE report_kind IS '{"owner":"day-reports","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('report_kind');
INSERT INTO report_kind (code, version, name, name_en, posts, receiver_posts, period, due_time, due_days, closes_after, answer_days, drafted_from, sections, duty_code, answer_duty, source, from_date) VALUES
('DAILY', 1, '每日汇报', 'Daily report', '{RM}', '{TEAM_LEAD,OUTLET_HEAD,BRANCH_HEAD,BANK_LEADER}', 'DAY', '17:30', 0, 1, NULL, NULL,
 '[{"code":"contacts","zh":"联系与结果","en":"Contacts and results","kinds":["CONTACT","NEED","NEW_CUSTOMER","MOVEMENT","ALERT"]},{"code":"duties","zh":"履职与任务","en":"Duties and tasks","kinds":["DUTY_DONE","DUTY_OPEN","TASK_DONE","TASK_OPEN"]},{"code":"problems","zh":"问题与请示","en":"Problems and questions","kinds":[]},{"code":"plan","zh":"次日计划","en":"Plan of the next day","kinds":["APPOINTMENT","PROMISE","PLANNED"],"next":true}]',
 'D-01', NULL, '9·一·2(一)', '1900-01-01'),
('LOBBY_LOG', 1, '工作日志', 'Work log', '{LOBBY}', '{OUTLET_HEAD,BRANCH_HEAD,BANK_LEADER}', 'DAY', NULL, 0, 1, NULL, NULL,
 '[{"code":"duties","zh":"履行基本职责","en":"Basic duties","kinds":["DUTY_DONE","DUTY_OPEN","TASK_DONE","TASK_OPEN"]},{"code":"customers","zh":"重点客户","en":"Key customers","kinds":["BOOK","CONTACT","NEW_CUSTOMER"]},{"code":"market","zh":"市场信息","en":"Market","kinds":[]},{"code":"needs","zh":"客户需求","en":"Needs","kinds":[]},{"code":"opinions","zh":"客户意见","en":"Opinions","kinds":[]},{"code":"suggestions","zh":"改进建议","en":"Suggestions","kinds":[]}]',
 'D-08', NULL, '6·篇二·十', '1900-01-01'),
('LOBBY_MONTH', 1, '大堂月报', 'Lobby monthly report', '{LOBBY}', '{OUTLET_HEAD,BRANCH_HEAD,BANK_LEADER}', 'MONTH', NULL, 5, 10, 10, 'LOBBY_LOG',
 '[{"code":"measures","zh":"上期措施落实","en":"Measures decided before","kinds":["MEASURE"]},{"code":"market","zh":"市场信息","en":"Market","kinds":[],"from":"market"},{"code":"needs","zh":"客户信息与需求","en":"Customers and needs","kinds":["BOOK"],"from":"needs"},{"code":"opinions","zh":"对产品与服务的意见","en":"Opinions on products and service","kinds":[],"from":"opinions"},{"code":"suggestions","zh":"改进建议","en":"Suggestions","kinds":[],"from":"suggestions","required":true}]',
 'D-07', 'D-50', '6·篇二·十一', '1900-01-01'),
('LOBBY_PROBLEM', 1, '重大问题报告', 'Major problem', '{LOBBY}', '{OUTLET_HEAD,BRANCH_HEAD,BANK_LEADER}', 'EVENT', NULL, 0, 0, 10, NULL,
 '[{"code":"problem","zh":"问题","en":"Problem","kinds":[],"required":true},{"code":"suggestions","zh":"建议","en":"Suggestions","kinds":[]}]', NULL, 'D-50', '6·篇二·十一', '1900-01-01');

-- A confirmed report: what a person wrote. What it showed stands in day_report_fact, what came later in day_report_note; none of it is changed.
CREATE TABLE day_report (
  id uuid PRIMARY KEY,
  kind_code text COLLATE "C" NOT NULL,
  kind_version int NOT NULL,
  staff_key int NOT NULL REFERENCES staff,
  place_key int NOT NULL,
  period_key text COLLATE "C" NOT NULL,                   -- '2026-11-23', '2026-11', or its own id
  first_day date NOT NULL,
  last_day date NOT NULL,
  due_on date NOT NULL,
  channel text NOT NULL CHECK (channel IN ('SELF', 'PHONE')),
  recorded_by int NOT NULL REFERENCES staff,
  confirmed_on date NOT NULL,
  confirmed_at timestamptz NOT NULL,
  late boolean NOT NULL,
  texts jsonb NOT NULL,                                   -- section -> text
  receiver_key int REFERENCES staff,
  answer_due_on date,
  answered_by int REFERENCES staff,
  answered_on date,
  signed_by int REFERENCES staff,
  signed_on date,
  scope_path text COLLATE "C" NOT NULL,                   -- the line of the person on that day
  batch_id uuid,
  UNIQUE (kind_code, staff_key, period_key),
  FOREIGN KEY (kind_code, kind_version) REFERENCES report_kind,
  CHECK (last_day >= first_day),
  CHECK ((channel = 'PHONE') = (recorded_by <> staff_key)),
  CHECK (signed_by <> staff_key AND answered_by <> staff_key),
  CHECK ((signed_by IS NULL) = (signed_on IS NULL) AND (answered_by IS NULL) = (answered_on IS NULL))
);
COMMENT ON TABLE day_report IS '{"owner":"day-reports","kind":"bank","secrecy":"NORMAL","hidden":["texts"],"skip":["scope_path"]}';

-- What the report showed on that day, as shown, with its reference.
CREATE TABLE day_report_fact (
  id uuid PRIMARY KEY,
  report_id uuid NOT NULL REFERENCES day_report,
  staff_key int NOT NULL,
  section text NOT NULL,
  kind text NOT NULL,
  thing_id uuid NOT NULL,
  customer_id uuid,
  title_zh text NOT NULL,
  title_en text NOT NULL,
  amount_fen bigint,
  address text,
  scope_path text COLLATE "C" NOT NULL,
  batch_id uuid
);
COMMENT ON TABLE day_report_fact IS '{"owner":"day-reports","kind":"bank","secrecy":"NORMAL","skip":["scope_path"],"follows":["customer_id"]}';
CREATE INDEX day_report_fact_report ON day_report_fact (report_id);
CREATE INDEX day_report_fact_customer ON day_report_fact (customer_id) WHERE customer_id IS NOT NULL;

-- Comments of those above, additions of the person, the answer.
CREATE TABLE day_report_note (
  id uuid PRIMARY KEY,
  report_id uuid NOT NULL REFERENCES day_report,
  staff_key int NOT NULL,
  kind text NOT NULL CHECK (kind IN ('COMMENT', 'ADDITION', 'ANSWER')),
  written_by int NOT NULL REFERENCES staff,
  written_on date NOT NULL,
  written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  note text NOT NULL,
  scope_path text COLLATE "C" NOT NULL,
  batch_id uuid,
  CHECK ((kind = 'ADDITION') = (written_by = staff_key))
);
COMMENT ON TABLE day_report_note IS '{"owner":"day-reports","kind":"bank","secrecy":"NORMAL","hidden":["note"],"skip":["scope_path"]}';
CREATE INDEX day_report_note_report ON day_report_note (report_id, written_at);

-- Measures that an answer decided: each is an assigned task.
CREATE TABLE day_report_measure (
  id uuid PRIMARY KEY,
  report_id uuid NOT NULL REFERENCES day_report,
  staff_key int NOT NULL,
  task_id uuid NOT NULL,
  title text NOT NULL,
  owner_key int NOT NULL REFERENCES staff,
  due_on date NOT NULL,
  decided_by int NOT NULL REFERENCES staff,
  decided_on date NOT NULL,
  scope_path text COLLATE "C" NOT NULL,
  batch_id uuid
);
COMMENT ON TABLE day_report_measure IS '{"owner":"day-reports","kind":"bank","secrecy":"NORMAL","hidden":["title"],"skip":["scope_path"]}';
CREATE INDEX day_report_measure_report ON day_report_measure (report_id);
CREATE INDEX day_report_measure_staff ON day_report_measure (staff_key, decided_on);

-- The lobby's book of key customers (客户资源信息簿): what was learnt of a customer, how he was served. It stays with the outlet.
CREATE TABLE customer_book_entry (
  id uuid PRIMARY KEY,
  customer_id uuid NOT NULL,
  staff_key int NOT NULL REFERENCES staff,
  place_key int NOT NULL,
  noted_on date NOT NULL,
  noted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  facts text NOT NULL,
  service text,
  needs text,
  scope_path text COLLATE "C" NOT NULL,
  batch_id uuid
);
COMMENT ON TABLE customer_book_entry IS '{"owner":"day-reports","kind":"bank","secrecy":"NORMAL","hidden":["facts","service","needs"],"skip":["scope_path"],"follows":["customer_id"]}';
CREATE INDEX customer_book_entry_customer ON customer_book_entry (customer_id, noted_on DESC);

CREATE PROCEDURE protect_report(t regclass, author text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('GRANT SELECT, INSERT ON %s TO yq_self, yq_unit, yq_all', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO yq_batch', t);
  EXECUTE format('GRANT SELECT ON %s TO yq_engine', t);
  EXECUTE format('CREATE POLICY own_read ON %s FOR SELECT TO yq_self, yq_unit, yq_all USING (staff_key = current_setting(''app.me'')::int)', t);
  EXECUTE format('CREATE POLICY unit_read ON %s FOR SELECT TO yq_unit USING (scope_path >= current_setting(''app.lo'') AND scope_path < current_setting(''app.hi''))', t);
  EXECUTE format('CREATE POLICY all_read ON %s FOR SELECT TO yq_all, yq_engine USING (true)', t);
  EXECUTE format('CREATE POLICY author_add ON %s FOR INSERT TO yq_self, yq_unit, yq_all WITH CHECK (%s = current_setting(''app.me'')::int)', t, author);
  EXECUTE format('CREATE POLICY batch_all ON %s FOR ALL TO yq_batch USING (true) WITH CHECK (true)', t);
  EXECUTE format('CREATE INDEX ON %s (scope_path)', t);
END $$;
CALL protect_report('day_report', 'recorded_by');
CALL protect_report('day_report_note', 'written_by');
CALL protect_report('day_report_measure', 'decided_by');
CALL protect_report('customer_book_entry', 'staff_key');
CALL protect_report('day_report_fact', 'staff_key');
-- a superior who records a report by phone writes what it showed
CREATE POLICY unit_add ON day_report_fact FOR INSERT TO yq_unit WITH CHECK (scope_path >= current_setting('app.lo') AND scope_path < current_setting('app.hi'));
CREATE POLICY all_add ON day_report_fact FOR INSERT TO yq_all WITH CHECK (true);
GRANT UPDATE ON day_report TO yq_unit, yq_all;
CREATE POLICY unit_change ON day_report FOR UPDATE TO yq_unit USING (scope_path >= current_setting('app.lo') AND scope_path < current_setting('app.hi'));
CREATE POLICY all_change ON day_report FOR UPDATE TO yq_all USING (true);
CREATE INDEX day_report_day ON day_report (kind_code, period_key, scope_path);
CREATE INDEX day_report_staff ON day_report (staff_key, last_day DESC);
CREATE INDEX customer_book_staff ON customer_book_entry (staff_key, noted_on);
GRANT SELECT ON customer_book_entry TO yq_opened;
CREATE POLICY opened_read ON customer_book_entry FOR SELECT TO yq_opened USING (customer_id = current_setting('app.opened')::uuid);

-- What of the bank's day a report shows. Any capability publishes `<capability>_workday_facts` or `<capability>_<topic>_workday_facts` with these columns; src/day-reports finds them from the catalogue:
--   staff_key int, from_day date, to_day date (exclusive; null: still so), kind text, id uuid, customer_id uuid, title_zh text, title_en text, amount_fen bigint, address text
-- Titles hold no value of a person. The comment names the kinds as people read them.
CREATE VIEW visits_workday_facts WITH (security_invoker = true) AS
WITH word(mode, zh, en) AS (VALUES ('VISIT', '见面', 'Visit'), ('PHONE', '电话', 'Call'), ('VIDEO', '视频', 'Video'), ('WECHAT', '企业微信', 'WeCom'), ('LETTER', '信函', 'Letter'), ('EMAIL', '邮件', 'Mail'), ('SMS_ONE_WAY', '短信', 'Text'), ('GREETING', '问候', 'Greeting'), ('NO_ANSWER', '未接通', 'No answer'))
SELECT c.staff_key, c.business_date AS from_day, c.business_date + 1 AS to_day, 'CONTACT'::text AS kind, c.id, c.customer_id, w.zh AS title_zh, w.en AS title_en, NULL::bigint AS amount_fen, '/customers/' || c.customer_id || '/contacts/' || c.id AS address
FROM contact c JOIN word w ON w.mode = c.mode WHERE c.voided_on IS NULL
UNION ALL
SELECT c.staff_key, c.entered_on, c.entered_on + 1, 'CONTACT', c.id, c.customer_id, w.zh || '（' || c.business_date || ' 补录）', w.en || ' of ' || c.business_date || ', entered late', NULL, '/customers/' || c.customer_id || '/contacts/' || c.id
FROM contact c JOIN word w ON w.mode = c.mode WHERE c.voided_on IS NULL AND c.entered_on <> c.business_date
UNION ALL
SELECT coalesce(c.next_owner_key, c.staff_key), c.next_on, c.next_on + 1, 'PROMISE', c.id, c.customer_id, '承诺到期', 'Promise due', NULL, '/customers/' || c.customer_id || '/contacts/' || c.id
FROM contact c WHERE c.voided_on IS NULL AND c.next_on IS NOT NULL
UNION ALL
SELECT c.staff_key, c.surveyed_on, c.surveyed_on + 1, 'NEED', c.id, c.customer_id, '需求卡 ' || c.number, 'Need card ' || c.number, NULL, '/customers/' || c.customer_id || '/need-cards/' || c.id FROM need_card c WHERE c.voided_on IS NULL;
COMMENT ON VIEW visits_workday_facts IS '{"kinds":{"CONTACT":{"zh":"联系","en":"Contact"},"PROMISE":{"zh":"承诺","en":"Promise"},"NEED":{"zh":"需求","en":"Need"}}}';
CREATE VIEW customers_workday_facts WITH (security_invoker = true) AS
SELECT main_staff_key AS staff_key, opened_on AS from_day, opened_on + 1 AS to_day, 'NEW_CUSTOMER'::text AS kind, customer_id AS id, customer_id, '新增客户'::text AS title_zh, 'New customer'::text AS title_en, NULL::bigint AS amount_fen, '/customers/' || customer_id AS address
FROM customer WHERE merged_into IS NULL AND main_staff_key IS NOT NULL AND opened_on IS NOT NULL;
COMMENT ON VIEW customers_workday_facts IS '{"kinds":{"NEW_CUSTOMER":{"zh":"新增客户","en":"New customer"}}}';
CREATE VIEW contact_plan_workday_facts WITH (security_invoker = true) AS
SELECT staff_key, planned_on AS from_day, planned_on + 1 AS to_day, 'PLANNED'::text AS kind, id, customer_id, '计划联系'::text AS title_zh, 'Planned contact'::text AS title_en, NULL::bigint AS amount_fen, '/customers/' || customer_id AS address FROM planned_contact WHERE ended_on IS NULL;
COMMENT ON VIEW contact_plan_workday_facts IS '{"kinds":{"PLANNED":{"zh":"计划联系","en":"Planned contact"}}}';
CREATE VIEW meetings_workday_facts WITH (security_invoker = true) AS
SELECT staff_key, day AS from_day, day + 1 AS to_day, 'APPOINTMENT'::text AS kind, id, customer_id, from_time || ' 日程' AS title_zh, from_time || ' appointment' AS title_en, NULL::bigint AS amount_fen, '/calendar'::text AS address FROM appointment WHERE state <> 'CANCELLED';
COMMENT ON VIEW meetings_workday_facts IS '{"kinds":{"APPOINTMENT":{"zh":"日程","en":"Appointment"}}}';
CREATE VIEW watch_workday_facts WITH (security_invoker = true) AS
SELECT owner_key AS staff_key, closed_on AS from_day, closed_on + 1 AS to_day, CASE WHEN kind LIKE 'MOVEMENT%' THEN 'MOVEMENT' ELSE 'ALERT' END AS kind, id, customer_id,
  CASE kind WHEN 'MOVEMENT_IN' THEN '大额转入已回访' WHEN 'MOVEMENT_OUT' THEN '大额转出已回访' ELSE '预警已处理' END AS title_zh, CASE kind WHEN 'MOVEMENT_IN' THEN 'Large movement in: called' WHEN 'MOVEMENT_OUT' THEN 'Large movement out: called' ELSE 'Warning answered' END AS title_en,
  nullif(amount_fen, 0) AS amount_fen, '/customers/' || customer_id AS address
FROM alert WHERE closed_on IS NOT NULL AND owner_key IS NOT NULL;
COMMENT ON VIEW watch_workday_facts IS '{"kinds":{"MOVEMENT":{"zh":"大额变动","en":"Large movement"},"ALERT":{"zh":"预警","en":"Warning"}}}';
CREATE VIEW duties_workday_facts WITH (security_invoker = true) AS
SELECT i.holder_key AS staff_key, i.done_on AS from_day, i.done_on + 1 AS to_day, 'DUTY_DONE'::text AS kind, i.id, i.customer_id, d.name AS title_zh, d.name_en AS title_en, NULL::bigint AS amount_fen, '/tasks'::text AS address
FROM duty_instance i JOIN duty_kind d ON d.code = i.duty_code AND d.version = i.duty_version WHERE i.done_on IS NOT NULL AND i.duty_code NOT IN ('D-01', 'D-07', 'D-08')
UNION ALL
SELECT i.holder_key, i.due_on, coalesce(i.done_on, i.due_on + 31), 'DUTY_OPEN', i.id, i.customer_id, d.name, d.name_en, NULL, '/tasks'
FROM duty_instance i JOIN duty_kind d ON d.code = i.duty_code AND d.version = i.duty_version WHERE i.state IN ('OPEN', 'MISSED', 'DONE_LATE') AND i.duty_code NOT IN ('D-01', 'D-07', 'D-08')
UNION ALL
SELECT owner_key, reported_on, reported_on + 1, 'TASK_DONE', id, customer_id, '任务：' || title, 'Task: ' || title, NULL, '/tasks?task=' || id FROM assigned_task WHERE reported_on IS NOT NULL AND customer_id IS NULL
UNION ALL
SELECT owner_key, due_on, coalesce(reported_on, ended_on), 'TASK_OPEN', id, customer_id, '任务：' || title, 'Task: ' || title, NULL, '/tasks?task=' || id FROM assigned_task WHERE state IN ('GIVEN', 'QUESTIONED', 'ACCEPTED', 'IN_WORK', 'RETURNED') AND customer_id IS NULL;
COMMENT ON VIEW duties_workday_facts IS '{"kinds":{"DUTY_DONE":{"zh":"已办职责","en":"Duty done"},"DUTY_OPEN":{"zh":"未办职责","en":"Duty open"},"TASK_DONE":{"zh":"已办任务","en":"Task done"},"TASK_OPEN":{"zh":"未办任务","en":"Task open"}}}';
CREATE VIEW day_reports_workday_facts WITH (security_invoker = true) AS
SELECT staff_key, noted_on AS from_day, noted_on + 1 AS to_day, 'BOOK'::text AS kind, id, customer_id, '客户资源信息簿'::text AS title_zh, 'Customer book'::text AS title_en, NULL::bigint AS amount_fen, '/customers/' || customer_id AS address FROM customer_book_entry
UNION ALL
SELECT m.staff_key, m.decided_on, t.ended_on, 'MEASURE', m.id, NULL, m.title, m.title, NULL, '/tasks?task=' || m.task_id FROM day_report_measure m LEFT JOIN assigned_task t ON t.id = m.task_id;
COMMENT ON VIEW day_reports_workday_facts IS '{"kinds":{"BOOK":{"zh":"重点客户","en":"Key customer"},"MEASURE":{"zh":"措施","en":"Measure"}}}';
GRANT SELECT ON visits_workday_facts, customers_workday_facts, contact_plan_workday_facts, meetings_workday_facts, watch_workday_facts, duties_workday_facts, day_reports_workday_facts TO yq_self, yq_unit, yq_all, yq_batch;
CREATE INDEX duty_instance_done ON duty_instance (holder_key, done_on) WHERE done_on IS NOT NULL;
CREATE INDEX customer_opened_main ON customer (main_staff_key, opened_on) WHERE main_staff_key IS NOT NULL;
CREATE INDEX alert_closed ON alert (owner_key, closed_on) WHERE closed_on IS NOT NULL;

CREATE VIEW day_reports_timeline_facts WITH (security_invoker = true) AS
SELECT customer_id, id, noted_on AS day, noted_at AS at, 'BOOK'::text AS kind, '客户资源信息簿'::text AS title_zh, 'Customer book of the lobby'::text AS title_en, facts AS note, NULL::bigint AS amount_fen, NULL::text AS currency, staff_key AS person_key, NULL::text AS address FROM customer_book_entry;
COMMENT ON VIEW day_reports_timeline_facts IS '{"kinds":{"BOOK":{"zh":"厅堂","en":"Lobby"}}}';
GRANT SELECT ON day_reports_timeline_facts TO yq_opened;

-- What proves duties: a confirmed report, the answer to one.
CREATE VIEW day_reports_proof_facts WITH (security_invoker = true) AS
SELECT k.duty_code, r.staff_key, r.period_key, r.confirmed_on AS done_on, r.late FROM day_report r JOIN report_kind k ON k.code = r.kind_code AND k.version = r.kind_version WHERE k.duty_code IS NOT NULL
UNION ALL
SELECT k.answer_duty, r.receiver_key, r.id::text, r.answered_on, r.answered_on > r.answer_due_on FROM day_report r JOIN report_kind k ON k.code = r.kind_code AND k.version = r.kind_version WHERE k.answer_duty IS NOT NULL AND r.answered_on IS NOT NULL AND r.receiver_key IS NOT NULL;
COMMENT ON VIEW day_reports_proof_facts IS 'What fulfils a duty: code, person, period (or the event''s id), day, whether late.';
CREATE VIEW day_reports_duty_event_facts WITH (security_invoker = true) AS
SELECT 'LOBBY_REPORT'::text AS event, r.id AS event_id, r.confirmed_on AS day, r.receiver_key AS staff_key, NULL::uuid AS customer_id FROM day_report r JOIN report_kind k ON k.code = r.kind_code AND k.version = r.kind_version WHERE k.answer_duty IS NOT NULL AND r.receiver_key IS NOT NULL;
COMMENT ON VIEW day_reports_duty_event_facts IS 'Events that duties wait for: LOBBY_REPORT (a report of the lobby asks for an answer). One row an event: event, event_id, day, staff_key (who owes the answer), customer_id.';
GRANT SELECT ON day_reports_proof_facts, day_reports_duty_event_facts TO yq_batch;

-- The duties that reports fulfil are found in them, no more confirmed by hand.
ALTER TABLE duty_kind DROP CONSTRAINT duty_kind_fact_check;
ALTER TABLE duty_kind ADD CONSTRAINT duty_kind_fact_check CHECK (fact IN ('COVERAGE', 'VISITS', 'CLOSED_MONTH', 'REPORT'));
UPDATE duty_kind SET fact = 'REPORT', address = CASE code WHEN 'D-01' THEN '/day-report' WHEN 'D-08' THEN '/day-report' WHEN 'D-07' THEN '/day-report?kind=LOBBY_MONTH' ELSE '/unit-reports?tab=answers' END, missing = NULL
WHERE code IN ('D-01', 'D-07', 'D-08', 'D-50') AND version = 1 AND NOT own;
