import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { tierRulesOn, tierTable } from '../tier-table.ts'
import type { TierLines, TierRow, TierRule, ValueTier } from '../tier.rules.ts'

export type StoredRule = {
  kind: 'CORPORATE' | 'PERSON'; region: string; from: string; to: string | null; version: string; basis: string
  t1: string; t2: string; t3: string; t1Contribution: string | null; t2Contribution: string | null; credit: ValueTier | null; linesMin: number | null; linesTier: ValueTier | null; strategic: ValueTier | null; confirmCore: boolean
}

/** The bank's own rules, those of the past too. */
export function readStoredRules(tx: Transaction): Promise<StoredRule[]> {
  return tx.all(sql<StoredRule>`
    SELECT kind, region, from_date AS "from", to_date AS "to", version, legal_basis AS basis, t1_fen::text AS t1, t2_fen::text AS t2, t3_fen::text AS t3, t1_contribution_fen::text AS "t1Contribution",
      t2_contribution_fen::text AS "t2Contribution", credit, lines_min AS "linesMin", lines_tier AS "linesTier", strategic, confirm_core AS "confirmCore"
    FROM tier_rule ORDER BY kind, region <> '*', region, from_date DESC`)
}

export function linesOf(rule: Omit<StoredRule, 'kind' | 'region' | 'from' | 'to' | 'version' | 'basis'>): TierLines {
  return {
    T1: BigInt(rule.t1), T2: BigInt(rule.t2), T3: BigInt(rule.t3), credit: rule.credit, strategic: rule.strategic, confirmCore: rule.confirmCore,
    contribution: rule.t1Contribution === null || rule.t2Contribution === null ? null : { T1: BigInt(rule.t1Contribution), T2: BigInt(rule.t2Contribution) },
    products: rule.linesMin === null || rule.linesTier === null ? null : { least: rule.linesMin, tier: rule.linesTier },
  }
}

/** The rules that hold on a day: the table of the product, and over it the bank's own by region and kind. */
export function rulesOn(stored: readonly StoredRule[], bankCode: string, day: string, table: readonly TierRow[] = tierTable): TierRule[] {
  const own = stored.filter((rule) => rule.from <= day && (rule.to === null || rule.to > day)).map((rule) => ({ kind: rule.kind, region: rule.region, version: rule.version, lines: linesOf(rule) }))
  const left = tierRulesOn(bankCode, day, table).filter((rule) => !own.some((one) => one.kind === rule.kind && one.region === rule.region))
  return [...own, ...left]
}
