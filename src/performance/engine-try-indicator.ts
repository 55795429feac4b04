import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { unitOf, valueOf } from './indicator.rules.ts'
import { rowsOfIndicator, type Measured } from './measure-indicator.ts'

/** What a definition would give for a month over the whole bank; numbers only, and no value of fewer than five people (a read of the engine). */
export async function tryTerms(tx: Transaction, given: Measured): Promise<{ people: number; facts: number; value: string | null }> {
  const found = await tx.asRole('engine', () => tx.one(sql<{ people: number; facts: number; numerator: string | null; denominator: string | null }>`
    SELECT count(DISTINCT staff_key)::int AS people, count(*)::int AS facts, sum(numerator)::text AS numerator, sum(denominator)::text AS denominator FROM (${rowsOfIndicator(given)}) r`))
  const value = found.people < 5 || found.numerator === null ? null : valueOf(unitOf(given.terms), found.numerator, found.denominator)
  return { people: found.people, facts: found.facts, value }
}
