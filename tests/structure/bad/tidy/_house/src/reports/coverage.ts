import { sql } from '../foundation/database/transaction.ts'
export const coverage = sql`SELECT count(*) FROM visit JOIN customer USING (customer_id)`
