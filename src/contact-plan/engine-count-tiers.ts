import { sql, type Transaction } from '../foundation/database/transaction.ts'

export type TierCount = { tier: string; region: string | null; customers: number }

/** How many customers each tier has in each region on a day: whom a change of the policy concerns. Numbers only, over the whole bank. */
export function countCustomersOfTiers(tx: Transaction, day: string): Promise<TierCount[]> {
  return tx.asRole('engine', () => tx.all(sql<TierCount>`
    SELECT c.tier, i.region, sum(c.customers)::int AS customers
    FROM (SELECT CASE tier WHEN 'P' THEN 'T4' ELSE tier END AS tier, outlet_key, count(*) AS customers FROM customers_customer_facts WHERE status <> 'CLOSED' GROUP BY 1, 2) c
    LEFT JOIN organisation_institution_facts i ON i.institution_key = c.outlet_key AND i.from_date <= ${day} AND (i.to_date IS NULL OR i.to_date > ${day})
    GROUP BY c.tier, i.region`))
}
