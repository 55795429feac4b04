-- What a head sees is a range of units' paths. From a hundred kept values the planner took an outlet of 4,000 customers for 24, and read the customers of a whole branch to find the
-- two hundred members of a group (decision 0060): with 500 it knows the share of each outlet of a bank of some hundreds.
ALTER TABLE customer ALTER COLUMN scope_path SET STATISTICS 500;
ANALYZE customer (scope_path);
