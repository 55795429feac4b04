-- Foundation: how a table is protected, who enters, the journal, twice is once, jobs, the bank's own settings.
-- The roles yq_* are made before the migrations (src/foundation/database/roles.ts): nobody signs in with them.
-- SQL of PostgreSQL 15. No trigger, no sequence (docs: architecture, section 5).

CREATE EXTENSION IF NOT EXISTS btree_gist;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO yq_self, yq_unit, yq_all, yq_opened, yq_restricted, yq_compliance, yq_secret, yq_aml,
  yq_auditor, yq_engine, yq_office, yq_batch, yq_public;

-- Row ids are UUIDv7. The server and the phone make them; set-based statements of a feed make theirs here (PostgreSQL 15 has no uuidv7()).
CREATE FUNCTION uuid7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid()) placing substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
      52, 1), 53, 1), 'hex')::uuid
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- The four ways in which a table is protected. Each policy compares plain columns with the settings that enter() and
-- open_customer() made: one equality or one interval or one contained array; no subquery, no OR (tech: measured).

CREATE PROCEDURE protect_owned(t regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('GRANT SELECT ON %s TO yq_opened, yq_engine', t);
  EXECUTE format('GRANT INSERT, UPDATE ON %s TO yq_opened', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO yq_batch', t);
  EXECUTE format('CREATE POLICY opened_read ON %s FOR SELECT TO yq_opened USING (customer_id = current_setting(''app.opened'')::uuid)', t);
  EXECUTE format('CREATE POLICY opened_add ON %s FOR INSERT TO yq_opened WITH CHECK (customer_id = current_setting(''app.writable'')::uuid)', t);
  EXECUTE format('CREATE POLICY opened_change ON %s FOR UPDATE TO yq_opened USING (customer_id = current_setting(''app.writable'')::uuid)', t);
  EXECUTE format('CREATE POLICY engine_read ON %s FOR SELECT TO yq_engine USING (true)', t);
  EXECUTE format('CREATE POLICY batch_all ON %s FOR ALL TO yq_batch USING (true) WITH CHECK (true)', t);
END $$;

-- For tables that people list across customers: they carry scope_path and viewers.
CREATE PROCEDURE protect_listed(t regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT SELECT ON %s TO yq_self, yq_unit, yq_all', t);
  EXECUTE format('CREATE POLICY self_read ON %s FOR SELECT TO yq_self USING (viewers @> ARRAY[current_setting(''app.me'')::int])', t);
  EXECUTE format('CREATE POLICY unit_read ON %s FOR SELECT TO yq_unit USING (scope_path >= current_setting(''app.lo'') AND scope_path < current_setting(''app.hi''))', t);
  EXECUTE format('CREATE POLICY all_read ON %s FOR SELECT TO yq_all USING (true)', t);
END $$;

-- RESTRICTED content: its readers (the author among them) and compliance. No other role has even the privilege.
CREATE PROCEDURE protect_restricted(t regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO yq_restricted', t);
  EXECUTE format('GRANT SELECT ON %s TO yq_compliance', t);
  EXECUTE format('CREATE POLICY reader_read ON %s FOR SELECT TO yq_restricted USING (readers @> ARRAY[current_setting(''app.me'')::int])', t);
  EXECUTE format('CREATE POLICY author_add ON %s FOR INSERT TO yq_restricted WITH CHECK (author_key = current_setting(''app.me'')::int AND customer_id = current_setting(''app.writable'')::uuid AND readers @> ARRAY[author_key])', t);
  EXECUTE format('CREATE POLICY author_change ON %s FOR UPDATE TO yq_restricted USING (author_key = current_setting(''app.me'')::int)', t);
  EXECUTE format('CREATE POLICY compliance_read ON %s FOR SELECT TO yq_compliance USING (true)', t);
END $$;

-- SECRET content: the anti-money-laundering desk, and the people named in the case.
CREATE PROCEDURE protect_secret(t regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('GRANT SELECT ON %s TO yq_secret', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO yq_aml', t);
  EXECUTE format('CREATE POLICY named_read ON %s FOR SELECT TO yq_secret USING (readers @> ARRAY[current_setting(''app.me'')::int])', t);
  EXECUTE format('CREATE POLICY desk_all ON %s FOR ALL TO yq_aml USING (true) WITH CHECK (true)', t);
END $$;

-- Reference tables: small, the same for everybody; written by the office roles and by batches.
CREATE PROCEDURE protect_reference(t regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('GRANT SELECT ON %s TO yq_self, yq_unit, yq_all, yq_opened, yq_restricted, yq_compliance, yq_secret, yq_aml, yq_auditor, yq_engine, yq_public', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO yq_office', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO yq_batch', t);
  EXECUTE format('CREATE POLICY everybody_read ON %s FOR SELECT USING (true)', t);
  EXECUTE format('CREATE POLICY office_write ON %s FOR ALL TO yq_office USING (true) WITH CHECK (true)', t);
  EXECUTE format('CREATE POLICY batch_write ON %s FOR ALL TO yq_batch USING (true) WITH CHECK (true)', t);
END $$;

-- Bank tables: only the roles named may read or write; further policies are written beside the table.
CREATE PROCEDURE protect_bank(t regclass, readers text, writers text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  IF readers <> '' THEN
    EXECUTE format('GRANT SELECT ON %s TO %s', t, readers);
    EXECUTE format('CREATE POLICY named_read ON %s FOR SELECT TO %s USING (true)', t, readers);
  END IF;
  IF writers <> '' THEN
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %s', t, writers);
    EXECUTE format('CREATE POLICY named_write ON %s FOR ALL TO %s USING (true) WITH CHECK (true)', t, writers);
  END IF;
END $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- The bank itself: whose data directory this is, and today.

CREATE TABLE bank (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),   -- there is one row
  code text NOT NULL,               -- 'demo', 'berka', the bank's own: a delivery of another bank is refused
  name_zh text NOT NULL,
  name_en text NOT NULL,
  currency text NOT NULL DEFAULT 'CNY',
  business_date date NOT NULL,      -- today is a parameter; the server takes it from here and nowhere else
  calendar text NOT NULL DEFAULT 'china',   -- 'china' or 'weekdays'
  is_demo boolean NOT NULL DEFAULT false,
  settings jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE bank IS '{"owner":"foundation","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('bank');

-- ---------------------------------------------------------------------------------------------------------------------
-- The journal. Lines are only added. The sealer orders committed lines and chains them (src/foundation/journal).

CREATE TABLE journal_line (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  person_key int,                   -- null: the product itself (batch, sealer, migration)
  post_key int,
  request_id text,
  action text NOT NULL,             -- ADD, CHANGE, END, BULK, READ, or a named act
  table_name text NOT NULL,
  object_id text,
  customer_id uuid,                 -- only for NORMAL lines: what the customer's page may show
  hidden_customer_id uuid,          -- for RESTRICTED and SECRET lines
  secrecy text NOT NULL DEFAULT 'NORMAL' CHECK (secrecy IN ('NORMAL', 'RESTRICTED', 'SECRET')),
  readers int[] NOT NULL DEFAULT '{}',
  before jsonb,                     -- personal values in it are encrypted with the customer's key
  after jsonb,
  why text,
  batch_id uuid,
  CHECK (secrecy = 'NORMAL' OR customer_id IS NULL),
  CHECK (secrecy <> 'NORMAL' OR hidden_customer_id IS NULL)
);
COMMENT ON TABLE journal_line IS '{"owner":"foundation","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CREATE INDEX journal_line_customer ON journal_line (customer_id, at DESC) WHERE customer_id IS NOT NULL;
CREATE INDEX journal_line_at ON journal_line (at);
CREATE INDEX journal_line_object ON journal_line (table_name, object_id);
ALTER TABLE journal_line ENABLE ROW LEVEL SECURITY;
GRANT INSERT ON journal_line TO yq_self, yq_unit, yq_all, yq_opened, yq_restricted, yq_compliance, yq_secret, yq_aml, yq_auditor, yq_engine, yq_office, yq_batch, yq_public;
CREATE POLICY everybody_adds ON journal_line FOR INSERT WITH CHECK (true);
GRANT SELECT ON journal_line TO yq_opened, yq_auditor, yq_restricted, yq_compliance, yq_secret, yq_aml, yq_office;
CREATE POLICY opened_read ON journal_line FOR SELECT TO yq_opened USING (customer_id = current_setting('app.opened')::uuid);
CREATE POLICY auditor_read ON journal_line FOR SELECT TO yq_auditor USING (secrecy = 'NORMAL');
CREATE POLICY restricted_read ON journal_line FOR SELECT TO yq_restricted USING (readers @> ARRAY[current_setting('app.me')::int]);
CREATE POLICY compliance_read ON journal_line FOR SELECT TO yq_compliance USING (secrecy = 'RESTRICTED');
CREATE POLICY secret_read ON journal_line FOR SELECT TO yq_secret USING (readers @> ARRAY[current_setting('app.me')::int]);
CREATE POLICY aml_read ON journal_line FOR SELECT TO yq_aml USING (secrecy = 'SECRET');
-- the office roles (organisation, schemes) read the lines of tables that no customer owns
CREATE POLICY office_read ON journal_line FOR SELECT TO yq_office USING (customer_id IS NULL AND secrecy = 'NORMAL');

-- One row per sealed batch; head_hash = sha256(previous head, number, lines' hashes in order).
CREATE TABLE journal_seal (
  number bigint PRIMARY KEY,
  sealed_at timestamptz NOT NULL,
  line_count int NOT NULL CHECK (line_count > 0),
  previous_hash bytea NOT NULL,
  head_hash bytea NOT NULL,
  signature bytea NOT NULL          -- Ed25519 by a key that is not in the database
);
COMMENT ON TABLE journal_seal IS '{"owner":"foundation","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CREATE TABLE journal_sealed_line (
  seal_number bigint NOT NULL REFERENCES journal_seal,
  place int NOT NULL,               -- order inside the batch, from 1
  line_id uuid NOT NULL,            -- no foreign key: a line that vanished must be found, not prevented silently
  line_hash bytea NOT NULL,
  PRIMARY KEY (seal_number, place)
);
COMMENT ON TABLE journal_sealed_line IS '{"owner":"foundation","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CREATE UNIQUE INDEX journal_sealed_line_line ON journal_sealed_line (line_id);
ALTER TABLE journal_seal ENABLE ROW LEVEL SECURITY;          -- no policy: only the owner (the sealer) passes
ALTER TABLE journal_sealed_line ENABLE ROW LEVEL SECURITY;

-- The hash of a line covers every column (jsonb prints its keys in one order).
CREATE FUNCTION journal_line_hash(l journal_line) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(convert_to(jsonb_build_array(l.id, extract(epoch FROM l.at)::numeric(20,6), l.person_key, l.post_key, l.request_id, l.action, l.table_name,
    l.object_id, l.customer_id, l.hidden_customer_id, l.secrecy, l.readers, l.before, l.after, l.why, l.batch_id)::text, 'UTF8'))
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Keys of customers: wrapped by a master key outside the database; destroyed when retention ends.

CREATE TABLE customer_key (
  customer_id uuid PRIMARY KEY,
  wrapped_key bytea,
  made_at timestamptz NOT NULL DEFAULT now(),
  destroyed_at timestamptz,
  CHECK ((wrapped_key IS NULL) = (destroyed_at IS NOT NULL))
);
COMMENT ON TABLE customer_key IS '{"owner":"foundation","kind":"owned","secrecy":"NORMAL","journal":"none"}';
CALL protect_owned('customer_key');
GRANT SELECT ON customer_key TO yq_restricted, yq_compliance, yq_secret, yq_aml, yq_auditor;
CREATE POLICY classed_read ON customer_key FOR SELECT TO yq_restricted, yq_compliance, yq_secret, yq_aml, yq_auditor USING (true);

-- ---------------------------------------------------------------------------------------------------------------------
-- Twice is once: the ids of created things for ever, the keys of other acts for 30 days. The stored answer is a reference.

CREATE TABLE accepted_request (
  key text PRIMARY KEY,             -- 'create:<uuid>' or 'act:<person>:<Idempotency-Key>'
  person_key int NOT NULL,
  endpoint text NOT NULL,
  content_hash bytea NOT NULL,
  answer jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz
);
COMMENT ON TABLE accepted_request IS '{"owner":"foundation","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CREATE INDEX accepted_request_expiry ON accepted_request (expires_at) WHERE expires_at IS NOT NULL;
CALL protect_bank('accepted_request', '', 'yq_self, yq_unit, yq_all, yq_opened, yq_restricted, yq_compliance, yq_secret, yq_aml, yq_auditor, yq_office, yq_batch');

-- Reveals and searches by number are counted per person and hour (2.13: reveal.perHour).
CREATE TABLE reveal_count (
  person_key int NOT NULL,
  hour timestamptz NOT NULL,
  kind text NOT NULL,
  used int NOT NULL,
  PRIMARY KEY (person_key, hour, kind)
);
COMMENT ON TABLE reveal_count IS '{"owner":"foundation","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('reveal_count', '', 'yq_self, yq_unit, yq_all, yq_opened, yq_auditor, yq_office, yq_aml');

-- Long work: progress, stop, restart (feed, settlement, growing demo bank).
CREATE TABLE job_run (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  params jsonb NOT NULL DEFAULT '{}',
  state text NOT NULL CHECK (state IN ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'STOPPED')),
  stage text,
  done bigint NOT NULL DEFAULT 0,
  total bigint,
  message text,
  stop_asked boolean NOT NULL DEFAULT false,
  asked_by int,
  asked_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  beat_at timestamptz,
  ended_at timestamptz,
  result jsonb
);
COMMENT ON TABLE job_run IS '{"owner":"foundation","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CREATE INDEX job_run_kind ON job_run (kind, asked_at DESC);
CALL protect_bank('job_run', 'yq_self, yq_unit, yq_all', 'yq_office, yq_batch');

-- ---------------------------------------------------------------------------------------------------------------------
-- Sign-in: credentials, sessions, failed tries. Only the sign-in code runs as yq_public.

CREATE TABLE credential (
  staff_key int PRIMARY KEY,
  password_hash text NOT NULL,
  must_change boolean NOT NULL DEFAULT true,
  changed_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE credential IS '{"owner":"foundation","kind":"bank","secrecy":"NORMAL","hidden":["password_hash"]}';
CALL protect_bank('credential', '', 'yq_public, yq_batch');

CREATE TABLE session (
  token_hash bytea PRIMARY KEY,
  id uuid NOT NULL,
  staff_key int NOT NULL,
  post_key int NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  end_reason text
);
COMMENT ON TABLE session IS '{"owner":"foundation","kind":"bank","secrecy":"NORMAL","hidden":["token_hash"]}';
CREATE INDEX session_staff ON session (staff_key) WHERE ended_at IS NULL;
CALL protect_bank('session', '', 'yq_public, yq_office');

CREATE TABLE sign_in_attempt (
  id uuid PRIMARY KEY,
  staff_no_hash bytea NOT NULL,     -- what was typed may be a password in the wrong field: only its keyed hash is kept
  address_hash bytea NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  succeeded boolean NOT NULL
);
COMMENT ON TABLE sign_in_attempt IS '{"owner":"foundation","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CREATE INDEX sign_in_attempt_who ON sign_in_attempt (staff_no_hash, at DESC);
CREATE INDEX sign_in_attempt_where ON sign_in_attempt (address_hash, at DESC);
CALL protect_bank('sign_in_attempt', '', 'yq_public');
