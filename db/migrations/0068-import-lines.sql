-- Further sheets of a workbook of customers: contact persons, addresses, accounts elsewhere, papers. Each line makes a row of the file of one customer, of the same workbook or of the importer's own. Kept until the days of undoing are
-- over; secret values stand here only sealed and until the import runs, those of a rejected line not at all.
CREATE TABLE customer_import_line (
  import_id uuid NOT NULL REFERENCES customer_import,
  sheet text NOT NULL CHECK (sheet IN ('CONTACTS', 'ADDRESSES', 'BANKS', 'DOCUMENTS')),
  row_no int NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('NEW', 'SAME', 'REJECT')),
  customer_id uuid,
  row_id uuid,                                            -- of the row that it makes
  name text,                                              -- as the line names the customer
  reasons jsonb NOT NULL DEFAULT '[]',                    -- of a rejected line: [{"column","reason","details","value"}]
  given jsonb NOT NULL DEFAULT '{}',                      -- what is written in clear, by column of the table
  found_by jsonb NOT NULL DEFAULT '[]',                   -- keyed hashes that find the customer by it: [["PHONE","hex"]]
  sealed bytea,
  written text,                                           -- md5 of the row as the import wrote it: one that is otherwise was edited since
  undone boolean NOT NULL DEFAULT false,
  PRIMARY KEY (import_id, sheet, row_no)
);
COMMENT ON TABLE customer_import_line IS '{"owner":"customers","kind":"bank","secrecy":"NORMAL","journal":"none"}';
CREATE INDEX customer_import_line_customer ON customer_import_line (customer_id);
CALL protect_bank('customer_import_line', '', 'yq_batch');

ALTER TABLE customer_import ADD COLUMN lines_new int NOT NULL DEFAULT 0, ADD COLUMN lines_same int NOT NULL DEFAULT 0, ADD COLUMN lines_rejected int NOT NULL DEFAULT 0;
ALTER TABLE contact_person ADD COLUMN batch_id uuid;
ALTER TABLE customer_address ADD COLUMN batch_id uuid;
ALTER TABLE banking_elsewhere ADD COLUMN batch_id uuid;
ALTER TABLE customer_document ADD COLUMN batch_id uuid;
