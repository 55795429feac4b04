-- Indicators as data: definitions with dates, changes by two people, values of each person and month with the rows behind them.

-- A version of an indicator, in force [from_date, to_date). terms: measure, source, filter, window, owner rule (src/performance/indicator.contract.ts checks them).
CREATE TABLE indicator (
  code text NOT NULL CHECK (code ~ '^[A-Z][A-Z0-9_]{1,30}$'),
  version int NOT NULL CHECK (version > 0),
  from_date date NOT NULL CHECK (extract(day FROM from_date) = 1),
  to_date date,
  name text NOT NULL,
  name_en text NOT NULL,
  direction text NOT NULL CHECK (direction IN ('UP', 'DOWN')),
  owner text NOT NULL,                                    -- the department that answers for the definition
  terms jsonb NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (code, version),
  CHECK (to_date IS NULL OR to_date > from_date),
  EXCLUDE USING gist (code WITH =, daterange(from_date, to_date) WITH &&)
);
COMMENT ON TABLE indicator IS '{"owner":"performance","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('indicator');

CREATE TABLE indicator_change (
  id uuid PRIMARY KEY,
  code text NOT NULL CHECK (code ~ '^[A-Z][A-Z0-9_]{1,30}$'),
  from_date date NOT NULL CHECK (extract(day FROM from_date) = 1),
  name text NOT NULL,
  name_en text NOT NULL,
  direction text NOT NULL CHECK (direction IN ('UP', 'DOWN')),
  owner text NOT NULL,
  terms jsonb NOT NULL,
  reason text NOT NULL,
  proposed_by int NOT NULL REFERENCES staff,
  proposed_on date NOT NULL,
  decision text CHECK (decision IN ('CONFIRMED', 'RETURNED')),
  decided_by int REFERENCES staff,
  decided_on date,
  decision_note text,
  CHECK (decided_by <> proposed_by),
  CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_on IS NULL))
);
COMMENT ON TABLE indicator_change IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';
CALL protect_bank('indicator_change', '', 'yq_office');
CREATE UNIQUE INDEX indicator_change_open ON indicator_change (code) WHERE decision IS NULL;

-- Which months were worked out, by which version and up to which day. A month is worked out again as a whole.
CREATE TABLE indicator_month (
  code text NOT NULL,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  version int NOT NULL,
  as_of date NOT NULL,                                    -- the last day that counted: the month's end, or the business date of a running month
  people int NOT NULL,
  facts int NOT NULL,
  hash text NOT NULL,
  computed_on date NOT NULL,
  PRIMARY KEY (code, month),
  FOREIGN KEY (code, version) REFERENCES indicator
);
COMMENT ON TABLE indicator_month IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';
CALL protect_bank('indicator_month', 'yq_self, yq_unit, yq_all, yq_office, yq_engine', 'yq_batch');

-- Read like pay: one's own, those of the line one leads, all of them by the offices. Written by the batch, a month at a time.
CREATE PROCEDURE protect_indicator(t regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('GRANT SELECT ON %s TO yq_self, yq_unit, yq_all, yq_office, yq_engine', t);
  EXECUTE format('GRANT SELECT, INSERT, DELETE ON %s TO yq_batch', t);
  EXECUTE format('CREATE POLICY own_read ON %s FOR SELECT TO yq_self USING (staff_key = current_setting(''app.me'')::int)', t);
  EXECUTE format('CREATE POLICY unit_read ON %s FOR SELECT TO yq_unit USING (scope_path >= current_setting(''app.lo'') AND scope_path < current_setting(''app.hi''))', t);
  EXECUTE format('CREATE POLICY all_read ON %s FOR SELECT TO yq_all, yq_office, yq_engine USING (true)', t);
  EXECUTE format('CREATE POLICY batch_all ON %s FOR ALL TO yq_batch USING (true) WITH CHECK (true)', t);
END $$;

CREATE TABLE indicator_value (
  code text COLLATE "C" NOT NULL,
  month date NOT NULL,
  staff_key int NOT NULL REFERENCES staff,
  scope_path text COLLATE "C" NOT NULL,                   -- the person's line in that month
  line_key int,
  place_key int,
  numerator numeric(38,8) NOT NULL,                       -- exact sum; what is shown is rounded once
  denominator numeric(38,8),                              -- of a mean or a ratio: those of teams and outlets are made of the sums
  facts int NOT NULL,
  PRIMARY KEY (code, month, staff_key)
);
COMMENT ON TABLE indicator_value IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';
CREATE INDEX indicator_value_staff ON indicator_value (staff_key, month);
CALL protect_indicator('indicator_value');

CREATE TABLE indicator_row (
  code text COLLATE "C" NOT NULL,
  month date NOT NULL,
  staff_key int NOT NULL,
  fact_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,                         -- LOAN, ACCOUNT, BASE, CONTACT, …, and which side of a change
  fact_date date NOT NULL,
  scope_path text COLLATE "C" NOT NULL,
  customer_id uuid,
  amount_fen bigint,                                      -- the fact's own amount
  share_pct numeric(9,4) NOT NULL,                        -- of it, what the person is credited with
  numerator numeric(38,8) NOT NULL,
  denominator numeric(38,8),
  PRIMARY KEY (code, month, staff_key, kind, fact_id, fact_date)
);
COMMENT ON TABLE indicator_row IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';
CALL protect_indicator('indicator_row');

-- An indicator of a bank may have its facts by form: its code stands in the form's table.
ALTER TABLE indicator_fact DROP CONSTRAINT indicator_fact_indicator_check;
ALTER TABLE indicator_fact ADD CONSTRAINT indicator_fact_indicator_check CHECK (indicator ~ '^[A-Z][A-Z0-9_]{1,30}$');

INSERT INTO indicator (code, version, from_date, name, name_en, direction, owner, terms, reason)
SELECT code, 1, '1990-01-01', name, name_en, direction, owner,
  jsonb_build_object('source', source, 'measure', measure, 'numerator', numerator, 'window', span, 'owner', owned,
    'filter', jsonb_build_object('customerKind', kind, 'tiers', '[]'::jsonb, 'products', '[]'::jsonb, 'only', only_)),
  '产品自带'
FROM (VALUES
  ('DEPOSIT_AVERAGE', '存款月日均', 'Deposits, month average', 'UP', '计划财务部', 'DEPOSIT', 'AVERAGE', NULL, 'MONTH', 'OWNER_OF_DAY', NULL, NULL),
  ('DEPOSIT_YEAR_AVERAGE', '存款年日均', 'Deposits, year average', 'UP', '计划财务部', 'DEPOSIT', 'AVERAGE', NULL, 'YEAR', 'OWNER_OF_DAY', NULL, NULL),
  ('DEPOSIT_INCREMENT', '存款日均增量', 'Deposit average increment', 'UP', '计划财务部', 'DEPOSIT', 'INCREMENT', NULL, 'MONTH', 'OWNER_OF_DAY', NULL, NULL),
  ('CORPORATE_DEPOSIT_INCREMENT', '对公存款日均增量', 'Corporate deposit average increment', 'UP', '公司业务部', 'DEPOSIT', 'INCREMENT', NULL, 'MONTH', 'OWNER_OF_DAY', 'CORPORATE', NULL),
  ('ASSET_INCREMENT', '贷款年内净增', 'Net growth of loans this year', 'UP', '公司业务部', 'LOAN', 'CHANGE', NULL, 'YEAR', 'OWNER_AT_END', NULL, NULL),
  ('LOAN_AVERAGE', '贷款月日均', 'Loans, month average', 'UP', '计划财务部', 'LOAN', 'AVERAGE', NULL, 'MONTH', 'OWNER_OF_DAY', NULL, NULL),
  ('NEW_LOANS', '新发放贷款笔数', 'New loans', 'UP', '公司业务部', 'LOAN_PAID_OUT', 'COUNT', NULL, 'MONTH', 'OWNER_OF_DAY', NULL, NULL),
  ('NEW_LOAN_AMOUNT', '新发放贷款金额', 'Amount of new loans', 'UP', '公司业务部', 'LOAN_PAID_OUT', 'SUM', NULL, 'MONTH', 'OWNER_OF_DAY', NULL, NULL),
  ('EARLY_SETTLED', '提前结清笔数', 'Loans settled early', 'DOWN', '信贷管理部', 'LOAN_SETTLED', 'COUNT', NULL, 'MONTH', 'ORIGINATOR', NULL, 'EARLY'),
  ('OVERDUE_RATIO', '逾期率', 'Overdue ratio', 'DOWN', '风险管理部', 'LOAN', 'RATIO', 'OVERDUE', 'MONTH', 'OWNER_AT_END', NULL, NULL),
  ('NPL_RATIO', '不良贷款率', 'NPL ratio', 'DOWN', '风险管理部', 'LOAN', 'RATIO', 'NON_PERFORMING', 'MONTH', 'OWNER_AT_END', NULL, NULL),
  ('CUSTOMERS_HELD', '管户数', 'Customers held', 'UP', '个人金融部', 'CUSTOMER_HELD', 'COUNT', NULL, 'MONTH', 'OWNER_AT_END', NULL, NULL),
  ('NEW_CUSTOMERS', '新增客户', 'New customers', 'UP', '个人金融部', 'NEW_CUSTOMER', 'COUNT', NULL, 'MONTH', 'OWNER_OF_DAY', NULL, NULL),
  ('PRODUCTS_SOLD', '新开账户数', 'Accounts opened', 'UP', '个人金融部', 'ACCOUNT_OPENED', 'COUNT', NULL, 'MONTH', 'OWNER_OF_DAY', NULL, NULL),
  ('CARDS_ISSUED', '发卡量', 'Cards issued', 'UP', '个人金融部', 'CARD_ISSUED', 'COUNT', NULL, 'MONTH', 'OWNER_OF_DAY', NULL, NULL),
  ('PROFIT', '模拟利润', 'Simulated profit', 'UP', '计划财务部', 'CONTRIBUTION', 'SUM', NULL, 'MONTH', 'OWNER_AT_END', NULL, NULL),
  ('CONTACTS', '客户联系次数', 'Contacts', 'UP', '市场部', 'CONTACT', 'COUNT', NULL, 'MONTH', 'DOER', NULL, 'EFFECTIVE'),
  ('CONTACTS_LATE', '联系记录迟录率', 'Contacts recorded late', 'DOWN', '市场部', 'CONTACT', 'RATIO', 'LATE', 'MONTH', 'DOER', NULL, NULL),
  ('COVERAGE', '重点客户走访覆盖率', 'Contact coverage of core customers', 'UP', '市场部', 'COVERAGE', 'RATIO', 'MET', 'MONTH', 'DOER', NULL, NULL),
  ('NEEDS_FOUND', '发现客户需求', 'Needs found', 'UP', '市场部', 'NEED', 'COUNT', NULL, 'MONTH', 'DOER', NULL, NULL),
  ('DUTIES_ON_TIME', '职责按时完成率', 'Duties done on time', 'UP', '人力资源部', 'DUTY', 'RATIO', 'ON_TIME', 'MONTH', 'DOER', NULL, NULL),
  ('TRAINING', '培训学时', 'Training hours', 'UP', '人力资源部', 'FORM', 'SUM', NULL, 'YEAR', 'DOER', NULL, NULL),
  ('SATISFACTION', '客户满意度', 'Satisfaction', 'UP', '市场部', 'FORM', 'MEAN', NULL, 'MONTH', 'DOER', NULL, NULL),
  ('COMPLAINTS', '有责投诉', 'Justified complaints', 'DOWN', '消费者权益保护部', 'FORM', 'SUM', NULL, 'YEAR', 'DOER', NULL, NULL),
  ('CERTIFICATES', '资格证书', 'Certificates', 'UP', '人力资源部', 'FORM', 'SUM', NULL, 'YEAR', 'DOER', NULL, NULL),
  ('MENTORING', '带教次数', 'Mentoring sessions', 'UP', '人力资源部', 'FORM', 'SUM', NULL, 'YEAR', 'DOER', NULL, NULL)
) AS given(code, name, name_en, direction, owner, source, measure, numerator, span, owned, kind, only_);

-- Published.
CREATE VIEW performance_indicator_value_facts WITH (security_invoker = true) AS
SELECT v.code, v.month, m.version, m.as_of, v.staff_key, v.scope_path, v.numerator, v.denominator, v.facts FROM indicator_value v JOIN indicator_month m ON m.code = v.code AND m.month = v.month;
COMMENT ON VIEW performance_indicator_value_facts IS 'Indicators of each person and month as exact sums; a denominator makes a mean or a ratio. A running month counts up to as_of.';
GRANT SELECT ON performance_indicator_value_facts TO yq_self, yq_unit, yq_all, yq_office, yq_engine, yq_batch;
