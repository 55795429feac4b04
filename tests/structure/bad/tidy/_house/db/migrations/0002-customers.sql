-- a customer; and a trigger is only spoken of here
CREATE TABLE customer (
  customer_id uuid PRIMARY KEY,
  name text NOT NULL CHECK (name <> ',')
);
COMMENT ON TABLE customer IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('customer');
CREATE VIEW customers_customer_facts WITH (security_invoker = true) AS SELECT customer_id, name FROM customer;
COMMENT ON VIEW customers_customer_facts IS 'One row per customer.';
