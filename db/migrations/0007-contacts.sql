-- Contacts (meetings and calls) with their restricted texts, how often a customer must be contacted, the secret notes of the anti-money-laundering desk.

-- A contact is a fact: it is corrected by a new one that replaces it, never rewritten. What people open across customers: so it carries its scope.
CREATE TABLE contact (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  staff_key int NOT NULL REFERENCES staff,                -- who had the contact and recorded it
  mode text NOT NULL CHECK (mode IN ('VISIT', 'PHONE', 'VIDEO', 'WECHAT', 'LETTER', 'EMAIL', 'SMS_ONE_WAY', 'GREETING', 'NO_ANSWER')),
  purpose text NOT NULL DEFAULT 'ROUTINE' CHECK (purpose IN ('ROUTINE', 'MATURITY', 'NEEDS', 'PRODUCT', 'POST_LOAN', 'COMPLAINT', 'GREETING', 'LEADER_VISIT', 'OTHER')),
  business_date date NOT NULL,                            -- when it happened
  start_time text CHECK (start_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  in_person boolean NOT NULL,
  effective boolean NOT NULL,                             -- two-way: met, spoke, replied in writing (2.4, rule 2)
  entered_on date NOT NULL,                               -- business date on which it was first recorded
  late boolean NOT NULL,                                  -- entered after the allowed working days (2.4, rule 3)
  recorded_at timestamptz NOT NULL DEFAULT now(),
  summary text NOT NULL,
  our_people int[] NOT NULL DEFAULT '{}',                 -- staff keys, the recorder among them
  contact_person text,                                    -- the people on the customer's side
  next_action text,
  next_on date,
  place text,                                             -- coarse, by consent (2.13): a district, never a point
  place_consent boolean NOT NULL DEFAULT false,
  policy_version text NOT NULL,                           -- the rule under which late and effective were decided
  replaces uuid,                                          -- the contact that this one corrects
  voided_on date,
  voided_by int REFERENCES staff,
  void_reason text,
  scope_path text COLLATE "C" NOT NULL,                   -- follows the customer
  viewers int[] NOT NULL DEFAULT '{}',
  batch_id uuid,
  PRIMARY KEY (customer_id, id),
  CHECK (entered_on >= business_date),
  CHECK (NOT in_person OR effective),
  CHECK (place IS NULL OR place_consent),
  CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) WITH (fillfactor = 90);
COMMENT ON TABLE contact IS '{"owner":"visits","kind":"owned","secrecy":"NORMAL","personal":["summary","contact_person","next_action"],"skip":["scope_path","viewers"]}';
CALL protect_owned('contact');
CALL protect_listed('contact');
CREATE INDEX contact_day ON contact (customer_id, business_date DESC, id DESC);
CREATE INDEX contact_viewers ON contact USING gin (viewers);
CREATE INDEX contact_scope_day ON contact (scope_path, business_date DESC, id DESC);
CREATE INDEX contact_bank_day ON contact (business_date DESC, id DESC);
CREATE INDEX contact_staff_day ON contact (staff_key, business_date DESC, id DESC);
CREATE INDEX contact_next ON contact (staff_key, next_on) WHERE next_on IS NOT NULL AND voided_on IS NULL;

-- What only the author, the readers he names and compliance may read. The contact itself does not tell that there is such a text.
CREATE TABLE contact_restricted (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  contact_id uuid NOT NULL,
  author_key int NOT NULL REFERENCES staff,
  readers int[] NOT NULL,
  text_cipher bytea NOT NULL,
  customer_name text NOT NULL,                            -- a reader may see this text without seeing the customer
  business_date date NOT NULL,
  written_on date NOT NULL,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, contact_id) REFERENCES contact,
  CHECK (readers @> ARRAY[author_key])
);
COMMENT ON TABLE contact_restricted IS '{"owner":"visits","kind":"owned","secrecy":"RESTRICTED","personal":["customer_name"],"cipher":["text_cipher"]}';
CALL protect_restricted('contact_restricted');
CREATE INDEX contact_restricted_readers ON contact_restricted USING gin (readers);
CREATE INDEX contact_restricted_day ON contact_restricted (written_on DESC, id DESC);

-- A note of the anti-money-laundering desk. For everybody but the desk and the readers named it does not exist; no other table points here.
CREATE TABLE secret_note (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  author_key int NOT NULL REFERENCES staff,
  readers int[] NOT NULL DEFAULT '{}',                    -- the people named in the case
  text_cipher bytea NOT NULL,
  customer_name text NOT NULL,
  written_on date NOT NULL,
  PRIMARY KEY (customer_id, id)
);
COMMENT ON TABLE secret_note IS '{"owner":"conduct","kind":"owned","secrecy":"SECRET","personal":["customer_name"],"cipher":["text_cipher"]}';
CALL protect_secret('secret_note');
CREATE INDEX secret_note_readers ON secret_note USING gin (readers);
CREATE INDEX secret_note_day ON secret_note (written_on DESC, id DESC);

-- How often a customer of a tier must be contacted, dated and by region (2.4). The row of the customer's region wins over '*'.
CREATE TABLE contact_policy (
  tier text NOT NULL CHECK (tier IN ('T1', 'T2', 'T3', 'T4')),
  region text NOT NULL DEFAULT '*',
  from_date date NOT NULL,
  to_date date,
  version text NOT NULL,
  every_months int NOT NULL CHECK (every_months IN (1, 2, 3, 4, 6, 12)),
  face_every_months int CHECK (face_every_months IN (1, 2, 3, 4, 6, 12)),
  leader_every_months int CHECK (leader_every_months IN (1, 2, 3, 4, 6, 12)),
  contact_window text NOT NULL DEFAULT 'CALENDAR_MONTH' CHECK (contact_window IN ('CALENDAR_MONTH', 'ROLLING_31_DAYS')),
  record_within int NOT NULL DEFAULT 1 CHECK (record_within BETWEEN 0 AND 31),   -- working days
  first_duty_until_day int NOT NULL DEFAULT 15 CHECK (first_duty_until_day BETWEEN 1 AND 28),   -- became core later in the month: first duty next month
  legal_basis text NOT NULL,
  PRIMARY KEY (tier, region, from_date),
  CHECK (to_date IS NULL OR to_date > from_date),
  EXCLUDE USING gist (tier WITH =, region WITH =, daterange(from_date, to_date) WITH &&)
);
COMMENT ON TABLE contact_policy IS '{"owner":"contact-plan","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('contact_policy');
INSERT INTO contact_policy (tier, from_date, version, every_months, face_every_months, leader_every_months, legal_basis) VALUES
  ('T1', '1900-01-01', '1', 1, 3, 6, '客户经理岗位职责：核心优质客户每月至少联系一次'),
  ('T2', '1900-01-01', '1', 2, 6, 12, '一般做法'),
  ('T3', '1900-01-01', '1', 3, NULL, NULL, '一般做法'),
  ('T4', '1900-01-01', '1', 6, NULL, NULL, '一般做法');

-- Published: contacts that count (not voided).
CREATE VIEW visits_contact_facts WITH (security_invoker = true) AS
SELECT customer_id, id AS contact_id, staff_key, mode, purpose, in_person, effective, business_date, entered_on, late, our_people, next_on, scope_path, viewers
FROM contact WHERE voided_on IS NULL;
COMMENT ON VIEW visits_contact_facts IS 'One row per contact that was not voided: effective = two-way; late = entered after the allowed working days; entered_on = business date of the first entry.';
GRANT SELECT ON visits_contact_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_engine, yq_batch;

CREATE VIEW organisation_staff_facts WITH (security_invoker = true) AS SELECT key AS staff_key, staff_no, name AS staff_name FROM staff;
COMMENT ON VIEW organisation_staff_facts IS 'Every person of the bank, leavers too: key, staff number, name.';
GRANT SELECT ON organisation_staff_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_restricted, yq_compliance, yq_secret, yq_aml, yq_auditor, yq_engine, yq_office, yq_batch;

-- The one duty (2.4, rules 1 to 6; D-03), one row per core customer and month: who owes it, whether it was met, whether late, by which contact.
-- Everything as of the last day of the window: tier, slices. Ask with month_start = a first of month; it knows no end, so do not read it without.
CREATE VIEW contact_plan_coverage_facts WITH (security_invoker = true) AS
SELECT m.month_start, w.first_day, w.last_day, t.customer_id, o.staff_key, c.contacts > 0 AS met, c.contacts > 0 AND c.on_time = 0 AS late, c.contact_id, p.version AS policy_version
FROM (SELECT (date '1990-01-01' + make_interval(months => i))::date AS month_start FROM generate_series(0, 1439) i) m
JOIN customers_tier_facts t ON t.tier = 'T1' AND t.from_date < (m.month_start + interval '1 month')::date AND (t.to_date IS NULL OR t.to_date > (m.month_start + interval '1 month')::date - 1)
JOIN customers_customer_facts k ON k.customer_id = t.customer_id
CROSS JOIN LATERAL (
  SELECT y.version, y.contact_window, y.first_duty_until_day FROM contact_policy y
  WHERE y.tier = t.tier AND y.from_date <= m.month_start AND (y.to_date IS NULL OR y.to_date > m.month_start)
    AND y.region IN ('*', (SELECT i.region FROM organisation_institution_facts i WHERE i.institution_key = k.outlet_key AND i.from_date <= m.month_start AND (i.to_date IS NULL OR i.to_date > m.month_start)))
  ORDER BY y.region = '*' LIMIT 1) p
CROSS JOIN LATERAL (
  SELECT (m.month_start + interval '1 month')::date - 1 AS last_day,
         CASE p.contact_window WHEN 'CALENDAR_MONTH' THEN m.month_start ELSE (m.month_start + interval '1 month')::date - 31 END AS first_day) w
LEFT JOIN LATERAL (
  SELECT a.staff_key FROM customers_assignment_facts a JOIN organisation_staff_facts s ON s.staff_key = a.staff_key
  WHERE a.customer_id = t.customer_id AND a.from_date <= w.last_day AND (a.to_date IS NULL OR a.to_date > w.last_day)
  ORDER BY a.share_pct DESC, a.main DESC, s.staff_no COLLATE "C" LIMIT 1) o ON true
CROSS JOIN LATERAL (
  SELECT count(*) AS contacts, count(*) FILTER (WHERE NOT f.late) AS on_time, (array_agg(f.contact_id ORDER BY f.late, f.business_date, f.contact_id))[1] AS contact_id
  FROM visits_contact_facts f
  WHERE f.customer_id = t.customer_id AND f.effective AND f.business_date BETWEEN w.first_day AND w.last_day) c
WHERE EXISTS (SELECT FROM customers_tier_facts e WHERE e.customer_id = t.customer_id AND e.tier = 'T1' AND e.from_date < m.month_start + p.first_duty_until_day
              AND (e.to_date IS NULL OR e.to_date >= m.month_start + p.first_duty_until_day));
COMMENT ON VIEW contact_plan_coverage_facts IS 'One row per customer with a monthly duty: owner on the last day of the window (null: nobody), met, late (no contact of the window was entered in time), the contact that met it.';
GRANT SELECT ON contact_plan_coverage_facts TO yq_opened, yq_engine, yq_batch;

-- Who held a customer on a day, by a plain index: the one of the exclusion constraint is slower.
CREATE INDEX assignment_customer ON assignment (customer_id, from_date);
-- Who is a core customer on a day.
CREATE INDEX tier_held_tier ON tier_held (tier, from_date);
-- Spans of one customer follow each other: one open at a time, one beginning a day. The GiST exclusion over (customer_id, daterange) was seen to lose entries under
-- the set-based refresh (PostgreSQL 15 and 18: a row that a sequential scan finds and the index does not), so plain B-trees guard them.
ALTER TABLE tier_held DROP CONSTRAINT tier_held_customer_id_daterange_excl;
CREATE UNIQUE INDEX tier_held_open ON tier_held (customer_id) WHERE to_date IS NULL;
CREATE UNIQUE INDEX tier_held_from ON tier_held (customer_id, from_date);
