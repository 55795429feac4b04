import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { monthOf, previousMonth } from '../../foundation/values/business-date.ts'
import type { TierRule } from '../tier.rules.ts'
import type { TierPreview } from './tier-rule.contract.ts'
import { contributionCounted, merits } from './work-out-merits.ts'

/** How many customers of a kind, over the whole bank, would go from which tier to which if these rules had judged the last full month. Numbers only; fewer than five judged give none. */
export async function previewTiers(tx: Transaction, day: string, rules: readonly TierRule[], kind: 'CORPORATE' | 'PERSON'): Promise<TierPreview> {
  const month = previousMonth(monthOf(day))
  const counted = await contributionCounted(tx, month)
  return tx.asRole('engine', async () => {
    await tx.run(sql`SET LOCAL enable_nestloop = off`)
    const rows = await tx.all(sql<{ from: 'T1'; to: 'T1'; customers: number }>`
      WITH ${merits(month, rules.filter((rule) => rule.kind === kind), counted)},
      after AS (
        SELECT h.tier AS held, CASE WHEN m.now < h.tier OR h.tier = 'P' THEN m.now WHEN least(m.now, m.before, m.before_that) > h.tier THEN least(m.now, m.before, m.before_that) ELSE h.tier END AS tier
        FROM merit m JOIN tier_held h ON h.customer_id = m.customer_id AND h.from_date <= ${day} AND (h.to_date IS NULL OR h.to_date > ${day}))
      SELECT held AS "from", tier AS "to", count(*)::int AS customers FROM after GROUP BY held, tier ORDER BY held, tier`)
    await tx.run(sql`SET LOCAL enable_nestloop = on`)
    const judged = rows.reduce((sum, row) => sum + row.customers, 0)
    return { month, judged: judged < 5 ? 0 : judged, moves: judged < 5 ? [] : rows.filter((row) => row.from !== row.to) }
  })
}
