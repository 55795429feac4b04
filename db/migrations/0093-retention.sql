-- Retention (2.13): what has passed its term is proposed, decided by two people of two sides, and destroyed with the customer's key. A legal hold stops it.

-- A customer whose values were destroyed leads nowhere: as an alias of itself it is in nobody's scope, in no list, in no published fact. Its figures stay.
ALTER TABLE customer ADD COLUMN erased_on date;
ALTER TABLE customer ADD CONSTRAINT customer_erased CHECK (erased_on IS NULL OR merged_into IS NOT NULL);
COMMENT ON COLUMN customer.merged_into IS 'The customer into whom this one was merged; it is an alias now. Itself: its values were destroyed at the end of retention (erased_on).';
CREATE INDEX customer_over ON customer (status) WHERE status <> 'ACTIVE' AND merged_into IS NULL;

CREATE VIEW customers_erased_facts WITH (security_invoker = true) AS SELECT customer_id, number, erased_on FROM customer WHERE erased_on IS NOT NULL;
COMMENT ON VIEW customers_erased_facts IS 'Customers whose values were destroyed at the end of retention: number and day. For deliveries: what comes for them is left out.';
GRANT SELECT ON customers_erased_facts TO yq_batch;

-- Whom an alias leads to: one that was destroyed leads to nobody.
CREATE OR REPLACE VIEW customers_alias_facts WITH (security_invoker = true) AS
SELECT a.customer_id AS alias_id, a.number AS alias_number, s.customer_id, s.number FROM customer a JOIN customer s ON s.customer_id = a.merged_into WHERE a.erased_on IS NULL;

-- ---------------------------------------------------------------------------------------------------------------------
-- A capability tells what keeps a customer's values, in a view <capability>_retention_facts (GRANT SELECT … TO yq_batch) of this shape, one row a fact:
--   customer_id, what (ACCOUNT and LOAN are products), rule (a code of src/access/retention/retention-table.ts), day from which the years count; null: it lasts
CREATE VIEW holdings_retention_facts WITH (security_invoker = true) AS
SELECT customer_id, 'ACCOUNT'::text AS what, 'RELATION'::text AS rule, closed_on AS day FROM account
UNION ALL SELECT customer_id, 'LOAN', 'CREDIT', settled_on FROM loan
UNION ALL SELECT customer_id, 'TRANSACTION', 'TRANSACTION', booked_on FROM account_transaction;
COMMENT ON VIEW holdings_retention_facts IS 'What keeps a customer''s values: accounts until they closed, loans until they were settled, transactions.';

CREATE VIEW visits_retention_facts WITH (security_invoker = true) AS
SELECT customer_id, 'CONTACT'::text AS what, 'PROSPECT'::text AS rule, business_date AS day FROM contact
UNION ALL SELECT customer_id, 'CONTACT', 'PROSPECT', surveyed_on FROM need_card;
COMMENT ON VIEW visits_retention_facts IS 'What keeps a customer''s values: contacts and need cards, voided ones too.';

CREATE VIEW customers_retention_facts WITH (security_invoker = true) AS
-- the first entry of a prospect, by the time in its id
SELECT c.customer_id, 'ENTRY'::text AS what, 'PROSPECT'::text AS rule, coalesce(c.opened_on, (to_timestamp(('x' || substr(replace(c.customer_id::text, '-', ''), 1, 12))::bit(48)::bigint / 1000.0) AT TIME ZONE 'Asia/Shanghai')::date) AS day
FROM customer c WHERE c.status = 'PROSPECT' AND c.merged_into IS NULL
-- withdrawn: the proof of it; in force: it keeps a prospect, of a former customer it ended with the relation
UNION ALL SELECT k.customer_id, 'CONSENT', 'CONSENT', coalesce(k.ended_on, k.valid_until) FROM consent k JOIN customer c ON c.customer_id = k.customer_id WHERE c.status = 'PROSPECT' OR k.ended_on IS NOT NULL
-- named in the file of a customer that is one still: its file needs the name
UNION ALL SELECT x.of_id, 'RELATION', 'RELATION', r.to_date
FROM relation r JOIN party f ON f.id = r.from_party JOIN party t ON t.id = r.to_party
CROSS JOIN LATERAL (VALUES (f.as_customer, t.as_customer), (t.as_customer, f.as_customer)) x (of_id, other_id)
JOIN customer o ON o.customer_id = x.other_id AND o.merged_into IS NULL AND o.status <> 'CLOSED'
WHERE x.of_id IS NOT NULL AND r.kind NOT IN ('SHARED_PHONE', 'SHARED_ADDRESS')
UNION ALL SELECT m.customer_id, 'GROUP', 'RELATION', NULL::date FROM group_member m WHERE m.customer_id IS NOT NULL AND m.to_date IS NULL
  AND EXISTS (SELECT FROM group_member n JOIN customer o ON o.customer_id = n.customer_id WHERE n.group_id = m.group_id AND n.to_date IS NULL AND n.customer_id <> m.customer_id AND o.merged_into IS NULL AND o.status <> 'CLOSED');
COMMENT ON VIEW customers_retention_facts IS 'What keeps a customer''s values: the entry of a prospect, consents, relations and groups with customers that are ones still.';
GRANT SELECT ON holdings_retention_facts, visits_retention_facts, customers_retention_facts TO yq_batch;

-- RESTRICTED and SECRET texts keep them too; who proposes learns the last day of a customer's, not what it is of.
CREATE FUNCTION classed_retention_days() RETURNS TABLE (customer_id uuid, day date) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT x.customer_id, max(x.written_on) FROM (SELECT r.customer_id, r.written_on FROM contact_restricted r UNION ALL SELECT s.customer_id, s.written_on FROM secret_note s) x GROUP BY x.customer_id
$$;
REVOKE EXECUTE ON FUNCTION classed_retention_days() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION classed_retention_days() TO yq_batch;

-- ---------------------------------------------------------------------------------------------------------------------
-- A proposal to destroy the values of one customer. It holds no value: number, rule and days.
CREATE TABLE retention_case (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  customer_number text COLLATE "C" NOT NULL,
  customer_kind text NOT NULL CHECK (customer_kind IN ('CORPORATE', 'PERSON')),
  state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'AGREED', 'DONE', 'RETURNED', 'LAPSED')),
  rule text NOT NULL,                                     -- by which its term ran out last
  last_on date NOT NULL,                                  -- the day from which its years count
  due_on date NOT NULL,
  table_version text NOT NULL,
  proposed_on date NOT NULL,
  proposed_by int REFERENCES staff,                       -- null: the day's run
  reason text,
  ended_on date,
  tables_touched int,
  rows_touched int,
  batch_id uuid,
  PRIMARY KEY (customer_id, id),
  CHECK (due_on > last_on),
  CHECK (proposed_by IS NULL OR reason IS NOT NULL),
  CHECK ((state IN ('OPEN', 'AGREED')) = (ended_on IS NULL)),
  CHECK ((state = 'DONE') = (rows_touched IS NOT NULL))
);
COMMENT ON TABLE retention_case IS '{"owner":"access","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('retention_case');
CREATE UNIQUE INDEX retention_case_open ON retention_case (customer_id) WHERE state IN ('OPEN', 'AGREED');
CREATE INDEX retention_case_day ON retention_case (proposed_on DESC, id DESC);

-- One person signs a case once, for ever; a case has one signature of each side.
CREATE TABLE retention_signature (
  customer_id uuid NOT NULL,
  case_id uuid NOT NULL,
  staff_key int NOT NULL REFERENCES staff,
  side text NOT NULL CHECK (side IN ('COMPLIANCE', 'ADMIN')),
  said text NOT NULL CHECK (said IN ('AGREED', 'RETURNED')),
  note text,
  signed_on date NOT NULL,
  PRIMARY KEY (customer_id, case_id, staff_key),
  UNIQUE (customer_id, case_id, side),
  FOREIGN KEY (customer_id, case_id) REFERENCES retention_case,
  CHECK (said = 'AGREED' OR note IS NOT NULL)
);
COMMENT ON TABLE retention_signature IS '{"owner":"access","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('retention_signature');

-- 诉讼保全、监管冻结: stops from its entry on, until it was returned or lifted; entered and lifted by two people each.
CREATE TABLE legal_hold (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  customer_number text COLLATE "C" NOT NULL,
  kind text NOT NULL CHECK (kind IN ('LITIGATION', 'REGULATOR', 'INVESTIGATION', 'OTHER')),
  reason text NOT NULL,
  entered_by int NOT NULL REFERENCES staff,
  entered_on date NOT NULL,
  decision text CHECK (decision IN ('CONFIRMED', 'RETURNED')),
  decided_by int REFERENCES staff,
  decided_on date,
  decision_note text,
  lift_reason text,                                       -- asked for; null: nobody asks
  lift_asked_by int REFERENCES staff,
  lift_asked_on date,
  lifted_by int REFERENCES staff,
  lifted_on date,
  PRIMARY KEY (customer_id, id),
  CHECK (reason <> ''),
  CHECK (decided_by <> entered_by),
  CHECK (lifted_by <> lift_asked_by),
  CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_on IS NULL)),
  CHECK (decision IS DISTINCT FROM 'RETURNED' OR decision_note IS NOT NULL),
  CHECK ((lift_reason IS NULL) = (lift_asked_by IS NULL) AND (lift_reason IS NULL) = (lift_asked_on IS NULL)),
  CHECK ((lifted_by IS NULL) = (lifted_on IS NULL)),
  CHECK (lifted_by IS NULL OR lift_asked_by IS NOT NULL)
);
COMMENT ON TABLE legal_hold IS '{"owner":"access","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('legal_hold');
CREATE INDEX legal_hold_in_force ON legal_hold (customer_id) WHERE lifted_on IS NULL AND decision IS DISTINCT FROM 'RETURNED';
CREATE INDEX legal_hold_day ON legal_hold (entered_on DESC, id DESC);

-- The offices decide without seeing the customer: number and a masked name are all that they are shown. Opening a customer changes neither.
REVOKE INSERT, UPDATE ON retention_case, retention_signature, legal_hold FROM yq_opened;
DROP POLICY opened_add ON retention_case;
DROP POLICY opened_change ON retention_case;
DROP POLICY opened_add ON retention_signature;
DROP POLICY opened_change ON retention_signature;
DROP POLICY opened_add ON legal_hold;
DROP POLICY opened_change ON legal_hold;
GRANT SELECT, INSERT, UPDATE ON retention_case, retention_signature, legal_hold TO yq_office;
CREATE POLICY office_all ON retention_case FOR ALL TO yq_office USING (true) WITH CHECK (true);
CREATE POLICY office_all ON retention_signature FOR ALL TO yq_office USING (true) WITH CHECK (true);
CREATE POLICY office_all ON legal_hold FOR ALL TO yq_office USING (true) WITH CHECK (true);
-- ---------------------------------------------------------------------------------------------------------------------
-- What people wrote of a customer goes into the journal under the customer's key, these fields too from now on: with the key they become unreadable.
COMMENT ON TABLE customer IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["name","former_names","name_pinyin","name_initials","source"],"skip":["grams"]}';
COMMENT ON TABLE corporate IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["legal_representative","uscc","legacy_org_code","registered_address","operating_address","business_scope"]}';
COMMENT ON TABLE person IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["birth_date","occupation","employer","nationality","district"]}';
