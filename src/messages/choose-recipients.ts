import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { Channel, ExclusionReason } from './message.contract.ts'
import { exclusionOf, type RecipientFacts } from './message.rules.ts'

/** A customer who might get a message, on a day, for an occasion. */
export type Candidate = { customerId: string; sendOn: string; occasion: string; /** After it the message would be late. */ untilDay?: string }
export type Recipient = Candidate & { name: string; number: string; reason: ExclusionReason | null }

export type Policy = { version: string; quietFrom: string; quietTo: string; most: number; tries: number; staffFrom: string; staffTo: string; noticeDays: number }

/** The rules in force on a day. */
export function policyOn(tx: Transaction, day: string): Promise<Policy> {
  return tx.one(sql<Policy>`SELECT version, quiet_from AS "quietFrom", quiet_to AS "quietTo", most_in_30_days AS most, tries, staff_from AS "staffFrom", staff_to AS "staffTo", notice_days AS "noticeDays" FROM message_policy WHERE from_date <= ${day} ORDER BY from_date DESC LIMIT 1`)
}

/** What is known of each candidate, and whether he is left out. One statement; the same when a message is made and (for one customer, without the message itself) when it is sent. Runs as batch. */
export async function judgeRecipients(tx: Transaction, candidates: readonly Candidate[], { staffKey, channel, most, except = null }: { staffKey: number; channel: Channel; most: number; except?: string | null }): Promise<Recipient[]> {
  if (candidates.length === 0) return []
  const rows = await tx.all(sql<Omit<Recipient, 'reason'> & RecipientFacts>`
    SELECT o.customer_id AS "customerId", o.send_on AS "sendOn", o.occasion, c.name, c.number, c.status, c.main_staff_key IS NOT DISTINCT FROM ${staffKey}::int AS mine,
      CASE WHEN bool_or(f.given_on <= o.send_on AND (f.withdrawn_on IS NULL OR f.withdrawn_on > o.send_on) AND (f.valid_until IS NULL OR f.valid_until >= o.send_on)) THEN 'HELD'
        WHEN count(f.consent_id) FILTER (WHERE f.given_on <= o.send_on) = 0 THEN 'NONE' WHEN bool_or(f.withdrawn_on <= o.send_on) THEN 'WITHDRAWN' ELSE 'EXPIRED' END AS consent,
      EXISTS (SELECT FROM customers_wish_facts w WHERE w.customer_id = o.customer_id AND w.no_messages) AS "noMessages",
      EXISTS (SELECT FROM message m WHERE m.customer_id = o.customer_id AND m.occasion = o.occasion AND m.state NOT IN ('WITHDRAWN', 'FAILED') AND m.id IS DISTINCT FROM ${except}::uuid) AS greeted,
      EXISTS (SELECT FROM customers_address_facts a WHERE a.customer_id = o.customer_id AND a.channel = ${channel}) AS "hasAddress",
      (SELECT count(*)::int FROM message m WHERE m.customer_id = o.customer_id AND m.send_on > o.send_on - 30 AND m.state NOT IN ('WITHDRAWN', 'FAILED') AND m.id IS DISTINCT FROM ${except}::uuid) AS recent
    FROM unnest(${candidates.map((one) => one.customerId)}::uuid[], ${candidates.map((one) => one.sendOn)}::date[], ${candidates.map((one) => one.occasion)}::text[]) o(customer_id, send_on, occasion)
    JOIN customers_customer_facts c ON c.customer_id = o.customer_id
    LEFT JOIN customers_consent_facts f ON f.customer_id = o.customer_id AND f.consent_for = 'MARKETING'
    GROUP BY o.customer_id, o.send_on, o.occasion, c.name, c.number, c.status, c.main_staff_key ORDER BY o.send_on, c.name, o.customer_id`)
  return rows.map(({ customerId, sendOn, occasion, name, number, ...facts }) => ({ customerId, sendOn, occasion, name, number, reason: exclusionOf(facts, most) }))
}
