import { sql } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { add, end } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { tagsOf } from './read-narrowing.ts'
import { createTag, endTag, listCustomerTags, listTags, tagCustomer, untagCustomer, type TagView } from './tag.contract.ts'

export const listTagsRoute = handle(listTags, async (tx, _input, { actor }) => ok({
  items: await tx.all(sql<TagView>`
    SELECT t.id, t.word, t.meaning, t.unit_name AS "unitName", t.unit_name_en AS "unitNameEn", t.from_date AS "from", t.made_by = ${actor.staffKey} AS mine FROM (${tagsOf(actor)}) t ORDER BY t.word, t.id LIMIT 500`),
}))

/** A word of the maker's unit, from today on. */
export const createTagRoute = handle(createTag, async (tx, { body }, { actor, businessDate }) => {
  if (await tx.maybe(sql`SELECT 1 FROM tag WHERE id = ${body.id}`)) return refuse('key-reused')
  if (await tx.maybe(sql`SELECT 1 FROM tag WHERE unit_key = ${actor.lineKey} AND word = ${body.word} AND to_date IS NULL`)) return refuse('word-taken', { field: 'word' })
  await add(tx, 'tag', { id: body.id, unit_key: actor.lineKey, word: body.word, meaning: body.meaning, from_date: businessDate, made_by: actor.staffKey }, { why: null })
  return ok({ id: body.id })
})

/** Retired: it can be given no more and filters no more; what it said of customers stays in their history. */
export const endTagRoute = handle(endTag, async (tx, { params: { tagId } }, { actor, businessDate }) => {
  const tag = await tx.maybe(sql<{ made_by: number }>`SELECT t.made_by FROM (${tagsOf(actor)}) t WHERE t.id = ${tagId}`)
  if (!tag) return refuse('not-found')
  if (tag.made_by !== actor.staffKey) return refuse('tag-not-yours')
  await end(tx, 'tag', { id: tagId }, { to_date: businessDate }, { why: null })
  return ok({ id: tagId })
})

export const listCustomerTagsRoute = handle(listCustomerTags, async (tx, { params: { customerId } }, { actor }) => ok({
  items: await tx.all(sql<{ tagId: string; word: string; meaning: string | null; unitName: string; from: string; taggedBy: string }>`
    SELECT t.id AS "tagId", t.word, t.meaning, t.unit_name AS "unitName", x.from_date AS "from", s.staff_name AS "taggedBy"
    FROM customer_tag x JOIN (${tagsOf(actor)}) t ON t.id = x.tag_id JOIN organisation_staff_facts s ON s.staff_key = x.tagged_by
    WHERE x.customer_id = ${customerId} AND x.to_date IS NULL ORDER BY t.word, t.id`),
}))

export const tagCustomerRoute = handle(tagCustomer, async (tx, { params: { customerId }, body }, { actor, businessDate }) => {
  if (!(await tx.maybe(sql`SELECT 1 FROM (${tagsOf(actor)}) t WHERE t.id = ${body.tagId}`))) return refuse('tag-gone', { field: 'tagId' })
  if (await tx.maybe(sql`SELECT 1 FROM customer_tag WHERE customer_id = ${customerId} AND tag_id = ${body.tagId} AND to_date IS NULL`)) return refuse('tagged-already', { field: 'tagId' })
  await add(tx, 'customer_tag', { customer_id: customerId, id: body.id, tag_id: body.tagId, from_date: businessDate, tagged_by: actor.staffKey }, { why: null })
  return ok({ id: body.id })
})

export const untagCustomerRoute = handle(untagCustomer, async (tx, { params: { customerId, tagId } }, { actor, businessDate }) => {
  const held = await tx.maybe(sql<{ id: string }>`SELECT x.id FROM customer_tag x JOIN (${tagsOf(actor)}) t ON t.id = x.tag_id WHERE x.customer_id = ${customerId} AND x.tag_id = ${tagId} AND x.to_date IS NULL`)
  if (!held) return refuse('not-found')
  await end(tx, 'customer_tag', { customer_id: customerId, id: held.id }, { to_date: businessDate, ended_by: actor.staffKey }, { why: null })
  return ok({ tagId })
})
