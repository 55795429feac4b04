-- The verdict of coverage as it was known at the end of a past day (2.4): what was entered, voided, assigned or judged afterwards does not count. So the ledger of a day can be written later than on its evening.

-- A slice and a tier hold from a day on; when the bank came to know of them is another day where they were dated back or ahead. Null: on their own day.
ALTER TABLE assignment ADD COLUMN known_on date, ADD COLUMN end_known_on date;
ALTER TABLE tier_held ADD COLUMN known_on date, ADD COLUMN end_known_on date;
CREATE OR REPLACE VIEW customers_assignment_facts WITH (security_invoker = true) AS
SELECT customer_id, id AS assignment_id, staff_key, share_pct, main, from_date, to_date, base_adb_fen, base_as_of, coalesce(known_on, from_date) AS known_on, coalesce(end_known_on, to_date) AS end_known_on FROM assignment;
COMMENT ON VIEW customers_assignment_facts IS 'Ownership slices [from_date, to_date): who holds which percent share of a customer. known_on, end_known_on: the business days on which the bank knew of it and of its end.';
CREATE OR REPLACE VIEW customers_tier_facts WITH (security_invoker = true) AS
SELECT customer_id, tier, from_date, to_date, coalesce(known_on, from_date) AS known_on, coalesce(end_known_on, to_date) AS end_known_on FROM tier_held;
COMMENT ON VIEW customers_tier_facts IS 'Tier of a customer in [from_date, to_date). known_on, end_known_on: the business days on which the bank knew of it and of its end.';

-- A correction keeps the day of the first entry, but nobody knew it before the day on which it took the old record's place.
CREATE OR REPLACE VIEW visits_contact_day_facts WITH (security_invoker = true) AS
SELECT c.customer_id, c.id AS contact_id, c.business_date, c.entered_on, c.voided_on, c.effective, c.late, greatest(c.entered_on, r.voided_on) AS known_on
FROM contact c LEFT JOIN contact r ON r.customer_id = c.customer_id AND r.id = c.replaces;
COMMENT ON VIEW visits_contact_day_facts IS 'One row per contact, voided ones too: the day it is about, of its entry and of its voiding; effective, late; known_on = the day on which it (a correction: it in place of the old one) was entered.';

-- The one duty of a month as the end of a day knew it: contact_plan_coverage_facts with what came later left out. On the last day that anything happened both say the same.
-- One plain query without SECURITY DEFINER or SET, so that it becomes a part of the statement that asks.
CREATE FUNCTION contact_plan_coverage_known(of_month date, on_day date)
RETURNS TABLE (month_start date, customer_id uuid, staff_key int, met boolean, late boolean, contact_id uuid) LANGUAGE sql STABLE AS $$
  SELECT of_month, t.customer_id, o.staff_key, c.contacts > 0, c.contacts > 0 AND c.on_time = 0, c.contact_id
  FROM customers_tier_facts t
  JOIN customers_customer_facts k ON k.customer_id = t.customer_id
  JOIN contact_policy b ON b.tier = 'T1' AND b.region = '*' AND b.from_date <= of_month AND (b.to_date IS NULL OR b.to_date > of_month)
  LEFT JOIN (
    SELECT i.institution_key, i.from_date AS unit_from, i.to_date AS unit_to, y.from_date, y.to_date, y.contact_window, y.first_duty_until_day
    FROM contact_policy y JOIN organisation_institution_facts i ON i.region = y.region WHERE y.tier = 'T1' AND y.region <> '*') r
    ON r.institution_key = k.outlet_key AND r.unit_from <= of_month AND (r.unit_to IS NULL OR r.unit_to > of_month) AND r.from_date <= of_month AND (r.to_date IS NULL OR r.to_date > of_month)
  CROSS JOIN LATERAL (
    SELECT (of_month + interval '1 month')::date - 1 AS last_day, coalesce(r.first_duty_until_day, b.first_duty_until_day) AS until_day,
           CASE coalesce(r.contact_window, b.contact_window) WHEN 'CALENDAR_MONTH' THEN of_month ELSE (of_month + interval '1 month')::date - 31 END AS first_day) w
  LEFT JOIN LATERAL (
    SELECT a.staff_key FROM customers_assignment_facts a JOIN organisation_staff_facts s ON s.staff_key = a.staff_key
    WHERE a.customer_id = t.customer_id AND a.from_date <= w.last_day AND a.known_on <= on_day AND (a.to_date IS NULL OR a.to_date > w.last_day OR a.end_known_on > on_day)
    ORDER BY a.share_pct DESC, a.main DESC, s.staff_no COLLATE "C" LIMIT 1) o ON true
  CROSS JOIN LATERAL (
    SELECT count(*) AS contacts, count(*) FILTER (WHERE NOT f.late) AS on_time, (array_agg(f.contact_id ORDER BY f.late, f.business_date, f.contact_id))[1] AS contact_id
    FROM visits_contact_day_facts f
    WHERE f.customer_id = t.customer_id AND f.effective AND f.business_date BETWEEN w.first_day AND w.last_day AND f.known_on <= on_day AND (f.voided_on IS NULL OR f.voided_on > on_day)) c
  WHERE t.tier = 'T1' AND t.from_date < (of_month + interval '1 month')::date AND t.known_on <= on_day
    AND (t.to_date IS NULL OR t.to_date > (of_month + interval '1 month')::date - 1 OR t.end_known_on > on_day)
    AND (t.from_date < of_month + w.until_day
      OR EXISTS (SELECT FROM customers_tier_facts e WHERE e.customer_id = t.customer_id AND e.tier = 'T1' AND e.from_date < of_month + w.until_day AND e.known_on <= on_day
                 AND (e.to_date IS NULL OR e.to_date >= of_month + w.until_day OR e.end_known_on > on_day)))
$$;
COMMENT ON FUNCTION contact_plan_coverage_known(date, date) IS 'The duties of a month as the end of a day knew them; columns as in contact_plan_coverage_facts.';

-- The verdicts of one month while a day is written into the ledger: worked out once instead of for each of its statements.
CREATE UNLOGGED TABLE coverage_draft (
  customer_id uuid PRIMARY KEY, staff_key int, line_path text COLLATE "C" NOT NULL, place_key int NOT NULL, met boolean NOT NULL, late boolean NOT NULL, contact_id uuid
);
COMMENT ON TABLE coverage_draft IS '{"owner":"contact-plan","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('coverage_draft', '', 'yq_batch');
