-- The maintenance record whole (优质客户维护记录表, 2.5): its number, who was there, what changed, signs of risk, the supervisor's check mark; promises; photos with their prints.

ALTER TABLE contact ADD COLUMN number text COLLATE "C";                    -- WH2026-000123; records from before have none
ALTER TABLE contact ADD COLUMN their_people text[] NOT NULL DEFAULT '{}';  -- who else was there on the customer's side
ALTER TABLE contact ADD COLUMN changed_operations text;                    -- changes noticed
ALTER TABLE contact ADD COLUMN changed_people text;
ALTER TABLE contact ADD COLUMN changed_finance text;
ALTER TABLE contact ADD COLUMN changed_funds text;
ALTER TABLE contact ADD COLUMN risk_signals text[] NOT NULL DEFAULT '{}'
  CHECK (risk_signals <@ ARRAY['PRODUCTION', 'ORDERS', 'INVENTORY', 'RECEIVABLES', 'ARREARS', 'LITIGATION', 'CONTROLLER', 'STAFF', 'FUND_FLOW', 'COLLATERAL', 'ENVIRONMENT', 'OTHER']);
ALTER TABLE contact ADD COLUMN risk_note text;
ALTER TABLE contact ADD COLUMN like_customer_id uuid;                      -- an earlier record whose text is nearly the same, and how nearly
ALTER TABLE contact ADD COLUMN like_id uuid;
ALTER TABLE contact ADD COLUMN like_percent int CHECK (like_percent BETWEEN 1 AND 100);
ALTER TABLE contact ADD COLUMN checked_by int REFERENCES staff;
ALTER TABLE contact ADD COLUMN checked_on date;
ALTER TABLE contact ADD COLUMN kept_at timestamptz;                        -- written on a device without connection at this moment, by its own clock
ALTER TABLE contact ADD CHECK (checked_by IS NULL OR checked_by <> staff_key);
ALTER TABLE contact ADD CHECK ((checked_by IS NULL) = (checked_on IS NULL));
ALTER TABLE contact ADD CHECK ((like_id IS NULL) = (like_percent IS NULL) AND (like_id IS NULL) = (like_customer_id IS NULL));
COMMENT ON TABLE contact IS '{"owner":"visits","kind":"owned","secrecy":"NORMAL","personal":["summary","contact_person","next_action","their_people","changed_operations","changed_people","changed_finance","changed_funds","risk_note"],"skip":["scope_path","viewers"]}';
CREATE UNIQUE INDEX contact_number ON contact (number) WHERE number IS NOT NULL;

-- What was promised in a contact, by us or by the customer, and by when. It stands on the day of its owner, and passes on with a hand-over while the record stays whose it was.
CREATE TABLE contact_promise (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  contact_id uuid NOT NULL,
  side text NOT NULL CHECK (side IN ('OURS', 'THEIRS')),
  what text NOT NULL,
  due_on date NOT NULL,
  owner_key int NOT NULL REFERENCES staff,                -- who sees to it, today
  promised_on date NOT NULL,
  state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'KEPT', 'DROPPED', 'VOID')),
  ended_on date,
  ended_by int REFERENCES staff,
  end_note text,
  first_due_on date NOT NULL,                             -- as first promised; due_on may have been put off
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, contact_id) REFERENCES contact,
  CHECK (due_on >= promised_on),
  CHECK ((state = 'OPEN') = (ended_on IS NULL) AND (ended_on IS NULL) = (ended_by IS NULL))
) WITH (fillfactor = 90);
COMMENT ON TABLE contact_promise IS '{"owner":"visits","kind":"owned","secrecy":"NORMAL","personal":["what","end_note"],"skip":["scope_path","viewers"]}';
CALL protect_owned('contact_promise');
CALL protect_listed('contact_promise');
CREATE INDEX contact_promise_of ON contact_promise (customer_id, contact_id);
CREATE INDEX contact_promise_owner ON contact_promise (owner_key, due_on) WHERE state = 'OPEN';
CREATE INDEX contact_promise_scope ON contact_promise (scope_path, due_on) WHERE state = 'OPEN';
CREATE INDEX contact_promise_viewers ON contact_promise USING gin (viewers) WHERE state = 'OPEN';

CREATE VIEW visits_promise_facts WITH (security_invoker = true) AS
SELECT customer_id, id AS promise_id, contact_id, side, what, due_on, owner_key, promised_on, state, ended_on, ended_by, scope_path, viewers FROM contact_promise WHERE state <> 'VOID';
COMMENT ON VIEW visits_promise_facts IS 'Promises of contacts that were not voided: side = OURS or THEIRS; owner_key = who sees to it today; state OPEN, KEPT, DROPPED; due_on as it stands now.';
GRANT SELECT ON visits_promise_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_engine, yq_batch;

-- Photos of a contact. The place is coarse (about a kilometre), and only where the policy of the bank and the customer's consent allow it.
CREATE TABLE contact_photo (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  contact_id uuid NOT NULL,
  file_id uuid NOT NULL,
  taken_at timestamptz,                                   -- as the camera says
  taken_from text NOT NULL CHECK (taken_from IN ('CAMERA', 'DEVICE', 'NONE')),
  latitude numeric(5, 2) CHECK (latitude BETWEEN -90 AND 90),
  longitude numeric(5, 2) CHECK (longitude BETWEEN -180 AND 180),
  accuracy_m int CHECK (accuracy_m BETWEEN 1 AND 100000),
  width int NOT NULL,
  height int NOT NULL,
  used_before text NOT NULL CHECK (used_before IN ('NO', 'SAME_CUSTOMER', 'ELSEWHERE')),
  added_by int NOT NULL REFERENCES staff,
  added_on date NOT NULL,
  removed_on date,
  removed_by int REFERENCES staff,
  remove_reason text,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, contact_id) REFERENCES contact,
  FOREIGN KEY (customer_id, file_id) REFERENCES stored_file,
  CHECK ((latitude IS NULL) = (longitude IS NULL)),
  CHECK ((removed_on IS NULL) = (remove_reason IS NULL) AND (removed_on IS NULL) = (removed_by IS NULL))
);
COMMENT ON TABLE contact_photo IS '{"owner":"visits","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('contact_photo');
CREATE INDEX contact_photo_of ON contact_photo (customer_id, contact_id);

-- What a photo looks like, so that it is found again when compressed anew, cropped or brightened (photo-print.rules.ts). Read by the engine over the whole bank; it tells nobody what is on it.
CREATE TABLE photo_print (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,                                       -- that of the photo
  contact_id uuid NOT NULL,
  prints bigint[] NOT NULL,                               -- of the whole and of its windows
  bands int[] NOT NULL,                                   -- pieces of the prints by which candidates are found
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, id) REFERENCES contact_photo
);
COMMENT ON TABLE photo_print IS '{"owner":"visits","kind":"owned","secrecy":"NORMAL","journal":"none"}';
CALL protect_owned('photo_print');
CREATE INDEX photo_print_bands ON photo_print USING gin (bands);

-- Promises go along with a hand-over.
CREATE VIEW visits_promises_handover_facts WITH (security_invoker = true) AS
SELECT customer_id, owner_key AS staff_key, 'PROMISE'::text AS kind, id AS object_id, what, due_on, NULL::bigint AS amount_fen, NULL::date AS until_date, '/customers/' || customer_id || '/contacts/' || contact_id AS address
FROM contact_promise WHERE state = 'OPEN';
COMMENT ON VIEW visits_promises_handover_facts IS '{"kinds":{"PROMISE":{"zh":"承诺","en":"Promises"}}}';
GRANT SELECT ON visits_promises_handover_facts TO yq_engine, yq_batch;

-- They stand on the day of their owner (0048): opened at the record, where they are kept, put off or dropped.
CREATE VIEW visits_promises_agenda_facts WITH (security_invoker = true) AS
SELECT owner_key AS staff_key, customer_id, id, 'CONTACT_PROMISE'::text AS kind, NULL::date AS opens_on, due_on, NULL::text AS due_time, CASE side WHEN 'THEIRS' THEN '客户承诺：' ELSE '' END || what AS title_zh, CASE side WHEN 'THEIRS' THEN 'Promised to us: ' ELSE '' END || what AS title_en,
  NULL::bigint AS amount_fen, NULL::text AS currency, '/customers/' || customer_id || '/contacts/' || contact_id AS address
FROM contact_promise WHERE state = 'OPEN';
COMMENT ON VIEW visits_promises_agenda_facts IS '{"kinds":{"CONTACT_PROMISE":{"zh":"承诺","en":"Promise","verb":"OPEN"}}}';
GRANT SELECT ON visits_promises_agenda_facts TO yq_self, yq_unit, yq_all;
