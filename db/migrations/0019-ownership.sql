-- Ownership: load of a manager, the pool and its claims, hand-over with three signatures, substitution. Slices of ownership guarded by plain B-trees.

-- Slices of one customer and person follow each other. The GiST exclusion over (customer, person, daterange) is replaced: the planner could take its index for the
-- overlap test of a delivery, and such an index was seen to miss rows under set-based writing (decision record 0013). Two slices of one person that overlap without
-- sharing their first day or being open both cannot be said by a B-tree: the writing code sees them under the customer's row lock (assign-customer.ts, move-shares.ts),
-- a delivery in its check (check-staged.ts).
ALTER TABLE assignment DROP CONSTRAINT assignment_customer_id_staff_key_daterange_excl;
CREATE UNIQUE INDEX assignment_open ON assignment (customer_id, staff_key) WHERE to_date IS NULL;
CREATE UNIQUE INDEX assignment_from ON assignment (customer_id, staff_key, from_date) WHERE to_date IS NULL OR to_date > from_date;
CREATE UNIQUE INDEX assignment_open_main ON assignment (customer_id) WHERE main AND to_date IS NULL;

-- ---------------------------------------------------------------------------------------------------------------------
-- What the bank decided about ownership, dated: load (4.5), pool, hand-over (8.3), substitution (W9). A result stores the version.
CREATE TABLE ownership_policy (
  from_date date PRIMARY KEY,
  to_date date,
  version text NOT NULL,
  weight_t1 numeric(6,2) NOT NULL DEFAULT 3 CHECK (weight_t1 >= 0),
  weight_t2 numeric(6,2) NOT NULL DEFAULT 1.5 CHECK (weight_t2 >= 0),
  weight_t3 numeric(6,2) NOT NULL DEFAULT 1 CHECK (weight_t3 >= 0),
  weight_t4 numeric(6,2) NOT NULL DEFAULT 0.1 CHECK (weight_t4 >= 0),
  weight_p numeric(6,2) NOT NULL DEFAULT 0 CHECK (weight_p >= 0),
  capacity_credit numeric(8,2) NOT NULL DEFAULT 20 CHECK (capacity_credit > 0),           -- companies with loans
  capacity_corporate numeric(8,2) NOT NULL DEFAULT 60 CHECK (capacity_corporate > 0),     -- companies without
  capacity_person_t1 numeric(8,2) NOT NULL DEFAULT 150 CHECK (capacity_person_t1 > 0),
  capacity_person numeric(8,2) NOT NULL DEFAULT 300 CHECK (capacity_person > 0),
  factor_a numeric(4,2) NOT NULL DEFAULT 0.50 CHECK (factor_a > 0),                       -- capacity of an assistant, of B
  factor_b numeric(4,2) NOT NULL DEFAULT 1 CHECK (factor_b > 0),
  factor_c numeric(4,2) NOT NULL DEFAULT 1 CHECK (factor_c > 0),
  warn_above numeric(6,4) NOT NULL DEFAULT 1,
  stop_above numeric(6,4) NOT NULL DEFAULT 1.2,
  claim_tiers text[] NOT NULL DEFAULT '{T2,T3,T4,P}',   -- a core customer is assigned, not claimed
  claims_per_day int NOT NULL DEFAULT 3 CHECK (claims_per_day >= 0),
  claims_open int NOT NULL DEFAULT 5 CHECK (claims_open >= 0),
  cooling_days int NOT NULL DEFAULT 90 CHECK (cooling_days >= 0),         -- who had it before may claim it again only after so many days
  claim_window int NOT NULL DEFAULT 2 CHECK (claim_window BETWEEN 0 AND 31),   -- working days in which others may claim or contest
  visit_within int NOT NULL DEFAULT 30 CHECK (visit_within BETWEEN 1 AND 366),  -- days for joint visits after a hand-over
  substitution_most int NOT NULL DEFAULT 15 CHECK (substitution_most BETWEEN 1 AND 200),  -- working days
  legal_basis text NOT NULL,
  CHECK (to_date IS NULL OR to_date > from_date),
  CHECK (warn_above <= stop_above)
);
COMMENT ON TABLE ownership_policy IS '{"owner":"customers","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('ownership_policy');
CREATE UNIQUE INDEX ownership_policy_open ON ownership_policy ((true)) WHERE to_date IS NULL;
INSERT INTO ownership_policy (from_date, version, legal_basis) VALUES ('1900-01-01', '1', '客户经理配比、公共池、工作交接、代班：一般做法，请按本行制度核定');

-- ---------------------------------------------------------------------------------------------------------------------
-- The pool. Who is in it follows from the slices (nobody holds the customer today); that a supervisor put a customer there is a fact with its reason.
CREATE TABLE pool_return (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  returned_on date NOT NULL,
  former_main_key int REFERENCES staff,
  decided_by int NOT NULL REFERENCES staff,
  reason text NOT NULL,
  PRIMARY KEY (customer_id, id)
);
COMMENT ON TABLE pool_return IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('pool_return');

-- A manager claims a customer of the pool, or who had it before contests: two at once are a dispute, which the head decides.
CREATE TABLE pool_claim (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  staff_key int NOT NULL REFERENCES staff,
  kind text NOT NULL CHECK (kind IN ('CLAIM', 'CONTEST')),
  reason text NOT NULL,
  claimed_on date NOT NULL,
  open_until date NOT NULL,                              -- last day of the window; alone after it, the claim takes effect at the next day's start
  state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'GRANTED', 'REFUSED', 'WITHDRAWN')),
  decided_on date,
  decided_by int REFERENCES staff,                       -- null: by the rule
  decision_reason text,
  policy_version text NOT NULL,
  customer_number text NOT NULL,
  customer_name text NOT NULL,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL,                                -- the claimant and who had the customer before
  PRIMARY KEY (customer_id, id),
  CHECK ((state = 'OPEN') = (decided_on IS NULL)),
  CHECK (open_until >= claimed_on),
  CHECK (decided_by IS NULL OR decided_by <> staff_key OR state = 'WITHDRAWN')   -- nobody grants himself a customer
);
COMMENT ON TABLE pool_claim IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["customer_name"],"skip":["scope_path","viewers"]}';
CALL protect_owned('pool_claim');
CALL protect_listed('pool_claim');
CREATE UNIQUE INDEX pool_claim_open ON pool_claim (customer_id, staff_key) WHERE state = 'OPEN';
CREATE INDEX pool_claim_due ON pool_claim (open_until) WHERE state = 'OPEN';
CREATE INDEX pool_claim_viewers ON pool_claim USING gin (viewers);
CREATE INDEX pool_claim_scope ON pool_claim (scope_path, claimed_on DESC, id DESC);
CREATE INDEX pool_claim_staff ON pool_claim (staff_key, claimed_on);
CREATE INDEX customer_pool ON customer (outlet_key, month_adb_fen, customer_id) WHERE main_staff_key IS NULL;

-- Where a person's pool is: the customers without manager of his desk's outlet (a manager, also one of a 客户经理部), of his unit (a head), of the bank.
CREATE FUNCTION pool_reach() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE place int;
BEGIN
  SELECT place_key INTO place FROM organisation_post_facts
   WHERE post_key = current_setting('app.post')::int AND from_date <= current_setting('app.date')::date AND (to_date IS NULL OR to_date > current_setting('app.date')::date);
  RETURN CASE current_setting('app.breadth')
    WHEN 'SELF' THEN format('outlet_key = %s', place)
    WHEN 'UNIT' THEN format('scope_path >= %L AND scope_path < %L', current_setting('app.lo'), current_setting('app.hi'))
    WHEN 'ALL' THEN 'true' ELSE 'false' END;
END $$;
REVOKE EXECUTE ON FUNCTION pool_reach() FROM PUBLIC;

-- What may be shown of a customer whom nobody has, to those who may claim it: no number of a document, no phone, no account. The scope is applied here, for a manager's own
-- scope does not hold the pool. The largest first.
CREATE FUNCTION pool_customers(p_tier text, p_kind text, p_after_adb bigint, p_after_id uuid, p_limit int)
RETURNS TABLE (customer_id uuid, number text, name text, kind text, tier text, outlet_key int, month_adb_fen bigint, has_loan boolean, since date, former_main_key int, last_contact_on date, open_claims int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF p_limit NOT BETWEEN 1 AND 20000 THEN RAISE EXCEPTION 'a list has a bound'; END IF;
  RETURN QUERY EXECUTE format($q$
    SELECT c.customer_id, c.number, c.name, c.kind, c.tier, c.outlet_key, c.month_adb_fen, c.loan_fen > 0, h.to_date, h.staff_key,
      (SELECT max(f.business_date) FROM visits_contact_facts f WHERE f.customer_id = c.customer_id AND f.effective),
      (SELECT count(*)::int FROM pool_claim p WHERE p.customer_id = c.customer_id AND p.state = 'OPEN')
    FROM (SELECT * FROM customer WHERE main_staff_key IS NULL AND status <> 'CLOSED' AND %s %s %s %s
          ORDER BY month_adb_fen DESC, customer_id DESC LIMIT %s) c
    LEFT JOIN LATERAL (SELECT a.to_date, a.staff_key FROM assignment a WHERE a.customer_id = c.customer_id AND a.main AND a.to_date > a.from_date AND a.to_date <= %L ORDER BY a.to_date DESC LIMIT 1) h ON true
    ORDER BY c.month_adb_fen DESC, c.customer_id DESC$q$,
    pool_reach(), CASE WHEN p_tier IS NULL THEN '' ELSE format('AND tier = %L', p_tier) END, CASE WHEN p_kind IS NULL THEN '' ELSE format('AND kind = %L', p_kind) END,
    CASE WHEN p_after_id IS NULL THEN '' ELSE format('AND (month_adb_fen, customer_id) < (%L::bigint, %L::uuid)', p_after_adb, p_after_id) END, p_limit, current_setting('app.date'));
END $$;

-- Opens one customer of the pool to write a claim: in reach, or to the person who had it last. Null: not there, not in the pool, not in reach; all one answer.
CREATE FUNCTION open_pool_customer(p_customer uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  me int := current_setting('app.me')::int;
  inside boolean;
  former int;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM customer WHERE customer_id = %L AND main_staff_key IS NULL AND status <> ''CLOSED'' AND %s)', p_customer, pool_reach()) INTO inside;
  SELECT a.staff_key INTO former FROM assignment a JOIN customer c ON c.customer_id = a.customer_id
   WHERE a.customer_id = p_customer AND c.main_staff_key IS NULL AND c.status <> 'CLOSED' AND a.main AND a.to_date > a.from_date AND a.to_date <= current_setting('app.date')::date ORDER BY a.to_date DESC LIMIT 1;
  IF NOT inside AND former IS DISTINCT FROM me THEN RETURN NULL; END IF;
  EXECUTE format('SET LOCAL app.opened = %L', p_customer);
  EXECUTE format('SET LOCAL app.writable = %L', p_customer);
  RETURN CASE WHEN inside THEN 'REACH' ELSE 'FORMER' END;
END $$;
REVOKE EXECUTE ON FUNCTION pool_customers(text, text, bigint, uuid, int), open_pool_customer(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pool_customers(text, text, bigint, uuid, int), open_pool_customer(uuid) TO yq_self, yq_unit, yq_all;

-- ---------------------------------------------------------------------------------------------------------------------
-- Hand-over (工作交接, 8.3). The case and its signatures hold no customer; the list does.
CREATE TABLE hand_over (
  id uuid PRIMARY KEY,
  number text NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('ORDINARY', 'EMERGENCY')),
  cause text NOT NULL CHECK (cause IN ('TRANSFER', 'LONG_LEAVE', 'RESIGNATION', 'RETIREMENT', 'SUSPENSION', 'OVERLOAD', 'OTHER')),
  leaver_key int NOT NULL REFERENCES staff,
  supervisor_key int NOT NULL REFERENCES staff,
  supervisor_named_by int REFERENCES staff,              -- null: he is the leaver's direct superior
  reason text NOT NULL,
  effective_on date NOT NULL,                            -- shares change at its 00:00
  state text NOT NULL CHECK (state IN ('OPENED', 'LISTED', 'SAMPLED', 'SIGNED_BY_LEAVER', 'SIGNED_BY_RECEIVER', 'SIGNED_BY_SUPERVISOR', 'EFFECTIVE', 'FOLLOW_UP', 'CLOSED', 'WITHDRAWN')),
  list_version int NOT NULL DEFAULT 1 CHECK (list_version >= 1),
  customers int NOT NULL DEFAULT 0 CHECK (customers >= 0),
  opened_by int NOT NULL REFERENCES staff,
  opened_on date NOT NULL,
  listed_on date,
  effected_on date,                                      -- business date on which the shares changed
  visits_until date,
  closed_on date,
  end_reason text,
  policy_version text NOT NULL,
  scope_path text COLLATE "C" NOT NULL,                  -- the leaver's line when it was opened
  viewers int[] NOT NULL,                                -- everybody of the three sides, and who opened it
  CHECK (leaver_key <> supervisor_key),
  CHECK (supervisor_named_by IS NULL OR supervisor_named_by <> leaver_key)
);
COMMENT ON TABLE hand_over IS '{"owner":"customers","kind":"bank","secrecy":"NORMAL","skip":["scope_path","viewers"]}';
CALL protect_bank('hand_over', 'yq_opened, yq_office, yq_engine', 'yq_batch');
CALL protect_listed('hand_over');
CREATE INDEX hand_over_due ON hand_over (effective_on) WHERE state = 'SIGNED_BY_SUPERVISOR';
CREATE INDEX hand_over_leaver ON hand_over (leaver_key, opened_on);
CREATE INDEX hand_over_scope ON hand_over (scope_path, opened_on DESC, id DESC);
CREATE INDEX hand_over_viewers ON hand_over USING gin (viewers);

-- A person takes one side of a case for ever: the key allows one row, and every signature refers to it with its side.
CREATE TABLE hand_over_party (
  hand_over_id uuid NOT NULL REFERENCES hand_over,
  staff_key int NOT NULL REFERENCES staff,
  side text NOT NULL CHECK (side IN ('LEAVER', 'RECEIVER', 'SUPERVISOR')),
  PRIMARY KEY (hand_over_id, staff_key),
  UNIQUE (hand_over_id, staff_key, side)
);
COMMENT ON TABLE hand_over_party IS '{"owner":"customers","kind":"bank","secrecy":"NORMAL"}';
CALL protect_bank('hand_over_party', 'yq_self, yq_unit, yq_all, yq_office, yq_engine', 'yq_batch');
CREATE UNIQUE INDEX hand_over_party_one ON hand_over_party (hand_over_id, side) WHERE side <> 'RECEIVER';

CREATE TABLE hand_over_signature (
  hand_over_id uuid NOT NULL,
  list_version int NOT NULL,
  staff_key int NOT NULL,
  side text NOT NULL CHECK (side IN ('LEAVER', 'RECEIVER', 'SUPERVISOR')),
  list_digest text NOT NULL,                             -- sha256 over the list that was signed
  declared boolean NOT NULL DEFAULT false,               -- of the leaver: no seals or vouchers of customers kept, drafts sent, devices returned
  signed_on date NOT NULL,
  signed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (hand_over_id, list_version, staff_key),
  FOREIGN KEY (hand_over_id, staff_key, side) REFERENCES hand_over_party (hand_over_id, staff_key, side),
  CHECK (side <> 'LEAVER' OR declared)
);
COMMENT ON TABLE hand_over_signature IS '{"owner":"customers","kind":"bank","secrecy":"NORMAL"}';
CALL protect_bank('hand_over_signature', 'yq_self, yq_unit, yq_all, yq_office, yq_engine', 'yq_batch');

-- The list: one customer of the leaver, who receives it, what was found. What is told of the customer is what stood when it was listed.
CREATE TABLE hand_over_item (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  hand_over_id uuid NOT NULL,
  leaver_key int NOT NULL REFERENCES staff,
  receiver_key int NOT NULL REFERENCES staff,
  state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'MOVED', 'REMOVED', 'GONE')),   -- GONE: the leaver had it no more when it should have moved
  since_version int NOT NULL,
  customer_number text COLLATE "C" NOT NULL,
  customer_name text NOT NULL,
  kind text NOT NULL,
  tier text NOT NULL,
  month_adb_fen bigint NOT NULL,
  loan_fen bigint NOT NULL,
  share_pct numeric(5,2) NOT NULL,
  main boolean NOT NULL,
  slice_until date,                                      -- when the leaver's slice was to end anyway: the receiver's ends then
  last_contact_on date,
  must_sample boolean NOT NULL,                          -- core and credit customers: the receiver checks them, and both visit them afterwards
  sampled_by int REFERENCES staff,
  sampled_on date,
  sample_note text,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL,
  batch_id uuid,
  PRIMARY KEY (customer_id, id),
  CHECK (leaver_key <> receiver_key),
  CHECK ((sampled_by IS NULL) = (sampled_on IS NULL))
);
COMMENT ON TABLE hand_over_item IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["customer_name"],"skip":["scope_path","viewers"]}';
CALL protect_owned('hand_over_item');
CALL protect_listed('hand_over_item');
-- the three sides see their case whatever unit they lead
CREATE POLICY party_read ON hand_over FOR SELECT TO yq_unit USING (viewers @> ARRAY[current_setting('app.me')::int]);
CREATE POLICY party_read ON hand_over_item FOR SELECT TO yq_unit USING (viewers @> ARRAY[current_setting('app.me')::int]);
CREATE POLICY party_read ON pool_claim FOR SELECT TO yq_unit USING (viewers @> ARRAY[current_setting('app.me')::int]);
CREATE UNIQUE INDEX hand_over_item_open ON hand_over_item (customer_id, leaver_key) WHERE state = 'OPEN';
CREATE INDEX hand_over_item_case ON hand_over_item (hand_over_id, tier, customer_number, customer_id);
CREATE INDEX hand_over_item_viewers ON hand_over_item USING gin (viewers);

-- ---------------------------------------------------------------------------------------------------------------------
-- 一键代班 (W9). Dates decide whether it is in force; the state says whether it was agreed to.
CREATE TABLE substitution (
  id uuid PRIMARY KEY,
  absent_key int NOT NULL REFERENCES staff,
  substitute_key int NOT NULL REFERENCES staff,
  from_date date NOT NULL,
  until_date date NOT NULL,                              -- the last day
  customers text NOT NULL CHECK (customers IN ('ALL', 'LIST')),
  listed int NOT NULL DEFAULT 0,                         -- how many stand on the list
  reason text NOT NULL,
  state text NOT NULL CHECK (state IN ('ASKED', 'CONFIRMED', 'REFUSED', 'CANCELLED', 'ENDED')),
  asked_by int NOT NULL REFERENCES staff,
  asked_on date NOT NULL,
  confirmed_by int REFERENCES staff,                     -- null beside CONFIRMED: by the rule, the lead had agreed to the pair
  confirmed_on date,
  ended_on date,
  end_reason text,
  policy_version text NOT NULL,
  scope_path text COLLATE "C" NOT NULL,                  -- the line of the two
  viewers int[] NOT NULL,
  CHECK (absent_key <> substitute_key),
  CHECK (until_date >= from_date),
  CHECK (confirmed_by IS NULL OR confirmed_by NOT IN (absent_key, substitute_key))
);
COMMENT ON TABLE substitution IS '{"owner":"customers","kind":"bank","secrecy":"NORMAL","skip":["scope_path","viewers"]}';
CALL protect_bank('substitution', 'yq_opened, yq_engine, yq_office', 'yq_batch');
CALL protect_listed('substitution');
CREATE POLICY party_read ON substitution FOR SELECT TO yq_unit USING (viewers @> ARRAY[current_setting('app.me')::int]);
CREATE INDEX substitution_absent ON substitution (absent_key, from_date);
CREATE INDEX substitution_substitute ON substitution (substitute_key, from_date);
CREATE INDEX substitution_viewers ON substitution USING gin (viewers);
CREATE INDEX substitution_scope ON substitution (scope_path, from_date DESC, id DESC);

CREATE TABLE substitution_customer (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  substitution_id uuid NOT NULL,
  batch_id uuid,
  PRIMARY KEY (customer_id, id)
);
COMMENT ON TABLE substitution_customer IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('substitution_customer');
CREATE UNIQUE INDEX substitution_customer_once ON substitution_customer (customer_id, substitution_id);
CREATE INDEX substitution_customer_of ON substitution_customer (substitution_id);

-- A lead agreed once that these two may stand in for each other: a substitution planned a day ahead needs no further word.
CREATE TABLE substitution_pair (
  first_key int NOT NULL REFERENCES staff,
  second_key int NOT NULL REFERENCES staff,
  agreed_by int NOT NULL REFERENCES staff,
  agreed_on date NOT NULL,
  ended_on date,
  PRIMARY KEY (first_key, second_key),
  CHECK (first_key < second_key),
  CHECK (agreed_by NOT IN (first_key, second_key))
);
COMMENT ON TABLE substitution_pair IS '{"owner":"customers","kind":"bank","secrecy":"NORMAL"}';
CALL protect_bank('substitution_pair', 'yq_self, yq_unit, yq_all', 'yq_batch');

CREATE VIEW customers_stand_in_facts WITH (security_invoker = true) AS
SELECT a.customer_id, s.id AS substitution_id, s.substitute_key, s.absent_key, greatest(s.from_date, a.from_date) AS from_date, least(s.until_date + 1, a.to_date) AS to_date
FROM substitution s JOIN assignment a ON a.staff_key = s.absent_key AND a.from_date <= s.until_date AND (a.to_date IS NULL OR a.to_date > s.from_date)
WHERE s.state = 'CONFIRMED' AND s.customers = 'ALL'
UNION ALL
SELECT a.customer_id, s.id, s.substitute_key, s.absent_key, greatest(s.from_date, a.from_date), least(s.until_date + 1, a.to_date)
FROM substitution s JOIN substitution_customer l ON l.substitution_id = s.id
JOIN assignment a ON a.customer_id = l.customer_id AND a.staff_key = s.absent_key AND a.from_date <= s.until_date AND (a.to_date IS NULL OR a.to_date > s.from_date)
WHERE s.state = 'CONFIRMED' AND s.customers = 'LIST';
COMMENT ON VIEW customers_stand_in_facts IS 'Who stands in for whom at which customer in [from_date, to_date): one row per substitution agreed to, customer and slice of the absent manager.';
GRANT SELECT ON customers_stand_in_facts TO yq_opened, yq_engine, yq_batch;

CREATE VIEW customers_one_side_facts WITH (security_invoker = true) AS
SELECT absent_key AS staff_key, substitute_key AS other_key, from_date, until_date + 1 AS to_date FROM substitution WHERE state IN ('CONFIRMED', 'ENDED')
UNION ALL
SELECT substitute_key, absent_key, from_date, until_date + 1 FROM substitution WHERE state IN ('CONFIRMED', 'ENDED');
COMMENT ON VIEW customers_one_side_facts IS 'Two people who are one side for every rule of four eyes in [from_date, to_date), because one stood in for the other.';
GRANT SELECT ON customers_one_side_facts TO yq_opened, yq_engine, yq_batch, yq_office;

-- Opens one customer: as before, and for who stands in for a manager (SUBSTITUTE, writes) and for the manager who is absent (ABSENT, reads).
CREATE OR REPLACE FUNCTION open_customer(p_customer uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  c record;
  me int := current_setting('app.me')::int;
  breadth text := current_setting('app.breadth');
  today date := current_setting('app.date')::date;
  relation text;
BEGIN
  SELECT scope_path, viewers, main_staff_key INTO c FROM customer WHERE customer_id = p_customer;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF breadth <> 'NONE' AND c.viewers @> ARRAY[me] THEN
    relation := CASE WHEN c.main_staff_key = me THEN 'MAIN' ELSE 'ASSIST' END;
    IF EXISTS (SELECT FROM customers_stand_in_facts s WHERE s.customer_id = p_customer AND s.absent_key = me AND s.from_date <= today AND s.to_date > today) THEN
      relation := 'ABSENT';
    ELSIF relation = 'ASSIST' AND EXISTS (SELECT FROM customers_stand_in_facts s WHERE s.customer_id = p_customer AND s.substitute_key = me AND s.from_date <= today AND s.to_date > today)
      AND NOT EXISTS (SELECT FROM assignment a WHERE a.customer_id = p_customer AND a.staff_key = me AND a.from_date <= today AND (a.to_date IS NULL OR a.to_date > today)) THEN
      relation := 'SUBSTITUTE';
    END IF;
  ELSIF breadth = 'UNIT' AND c.scope_path >= current_setting('app.lo') AND c.scope_path < current_setting('app.hi') THEN
    relation := 'UNIT';
  ELSIF breadth = 'ALL' THEN
    relation := 'ALL';
  ELSIF EXISTS (SELECT FROM read_grant g WHERE g.customer_id = p_customer AND g.staff_key = me AND g.withdrawn_on IS NULL AND g.from_date <= today AND g.until_date >= today) THEN
    relation := 'GRANT';
  ELSE
    RETURN NULL;
  END IF;
  EXECUTE format('SET LOCAL app.opened = %L', p_customer);
  IF relation NOT IN ('GRANT', 'ABSENT') THEN EXECUTE format('SET LOCAL app.writable = %L', p_customer); END IF;
  RETURN relation;
END $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Contacts: recorded in the name of the substitute, for the absent manager; a promise passes to the receiver of a hand-over while the record stays whose it was.
ALTER TABLE contact ADD COLUMN for_key int REFERENCES staff;
ALTER TABLE contact ADD COLUMN next_owner_key int REFERENCES staff;
CREATE INDEX contact_next_owner ON contact (coalesce(next_owner_key, staff_key), next_on) WHERE next_on IS NOT NULL AND voided_on IS NULL;
CREATE INDEX contact_for ON contact (for_key, business_date) WHERE for_key IS NOT NULL;
CREATE VIEW visits_substituted_facts WITH (security_invoker = true) AS
SELECT customer_id, id AS contact_id, staff_key, for_key, mode, effective, business_date, summary, next_action, next_on, scope_path, viewers FROM contact WHERE for_key IS NOT NULL AND voided_on IS NULL;
COMMENT ON VIEW visits_substituted_facts IS 'Contacts had by staff_key while standing in for for_key.';
GRANT SELECT ON visits_substituted_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_engine, yq_batch;

-- ---------------------------------------------------------------------------------------------------------------------
-- What a customer brings along when it is handed over. Every capability publishes a view <capability>_handover_facts with these columns; the hand-over finds them from
-- the catalogue and knows none by name. staff_key: whose it is (null: the customer's, whoever looks after it); until_date: it is over after that day (null: open).
CREATE VIEW visits_handover_facts WITH (security_invoker = true) AS
SELECT c.customer_id, coalesce(c.next_owner_key, c.staff_key) AS staff_key, 'NEXT_STEP'::text AS kind, c.id AS object_id, c.next_action AS what, c.next_on AS due_on, NULL::bigint AS amount_fen, NULL::date AS until_date,
  '/customers/' || c.customer_id || '/contacts/' || c.id AS address
FROM contact c
WHERE c.next_on IS NOT NULL AND c.voided_on IS NULL
  AND NOT EXISTS (SELECT FROM contact l WHERE l.customer_id = c.customer_id AND l.voided_on IS NULL AND l.effective AND (l.business_date, l.id) > (c.business_date, c.id));
COMMENT ON VIEW visits_handover_facts IS '{"kinds":{"NEXT_STEP":{"zh":"下一步与承诺","en":"Next steps and promises"}}}';
CREATE VIEW access_handover_facts WITH (security_invoker = true) AS
SELECT g.customer_id, NULL::int AS staff_key, 'GRANT'::text AS kind, g.id AS object_id, s.name || ' · ' || g.reason AS what, g.until_date AS due_on, NULL::bigint AS amount_fen, g.until_date, NULL::text AS address
FROM read_grant g JOIN staff s ON s.key = g.staff_key WHERE g.withdrawn_on IS NULL AND g.reason !~ '^移交抽查 J';   -- what was opened for the hand-over itself does not go along
COMMENT ON VIEW access_handover_facts IS '{"kinds":{"GRANT":{"zh":"只读授权","en":"Read grants"}}}';
CREATE VIEW holdings_handover_facts WITH (security_invoker = true) AS
SELECT l.customer_id, NULL::int AS staff_key, 'LOAN'::text AS kind, l.id AS object_id, l.product_code AS what, l.matures_on AS due_on, s.principal_fen AS amount_fen, NULL::date AS until_date, '/customers/' || l.customer_id || '?tab=holdings' AS address
FROM loan l JOIN loan_span s ON s.customer_id = l.customer_id AND s.loan_id = l.id AND s.to_date IS NULL AND s.principal_fen > 0 WHERE l.settled_on IS NULL;
COMMENT ON VIEW holdings_handover_facts IS '{"kinds":{"LOAN":{"zh":"未结清借据","en":"Open loans"}}}';
GRANT SELECT ON visits_handover_facts, access_handover_facts, holdings_handover_facts TO yq_engine, yq_batch;

-- The list of a hand-over for those who move their own part of it (promises, later needs and duties).
CREATE VIEW customers_hand_over_item_facts WITH (security_invoker = true) AS
SELECT customer_id, hand_over_id, leaver_key, receiver_key, state, must_sample FROM hand_over_item;
COMMENT ON VIEW customers_hand_over_item_facts IS 'Customers on the list of a hand-over: from whom to whom. Movers read those with state MOVED of the hand-over that they are told.';
GRANT SELECT ON customers_hand_over_item_facts TO yq_engine, yq_batch;

-- Who may read which customer by a grant in force; a person reads his own.
CREATE VIEW access_read_grant_facts WITH (security_invoker = true) AS
SELECT customer_id, staff_key, from_date, until_date FROM read_grant WHERE withdrawn_on IS NULL;
COMMENT ON VIEW access_read_grant_facts IS 'Read grants that were not withdrawn: staff_key may read the customer from from_date to until_date, both included.';
GRANT SELECT ON access_read_grant_facts TO yq_self, yq_unit, yq_all, yq_engine, yq_batch;

-- Who stands in for whom on a day, without customers; each side reads its own.
CREATE VIEW customers_absence_facts WITH (security_invoker = true) AS
SELECT id AS substitution_id, absent_key, substitute_key, from_date, until_date + 1 AS to_date FROM substitution WHERE state = 'CONFIRMED';
COMMENT ON VIEW customers_absence_facts IS 'Substitutions agreed to: substitute_key stands in for absent_key in [from_date, to_date).';
GRANT SELECT ON customers_absence_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_engine, yq_batch;
