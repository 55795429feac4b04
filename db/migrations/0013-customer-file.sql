-- The customer's file (domain specification 2.1 to 2.3, 2.13, 2.14): what 0003 does not hold yet, documents with their content, consents, and the lunar calendar for birthdays.

-- ---------------------------------------------------------------------------------------------------------------------
-- Content of files: encrypted under the customer's key in the data directory, found by a keyed hash of customer and content. Here stands what is there.
CREATE TABLE stored_file (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  content_hash bytea NOT NULL,                            -- keyed: names the file in the data directory; equal content of one customer is kept once
  kind text NOT NULL CHECK (kind IN ('PDF', 'JPEG', 'PNG', 'WEBP', 'HEIC', 'OFD', 'XLSX', 'DOCX', 'CSV', 'OLD_OFFICE', 'ZIP')),
  file_name text NOT NULL,                                -- as the person called it
  size_bytes bigint NOT NULL CHECK (size_bytes > 0),
  stored_at timestamptz NOT NULL DEFAULT now(),
  stored_by int NOT NULL,
  PRIMARY KEY (customer_id, id)
);
COMMENT ON TABLE stored_file IS '{"owner":"foundation","kind":"owned","secrecy":"NORMAL","personal":["file_name"]}';
CALL protect_owned('stored_file');
CREATE INDEX stored_file_content ON stored_file (content_hash);

-- ---------------------------------------------------------------------------------------------------------------------
-- Particulars beyond those of the core system, one row for each customer.
CREATE TABLE corporate_file (
  customer_id uuid PRIMARY KEY REFERENCES customer,
  company_kind text CHECK (company_kind IN ('LEGAL_ENTERPRISE', 'OTHER_ENTERPRISE', 'SOLE_TRADER', 'PUBLIC_INSTITUTION', 'SOCIAL_ORGANISATION', 'GOVERNMENT', 'PRIVATE_NON_ENTERPRISE', 'OTHER')),
  legacy_tax_id text,                                     -- numbers of before 2015; that of the organisation stands in corporate
  legacy_licence_no text,
  term_from date,                                         -- business term; without an end: unlimited
  term_until date,                                        -- the last day, as everywhere in the file
  abnormal_on date,                                       -- in the list of abnormal operation since
  abnormal_reason text,
  violation_on date,                                      -- in the list of serious violations since
  violation_reason text,
  main_products text,
  premises text CHECK (premises IN ('OWNED', 'RENTED', 'BOTH', 'FREE')),
  premises_area int CHECK (premises_area BETWEEN 1 AND 100000000),   -- square metres
  premises_until date,                                    -- end of the lease
  tax_class text CHECK (tax_class IN ('A', 'B', 'M', 'C', 'D')),
  tax_class_year int CHECK (tax_class_year BETWEEN 2014 AND 2200),
  CHECK (term_until IS NULL OR term_from IS NULL OR term_until >= term_from)
);
COMMENT ON TABLE corporate_file IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('corporate_file');

CREATE TABLE person_file (
  customer_id uuid PRIMARY KEY REFERENCES customer,
  marital_status text CHECK (marital_status IN ('SINGLE', 'MARRIED', 'DIVORCED', 'WIDOWED')),
  education text CHECK (education IN ('PRIMARY', 'SECONDARY', 'COLLEGE', 'BACHELOR', 'POSTGRADUATE')),
  job_title text,
  tax_residence text CHECK (tax_residence IN ('CHINA_ONLY', 'FOREIGN_ONLY', 'BOTH')),
  tax_countries text,                                     -- where else, and the reason when there is no number
  tax_declared_on date,
  income_fen bigint CHECK (income_fen >= 0),              -- of a year
  income_source text,
  assets_fen bigint CHECK (assets_fen >= 0),
  debts_fen bigint CHECK (debts_fen >= 0),
  finances_on date                                        -- as the customer told on that day
);
COMMENT ON TABLE person_file IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["marital_status","education","job_title","tax_countries","income_fen","income_source","assets_fen","debts_fen"]}';
CALL protect_owned('person_file');

-- Of both kinds of customer: how he wants to be contacted, his risk, who may see his numbers.
CREATE TABLE customer_file (
  customer_id uuid PRIMARY KEY REFERENCES customer,
  no_calls boolean NOT NULL DEFAULT false,                -- do not call, send messages, write, come
  no_messages boolean NOT NULL DEFAULT false,
  no_letters boolean NOT NULL DEFAULT false,
  no_visits boolean NOT NULL DEFAULT false,
  no_automated boolean NOT NULL DEFAULT false,            -- objects to decisions made by a machine alone (PIPL, article 24)
  contact_times text,
  contact_note text,
  main_bank text,
  banking_note text,
  credit_rating text CHECK (credit_rating IN ('AAA', 'AA', 'A', 'BBB', 'BB', 'B', 'CCC', 'CC', 'C', 'D')),
  credit_rating_on date,
  risk_tolerance text CHECK (risk_tolerance IN ('C1', 'C2', 'C3', 'C4', 'C5')),
  risk_tolerance_on date,                                 -- valid for a year
  aml_level text CHECK (aml_level IN ('LOW', 'MEDIUM_LOW', 'MEDIUM', 'MEDIUM_HIGH', 'HIGH')),
  aml_level_on date,
  watch_list text CHECK (watch_list IN ('NONE', 'CHECKING', 'HIT', 'CLEARED')),
  watch_list_on date,
  watch_list_note text,
  confidentiality text NOT NULL DEFAULT 'NORMAL' CHECK (confidentiality IN ('NORMAL', 'SENSITIVE', 'STRICT')),
  confidentiality_reason text,
  CHECK (confidentiality = 'NORMAL' OR confidentiality_reason IS NOT NULL)
);
COMMENT ON TABLE customer_file IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["contact_times","contact_note","banking_note","watch_list_note","confidentiality_reason"]}';
CALL protect_owned('customer_file');

-- ---------------------------------------------------------------------------------------------------------------------
-- Lists of the file. A row that no longer holds is ended with a reason and stays.

-- People of a company with an office: shareholders and the actual controller belong to the relations.
CREATE TABLE company_person (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  office text NOT NULL CHECK (office IN ('LEGAL_REPRESENTATIVE', 'PERSON_IN_CHARGE', 'DIRECTOR', 'SUPERVISOR', 'FINANCE_HEAD', 'ACCOUNT_CONTACT', 'AGENT')),
  name text NOT NULL,
  id_kind text CHECK (id_kind IN ('RESIDENT_ID', 'HK_MACAO_PERMIT', 'TAIWAN_PERMIT', 'FOREIGN_PERMANENT', 'PASSPORT', 'MILITARY', 'OTHER')),
  id_cipher bytea,
  id_hash bytea,
  id_tail text,
  id_expires_on date,
  phone_cipher bytea,
  phone_hash bytea,
  phone_masked text,
  authority text,                                         -- of an agent: what he may do
  authority_from date,
  authority_until date,
  note text,
  ended_on date,
  end_reason text,
  PRIMARY KEY (customer_id, id),
  CHECK ((id_cipher IS NULL) = (id_hash IS NULL)),
  CHECK ((phone_cipher IS NULL) = (phone_hash IS NULL)),
  CHECK (authority_until IS NULL OR authority_from IS NULL OR authority_until >= authority_from)
);
COMMENT ON TABLE company_person IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["name","id_tail","phone_masked","authority","note"],"cipher":["id_cipher","phone_cipher"]}';
CALL protect_owned('company_person');

-- People to talk to: each with his part in the decision and what he thinks of us.
CREATE TABLE contact_person (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  name text NOT NULL,
  job_title text,
  department text,
  is_main boolean NOT NULL DEFAULT false,
  decision_role text CHECK (decision_role IN ('DECIDES', 'INFLUENCES', 'APPROVES', 'USES', 'GATEKEEPER', 'EXECUTES')),
  attitude text CHECK (attitude IN ('SUPPORTIVE', 'NEUTRAL', 'RESERVED', 'OPPOSED')),
  phone_cipher bytea,
  phone_hash bytea,
  phone_masked text,
  mail_cipher bytea,                                      -- an e-mail address names a person as a phone does
  mail_masked text,
  note text,
  ended_on date,
  end_reason text,
  PRIMARY KEY (customer_id, id),
  CHECK ((phone_cipher IS NULL) = (phone_hash IS NULL))
);
COMMENT ON TABLE contact_person IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["name","job_title","department","phone_masked","mail_masked","note"],"cipher":["phone_cipher","mail_cipher"]}';
CALL protect_owned('contact_person');

-- Addresses and sites: of a company in clear (they are public), of a person encrypted, shown to the district.
CREATE TABLE customer_address (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  site text NOT NULL CHECK (site IN ('HOME', 'WORK', 'MAILING', 'OFFICE', 'PLANT', 'WAREHOUSE', 'SHOP', 'SITE', 'OTHER')),
  district text,
  address text,
  address_cipher bytea,
  site_owner text CHECK (site_owner IN ('OWNED', 'RENTED', 'BOTH', 'FREE')),
  note text,
  ended_on date,
  end_reason text,
  PRIMARY KEY (customer_id, id),
  CHECK (address IS NULL OR address_cipher IS NULL)
);
COMMENT ON TABLE customer_address IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["address","district","note"],"cipher":["address_cipher"]}';
CALL protect_owned('customer_address');

-- What the customer has with other banks.
CREATE TABLE banking_elsewhere (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  bank_name text NOT NULL,
  service text NOT NULL CHECK (service IN ('DEPOSIT', 'LOAN', 'WEALTH', 'SETTLEMENT', 'PAYROLL', 'CARD', 'E_BANKING', 'OTHER')),
  product_name text,
  amount_fen bigint CHECK (amount_fen >= 0),
  rate numeric(9,6) CHECK (rate >= 0 AND rate < 1),       -- a year
  price_note text,
  known_on date NOT NULL,
  matures_on date,
  ended_on date,
  end_reason text,
  PRIMARY KEY (customer_id, id)
);
COMMENT ON TABLE banking_elsewhere IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["price_note"]}';
CALL protect_owned('banking_elsewhere');

CREATE TABLE trade_partner (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  side text NOT NULL CHECK (side IN ('SUPPLIER', 'BUYER')),
  name text NOT NULL,
  goods text,
  trade_share_pct numeric(5,2) CHECK (trade_share_pct > 0 AND trade_share_pct <= 100),
  payment_terms text,
  since_year int CHECK (since_year BETWEEN 1900 AND 2200),
  ended_on date,
  end_reason text,
  PRIMARY KEY (customer_id, id)
);
COMMENT ON TABLE trade_partner IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["name","payment_terms"]}';
CALL protect_owned('trade_partner');

CREATE TABLE annual_report (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  report_year int NOT NULL CHECK (report_year BETWEEN 2013 AND 2200),
  report_state text NOT NULL CHECK (report_state IN ('PUBLISHED', 'LATE', 'MISSING', 'HIDDEN')),
  published_on date,
  ended_on date,
  end_reason text,
  PRIMARY KEY (customer_id, id)
);
COMMENT ON TABLE annual_report IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL"}';
CALL protect_owned('annual_report');
CREATE UNIQUE INDEX annual_report_year ON annual_report (customer_id, report_year) WHERE ended_on IS NULL;

CREATE TABLE litigation (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  part text NOT NULL CHECK (part IN ('PLAINTIFF', 'DEFENDANT', 'EXECUTED', 'DISHONEST', 'THIRD_PARTY')),
  cause text NOT NULL,
  court text,
  case_no text,
  amount_fen bigint CHECK (amount_fen >= 0),
  filed_on date,
  ended_on date,
  end_reason text,
  PRIMARY KEY (customer_id, id)
);
COMMENT ON TABLE litigation IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["cause","case_no"]}';
CALL protect_owned('litigation');

-- Documents that were seen or are kept.
CREATE TABLE customer_document (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  document_kind text NOT NULL CHECK (document_kind IN ('LICENCE', 'ARTICLES', 'ACCOUNT_PERMIT', 'LEGAL_REPRESENTATIVE_ID', 'AGENT_AUTHORITY', 'OWNER_STATEMENT', 'LEASE', 'TAX_CERTIFICATE', 'FINANCIAL_REPORT',
    'ID_COPY', 'RESIDENCE_PROOF', 'INCOME_PROOF', 'TAX_DECLARATION', 'RISK_QUESTIONNAIRE', 'CREDIT_AUTHORISATION', 'CONSENT_FORM', 'OTHER')),
  title text,
  issued_on date,
  expires_on date,
  remind_days int NOT NULL DEFAULT 30 CHECK (remind_days BETWEEN 0 AND 365),
  original_seen_on date,                                  -- the original was seen on this day
  file_id uuid,
  note text,
  ended_on date,
  end_reason text,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, file_id) REFERENCES stored_file,
  CHECK (expires_on IS NULL OR issued_on IS NULL OR expires_on >= issued_on)
);
COMMENT ON TABLE customer_document IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["title","note"]}';
CALL protect_owned('customer_document');

-- Consents are facts: given with a proof, and withdrawn. What holds on a day: given_on <= day, day < ended_on, day <= valid_until.
CREATE TABLE consent (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  consent_for text NOT NULL CHECK (consent_for IN ('CREDIT_REPORT', 'MARKETING', 'DATA_USE', 'FAMILY_LINKS')),
  stated_purpose text NOT NULL,                           -- what for, in the words of the paper (a credit report: only for this)
  given_on date NOT NULL,
  valid_until date,                                       -- the last day on which it holds
  proof text NOT NULL CHECK (proof IN ('PAPER', 'ELECTRONIC', 'RECORDING', 'COUNTER')),
  file_id uuid,
  ended_on date,                                          -- withdrawn
  end_reason text,                                        -- how it was withdrawn: the proof
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, file_id) REFERENCES stored_file,
  CHECK (ended_on IS NULL OR ended_on >= given_on),
  CHECK (valid_until IS NULL OR valid_until >= given_on)
);
COMMENT ON TABLE consent IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["stated_purpose","end_reason"]}';
CALL protect_owned('consent');

-- ---------------------------------------------------------------------------------------------------------------------
-- The lunar calendar (农历) 1900 to 2100, made with lunar-typescript and held against it by a test: birthdays of a million people are worked out by one statement.
CREATE TABLE lunar_month (
  lunar_year int NOT NULL,
  month int NOT NULL CHECK (month BETWEEN 1 AND 12),
  leap boolean NOT NULL,                                  -- 闰月: stands after the month of its number
  first_day date NOT NULL UNIQUE,
  days int NOT NULL CHECK (days IN (29, 30)),
  PRIMARY KEY (lunar_year, month, leap)
);
COMMENT ON TABLE lunar_month IS '{"owner":"foundation","kind":"reference","secrecy":"NORMAL"}';
CALL protect_reference('lunar_month');
-- year, its first day, the number of the month that is repeated (0: none), long months as 1
INSERT INTO lunar_month (lunar_year, month, leap, first_day, days)
SELECT y, CASE WHEN repeated > 0 AND i > repeated THEN i - 1 ELSE i END, repeated > 0 AND i = repeated + 1,
  first::date + 29 * (i - 1) + length(replace(left(long, i - 1), '0', '')), 29 + substr(long, i, 1)::int
FROM (VALUES
  (1900,'1900-01-31',8,'0100101101101'), (1901,'1901-02-19',0,'010010101110'), (1902,'1902-02-08',0,'101001010111'), (1903,'1903-01-29',5,'0101001001101'),
  (1904,'1904-02-16',0,'110100100110'), (1905,'1905-02-04',0,'110110010101'), (1906,'1906-01-25',4,'0110101010101'), (1907,'1907-02-13',0,'010101101010'),
  (1908,'1908-02-02',0,'100110101101'), (1909,'1909-01-22',2,'0100101011101'), (1910,'1910-02-10',0,'010010101110'), (1911,'1911-01-30',6,'1010010011011'),
  (1912,'1912-02-18',0,'101001001101'), (1913,'1913-02-06',0,'110100100101'), (1914,'1914-01-26',5,'1101010100101'), (1915,'1915-02-14',0,'101101010100'),
  (1916,'1916-02-03',0,'110101101010'), (1917,'1917-01-23',2,'1001011011010'), (1918,'1918-02-11',0,'100101011011'), (1919,'1919-02-01',7,'0100100110111'),
  (1920,'1920-02-20',0,'010010010111'), (1921,'1921-02-08',0,'101001001011'), (1922,'1922-01-28',5,'1011001001011'), (1923,'1923-02-16',0,'011010100101'),
  (1924,'1924-02-05',0,'011011010100'), (1925,'1925-01-24',4,'1010110110101'), (1926,'1926-02-13',0,'001010110110'), (1927,'1927-02-02',0,'100101010111'),
  (1928,'1928-01-23',2,'0100100101111'), (1929,'1929-02-10',0,'010010010111'), (1930,'1930-01-30',6,'0110010010110'), (1931,'1931-02-17',0,'110101001010'),
  (1932,'1932-02-06',0,'111010100101'), (1933,'1933-01-26',5,'0110110101001'), (1934,'1934-02-14',0,'010110101101'), (1935,'1935-02-04',0,'001010110110'),
  (1936,'1936-01-24',3,'1001001101110'), (1937,'1937-02-11',0,'100100101110'), (1938,'1938-01-31',7,'1100100101101'), (1939,'1939-02-19',0,'110010010101'),
  (1940,'1940-02-08',0,'110101001010'), (1941,'1941-01-27',6,'1101101001010'), (1942,'1942-02-15',0,'101101010101'), (1943,'1943-02-05',0,'010101101010'),
  (1944,'1944-01-25',4,'1010101011011'), (1945,'1945-02-13',0,'001001011101'), (1946,'1946-02-02',0,'100100101101'), (1947,'1947-01-22',2,'1100100101011'),
  (1948,'1948-02-10',0,'101010010101'), (1949,'1949-01-29',7,'1011010010101'), (1950,'1950-02-17',0,'011011001010'), (1951,'1951-02-06',0,'101101010101'),
  (1952,'1952-01-27',5,'0101010110101'), (1953,'1953-02-14',0,'010011011010'), (1954,'1954-02-03',0,'101001011011'), (1955,'1955-01-24',3,'0101001010111'),
  (1956,'1956-02-12',0,'010100101011'), (1957,'1957-01-31',8,'1010100101010'), (1958,'1958-02-18',0,'111010010101'), (1959,'1959-02-08',0,'011010101010'),
  (1960,'1960-01-28',6,'1010110101010'), (1961,'1961-02-15',0,'101010110101'), (1962,'1962-02-05',0,'010010110110'), (1963,'1963-01-25',4,'1010010101110'),
  (1964,'1964-02-13',0,'101001010111'), (1965,'1965-02-02',0,'010100100110'), (1966,'1966-01-21',3,'1110100100110'), (1967,'1967-02-09',0,'110110010101'),
  (1968,'1968-01-30',7,'0101101010101'), (1969,'1969-02-17',0,'010101101010'), (1970,'1970-02-06',0,'100101101101'), (1971,'1971-01-27',5,'0100101011101'),
  (1972,'1972-02-15',0,'010010101101'), (1973,'1973-02-03',0,'101001001101'), (1974,'1974-01-23',4,'1101001001101'), (1975,'1975-02-11',0,'110100100101'),
  (1976,'1976-01-31',8,'1101010100101'), (1977,'1977-02-18',0,'101101010100'), (1978,'1978-02-07',0,'101101101010'), (1979,'1979-01-28',6,'1001011011010'),
  (1980,'1980-02-16',0,'100101011011'), (1981,'1981-02-05',0,'010010011011'), (1982,'1982-01-25',4,'1010010010111'), (1983,'1983-02-13',0,'101001001011'),
  (1984,'1984-02-02',10,'1011001001011'), (1985,'1985-02-20',0,'011010100101'), (1986,'1986-02-09',0,'011011010100'), (1987,'1987-01-29',6,'1010110110100'),
  (1988,'1988-02-17',0,'101010110110'), (1989,'1989-02-06',0,'100101010111'), (1990,'1990-01-27',5,'0100100101111'), (1991,'1991-02-15',0,'010010010111'),
  (1992,'1992-02-04',0,'011001001011'), (1993,'1993-01-23',3,'0110101001010'), (1994,'1994-02-10',0,'111010100101'), (1995,'1995-01-31',8,'0110101100101'),
  (1996,'1996-02-19',0,'010110101100'), (1997,'1997-02-07',0,'101010110110'), (1998,'1998-01-28',5,'1001001101101'), (1999,'1999-02-16',0,'100100101110'),
  (2000,'2000-02-05',0,'110010010110'), (2001,'2001-01-24',4,'1101010010101'), (2002,'2002-02-12',0,'110101001010'), (2003,'2003-02-01',0,'110110100101'),
  (2004,'2004-01-22',2,'0101101010101'), (2005,'2005-02-09',0,'010101101010'), (2006,'2006-01-29',7,'1010101011011'), (2007,'2007-02-18',0,'001001011101'),
  (2008,'2008-02-07',0,'100100101101'), (2009,'2009-01-26',5,'1100100101011'), (2010,'2010-02-14',0,'101010010101'), (2011,'2011-02-03',0,'101101001010'),
  (2012,'2012-01-23',4,'1011010101010'), (2013,'2013-02-10',0,'101011010101'), (2014,'2014-01-31',9,'0101010110101'), (2015,'2015-02-19',0,'010010111010'),
  (2016,'2016-02-08',0,'101001011011'), (2017,'2017-01-28',6,'0101001010111'), (2018,'2018-02-16',0,'010100101011'), (2019,'2019-02-05',0,'101010010011'),
  (2020,'2020-01-25',4,'0111010010101'), (2021,'2021-02-12',0,'011010101010'), (2022,'2022-02-01',0,'101011010101'), (2023,'2023-01-22',2,'0100110110101'),
  (2024,'2024-02-10',0,'010010110110'), (2025,'2025-01-29',6,'1010010101110'), (2026,'2026-02-17',0,'101001001110'), (2027,'2027-02-06',0,'110100100110'),
  (2028,'2028-01-26',5,'1110100100110'), (2029,'2029-02-13',0,'110101010011'), (2030,'2030-02-03',0,'010110101010'), (2031,'2031-01-23',3,'0110101101010'),
  (2032,'2032-02-11',0,'100101101101'), (2033,'2033-01-31',11,'0100101011101'), (2034,'2034-02-19',0,'010010101101'), (2035,'2035-02-08',0,'101001001101'),
  (2036,'2036-01-28',6,'1101001001011'), (2037,'2037-02-15',0,'110100100101'), (2038,'2038-02-04',0,'110101010010'), (2039,'2039-01-24',5,'1101101010100'),
  (2040,'2040-02-12',0,'101101011010'), (2041,'2041-02-01',0,'010101101101'), (2042,'2042-01-22',2,'0100101011011'), (2043,'2043-02-10',0,'010010011011'),
  (2044,'2044-01-30',7,'1010010010111'), (2045,'2045-02-17',0,'101001001011'), (2046,'2046-02-06',0,'101010100101'), (2047,'2047-01-26',5,'1011010100101'),
  (2048,'2048-02-14',0,'011011010010'), (2049,'2049-02-02',0,'101011011010'), (2050,'2050-01-23',3,'0101010110110'), (2051,'2051-02-11',0,'100100110111'),
  (2052,'2052-02-01',8,'0100100101111'), (2053,'2053-02-19',0,'010010010111'), (2054,'2054-02-08',0,'011001001011'), (2055,'2055-01-28',6,'0110101001010'),
  (2056,'2056-02-15',0,'111010100101'), (2057,'2057-02-04',0,'011010110010'), (2058,'2058-01-24',4,'1010101101100'), (2059,'2059-02-12',0,'101010101110'),
  (2060,'2060-02-02',0,'100100101110'), (2061,'2061-01-21',3,'1100100101110'), (2062,'2062-02-09',0,'110010010110'), (2063,'2063-01-29',7,'1101010010101'),
  (2064,'2064-02-17',0,'110101001010'), (2065,'2065-02-05',0,'110110100101'), (2066,'2066-01-26',5,'0101101010101'), (2067,'2067-02-14',0,'010101101010'),
  (2068,'2068-02-03',0,'101001101101'), (2069,'2069-01-23',4,'0101001011101'), (2070,'2070-02-11',0,'010100101101'), (2071,'2071-01-31',8,'1010100101011'),
  (2072,'2072-02-19',0,'101010010101'), (2073,'2073-02-07',0,'101101001010'), (2074,'2074-01-27',6,'1011010101010'), (2075,'2075-02-15',0,'101011010101'),
  (2076,'2076-02-05',0,'010101011010'), (2077,'2077-01-24',4,'1010010111010'), (2078,'2078-02-12',0,'101001011011'), (2079,'2079-02-02',0,'010100101011'),
  (2080,'2080-01-22',3,'1010100100111'), (2081,'2081-02-09',0,'011010010011'), (2082,'2082-01-29',7,'0111001010011'), (2083,'2083-02-17',0,'011010101010'),
  (2084,'2084-02-06',0,'101011010101'), (2085,'2085-01-26',5,'0100110110101'), (2086,'2086-02-14',0,'010010110110'), (2087,'2087-02-03',0,'101001010111'),
  (2088,'2088-01-24',4,'0101001001110'), (2089,'2089-02-10',0,'110100010110'), (2090,'2090-01-30',8,'1110100100110'), (2091,'2091-02-18',0,'110101010010'),
  (2092,'2092-02-07',0,'110110101010'), (2093,'2093-01-27',6,'0110101101010'), (2094,'2094-02-15',0,'010101101101'), (2095,'2095-02-05',0,'010010101110'),
  (2096,'2096-01-25',4,'1010010011101'), (2097,'2097-02-12',0,'101000101101'), (2098,'2098-02-01',0,'110100010101'), (2099,'2099-01-21',2,'1101100100101'),
  (2100,'2100-02-09',0,'110101010010')
) c (y, first, repeated, long) CROSS JOIN LATERAL generate_series(1, length(long)) i;

-- ---------------------------------------------------------------------------------------------------------------------
-- Published.

CREATE VIEW customers_document_facts WITH (security_invoker = true) AS
SELECT customer_id, id AS fact_id, 'DOCUMENT' AS fact, document_kind AS kind, title AS subject, expires_on, remind_days FROM customer_document WHERE ended_on IS NULL AND expires_on IS NOT NULL
UNION ALL SELECT customer_id, id, 'IDENTITY', kind, NULL, expires_on, 30 FROM identity_document WHERE expires_on IS NOT NULL
UNION ALL SELECT customer_id, id, 'PERSON_IDENTITY', office, name, id_expires_on, 30 FROM company_person WHERE ended_on IS NULL AND id_expires_on IS NOT NULL
UNION ALL SELECT customer_id, id, 'AUTHORITY', office, name, authority_until, 30 FROM company_person WHERE ended_on IS NULL AND authority_until IS NOT NULL
UNION ALL SELECT customer_id, customer_id, 'BUSINESS_TERM', 'BUSINESS_TERM', NULL, term_until, 60 FROM corporate_file WHERE term_until IS NOT NULL
UNION ALL SELECT customer_id, customer_id, 'LEASE', 'LEASE', NULL, premises_until, 60 FROM corporate_file WHERE premises_until IS NOT NULL
UNION ALL SELECT customer_id, customer_id, 'RISK_TOLERANCE', risk_tolerance, NULL, (risk_tolerance_on + interval '1 year')::date - 1, 30 FROM customer_file WHERE risk_tolerance_on IS NOT NULL;
COMMENT ON VIEW customers_document_facts IS 'What of the file runs out: one row per document, identity document, identity and authority of a company''s people, business term, lease, risk tolerance (valid a year). expires_on = the last valid day; remind_days = how many days before it a reminder is due; subject = title or person, personal.';

CREATE VIEW customers_consent_facts WITH (security_invoker = true) AS
SELECT customer_id, id AS consent_id, consent_for, given_on, valid_until, ended_on AS withdrawn_on FROM consent;
COMMENT ON VIEW customers_consent_facts IS 'Consents by purpose (CREDIT_REPORT, MARKETING, DATA_USE, FAMILY_LINKS). One holds on a day when given_on <= day, withdrawn_on is null or after the day, valid_until is null or not before the day.';

CREATE VIEW customers_birthday_facts WITH (security_invoker = true) AS
SELECT p.customer_id, p.birth_date, p.birthday_calendar AS calendar, y AS in_year,
  make_date(y, extract(month FROM p.birth_date)::int, 1) + least(extract(day FROM p.birth_date)::int, extract(day FROM make_date(y, extract(month FROM p.birth_date)::int, 1) + interval '1 month' - interval '1 day')::int) - 1 AS greet_on
FROM person p CROSS JOIN generate_series(1900, 2100) y WHERE p.birthday_calendar = 'SOLAR' AND p.birth_date IS NOT NULL AND y > extract(year FROM p.birth_date)
UNION ALL
SELECT p.customer_id, p.birth_date, p.birthday_calendar, y, g.first_day + least(p.birth_date - b.first_day + 1, g.days) - 1
FROM person p
CROSS JOIN LATERAL (SELECT m.lunar_year, m.month, m.leap, m.first_day FROM lunar_month m WHERE m.first_day <= p.birth_date ORDER BY m.first_day DESC LIMIT 1) b
CROSS JOIN generate_series(1900, 2100) y
CROSS JOIN LATERAL (SELECT m.first_day, m.days FROM lunar_month m WHERE m.lunar_year = y AND m.month = b.month AND (b.leap OR NOT m.leap) ORDER BY m.leap DESC LIMIT 1) g
WHERE p.birthday_calendar = 'LUNAR' AND p.birth_date IS NOT NULL AND y > b.lunar_year;
COMMENT ON VIEW customers_birthday_facts IS 'The day on which a person is greeted in a year: the solar birthday (29 February: the 28th), or the lunar one (a leap month where the year has none: the month itself; the 30th of a short month: the 29th). in_year is the solar or the lunar year: always ask with in_year = …; a lunar birthday of the 11th or 12th month is greeted in the first weeks of the next solar year, so for a window of days ask for in_year IN (year - 1, year).';
CREATE VIEW customers_confidentiality_facts WITH (security_invoker = true) AS SELECT customer_id, confidentiality FROM customer_file WHERE confidentiality <> 'NORMAL';
COMMENT ON VIEW customers_confidentiality_facts IS 'Confidential customers: SENSITIVE or STRICT; all others are NORMAL. Who may see numbers of which: maySeeConfidential.';
GRANT SELECT ON customers_confidentiality_facts, customers_document_facts, customers_consent_facts, customers_birthday_facts TO yq_opened, yq_engine, yq_batch;
