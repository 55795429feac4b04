-- Work plans (工作计划) in use: targets that are carried over, the days of a week's plan, who is told, and how far the plan is.
ALTER TABLE work_plan ADD COLUMN receiver_key int REFERENCES staff;        -- who of the line above was told when it was handed in
ALTER TABLE work_plan_target ADD COLUMN carried_from uuid;                 -- the target of an earlier plan from which it was taken over
-- the figure that the product worked out is kept when the plan is reviewed, so that it stays as it was
ALTER TABLE work_plan_target DROP CONSTRAINT work_plan_target_check;
ALTER TABLE work_plan_target ADD CONSTRAINT work_plan_target_indicator CHECK (indicator IS NULL OR target_value IS NOT NULL);

CREATE TABLE work_plan_item (
  id uuid PRIMARY KEY,
  plan_id uuid NOT NULL REFERENCES work_plan,
  place int NOT NULL,
  day date NOT NULL,
  source text NOT NULL CHECK (source IN ('CONTACT', 'APPOINTMENT', 'TASK', 'OWN')),
  thing_id uuid,                                          -- the appointment, the task, the promise from which it was written
  customer_id uuid,
  title text NOT NULL,
  staff_key int NOT NULL REFERENCES staff,
  scope_path text COLLATE "C" NOT NULL,
  dropped_on date,
  CHECK (source = 'OWN' OR thing_id IS NOT NULL)
);
COMMENT ON TABLE work_plan_item IS '{"owner":"meetings","kind":"bank","secrecy":"NORMAL","hidden":["title"],"skip":["scope_path"],"follows":["customer_id"]}';
CREATE INDEX work_plan_item_plan ON work_plan_item (plan_id, day, place);
CREATE INDEX work_plan_item_customer ON work_plan_item (customer_id) WHERE customer_id IS NOT NULL;
CALL protect_plan('work_plan_item');

-- How far a plan is, is told by a number over the whole bank: the same to its author and to who reads it above him.
GRANT SELECT ON work_plan, work_plan_target TO yq_engine;
CREATE POLICY engine_read ON work_plan FOR SELECT TO yq_engine USING (true);
CREATE POLICY engine_read ON work_plan_target FOR SELECT TO yq_engine USING (true);

CREATE VIEW holdings_deposit_sum_facts WITH (security_invoker = true) AS
SELECT staff_key, line_path, place_key, as_of, balance, month_begin, quarter_begin, year_begin FROM deposit_sum;
COMMENT ON VIEW holdings_deposit_sum_facts IS 'Deposits of a manager at a place of a line, or of what nobody holds, as the last delivery left them: fen times percent at the end of as_of and of the day before month, quarter and year.';
GRANT SELECT ON holdings_deposit_sum_facts TO yq_self, yq_unit, yq_all, yq_engine, yq_batch;

-- Targets and how far they are: worked_out by the product where an indicator is named (coverage by the coverage ledger, not here), else what the person told. Deposits in 10,000 yuan, of the period that the last delivery lies in.
CREATE VIEW meetings_plan_progress_facts WITH (security_invoker = true) AS
SELECT t.id AS target_id, t.plan_id, t.staff_key, p.period, p.period_key, p.first_day, p.last_day, p.state, t.place, t.title, t.indicator, t.target_value, t.unit, t.actual_value,
  CASE t.indicator
    WHEN 'CONTACTS' THEN (SELECT count(*)::numeric FROM visits_contact_facts c WHERE c.staff_key = t.staff_key AND c.effective AND c.business_date BETWEEN p.first_day AND p.last_day)
    WHEN 'VISITS' THEN (SELECT count(*)::numeric FROM visits_contact_facts c WHERE c.staff_key = t.staff_key AND c.effective AND c.in_person AND c.business_date BETWEEN p.first_day AND p.last_day)
    WHEN 'NEED_CARDS' THEN (SELECT count(DISTINCT n.card_id)::numeric FROM visits_need_facts n WHERE n.staff_key = t.staff_key AND n.surveyed_on BETWEEN p.first_day AND p.last_day)
    WHEN 'NEW_CUSTOMERS' THEN (SELECT count(*)::numeric FROM customers_customer_facts k WHERE k.main_staff_key = t.staff_key AND k.opened_on BETWEEN p.first_day AND p.last_day)
    WHEN 'DEPOSIT_GROWTH' THEN (
      SELECT round(sum(d.balance - CASE p.period WHEN 'MONTH' THEN d.month_begin WHEN 'QUARTER' THEN d.quarter_begin ELSE d.year_begin END) / 100000000, 2)
      FROM holdings_deposit_sum_facts d WHERE d.staff_key = t.staff_key AND p.period <> 'WEEK' AND d.as_of BETWEEN p.first_day AND p.last_day)
  END AS worked_out
FROM work_plan_target t JOIN work_plan p ON p.id = t.plan_id WHERE t.dropped_on IS NULL;
COMMENT ON VIEW meetings_plan_progress_facts IS 'One row per target of a plan with what the product works out of it: contacts, visits, need cards, new customers, deposit growth in 10,000 yuan; null where it cannot.';
GRANT SELECT ON meetings_plan_progress_facts TO yq_self, yq_unit, yq_all, yq_engine;

-- On the agenda: a plan that waits for one's word, one that came back, one whose time is over and that has no review.
CREATE VIEW meetings_plans_agenda_facts WITH (security_invoker = true) AS
SELECT p.receiver_key AS staff_key, NULL::uuid AS customer_id, p.id, 'PLAN_TO_SEE'::text AS kind, NULL::date AS opens_on, p.submitted_on + 3 AS due_on, NULL::text AS due_time,
  s.staff_name || '的计划 ' || p.period_key AS title_zh, 'Plan of ' || s.staff_name || ', ' || p.period_key AS title_en, NULL::bigint AS amount_fen, NULL::text AS currency, '/work-plans/' || p.id AS address
FROM work_plan p JOIN organisation_staff_facts s ON s.staff_key = p.staff_key WHERE p.state = 'SUBMITTED' AND p.receiver_key IS NOT NULL
UNION ALL
SELECT p.staff_key, NULL, p.id, 'PLAN_RETURNED', NULL, p.commented_on + 1, NULL, '计划 ' || p.period_key || ' 已退回', 'Plan ' || p.period_key || ' was returned', NULL, NULL, '/work-plans/' || p.id FROM work_plan p WHERE p.state = 'RETURNED'
UNION ALL
SELECT p.staff_key, NULL, p.id, 'PLAN_REVIEW', p.last_day, p.last_day + 7, NULL, '总结计划 ' || p.period_key, 'Review the plan ' || p.period_key, NULL, NULL, '/work-plans/' || p.id
FROM work_plan p CROSS JOIN bank k WHERE p.state = 'CONFIRMED' AND p.reviewed_on IS NULL AND p.last_day < k.business_date AND p.last_day > k.business_date - 62;
COMMENT ON VIEW meetings_plans_agenda_facts IS '{"kinds":{"PLAN_TO_SEE":{"zh":"待阅计划","en":"A plan to read","verb":"OPEN"},"PLAN_RETURNED":{"zh":"计划退回","en":"Plan returned","verb":"OPEN"},"PLAN_REVIEW":{"zh":"计划总结","en":"Review of a plan","verb":"OPEN"}}}';
GRANT SELECT ON meetings_plans_agenda_facts TO yq_self, yq_unit, yq_all;
CREATE INDEX work_plan_receiver ON work_plan (receiver_key) WHERE state = 'SUBMITTED';

-- D-31 (工作计划与总结) is done by the plan itself: it is written on its page.
UPDATE duty_kind SET address = '/work-plan?period=MONTH' WHERE code = 'D-31' AND version = 1 AND NOT own;
