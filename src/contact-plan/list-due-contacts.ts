import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { monthEnd, monthOf } from '../foundation/values/business-date.ts'
import { ok } from '../foundation/values/outcome.ts'
import { listDueContacts, type DueContact } from './coverage.contract.ts'
import { coverageOf } from './contact-frequency.rules.ts'
import { dueOf } from './due-contact.rules.ts'
import { answersFor, readDuties } from './engine-read-coverage.ts'

type Row = { customer_id: string; number: string; name: string; tier: string; every_months: number; face_every_months: number | null; last_contact: string | null; last_meeting: string | null }

// Who leads more than a team has no customers of his own: he looks at his people's coverage.
const holdsCustomers = ['RM', 'TEAM_LEAD', 'OUTLET_HEAD']

/** Whom I must contact this month, and why: duties of core customers (as the engine judged them) and the calendar periods of the other tiers. */
export const listDueContactsRoute = handle(listDueContacts, async (tx, { query }, { actor, businessDate }) => {
  if (!holdsCustomers.includes(actor.postCode)) return ok({ asOf: businessDate, coverage: coverageOf({ duties: 0, met: 0, late: 0 }), items: [], more: false })
  const month = monthOf(businessDate)
  // my own, and those of whom I stand in for: the duty stays theirs, who calls is me
  const duties = await readDuties(tx, { month, lastDay: monthEnd(month), seatDay: businessDate }, { kind: 'STANDS_IN', staffKey: actor.staffKey, day: businessDate }, { kind: 'ALL' })
  const own = duties.filter((duty) => duty.staffKey === actor.staffKey)
  const coverage = coverageOf({ duties: own.length, met: own.filter((duty) => duty.state !== 'OPEN').length, late: own.filter((duty) => duty.state === 'LATE').length })
  const states = new Map(duties.map((duty) => [duty.customerId, duty.state]))
  const rows = await tx.allKept('whom to contact', sql<Row>`
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
      AND (k.main_staff_key = ANY(${answersFor(actor.staffKey, businessDate)}) OR k.customer_id = ANY(${[...states.keys()]}::uuid[]))`)
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
  return ok({ asOf: businessDate, coverage, items: items.slice(0, query.limit), more: items.length > query.limit })
})
