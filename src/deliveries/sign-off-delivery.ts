import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { change, recordReading } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { readRejectValue, signOffDelivery } from './delivery.contract.ts'
import { signOffReason } from './list-deliveries.ts'
import { rejectPurpose } from './record-delivery.ts'

/** The data steward signs that what was sent is what stands here: only when every control total ties. */
export const signOffDeliveryRoute = handle(signOffDelivery, async (tx, { params }, context) => {
  const verdict = await signOffReason(tx, params.deliveryId, context)
  if (!verdict) return refuse('not-found')
  if (verdict.reason !== null) return refuse(verdict.reason)
  const signedAt = new Date().toISOString()
  await tx.asRole('office', () => change(tx, 'delivery', { id: params.deliveryId }, { signed_by: context.actor.staffKey, signed_at: signedAt }, { why: null, action: 'SIGN_OFF' }))
  return ok({ signedAt })
})

/** One look at a rejected value, with its purpose in the journal. */
export const readRejectValueRoute = handle(readRejectValue, async (tx, { params, body }, { services }) => {
  const row = await tx.maybe(sql<{ value_sealed: Buffer | null; file_name: string; row_no: number; column_name: string }>`
    SELECT value_sealed, file_name, row_no, column_name FROM delivery_reject WHERE delivery_id = ${params.deliveryId} AND number = ${params.number}`)
  if (!row) return refuse('not-found')
  await recordReading(tx, {
    table: 'delivery_reject', objectId: `${params.deliveryId} ${params.number}`, customerId: null, why: body.purpose, about: { file: row.file_name, row: row.row_no, column: row.column_name },
  })
  return ok({ value: row.value_sealed === null ? '' : services.keys.keyring.openTransient(row.value_sealed, rejectPurpose(params.deliveryId)) })
})
