-- What is lacking between a company and the person at its head (W4 a): read from the relations. HEAD, FIRM: such a relation is known; HEAD:CUSTOMER, FIRM:CUSTOMER: all of them are customers.
INSERT INTO gap_rule (code, from_date, version, name_zh, name_en, customer_kind, tiers, has, lacks) VALUES
  ('LEGAL_REP_NOT_PERSONAL', '1900-01-01', '1', '法定代表人或控制人不是个人客户', 'Legal representative or controller is no personal customer', 'CORPORATE', '{}', '{HEAD}', '{HEAD:CUSTOMER}'),
  ('FIRM_NOT_CUSTOMER', '1900-01-01', '1', '核心客户的企业不是本行客户', 'Firm of a core customer is no customer', 'PERSON', '{T1}', '{FIRM}', '{FIRM:CUSTOMER}');
