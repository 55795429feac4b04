-- The agenda of a person: what waits for him by its day. A capability contributes a view <capability>_agenda_facts of this one shape, whose comment names its kinds and the verb of each; the page of the day finds
-- the views by their name. A line that tells of a customer is told to who may see him: the reader's own rights hold.
--   staff_key  whose line it is; customer_id, id  what it is about (the alert, the promise, the task)
--   opens_on   hidden before this day (null: at once); due_on  null: today; due_time  'HH:MM'
--   title_zh, title_en  what is to be done; amount_fen, currency  of the bank's currency unless it is named; address  where it is done
CREATE VIEW visits_agenda_facts WITH (security_invoker = true) AS
SELECT coalesce(c.next_owner_key, c.staff_key) AS staff_key, c.customer_id, c.id, 'PROMISE'::text AS kind, NULL::date AS opens_on, c.next_on AS due_on, NULL::text AS due_time,
  c.next_action AS title_zh, c.next_action AS title_en, NULL::bigint AS amount_fen, NULL::text AS currency, '/customers/' || c.customer_id || '/contacts/new' AS address
FROM contact c
WHERE c.next_on IS NOT NULL AND c.voided_on IS NULL
  AND NOT EXISTS (SELECT FROM contact l WHERE l.customer_id = c.customer_id AND l.voided_on IS NULL AND l.effective AND (l.business_date, l.id) > (c.business_date, c.id));
COMMENT ON VIEW visits_agenda_facts IS '{"kinds":{"PROMISE":{"zh":"承诺","en":"Promise","verb":"RECORD"}}}';

CREATE VIEW contact_plan_agenda_facts WITH (security_invoker = true) AS
SELECT p.staff_key, p.customer_id, p.id, 'PLANNED_CONTACT'::text AS kind, NULL::date AS opens_on, p.planned_on AS due_on, NULL::text AS due_time,
  p.subject AS title_zh, p.subject AS title_en, NULL::bigint AS amount_fen, NULL::text AS currency, '/customers/' || p.customer_id || '/contacts/new' AS address
FROM planned_contact p
WHERE p.ended_on IS NULL
  AND NOT EXISTS (SELECT FROM visits_contact_facts f WHERE f.customer_id = p.customer_id AND f.effective AND (f.business_date > p.made_on OR f.business_date >= p.planned_on));
COMMENT ON VIEW contact_plan_agenda_facts IS '{"kinds":{"PLANNED_CONTACT":{"zh":"计划联系","en":"Planned contact","verb":"RECORD"}}}';

-- What a customer lacks has no day: it stands in its own list.
CREATE VIEW watch_agenda_facts WITH (security_invoker = true) AS
SELECT a.owner_key AS staff_key, a.customer_id, a.id, a.kind, a.silenced_until + 1 AS opens_on, a.due_on, NULL::text AS due_time,
  CASE a.kind WHEN 'MOVEMENT_IN' THEN coalesce(a.detail ->> 'day', '') || ' 转入' WHEN 'MOVEMENT_OUT' THEN coalesce(a.detail ->> 'day', '') || ' 转出' WHEN 'OUTFLOW' THEN '5 个工作日内大幅转出' WHEN 'BELOW_BASE' THEN '日均低于期初' ELSE coalesce(a.detail ->> 'nameZh', '') || '到期，尚未沟通' END AS title_zh,
  CASE a.kind WHEN 'MOVEMENT_IN' THEN coalesce(a.detail ->> 'day', '') || ' paid in' WHEN 'MOVEMENT_OUT' THEN coalesce(a.detail ->> 'day', '') || ' paid out' WHEN 'OUTFLOW' THEN 'Most of it left within 5 working days' WHEN 'BELOW_BASE' THEN 'Average below the start' ELSE coalesce(a.detail ->> 'nameEn', '') || ' ends, not talked about' END AS title_en,
  nullif(a.amount_fen, 0) AS amount_fen, NULL::text AS currency,
  CASE a.kind WHEN 'MATURITY' THEN '/maturities?when=MONTH&month=' || to_char(a.due_on, 'YYYY-MM') || '&customerId=' || a.customer_id ELSE '/customers/' || a.customer_id END AS address
FROM alert a WHERE a.state = 'OPEN' AND a.kind NOT IN ('GAP', 'LEAKAGE');
COMMENT ON VIEW watch_agenda_facts IS '{"kinds":{"MOVEMENT_IN":{"zh":"大额转入","en":"Large movement in","verb":"CALL"},"MOVEMENT_OUT":{"zh":"大额转出","en":"Large movement out","verb":"CALL"},"OUTFLOW":{"zh":"流失预警","en":"Outflow","verb":"CALL"},"BELOW_BASE":{"zh":"流失预警","en":"Below the start","verb":"CALL"},"MATURITY":{"zh":"到期","en":"Ends","verb":"PREPARE"}}}';
CREATE INDEX alert_owner ON alert (owner_key, due_on) WHERE state = 'OPEN';

-- What was missed stays for a month; who gave a task finds it when it waits for his word.
CREATE VIEW duties_agenda_facts WITH (security_invoker = true) AS
SELECT i.holder_key AS staff_key, i.customer_id, i.id, 'DUTY'::text AS kind, i.opens_on, i.due_on, i.due_time, d.name AS title_zh, d.name_en AS title_en, NULL::bigint AS amount_fen, NULL::text AS currency, coalesce(d.address, '/tasks') AS address
FROM duty_instance i JOIN duty_kind d ON d.code = i.duty_code AND d.version = i.duty_version CROSS JOIN bank k
WHERE i.state = 'OPEN' OR (i.state = 'MISSED' AND i.due_on > k.business_date - 31)
UNION ALL
SELECT w.staff_key, t.customer_id, t.id, 'TASK', NULL, t.due_on, NULL, t.title, t.title, NULL, NULL, '/tasks?task=' || t.id
FROM assigned_task t
CROSS JOIN LATERAL (
  SELECT t.owner_key AS staff_key WHERE t.state IN ('GIVEN', 'ACCEPTED', 'IN_WORK', 'RETURNED')
  UNION SELECT unnest(t.helpers) WHERE t.state IN ('GIVEN', 'ACCEPTED', 'IN_WORK', 'RETURNED')
  UNION SELECT t.given_by WHERE t.state IN ('QUESTIONED', 'REPORTED') OR (t.asked_due IS NOT NULL AND t.state IN ('GIVEN', 'QUESTIONED', 'ACCEPTED', 'IN_WORK', 'RETURNED'))) w
WHERE t.ended_on IS NULL;
COMMENT ON VIEW duties_agenda_facts IS '{"kinds":{"DUTY":{"zh":"职责","en":"Duty","verb":"OPEN"},"TASK":{"zh":"任务","en":"Task","verb":"OPEN"}}}';
GRANT SELECT ON visits_agenda_facts, contact_plan_agenda_facts, watch_agenda_facts, duties_agenda_facts TO yq_self, yq_unit, yq_all;
