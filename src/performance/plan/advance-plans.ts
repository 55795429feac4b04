import { bankCalendar } from '../../foundation/calendar/read-calendar.ts'
import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk } from '../../foundation/store/store.ts'
import { addWorkingDays, CalendarUnknown } from '../../foundation/values/working-calendar.ts'

/** Working days of the appeal window, and for the talk after the result is final (3.0, feedback). */
const [windowDays, talkDays] = [5, 10]

/**
 * What a business day brings to plans (role batch): locked ones begin with their period; when it is over and its last month closed they are scored and the appeal window opens; after it, with no appeal open, the result is final.
 * A step a plan, never twice; each by one statement. A day that the calendar does not know opens no window.
 */
export async function advancePlans(tx: Transaction, batch: string, day: string): Promise<void> {
  const closed = sql`EXISTS (SELECT FROM closed_month c WHERE c.scheme_code = p.scheme_code AND c.month = (p.to_date - interval '1 month')::date)`
  const appealed = sql`EXISTS (SELECT FROM appeal a WHERE a.staff_key = p.staff_key AND a.scheme_code = p.scheme_code AND a.month >= p.from_date AND a.month < p.to_date AND NOT EXISTS (SELECT FROM appeal_end e WHERE e.appeal_id = a.id))`
  await step(tx, batch, day, 'START', 'CONFIRMED', 'RUNNING', sql`p.from_date <= ${day}::date`, null)
  await step(tx, batch, day, 'SCORE', 'RUNNING', 'SCORED', sql`p.to_date <= ${day}::date AND ${closed}`, null)
  const days = await lastDays(tx, day)
  if (days === null) return
  await step(tx, batch, day, 'OPEN_WINDOW', 'SCORED', 'APPEAL_WINDOW', sql`true`, days.window)
  await step(tx, batch, day, 'FINISH', 'APPEAL_WINDOW', 'FINAL', sql`l.window_until < ${day}::date AND NOT ${appealed}`, days.talk)
}

async function lastDays(tx: Transaction, day: string): Promise<{ window: string; talk: string } | null> {
  try {
    const calendar = await bankCalendar(tx)
    return { window: addWorkingDays(calendar, day, windowDays), talk: addWorkingDays(calendar, day, talkDays) }
  } catch (error) {
    if (error instanceof CalendarUnknown) return null
    throw error
  }
}

async function step(tx: Transaction, batch: string, day: string, kind: string, after: string, state: string, when: Sql, until: string | null): Promise<void> {
  await bulk(tx, {
    table: 'plan_step', what: 'add', why: `appraisal plans ${day}`, batch, about: { kind },
    statement: sql`INSERT INTO plan_step (plan_id, place, kind, state, after_place, after_state, targets_place, kept_place, version, window_until, done_on, holder_key, staff_key, scope_path, batch_id)
      SELECT p.id, l.place + 1, ${kind}, ${state}, l.place, l.state, l.targets_place, l.targets_place, l.version, ${until}::date, ${day}::date, p.holder_key, p.staff_key, p.scope_path, ${batch}::uuid
      FROM appraisal_plan p CROSS JOIN LATERAL (SELECT z.place, z.state, z.targets_place, z.version, z.window_until FROM plan_step z WHERE z.plan_id = p.id ORDER BY z.place DESC LIMIT 1) l WHERE l.state = ${after} AND ${when}`,
  })
}
