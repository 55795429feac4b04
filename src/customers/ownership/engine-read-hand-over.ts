import { z } from 'zod'
import { contributedViews, type ContributedView } from '../../foundation/database/contributed-views.ts'
import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { Case } from './hand-over-case.ts'

const asEngine = <T>(tx: Transaction, work: () => Promise<T>): Promise<T> => tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', work)
type Text = { zh: string; en: string }

/** What the comment of a view `…_handover_facts` says: the kinds of things that it tells. */
export const handOverComment = z.strictObject({ kinds: z.record(z.string(), z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })) })

/** The views that tell what a customer brings along: the capabilities that contribute are found in the catalogue, not named. */
export const handOverViews = (tx: Transaction): Promise<ContributedView<z.output<typeof handOverComment>>[]> => contributedViews(tx, '_handover_facts', handOverComment)

const along = (views: readonly { name: string }[], items: Sql, day: string): Sql => sql.join(views.map(({ name }) => sql`
  SELECT i.customer_id, v.kind FROM (${items}) i JOIN ${sql.table(name)} v ON v.customer_id = i.customer_id AND (v.staff_key IS NULL OR v.staff_key = i.leaver_key) AND (v.until_date IS NULL OR v.until_date >= ${day})`), sql` UNION ALL `)

/** How many things of each kind go along with the whole list. Numbers only. */
export async function countPackage(tx: Transaction, handOverId: string, day: string): Promise<{ kind: string; title: Text; count: number }[]> {
  return asEngine(tx, async () => {
    const views = await handOverViews(tx)
    if (views.length === 0) return []
    const rows = await tx.all(sql<{ kind: string; n: number }>`SELECT kind, count(*)::int AS n FROM (${along(views, sql`SELECT customer_id, leaver_key FROM hand_over_item WHERE hand_over_id = ${handOverId} AND state IN ('OPEN', 'MOVED')`, day)}) a GROUP BY kind`)
    return views.flatMap((view) => Object.entries(view.kinds).map(([kind, title]) => ({ kind, title, count: rows.find((row) => row.kind === kind)?.n ?? 0 })))
  })
}

export type AboutItem = { along: number; visitedOn: string | null }

/** Of some customers of a list: how many open things go along, and the day of the joint visit. Numbers and days, no rows. */
export async function aboutItems(tx: Transaction, held: Case, customers: readonly string[], day: string): Promise<Map<string, AboutItem>> {
  if (customers.length === 0) return new Map()
  const items = sql`SELECT customer_id, leaver_key FROM hand_over_item WHERE hand_over_id = ${held.id} AND customer_id = ANY(${[...customers]}::uuid[])`
  const rows = await asEngine(tx, async () => {
    const views = await handOverViews(tx)
    return tx.all(sql<{ customer_id: string; along: number; visited_on: string | null }>`
      SELECT i.customer_id, coalesce(a.n, 0) AS along, ${visitedOn(held)} AS visited_on FROM hand_over_item i
      LEFT JOIN (SELECT customer_id, count(*)::int AS n FROM (${views.length === 0 ? sql`SELECT NULL::uuid AS customer_id WHERE false` : along(views, items, day)}) a GROUP BY customer_id) a ON a.customer_id = i.customer_id
      WHERE i.hand_over_id = ${held.id} AND i.customer_id = ANY(${[...customers]}::uuid[])`)
  })
  return new Map(rows.map((row) => [row.customer_id, { along: row.along, visitedOn: row.visited_on }]))
}

/** Joint visit: in person, the receiver together with the leaver or the supervisor, from the opening until the last day for it. */
const visitedOn = (held: Case): Sql => sql`(SELECT min(f.business_date) FROM visits_contact_facts f WHERE f.customer_id = i.customer_id AND f.in_person AND f.our_people @> ARRAY[i.receiver_key]
  AND (f.our_people @> ARRAY[${held.leaver_key}::int] OR f.our_people @> ARRAY[${held.supervisor_key}::int]) AND f.business_date >= ${held.opened_on} AND f.business_date <= ${held.visits_until ?? '9999-12-31'})`

/** Core and credit customers that changed hands, and how many of them were visited together. */
export function countVisits(tx: Transaction, held: Case): Promise<{ visits: number; visited: number }> {
  return asEngine(tx, () => tx.one(sql<{ visits: number; visited: number }>`
    SELECT count(*)::int AS visits, count(${visitedOn(held)})::int AS visited FROM hand_over_item i WHERE i.hand_over_id = ${held.id} AND i.must_sample AND i.state IN ('OPEN', 'MOVED')`))
}

export type StillHeld = { customers: number; handOver: { id: string; number: string } | null }

/** Customers whom a person would still hold on a day: those that no hand-over signed by all three takes from him by then. And the hand-over that is under way. */
export function countStillHeld(tx: Transaction, staffKey: number, day: string): Promise<StillHeld> {
  return asEngine(tx, async () => {
    const { n } = await tx.one(sql<{ n: number }>`
      SELECT count(DISTINCT a.customer_id)::int AS n FROM assignment a WHERE a.staff_key = ${staffKey} AND (a.to_date IS NULL OR a.to_date > ${day}) AND a.to_date IS DISTINCT FROM a.from_date
        AND NOT EXISTS (SELECT FROM hand_over_item i JOIN hand_over h ON h.id = i.hand_over_id WHERE i.customer_id = a.customer_id AND i.leaver_key = a.staff_key AND i.state = 'OPEN'
          AND h.state = 'SIGNED_BY_SUPERVISOR' AND h.effective_on <= ${day})`)
    const open = await tx.maybe(sql<{ id: string; number: string }>`
      SELECT id, number FROM hand_over WHERE leaver_key = ${staffKey} AND state IN ('OPENED', 'LISTED', 'SAMPLED', 'SIGNED_BY_LEAVER', 'SIGNED_BY_RECEIVER', 'SIGNED_BY_SUPERVISOR') ORDER BY opened_on DESC, id DESC LIMIT 1`)
    return { customers: n, handOver: open ?? null }
  })
}

/** The number of the hand-over on whose submitted list a customer stands, before it takes effect. */
export async function handOverOf(tx: Transaction, customerId: string): Promise<string | null> {
  const found = await asEngine(tx, () => tx.maybe(sql<{ number: string }>`
    SELECT h.number FROM hand_over_item i JOIN hand_over h ON h.id = i.hand_over_id WHERE i.customer_id = ${customerId} AND i.state = 'OPEN' AND h.listed_on IS NOT NULL LIMIT 1`))
  return found?.number ?? null
}
