import { sql, type Sql } from '../../foundation/database/transaction.ts'

/** Which edges `r` stand on a day. */
export const inForce = (day: string): Sql => sql`r.from_date <= ${day}::date AND (r.to_date IS NULL OR r.to_date > ${day}::date)`
/** Which edges `r` stand on some day of [from, to). */
export const overlaps = (from: string, to: string | null): Sql =>
  sql`(r.to_date IS NULL OR r.to_date > ${from}::date) AND (${to}::date IS NULL OR r.from_date < ${to}::date) AND r.to_date IS DISTINCT FROM r.from_date`
