-- Duties that come more than once (domain specification 9): each time is a row of its own beside the first, made from src/duties/duty-table.ts. Here what proves them, and an event that one of them waits for.

-- A plan of the quarter and of the year, like that of the month.
CREATE OR REPLACE VIEW meetings_duty_done_facts WITH (security_invoker = true) AS
SELECT 'D-02'::text AS duty_code, m.chair_key AS staff_key, m.day::text AS period_key, m.closed_on AS done_on,
  '到会 ' || (SELECT count(*) FROM meeting_attendance a WHERE a.meeting_id = m.id AND a.mark = 'PRESENT') || '/' || (SELECT count(*) FROM meeting_attendance a WHERE a.meeting_id = m.id) || '，晨会记录已存' AS evidence
FROM meeting m WHERE m.closed_on IS NOT NULL
UNION ALL
SELECT CASE p.period WHEN 'MONTH' THEN 'D-31' WHEN 'QUARTER' THEN 'D-31Q' ELSE 'D-31Y' END, p.staff_key, p.period_key, p.submitted_on,
  CASE p.period WHEN 'MONTH' THEN '月' WHEN 'QUARTER' THEN '季' ELSE '年' END || '计划第 ' || p.edition || ' 版已提交'
FROM work_plan p WHERE p.period IN ('MONTH', 'QUARTER', 'YEAR') AND p.submitted_on IS NOT NULL;

-- The needs survey of a customer who rose to a key customer (D-06) is proved by the first need card from that day on, whoever made it.
CREATE OR REPLACE VIEW visits_duty_done_facts WITH (security_invoker = true) AS
SELECT 'D-22'::text AS duty_code, w.staff_key, md5(n.id::text || ' ' || n.cannot_since)::uuid::text AS period_key, d.done_on, d.evidence
FROM need n JOIN need_card c ON c.customer_id = n.customer_id AND c.id = n.card_id JOIN customers_customer_facts k ON k.customer_id = n.customer_id
LEFT JOIN LATERAL (SELECT e.escalated_on, e.answer_by FROM need_escalation e WHERE e.customer_id = n.customer_id AND e.need_id = n.id AND e.escalated_on >= n.cannot_since ORDER BY e.escalated_on, e.id LIMIT 1) e ON true
CROSS JOIN LATERAL (SELECT n.escalate_owner_key AS staff_key UNION SELECT k.main_staff_key WHERE k.main_staff_key IS NOT NULL) w
CROSS JOIN LATERAL (
  SELECT coalesce(e.escalated_on, CASE WHEN n.state IN ('MATCHED', 'GAP', 'MET', 'REJECTED') THEN n.state_on END, c.voided_on) AS done_on,
    CASE WHEN e.escalated_on IS NOT NULL THEN '需求已上报，上级 ' || to_char(e.answer_by, 'YYYY-MM-DD') || ' 前答复' WHEN n.state IN ('MATCHED', 'GAP', 'MET', 'REJECTED') THEN '需求已另行处理' ELSE '需求卡已作废' END AS evidence) d
WHERE n.cannot_since IS NOT NULL AND n.escalate_by > n.cannot_since AND d.done_on IS NOT NULL
UNION ALL
SELECT 'D-06', w.staff_key, e.event_id::text, c.surveyed_on, ('需求卡 ' || c.number) COLLATE "default"
FROM customers_duty_event_facts e
CROSS JOIN LATERAL (SELECT c.surveyed_on, c.number FROM need_card c WHERE c.customer_id = e.customer_id AND c.surveyed_on >= e.day AND c.voided_on IS NULL ORDER BY c.surveyed_on, c.id LIMIT 1) c
CROSS JOIN LATERAL (
  SELECT e.staff_key UNION
  SELECT a.staff_key FROM customers_assignment_facts a WHERE a.customer_id = e.customer_id AND a.main AND a.from_date <= c.surveyed_on AND (a.to_date IS NULL OR a.to_date > e.day)) w
WHERE e.event = 'NEW_KEY_CUSTOMER';

-- What makes a customer's file out of date: another name, document or legal representative was confirmed, or others control the company.
CREATE OR REPLACE VIEW customers_duty_event_facts WITH (security_invoker = true) AS
SELECT 'NEW_KEY_CUSTOMER'::text AS event, t.id AS event_id, t.from_date AS day, k.main_staff_key AS staff_key, t.customer_id
FROM tier_held t JOIN customer k ON k.customer_id = t.customer_id
WHERE t.tier IN ('T1', 'T2') AND k.main_staff_key IS NOT NULL
  AND EXISTS (SELECT FROM tier_held b WHERE b.customer_id = t.customer_id AND b.to_date = t.from_date AND b.tier NOT IN ('T1', 'T2'))
UNION ALL
SELECT 'NEW_MANAGER', a.id, a.from_date, a.staff_key, a.customer_id
FROM assignment a WHERE a.main AND EXISTS (SELECT FROM assignment b WHERE b.customer_id = a.customer_id AND b.main AND b.to_date = a.from_date AND b.staff_key <> a.staff_key)
UNION ALL
SELECT 'FILE_CHANGE', i.id, i.decided_on, k.main_staff_key, i.customer_id
FROM identity_change i JOIN customer k ON k.customer_id = i.customer_id WHERE i.state = 'CONFIRMED' AND k.main_staff_key IS NOT NULL;
COMMENT ON VIEW customers_duty_event_facts IS 'Events that duties wait for: NEW_KEY_CUSTOMER (a customer rose to T1 or T2), NEW_MANAGER (a customer got another main manager), FILE_CHANGE (a change of identity was confirmed). One row an event: event, event_id, day, staff_key (who owes the duty), customer_id.';

CREATE OR REPLACE VIEW contact_plan_duty_event_facts WITH (security_invoker = true) AS
SELECT 'KEY_EVENT'::text AS event, e.id AS event_id, e.day, k.main_staff_key AS staff_key, e.customer_id
FROM key_event e JOIN customers_customer_facts k ON k.customer_id = e.customer_id WHERE e.voided_on IS NULL AND k.main_staff_key IS NOT NULL
UNION ALL
SELECT 'KEY_EVENT', r.id, r.day, r.staff_key, r.customer_id FROM leader_reminder r
UNION ALL
SELECT 'FILE_CHANGE', e.id, e.day, k.main_staff_key, e.customer_id
FROM key_event e JOIN customers_customer_facts k ON k.customer_id = e.customer_id WHERE e.voided_on IS NULL AND e.kind = 'CHANGE_OF_CONTROL' AND k.main_staff_key IS NOT NULL;
COMMENT ON VIEW contact_plan_duty_event_facts IS 'Events that duties wait for: KEY_EVENT (something happened for which a leader should visit, or a period draws to its end without his visit), FILE_CHANGE (others control the customer). One row an event: event, event_id, day, staff_key (who owes the duty), customer_id.';

-- The first rows say which of the times is theirs; a bank that changed them keeps its own words.
UPDATE duty_kind SET name = '厅堂环境检查（午间）', name_en = 'Lobby premises check, midday', content = '午间检查环境、公示、设备、宣传品、秩序', content_en = 'Check premises at midday' WHERE code = 'D-10' AND version = 1 AND NOT own;
UPDATE duty_kind SET evidence = '需求卡（系统认定）', evidence_en = 'The need card, found by the system', address = '/needs' WHERE code = 'D-06' AND version = 1 AND NOT own;
UPDATE duty_kind SET content = '每年更新名下客户档案', content_en = 'Update the files of one’s customers each year' WHERE code = 'D-30' AND version = 1 AND NOT own;
UPDATE duty_kind SET content = '每年 1 月 31 日前签署年度承诺', content_en = 'Sign the yearly commitment by 31 January' WHERE code = 'D-37' AND version = 1 AND NOT own;
