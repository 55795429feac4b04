import { sql } from '../foundation/database/transaction.ts'
export const close = (tx: { run: (given: unknown) => unknown }) => tx.run(sql`UPDATE visit SET follows_id = NULL`)
