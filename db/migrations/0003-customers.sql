-- Customers: parties, identity numbers, assignment, tiers. The customer carries its scope as plain columns.

CREATE TABLE customer (
  customer_id uuid PRIMARY KEY,
  number text COLLATE "C" NOT NULL UNIQUE,            -- the core system's customer number
  kind text NOT NULL CHECK (kind IN ('CORPORATE', 'PERSON')),
  name text NOT NULL,
  name_is_made boolean NOT NULL DEFAULT false,         -- the delivery has no name; the profile made one (2.14)
  former_names text[] NOT NULL DEFAULT '{}',
  name_pinyin text COLLATE "C" NOT NULL,               -- syllables separated by a space
  name_initials text COLLATE "C" NOT NULL,
  grams text[] NOT NULL,                               -- one- and two-character pieces, syllables, initials: what the search box finds
  status text NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('PROSPECT', 'ACTIVE', 'CLOSED')),
  tier text NOT NULL DEFAULT 'T4' CHECK (tier IN ('T1', 'T2', 'T3', 'T4', 'P')),
  tier_since date,
  outlet_key int NOT NULL REFERENCES institution,      -- opening outlet (place)
  scope_path text COLLATE "C" NOT NULL,                -- the line of the main manager, else of the outlet's unit
  viewers int[] NOT NULL DEFAULT '{}',                 -- staff keys of main and assisting managers today
  main_staff_key int REFERENCES staff,
  source text,
  opened_on date,
  deposit_fen bigint NOT NULL DEFAULT 0,               -- figures for the list, refreshed by the feed from holdings' published facts
  month_adb_fen bigint NOT NULL DEFAULT 0,
  last_month_adb_fen bigint NOT NULL DEFAULT 0,
  loan_fen bigint NOT NULL DEFAULT 0,
  figures_as_of date,
  changed_at timestamptz NOT NULL DEFAULT now(),
  batch_id uuid
) WITH (fillfactor = 85);
COMMENT ON TABLE customer IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["name","former_names","name_pinyin","name_initials"],"skip":["grams"]}';
CALL protect_owned('customer');
CALL protect_listed('customer');
CREATE INDEX customer_viewers ON customer USING gin (viewers);
CREATE INDEX customer_grams ON customer USING gin (grams) WITH (fastupdate = off);
-- The planner must know which grams are common (walk the order) and which are rare (take the index): by default it knows a thousand of them and takes every other one for
-- common, which cost seconds for a rare pair among a million customers (measured).
ALTER TABLE customer ALTER COLUMN grams SET STATISTICS 500;
-- each order of the list is one index, walked forwards or backwards, the id as tie-breaker
CREATE INDEX customer_scope_adb ON customer (scope_path, month_adb_fen, customer_id);
CREATE INDEX customer_adb ON customer (month_adb_fen, customer_id);
CREATE INDEX customer_name ON customer (name_pinyin, customer_id);
CREATE INDEX customer_changed ON customer (changed_at, customer_id);
CREATE INDEX customer_main ON customer (main_staff_key, month_adb_fen, customer_id);
CREATE INDEX customer_outlet ON customer (outlet_key, month_adb_fen, customer_id);
CREATE INDEX customer_tier ON customer (tier, scope_path);

CREATE TABLE corporate (
  customer_id uuid PRIMARY KEY REFERENCES customer,
  uscc text COLLATE "C",                               -- public (company register), so not encrypted; found through identifier as well
  legacy_org_code text,
  company_type text,
  established_on date,
  registered_address text,
  operating_address text,
  registration_status text NOT NULL DEFAULT '存续' CHECK (registration_status IN ('存续', '歇业', '吊销', '注销', '撤销', '迁出')),
  business_scope text,
  industry_code text,
  size_class text CHECK (size_class IN ('大', '中', '小', '微')),
  registered_capital_fen bigint,
  legal_representative text,
  staff_count int,
  batch_id uuid
);
COMMENT ON TABLE corporate IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["legal_representative"]}';
CALL protect_owned('corporate');

CREATE TABLE person (
  customer_id uuid PRIMARY KEY REFERENCES customer,
  sex text CHECK (sex IN ('M', 'F')),
  birth_date date,
  birthday_calendar text NOT NULL DEFAULT 'SOLAR' CHECK (birthday_calendar IN ('SOLAR', 'LUNAR')),
  nationality text,
  occupation text,
  employer text,
  address_cipher bytea,
  district text,
  risk_level text,
  batch_id uuid
);
COMMENT ON TABLE person IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["birth_date","occupation","employer"]}';
CALL protect_owned('person');

-- Identity numbers and phones: AES-256-GCM under the customer's key; found by keyed hash, whole and tail (2.13).
CREATE TABLE identity_document (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('RESIDENT_ID', 'HK_MACAO_PERMIT', 'TAIWAN_PERMIT', 'FOREIGN_PERMANENT', 'PASSPORT', 'MILITARY', 'USCC', 'LEGACY_ORG_CODE', 'OTHER')),
  number_cipher bytea NOT NULL,
  number_hash bytea NOT NULL,
  tail text NOT NULL,                                   -- last four, shown in the mask
  checked boolean NOT NULL,                             -- OTHER: "not checked"
  expires_on date,
  batch_id uuid,
  PRIMARY KEY (customer_id, id)
);
COMMENT ON TABLE identity_document IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","cipher":["number_cipher"]}';
CALL protect_owned('identity_document');

CREATE TABLE phone (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  label text NOT NULL DEFAULT '手机',
  number_cipher bytea NOT NULL,
  number_hash bytea NOT NULL,
  masked text NOT NULL,
  batch_id uuid,
  PRIMARY KEY (customer_id, id)
);
COMMENT ON TABLE phone IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","cipher":["number_cipher"]}';
CALL protect_owned('phone');

-- A number that is unique in the bank is taken here first (USCC, resident id, account number, customer number).
CREATE TABLE identifier (
  kind text NOT NULL,
  value_hash bytea NOT NULL,
  customer_id uuid NOT NULL,
  PRIMARY KEY (kind, value_hash)
);
COMMENT ON TABLE identifier IS '{"owner":"customers","kind":"reference","secrecy":"NORMAL","journal":"none"}';
CREATE INDEX identifier_customer ON identifier (customer_id);
ALTER TABLE identifier ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON identifier TO yq_batch;
GRANT INSERT ON identifier TO yq_opened;
GRANT SELECT ON identifier TO yq_engine;
CREATE POLICY batch_all ON identifier FOR ALL TO yq_batch USING (true) WITH CHECK (true);
CREATE POLICY opened_takes ON identifier FOR INSERT TO yq_opened WITH CHECK (customer_id = current_setting('app.writable')::uuid);
CREATE POLICY engine_read ON identifier FOR SELECT TO yq_engine USING (true);

-- Many customers share a tail: kinds PHONE_TAIL, ACCOUNT_TAIL (four digits), PHONE (whole; a family may share one).
CREATE TABLE search_hash (
  kind text NOT NULL,
  value_hash bytea NOT NULL,
  customer_id uuid NOT NULL,
  PRIMARY KEY (kind, value_hash, customer_id)
);
COMMENT ON TABLE search_hash IS '{"owner":"customers","kind":"reference","secrecy":"NORMAL","journal":"none"}';
ALTER TABLE search_hash ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON search_hash TO yq_batch;
GRANT INSERT ON search_hash TO yq_opened;
CREATE POLICY batch_all ON search_hash FOR ALL TO yq_batch USING (true) WITH CHECK (true);
CREATE POLICY opened_adds ON search_hash FOR INSERT TO yq_opened WITH CHECK (customer_id = current_setting('app.writable')::uuid);

-- Ownership slices: main (主办) and assisting (协办) managers with shares that sum to 100, dated; base frozen at assignment.
CREATE TABLE assignment (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  staff_key int NOT NULL REFERENCES staff,
  share_pct numeric(5,2) NOT NULL CHECK (share_pct > 0 AND share_pct <= 100),
  main boolean NOT NULL,
  from_date date NOT NULL,
  to_date date,
  base_adb_fen bigint NOT NULL DEFAULT 0,               -- frozen base: the customer's year ADB on the day of assignment
  base_as_of date,
  reason text,
  batch_id uuid,
  PRIMARY KEY (customer_id, id),
  CHECK (to_date IS NULL OR to_date >= from_date),        -- equal: replaced on its own first day, never in force
  EXCLUDE USING gist (customer_id WITH =, staff_key WITH =, daterange(from_date, to_date) WITH &&)
);
COMMENT ON TABLE assignment IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('assignment');
CREATE INDEX assignment_staff ON assignment (staff_key, from_date);
-- a manager reads his own slices across customers
GRANT SELECT ON assignment TO yq_self;
CREATE POLICY own_read ON assignment FOR SELECT TO yq_self USING (staff_key = current_setting('app.me')::int);

CREATE TABLE tier_held (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  tier text NOT NULL CHECK (tier IN ('T1', 'T2', 'T3', 'T4', 'P')),
  from_date date NOT NULL,
  to_date date,
  reason text,
  table_version text,
  batch_id uuid,
  PRIMARY KEY (customer_id, id),
  CHECK (to_date IS NULL OR to_date > from_date),
  EXCLUDE USING gist (customer_id WITH =, daterange(from_date, to_date) WITH &&)
);
COMMENT ON TABLE tier_held IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('tier_held');

CREATE VIEW customers_customer_facts WITH (security_invoker = true) AS
SELECT customer_id, number, kind, name, tier, tier_since, status, outlet_key, scope_path, viewers, main_staff_key, opened_on FROM customer;
COMMENT ON VIEW customers_customer_facts IS 'One row per customer with its scope columns as of today.';
CREATE VIEW customers_assignment_facts WITH (security_invoker = true) AS
SELECT customer_id, id AS assignment_id, staff_key, share_pct, main, from_date, to_date, base_adb_fen, base_as_of FROM assignment;
COMMENT ON VIEW customers_assignment_facts IS 'Ownership slices [from_date, to_date): who holds which percent share of a customer.';
CREATE VIEW customers_tier_facts WITH (security_invoker = true) AS
SELECT customer_id, tier, from_date, to_date FROM tier_held;
COMMENT ON VIEW customers_tier_facts IS 'Tier of a customer in [from_date, to_date).';
GRANT SELECT ON customers_customer_facts, customers_assignment_facts, customers_tier_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_engine, yq_office, yq_batch;
