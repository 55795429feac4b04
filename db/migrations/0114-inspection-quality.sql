-- The quality of investigation reports is no figure that somebody types: 100 with the points of confirmed findings about them, within 0 and 120, by a tariff that stands in the definition and changes with it by two people (domain specification 3.7).
-- A bank that works already keeps what was worked out: its definition changes with the month after the running one. Who defined the indicator anew keeps his definition.
DO $$
DECLARE
  begins date := (SELECT (date_trunc('month', business_date) + interval '1 month')::date FROM bank);
  counted jsonb := '{"source":"INSPECTION","measure":"SCORE","numerator":null,"window":"MONTH","owner":"DOER","filter":{"customerKind":null,"tiers":[],"products":[],"only":"REPORT"},
    "tariff":{"REPORT_EXCELLENT":"10","REPORT_PASS":"0","REPORT_UNTRUE_MINOR":"-15","REPORT_UNTRUE_MAJOR":"-50","REPORT_FALSE":"-100","CHECK_PASS":"0","CHECK_LATE":"-3","CHECK_MISSING":"-8","CHECK_COPIED":"-20"}}';
BEGIN
  IF begins IS NULL THEN
    UPDATE indicator SET terms = counted WHERE code = 'REPORT_QUALITY' AND version = 1;
  ELSIF NOT EXISTS (SELECT FROM indicator WHERE code = 'REPORT_QUALITY' AND version > 1) THEN
    UPDATE indicator SET to_date = begins WHERE code = 'REPORT_QUALITY' AND version = 1;
    INSERT INTO indicator (code, version, from_date, name, name_en, direction, owner, terms, reason)
    SELECT code, 2, begins, name, name_en, direction, owner, counted, '产品自带：按检查结果计分' FROM indicator WHERE code = 'REPORT_QUALITY' AND version = 1;
  END IF;
  -- all points of inspections, of reports and of post-loan checks: what a scheme of blocks adds or takes as the points scheme does
  INSERT INTO indicator (code, version, from_date, name, name_en, direction, owner, terms, reason)
  VALUES ('INSPECTION_POINTS', 1, '1990-01-01', '检查加减分', 'Points of inspections', 'UP', '信贷管理部', counted || '{"measure":"SUM"}' || jsonb_build_object('filter', counted -> 'filter' || '{"only":null}'), '产品自带')
  ON CONFLICT DO NOTHING;
END $$;
