import { sql } from '../foundation/database/transaction.ts'
export const refreshDue = sql
