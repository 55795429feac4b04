import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { monthOf } from '../foundation/values/business-date.ts'
import { baseFacts, eventFacts, formFacts, readCovered, spanOf, stockFacts, storeFacts, type Collected, type Covered } from './collect-facts.ts'
import type { RulesThen } from './read-points-rules.ts'

/**
 * Closed months are never rewritten. Each one within reach of the scheme is collected again, for whom and by what its own version of the scheme counted; where a fact is not what the closed run and later corrections know, the
 * difference is stored as a fact of this run that names the month it corrects. Returns how many facts differ.
 */
export async function correctClosedMonths(tx: Transaction, collected: Collected, runId: string, closed: ReadonlyMap<string, RulesThen>): Promise<number> {
  const { from } = spanOf(collected.month)
  let differing = 0
  for (const [month, { terms, stocks }] of closed) {
    const then: Collected = { ...collected, terms, month: monthOf(month), people: await coveredThen(tx, { ...collected, terms }, month) }
    const now = [
      eventFacts(then), formFacts(then, null), ...(stocks.loans ? [stockFacts(then, 'MANAGED_LOAN_ADB', stocks.loans.products)] : []),
      ...(stocks.deposits ? [stockFacts(then, 'DEPOSIT_ADB_INCREMENT', null), baseFacts(then)] : []),
    ]
    const counted = sql`('NEW_SMALL_LOAN', 'MERCHANT_LOAN_AMOUNT', 'MANAGED_LOAN_ADB', 'DEPOSIT_ADB_INCREMENT', 'INSPECTION_REPORT', 'INSPECTION_CHECK', 'RETAIL_EVALUATION')`
    // the measure of a stock is days × share; a difference of two such products is kept with a share of one hundredth
    differing += await storeFacts(tx, collected, runId, `late corrections of ${then.month}`, sql`
        SELECT coalesce(n.staff_key, k.staff_key) AS staff_key, coalesce(n.line_code, k.line_code) AS line_code, ${month}::date AS of_month, coalesce(n.fact_id, k.fact_id) AS fact_id, coalesce(n.kind, k.kind) AS kind,
          coalesce(n.customer_id, k.customer_id) AS customer_id, coalesce(n.fact_date, k.fact_date) AS fact_date, coalesce(n.amount_fen, 0) - coalesce(k.amount_fen, 0) AS amount_fen, n.share_pct, n.held_days,
          CASE WHEN n.fen_days IS NOT NULL OR k.measure IS NOT NULL THEN (coalesce(n.fen_days * n.share_days, 0) - coalesce(k.measure, 0)) * 100 END AS fen_days,
          CASE WHEN n.fen_days IS NOT NULL OR k.measure IS NOT NULL THEN 0.01::numeric(12,2) END AS share_days,
          CASE WHEN n.points IS NOT NULL OR k.points IS NOT NULL THEN coalesce(n.points, 0) - coalesce(k.points, 0) END AS points,
          CASE WHEN n.money_fen IS NOT NULL OR k.money_fen IS NOT NULL THEN coalesce(n.money_fen, 0) - coalesce(k.money_fen, 0) END AS money_fen,
          n.value, CASE WHEN n.fact_id IS NULL THEN 'no-longer-a-fact' WHEN k.fact_id IS NULL THEN 'came-late' ELSE 'corrected' END AS why, coalesce(n.note, k.note) AS note, coalesce(n.scope_path, k.scope_path) AS scope_path
        FROM (${sql.join(now, sql` UNION ALL `)}) n
        FULL JOIN (
          SELECT f.staff_key, f.line_code, f.fact_id, min(f.kind) AS kind, (array_agg(f.customer_id))[1] AS customer_id, min(f.fact_date) AS fact_date, sum(f.amount_fen)::bigint AS amount_fen,
            sum(f.fen_days * f.share_days) AS measure, sum(f.points) AS points, sum(f.money_fen)::bigint AS money_fen, min(f.note) AS note, min(f.scope_path) AS scope_path
          FROM pay_fact f JOIN settled_month s ON s.run_id = f.run_id AND s.scheme_code = ${collected.schemeCode} AND s.month < ${from}::date
          WHERE f.of_month = ${month}::date AND f.line_code IN ${counted} GROUP BY f.staff_key, f.line_code, f.fact_id) k
        ON k.staff_key = n.staff_key AND k.line_code = n.line_code AND k.fact_id = n.fact_id
        WHERE coalesce(n.fen_days * n.share_days, 0) <> coalesce(k.measure, 0) OR coalesce(n.points, 0) <> coalesce(k.points, 0)`)
  }
  return differing
}

/**
 * Who is paid by the scheme in a closed month, as it is known today; the days that it counts of a person as it was settled then. Who had a statement of the whole month keeps it, and who was paid by the scheme of his new
 * unit for the whole month is not paid once more.
 */
async function coveredThen(tx: Transaction, { schemeCode, terms }: Collected, month: string): Promise<Covered> {
  const now = await readCovered(tx, monthOf(month), terms)
  const concerned = [...new Set([...now.apart.keys, ...now.movedOut])]
  if (concerned.length === 0) return now
  const statements = await tx.all(sql<{ staff_key: number; days: { from: string; to: string }[] | null; forms: string | null }>`
    SELECT s.staff_key, s.input -> 'days' AS days, s.input ->> 'forms' AS forms FROM closed_month c JOIN pay_statement s ON s.run_id = c.run_id WHERE c.scheme_code = ${schemeCode} AND c.month = ${month}::date AND s.staff_key = ANY(${concerned}::int[])`)
  const settled = new Map(statements.map((row) => [row.staff_key, row.days]))
  const kept = now.keys.flatMap((key, place) => (!concerned.includes(key) || settled.get(key) != null || (settled.has(key) && !now.movedOut.includes(key)) ? [place] : []))
  const pick = <T>(list: readonly T[]): T[] => kept.flatMap((place) => list.slice(place, place + 1))
  const apart = [...settled].flatMap(([key, days]) => (days ?? []).map((one) => ({ key, ...one })))
  return { keys: pick(now.keys), posts: pick(now.posts), paths: pick(now.paths), movedOut: [], growth: new Map(), leads: now.leads, formsByDays: statements.filter(({ forms }) => forms !== null).map(({ staff_key: key }) => key), apart: { keys: apart.map(({ key }) => key), from: apart.map(({ from }) => from), to: apart.map(({ to }) => to) } }
}
