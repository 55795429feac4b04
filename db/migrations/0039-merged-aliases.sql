-- An alias opens nothing, whoever asks: the customer that stayed is found by survivor_of() and opened itself. (As in 0019 but for merged_into.)

CREATE OR REPLACE FUNCTION open_customer(p_customer uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  c record;
  me int := current_setting('app.me')::int;
  breadth text := current_setting('app.breadth');
  today date := current_setting('app.date')::date;
  relation text;
BEGIN
  SELECT scope_path, viewers, main_staff_key INTO c FROM customer WHERE customer_id = p_customer AND merged_into IS NULL;
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

-- Duplicates, published.

CREATE VIEW customers_duplicate_pair_facts WITH (security_invoker = true) AS
SELECT customer_id, id AS pair_id, other_id, state, level, score, signs, found_on, decided_on FROM duplicate_pair;
COMMENT ON VIEW customers_duplicate_pair_facts IS 'Pairs of customers that may be one, of whom the reader sees both: the lesser id first, state, level, signs.';
GRANT SELECT ON customers_duplicate_pair_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_engine, yq_batch;
