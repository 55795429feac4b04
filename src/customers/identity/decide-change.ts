import { minutesLeft, numbersPerHour, takeHourly } from '../../foundation/access/hourly-limit.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { keepFile, readFile } from '../../foundation/files/keep-file.ts'
import { handle, handleUpload } from '../../foundation/http/route.ts'
import { change, recordReading } from '../../foundation/store/store.ts'
import { aboutKinds } from '../../foundation/values/file-kind.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { confidentialTo } from '../file/confidentiality.ts'
import { lockFile } from '../file/file-values.ts'
import { applyChange, type OpenChange } from './apply-change.ts'
import { attachProof, decideIdentityChange, downloadProof, withdrawIdentityChange } from './identity-change.contract.ts'

type Kept = OpenChange & { state: string; proposed_by: number; proposed_on: string; file_id: string | null }

const read = (tx: Transaction, customerId: string, changeId: string): Promise<Kept | undefined> => tx.maybe(sql<Kept>`
  SELECT id, field, state, old_text, new_text, document_id, old_hash, old_tail, id_kind, number_cipher, number_hash, number_tail, number_checked, expires_on, proof, reason, proposed_by, proposed_on, file_id
  FROM identity_change WHERE customer_id = ${customerId} AND id = ${changeId} FOR UPDATE`)

/** The second person decides. Confirmed, the new value holds from this moment and everything that is made of it follows; returned, the old one stays. */
export const decideIdentityChangeRoute = handle(decideIdentityChange, async (tx, { params: { customerId, changeId }, body }, context) => {
  const { actor, businessDate: day } = context
  // two changes of one customer come one after the other
  await lockFile(tx, customerId)
  const found = await read(tx, customerId, changeId)
  if (!found) return refuse('not-found')
  if (found.state !== 'OPEN') return refuse('decided-already')
  // whoever stands in for the maker, or he for them, is the same side
  const oneSide = await tx.maybe(sql`SELECT 1 FROM customers_one_side_facts WHERE staff_key = ${found.proposed_by} AND other_key = ${actor.staffKey} AND from_date <= ${day} AND to_date > ${found.proposed_on}`)
  if (found.proposed_by === actor.staffKey || oneSide) return refuse('same-person')
  const note = body.note?.trim() ?? ''
  if (body.decision === 'RETURNED' && note === '') return refuse('note-missing', { field: 'note' })
  await change(tx, 'identity_change', { customer_id: customerId, id: changeId }, { state: body.decision, decided_by: actor.staffKey, decided_on: day, decision_note: note === '' ? null : note }, {
    why: note === '' ? null : note, action: body.decision === 'CONFIRMED' ? 'CONFIRM_IDENTITY' : 'RETURN_IDENTITY',
  })
  if (body.decision === 'RETURNED') return ok({ id: changeId })
  const applied = await applyChange({ tx, context, customerId, of: found, why: `${found.reason}（${found.proof}）`, seen: body.sameNameSeen })
  return applied.ok ? ok({ id: changeId }) : applied
})

export const withdrawIdentityChangeRoute = handle(withdrawIdentityChange, async (tx, { params: { customerId, changeId }, body }, { actor, businessDate: day }) => {
  const found = await read(tx, customerId, changeId)
  if (!found) return refuse('not-found')
  if (found.state !== 'OPEN') return refuse('decided-already')
  if (found.proposed_by !== actor.staffKey) return refuse('not-yours')
  await change(tx, 'identity_change', { customer_id: customerId, id: changeId }, { state: 'WITHDRAWN', decided_on: day, decision_note: body.reason }, { why: body.reason, action: 'WITHDRAW_IDENTITY' })
  return ok({ id: changeId })
})

/** The scan of what proves it, by who asked, while it waits; a new one takes the former one's place. */
export const attachProofRoute = handleUpload(attachProof, async (tx, { params: { customerId, changeId }, body, file }, context) => {
  const found = await read(tx, customerId, changeId)
  if (!found) return refuse('not-found')
  if (found.state !== 'OPEN') return refuse('decided-already')
  if (found.proposed_by !== context.actor.staffKey) return refuse('not-yours')
  const why = `身份变更证明：${found.proof}`
  await keepFile(tx, context.services, { customerId, id: body.id, file, storedBy: context.actor.staffKey, why })
  await change(tx, 'identity_change', { customer_id: customerId, id: changeId }, { file_id: body.id }, { why })
  return ok({ id: body.id })
})

/** The content of the proof: counted and journaled like a revealed number. */
export const downloadProofRoute = handle(downloadProof, async (tx, { params: { customerId, changeId }, body }, context) => {
  const { actor, services } = context
  const found = await tx.maybe(sql<{ file_id: string | null }>`SELECT file_id FROM identity_change WHERE customer_id = ${customerId} AND id = ${changeId}`)
  if (!found || found.file_id === null) return refuse('not-found')
  const confidential = await confidentialTo(tx, context, customerId)
  if (confidential) return refuse('confidential', { details: confidential })
  if (!(await takeHourly(tx, actor.staffKey, 'NUMBER', numbersPerHour))) return refuse('too-many', { details: { minutes: minutesLeft(new Date()) } })
  const file = await readFile(tx, services, customerId, found.file_id)
  if (!file) return refuse('destroyed')
  await recordReading(tx, { table: 'stored_file', objectId: file.id, customerId, why: body.purpose, about: { what: 'IDENTITY_CHANGE', size: file.size } })
  return ok({ type: aboutKinds[file.kind].type, content: file.content, fileName: file.name })
})
