import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { Ground, ReportKind, Span } from './day-report.rules.ts'

export type Seat = { post_code: string; line_path: string; place_key: number }

/** The person's post of this kind on a day, and its line: where the report belongs. */
export function seatOn(tx: Transaction, kind: Pick<ReportKind, 'posts'>, staffKey: number, day: string): Promise<Seat | undefined> {
  return tx.maybe(sql<Seat>`
    SELECT post_code, line_path, place_key FROM organisation_post_facts
    WHERE staff_key = ${staffKey} AND post_code = ANY(${[...kind.posts]}::text[]) AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day}) ORDER BY main DESC, post_key LIMIT 1`)
}

/** What decides whether a report may be confirmed. */
export async function groundOf(tx: Transaction, kind: ReportKind, person: { staffKey: number; name: string }, span: Span, today: string, reported: boolean): Promise<Ground> {
  const seat = await seatOn(tx, kind, person.staffKey, span.lastDay)
  const away = await tx.maybe(sql<{ name: string }>`
    SELECT s.staff_name AS name FROM customers_absence_facts a JOIN organisation_staff_facts s ON s.staff_key = a.substitute_key WHERE a.absent_key = ${person.staffKey} AND a.from_date <= ${span.lastDay} AND a.to_date > ${span.lastDay}`)
  return { today, name: person.name, held: seat !== undefined, substitute: away?.name ?? null, reported }
}

/** Who of the line reads it: the nearest who is there on that day, the author never. */
export async function receiverOf(tx: Transaction, kind: Pick<ReportKind, 'receiverPosts'>, staffKey: number, linePath: string, day: string): Promise<number | null> {
  const found = await tx.maybe(sql<{ staff_key: number }>`
    SELECT f.staff_key FROM organisation_post_facts f
    WHERE f.post_code = ANY(${[...kind.receiverPosts]}::text[]) AND f.staff_key <> ${staffKey} AND f.from_date <= ${day} AND (f.to_date IS NULL OR f.to_date > ${day})
      AND (${linePath}::text COLLATE "C" = f.line_path OR starts_with(${linePath}::text, f.line_path || '.'))
      AND NOT EXISTS (SELECT FROM customers_absence_facts a WHERE a.absent_key = f.staff_key AND a.from_date <= ${day} AND a.to_date > ${day})
    ORDER BY length(f.line_path) DESC, array_position(${[...kind.receiverPosts]}::text[], f.post_code), f.staff_no LIMIT 1`)
  return found?.staff_key ?? null
}
