-- Changes of the contact policy, proposed by one person and decided by another (2.4). A policy itself is only ended and followed: never changed.
CREATE TABLE contact_policy_change (
  id uuid PRIMARY KEY,
  tier text NOT NULL CHECK (tier IN ('T1', 'T2', 'T3', 'T4')),
  region text NOT NULL,
  from_date date NOT NULL CHECK (extract(day FROM from_date) = 1),
  ends boolean NOT NULL DEFAULT false,                   -- the region's own rule ends: that of the bank holds again
  every_months int CHECK (every_months IN (1, 2, 3, 4, 6, 12)),
  face_every_months int CHECK (face_every_months IN (1, 2, 3, 4, 6, 12)),
  leader_every_months int CHECK (leader_every_months IN (1, 2, 3, 4, 6, 12)),
  contact_window text CHECK (contact_window IN ('CALENDAR_MONTH', 'ROLLING_31_DAYS')),
  record_within int CHECK (record_within BETWEEN 0 AND 31),
  first_duty_until_day int CHECK (first_duty_until_day BETWEEN 1 AND 28),
  reason text NOT NULL,
  proposed_by int NOT NULL REFERENCES staff,
  proposed_on date NOT NULL,
  decision text CHECK (decision IN ('CONFIRMED', 'RETURNED')),
  decided_by int REFERENCES staff,
  decided_on date,
  decision_note text,
  CHECK (decided_by <> proposed_by),
  CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_on IS NULL)),
  CHECK (ends OR (every_months IS NOT NULL AND contact_window IS NOT NULL AND record_within IS NOT NULL AND first_duty_until_day IS NOT NULL)),
  CHECK (NOT ends OR region <> '*')
);
COMMENT ON TABLE contact_policy_change IS '{"owner":"contact-plan","kind":"bank","secrecy":"NORMAL"}';
CALL protect_bank('contact_policy_change', '', 'yq_office');
-- one open proposal for a tier and region: two would overtake each other
CREATE UNIQUE INDEX contact_policy_change_open ON contact_policy_change (tier, region) WHERE decision IS NULL;

-- What makes a leader's visit due at once (2.4 rule 10): noted by people here, by other capabilities in views `<capability>_key_event_facts` with the columns of contact_plan_key_event_facts.
CREATE TABLE key_event (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('MAJOR_CONTRACT', 'CHANGE_OF_CONTROL', 'COMPLAINT', 'CHURN_WARNING', 'OTHER')),
  day date NOT NULL,
  note text NOT NULL,
  noted_by int NOT NULL REFERENCES staff,
  noted_on date NOT NULL,
  voided_on date,
  void_reason text,
  PRIMARY KEY (customer_id, id)
);
COMMENT ON TABLE key_event IS '{"owner":"contact-plan","kind":"owned","secrecy":"NORMAL","personal":["note"]}';
CALL protect_owned('key_event');
CREATE INDEX key_event_day ON key_event (day) WHERE voided_on IS NULL;
CREATE VIEW contact_plan_key_event_facts WITH (security_invoker = true) AS
SELECT customer_id, id AS event_id, kind, day FROM key_event WHERE voided_on IS NULL;
COMMENT ON VIEW contact_plan_key_event_facts IS 'One row per event that makes a leader’s visit due at once: customer_id, event_id, kind, day. Views of other capabilities named …_key_event_facts have the same columns.';
GRANT SELECT ON contact_plan_key_event_facts TO yq_opened, yq_engine, yq_batch;
