import { sql, type Transaction } from '../foundation/database/transaction.ts'

/** Where the customer is kept that holds this number: the outlet's name in both languages and nothing else. Null: nobody holds it. */
export function holderOf(tx: Transaction, kind: string, hash: Buffer, day: string): Promise<{ zh: string; en: string } | null> {
  return tx.asRole('engine', async () => (await tx.maybe(sql<{ zh: string; en: string }>`
    SELECT coalesce(o.name, '其他网点') AS zh, coalesce(o.name_en, 'another outlet') AS en FROM identifier i
    LEFT JOIN customer c ON c.customer_id = i.customer_id
    LEFT JOIN organisation_institution_facts o ON o.institution_key = c.outlet_key AND o.from_date <= ${day} AND (o.to_date IS NULL OR o.to_date > ${day})
    WHERE i.kind = ${kind} AND i.value_hash = ${hash}`)) ?? null)
}

/** How many customers of the whole bank bear this name, and at which outlets (at most three): a masked reference, so that nobody is entered twice unseen. */
export function sameName(tx: Transaction, name: string, grams: readonly string[], day: string): Promise<{ count: number; zh: string; en: string }> {
  return tx.asRole('engine', () => tx.one(sql<{ count: number; zh: string; en: string }>`
    WITH same AS (SELECT c.outlet_key FROM customer c WHERE c.grams @> ${[...grams]}::text[] AND c.name = ${name} AND c.status <> 'CLOSED' LIMIT 100),
      places AS (SELECT o.name, o.name_en FROM (SELECT DISTINCT outlet_key FROM same) k
        JOIN organisation_institution_facts o ON o.institution_key = k.outlet_key AND o.from_date <= ${day} AND (o.to_date IS NULL OR o.to_date > ${day}) ORDER BY o.name LIMIT 3)
    SELECT (SELECT count(*)::int FROM same) AS count, (SELECT coalesce(string_agg(name, '、'), '') FROM places) AS zh, (SELECT coalesce(string_agg(name_en, ', '), '') FROM places) AS en`))
}
