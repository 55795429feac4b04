import { sql, type Transaction } from '../foundation/database/transaction.ts'

/** Where the customer is kept that holds this number: the outlet's name in both languages and nothing else. Null: nobody holds it. */
export function holderOf(tx: Transaction, kind: string, hash: Buffer, day: string): Promise<{ zh: string; en: string } | null> {
  return tx.asRole('engine', async () => (await tx.maybe(sql<{ zh: string; en: string }>`
    SELECT coalesce(o.name, '其他网点') AS zh, coalesce(o.name_en, 'another outlet') AS en FROM identifier i
    LEFT JOIN customer c ON c.customer_id = i.customer_id
    LEFT JOIN organisation_institution_facts o ON o.institution_key = c.outlet_key AND o.from_date <= ${day} AND (o.to_date IS NULL OR o.to_date > ${day})
    WHERE i.kind = ${kind} AND i.value_hash = ${hash}`)) ?? null)
}
