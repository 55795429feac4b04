import { sql, type Sql, type Transaction } from '../database/transaction.ts'
import { handle, type Context } from '../http/route.ts'
import { changeSavedView, createSavedView, endSavedView, listSavedViews, listSharingPosts, type SavedView } from '../http/saved-view.contract.ts'
import { add, change, end } from '../store/store.ts'
import { ok, refuse, type Outcome } from '../values/outcome.ts'

// one's own, or shared with a unit in which one's line lies, and with one's post
const visible = ({ staffKey, linePath, postCode }: Context['actor']): Sql =>
  sql`(s.owner_key = ${staffKey} OR (s.shared AND (${linePath} = s.shared_path OR starts_with(${linePath}, s.shared_path || '.')) AND (s.shared_post IS NULL OR s.shared_post = ${postCode})))`

export const listSavedViewsRoute = handle(listSavedViews, async (tx, { query }, { actor }) => ok({
  items: await tx.all(sql<SavedView>`
    SELECT s.id, s.name, s.state, s.owner_key = ${actor.staffKey} AS mine, o.staff_name AS "ownerName", s.shared, s.shared_post AS "sharedPost", s.changed_at AS "changedAt"
    FROM saved_view s JOIN organisation_staff_facts o ON o.staff_key = s.owner_key
    WHERE s.list = ${query.list} AND s.removed_on IS NULL AND ${visible(actor)} ORDER BY mine DESC, s.name, s.id LIMIT 100`),
}))

export const listSharingPostsRoute = handle(listSharingPosts, async (tx, _input, { actor: { linePath }, businessDate: day }) => ok({
  items: await tx.all(sql<{ code: string; name: string; nameEn: string }>`
    SELECT DISTINCT post_code AS code, post_name AS name, post_name_en AS "nameEn" FROM organisation_post_facts
    WHERE (line_path = ${linePath} OR starts_with(line_path, ${linePath} || '.')) AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day}) ORDER BY 2 LIMIT 50`),
}))

export const createSavedViewRoute = handle(createSavedView, async (tx, { body }, { actor }) => {
  if (await tx.maybe(sql`SELECT 1 FROM saved_view WHERE id = ${body.id}`)) return refuse('key-reused')
  if (await taken(tx, actor.staffKey, body.list, body.name, body.id)) return refuse('name-taken', { field: 'name' })
  await add(tx, 'saved_view', { id: body.id, list: body.list, owner_key: actor.staffKey, name: body.name, state: body.state, ...shareOf(body.share, actor.linePath) }, { why: null })
  return ok({ id: body.id })
})

export const changeSavedViewRoute = handle(changeSavedView, async (tx, { params: { viewId }, body }, { actor }) => {
  const own = await ownView(tx, viewId, actor)
  if (!own.ok) return own
  if (await taken(tx, actor.staffKey, own.value, body.name, viewId)) return refuse('name-taken', { field: 'name' })
  await change(tx, 'saved_view', { id: viewId }, { name: body.name, state: body.state, ...shareOf(body.share, actor.linePath), changed_at: new Date().toISOString() }, { why: null })
  return ok({ id: viewId })
})

export const endSavedViewRoute = handle(endSavedView, async (tx, { params: { viewId } }, { actor, businessDate }) => {
  const own = await ownView(tx, viewId, actor)
  if (!own.ok) return own
  await end(tx, 'saved_view', { id: viewId }, { removed_on: businessDate }, { why: null })
  return ok({ id: viewId })
})

const shareOf = (share: { with: 'NONE' | 'LINE'; post: string | null }, linePath: string) => ({ shared: share.with === 'LINE', shared_path: share.with === 'LINE' ? linePath : null, shared_post: share.with === 'LINE' ? share.post : null })

/** The list of a view that is one's own. */
async function ownView(tx: Transaction, id: string, actor: Context['actor']): Promise<Outcome<string>> {
  const row = await tx.maybe(sql<{ owner_key: number; list: string }>`SELECT s.owner_key, s.list FROM saved_view s WHERE s.id = ${id} AND s.removed_on IS NULL AND ${visible(actor)}`)
  if (!row) return refuse('not-found')
  return row.owner_key === actor.staffKey ? ok(row.list) : refuse('view-not-yours')
}

async function taken(tx: Transaction, staffKey: number, list: string, name: string, except: string): Promise<boolean> {
  return (await tx.maybe(sql`SELECT 1 FROM saved_view WHERE owner_key = ${staffKey} AND list = ${list} AND name = ${name} AND removed_on IS NULL AND id <> ${except}`)) !== undefined
}
