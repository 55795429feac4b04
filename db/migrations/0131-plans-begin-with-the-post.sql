-- The plan of the new post begins on the day of the transfer (3.3), which is seldom the first of a month; every other plan begins and ends with months.
ALTER TABLE appraisal_plan DROP CONSTRAINT appraisal_plan_from_date_check;
ALTER TABLE appraisal_plan ADD CONSTRAINT appraisal_plan_from_date_check CHECK (extract(day FROM from_date) = 1 OR follows_id IS NOT NULL);
