-- Deliveries: what came, what it should have held, what was not taken; and the staging where rows wait until all of them are checked.

CREATE TABLE delivery (
  id uuid PRIMARY KEY,
  profile text NOT NULL,
  bank_code text NOT NULL,
  business_date date NOT NULL,
  kind text NOT NULL CHECK (kind IN ('FULL', 'DELTA', 'CORRECTION')),
  content_hash bytea NOT NULL,                           -- sha256 over profile, day and every file: the same delivery again is known by it
  folder text NOT NULL,                                  -- the last part of the folder's path
  state text NOT NULL CHECK (state IN ('CHECKING', 'LOADING', 'LOADED', 'REFUSED')),
  refusal text,                                          -- name, then the sentences
  refusal_zh text,
  refusal_en text,
  rows_read bigint NOT NULL DEFAULT 0,
  rows_rejected bigint NOT NULL DEFAULT 0,
  rows_later bigint NOT NULL DEFAULT 0,                  -- dated after the business date: counted, not yet in force
  rows_changed bigint NOT NULL DEFAULT 0,                -- rows of the bank that this delivery added or changed
  received_at timestamptz NOT NULL DEFAULT now(),
  loaded_at timestamptz,
  seconds numeric(12,3),
  job_id uuid,
  signed_by int REFERENCES staff,
  signed_at timestamptz
);
COMMENT ON TABLE delivery IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","skip":["rows_read","seconds"]}';
CREATE INDEX delivery_received ON delivery (received_at DESC, id DESC);
CREATE INDEX delivery_content ON delivery (content_hash);
CALL protect_bank('delivery', 'yq_self, yq_unit, yq_all', 'yq_office, yq_batch');

CREATE TABLE delivery_file (
  delivery_id uuid NOT NULL REFERENCES delivery,
  file_id text NOT NULL,
  name text NOT NULL,
  bytes bigint NOT NULL,                                 -- as it lies there, packed or not
  sha256 bytea NOT NULL,
  rows_read bigint,
  PRIMARY KEY (delivery_id, file_id)
);
COMMENT ON TABLE delivery_file IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('delivery_file', 'yq_self, yq_unit, yq_all', 'yq_batch');

-- Control totals: what the sender tells and what was read. Rows and sums as the file has them.
CREATE TABLE delivery_total (
  delivery_id uuid NOT NULL REFERENCES delivery,
  file_id text NOT NULL,
  measure text NOT NULL,                                 -- rows, or the name of a sum
  expected numeric(30,2),                                -- null: the sender tells none
  received numeric(30,2) NOT NULL,
  PRIMARY KEY (delivery_id, file_id, measure)
);
COMMENT ON TABLE delivery_total IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('delivery_total', 'yq_self, yq_unit, yq_all', 'yq_batch');

-- A row that was not taken. Its value may be personal: sealed, shown only to the data steward, each look journaled.
CREATE TABLE delivery_reject (
  delivery_id uuid NOT NULL REFERENCES delivery,
  number int NOT NULL,
  file_name text NOT NULL,
  row_no int NOT NULL,
  column_name text NOT NULL,
  reason text NOT NULL,
  value_sealed bytea,
  PRIMARY KEY (delivery_id, number)
);
COMMENT ON TABLE delivery_reject IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('delivery_reject', 'yq_self, yq_unit, yq_all', 'yq_batch');

-- Which kinds of work changed how many rows of the bank in a delivery.
CREATE TABLE delivery_effect (
  delivery_id uuid NOT NULL REFERENCES delivery,
  place int NOT NULL,                                    -- order of the work
  table_name text NOT NULL,
  what text NOT NULL CHECK (what IN ('add', 'change', 'remove')),
  rows bigint NOT NULL,
  PRIMARY KEY (delivery_id, place)
);
COMMENT ON TABLE delivery_effect IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('delivery_effect', 'yq_self, yq_unit, yq_all', 'yq_batch');

-- ---------------------------------------------------------------------------------------------------------------------
-- Staging. Unlogged: a crash empties it, and the delivery is read again. Identity numbers, phones and accounts wait here sealed. Only one delivery is in work.

CREATE UNLOGGED TABLE staged_institution (
  file_no smallint NOT NULL, row_no int NOT NULL, code text COLLATE "C" NOT NULL, kind text NOT NULL, name text NOT NULL, name_en text,
  parent_code text COLLATE "C", region text, managers_in text, from_date date NOT NULL
);
COMMENT ON TABLE staged_institution IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('staged_institution', '', 'yq_batch');
CREATE VIEW deliveries_institution_facts WITH (security_invoker = true) AS SELECT * FROM staged_institution;
COMMENT ON VIEW deliveries_institution_facts IS 'Rows of the delivery in work that are to become institution rows; empty when none is in work.';
GRANT SELECT ON deliveries_institution_facts TO yq_batch;

CREATE UNLOGGED TABLE staged_staff (
  file_no smallint NOT NULL, row_no int NOT NULL, staff_no text COLLATE "C" NOT NULL, name text NOT NULL, from_date date NOT NULL, to_date date,
  name_pinyin text NOT NULL, name_initials text NOT NULL
);
COMMENT ON TABLE staged_staff IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('staged_staff', '', 'yq_batch');
CREATE VIEW deliveries_staff_facts WITH (security_invoker = true) AS SELECT * FROM staged_staff;
COMMENT ON VIEW deliveries_staff_facts IS 'Rows of the delivery in work that are to become staff rows; empty when none is in work.';
GRANT SELECT ON deliveries_staff_facts TO yq_batch;

CREATE UNLOGGED TABLE staged_post (
  file_no smallint NOT NULL, row_no int NOT NULL, staff_no text COLLATE "C" NOT NULL, post_code text COLLATE "C" NOT NULL,
  line_code text COLLATE "C" NOT NULL, place_code text COLLATE "C" NOT NULL, from_date date NOT NULL, to_date date, main boolean
);
COMMENT ON TABLE staged_post IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('staged_post', '', 'yq_batch');
CREATE VIEW deliveries_post_facts WITH (security_invoker = true) AS SELECT * FROM staged_post;
COMMENT ON VIEW deliveries_post_facts IS 'Rows of the delivery in work that are to become post rows; empty when none is in work.';
GRANT SELECT ON deliveries_post_facts TO yq_batch;

CREATE UNLOGGED TABLE staged_grade (
  file_no smallint NOT NULL, row_no int NOT NULL, staff_no text COLLATE "C" NOT NULL, grade text NOT NULL, from_date date NOT NULL
);
COMMENT ON TABLE staged_grade IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('staged_grade', '', 'yq_batch');
CREATE VIEW deliveries_grade_facts WITH (security_invoker = true) AS SELECT * FROM staged_grade;
COMMENT ON VIEW deliveries_grade_facts IS 'Rows of the delivery in work that are to become grade rows; empty when none is in work.';
GRANT SELECT ON deliveries_grade_facts TO yq_batch;

CREATE UNLOGGED TABLE staged_product (
  file_no smallint NOT NULL, row_no int NOT NULL, code text COLLATE "C" NOT NULL, name text NOT NULL, name_en text, line text NOT NULL
);
COMMENT ON TABLE staged_product IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('staged_product', '', 'yq_batch');
CREATE VIEW deliveries_product_facts WITH (security_invoker = true) AS SELECT * FROM staged_product;
COMMENT ON VIEW deliveries_product_facts IS 'Rows of the delivery in work that are to become product rows; empty when none is in work.';
GRANT SELECT ON deliveries_product_facts TO yq_batch;

CREATE UNLOGGED TABLE staged_customer (
  file_no smallint NOT NULL, row_no int NOT NULL, number text COLLATE "C" NOT NULL, kind text NOT NULL, name text NOT NULL, name_is_made boolean,
  outlet_code text COLLATE "C" NOT NULL, opened_on date, status text, source text, identity_kind text, identity_number_sealed bytea,
  identity_number_hash bytea, identity_number_tail text, identity_expires_on date, phone_sealed bytea, phone_hash bytea, phone_tail text,
  company_type text, established_on date, registered_address text, operating_address text, registration_status text, business_scope text,
  industry_code text, size_class text, registered_capital_fen bigint, legal_representative text, staff_count int, sex text, birth_date date,
  nationality text, occupation text, employer text, address_sealed bytea, district text, risk_level text,
  name_pinyin text NOT NULL, name_initials text NOT NULL, grams text[] NOT NULL, phone_masked text, phone_tail_hash bytea
);
COMMENT ON TABLE staged_customer IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('staged_customer', '', 'yq_batch');
CREATE VIEW deliveries_customer_facts WITH (security_invoker = true) AS SELECT * FROM staged_customer;
COMMENT ON VIEW deliveries_customer_facts IS 'Rows of the delivery in work that are to become customer rows; empty when none is in work.';
GRANT SELECT ON deliveries_customer_facts TO yq_batch;

CREATE UNLOGGED TABLE staged_assignment (
  file_no smallint NOT NULL, row_no int NOT NULL, customer_number text COLLATE "C" NOT NULL, staff_no text COLLATE "C" NOT NULL,
  share_pct numeric(5,2) NOT NULL, main boolean NOT NULL, from_date date NOT NULL, to_date date, base_adb_fen bigint
);
COMMENT ON TABLE staged_assignment IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('staged_assignment', '', 'yq_batch');
CREATE VIEW deliveries_assignment_facts WITH (security_invoker = true) AS SELECT * FROM staged_assignment;
COMMENT ON VIEW deliveries_assignment_facts IS 'Rows of the delivery in work that are to become assignment rows; empty when none is in work.';
GRANT SELECT ON deliveries_assignment_facts TO yq_batch;

CREATE UNLOGGED TABLE staged_account (
  file_no smallint NOT NULL, row_no int NOT NULL, account_key text COLLATE "C" NOT NULL, customer_number text COLLATE "C" NOT NULL,
  account_number_sealed bytea, account_number_hash bytea, account_number_tail text, product_code text COLLATE "C" NOT NULL, currency text NOT NULL,
  outlet_code text COLLATE "C" NOT NULL, opened_on date NOT NULL, closed_on date, matures_on date, rate numeric(12,8), account_number_tail_hash bytea
);
COMMENT ON TABLE staged_account IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('staged_account', '', 'yq_batch');
CREATE VIEW deliveries_account_facts WITH (security_invoker = true) AS SELECT * FROM staged_account;
COMMENT ON VIEW deliveries_account_facts IS 'Rows of the delivery in work that are to become account rows; empty when none is in work.';
GRANT SELECT ON deliveries_account_facts TO yq_batch;

CREATE UNLOGGED TABLE staged_agent (
  file_no smallint NOT NULL, row_no int NOT NULL, agent_key text COLLATE "C" NOT NULL, account_key text COLLATE "C" NOT NULL,
  customer_number text COLLATE "C" NOT NULL, from_date date
);
COMMENT ON TABLE staged_agent IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('staged_agent', '', 'yq_batch');
CREATE VIEW deliveries_agent_facts WITH (security_invoker = true) AS SELECT * FROM staged_agent;
COMMENT ON VIEW deliveries_agent_facts IS 'Rows of the delivery in work that are to become agent rows; empty when none is in work.';
GRANT SELECT ON deliveries_agent_facts TO yq_batch;

CREATE UNLOGGED TABLE staged_balance (
  file_no smallint NOT NULL, row_no int NOT NULL, account_key text COLLATE "C" NOT NULL, day date NOT NULL, balance_fen bigint NOT NULL
);
COMMENT ON TABLE staged_balance IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('staged_balance', '', 'yq_batch');
CREATE VIEW deliveries_balance_facts WITH (security_invoker = true) AS SELECT * FROM staged_balance;
COMMENT ON VIEW deliveries_balance_facts IS 'Rows of the delivery in work that are to become balance rows; empty when none is in work.';
GRANT SELECT ON deliveries_balance_facts TO yq_batch;

CREATE UNLOGGED TABLE staged_transaction (
  file_no smallint NOT NULL, row_no int NOT NULL, transaction_key text COLLATE "C" NOT NULL, account_key text COLLATE "C" NOT NULL,
  booked_on date NOT NULL, direction text NOT NULL, amount_fen bigint NOT NULL, balance_after_fen bigint, kind text, memo text, counterparty_name text,
  counterparty_bank text, counterparty_account_hash bytea, counterparty_account_tail text, currency text
);
COMMENT ON TABLE staged_transaction IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('staged_transaction', '', 'yq_batch');
CREATE VIEW deliveries_transaction_facts WITH (security_invoker = true) AS SELECT * FROM staged_transaction;
COMMENT ON VIEW deliveries_transaction_facts IS 'Rows of the delivery in work that are to become transaction rows; empty when none is in work.';
GRANT SELECT ON deliveries_transaction_facts TO yq_batch;

CREATE UNLOGGED TABLE staged_loan (
  file_no smallint NOT NULL, row_no int NOT NULL, loan_key text COLLATE "C" NOT NULL, customer_number text COLLATE "C", account_key text COLLATE "C",
  product_code text COLLATE "C" NOT NULL, currency text, outlet_code text COLLATE "C", amount_fen bigint NOT NULL, paid_out_on date NOT NULL,
  matures_on date, term_months int NOT NULL, instalment_fen bigint, rate numeric(12,8), status_letter text, settled_on date
);
COMMENT ON TABLE staged_loan IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('staged_loan', '', 'yq_batch');
CREATE VIEW deliveries_loan_facts WITH (security_invoker = true) AS SELECT * FROM staged_loan;
COMMENT ON VIEW deliveries_loan_facts IS 'Rows of the delivery in work that are to become loan rows; empty when none is in work.';
GRANT SELECT ON deliveries_loan_facts TO yq_batch;

CREATE UNLOGGED TABLE staged_loan_state (
  file_no smallint NOT NULL, row_no int NOT NULL, loan_key text COLLATE "C" NOT NULL, day date NOT NULL, principal_fen bigint NOT NULL,
  overdue_since date, overdue_fen bigint, loan_class text
);
COMMENT ON TABLE staged_loan_state IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('staged_loan_state', '', 'yq_batch');
CREATE VIEW deliveries_loan_state_facts WITH (security_invoker = true) AS SELECT * FROM staged_loan_state;
COMMENT ON VIEW deliveries_loan_state_facts IS 'Rows of the delivery in work that are to become loan state rows; empty when none is in work.';
GRANT SELECT ON deliveries_loan_state_facts TO yq_batch;

CREATE UNLOGGED TABLE staged_card (
  file_no smallint NOT NULL, row_no int NOT NULL, card_key text COLLATE "C" NOT NULL, account_key text COLLATE "C" NOT NULL,
  holder_number text COLLATE "C", product_code text COLLATE "C" NOT NULL, issued_on date NOT NULL
);
COMMENT ON TABLE staged_card IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('staged_card', '', 'yq_batch');
CREATE VIEW deliveries_card_facts WITH (security_invoker = true) AS SELECT * FROM staged_card;
COMMENT ON VIEW deliveries_card_facts IS 'Rows of the delivery in work that are to become card rows; empty when none is in work.';
GRANT SELECT ON deliveries_card_facts TO yq_batch;

CREATE UNLOGGED TABLE staged_standing_order (
  file_no smallint NOT NULL, row_no int NOT NULL, order_key text COLLATE "C" NOT NULL, account_key text COLLATE "C" NOT NULL,
  amount_fen bigint NOT NULL, purpose text, to_bank text, to_account_hash bytea, to_account_tail text
);
COMMENT ON TABLE staged_standing_order IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('staged_standing_order', '', 'yq_batch');
CREATE VIEW deliveries_standing_order_facts WITH (security_invoker = true) AS SELECT * FROM staged_standing_order;
COMMENT ON VIEW deliveries_standing_order_facts IS 'Rows of the delivery in work that are to become standing order rows; empty when none is in work.';
GRANT SELECT ON deliveries_standing_order_facts TO yq_batch;
-- Ciphers under the customers' own keys, made before the merge begins, so that the merge is statements only.
CREATE UNLOGGED TABLE staged_customer_secret (
  number text COLLATE "C" NOT NULL, customer_id uuid NOT NULL, is_new boolean NOT NULL, wrapped_key bytea, uscc text, identity_cipher bytea, phone_cipher bytea, address_cipher bytea
);
COMMENT ON TABLE staged_customer_secret IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('staged_customer_secret', '', 'yq_batch');
CREATE VIEW deliveries_customer_secret_facts WITH (security_invoker = true) AS SELECT * FROM staged_customer_secret;
COMMENT ON VIEW deliveries_customer_secret_facts IS 'Per customer of the delivery in work: his id (made for a new one), the wrapped key of a new one, ciphers under his key.';
GRANT SELECT ON deliveries_customer_secret_facts TO yq_batch;
CREATE UNLOGGED TABLE staged_account_secret (
  account_key text COLLATE "C" NOT NULL, number_cipher bytea NOT NULL
);
COMMENT ON TABLE staged_account_secret IS '{"owner":"deliveries","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('staged_account_secret', '', 'yq_batch');
CREATE VIEW deliveries_account_secret_facts WITH (security_invoker = true) AS SELECT * FROM staged_account_secret;
COMMENT ON VIEW deliveries_account_secret_facts IS 'Per account of the delivery in work whose number is new: the cipher under its owner''s key.';
GRANT SELECT ON deliveries_account_secret_facts TO yq_batch;

-- The spans as they shall be, worked out before they are compared with those that are there.
CREATE UNLOGGED TABLE balance_span_draft (
  customer_id uuid NOT NULL, account_id uuid NOT NULL, from_date date NOT NULL, to_date date, balance_fen bigint NOT NULL
);
COMMENT ON TABLE balance_span_draft IS '{"owner":"holdings","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('balance_span_draft', '', 'yq_batch');
CREATE UNLOGGED TABLE loan_span_draft (
  customer_id uuid NOT NULL, loan_id uuid NOT NULL, from_date date NOT NULL, to_date date, principal_fen bigint NOT NULL, overdue_since date, overdue_fen bigint NOT NULL, loan_class text, derived boolean NOT NULL
);
COMMENT ON TABLE loan_span_draft IS '{"owner":"holdings","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('loan_span_draft', '', 'yq_batch');

-- ---------------------------------------------------------------------------------------------------------------------
-- What the checks of a delivery read of the other rooms.

CREATE VIEW holdings_product_facts WITH (security_invoker = true) AS SELECT code, name, name_en, line FROM product;
COMMENT ON VIEW holdings_product_facts IS 'Products with their line.';
GRANT SELECT ON holdings_product_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_engine, yq_office, yq_batch;
CREATE VIEW customers_identifier_facts WITH (security_invoker = true) AS SELECT kind, value_hash, customer_id FROM identifier;
COMMENT ON VIEW customers_identifier_facts IS 'Which customer has taken a number that is unique in the bank, by keyed hash. For batches only.';
GRANT SELECT ON customers_identifier_facts TO yq_batch;

-- A merge fills empty tables and goes on reading them in the same transaction: without statistics its plans are blind. Only the owner may ANALYZE.
CREATE FUNCTION refresh_statistics(p_tables text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY p_tables LOOP
    EXECUTE format('ANALYZE %I', t);
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION refresh_statistics(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION refresh_statistics(text[]) TO yq_batch;
