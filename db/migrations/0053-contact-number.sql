-- The number of a record is unique with its customer: a merge copies records to the other customer before it removes them, and a number that is unique by itself left them behind.
DROP INDEX contact_number;
CREATE UNIQUE INDEX contact_number ON contact (number, customer_id) WHERE number IS NOT NULL;
