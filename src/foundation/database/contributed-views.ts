import type { z } from 'zod'
import type { Database } from './database.ts'
import { sql, type Transaction } from './transaction.ts'

/** A view that a capability contributes to what another room tells (timeline, agenda, hand-over): its name, and what its comment says in JSON. */
export type ContributedView<Told> = { name: string } & Told

/** Names of the views that end so ('_duty_event_facts'): the capabilities that contribute are found, not named. */
export async function viewsEnding(tx: Transaction, ending: string): Promise<string[]> {
  const found = await tx.all(sql<{ name: string }>`
    SELECT relname AS name FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace AND right(relname, length(${ending}::text)) = ${ending} ORDER BY relname`)
  return found.map(({ name }) => name)
}

/** Those views with what their comments say. Throws when a comment is not of the shape. */
export async function contributedViews<Shape extends z.ZodObject>(tx: Transaction, ending: string, shape: Shape): Promise<ContributedView<z.output<Shape>>[]> {
  const views = await tx.all(sql<{ name: string; comment: string }>`
    SELECT relname AS name, obj_description(oid, 'pg_class') AS comment FROM pg_class
    WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace AND right(relname, length(${ending}::text)) = ${ending} ORDER BY relname`)
  return views.map(({ name, comment }) => ({ name, ...shape.parse(JSON.parse(comment)) }))
}

/** The same, asked for once a process: views change with a migration only, that is before the server starts. */
export function keptViews<Shape extends z.ZodObject>(ending: string, shape: Shape): (tx: Transaction, db: Database) => Promise<ContributedView<z.output<Shape>>[]> {
  const known = new WeakMap<Database, ContributedView<z.output<Shape>>[]>()
  return async (tx, db) => {
    const views = known.get(db) ?? await contributedViews(tx, ending, shape)
    known.set(db, views)
    return views
  }
}
