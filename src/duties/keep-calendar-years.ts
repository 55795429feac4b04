import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { unless } from '../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { add, bulk, change } from '../foundation/store/store.ts'
import { addDays, daysBetween } from '../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { isKnown } from '../foundation/values/working-calendar.ts'
import { confirmCalendarYear, enterCalendarYear, listCalendarYears, returnCalendarYear, type CalendarSpan } from './calendar-year.contract.ts'
import { judgeYear } from './calendar-year.rules.ts'

type Row = {
  id: string; year: number; basis: string; entered_by: number; entered_name: string; entered_on: string; confirmed: boolean; newest: boolean; decided_name: string | null; decided_on: string | null; return_reason: string | null; spans: CalendarSpan[]
}

export const listCalendarYearsRoute = handle(listCalendarYears, async (tx, _input, { actor, businessDate, may }) => {
  const calendar = await bankCalendar(tx)
  const { name } = await tx.one(sql<{ name: string }>`SELECT calendar AS name FROM bank`)
  const rows = await tx.all(sql<Row>`
    SELECT y.id, y.year, y.basis, y.entered_by, e.staff_name AS entered_name, y.entered_on, y.confirmed_by IS NOT NULL AS confirmed, d.staff_name AS decided_name, coalesce(y.confirmed_on, y.returned_on) AS decided_on, y.return_reason,
      y.id = (SELECT b.id FROM calendar_year b WHERE b.year = y.year AND b.confirmed_by IS NOT NULL ORDER BY b.confirmed_at DESC, b.id DESC LIMIT 1) IS TRUE AS newest,
      (SELECT jsonb_agg(jsonb_build_object('from', s.from_day, 'to', s.to_day, 'kind', s.kind, 'name', s.name) ORDER BY s.from_day) FROM calendar_span s WHERE s.year_id = y.id) AS spans
    FROM calendar_year y JOIN organisation_staff_facts e ON e.staff_key = y.entered_by LEFT JOIN organisation_staff_facts d ON d.staff_key = coalesce(y.confirmed_by, y.returned_by) ORDER BY y.year DESC, y.id DESC LIMIT 100`)
  const keep = may('calendar.keep')
  let known = businessDate
  while (isKnown(calendar, `${Number(known.slice(0, 4)) + 1}-12-31`) && Number(known.slice(0, 4)) < 2199) known = `${Number(known.slice(0, 4)) + 1}${known.slice(4)}`
  const last = Number(known.slice(0, 4))
  const lacks = isKnown(calendar, businessDate) ? `${last + 1}-01-01` : businessDate
  return ok({
    calendar: name, knownUntil: addDays(lacks, -1), next: Number(lacks.slice(0, 4)), lacks: daysBetween(businessDate, lacks) <= 60 ? lacks : null, mayEnter: keep.allowed,
    items: rows.map((row) => {
      const state = row.confirmed ? (row.newest ? 'IN_FORCE' as const : 'REPLACED' as const) : row.return_reason !== null ? 'RETURNED' as const : 'WAITING' as const
      const decide = unless(keep, state !== 'WAITING' ? 'decided-already' : row.entered_by === actor.staffKey ? 'same-person' : null)
      const count = (kind: string): number => row.spans.filter((span) => span.kind === kind).reduce((sum, span) => sum + daysBetween(span.from, span.to) + 1, 0)
      return {
        id: row.id, year: row.year, basis: row.basis, enteredBy: row.entered_name, enteredOn: row.entered_on, state, decidedBy: row.decided_name, decidedOn: row.decided_on, returnReason: row.return_reason, spans: row.spans, offDays: count('OFF'), workDays: count('WORK'),
        may: { decide },
      }
    }),
  })
})

export const enterCalendarYearRoute = handle(enterCalendarYear, (tx, { body }, { actor, businessDate }) => tx.asRole('office', async () => {
  const judged = judgeYear(body.year, body.spans)
  if (!judged.ok) return judged
  if (await tx.maybe(sql`SELECT 1 FROM calendar_year WHERE year = ${body.year} AND confirmed_by IS NULL AND returned_by IS NULL`)) return refuse('waits-already', { field: 'year', details: { year: String(body.year) } })
  await add(tx, 'calendar_year', { id: body.id, year: body.year, basis: body.basis, entered_by: actor.staffKey, entered_on: businessDate }, { why: null, action: 'ENTER_YEAR' })
  await bulk(tx, {
    table: 'calendar_span', what: 'add', why: body.basis, batch: body.id, about: { year: body.year },
    statement: sql`INSERT INTO calendar_span (year_id, from_day, to_day, kind, name) SELECT ${body.id}, s."from", s."to", s.kind, s.name FROM jsonb_to_recordset(${JSON.stringify(body.spans)}::jsonb) AS s ("from" date, "to" date, kind text, name text)`,
  })
  return ok({ id: body.id })
}))

async function undecided(tx: Transaction, yearId: string, decider: number): Promise<Outcome<null>> {
  const found = await tx.maybe(sql<{ entered_by: number; decided: boolean }>`SELECT entered_by, confirmed_by IS NOT NULL OR returned_by IS NOT NULL AS decided FROM calendar_year WHERE id = ${yearId} FOR UPDATE`)
  if (!found) return refuse('not-found')
  if (found.decided) return refuse('decided-already')
  return found.entered_by === decider ? refuse('same-person') : ok(null)
}

/** From now on every deadline counts with it. */
export const confirmCalendarYearRoute = handle(confirmCalendarYear, (tx, { params }, { actor, businessDate }) => tx.asRole('office', async () => {
  const may = await undecided(tx, params.yearId, actor.staffKey)
  if (!may.ok) return may
  await change(tx, 'calendar_year', { id: params.yearId }, { confirmed_by: actor.staffKey, confirmed_on: businessDate, confirmed_at: new Date() }, { why: null, action: 'CONFIRM_YEAR' })
  return ok({ id: params.yearId })
}))

export const returnCalendarYearRoute = handle(returnCalendarYear, (tx, { params, body }, { actor, businessDate }) => tx.asRole('office', async () => {
  const may = await undecided(tx, params.yearId, actor.staffKey)
  if (!may.ok) return may
  await change(tx, 'calendar_year', { id: params.yearId }, { returned_by: actor.staffKey, returned_on: businessDate, return_reason: body.reason }, { why: body.reason, action: 'RETURN_YEAR' })
  return ok({ id: params.yearId })
}))
