-- An award of the appraisal group is paid in the scheme by which the person is paid then: the one that the appeal is about may pay nobody any more, and an amount that no statement takes would be lost.
ALTER TABLE appeal_end ADD COLUMN pay_scheme text;
UPDATE appeal_end e SET pay_scheme = a.scheme_code FROM appeal a WHERE a.id = e.appeal_id AND e.pay_month IS NOT NULL;
ALTER TABLE appeal_end ADD CHECK ((pay_scheme IS NULL) = (pay_month IS NULL));
DROP INDEX appeal_end_pay;
CREATE INDEX appeal_end_pay ON appeal_end (pay_scheme, pay_month) WHERE pay_month IS NOT NULL;

CREATE OR REPLACE VIEW performance_appeal_adjustment_facts WITH (security_invoker = true) AS
SELECT e.staff_key, a.scheme_code, e.pay_month, a.month AS of_month, a.line_code, e.money_fen, a.id AS appeal_id, a.number, e.decided_on, a.scope_path, e.pay_scheme FROM appeal_end e JOIN appeal a ON a.id = e.appeal_id WHERE e.result = 'ADJUSTED';
COMMENT ON VIEW performance_appeal_adjustment_facts IS 'What the appraisal group awarded on an appeal: one row an appeal, paid by pay_scheme as a line of pay_month that names the closed month and line of scheme_code that it corrects.';
