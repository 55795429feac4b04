import { pool } from './transaction.ts'
export const testDatabase = pool
