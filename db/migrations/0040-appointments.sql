-- Appointments (日程): what somebody means to do at a time, with a customer or without one; and the calendar feed, off until the bank switches it on.
CREATE TABLE appointment (
  id uuid PRIMARY KEY,
  customer_id uuid,
  staff_key int NOT NULL REFERENCES staff,                -- whose appointment it is
  people int[] NOT NULL,                                  -- who of the bank takes part, the owner among them
  day date NOT NULL,
  from_time text COLLATE "C" NOT NULL CHECK (from_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  to_time text COLLATE "C" NOT NULL CHECK (to_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  kind text NOT NULL CHECK (kind IN ('VISIT', 'RECEIVE', 'CALL', 'INTERNAL', 'OTHER')),
  subject text NOT NULL,
  place text,
  state text NOT NULL CHECK (state IN ('PLANNED', 'DONE', 'CANCELLED')),
  made_by int NOT NULL REFERENCES staff,
  made_on date NOT NULL,
  moves int NOT NULL DEFAULT 0,                           -- how often it was put to another time
  done_on date,
  contact_id uuid,                                        -- the recorded contact that closed it
  cancelled_by int REFERENCES staff,                      -- null: ended with the post of its owner
  cancelled_on date,
  cancel_reason text,
  scope_path text COLLATE "C" NOT NULL,                   -- the line of the owner
  viewers int[] NOT NULL,                                 -- who takes part, and who looks after the customer
  batch_id uuid,
  CHECK (to_time > from_time),
  CHECK (people @> ARRAY[staff_key]),
  CHECK (kind <> 'INTERNAL' OR customer_id IS NULL),
  CHECK ((state = 'DONE') = (done_on IS NOT NULL)),
  CHECK (contact_id IS NULL OR state = 'DONE'),
  CHECK ((state = 'CANCELLED') = (cancelled_on IS NOT NULL) AND (cancelled_on IS NULL) = (cancel_reason IS NULL))
);
COMMENT ON TABLE appointment IS '{"owner":"meetings","kind":"bank","secrecy":"NORMAL","hidden":["subject","place"],"skip":["scope_path","viewers"]}';
ALTER TABLE appointment ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON appointment TO yq_self, yq_unit, yq_all;
GRANT SELECT, UPDATE ON appointment TO yq_opened;
GRANT SELECT ON appointment TO yq_engine;
GRANT SELECT, INSERT, UPDATE, DELETE ON appointment TO yq_batch;
CREATE POLICY viewer_read ON appointment FOR SELECT TO yq_self, yq_unit, yq_all USING (viewers @> ARRAY[current_setting('app.me')::int]);
CREATE POLICY unit_read ON appointment FOR SELECT TO yq_unit USING (scope_path >= current_setting('app.lo') AND scope_path < current_setting('app.hi'));
CREATE POLICY all_read ON appointment FOR SELECT TO yq_all, yq_engine USING (true);
CREATE POLICY opened_read ON appointment FOR SELECT TO yq_opened USING (customer_id = current_setting('app.opened')::uuid);
CREATE POLICY own_add ON appointment FOR INSERT TO yq_self, yq_unit, yq_all WITH CHECK (made_by = current_setting('app.me')::int);
CREATE POLICY viewer_change ON appointment FOR UPDATE TO yq_self, yq_unit, yq_all USING (viewers @> ARRAY[current_setting('app.me')::int]);
CREATE POLICY opened_change ON appointment FOR UPDATE TO yq_opened USING (customer_id = current_setting('app.writable')::uuid);
CREATE POLICY batch_all ON appointment FOR ALL TO yq_batch USING (true) WITH CHECK (true);
CREATE INDEX appointment_viewers ON appointment USING gin (viewers);
CREATE INDEX appointment_scope ON appointment (scope_path, day);
CREATE INDEX appointment_customer ON appointment (customer_id, day) WHERE customer_id IS NOT NULL;
CREATE INDEX appointment_owner ON appointment (staff_key, day);
CREATE INDEX appointment_day ON appointment (day) WHERE state = 'PLANNED';

CREATE VIEW meetings_appointment_facts WITH (security_invoker = true) AS
SELECT id AS appointment_id, customer_id, staff_key, people, day, from_time, to_time, kind, state, moves, done_on, contact_id, scope_path, viewers FROM appointment;
COMMENT ON VIEW meetings_appointment_facts IS 'One row per appointment: whose, with which customer (null: none), when, how it stands; contact_id is the contact that closed it. What it is about is read in the room only.';
GRANT SELECT ON meetings_appointment_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_engine, yq_batch;

CREATE VIEW meetings_timeline_facts WITH (security_invoker = true) AS
SELECT customer_id, id, day, (day + from_time::time) AT TIME ZONE 'Asia/Shanghai' AS at, 'APPOINTMENT'::text AS kind, CASE state WHEN 'CANCELLED' THEN '预约（已取消）' ELSE '预约' END AS title_zh,
  CASE state WHEN 'CANCELLED' THEN 'Appointment (cancelled)' ELSE 'Appointment' END AS title_en, subject AS note, NULL::bigint AS amount_fen, NULL::text AS currency, staff_key AS person_key, NULL::text AS address
FROM appointment WHERE customer_id IS NOT NULL AND state <> 'DONE';
COMMENT ON VIEW meetings_timeline_facts IS '{"kinds":{"APPOINTMENT":{"zh":"预约","en":"Appointments"}}}';
GRANT SELECT ON meetings_timeline_facts TO yq_opened;

CREATE VIEW meetings_handover_facts WITH (security_invoker = true) AS
SELECT customer_id, staff_key, 'APPOINTMENT'::text AS kind, id AS object_id, subject AS what, day AS due_on, NULL::bigint AS amount_fen, NULL::date AS until_date, '/calendar?view=week&day=' || day AS address
FROM appointment WHERE customer_id IS NOT NULL AND state = 'PLANNED';
COMMENT ON VIEW meetings_handover_facts IS '{"kinds":{"APPOINTMENT":{"zh":"预约","en":"Appointments"}}}';
GRANT SELECT ON meetings_handover_facts TO yq_engine, yq_batch;

-- Appointments stand on the day of everybody who takes part.
CREATE VIEW meetings_agenda_facts WITH (security_invoker = true) AS
SELECT p.staff_key, a.customer_id, a.id, CASE WHEN a.customer_id IS NULL THEN 'OWN_APPOINTMENT' ELSE 'APPOINTMENT' END::text AS kind, NULL::date AS opens_on, a.day AS due_on, a.from_time COLLATE "default" AS due_time,
  a.subject AS title_zh, a.subject AS title_en, NULL::bigint AS amount_fen, NULL::text AS currency, CASE WHEN a.customer_id IS NULL THEN '/calendar?day=' || a.day ELSE '/customers/' || a.customer_id || '/contacts/new' END AS address
FROM appointment a CROSS JOIN LATERAL unnest(a.people) p(staff_key) WHERE a.state = 'PLANNED';
COMMENT ON VIEW meetings_agenda_facts IS '{"kinds":{"APPOINTMENT":{"zh":"日程","en":"Appointment","verb":"RECORD"},"OWN_APPOINTMENT":{"zh":"日程","en":"Appointment","verb":"OPEN"}}}';
GRANT SELECT ON meetings_agenda_facts TO yq_self, yq_unit, yq_all;

-- ---------------------------------------------------------------------------------------------------------------------
-- The calendar feed: whether the bank allows it (the newest row counts; none: off), and the addresses that people hold. Of an address only the hash is kept.
CREATE TABLE calendar_feed_switch (
  id uuid PRIMARY KEY,
  allowed boolean NOT NULL,
  reason text NOT NULL,
  switched_by int NOT NULL REFERENCES staff,
  switched_on date NOT NULL,
  switched_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE calendar_feed_switch IS '{"owner":"meetings","kind":"reference","secrecy":"NORMAL","skip":["switched_at"]}';
CALL protect_reference('calendar_feed_switch');

CREATE TABLE calendar_feed (
  id uuid PRIMARY KEY,
  staff_key int NOT NULL REFERENCES staff,
  secret_hash bytea NOT NULL UNIQUE,
  made_on date NOT NULL,
  last_read_on date,
  revoked_on date,
  revoked_by int REFERENCES staff,                        -- null: with the last post of the person
  revoke_reason text,
  batch_id uuid,
  CHECK ((revoked_on IS NULL) = (revoke_reason IS NULL))
);
COMMENT ON TABLE calendar_feed IS '{"owner":"meetings","kind":"bank","secrecy":"NORMAL","hidden":["secret_hash"]}';
ALTER TABLE calendar_feed ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON calendar_feed TO yq_self, yq_unit, yq_all;
GRANT SELECT ON calendar_feed TO yq_public;
GRANT SELECT, INSERT, UPDATE, DELETE ON calendar_feed TO yq_batch;
CREATE POLICY own_read ON calendar_feed FOR SELECT TO yq_self, yq_unit, yq_all USING (staff_key = current_setting('app.me')::int);
CREATE POLICY own_add ON calendar_feed FOR INSERT TO yq_self, yq_unit, yq_all WITH CHECK (staff_key = current_setting('app.me')::int);
CREATE POLICY own_change ON calendar_feed FOR UPDATE TO yq_self, yq_unit, yq_all USING (staff_key = current_setting('app.me')::int);
CREATE POLICY door_read ON calendar_feed FOR SELECT TO yq_public USING (true);
CREATE POLICY batch_all ON calendar_feed FOR ALL TO yq_batch USING (true) WITH CHECK (true);
CREATE UNIQUE INDEX calendar_feed_one ON calendar_feed (staff_key) WHERE revoked_on IS NULL;
