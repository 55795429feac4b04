-- Messages to customers (domain specification 9, D-13): templates that a second person confirms, greetings of a manager to his own customers, the outbox with every attempt and receipt.

CREATE TABLE message_template (
  id uuid PRIMARY KEY,
  code text COLLATE "C" NOT NULL,                         -- the same code: a later version; the newest confirmed counts
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('FESTIVAL', 'BIRTHDAY')),
  festival text,
  channel text NOT NULL CHECK (channel IN ('SMS', 'EMAIL')),
  subject text,                                           -- of an e-mail
  content text NOT NULL,                                  -- with places: {客户} {客户经理} {银行}
  platform_code text,                                     -- the template's number at the SMS platform
  from_date date NOT NULL,
  entered_by int NOT NULL REFERENCES staff,
  entered_on date NOT NULL,
  confirmed_by int REFERENCES staff,
  confirmed_on date,
  confirmed_at timestamptz,
  returned_by int REFERENCES staff,
  returned_on date,
  return_reason text,
  CHECK ((kind = 'FESTIVAL') = (festival IS NOT NULL)),
  CHECK ((channel = 'EMAIL') = (subject IS NOT NULL)),
  CHECK (confirmed_by <> entered_by),
  CHECK (returned_by <> entered_by),
  CHECK (confirmed_by IS NULL OR returned_by IS NULL),
  CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
  CHECK ((returned_by IS NULL) = (return_reason IS NULL))
);
COMMENT ON TABLE message_template IS '{"owner":"messages","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('message_template');
CREATE INDEX message_template_code ON message_template (code, confirmed_at DESC);

-- When nobody is disturbed, how many messages one customer gets in 30 days, how often a failed one is tried. Dated.
CREATE TABLE message_policy (
  from_date date PRIMARY KEY,
  version text NOT NULL,
  quiet_from text COLLATE "C" NOT NULL,
  quiet_to text COLLATE "C" NOT NULL,
  most_in_30_days int NOT NULL CHECK (most_in_30_days > 0),
  tries int NOT NULL CHECK (tries > 0)
);
COMMENT ON TABLE message_policy IS '{"owner":"messages","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('message_policy');
INSERT INTO message_policy (from_date, version, quiet_from, quiet_to, most_in_30_days, tries) VALUES ('1900-01-01', '1', '20:00', '09:00', 4, 6);

-- What a manager sends at once. Without a line of his own the confirmed template is all the text there is; with one, somebody who leads his line approves it first.
CREATE TABLE message_batch (
  id uuid PRIMARY KEY,
  template_id uuid NOT NULL REFERENCES message_template,
  staff_key int NOT NULL REFERENCES staff,
  occasion text COLLATE "C" NOT NULL,                     -- NEW_YEAR 2027, BIRTHDAY 2026-11-23
  own_line text,
  send_on date NOT NULL,
  policy_version text NOT NULL,
  state text NOT NULL CHECK (state IN ('PROPOSED', 'APPROVED', 'RETURNED')),
  entered_on date NOT NULL,
  decided_by int REFERENCES staff,
  decided_on date,
  return_reason text,
  scope_path text COLLATE "C" NOT NULL,                   -- the sender's line
  viewers int[] NOT NULL,
  CHECK (decided_by <> staff_key),
  CHECK (state <> 'APPROVED' OR own_line IS NULL OR decided_by IS NOT NULL),
  CHECK ((state = 'RETURNED') = (return_reason IS NOT NULL))
);
COMMENT ON TABLE message_batch IS '{"owner":"messages","kind":"bank","secrecy":"NORMAL","skip":["scope_path","viewers"]}';
ALTER TABLE message_batch ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON message_batch TO yq_batch;
CREATE POLICY batch_all ON message_batch FOR ALL TO yq_batch USING (true) WITH CHECK (true);
CALL protect_listed('message_batch');
CREATE INDEX message_batch_staff ON message_batch (staff_key, entered_on);
CREATE INDEX message_batch_open ON message_batch (scope_path) WHERE state = 'PROPOSED';

-- The outbox. It holds neither number nor text: the number is decrypted and the text is made when it is sent. Listed by the sender's line; the customer's name is read under the customer's own policy.
CREATE TABLE message (
  id uuid PRIMARY KEY,                                    -- told to the peer: what was sent once is not sent twice
  batch_id uuid NOT NULL REFERENCES message_batch,
  customer_id uuid NOT NULL,
  staff_key int NOT NULL REFERENCES staff,
  channel text NOT NULL CHECK (channel IN ('SMS', 'EMAIL')),
  occasion text COLLATE "C" NOT NULL,
  send_on date NOT NULL,
  until_day date NOT NULL,                                -- after it the greeting would be late: not sent
  from_time text COLLATE "C" NOT NULL,
  to_time text COLLATE "C" NOT NULL,
  state text NOT NULL CHECK (state IN ('WAITING', 'SENDING', 'ACCEPTED', 'DELIVERED', 'UNCERTAIN', 'FAILED', 'WITHDRAWN')),
  tries int NOT NULL DEFAULT 0,
  next_at timestamptz,
  reason text COLLATE "C",                                -- why it failed or was withdrawn
  sent_at timestamptz,
  delivered_at timestamptz,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL,
  CHECK (until_day >= send_on),
  CHECK (state NOT IN ('UNCERTAIN', 'FAILED', 'WITHDRAWN') OR reason IS NOT NULL)
);
COMMENT ON TABLE message IS '{"owner":"messages","kind":"bank","secrecy":"NORMAL","skip":["scope_path","viewers"],"follows":["customer_id"]}';
ALTER TABLE message ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON message TO yq_batch;
CREATE POLICY batch_all ON message FOR ALL TO yq_batch USING (true) WITH CHECK (true);
CALL protect_listed('message');
CREATE INDEX message_viewers ON message USING gin (viewers);
CREATE INDEX message_scope ON message (scope_path, id);
CREATE INDEX message_customer ON message (customer_id, occasion);
CREATE INDEX message_batch_rows ON message (batch_id);
CREATE INDEX message_due ON message (send_on) WHERE state IN ('WAITING', 'SENDING');

CREATE TABLE message_attempt (
  message_id uuid NOT NULL REFERENCES message,
  number int NOT NULL CHECK (number > 0),
  begun_at timestamptz NOT NULL,
  ended_at timestamptz,                                   -- null: in work, or the process was killed meanwhile
  result text COLLATE "C",
  peer_code text,
  provider_id text COLLATE "C",                           -- the number that the peer gave it
  text_hash bytea NOT NULL,                               -- SHA-256 of what was sent
  PRIMARY KEY (message_id, number),
  CHECK ((ended_at IS NULL) = (result IS NULL))
);
COMMENT ON TABLE message_attempt IS '{"owner":"messages","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('message_attempt', '', 'yq_batch');

CREATE TABLE message_receipt (
  message_id uuid NOT NULL REFERENCES message,
  provider_id text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL CHECK (status IN ('DELIVERED', 'FAILED')),
  peer_code text NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (message_id, provider_id, status)
);
COMMENT ON TABLE message_receipt IS '{"owner":"messages","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('message_receipt', '', 'yq_batch');

-- Where a customer is reached: sealed, for the sender alone. The first by id is taken; an e-mail address is that of the main person.
CREATE VIEW customers_address_facts WITH (security_invoker = true) AS
SELECT customer_id, id AS address_id, 'SMS'::text AS channel, 0 AS place, number_cipher AS cipher FROM phone
UNION ALL
SELECT customer_id, id, 'EMAIL', CASE WHEN is_main THEN 0 ELSE 1 END, mail_cipher FROM contact_person WHERE mail_cipher IS NOT NULL AND ended_on IS NULL;
COMMENT ON VIEW customers_address_facts IS 'Mobile numbers and e-mail addresses under the customer''s key: channel SMS or EMAIL; the one of the lowest place and id is used. Batches only.';
GRANT SELECT ON customers_address_facts TO yq_batch;

CREATE VIEW messages_timeline_facts WITH (security_invoker = true) AS
SELECT m.customer_id, m.id, (m.sent_at AT TIME ZONE 'Asia/Shanghai')::date AS day, m.sent_at AS at, 'MESSAGE'::text AS kind, CASE m.channel WHEN 'SMS' THEN '短信问候' ELSE '邮件问候' END AS title_zh,
  CASE m.channel WHEN 'SMS' THEN 'Greeting by SMS' ELSE 'Greeting by e-mail' END AS title_en, NULL::text AS note, NULL::bigint AS amount_fen, NULL::text AS currency, m.staff_key AS person_key, NULL::text AS address
FROM message m WHERE m.sent_at IS NOT NULL AND m.state IN ('ACCEPTED', 'DELIVERED');
COMMENT ON VIEW messages_timeline_facts IS '{"kinds":{"MESSAGE":{"zh":"问候","en":"Greetings"}}}';
GRANT SELECT ON messages_timeline_facts TO yq_opened;
GRANT SELECT ON message TO yq_opened;
CREATE POLICY opened_read ON message FOR SELECT TO yq_opened USING (customer_id = current_setting('app.opened')::uuid);
