import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { addDays } from '../../foundation/values/business-date.ts'
import { looksAfterPersons, type PoolCustomer, type PoolManager } from './allocation.rules.ts'
import { readLoads } from './engine-read-load.ts'
import type { LoadTier } from './load.rules.ts'

const asEngine = <T>(tx: Transaction, work: () => Promise<T>): Promise<T> => tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', work)

/** Days before the allocation over which assets are averaged (2.7: moved in during the period). */
const assetDays = 30

export type HighEnd = PoolCustomer & { number: string; name: string }
type Row = { customer_id: string; number: string; name: string; outlet_key: number; tier: LoadTier; has_loan: boolean; aum: string; not_with: number[] }

/** High-end persons of the pool in a line (null: of the bank): without any manager on the day, not claimed, on no list and in no open proposal. `k`: customer. */
const inPool = (day: string, linePath: string | null, tiers: readonly string[]): Sql => sql`
  k.main_staff_key IS NULL AND k.kind = 'PERSON' AND k.status = 'ACTIVE' AND k.merged_into IS NULL AND k.tier = ANY(${[...tiers]}::text[])
  ${linePath === null ? sql`` : sql`AND k.scope_path >= ${linePath} AND k.scope_path < ${`${linePath}/`}`}
  AND NOT EXISTS (SELECT FROM assignment a WHERE a.customer_id = k.customer_id AND (a.to_date IS NULL OR a.to_date > ${day}) AND a.to_date IS DISTINCT FROM a.from_date)
  AND NOT EXISTS (SELECT FROM pool_claim c WHERE c.customer_id = k.customer_id AND c.state = 'OPEN')
  AND NOT EXISTS (SELECT FROM pool_allocation_line l WHERE l.customer_id = k.customer_id AND l.state = 'PROPOSED')`
/** What a customer has on average over the 30 days before a day, deposits and wealth products in the bank's currency: by it he is ranked, and it is frozen when he is given to a manager. */
const averageAssets = (customer: Sql, day: string): Sql => {
  const from = addDays(day, -assetDays)
  return sql`SELECT coalesce(round(sum(b.balance_fen::numeric * (least(coalesce(b.to_date, ${day}::date), ${day}::date) - greatest(b.from_date, ${from}::date))) / ${assetDays}::int), 0)::bigint AS aum
    FROM holdings_balance_facts b WHERE b.customer_id = ${customer} AND b.line IN ('DEPOSIT', 'WEALTH') AND b.currency = (SELECT currency FROM bank) AND b.from_date < ${day}::date AND (b.to_date IS NULL OR b.to_date > ${from}::date)`
}

/** The high-end persons of the pool, the largest first. Nobody holds them, so no other scope is asked: who may propose for the line sees them in its pool. */
export async function readHighEndPool(tx: Transaction, day: string, linePath: string | null, tiers: readonly string[], most: number): Promise<HighEnd[]> {
  const rows = await asEngine(tx, () => tx.all(sql<Row>`
    WITH pool AS MATERIALIZED (SELECT k.customer_id, k.number, k.name, k.outlet_key, k.tier, k.loan_fen > 0 AS has_loan FROM customer k WHERE ${inPool(day, linePath, tiers)})
    SELECT p.*, v.aum::text AS aum, coalesce(x.not_with, '{}') AS not_with FROM pool p
    CROSS JOIN LATERAL (${averageAssets(sql`p.customer_id`, day)}) v
    LEFT JOIN LATERAL (SELECT array_agg(e.staff_key) AS not_with FROM pool_exclusion e WHERE e.customer_id = p.customer_id) x ON true
    ORDER BY v.aum DESC, p.customer_id LIMIT ${most}`))
  return rows.map((row) => ({ id: row.customer_id, number: row.number, name: row.name, outletKey: row.outlet_key, tier: row.tier, hasLoan: row.has_loan, aumFen: BigInt(row.aum), notWith: row.not_with }))
}

/** How many they are, as far as `most`. */
export async function countHighEndPool(tx: Transaction, day: string, linePath: string | null, tiers: readonly string[], most: number): Promise<number> {
  return (await asEngine(tx, () => tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM (SELECT FROM customer k WHERE ${inPool(day, linePath, tiers)} LIMIT ${most}) n`))).n
}

export async function assetsBefore(tx: Transaction, customerId: string, day: string): Promise<bigint> {
  return BigInt((await asEngine(tx, () => tx.one(sql<{ aum: string }>`SELECT aum::text AS aum FROM (${averageAssets(sql`${customerId}::uuid`, day)}) v`))).aum)
}

/** Managers of a line who look after persons, with their exact loads. A lead who holds customers besides is none: he proposes. */
export async function readPoolManagers(tx: Transaction, day: string, linePath: string | null): Promise<PoolManager[]> {
  const rms = await asEngine(tx, () => tx.all(sql<{ staff_key: number; staff_no: string }>`
    SELECT DISTINCT staff_key, staff_no FROM organisation_post_facts WHERE post_code = 'RM' AND breadth <> 'NONE' AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})
      ${linePath === null ? sql`` : sql`AND line_path >= ${linePath} AND line_path < ${`${linePath}/`}`} ORDER BY staff_key`))
  const numbers = new Map(rms.map((one) => [one.staff_key, one.staff_no]))
  const loads = await readLoads(tx, day, { staffKeys: [...numbers.keys()] })
  return loads.flatMap((load): PoolManager[] => {
    const held = (classes: readonly string[]): number => load.lines.reduce((sum, one) => sum + (classes.includes(one.loadClass) ? one.mains + one.others : 0), 0)
    if (!looksAfterPersons({ persons: held(['PERSON', 'PERSON_T1']), companies: held(['CREDIT', 'CORPORATE']) })) return []
    return [{ staffKey: load.staffKey, staffNo: numbers.get(load.staffKey) ?? '', placeKey: load.unitKey, grade: load.grade, load: load.exact }]
  })
}
