import { z } from 'zod'
import { contributedViews, type ContributedView } from '../foundation/database/contributed-views.ts'
import type { Database } from '../foundation/database/database.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { ok } from '../foundation/values/outcome.ts'
import { agendaVerbs, readMyDay, type AgendaLine } from './my-day.contract.ts'

/** What the comment of a view `…_agenda_facts` says: its kinds in words, and the verb of each. */
export const agendaComment = z.strictObject({
  kinds: z.record(z.string().regex(/^[A-Z][A-Z0-9_]{1,39}$/), z.strictObject({ zh: z.string().min(1), en: z.string().min(1), verb: z.enum(agendaVerbs) })),
})
export type AgendaView = ContributedView<z.output<typeof agendaComment>>

/** The views that fill the agenda. */
export const agendaViews = (tx: Transaction): Promise<AgendaView[]> => contributedViews(tx, '_agenda_facts', agendaComment)

// They change with a migration only, that is before the server starts: asked for once, so that the day costs one statement.
const known = new WeakMap<Database, AgendaView[]>()

const daysAhead = 7
const mostLines = 100
/** A day of more contacts than this is not listed to its end. */
const mostDone = 50

type Line = { kind: string; id: string; customer_id: string | null; customer_name: string | null; tier: string | null; title_zh: string | null; title_en: string | null; amount_fen: string | null; currency: string | null; due_on: string; due_time: string | null; address: string | null; absent_name: string | null }
type Day = { lines: Line[] | null; done: { customerId: string; contactId: string; customerName: string; mode: string; effective: boolean; late: boolean }[] | null; ends: number; ends_fen: string; without_result: number; warnings: number; balance: string | null; to_yesterday: string; to_month_begin: string; month_adb: string }

/** Everything that waits for the reader and for whom he stands in for, and what he did today: one statement over the views that capabilities contribute, with his own rights. */
export const readMyDayRoute = handle(readMyDay, async (tx, _input, { actor, businessDate: today, services }) => {
  const views = known.get(services.db) ?? await agendaViews(tx)
  known.set(services.db, views)
  const parts = views.map((view) => sql`(
    SELECT v.* FROM ${sql.table(view.name)} v WHERE v.staff_key = ANY(ARRAY(SELECT m.staff_key FROM mine m)) AND coalesce(v.due_on, ${today}) <= ${addDays(today, daysAhead)} AND coalesce(v.opens_on, ${today}) <= ${today}
    ORDER BY v.due_on NULLS FIRST LIMIT ${mostLines + 1})`)
  const day = await tx.one(sql<Day>`
    WITH mine AS MATERIALIZED (
      SELECT ${actor.staffKey}::int AS staff_key UNION SELECT absent_key FROM customers_absence_facts WHERE substitute_key = ${actor.staffKey} AND from_date <= ${today} AND to_date > ${today}),
    line AS (
      SELECT l.kind, l.id, CASE WHEN k.customer_id IS NOT NULL THEN l.customer_id END AS customer_id, k.name AS customer_name, k.tier, CASE WHEN l.customer_id IS NULL OR k.customer_id IS NOT NULL THEN l.title_zh END AS title_zh,
        CASE WHEN l.customer_id IS NULL OR k.customer_id IS NOT NULL THEN l.title_en END AS title_en, CASE WHEN l.customer_id IS NULL OR k.customer_id IS NOT NULL THEN l.amount_fen::text END AS amount_fen, l.currency, coalesce(l.due_on, ${today}) AS due_on,
        l.due_time, l.address, a.staff_name AS absent_name
      FROM (${sql.join(parts, sql` UNION ALL `)}) l LEFT JOIN customers_customer_facts k ON k.customer_id = l.customer_id
      LEFT JOIN organisation_staff_facts a ON a.staff_key = l.staff_key AND l.staff_key <> ${actor.staffKey}
      ORDER BY coalesce(l.due_on, ${today}), l.due_time NULLS LAST, l.kind, l.id LIMIT ${mostLines + 1}),
    own AS (SELECT m.ends_on, m.amount_fen, m.result FROM maturity m JOIN customers_customer_facts k ON k.customer_id = m.customer_id WHERE k.main_staff_key = ${actor.staffKey} AND m.withdrawn_on IS NULL AND m.result IS NULL AND (m.currency IS NULL OR m.currency = (SELECT currency FROM bank)) AND m.ends_on <= ${addDays(today, 30)}),
    met AS (
      SELECT c.customer_id, c.id, c.mode, c.effective, c.late FROM contact c WHERE c.staff_key = ${actor.staffKey} AND c.business_date = ${today} AND c.voided_on IS NULL ORDER BY c.id DESC LIMIT ${mostDone})
    SELECT (SELECT jsonb_agg(to_jsonb(l)) FROM line l) AS lines,
      (SELECT jsonb_agg(jsonb_build_object('customerId', met.customer_id, 'contactId', met.id, 'customerName', k.name, 'mode', met.mode, 'effective', met.effective, 'late', met.late) ORDER BY met.id DESC) FROM met JOIN customers_customer_facts k ON k.customer_id = met.customer_id) AS done,
      (SELECT count(*)::int FROM own WHERE ends_on >= ${today}) AS ends, (SELECT coalesce(sum(amount_fen), 0)::text FROM own WHERE ends_on >= ${today}) AS ends_fen, (SELECT count(*)::int FROM own WHERE ends_on < ${today}) AS without_result,
      (SELECT count(*)::int FROM alert a WHERE a.owner_key = ${actor.staffKey} AND a.state = 'OPEN' AND a.kind = 'BELOW_BASE' AND (a.silenced_until IS NULL OR a.silenced_until < ${today})) AS warnings, d.*
    FROM (
      SELECT round(sum(balance) / 100)::text AS balance, (round(sum(balance) / 100) - round(sum(yesterday) / 100))::text AS to_yesterday, (round(sum(balance) / 100) - round(sum(month_begin) / 100))::text AS to_month_begin,
        round(sum(month_sum) / 100 / (min(as_of) - date_trunc('month', min(as_of))::date + 1))::text AS month_adb
      FROM deposit_sum WHERE staff_key = ${actor.staffKey}) d`)
  const kinds = new Map(views.flatMap((view) => Object.entries(view.kinds)))
  const lines = (day.lines ?? []).flatMap((row): AgendaLine[] => {
    const told = kinds.get(row.kind)
    return told === undefined ? [] : [{
      kind: row.kind, kindName: { zh: told.zh, en: told.en }, verb: told.verb, id: row.id, customer: row.customer_id === null || row.customer_name === null ? null : { id: row.customer_id, name: row.customer_name, core: row.tier === 'T1' },
      title: row.title_zh === null || row.title_en === null ? null : { zh: row.title_zh, en: row.title_en }, amountFen: row.amount_fen, currency: row.currency, dueOn: row.due_on, dueTime: row.due_time, address: row.title_zh === null ? null : row.address,
      standsInFor: row.absent_name,
    }]
  })
  return ok({
    asOf: today, lines: lines.slice(0, mostLines), more: lines.length > mostLines, done: day.done ?? [], ends: { count: day.ends, amountFen: day.ends_fen }, withoutResult: day.without_result, warnings: day.warnings,
    deposits: day.balance === null ? null : { balanceFen: day.balance, toYesterdayFen: day.to_yesterday, toMonthBeginFen: day.to_month_begin, monthAdbFen: day.month_adb },
  })
})
