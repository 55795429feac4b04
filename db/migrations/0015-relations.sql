-- Relations and groups: parties (customers and others), the typed, directional, dated edges between them, groups with dated members, proposals that wait for a
-- person, households, beneficial owners. Edges and membership are reference tables (architecture, section 5): what of them a reader is shown is decided by his scope.

-- A node of the graph. A customer has one when a relation names it; a party that is no customer has name and, where known, its number as keyed hash.
CREATE TABLE party (
  id uuid PRIMARY KEY,
  customer_id uuid NOT NULL,                              -- on whose file it was first entered
  kind text NOT NULL CHECK (kind IN ('COMPANY', 'PERSON')),
  as_customer uuid,                                       -- the customer that it is; null: none
  name text,                                              -- of a party that is no customer, as in the papers
  number_kind text CHECK (number_kind IN ('USCC', 'RESIDENT_ID')),
  number_hash bytea,
  batch_id uuid,
  CHECK (as_customer IS NOT NULL OR name IS NOT NULL),
  CHECK ((number_kind IS NULL) = (number_hash IS NULL))
);
COMMENT ON TABLE party IS '{"owner":"customers","kind":"reference","secrecy":"NORMAL","personal":["name"]}';
CALL protect_reference('party');
CREATE UNIQUE INDEX party_customer ON party (as_customer) WHERE as_customer IS NOT NULL;
CREATE UNIQUE INDEX party_number ON party (number_kind, number_hash) WHERE number_hash IS NOT NULL;
GRANT INSERT, UPDATE ON party TO yq_opened;
CREATE POLICY opened_add ON party FOR INSERT TO yq_opened WITH CHECK (customer_id = current_setting('app.writable')::uuid);
CREATE POLICY opened_change ON party FOR UPDATE TO yq_opened USING (customer_id = current_setting('app.writable')::uuid);

-- from_party does something to to_party: holds, controls, guarantees, supplies, manages, represents. FAMILY and SHARED_* know no direction; they stand once.
CREATE TABLE relation (
  id uuid PRIMARY KEY,
  customer_id uuid NOT NULL,                              -- on whose file it stands: only who may write this customer may end it
  kind text NOT NULL CHECK (kind IN ('SHAREHOLDING', 'CONTROL', 'GUARANTEE', 'SUPPLY', 'FAMILY', 'LEGAL_REPRESENTATIVE', 'MANAGEMENT', 'SHARED_PHONE', 'SHARED_ADDRESS', 'SHARED_AGENT')),
  from_party uuid NOT NULL REFERENCES party,
  to_party uuid NOT NULL REFERENCES party,
  share_pct numeric(7,4) CHECK (share_pct > 0 AND share_pct <= 100),
  subscribed_fen bigint CHECK (subscribed_fen >= 0),      -- 认缴 registered capital
  paid_in_fen bigint CHECK (paid_in_fen >= 0),            -- 实缴
  cross_holding boolean NOT NULL DEFAULT false,           -- 交叉持股: the only way in which a loop may close
  means text CHECK (means IN ('BOARD', 'CONTRACT', 'OTHER', 'CHAIRMAN', 'GENERAL_MANAGER', 'DIRECTOR', 'SUPERVISOR', 'FINANCE_HEAD', 'SPOUSE', 'PARENT', 'SIBLING', 'OTHER_RELATIVE')),
  amount_fen bigint CHECK (amount_fen > 0),               -- guaranteed; supplied in a year
  income_pct numeric(7,4) CHECK (income_pct > 0 AND income_pct <= 100),   -- of the supplier's income
  outlay_pct numeric(7,4) CHECK (outlay_pct > 0 AND outlay_pct <= 100),   -- of the buyer's outlay
  evidence text NOT NULL,
  from_date date NOT NULL,
  to_date date,
  entered_by int REFERENCES staff,                        -- null: found by rule
  entered_on date NOT NULL,
  end_reason text,
  batch_id uuid,
  CHECK (from_party <> to_party),
  CHECK (to_date IS NULL OR to_date >= from_date),
  CHECK ((kind = 'SHAREHOLDING') = (share_pct IS NOT NULL)),
  CHECK (kind = 'SHAREHOLDING' OR NOT cross_holding),
  CHECK (kind <> 'SHAREHOLDING' OR share_pct IS NOT NULL),
  CHECK (kind <> 'GUARANTEE' OR amount_fen IS NOT NULL)
);
COMMENT ON TABLE relation IS '{"owner":"customers","kind":"reference","secrecy":"NORMAL","personal":["evidence"]}';
CALL protect_reference('relation');
CREATE INDEX relation_from ON relation (from_party, kind);
CREATE INDEX relation_to ON relation (to_party, kind);
CREATE INDEX relation_customer ON relation (customer_id);
GRANT INSERT, UPDATE ON relation TO yq_opened;
CREATE POLICY opened_add ON relation FOR INSERT TO yq_opened WITH CHECK (customer_id = current_setting('app.writable')::uuid);
CREATE POLICY opened_change ON relation FOR UPDATE TO yq_opened USING (customer_id = current_setting('app.writable')::uuid);

-- Group customers (集团客户), guarantee circles (担保圈), groups by economic dependence, households.
CREATE TABLE customer_group (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('GROUP', 'DEPENDENCE', 'CIRCLE', 'HOUSEHOLD')),
  name text NOT NULL,
  controller_party uuid REFERENCES party,                 -- who controls all of it
  control_basis text,                                     -- membership tests of 2.6 that it meets: 'A B'
  unified_limit_fen bigint CHECK (unified_limit_fen >= 0),
  limit_from date,
  limit_until date,
  lead_org int REFERENCES institution,
  co_orgs int[] NOT NULL DEFAULT '{}',
  from_date date NOT NULL,
  to_date date,
  confirmed_by int REFERENCES staff,
  reason text NOT NULL,
  end_reason text,
  table_version text,
  CHECK (to_date IS NULL OR to_date >= from_date),
  CHECK (limit_until IS NULL OR limit_until >= limit_from)
);
COMMENT ON TABLE customer_group IS '{"owner":"customers","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('customer_group');

CREATE TABLE group_member (
  id uuid PRIMARY KEY,
  group_id uuid NOT NULL REFERENCES customer_group,
  party_id uuid NOT NULL REFERENCES party,
  customer_id uuid,                                       -- the customer that the party is
  role text NOT NULL DEFAULT 'MEMBER' CHECK (role IN ('LEAD', 'MEMBER', 'HEAD', 'SPOUSE', 'CHILD', 'PARENT', 'OTHER')),
  household boolean NOT NULL DEFAULT false,
  rolls_up boolean NOT NULL DEFAULT true,                 -- of several households a person rolls up in one
  basis text,
  from_date date NOT NULL,
  to_date date,
  end_reason text,
  CHECK (to_date IS NULL OR to_date >= from_date)
);
COMMENT ON TABLE group_member IS '{"owner":"customers","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('group_member');
CREATE UNIQUE INDEX group_member_once ON group_member (group_id, party_id) WHERE to_date IS NULL;
CREATE UNIQUE INDEX group_member_rolls_up ON group_member (party_id) WHERE household AND rolls_up AND to_date IS NULL;
CREATE UNIQUE INDEX group_member_lead ON group_member (group_id) WHERE role = 'LEAD' AND to_date IS NULL;
CREATE INDEX group_member_customer ON group_member (customer_id) WHERE customer_id IS NOT NULL;

-- Found by rule, waiting for a person. The same set is proposed once: what was declined stays declined until its members change.
CREATE TABLE group_proposal (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('GROUP', 'DEPENDENCE', 'CIRCLE')),
  fingerprint text COLLATE "C" NOT NULL,                  -- of kind and members
  parties uuid[] NOT NULL,
  customers uuid[] NOT NULL,                              -- those of them that are customers
  tests text[] NOT NULL,                                  -- which of A, B, C, D, ECONOMIC, CIRCLE it meets
  controller_party uuid REFERENCES party,
  group_id uuid REFERENCES customer_group,                -- the group that it would extend, or became
  found_on date NOT NULL,
  table_version text NOT NULL,
  state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'CONFIRMED', 'DECLINED', 'GONE')),
  decided_by int REFERENCES staff,
  decided_on date,
  reason text,
  CHECK ((state IN ('CONFIRMED', 'DECLINED')) = (decided_by IS NOT NULL))
);
COMMENT ON TABLE group_proposal IS '{"owner":"customers","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('group_proposal');
CREATE UNIQUE INDEX group_proposal_once ON group_proposal (fingerprint) WHERE state <> 'GONE';
CREATE INDEX group_proposal_state ON group_proposal (state, found_on);
CREATE INDEX group_proposal_parties ON group_proposal USING gin (parties);

-- Beneficial owners (受益所有人) as the bank found them on a day, by which method, with the paths of shares; and as they were filed.
CREATE TABLE beneficial_filing (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  filed_on date NOT NULL,
  owners jsonb NOT NULL,                                  -- { list: [{ name, sharePct }] }
  evidence text NOT NULL,
  entered_by int NOT NULL REFERENCES staff,
  entered_on date NOT NULL,
  PRIMARY KEY (customer_id, id)
);
COMMENT ON TABLE beneficial_filing IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["owners","evidence"]}';
CALL protect_owned('beneficial_filing');

CREATE TABLE beneficial_finding (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  found_on date NOT NULL,
  method text NOT NULL CHECK (method IN ('SHARE', 'CONTROL', 'SENIOR_MANAGER', 'NONE', 'EXEMPT')),
  owners jsonb NOT NULL,                                  -- { list: [{ partyId, name, sharePct, paths: [{ names, sharePct }] }] }
  filing_id uuid,                                         -- compared with
  differences jsonb NOT NULL,                             -- { list: [{ name, what, foundPct, filedPct }] }
  table_version text NOT NULL,
  found_by int REFERENCES staff,
  PRIMARY KEY (customer_id, id)
);
COMMENT ON TABLE beneficial_finding IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["owners","differences"]}';
CALL protect_owned('beneficial_finding');

-- Published.
CREATE VIEW customers_relation_facts WITH (security_invoker = true) AS
SELECT r.id AS relation_id, r.kind, r.from_party, r.to_party, f.kind AS from_kind, t.kind AS to_kind, f.as_customer AS from_customer_id, t.as_customer AS to_customer_id,
  r.share_pct, r.cross_holding, r.means, r.amount_fen, r.income_pct, r.outlay_pct, r.from_date, r.to_date
FROM relation r JOIN party f ON f.id = r.from_party JOIN party t ON t.id = r.to_party WHERE r.to_date IS DISTINCT FROM r.from_date;
COMMENT ON VIEW customers_relation_facts IS 'Edges of the relation graph, valid [from_date, to_date): from_party does something to to_party; the customers that they are, where they are. FAMILY and SHARED_* have no direction.';
CREATE VIEW customers_group_facts WITH (security_invoker = true) AS
SELECT g.id AS group_id, g.kind, g.name, g.controller_party, g.unified_limit_fen, g.lead_org, m.party_id, m.customer_id, m.role, m.rolls_up,
  greatest(g.from_date, m.from_date) AS from_date, least(g.to_date, m.to_date) AS to_date
FROM customer_group g JOIN group_member m ON m.group_id = g.id WHERE m.to_date IS DISTINCT FROM m.from_date;
COMMENT ON VIEW customers_group_facts IS 'Members of groups (GROUP, DEPENDENCE, CIRCLE, HOUSEHOLD), valid [from_date, to_date); customer_id null: the party is no customer.';
GRANT SELECT ON customers_relation_facts, customers_group_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_engine, yq_office, yq_batch;

-- Who may act for whom: an agent of several customers connects them (2.6, d).
CREATE VIEW holdings_agent_facts WITH (security_invoker = true) AS SELECT customer_id, agent_customer_id, from_date FROM account_agent;
COMMENT ON VIEW holdings_agent_facts IS 'agent_customer_id may act for customer_id on one of its accounts (授权人).';
GRANT SELECT ON holdings_agent_facts TO yq_opened, yq_engine, yq_batch;
