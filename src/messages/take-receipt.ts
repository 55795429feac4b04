import { setTimeout as pause } from 'node:timers/promises'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handleAlone, type Services } from '../foundation/http/route.ts'
import { change, quiet } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { takeReceipt } from './message.contract.ts'
import { isSigned } from './send-sms.ts'
import type { OnReceipt, ReceiptOfPeer } from './short-message-link.ts'

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

/** What the states of SMPP and CMPP reports mean; null: nothing is decided yet. */
const outcomeOf = (stat: string): 'DELIVERED' | 'FAILED' | null => (stat === 'DELIVRD' ? 'DELIVERED' : stat === 'ACCEPTD' || stat === 'ENROUTE' ? null : 'FAILED')

/**
 * Reports that a gateway tells over its connection: found by the number that it gave. A message of several parts is delivered when all of them are, failed when one is. A report may come before the answer with the number
 * was noted: looked for again for a moment, then the gateway is told to tell it once more.
 */
export function receiptsOf({ db }: Pick<Services, 'db'>, { tries = 4, waitMs = 500 }: { tries?: number; waitMs?: number } = {}): OnReceipt {
  return async (receipt) => {
    const status = outcomeOf(receipt.stat)
    if (status === null) return true
    for (let tried = 1; ; tried++) {
      if (await db.asBatch((tx) => keepReport(tx, receipt, status))) return true
      if (tried >= tries) return false
      await pause(waitMs)
    }
  }
}

async function keepReport(tx: Transaction, { providerId, stat }: ReceiptOfPeer, status: 'DELIVERED' | 'FAILED'): Promise<boolean> {
  const message = await tx.maybe(sql<{ id: string; state: string; parts: string[] }>`
    SELECT m.id, m.state, string_to_array(a.provider_id, ' ') AS parts FROM message_attempt a JOIN message m ON m.id = a.message_id
    WHERE string_to_array(a.provider_id, ' ') @> ARRAY[${providerId}::text] AND m.channel = 'SMS' ORDER BY a.begun_at DESC LIMIT 1 FOR UPDATE OF m`)
  if (!message) return false
  const at = new Date()
  const taken = await quiet(tx, 'message_receipt', 'add', sql`
    INSERT INTO message_receipt (message_id, provider_id, status, peer_code, received_at) VALUES (${message.id}, ${providerId}, ${status}, ${/^\w{1,10}$/.test(stat) ? stat : 'OTHER'}, ${at}) ON CONFLICT DO NOTHING`)
  if (taken === 0 || !['ACCEPTED', 'WAITING', 'UNCERTAIN', 'FAILED'].includes(message.state)) return true
  const { delivered } = await tx.one(sql<{ delivered: number }>`SELECT count(DISTINCT provider_id)::int AS delivered FROM message_receipt WHERE message_id = ${message.id} AND status = 'DELIVERED' AND provider_id = ANY(${message.parts}::text[])`)
  if (status === 'FAILED') await change(tx, 'message', { id: message.id }, { state: 'FAILED', reason: 'RECEIPT', next_at: null }, { why: null, action: 'TAKE_RECEIPT' })
  else if (delivered === message.parts.length) await change(tx, 'message', { id: message.id }, { state: 'DELIVERED', reason: null, next_at: null, sent_at: at, delivered_at: at }, { why: null, action: 'TAKE_RECEIPT' })
  return true
}
