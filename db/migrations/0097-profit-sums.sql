-- Simulated profit (模拟利润, 2.9) of a month by manager and product, worked out with the month: a head sees his figures at once, however many customers lie below him. A customer's contribution is split among those who held him, day by
-- day; what nobody held counts for the pool of his outlet. Whole fen: the parts of a row's manager, and the managers, sum to the bank.
CREATE TABLE profit_sum (
  id uuid PRIMARY KEY,
  month_start date NOT NULL,
  staff_key int REFERENCES staff,                        -- null: nobody held them
  line_path text COLLATE "C" NOT NULL,                   -- of the manager's post on the last day of the month, or of the customer
  place_key int NOT NULL,
  part text COLLATE "C" NOT NULL,                        -- a product; FEES, COST; DEPOSIT, LOAN what no product bears; '*' all of it
  customers int NOT NULL,
  amount_fen bigint NOT NULL,
  batch_id uuid
);
COMMENT ON TABLE profit_sum IS '{"owner":"customers","kind":"bank","secrecy":"NORMAL"}';
CALL protect_bank('profit_sum', 'yq_engine', 'yq_batch');
CREATE INDEX profit_sum_month ON profit_sum (month_start, part);
