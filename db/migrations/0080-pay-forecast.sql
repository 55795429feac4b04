-- What the months that are not settled yet may bring: a dry run of the settlement engine over the facts until a day, kept for the pages. Not pay, and nobody is paid by it.
CREATE TABLE pay_forecast (
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  scheme_code text COLLATE "C" NOT NULL,
  staff_key int NOT NULL REFERENCES staff,
  scope_path text COLLATE "C" NOT NULL,
  as_of date NOT NULL,                                    -- the last day whose facts counted
  points numeric(14,2) NOT NULL,
  payable_fen bigint NOT NULL CHECK (payable_fen >= 0),
  PRIMARY KEY (month, scheme_code, staff_key)
);
COMMENT ON TABLE pay_forecast IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL"}';
CREATE INDEX pay_forecast_staff ON pay_forecast (staff_key, month);
CALL protect_indicator('pay_forecast');
