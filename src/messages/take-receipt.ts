import { sql } from '../foundation/database/transaction.ts'
import { handleAlone } from '../foundation/http/route.ts'
import { change, quiet } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { takeReceipt } from './message.contract.ts'
import { isSigned } from './send-sms.ts'

/** What the SMS platform tells of a message. Only signed, only of a message that was handed over; delivered is final; a repeat changes nothing. */
export const takeReceiptRoute = handleAlone(takeReceipt, async ({ body }, { services }) => {
  const secret = services.config.smsSecret
  if (secret === null || !isSigned(secret, body)) return refuse('wrong-signature')
  return services.db.asBatch(async (tx) => {
    const message = await tx.maybe(sql<{ state: string; fits: boolean }>`
      SELECT m.state, EXISTS (SELECT FROM message_attempt a WHERE a.message_id = m.id AND (a.provider_id = ${body.messageId} OR (a.provider_id IS NULL AND a.result IS DISTINCT FROM 'REFUSED'))) AS fits
      FROM message m WHERE m.id = ${body.requestId} AND m.channel = 'SMS' FOR UPDATE`)
    if (!message?.fits) return refuse('receipt-unknown')
    const at = new Date()
    const taken = await quiet(tx, 'message_receipt', 'add', sql`
      INSERT INTO message_receipt (message_id, provider_id, status, peer_code, received_at) VALUES (${body.requestId}, ${body.messageId}, ${body.status}, ${body.code}, ${at}) ON CONFLICT DO NOTHING`)
    // still in work: who notes the answer finds the receipt
    if (taken === 1 && ['ACCEPTED', 'WAITING', 'UNCERTAIN', 'FAILED'].includes(message.state)) {
      const patch = body.status === 'DELIVERED' ? { state: 'DELIVERED', reason: null, next_at: null, sent_at: at, delivered_at: at } : { state: 'FAILED', reason: 'RECEIPT', next_at: null }
      await change(tx, 'message', { id: body.requestId }, patch, { why: null, action: 'TAKE_RECEIPT' })
    }
    return ok({ taken: taken === 1 })
  })
})
