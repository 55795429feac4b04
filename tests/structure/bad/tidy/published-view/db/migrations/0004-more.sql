CREATE VIEW visits_visit_facts AS SELECT customer_id, id FROM visit;
COMMENT ON VIEW visits_visit_facts IS 'One row per visit.';
