-- The first administrator: whoever reads the server's window may begin the bank, once.

-- Only a keyed hash of the code is kept. A new start of the server makes a new code; what it was used for answers the same request again.
CREATE TABLE set_up_code (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),   -- there is one row
  code_hash bytea NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  used_for uuid,                    -- the id that the page made for the bank it began
  content_hash bytea,               -- keyed hash of what was asked, without the password
  CHECK ((used_at IS NULL) = (used_for IS NULL) AND (used_at IS NULL) = (content_hash IS NULL))
);
COMMENT ON TABLE set_up_code IS '{"owner":"access","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CALL protect_bank('set_up_code', 'yq_public', 'yq_batch');
