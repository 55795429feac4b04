import { sql } from '../foundation/database/transaction.ts'
import { bulk, quiet } from '../foundation/store/store.ts'
import { settleAlerts } from './settle-alerts.ts'
import { limitsOf, type WatchRun } from './watch-run.ts'

/** Talks of this time before the end count as talks about it. */
const talkedWithin = 90

/**
 * One list of everything that ends (W3). Each view named <capability>_maturity_facts is a source; this list does not know them by name. What a source tells is taken over; what it tells no longer is withdrawn,
 * or, when the same thing now ends later, renewed. What a person entered stays. Then: who has something ending soon that was neither prepared nor talked about.
 */
export async function refreshMaturities(run: WatchRun): Promise<void> {
  const { tx, batch, why, effects, businessDate, bankCode } = run
  const sources = await tx.all(sql<{ name: string }>`SELECT viewname::text AS name FROM pg_views WHERE schemaname = 'public' AND viewname LIKE '%\\_maturity\\_facts' ORDER BY 1`)
  for (const { name } of sources) {
    await quiet(tx, 'maturity_draft', 'add', sql`
      INSERT INTO maturity_draft (customer_id, source, kind, object_key, name_zh, name_en, amount_fen, currency, ends_on, outcome)
      SELECT customer_id, ${name.replace(/_maturity_facts$/, '')}, kind, object_key, name_zh, name_en, amount_fen, currency, ends_on, outcome FROM ${sql.table(name)}`)
  }
  const same = sql`d.customer_id = m.customer_id AND d.source = m.source AND d.kind = m.kind AND d.object_key = m.object_key`
  effects.push(await bulk(tx, {
    table: 'maturity', what: 'change', why, batch, alias: 'm', about: { what: 'renewed or withdrawn' },
    statement: sql`UPDATE maturity m SET result = CASE WHEN l.later THEN 'RENEWED' END, result_on = CASE WHEN l.later THEN ${businessDate}::date END, result_fen = CASE WHEN l.later THEN m.amount_fen END,
        withdrawn_on = CASE WHEN l.later THEN NULL ELSE ${businessDate}::date END, batch_id = ${batch}::uuid
      FROM (SELECT m.customer_id, m.id, EXISTS (SELECT FROM maturity_draft d WHERE ${same} AND d.ends_on > m.ends_on) AS later FROM maturity m
        WHERE m.result IS NULL AND m.withdrawn_on IS NULL AND NOT EXISTS (SELECT FROM maturity_draft d WHERE ${same} AND d.ends_on = m.ends_on)) l
      WHERE l.customer_id = m.customer_id AND l.id = m.id`,
  }))
  effects.push(await bulk(tx, {
    table: 'maturity', what: 'change', why, batch, alias: 'm', about: { what: 'as told' },
    statement: sql`UPDATE maturity m SET name_zh = d.name_zh, name_en = d.name_en, amount_fen = d.amount_fen, currency = d.currency, withdrawn_on = NULL, batch_id = ${batch}::uuid,
        result = coalesce(m.result, d.outcome), result_on = CASE WHEN m.result IS NULL AND d.outcome IS NOT NULL THEN ${businessDate}::date ELSE m.result_on END
      FROM maturity_draft d WHERE ${same} AND d.ends_on = m.ends_on AND (m.result IS NULL OR m.result_by IS NULL)
        AND (m.name_zh, m.name_en, m.amount_fen, m.currency, m.withdrawn_on, m.result) IS DISTINCT FROM (d.name_zh, d.name_en, d.amount_fen, d.currency, NULL::date, coalesce(m.result, d.outcome))`,
  }))
  effects.push(await bulk(tx, {
    table: 'maturity', what: 'add', why, batch,
    statement: sql`INSERT INTO maturity (customer_id, id, source, kind, object_key, name_zh, name_en, amount_fen, currency, ends_on, result, result_on, scope_path, viewers, batch_id)
      SELECT d.customer_id, uuid7(), d.source, d.kind, d.object_key, d.name_zh, d.name_en, d.amount_fen, d.currency, d.ends_on, d.outcome, CASE WHEN d.outcome IS NOT NULL THEN ${businessDate}::date END, k.scope_path, k.viewers, ${batch}::uuid
      FROM maturity_draft d JOIN customers_customer_facts k ON k.customer_id = d.customer_id WHERE NOT EXISTS (SELECT FROM maturity m WHERE ${same} AND d.ends_on = m.ends_on) ORDER BY 1, d.ends_on`,
  }))
  await quiet(tx, 'maturity_draft', 'remove', sql`DELETE FROM maturity_draft`)

  // an instalment needs no talk: it is the overdue loan that does
  await quiet(tx, 'alert_draft', 'add', sql`
    INSERT INTO alert_draft (customer_id, kind, about, raised_on, due_on, amount_fen, detail, limit_version)
    SELECT m.customer_id, 'MATURITY', m.id::text, ${businessDate}::date, m.ends_on, coalesce(m.amount_fen, 0), jsonb_build_object('what', m.kind, 'nameZh', m.name_zh, 'nameEn', m.name_en, 'endsOn', m.ends_on), l.version
    FROM maturity m JOIN customers_customer_facts k ON k.customer_id = m.customer_id JOIN (${limitsOf('MATURITY', bankCode, businessDate)}) l ON l.customer_kind = k.kind
    WHERE m.ends_on BETWEEN ${businessDate}::date AND ${businessDate}::date + l.days AND m.result IS NULL AND m.withdrawn_on IS NULL AND m.prepared_on IS NULL AND m.kind <> 'LOAN_INSTALMENT'
      AND NOT EXISTS (SELECT FROM visits_contact_facts f WHERE f.customer_id = m.customer_id AND f.effective AND f.purpose = 'MATURITY' AND f.business_date > m.ends_on - ${talkedWithin}::int)`)
  await settleAlerts(run, ['MATURITY'])
}
