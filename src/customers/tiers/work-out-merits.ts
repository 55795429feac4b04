import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { daysInMonth, monthStart, nextMonth, shiftMonth } from '../../foundation/values/business-date.ts'
import type { TierRule } from '../tier.rules.ts'

/** Which of the months (this one, the two before) have a contribution of twelve worked-out months behind them. */
export type Counted = readonly [boolean, boolean, boolean]

export async function contributionCounted(tx: Transaction, month: string): Promise<Counted> {
  const rows = await tx.all(sql<{ month: string }>`SELECT to_char(month_start, 'YYYY-MM') AS month FROM value_month`)
  const there = new Set(rows.map((row) => row.month))
  const whole = (last: string): boolean => Array.from({ length: 12 }, (_, back) => shiftMonth(last, -back)).every((one) => there.has(one))
  return [whole(month), whole(shiftMonth(month, -1)), whole(shiftMonth(month, -2))]
}

function rows(rules: readonly TierRule[]): Sql {
  const fen = (amount: bigint | undefined): Sql => sql`${amount === undefined ? null : amount.toString()}::numeric`
  return sql.join(rules.map(({ kind, region, version, lines }) => sql`(${kind}::text, ${region}::text, ${version}::text, ${fen(lines.T1)}, ${fen(lines.T2)}, ${fen(lines.T3)}, ${lines.credit}::text,
    ${fen(lines.contribution?.T1)}, ${fen(lines.contribution?.T2)}, ${lines.products?.least ?? null}::int, ${lines.products?.tier ?? null}::text, ${lines.strategic ?? null}::text, ${lines.confirmCore === true}::boolean)`))
}

/**
 * Common table expressions for each customer of the month (of `only`, where given): `merit` says what the month and the two before would give ('T1' < 'T2' as texts, so the best is the
 * least), with the evidence. What no rule asks for is not read.
 */
export function merits(month: string, rules: readonly TierRule[], counted: Counted, only?: Sql): Sql {
  const months = [month, shiftMonth(month, -1), shiftMonth(month, -2)] as const
  const end = monthStart(nextMonth(month))
  const begin = monthStart(months[2])
  const after = (one: string): string => monthStart(nextMonth(one))
  const among = only === undefined ? sql`` : sql`AND customer_id IN (${only})`
  const asks = { credit: rules.some(({ lines }) => lines.credit), contribution: counted.some(Boolean) && rules.some(({ lines }) => lines.contribution), products: rules.some(({ lines }) => lines.products), strategic: rules.some(({ lines }) => lines.strategic) }

  const fenDays = (one: string): Sql => sql`sum(b.balance_fen::numeric * greatest(least(coalesce(b.to_date, 'infinity'), ${after(one)}::date) - greatest(b.from_date, ${monthStart(one)}::date), 0))`
  const lastDay = (one: string): Sql => sql`from_date < ${after(one)}::date AND (to_date IS NULL OR to_date >= ${after(one)}::date)`
  const twelve = (place: 0 | 1 | 2): Sql => (counted[place] ? sql`sum(pre_tax_fen) FILTER (WHERE month_start BETWEEN ${monthStart(shiftMonth(months[place], -11))}::date AND ${monthStart(months[place])}::date)` : sql`NULL::numeric`)

  const tier = (place: 0 | 1 | 2): Sql => {
    const fen = sql.ref(`b.m${place}`)
    const at = (table: string): Sql => sql.ref(`${table}.m${place}`)
    return sql`least(
      CASE WHEN ${fen} IS NULL THEN l.nothing WHEN ${fen} >= ${sql.ref(`l.t1m${place}`)} THEN 'T1' WHEN ${fen} >= ${sql.ref(`l.t2m${place}`)} THEN 'T2' WHEN ${fen} >= ${sql.ref(`l.t3m${place}`)} THEN 'T3' ELSE 'T4' END
      ${asks.credit ? sql`, CASE WHEN ${at('d')} THEN l.credit END` : sql``}
      ${asks.contribution ? sql`, CASE WHEN ${at('v')} >= l.c1 THEN 'T1' WHEN ${at('v')} >= l.c2 THEN 'T2' END` : sql``}
      ${asks.products ? sql`, CASE WHEN ${at('p')} >= l.lines_min THEN l.lines_tier END` : sql``}
      ${asks.strategic ? sql`, CASE WHEN ${at('s')} THEN l.strategic END` : sql``})`
  }
  // each line times the days of each month, and what no deposit at all gives: multiplied once a rule instead of nine times a customer
  const lines = sql.join(months.flatMap((one, place) => ['t1', 't2', 't3'].map((line) => sql`l.${sql.ref(line)} * ${daysInMonth(one)}::int AS ${sql.ref(`${line}m${place}`)}`)))
  const three = (expression: (place: 0 | 1 | 2) => Sql): Sql => sql`${expression(0)} AS m0, ${expression(1)} AS m1, ${expression(2)} AS m2`
  return sql`
    balance AS (
      SELECT b.customer_id, ${three((place) => fenDays(months[place]))}
      FROM holdings_balance_facts b, bank
      WHERE b.line = 'DEPOSIT' AND b.currency = bank.currency AND b.from_date < ${end} AND (b.to_date IS NULL OR b.to_date > ${begin}) ${among} GROUP BY b.customer_id),
    ${asks.credit ? sql`debt AS (
      SELECT customer_id, ${three((place) => sql`bool_or(${lastDay(months[place])})`)}
      FROM holdings_loan_span_facts WHERE principal_fen > 0 AND from_date < ${end} AND (to_date IS NULL OR to_date > ${begin}) ${among} GROUP BY customer_id),` : sql``}
    ${asks.contribution ? sql`worth AS (
      SELECT customer_id, ${three(twelve)} FROM customers_contribution_facts
      WHERE month_start BETWEEN ${monthStart(shiftMonth(month, -13))}::date AND ${monthStart(month)}::date ${among} GROUP BY customer_id),` : sql``}
    ${asks.products ? sql`held_lines AS (
      SELECT customer_id, ${three((place) => sql`count(DISTINCT line) FILTER (WHERE opened_on < ${after(months[place])}::date AND (closed_on IS NULL OR closed_on >= ${after(months[place])}::date))`)}
      FROM (SELECT customer_id, line, opened_on, closed_on FROM holdings_account_facts UNION ALL SELECT customer_id, 'LOAN', paid_out_on, settled_on FROM holdings_loan_facts) h WHERE true ${among} GROUP BY customer_id),` : sql``}
    ${asks.strategic ? sql`listed AS (
      SELECT customer_id, ${three((place) => sql`bool_or(${lastDay(months[place])})`)} FROM strategic_entry WHERE decision = 'CONFIRMED' ${among} GROUP BY customer_id),` : sql``}
    line AS (SELECT * FROM (VALUES ${rows(rules)}) v (kind, region, version, t1, t2, t3, credit, c1, c2, lines_min, lines_tier, strategic, confirm_core)),
    rule AS MATERIALIZED (
      SELECT i.institution_key, l.*, ${lines}, CASE WHEN l.t1 <= 0 THEN 'T1' WHEN l.t2 <= 0 THEN 'T2' WHEN l.t3 <= 0 THEN 'T3' ELSE 'T4' END AS nothing FROM (
        SELECT institution_key, max(region) FILTER (WHERE from_date < ${end} AND (to_date IS NULL OR to_date >= ${end})) AS region FROM organisation_institution_facts GROUP BY institution_key) i
      JOIN line l ON l.region = CASE WHEN EXISTS (SELECT FROM line o WHERE o.region = i.region AND o.kind = l.kind) THEN i.region ELSE '*' END),
    merit AS (
      SELECT k.customer_id, k.kind, k.scope_path, k.viewers, l.version, l.confirm_core, coalesce(b.m0, 0) AS fen_days, ${asks.credit ? sql`coalesce(d.m0, false)` : sql`false`} AS owes,
        ${asks.contribution && counted[0] ? sql`coalesce(v.m0, 0)` : sql`NULL::numeric`} AS contribution, l.c1 IS NOT NULL AS asks_contribution, ${asks.strategic ? sql`coalesce(s.m0, false)` : sql`false`} AS strategic,
        ${tier(0)} AS now, ${tier(1)} AS before, ${tier(2)} AS before_that
      FROM customer k
      JOIN rule l ON l.institution_key = k.outlet_key AND l.kind = k.kind
      LEFT JOIN balance b ON b.customer_id = k.customer_id
      ${asks.credit ? sql`LEFT JOIN debt d ON d.customer_id = k.customer_id` : sql``}
      ${asks.contribution ? sql`LEFT JOIN worth v ON v.customer_id = k.customer_id` : sql``}
      ${asks.products ? sql`LEFT JOIN held_lines p ON p.customer_id = k.customer_id` : sql``}
      ${asks.strategic ? sql`LEFT JOIN listed s ON s.customer_id = k.customer_id` : sql``}
      WHERE k.status <> 'PROSPECT' AND k.merged_into IS NULL AND (k.opened_on IS NULL OR k.opened_on < ${end}) ${only === undefined ? sql`` : sql`AND k.customer_id IN (${only})`})`
}

/** The unit of the bank's money in a Chinese sentence. */
const unit = sql`(SELECT CASE currency WHEN 'CNY' THEN '元' WHEN 'CZK' THEN '克朗' ELSE currency END FROM bank)`
/** An amount of fen as people read it: 万元 from ten thousand on, else 元; rounded to two decimals. */
const told = (fen: Sql): Sql => sql`(CASE WHEN abs(${fen}) >= 1000000 THEN to_char(round((${fen}) / 1000000, 2), 'FM999,999,999,990.00') || ' 万' ELSE to_char(round((${fen}) / 100, 2), 'FM999,999,999,990.00') || ' ' END || ${unit})`

/** Why, as people read it: the average, what else counted, what could not. `m` is a merit; `below` the tier that was lost, or null. */
export function reasonOf(month: string, below: Sql): Sql {
  const adb = sql`m.fen_days / ${daysInMonth(month)}::numeric`
  return sql`${month} || ' 月日均 ' || ${told(adb)} || CASE WHEN m.owes THEN '，有贷款' ELSE '' END || CASE WHEN m.strategic THEN '，在战略名单' ELSE '' END
    || coalesce('，近 12 个月贡献 ' || ${told(sql`m.contribution::numeric`)}, '') || coalesce('，连续三个月低于' || CASE ${below} WHEN 'T1' THEN '核心优质' WHEN 'T2' THEN '重点' WHEN 'T3' THEN '普通优质' END || '标准', '')
    || CASE WHEN m.asks_contribution AND m.contribution IS NULL THEN '；年贡献暂无来源，未计入' ELSE '' END`
}
