import { sql } from '../foundation/database/transaction.ts'
import { bulk, quiet } from '../foundation/store/store.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { settleAlerts } from './settle-alerts.ts'
import { limitsOf, workingDaysFrom, type WatchRun } from './watch-run.ts'

/** Movements of these days raise alerts; older ones that a first delivery brings are only listed. */
const alertDays = 7

/**
 * Large movements of these days (W2), one statement for all customers. Gross in and gross out over all accounts in the bank's currency. Left out is what went between own accounts and own products: known by the
 * other side (holdings' own_account), or by its counterpart: the same amount on the same day in the other direction on another own account, with no foreign name on either side. The average is that of the days
 * before the movement. A day that was worked out before is worked out anew: what is no longer large goes, with its alert, unless somebody answered it.
 */
export async function refreshMovements(run: WatchRun, days: readonly string[]): Promise<void> {
  const { tx, batch, why, effects, bankCode, calendar, businessDate } = run
  if (days.length === 0) return
  const asked = sql`${[...days]}::date[]`
  await quiet(tx, 'movement_draft', 'add', sql`
    INSERT INTO movement_draft (customer_id, day, in_fen, out_fen, adb_fen, threshold_fen, listed_in, listed_out, balance_after_fen, manager_share_pct, counterparties, limit_version)
    WITH here AS (SELECT currency FROM bank),
    lim AS (${limitsOf('LARGE_MOVEMENT', bankCode, businessDate)}),
    booked AS MATERIALIZED (
      SELECT t.customer_id, t.transaction_id, t.account_id, t.booked_on AS day, t.direction, t.amount_fen, t.own_account, t.counterparty_name, t.counterparty_bank, t.counterparty_tail, t.kind, t.memo, k.name,
        t.counterparty_name IS NULL OR watch_normal_name(t.counterparty_name) = watch_normal_name(k.name) AS unnamed
      FROM holdings_movement_facts t JOIN customers_customer_facts k ON k.customer_id = t.customer_id
      WHERE t.booked_on = ANY(${asked}) AND t.currency = (SELECT currency FROM here)),
    leg AS (
      SELECT customer_id, transaction_id, account_id, day, direction, amount_fen, row_number() OVER (PARTITION BY customer_id, day, amount_fen, direction ORDER BY transaction_id) AS turn
      FROM booked WHERE unnamed AND NOT own_account),
    inside AS (
      SELECT l.customer_id, l.transaction_id FROM leg l JOIN leg o ON o.customer_id = l.customer_id AND o.day = l.day AND o.amount_fen = l.amount_fen AND o.turn = l.turn AND o.direction <> l.direction AND o.account_id <> l.account_id),
    flow AS (SELECT b.* FROM booked b WHERE NOT b.own_account AND NOT EXISTS (SELECT FROM inside i WHERE i.customer_id = b.customer_id AND i.transaction_id = b.transaction_id)),
    gross AS (
      SELECT f.customer_id, f.day, coalesce(sum(f.amount_fen) FILTER (WHERE f.direction = 'IN'), 0)::bigint AS in_fen, coalesce(sum(f.amount_fen) FILTER (WHERE f.direction = 'OUT'), 0)::bigint AS out_fen
      FROM flow f GROUP BY 1, 2),
    -- who does not reach the fixed amount needs no average
    big AS MATERIALIZED (
      SELECT g.*, l.version, l.least_fen, l.share, l.days FROM gross g JOIN customers_customer_facts k ON k.customer_id = g.customer_id JOIN lim l ON l.customer_kind = k.kind WHERE g.in_fen >= l.least_fen OR g.out_fen >= l.least_fen),
    worth AS (
      SELECT b.customer_id, b.day, b.in_fen, b.out_fen, b.version, b.least_fen, b.share, b.days, coalesce(s.fen_days, 0) AS fen_days, coalesce(s.after_fen, 0)::bigint AS after_fen
      FROM big b LEFT JOIN LATERAL (
        SELECT sum(p.balance_fen::numeric * greatest(least(coalesce(p.to_date, b.day), b.day) - greatest(p.from_date, b.day - b.days), 0)) AS fen_days,
          sum(p.balance_fen) FILTER (WHERE p.from_date <= b.day AND (p.to_date IS NULL OR p.to_date > b.day)) AS after_fen
        FROM holdings_balance_facts p WHERE p.customer_id = b.customer_id AND p.line = 'DEPOSIT' AND p.currency = (SELECT currency FROM here)
          AND p.from_date <= b.day AND (p.to_date IS NULL OR p.to_date > b.day - b.days)) s ON true),
    listed AS MATERIALIZED (SELECT * FROM worth w WHERE greatest(w.in_fen, w.out_fen) * w.days >= w.share * w.fen_days),
    owner AS (
      SELECT DISTINCT ON (l.customer_id, l.day) l.customer_id, l.day, a.staff_key, a.share_pct FROM listed l
      JOIN customers_assignment_facts a ON a.customer_id = l.customer_id AND a.main AND a.from_date <= l.day AND (a.to_date IS NULL OR a.to_date > l.day) ORDER BY l.customer_id, l.day, a.from_date DESC),
    manager AS (
      SELECT o.staff_key, o.day, sum(p.balance_fen::numeric * a.share_pct / 100 * greatest(least(coalesce(p.to_date, o.day), o.day) - greatest(p.from_date, o.day - 30), 0)) AS fen_days
      FROM (SELECT DISTINCT staff_key, day FROM owner) o
      JOIN customers_assignment_facts a ON a.staff_key = o.staff_key AND a.from_date <= o.day AND (a.to_date IS NULL OR a.to_date > o.day)
      JOIN holdings_balance_facts p ON p.customer_id = a.customer_id AND p.line = 'DEPOSIT' AND p.currency = (SELECT currency FROM here) AND p.from_date <= o.day AND (p.to_date IS NULL OR p.to_date > o.day - 30)
      GROUP BY 1, 2),
    side AS (
      SELECT f.customer_id, f.day, f.direction, f.counterparty_name, min(f.counterparty_bank) AS bank, min(f.counterparty_tail) AS tail, min(coalesce(f.memo, f.kind)) AS memo, sum(f.amount_fen) AS fen,
        row_number() OVER (PARTITION BY f.customer_id, f.day, f.direction ORDER BY sum(f.amount_fen) DESC, f.counterparty_name) AS place
      FROM flow f JOIN listed l ON l.customer_id = f.customer_id AND l.day = f.day GROUP BY 1, 2, 3, 4),
    parties AS (
      SELECT customer_id, day, jsonb_agg(jsonb_build_object('direction', direction, 'name', counterparty_name, 'bank', bank, 'tail', tail, 'memo', memo, 'fen', fen::text) ORDER BY direction, place) AS list
      FROM side WHERE place <= 3 GROUP BY 1, 2)
    SELECT l.customer_id, l.day, l.in_fen, l.out_fen, round(l.fen_days / l.days)::bigint, greatest(l.least_fen, round(l.share * l.fen_days / l.days))::bigint,
      l.in_fen >= l.least_fen AND l.in_fen * l.days >= l.share * l.fen_days, l.out_fen >= l.least_fen AND l.out_fen * l.days >= l.share * l.fen_days,
      l.after_fen, CASE WHEN m.fen_days > 0 THEN least(round(l.fen_days * 30 / l.days * o.share_pct / m.fen_days, 2), 99999.99) END, coalesce(p.list, '[]'), l.version
    FROM listed l LEFT JOIN owner o ON o.customer_id = l.customer_id AND o.day = l.day LEFT JOIN manager m ON m.staff_key = o.staff_key AND m.day = l.day
    LEFT JOIN parties p ON p.customer_id = l.customer_id AND p.day = l.day
    WHERE (l.in_fen >= l.least_fen AND l.in_fen * l.days >= l.share * l.fen_days) OR (l.out_fen >= l.least_fen AND l.out_fen * l.days >= l.share * l.fen_days)`)

  effects.push(await bulk(tx, {
    table: 'movement', what: 'remove', why, batch, alias: 'm', sums: ['in_fen', 'out_fen'],
    statement: sql`DELETE FROM movement m WHERE m.day = ANY(${asked}) AND NOT EXISTS (SELECT FROM movement_draft d WHERE d.customer_id = m.customer_id AND d.day = m.day)`,
  }))
  effects.push(await bulk(tx, {
    table: 'movement', what: 'change', why, batch, alias: 'm', sums: ['in_fen', 'out_fen'],
    statement: sql`UPDATE movement m SET in_fen = d.in_fen, out_fen = d.out_fen, adb_fen = d.adb_fen, threshold_fen = d.threshold_fen, listed_in = d.listed_in, listed_out = d.listed_out, balance_after_fen = d.balance_after_fen,
        manager_share_pct = d.manager_share_pct, counterparties = d.counterparties, limit_version = d.limit_version, batch_id = ${batch}::uuid
      FROM movement_draft d WHERE d.customer_id = m.customer_id AND d.day = m.day
        AND (m.in_fen, m.out_fen, m.adb_fen, m.threshold_fen, m.listed_in, m.listed_out, m.balance_after_fen, m.manager_share_pct, m.counterparties, m.limit_version)
        IS DISTINCT FROM (d.in_fen, d.out_fen, d.adb_fen, d.threshold_fen, d.listed_in, d.listed_out, d.balance_after_fen, d.manager_share_pct, d.counterparties, d.limit_version)`,
  }))
  effects.push(await bulk(tx, {
    table: 'movement', what: 'add', why, batch, sums: ['in_fen', 'out_fen'],
    statement: sql`INSERT INTO movement (customer_id, id, day, in_fen, out_fen, adb_fen, threshold_fen, listed_in, listed_out, balance_after_fen, manager_share_pct, counterparties, limit_version, scope_path, viewers, batch_id)
      SELECT d.customer_id, uuid7(), d.day, d.in_fen, d.out_fen, d.adb_fen, d.threshold_fen, d.listed_in, d.listed_out, d.balance_after_fen, d.manager_share_pct, d.counterparties, d.limit_version, k.scope_path, k.viewers, ${batch}::uuid
      FROM movement_draft d JOIN customers_customer_facts k ON k.customer_id = d.customer_id WHERE NOT EXISTS (SELECT FROM movement m WHERE m.customer_id = d.customer_id AND m.day = d.day) ORDER BY 1, 2`,
  }))

  const due = workingDaysFrom(calendar, businessDate, 1)
  const since = addDays(businessDate, 1 - alertDays)
  await quiet(tx, 'alert_draft', 'add', sql`
    INSERT INTO alert_draft (customer_id, kind, about, raised_on, due_on, amount_fen, detail, limit_version)
    SELECT d.customer_id, w.kind, d.day::text, ${businessDate}::date, coalesce(a.due_on, ${due}::date), w.fen,
      jsonb_build_object('day', d.day, 'inFen', d.in_fen::text, 'outFen', d.out_fen::text, 'thresholdFen', d.threshold_fen::text), d.limit_version
    FROM movement_draft d CROSS JOIN LATERAL (VALUES ('MOVEMENT_IN', d.in_fen, d.listed_in), ('MOVEMENT_OUT', d.out_fen, d.listed_out)) w (kind, fen, listed)
    LEFT JOIN alert a ON a.customer_id = d.customer_id AND a.kind = w.kind AND a.about = d.day::text
    WHERE w.listed AND (d.day >= ${since}::date OR a.id IS NOT NULL)`)
  await settleAlerts(run, ['MOVEMENT_IN', 'MOVEMENT_OUT'], sql`a.about = ANY(${[...days]}::text[])`)
  await quiet(tx, 'movement_draft', 'remove', sql`DELETE FROM movement_draft`)
}
