import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk, change } from '../../foundation/store/store.ts'

/** What waits of a customer that goes into another is void: it was about a name and documents that are no longer its own. Before its rows go over. Runs as `batch`; returns what was closed, to be opened again by the undoing. */
export async function closeForMerge(tx: Transaction, customerId: string, day: string, why: string): Promise<string[]> {
  const open = await tx.all(sql<{ id: string }>`SELECT id FROM identity_change WHERE customer_id = ${customerId} AND state = 'OPEN' ORDER BY id`)
  for (const { id } of open) await change(tx, 'identity_change', { customer_id: customerId, id }, { state: 'OVERTAKEN', decided_on: day, decision_note: '客户合并' }, { why, action: 'MERGE' })
  return open.map(({ id }) => id)
}

/** After a merge was undone and the rows are back. */
export async function reopenAfterMerge(tx: Transaction, customerId: string, ids: readonly string[], why: string): Promise<void> {
  for (const id of ids) await change(tx, 'identity_change', { customer_id: customerId, id }, { state: 'OPEN', decided_on: null, decision_note: null }, { why, action: 'UNDO_MERGE' })
}

/** The core system is the truth: what it now says by itself waits for nobody any more. After a delivery was merged, as `batch`. */
export async function closeOvertaken(tx: Transaction, batch: string, day: string): Promise<void> {
  await bulk(tx, {
    table: 'identity_change', what: 'change', why: 'the core system says so', batch, alias: 'i',
    statement: sql`UPDATE identity_change i SET state = 'OVERTAKEN', decided_on = ${day}::date, decision_note = '核心系统已更新'
      FROM customer c LEFT JOIN corporate k ON k.customer_id = c.customer_id
      WHERE i.state = 'OPEN' AND c.customer_id = i.customer_id AND (
        (i.field = 'NAME' AND c.name = i.new_text) OR (i.field = 'LEGAL_REPRESENTATIVE' AND i.number_hash IS NULL AND k.legal_representative = i.new_text)
        OR (i.field = 'IDENTITY' AND EXISTS (SELECT FROM identity_document d WHERE d.customer_id = i.customer_id AND d.kind = i.new_text AND d.number_hash = i.number_hash)))`,
  })
}
