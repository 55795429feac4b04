-- Allocation of the public pool (公共池分配, domain specification 3.4): high-end persons whom nobody is credited with are dealt out to the managers of persons by a rule; one head proposes, another one decides.

ALTER TABLE ownership_policy ADD COLUMN high_end_tiers text[] NOT NULL DEFAULT '{T1,T2}';   -- who is high-end (2.7)

-- Who may not have a customer: a relative, or to whom the customer objected. A fact with its reason, ended never changed.
CREATE TABLE pool_exclusion (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  staff_key int NOT NULL REFERENCES staff,
  kind text NOT NULL CHECK (kind IN ('RELATIVE', 'OBJECTION')),
  reason text NOT NULL,
  recorded_by int NOT NULL REFERENCES staff,
  recorded_on date NOT NULL,
  allocation_id uuid,                                    -- the customer had been given to him by this allocation and came back to the pool
  PRIMARY KEY (customer_id, id),
  CHECK (recorded_by <> staff_key)
);
COMMENT ON TABLE pool_exclusion IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["reason"]}';
CALL protect_owned('pool_exclusion');
CREATE UNIQUE INDEX pool_exclusion_once ON pool_exclusion (customer_id, staff_key);

CREATE TABLE pool_allocation (
  id uuid PRIMARY KEY,
  number text NOT NULL UNIQUE,
  reason text NOT NULL,
  state text NOT NULL DEFAULT 'PROPOSED' CHECK (state IN ('PROPOSED', 'CONFIRMED', 'RETURNED', 'WITHDRAWN')),
  asked_by int NOT NULL REFERENCES staff,
  asked_on date NOT NULL,
  decided_by int REFERENCES staff,
  decided_on date,
  decision_reason text,
  customers int NOT NULL CHECK (customers >= 0),         -- in the pool that day and high-end; `given` of them were proposed for a manager
  given int NOT NULL CHECK (given BETWEEN 0 AND customers),
  done int CHECK (done BETWEEN 0 AND given),             -- really given when it was confirmed
  aum_fen bigint NOT NULL,                               -- what the given ones have
  policy_version text NOT NULL,
  unit_key int NOT NULL REFERENCES institution,
  scope_path text COLLATE "C" NOT NULL,                  -- the line whose pool it was
  viewers int[] NOT NULL,
  CHECK ((state = 'PROPOSED') = (decided_on IS NULL)),
  CHECK ((state IN ('CONFIRMED', 'RETURNED')) = (decided_by IS NOT NULL)),
  CHECK ((state = 'CONFIRMED') = (done IS NOT NULL)),
  CHECK (decided_by <> asked_by)                         -- two persons
);
COMMENT ON TABLE pool_allocation IS '{"owner":"customers","kind":"bank","secrecy":"NORMAL","skip":["scope_path","viewers"]}';
CALL protect_bank('pool_allocation', 'yq_opened, yq_engine, yq_office', 'yq_batch');
CALL protect_listed('pool_allocation');
CREATE UNIQUE INDEX pool_allocation_open ON pool_allocation (scope_path) WHERE state = 'PROPOSED';
CREATE INDEX pool_allocation_scope ON pool_allocation (scope_path, asked_on DESC, id DESC);

-- One customer of an allocation: for whom and why him, or why for nobody. The owner of the proposal receives nothing: nobody allocates to himself.
CREATE TABLE pool_allocation_line (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  allocation_id uuid NOT NULL,
  asked_by int NOT NULL REFERENCES staff,
  place int NOT NULL CHECK (place >= 1),                 -- the largest first
  staff_key int REFERENCES staff,
  left_why text CHECK (left_why IN ('no-manager', 'no-capacity', 'conflict-of-interest')),
  state text NOT NULL CHECK (state IN ('PROPOSED', 'LEFT', 'ALLOCATED', 'NOT_ALLOCATED', 'CAME_BACK')),
  state_why text,                                        -- NOT_ALLOCATED: the name of the reason found when it was confirmed
  same_outlet boolean,
  load_before numeric(8,4),
  load_after numeric(8,4),
  tier text NOT NULL,
  aum_fen bigint NOT NULL,                               -- average of deposits and wealth products over the 30 days before it was proposed
  given_on date,
  base_aum_fen bigint,                                   -- the same before the day on which it was given: frozen, only what grows from there counts for the manager
  customer_number text NOT NULL,
  customer_name text NOT NULL,
  outlet_key int NOT NULL REFERENCES institution,
  scope_path text COLLATE "C" NOT NULL,
  viewers int[] NOT NULL,
  batch_id uuid,
  PRIMARY KEY (customer_id, id),
  CHECK (staff_key <> asked_by),
  CHECK ((staff_key IS NULL) = (state = 'LEFT') AND (staff_key IS NULL) = (left_why IS NOT NULL)),
  CHECK ((state IN ('ALLOCATED', 'CAME_BACK')) = (given_on IS NOT NULL) AND (given_on IS NULL) = (base_aum_fen IS NULL)),
  CHECK ((state = 'NOT_ALLOCATED') = (state_why IS NOT NULL))
);
COMMENT ON TABLE pool_allocation_line IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["customer_name"],"skip":["scope_path","viewers"]}';
CALL protect_owned('pool_allocation_line');
CALL protect_listed('pool_allocation_line');
CREATE UNIQUE INDEX pool_allocation_line_once ON pool_allocation_line (allocation_id, customer_id);
CREATE UNIQUE INDEX pool_allocation_line_open ON pool_allocation_line (customer_id) WHERE state = 'PROPOSED';   -- a customer stands in one open proposal
CREATE INDEX pool_allocation_line_given ON pool_allocation_line (customer_id, staff_key, given_on) WHERE given_on IS NOT NULL;
CREATE INDEX pool_allocation_line_viewers ON pool_allocation_line USING gin (viewers);

-- Slices of managers that came by an allocation: for them only what grows from the frozen base counts. A slice that a later change of shares cut keeps the day of its base.
CREATE VIEW customers_pool_slice_facts WITH (security_invoker = true) AS
SELECT DISTINCT a.customer_id, a.id AS assignment_id, a.staff_key, a.share_pct, a.from_date, a.to_date, a.base_adb_fen, a.base_as_of, l.base_aum_fen, l.allocation_id
FROM assignment a JOIN pool_allocation_line l ON l.customer_id = a.customer_id AND l.staff_key = a.staff_key AND l.given_on = a.base_as_of;
COMMENT ON VIEW customers_pool_slice_facts IS 'Slices of ownership given from the public pool: their frozen bases, deposits (year average) and assets (30 days), in fen of the bank''s currency.';
GRANT SELECT ON customers_pool_slice_facts TO yq_engine, yq_batch;

CREATE VIEW customers_pool_agenda_facts WITH (security_invoker = true) AS
SELECT w.staff_key, NULL::uuid AS customer_id, a.id, 'POOL_ALLOCATION'::text AS kind, NULL::date AS opens_on, NULL::date AS due_on, NULL::text AS due_time,
  '公共池分配 ' || a.number || ' 待复核，' || a.given || ' 位客户' AS title_zh, 'Allocation ' || a.number || ' of the public pool to decide: ' || a.given || ' customers' AS title_en, NULL::bigint AS amount_fen, NULL::text AS currency, '/pool/allocations/' || a.id AS address
FROM pool_allocation a CROSS JOIN LATERAL nearest_leads(a.scope_path, ARRAY[a.asked_by]) w(staff_key) WHERE a.state = 'PROPOSED';
COMMENT ON VIEW customers_pool_agenda_facts IS '{"kinds":{"POOL_ALLOCATION":{"zh":"公共池分配","en":"Allocation of the pool","verb":"OPEN"}}}';
GRANT SELECT ON customers_pool_agenda_facts TO yq_self, yq_unit, yq_all;

CREATE VIEW customers_pool_notice_facts WITH (security_invoker = true) AS
SELECT l.staff_key, 'ALLOCATED'::text AS kind, md5('ALLOCATED ' || a.id || l.staff_key)::uuid AS id, a.decided_on AS day, '公共池分配给您 ' || count(*) || ' 位客户' AS title_zh, count(*) || ' customers of the public pool were given to you' AS title_en, NULL::uuid AS customer_id, '/customers' AS address
FROM pool_allocation a JOIN pool_allocation_line l ON l.allocation_id = a.id AND l.given_on IS NOT NULL WHERE a.state = 'CONFIRMED' GROUP BY a.id, a.decided_on, l.staff_key
UNION ALL
SELECT a.asked_by, 'ALLOCATED', md5('DECIDED ' || a.id)::uuid, a.decided_on, '公共池分配 ' || a.number || CASE a.state WHEN 'CONFIRMED' THEN ' 已复核，' || a.done || ' 位客户已分配' ELSE ' 被退回' END,
  'Allocation ' || a.number || CASE a.state WHEN 'CONFIRMED' THEN ' was confirmed: ' || a.done || ' customers' ELSE ' was returned' END, NULL, '/pool/allocations/' || a.id
FROM pool_allocation a WHERE a.state IN ('CONFIRMED', 'RETURNED');
COMMENT ON VIEW customers_pool_notice_facts IS '{"kinds":{"ALLOCATED":{"zh":"公共池分配","en":"Allocation of the pool"}}}';
GRANT SELECT ON customers_pool_notice_facts TO yq_batch;
