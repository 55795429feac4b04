import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { overlaps } from './in-force.ts'

const structureLock = 7215330515

/** Whoever changes shares or control waits here for whoever does so now: a loop that two close from both ends is seen by the second. */
export async function lockStructure(tx: Transaction): Promise<void> {
  await tx.one(sql`SELECT pg_advisory_xact_lock(${structureLock}::bigint)`)
}

export type NewEdge = { from: string; to: string; fromDate: string; toDate: string | null }

/**
 * Would this edge of shares or control close a loop anywhere in the bank? The parties of the shortest one, from the new edge's end back to its end; null: no. What is marked as a
 * cross-holding closes no loop. The same for everybody who asks.
 */
export function loopThrough(tx: Transaction, edge: NewEdge): Promise<string[] | null> {
  return tx.asRole('engine', async () => {
    const structure = sql`r.kind IN ('SHAREHOLDING', 'CONTROL') AND NOT r.cross_holding AND ${overlaps(edge.fromDate, edge.toDate)}`
    const below = sql`WITH RECURSIVE below AS (SELECT ${edge.to}::uuid AS party UNION SELECT r.to_party FROM below b JOIN relation r ON r.from_party = b.party AND ${structure})`
    const { closes } = await tx.one(sql<{ closes: boolean }>`${below} SELECT EXISTS (SELECT FROM below WHERE party = ${edge.from}) AS closes`)
    if (!closes) return null
    const edges = await tx.all(sql<{ from: string; to: string }>`${below} SELECT r.from_party AS "from", r.to_party AS "to" FROM below b JOIN relation r ON r.from_party = b.party AND ${structure}`)
    return shortestWay(edges, edge.to, edge.from)
  })
}

/** Is the parent of this edge a descendant of its child, by what is recorded of the whole bank? Parents do not cease: ended edges that were in force count, mistakes that ended on their first day do not. */
export function descends(tx: Transaction, edge: NewEdge): Promise<boolean> {
  return tx.asRole('engine', async () => (await tx.one(sql<{ closes: boolean }>`
    WITH RECURSIVE below AS (SELECT ${edge.to}::uuid AS party UNION SELECT r.to_party FROM below b JOIN relation r ON r.from_party = b.party AND r.kind = 'FAMILY' AND r.means = 'PARENT' AND r.to_date IS DISTINCT FROM r.from_date)
    SELECT EXISTS (SELECT FROM below WHERE party = ${edge.from}) AS closes`)).closes)
}

function shortestWay(edges: readonly { from: string; to: string }[], start: string, goal: string): string[] {
  const cameFrom = new Map<string, string>([[start, start]])
  let layer = [start]
  while (layer.length > 0 && !cameFrom.has(goal)) {
    const next: string[] = []
    for (const { from, to } of edges) if (layer.includes(from) && !cameFrom.has(to)) {
      cameFrom.set(to, from)
      next.push(to)
    }
    layer = next
  }
  const way = [goal]
  for (let here = goal; here !== start;) {
    here = cameFrom.get(here) ?? start
    way.unshift(here)
  }
  return way
}

/** The most that the shares of this company sum to on any day of [fromDate, toDate), the new one with them; percent as exact text. */
export async function sharesWith(tx: Transaction, edge: NewEdge, sharePct: string): Promise<{ sum: string; above: boolean }> {
  return tx.asRole('engine', () => tx.one(sql<{ sum: string; above: boolean }>`
    WITH other AS (SELECT r.share_pct, r.from_date, r.to_date FROM relation r WHERE r.to_party = ${edge.to} AND r.kind = 'SHAREHOLDING' AND ${overlaps(edge.fromDate, edge.toDate)}),
      day AS (SELECT ${edge.fromDate}::date AS day UNION SELECT from_date FROM other WHERE from_date > ${edge.fromDate}::date),
      total AS (SELECT ${sharePct}::numeric + coalesce((SELECT sum(o.share_pct) FROM other o WHERE o.from_date <= d.day AND (o.to_date IS NULL OR o.to_date > d.day)), 0) AS sum FROM day d)
    SELECT trim_scale(max(sum))::text AS sum, max(sum) > 100 AS above FROM total`))
}
