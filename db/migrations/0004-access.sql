-- Access: read grants, and the doors through which one customer is opened.

CREATE TABLE read_grant (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  staff_key int NOT NULL REFERENCES staff,
  reason text NOT NULL,
  from_date date NOT NULL,
  until_date date NOT NULL,                              -- the last day on which it holds
  given_by int NOT NULL REFERENCES staff,
  given_at timestamptz NOT NULL DEFAULT now(),
  withdrawn_on date,
  PRIMARY KEY (customer_id, id),
  CHECK (until_date >= from_date),
  CHECK (given_by <> staff_key)
);
COMMENT ON TABLE read_grant IS '{"owner":"access","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('read_grant');
CREATE INDEX read_grant_staff ON read_grant (staff_key, until_date);
GRANT SELECT ON read_grant TO yq_self, yq_unit, yq_all;
CREATE POLICY holder_read_self ON read_grant FOR SELECT TO yq_self, yq_unit, yq_all USING (staff_key = current_setting('app.me')::int);

-- Opens one customer for the person who entered: by scope (may write), else by an unexpired grant (reads only).
-- Returns MAIN, ASSIST, UNIT, ALL, GRANT, or null when there is no such customer for this person. One answer for "not there" and "not yours".
CREATE FUNCTION open_customer(p_customer uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  c record;
  me int := current_setting('app.me')::int;
  breadth text := current_setting('app.breadth');
  relation text;
BEGIN
  SELECT scope_path, viewers, main_staff_key INTO c FROM customer WHERE customer_id = p_customer;
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

-- A new customer has no scope yet: its maker may write it until the transaction ends. The id must be new.
CREATE FUNCTION open_new_customer(p_customer uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM customer WHERE customer_id = p_customer) THEN RETURN false; END IF;
  PERFORM current_setting('app.me')::int;
  EXECUTE format('SET LOCAL app.opened = %L', p_customer);
  EXECUTE format('SET LOCAL app.writable = %L', p_customer);
  RETURN true;
END $$;

-- Which customer holds this number? The id is checked by open_customer or the customer table's policy afterwards.
CREATE FUNCTION find_by_number(p_kind text, p_hash bytea) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT customer_id FROM identifier WHERE kind = p_kind AND value_hash = p_hash
  UNION SELECT customer_id FROM search_hash WHERE kind = p_kind AND value_hash = p_hash LIMIT 2000
$$;

-- Finds customers by their grams within the scope that enter() set. GIN operators are not leakproof, so below a policy every row would be read (measured: a thousandfold);
-- here the scope is applied beside them, at most p_limit ids come out, and the policy of the table checks each of them again. p_readings: lists of grams, one of which must be
-- contained whole. p_sort null: any order (to count). Every value is quoted by format(); the statement is planned for its values each time.
CREATE FUNCTION search_customers(p_readings jsonb, p_filters jsonb, p_sort text, p_descending boolean, p_after text, p_after_id uuid, p_limit int)
RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET jit = off AS $$
DECLARE
  breadth text := current_setting('app.breadth');
  conditions text[];
  sort_column text := CASE p_sort WHEN 'adb' THEN 'month_adb_fen' WHEN 'name' THEN 'name_pinyin' WHEN 'changed' THEN 'changed_at' END;
  sort_type text := CASE p_sort WHEN 'adb' THEN 'bigint' WHEN 'name' THEN 'text' WHEN 'changed' THEN 'timestamptz' END;
BEGIN
  IF p_readings IS NULL OR jsonb_array_length(p_readings) = 0 OR jsonb_array_length(p_readings) > 12 OR p_limit NOT BETWEEN 1 AND 20000 THEN
    RAISE EXCEPTION 'a search has 1 to 12 readings and a bound';
  END IF;
  conditions := ARRAY[CASE breadth
    WHEN 'SELF' THEN format('viewers @> ARRAY[%L::int]', current_setting('app.me'))
    WHEN 'UNIT' THEN format('scope_path >= %L AND scope_path < %L', current_setting('app.lo'), current_setting('app.hi'))
    WHEN 'ALL' THEN 'true' ELSE 'false' END];
  conditions := conditions || (SELECT '(' || string_agg(format('grams @> %L::text[]', ARRAY(SELECT jsonb_array_elements_text(r))), ' OR ') || ')' FROM jsonb_array_elements(p_readings) r);
  IF p_filters ? 'kind' THEN conditions := conditions || format('kind = %L', p_filters ->> 'kind'); END IF;
  IF p_filters ? 'tier' THEN conditions := conditions || format('tier = %L', p_filters ->> 'tier'); END IF;
  IF p_filters ? 'status' THEN conditions := conditions || format('status = %L', p_filters ->> 'status'); END IF;
  IF p_filters ? 'outletKey' THEN conditions := conditions || format('outlet_key = %L', p_filters ->> 'outletKey'); END IF;
  IF p_filters ? 'managerKey' THEN conditions := conditions || format('main_staff_key = %L', p_filters ->> 'managerKey'); END IF;
  IF p_after_id IS NOT NULL THEN
    conditions := conditions || format('(%I, customer_id) %s (%L::%s, %L::uuid)', sort_column, CASE WHEN p_descending THEN '<' ELSE '>' END, p_after, sort_type, p_after_id);
  END IF;
  RETURN QUERY EXECUTE format('SELECT customer_id FROM customer WHERE %s %s LIMIT %s', array_to_string(conditions, ' AND '),
    CASE WHEN sort_column IS NULL THEN '' ELSE format('ORDER BY %I %s, customer_id %2$s', sort_column, CASE WHEN p_descending THEN 'DESC' ELSE 'ASC' END) END, p_limit);
END $$;
REVOKE EXECUTE ON FUNCTION search_customers(jsonb, jsonb, text, boolean, text, uuid, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_customers(jsonb, jsonb, text, boolean, text, uuid, int) TO yq_self, yq_unit, yq_all;

-- The session's person and post of today; null when the session, the employment or the post has ended (a leaver is out at once).
CREATE FUNCTION session_actor(p_token_hash bytea, p_now timestamptz, p_date date)
RETURNS TABLE (session_id uuid, staff_key int, staff_no text, staff_name text, post_key int, post_code text, post_name text, post_name_en text, breadth text,
               line_key int, line_name text, line_path text, place_key int, place_name text, must_change boolean, expires_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  -- plpgsql keeps the plan of this eight-way join for the connection; a function in sql plans it for every request
  RETURN QUERY SELECT s.id, f.staff_key, f.staff_no, f.staff_name, f.post_key, f.post_code, f.post_name, f.post_name_en, f.breadth,
         f.line_key, f.line_name, f.line_path, f.place_key, f.place_name, c.must_change, s.expires_at
  FROM session s
  JOIN organisation_post_facts f ON f.post_key = s.post_key AND f.staff_key = s.staff_key AND f.from_date <= p_date AND (f.to_date IS NULL OR f.to_date > p_date)
  JOIN credential c ON c.staff_key = s.staff_key
  WHERE s.token_hash = p_token_hash AND s.ended_at IS NULL AND s.expires_at > p_now;
END $$;

REVOKE EXECUTE ON FUNCTION open_customer(uuid), open_new_customer(uuid), find_by_number(text, bytea), session_actor(bytea, timestamptz, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_customer(uuid) TO yq_self, yq_unit, yq_all, yq_opened;
GRANT EXECUTE ON FUNCTION open_new_customer(uuid) TO yq_self, yq_unit, yq_all;
GRANT EXECUTE ON FUNCTION find_by_number(text, bytea) TO yq_self, yq_unit, yq_all;
GRANT EXECUTE ON FUNCTION session_actor(bytea, timestamptz, date) TO yq_public;
