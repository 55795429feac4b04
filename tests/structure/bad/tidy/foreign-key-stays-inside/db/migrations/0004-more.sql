CREATE TABLE promise (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  given_to uuid REFERENCES customer,
  PRIMARY KEY (customer_id, id)
);
COMMENT ON TABLE promise IS '{"owner":"visits","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('promise');
