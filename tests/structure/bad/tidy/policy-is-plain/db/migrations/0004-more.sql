CREATE POLICY mine ON visit FOR SELECT TO yq_self USING (id IN (SELECT id FROM visit_grant));
