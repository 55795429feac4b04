-- After a job transfer the target of a level (an average, a balance, what is managed) is divided by the days of the part of the plan that holds the day: 45 of the 91 of a quarter. What was reached is divided by the same days (decision
-- 0063), so it must be known of how many days a part was before the transfer; a plan that follows another takes up the rest of its part.
CREATE VIEW performance_plan_whole_facts WITH (security_invoker = true) AS
SELECT p.id AS plan_id, t ->> 'indicator' AS indicator, part.from_date, part.to_date,
  part.to_date - CASE
    WHEN p.follows_id IS NULL OR part.from_date <> p.from_date OR o.from_date IS NULL THEN part.from_date
    WHEN part.to_date = o.to_date THEN o.from_date
    WHEN part.to_date > o.to_date THEN root.from_date
    ELSE greatest(o.from_date, date_trunc('month', part.from_date)::date)
  END AS whole_days
FROM appraisal_plan p
CROSS JOIN LATERAL (SELECT s.targets FROM plan_step l JOIN plan_step s ON s.plan_id = l.plan_id AND s.place = l.targets_place WHERE l.plan_id = p.id AND l.version = 1 ORDER BY l.place LIMIT 1) first
CROSS JOIN LATERAL jsonb_array_elements(first.targets) t
CROSS JOIN LATERAL (SELECT (x ->> 'from')::date AS from_date, (x ->> 'to')::date AS to_date FROM jsonb_array_elements(t -> 'parts') x) part
-- the plan of January, however many transfers came after it
LEFT JOIN LATERAL (
  WITH RECURSIVE up AS (SELECT p.follows_id AS id, 1 AS step UNION ALL SELECT q.follows_id, u.step + 1 FROM up u JOIN appraisal_plan q ON q.id = u.id WHERE q.follows_id IS NOT NULL AND u.step < 20)
  SELECT r.id, r.from_date FROM up JOIN appraisal_plan r ON r.id = up.id ORDER BY up.step DESC LIMIT 1) root ON p.follows_id IS NOT NULL
LEFT JOIN LATERAL (
  SELECT (x ->> 'from')::date AS from_date, (x ->> 'to')::date AS to_date
  FROM (SELECT s.targets FROM plan_step l JOIN plan_step s ON s.plan_id = l.plan_id AND s.place = l.targets_place WHERE l.plan_id = root.id AND l.version = 1 ORDER BY l.place LIMIT 1) of_root
  CROSS JOIN LATERAL jsonb_array_elements(of_root.targets) i CROSS JOIN LATERAL jsonb_array_elements(i -> 'parts') x
  WHERE i ->> 'indicator' = t ->> 'indicator' AND (x ->> 'from')::date <= part.from_date AND (x ->> 'to')::date > part.from_date LIMIT 1) o ON true
WHERE p.staff_key IS NOT NULL;
COMMENT ON VIEW performance_plan_whole_facts IS 'Of each part of a plan that was ever locked: of how many days it is, as it was before a job transfer; the first part of a plan that follows another: of how many days the part is that both share.';
GRANT SELECT ON performance_plan_whole_facts TO yq_self, yq_unit, yq_all, yq_office, yq_engine, yq_batch;
