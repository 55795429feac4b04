import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { Context } from '../../foundation/http/route.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { idsAsked, narrow } from '../list-customers.ts'
import type { BatchReason, JudgedBatch, Selection } from './batch.contract.ts'
import { judgeEach, type BatchAct } from './engine-judge-batch.ts'
import { readListPolicy } from './read-list-policy.ts'

export type Batch = JudgedBatch & { ids: string[]; policyVersion: string }

/** Which customers are meant, and for which of them the act is possible: what is not is told with its reason and a few names, and is left as it is. */
export async function judgeBatch(tx: Transaction, context: Context, chosen: Selection, what: BatchAct): Promise<Outcome<Batch>> {
  const policy = await readListPolicy(tx, context.businessDate)
  const most = what.act === 'ASSIGN' ? policy.batchAssignMost : policy.batchMost
  const selected = await selectedIds(tx, context, chosen, most)
  if (!selected.ok) return selected
  const { seen, missing } = selected.value
  const judged = await judgeEach(tx, seen, what, context.actor, context.businessDate)
  const reasons = new Map<BatchReason, string[]>()
  for (const { reason, name } of judged) if (reason !== null) reasons.set(reason, [...(reasons.get(reason) ?? []), name])
  const not = [...reasons].map(([reason, names]) => ({ reason, count: names.length, examples: names.slice(0, 3) }))
  // of who is not there no name is told
  if (missing > 0) not.unshift({ reason: 'not-there', count: missing, examples: [] })
  const ids = judged.filter((one) => one.reason === null).map((one) => one.id)
  return ok({ total: seen.length + missing, possible: ids.length, not, ids, policyVersion: policy.version })
}

async function selectedIds(tx: Transaction, context: Context, { ids, filters }: Selection, most: number): Promise<Outcome<{ seen: string[]; missing: number }>> {
  if (ids !== undefined && filters === undefined) {
    const wanted = [...new Set(ids)]
    if (wanted.length > most) return refuse('too-many-selected', { field: 'selection', details: { most: String(most) } })
    const seen = await tx.all(sql<{ id: string }>`SELECT customer_id AS id FROM customer WHERE customer_id = ANY(${wanted}::uuid[])`)
    const known = new Set(seen.map((row) => row.id))
    return ok({ seen: wanted.filter((id) => known.has(id)), missing: wanted.length - known.size })
  }
  if (filters === undefined || ids !== undefined) return refuse('nothing-selected', { field: 'selection' })
  const narrowed = await narrow(tx, filters, context, true)
  if (!narrowed.ok) return narrowed
  const found = await idsAsked(tx, { ...narrowed.value, after: null }, context.actor, most + 1)
  if (found.length > most) return refuse('too-many-selected', { field: 'selection', details: { most: String(most) } })
  return found.length === 0 ? refuse('nothing-selected', { field: 'selection' }) : ok({ seen: found, missing: 0 })
}
