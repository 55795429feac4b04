import { sql, type Transaction } from '../database/transaction.ts'
import { calendarOf, CalendarUnknown, layeredCalendar, type StoredYear, type WorkingCalendar } from '../values/working-calendar.ts'
import { refuse, type Outcome } from '../values/outcome.ts'

/** The calendar of this bank: the package's with the years that the bank entered and a second person confirmed on top. */
export async function bankCalendar(tx: Transaction): Promise<WorkingCalendar> {
  const { calendar } = await tx.one(sql<{ calendar: string }>`SELECT calendar FROM bank`)
  return layeredCalendar(calendarOf(calendar), await storedYears(tx))
}

/** Refuses by name ('calendar-unknown') where the calendar does not know a day that the work asks for: a deadline is never guessed. */
export async function inKnownDays<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof CalendarUnknown) return refuse('calendar-unknown', { details: { day: error.day } })
    throw error
  }
}

/** The newest confirmed entry of each year. */
export function storedYears(tx: Transaction): Promise<StoredYear[]> {
  return tx.all(sql<StoredYear>`
    SELECT y.year, coalesce((SELECT jsonb_agg(jsonb_build_object('from', s.from_day, 'to', s.to_day, 'kind', s.kind) ORDER BY s.from_day) FROM calendar_span s WHERE s.year_id = y.id), '[]'::jsonb) AS spans
    FROM (SELECT DISTINCT ON (year) year, id FROM calendar_year WHERE confirmed_by IS NOT NULL ORDER BY year, confirmed_at DESC, id DESC) y ORDER BY y.year`)
}
