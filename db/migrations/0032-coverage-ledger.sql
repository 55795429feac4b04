-- The ledger of coverage: what was shown of each core customer's duty at the end of a day, kept from the day on which it changed until the day on which it changed again.
-- Contacts are entered and voided later, assignments may begin earlier in the month, tiers are judged days into it: worked out anew, a past day would look different.
CREATE TABLE coverage_span (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  month_start date NOT NULL,
  seen_from date NOT NULL,                               -- end of this day …
  seen_to date,                                          -- … up to, not including, the end of this one; null: still so
  staff_key int REFERENCES staff,                        -- whose duty it was; null: nobody's
  line_path text COLLATE "C" NOT NULL,                   -- line and place of the owner on that day, else of the customer
  place_key int NOT NULL,
  met boolean NOT NULL,
  late boolean NOT NULL,
  contact_id uuid,
  batch_id uuid,
  PRIMARY KEY (customer_id, id),
  CHECK (seen_to IS NULL OR seen_to > seen_from)
);
COMMENT ON TABLE coverage_span IS '{"owner":"contact-plan","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('coverage_span');
CREATE UNIQUE INDEX coverage_span_open ON coverage_span (customer_id, month_start) WHERE seen_to IS NULL;
CREATE UNIQUE INDEX coverage_span_from ON coverage_span (customer_id, month_start, seen_from);
CREATE INDEX coverage_span_month ON coverage_span (month_start, seen_from);

-- Months whose state at the end of a day is in the ledger.
CREATE TABLE coverage_day (month_start date, day date, PRIMARY KEY (month_start, day));
COMMENT ON TABLE coverage_day IS '{"owner":"contact-plan","kind":"bank","secrecy":"NORMAL"}';
CALL protect_bank('coverage_day', 'yq_self, yq_unit, yq_all, yq_engine', 'yq_batch');

-- When contacts were entered and voided, the voided ones too: whether a past day of the ledger has to be written anew.
CREATE VIEW visits_contact_day_facts WITH (security_invoker = true) AS SELECT customer_id, id AS contact_id, business_date, entered_on, voided_on FROM contact;
COMMENT ON VIEW visits_contact_day_facts IS 'One row per contact, voided ones too: the day it is about, of its entry and of its voiding.';
GRANT SELECT ON visits_contact_day_facts TO yq_batch;
CREATE INDEX contact_entered ON contact (entered_on);
CREATE INDEX contact_voided ON contact (voided_on) WHERE voided_on IS NOT NULL;
