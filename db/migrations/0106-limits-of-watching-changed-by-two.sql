-- Changes of the limits of watching (what counts as a large movement, as lost, whether the market counts in the increment, …): proposed by one person, checked by another. A confirmed one becomes a row of watch_limit of the bank itself.
CREATE TABLE watch_limit_change (
  id uuid PRIMARY KEY,
  rule text NOT NULL CHECK (rule IN ('LARGE_MOVEMENT', 'CHURN', 'AUM', 'BELOW_BASE', 'OUTFLOW', 'MATURITY', 'LEAKAGE', 'PAYEE_LEAD', 'GAP')),
  kind text NOT NULL CHECK (kind IN ('CORPORATE', 'PERSON', 'BOTH')),   -- BOTH: a list that does not part them
  from_date date NOT NULL,
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
COMMENT ON TABLE watch_limit_change IS '{"owner":"watch","kind":"bank","secrecy":"NORMAL"}';
CALL protect_bank('watch_limit_change', '', 'yq_office');
CREATE UNIQUE INDEX watch_limit_change_open ON watch_limit_change (rule, kind) WHERE decision IS NULL;
