import { viewsEnding } from '../../foundation/database/contributed-views.ts'
import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk, type BulkResult } from '../../foundation/store/store.ts'
import { holdInForce } from './engine-name-customer.ts'
import { retentions, retentionVersion } from './retention-table.ts'
import { rulesOn, type RetentionFacts } from './retention.rules.ts'

export type KnownFacts = RetentionFacts & { customerId: string; number: string; kind: 'CORPORATE' | 'PERSON'; rule: string | null; lastOn: string | null }

/**
 * What each customer's capabilities tell of its retention (views …_retention_facts), by the rules in force on the day: when the last of its terms runs out, and what keeps it whatever the day. A statement over the
 * customers that `who` names. Run as `batch`.
 */
async function knownSql(tx: Transaction, day: string, who: Sql): Promise<Sql<KnownFacts>> {
  const views = await viewsEnding(tx, '_retention_facts')
  const years = rulesOn(retentions, day).filter((rule) => rule.years !== null).map((rule) => ({ code: rule.code, years: rule.years }))
  const facts = sql.join(views.map((view) => sql`SELECT v.customer_id, v.what, v.rule, v.day FROM ${sql.table(view)} v JOIN candidate c ON c.customer_id = v.customer_id`), sql` UNION ALL `)
  return sql<KnownFacts>`
    WITH candidate AS (SELECT customer_id, number, kind, status FROM customers_customer_facts WHERE ${who}),
    term AS (SELECT code, years FROM jsonb_to_recordset(${JSON.stringify(years)}::jsonb) AS t (code text, years int)),
    fact AS (${facts} UNION ALL SELECT d.customer_id, 'RECORD', 'CONDUCT', d.day FROM classed_retention_days() d JOIN candidate c ON c.customer_id = d.customer_id),
    due AS (
      SELECT f.customer_id, f.what, f.rule, f.day, (f.day + make_interval(years => t.years))::date AS due_on, f.what IN ('ACCOUNT', 'LOAN') AND (f.day IS NULL OR f.day > ${day}) AS live, f.what NOT IN ('ACCOUNT', 'LOAN') AND f.day IS NULL AS lasts
      FROM fact f JOIN term t ON t.code = f.rule)
    SELECT c.customer_id AS "customerId", c.number, c.kind, c.status, coalesce(d.live, false) AS "liveProducts", coalesce(d.lasts, false) AS lasts, d.due_on AS "dueOn", d.rule, d.last_on AS "lastOn",
      EXISTS (SELECT FROM legal_hold h WHERE h.customer_id = c.customer_id AND ${holdInForce}) AS held
    FROM candidate c LEFT JOIN (
      SELECT customer_id, bool_or(live) AS live, bool_or(lasts) AS lasts, max(due_on) AS due_on, (array_agg(rule ORDER BY due_on DESC NULLS LAST, rule))[1] AS rule, (array_agg(day ORDER BY due_on DESC NULLS LAST, rule))[1] AS last_on
      FROM due GROUP BY customer_id) d ON d.customer_id = c.customer_id`
}

/** What is known of one customer; undefined: there is none, or its values were destroyed. Run as `batch`. */
export async function retentionOf(tx: Transaction, customerId: string, day: string): Promise<KnownFacts | undefined> {
  return tx.maybe(await knownSql(tx, day, sql`customer_id = ${customerId}::uuid`))
}

/**
 * The day's proposals: every customer whose terms have all run out and whom nothing keeps (the rule faultOfRetention as a statement), unless a proposal stands or was returned within the last year. Run as `batch`.
 * Twice proposes nothing more.
 */
export async function proposeDue(tx: Transaction, day: string, batch: string): Promise<BulkResult> {
  const known = await knownSql(tx, day, sql`status <> 'ACTIVE'`)
  return bulk(tx, {
    table: 'retention_case', what: 'add', why: '资料超过保存期限', batch,
    statement: sql`INSERT INTO retention_case (customer_id, id, customer_number, customer_kind, rule, last_on, due_on, table_version, proposed_on, batch_id)
      SELECT k."customerId", uuid7(), k.number, k.kind, k.rule, k."lastOn", k."dueOn", ${retentionVersion}, ${day}::date, ${batch}::uuid FROM (${known}) k
      WHERE NOT k."liveProducts" AND NOT k.lasts AND NOT k.held AND k."dueOn" <= ${day}
        AND NOT EXISTS (SELECT FROM retention_case r WHERE r.customer_id = k."customerId" AND (r.state IN ('OPEN', 'AGREED') OR (r.state = 'RETURNED' AND r.ended_on > (${day}::date - interval '1 year'))))
      ORDER BY k."dueOn", k.number`,
  })
}

/** Proposals that stand although the customer came back, got a record or a product since: they lapse. A hold only stops them. Run as `batch`. */
export async function lapseOvertaken(tx: Transaction, day: string, batch: string): Promise<BulkResult> {
  const known = await knownSql(tx, day, sql`status <> 'ACTIVE' AND customer_id IN (SELECT customer_id FROM retention_case WHERE state IN ('OPEN', 'AGREED'))`)
  return bulk(tx, {
    table: 'retention_case', what: 'change', alias: 'r', why: '不再符合销毁条件', batch,
    statement: sql`UPDATE retention_case r SET state = 'LAPSED', ended_on = ${day}::date, batch_id = ${batch}::uuid
      WHERE r.state IN ('OPEN', 'AGREED') AND NOT EXISTS (SELECT FROM (${known}) k WHERE k."customerId" = r.customer_id AND NOT k."liveProducts" AND NOT k.lasts AND k."dueOn" <= ${day})`,
  })
}
