-- Parents and children: PARENT says that from_party is a parent of to_party, and is shown as CHILD from the other side. What was recorded before knew no direction and is called so.
ALTER TABLE relation DROP CONSTRAINT relation_means_check;
UPDATE relation SET means = 'PARENT_OR_CHILD' WHERE kind = 'FAMILY' AND means = 'PARENT';
ALTER TABLE relation ADD CONSTRAINT relation_means_check CHECK (means IN ('BOARD', 'CONTRACT', 'OTHER', 'CHAIRMAN', 'GENERAL_MANAGER', 'DIRECTOR', 'SUPERVISOR', 'FINANCE_HEAD', 'SPOUSE', 'PARENT', 'PARENT_OR_CHILD', 'SIBLING', 'OTHER_RELATIVE'));
COMMENT ON VIEW customers_relation_facts IS 'Edges of the relation graph, valid [from_date, to_date): from_party does something to to_party; the customers that they are, where they are. FAMILY (but PARENT: from_party is a parent of to_party) and SHARED_* have no direction.';
