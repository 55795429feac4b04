import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { ContactPolicy } from './contact-frequency.rules.ts'

/** The contact policy of a tier and region in force on a day; the region's own row wins over '*'. A prospect is recorded under the rule of T4. */
export async function readPolicy(tx: Transaction, tier: string, region: string, day: string): Promise<ContactPolicy> {
  const row = await tx.one(sql<{ version: string; contact_window: ContactPolicy['window']; record_within: number; first_duty_until_day: number }>`
    SELECT version, contact_window, record_within, first_duty_until_day FROM contact_policy
    WHERE tier = ${tier === 'P' ? 'T4' : tier} AND region IN ('*', ${region}) AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})
    ORDER BY region = '*' LIMIT 1`)
  return { version: row.version, window: row.contact_window, recordWithin: row.record_within, firstDutyUntilDay: row.first_duty_until_day }
}
