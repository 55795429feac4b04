import pg from 'pg'
import { sql } from 'kysely'
export { sql }
export const pool = pg
