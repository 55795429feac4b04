-- Whom deferred pay and claims wait for: the person for his word on a claim, compliance for the decision (a claim when the person has had his time); both are told by notice too.
CREATE VIEW performance_pay_case_agenda_facts WITH (security_invoker = true) AS
SELECT c.heard_key AS staff_key, NULL::uuid AS customer_id, c.id, 'PAY_CLAIM'::text AS kind, NULL::date AS opens_on, c.hear_until AS due_on, NULL::text AS due_time, '绩效追索 ' || c.number || ' 待您申辩' AS title_zh, 'Claim ' || c.number || ' waits for your answer' AS title_en,
  NULL::bigint AS amount_fen, NULL::text AS currency, '/deferred-pay/cases/' || c.id AS address
FROM pay_case c WHERE c.kind = 'CLAW_BACK' AND NOT EXISTS (SELECT FROM pay_case_answer a WHERE a.case_id = c.id) AND NOT EXISTS (SELECT FROM pay_case_end e WHERE e.case_id = c.id)
UNION ALL
SELECT w.staff_key, NULL, c.id, 'PAY_CASE', c.hear_until, NULL, NULL, '支付与追索事项 ' || c.number || ' 待复核', 'Case ' || c.number || ' of deferred pay to be decided', NULL, NULL, '/deferred-pay/cases/' || c.id
FROM pay_case c CROSS JOIN LATERAL unnest(c.deciders) w(staff_key) WHERE NOT EXISTS (SELECT FROM pay_case_end e WHERE e.case_id = c.id);
COMMENT ON VIEW performance_pay_case_agenda_facts IS '{"kinds":{"PAY_CASE":{"zh":"支付与追索","en":"Deferred pay and claims","verb":"OPEN"},"PAY_CLAIM":{"zh":"绩效追索","en":"Claim on pay","verb":"OPEN"}}}';
GRANT SELECT ON performance_pay_case_agenda_facts TO yq_self, yq_unit, yq_all;

-- A case that waits goes to compliance, a claim and each decision to the people whom it concerns.
CREATE VIEW performance_pay_case_notice_facts WITH (security_invoker = true) AS
SELECT w.staff_key, 'PAY_CASE'::text AS kind, md5('ENTERED ' || c.id)::uuid AS id, c.entered_on AS day, '支付与追索事项 ' || c.number || ' 待复核' AS title_zh, 'Case ' || c.number || ' of deferred pay waits for your decision' AS title_en, NULL::uuid AS customer_id, '/deferred-pay/cases/' || c.id AS address
FROM pay_case c CROSS JOIN LATERAL unnest(c.deciders) w(staff_key) WHERE NOT EXISTS (SELECT FROM pay_case_end e WHERE e.case_id = c.id)
UNION ALL
SELECT c.heard_key, 'PAY_CASE', md5('CLAIM ' || c.id)::uuid, c.entered_on, '绩效追索 ' || c.number || '，请于 ' || to_char(c.hear_until, 'MM-DD') || ' 前申辩', 'Claim ' || c.number || ' on your pay: answer by ' || to_char(c.hear_until, 'MM-DD'), NULL, '/deferred-pay/cases/' || c.id
FROM pay_case c WHERE c.kind = 'CLAW_BACK'
UNION ALL
SELECT w.staff_key, 'PAY_CASE', md5('DECIDED ' || c.id || w.staff_key)::uuid, e.decided_on,
  CASE c.kind WHEN 'RELEASE' THEN '延期绩效准予支付' WHEN 'FORFEIT' THEN '延期绩效止付' WHEN 'CLAW_BACK' THEN '绩效追索已决定' WHEN 'EXEMPTION' THEN '尽职免责已确认' WHEN 'WAIVE' THEN '追索余额已减免' ELSE '追索还款已登记' END || '（' || c.number || '）',
  CASE c.kind WHEN 'RELEASE' THEN 'Deferred pay is released' WHEN 'FORFEIT' THEN 'Deferred pay is forfeited' WHEN 'CLAW_BACK' THEN 'The claim on your pay is decided' WHEN 'EXEMPTION' THEN 'The exemption is confirmed' WHEN 'WAIVE' THEN 'The rest of the claim is waived' ELSE 'Your repayment is recorded' END || ' (' || c.number || ')',
  NULL, '/deferred-pay/cases/' || c.id
FROM pay_case c JOIN pay_case_end e ON e.case_id = c.id AND e.result = 'CONFIRMED' CROSS JOIN LATERAL unnest(c.staff_keys) w(staff_key);
COMMENT ON VIEW performance_pay_case_notice_facts IS '{"kinds":{"PAY_CASE":{"zh":"延期支付与追索","en":"Deferred pay and claims"}}}';
GRANT SELECT ON performance_pay_case_notice_facts TO yq_batch;
