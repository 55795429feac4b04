import { sql } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { bulk } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { batchTag } from './batch.contract.ts'
import { judgeBatch } from './judge-batch.ts'
import { tagsOf } from './read-narrowing.ts'

/** Many customers get a tag or lose it: one statement for those for whom it is possible, one line in the journal. */
export const batchTagRoute = handle(batchTag, async (tx, { body }, context) => {
  const { actor, businessDate } = context
  const tag = await tx.maybe(sql<{ word: string }>`SELECT t.word FROM (${tagsOf(actor)}) t WHERE t.id = ${body.tagId}`)
  if (!tag) return refuse('tag-gone', { field: 'tagId' })
  const judged = await judgeBatch(tx, context, body.selection, { act: body.take === 'ON' ? 'TAG' : 'UNTAG', tagId: body.tagId })
  if (!judged.ok) return judged
  const { ids, total, possible, not } = judged.value
  if (body.dryRun || ids.length === 0) return ok({ total, possible, not, done: 0 })
  const batch = newId()
  const about = { tag: tag.word }
  // the rows were judged one by one in the asker's sight; they are written by one statement
  const { count } = await tx.asRole('batch', () => (body.take === 'ON'
    ? bulk(tx, { table: 'customer_tag', what: 'add', why: '批量打标签', batch, about, statement: sql`
        INSERT INTO customer_tag (customer_id, id, tag_id, from_date, tagged_by, batch_id)
        SELECT id, uuid7(), ${body.tagId}::uuid, ${businessDate}::date, ${actor.staffKey}::int, ${batch}::uuid FROM unnest(${ids}::uuid[]) k(id) ORDER BY id` })
    : bulk(tx, { table: 'customer_tag', what: 'change', why: '批量取消标签', batch, about, statement: sql`
        UPDATE customer_tag SET to_date = ${businessDate}::date, ended_by = ${actor.staffKey}::int WHERE customer_id = ANY(${ids}::uuid[]) AND tag_id = ${body.tagId}::uuid AND to_date IS NULL` })))
  return ok({ total, possible, not, done: count })
})
