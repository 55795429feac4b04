import { sql } from '../foundation/database/transaction.ts'
import { coverage } from './coverage.contract.ts'
export const coverageRoute = [sql, coverage]
