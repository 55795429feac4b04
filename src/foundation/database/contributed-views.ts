import type { z } from 'zod'
import { sql, type Transaction } from './transaction.ts'

/** A view that a capability contributes to what another room tells (timeline, agenda, hand-over): its name, and what its comment says in JSON. */
export type ContributedView<Told> = { name: string } & Told

/** The views of the database whose names end so ('_timeline_facts'): the capabilities that contribute are found, not named. Throws when a comment is not of the shape. */
export async function contributedViews<Shape extends z.ZodObject>(tx: Transaction, ending: string, shape: Shape): Promise<ContributedView<z.output<Shape>>[]> {
  const views = await tx.all(sql<{ name: string; comment: string }>`
    SELECT relname AS name, obj_description(oid, 'pg_class') AS comment FROM pg_class
    WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace AND right(relname, length(${ending}::text)) = ${ending} ORDER BY relname`)
  return views.map(({ name, comment }) => ({ name, ...shape.parse(JSON.parse(comment)) }))
}
