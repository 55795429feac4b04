-- Holdings: products held, accounts, balances as spans, transactions, loans, cards, standing orders.

CREATE TABLE product (
  code text PRIMARY KEY,
  name text NOT NULL,
  name_en text NOT NULL,
  line text NOT NULL CHECK (line IN ('DEPOSIT', 'LOAN', 'WEALTH', 'CARD', 'SETTLEMENT', 'E_BANKING', 'OTHER')),
  from_date date NOT NULL DEFAULT '1900-01-01',
  to_date date
);
COMMENT ON TABLE product IS '{"owner":"holdings","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('product');

CREATE TABLE account (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  core_key text COLLATE "C" NOT NULL,                    -- the core system's key of the account (not the number printed on papers)
  number_cipher bytea,
  number_hash bytea,
  tail text,                                             -- last four digits
  product_code text NOT NULL REFERENCES product,
  currency text NOT NULL DEFAULT 'CNY',
  outlet_key int NOT NULL REFERENCES institution,
  opened_on date NOT NULL,
  closed_on date,
  matures_on date,
  rate numeric(12,8),
  batch_id uuid,
  PRIMARY KEY (customer_id, id)
);
COMMENT ON TABLE account IS '{"owner":"holdings","kind":"owned","secrecy":"NORMAL","cipher":["number_cipher"]}';
CREATE UNIQUE INDEX account_core_key ON account (core_key, customer_id);
CALL protect_owned('account');

-- 授权人: sees the account, owns no balance (2.14).
CREATE TABLE account_agent (
  customer_id uuid NOT NULL,                             -- the account's owner
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  agent_customer_id uuid NOT NULL,
  core_key text COLLATE "C",
  from_date date,
  batch_id uuid,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, account_id) REFERENCES account
);
COMMENT ON TABLE account_agent IS '{"owner":"holdings","kind":"owned","secrecy":"NORMAL"}';
CREATE INDEX account_agent_account ON account_agent (customer_id, account_id);
CREATE INDEX account_agent_agent ON account_agent (agent_customer_id);
CALL protect_owned('account_agent');

-- A closing balance valid [from_date, to_date): an average is one sum over overlaps.
CREATE TABLE balance_span (
  customer_id uuid NOT NULL,
  account_id uuid NOT NULL,
  from_date date NOT NULL,
  to_date date,
  balance_fen bigint NOT NULL,
  batch_id uuid,
  PRIMARY KEY (customer_id, account_id, from_date),
  FOREIGN KEY (customer_id, account_id) REFERENCES account,
  CHECK (to_date IS NULL OR to_date > from_date)
);
COMMENT ON TABLE balance_span IS '{"owner":"holdings","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('balance_span');

CREATE TABLE account_transaction (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  core_key text COLLATE "C" NOT NULL,
  booked_on date NOT NULL,
  direction text NOT NULL CHECK (direction IN ('IN', 'OUT')),
  amount_fen bigint NOT NULL CHECK (amount_fen >= 0),
  balance_after_fen bigint,
  kind text,                                             -- the profile's own codes, mapped: CASH, TRANSFER, INTEREST, FEE, LOAN_PAYMENT, CARD, PENSION, …
  memo text,
  counterparty_name text,
  counterparty_bank text,
  counterparty_hash bytea,
  counterparty_tail text,
  batch_id uuid,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, account_id) REFERENCES account
);
COMMENT ON TABLE account_transaction IS '{"owner":"holdings","kind":"owned","secrecy":"NORMAL"}';
CREATE INDEX account_transaction_day ON account_transaction (customer_id, booked_on DESC, id DESC);
CREATE UNIQUE INDEX account_transaction_core_key ON account_transaction (core_key, customer_id);
CALL protect_owned('account_transaction');

CREATE TABLE loan (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  core_key text COLLATE "C" NOT NULL,
  account_id uuid,                                        -- the account from which it is repaid
  product_code text NOT NULL REFERENCES product,
  currency text NOT NULL DEFAULT 'CNY',
  outlet_key int NOT NULL REFERENCES institution,
  amount_fen bigint NOT NULL CHECK (amount_fen > 0),
  paid_out_on date NOT NULL,
  matures_on date NOT NULL,
  term_months int NOT NULL CHECK (term_months > 0),
  instalment_fen bigint,
  rate numeric(12,8),
  status_letter text,                                     -- as delivered (Berka A B C D)
  settled_on date,
  batch_id uuid,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, account_id) REFERENCES account
);
COMMENT ON TABLE loan IS '{"owner":"holdings","kind":"owned","secrecy":"NORMAL"}';
CREATE UNIQUE INDEX loan_core_key ON loan (core_key, customer_id);
CALL protect_owned('loan');

-- Principal outstanding, overdue days and class of a loan in [from_date, to_date).
CREATE TABLE loan_span (
  customer_id uuid NOT NULL,
  loan_id uuid NOT NULL,
  from_date date NOT NULL,
  to_date date,
  principal_fen bigint NOT NULL,
  overdue_since date,                                     -- null: nothing overdue. Overdue days on day d = d - overdue_since
  overdue_fen bigint NOT NULL DEFAULT 0,
  loan_class text CHECK (loan_class IN ('NORMAL', 'SPECIAL_MENTION', 'SUBSTANDARD', 'DOUBTFUL', 'LOSS')),
  derived boolean NOT NULL DEFAULT false,                  -- worked out by the profile's method, not delivered
  batch_id uuid,
  PRIMARY KEY (customer_id, loan_id, from_date),
  FOREIGN KEY (customer_id, loan_id) REFERENCES loan,
  CHECK (to_date IS NULL OR to_date > from_date)
);
COMMENT ON TABLE loan_span IS '{"owner":"holdings","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('loan_span');

CREATE TABLE card (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  holder_customer_id uuid NOT NULL,                       -- an authorised person may hold a card of the account
  core_key text COLLATE "C" NOT NULL,
  product_code text NOT NULL REFERENCES product,
  issued_on date NOT NULL,
  batch_id uuid,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, account_id) REFERENCES account
);
COMMENT ON TABLE card IS '{"owner":"holdings","kind":"owned","secrecy":"NORMAL"}';
CREATE UNIQUE INDEX card_core_key ON card (core_key, customer_id);
CALL protect_owned('card');

CREATE TABLE standing_order (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  core_key text COLLATE "C" NOT NULL,
  amount_fen bigint NOT NULL,
  purpose text,
  to_bank text,
  to_account_hash bytea,
  to_account_tail text,
  batch_id uuid,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, account_id) REFERENCES account
);
COMMENT ON TABLE standing_order IS '{"owner":"holdings","kind":"owned","secrecy":"NORMAL"}';
CREATE UNIQUE INDEX standing_order_core_key ON standing_order (core_key, customer_id);
CALL protect_owned('standing_order');

CREATE VIEW holdings_account_facts WITH (security_invoker = true) AS
SELECT a.customer_id, a.id AS account_id, a.core_key, a.product_code, p.line, a.currency, a.outlet_key, a.opened_on, a.closed_on, a.matures_on, a.rate
FROM account a JOIN product p ON p.code = a.product_code;
COMMENT ON VIEW holdings_account_facts IS 'Accounts with their product line.';
CREATE VIEW holdings_balance_facts WITH (security_invoker = true) AS
SELECT b.customer_id, b.account_id, p.line, a.currency, b.from_date, b.to_date, b.balance_fen
FROM balance_span b JOIN account a ON a.customer_id = b.customer_id AND a.id = b.account_id JOIN product p ON p.code = a.product_code;
COMMENT ON VIEW holdings_balance_facts IS 'Closing balances in fen of the account''s currency, valid [from_date, to_date).';
CREATE VIEW holdings_transaction_facts WITH (security_invoker = true) AS
SELECT customer_id, id AS transaction_id, account_id, booked_on, direction, amount_fen, kind FROM account_transaction;
COMMENT ON VIEW holdings_transaction_facts IS 'Booked transactions: amount in fen, direction IN or OUT.';
CREATE VIEW holdings_loan_facts WITH (security_invoker = true) AS
SELECT customer_id, id AS loan_id, core_key, product_code, currency, outlet_key, amount_fen, paid_out_on, matures_on, term_months, instalment_fen, status_letter, settled_on FROM loan;
COMMENT ON VIEW holdings_loan_facts IS 'Loans (借据) with amount, term and settlement.';
CREATE VIEW holdings_loan_span_facts WITH (security_invoker = true) AS
SELECT s.customer_id, s.loan_id, l.currency, s.from_date, s.to_date, s.principal_fen, s.overdue_since, s.overdue_fen, s.loan_class, s.derived
FROM loan_span s JOIN loan l ON l.customer_id = s.customer_id AND l.id = s.loan_id;
COMMENT ON VIEW holdings_loan_span_facts IS 'Principal and overdue state of loans, valid [from_date, to_date).';
GRANT SELECT ON holdings_account_facts, holdings_balance_facts, holdings_transaction_facts, holdings_loan_facts, holdings_loan_span_facts TO yq_opened, yq_engine, yq_batch;
