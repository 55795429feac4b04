-- Collection forms (收表, domain specification 12.4 W11): a unit asks people or outlets for some cells; pre-filled, answered, returned, merged, exported.

-- The form: its cells are data. Built while DRAFT, never changed once it was sent out.
CREATE TABLE collection_form (
  id uuid PRIMARY KEY,
  number text COLLATE "C" NOT NULL UNIQUE,                -- SB2026-0001
  title text NOT NULL,
  why text NOT NULL,                                      -- what it is needed for, and by which rule
  answers_for text NOT NULL CHECK (answers_for IN ('PERSON', 'OUTLET')),   -- a person for himself, or the head of an outlet for it
  most_rows int NOT NULL CHECK (most_rows BETWEEN 1 AND 50),
  cells jsonb NOT NULL,                                   -- code, label, type, required, choices, least, most, source, in their order
  addressees jsonb NOT NULL,                              -- posts, units, people: who was meant
  collector_key int NOT NULL REFERENCES staff,
  asking_unit int NOT NULL,
  made_on date NOT NULL,
  due_on date NOT NULL,
  state text NOT NULL CHECK (state IN ('DRAFT', 'OPEN', 'CLOSED', 'WITHDRAWN')),
  opened_on date,
  ended_on date,
  end_note text,
  copied_from uuid REFERENCES collection_form,
  edition int NOT NULL DEFAULT 1,
  batch_id uuid,
  CHECK ((state = 'DRAFT') = (opened_on IS NULL) OR state = 'WITHDRAWN'),
  CHECK ((state IN ('CLOSED', 'WITHDRAWN')) = (ended_on IS NOT NULL))
);
COMMENT ON TABLE collection_form IS '{"owner":"forms","kind":"bank","secrecy":"NORMAL"}';
ALTER TABLE collection_form ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON collection_form TO yq_self, yq_unit, yq_all;
GRANT SELECT, INSERT, UPDATE, DELETE ON collection_form TO yq_batch;
CREATE POLICY collector_read ON collection_form FOR SELECT TO yq_self, yq_unit, yq_all USING (collector_key = current_setting('app.me')::int);
-- what was sent out is no secret of the bank: its cells, not what anybody answered
CREATE POLICY sent_read ON collection_form FOR SELECT TO yq_self, yq_unit, yq_all USING (opened_on IS NOT NULL);
CREATE POLICY collector_add ON collection_form FOR INSERT TO yq_self, yq_unit, yq_all WITH CHECK (collector_key = current_setting('app.me')::int);
CREATE POLICY collector_change ON collection_form FOR UPDATE TO yq_self, yq_unit, yq_all USING (collector_key = current_setting('app.me')::int);
CREATE POLICY batch_all ON collection_form FOR ALL TO yq_batch USING (true) WITH CHECK (true);
CREATE INDEX collection_form_collector ON collection_form (collector_key, due_on);

-- What one person, or one outlet by its head, answers. rows: [{"values":{code: text},"reasons":{code: why a pre-filled value was changed}}]; amounts are whole fen as digits.
CREATE TABLE collection_answer (
  id uuid PRIMARY KEY,
  form_id uuid NOT NULL REFERENCES collection_form,
  staff_key int NOT NULL REFERENCES staff,                -- who answers today
  unit_key int NOT NULL,                                  -- the outlet; of a person the unit of his line
  collector_key int NOT NULL REFERENCES staff,
  due_on date NOT NULL,
  state text NOT NULL CHECK (state IN ('OPEN', 'SUBMITTED', 'RETURNED', 'ENDED')),
  prefilled jsonb NOT NULL,                               -- code -> value, as of the day on which it was sent out
  prefilled_on date NOT NULL,
  rows jsonb NOT NULL,
  edition int NOT NULL DEFAULT 1,
  saved_on date,
  submitted_on date,
  submitted_by int REFERENCES staff,
  late boolean,
  returns int NOT NULL DEFAULT 0,
  return_reason text,
  superior_key int REFERENCES staff,                      -- to whom it came when it was a working day late
  scope_path text COLLATE "C" NOT NULL,
  batch_id uuid,
  UNIQUE (form_id, unit_key, staff_key),
  CHECK ((submitted_on IS NULL) = (submitted_by IS NULL) AND (submitted_on IS NULL) = (late IS NULL)),
  CHECK (state <> 'SUBMITTED' OR submitted_on IS NOT NULL),
  CHECK (state <> 'RETURNED' OR return_reason IS NOT NULL)
);
COMMENT ON TABLE collection_answer IS '{"owner":"forms","kind":"bank","secrecy":"NORMAL","hidden":["rows","prefilled"],"skip":["scope_path"]}';

-- Each handing in as it was: added, never changed.
CREATE TABLE collection_submission (
  id uuid PRIMARY KEY,
  answer_id uuid NOT NULL REFERENCES collection_answer,
  form_id uuid NOT NULL REFERENCES collection_form,
  round int NOT NULL CHECK (round >= 1),
  staff_key int NOT NULL REFERENCES staff,
  collector_key int NOT NULL REFERENCES staff,
  submitted_on date NOT NULL,
  submitted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  rows jsonb NOT NULL,
  scope_path text COLLATE "C" NOT NULL,
  batch_id uuid,
  UNIQUE (answer_id, round)
);
COMMENT ON TABLE collection_submission IS '{"owner":"forms","kind":"bank","secrecy":"NORMAL","hidden":["rows"],"skip":["scope_path"]}';

CREATE PROCEDURE protect_collected(t regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO yq_self, yq_unit, yq_all', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO yq_batch', t);
  EXECUTE format('CREATE POLICY own_read ON %s FOR SELECT TO yq_self, yq_unit, yq_all USING (staff_key = current_setting(''app.me'')::int)', t);
  EXECUTE format('CREATE POLICY collector_read ON %s FOR SELECT TO yq_self, yq_unit, yq_all USING (collector_key = current_setting(''app.me'')::int)', t);
  EXECUTE format('CREATE POLICY unit_read ON %s FOR SELECT TO yq_unit USING (scope_path >= current_setting(''app.lo'') AND scope_path < current_setting(''app.hi''))', t);
  EXECUTE format('CREATE POLICY all_read ON %s FOR SELECT TO yq_all USING (true)', t);
  EXECUTE format('CREATE POLICY own_add ON %s FOR INSERT TO yq_self, yq_unit, yq_all WITH CHECK (staff_key = current_setting(''app.me'')::int)', t);
  EXECUTE format('CREATE POLICY batch_all ON %s FOR ALL TO yq_batch USING (true) WITH CHECK (true)', t);
END $$;
CALL protect_collected('collection_answer');
CALL protect_collected('collection_submission');
CREATE POLICY own_change ON collection_answer FOR UPDATE TO yq_self, yq_unit, yq_all USING (staff_key = current_setting('app.me')::int);
CREATE POLICY collector_change ON collection_answer FOR UPDATE TO yq_self, yq_unit, yq_all USING (collector_key = current_setting('app.me')::int);
CREATE INDEX collection_answer_staff ON collection_answer (staff_key, due_on);
CREATE INDEX collection_answer_scope ON collection_answer (scope_path, due_on);
CREATE INDEX collection_answer_collector ON collection_answer (collector_key, form_id);
CREATE INDEX collection_answer_superior ON collection_answer (superior_key) WHERE superior_key IS NOT NULL;
CREATE INDEX collection_submission_staff ON collection_submission (staff_key);
CREATE INDEX collection_submission_scope ON collection_submission (scope_path);
CREATE INDEX collection_submission_collector ON collection_submission (collector_key);

-- ---------------------------------------------------------------------------------------------------------------------
CREATE VIEW forms_answer_facts WITH (security_invoker = true) AS
SELECT a.id AS answer_id, a.form_id, f.number, a.staff_key, a.unit_key, a.collector_key, a.due_on, a.state, a.submitted_on, a.late, a.returns, f.state AS form_state FROM collection_answer a JOIN collection_form f ON f.id = a.form_id;
COMMENT ON VIEW forms_answer_facts IS 'One row per person or outlet that was asked by a collection form: by when, whether answered, late, how often returned. What was answered is read in the room only.';
GRANT SELECT ON forms_answer_facts TO yq_self, yq_unit, yq_all, yq_batch;

-- One line a person and form: who answers; who collects when all is in or the day has passed; who leads those who are late.
CREATE VIEW forms_agenda_facts WITH (security_invoker = true) AS
SELECT a.staff_key, NULL::uuid AS customer_id, a.id, 'COLLECTION_FORM'::text AS kind, NULL::date AS opens_on, a.due_on, NULL::text AS due_time, CASE a.state WHEN 'RETURNED' THEN '退回补正：' ELSE '' END || f.title AS title_zh, CASE a.state WHEN 'RETURNED' THEN 'Returned: ' ELSE '' END || f.title AS title_en,
  NULL::bigint AS amount_fen, NULL::text AS currency, '/collection-answers/' || a.id AS address
FROM collection_answer a JOIN collection_form f ON f.id = a.form_id WHERE f.state = 'OPEN' AND a.state IN ('OPEN', 'RETURNED')
UNION ALL
SELECT f.collector_key, NULL, f.id, 'COLLECTION_MERGE', NULL, f.due_on, NULL, f.title || '：已收 ' || n.done || '/' || n.all_of, f.title || ': ' || n.done || ' of ' || n.all_of, NULL, NULL, '/collection-forms/' || f.id
FROM collection_form f CROSS JOIN bank b CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE a.state = 'SUBMITTED') AS done, count(*) AS all_of FROM collection_answer a WHERE a.form_id = f.id AND a.state <> 'ENDED') n
WHERE f.state = 'OPEN' AND (f.due_on <= b.business_date OR n.done = n.all_of)
UNION ALL
SELECT a.superior_key, NULL, f.id, 'COLLECTION_LATE', NULL, min(a.due_on), NULL, f.title || '：' || count(*) || ' 人未报', f.title || ': ' || count(*) || ' missing', NULL, NULL, '/collection-forms/' || f.id
FROM collection_answer a JOIN collection_form f ON f.id = a.form_id WHERE f.state = 'OPEN' AND a.state IN ('OPEN', 'RETURNED') AND a.superior_key IS NOT NULL GROUP BY a.superior_key, f.id, f.title;
COMMENT ON VIEW forms_agenda_facts IS '{"kinds":{"COLLECTION_FORM":{"zh":"收表","en":"Collection form","verb":"OPEN"},"COLLECTION_MERGE":{"zh":"收表汇总","en":"Merge a form","verb":"OPEN"},"COLLECTION_LATE":{"zh":"收表逾期","en":"Forms missing","verb":"OPEN"}}}';
GRANT SELECT ON forms_agenda_facts TO yq_self, yq_unit, yq_all;

-- Deposits of a manager or a place as of the last load, in fen, for what is pre-filled.
CREATE OR REPLACE VIEW holdings_deposit_sum_facts WITH (security_invoker = true) AS
SELECT staff_key, line_path, place_key, as_of, balance, month_begin, quarter_begin, year_begin, balance / 100 AS balance_fen, month_sum / 100 / (as_of - date_trunc('month', as_of)::date + 1) AS month_average_fen FROM deposit_sum;
COMMENT ON VIEW holdings_deposit_sum_facts IS 'Deposits of a manager at a place of a line, or of what nobody holds, as the last delivery left them: fen times percent at the end of as_of and of the day before month, quarter and year; columns in _fen are exact fen, to be rounded after they are summed.';
