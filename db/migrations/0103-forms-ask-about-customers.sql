-- Collection forms (domain specification 12.4 W11), what was missing: cells that hold files, rows for each customer, an outlet's form filled in by whom its head names, and the review of a column that the ledgers seem to hold.

-- Rows for each customer. customers: whose ({"of":"OWN"|"SEGMENT","kind":…,"tiers":[…],"segment":id}); asked_customers: those of the segment on the day on which the draft was saved; purpose: what the customers' data is needed for;
-- data_class: what the answers will be (2.13), worked out from the cells.
ALTER TABLE collection_form DROP CONSTRAINT collection_form_answers_for_check;
ALTER TABLE collection_form
  ADD COLUMN customers jsonb,
  ADD COLUMN asked_customers uuid[],
  ADD COLUMN purpose text,
  ADD COLUMN data_class text NOT NULL DEFAULT 'GENERAL' CHECK (data_class IN ('GENERAL', 'GENERAL_SENSITIVE')),
  ADD CHECK (answers_for IN ('PERSON', 'OUTLET', 'CUSTOMER')),
  ADD CHECK ((answers_for = 'CUSTOMER') = (customers IS NOT NULL) AND (answers_for = 'CUSTOMER') = (purpose IS NOT NULL)),
  ADD CHECK (asked_customers IS NULL OR answers_for = 'CUSTOMER');

-- The head of an outlet names who fills in; he answers for it all the same.
ALTER TABLE collection_answer
  ADD COLUMN filler_key int REFERENCES staff,
  ADD CHECK (filler_key IS NULL OR filler_key <> staff_key);
CREATE POLICY filler_read ON collection_answer FOR SELECT TO yq_self, yq_unit, yq_all USING (filler_key = current_setting('app.me')::int);
CREATE POLICY filler_change ON collection_answer FOR UPDATE TO yq_self, yq_unit, yq_all USING (filler_key = current_setting('app.me')::int);
CREATE INDEX collection_answer_filler ON collection_answer (filler_key, due_on) WHERE filler_key IS NOT NULL;

-- Which customers an answer is about: a row of the answer names the id here, never the customer. Names are read from the customers, by the rights of who reads. prefilled: what the bank knew, as of the answer's prefilled_on.
CREATE TABLE collection_subject (
  form_id uuid NOT NULL REFERENCES collection_form,
  customer_id uuid NOT NULL,
  id uuid NOT NULL UNIQUE,
  answer_id uuid NOT NULL REFERENCES collection_answer,
  prefilled jsonb NOT NULL,
  batch_id uuid,
  PRIMARY KEY (form_id, customer_id)
);
COMMENT ON TABLE collection_subject IS '{"owner":"forms","kind":"bank","secrecy":"NORMAL","hidden":["prefilled"],"follows":["customer_id"]}';
CALL protect_bank('collection_subject', '', 'yq_batch');
CREATE INDEX collection_subject_answer ON collection_subject (answer_id);
CREATE INDEX collection_subject_customer ON collection_subject (customer_id);

-- Files that are nobody's customer's: the same store, under the bank's key. Whoever keeps one says elsewhere who may have it.
CREATE TABLE bank_file (
  id uuid PRIMARY KEY,
  content_hash bytea NOT NULL,
  kind text NOT NULL CHECK (kind IN ('PDF', 'JPEG', 'PNG', 'WEBP', 'HEIC', 'OFD', 'XLSX', 'DOCX', 'CSV', 'OLD_OFFICE', 'ZIP')),
  file_name text NOT NULL,
  size_bytes bigint NOT NULL CHECK (size_bytes > 0),
  stored_at timestamptz NOT NULL DEFAULT now(),
  stored_by int NOT NULL REFERENCES staff
);
COMMENT ON TABLE bank_file IS '{"owner":"foundation","kind":"bank","secrecy":"NORMAL","hidden":["file_name"]}';
CALL protect_bank('bank_file', '', 'yq_batch');
CREATE INDEX bank_file_content ON bank_file (content_hash);

-- A file that stands in a cell of an answer. Its content is a stored_file of the customer where the row is about one (subject_id), else a bank_file; both by this id.
CREATE TABLE collection_file (
  id uuid PRIMARY KEY,
  form_id uuid NOT NULL REFERENCES collection_form,
  answer_id uuid NOT NULL REFERENCES collection_answer,
  cell text NOT NULL,
  subject_id uuid,
  stored_by int NOT NULL REFERENCES staff,
  stored_on date NOT NULL
);
COMMENT ON TABLE collection_file IS '{"owner":"forms","kind":"bank","secrecy":"NORMAL"}';
CALL protect_bank('collection_file', '', 'yq_batch');
CREATE INDEX collection_file_answer ON collection_file (answer_id);

-- A typed column that looks like a figure of the ledgers waits for the owner of the figure: who asked and who released stand in one row and are never the same person. reviewers: who may decide today, worked out anew each day.
CREATE TABLE collection_review (
  id uuid PRIMARY KEY,
  form_id uuid NOT NULL REFERENCES collection_form,
  form_number text COLLATE "C" NOT NULL,
  form_title text NOT NULL,
  form_why text NOT NULL,
  cell text NOT NULL,
  label text NOT NULL,
  figure text NOT NULL,
  figure_zh text NOT NULL,
  figure_en text NOT NULL,
  where_zh text NOT NULL,                                 -- the report that has it
  where_en text NOT NULL,
  owner text,                                             -- the department of the catalogue; null where the figure has none
  reviewers int[] NOT NULL,
  asked_by int NOT NULL REFERENCES staff,
  asked_on date NOT NULL,
  decision text CHECK (decision IN ('RELEASED', 'REFUSED')),
  decided_by int REFERENCES staff,
  decided_on date,
  reason text,
  withdrawn_on date,                                      -- the column was changed or left out before it was decided
  batch_id uuid,
  CHECK (decided_by <> asked_by),
  CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_on IS NULL) AND (decision IS NULL) = (reason IS NULL))
);
COMMENT ON TABLE collection_review IS '{"owner":"forms","kind":"bank","secrecy":"NORMAL"}';
ALTER TABLE collection_review ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON collection_review TO yq_self, yq_unit, yq_all;
GRANT SELECT, INSERT, UPDATE, DELETE ON collection_review TO yq_batch;
CREATE POLICY asker_read ON collection_review FOR SELECT TO yq_self, yq_unit, yq_all USING (asked_by = current_setting('app.me')::int);
CREATE POLICY decider_read ON collection_review FOR SELECT TO yq_self, yq_unit, yq_all USING (decided_by = current_setting('app.me')::int);
CREATE POLICY reviewer_read ON collection_review FOR SELECT TO yq_self, yq_unit, yq_all USING (reviewers @> ARRAY[current_setting('app.me')::int]);
CREATE POLICY batch_all ON collection_review FOR ALL TO yq_batch USING (true) WITH CHECK (true);
CREATE UNIQUE INDEX collection_review_one ON collection_review (form_id, cell) WHERE withdrawn_on IS NULL;
CREATE INDEX collection_review_waiting ON collection_review USING gin (reviewers) WHERE decision IS NULL AND withdrawn_on IS NULL;

-- ---------------------------------------------------------------------------------------------------------------------
-- What the catalogue of indicators calls its figures, and which department answers for each.
CREATE VIEW performance_indicator_name_facts WITH (security_invoker = true) AS
SELECT code, version, from_date, to_date, name, name_en, owner FROM indicator;
COMMENT ON VIEW performance_indicator_name_facts IS 'Names of the indicators and the department that answers for each, in force [from_date, to_date).';
GRANT SELECT ON performance_indicator_name_facts TO yq_self, yq_unit, yq_all, yq_engine, yq_batch;

-- What a customer's deposits are, for what is filled in when a form is sent out.
GRANT SELECT ON customers_deposit_facts TO yq_batch;

-- One line a person and form: who answers, or whom the head of the outlet named; who confirms, from the first hour; who collects when all is in, the day has passed, or nobody is there to confirm; who leads those who are late; who releases a column.
CREATE OR REPLACE VIEW forms_agenda_facts WITH (security_invoker = true) AS
SELECT a.staff_key, NULL::uuid AS customer_id, a.id, 'COLLECTION_FORM'::text AS kind, NULL::date AS opens_on, a.due_on, NULL::text AS due_time, CASE a.state WHEN 'RETURNED' THEN '退回补正：' ELSE '' END || f.title AS title_zh, CASE a.state WHEN 'RETURNED' THEN 'Returned: ' ELSE '' END || f.title AS title_en,
  NULL::bigint AS amount_fen, NULL::text AS currency, '/collection-answers/' || a.id AS address
FROM collection_answer a JOIN collection_form f ON f.id = a.form_id WHERE f.state = 'OPEN' AND a.state IN ('OPEN', 'RETURNED') AND a.filler_key IS NULL
UNION ALL
SELECT a.filler_key, NULL, a.id, 'COLLECTION_FORM', NULL, a.due_on, NULL, CASE a.state WHEN 'RETURNED' THEN '退回补正：' ELSE '' END || f.title, CASE a.state WHEN 'RETURNED' THEN 'Returned: ' ELSE '' END || f.title, NULL, NULL, '/collection-answers/' || a.id
FROM collection_answer a JOIN collection_form f ON f.id = a.form_id WHERE f.state = 'OPEN' AND a.state IN ('OPEN', 'RETURNED') AND a.filler_key IS NOT NULL
UNION ALL
SELECT a.confirmer_key, NULL, f.id, 'COLLECTION_CONFIRM', NULL, NULL, NULL, f.title || '：' || count(*) || ' 份待确认，' || to_char(f.due_on, 'MM-DD') || ' 截止', f.title || ': ' || count(*) || ' to confirm, due ' || to_char(f.due_on, 'MM-DD'), NULL, NULL, '/collection-forms/' || f.id || '?which=waiting'
FROM collection_answer a JOIN collection_form f ON f.id = a.form_id WHERE f.state = 'OPEN' AND f.confirms AND a.state = 'SUBMITTED' AND a.confirmed_on IS NULL AND a.confirmer_key IS NOT NULL GROUP BY a.confirmer_key, f.id, f.title, f.due_on
UNION ALL
SELECT f.collector_key, NULL, f.id, 'COLLECTION_MERGE', NULL, f.due_on, NULL, f.title || '：已收 ' || n.done || '/' || n.all_of || CASE WHEN n.waiting > 0 THEN '，待确认 ' || n.waiting ELSE '' END || CASE WHEN n.stuck > 0 THEN '，其中 ' || n.stuck || ' 份无人可确认' ELSE '' END, f.title || ': ' || n.done || ' of ' || n.all_of || CASE WHEN n.waiting > 0 THEN ', ' || n.waiting || ' to be confirmed' ELSE '' END || CASE WHEN n.stuck > 0 THEN ', ' || n.stuck || ' of them by nobody' ELSE '' END, NULL, NULL, '/collection-forms/' || f.id
FROM collection_form f CROSS JOIN bank b CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE a.state = 'SUBMITTED' AND (NOT f.confirms OR a.confirmed_on IS NOT NULL)) AS done, count(*) FILTER (WHERE a.state = 'SUBMITTED' AND f.confirms AND a.confirmed_on IS NULL) AS waiting,
    count(*) FILTER (WHERE a.state = 'SUBMITTED' AND f.confirms AND a.confirmed_on IS NULL AND a.confirmer_key IS NULL) AS stuck, count(*) AS all_of
  FROM collection_answer a WHERE a.form_id = f.id AND a.state <> 'ENDED') n
WHERE f.state = 'OPEN' AND (f.due_on <= b.business_date OR n.done = n.all_of OR n.stuck > 0)
UNION ALL
SELECT a.superior_key, NULL, f.id, 'COLLECTION_LATE', NULL, min(a.due_on), NULL, f.title || '：' || count(*) || CASE f.answers_for WHEN 'OUTLET' THEN ' 个网点未报' ELSE ' 人未报' END, f.title || ': ' || count(*) || CASE f.answers_for WHEN 'OUTLET' THEN ' outlets missing' ELSE ' missing' END, NULL, NULL, '/collection-forms/' || f.id
FROM collection_answer a JOIN collection_form f ON f.id = a.form_id WHERE f.state = 'OPEN' AND a.state IN ('OPEN', 'RETURNED') AND a.superior_key IS NOT NULL GROUP BY a.superior_key, f.id, f.title, f.answers_for
UNION ALL
SELECT k.staff_key, NULL, r.id, 'COLLECTION_REVIEW', NULL, NULL, NULL, '放行收表栏目：' || r.label || '（' || r.form_title || '）', 'Release a column: ' || r.label || ' (' || r.form_title || ')', NULL, NULL, '/collection-forms?tab=reviews'
FROM collection_review r CROSS JOIN LATERAL unnest(r.reviewers) k(staff_key) WHERE r.decision IS NULL AND r.withdrawn_on IS NULL;
COMMENT ON VIEW forms_agenda_facts IS '{"kinds":{"COLLECTION_FORM":{"zh":"收表","en":"Collection form","verb":"OPEN"},"COLLECTION_CONFIRM":{"zh":"收表待确认","en":"Forms to confirm","verb":"OPEN"},"COLLECTION_MERGE":{"zh":"收表汇总","en":"Merge a form","verb":"OPEN"},"COLLECTION_LATE":{"zh":"收表逾期","en":"Forms missing","verb":"OPEN"},"COLLECTION_REVIEW":{"zh":"收表栏目放行","en":"Columns to release","verb":"OPEN"}}}';

-- Reminders two days before, one day before and on the day; to the superior a day after; to who releases a column, that it waits, and to who asked, what became of it. Whatever the rows of the form are.
CREATE VIEW forms_notice_facts WITH (security_invoker = true) AS
SELECT coalesce(a.filler_key, a.staff_key) AS staff_key, 'FORM_DUE'::text AS kind, md5('FORM_DUE ' || a.id || (a.due_on - b.business_date))::uuid AS id, b.business_date AS day,
  '收表 ' || f.number || CASE a.due_on - b.business_date WHEN 2 THEN ' 后天截止' WHEN 1 THEN ' 明天截止' ELSE ' 今天截止' END AS title_zh, 'Form ' || f.number || CASE a.due_on - b.business_date WHEN 2 THEN ' is due in two days' WHEN 1 THEN ' is due tomorrow' ELSE ' is due today' END AS title_en,
  NULL::uuid AS customer_id, '/collection-answers/' || a.id AS address
FROM bank b JOIN collection_answer a ON a.due_on BETWEEN b.business_date AND b.business_date + 2 JOIN collection_form f ON f.id = a.form_id WHERE f.state = 'OPEN' AND a.state IN ('OPEN', 'RETURNED')
UNION ALL
SELECT a.superior_key, 'FORM_LATE', md5('FORM_LATE ' || a.id || a.superior_key)::uuid, a.due_on + 1, '收表 ' || f.number || ' 逾期未报：' || s.staff_name || CASE f.answers_for WHEN 'OUTLET' THEN '（网点）' ELSE '' END,
  'Form ' || f.number || ' is late: ' || s.staff_name, NULL, '/collection-forms/' || f.id
FROM collection_answer a JOIN collection_form f ON f.id = a.form_id JOIN organisation_staff_facts s ON s.staff_key = coalesce(a.filler_key, a.staff_key) WHERE f.state = 'OPEN' AND a.state IN ('OPEN', 'RETURNED') AND a.superior_key IS NOT NULL
UNION ALL
SELECT k.staff_key, 'FORM_RELEASE', md5('FORM_RELEASE ' || r.id || k.staff_key)::uuid, r.asked_on, '请放行收表 ' || r.form_number || ' 的栏目', 'Form ' || r.form_number || ' has a column for you to release', NULL, '/collection-forms?tab=reviews'
FROM collection_review r CROSS JOIN LATERAL unnest(r.reviewers) k(staff_key) WHERE r.decision IS NULL AND r.withdrawn_on IS NULL
UNION ALL
SELECT r.asked_by, 'FORM_REVIEW', md5('FORM_REVIEW ' || r.id)::uuid, r.decided_on, '收表 ' || r.form_number || CASE r.decision WHEN 'RELEASED' THEN ' 的栏目已放行' ELSE ' 的栏目未予放行' END, 'Form ' || r.form_number || CASE r.decision WHEN 'RELEASED' THEN ': a column was released' ELSE ': a column was not released' END, NULL, '/collection-forms/' || r.form_id
FROM collection_review r WHERE r.decision IS NOT NULL;
COMMENT ON VIEW forms_notice_facts IS '{"kinds":{"FORM_DUE":{"zh":"收表到期","en":"Form due"},"FORM_LATE":{"zh":"收表逾期","en":"Form late"},"FORM_RELEASE":{"zh":"收表栏目待放行","en":"Column to release"},"FORM_REVIEW":{"zh":"收表栏目放行","en":"Column of a form"}}}';
GRANT SELECT ON forms_notice_facts TO yq_batch;
