-- Need cards (客户需求卡, 2.5): what a customer of quality needs, what of it is met, by what, and what is sent up (D-22).
CREATE TABLE need_card (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  number text COLLATE "C" NOT NULL,
  staff_key int NOT NULL REFERENCES staff,
  surveyed_on date NOT NULL,
  channel text NOT NULL CHECK (channel IN ('VISIT', 'PHONE', 'VIDEO', 'WECHAT', 'OUTLET')),
  contact_id uuid,                                       -- the contact from which it came
  decision_maker text,
  obstacles text,
  suggestions text,
  next_action text,
  next_on date,
  confirmation text CHECK (confirmation IN ('SIGNATURE', 'MESSAGE')),
  confirmation_ref text,
  entered_on date NOT NULL,
  comment text,
  commented_by int REFERENCES staff,
  commented_on date,
  voided_on date,
  voided_by int REFERENCES staff,
  void_reason text,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL,
  PRIMARY KEY (customer_id, id),
  CHECK ((next_action IS NULL) = (next_on IS NULL)),
  CHECK ((voided_on IS NULL) = (void_reason IS NULL)),
  CHECK (commented_by IS NULL OR commented_by <> staff_key)
);
COMMENT ON TABLE need_card IS '{"owner":"visits","kind":"owned","secrecy":"NORMAL","personal":["decision_maker","obstacles","suggestions","next_action","confirmation_ref","comment"],"skip":["scope_path","viewers"]}';
CALL protect_owned('need_card');
CALL protect_listed('need_card');
CREATE UNIQUE INDEX need_card_number ON need_card (number);
CREATE INDEX need_card_day ON need_card (customer_id, surveyed_on DESC, id DESC);

-- What the customer has, with us or elsewhere, as told.
CREATE TABLE need_card_holding (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  card_id uuid NOT NULL,
  place int NOT NULL,
  bank text,                                             -- null: with us
  product text NOT NULL,
  amount_fen bigint CHECK (amount_fen >= 0),
  price text,
  matures_on date,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, card_id) REFERENCES need_card
);
COMMENT ON TABLE need_card_holding IS '{"owner":"visits","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('need_card_holding');
CREATE INDEX need_card_holding_card ON need_card_holding (customer_id, card_id, place);

CREATE TABLE need (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  card_id uuid NOT NULL,
  place int NOT NULL,
  domain text NOT NULL CHECK (domain IN ('DEPOSIT', 'FINANCING', 'SETTLEMENT', 'CASH_MANAGEMENT', 'PAYROLL_RETAIL', 'CROSS_BORDER', 'INVESTMENT_BANKING', 'E_BANKING', 'OTHER')),
  description text NOT NULL,
  urgency text NOT NULL CHECK (urgency IN ('NOW', 'THREE_MONTHS', 'TWELVE_MONTHS')),
  amount_fen bigint CHECK (amount_fen >= 0),
  expected_price text,
  told_as text NOT NULL CHECK (told_as IN ('STATED', 'DISCOVERED')),
  state text NOT NULL CHECK (state IN ('OPEN', 'VERIFIED', 'CANNOT', 'MATCHED', 'ESCALATED', 'GAP', 'MET', 'REJECTED')),
  state_on date NOT NULL,
  state_by int NOT NULL REFERENCES staff,
  state_note text,
  product_code text,                                     -- MATCHED, MET: by which product
  cannot_since date,                                     -- the branch cannot meet it: to be sent up within two working days (D-22)
  escalate_by date,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, card_id) REFERENCES need_card,
  CHECK (state <> 'MATCHED' OR product_code IS NOT NULL),
  CHECK ((cannot_since IS NULL) = (escalate_by IS NULL)),
  CHECK (state <> 'CANNOT' OR cannot_since IS NOT NULL)
);
COMMENT ON TABLE need IS '{"owner":"visits","kind":"owned","secrecy":"NORMAL","personal":["description","state_note"],"skip":["scope_path","viewers"]}';
CALL protect_owned('need');
CALL protect_listed('need');
CREATE INDEX need_card_of ON need (customer_id, card_id, place);
CREATE INDEX need_viewers ON need USING gin (viewers) WHERE state NOT IN ('MET', 'REJECTED');
CREATE INDEX need_scope ON need (scope_path, state_on DESC, id DESC) WHERE state NOT IN ('MET', 'REJECTED');

-- Sent up to who can help; the upper level answers within five working days (D-22).
CREATE TABLE need_escalation (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  need_id uuid NOT NULL,
  reason text NOT NULL,
  escalated_by int NOT NULL REFERENCES staff,
  escalated_on date NOT NULL,
  late boolean NOT NULL,
  answer_by date NOT NULL,
  result text CHECK (result IN ('MATCHED', 'GAP', 'DECLINED')),
  answer text,
  answered_by int REFERENCES staff,
  answered_on date,
  answered_late boolean,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, need_id) REFERENCES need,
  CHECK (answered_by IS NULL OR answered_by <> escalated_by),
  CHECK ((answered_on IS NULL) = (answer IS NULL) AND (answered_on IS NULL) = (answered_by IS NULL) AND (answered_on IS NULL) = (result IS NULL) AND (answered_on IS NULL) = (answered_late IS NULL))
);
COMMENT ON TABLE need_escalation IS '{"owner":"visits","kind":"owned","secrecy":"NORMAL","personal":["reason","answer"],"skip":["scope_path","viewers"]}';
CALL protect_owned('need_escalation');
CALL protect_listed('need_escalation');
CREATE UNIQUE INDEX need_escalation_open ON need_escalation (customer_id, need_id) WHERE answered_on IS NULL;
CREATE INDEX need_escalation_scope ON need_escalation (scope_path, answer_by) WHERE answered_on IS NULL;

-- A need that no product meets becomes an idea. The room `products` will take ideas up from here.
CREATE TABLE need_idea (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  need_id uuid NOT NULL,
  title text NOT NULL,
  text text NOT NULL,
  raised_by int NOT NULL REFERENCES staff,
  raised_on date NOT NULL,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, need_id) REFERENCES need
);
COMMENT ON TABLE need_idea IS '{"owner":"visits","kind":"owned","secrecy":"NORMAL","personal":["text"]}';
CALL protect_owned('need_idea');
CREATE UNIQUE INDEX need_idea_once ON need_idea (customer_id, need_id);

CREATE VIEW visits_need_facts WITH (security_invoker = true) AS
SELECT n.customer_id, n.id AS need_id, n.card_id, c.staff_key, c.surveyed_on, n.domain, n.urgency, n.amount_fen, n.state, n.state_on, n.product_code, n.cannot_since, n.escalate_by, n.scope_path, n.viewers
FROM need n JOIN need_card c ON c.customer_id = n.customer_id AND c.id = n.card_id WHERE c.voided_on IS NULL;
COMMENT ON VIEW visits_need_facts IS 'One row per need of a card that was not voided: domain, urgency, amount in fen, state; cannot_since and escalate_by when the branch cannot meet it.';
CREATE VIEW visits_need_idea_facts WITH (security_invoker = true) AS SELECT customer_id, id AS idea_id, need_id, title, raised_by, raised_on FROM need_idea;
COMMENT ON VIEW visits_need_idea_facts IS 'Ideas that came from needs which no product meets.';
GRANT SELECT ON visits_need_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_engine, yq_batch;
GRANT SELECT ON visits_need_idea_facts TO yq_opened, yq_engine, yq_batch;

CREATE VIEW visits_needs_timeline_facts WITH (security_invoker = true) AS
SELECT c.customer_id, c.id, c.surveyed_on AS day, NULL::timestamptz AS at, 'NEED_CARD'::text AS kind, '需求卡 ' || c.number AS title_zh, 'Need card ' || c.number AS title_en, NULL::text AS note, NULL::bigint AS amount_fen, NULL::text AS currency,
  c.staff_key AS person_key, '/customers/' || c.customer_id || '/need-cards/' || c.id AS address
FROM need_card c WHERE c.voided_on IS NULL
UNION ALL
SELECT e.customer_id, e.id, e.escalated_on, NULL, 'NEED_CARD', '需求上报', 'A need was sent up', e.reason, NULL, NULL, e.escalated_by, '/customers/' || e.customer_id || '?tab=needs' FROM need_escalation e
UNION ALL
SELECT e.customer_id, e.id, e.answered_on, NULL, 'NEED_CARD', '上级答复', 'The upper level answered', e.answer, NULL, NULL, e.answered_by, '/customers/' || e.customer_id || '?tab=needs' FROM need_escalation e WHERE e.answered_on IS NOT NULL;
COMMENT ON VIEW visits_needs_timeline_facts IS '{"kinds":{"NEED_CARD":{"zh":"需求","en":"Needs"}}}';
GRANT SELECT ON visits_needs_timeline_facts TO yq_opened;

-- Open needs go along when a customer is handed over: they are the customer's, whoever looks after it.
CREATE VIEW visits_needs_handover_facts WITH (security_invoker = true) AS
SELECT n.customer_id, NULL::int AS staff_key, 'NEED'::text AS kind, n.id AS object_id, n.description AS what, n.escalate_by AS due_on, n.amount_fen, NULL::date AS until_date, '/customers/' || n.customer_id || '?tab=needs' AS address
FROM need n JOIN need_card c ON c.customer_id = n.customer_id AND c.id = n.card_id WHERE c.voided_on IS NULL AND n.state NOT IN ('MET', 'REJECTED');
COMMENT ON VIEW visits_needs_handover_facts IS '{"kinds":{"NEED":{"zh":"未满足的需求","en":"Open needs"}}}';
GRANT SELECT ON visits_needs_handover_facts TO yq_engine, yq_batch;
