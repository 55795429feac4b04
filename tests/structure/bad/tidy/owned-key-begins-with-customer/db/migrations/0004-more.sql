CREATE TABLE promise (customer_id uuid NOT NULL REFERENCES customer, id uuid PRIMARY KEY);
COMMENT ON TABLE promise IS '{"owner":"visits","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('promise');
