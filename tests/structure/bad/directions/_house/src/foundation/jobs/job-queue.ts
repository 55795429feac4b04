import { PgBoss } from 'pg-boss'
export const openQueue = PgBoss
