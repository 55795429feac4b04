-- Saved views of lists, tags, segments, planned contacts, exports that somebody else approves, imports that can be undone.

-- A view of a list: filters, order, columns and unit, never what was searched. Of any list (its name is that of the page). Mine, or shared with my line and everybody below it.
CREATE TABLE saved_view (
  id uuid PRIMARY KEY,
  list text NOT NULL,
  owner_key int NOT NULL REFERENCES staff,
  name text NOT NULL,
  state jsonb NOT NULL,                                   -- {"filters":[{"name","value"}],"sort","columns","unit"}
  shared boolean NOT NULL DEFAULT false,
  shared_path text COLLATE "C",                           -- the unit with which it is shared: everybody whose line lies in it
  shared_post text,                                       -- only people in this post; null: every post
  changed_at timestamptz NOT NULL DEFAULT now(),
  removed_on date,
  CHECK (shared = (shared_path IS NOT NULL)),
  CHECK (shared_post IS NULL OR shared)
);
COMMENT ON TABLE saved_view IS '{"owner":"foundation","kind":"bank","secrecy":"NORMAL"}';
CREATE INDEX saved_view_owner ON saved_view (owner_key, list) WHERE removed_on IS NULL;
CREATE INDEX saved_view_shared ON saved_view (list, shared_path) WHERE shared AND removed_on IS NULL;
ALTER TABLE saved_view ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON saved_view TO yq_self, yq_unit, yq_all;
CREATE POLICY own_all ON saved_view FOR ALL TO yq_self, yq_unit, yq_all USING (owner_key = current_setting('app.me')::int) WITH CHECK (owner_key = current_setting('app.me')::int);
CREATE POLICY shared_read ON saved_view FOR SELECT TO yq_self, yq_unit, yq_all USING (shared);

-- A tag is a word of a unit, in force from a day; the line above may use the words of the units below it no more than they may use each other's.
CREATE TABLE tag (
  id uuid PRIMARY KEY,
  unit_key int NOT NULL REFERENCES institution,
  word text NOT NULL CHECK (length(word) BETWEEN 1 AND 20),
  meaning text,
  from_date date NOT NULL,
  to_date date,
  made_by int NOT NULL REFERENCES staff,
  CHECK (to_date IS NULL OR to_date >= from_date)
);
COMMENT ON TABLE tag IS '{"owner":"customers","kind":"reference","secrecy":"NORMAL"}';
CREATE UNIQUE INDEX tag_word ON tag (unit_key, word) WHERE to_date IS NULL;
CALL protect_reference('tag');
GRANT INSERT, UPDATE ON tag TO yq_self, yq_unit, yq_all;
CREATE POLICY people_add ON tag FOR INSERT TO yq_self, yq_unit, yq_all WITH CHECK (made_by = current_setting('app.me')::int);
CREATE POLICY people_end ON tag FOR UPDATE TO yq_self, yq_unit, yq_all USING (made_by = current_setting('app.me')::int);

CREATE TABLE customer_tag (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  tag_id uuid NOT NULL REFERENCES tag,
  from_date date NOT NULL,
  to_date date,
  tagged_by int NOT NULL REFERENCES staff,
  ended_by int REFERENCES staff,
  batch_id uuid,
  PRIMARY KEY (customer_id, id),
  CHECK (to_date IS NULL OR to_date >= from_date)
);
COMMENT ON TABLE customer_tag IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL"}';
CREATE UNIQUE INDEX customer_tag_once ON customer_tag (customer_id, tag_id) WHERE to_date IS NULL;
CREATE INDEX customer_tag_tag ON customer_tag (tag_id, customer_id) WHERE to_date IS NULL;
CALL protect_owned('customer_tag');

-- A segment is a question, asked anew whenever it is opened: conditions as data, checked by a schema, never text of a statement.
CREATE TABLE segment (
  id uuid PRIMARY KEY,
  owner_key int NOT NULL REFERENCES staff,
  name text NOT NULL,
  about text,
  definition jsonb NOT NULL,
  shared boolean NOT NULL DEFAULT false,
  shared_path text COLLATE "C",
  shared_post text,
  changed_at timestamptz NOT NULL DEFAULT now(),
  removed_on date,
  CHECK (shared = (shared_path IS NOT NULL)),
  CHECK (shared_post IS NULL OR shared)
);
COMMENT ON TABLE segment IS '{"owner":"customers","kind":"bank","secrecy":"NORMAL"}';
CREATE INDEX segment_owner ON segment (owner_key) WHERE removed_on IS NULL;
CREATE INDEX segment_shared ON segment (shared_path) WHERE shared AND removed_on IS NULL;
ALTER TABLE segment ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON segment TO yq_self, yq_unit, yq_all;
CREATE POLICY own_all ON segment FOR ALL TO yq_self, yq_unit, yq_all USING (owner_key = current_setting('app.me')::int) WITH CHECK (owner_key = current_setting('app.me')::int);
CREATE POLICY shared_read ON segment FOR SELECT TO yq_self, yq_unit, yq_all USING (shared);

-- The next contact that somebody means to have: a later one takes its place, an effective contact from that day on answers it.
CREATE TABLE planned_contact (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  staff_key int NOT NULL REFERENCES staff,
  planned_on date NOT NULL,
  subject text NOT NULL,
  made_by int NOT NULL REFERENCES staff,
  made_on date NOT NULL,
  ended_on date,
  batch_id uuid,
  PRIMARY KEY (customer_id, id)
);
COMMENT ON TABLE planned_contact IS '{"owner":"contact-plan","kind":"owned","secrecy":"NORMAL"}';
CREATE UNIQUE INDEX planned_contact_open ON planned_contact (customer_id, staff_key) WHERE ended_on IS NULL;
CREATE INDEX planned_contact_staff ON planned_contact (staff_key, planned_on) WHERE ended_on IS NULL;
CALL protect_owned('planned_contact');
GRANT SELECT ON planned_contact TO yq_self, yq_unit, yq_all;
CREATE POLICY own_read ON planned_contact FOR SELECT TO yq_self, yq_unit, yq_all USING (staff_key = current_setting('app.me')::int);
CREATE VIEW contact_plan_planned_facts WITH (security_invoker = true) AS
SELECT customer_id, id AS planned_id, staff_key, planned_on, subject, made_on FROM planned_contact WHERE ended_on IS NULL;
COMMENT ON VIEW contact_plan_planned_facts IS 'The next contact that a person plans with a customer, one per customer and person.';
GRANT SELECT ON contact_plan_planned_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_engine, yq_batch;

-- An export above the free number of rows waits for somebody who leads the asker's line. The file is made at the approval and fetched once within days.
CREATE TABLE customer_export (
  id uuid PRIMARY KEY,
  asked_by int NOT NULL REFERENCES staff,
  asked_post int NOT NULL,
  asked_path text COLLATE "C" NOT NULL,                   -- the asker's line: who leads it may approve
  asked_on date NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT now(),
  purpose text NOT NULL,
  filters jsonb NOT NULL,
  told jsonb NOT NULL,                                    -- the filter in words: {"zh","en"}
  conditions jsonb,                                       -- the segment as it was when it was asked for
  row_count int NOT NULL CHECK (row_count > 0),
  person_count int NOT NULL,
  data_class text NOT NULL CHECK (data_class IN ('GENERAL_SENSITIVE')),   -- IMPORTANT is refused, CORE is never stored
  policy_version text NOT NULL,
  decided_by int REFERENCES staff,
  decided_on date,
  decision text CHECK (decision IN ('APPROVED', 'DECLINED')),
  decision_reason text,
  made_rows int,
  fetch_until date,
  fetched_at timestamptz,
  withdrawn_on date,
  CHECK (decided_by <> asked_by),
  CHECK ((decided_by IS NULL) = (decision IS NULL)),
  CHECK (decision <> 'DECLINED' OR decision_reason IS NOT NULL),
  CHECK (decision <> 'APPROVED' OR (fetch_until IS NOT NULL AND made_rows IS NOT NULL)),
  CHECK (withdrawn_on IS NULL OR decided_by IS NULL)
);
COMMENT ON TABLE customer_export IS '{"owner":"customers","kind":"bank","secrecy":"NORMAL"}';
CREATE INDEX customer_export_asker ON customer_export (asked_by, asked_at DESC);
CREATE INDEX customer_export_path ON customer_export (asked_path, asked_at DESC);
ALTER TABLE customer_export ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON customer_export TO yq_self, yq_unit, yq_all;
CREATE POLICY own_read ON customer_export FOR SELECT TO yq_self, yq_unit, yq_all USING (asked_by = current_setting('app.me')::int);
CREATE POLICY own_add ON customer_export FOR INSERT TO yq_self, yq_unit, yq_all WITH CHECK (asked_by = current_setting('app.me')::int);
CREATE POLICY own_change ON customer_export FOR UPDATE TO yq_self, yq_unit, yq_all USING (asked_by = current_setting('app.me')::int);
CREATE POLICY unit_read ON customer_export FOR SELECT TO yq_unit USING (asked_path >= current_setting('app.lo') AND asked_path < current_setting('app.hi'));
CREATE POLICY unit_change ON customer_export FOR UPDATE TO yq_unit USING (asked_path >= current_setting('app.lo') AND asked_path < current_setting('app.hi'));
CREATE POLICY all_read ON customer_export FOR SELECT TO yq_all USING (true);
CREATE POLICY all_change ON customer_export FOR UPDATE TO yq_all USING (true);
GRANT SELECT ON customer_export TO yq_batch;
CREATE POLICY batch_read ON customer_export FOR SELECT TO yq_batch USING (true);

-- The file itself, sealed by the master key until it is fetched or its days are over.
CREATE TABLE customer_export_file (
  export_id uuid PRIMARY KEY REFERENCES customer_export,
  content_sealed bytea NOT NULL
);
COMMENT ON TABLE customer_export_file IS '{"owner":"customers","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('customer_export_file', '', 'yq_batch');

-- A workbook of customers: checked and previewed, then run, then undone within days or kept.
CREATE TABLE customer_import (
  id uuid PRIMARY KEY,
  made_by int NOT NULL REFERENCES staff,
  made_on date NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  file_name text NOT NULL,
  content_hash bytea NOT NULL,
  rows_new int NOT NULL,
  rows_update int NOT NULL,
  rows_same int NOT NULL,
  rows_rejected int NOT NULL,
  policy_version text NOT NULL,
  ran_on date,
  ran_at timestamptz,                                     -- what was written then bears this moment: a customer that bears another was touched since
  undo_until date,
  undone_on date,
  undo_kept int,                                          -- rows that could not be undone: something happened to the customer since
  CHECK ((ran_on IS NULL) = (undo_until IS NULL)),
  CHECK (undone_on IS NULL OR ran_on IS NOT NULL)
);
COMMENT ON TABLE customer_import IS '{"owner":"customers","kind":"bank","secrecy":"NORMAL"}';
CREATE INDEX customer_import_maker ON customer_import (made_by, made_at DESC);
ALTER TABLE customer_import ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON customer_import TO yq_self, yq_unit, yq_all, yq_batch;
CREATE POLICY own_all ON customer_import FOR ALL TO yq_self, yq_unit, yq_all USING (made_by = current_setting('app.me')::int) WITH CHECK (made_by = current_setting('app.me')::int);
CREATE POLICY batch_all ON customer_import FOR ALL TO yq_batch USING (true) WITH CHECK (true);

-- Its rows until the days of undoing are over. Numbers stand here only sealed, and those of a rejected row not at all.
CREATE TABLE customer_import_row (
  import_id uuid NOT NULL REFERENCES customer_import,
  row_no int NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('NEW', 'UPDATE', 'SAME', 'REJECT')),
  customer_id uuid,
  reasons jsonb NOT NULL DEFAULT '[]',                    -- of a rejected row: [{"column","reason","details","value"}]
  name text,
  given jsonb NOT NULL DEFAULT '{}',                      -- what is written, by column of the tables
  before jsonb,                                           -- what an update replaced
  identity_kind text,
  identity_hash bytea,
  identity_sealed bytea,
  identity_checked boolean,
  identity_expires_on date,
  phone_hash bytea,
  phone_tail_hash bytea,
  phone_sealed bytea,
  undone boolean NOT NULL DEFAULT false,
  PRIMARY KEY (import_id, row_no)
);
COMMENT ON TABLE customer_import_row IS '{"owner":"customers","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CREATE INDEX customer_import_row_customer ON customer_import_row (customer_id);
CALL protect_bank('customer_import_row', '', 'yq_batch');

-- Everything that a customer holds of a product, in one shape: accounts, loans, cards.
CREATE VIEW holdings_held_facts WITH (security_invoker = true) AS
SELECT a.customer_id, a.product_code, p.line, a.opened_on AS from_date, a.closed_on AS to_date FROM account a JOIN product p ON p.code = a.product_code
UNION ALL
SELECT l.customer_id, l.product_code, p.line, l.paid_out_on, l.settled_on FROM loan l JOIN product p ON p.code = l.product_code
UNION ALL
SELECT k.customer_id, k.product_code, p.line, k.issued_on, NULL FROM card k JOIN product p ON p.code = k.product_code;
COMMENT ON VIEW holdings_held_facts IS 'What a customer holds of which product in [from_date, to_date): accounts, loans, cards.';
GRANT SELECT ON holdings_held_facts TO yq_opened, yq_engine, yq_batch;

CREATE VIEW customers_tags_timeline_facts WITH (security_invoker = true) AS
SELECT t.customer_id, t.id, t.from_date AS day, NULL::timestamptz AS at, 'TAG'::text AS kind, '标签：' || g.word AS title_zh, 'Tag: ' || g.word AS title_en, NULL::text AS note, NULL::bigint AS amount_fen, NULL::text AS currency, t.tagged_by AS person_key,
  '/customers/' || t.customer_id || '?tab=file' AS address FROM customer_tag t JOIN tag g ON g.id = t.tag_id
UNION ALL
SELECT t.customer_id, t.id, t.to_date, NULL, 'TAG', '取消标签：' || g.word, 'Tag taken off: ' || g.word, NULL, NULL, NULL, t.ended_by, '/customers/' || t.customer_id || '?tab=file'
FROM customer_tag t JOIN tag g ON g.id = t.tag_id WHERE t.to_date IS NOT NULL;
COMMENT ON VIEW customers_tags_timeline_facts IS '{"kinds":{"TAG":{"zh":"标签","en":"Tags"}}}';
CREATE VIEW contact_plan_timeline_facts WITH (security_invoker = true) AS
SELECT customer_id, id, planned_on AS day, NULL::timestamptz AS at, 'PLANNED_CONTACT'::text AS kind, '计划联系' AS title_zh, 'Planned contact' AS title_en, subject AS note, NULL::bigint AS amount_fen, NULL::text AS currency, staff_key AS person_key,
  NULL::text AS address FROM planned_contact WHERE ended_on IS NULL;
COMMENT ON VIEW contact_plan_timeline_facts IS '{"kinds":{"PLANNED_CONTACT":{"zh":"计划联系","en":"Planned contacts"}}}';
GRANT SELECT ON customers_tags_timeline_facts, contact_plan_timeline_facts TO yq_opened;
