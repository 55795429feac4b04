-- Scheme (d): marks of departments and of their people come by form where no ledger has them. A department's mark is entered for one of its people.
INSERT INTO indicator (code, version, from_date, name, name_en, direction, owner, terms, reason)
SELECT code, 1, '1990-01-01', name, name_en, direction, '人力资源部',
  jsonb_build_object('source', 'FORM', 'measure', 'MEAN', 'numerator', NULL, 'window', 'MONTH', 'owner', 'DOER',
    'filter', jsonb_build_object('customerKind', NULL, 'tiers', '[]'::jsonb, 'products', '[]'::jsonb, 'only', NULL)),
  '产品自带'
FROM (VALUES
  ('SUPPORT_ANSWERS', '二线部门：按时答复（%）', 'Support: answers on time, %', 'UP'),
  ('SUPPORT_RIGHT_FIRST', '二线部门：一次做对（%）', 'Support: right first time, %', 'UP'),
  ('SUPPORT_DISPUTES_LOST', '二线部门：败诉争议（件）', 'Support: disputes lost', 'DOWN'),
  ('SUPPORT_RATING', '二线部门：一线评分', 'Support: rating by the front line', 'UP'),
  ('SUPPORT_OWN_MARK', '二线人员：本人评分', 'Support: own mark', 'UP'),
  ('CONTROL_QUALITY', '风险控制岗：工作质量', 'Risk control: quality of own work', 'UP')
) AS given(code, name, name_en, direction)
WHERE NOT EXISTS (SELECT FROM indicator i WHERE i.code = given.code);
