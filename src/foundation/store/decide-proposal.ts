import type { Transaction } from '../database/transaction.ts'
import { ok, refuse, type Outcome } from '../values/outcome.ts'
import { change } from './store.ts'

type Proposal = { proposedKey: number; decision: string | null }
/** `customerId`: of a proposal that a customer owns, whose key begins with it. */
type Asked = { table: string; customerId?: string; id: string; returned: string; body: { decision: 'CONFIRMED' | 'RETURNED'; note?: string | null }; staffKey: number; day: string }
/** The columns of a proposal that say who decided it, when and how. */
export type Decided = { decision: 'CONFIRMED' | 'RETURNED'; decided_by: number; decided_on: string; decision_note: string | null }

/**
 * What every decision of a second person about a proposal begins with: it is there, open, and somebody else's; a return says why and is kept here (action `returned`). Null: returned, nothing is left to do.
 * Otherwise the columns that the caller keeps when what holds now still allows it. Refusals: 'not-found', 'decided-already', 'same-person', 'note-missing'.
 */
export async function decideProposal(tx: Transaction, proposal: Proposal | undefined, { table, customerId, id, returned, body, staffKey, day }: Asked): Promise<Outcome<Decided | null>> {
  if (!proposal) return refuse('not-found')
  if (proposal.decision !== null) return refuse('decided-already')
  if (proposal.proposedKey === staffKey) return refuse('same-person')
  const note = body.note?.trim() ?? ''
  const decided = { decision: body.decision, decided_by: staffKey, decided_on: day, decision_note: note === '' ? null : note }
  if (body.decision === 'CONFIRMED') return ok(decided)
  if (note === '') return refuse('note-missing', { field: 'note' })
  await change(tx, table, customerId === undefined ? { id } : { customer_id: customerId, id }, decided, { why: note, action: returned })
  return ok(null)
}
