import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { ReportKind, Span } from './day-report.rules.ts'
import type { WorkdayView } from './read-kinds.ts'

/** What of a person's day the system saw, by section: one statement over the views that capabilities contribute. */
export type Collected = { section: string; kind: string; id: string; customerId: string | null; zh: string; en: string; amountFen: string | null; address: string | null; customerName: string | null }

/** More than so many are not shown; the report says so. */
export const mostFacts = 300

export async function collectFacts(tx: Transaction, views: readonly WorkdayView[], kind: Pick<ReportKind, 'sections'>, staffKey: number, span: Span, nextDay: string | null): Promise<{ facts: Collected[]; more: boolean }> {
  const wanted = kind.sections.flatMap((section, place) => {
    const [from, to] = section.next === true ? [nextDay, nextDay] : [span.firstDay, span.lastDay]
    return from === null ? [] : section.kinds.map((one) => ({ section: section.code, place, kind: one, from, to }))
  })
  const told = new Set(wanted.map((one) => one.kind))
  const parts = views.filter((view) => Object.keys(view.kinds).some((one) => told.has(one))).map((view) => sql`
    SELECT w.section, w.place, v.kind, v.id, v.customer_id, v.title_zh, v.title_en, v.amount_fen, v.address, v.from_day FROM ${sql.table(view.name)} v JOIN wanted w ON w.kind = v.kind AND v.from_day <= w."to" AND (v.to_day IS NULL OR v.to_day > w."from")
    WHERE v.staff_key = ${staffKey} AND v.from_day <= ${nextDay ?? span.lastDay}::date`)
  if (parts.length === 0) return { facts: [], more: false }
  const rows = await tx.all(sql<Collected>`
    WITH wanted AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) AS w (section text, place int, kind text, "from" date, "to" date)),
    fact AS MATERIALIZED (SELECT DISTINCT ON (f.place, f.kind, f.id) f.* FROM (${sql.join(parts, sql` UNION ALL `)}) f ORDER BY f.place, f.kind, f.id)
    SELECT f.section, f.kind, f.id, f.customer_id AS "customerId", f.title_zh AS zh, f.title_en AS en, f.amount_fen::text AS "amountFen", f.address, k.name AS "customerName"
    FROM fact f LEFT JOIN customers_customer_facts k ON k.customer_id = f.customer_id
    ORDER BY f.place, f.kind, f.from_day, k.name, f.id LIMIT ${mostFacts + 1}`)
  return { facts: rows.slice(0, mostFacts), more: rows.length > mostFacts }
}
