-- Head office authorises a unit to make a scheme of its own (3.0: no scheme below head office without it), beside a factor for the targets of an indicator: one of the two.
ALTER TABLE head_office_authorisation ADD COLUMN scheme_code text CHECK (scheme_code ~ '^[A-Z][A-Z0-9_]{1,30}$');
ALTER TABLE head_office_authorisation ALTER COLUMN indicator DROP NOT NULL;
ALTER TABLE head_office_authorisation ALTER COLUMN factor DROP NOT NULL;
ALTER TABLE head_office_authorisation ADD CONSTRAINT one_of_two CHECK ((scheme_code IS NULL) = (indicator IS NOT NULL) AND (indicator IS NULL) = (factor IS NULL));
