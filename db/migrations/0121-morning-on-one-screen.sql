-- The morning meeting on one screen tells what was won on the day before, and which duties its people owe by name.
CREATE VIEW watch_win_facts WITH (security_invoker = true) AS
SELECT customer_id, id AS win_id, 'MATURITY'::text AS kind, result_on AS won_on, result_by AS staff_key, CASE WHEN currency IS NULL OR currency = (SELECT currency FROM bank) THEN coalesce(result_fen, 0) ELSE 0 END AS amount_fen, scope_path, viewers
FROM maturity WHERE withdrawn_on IS NULL AND result IN ('RENEWED', 'MOVED')
UNION ALL
SELECT customer_id, id, 'ALERT', closed_on, closed_by, won_fen, scope_path, viewers FROM alert WHERE state = 'CLOSED' AND won_fen > 0;
COMMENT ON VIEW watch_win_facts IS 'What was kept or won: a maturity that was renewed or invested anew, an alert or lead that brought money; won_on = the day of its result; amount in fen of the bank''s currency, 0 for another currency.';
CREATE INDEX maturity_won ON maturity (result_on, scope_path) WHERE result IN ('RENEWED', 'MOVED');
CREATE INDEX alert_won ON alert (closed_on, scope_path) WHERE won_fen > 0;
CREATE INDEX contact_late ON contact (entered_on, scope_path) WHERE late;

CREATE VIEW duties_owed_facts WITH (security_invoker = true) AS
SELECT i.id AS instance_id, i.duty_code, d.name AS name_zh, d.name_en, i.staff_key, i.holder_key, i.customer_id, i.due_on, i.due_time, i.state, i.scope_path
FROM duty_instance i JOIN duty_kind d ON d.code = i.duty_code AND d.version = i.duty_version WHERE i.state IN ('OPEN', 'MISSED');
COMMENT ON VIEW duties_owed_facts IS 'Duties that are open or were missed, with their name: staff_key owes it, holder_key sees to it today.';
GRANT SELECT ON watch_win_facts, duties_owed_facts TO yq_self, yq_unit, yq_all;
