-- The year of an appraisal in three parts (domain specification 3.5): score of the tasks, competency, management targets; the weights are dated, a year is told by the version in force on its last day.
CREATE TABLE annual_policy (
  from_date date PRIMARY KEY,
  to_date date,
  version text NOT NULL,
  task numeric(5,2) NOT NULL CHECK (task >= 0),
  competency numeric(5,2) NOT NULL CHECK (competency >= 0),
  management numeric(5,2) NOT NULL CHECK (management >= 0),
  legal_basis text NOT NULL,
  CHECK (task + competency + management = 100),
  CHECK (to_date IS NULL OR to_date > from_date)
);
COMMENT ON TABLE annual_policy IS '{"owner":"performance","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('annual_policy');
CREATE UNIQUE INDEX annual_policy_open ON annual_policy ((true)) WHERE to_date IS NULL;
INSERT INTO annual_policy (from_date, version, task, competency, management, legal_basis) VALUES ('1900-01-01', '1', 60, 20, 20, '年度三部分考核权重：一般做法，请按本行制度核定');

-- What the assessment of competency found comes by form until its room is built.
INSERT INTO indicator (code, version, from_date, name, name_en, direction, owner, terms, reason)
VALUES ('READINESS', 1, '1990-01-01', '岗位胜任度（能力测评）', 'Readiness for the grade (assessment)', 'UP', '人力资源部',
  '{"source":"FORM","measure":"MEAN","numerator":null,"window":"YEAR","owner":"DOER","filter":{"customerKind":null,"tiers":[],"products":[],"only":null}}', '产品自带')
ON CONFLICT DO NOTHING;
