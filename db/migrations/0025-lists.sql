-- The timeline of a customer: what each capability tells of it, in one shape. And the numbers by which lists, exports and imports are judged, dated.

CREATE TABLE list_policy (
  from_date date PRIMARY KEY,
  to_date date,
  version text NOT NULL,
  timeline_from_fen bigint NOT NULL,                     -- transactions of at least this size stand in the timeline
  segment_most_conditions int NOT NULL,
  batch_most int NOT NULL,                               -- customers in one batch action
  batch_assign_most int NOT NULL,                        -- … of which each is judged and written by itself
  export_free_rows int NOT NULL,                         -- above it somebody else approves
  export_most_rows int NOT NULL,
  export_fetch_days int NOT NULL,                        -- the file is fetched within so many days after the approval
  export_important_persons int NOT NULL,                 -- more persons than this are IMPORTANT data (2.13): no export
  import_most_rows int NOT NULL,
  import_undo_days int NOT NULL,
  legal_basis text NOT NULL,
  CHECK (to_date IS NULL OR to_date > from_date),
  EXCLUDE USING gist (daterange(from_date, to_date) WITH &&)
);
COMMENT ON TABLE list_policy IS '{"owner":"customers","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('list_policy');
INSERT INTO list_policy (from_date, version, timeline_from_fen, segment_most_conditions, batch_most, batch_assign_most, export_free_rows, export_most_rows, export_fetch_days, export_important_persons, import_most_rows, import_undo_days, legal_basis) VALUES
  ('1900-01-01', '1', 10000000, 20, 2000, 300, 500, 100000, 3, 1000000, 10000, 7, '银行保险机构数据安全管理办法（金规〔2024〕24号）；一般做法');

-- Every view named <capability>_timeline_facts or <capability>_<topic>_timeline_facts is found by src/reports/read-timeline.ts. Its columns, in this order:
--   customer_id uuid, id uuid (of the thing), day date (when it happened), at timestamptz (when the time of day is known), kind text, title_zh text, title_en text,
--   note text (what a person wrote), amount_fen bigint, currency text, person_key int (whose act), address text (where it opens; null: nowhere).
-- Its comment names the kinds: {"kinds":{"CONTACT":{"zh":"联系","en":"Contact"}}}; "sized":true: only amounts of at least the policy's size are told.
-- RESTRICTED and SECRET have no place in it: the role that reads it has no right to those tables.

CREATE VIEW visits_timeline_facts WITH (security_invoker = true) AS
SELECT customer_id, id, business_date AS day, CASE WHEN start_time IS NULL THEN NULL ELSE (business_date + start_time::time) AT TIME ZONE 'Asia/Shanghai' END AS at, 'CONTACT'::text AS kind,
  CASE mode WHEN 'VISIT' THEN '见面' WHEN 'PHONE' THEN '电话' WHEN 'VIDEO' THEN '视频' WHEN 'WECHAT' THEN '企业微信' WHEN 'EMAIL' THEN '邮件' WHEN 'LETTER' THEN '信函' WHEN 'SMS_ONE_WAY' THEN '单向短信'
    WHEN 'GREETING' THEN '节日问候' ELSE '未接通' END AS title_zh,
  CASE mode WHEN 'VISIT' THEN 'Visit' WHEN 'PHONE' THEN 'Phone' WHEN 'VIDEO' THEN 'Video' WHEN 'WECHAT' THEN 'WeCom' WHEN 'EMAIL' THEN 'E-mail' WHEN 'LETTER' THEN 'Letter' WHEN 'SMS_ONE_WAY' THEN 'One-way message'
    WHEN 'GREETING' THEN 'Greeting' ELSE 'No answer' END AS title_en,
  summary AS note, NULL::bigint AS amount_fen, NULL::text AS currency, staff_key AS person_key, '/customers/' || customer_id || '/contacts/' || id AS address
FROM contact WHERE voided_on IS NULL;
COMMENT ON VIEW visits_timeline_facts IS '{"kinds":{"CONTACT":{"zh":"联系","en":"Contacts"}}}';

CREATE VIEW holdings_timeline_facts WITH (security_invoker = true) AS
SELECT customer_id, id, booked_on AS day, NULL::timestamptz AS at, 'TRANSACTION'::text AS kind, CASE direction WHEN 'IN' THEN '转入' ELSE '转出' END AS title_zh, CASE direction WHEN 'IN' THEN 'Money in' ELSE 'Money out' END AS title_en,
  nullif(concat_ws(' · ', counterparty_name, memo), '') AS note, amount_fen, (SELECT a.currency FROM account a WHERE a.customer_id = t.customer_id AND a.id = t.account_id) AS currency, NULL::int AS person_key,
  '/customers/' || customer_id || '?tab=flows' AS address
FROM account_transaction t
UNION ALL
SELECT a.customer_id, a.id, a.opened_on, NULL, 'ACCOUNT', '开立账户：' || p.name, 'Account opened: ' || p.name_en, NULL, NULL, a.currency, NULL, '/customers/' || a.customer_id || '?tab=holdings' FROM account a JOIN product p ON p.code = a.product_code
UNION ALL
SELECT a.customer_id, a.id, a.closed_on, NULL, 'ACCOUNT', '销户：' || p.name, 'Account closed: ' || p.name_en, NULL, NULL, a.currency, NULL, '/customers/' || a.customer_id || '?tab=holdings' FROM account a JOIN product p ON p.code = a.product_code
WHERE a.closed_on IS NOT NULL
UNION ALL
SELECT l.customer_id, l.id, l.paid_out_on, NULL, 'LOAN', '放款：' || p.name, 'Loan paid out: ' || p.name_en, l.core_key, l.amount_fen, l.currency, NULL, '/customers/' || l.customer_id || '?tab=holdings' FROM loan l JOIN product p ON p.code = l.product_code
UNION ALL
SELECT l.customer_id, l.id, l.settled_on, NULL, 'LOAN', '结清：' || p.name, 'Loan settled: ' || p.name_en, l.core_key, l.amount_fen, l.currency, NULL, '/customers/' || l.customer_id || '?tab=holdings' FROM loan l JOIN product p ON p.code = l.product_code
WHERE l.settled_on IS NOT NULL
UNION ALL
SELECT s.customer_id, s.loan_id, s.overdue_since, NULL, 'OVERDUE', '借据逾期', 'A loan fell overdue', l.core_key, max(s.overdue_fen), l.currency, NULL, '/customers/' || s.customer_id || '?tab=holdings'
FROM loan_span s JOIN loan l ON l.customer_id = s.customer_id AND l.id = s.loan_id WHERE s.overdue_since IS NOT NULL GROUP BY s.customer_id, s.loan_id, s.overdue_since, l.core_key, l.currency;
COMMENT ON VIEW holdings_timeline_facts IS '{"kinds":{"TRANSACTION":{"zh":"大额交易","en":"Large transactions","sized":true},"ACCOUNT":{"zh":"账户","en":"Accounts"},"LOAN":{"zh":"贷款","en":"Loans"},"OVERDUE":{"zh":"逾期","en":"Overdue"}}}';

CREATE VIEW customers_timeline_facts WITH (security_invoker = true) AS
SELECT customer_id, id, from_date AS day, NULL::timestamptz AS at, 'ASSIGNMENT'::text AS kind, CASE WHEN main THEN '主办 ' ELSE '协办 ' END || trim_scale(share_pct) || '%' AS title_zh,
  CASE WHEN main THEN 'Main manager, ' ELSE 'Assisting manager, ' END || trim_scale(share_pct) || '%' AS title_en, reason AS note, NULL::bigint AS amount_fen, NULL::text AS currency, staff_key AS person_key,
  '/customers/' || customer_id || '?tab=file' AS address
FROM assignment WHERE to_date IS DISTINCT FROM from_date
UNION ALL
SELECT customer_id, id, to_date, NULL, 'ASSIGNMENT', CASE WHEN main THEN '不再主办' ELSE '不再协办' END, CASE WHEN main THEN 'Main manager until then' ELSE 'Assisting manager until then' END, NULL, NULL, NULL, staff_key, '/customers/' || customer_id || '?tab=file'
FROM assignment WHERE to_date IS NOT NULL AND to_date <> from_date
UNION ALL
SELECT customer_id, id, from_date, NULL, 'TIER',
  '层级：' || CASE tier WHEN 'T1' THEN '核心优质' WHEN 'T2' THEN '重点' WHEN 'T3' THEN '普通优质' WHEN 'T4' THEN '基础' ELSE '潜在' END,
  'Tier: ' || CASE tier WHEN 'T1' THEN 'core' WHEN 'T2' THEN 'key' WHEN 'T3' THEN 'good' WHEN 'T4' THEN 'basic' ELSE 'prospect' END, reason, NULL, NULL, NULL, '/customers/' || customer_id || '?tab=file'
FROM tier_held
UNION ALL
SELECT customer_id, customer_id, opened_on, NULL, 'RELATION', '建立客户关系', 'The relation began', source, NULL, NULL, NULL, NULL FROM customer WHERE opened_on IS NOT NULL;
COMMENT ON VIEW customers_timeline_facts IS '{"kinds":{"ASSIGNMENT":{"zh":"归属","en":"Managers"},"TIER":{"zh":"层级","en":"Tier"},"RELATION":{"zh":"建立关系","en":"Relation"}}}';

-- what people changed in the particulars: the journal knows it. Scope and figures follow other acts, which stand here themselves.
CREATE VIEW access_timeline_facts WITH (security_invoker = true) AS
SELECT customer_id, id, from_date AS day, NULL::timestamptz AS at, 'GRANT'::text AS kind, '授权查看，至 ' || until_date AS title_zh, 'Read grant until ' || until_date AS title_en, reason AS note, NULL::bigint AS amount_fen, NULL::text AS currency,
  staff_key AS person_key, '/customers/' || customer_id || '?tab=file' AS address FROM read_grant
UNION ALL
SELECT customer_id, id, withdrawn_on, NULL, 'GRANT', '撤回授权', 'Read grant withdrawn', NULL, NULL, NULL, staff_key, '/customers/' || customer_id || '?tab=file' FROM read_grant WHERE withdrawn_on IS NOT NULL
UNION ALL
SELECT customer_id, id, (at AT TIME ZONE 'Asia/Shanghai')::date, at, 'CHANGE',
  CASE table_name WHEN 'phone' THEN '新增电话' WHEN 'identity_document' THEN '证件变更' ELSE '修改客户资料' END, CASE table_name WHEN 'phone' THEN 'Phone added' WHEN 'identity_document' THEN 'Identity document changed' ELSE 'Particulars changed' END,
  why, NULL, NULL, person_key, '/customers/' || customer_id || '?tab=history'
FROM journal_line
WHERE customer_id IS NOT NULL AND secrecy = 'NORMAL' AND person_key IS NOT NULL
  AND ((table_name IN ('corporate', 'person') AND action = 'CHANGE')
    OR (table_name IN ('phone', 'identity_document') AND action IN ('ADD', 'CHANGE', 'END') AND why <> '新建客户')
    OR (table_name = 'customer' AND action = 'CHANGE' AND after ? 'name'));
COMMENT ON VIEW access_timeline_facts IS '{"kinds":{"GRANT":{"zh":"授权","en":"Grants"},"CHANGE":{"zh":"资料变更","en":"Changes"}}}';

GRANT SELECT ON visits_timeline_facts, holdings_timeline_facts, customers_timeline_facts, access_timeline_facts TO yq_opened;
