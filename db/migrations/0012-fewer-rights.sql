-- What a role does not need it does not have; what outlives a customer's key is no trace of the person.

-- A customer's key is made with the first value; a request never changes one, and an auditor reads no personal value.
REVOKE UPDATE ON customer_key FROM yq_opened;
DROP POLICY opened_change ON customer_key;
REVOKE SELECT ON customer_key FROM yq_auditor;
DROP POLICY classed_read ON customer_key;
CREATE POLICY classed_read ON customer_key FOR SELECT TO yq_restricted, yq_compliance, yq_secret, yq_aml USING (true);

-- The last digits of a number and its mask are personal in the journal too.
COMMENT ON TABLE identity_document IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["tail"],"cipher":["number_cipher"]}';
COMMENT ON TABLE phone IS '{"owner":"customers","kind":"owned","secrecy":"NORMAL","personal":["masked"],"cipher":["number_cipher"]}';
COMMENT ON TABLE account IS '{"owner":"holdings","kind":"owned","secrecy":"NORMAL","personal":["tail"],"cipher":["number_cipher"]}';
