-- Further indicators of 3.6 and of the issue's list: those whose facts are there by the ledger, the others by form from two people, never as a typed score.
INSERT INTO indicator (code, version, from_date, name, name_en, direction, owner, terms, reason)
SELECT code, 1, '1990-01-01', name, name_en, direction, owner,
  jsonb_build_object('source', source, 'measure', measure, 'numerator', numerator, 'window', span, 'owner', owned,
    'filter', jsonb_build_object('customerKind', NULL, 'tiers', CASE WHEN core THEN '["T1","T2","T3"]'::jsonb ELSE '[]'::jsonb END, 'products', '[]'::jsonb, 'only', NULL)),
  '产品自带'
FROM (VALUES
  ('LOAN_BALANCE', '贷款余额', 'Loans on the last day', 'UP', '计划财务部', 'LOAN', 'BALANCE', NULL, 'MONTH', 'OWNER_AT_END', false),
  ('FEES', '手续费收入', 'Fees', 'UP', '计划财务部', 'FEE', 'SUM', NULL, 'MONTH', 'OWNER_OF_DAY', false),
  ('RECOVERED', '逾期贷款收回', 'Overdue loans recovered', 'UP', '资产保全部', 'RECOVERY', 'SUM', NULL, 'QUARTER', 'OWNER_OF_DAY', false),
  ('BREADTH', '合作广度', 'Breadth of cooperation', 'UP', '公司业务部', 'PRODUCT_LINES', 'MEAN', NULL, 'MONTH', 'OWNER_AT_END', true),
  ('CHURN_RATE', '客户流失率', 'Churn', 'DOWN', '个人金融部', 'STANDING', 'RATIO', 'LOST', 'QUARTER', 'DOER', false),
  ('CUSTOMER_ASSET_GROWTH', '客户总资产增量', 'Growth of customers’ assets', 'UP', '个人金融部', 'ASSET_GROWTH', 'SUM', NULL, 'QUARTER', 'DOER', false),
  ('NEW_PRODUCT_USE', '新业务新产品运用率', 'New products used', 'UP', '产品管理部', 'FORM', 'MEAN', NULL, 'MONTH', 'DOER', false),
  ('DEPTH', '合作深度', 'Depth of cooperation', 'UP', '公司业务部', 'FORM', 'MEAN', NULL, 'QUARTER', 'DOER', false),
  ('NEW_EFFECTIVE_CUSTOMERS', '新增有效客户', 'New effective customers', 'UP', '个人金融部', 'FORM', 'SUM', NULL, 'MONTH', 'DOER', false),
  ('VISIT_QUALITY', '走访质量', 'Quality of visits', 'UP', '市场部', 'FORM', 'MEAN', NULL, 'MONTH', 'DOER', false),
  ('SERVICE_QUALITY', '综合服务质量', 'Service quality', 'UP', '消费者权益保护部', 'FORM', 'MEAN', NULL, 'MONTH', 'DOER', false),
  ('VIOLATIONS', '违规次数', 'Violations', 'DOWN', '合规部', 'FORM', 'SUM', NULL, 'YEAR', 'DOER', false),
  ('TEAM_QUALITY', '客户经理队伍素质', 'Quality of the team', 'UP', '人力资源部', 'FORM', 'MEAN', NULL, 'YEAR', 'DOER', false),
  ('MULTI_YEAR_PROFIT', '三年加权贡献（万元）', 'Contribution of three years, weighted (10,000 yuan)', 'UP', '计划财务部', 'FORM', 'MEAN', NULL, 'YEAR', 'DOER', false),
  ('VINTAGE_LOSS', '发放贷款损失率', 'Loss on loans originated', 'DOWN', '风险管理部', 'FORM', 'MEAN', NULL, 'YEAR', 'DOER', false)
) AS given(code, name, name_en, direction, owner, source, measure, numerator, span, owned, core)
ON CONFLICT DO NOTHING;
