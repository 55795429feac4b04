import type { z } from 'zod'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { add, change, end } from '../../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { askedFor, sharedWith } from './read-narrowing.ts'
import { changeSegment, createSegment, endSegment, listSegments, type SegmentView, type Sharing } from './segment.contract.ts'

/** One's own segments and those shared with one's line and post, by name. They are questions: nothing about a customer stands in them but what the asker may see when he asks. */
export const listSegmentsRoute = handle(listSegments, async (tx, _input, { actor }) => {
  const items = await tx.all(sql<SegmentView>`
    SELECT s.id, s.name, s.about, s.definition, s.owner_key = ${actor.staffKey} AS mine, o.staff_name AS "ownerName", s.shared, s.shared_post AS "sharedPost", s.changed_at AS "changedAt"
    FROM segment s JOIN organisation_staff_facts o ON o.staff_key = s.owner_key
    WHERE s.removed_on IS NULL AND ${sharedWith(actor)} ORDER BY mine DESC, s.name, s.id LIMIT 200`)
  return ok({ items })
})

export const createSegmentRoute = handle(createSegment, async (tx, { body }, context) => {
  const judged = await askedFor(tx, body.definition, context)
  if (!judged.ok) return judged
  const { actor } = context
  // the id is the client's: one of somebody else is answered like any other content under a used id
  if (await tx.maybe(sql`SELECT 1 FROM segment WHERE id = ${body.id}`)) return refuse('key-reused')
  const taken = await nameTaken(tx, actor.staffKey, body.name, body.id)
  if (!taken.ok) return taken
  await add(tx, 'segment', { id: body.id, owner_key: actor.staffKey, name: body.name, about: body.about, definition: body.definition, ...shareOf(body.share, context) }, { why: null })
  return ok({ id: body.id })
})

export const changeSegmentRoute = handle(changeSegment, async (tx, { params: { segmentId }, body }, context) => {
  const own = await ownSegment(tx, segmentId, context)
  if (!own.ok) return own
  if (own.value.changedAt !== body.changedAt) return refuse('changed-meanwhile')
  const judged = await askedFor(tx, body.definition, context)
  if (!judged.ok) return judged
  const taken = await nameTaken(tx, context.actor.staffKey, body.name, segmentId)
  if (!taken.ok) return taken
  const changedAt = new Date().toISOString()
  await change(tx, 'segment', { id: segmentId }, { name: body.name, about: body.about, definition: body.definition, ...shareOf(body.share, context), changed_at: changedAt }, { why: null })
  return ok({ id: segmentId, changedAt })
})

export const endSegmentRoute = handle(endSegment, async (tx, { params: { segmentId } }, context) => {
  const own = await ownSegment(tx, segmentId, context)
  if (!own.ok) return own
  await end(tx, 'segment', { id: segmentId }, { removed_on: context.businessDate }, { why: null })
  return ok({ id: segmentId })
})

/** What stands in the row of a thing that is shared with one's own line. */
export function shareOf(share: z.output<typeof createSegment.body>['share'] | Sharing, { actor }: Pick<Context, 'actor'>): { shared: boolean; shared_path: string | null; shared_post: string | null } {
  return share.with === 'LINE' ? { shared: true, shared_path: actor.linePath, shared_post: share.post } : { shared: false, shared_path: null, shared_post: null }
}

async function ownSegment(tx: Transaction, segmentId: string, { actor }: Context): Promise<Outcome<{ changedAt: string }>> {
  const row = await tx.maybe(sql<{ owner_key: number; changed_at: string }>`SELECT s.owner_key, s.changed_at FROM segment s WHERE s.id = ${segmentId} AND s.removed_on IS NULL AND ${sharedWith(actor)}`)
  if (!row) return refuse('not-found')
  return row.owner_key === actor.staffKey ? ok({ changedAt: row.changed_at }) : refuse('segment-not-yours')
}

async function nameTaken(tx: Transaction, staffKey: number, name: string, except: string): Promise<Outcome<null>> {
  const other = await tx.maybe(sql`SELECT 1 FROM segment WHERE owner_key = ${staffKey} AND name = ${name} AND removed_on IS NULL AND id <> ${except}`)
  return other ? refuse('name-taken', { field: 'name' }) : ok(null)
}
