-- Appraisal plans (绩效计划, domain specification 3.0): objectives as the root, a plan for each unit and person, its history as rows that are only added.
-- A locked plan never changes but by a job transfer. No role may change or remove a step, and a step that would change a locked plan breaks a CHECK or a foreign key: the database refuses it, not the code.

-- Strategic objectives: the bank's, and those of its units below them.
CREATE TABLE strategy_objective (
  id uuid PRIMARY KEY,
  code text COLLATE "C" NOT NULL CHECK (code ~ '^[A-Z0-9][A-Z0-9.-]{0,19}$'),
  year int NOT NULL CHECK (year BETWEEN 1990 AND 2200),
  level text NOT NULL CHECK (level IN ('BANK', 'UNIT')),
  parent_id uuid REFERENCES strategy_objective,
  unit_key int NOT NULL REFERENCES institution,
  title text NOT NULL,
  title_en text NOT NULL,
  owner text NOT NULL,                                    -- the department that answers for it
  made_by int NOT NULL REFERENCES staff,
  made_on date NOT NULL,
  ended_on date,
  end_reason text,
  UNIQUE (year, code),
  CHECK ((level = 'BANK') = (parent_id IS NULL)),
  CHECK ((ended_on IS NULL) = (end_reason IS NULL))
);
COMMENT ON TABLE strategy_objective IS '{"owner":"performance","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('strategy_objective');

-- Head office lets the targets below a unit add up to more than its own (层层加码 needs this number). Only added.
CREATE TABLE head_office_authorisation (
  id uuid PRIMARY KEY,
  indicator text NOT NULL,
  unit_key int NOT NULL REFERENCES institution,
  factor numeric(6,4) NOT NULL CHECK (factor > 1 AND factor <= 3),
  from_date date NOT NULL,
  to_date date NOT NULL,
  number text NOT NULL,
  reason text NOT NULL,
  given_by int NOT NULL REFERENCES staff,
  given_on date NOT NULL,
  CHECK (to_date > from_date)
);
COMMENT ON TABLE head_office_authorisation IS '{"owner":"performance","kind":"reference","secrecy":"NORMAL"}';
ALTER TABLE head_office_authorisation ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON head_office_authorisation TO yq_self, yq_unit, yq_all, yq_engine;
GRANT SELECT, INSERT ON head_office_authorisation TO yq_office, yq_batch;
CREATE POLICY everybody_read ON head_office_authorisation FOR SELECT USING (true);
CREATE POLICY office_add ON head_office_authorisation FOR INSERT TO yq_office, yq_batch WITH CHECK (true);

-- Whose plan, for which period and scheme. staff_key null: the plan of the unit. Only added.
CREATE TABLE appraisal_plan (
  id uuid PRIMARY KEY,
  scheme_code text NOT NULL,
  year int NOT NULL,
  from_date date NOT NULL CHECK (extract(day FROM from_date) = 1),
  to_date date NOT NULL CHECK (extract(day FROM to_date) = 1),
  unit_key int NOT NULL REFERENCES institution,
  staff_key int REFERENCES staff,
  post_key int,                                           -- the post for which the person plans: a transfer gives another plan
  holder_key int NOT NULL REFERENCES staff,               -- who agrees for the one who is appraised: the person, or the head of the unit
  parent_id uuid REFERENCES appraisal_plan,               -- the plan of the unit above
  follows_id uuid REFERENCES appraisal_plan,              -- the plan of the former post
  scope_path text COLLATE "C" NOT NULL,
  made_by int NOT NULL REFERENCES staff,
  made_on date NOT NULL,
  UNIQUE (id, staff_key),
  UNIQUE (id, holder_key),
  CHECK (to_date > from_date),
  CHECK (staff_key IS NULL OR holder_key = staff_key),
  CHECK ((staff_key IS NULL) = (post_key IS NULL)),
  CHECK (id <> parent_id)
);
COMMENT ON TABLE appraisal_plan IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","skip":["scope_path"]}';
CREATE UNIQUE INDEX appraisal_plan_unit ON appraisal_plan (unit_key, scheme_code, from_date, to_date) WHERE staff_key IS NULL;
CREATE UNIQUE INDEX appraisal_plan_person ON appraisal_plan (staff_key, post_key, scheme_code, from_date, to_date) WHERE staff_key IS NOT NULL;
CREATE INDEX appraisal_plan_parent ON appraisal_plan (parent_id);
CREATE INDEX appraisal_plan_scope ON appraisal_plan (scope_path, from_date);
CREATE INDEX appraisal_plan_holder ON appraisal_plan (holder_key);

-- Whose transfer it is: a step names the post and the person together.
ALTER TABLE post_held ADD CONSTRAINT post_held_of_person UNIQUE (key, staff_key);

-- What happened to a plan, one row a step. Each names the step and state before it by foreign key; its CHECKs are the table of permitted steps.
CREATE TABLE plan_step (
  plan_id uuid NOT NULL REFERENCES appraisal_plan,
  place int NOT NULL CHECK (place >= 1),
  kind text NOT NULL CHECK (kind IN ('DRAFT', 'PROPOSE', 'ASK_OTHER', 'ANSWER', 'AGREE', 'LOCK', 'TRANSFER', 'START', 'SCORE', 'OPEN_WINDOW', 'FINISH', 'PAY', 'WITHDRAW')),
  state text NOT NULL CHECK (state IN ('DRAFT', 'NEGOTIATED', 'CONFIRMED', 'RUNNING', 'SCORED', 'APPEAL_WINDOW', 'FINAL', 'PAID', 'WITHDRAWN')),
  after_place int,
  after_state text,
  targets jsonb,                                          -- the whole list where this step sets it: indicator, weight, class, objective, target, parts (half-open), what stood beside it
  targets_place int NOT NULL,                             -- the step whose targets hold after this one
  kept_place int,                                         -- the same, where this step sets none: the step before says so too
  version int CHECK (version >= 1),                       -- of a locked plan
  agreed_place int,                                       -- LOCK: the other side's agreement to the same targets
  agreed_kind text,
  agreed_by int,
  transfer_post_key int,                                  -- TRANSFER: the new post and whose it is, as the organisation has it
  transfer_staff_key int,
  order_no text,                                          -- the transfer order
  findings jsonb NOT NULL DEFAULT '[]',                   -- what the validator found
  note text,
  window_until date,                                      -- OPEN_WINDOW: the last day of the appeal window; FINISH: by when the talk is held
  done_by int REFERENCES staff,                           -- null: the day itself
  done_on date NOT NULL,
  happened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  holder_key int NOT NULL,
  staff_key int,
  scope_path text COLLATE "C" NOT NULL,
  batch_id uuid,
  PRIMARY KEY (plan_id, place),
  UNIQUE (plan_id, place, state),
  UNIQUE (plan_id, place, targets_place),
  UNIQUE (plan_id, place, targets_place, kind, done_by),
  FOREIGN KEY (plan_id, holder_key) REFERENCES appraisal_plan (id, holder_key),
  FOREIGN KEY (plan_id, staff_key) REFERENCES appraisal_plan (id, staff_key),
  FOREIGN KEY (plan_id, after_place, after_state) REFERENCES plan_step (plan_id, place, state),
  FOREIGN KEY (plan_id, after_place, kept_place) REFERENCES plan_step (plan_id, place, targets_place),
  FOREIGN KEY (plan_id, agreed_place, targets_place, agreed_kind, agreed_by) REFERENCES plan_step (plan_id, place, targets_place, kind, done_by),
  FOREIGN KEY (transfer_post_key, transfer_staff_key) REFERENCES post_held (key, staff_key),
  CHECK (after_place IS NOT DISTINCT FROM nullif(place - 1, 0)),
  CHECK ((after_place IS NULL) = (after_state IS NULL)),
  CHECK ((targets IS NULL) = (kept_place IS NOT NULL) AND targets_place = coalesce(kept_place, place)),
  -- which step leads from which state to which
  CHECK (CASE kind
    WHEN 'DRAFT' THEN coalesce(after_state, 'DRAFT') = 'DRAFT' AND state = 'DRAFT' AND targets IS NOT NULL
    WHEN 'PROPOSE' THEN coalesce(after_state, '') = 'DRAFT' AND state = 'NEGOTIATED' AND targets IS NULL
    WHEN 'ASK_OTHER' THEN coalesce(after_state, '') = 'NEGOTIATED' AND state = 'NEGOTIATED' AND targets IS NOT NULL
    WHEN 'ANSWER' THEN coalesce(after_state, '') = 'NEGOTIATED' AND state = 'NEGOTIATED' AND targets IS NOT NULL
    WHEN 'AGREE' THEN coalesce(after_state, '') = 'NEGOTIATED' AND state = 'NEGOTIATED' AND targets IS NULL
    WHEN 'LOCK' THEN coalesce(after_state, '') = 'NEGOTIATED' AND state = 'CONFIRMED' AND targets IS NULL
    WHEN 'TRANSFER' THEN coalesce(after_state, '') IN ('CONFIRMED', 'RUNNING') AND state = after_state AND targets IS NOT NULL
    WHEN 'START' THEN coalesce(after_state, '') = 'CONFIRMED' AND state = 'RUNNING' AND targets IS NULL
    WHEN 'SCORE' THEN coalesce(after_state, '') = 'RUNNING' AND state = 'SCORED' AND targets IS NULL
    WHEN 'OPEN_WINDOW' THEN coalesce(after_state, '') = 'SCORED' AND state = 'APPEAL_WINDOW' AND targets IS NULL
    WHEN 'FINISH' THEN coalesce(after_state, '') = 'APPEAL_WINDOW' AND state = 'FINAL' AND targets IS NULL
    WHEN 'PAY' THEN coalesce(after_state, '') = 'FINAL' AND state = 'PAID' AND targets IS NULL
    WHEN 'WITHDRAW' THEN coalesce(after_state, '') IN ('DRAFT', 'NEGOTIATED') AND state = 'WITHDRAWN' AND targets IS NULL END),
  -- both sides agree, two people, to the same targets
  CHECK ((kind = 'LOCK') = (agreed_place IS NOT NULL) AND (agreed_place IS NULL) = (agreed_by IS NULL) AND (agreed_place IS NULL) = (agreed_kind IS NULL)),
  CHECK (agreed_kind IS NULL OR agreed_kind = 'AGREE'),
  CHECK (kind <> 'LOCK' OR (done_by IS NOT NULL AND agreed_by <> done_by AND (agreed_by = holder_key OR done_by = holder_key))),
  -- a transfer is the person's own, by an order
  CHECK ((kind = 'TRANSFER') = (transfer_post_key IS NOT NULL) AND (kind = 'TRANSFER') = (order_no IS NOT NULL) AND (transfer_post_key IS NULL) = (transfer_staff_key IS NULL)),
  CHECK (transfer_staff_key IS NULL OR (staff_key IS NOT NULL AND transfer_staff_key = staff_key)),
  CHECK ((version IS NULL) = (state IN ('DRAFT', 'NEGOTIATED', 'WITHDRAWN'))),
  CHECK (kind <> 'LOCK' OR version = 1),
  CHECK (kind NOT IN ('DRAFT', 'PROPOSE', 'ASK_OTHER', 'ANSWER', 'AGREE', 'LOCK', 'TRANSFER', 'WITHDRAW') OR done_by IS NOT NULL)
);
COMMENT ON TABLE plan_step IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","skip":["scope_path","happened_at"]}';
CREATE UNIQUE INDEX plan_step_transfer ON plan_step (plan_id, transfer_post_key) WHERE transfer_post_key IS NOT NULL;

-- A warning is answered in writing: by compliance or by the owner of the plan. For as long as code, indicator and target are the same.
CREATE TABLE plan_acknowledgement (
  plan_id uuid NOT NULL REFERENCES appraisal_plan,
  code text NOT NULL,
  indicator text NOT NULL,                                -- '' : of the plan as a whole
  value text NOT NULL,                                    -- the target, or the weights, that were looked at
  reason text NOT NULL,
  done_by int NOT NULL REFERENCES staff,
  done_on date NOT NULL,
  holder_key int NOT NULL,
  scope_path text COLLATE "C" NOT NULL,
  PRIMARY KEY (plan_id, code, indicator, value),
  FOREIGN KEY (plan_id, holder_key) REFERENCES appraisal_plan (id, holder_key),
  CHECK (done_by <> holder_key)
);
COMMENT ON TABLE plan_acknowledgement IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","skip":["scope_path"]}';

-- Read by the holder, by who leads the line, by the offices; added in one's own name; changed and removed by nobody.
CREATE PROCEDURE protect_appraisal(t regclass, author text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('GRANT SELECT, INSERT ON %s TO yq_self, yq_unit, yq_all, yq_office, yq_batch', t);
  EXECUTE format('GRANT SELECT ON %s TO yq_engine', t);
  EXECUTE format('CREATE POLICY own_read ON %s FOR SELECT TO yq_self USING (holder_key = current_setting(''app.me'')::int)', t);
  EXECUTE format('CREATE POLICY unit_read ON %s FOR SELECT TO yq_unit USING (scope_path >= current_setting(''app.lo'') AND scope_path < current_setting(''app.hi''))', t);
  EXECUTE format('CREATE POLICY all_read ON %s FOR SELECT TO yq_all, yq_office, yq_engine, yq_batch USING (true)', t);
  EXECUTE format('CREATE POLICY own_add ON %s FOR INSERT TO yq_self WITH CHECK (%I = current_setting(''app.me'')::int AND holder_key = current_setting(''app.me'')::int)', t, author);
  EXECUTE format('CREATE POLICY unit_add ON %s FOR INSERT TO yq_unit WITH CHECK (%I = current_setting(''app.me'')::int AND scope_path >= current_setting(''app.lo'') AND scope_path < current_setting(''app.hi''))', t, author);
  EXECUTE format('CREATE POLICY all_add ON %s FOR INSERT TO yq_all, yq_office WITH CHECK (%I = current_setting(''app.me'')::int)', t, author);
  EXECUTE format('CREATE POLICY batch_add ON %s FOR INSERT TO yq_batch WITH CHECK (true)', t);
END $$;
CALL protect_appraisal('appraisal_plan', 'made_by');
CALL protect_appraisal('plan_step', 'done_by');
CALL protect_appraisal('plan_acknowledgement', 'done_by');

-- Published.
CREATE VIEW performance_plan_target_facts WITH (security_invoker = true) AS
SELECT p.staff_key, p.scheme_code, t ->> 'indicator' AS indicator, (part ->> 'from')::date AS from_date, (part ->> 'to')::date AS to_date, (part ->> 'target')::numeric AS target, p.id AS plan_id, l.version AS plan_version
FROM appraisal_plan p
CROSS JOIN LATERAL (SELECT s.version, s.targets_place FROM plan_step s WHERE s.plan_id = p.id ORDER BY s.place DESC LIMIT 1) l
JOIN plan_step s ON s.plan_id = p.id AND s.place = l.targets_place
CROSS JOIN LATERAL jsonb_array_elements(s.targets) t
CROSS JOIN LATERAL jsonb_array_elements(t -> 'parts') part
WHERE l.version IS NOT NULL AND p.staff_key IS NOT NULL;
COMMENT ON VIEW performance_plan_target_facts IS 'Targets of people whose plans are confirmed (locked), one row for each person, scheme, indicator and part of the period [from_date, to_date): target in the unit in which the indicator is told (yuan with two decimals, a number, percent). After a job transfer the targets of the newest version: those of the former post by days, ending with the transfer.';
GRANT SELECT ON performance_plan_target_facts TO yq_self, yq_unit, yq_all, yq_office, yq_engine, yq_batch;

CREATE VIEW organisation_transfer_facts WITH (security_invoker = true) AS SELECT key AS post_key, staff_key, from_date, order_no FROM post_held;
COMMENT ON VIEW organisation_transfer_facts IS 'Since when a person holds a post, and the order by which: one row a post held.';
GRANT SELECT ON organisation_transfer_facts TO yq_self, yq_unit, yq_all, yq_office, yq_engine, yq_batch;
