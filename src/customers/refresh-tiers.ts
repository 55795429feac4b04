import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk, quiet } from '../foundation/store/store.ts'
import { daysInMonth, monthOf, monthStart, nextMonth, shiftMonth } from '../foundation/values/business-date.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { tierTable } from './tier-table.ts'
import type { TierRow, TierRule } from './tier.rules.ts'
import { readStoredRules, rulesOn } from './tiers/read-rules.ts'
import { contributionCounted, merits, reasonOf } from './tiers/work-out-merits.ts'

/** How far back the first run looks: earlier tiers are not worked out. */
const monthsBack = 24
const judgedMonth = 'tiers judged up to month'

/**
 * Works out the tiers of all customers for every full month before `day` that was not judged yet (2.4, rule 7), each by statements over published facts; a new
 * tier holds from the first of the next month. A move into or out of T1 out of the month that just ended waits for a head (where the rule says so); months that are made up for were
 * long since lived and wait for nobody. Then the customer carries the tier of `day`. Runs as a batch, as often as you like. Returns how many moved and how many wait.
 */
export async function refreshTiers(tx: Transaction, { day, bankCode }: { day: string; bankCode: string }, table: readonly TierRow[] = tierTable): Promise<{ months: string[]; moved: number; waiting: number }> {
  const batch = newId()
  const months = await monthsToJudge(tx, day)
  const stored = await readStoredRules(tx)
  let moved = 0
  let waiting = 0
  // right after a load the tables have no statistics yet: hash joins are never far wrong, nested loops took a hundred times as long
  await tx.run(sql`SET LOCAL enable_nestloop = off`)
  for (const month of months) {
    const judged = await judgeMonth(tx, { batch, month, day, live: month === shiftMonth(day, -1), rules: rulesOn(stored, bankCode, `${month}-01`, table) })
    moved += judged.moved
    waiting += judged.waiting
  }
  const last = months.at(-1)
  if (last !== undefined) {
    await quiet(tx, 'counter', 'remove', sql`DELETE FROM counter WHERE name = ${judgedMonth}`)
    await quiet(tx, 'counter', 'add', sql`INSERT INTO counter (name, value) VALUES (${judgedMonth}, ${last.replace('-', '')}::bigint)`)
  }
  await beginNew(tx, batch, day)
  await carryTier(tx, batch, day)
  await tx.run(sql`SET LOCAL enable_nestloop = on`)
  return { months, moved, waiting }
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

type Judgement = { batch: string; month: string; day: string; /** The month has just ended: moves of core customers wait. */ live: boolean; rules: readonly TierRule[] }

async function judgeMonth(tx: Transaction, { batch, month, day, live, rules }: Judgement): Promise<{ moved: number; waiting: number }> {
  if (rules.length === 0) return { moved: 0, waiting: 0 }
  const from = monthStart(nextMonth(month))
  const counted = await contributionCounted(tx, month)
  const about = { month }
  const why = `tiers after ${month}`
  // down: held for three months, and the best of them is below
  const after = sql`CASE WHEN m.now < h.tier OR h.tier = 'P' THEN m.now WHEN h.from_date <= ${monthStart(shiftMonth(month, -2))} AND least(m.now, m.before, m.before_that) > h.tier THEN least(m.now, m.before, m.before_that) ELSE h.tier END`
  const holds = sql`h.customer_id = m.customer_id AND h.to_date IS NULL AND h.from_date < ${from}`

  // a proposal that nobody decided stays as long as the newer month says the same; what the newer month takes back is replaced, never carried out
  if (await tx.maybe(sql`SELECT 1 FROM tier_move WHERE state = 'WAITING' LIMIT 1`)) {
    await bulk(tx, {
      table: 'tier_move', what: 'change', batch, why, about, alias: 'w',
      statement: sql`UPDATE tier_move w SET state = 'REPLACED', decision_note = '客户已合并' FROM customer k WHERE k.customer_id = w.customer_id AND w.state = 'WAITING' AND k.merged_into IS NOT NULL`,
    })
    await bulk(tx, {
      table: 'tier_move', what: 'change', batch, why, about, alias: 'w',
      statement: sql`
        WITH ${merits(month, rules, counted, sql`SELECT customer_id FROM tier_move WHERE state = 'WAITING'`)}
        UPDATE tier_move w SET state = 'REPLACED', decision_note = ${`${month} 重新评定，此前的建议不再适用`} FROM merit m JOIN tier_held h ON ${holds}
        WHERE w.customer_id = m.customer_id AND w.state = 'WAITING' AND w.month_start < ${monthStart(month)} AND (${after}) IS DISTINCT FROM w.to_tier`,
    })
  }
  const waits = sql`(m.confirm_core AND ${live}::boolean AND h.tier <> 'P' AND (h.tier = 'T1' OR t.tier = 'T1'))`
  const { count } = await bulk(tx, {
    table: 'tier_move', what: 'add', batch, why, about,
    statement: sql`
      WITH ${merits(month, rules, counted)}
      INSERT INTO tier_move (customer_id, id, month_start, from_tier, to_tier, state, effective_on, proposed_on, reason, adb_fen, contribution_fen, owes, strategic, table_version, scope_path, viewers, batch_id)
      SELECT m.customer_id, uuid7(), ${monthStart(month)}, h.tier, t.tier, CASE WHEN ${waits} THEN 'WAITING' ELSE 'APPLIED' END, CASE WHEN ${waits} THEN NULL ELSE ${from}::date END, ${live ? day : from},
        ${reasonOf(month, sql`CASE WHEN h.tier <> 'P' AND h.tier < t.tier THEN h.tier END`)}, round(m.fen_days / ${daysInMonth(month)}::int), m.contribution, m.owes, m.strategic, m.version, m.scope_path, m.viewers, ${batch}
      FROM merit m JOIN tier_held h ON ${holds}
      CROSS JOIN LATERAL (SELECT ${after} AS tier) t
      WHERE t.tier <> h.tier AND NOT EXISTS (SELECT FROM tier_move w WHERE w.customer_id = m.customer_id AND w.state = 'WAITING')`,
  })
  if (count > 0) await applyMoves(tx, { batch, month, why, knownOn: live ? day : from })
  await classifyFirst(tx, { batch, month, why, rules, counted })
  const { waiting } = await tx.one(sql<{ waiting: number }>`SELECT count(*)::int AS waiting FROM tier_move WHERE batch_id = ${batch} AND month_start = ${monthStart(month)} AND state = 'WAITING'`)
  return { moved: count - waiting, waiting }
}

async function applyMoves(tx: Transaction, { batch, month, why, knownOn }: { batch: string; month: string; why: string; knownOn: string }): Promise<void> {
  const from = monthStart(nextMonth(month))
  const moves: Sql = sql`m.batch_id = ${batch} AND m.month_start = ${monthStart(month)} AND m.state = 'APPLIED'`
  await bulk(tx, {
    table: 'tier_held', what: 'change', batch, why, about: { month }, alias: 'h',
    statement: sql`UPDATE tier_held h SET to_date = ${from}, end_known_on = ${knownOn} FROM tier_move m WHERE ${moves} AND h.customer_id = m.customer_id AND h.to_date IS NULL`,
  })
  await bulk(tx, {
    table: 'tier_held', what: 'add', batch, why, about: { month },
    statement: sql`
      INSERT INTO tier_held (customer_id, id, tier, from_date, known_on, reason, table_version, batch_id)
      SELECT m.customer_id, m.id, m.to_tier, m.effective_on, ${knownOn}::date, m.reason, m.table_version, ${batch} FROM tier_move m WHERE ${moves}`,
  })
}

/** Who was never judged is classified, not moved. */
async function classifyFirst(tx: Transaction, { batch, month, why, rules, counted }: { batch: string; month: string; why: string; rules: readonly TierRule[]; counted: readonly [boolean, boolean, boolean] }): Promise<void> {
  const from = monthStart(nextMonth(month))
  const without = sql`SELECT customer_id FROM customer n WHERE n.status <> 'PROSPECT' AND n.merged_into IS NULL AND (n.opened_on IS NULL OR n.opened_on < ${from}) AND NOT EXISTS (SELECT FROM tier_held h WHERE h.customer_id = n.customer_id AND (h.to_date IS NULL OR h.to_date > ${from}))`
  if (!(await tx.maybe(sql`SELECT 1 FROM (${without}) n LIMIT 1`))) return
  await bulk(tx, {
    table: 'tier_held', what: 'add', batch, why, about: { month },
    statement: sql`
      WITH ${merits(month, rules, counted, without)}
      INSERT INTO tier_held (customer_id, id, tier, from_date, reason, table_version, batch_id)
      SELECT m.customer_id, uuid7(), m.now, ${from}, ${reasonOf(month, sql`NULL::text`)}, m.version, ${batch} FROM merit m`,
  })
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
