import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { exact, type Exact } from '../../foundation/values/decimal.ts'
import { exactLoad, loadOf, type Grade, type Load, type LoadLine, type LoadTier, type LoadClass } from './load.rules.ts'
import { readOwnershipPolicy } from './read-ownership-policy.ts'

const asEngine = <T>(tx: Transaction, work: () => Promise<T>): Promise<T> => tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', work)
const inForce = (day: string): Sql => sql`from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`

/** Whose load: these people, or everybody who may hold customers in a line and below it (null: in the whole bank). */
export type LoadOf = { staffKeys: readonly number[] } | { linePath: string | null }
export type ManagerLoad = Load & {
  staffKey: number; name: string; grade: Grade | null; unitKey: number; unitName: string; linePath: string
  /** Customers whom he looks after as the main manager, by tier; and how many of all have loans. */
  tiers: Record<LoadTier, number>; credit: number; assisting: number
  /** What fills him, and the quotient unrounded. */
  lines: readonly HeldLine[]; exact: Exact
}
export type HeldLine = LoadLine & { mains: number; others: number }

type Row = { staff_key: number; staff_name: string; grade: Grade | null; place_key: number; place_name: string; line_path: string; lines: HeldLine[] | null }

/** How full managers are on a day: numbers over the whole bank, the same for everybody who asks. `more` is counted as if it were held already. */
export async function readLoads(tx: Transaction, day: string, whose: LoadOf, more: ReadonlyMap<number, readonly LoadLine[]> = new Map()): Promise<ManagerLoad[]> {
  const policy = await readOwnershipPolicy(tx, day)
  const people = 'staffKeys' in whose ? sql`staff_key = ANY(${[...whose.staffKeys]}::int[])` : whose.linePath === null ? sql`true` : sql`line_path >= ${whose.linePath} AND line_path < ${`${whose.linePath}/`}`
  // a head without customers of his own has no room that could be full
  const shown = 'staffKeys' in whose ? sql`` : sql`WHERE s.post_code IN ('RM', 'TEAM_LEAD') OR l.lines IS NOT NULL`
  const rows = await asEngine(tx, () => tx.all(sql<Row>`
    WITH seat AS MATERIALIZED (
      SELECT DISTINCT ON (staff_key) staff_key, staff_name, post_code, line_path, place_key, place_name FROM organisation_post_facts
      WHERE breadth <> 'NONE' AND sequence = 'FRONT' AND post_code <> 'LOBBY' AND ${inForce(day)} AND ${people} ORDER BY staff_key, post_code <> 'RM', main DESC, post_key),
    held AS (
      SELECT a.staff_key, k.tier, CASE WHEN k.kind = 'CORPORATE' THEN CASE WHEN k.loan_fen > 0 THEN 'CREDIT' ELSE 'CORPORATE' END WHEN k.tier = 'T1' THEN 'PERSON_T1' ELSE 'PERSON' END AS load_class,
        sum(a.share_pct) / 100 AS customers, count(*) FILTER (WHERE a.main) AS mains, count(*) FILTER (WHERE NOT a.main) AS others
      FROM assignment a JOIN customer k ON k.customer_id = a.customer_id AND k.status <> 'CLOSED'
      WHERE a.staff_key = ANY(ARRAY(SELECT staff_key FROM seat)) AND a.from_date <= ${day} AND (a.to_date IS NULL OR a.to_date > ${day}) GROUP BY 1, 2, 3)
    SELECT s.staff_key, s.staff_name, g.grade, s.place_key, s.place_name, s.line_path, l.lines
    FROM seat s LEFT JOIN organisation_grade_facts g ON g.staff_key = s.staff_key AND g.from_date <= ${day} AND (g.to_date IS NULL OR g.to_date > ${day})
    LEFT JOIN LATERAL (SELECT jsonb_agg(jsonb_build_object('loadClass', h.load_class, 'tier', h.tier, 'customers', h.customers::numeric(12,4)::text, 'mains', h.mains, 'others', h.others)) AS lines
      FROM held h WHERE h.staff_key = s.staff_key) l ON true ${shown} ORDER BY s.staff_name, s.staff_key`))
  return rows.map((row) => {
    const lines = row.lines ?? []
    const count = (of: (line: (typeof lines)[number]) => number): number => lines.reduce((sum, line) => sum + of(line), 0)
    const mains = (tier: LoadTier): number => count((line) => (line.tier === tier ? line.mains : 0))
    return {
      staffKey: row.staff_key, name: row.staff_name, grade: row.grade, unitKey: row.place_key, unitName: row.place_name, linePath: row.line_path,
      tiers: { T1: mains('T1'), T2: mains('T2'), T3: mains('T3'), T4: mains('T4'), P: mains('P') }, credit: count((line) => (line.loadClass === 'CREDIT' ? line.mains : 0)), assisting: count((line) => line.others),
      lines, exact: exactLoad([...lines, ...(more.get(row.staff_key) ?? [])], row.grade, policy), ...loadOf([...lines, ...(more.get(row.staff_key) ?? [])], row.grade, policy),
    }
  })
}

/** A person's part in some customers: what an assignment or a hand-over would add (or, negative, take). */
export type Taken = { staffKey: number; customerId: string; sharePct: string }

/** How full these people would be after it. Who gets nothing more is left out. */
export async function loadsAfter(tx: Transaction, day: string, taken: readonly Taken[]): Promise<ManagerLoad[]> {
  if (taken.length === 0) return []
  const rows = await asEngine(tx, () => tx.all(sql<{ staff_key: number; load_class: LoadClass; tier: LoadTier; customers: string }>`
    SELECT t.staff_key, k.tier, CASE WHEN k.kind = 'CORPORATE' THEN CASE WHEN k.loan_fen > 0 THEN 'CREDIT' ELSE 'CORPORATE' END WHEN k.tier = 'T1' THEN 'PERSON_T1' ELSE 'PERSON' END AS load_class,
      (sum(t.share_pct) / 100)::numeric(12,4)::text AS customers
    FROM jsonb_to_recordset(${JSON.stringify(taken.map((one) => ({ staff_key: one.staffKey, customer_id: one.customerId, share_pct: one.sharePct })))}::jsonb) AS t (staff_key int, customer_id uuid, share_pct numeric)
    JOIN customer k ON k.customer_id = t.customer_id GROUP BY 1, 2, 3`))
  const more = new Map<number, LoadLine[]>()
  for (const row of rows) more.set(row.staff_key, [...(more.get(row.staff_key) ?? []), { loadClass: row.load_class, tier: row.tier, customers: row.customers }])
  return readLoads(tx, day, { staffKeys: [...more.keys()] }, more)
}

/** How full those would be who get more of a customer than they have. */
export async function loadsOfNew(tx: Transaction, customerId: string, slices: readonly { staffKey: number; sharePct: string }[], day: string): Promise<ManagerLoad[]> {
  const held = await asEngine(tx, () => tx.all(sql<{ staff_key: number; share_pct: string }>`SELECT staff_key, share_pct FROM assignment WHERE customer_id = ${customerId} AND ${inForce(day)}`))
  const more = slices.flatMap((slice): Taken[] => {
    const plus = exact(slice.sharePct).minus(exact(held.find((one) => one.staff_key === slice.staffKey)?.share_pct ?? '0'))
    return plus.gt(0) ? [{ staffKey: slice.staffKey, customerId, sharePct: plus.toFixed(2) }] : []
  })
  return loadsAfter(tx, day, more)
}
