import { sql } from '../foundation/database/transaction.ts'
import { bulk, quiet } from '../foundation/store/store.ts'
import { limitsOf, type WatchRun } from './watch-run.ts'

/**
 * Names outside of the bank that our customers pay, and that pay them (W5): summed over customers by the normalised name. Left out are customers, the payer's own name, public bodies, banks and payment firms, and the
 * bank's own people. Listed from so many payments or so large a sum on. What a person decided of a name stays.
 */
export async function refreshLeads({ tx, batch, why, effects, businessDate, bankCode }: WatchRun): Promise<void> {
  await quiet(tx, 'payee_draft', 'add', sql`
    INSERT INTO payee_draft (customer_id, direction, normal_name, name, payments, sum_fen, months, last_on, memo)
    WITH lim AS (${limitsOf('PAYEE_LEAD', bankCode, businessDate)}),
    raw AS (
      SELECT t.customer_id, t.direction, t.counterparty_name AS name, count(*)::int AS payments, sum(t.amount_fen)::bigint AS sum_fen, array_agg(DISTINCT to_char(t.booked_on, 'YYYY-MM')) AS months, max(t.booked_on) AS last_on,
        mode() WITHIN GROUP (ORDER BY t.memo) AS memo
      FROM holdings_movement_facts t
      WHERE t.counterparty_name IS NOT NULL AND NOT t.own_account AND t.currency = (SELECT currency FROM bank) AND t.booked_on <= ${businessDate}::date AND t.booked_on > ${businessDate}::date - (SELECT max(days) FROM lim) GROUP BY 1, 2, 3),
    named AS (SELECT name, watch_normal_name(name) AS normal_name FROM (SELECT DISTINCT name FROM raw) n WHERE NOT watch_is_no_lead(name)),
    ours AS (SELECT DISTINCT watch_normal_name(name) AS normal_name FROM customers_customer_facts),
    people AS (SELECT DISTINCT staff_name FROM organisation_staff_facts),
    fit AS (
      SELECT n.name, n.normal_name FROM named n WHERE n.normal_name <> '' AND NOT EXISTS (SELECT FROM ours o WHERE o.normal_name = n.normal_name) AND NOT EXISTS (SELECT FROM people p WHERE p.staff_name = n.name))
    SELECT r.customer_id, CASE r.direction WHEN 'OUT' THEN 'PAYEE' ELSE 'BUYER' END, f.normal_name, r.name, r.payments, r.sum_fen, r.months, r.last_on, r.memo FROM raw r JOIN fit f ON f.name = r.name`)
  const limit = sql`(SELECT min(version) AS version, min(least_fen) AS least_fen, min(times) AS times FROM (${limitsOf('PAYEE_LEAD', bankCode, businessDate)}) l)`
  // the months are counted once for all names: asked for each name by itself, a bank of 3,000 customers took minutes
  const summed = sql`
    SELECT s.*, m.months FROM (
      SELECT d.direction, d.normal_name, mode() WITHIN GROUP (ORDER BY d.name) AS name, count(DISTINCT d.customer_id)::int AS customers, sum(d.payments)::int AS payments, sum(d.sum_fen)::bigint AS sum_fen, max(d.last_on) AS last_on,
        mode() WITHIN GROUP (ORDER BY d.memo) AS memo
      FROM payee_draft d GROUP BY 1, 2) s
    JOIN (SELECT x.direction, x.normal_name, count(DISTINCT u.month)::int AS months FROM payee_draft x CROSS JOIN LATERAL unnest(x.months) u (month) GROUP BY 1, 2) m ON m.direction = s.direction AND m.normal_name = s.normal_name`
  const listed = sql`SELECT s.*, l.version FROM (${summed}) s CROSS JOIN ${limit} l WHERE s.payments >= l.times OR s.sum_fen >= l.least_fen`
  await tx.run(sql`SELECT refresh_statistics(ARRAY['payee_draft'])`)
  effects.push(await bulk(tx, {
    table: 'payee_lead', what: 'change', why, batch, alias: 'p', about: { what: 'below the limit' },
    statement: sql`UPDATE payee_lead p SET listed = false, batch_id = ${batch}::uuid WHERE p.listed AND NOT EXISTS (SELECT FROM (${listed}) n WHERE n.direction = p.direction AND n.normal_name = p.normal_name)`,
  }))
  effects.push(await bulk(tx, {
    table: 'payee_lead', what: 'change', why, batch, alias: 'p', sums: ['sum_fen'],
    statement: sql`UPDATE payee_lead p SET name = n.name, customers = n.customers, payments = n.payments, sum_fen = n.sum_fen, months = n.months, last_on = n.last_on, memo = n.memo, as_of = ${businessDate}::date, listed = true, limit_version = n.version,
        batch_id = ${batch}::uuid
      FROM (${listed}) n WHERE n.direction = p.direction AND n.normal_name = p.normal_name
        AND (p.name, p.customers, p.payments, p.sum_fen, p.months, p.last_on, p.memo, p.as_of, p.listed, p.limit_version) IS DISTINCT FROM (n.name, n.customers, n.payments, n.sum_fen, n.months, n.last_on, n.memo, ${businessDate}::date, true, n.version)`,
  }))
  effects.push(await bulk(tx, {
    table: 'payee_lead', what: 'add', why, batch, sums: ['sum_fen'],
    statement: sql`INSERT INTO payee_lead (id, direction, normal_name, name, customers, payments, sum_fen, months, last_on, memo, as_of, listed, limit_version, batch_id)
      SELECT uuid7(), n.direction, n.normal_name, n.name, n.customers, n.payments, n.sum_fen, n.months, n.last_on, n.memo, ${businessDate}::date, true, n.version, ${batch}::uuid FROM (${listed}) n
      WHERE NOT EXISTS (SELECT FROM payee_lead p WHERE p.direction = n.direction AND p.normal_name = n.normal_name) ORDER BY 2, 3`,
  }))
  // who stands behind a listed lead
  const behind = sql`
    SELECT d.customer_id, p.id AS lead_id, sum(d.payments)::int AS payments, sum(d.sum_fen)::bigint AS sum_fen, max(d.last_on) AS last_on
    FROM payee_draft d JOIN payee_lead p ON p.direction = d.direction AND p.normal_name = d.normal_name AND p.listed GROUP BY 1, 2`
  effects.push(await bulk(tx, {
    table: 'payee_payer', what: 'remove', why, batch, alias: 'y',
    statement: sql`DELETE FROM payee_payer y WHERE NOT EXISTS (SELECT FROM (${behind}) n WHERE n.customer_id = y.customer_id AND n.lead_id = y.lead_id)`,
  }))
  effects.push(await bulk(tx, {
    table: 'payee_payer', what: 'change', why, batch, alias: 'y', sums: ['sum_fen'],
    statement: sql`UPDATE payee_payer y SET payments = n.payments, sum_fen = n.sum_fen, last_on = n.last_on, batch_id = ${batch}::uuid FROM (${behind}) n
      WHERE n.customer_id = y.customer_id AND n.lead_id = y.lead_id AND (y.payments, y.sum_fen, y.last_on) IS DISTINCT FROM (n.payments, n.sum_fen, n.last_on)`,
  }))
  effects.push(await bulk(tx, {
    table: 'payee_payer', what: 'add', why, batch, sums: ['sum_fen'],
    statement: sql`INSERT INTO payee_payer (customer_id, id, lead_id, payments, sum_fen, last_on, scope_path, viewers, batch_id)
      SELECT n.customer_id, uuid7(), n.lead_id, n.payments, n.sum_fen, n.last_on, k.scope_path, k.viewers, ${batch}::uuid FROM (${behind}) n JOIN customers_customer_facts k ON k.customer_id = n.customer_id
      WHERE NOT EXISTS (SELECT FROM payee_payer y WHERE y.customer_id = n.customer_id AND y.lead_id = n.lead_id) ORDER BY 1, 3`,
  }))
  await quiet(tx, 'payee_draft', 'remove', sql`DELETE FROM payee_draft`)
}
