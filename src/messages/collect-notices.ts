import { z } from 'zod'
import { contributedViews, keptViews, type ContributedView } from '../foundation/database/contributed-views.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { quiet } from '../foundation/store/store.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { staffChannels } from './notice.contract.ts'

/** What the comment of a view `…_notice_facts` says: its kinds in words, by which channels each goes unless the person chose otherwise, and whether a newer one takes the place of an unread older one. */
export const noticeComment = z.strictObject({
  kinds: z.record(z.string().regex(/^[A-Z][A-Z0-9_]{1,39}$/), z.strictObject({ zh: z.string().min(1), en: z.string().min(1), also: z.array(z.enum(staffChannels)).default([]), replaces: z.boolean().default(false) })),
})
export type NoticeView = ContributedView<z.output<typeof noticeComment>>
export type NoticeKind = NoticeView['kinds'][string] & { code: string }

/** The views that tell notices. */
export const noticeViews = (tx: Transaction): Promise<NoticeView[]> => contributedViews(tx, '_notice_facts', noticeComment)

export const knownViews = keptViews('_notice_facts', noticeComment)
export const kindsOf = (views: readonly NoticeView[]): NoticeKind[] => views.flatMap((view) => Object.entries(view.kinds).map(([code, kind]) => ({ code, ...kind })))

/** After the server was away, so many days are gone through; while it runs, two are enough. */
export const daysAway = 31

/**
 * Keeps what the views tell and nobody was told yet: one statement over all of them, twice is once. Who stands in for somebody is told as well. A digest of today takes the place of yesterday's. What goes outside is put
 * beside it, only of today and the day before: who was away for a month gets no month of mails. Returns how many notices are new.
 */
export async function collectNotices(tx: Transaction, views: readonly NoticeView[], { today, days }: { today: string; days: number }): Promise<number> {
  if (views.length === 0) return 0
  const kinds = kindsOf(views)
  const parts = views.map((view) => sql`(SELECT staff_key, kind, id, day, title_zh, title_en, customer_id, address FROM ${sql.table(view.name)} WHERE day BETWEEN ${addDays(today, -days)}::date AND ${today}::date)`)
  const made = await quiet(tx, 'notice', 'add', sql`
    INSERT INTO notice (id, staff_key, kind, thing_id, day, title_zh, title_en, customer_id, address, for_key)
    SELECT uuid7(), o.staff_key, o.kind, o.id, o.day, o.title_zh, o.title_en, o.customer_id, o.address, o.for_key
    FROM (
      WITH told AS MATERIALIZED (${sql.join(parts, sql` UNION ALL `)}),
      here AS MATERIALIZED (SELECT DISTINCT staff_key FROM organisation_post_facts WHERE from_date <= ${today}::date AND (to_date IS NULL OR to_date > ${today}::date)),
      whom AS (
        SELECT t.*, NULL::int AS for_key FROM told t
        UNION ALL
        SELECT a.substitute_key, t.kind, t.id, t.day, t.title_zh, t.title_en, t.customer_id, t.address, t.staff_key FROM told t JOIN customers_absence_facts a ON a.absent_key = t.staff_key AND a.from_date <= ${today}::date AND a.to_date > ${today}::date
        WHERE t.day >= a.from_date AND t.kind <> 'DIGEST')
      SELECT DISTINCT ON (w.staff_key, w.kind, w.id) w.* FROM whom w JOIN here USING (staff_key)
      WHERE w.kind = ANY(${kinds.map(({ code }) => code)}::text[]) AND NOT EXISTS (SELECT FROM notice n WHERE n.staff_key = w.staff_key AND n.kind = w.kind AND n.thing_id = w.id)
      ORDER BY w.staff_key, w.kind, w.id, w.for_key NULLS FIRST) o
    ORDER BY o.day, o.kind, o.id
    ON CONFLICT (staff_key, kind, thing_id) DO NOTHING`)
  if (made > 0) {
    const replacing = kinds.filter(({ replaces }) => replaces).map(({ code }) => code)
    const older = sql`kind = ANY(${replacing}::text[]) AND EXISTS (SELECT FROM notice w WHERE w.staff_key = n.staff_key AND w.kind = n.kind AND w.day > n.day)`
    await quiet(tx, 'notice_delivery', 'change', sql`UPDATE notice_delivery d SET state = 'WITHDRAWN', reason = 'REPLACED', next_at = NULL FROM notice n WHERE n.id = d.notice_id AND d.state = 'WAITING' AND ${older}`)
    await quiet(tx, 'notice', 'change', sql`UPDATE notice n SET read_at = clock_timestamp() WHERE n.read_at IS NULL AND ${older}`)
    const usual = kinds.flatMap(({ code, also }) => also.map((channel) => ({ code, channel })))
    await quiet(tx, 'notice_delivery', 'add', sql`
      INSERT INTO notice_delivery (id, notice_id, staff_key, channel, made_on, until_day, state)
      SELECT uuid7(), n.id, n.staff_key, c.channel, ${today}::date, ${addDays(today, 1)}::date, 'WAITING'
      FROM notice n CROSS JOIN (VALUES ('EMAIL'), ('WECOM')) c(channel)
      LEFT JOIN notice_choice w ON w.staff_key = n.staff_key AND w.kind = n.kind AND w.channel = c.channel
      LEFT JOIN jsonb_to_recordset(${JSON.stringify(usual)}::jsonb) AS u (code text, channel text) ON u.code = n.kind AND u.channel = c.channel
      WHERE n.read_at IS NULL AND n.day >= ${addDays(today, -1)}::date AND coalesce(w.wanted, u.code IS NOT NULL) AND n.made_at >= now()
      ON CONFLICT (notice_id, channel) DO NOTHING`)
  }
  return made
}

/** What was told longer ago than the policy keeps goes, with what was sent of it. */
export async function dropOldNotices(tx: Transaction, today: string): Promise<number> {
  const { days } = await tx.one(sql<{ days: number }>`SELECT notice_days AS days FROM message_policy WHERE from_date <= ${today} ORDER BY from_date DESC LIMIT 1`)
  const last = addDays(today, -days)
  await quiet(tx, 'notice_delivery', 'remove', sql`DELETE FROM notice_delivery d USING notice n WHERE n.id = d.notice_id AND n.day < ${last}::date`)
  return quiet(tx, 'notice', 'remove', sql`DELETE FROM notice WHERE day < ${last}::date`)
}
