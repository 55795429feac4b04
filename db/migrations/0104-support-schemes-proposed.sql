-- Schemes of support departments are proposed, judged, compared and confirmed as the other kinds are.

ALTER TABLE scheme_change DROP CONSTRAINT scheme_change_kind_check;
ALTER TABLE scheme_change ADD CONSTRAINT scheme_change_kind_check CHECK (kind IN ('POINTS', 'BLOCKS', 'SUPPORT'));
