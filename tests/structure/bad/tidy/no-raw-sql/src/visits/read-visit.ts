import { sql } from '../foundation/database/transaction.ts'
export const sorted = (column: string) => sql`SELECT id FROM visit ORDER BY ${sql.raw(column)}`
