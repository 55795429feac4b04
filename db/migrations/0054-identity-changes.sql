-- Who a customer is, is changed by two persons: the name, a document's kind and number, the legal representative. A request bears its proof and reason and waits; while it waits the old value holds. What the core
-- system delivers needs no second person. A row is decided once and then only read.
CREATE TABLE identity_change (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  field text NOT NULL CHECK (field IN ('NAME', 'IDENTITY', 'LEGAL_REPRESENTATIVE')),
  state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'CONFIRMED', 'RETURNED', 'WITHDRAWN', 'OVERTAKEN')), -- OVERTAKEN: a delivery said the same, or a merge made it void
  old_text text,                                         -- the name as it was when it was asked; of a document its kind
  new_text text NOT NULL,                                -- the name that is asked for; of a document its kind
  document_id uuid,                                      -- IDENTITY: the document
  old_hash bytea,                                        -- IDENTITY: its number as it was
  old_tail text,
  id_kind text,                                          -- LEGAL_REPRESENTATIVE: kind of the person's document, when it is told
  number_cipher bytea,                                   -- the number that is asked for: of the document, of the representative
  number_hash bytea,
  number_tail text,
  number_checked boolean,
  expires_on date,                                       -- of the new document; null: without end
  proof text NOT NULL,                                   -- the paper that proves it, as it is called
  file_id uuid,                                          -- its scan
  reason text NOT NULL,
  other_seen boolean NOT NULL DEFAULT false,             -- the maker saw that the name exists and that it is another one
  proposed_by int NOT NULL REFERENCES staff,
  proposed_on date NOT NULL,
  proposed_post text NOT NULL,                           -- of a head's own request the head above is told
  decided_by int REFERENCES staff,
  decided_on date,                                       -- when it was confirmed, returned, withdrawn or overtaken
  decision_note text,
  batch_id uuid,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, file_id) REFERENCES stored_file,
  CHECK (decided_by <> proposed_by),
  CHECK ((state IN ('CONFIRMED', 'RETURNED')) = (decided_by IS NOT NULL)),
  CHECK ((state = 'OPEN') = (decided_on IS NULL)),
  CHECK ((field = 'IDENTITY') = (document_id IS NOT NULL)),
  CHECK (field <> 'IDENTITY' OR (number_hash IS NOT NULL AND number_checked IS NOT NULL AND old_hash IS NOT NULL)),
  CHECK ((number_cipher IS NULL) = (number_hash IS NULL)),
  CHECK (field <> 'LEGAL_REPRESENTATIVE' OR (number_hash IS NULL) = (id_kind IS NULL))
);
COMMENT ON TABLE identity_change IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["old_text","new_text","old_tail","number_tail","proof","reason","decision_note"],"cipher":["number_cipher"]}';
CALL protect_owned('identity_change');
CALL protect_listed('identity_change');
CREATE UNIQUE INDEX identity_change_open ON identity_change (customer_id, field) WHERE state = 'OPEN';
CREATE INDEX identity_change_scope ON identity_change (scope_path, proposed_on);
CREATE INDEX identity_change_viewers ON identity_change USING gin (viewers);
CREATE INDEX identity_change_batch ON identity_change (batch_id) WHERE batch_id IS NOT NULL;

-- A workbook of customers fills the whole file: its rows bear the import, so that it can be taken back.
ALTER TABLE corporate_file ADD COLUMN batch_id uuid;
ALTER TABLE person_file ADD COLUMN batch_id uuid;
ALTER TABLE customer_file ADD COLUMN batch_id uuid;

-- What waits stands on the agenda of whoever may decide: the leads of the customer's line; of a head's own request the head of the branch. Never of the maker.
CREATE VIEW customers_agenda_facts WITH (security_invoker = true) AS
SELECT DISTINCT p.staff_key, i.customer_id, i.id, 'IDENTITY_CHANGE'::text AS kind, NULL::date AS opens_on, NULL::date AS due_on, NULL::text AS due_time,
  '复核身份变更：' || CASE i.field WHEN 'NAME' THEN '名称' WHEN 'IDENTITY' THEN '证件' ELSE '法定代表人' END AS title_zh,
  'Check a change of identity: ' || CASE i.field WHEN 'NAME' THEN 'name' WHEN 'IDENTITY' THEN 'document' ELSE 'legal representative' END AS title_en,
  NULL::bigint AS amount_fen, NULL::text AS currency, '/identity-changes' AS address
FROM identity_change i CROSS JOIN bank k
JOIN organisation_post_facts p ON (p.post_code IN ('TEAM_LEAD', 'OUTLET_HEAD') OR (p.post_code = 'BRANCH_HEAD' AND i.proposed_post = 'OUTLET_HEAD'))
  AND p.from_date <= k.business_date AND (p.to_date IS NULL OR p.to_date > k.business_date) AND i.scope_path >= p.line_path AND i.scope_path < p.line_path || '/'
WHERE i.state = 'OPEN' AND p.staff_key <> i.proposed_by;
COMMENT ON VIEW customers_agenda_facts IS '{"kinds":{"IDENTITY_CHANGE":{"zh":"身份变更","en":"Identity","verb":"OPEN"}}}';
GRANT SELECT ON customers_agenda_facts TO yq_self, yq_unit, yq_all;

CREATE VIEW customers_identity_timeline_facts WITH (security_invoker = true) AS
SELECT customer_id, id, proposed_on AS day, NULL::timestamptz AS at, 'IDENTITY_CHANGE'::text AS kind,
  '申请变更' || CASE field WHEN 'NAME' THEN '名称' WHEN 'IDENTITY' THEN '证件' ELSE '法定代表人' END AS title_zh,
  'Change asked for: ' || CASE field WHEN 'NAME' THEN 'name' WHEN 'IDENTITY' THEN 'document' ELSE 'legal representative' END AS title_en,
  reason AS note, NULL::bigint AS amount_fen, NULL::text AS currency, proposed_by AS person_key, '/customers/' || customer_id || '?tab=file' AS address FROM identity_change
UNION ALL
SELECT customer_id, id, decided_on, NULL, 'IDENTITY_CHANGE',
  CASE state WHEN 'CONFIRMED' THEN '同意变更' WHEN 'RETURNED' THEN '退回变更' WHEN 'WITHDRAWN' THEN '撤回变更申请' ELSE '变更申请自动终止' END || CASE field WHEN 'NAME' THEN '名称' WHEN 'IDENTITY' THEN '证件' ELSE '法定代表人' END,
  CASE state WHEN 'CONFIRMED' THEN 'Change confirmed: ' WHEN 'RETURNED' THEN 'Change returned: ' WHEN 'WITHDRAWN' THEN 'Change withdrawn: ' ELSE 'Change overtaken: ' END || CASE field WHEN 'NAME' THEN 'name' WHEN 'IDENTITY' THEN 'document' ELSE 'legal representative' END,
  decision_note, NULL, NULL, CASE WHEN state = 'WITHDRAWN' THEN proposed_by ELSE decided_by END, '/customers/' || customer_id || '?tab=file' FROM identity_change WHERE state <> 'OPEN';
COMMENT ON VIEW customers_identity_timeline_facts IS '{"kinds":{"IDENTITY_CHANGE":{"zh":"身份变更","en":"Identity changes"}}}';
GRANT SELECT ON customers_identity_timeline_facts TO yq_opened;
