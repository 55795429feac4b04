import { sql } from '../database/transaction.ts'
export const add = sql
