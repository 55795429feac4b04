import { sql, type Sql } from '../foundation/database/transaction.ts'
import { bulk, quiet } from '../foundation/store/store.ts'
import { addDays, daysBetween, monthEnd, monthStart, shiftMonth } from '../foundation/values/business-date.ts'
import { settleAlerts } from './settle-alerts.ts'
import { limitsOf, marketEffectOf, workingDaysFrom, type WatchRun } from './watch-run.ts'
import { periodBefore, periodOf, spanOf } from './period.rules.ts'

/** The quarter and the year of today; the ones before as long as they were not worked out to their end. A correction works all four out anew. */
export async function refreshStandings(run: WatchRun, correction: boolean): Promise<void> {
  const { tx, businessDate } = run
  const now = [periodOf(businessDate, 'QUARTER'), periodOf(businessDate, 'YEAR')]
  const before = now.map(periodBefore)
  const done = new Set((await tx.all(sql<{ period: string }>`SELECT DISTINCT period FROM standing WHERE period = ANY(${before}::text[]) AND as_of = last_day`)).map((row) => row.period))
  const { first } = await tx.one(sql<{ first: string | null }>`SELECT min(from_date) AS first FROM holdings_balance_facts`)
  // a period whose month before is not there has no base
  const known = (period: string): boolean => first !== null && first <= monthStart(shiftMonth(spanOf(period).firstDay, -1))
  for (const period of [...before.filter((one) => correction || !done.has(one)), ...now]) if (known(period)) await refreshStanding(run, period)
  await raiseWarnings(run, periodOf(businessDate, 'QUARTER'))
}

/** One period of all customers that were on a manager's list at its beginning or its end (2.7), by one statement over published facts. */
export async function refreshStanding({ tx, batch, why, effects, businessDate, bankCode, calendar }: WatchRun, period: string): Promise<void> {
  const { firstDay, lastDay } = spanOf(period)
  const asOf = lastDay < businessDate ? lastDay : businessDate
  const baseFrom = monthStart(shiftMonth(firstDay, -1))
  // the average of the last month; while the period runs, of the last 30 days
  const [endFrom, endTo] = asOf === lastDay ? [monthStart(lastDay), addDays(monthEnd(lastDay), 1)] : [addDays(asOf, -29), addDays(asOf, 1)]
  const before = workingDaysFrom(calendar, asOf, -5) ?? addDays(asOf, -7)
  const over = (from: string | Sql, to: string | Sql, days: number): Sql => sql`
    round(coalesce(sum(b.balance_fen::numeric * greatest(least(coalesce(b.to_date, ${to}::date), ${to}::date) - greatest(b.from_date, ${from}::date), 0)), 0) / ${days}::int)::bigint`
  const on = (day: string): Sql => sql`coalesce(sum(b.balance_fen) FILTER (WHERE b.from_date <= ${day}::date AND (b.to_date IS NULL OR b.to_date > ${day}::date)), 0)::bigint`
  const counts = sql`(b.line = 'DEPOSIT' OR (b.line = 'WEALTH' AND k.kind = 'PERSON')) AND b.currency = (SELECT currency FROM bank)`
  const netOnly = (await tx.all(sql<{ kind: string }>`SELECT customer_kind AS kind FROM (${marketEffectOf(bankCode, firstDay)}) e WHERE market_effect = 'NET_INFLOW'`)).map((row) => row.kind)
  await quiet(tx, 'standing_draft', 'add', sql`
    INSERT INTO standing_draft (customer_id, staff_key, end_staff_key, moved_on, base_fen, end_fen, before_fen, now_fen, in_base, lost, transferred, increment_base_fen, limit_version, market_fen)
    WITH lim AS (${limitsOf('CHURN', bankCode, firstDay)}),
    began AS (SELECT customer_id, staff_key FROM customers_assignment_facts WHERE main AND from_date <= ${firstDay}::date AND (to_date IS NULL OR to_date > ${firstDay}::date)),
    ends AS (SELECT customer_id, staff_key, from_date FROM customers_assignment_facts WHERE main AND from_date <= ${asOf}::date AND (to_date IS NULL OR to_date > ${asOf}::date)),
    list AS MATERIALIZED (
      SELECT k.customer_id, k.kind, k.opened_on, k.status, s.staff_key, e.staff_key AS end_staff_key,
        CASE WHEN e.staff_key IS DISTINCT FROM s.staff_key AND e.from_date > ${firstDay}::date THEN e.from_date END AS moved_on
      FROM customers_customer_facts k LEFT JOIN began s ON s.customer_id = k.customer_id LEFT JOIN ends e ON e.customer_id = k.customer_id WHERE s.staff_key IS NOT NULL OR e.staff_key IS NOT NULL),
    value AS (
      SELECT k.customer_id, ${over(baseFrom, firstDay, daysBetween(baseFrom, firstDay))} AS base_fen, ${over(endFrom, endTo, daysBetween(endFrom, endTo))} AS end_fen, ${on(before)} AS before_fen, ${on(asOf)} AS now_fen
      FROM list k JOIN holdings_balance_facts b ON b.customer_id = k.customer_id
      WHERE ${counts} AND b.from_date <= ${asOf}::date AND (b.to_date IS NULL OR b.to_date > ${baseFrom}::date) GROUP BY 1),
    owed AS (SELECT DISTINCT customer_id FROM holdings_loan_span_facts WHERE principal_fen > 0 AND from_date <= ${firstDay}::date AND (to_date IS NULL OR to_date > ${firstDay}::date)),
    closed AS (SELECT customer_id FROM holdings_account_facts WHERE line IN ('DEPOSIT', 'WEALTH') AND opened_on <= ${asOf}::date GROUP BY 1 HAVING bool_and(closed_on IS NOT NULL AND closed_on <= ${asOf}::date)),
    tier AS (
      SELECT a.customer_id FROM customers_tier_facts a JOIN customers_tier_facts z ON z.customer_id = a.customer_id AND z.from_date <= ${asOf}::date AND (z.to_date IS NULL OR z.to_date > ${asOf}::date)
      WHERE a.from_date <= ${firstDay}::date AND (a.to_date IS NULL OR a.to_date > ${firstDay}::date) AND a.tier <> 'P' AND z.tier > a.tier AND z.tier <> 'P'),
    moved AS (
      SELECT k.customer_id, round(coalesce(sum(b.balance_fen::numeric * greatest(least(coalesce(b.to_date, k.moved_on), k.moved_on) - greatest(b.from_date, k.moved_on - 30), 0)), 0) / 30)::bigint AS base_fen
      FROM list k JOIN holdings_balance_facts b ON b.customer_id = k.customer_id WHERE k.moved_on IS NOT NULL AND ${counts} AND b.from_date < k.moved_on AND (b.to_date IS NULL OR b.to_date > k.moved_on - 30) GROUP BY 1),
    window_of AS (
      SELECT customer_id, kind, CASE WHEN opened_on >= ${firstDay}::date THEN NULL WHEN moved_on IS NOT NULL THEN moved_on - 30 ELSE ${baseFrom}::date END AS base_from,
        CASE WHEN opened_on >= ${firstDay}::date THEN NULL WHEN moved_on IS NOT NULL THEN moved_on ELSE ${firstDay}::date END AS base_to
      FROM list WHERE end_staff_key IS NOT NULL AND kind = ANY(${netOnly}::text[])),
    market AS (${netOnly.length === 0 ? sql`SELECT NULL::uuid AS customer_id, 0::bigint AS market_fen WHERE false` : marketMade(counts, endFrom, endTo)}),
    judged AS (
      SELECT k.*, coalesce(v.base_fen, 0) AS base_fen, coalesce(v.end_fen, 0) AS end_fen, coalesce(v.before_fen, 0) AS before_fen, coalesce(v.now_fen, 0) AS now_fen, l.version, l.least_fen, l.share,
        k.staff_key IS NOT NULL AND (coalesce(v.base_fen, 0) >= l.least_fen OR (k.kind = 'CORPORATE' AND o.customer_id IS NOT NULL)) AS in_base, c.customer_id IS NOT NULL OR k.status = 'CLOSED' AS closed, t.customer_id IS NOT NULL AS fell,
        m.base_fen AS moved_base_fen, CASE WHEN k.end_staff_key IS NOT NULL AND k.kind = ANY(${netOnly}::text[]) THEN coalesce(f.market_fen, 0) END AS market_fen
      FROM list k JOIN lim l ON l.customer_kind = k.kind LEFT JOIN value v ON v.customer_id = k.customer_id LEFT JOIN owed o ON o.customer_id = k.customer_id LEFT JOIN closed c ON c.customer_id = k.customer_id
      LEFT JOIN tier t ON t.customer_id = k.customer_id LEFT JOIN moved m ON m.customer_id = k.customer_id LEFT JOIN market f ON f.customer_id = k.customer_id)
    SELECT customer_id, staff_key, end_staff_key, moved_on, base_fen, end_fen, before_fen, now_fen, in_base,
      CASE WHEN NOT in_base THEN NULL WHEN closed THEN 'CLOSED' WHEN end_fen < share * base_fen AND end_fen < least_fen THEN 'BELOW' WHEN fell THEN 'TIER' END,
      -- taken from him by the bank; a customer who closed was not
      in_base AND NOT closed AND end_staff_key IS DISTINCT FROM staff_key,
      CASE WHEN end_staff_key IS NULL THEN NULL WHEN opened_on >= ${firstDay}::date THEN 0 WHEN moved_on IS NOT NULL THEN coalesce(moved_base_fen, 0) ELSE base_fen END, version, market_fen
    FROM judged`)
  effects.push(await bulk(tx, {
    table: 'standing', what: 'remove', why, batch, alias: 's', about: { period },
    statement: sql`DELETE FROM standing s WHERE s.period = ${period} AND s.excluded IS NULL AND NOT EXISTS (SELECT FROM standing_draft d WHERE d.customer_id = s.customer_id)`,
  }))
  effects.push(await bulk(tx, {
    table: 'standing', what: 'change', why, batch, alias: 's', about: { period }, sums: ['base_fen', 'end_fen'],
    statement: sql`UPDATE standing s SET as_of = ${asOf}::date, staff_key = d.staff_key, end_staff_key = d.end_staff_key, moved_on = d.moved_on, base_fen = d.base_fen, end_fen = d.end_fen, before_fen = d.before_fen, now_fen = d.now_fen,
        in_base = d.in_base, lost = d.lost, transferred = d.transferred, increment_base_fen = d.increment_base_fen, limit_version = d.limit_version, market_fen = d.market_fen, batch_id = ${batch}::uuid
      FROM standing_draft d WHERE d.customer_id = s.customer_id AND s.period = ${period}
        AND (s.as_of, s.staff_key, s.end_staff_key, s.moved_on, s.base_fen, s.end_fen, s.before_fen, s.now_fen, s.in_base, s.lost, s.transferred, s.increment_base_fen, s.limit_version, s.market_fen)
        IS DISTINCT FROM (${asOf}::date, d.staff_key, d.end_staff_key, d.moved_on, d.base_fen, d.end_fen, d.before_fen, d.now_fen, d.in_base, d.lost, d.transferred, d.increment_base_fen, d.limit_version, d.market_fen)`,
  }))
  effects.push(await bulk(tx, {
    table: 'standing', what: 'add', why, batch, about: { period }, sums: ['base_fen', 'end_fen'],
    statement: sql`INSERT INTO standing (customer_id, period, first_day, last_day, as_of, staff_key, end_staff_key, moved_on, base_fen, end_fen, before_fen, now_fen, in_base, lost, transferred, increment_base_fen, limit_version, market_fen, scope_path, viewers, batch_id)
      SELECT d.customer_id, ${period}, ${firstDay}::date, ${lastDay}::date, ${asOf}::date, d.staff_key, d.end_staff_key, d.moved_on, d.base_fen, d.end_fen, d.before_fen, d.now_fen, d.in_base, d.lost, d.transferred, d.increment_base_fen, d.limit_version, d.market_fen,
        k.scope_path, k.viewers, ${batch}::uuid
      FROM standing_draft d JOIN customers_customer_facts k ON k.customer_id = d.customer_id WHERE NOT EXISTS (SELECT FROM standing s WHERE s.customer_id = d.customer_id AND s.period = ${period}) ORDER BY 1`,
  }))
  await quiet(tx, 'standing_draft', 'remove', sql`DELETE FROM standing_draft`)
}

/**
 * What the market made of the increment: of each fund or wealth account the average of the end less that of the base, less what was bought and sold (the same averages over the money that went in and out). Interest and dividends that
 * were booked into the account itself are no money that came in. Only of accounts whose trades are delivered: where a feed brings balances without trades nothing tells the two apart, and the whole change counts as inflow.
 */
function marketMade(counts: Sql, endFrom: string, endTo: string): Sql {
  const inEnd = (from: Sql, to: Sql): Sql => sql`greatest(least(${to}, ${endTo}::date) - greatest(${from}, ${endFrom}::date), 0)::numeric / ${daysBetween(endFrom, endTo)}::int`
  const inBase = (from: Sql, to: Sql): Sql => sql`CASE WHEN k.base_to IS NULL THEN 0 ELSE greatest(least(${to}, k.base_to) - greatest(${from}, k.base_from), 0)::numeric / (k.base_to - k.base_from) END`
  // money of a day lies in the account on that day and on all that follow
  const difference = (from: Sql, to: Sql): Sql => sql`(${inEnd(from, to)} - ${inBase(from, to)})`
  return sql`
    SELECT customer_id, round(sum(part))::bigint AS market_fen FROM (
      SELECT k.customer_id, b.balance_fen * ${difference(sql`b.from_date`, sql`coalesce(b.to_date, 'infinity'::date)`)} AS part
      FROM window_of k JOIN holdings_balance_facts b ON b.customer_id = k.customer_id
      WHERE b.line = 'WEALTH' AND ${counts} AND EXISTS (SELECT FROM holdings_transaction_facts t WHERE t.customer_id = b.customer_id AND t.account_id = b.account_id)
      UNION ALL
      SELECT k.customer_id, -(CASE t.direction WHEN 'IN' THEN t.amount_fen ELSE -t.amount_fen END) * ${difference(sql`t.booked_on`, sql`'infinity'::date`)}
      FROM window_of k JOIN holdings_account_facts b ON b.customer_id = k.customer_id JOIN holdings_transaction_facts t ON t.customer_id = b.customer_id AND t.account_id = b.account_id
      WHERE b.line = 'WEALTH' AND ${counts} AND t.kind IS DISTINCT FROM 'INTEREST' AND t.booked_on < ${endTo}::date AND (k.base_from IS NULL OR t.booked_on >= k.base_from)) p GROUP BY 1`
}

/** A fall that was told is not told again for so many days; the next one is a new alert. */
const quietAfterOutflow = 10

/** Early warnings on the base set of the quarter: value below the limit of the base (one a quarter), and a fall within five working days, which stays until somebody answered it. */
async function raiseWarnings(run: WatchRun, period: string): Promise<void> {
  const { tx, businessDate, bankCode, calendar } = run
  const due = workingDaysFrom(calendar, businessDate, 3)
  const raise = (kind: 'BELOW_BASE' | 'OUTFLOW', from: Sql, to: Sql, about: Sql): Promise<number> => quiet(tx, 'alert_draft', 'add', sql`
    INSERT INTO alert_draft (customer_id, kind, about, raised_on, due_on, amount_fen, detail, limit_version)
    SELECT s.customer_id, ${kind}, n.about, ${businessDate}::date, coalesce(a.due_on, ${due}::date), ${from} - ${to},
      jsonb_build_object('fromFen', (${from})::text, 'toFen', (${to})::text, 'leftPct', round(${to}::numeric * 100 / ${from}, 2)::text, 'period', s.period), l.version
    FROM standing s JOIN customers_customer_facts k ON k.customer_id = s.customer_id JOIN (${limitsOf(kind, bankCode, businessDate)}) l ON l.customer_kind = k.kind
    CROSS JOIN LATERAL (SELECT ${about} AS about) n
    LEFT JOIN alert a ON a.customer_id = s.customer_id AND a.kind = ${kind} AND a.about = n.about
    WHERE s.period = ${period} AND s.in_base AND NOT s.transferred AND s.excluded IS NULL AND ${from} > 0
      AND ${kind === 'BELOW_BASE' ? sql`${to} < l.share * ${from}` : sql`${from} - ${to} >= l.share * ${from}`}`)
  await raise('BELOW_BASE', sql`s.base_fen`, sql`s.end_fen`, sql`${period}::text`)
  // the warnings of a quarter that has passed go with it
  await settleAlerts(run, ['BELOW_BASE'], sql`a.about <= ${period}`)
  await raise('OUTFLOW', sql`s.before_fen`, sql`s.now_fen`, sql`
    coalesce((SELECT max(o.about) FROM alert o WHERE o.customer_id = s.customer_id AND o.kind = 'OUTFLOW' AND o.raised_on > ${businessDate}::date - ${quietAfterOutflow}::int), ${businessDate}::text)`)
  await settleAlerts(run, ['OUTFLOW'], sql`a.about = ${businessDate}`)
}
