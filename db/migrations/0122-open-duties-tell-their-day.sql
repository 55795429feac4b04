-- In a day's report a duty that was missed last week and the same duty of this week looked like a double: what is open tells the day on which it was due.
CREATE OR REPLACE VIEW duties_workday_facts WITH (security_invoker = true) AS
SELECT i.holder_key AS staff_key, i.done_on AS from_day, i.done_on + 1 AS to_day, 'DUTY_DONE'::text AS kind, i.id, i.customer_id, d.name AS title_zh, d.name_en AS title_en, NULL::bigint AS amount_fen, '/tasks'::text AS address
FROM duty_instance i JOIN duty_kind d ON d.code = i.duty_code AND d.version = i.duty_version WHERE i.done_on IS NOT NULL AND i.duty_code NOT IN ('D-01', 'D-07', 'D-08')
UNION ALL
SELECT i.holder_key, i.due_on, coalesce(i.done_on, i.due_on + 31), 'DUTY_OPEN', i.id, i.customer_id, d.name || '（' || to_char(i.due_on, 'MM-DD') || ' 到期）', d.name_en || ' (due ' || to_char(i.due_on, 'MM-DD') || ')', NULL, '/tasks'
FROM duty_instance i JOIN duty_kind d ON d.code = i.duty_code AND d.version = i.duty_version WHERE i.state IN ('OPEN', 'MISSED', 'DONE_LATE') AND i.duty_code NOT IN ('D-01', 'D-07', 'D-08')
UNION ALL
SELECT owner_key, reported_on, reported_on + 1, 'TASK_DONE', id, customer_id, '任务：' || title, 'Task: ' || title, NULL, '/tasks?task=' || id FROM assigned_task WHERE reported_on IS NOT NULL AND customer_id IS NULL
UNION ALL
SELECT owner_key, due_on, coalesce(reported_on, ended_on), 'TASK_OPEN', id, customer_id, '任务：' || title || '（' || to_char(due_on, 'MM-DD') || ' 到期）', 'Task: ' || title || ' (due ' || to_char(due_on, 'MM-DD') || ')', NULL, '/tasks?task=' || id
FROM assigned_task WHERE state IN ('GIVEN', 'QUESTIONED', 'ACCEPTED', 'IN_WORK', 'RETURNED') AND customer_id IS NULL;
