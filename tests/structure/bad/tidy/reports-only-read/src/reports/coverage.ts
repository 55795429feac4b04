import { sql } from '../foundation/database/transaction.ts'
export const coverage = sql`WITH gone AS (DELETE FROM visit RETURNING 1) SELECT count(*) FROM gone`
