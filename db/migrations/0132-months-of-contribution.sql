-- The months whose contribution is worked out. A month that lacks a price of funds is not there, and a scheme that pays by contribution does not settle without it: the profit of the month would be 0 in silence.
CREATE VIEW customers_contribution_month_facts WITH (security_invoker = true) AS SELECT month_start FROM value_month;
COMMENT ON VIEW customers_contribution_month_facts IS 'Months whose contribution is worked out, with every price of funds that they need.';
GRANT SELECT ON customers_contribution_month_facts TO yq_self, yq_unit, yq_all, yq_office, yq_engine, yq_batch;
