import { unless } from '../foundation/access/permission.rules.ts'
import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { CalendarUnknown } from '../foundation/values/working-calendar.ts'
import { listAppointments, type AppointmentView } from './appointment.contract.ts'
import { faultOfChange } from './appointment.rules.ts'
import { standInOf } from './engine-read-stand-in.ts'

const most = 500
const longest = 62

type Row = Omit<AppointmentView, 'may'> & { staffKey: number; takesPart: boolean; standsIn: boolean }

/** Appointments of a period, by time. What the reader may not see of a customer he is not told: no name, and no subject unless he takes part. */
export const listAppointmentsRoute = handle(listAppointments, async (tx, { query: { from, to, team } }, context) => {
  const { actor, businessDate } = context
  if (to > addDays(from, longest)) return refuse('period-too-long', { field: 'to' })
  const me = actor.staffKey
  const standsIn = await standInOf(tx, me, businessDate)
  const rows = await tx.all(sql<Row>`
    SELECT a.id, a.day, a.from_time AS "from", a.to_time AS "to", a.kind, a.state, a.customer_id IS NOT NULL AS "withCustomer", k.customer_id AS "customerId", k.name AS "customerName", coalesce(k.tier = 'T1', false) AS core,
      CASE WHEN a.customer_id IS NULL OR k.customer_id IS NOT NULL OR a.people @> ARRAY[${me}::int] THEN a.subject END AS subject, CASE WHEN a.customer_id IS NULL OR k.customer_id IS NOT NULL OR a.people @> ARRAY[${me}::int] THEN a.place END AS place,
      o.staff_name AS "ownerName", a.staff_key = ${me} AS mine, a.staff_key AS "staffKey", a.people @> ARRAY[${me}::int] AS "takesPart", ${standsIn} AS "standsIn",
      ARRAY(SELECT s.staff_name FROM organisation_staff_facts s WHERE s.staff_key = ANY(a.people) AND s.staff_key <> a.staff_key ORDER BY s.staff_no) AS people,
      a.state = 'PLANNED' AND EXISTS (SELECT FROM appointment b WHERE b.state = 'PLANNED' AND b.day = a.day AND b.id <> a.id AND b.from_time < a.to_time AND b.to_time > a.from_time AND b.people && a.people) AS clashes,
      a.moves, a.contact_id AS "contactId", a.cancel_reason AS "cancelReason"
    FROM appointment a JOIN organisation_staff_facts o ON o.staff_key = a.staff_key LEFT JOIN customers_customer_facts k ON k.customer_id = a.customer_id
    WHERE a.day BETWEEN ${from} AND ${to} ${team ? sql`` : sql`AND (a.people @> ARRAY[${me}::int] OR ${standsIn})`}
    ORDER BY a.day, a.from_time, a.id LIMIT ${most + 1}`)
  const plan = context.may('appointment.plan')
  return ok({
    asOf: businessDate, more: rows.length > most, ...(await specialDays(tx, from, to)),
    items: rows.slice(0, most).map(({ staffKey, takesPart: _part, standsIn: stands, ...row }) => {
      const fault = faultOfChange({ staffKey, state: row.state }, { staffKey: me, standsIn: stands })
      const shown = row.customerName === null ? { ...row, contactId: null } : row
      return { ...shown, may: { move: unless(plan, fault), cancel: unless(plan, fault), finish: unless(plan, fault ?? (row.withCustomer ? 'record-the-contact' : row.day > businessDate ? 'not-yet' : null)) } }
    }),
  })
})

/** Weekdays on which the bank rests, and weekends on which it works. */
async function specialDays(tx: Transaction, from: string, to: string): Promise<{ off: string[]; worked: string[] }> {
  const calendar = await bankCalendar(tx)
  const off: string[] = []
  const worked: string[] = []
  try {
    for (let day = from; day <= to; day = addDays(day, 1)) {
      const weekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
      const works = calendar.isWorkday(day)
      if (works && weekend) worked.push(day)
      if (!works && !weekend) off.push(day)
    }
  } catch (error) {
    if (!(error instanceof CalendarUnknown)) throw error
  }
  return { off, worked }
}
