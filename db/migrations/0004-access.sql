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

-- The session's person and post of today; null when the session, the employment or the post has ended (a leaver is out at once).
CREATE FUNCTION session_actor(p_token_hash bytea, p_now timestamptz, p_date date)
RETURNS TABLE (session_id uuid, staff_key int, staff_no text, staff_name text, post_key int, post_code text, post_name text, post_name_en text, breadth text,
               line_key int, line_name text, line_path text, place_key int, place_name text, must_change boolean, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.id, f.staff_key, f.staff_no, f.staff_name, f.post_key, f.post_code, f.post_name, f.post_name_en, f.breadth,
         f.line_key, f.line_name, f.line_path, f.place_key, f.place_name, c.must_change, s.expires_at
  FROM session s
  JOIN organisation_post_facts f ON f.post_key = s.post_key AND f.staff_key = s.staff_key AND f.from_date <= p_date AND (f.to_date IS NULL OR f.to_date > p_date)
  JOIN credential c ON c.staff_key = s.staff_key
  WHERE s.token_hash = p_token_hash AND s.ended_at IS NULL AND s.expires_at > p_now
$$;

REVOKE EXECUTE ON FUNCTION open_customer(uuid), open_new_customer(uuid), find_by_number(text, bytea), session_actor(bytea, timestamptz, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_customer(uuid) TO yq_self, yq_unit, yq_all, yq_opened;
GRANT EXECUTE ON FUNCTION open_new_customer(uuid) TO yq_self, yq_unit, yq_all;
GRANT EXECUTE ON FUNCTION find_by_number(text, bytea) TO yq_self, yq_unit, yq_all;
GRANT EXECUTE ON FUNCTION session_actor(bytea, timestamptz, date) TO yq_public;
