import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { monthOf, previousMonth } from '../../foundation/values/business-date.ts'
import type { TierRule, ValueTier } from '../tier.rules.ts'
import type { TierPreview } from './tier-rule.contract.ts'
import { contributionCounted, merits } from './work-out-merits.ts'

export type JudgedCount = { kind: 'CORPORATE' | 'PERSON'; from: ValueTier | 'P'; to: ValueTier; customers: number }

/** How many customers of the whole bank the rules would take from which tier to which (the same one too) by the last full month before `day`. Numbers only. */
export function judgeAll(tx: Transaction, day: string, rules: readonly TierRule[]): Promise<JudgedCount[]> {
  const month = previousMonth(monthOf(day))
  return tx.asRole('engine', async () => {
    const counted = await contributionCounted(tx, month)
    await tx.run(sql`SET LOCAL enable_nestloop = off`)
    const rows = await tx.all(sql<JudgedCount>`
      WITH ${merits(month, rules, counted)},
      after AS MATERIALIZED (
        SELECT m.kind, h.tier AS held, CASE WHEN m.now < h.tier OR h.tier = 'P' THEN m.now WHEN least(m.now, m.before, m.before_that) > h.tier THEN least(m.now, m.before, m.before_that) ELSE h.tier END AS tier
        FROM merit m JOIN tier_held h ON h.customer_id = m.customer_id AND h.from_date <= ${day} AND (h.to_date IS NULL OR h.to_date > ${day}))
      SELECT kind, held AS "from", tier AS "to", count(*)::int AS customers FROM after GROUP BY kind, held, tier ORDER BY kind, held, tier`)
    await tx.run(sql`SET LOCAL enable_nestloop = on`)
    return rows
  })
}

/** What rules of one kind would change, beside what those in force change anyway (a move of a core customer waits for its confirmation); fewer than five judged give no numbers. */
export async function previewTiers(tx: Transaction, day: string, rules: { changed: readonly TierRule[]; inForce: readonly TierRule[] }, kind: 'CORPORATE' | 'PERSON'): Promise<TierPreview> {
  const judge = (of: readonly TierRule[]): Promise<JudgedCount[]> => judgeAll(tx, day, of.filter((rule) => rule.kind === kind))
  const [rows, anyway] = [await judge(rules.changed), await judge(rules.inForce)]
  const judged = rows.reduce((sum, row) => sum + row.customers, 0)
  const countOf = (list: readonly JudgedCount[], from: string, to: string): number => list.find((row) => row.from === from && row.to === to)?.customers ?? 0
  const pairs = [...new Map([...rows, ...anyway].filter(({ from, to }) => from !== to).map(({ from, to }) => [`${from} ${to}`, { from, to }] as const)).entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair)
  const moves = pairs.map(({ from, to }) => ({ from, to, customers: countOf(rows, from, to), anyway: countOf(anyway, from, to) }))
  return { month: previousMonth(monthOf(day)), judged: judged < 5 ? 0 : judged, moves: judged < 5 ? [] : moves }
}
