-- Organisation, further published facts.

-- The kinds of posts, in the order in which people read them.
CREATE VIEW organisation_post_kind_facts WITH (security_invoker = true) AS
SELECT code AS post_code, name AS post_name, name_en AS post_name_en, sequence, breadth,
       CASE sequence WHEN 'FRONT' THEN 1 WHEN 'RISK_CONTROL' THEN 2 ELSE 3 END AS place
FROM post;
COMMENT ON VIEW organisation_post_kind_facts IS 'One row per kind of post: names, sequence, how far its holder sees.';
GRANT SELECT ON organisation_post_kind_facts TO yq_self, yq_unit, yq_all, yq_opened, yq_restricted, yq_compliance, yq_secret, yq_aml, yq_auditor, yq_engine, yq_office, yq_batch, yq_public;

-- Setting a first password (the sign-in role) asks whether there is such a person.
GRANT SELECT ON organisation_staff_facts TO yq_public;
