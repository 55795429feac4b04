import { z } from 'zod'
import { contributedViews, keptViews, type ContributedView } from '../foundation/database/contributed-views.ts'
import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { agendaVerbs, type AgendaLine } from './my-day.contract.ts'

/** What the comment of a view `…_agenda_facts` says: its kinds in words, and the verb of each. */
export const agendaComment = z.strictObject({
  kinds: z.record(z.string().regex(/^[A-Z][A-Z0-9_]{1,39}$/), z.strictObject({ zh: z.string().min(1), en: z.string().min(1), verb: z.enum(agendaVerbs) })),
})
export type AgendaView = ContributedView<z.output<typeof agendaComment>>

/** The views that fill the agenda. */
export const agendaViews = (tx: Transaction): Promise<AgendaView[]> => contributedViews(tx, '_agenda_facts', agendaComment)

export const knownAgendaViews = keptViews('_agenda_facts', agendaComment)

const daysAhead = 7
const mostLines = 100

export type AgendaRow = { kind: string; id: string; customer_id: string | null; customer_name: string | null; tier: string | null; title_zh: string | null; title_en: string | null; amount_fen: string | null; currency: string | null; due_on: string; due_time: string | null; address: string | null; absent_name: string | null }

/** Two parts of a WITH, `mine` and `line` (AgendaRow): what waits for a person and for whom he stands in for, up to a week ahead, with the reader's own rights. */
export function agendaSql(views: readonly AgendaView[], staffKey: number, today: string): Sql {
  const parts = views.map((view) => sql`(
    SELECT v.* FROM ${sql.table(view.name)} v WHERE v.staff_key = ANY(ARRAY(SELECT m.staff_key FROM mine m)) AND coalesce(v.due_on, ${today}) <= ${addDays(today, daysAhead)} AND coalesce(v.opens_on, ${today}) <= ${today}
    ORDER BY v.due_on NULLS FIRST LIMIT ${mostLines + 1})`)
  return sql`
    mine AS MATERIALIZED (
      SELECT ${staffKey}::int AS staff_key UNION SELECT absent_key FROM customers_absence_facts WHERE substitute_key = ${staffKey} AND from_date <= ${today} AND to_date > ${today}),
    line AS (
      SELECT l.kind, l.id, CASE WHEN k.customer_id IS NOT NULL THEN l.customer_id END AS customer_id, k.name AS customer_name, k.tier, CASE WHEN l.customer_id IS NULL OR k.customer_id IS NOT NULL THEN l.title_zh END AS title_zh,
        CASE WHEN l.customer_id IS NULL OR k.customer_id IS NOT NULL THEN l.title_en END AS title_en, CASE WHEN l.customer_id IS NULL OR k.customer_id IS NOT NULL THEN l.amount_fen::text END AS amount_fen, l.currency, coalesce(l.due_on, ${today}) AS due_on,
        l.due_time, l.address, a.staff_name AS absent_name
      FROM (${sql.join(parts, sql` UNION ALL `)}) l LEFT JOIN customers_customer_facts k ON k.customer_id = l.customer_id
      LEFT JOIN organisation_staff_facts a ON a.staff_key = l.staff_key AND l.staff_key <> ${staffKey}
      ORDER BY coalesce(l.due_on, ${today}), l.due_time NULLS LAST, l.kind, l.id LIMIT ${mostLines + 1})`
}

/** The rows of `line` as they go out; `more`: it is not all. */
export function agendaLines(views: readonly AgendaView[], rows: readonly AgendaRow[]): { lines: AgendaLine[]; more: boolean } {
  const kinds = new Map(views.flatMap((view) => Object.entries(view.kinds)))
  const lines = rows.flatMap((row): AgendaLine[] => {
    const told = kinds.get(row.kind)
    return told === undefined ? [] : [{
      kind: row.kind, kindName: { zh: told.zh, en: told.en }, verb: told.verb, id: row.id, customer: row.customer_id === null || row.customer_name === null ? null : { id: row.customer_id, name: row.customer_name, core: row.tier === 'T1' },
      title: row.title_zh === null || row.title_en === null ? null : { zh: row.title_zh, en: row.title_en }, amountFen: row.amount_fen, currency: row.currency, dueOn: row.due_on, dueTime: row.due_time, address: row.title_zh === null ? null : row.address,
      standsInFor: row.absent_name,
    }]
  })
  return { lines: lines.slice(0, mostLines), more: lines.length > mostLines }
}
