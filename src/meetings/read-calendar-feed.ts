import ical, { ICalCalendarMethod } from 'ical-generator'
import { sql } from '../foundation/database/transaction.ts'
import { handleAlone } from '../foundation/http/route.ts'
import { change } from '../foundation/store/store.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import type { Entrant } from '../foundation/database/database.ts'
import { readCalendarFeed } from './calendar-feed.contract.ts'
import { feedHash } from './keep-calendar-feed.ts'

/** How far a calendar program sees: what it fetched before and is no longer here disappears from it. */
const [back, ahead] = [30, 180]

type Holder = Entrant & { id: string; businessDate: string }

/** The holder of an address, while the bank allows feeds, the address stands and he holds a post: his appointments, read as he himself would read them. */
export const readCalendarFeedRoute = handleAlone(readCalendarFeed, async ({ params: { secret } }, { services, requestId }) => {
  const holder = await services.db.asPublic((tx) => tx.maybe(sql<Holder>`
    SELECT c.id, b.business_date AS "businessDate", p.staff_key AS "staffKey", p.post_key AS "postKey", p.breadth, p.line_path AS "linePath"
    FROM calendar_feed c CROSS JOIN bank b
    JOIN LATERAL (SELECT f.staff_key, f.post_key, f.breadth, f.line_path FROM organisation_post_facts f WHERE f.staff_key = c.staff_key AND f.from_date <= b.business_date AND (f.to_date IS NULL OR f.to_date > b.business_date) ORDER BY f.main DESC, f.post_key LIMIT 1) p ON true
    WHERE c.secret_hash = ${feedHash(secret)} AND c.revoked_on IS NULL AND (SELECT w.allowed FROM calendar_feed_switch w ORDER BY w.switched_at DESC, w.id DESC LIMIT 1)`))
  if (!holder) return refuse('not-found')
  const { businessDate: today } = holder
  const rows = await services.db.asPerson(holder, today, requestId, async (tx) => {
    // one line of the journal a day, however often a program asks
    await change(tx, 'calendar_feed', { id: holder.id }, { last_read_on: today }, { why: null, action: 'READ_FEED' })
    return tx.all(sql<{ id: string; starts: string; ends: string; customer: boolean; stamp: string }>`
      SELECT id, (day + from_time::time) AT TIME ZONE 'Asia/Shanghai' AS starts, (day + to_time::time) AT TIME ZONE 'Asia/Shanghai' AS ends, customer_id IS NOT NULL AS customer, made_on::timestamp AT TIME ZONE 'Asia/Shanghai' AS stamp
      FROM appointment WHERE people @> ARRAY[${holder.staffKey}::int] AND state <> 'CANCELLED' AND day BETWEEN ${addDays(today, -back)} AND ${addDays(today, ahead)} ORDER BY day, from_time, id`)
  })
  const calendar = ical({ prodId: { company: 'Yinqiao', product: 'calendar', language: 'ZH' }, name: '日程', method: ICalCalendarMethod.PUBLISH, ttl: 3600 })
  for (const row of rows) calendar.createEvent({ id: row.id, start: new Date(row.starts), end: new Date(row.ends), stamp: new Date(row.stamp), summary: row.customer ? '客户拜访' : '行内事务' })
  return ok({ type: 'text/calendar; charset=utf-8', content: calendar.toString() })
})
