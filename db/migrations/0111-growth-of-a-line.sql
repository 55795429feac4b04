-- The home of a head shows how far the month's growth of deposits is against what his people planned, a row a person: he reads the sums of his line one by one, as the page of deposits already tells them.
CREATE POLICY unit_read ON deposit_sum FOR SELECT TO yq_unit USING (line_path >= current_setting('app.lo') AND line_path < current_setting('app.hi'));
CREATE POLICY all_read ON deposit_sum FOR SELECT TO yq_all USING (true);
