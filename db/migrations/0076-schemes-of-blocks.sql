-- Schemes made of blocks (scorecard, 100 points) and of support departments are settled like the points scheme: same runs, statements, lines and facts.

ALTER TABLE scheme DROP CONSTRAINT scheme_kind_check;
ALTER TABLE scheme ADD CONSTRAINT scheme_kind_check CHECK (kind IN ('POINTS', 'BLOCKS', 'SUPPORT'));

-- A line of an indicator keeps the rows that it was made of, so that a closed month stays what it was: exact parts, and what kind of fact each is.
ALTER TABLE pay_fact DROP CONSTRAINT pay_fact_kind_check;
ALTER TABLE pay_fact ADD CONSTRAINT pay_fact_kind_check CHECK (kind ~ '^[A-Z][A-Z_]{1,30}$');
ALTER TABLE pay_fact ADD COLUMN numerator numeric(38,8);   -- what the person is credited with of an indicator
ALTER TABLE pay_fact ADD COLUMN denominator numeric(38,8);

-- Indicators that the schemes of the house name and that have no ledger yet: their facts come by form from two people.
INSERT INTO indicator (code, version, from_date, name, name_en, direction, owner, terms, reason)
SELECT code, 1, '1990-01-01', name, name_en, direction, owner,
  jsonb_build_object('source', 'FORM', 'measure', measure, 'numerator', NULL, 'window', 'MONTH', 'owner', 'DOER',
    'filter', jsonb_build_object('customerKind', NULL, 'tiers', '[]'::jsonb, 'products', '[]'::jsonb, 'only', NULL)),
  '产品自带'
FROM (VALUES
  ('FEE_INCOME', '中间业务净收入', 'Net fee income', 'UP', '计划财务部', 'SUM'),
  ('CUSTOMER_ASSET_INCREMENT', '客户总资产增量', 'Customer asset increment', 'UP', '个人金融部', 'SUM'),
  ('CHURN', '客户流失率', 'Churn rate', 'DOWN', '市场部', 'MEAN'),
  ('REPORT_QUALITY', '调查报告质量', 'Quality of investigation reports', 'UP', '信贷管理部', 'MEAN'),
  ('CHECKS_ON_TIME', '贷后检查及时率', 'Post-loan checks on time', 'UP', '信贷管理部', 'MEAN')
) AS given(code, name, name_en, direction, owner, measure)
WHERE NOT EXISTS (SELECT FROM indicator i WHERE i.code = given.code);
