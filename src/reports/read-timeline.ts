import { z } from 'zod'
import { contributedViews, type ContributedView } from '../foundation/database/contributed-views.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle } from '../foundation/http/route.ts'
import { ok } from '../foundation/values/outcome.ts'
import { readTimeline, type TimelineEventView } from './timeline.contract.ts'

/** What the comment of a view `…_timeline_facts` says. */
export const timelineComment = z.strictObject({
  kinds: z.record(z.string().regex(/^[A-Z][A-Z0-9_]{1,39}$/), z.strictObject({ zh: z.string().min(1), en: z.string().min(1), sized: z.literal(true).optional() })),
})
export type TimelineView = ContributedView<z.output<typeof timelineComment>>

/** The views that tell a timeline. */
export const timelineViews = (tx: Transaction): Promise<TimelineView[]> => contributedViews(tx, '_timeline_facts', timelineComment)

type Row = Omit<TimelineEventView, 'title'> & { titleZh: string; titleEn: string }

/** Everything that happened to the opened customer, newest first, as far as the role `opened` may read it: RESTRICTED and SECRET stand in no view that it could ask. */
export const readTimelineRoute = handle(readTimeline, async (tx, { params: { customerId }, query }, { businessDate, services }) => {
  const { kind, from, to, limit } = query
  const list = `timeline ${JSON.stringify([customerId, kind, from, to])}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const views = await timelineViews(tx)
  const { size } = await tx.one(sql<{ size: string }>`SELECT timeline_from_fen AS size FROM list_policy WHERE from_date <= ${businessDate} AND (to_date IS NULL OR to_date > ${businessDate})`)
  const kinds = views.flatMap((view) => Object.entries(view.kinds).map(([code, { zh, en }]) => ({ kind: code, text: { zh, en } })))
  const asked = kind === undefined ? views : views.filter((view) => kind in view.kinds)
  const sized = views.flatMap((view) => Object.entries(view.kinds).filter(([, told]) => told.sized).map(([code]) => code))
  const conditions = [sql`v.customer_id = ${customerId}`, sql`(v.kind <> ALL(${sized}::text[]) OR v.amount_fen >= ${size}::bigint)`]
  if (kind !== undefined) conditions.push(sql`v.kind = ${kind}`)
  if (from !== undefined) conditions.push(sql`v.day >= ${from}`)
  if (to !== undefined) conditions.push(sql`v.day <= ${to}`)
  const [day, id, told, title] = place.value ?? []
  if (place.value) conditions.push(sql`v.day <= ${day}::date`, sql`(v.day, v.id, v.kind, v.title_en) < (${day}::date, ${id}::uuid, ${told}::text, ${title}::text)`)
  const where = sql.join(conditions, sql` AND `)
  // each view is cut to the page by itself, so that one with many rows costs no more than its page
  const parts = asked.map((view) => sql`(SELECT v.* FROM ${sql.table(view.name)} v WHERE ${where} ORDER BY v.day DESC, v.id DESC, v.kind DESC, v.title_en DESC LIMIT ${limit + 1})`)
  const rows = parts.length === 0 ? [] : await tx.all(sql<Row>`
    SELECT e.id, e.day, e.at, e.kind, e.title_zh AS "titleZh", e.title_en AS "titleEn", e.note, e.amount_fen::text AS "amountFen", e.currency, s.staff_name AS "personName", e.address
    FROM (${sql.join(parts, sql` UNION ALL `)}) e LEFT JOIN organisation_staff_facts s ON s.staff_key = e.person_key
    ORDER BY e.day DESC, e.id DESC, e.kind DESC, e.title_en DESC LIMIT ${limit + 1}`)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, limit, (last) => [last.day, last.id, last.kind, last.titleEn])
  return ok({ items: shown.map(({ titleZh, titleEn, ...event }) => ({ ...event, title: { zh: titleZh, en: titleEn } })), nextCursor, kinds, transactionsFromFen: size })
})
