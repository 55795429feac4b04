import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { monthEnd, monthOf } from '../foundation/values/business-date.ts'
import { ok } from '../foundation/values/outcome.ts'
import { listDueContacts, type DueContact } from './coverage.contract.ts'
import { dueOf } from './due-contact.rules.ts'
import { readDuties, type DutyReference } from './engine-read-coverage.ts'

type Row = { customer_id: string; number: string; name: string; tier: string; every_months: number; face_every_months: number | null; last_contact: string | null; last_meeting: string | null }

// Who leads more than a team has no customers of his own: he looks at his people's coverage.
const holdsCustomers = ['RM', 'TEAM_LEAD', 'OUTLET_HEAD']

/** Whom I must contact this month, and why: duties of core customers (as the engine judged them) and the calendar periods of the other tiers. */
export const listDueContactsRoute = handle(listDueContacts, async (tx, { query }, { actor, businessDate }) => {
  if (!holdsCustomers.includes(actor.postCode)) return ok({ asOf: businessDate, items: [], more: false })
  const month = monthOf(businessDate)
  // my own, and those of whom I stand in for: the duty stays theirs, who calls is me
  const absent = await tx.all(sql<{ absent_key: number }>`SELECT absent_key FROM customers_absence_facts WHERE substitute_key = ${actor.staffKey} AND from_date <= ${businessDate} AND to_date > ${businessDate}`)
  const mine = [actor.staffKey, ...absent.map((one) => one.absent_key)]
  const duties = await dutiesOf(tx, mine, month, businessDate)
  const states = new Map(duties.map((duty) => [duty.customerId, duty.state]))
  const rows = await tx.all(sql<Row>`
    SELECT k.customer_id, k.number, k.name, k.tier, p.every_months, p.face_every_months, l.last_contact, l.last_meeting
    FROM customers_customer_facts k
    JOIN LATERAL (
      SELECT y.every_months, y.face_every_months FROM contact_policy y
      WHERE y.tier = k.tier AND y.from_date <= ${businessDate} AND (y.to_date IS NULL OR y.to_date > ${businessDate})
        AND y.region IN ('*', (SELECT i.region FROM organisation_institution_facts i WHERE i.institution_key = k.outlet_key AND i.from_date <= ${businessDate} AND (i.to_date IS NULL OR i.to_date > ${businessDate})))
      ORDER BY y.region = '*' LIMIT 1) p ON true
    LEFT JOIN LATERAL (
      SELECT max(f.business_date) FILTER (WHERE f.effective) AS last_contact, max(f.business_date) FILTER (WHERE f.in_person) AS last_meeting
      FROM visits_contact_facts f WHERE f.customer_id = k.customer_id) l ON true
    WHERE k.viewers @> ARRAY[${actor.staffKey}::int] AND k.status = 'ACTIVE' AND k.tier IN ('T1', 'T2', 'T3')
      AND (k.main_staff_key = ANY(${mine}::int[]) OR k.customer_id = ANY(${[...states.keys()]}::uuid[]))`)
  const items = rows.flatMap((row): DueContact[] => {
    const state = states.get(row.customer_id)
    const due = dueOf({
      customerId: row.customer_id, everyMonths: row.every_months, faceEveryMonths: row.face_every_months, lastContact: row.last_contact, lastMeeting: row.last_meeting,
      monthlyOpen: state === undefined ? null : state === 'OPEN',
    }, businessDate)
    return due ? [{ customerId: row.customer_id, number: row.number, name: row.name, tier: row.tier, lastContact: row.last_contact, ...due }] : []
  })
  // core first, then who was left alone longest
  items.sort((a, b) => (a.tier === b.tier ? ((a.lastContact ?? '') < (b.lastContact ?? '') ? -1 : 1) : a.tier < b.tier ? -1 : 1))
  return ok({ asOf: businessDate, items: items.slice(0, query.limit), more: items.length > query.limit })
})

async function dutiesOf(tx: Transaction, people: readonly number[], month: string, businessDate: string): Promise<DutyReference[]> {
  const found: DutyReference[] = []
  for (const staffKey of people) found.push(...await readDuties(tx, { month, lastDay: monthEnd(month), seatDay: businessDate }, { kind: 'SELF', staffKey }, staffKey))
  return found
}
