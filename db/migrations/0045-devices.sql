-- Devices that keep drafts while there is no connection. What is kept there is encrypted with a key that is worked out from the salt here and never leaves the process of a browser again: with the salt gone
-- (signed out, withdrawn, left the bank) what lies on the device can be read by nobody.
CREATE TABLE draft_device (
  staff_key int NOT NULL REFERENCES staff,
  id uuid NOT NULL,
  label text NOT NULL,                                   -- as the browser calls itself
  key_salt bytea,                                        -- null: no key is given for what lay there
  opened_at timestamptz NOT NULL DEFAULT now(),
  closed_at timestamptz,                                 -- signed out; it may be opened again, with another key
  withdrawn_at timestamptz,                              -- for ever: lost, stolen, left the bank
  withdrawn_by int REFERENCES staff,
  withdraw_reason text,
  PRIMARY KEY (staff_key, id),
  CHECK (withdrawn_at IS NULL OR key_salt IS NULL),
  CHECK ((withdrawn_at IS NULL) = (withdraw_reason IS NULL))
);
COMMENT ON TABLE draft_device IS '{"owner":"access","kind":"bank","secrecy":"NORMAL","hidden":["key_salt"]}';
CALL protect_bank('draft_device', '', 'yq_public, yq_office');
GRANT SELECT ON draft_device TO yq_self, yq_unit, yq_all, yq_opened;
CREATE POLICY own_read ON draft_device FOR SELECT TO yq_self, yq_unit, yq_all, yq_opened USING (staff_key = current_setting('app.me')::int);
