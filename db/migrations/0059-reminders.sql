-- Reminders to customers: of a deposit or wealth product that ends (D-15), of a call that was planned (D-12). Templates, consent, quiet hours, approval and outbox as with greetings; what the reminder is about is asked
-- again when it is sent: what was settled meanwhile is not reminded of.

ALTER TABLE message_template DROP CONSTRAINT message_template_kind_check;
ALTER TABLE message_template ADD CONSTRAINT message_template_kind_check CHECK (kind IN ('FESTIVAL', 'BIRTHDAY', 'MATURITY', 'CALL_BACK'));
-- so many days before the end
ALTER TABLE message_template ADD COLUMN lead_days int CHECK (lead_days IN (1, 7, 30));
ALTER TABLE message_template ADD CONSTRAINT message_template_lead CHECK ((kind = 'MATURITY') = (lead_days IS NOT NULL));
GRANT SELECT ON watch_maturity_open_facts TO yq_batch;

-- Whom the customer told that he wants no messages: asked beside the consent.
CREATE VIEW customers_wish_facts WITH (security_invoker = true) AS SELECT customer_id, no_calls, no_messages FROM customer_file;
COMMENT ON VIEW customers_wish_facts IS 'What a customer does not want: calls, messages. One row per customer with a file.';
GRANT SELECT ON customers_wish_facts TO yq_opened, yq_engine, yq_batch;

-- Whether the peer of an attempt takes a number once: a kill is judged by the channel that was asked, not by the one that is configured later.
ALTER TABLE message_attempt ADD COLUMN taken_once boolean;

CREATE OR REPLACE VIEW messages_timeline_facts WITH (security_invoker = true) AS
SELECT m.customer_id, m.id, (m.sent_at AT TIME ZONE 'Asia/Shanghai')::date AS day, m.sent_at AS at, 'MESSAGE'::text AS kind,
  CASE m.channel WHEN 'SMS' THEN '短信' ELSE '邮件' END || CASE WHEN m.occasion LIKE 'MATURITY %' THEN '到期提醒' WHEN m.occasion LIKE 'CALL\_BACK %' THEN '回访提醒' ELSE '问候' END AS title_zh,
  CASE WHEN m.occasion LIKE 'MATURITY %' THEN 'Reminder of what ends' WHEN m.occasion LIKE 'CALL\_BACK %' THEN 'Reminder of a call' ELSE 'Greeting' END || CASE m.channel WHEN 'SMS' THEN ' by SMS' ELSE ' by e-mail' END AS title_en,
  NULL::text AS note, NULL::bigint AS amount_fen, NULL::text AS currency, m.staff_key AS person_key, NULL::text AS address
FROM message m WHERE m.sent_at IS NOT NULL AND m.state IN ('ACCEPTED', 'DELIVERED');
COMMENT ON VIEW messages_timeline_facts IS '{"kinds":{"MESSAGE":{"zh":"问候与提醒","en":"Greetings and reminders"}}}';
