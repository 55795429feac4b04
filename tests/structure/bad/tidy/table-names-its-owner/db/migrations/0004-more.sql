CREATE TABLE promise (customer_id uuid NOT NULL REFERENCES customer, id uuid, PRIMARY KEY (customer_id, id));
COMMENT ON TABLE promise IS '{"owner":"promises","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('promise');
