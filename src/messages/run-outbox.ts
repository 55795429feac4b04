import { createHash } from 'node:crypto'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { change, quiet } from '../foundation/store/store.ts'
import { judgeRecipients, policyOn } from './choose-recipients.ts'
import type { Channel } from './message.contract.ts'
import { afterAttempt, momentOf, optOutOf, textOf, type SendResult } from './message.rules.ts'
import { type OpenChannel, type Outgoing } from './open-channels.ts'
import { aboutOf } from './send-greetings.ts'
import { lostAfterMs, type Now } from './sending-times.ts'

type OpenOnes = Partial<Record<Channel, OpenChannel>>
export type Round = { accepted: number; later: number; failed: number; uncertain: number; withdrawn: number; recovered: number }

type Due = { id: string; customerId: string; staffKey: number; channel: Channel; occasion: string; sendOn: string; untilDay: string; fromTime: string; toTime: string; tries: number; content: string; subject: string | null; platformCode: string | null; ownLine: string | null; bankName: string; senderName: string }

/**
 * Sends what is due over the channels that are open; what has no channel waits. The attempt is kept before the peer is asked and its answer after it, so that a kill between the two is seen:
 * where the peer takes a number once it is told again, else a person decides. Two servers do not take the same message.
 */
export async function sendDue({ db, keys }: Pick<Services, 'db' | 'keys'>, open: OpenOnes, clock: () => Now, isStopped: () => boolean = () => false): Promise<Round> {
  const round: Round = { accepted: 0, later: 0, failed: 0, uncertain: 0, withdrawn: 0, recovered: 0 }
  round.recovered = await recover({ db }, open, clock())
  const one = async (): Promise<void> => {
    for (;;) {
      if (isStopped()) return
      const taken = await db.asBatch((tx) => takeNext(tx, keys, open, clock()))
      if (taken === null) return
      if (taken === 'WITHDRAWN') {
        round.withdrawn += 1
        continue
      }
      const channel = open[taken.channel]
      if (!channel) throw new Error(`channel ${taken.channel} is not open`)
      const sent = await channel.send(taken.outgoing)
      const state = await db.asBatch((tx) => noteAnswer(tx, taken, sent, channel.takenOnce, clock()))
      round[({ ACCEPTED: 'accepted', DELIVERED: 'accepted', WAITING: 'later', FAILED: 'failed', UNCERTAIN: 'uncertain' } as const)[state]] += 1
    }
  }
  // as many at once as the channels take: each takes the next message under its lock
  await Promise.all(Array.from({ length: Math.max(1, ...Object.values(open).map(({ atOnce = 1 }) => atOnce)) }, one))
  return round
}

async function recover({ db }: Pick<Services, 'db'>, open: OpenOnes, { at }: Now): Promise<number> {
  return db.asBatch(async (tx) => {
    const lost = await tx.all(sql<{ id: string; channel: Channel; number: number; once: boolean }>`
      SELECT m.id, m.channel, a.number, coalesce(a.taken_once, m.channel = 'SMS') AS once FROM message m JOIN message_attempt a ON a.message_id = m.id AND a.ended_at IS NULL
      WHERE m.state = 'SENDING' AND a.begun_at < ${new Date(at.getTime() - lostAfterMs)} ORDER BY m.id LIMIT 500 FOR UPDATE OF m SKIP LOCKED`)
    for (const { id, channel, number, once } of lost) {
      await quiet(tx, 'message_attempt', 'change', sql`UPDATE message_attempt SET ended_at = ${at}, result = 'LOST' WHERE message_id = ${id} AND number = ${number}`)
      // as the channel was that was asked; told again only where the present one knows the number too
      const again = once && (open[channel]?.takenOnce ?? true)
      await change(tx, 'message', { id }, again ? { state: 'WAITING', next_at: null, reason: 'LOST' } : { state: 'UNCERTAIN', reason: 'LOST' }, { why: 'the sender was killed', action: 'RECOVER_MESSAGE' })
    }
    return lost.length
  })
}

type Taken = { id: string; number: number; begunAt: Date; tries: number; most: number; channel: Channel; outgoing: Outgoing }

// The next message whose day and hour has come (or passed): everything is asked again, then the attempt is kept. Only here a number or an address is decrypted.
async function takeNext(tx: Transaction, keys: Services['keys'], open: OpenOnes, { day, time, at }: Now): Promise<Taken | 'WITHDRAWN' | null> {
  const ready = Object.keys(open)
  if (ready.length === 0) return null
  const due = await tx.maybe(sql<Due>`
    SELECT m.id, m.customer_id AS "customerId", m.staff_key AS "staffKey", m.channel, m.occasion, m.send_on AS "sendOn", m.until_day AS "untilDay", m.from_time AS "fromTime", m.to_time AS "toTime", m.tries, t.content, t.subject,
      t.platform_code AS "platformCode", b.own_line AS "ownLine", k.name_zh AS "bankName", s.staff_name AS "senderName"
    FROM message m JOIN message_batch b ON b.id = m.batch_id JOIN message_template t ON t.id = b.template_id JOIN organisation_staff_facts s ON s.staff_key = m.staff_key CROSS JOIN bank k
    WHERE m.state = 'WAITING' AND b.state = 'APPROVED' AND m.channel = ANY(${ready}::text[]) AND m.send_on <= ${day} AND (m.next_at IS NULL OR m.next_at <= ${at})
      AND (m.until_day < ${day} OR (m.until_day = ${day} AND m.to_time <= ${time}) OR (m.from_time <= ${time} AND ${time} < m.to_time))
    ORDER BY m.send_on, m.id LIMIT 1 FOR UPDATE OF m SKIP LOCKED`)
  if (!due) return null
  const withdraw = async (reason: string): Promise<'WITHDRAWN'> => {
    await change(tx, 'message', { id: due.id }, { state: 'WITHDRAWN', reason, next_at: null }, { why: reason, action: 'WITHDRAW_MESSAGE' })
    return 'WITHDRAWN'
  }
  if (momentOf(due, { day, time }) === 'LATE') return withdraw('TOO_LATE')
  const policy = await policyOn(tx, day)
  const [judged] = await judgeRecipients(tx, [{ customerId: due.customerId, sendOn: day, occasion: due.occasion }], { staffKey: due.staffKey, channel: due.channel, most: policy.most, except: due.id })
  if (!judged) return withdraw('CLOSED')
  if (judged.reason !== null) return withdraw(judged.reason)
  const sealed = await tx.maybe(sql<{ cipher: Buffer }>`SELECT cipher FROM customers_address_facts WHERE customer_id = ${due.customerId} AND channel = ${due.channel} ORDER BY place, address_id LIMIT 1`)
  const address = sealed ? await keys.decrypt(tx, due.customerId, sealed.cipher) : null
  if (address === null) return withdraw('NO_ADDRESS')
  const about = await aboutOf(tx, due.occasion, day)
  if (about === null) return withdraw('SETTLED')
  const text = textOf(due.content, due.ownLine, { ...about, 客户: judged.name, 客户经理: due.senderName, 银行: due.bankName }, optOutOf(due.channel))
  const { number } = await tx.one(sql<{ number: number }>`SELECT coalesce(max(number), 0)::int + 1 AS number FROM message_attempt WHERE message_id = ${due.id}`)
  await quiet(tx, 'message_attempt', 'add', sql`INSERT INTO message_attempt (message_id, number, begun_at, text_hash, taken_once) VALUES (${due.id}, ${number}, ${at}, ${createHash('sha256').update(text).digest()}, ${open[due.channel]?.takenOnce ?? false})`)
  await change(tx, 'message', { id: due.id }, { state: 'SENDING', tries: due.tries + 1 }, { why: null, action: 'SEND_MESSAGE' })
  return { id: due.id, number, begunAt: at, tries: due.tries + 1, most: policy.tries, channel: due.channel, outgoing: { id: due.id, address, text, subject: due.subject, templateCode: due.platformCode, time: at.toISOString() } }
}

async function noteAnswer(tx: Transaction, taken: Taken, sent: SendResult, takenOnce: boolean, { at }: Now): Promise<'ACCEPTED' | 'DELIVERED' | 'WAITING' | 'FAILED' | 'UNCERTAIN'> {
  const providerId = sent.result === 'ACCEPTED' ? sent.providerId : null
  await quiet(tx, 'message_attempt', 'change', sql`UPDATE message_attempt SET ended_at = ${at}, result = ${sent.result}, peer_code = ${sent.code}, provider_id = ${providerId} WHERE message_id = ${taken.id} AND number = ${taken.number}`)
  const next = afterAttempt(sent, taken.tries, taken.most, takenOnce)
  // the receipt of this attempt may have come before the answer
  const early = await tx.maybe(sql<{ status: 'DELIVERED' | 'FAILED' }>`SELECT status FROM message_receipt WHERE message_id = ${taken.id} AND received_at >= ${taken.begunAt} ORDER BY status LIMIT 1`)
  const state = early?.status ?? next.state
  await change(tx, 'message', { id: taken.id }, {
    state, reason: state === 'DELIVERED' || state === 'ACCEPTED' ? null : early ? 'RECEIPT' : next.reason, next_at: state === 'WAITING' && next.waitSeconds !== null ? new Date(at.getTime() + next.waitSeconds * 1000) : null,
    ...(state === 'ACCEPTED' || state === 'DELIVERED' ? { sent_at: at } : {}), ...(state === 'DELIVERED' ? { delivered_at: at } : {}),
  }, { why: null, action: 'NOTE_ANSWER' })
  return state
}
