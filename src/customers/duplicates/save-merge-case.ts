import { type Transaction } from '../../foundation/database/transaction.ts'
import { add, change } from '../../foundation/store/store.ts'
import type { MergeTrace } from './apply-merge.ts'
import type { MergeField, MergePreview } from './duplicate.contract.ts'
import type { MergeSide } from './read-merge-side.ts'

export type By = { staffKey: number; on: string }
type Key = { survivorId: string; caseId: string }

/** A proposal with what its proposer was shown and how both customers stood then. Runs as `opened`. */
export async function saveProposal(tx: Transaction, { survivorId, caseId }: Key, given: { survivor: MergeSide; other: MergeSide; preview: MergePreview; choices: readonly MergeField[]; reason: string; by: By }): Promise<void> {
  const { survivor, other } = given
  const [least = '', most = ''] = [survivor.scopePath, other.scopePath].sort()
  await add(tx, 'merge_case', {
    customer_id: survivorId, id: caseId, other_id: other.party.customerId, state: 'PROPOSED', reason: given.reason, choices: [...given.choices], preview: { ...given.preview, states: [survivor.state, other.state] }, proposed_by: given.by.staffKey,
    proposed_on: given.by.on, scope_least: least, scope_most: most, viewers: survivor.viewers.filter((key) => other.viewers.includes(key)),
  }, { why: given.reason, action: 'PROPOSE_MERGE' })
}

export async function saveReturn(tx: Transaction, { survivorId, caseId }: Key, by: By, reason: string): Promise<void> {
  await change(tx, 'merge_case', { customer_id: survivorId, id: caseId }, { state: 'RETURNED', decided_by: by.staffKey, decided_on: by.on, decision_reason: reason }, { why: reason, action: 'RETURN_MERGE' })
}

/** `before`: what the merge changed, so that it can be undone until `undoUntil`. */
export async function saveConfirmation(tx: Transaction, { survivorId, caseId }: Key, by: By, given: { opinion: string; undoUntil: string; before: MergeTrace; why: string }): Promise<void> {
  await change(tx, 'merge_case', { customer_id: survivorId, id: caseId }, { state: 'MERGED', decided_by: by.staffKey, decided_on: by.on, decision_reason: given.opinion, undo_until: given.undoUntil, before: given.before }, { why: given.why, action: 'CONFIRM_MERGE' })
}

export async function saveUndo(tx: Transaction, { survivorId, caseId }: Key, by: By, reason: string): Promise<void> {
  await change(tx, 'merge_case', { customer_id: survivorId, id: caseId }, { state: 'UNDONE', undone_by: by.staffKey, undone_on: by.on, undo_reason: reason }, { why: reason, action: 'UNDO_MERGE' })
}
