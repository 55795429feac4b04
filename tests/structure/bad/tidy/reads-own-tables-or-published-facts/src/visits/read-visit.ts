import { sql } from '../foundation/database/transaction.ts'
export const visits = sql`SELECT v.id, c.name FROM visit v JOIN customer c USING (customer_id)`
