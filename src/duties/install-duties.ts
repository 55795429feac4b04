import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { dutyTable } from './duty-table.ts'

/**
 * The duties of the product become rows, once each; what the bank changed since stays. One that waited for a capability which has come since runs from now on. Returns how many were new.
 */
export async function installDuties(tx: Transaction, day: string): Promise<number> {
  const rows = dutyTable.map((row) => ({
    code: row.code, name: row.name, name_en: row.nameEn, posts: row.posts, trigger: row.trigger, period: row.period ?? null, event: row.event ?? null, due_rule: row.due, content: row.content, content_en: row.contentEn, evidence: row.evidence,
    evidence_en: row.evidenceEn, fact: row.fact ?? null, address: row.address ?? null, escalation: row.escalation, missing: row.missing ?? null, source: row.source,
  }))
  const { count } = await bulk(tx, {
    table: 'duty_kind', what: 'add', why: 'duties of the product', batch: newId(),
    statement: sql`
      INSERT INTO duty_kind (code, version, name, name_en, own, posts, trigger, period, event, due_rule, content, content_en, evidence, evidence_en, fact, address, escalation, missing, source, from_date, entered_on, confirmed_on)
      SELECT r.code, 1, r.name, r.name_en, false, r.posts, r.trigger, r.period, r.event, r.due_rule, r.content, r.content_en, r.evidence, r.evidence_en, r.fact, r.address, r.escalation, r.missing, r.source, '1900-01-01', ${day}::date, ${day}::date
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (code text, name text, name_en text, posts text[], trigger text, period text, event text, due_rule jsonb, content text, content_en text, evidence text, evidence_en text,
        fact text, address text, escalation jsonb, missing text, source text)
      WHERE NOT EXISTS (SELECT FROM duty_kind d WHERE d.code = r.code)
      ON CONFLICT DO NOTHING`,
  })
  const running = dutyTable.filter((row) => row.missing === undefined).map((row) => ({ code: row.code, fact: row.fact ?? null, address: row.address ?? null, due_rule: row.due }))
  await bulk(tx, {
    table: 'duty_kind', what: 'change', why: 'the capability of the duty has come', batch: newId(), alias: 'd',
    statement: sql`
      UPDATE duty_kind d SET missing = NULL, fact = r.fact, address = r.address, due_rule = r.due_rule FROM jsonb_to_recordset(${JSON.stringify(running)}::jsonb) AS r (code text, fact text, address text, due_rule jsonb)
      WHERE d.code = r.code AND NOT d.own AND d.version = 1 AND d.missing IS NOT NULL`,
  })
  return count
}
