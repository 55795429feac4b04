import { sql, type Transaction } from '../../foundation/database/transaction.ts'

export type Peers = { code: string; people: number; median: string }
const least = 5
// what one manager has: a mean or a ratio is divided, a sum stands
const each = sql`CASE WHEN v.denominator IS NULL THEN v.numerator WHEN v.denominator = 0 THEN NULL ELSE v.numerator / v.denominator END`
const managers = (asOf: string) => sql`SELECT DISTINCT staff_key FROM organisation_post_facts WHERE post_code = 'RM' AND from_date <= ${asOf}::date AND (to_date IS NULL OR to_date > ${asOf}::date)`

/** The median of the bank's managers for each indicator of a month: a number, only where five managers or more have a value. */
export function readMedians(tx: Transaction, month: string, asOf: string): Promise<Peers[]> {
  return tx.asRole('engine', () => tx.all(sql<Peers>`
    SELECT code, count(*)::int AS people, (percentile_disc(0.5) WITHIN GROUP (ORDER BY value))::text AS median
    FROM (SELECT v.code, ${each} AS value FROM indicator_value v JOIN (${managers(asOf)}) p ON p.staff_key = v.staff_key WHERE v.month = ${month}::date) o
    WHERE value IS NOT NULL GROUP BY code HAVING count(*) >= ${least}`))
}

/** Which place a person takes among the bank's managers by an indicator; null: no value of his own, or fewer than five managers. */
export async function readPlace(tx: Transaction, given: { code: string; month: string; asOf: string; staffKey: number; down: boolean }): Promise<{ place: number; of: number } | null> {
  const found = await tx.asRole('engine', () => tx.maybe(sql<{ place: number; of: number }>`
    SELECT place::int, people::int AS of FROM (
      SELECT staff_key, rank() OVER (ORDER BY ${given.down ? sql`value` : sql`-value`}) AS place, count(*) OVER () AS people
      FROM (SELECT v.staff_key, ${each} AS value FROM indicator_value v JOIN (${managers(given.asOf)}) p ON p.staff_key = v.staff_key WHERE v.code = ${given.code} AND v.month = ${given.month}::date) o WHERE value IS NOT NULL) r
    WHERE staff_key = ${given.staffKey}`))
  return found && found.of >= least ? found : null
}
