-- Tables of the bank whose rows may name a customer without being his: when he goes into another customer they name that one ("follows").
COMMENT ON TABLE assigned_task IS '{"owner":"duties","kind":"bank","secrecy":"NORMAL","hidden":["title","content","asked_why"],"skip":["viewers","changed_at"],"follows":["customer_id"]}';
COMMENT ON TABLE duty_instance IS '{"owner":"duties","kind":"bank","secrecy":"NORMAL","skip":["scope_path"],"follows":["customer_id"]}';
COMMENT ON TABLE appointment IS '{"owner":"meetings","kind":"bank","secrecy":"NORMAL","hidden":["subject","place"],"skip":["scope_path","viewers"],"follows":["customer_id"]}';
