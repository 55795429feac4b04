-- A document of the file that runs out is told by its kind with its title ("授权委托书：成志伟"), not by the title alone, in both languages.
CREATE OR REPLACE VIEW customers_maturity_facts WITH (security_invoker = true) AS
SELECT d.customer_id, d.fact::text AS kind, d.fact || ' ' || d.fact_id AS object_key,
  CASE d.fact
    WHEN 'IDENTITY' THEN CASE d.kind WHEN 'RESIDENT_ID' THEN '居民身份证' WHEN 'USCC' THEN '营业执照' WHEN 'PASSPORT' THEN '护照' WHEN 'MILITARY' THEN '军官证' WHEN 'HK_MACAO_PERMIT' THEN '港澳居民通行证' WHEN 'TAIWAN_PERMIT' THEN '台湾居民通行证'
      WHEN 'FOREIGN_PERMANENT' THEN '外国人永久居留证' WHEN 'LEGACY_ORG_CODE' THEN '组织机构代码证' ELSE '其他证件' END
    WHEN 'DOCUMENT' THEN n.zh || coalesce('：' || d.subject, '') WHEN 'PERSON_IDENTITY' THEN '企业人员证件：' || coalesce(d.subject, '') WHEN 'AUTHORITY' THEN '授权：' || coalesce(d.subject, '') WHEN 'BUSINESS_TERM' THEN '营业期限'
    WHEN 'LEASE' THEN '经营场所租期' WHEN 'RISK_TOLERANCE' THEN '风险测评' ELSE d.fact END AS name_zh,
  CASE d.fact
    WHEN 'IDENTITY' THEN CASE d.kind WHEN 'RESIDENT_ID' THEN 'Identity card' WHEN 'USCC' THEN 'Business licence' WHEN 'PASSPORT' THEN 'Passport' WHEN 'MILITARY' THEN 'Military identity' WHEN 'HK_MACAO_PERMIT' THEN 'Hong Kong or Macao permit'
      WHEN 'TAIWAN_PERMIT' THEN 'Taiwan permit' WHEN 'FOREIGN_PERMANENT' THEN 'Permanent residence card' WHEN 'LEGACY_ORG_CODE' THEN 'Organisation code' ELSE 'Other document' END
    WHEN 'DOCUMENT' THEN n.en || coalesce(': ' || d.subject, '') WHEN 'PERSON_IDENTITY' THEN 'Document of ' || coalesce(d.subject, 'a person') WHEN 'AUTHORITY' THEN 'Authority of ' || coalesce(d.subject, 'a person') WHEN 'BUSINESS_TERM' THEN 'Business term'
    WHEN 'LEASE' THEN 'Lease of the premises' WHEN 'RISK_TOLERANCE' THEN 'Risk test' ELSE d.fact END AS name_en,
  NULL::bigint AS amount_fen, NULL::text AS currency, d.expires_on AS ends_on, NULL::text AS outcome
FROM customers_document_facts d CROSS JOIN bank k
LEFT JOIN (VALUES ('LICENCE', '营业执照', 'Business licence'), ('ARTICLES', '公司章程', 'Articles'), ('ACCOUNT_PERMIT', '基本存款账户信息', 'Basic account certificate'), ('LEGAL_REPRESENTATIVE_ID', '法定代表人证件', 'Document of the legal representative'),
  ('AGENT_AUTHORITY', '授权委托书', 'Power of attorney'), ('OWNER_STATEMENT', '受益所有人声明', 'Statement of beneficial owners'), ('LEASE', '场所证明或租约', 'Lease or proof of premises'), ('TAX_CERTIFICATE', '纳税证明', 'Tax certificate'),
  ('FINANCIAL_REPORT', '财务报表', 'Financial report'), ('ID_COPY', '身份证件复印件', 'Copy of the identity document'), ('RESIDENCE_PROOF', '居住证明', 'Proof of residence'), ('INCOME_PROOF', '收入证明', 'Proof of income'),
  ('TAX_DECLARATION', '税收居民声明', 'Declaration of tax residence'), ('RISK_QUESTIONNAIRE', '风险测评问卷', 'Risk questionnaire'), ('CREDIT_AUTHORISATION', '征信查询授权书', 'Authorisation of a credit-report query'),
  ('CONSENT_FORM', '个人信息授权书', 'Consent form'), ('OTHER', '其他资料', 'Other document')) n (kind, zh, en) ON d.fact = 'DOCUMENT' AND n.kind = d.kind
WHERE d.expires_on > k.business_date - 400
UNION ALL
SELECT c.customer_id, 'CONSENT', c.consent_id::text, CASE c.consent_for WHEN 'CREDIT_REPORT' THEN '征信查询授权' WHEN 'MARKETING' THEN '营销同意' WHEN 'DATA_USE' THEN '信息使用同意' ELSE '家庭关联同意' END,
  CASE c.consent_for WHEN 'CREDIT_REPORT' THEN 'Consent to the credit report' WHEN 'MARKETING' THEN 'Consent to marketing' WHEN 'DATA_USE' THEN 'Consent to the use of data' ELSE 'Consent to family links' END, NULL, NULL, c.valid_until, NULL
FROM customers_consent_facts c CROSS JOIN bank k WHERE c.valid_until > k.business_date - 400 AND c.withdrawn_on IS NULL;
