import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { monthStart } from '../../foundation/values/business-date.ts'

/** The median of the pre-tax contribution of the bank's customers of a kind and tier in a month; null when there are fewer than five. */
export async function medianOfTier(tx: Transaction, { month, kind, tier }: { month: string; kind: string; tier: string }): Promise<{ preTaxFen: string; customers: number } | null> {
  const { customers, median } = await tx.asRole('engine', () => tx.one(sql<{ customers: number; median: string | null }>`
    SELECT count(*)::int AS customers, (percentile_disc(0.5) WITHIN GROUP (ORDER BY c.pre_tax_fen))::text AS median
    FROM customers_customer_facts k JOIN customers_contribution_facts c ON c.customer_id = k.customer_id AND c.month_start = ${monthStart(month)} WHERE k.kind = ${kind} AND k.tier = ${tier} AND k.status <> 'CLOSED'`))
  return customers < 5 || median === null ? null : { preTaxFen: median, customers }
}
