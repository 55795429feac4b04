-- Duplicates and merge: keys under which a customer is compared, pairs that were found, cases of merging with their trace, aliases.

-- A customer that was merged into another one stays as its alias: no scope sees it, its number and its address lead to the survivor.
ALTER TABLE customer ADD COLUMN merged_into uuid;
COMMENT ON COLUMN customer.merged_into IS 'The customer into whom this one was merged; it is an alias now.';
CREATE INDEX customer_merged ON customer (merged_into) WHERE merged_into IS NOT NULL;
DROP POLICY all_read ON customer;
CREATE POLICY all_read ON customer FOR SELECT TO yq_all USING (merged_into IS NULL);

-- Which customers may be one: hashes of the compared forms of name, representative, address, birth date (src/customers/duplicates/duplicate.rules.ts). source: what they were made of.
CREATE TABLE customer_match (
  customer_id uuid PRIMARY KEY REFERENCES customer,
  keys bigint[] NOT NULL,
  source text NOT NULL
);
COMMENT ON TABLE customer_match IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","journal":"none"}';
CALL protect_owned('customer_match');
CREATE INDEX customer_match_keys ON customer_match USING gin (keys);

-- The duplicate check finds by phone and by any document, over the whole bank.
GRANT SELECT ON search_hash TO yq_engine;
CREATE POLICY engine_read ON search_hash FOR SELECT TO yq_engine USING (true);
CREATE INDEX identity_document_hash ON identity_document (number_hash);

-- Tables that concern two customers are seen by who sees both: the lesser and the greater of their paths, and the people who look after both.
CREATE PROCEDURE protect_pair(t regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT SELECT ON %s TO yq_self, yq_unit, yq_all', t);
  EXECUTE format('CREATE POLICY self_read ON %s FOR SELECT TO yq_self USING (viewers @> ARRAY[current_setting(''app.me'')::int])', t);
  EXECUTE format('CREATE POLICY unit_read ON %s FOR SELECT TO yq_unit USING (scope_least >= current_setting(''app.lo'') AND scope_most < current_setting(''app.hi''))', t);
  EXECUTE format('CREATE POLICY all_read ON %s FOR SELECT TO yq_all USING (true)', t);
END $$;

-- Two customers that may be one. DIFFERENT is remembered with its signs: only a new sign opens the pair again.
CREATE TABLE duplicate_pair (
  customer_id uuid NOT NULL REFERENCES customer,          -- the lesser id of the two
  id uuid NOT NULL,
  other_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('OPEN', 'SAME_PERSON', 'DIFFERENT', 'MERGED', 'GONE')),
  level text NOT NULL CHECK (level IN ('CERTAIN', 'LIKELY', 'POSSIBLE')),
  score int NOT NULL,
  signs text[] NOT NULL,
  scheme_version text NOT NULL,
  found_on date NOT NULL,
  decided_by int REFERENCES staff,
  decided_on date,
  decision_reason text,
  scope_least text COLLATE "C" NOT NULL,
  scope_most text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL DEFAULT '{}',
  batch_id uuid,
  PRIMARY KEY (customer_id, id),
  UNIQUE (customer_id, other_id),
  CHECK (customer_id < other_id),
  CHECK ((decided_by IS NULL) = (decided_on IS NULL)),
  CHECK (state <> 'DIFFERENT' OR decision_reason IS NOT NULL)
);
COMMENT ON TABLE duplicate_pair IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","skip":["scope_least","scope_most","viewers"]}';
CALL protect_owned('duplicate_pair');
CALL protect_pair('duplicate_pair');
CREATE INDEX duplicate_pair_other ON duplicate_pair (other_id);
CREATE INDEX duplicate_pair_open ON duplicate_pair (score DESC, id DESC) WHERE state IN ('OPEN', 'SAME_PERSON');
CREATE INDEX duplicate_pair_viewers ON duplicate_pair USING gin (viewers);

-- A merge from its proposal to its undoing. The two persons of a case are never the same.
CREATE TABLE merge_case (
  customer_id uuid NOT NULL REFERENCES customer,          -- who survives
  id uuid NOT NULL,
  other_id uuid NOT NULL,                                 -- who becomes the alias
  state text NOT NULL CHECK (state IN ('PROPOSED', 'RETURNED', 'MERGED', 'UNDONE')),
  reason text NOT NULL,
  choices jsonb NOT NULL,                                 -- fields that are taken from the other one
  preview jsonb NOT NULL,                                 -- what was shown to the proposer: both sides, what moves, conflicts
  proposed_by int NOT NULL REFERENCES staff,
  proposed_on date NOT NULL,
  decided_by int REFERENCES staff,
  decided_on date,
  decision_reason text,
  undo_until date,
  before jsonb,                                           -- the rows of both as they were, where the merge changed them
  undone_by int REFERENCES staff,
  undone_on date,
  undo_reason text,
  scope_least text COLLATE "C" NOT NULL,
  scope_most text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (customer_id, id),
  CHECK (customer_id <> other_id),
  CHECK (decided_by <> proposed_by),
  CHECK ((decided_by IS NULL) = (decided_on IS NULL)),
  CHECK ((state = 'PROPOSED') = (decided_by IS NULL)),
  CHECK ((state IN ('MERGED', 'UNDONE')) = (undo_until IS NOT NULL)),
  CHECK ((state = 'UNDONE') = (undone_by IS NOT NULL))
);
COMMENT ON TABLE merge_case IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","skip":["scope_least","scope_most","viewers","preview","before"]}';
CALL protect_owned('merge_case');
CALL protect_pair('merge_case');
GRANT SELECT ON merge_case TO yq_office;
CREATE POLICY office_read ON merge_case FOR SELECT TO yq_office USING (true);
CREATE UNIQUE INDEX merge_case_other ON merge_case (other_id) WHERE state IN ('PROPOSED', 'MERGED');
CREATE INDEX merge_case_day ON merge_case (proposed_on DESC, id DESC);

-- Which rows of which table went over, so that exactly these go back.
CREATE TABLE merged_row (
  customer_id uuid NOT NULL,                              -- who survives
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  table_name text NOT NULL,
  column_name text NOT NULL,                              -- customer_id: the row itself went over; else the column that named the other one
  row_keys jsonb NOT NULL,                                -- the keys of the rows
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, case_id) REFERENCES merge_case
);
COMMENT ON TABLE merged_row IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","journal":"none"}';
CALL protect_owned('merged_row');
CREATE INDEX merged_row_case ON merged_row (customer_id, case_id);

-- Accounts and loans that went over, with the day of the merge: before it their pay counts for who looked after them then. Settlement reads it.
CREATE TABLE merged_thing (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,                                       -- account or loan
  former_customer_id uuid NOT NULL,
  merged_on date NOT NULL,
  case_id uuid NOT NULL,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, case_id) REFERENCES merge_case
);
COMMENT ON TABLE merged_thing IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","journal":"none"}';
CALL protect_owned('merged_thing');
CREATE INDEX merged_thing_thing ON merged_thing (id, merged_on);

-- Published.
CREATE OR REPLACE VIEW customers_customer_facts WITH (security_invoker = true) AS
SELECT customer_id, number, kind, name, tier, tier_since, status, outlet_key, scope_path, viewers, main_staff_key, opened_on FROM customer WHERE merged_into IS NULL;
COMMENT ON VIEW customers_customer_facts IS 'One row per customer with its scope columns as of today; who was merged into another one is not a customer any more.';
CREATE VIEW customers_alias_facts WITH (security_invoker = true) AS
SELECT a.customer_id AS alias_id, a.number AS alias_number, s.customer_id, s.number FROM customer a JOIN customer s ON s.customer_id = a.merged_into;
COMMENT ON VIEW customers_alias_facts IS 'Numbers of customers that were merged into another one, and that one. For deliveries: what comes for the alias is the survivor''s.';
CREATE VIEW customers_merged_thing_facts WITH (security_invoker = true) AS
SELECT id AS thing_id, former_customer_id AS customer_id, coalesce(lag(merged_on) OVER w, '-infinity') AS from_date, merged_on AS to_date FROM merged_thing WINDOW w AS (PARTITION BY id ORDER BY merged_on, case_id)
UNION ALL SELECT id, (array_agg(customer_id ORDER BY merged_on DESC, case_id DESC))[1], max(merged_on), 'infinity' FROM merged_thing GROUP BY id;
COMMENT ON VIEW customers_merged_thing_facts IS 'Accounts and loans that changed hands by a merge: whose they were in [from_date, to_date). What is not here is its customer''s for ever.';
GRANT SELECT ON customers_alias_facts, customers_merged_thing_facts TO yq_engine, yq_batch;

-- An alias opens nothing; whoever may open the survivor is led there.
CREATE OR REPLACE FUNCTION open_customer(p_customer uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  c record;
  me int := current_setting('app.me')::int;
  breadth text := current_setting('app.breadth');
  relation text;
BEGIN
  SELECT scope_path, viewers, main_staff_key INTO c FROM customer WHERE customer_id = p_customer AND merged_into IS NULL;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF breadth <> 'NONE' AND c.viewers @> ARRAY[me] THEN
    relation := CASE WHEN c.main_staff_key = me THEN 'MAIN' ELSE 'ASSIST' END;
  ELSIF breadth = 'UNIT' AND c.scope_path >= current_setting('app.lo') AND c.scope_path < current_setting('app.hi') THEN
    relation := 'UNIT';
  ELSIF breadth = 'ALL' THEN
    relation := 'ALL';
  ELSIF EXISTS (SELECT FROM read_grant g WHERE g.customer_id = p_customer AND g.staff_key = me AND g.withdrawn_on IS NULL
                AND g.from_date <= current_setting('app.date')::date AND g.until_date >= current_setting('app.date')::date) THEN
    relation := 'GRANT';
  ELSE
    RETURN NULL;
  END IF;
  EXECUTE format('SET LOCAL app.opened = %L', p_customer);
  IF relation <> 'GRANT' THEN EXECUTE format('SET LOCAL app.writable = %L', p_customer); END IF;
  RETURN relation;
END $$;

-- Into whom was this customer merged? Null: into nobody. The answer is told only to who may open that customer.
CREATE FUNCTION survivor_of(p_customer uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT merged_into FROM customer WHERE customer_id = p_customer
$$;
REVOKE EXECUTE ON FUNCTION survivor_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION survivor_of(uuid) TO yq_self, yq_unit, yq_all;

-- RESTRICTED and SECRET rows go over with their customer; the batch that merges may not read them. It gets their ciphers (to be put under the survivor's key) and hands them back; nothing is shown.
CREATE FUNCTION classed_ciphers(p_table regclass, p_customer uuid) RETURNS TABLE (id uuid, column_name text, cipher bytea) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  c text;
BEGIN
  IF coalesce((obj_description(p_table, 'pg_class')::jsonb ->> 'secrecy'), 'NORMAL') = 'NORMAL' THEN RAISE EXCEPTION 'only for classed tables'; END IF;
  FOR c IN SELECT jsonb_array_elements_text(obj_description(p_table, 'pg_class')::jsonb -> 'cipher') LOOP
    RETURN QUERY EXECUTE format('SELECT id, %L::text, %I FROM %s WHERE customer_id = %L AND %2$I IS NOT NULL', c, c, p_table, p_customer);
  END LOOP;
END $$;
-- p_rows: [{"id", "<cipher column>": hex}]. Copies the rows under the other customer; the old ones are removed by drop_classed_rows after what hangs on them went over.
CREATE FUNCTION copy_classed_rows(p_table regclass, p_from uuid, p_to uuid, p_ids uuid[], p_rows jsonb) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  columns text;
  chosen text;
  copied int;
BEGIN
  IF coalesce((obj_description(p_table, 'pg_class')::jsonb ->> 'secrecy'), 'NORMAL') = 'NORMAL' THEN RAISE EXCEPTION 'only for classed tables'; END IF;
  SELECT string_agg(format('%I', attname), ', ' ORDER BY attnum),
         string_agg(CASE WHEN attname = 'customer_id' THEN format('%L::uuid', p_to)
                         WHEN (obj_description(p_table, 'pg_class')::jsonb -> 'cipher') ? attname THEN format('coalesce(decode(n.row ->> %L, ''hex''), t.%I)', attname, attname)
                         ELSE format('t.%I', attname) END, ', ' ORDER BY attnum)
    INTO columns, chosen FROM pg_attribute WHERE attrelid = p_table AND attnum > 0 AND NOT attisdropped;
  EXECUTE format('INSERT INTO %s (%s) SELECT %s FROM %1$s t LEFT JOIN jsonb_array_elements($1) n(row) ON (n.row ->> ''id'')::uuid = t.id WHERE t.customer_id = $2 AND t.id = ANY($3)', p_table, columns, chosen) USING p_rows, p_from, p_ids;
  GET DIAGNOSTICS copied = ROW_COUNT;
  RETURN copied;
END $$;
CREATE FUNCTION classed_ids(p_table regclass, p_customer uuid) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  ids uuid[];
BEGIN
  IF coalesce((obj_description(p_table, 'pg_class')::jsonb ->> 'secrecy'), 'NORMAL') = 'NORMAL' THEN RAISE EXCEPTION 'only for classed tables'; END IF;
  EXECUTE format('SELECT coalesce(array_agg(id), ''{}'') FROM %s WHERE customer_id = $1', p_table) INTO ids USING p_customer;
  RETURN ids;
END $$;
CREATE FUNCTION drop_classed_rows(p_table regclass, p_customer uuid, p_ids uuid[]) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  dropped int;
BEGIN
  IF coalesce((obj_description(p_table, 'pg_class')::jsonb ->> 'secrecy'), 'NORMAL') = 'NORMAL' THEN RAISE EXCEPTION 'only for classed tables'; END IF;
  EXECUTE format('DELETE FROM %s WHERE customer_id = $1 AND id = ANY($2)', p_table) USING p_customer, p_ids;
  GET DIAGNOSTICS dropped = ROW_COUNT;
  RETURN dropped;
END $$;
REVOKE EXECUTE ON FUNCTION classed_ciphers(regclass, uuid), copy_classed_rows(regclass, uuid, uuid, uuid[], jsonb), classed_ids(regclass, uuid), drop_classed_rows(regclass, uuid, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION classed_ciphers(regclass, uuid), copy_classed_rows(regclass, uuid, uuid, uuid[], jsonb), classed_ids(regclass, uuid), drop_classed_rows(regclass, uuid, uuid[]) TO yq_batch;
