CREATE TABLE visit (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  follows_id uuid,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, follows_id) REFERENCES visit (customer_id, id)
);
COMMENT ON TABLE visit IS '{"owner":"visits","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('visit');
