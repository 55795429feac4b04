import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { quiet } from '../foundation/store/store.ts'
import { policyOn } from './choose-recipients.ts'
import { kindsOf, knownViews, type NoticeKind } from './collect-notices.ts'
import { afterAttempt, type SendResult } from './message.rules.ts'
import type { StaffChannel } from './notice.contract.ts'
import type { OpenStaffChannels } from './open-channels.ts'
import { lostAfterMs, type Now } from './sending-times.ts'

type Due = { id: string; channel: StaffChannel; noticeId: string; untilDay: string; tries: number; kind: string; titleZh: string; address: string | null; forName: string | null }
type Taken = { id: string; channel: StaffChannel; tries: number; to: string; title: string; text: string; noticeId: string }
export type Delivered = { accepted: number; later: number; failed: number; uncertain: number; withdrawn: number }

/**
 * Sends notices to colleagues over the channels that are open, in the hours that the policy allows; the line is kept before the peer is asked and after it answered, as with messages to customers. What no channel took by
 * the day after goes: it stands in the notice centre anyway. No customer is named.
 */
export async function deliverNotices({ db }: Pick<Services, 'db'>, open: OpenStaffChannels, clock: () => Now, isStopped: () => boolean = () => false): Promise<Delivered> {
  const round: Delivered = { accepted: 0, later: 0, failed: 0, uncertain: 0, withdrawn: 0 }
  round.withdrawn = await db.asBatch((tx) => tidyUp(tx, open, clock()))
  for (;;) {
    if (isStopped()) return round
    const taken = await db.asBatch(async (tx) => takeNext(tx, kindsOf(await knownViews(tx, db)), open, clock()))
    if (taken === null) return round
    if (taken === 'NO_ADDRESS') {
      round.withdrawn += 1
      continue
    }
    const channel = open[taken.channel]
    if (!channel) throw new Error(`channel ${taken.channel} is not open`)
    const sent = await channel.send(taken)
    const state = await db.asBatch((tx) => noteAnswer(tx, taken, sent, channel.takenOnce, clock()))
    round[({ ACCEPTED: 'accepted', WAITING: 'later', FAILED: 'failed', UNCERTAIN: 'uncertain' } as const)[state]] += 1
  }
}

async function tidyUp(tx: Transaction, open: OpenStaffChannels, { day, at }: Now): Promise<number> {
  const again = (Object.keys(open) as StaffChannel[]).filter((channel) => open[channel]?.takenOnce)
  await quiet(tx, 'notice_delivery', 'change', sql`
    UPDATE notice_delivery SET state = CASE WHEN channel = ANY(${again}::text[]) THEN 'WAITING' ELSE 'UNCERTAIN' END, reason = 'LOST', next_at = NULL WHERE state = 'SENDING' AND begun_at < ${new Date(at.getTime() - lostAfterMs)}`)
  // read meanwhile, or too late
  return quiet(tx, 'notice_delivery', 'change', sql`
    UPDATE notice_delivery d SET state = 'WITHDRAWN', reason = CASE WHEN d.until_day < ${day}::date THEN 'TOO_LATE' ELSE 'READ' END, next_at = NULL FROM notice n
    WHERE n.id = d.notice_id AND d.state = 'WAITING' AND (d.until_day < ${day}::date OR n.read_at IS NOT NULL)`)
}

async function takeNext(tx: Transaction, kinds: readonly NoticeKind[], open: OpenStaffChannels, { day, time, at }: Now): Promise<Taken | 'NO_ADDRESS' | null> {
  const ready = Object.keys(open)
  if (ready.length === 0) return null
  const policy = await policyOn(tx, day)
  if (time < policy.staffFrom || time >= policy.staffTo) return null
  const due = await tx.maybe(sql<Due>`
    SELECT d.id, d.channel, d.notice_id AS "noticeId", d.until_day AS "untilDay", d.tries, n.kind, n.title_zh AS "titleZh", coalesce(a.address, CASE d.channel WHEN 'WECOM' THEN s.staff_no END) AS address, f.staff_name AS "forName"
    FROM notice_delivery d JOIN notice n ON n.id = d.notice_id JOIN organisation_staff_facts s ON s.staff_key = d.staff_key LEFT JOIN staff_address a ON a.staff_key = d.staff_key AND a.channel = d.channel
    LEFT JOIN organisation_staff_facts f ON f.staff_key = n.for_key
    WHERE d.state = 'WAITING' AND d.channel = ANY(${ready}::text[]) AND (d.next_at IS NULL OR d.next_at <= ${at}) ORDER BY d.made_on, d.id LIMIT 1 FOR UPDATE OF d SKIP LOCKED`)
  if (!due) return null
  if (due.address === null) {
    await quiet(tx, 'notice_delivery', 'change', sql`UPDATE notice_delivery SET state = 'WITHDRAWN', reason = 'NO_ADDRESS' WHERE id = ${due.id}`)
    return 'NO_ADDRESS'
  }
  await quiet(tx, 'notice_delivery', 'change', sql`UPDATE notice_delivery SET state = 'SENDING', tries = tries + 1, begun_at = ${at} WHERE id = ${due.id}`)
  const name = kinds.find(({ code }) => code === due.kind)?.zh ?? due.kind
  return { id: due.id, channel: due.channel, tries: due.tries + 1, to: due.address, title: name, text: due.forName === null ? due.titleZh : `${due.titleZh}（代 ${due.forName}）`, noticeId: due.noticeId }
}

async function noteAnswer(tx: Transaction, taken: Taken, sent: SendResult, takenOnce: boolean, { day, at }: Now): Promise<'ACCEPTED' | 'WAITING' | 'FAILED' | 'UNCERTAIN'> {
  const policy = await policyOn(tx, day)
  const next = afterAttempt(sent, taken.tries, policy.tries, takenOnce)
  const nextAt = next.waitSeconds === null ? null : new Date(at.getTime() + next.waitSeconds * 1000)
  await quiet(tx, 'notice_delivery', 'change', sql`
    UPDATE notice_delivery SET state = ${next.state}, reason = ${next.reason}, peer_code = ${sent.code}, provider_id = ${sent.result === 'ACCEPTED' ? sent.providerId : null}, next_at = ${nextAt}, sent_at = ${next.state === 'ACCEPTED' ? at : null} WHERE id = ${taken.id}`)
  return next.state
}
