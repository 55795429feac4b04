import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { DueRule, Escalation, Period } from './duty.contract.ts'
import type { AnyFact } from './find-evidence.ts'

export type DutyInForce = {
  code: string; version: number; posts: string[]; unit_path: string | null; trigger: string; period: Period | null; event: string | null; due_rule: DueRule; fact: AnyFact | null; escalation: Escalation; from_date: string
}

/** The version of each duty that counts on a day; none of those that wait for a capability. */
export function inForce(tx: Transaction, day: string): Promise<DutyInForce[]> {
  return tx.all(sql<DutyInForce>`
    SELECT d.code, d.version, d.posts, u.scope_path AS unit_path, d.trigger, d.period, d.event, d.due_rule, d.fact, d.escalation, d.from_date
    FROM duty_kind d LEFT JOIN organisation_institution_facts u ON u.institution_key = d.unit_key AND u.from_date <= ${day} AND (u.to_date IS NULL OR u.to_date > ${day})
    WHERE d.missing IS NULL AND d.confirmed_on IS NOT NULL AND d.from_date <= ${day} AND (d.to_date IS NULL OR d.to_date > ${day}) AND d.trigger IN ('RECURRENCE', 'EVENT') AND (d.unit_key IS NULL OR u.scope_path IS NOT NULL)
    ORDER BY d.code`)
}
