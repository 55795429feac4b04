-- Collection forms that the head of the outlet confirms (domain specification 12.4 W11): what was handed in waits until he confirms it or returns it; only what he confirmed counts as handed in.
ALTER TABLE collection_form ADD COLUMN confirms boolean NOT NULL DEFAULT false;

-- Who handed in and who confirmed stand in one row and are never the same person. confirmer_key: for whom it waits; who that is today is worked out anew when he confirms. A return and each handing in clear what was confirmed before.
ALTER TABLE collection_answer
  ADD COLUMN confirmer_key int REFERENCES staff,
  ADD COLUMN confirmed_on date,
  ADD COLUMN confirmed_by int REFERENCES staff,
  ADD COLUMN returned_by int REFERENCES staff,            -- the collector, or who should have confirmed
  ADD CHECK ((confirmed_on IS NULL) = (confirmed_by IS NULL)),
  ADD CHECK (confirmed_by IS NULL OR confirmed_by <> submitted_by),
  ADD CHECK (confirmer_key IS NULL OR confirmer_key <> submitted_by);
CREATE INDEX collection_answer_confirmer ON collection_answer (confirmer_key, form_id) WHERE state = 'SUBMITTED' AND confirmed_on IS NULL AND confirmer_key IS NOT NULL;

CREATE OR REPLACE VIEW forms_answer_facts WITH (security_invoker = true) AS
SELECT a.id AS answer_id, a.form_id, f.number, a.staff_key, a.unit_key, a.collector_key, a.due_on, a.state, a.submitted_on, a.late, a.returns, f.state AS form_state, f.confirms, a.confirmed_on FROM collection_answer a JOIN collection_form f ON f.id = a.form_id;
COMMENT ON VIEW forms_answer_facts IS 'One row per person or outlet that was asked by a collection form: by when, whether answered, late, how often returned; where the form says confirms, it is handed in only with confirmed_on. What was answered is read in the room only.';

-- One line a person and form: who answers; who confirms, from the first hour; who collects when all is in, the day has passed, or nobody is there to confirm; who leads those who are late.
CREATE OR REPLACE VIEW forms_agenda_facts WITH (security_invoker = true) AS
SELECT a.staff_key, NULL::uuid AS customer_id, a.id, 'COLLECTION_FORM'::text AS kind, NULL::date AS opens_on, a.due_on, NULL::text AS due_time, CASE a.state WHEN 'RETURNED' THEN '退回补正：' ELSE '' END || f.title AS title_zh, CASE a.state WHEN 'RETURNED' THEN 'Returned: ' ELSE '' END || f.title AS title_en,
  NULL::bigint AS amount_fen, NULL::text AS currency, '/collection-answers/' || a.id AS address
FROM collection_answer a JOIN collection_form f ON f.id = a.form_id WHERE f.state = 'OPEN' AND a.state IN ('OPEN', 'RETURNED')
UNION ALL
SELECT a.confirmer_key, NULL, f.id, 'COLLECTION_CONFIRM', NULL, NULL, NULL, f.title || '：' || count(*) || ' 份待确认，' || to_char(f.due_on, 'MM-DD') || ' 截止', f.title || ': ' || count(*) || ' to confirm, due ' || to_char(f.due_on, 'MM-DD'), NULL, NULL, '/collection-forms/' || f.id || '?which=waiting'
FROM collection_answer a JOIN collection_form f ON f.id = a.form_id WHERE f.state = 'OPEN' AND f.confirms AND a.state = 'SUBMITTED' AND a.confirmed_on IS NULL AND a.confirmer_key IS NOT NULL GROUP BY a.confirmer_key, f.id, f.title, f.due_on
UNION ALL
SELECT f.collector_key, NULL, f.id, 'COLLECTION_MERGE', NULL, f.due_on, NULL, f.title || '：已收 ' || n.done || '/' || n.all_of || CASE WHEN n.waiting > 0 THEN '，待确认 ' || n.waiting ELSE '' END || CASE WHEN n.stuck > 0 THEN '，其中 ' || n.stuck || ' 份无人可确认' ELSE '' END, f.title || ': ' || n.done || ' of ' || n.all_of || CASE WHEN n.waiting > 0 THEN ', ' || n.waiting || ' to be confirmed' ELSE '' END || CASE WHEN n.stuck > 0 THEN ', ' || n.stuck || ' of them by nobody' ELSE '' END, NULL, NULL, '/collection-forms/' || f.id
FROM collection_form f CROSS JOIN bank b CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE a.state = 'SUBMITTED' AND (NOT f.confirms OR a.confirmed_on IS NOT NULL)) AS done, count(*) FILTER (WHERE a.state = 'SUBMITTED' AND f.confirms AND a.confirmed_on IS NULL) AS waiting,
    count(*) FILTER (WHERE a.state = 'SUBMITTED' AND f.confirms AND a.confirmed_on IS NULL AND a.confirmer_key IS NULL) AS stuck, count(*) AS all_of
  FROM collection_answer a WHERE a.form_id = f.id AND a.state <> 'ENDED') n
WHERE f.state = 'OPEN' AND (f.due_on <= b.business_date OR n.done = n.all_of OR n.stuck > 0)
UNION ALL
SELECT a.superior_key, NULL, f.id, 'COLLECTION_LATE', NULL, min(a.due_on), NULL, f.title || '：' || count(*) || ' 人未报', f.title || ': ' || count(*) || ' missing', NULL, NULL, '/collection-forms/' || f.id
FROM collection_answer a JOIN collection_form f ON f.id = a.form_id WHERE f.state = 'OPEN' AND a.state IN ('OPEN', 'RETURNED') AND a.superior_key IS NOT NULL GROUP BY a.superior_key, f.id, f.title;
COMMENT ON VIEW forms_agenda_facts IS '{"kinds":{"COLLECTION_FORM":{"zh":"收表","en":"Collection form","verb":"OPEN"},"COLLECTION_CONFIRM":{"zh":"收表待确认","en":"Forms to confirm","verb":"OPEN"},"COLLECTION_MERGE":{"zh":"收表汇总","en":"Merge a form","verb":"OPEN"},"COLLECTION_LATE":{"zh":"收表逾期","en":"Forms missing","verb":"OPEN"}}}';
