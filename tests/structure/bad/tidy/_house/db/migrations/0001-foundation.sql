CREATE PROCEDURE protect_owned(t regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('CREATE POLICY opened_read ON %s FOR SELECT TO yq_opened USING (customer_id = current_setting(''app.opened'')::uuid)', t);
END $$;
CREATE TABLE journal_line (id uuid PRIMARY KEY, what text);
COMMENT ON TABLE journal_line IS '{"owner":"foundation","kind":"bank","secrecy":"NORMAL","journal":"none"}';
ALTER TABLE journal_line ENABLE ROW LEVEL SECURITY;
