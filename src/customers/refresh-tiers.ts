import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk, quiet } from '../foundation/store/store.ts'
import { daysInMonth, monthOf, monthStart, nextMonth, shiftMonth } from '../foundation/values/business-date.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { tierRowsOn, tierTable } from './tier-table.ts'
import type { TierRow } from './tier.rules.ts'

/** How far back the first run looks: earlier tiers are not worked out. */
const monthsBack = 24
const judgedMonth = 'tiers judged up to month'

/**
 * Works out the tiers of all customers for every full month before `day` that was not judged yet (2.4, rule 7), each by statements over published facts; a new
 * tier holds from the first of the next month. Then the customer carries the tier of `day`. Runs as a batch, as often as you like. Returns how many moved.
 */
export async function refreshTiers(tx: Transaction, { day, bankCode }: { day: string; bankCode: string }, table: readonly TierRow[] = tierTable): Promise<{ months: string[]; moved: number }> {
  const batch = newId()
  const months = await monthsToJudge(tx, day)
  let moved = 0
  // right after a load the tables have no statistics yet: hash joins are never far wrong, nested loops took a hundred times as long
  await tx.run(sql`SET LOCAL enable_nestloop = off`)
  for (const month of months) moved += await judgeMonth(tx, batch, month, tierRowsOn(bankCode, `${month}-01`, table))
  const last = months.at(-1)
  if (last !== undefined) {
    await quiet(tx, 'counter', 'remove', sql`DELETE FROM counter WHERE name = ${judgedMonth}`)
    await quiet(tx, 'counter', 'add', sql`INSERT INTO counter (name, value) VALUES (${judgedMonth}, ${last.replace('-', '')}::bigint)`)
  }
  await beginNew(tx, batch, day)
  await carryTier(tx, batch, day)
  await tx.run(sql`SET LOCAL enable_nestloop = on`)
  return { months, moved }
}

/** Customers come with a past that was judged before they were there (take-over of a branch, the growing demo bank): the next refresh judges all months again; who has tiers keeps them. */
export async function judgeTiersAnew(tx: Transaction): Promise<void> {
  await quiet(tx, 'counter', 'remove', sql`DELETE FROM counter WHERE name = ${judgedMonth}`)
}

async function monthsToJudge(tx: Transaction, day: string): Promise<string[]> {
  const { judged, first } = await tx.one(sql<{ judged: string | null; first: string | null }>`
    SELECT (SELECT value::text FROM counter WHERE name = ${judgedMonth}) AS judged, (SELECT min(from_date) FROM holdings_balance_facts) AS first`)
  if (first === null) return []
  const oldest = shiftMonth(monthOf(day), -monthsBack)
  const next = judged === null ? monthOf(first) : nextMonth(`${judged.slice(0, 4)}-${judged.slice(4)}`)
  const months: string[] = []
  for (let month = next > oldest ? next : oldest; month < monthOf(day); month = nextMonth(month)) months.push(month)
  return months
}

// One row per kind and region: the lines of the table in force.
function linesOf(rows: readonly TierRow[]): Sql {
  return sql.join(rows.flatMap((row) => (['CORPORATE', 'PERSON'] as const).map((kind) => sql`(${kind}::text, ${row.region}::text, ${row.version}::text, ${row[kind].T1.toString()}::numeric, ${row[kind].T2.toString()}::numeric,
    ${row[kind].T3.toString()}::numeric, ${row[kind].credit}::text)`)))
}

/** For each customer of the month: what it and the two before would give ('T1' < 'T2' as texts, so the best is the least). */
function merits(month: string, rows: readonly TierRow[]): Sql {
  const months = [month, shiftMonth(month, -1), shiftMonth(month, -2)] as const
  const end = monthStart(nextMonth(month))
  const begin = monthStart(months[2])
  const fenDays = (one: string): Sql => sql`coalesce(sum(b.balance_fen::numeric * greatest(least(coalesce(b.to_date, 'infinity'), ${monthStart(nextMonth(one))}::date) - greatest(b.from_date, ${monthStart(one)}::date), 0)), 0)`
  const tier = (fen: Sql, one: string, credit: Sql): Sql => {
    const days = sql`${daysInMonth(one)}::int`
    const byBalance = sql`CASE WHEN ${fen} >= l.t1 * ${days} THEN 'T1' WHEN ${fen} >= l.t2 * ${days} THEN 'T2' WHEN ${fen} >= l.t3 * ${days} THEN 'T3' ELSE 'T4' END`
    return sql`least(${byBalance}, CASE WHEN ${credit} THEN l.credit END)`
  }
  const owes = (one: string): Sql => sql`coalesce(bool_or(from_date < ${monthStart(nextMonth(one))}::date AND (to_date IS NULL OR to_date >= ${monthStart(nextMonth(one))}::date)), false)`
  return sql`
    balance AS (
      SELECT b.customer_id, ${fenDays(months[0])} AS m0, ${fenDays(months[1])} AS m1, ${fenDays(months[2])} AS m2
      FROM holdings_balance_facts b, bank
      WHERE b.line = 'DEPOSIT' AND b.currency = bank.currency AND b.from_date < ${end} AND (b.to_date IS NULL OR b.to_date > ${begin}) GROUP BY b.customer_id),
    debt AS (
      SELECT customer_id, ${owes(months[0])} AS m0, ${owes(months[1])} AS m1, ${owes(months[2])} AS m2
      FROM holdings_loan_span_facts WHERE principal_fen > 0 AND from_date < ${end} AND (to_date IS NULL OR to_date > ${begin}) GROUP BY customer_id),
    line AS (SELECT * FROM (VALUES ${linesOf(rows)}) v (kind, region, version, t1, t2, t3, credit)),
    region AS (SELECT institution_key, region FROM organisation_institution_facts WHERE from_date < ${end} AND (to_date IS NULL OR to_date >= ${end})),
    merit AS (
      SELECT k.customer_id, l.version, coalesce(b.m0, 0) AS fen_days, coalesce(d.m0, false) AS owes,
        ${tier(sql`coalesce(b.m0, 0)`, months[0], sql`d.m0`)} AS now, ${tier(sql`coalesce(b.m1, 0)`, months[1], sql`d.m1`)} AS before, ${tier(sql`coalesce(b.m2, 0)`, months[2], sql`d.m2`)} AS before_that
      FROM customer k
      LEFT JOIN region r ON r.institution_key = k.outlet_key
      JOIN line l ON l.kind = k.kind AND l.region = CASE WHEN EXISTS (SELECT FROM line o WHERE o.region = r.region) THEN r.region ELSE '*' END
      LEFT JOIN balance b ON b.customer_id = k.customer_id LEFT JOIN debt d ON d.customer_id = k.customer_id
      WHERE k.status <> 'PROSPECT' AND k.merged_into IS NULL AND (k.opened_on IS NULL OR k.opened_on < ${end}))`
}

async function judgeMonth(tx: Transaction, batch: string, month: string, rows: readonly TierRow[]): Promise<number> {
  if (rows.length === 0) return 0
  const from = monthStart(nextMonth(month))
  // down: held for three months, and the best of them is below
  const falls = sql`(h.from_date <= ${monthStart(shiftMonth(month, -2))} AND least(m.now, m.before, m.before_that) > h.tier)`
  const { count: left } = await bulk(tx, {
    table: 'tier_held', what: 'change', batch, why: `tiers after ${month}`, about: { month },
    statement: sql`
      WITH ${merits(month, rows)}
      UPDATE tier_held h SET to_date = ${from} FROM merit m
      WHERE m.customer_id = h.customer_id AND h.to_date IS NULL AND h.from_date < ${from} AND (h.tier = 'P' OR m.now < h.tier OR ${falls})`,
  })
  const { count: entered } = await bulk(tx, {
    table: 'tier_held', what: 'add', batch, why: `tiers after ${month}`, about: { month },
    statement: sql`
      WITH ${merits(month, rows)}
      INSERT INTO tier_held (customer_id, id, tier, from_date, reason, table_version, batch_id)
      SELECT m.customer_id, uuid7(), t.tier, ${from},
        ${month} || ' 月日均 ' || round(m.fen_days / (100 * ${daysInMonth(month)}::int), 2) || CASE WHEN m.owes THEN '，有贷款' ELSE '' END
          || CASE WHEN p.tier <> 'P' AND p.tier < t.tier THEN '，连续三个月低于 ' || p.tier || ' 标准' ELSE '' END || '；年贡献、战略名单暂无来源，未计入',
        m.version, ${batch}
      FROM merit m
      LEFT JOIN tier_held p ON p.customer_id = m.customer_id AND p.to_date = ${from}
      CROSS JOIN LATERAL (SELECT CASE WHEN p.tier <> 'P' AND p.tier < m.now THEN least(m.now, m.before, m.before_that) ELSE m.now END AS tier) t
      WHERE NOT EXISTS (SELECT FROM tier_held h WHERE h.customer_id = m.customer_id AND (h.to_date IS NULL OR h.to_date > ${from}))`,
  })
  return Math.max(left, entered)
}

/** Who opened since the last full month has no month yet: basic tier until then. A prospect is P. */
async function beginNew(tx: Transaction, batch: string, day: string): Promise<void> {
  await bulk(tx, {
    table: 'tier_held', what: 'add', batch, why: 'first tier', about: { day },
    statement: sql`
      INSERT INTO tier_held (customer_id, id, tier, from_date, reason, table_version, batch_id)
      SELECT k.customer_id, uuid7(), CASE k.status WHEN 'PROSPECT' THEN 'P' ELSE 'T4' END, least(coalesce(k.opened_on, ${day}::date), ${day}::date), '尚无完整月份', NULL, ${batch}
      FROM customer k WHERE k.merged_into IS NULL AND NOT EXISTS (SELECT FROM tier_held h WHERE h.customer_id = k.customer_id)`,
  })
}

async function carryTier(tx: Transaction, batch: string, day: string): Promise<void> {
  await bulk(tx, {
    table: 'customer', what: 'change', batch, why: 'tier of the day', about: { day },
    statement: sql`
      UPDATE customer k SET tier = h.tier, tier_since = h.from_date FROM tier_held h
      WHERE h.customer_id = k.customer_id AND h.from_date <= ${day} AND (h.to_date IS NULL OR h.to_date > ${day}) AND (k.tier, k.tier_since) IS DISTINCT FROM (h.tier, h.from_date)`,
  })
}
