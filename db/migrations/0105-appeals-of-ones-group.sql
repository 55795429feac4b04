-- Chair and secretary of an appraisal group sit in offices and see the rows of nobody else: the appeals that wait for them stand on their day, so they read those of their own group, and how these ended. heads: both of them.
ALTER TABLE appeal ADD COLUMN heads int[] NOT NULL DEFAULT '{}';
ALTER TABLE appeal_end ADD COLUMN heads int[] NOT NULL DEFAULT '{}';
UPDATE appeal a SET heads = ARRAY[g.chair_key, g.secretary_key] FROM appraisal_group g WHERE g.id = a.group_id;
UPDATE appeal_end e SET heads = a.heads FROM appeal a WHERE a.id = e.appeal_id;
CREATE POLICY head_read ON appeal FOR SELECT TO yq_self, yq_unit USING (heads @> ARRAY[current_setting('app.me')::int]);
CREATE POLICY head_read ON appeal_end FOR SELECT TO yq_self, yq_unit USING (heads @> ARRAY[current_setting('app.me')::int]);
CREATE INDEX appeal_heads ON appeal USING gin (heads);
COMMENT ON TABLE appeal IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","skip":["scope_path","heads"],"hidden":["claim"]}';
COMMENT ON TABLE appeal_end IS '{"owner":"performance","kind":"bank","secrecy":"NORMAL","skip":["scope_path","heads"],"hidden":["reason"]}';
