-- Duties that waited for their event: a need that the branch cannot meet is sent up (D-22); before a period ends the leader is asked for his visit (D-05).

-- Who owed the sending up when the need could not be met. The duty itself passes on with the customer; the event stays what it was.
ALTER TABLE need ADD COLUMN escalate_owner_key int REFERENCES staff;
UPDATE need n SET escalate_owner_key = coalesce(k.main_staff_key, c.staff_key)
FROM need_card c, customer k WHERE c.customer_id = n.customer_id AND c.id = n.card_id AND k.customer_id = n.customer_id AND n.cannot_since IS NOT NULL;
ALTER TABLE need ADD CONSTRAINT need_owner CHECK ((cannot_since IS NULL) = (escalate_owner_key IS NULL));
CREATE INDEX need_not_met ON need (cannot_since) WHERE cannot_since IS NOT NULL;

-- A need may not be met again later, after a product was tried: that is another event. Declined by the upper level (escalate_by is the same day) the clock does not run again.
CREATE VIEW visits_duty_event_facts WITH (security_invoker = true) AS
SELECT 'NEED_NOT_MET'::text AS event, md5(n.id::text || ' ' || n.cannot_since)::uuid AS event_id, n.cannot_since AS day, n.escalate_owner_key AS staff_key, n.customer_id
FROM need n JOIN need_card c ON c.customer_id = n.customer_id AND c.id = n.card_id WHERE n.cannot_since IS NOT NULL AND n.escalate_by > n.cannot_since AND c.voided_on IS NULL;
COMMENT ON VIEW visits_duty_event_facts IS 'Events that duties wait for: NEED_NOT_MET (the branch cannot meet a need of a card). One row an event: event, event_id, day, staff_key (who sends it up), customer_id.';

CREATE VIEW visits_duty_done_facts WITH (security_invoker = true) AS
SELECT 'D-22'::text AS duty_code, w.staff_key, md5(n.id::text || ' ' || n.cannot_since)::uuid::text AS period_key, d.done_on, d.evidence
FROM need n JOIN need_card c ON c.customer_id = n.customer_id AND c.id = n.card_id JOIN customers_customer_facts k ON k.customer_id = n.customer_id
LEFT JOIN LATERAL (SELECT e.escalated_on, e.answer_by FROM need_escalation e WHERE e.customer_id = n.customer_id AND e.need_id = n.id AND e.escalated_on >= n.cannot_since ORDER BY e.escalated_on, e.id LIMIT 1) e ON true
CROSS JOIN LATERAL (SELECT n.escalate_owner_key AS staff_key UNION SELECT k.main_staff_key WHERE k.main_staff_key IS NOT NULL) w
CROSS JOIN LATERAL (
  SELECT coalesce(e.escalated_on, CASE WHEN n.state IN ('MATCHED', 'GAP', 'MET', 'REJECTED') THEN n.state_on END, c.voided_on) AS done_on,
    CASE WHEN e.escalated_on IS NOT NULL THEN '需求已上报，上级 ' || to_char(e.answer_by, 'YYYY-MM-DD') || ' 前答复' WHEN n.state IN ('MATCHED', 'GAP', 'MET', 'REJECTED') THEN '需求已另行处理' ELSE '需求卡已作废' END AS evidence) d
WHERE n.cannot_since IS NOT NULL AND n.escalate_by > n.cannot_since AND d.done_on IS NOT NULL;
COMMENT ON VIEW visits_duty_done_facts IS 'Duties that are done by facts of this room: duty_code, staff_key, period_key, done_on, evidence.';
GRANT SELECT ON visits_duty_event_facts, visits_duty_done_facts TO yq_batch;

-- The other half of the clock: who leads the line nearest finds what waits for his answer among what is due to him.
CREATE VIEW visits_needs_agenda_facts WITH (security_invoker = true) AS
SELECT w.staff_key, e.customer_id, e.id, 'NEED_UP'::text AS kind, NULL::date AS opens_on, e.answer_by AS due_on, NULL::text AS due_time, n.description AS title_zh, n.description AS title_en, n.amount_fen, NULL::text AS currency,
  '/customers/' || e.customer_id || '?tab=needs' AS address
FROM need_escalation e JOIN need n ON n.customer_id = e.customer_id AND n.id = e.need_id CROSS JOIN LATERAL nearest_leads(e.scope_path, ARRAY[e.escalated_by]) w(staff_key) WHERE e.answered_on IS NULL;
COMMENT ON VIEW visits_needs_agenda_facts IS '{"kinds":{"NEED_UP":{"zh":"需求待答复","en":"Need to answer","verb":"OPEN"}}}';
GRANT SELECT ON visits_needs_agenda_facts TO yq_self, yq_unit, yq_all;

-- An answer that is late is told to the next level above who should have given it, and to who waits for it.
CREATE VIEW visits_needs_notice_facts WITH (security_invoker = true) AS
SELECT w.staff_key, 'NEED_LATE'::text AS kind, md5('LATE ' || e.id)::uuid AS id, e.answer_by + 1 AS day, s.name || '上报的客户需求逾期未答复（应于 ' || to_char(e.answer_by, 'MM-DD') || ' 前）' AS title_zh, 'A need that ' || s.name || ' sent up is not answered (due ' || to_char(e.answer_by, 'MM-DD') || ')' AS title_en,
  e.customer_id, '/customers/' || e.customer_id || '?tab=needs' AS address
FROM need_escalation e JOIN staff s ON s.key = e.escalated_by CROSS JOIN bank b
CROSS JOIN LATERAL (
  SELECT e.escalated_by AS staff_key UNION SELECT * FROM nearest_leads(e.scope_path, ARRAY[e.escalated_by])
  UNION SELECT * FROM nearest_leads(e.scope_path, ARRAY[e.escalated_by] || ARRAY(SELECT * FROM nearest_leads(e.scope_path, ARRAY[e.escalated_by])))) w
WHERE e.answered_on IS NULL AND e.answer_by < b.business_date;
COMMENT ON VIEW visits_needs_notice_facts IS '{"kinds":{"NEED_LATE":{"zh":"需求逾期未答复","en":"Need not answered"}}}';
GRANT SELECT ON visits_needs_notice_facts TO yq_batch;

-- Ten working days before a period ends in which no leader came: from when on the manager is to ask him. The working calendar is not known to the database, so the day is a row (src/contact-plan/remind-leaders.ts).
CREATE TABLE leader_reminder (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  period_start date NOT NULL,
  every_months int NOT NULL,
  day date NOT NULL,
  staff_key int NOT NULL REFERENCES staff,               -- who asks: the main manager on that day
  batch_id uuid NOT NULL,
  PRIMARY KEY (customer_id, id),
  UNIQUE (customer_id, period_start)
);
COMMENT ON TABLE leader_reminder IS '{"owner":"contact-plan","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('leader_reminder');
CREATE INDEX leader_reminder_day ON leader_reminder (day);

CREATE OR REPLACE VIEW contact_plan_duty_event_facts WITH (security_invoker = true) AS
SELECT 'KEY_EVENT'::text AS event, e.id AS event_id, e.day, k.main_staff_key AS staff_key, e.customer_id
FROM key_event e JOIN customers_customer_facts k ON k.customer_id = e.customer_id WHERE e.voided_on IS NULL AND k.main_staff_key IS NOT NULL
UNION ALL
SELECT 'KEY_EVENT', r.id, r.day, r.staff_key, r.customer_id FROM leader_reminder r;
COMMENT ON VIEW contact_plan_duty_event_facts IS 'Events that duties wait for: KEY_EVENT (something happened for which a leader should visit, or a period draws to its end without his visit). One row an event: event, event_id, day, staff_key (who asks the leader), customer_id.';

-- The visit of a leader, in person, answers both; who asked him in another way confirms the duty by hand.
CREATE VIEW contact_plan_duty_done_facts WITH (security_invoker = true) AS
SELECT 'D-05'::text AS duty_code, w.staff_key, a.event_id::text AS period_key, v.done_on, '领导已走访'::text AS evidence
FROM (
  SELECT customer_id, id AS event_id, day AS since, NULL::int AS staff_key FROM key_event WHERE voided_on IS NULL
  UNION ALL SELECT customer_id, id, period_start, staff_key FROM leader_reminder) a
JOIN customers_customer_facts k ON k.customer_id = a.customer_id
CROSS JOIN LATERAL (SELECT a.staff_key WHERE a.staff_key IS NOT NULL UNION SELECT k.main_staff_key WHERE k.main_staff_key IS NOT NULL) w
CROSS JOIN LATERAL (
  SELECT min(f.business_date) AS done_on FROM visits_contact_facts f
  WHERE f.customer_id = a.customer_id AND f.in_person AND f.business_date >= a.since AND EXISTS (
    SELECT FROM organisation_post_facts p WHERE p.staff_key = ANY(f.our_people || f.staff_key) AND p.post_code IN ('OUTLET_HEAD', 'OUTLET_HEAD_PLACE', 'BRANCH_HEAD', 'BANK_LEADER')
      AND p.from_date <= f.business_date AND (p.to_date IS NULL OR p.to_date > f.business_date))) v
WHERE v.done_on IS NOT NULL;
COMMENT ON VIEW contact_plan_duty_done_facts IS 'Duties that are done by facts of this room: duty_code, staff_key, period_key, done_on, evidence.';
GRANT SELECT ON contact_plan_duty_done_facts TO yq_batch;
