-- Deposit figures of every manager and unit, worked out by the load of a delivery: a head sees his figures at once, however many customers lie below him. What a day is summed from are the customers owned on
-- that day, shares applied; a row is one manager in one place of one line, or, without a manager, the public pool of an outlet. Sums are exact (fen times percent, times days for averages); rounded when shown.
CREATE TABLE deposit_sum (
  id uuid PRIMARY KEY,
  as_of date NOT NULL,
  staff_key int REFERENCES staff,                        -- null: nobody held them
  line_path text COLLATE "C" NOT NULL,
  place_key int NOT NULL,
  balance numeric NOT NULL,                              -- fen times percent, at the end of as_of …
  yesterday numeric NOT NULL,                            -- … and of the day before; of the last day before month, quarter and year
  month_begin numeric NOT NULL,
  quarter_begin numeric NOT NULL,
  year_begin numeric NOT NULL,
  month_sum numeric NOT NULL,                            -- fen times percent times days: of the month and the year so far, of the whole last year and month
  year_sum numeric NOT NULL,
  last_year_sum numeric NOT NULL,
  last_month_sum numeric NOT NULL,
  loan numeric NOT NULL,                                 -- principal, fen times percent
  batch_id uuid
);
COMMENT ON TABLE deposit_sum IS '{"owner":"holdings","kind":"bank","secrecy":"NORMAL"}';
CALL protect_bank('deposit_sum', 'yq_engine', 'yq_batch');
-- Everybody reads his own; what lies below a head is summed by the engine.
GRANT SELECT ON deposit_sum TO yq_self, yq_unit, yq_all;
CREATE POLICY own_read ON deposit_sum FOR SELECT TO yq_self, yq_unit, yq_all USING (staff_key = current_setting('app.me')::int);
CREATE INDEX deposit_sum_staff ON deposit_sum (staff_key);
CREATE INDEX deposit_sum_line ON deposit_sum (line_path);
