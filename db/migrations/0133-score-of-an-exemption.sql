-- What the scorecard of due diligence (domain specification 5.15) gave for the loan, where the decision of the committee states it: the conclusion must be that of these marks.
ALTER TABLE pay_case ADD COLUMN score_total numeric(5,2) CHECK (score_total BETWEEN 0 AND 100);
ALTER TABLE pay_case ADD COLUMN score_worst numeric(5,2) CHECK (score_worst BETWEEN 0 AND 100);   -- of the worst stage
ALTER TABLE pay_case ADD CHECK ((score_total IS NULL) = (score_worst IS NULL) AND (score_total IS NULL OR kind = 'EXEMPTION'));
