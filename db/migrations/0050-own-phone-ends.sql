-- The customer's own phone ends and another takes its place. The number stays with the day and the reason; it finds the customer no more, so that nobody takes it for a number of today.
ALTER TABLE phone ADD COLUMN ended_on date, ADD COLUMN end_reason text, ADD CHECK ((ended_on IS NULL) = (end_reason IS NULL));
COMMENT ON TABLE phone IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["masked","end_reason"],"cipher":["number_cipher"]}';

-- who may change the customer takes its numbers out of the search again
GRANT SELECT, DELETE ON search_hash TO yq_opened;
CREATE POLICY opened_reads ON search_hash FOR SELECT TO yq_opened USING (customer_id = current_setting('app.writable')::uuid);
CREATE POLICY opened_removes ON search_hash FOR DELETE TO yq_opened USING (customer_id = current_setting('app.writable')::uuid);

CREATE OR REPLACE VIEW access_timeline_facts WITH (security_invoker = true) AS
SELECT customer_id, id, from_date AS day, NULL::timestamptz AS at, 'GRANT'::text AS kind, '授权查看，至 ' || until_date AS title_zh, 'Read grant until ' || until_date AS title_en, reason AS note, NULL::bigint AS amount_fen, NULL::text AS currency,
  staff_key AS person_key, '/customers/' || customer_id || '?tab=file' AS address FROM read_grant
UNION ALL
SELECT customer_id, id, withdrawn_on, NULL, 'GRANT', '撤回授权', 'Read grant withdrawn', NULL, NULL, NULL, staff_key, '/customers/' || customer_id || '?tab=file' FROM read_grant WHERE withdrawn_on IS NOT NULL
UNION ALL
SELECT customer_id, id, (at AT TIME ZONE 'Asia/Shanghai')::date, at, 'CHANGE',
  CASE table_name WHEN 'phone' THEN CASE action WHEN 'END' THEN '停用电话' ELSE '新增电话' END WHEN 'identity_document' THEN '证件变更' ELSE '修改客户资料' END,
  CASE table_name WHEN 'phone' THEN CASE action WHEN 'END' THEN 'Phone ended' ELSE 'Phone added' END WHEN 'identity_document' THEN 'Identity document changed' ELSE 'Particulars changed' END,
  why, NULL, NULL, person_key, '/customers/' || customer_id || '?tab=history'
FROM journal_line
WHERE customer_id IS NOT NULL AND secrecy = 'NORMAL' AND person_key IS NOT NULL
  AND ((table_name IN ('corporate', 'person') AND action = 'CHANGE')
    OR (table_name IN ('phone', 'identity_document') AND action IN ('ADD', 'CHANGE', 'END') AND why <> '新建客户')
    OR (table_name = 'customer' AND action = 'CHANGE' AND after ? 'name'));
