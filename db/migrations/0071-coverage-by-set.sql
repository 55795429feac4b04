-- The one duty, the same verdicts by cheaper steps: the policy is joined once for a region instead of looked up for each customer, and whose present span of T1 began before the day of the first duty is not looked up again.
-- The bank's own rule is always in force (contact_policy_change lets only a region's end).
CREATE OR REPLACE VIEW contact_plan_coverage_facts WITH (security_invoker = true) AS
SELECT m.month_start, w.first_day, w.last_day, t.customer_id, o.staff_key, c.contacts > 0 AS met, c.contacts > 0 AND c.on_time = 0 AS late, c.contact_id, coalesce(r.version, b.version) AS policy_version
FROM coverage_month m
JOIN customers_tier_facts t ON t.tier = 'T1' AND t.from_date < (m.month_start + interval '1 month')::date AND (t.to_date IS NULL OR t.to_date > (m.month_start + interval '1 month')::date - 1)
JOIN customers_customer_facts k ON k.customer_id = t.customer_id
JOIN contact_policy b ON b.tier = 'T1' AND b.region = '*' AND b.from_date <= m.month_start AND (b.to_date IS NULL OR b.to_date > m.month_start)
LEFT JOIN (
  SELECT i.institution_key, i.from_date AS unit_from, i.to_date AS unit_to, y.from_date, y.to_date, y.version, y.contact_window, y.first_duty_until_day
  FROM contact_policy y JOIN organisation_institution_facts i ON i.region = y.region WHERE y.tier = 'T1' AND y.region <> '*') r
  ON r.institution_key = k.outlet_key AND r.unit_from <= m.month_start AND (r.unit_to IS NULL OR r.unit_to > m.month_start) AND r.from_date <= m.month_start AND (r.to_date IS NULL OR r.to_date > m.month_start)
CROSS JOIN LATERAL (
  SELECT (m.month_start + interval '1 month')::date - 1 AS last_day, coalesce(r.first_duty_until_day, b.first_duty_until_day) AS until_day,
         CASE coalesce(r.contact_window, b.contact_window) WHEN 'CALENDAR_MONTH' THEN m.month_start ELSE (m.month_start + interval '1 month')::date - 31 END AS first_day) w
LEFT JOIN LATERAL (
  SELECT a.staff_key FROM customers_assignment_facts a JOIN organisation_staff_facts s ON s.staff_key = a.staff_key
  WHERE a.customer_id = t.customer_id AND a.from_date <= w.last_day AND (a.to_date IS NULL OR a.to_date > w.last_day)
  ORDER BY a.share_pct DESC, a.main DESC, s.staff_no COLLATE "C" LIMIT 1) o ON true
CROSS JOIN LATERAL (
  SELECT count(*) AS contacts, count(*) FILTER (WHERE NOT f.late) AS on_time, (array_agg(f.contact_id ORDER BY f.late, f.business_date, f.contact_id))[1] AS contact_id
  FROM visits_contact_facts f
  WHERE f.customer_id = t.customer_id AND f.effective AND f.business_date BETWEEN w.first_day AND w.last_day) c
WHERE t.from_date < m.month_start + w.until_day
  OR EXISTS (SELECT FROM customers_tier_facts e WHERE e.customer_id = t.customer_id AND e.tier = 'T1' AND e.from_date < m.month_start + w.until_day AND (e.to_date IS NULL OR e.to_date >= m.month_start + w.until_day));

-- Who assists with a larger share owes the duty: few, and looked for by person.
CREATE INDEX assignment_assists ON assignment (staff_key) WHERE NOT main;
