-- Organisation: institutions as a dated tree, posts, staff, posts held, grades. Everything dated [from_date, to_date).

CREATE TABLE institution (
  key int PRIMARY KEY,
  code text NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('HEAD_OFFICE', 'BRANCH', 'SUB_BRANCH', 'OUTLET', 'RM_DEPARTMENT', 'DEPARTMENT', 'TEAM'))
);
COMMENT ON TABLE institution IS '{"owner":"organisation","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('institution');

-- Where an institution hangs, and what it is called, in a span of time. scope_path is worked out from the parents: '001.004.017'.
CREATE TABLE institution_span (
  institution_key int NOT NULL REFERENCES institution,
  from_date date NOT NULL,
  to_date date,
  name text NOT NULL,
  name_en text NOT NULL,
  parent_key int REFERENCES institution,
  scope_path text COLLATE "C" NOT NULL CHECK (scope_path ~ '^[0-9A-Z]{3}(\.[0-9A-Z]{3})*$'),
  region text NOT NULL DEFAULT '*',
  managers_in text NOT NULL DEFAULT 'OUTLET' CHECK (managers_in IN ('OUTLET', 'RM_DEPARTMENT')),   -- setting per branch (4.5)
  PRIMARY KEY (institution_key, from_date),
  CHECK (to_date IS NULL OR to_date > from_date),
  EXCLUDE USING gist (institution_key WITH =, daterange(from_date, to_date) WITH &&)
);
COMMENT ON TABLE institution_span IS '{"owner":"organisation","kind":"reference","secrecy":"NORMAL"}';
CREATE INDEX institution_span_path ON institution_span (scope_path);
CALL protect_reference('institution_span');

-- A kind of post (客户经理, 团队长, 审查人 …). breadth: how far its holder sees customers.
CREATE TABLE post (
  code text PRIMARY KEY,
  name text NOT NULL,
  name_en text NOT NULL,
  sequence text NOT NULL CHECK (sequence IN ('FRONT', 'RISK_CONTROL', 'PROCESSING')),
  breadth text NOT NULL CHECK (breadth IN ('NONE', 'SELF', 'UNIT', 'ALL'))
);
COMMENT ON TABLE post IS '{"owner":"organisation","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('post');

CREATE TABLE staff (
  key int PRIMARY KEY,
  staff_no text NOT NULL UNIQUE,
  name text NOT NULL,
  name_pinyin text NOT NULL,
  name_initials text NOT NULL
);
COMMENT ON TABLE staff IS '{"owner":"organisation","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('staff');

-- Joining and leaving are facts.
CREATE TABLE employment (
  staff_key int NOT NULL REFERENCES staff,
  from_date date NOT NULL,
  to_date date,
  leave_reason text,
  PRIMARY KEY (staff_key, from_date),
  CHECK (to_date IS NULL OR to_date > from_date),
  EXCLUDE USING gist (staff_key WITH =, daterange(from_date, to_date) WITH &&)
);
COMMENT ON TABLE employment IS '{"owner":"organisation","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('employment');

-- A post held: line (whom one reports to, whose customers one sees) and place (where one's desk is).
CREATE TABLE post_held (
  key int PRIMARY KEY,
  staff_key int NOT NULL REFERENCES staff,
  post_code text NOT NULL REFERENCES post,
  line_key int NOT NULL REFERENCES institution,
  place_key int NOT NULL REFERENCES institution,
  from_date date NOT NULL,
  to_date date,
  main boolean NOT NULL DEFAULT true,
  order_no text,                    -- the transfer order
  CHECK (to_date IS NULL OR to_date > from_date),
  EXCLUDE USING gist (staff_key WITH =, post_code WITH =, line_key WITH =, daterange(from_date, to_date) WITH &&)
);
COMMENT ON TABLE post_held IS '{"owner":"organisation","kind":"reference","secrecy":"NORMAL"}';
CREATE INDEX post_held_staff ON post_held (staff_key, from_date);
CREATE INDEX post_held_line ON post_held (line_key);
CALL protect_reference('post_held');

CREATE TABLE grade_held (
  staff_key int NOT NULL REFERENCES staff,
  from_date date NOT NULL,
  to_date date,
  grade text NOT NULL CHECK (grade IN ('A', 'B', 'C')),   -- 助理 A, 客户经理 B, 高级 C
  reason text,
  PRIMARY KEY (staff_key, from_date),
  CHECK (to_date IS NULL OR to_date > from_date),
  EXCLUDE USING gist (staff_key WITH =, daterange(from_date, to_date) WITH &&)
);
COMMENT ON TABLE grade_held IS '{"owner":"organisation","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('grade_held');

-- Integer keys of staff, posts and institutions are taken from counters, not sequences (no gaps to explain, works when distributed).
CREATE TABLE counter (
  name text PRIMARY KEY,
  value bigint NOT NULL
);
COMMENT ON TABLE counter IS '{"owner":"foundation","kind":"reference","secrecy":"NORMAL","journal":"none"}';
CALL protect_reference('counter');
GRANT INSERT, UPDATE ON counter TO yq_opened;
CREATE POLICY opened_counts ON counter FOR ALL TO yq_opened USING (true) WITH CHECK (true);

-- Published: who holds which post on which day, with the line's path.
CREATE VIEW organisation_post_facts WITH (security_invoker = true) AS
SELECT p.key AS post_key, p.staff_key, s.staff_no, s.name AS staff_name, p.post_code, k.name AS post_name, k.name_en AS post_name_en, k.sequence, k.breadth,
       p.line_key, l.name AS line_name, l.scope_path AS line_path, p.place_key, o.name AS place_name, o.scope_path AS place_path, l.region,
       greatest(p.from_date, l.from_date, o.from_date, e.from_date) AS from_date, least(p.to_date, l.to_date, o.to_date, e.to_date) AS to_date, p.main
FROM post_held p
JOIN post k ON k.code = p.post_code
JOIN staff s ON s.key = p.staff_key
JOIN employment e ON e.staff_key = p.staff_key AND daterange(e.from_date, e.to_date) && daterange(p.from_date, p.to_date)
JOIN institution_span l ON l.institution_key = p.line_key AND daterange(l.from_date, l.to_date) && daterange(p.from_date, p.to_date)
JOIN institution_span o ON o.institution_key = p.place_key AND daterange(o.from_date, o.to_date) && daterange(p.from_date, p.to_date)
WHERE daterange(l.from_date, l.to_date) && daterange(o.from_date, o.to_date)
  AND daterange(e.from_date, e.to_date) && daterange(l.from_date, l.to_date)
  AND daterange(e.from_date, e.to_date) && daterange(o.from_date, o.to_date);
COMMENT ON VIEW organisation_post_facts IS 'One row per post held and span in which line, place and employment are constant: [from_date, to_date).';
GRANT SELECT ON organisation_post_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_restricted, yq_compliance, yq_secret, yq_aml, yq_auditor, yq_engine, yq_office, yq_batch, yq_public;

CREATE VIEW organisation_institution_facts WITH (security_invoker = true) AS
SELECT i.key AS institution_key, i.code, i.kind, s.name, s.name_en, s.parent_key, s.scope_path, s.region, s.managers_in, s.from_date, s.to_date
FROM institution i JOIN institution_span s ON s.institution_key = i.key;
COMMENT ON VIEW organisation_institution_facts IS 'Institutions with name, parent and path in each span [from_date, to_date).';
GRANT SELECT ON organisation_institution_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_restricted, yq_compliance, yq_secret, yq_aml, yq_auditor, yq_engine, yq_office, yq_batch, yq_public;

CREATE VIEW organisation_grade_facts WITH (security_invoker = true) AS SELECT staff_key, grade, from_date, to_date FROM grade_held;
COMMENT ON VIEW organisation_grade_facts IS 'Grade A, B or C of a person in [from_date, to_date).';
GRANT SELECT ON organisation_grade_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_engine, yq_office, yq_batch;

-- ---------------------------------------------------------------------------------------------------------------------
-- Entering: who is this, today, in this post? Works out lo, hi and me; closes every customer. Called first in each request's transaction.
CREATE FUNCTION enter(p_staff int, p_post int, p_date date) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE f record;
BEGIN
  SELECT breadth, line_path, post_code INTO f FROM organisation_post_facts
   WHERE post_key = p_post AND staff_key = p_staff AND from_date <= p_date AND (to_date IS NULL OR to_date > p_date);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'post % of staff % is not in force on %', p_post, p_staff, p_date USING ERRCODE = 'YQ001';
  END IF;
  -- SET LOCAL and not set_config(): set_config does not reach the workers of a distributed PostgreSQL (tech, section 3)
  EXECUTE format('SET LOCAL app.me = %L', p_staff);
  EXECUTE format('SET LOCAL app.post = %L', p_post);
  EXECUTE format('SET LOCAL app.breadth = %L', f.breadth);
  EXECUTE format('SET LOCAL app.lo = %L', CASE WHEN f.breadth = 'UNIT' THEN f.line_path ELSE '~' END);
  EXECUTE format('SET LOCAL app.hi = %L', CASE WHEN f.breadth = 'UNIT' THEN f.line_path || '/' ELSE '~' END);
  EXECUTE format('SET LOCAL app.date = %L', p_date);
  SET LOCAL app.opened = '00000000-0000-0000-0000-000000000000';
  SET LOCAL app.writable = '00000000-0000-0000-0000-000000000000';
  RETURN f.breadth;
END $$;
REVOKE EXECUTE ON FUNCTION enter(int, int, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enter(int, int, date) TO yq_self, yq_unit, yq_all, yq_office, yq_auditor, yq_aml, yq_compliance;
