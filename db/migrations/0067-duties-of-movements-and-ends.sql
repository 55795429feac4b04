-- Duties that waited for an event: the call on a large movement (D-49), the talk before something ends (D-15), the leader to be asked for a visit (D-05).
CREATE VIEW watch_duty_event_facts WITH (security_invoker = true) AS
SELECT 'LARGE_MOVEMENT'::text AS event, a.id AS event_id, a.raised_on AS day, a.owner_key AS staff_key, a.customer_id
FROM alert a WHERE a.kind IN ('MOVEMENT_IN', 'MOVEMENT_OUT') AND a.owner_key IS NOT NULL
UNION ALL
-- one event for each of the three days before the end; the ids of the second and third are worked out from the alert's, so that they stay the same
SELECT 'MATURITY', CASE o.days WHEN 30 THEN a.id ELSE md5(a.id::text || ' ' || o.days)::uuid END, a.due_on - o.days, a.owner_key, a.customer_id
FROM alert a CROSS JOIN (VALUES (30), (7), (1)) o (days) WHERE a.kind = 'MATURITY' AND a.state = 'OPEN' AND a.owner_key IS NOT NULL AND a.detail ->> 'what' IN ('TIME_DEPOSIT', 'WEALTH');
COMMENT ON VIEW watch_duty_event_facts IS 'Events that duties wait for: LARGE_MOVEMENT (the day on which it was found), MATURITY (30, 7 and 1 days before a deposit or wealth product ends that was not talked about). One row an event: event, event_id, day, staff_key (who owes the duty), customer_id.';

CREATE VIEW watch_duty_done_facts WITH (security_invoker = true) AS
SELECT 'D-49'::text AS duty_code, a.owner_key AS staff_key, a.id::text AS period_key, least(a.contacted_on, a.closed_on) AS done_on, '大额变动已登记原因'::text AS evidence
FROM alert a WHERE a.kind IN ('MOVEMENT_IN', 'MOVEMENT_OUT') AND a.owner_key IS NOT NULL AND (a.contacted_on IS NOT NULL OR a.closed_on IS NOT NULL)
UNION ALL
-- a talk about the end ends the alert; what was asked for before and is still open is done with it
SELECT 'D-15', a.owner_key, CASE o.days WHEN 30 THEN a.id ELSE md5(a.id::text || ' ' || o.days)::uuid END::text, least(t.talked, a.contacted_on, a.closed_on), '已与客户谈到期安排'
FROM alert a CROSS JOIN (VALUES (30), (7), (1)) o (days)
LEFT JOIN LATERAL (SELECT min(f.business_date) AS talked FROM visits_contact_facts f WHERE f.customer_id = a.customer_id AND f.effective AND f.purpose = 'MATURITY' AND f.business_date >= a.raised_on) t ON true
WHERE a.kind = 'MATURITY' AND a.owner_key IS NOT NULL AND a.detail ->> 'what' IN ('TIME_DEPOSIT', 'WEALTH') AND (t.talked IS NOT NULL OR a.contacted_on IS NOT NULL OR a.closed_on IS NOT NULL);
COMMENT ON VIEW watch_duty_done_facts IS 'Duties that are done by facts of this room: duty_code, staff_key, period_key, done_on, evidence.';

CREATE VIEW contact_plan_duty_event_facts WITH (security_invoker = true) AS
SELECT 'KEY_EVENT'::text AS event, e.id AS event_id, e.day, k.main_staff_key AS staff_key, e.customer_id
FROM key_event e JOIN customers_customer_facts k ON k.customer_id = e.customer_id WHERE e.voided_on IS NULL AND k.main_staff_key IS NOT NULL;
COMMENT ON VIEW contact_plan_duty_event_facts IS 'Events that duties wait for: KEY_EVENT (something happened for which a leader should visit). One row an event: event, event_id, day, staff_key (who asks the leader), customer_id.';
GRANT SELECT ON watch_duty_event_facts, watch_duty_done_facts, contact_plan_duty_event_facts TO yq_batch;

-- Movements and ends stand on the agenda themselves, with customer and verb: the duties of them would say the same again.
CREATE OR REPLACE VIEW duties_agenda_facts WITH (security_invoker = true) AS
SELECT i.holder_key AS staff_key, i.customer_id, i.id, 'DUTY'::text AS kind, i.opens_on, i.due_on, i.due_time, d.name AS title_zh, d.name_en AS title_en, NULL::bigint AS amount_fen, NULL::text AS currency, coalesce(d.address, '/tasks') AS address
FROM duty_instance i JOIN duty_kind d ON d.code = i.duty_code AND d.version = i.duty_version CROSS JOIN bank k
WHERE (i.state = 'OPEN' OR (i.state = 'MISSED' AND i.due_on > k.business_date - 31)) AND (d.event IS NULL OR d.event NOT IN ('LARGE_MOVEMENT', 'MATURITY'))
UNION ALL
SELECT w.staff_key, t.customer_id, t.id, 'TASK', NULL, t.due_on, NULL, t.title, t.title, NULL, NULL, '/tasks?task=' || t.id
FROM assigned_task t
CROSS JOIN LATERAL (
  SELECT t.owner_key AS staff_key WHERE t.state IN ('GIVEN', 'ACCEPTED', 'IN_WORK', 'RETURNED')
  UNION SELECT unnest(t.helpers) WHERE t.state IN ('GIVEN', 'ACCEPTED', 'IN_WORK', 'RETURNED')
  UNION SELECT t.given_by WHERE t.state IN ('QUESTIONED', 'REPORTED') OR (t.asked_due IS NOT NULL AND t.state IN ('GIVEN', 'QUESTIONED', 'ACCEPTED', 'IN_WORK', 'RETURNED'))) w
WHERE t.ended_on IS NULL;
