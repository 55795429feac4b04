import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { unless } from '../foundation/access/permission.rules.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { change } from '../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { channels, listChannels, listMessages, retryMessage, withdrawMessage, type MessageShown } from './message.contract.ts'
import { channelSettings, openChannels } from './open-channels.ts'

const retried = ['FAILED', 'UNCERTAIN']
const withdrawn = ['WAITING', 'UNCERTAIN', 'FAILED']

export const listMessagesRoute = handle(listMessages, async (tx, { query }, context) => {
  const list = `messages ${query.state ?? ''}`
  const place = readCursor(context.services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const before = place.value?.[0] ?? null
  const send = context.may('message.send')
  const rows = await tx.all(sql<Omit<MessageShown, 'may' | 'attempts'> & { staffKey: number }>`
    SELECT m.id, c.customer_id AS "customerId", c.name AS "customerName", s.staff_name AS "senderName", m.staff_key AS "staffKey", t.name AS "templateName", m.channel, m.send_on AS "sendOn", m.from_time AS "from", m.to_time AS "to", m.state, b.state = 'APPROVED' AS approved,
      m.tries, m.reason, m.next_at AS "nextAt", m.sent_at AS "sentAt", m.delivered_at AS "deliveredAt"
    FROM message m JOIN message_batch b ON b.id = m.batch_id JOIN message_template t ON t.id = b.template_id JOIN organisation_staff_facts s ON s.staff_key = m.staff_key LEFT JOIN customers_customer_facts c ON c.customer_id = m.customer_id
    WHERE true ${query.state === undefined ? sql`` : sql`AND m.state = ${query.state}`} ${before === null ? sql`` : sql`AND m.id < ${before}`} ORDER BY m.id DESC LIMIT ${query.limit + 1}`)
  const { shown, nextCursor } = cutPage(context.services.keys.keyring, list, rows, query.limit, (last) => [last.id])
  // attempts only of what the reader was just shown
  const attempts = await tx.asRole('batch', () => tx.all(sql<MessageShown['attempts'][number] & { messageId: string }>`
    SELECT message_id AS "messageId", number, begun_at AS "begunAt", result, peer_code AS "peerCode" FROM message_attempt WHERE message_id = ANY(${shown.map(({ id }) => id)}::uuid[]) ORDER BY message_id, number`))
  const open = openChannels(context.services.config)
  return ok({
    nextCursor, count: null, waitFor: channels.filter((channel) => open[channel] === undefined && shown.some((row) => row.channel === channel && row.state === 'WAITING')),
    items: shown.map(({ staffKey, ...row }) => {
      const other = staffKey === context.actor.staffKey ? null : 'not-yours'
      return {
        ...row, attempts: attempts.filter(({ messageId }) => messageId === row.id).map(({ messageId: _id, ...one }) => one),
        may: { retry: unless(send, other ?? (retried.includes(row.state) ? null : 'state-does-not-fit')), withdraw: unless(send, other ?? (withdrawn.includes(row.state) ? null : 'state-does-not-fit')) },
      }
    }),
  })
})

async function ownOne(tx: Transaction, messageId: string, states: readonly string[], { actor }: Context): Promise<Outcome<null>> {
  const row = await tx.maybe(sql<{ staff_key: number; state: string }>`SELECT staff_key, state FROM message WHERE id = ${messageId}`)
  if (!row) return refuse('not-found')
  if (row.staff_key !== actor.staffKey) return refuse('not-yours')
  return states.includes(row.state) ? ok(null) : refuse('state-does-not-fit')
}

/** The state is asked again under the lock of the row: the sender may have been faster. */
async function move(tx: Transaction, messageId: string, states: readonly string[], patch: Record<string, string | number | null>, action: string): Promise<Outcome<{ id: string }>> {
  return tx.asRole('batch', async () => {
    const { state } = await tx.one(sql<{ state: string }>`SELECT state FROM message WHERE id = ${messageId} FOR UPDATE`)
    if (!states.includes(state)) return refuse('state-does-not-fit')
    await change(tx, 'message', { id: messageId }, patch, { why: null, action })
    return ok({ id: messageId })
  })
}

export const retryMessageRoute = handle(retryMessage, async (tx, { params: { messageId } }, context) => {
  const may = await ownOne(tx, messageId, retried, context)
  return may.ok ? move(tx, messageId, retried, { state: 'WAITING', reason: null, next_at: null, tries: 0 }, 'RETRY_MESSAGE') : may
})

export const withdrawMessageRoute = handle(withdrawMessage, async (tx, { params: { messageId } }, context) => {
  const may = await ownOne(tx, messageId, withdrawn, context)
  return may.ok ? move(tx, messageId, withdrawn, { state: 'WITHDRAWN', reason: 'BY_SENDER', next_at: null }, 'WITHDRAW_MESSAGE') : may
})

export const listChannelsRoute = handle(listChannels, async (tx, _input, { services }) => {
  const open = openChannels(services.config)
  const counts = await tx.asRole('batch', () => tx.all(sql<{ channel: string; state: string; n: number }>`SELECT channel, state, count(*)::int AS n FROM message GROUP BY channel, state`))
  const of = (channel: string, ...states: string[]): number => counts.filter((one) => one.channel === channel && states.includes(one.state)).reduce((sum, { n }) => sum + n, 0)
  return ok({
    items: channels.map((channel) => ({
      channel, ready: open[channel] !== undefined, setting: channelSettings[channel], waiting: of(channel, 'WAITING', 'SENDING'), accepted: of(channel, 'ACCEPTED'), delivered: of(channel, 'DELIVERED'), failed: of(channel, 'FAILED'), uncertain: of(channel, 'UNCERTAIN'),
    })),
  })
})
