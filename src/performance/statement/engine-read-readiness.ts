import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { exact } from '../../foundation/values/decimal.ts'
import type { AnnualShown } from '../statement.contract.ts'

type Span = { from: string; to: string }

/** The last assessment of competency in a year, and the last of the year before: of a person whose statement the caller reads. By form, until the room of competency is built. */
export function readReadiness(tx: Transaction, staffKey: number, year: Span, before: Span): Promise<AnnualShown['competency']> {
  const lastOf = (span: Span) => tx.maybe(sql<{ value: string; on: string }>`
    SELECT value::text AS value, business_date AS "on" FROM performance_indicator_fact_facts
    WHERE indicator = 'READINESS' AND staff_key = ${staffKey} AND business_date >= ${span.from}::date AND business_date < ${span.to}::date AND value IS NOT NULL ORDER BY business_date DESC, indicator_fact_id DESC LIMIT 1`)
  return tx.asRole('engine', async () => {
    const [now, then] = [await lastOf(year), await lastOf(before)]
    const score = now ? exact(now.value).toFixed(2) : null
    return { score, on: now?.on ?? null, before: then ? exact(then.value).toFixed(2) : null, change: score === null || !then ? null : exact(score).minus(exact(then.value)).toFixed(2) }
  })
}
