import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'
import { daysInMonth, monthStart, nextMonth, yearStart, addDays } from '../foundation/values/business-date.ts'
import { growthParts, growthStart, isWholeYear, type GrowthPart, type HeldPost } from './growth.rules.ts'
import type { Sandbox } from './sandbox.ts'
import type { SchemeTerms } from './scheme.contract.ts'
import { partCode, partsOfPosts } from './schemes/post-parts.rules.ts'

/** The month that is collected, and under which scheme, for whom. */
export type Collected = { month: string; schemeCode: string; currency: string; terms: SchemeTerms; people: Covered; sandbox?: Sandbox }
/** Who is paid by the scheme in the month: keys, posts and lines side by side. `apart`: who held another post on the other days is paid for these days only, which are what the scheme counts of him. */
export type Covered = {
  keys: number[]; posts: string[]; paths: string[]; apart: Apart; /** Who moved out of the units of the scheme to a post that it would pay. */ movedOut: number[]
  /** Whose growth since January is counted otherwise than from the year's begin to the month's end: the days of each post (decision 0062). */
  growth: ReadonlyMap<number, readonly GrowthPart[]>
  /** Of those who are paid for a part of the month: whose facts by form go by day and by days (decision 0063). In months that were closed before that was so nobody's do. */
  formsByDays: number[]
  /** Who held posts of supervisors: the line of the last of them, and on how many days of the month. */
  leads: ReadonlyMap<number, { path: string; days: number }>
}
/** Keys and days [from, to) side by side; a person with a gap stands twice. */
export type Apart = { keys: number[]; from: string[]; to: string[] }

/** Rules of the tariff that measure a stock, in force on the month's last day; undefined: the scheme has none. */
export type StockRule = { unitFen: bigint; points: string; products: string[] | null }
export type StockRules = { deposits?: StockRule; loans?: StockRule }

/** First day, the day after the last, number of days. */
export function spanOf(month: string): { from: string; to: string; days: number } {
  return { from: monthStart(month), to: monthStart(nextMonth(month)), days: daysInMonth(month) }
}

/** Columns of pay_fact that collecting gives, in this order; the run and the month of the run come before them. */
const columns = sql`staff_key, line_code, of_month, fact_id, kind, customer_id, fact_date, amount_fen, share_pct, held_days, fen_days, share_days, points, money_fen, value, why, note, scope_path`

/** Adds collected facts to a run; returns how many. */
export async function storeFacts(tx: Transaction, collected: Collected, runId: string, what: string, facts: Sql): Promise<number> {
  const { count } = await bulk(tx, {
    table: 'pay_fact', what: 'add', why: `settlement ${collected.month}: ${what}`, batch: runId, sums: ['points', 'money_fen'], about: { month: collected.month, scheme: collected.schemeCode },
    statement: sql`INSERT INTO pay_fact (run_id, ${columns}) SELECT ${runId}::uuid, ${columns} FROM (${facts}) collected`,
  })
  return count
}

type Held = { staff_key: number; post_code: string; line_key: number; line_path: string; place_key: number; from: string; to: string | null }
/**
 * Who is paid by the scheme in the month: the last of his posts of it, with his line on that day. "Of the scheme" means post and unit: who moved out of its units, or to a post that it does not pay, is paid by it for the days before
 * (decision 0053), as under a scheme of blocks.
 */
export async function readCovered(tx: Transaction, month: string, terms: SchemeTerms): Promise<Covered> {
  const { from, to } = spanOf(month)
  const [inside, outside] = [await pathsOf(tx, terms.units ?? [], to), await pathsOf(tx, terms.exceptUnits ?? [], to)]
  const posts = [...new Set([...terms.posts, ...terms.supervisorPosts])]
  // the view compares spans of four tables with &&, of which the planner knows nothing: with loops it multiplies people by units (1,000 × 40 took 31 s), with hashes it joins by keys
  await tx.run(sql`SET LOCAL enable_nestloop = off`)
  const rows = await tx.all(sql<Held>`
    WITH held AS MATERIALIZED (SELECT staff_key, post_code, line_key, line_path, place_key, from_date, to_date, main, post_key FROM organisation_post_facts WHERE from_date < ${to}::date AND (to_date IS NULL OR to_date >= ${yearStart(from)}::date))
    SELECT h.staff_key, h.post_code, h.line_key, h.line_path, h.place_key, h.from_date AS from, h.to_date AS to FROM held h
    WHERE h.staff_key IN (SELECT staff_key FROM held WHERE post_code = ANY(${posts}::text[]) AND (to_date IS NULL OR to_date > ${from}::date))
    ORDER BY h.staff_key, h.from_date DESC, h.main DESC, h.post_key`)
  await tx.run(sql`SET LOCAL enable_nestloop = on`)
  const within = (path: string): boolean => (terms.units === undefined || terms.units.length === 0 || inside.some((one) => isWithin(path, one))) && !outside.some((one) => isWithin(path, one))
  const [growth, leads] = [new Map<number, readonly GrowthPart[]>(), new Map<number, { path: string; days: number }>()]
  const covered: Covered = { keys: [], posts: [], paths: [], apart: { keys: [], from: [], to: [] }, movedOut: [], growth, formsByDays: [], leads }
  for (let place = 0; place < rows.length;) {
    const key = rows[place]?.staff_key
    const inYear: Held[] = []
    for (; rows[place]?.staff_key === key && place < rows.length; place++) inYear.push(rows[place] as Held)
    const held = inYear.filter((one) => one.to === null || one.to > from)
    // a unit that was put elsewhere inside the month is the same unit
    const lines = inYear.filter((one) => within(one.line_path)).map((one) => one.line_key)
    const own = held.filter((one) => posts.includes(one.post_code) && lines.includes(one.line_key))
    const [last] = own
    if (!last) continue
    covered.keys.push(last.staff_key)
    covered.posts.push(last.post_code)
    covered.paths.push(last.line_path)
    if (held.find((one) => posts.includes(one.post_code)) !== last) covered.movedOut.push(last.staff_key)
    const parts = growthParts(month, inYear.map((one): HeldPost => ({ from: one.from, to: one.to, own: posts.includes(one.post_code) && lines.includes(one.line_key), at: `${one.post_code} ${one.place_key}` })))
    if (!isWholeYear(month, parts)) growth.set(last.staff_key, parts)
    const leading = own.filter((one) => terms.supervisorPosts.includes(one.post_code))
    const led = partsOfPosts({ from, to }, leading.map((one) => ({ from: one.from, to: one.to ?? to })), [])
    if (leading[0]) leads.set(last.staff_key, { path: leading[0].line_path, days: led.reduce((sum, one) => sum + one.days, 0) })
    if (own.length === held.length) continue
    const days = partsOfPosts({ from, to }, own.map((one) => ({ from: one.from, to: one.to ?? to })), [])
    if (days.reduce((sum, one) => sum + one.days, 0) >= daysInMonth(month)) continue
    for (const one of days) { covered.apart.keys.push(last.staff_key); covered.apart.from.push(one.from); covered.apart.to.push(one.to) }
    covered.formsByDays.push(last.staff_key)
  }
  return covered
}

const isWithin = (path: string, above: string): boolean => path === above || path.startsWith(`${above}.`)

/** Paths of units on the last day before `to`; a code that is none gives nothing. */
export async function pathsOf(tx: Transaction, codes: readonly string[], to: string): Promise<string[]> {
  if (codes.length === 0) return []
  return (await tx.all(sql<{ path: string }>`
    SELECT scope_path AS path FROM organisation_institution_facts WHERE code = ANY(${[...codes]}::text[]) AND from_date < ${to}::date AND (to_date IS NULL OR to_date >= ${to}::date)`)).map(({ path }) => path)
}

/**
 * Reads all facts of a run in the order in which they lie. The run is new, so the planner takes it for a handful of rows and would fetch a million one by one in the order of the key
 * and sort them (measured: twice the time).
 */
export async function walkRun<T extends object>(tx: Transaction, statement: Sql<T>): Promise<T[]> {
  await tx.run(sql`SET LOCAL enable_indexscan = off`)
  await tx.run(sql`SET LOCAL enable_sort = off`)
  const rows = await tx.all(statement)
  await tx.run(sql`SET LOCAL enable_indexscan = on`)
  await tx.run(sql`SET LOCAL enable_sort = on`)
  return rows
}

// Handed in as values: the planner sees how many they are. As a view below a join it guesses one, and loops over it for every fact.
export function coveredPeople({ people }: Collected): Sql {
  return sql`SELECT staff_key, post_code, scope_path FROM unnest(${people.keys}::int[], ${people.posts}::text[], ${people.paths}::text[]) AS p(staff_key, post_code, scope_path)`
}

/** The days of those who are paid for a part of the month only; null: there is nobody, which is the rule. */
const daysApart = ({ apart }: Covered): Sql | null => (apart.keys.length === 0 ? null : sql`SELECT staff_key, from_date, to_date FROM unnest(${apart.keys}::int[], ${apart.from}::date[], ${apart.to}::date[]) AS d(staff_key, from_date, to_date)`)
/** Whether the scheme counts a day of a person. */
export function countsDay(people: Covered, staff: Sql, day: Sql): Sql {
  return people.apart.keys.length === 0 ? sql`true` : sql`(NOT ${staff} = ANY(${people.apart.keys}::int[]) OR EXISTS (SELECT FROM (${daysApart(people) ?? sql``}) w WHERE w.staff_key = ${staff} AND w.from_date <= ${day} AND w.to_date > ${day}))`
}

// Who held how much of a customer in the month: the sum of share percent × days held. A transfer in the middle counts by days (3.0). With `people`: of the days that the scheme counts of each.
// An account or loan that came over by a merge has a line of its own: until the day of the merge its former customer's managers, from then on the present one's.
export function slicesOfMonth(month: string, people?: Covered): Sql {
  const { from, to } = spanOf(month)
  const days = people ? daysApart(people) : null
  const cut = days === null ? sql`` : sql`LEFT JOIN (${days}) w ON w.staff_key = a.staff_key`
  const [first, last] = days === null ? [sql`${from}::date`, sql`${to}::date`] : [sql`coalesce(w.from_date, ${from}::date)`, sql`coalesce(w.to_date, ${to}::date)`]
  const held = sql`least(coalesce(a.to_date, ${to}::date), t.to_date, ${last}) - greatest(a.from_date, t.from_date, ${first})`
  return sql`SELECT customer_id AS owner_id, staff_key, sum(share_pct * held)::numeric(12,2) AS share_days, sum(held)::int AS held_days
    FROM (SELECT a.customer_id, a.staff_key, a.share_pct, least(coalesce(a.to_date, ${to}::date), ${last}) - greatest(a.from_date, ${first}) AS held
          FROM customers_assignment_facts a ${cut} WHERE a.from_date < ${last} AND (a.to_date IS NULL OR a.to_date > ${first})) held_in_month
    GROUP BY customer_id, staff_key
    UNION ALL SELECT t.thing_id, a.staff_key, sum(a.share_pct * (${held}))::numeric(12,2), sum(${held})::int
    FROM customers_merged_thing_facts t JOIN customers_assignment_facts a ON a.customer_id = t.customer_id ${cut} WHERE ${held} > 0 GROUP BY t.thing_id, a.staff_key`
}

/** Joined to facts `k`: whose slices a fact goes by, its customer's or (after a merge) its own. */
export const mergedThings = sql`LEFT JOIN (SELECT DISTINCT thing_id FROM customers_merged_thing_facts) m ON m.thing_id = k.fact_id`
export const ownerOfFact = sql`coalesce(m.thing_id, k.customer_id)`

/** Closing balances of all days of the month, summed, of every deposit account. */
export function depositDays(month: string, currency: string): Sql {
  const { from, to } = spanOf(month)
  return sql`SELECT customer_id, account_id AS fact_id, sum(balance_fen * (least(coalesce(to_date, ${to}::date), ${to}::date) - greatest(from_date, ${from}::date))) AS fen_days
    FROM holdings_balance_facts WHERE line = 'DEPOSIT' AND currency = ${currency} AND from_date < ${to}::date AND (to_date IS NULL OR to_date > ${from}::date)
    GROUP BY customer_id, account_id HAVING sum(balance_fen * (least(coalesce(to_date, ${to}::date), ${to}::date) - greatest(from_date, ${from}::date))) <> 0`
}

/** Principal of all days of the month, summed, of every loan; of the products of the tariff when it names some. */
export function loanDays(month: string, currency: string, products: readonly string[] | null): Sql {
  const { from, to } = spanOf(month)
  const only = products === null ? sql`` : sql`AND EXISTS (SELECT FROM holdings_loan_facts l WHERE l.customer_id = s.customer_id AND l.loan_id = s.loan_id AND l.product_code = ANY(${[...products]}::text[]))`
  return sql`SELECT customer_id, loan_id AS fact_id, sum(principal_fen * (least(coalesce(to_date, ${to}::date), ${to}::date) - greatest(from_date, ${from}::date))) AS fen_days
    FROM holdings_loan_span_facts s WHERE currency = ${currency} AND from_date < ${to}::date AND (to_date IS NULL OR to_date > ${from}::date) ${only}
    GROUP BY customer_id, loan_id HAVING sum(principal_fen * (least(coalesce(to_date, ${to}::date), ${to}::date) - greatest(from_date, ${from}::date))) <> 0`
}

/** Stocks: each account's or loan's days, with the part of each manager who held the customer. */
export function stockFacts(collected: Collected, line: 'DEPOSIT_ADB_INCREMENT' | 'MANAGED_LOAN_ADB', products: readonly string[] | null): Sql {
  const { from, days } = spanOf(collected.month)
  const stock = line === 'MANAGED_LOAN_ADB' ? loanDays(collected.month, collected.currency, products) : depositDays(collected.month, collected.currency)
  return sql`
    SELECT h.staff_key, ${line}::text AS line_code, ${from}::date AS of_month, k.fact_id, ${line === 'MANAGED_LOAN_ADB' ? 'LOAN' : 'ACCOUNT'}::text AS kind, k.customer_id, NULL::date AS fact_date,
      round(k.fen_days / ${days}::int)::bigint AS amount_fen, round(h.share_days / h.held_days, 4) AS share_pct, h.held_days, k.fen_days, h.share_days,
      NULL::numeric AS points, NULL::bigint AS money_fen, NULL::numeric AS value, NULL::text AS why, NULL::text AS note, c.scope_path
    FROM (${stock}) k ${mergedThings} JOIN (${slicesOfMonth(collected.month, collected.people)}) h ON h.owner_id = ${ownerOfFact} JOIN (${coveredPeople(collected)}) c ON c.staff_key = h.staff_key`
}

/** The frozen base of every slice held in the month, negative: what a deposit increment is counted from. */
export function baseFacts(collected: Collected): Sql {
  const { from, to, days } = spanOf(collected.month)
  const part = (last: Sql, first: Sql): Sql => sql`(least(coalesce(a.to_date, ${to}::date), ${last}) - greatest(a.from_date, ${first}))`
  const apart = daysApart(collected.people)
  const whole = part(sql`${to}::date`, sql`${from}::date`)
  // of who is paid for a part of the month: the days of the slice within it
  const held = apart === null ? whole : sql`CASE WHEN a.staff_key = ANY(${collected.people.apart.keys}::int[]) THEN (SELECT coalesce(sum(greatest(${part(sql`w.to_date`, sql`w.from_date`)}, 0)), 0)::int FROM (${apart}) w WHERE w.staff_key = a.staff_key) ELSE ${whole} END`
  return sql`
    SELECT a.staff_key, 'DEPOSIT_ADB_INCREMENT'::text AS line_code, ${from}::date AS of_month, a.assignment_id AS fact_id, 'BASE'::text AS kind, a.customer_id, a.base_as_of AS fact_date,
      -a.base_adb_fen AS amount_fen, a.share_pct::numeric(7,4) AS share_pct, ${held} AS held_days, -(a.base_adb_fen::numeric * ${days}::int) AS fen_days, (a.share_pct * ${held})::numeric(12,2) AS share_days,
      NULL::numeric AS points, NULL::bigint AS money_fen, NULL::numeric AS value, NULL::text AS why, NULL::text AS note, c.scope_path
    FROM customers_assignment_facts a JOIN (${coveredPeople(collected)}) c ON c.staff_key = a.staff_key
    WHERE a.base_adb_fen <> 0 AND a.from_date < ${to}::date AND (a.to_date IS NULL OR a.to_date > ${from}::date) ${apart === null ? sql`` : sql`AND ${held} > 0`}`
}

/** Loans paid out in the month, with the tariff of that day. */
export function paidOutLoans({ month, schemeCode, currency }: Collected): Sql {
  const { from, to } = spanOf(month)
  return sql`
    SELECT l.customer_id, l.loan_id, l.paid_out_on, l.amount_fen, r.event,
      CASE WHEN r.unit_fen IS NULL THEN r.points ELSE round(l.amount_fen::numeric(38,12) * r.points / r.unit_fen, 2) END AS points
    FROM holdings_loan_facts l
    JOIN point_rule r ON r.scheme_code = ${schemeCode} AND r.event IN ('NEW_SMALL_LOAN', 'MERCHANT_LOAN_AMOUNT') AND r.from_date <= l.paid_out_on AND (r.to_date IS NULL OR r.to_date > l.paid_out_on)
      AND (r.products IS NULL OR l.product_code = ANY(r.products))
    WHERE l.paid_out_on >= ${from}::date AND l.paid_out_on < ${to}::date AND l.currency = ${currency}`
}

/** Events: to the managers of the day on which the loan was paid out; points split by shares with two decimals, the last party takes the difference (3.0). */
export function eventFacts(collected: Collected): Sql {
  const { from } = spanOf(collected.month)
  return sql`
    SELECT e.staff_key, e.event AS line_code, ${from}::date AS of_month, e.loan_id AS fact_id, 'LOAN'::text AS kind, e.customer_id, e.paid_out_on AS fact_date,
      e.amount_fen, e.share_pct::numeric(7,4) AS share_pct, NULL::int AS held_days, NULL::numeric AS fen_days, NULL::numeric AS share_days,
      e.part AS points, (round(e.part * ${collected.terms.unitPrice}::numeric, 2) * 100)::bigint AS money_fen, NULL::numeric AS value, NULL::text AS why, NULL::text AS note, c.scope_path
    FROM (
      SELECT j.*, CASE WHEN place < parties THEN round(points * share_pct / 100, 2)
                       ELSE round(points * all_shares / 100, 2) - coalesce(sum(round(points * share_pct / 100, 2)) OVER (PARTITION BY loan_id, event ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) END AS part
      FROM (
        SELECT l.*, a.staff_key, a.share_pct, row_number() OVER w AS place, count(*) OVER (PARTITION BY l.loan_id, l.event) AS parties, sum(a.share_pct) OVER (PARTITION BY l.loan_id, l.event) AS all_shares
        FROM (${paidOutLoans(collected)}) l
        LEFT JOIN customers_merged_thing_facts m ON m.thing_id = l.loan_id AND m.from_date <= l.paid_out_on AND m.to_date > l.paid_out_on
        JOIN customers_assignment_facts a ON a.customer_id = coalesce(m.customer_id, l.customer_id) AND a.from_date <= l.paid_out_on AND (a.to_date IS NULL OR a.to_date > l.paid_out_on)
        WINDOW w AS (PARTITION BY l.loan_id, l.event ORDER BY a.main DESC, a.staff_key)) j) e
    JOIN (${coveredPeople(collected)}) c ON c.staff_key = e.staff_key WHERE ${countsDay(collected.people, sql`e.staff_key`, sql`e.paid_out_on`)}`
}

/**
 * Inspection findings and the retail evaluation of the month, confirmed by a second person (3.7). A finding that corrects another gives the difference of the two; FALSE
 * takes all points of the loan back, those of its own month too (of the run that is being worked out, or null: of a month that is closed), and what corrects it gives back what it took. Of whom the scheme pays for a
 * part of the month: findings of its days, the evaluation of the month by days.
 */
export function formFacts(collected: Collected, runId: string | null): Sql {
  const { from, to, days } = spanOf(collected.month)
  const { formsByDays, apart } = collected.people
  const byDays = formsByDays.length === 0 ? null : sql`unnest(${apart.keys}::int[], ${apart.from}::date[], ${apart.to}::date[]) AS d(staff_key, from_date, to_date)`
  // on its business date, or where that lies outside of the month on the nearest day of it
  const day = sql`least(greatest(i.business_date, ${from}::date), ${to}::date - 1)`
  const inPost = byDays === null ? sql`` : sql`AND (NOT i.staff_key = ANY(${formsByDays}::int[]) OR EXISTS (SELECT FROM ${byDays} WHERE d.staff_key = i.staff_key AND d.from_date <= ${day} AND d.to_date > ${day}))`
  const held = byDays === null ? sql`NULL::int` : sql`CASE WHEN t.staff_key = ANY(${formsByDays}::int[]) THEN (SELECT sum(d.to_date - d.from_date)::int FROM ${byDays} WHERE d.staff_key = t.staff_key) END`
  const tariff = (alias: string): Sql => sql`(SELECT r.points FROM point_rule r WHERE r.scheme_code = ${collected.schemeCode} AND r.from_date < ${to}::date AND (r.to_date IS NULL OR r.to_date >= ${to}::date)
    AND r.event = CASE ${sql.ref(`${alias}.indicator`)} WHEN 'INSPECTION_REPORT' THEN 'REPORT_' ELSE 'CHECK_' END || ${sql.ref(`${alias}.grade`)})`
  // of a finding (alias): what the loan gave the person until the end of the finding's month. The run of this month that is being replaced does not count.
  const pointsOfLoan = (alias: string): Sql => {
    const [loan, month] = [sql.ref(`${alias}.loan_id`), sql.ref(`${alias}.month`)]
    const given = sql`f.fact_id = ${loan} AND f.kind = 'LOAN' AND f.points IS NOT NULL AND f.staff_key = i.staff_key`
    const before = sql`coalesce((SELECT sum(f.points) FROM pay_fact f JOIN settled_month s ON s.run_id = f.run_id WHERE ${given} AND s.scheme_code = ${collected.schemeCode}
      AND (s.month < ${month} OR (s.month = ${month} AND f.of_month = ${month} ${runId === null ? sql`` : sql`AND s.month <> ${from}::date`}))), 0)`
    return runId === null ? before : sql`(${before} + CASE WHEN ${month} = ${from}::date THEN coalesce((SELECT sum(f.points) FROM pay_fact f WHERE f.run_id = ${runId}::uuid AND f.of_month = ${from}::date AND ${given}), 0) ELSE 0 END)`
  }
  const points = (alias: string): Sql => sql`CASE WHEN ${sql.ref(`${alias}.grade`)} = 'FALSE' THEN -${pointsOfLoan(alias)} ELSE coalesce(${tariff(alias)}, 0) END`
  return sql`
    SELECT i.staff_key, i.indicator AS line_code, ${from}::date AS of_month, i.id AS fact_id, 'FORM'::text AS kind, NULL::uuid AS customer_id, i.business_date AS fact_date,
      NULL::bigint AS amount_fen, NULL::numeric AS share_pct, NULL::int AS held_days, NULL::numeric AS fen_days, NULL::numeric AS share_days,
      round(${points('i')} - coalesce((SELECT ${points('o')} FROM indicator_fact o WHERE o.id = i.corrects), 0), 2) AS points,
      NULL::bigint AS money_fen, NULL::numeric AS value, NULL::text AS why, i.object || ' · ' || i.grade AS note, c.scope_path
    FROM indicator_fact i JOIN (${coveredPeople(collected)}) c ON c.staff_key = i.staff_key
    WHERE i.month = ${from}::date AND i.confirmed_by IS NOT NULL AND i.indicator IN ('INSPECTION_REPORT', 'INSPECTION_CHECK') ${inPost}
    UNION ALL
    SELECT t.staff_key, 'RETAIL_EVALUATION', ${from}::date, t.id, 'FORM', NULL, t.business_date, NULL, NULL, ${held}, NULL, NULL,
      round(t.value * ${collected.terms.evaluationPointRate}::numeric * coalesce(${held}, ${days}::int) / ${days}::int, 2), NULL, t.value, NULL, NULL, c.scope_path
    FROM (SELECT DISTINCT ON (staff_key) * FROM indicator_fact WHERE indicator = 'RETAIL_SCORE' AND month = ${from}::date AND confirmed_by IS NOT NULL ORDER BY staff_key, confirmed_on DESC, id DESC) t
    JOIN (${coveredPeople(collected)}) c ON c.staff_key = t.staff_key AND c.post_code = ANY(${collected.terms.retailPosts}::text[])`
}

/** What gives no points but decides the pay: the marketing score of the month, the team's target. */
export function scoreFacts(collected: Collected): Sql {
  const { from } = spanOf(collected.month)
  return sql`
    SELECT i.staff_key, CASE i.indicator WHEN 'MARKETING_SCORE' THEN 'MARKETING' ELSE 'TEAM' END AS line_code, ${from}::date AS of_month, i.id AS fact_id, 'FORM'::text AS kind,
      NULL::uuid AS customer_id, i.business_date AS fact_date, NULL::bigint AS amount_fen, NULL::numeric AS share_pct, NULL::int AS held_days,
      NULL::numeric AS fen_days, NULL::numeric AS share_days, NULL::numeric AS points, NULL::bigint AS money_fen, i.value, NULL::text AS why, NULL::text AS note, c.scope_path
    FROM (SELECT DISTINCT ON (staff_key, indicator) * FROM indicator_fact
          WHERE confirmed_by IS NOT NULL AND ((indicator = 'MARKETING_SCORE' AND month = ${from}::date) OR (indicator = 'TEAM_TARGET' AND month >= ${yearStart(from)}::date AND month <= ${from}::date))
          ORDER BY staff_key, indicator, month DESC, confirmed_on DESC, id DESC) i
    JOIN (${coveredPeople(collected)}) c ON c.staff_key = i.staff_key`
}

type GrowthCode = 'NET_GROWTH' | 'NET_GROWTH_END' | 'NET_GROWTH_START'
/** The line of a part of the growth: its own where there are several. */
export const growthCode = (code: GrowthCode, place: number, parts: number): string => (parts > 1 ? partCode(place + 1, code) : code)

/** The year's target of net growth. Of a post that ended inside the month: the one that was entered before the month of the next post, where there is one. */
export function targetFacts(collected: Collected): Sql {
  const { from } = spanOf(collected.month)
  const parts = [...collected.people.growth].flatMap(([key, list]) => list.map((_part, place) => {
    const next = list[place + 1]
    return { key, code: growthCode('NET_GROWTH', place, list.length), before: next === undefined ? null : monthStart(next.from) }
  }))
  const whole = collected.people.keys.filter((key) => !collected.people.growth.has(key)).map((key) => ({ key, code: 'NET_GROWTH', before: null }))
  const asked = [...whole, ...parts]
  return sql`
    SELECT i.staff_key, i.line_code, ${from}::date AS of_month, i.id AS fact_id, 'FORM'::text AS kind, NULL::uuid AS customer_id, i.business_date AS fact_date, (i.value * 100)::bigint AS amount_fen, NULL::numeric AS share_pct,
      NULL::int AS held_days, NULL::numeric AS fen_days, NULL::numeric AS share_days, NULL::numeric AS points, NULL::bigint AS money_fen, i.value, NULL::text AS why, NULL::text AS note, c.scope_path
    FROM (SELECT DISTINCT ON (f.staff_key, w.line_code) f.*, w.line_code
          FROM indicator_fact f JOIN unnest(${asked.map(({ key }) => key)}::int[], ${asked.map(({ code }) => code)}::text[], ${asked.map(({ before }) => before)}::date[]) AS w(staff_key, line_code, before) ON w.staff_key = f.staff_key
          WHERE f.confirmed_by IS NOT NULL AND f.indicator = 'NET_GROWTH_TARGET' AND f.month >= ${yearStart(from)}::date AND f.month <= ${from}::date
          ORDER BY f.staff_key, w.line_code, (w.before IS NULL OR f.month < w.before) DESC, f.month DESC, f.confirmed_on DESC, f.id DESC) i
    JOIN (${coveredPeople(collected)}) c ON c.staff_key = i.staff_key`
}

/**
 * Loans of the managers who have a target of net growth: principal at the month's end and at the end of last year, each with the share of that day. Of a post that began or ended within the year: at its end, and on the day before it
 * began with the share of its first day.
 */
export function growthFacts(collected: Collected, runId: string): Sql {
  const { from, to } = spanOf(collected.month)
  const products = collected.terms.linkProducts
  const only = products === null ? sql`` : sql`AND EXISTS (SELECT FROM holdings_loan_facts l WHERE l.customer_id = s.customer_id AND l.loan_id = s.loan_id AND l.product_code = ANY(${[...products]}::text[]))`
  const { growth } = collected.people
  const sides = new Map<string, { code: GrowthCode; line: string; target: string; day: string; heldOn: string; keys: number[] }>()
  for (const [key, parts] of growth) {
    for (const [place, part] of parts.entries()) {
      const last = addDays(part.to, -1)
      for (const side of [{ code: 'NET_GROWTH_END' as const, day: last, heldOn: last }, { code: 'NET_GROWTH_START' as const, ...growthStart(part) }]) {
        const line = growthCode(side.code, place, parts.length)
        const found = sides.get(`${line} ${side.day} ${side.heldOn}`) ?? { ...side, line, target: growthCode('NET_GROWTH', place, parts.length), keys: [] }
        sides.set(`${line} ${side.day} ${side.heldOn}`, found)
        found.keys.push(key)
      }
    }
  }
  const side = (line: string, day: string, heldOn: string, target: string, whose: Sql): Sql => sql`
    SELECT a.staff_key, ${line}::text AS line_code, ${from}::date AS of_month, s.loan_id AS fact_id, 'LOAN'::text AS kind, s.customer_id, ${day}::date AS fact_date, s.principal_fen AS amount_fen,
      a.share_pct::numeric(7,4) AS share_pct, NULL::int AS held_days, NULL::numeric AS fen_days, NULL::numeric AS share_days, NULL::numeric AS points, NULL::bigint AS money_fen, NULL::numeric AS value,
      NULL::text AS why, NULL::text AS note, g.scope_path
    FROM pay_fact g
    JOIN customers_assignment_facts a ON a.staff_key = g.staff_key AND a.from_date <= ${heldOn}::date AND (a.to_date IS NULL OR a.to_date > ${heldOn}::date)
    JOIN holdings_loan_span_facts s ON s.customer_id = a.customer_id AND s.from_date <= ${day}::date AND (s.to_date IS NULL OR s.to_date > ${day}::date) AND s.principal_fen <> 0 AND s.currency = ${collected.currency} ${only}
    WHERE g.run_id = ${runId}::uuid AND g.line_code = ${target} ${whose}`
  const others = growth.size === 0 ? sql`` : sql`AND NOT g.staff_key = ANY(${[...growth.keys()]}::int[])`
  const [end, start] = [addDays(to, -1), addDays(yearStart(from), -1)]
  return sql.join([
    side('NET_GROWTH_END', end, end, 'NET_GROWTH', others), side('NET_GROWTH_START', start, start, 'NET_GROWTH', others),
    ...[...sides.values()].map((one) => side(one.line, one.day, one.heldOn, one.target, sql`AND g.staff_key = ANY(${one.keys}::int[])`)),
  ], sql` UNION ALL `)
}
