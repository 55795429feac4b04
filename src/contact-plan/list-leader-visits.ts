import { sql, type Sql } from '../foundation/database/transaction.ts'
import { bankCalendar, inKnownDays } from '../foundation/calendar/read-calendar.ts'
import { handle } from '../foundation/http/route.ts'
import { add, end } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { findKeyEvents } from './engine-find-key-events.ts'
import { getLeaderVisit, listLeaderVisits, noteKeyEvent, voidKeyEvent, type LeaderVisitShown } from './leader-visit.contract.ts'
import { leaderVisitDue, remindFrom } from './leader-visit.rules.ts'

// Leaders: heads of outlets and branches and the bank's own. A team lead is none (1.1).
export const leaderPosts = ['OUTLET_HEAD', 'OUTLET_HEAD_PLACE', 'BRANCH_HEAD', 'BANK_LEADER']

/** The last visit in person at which somebody who was a leader on that day was present, for the customer `k` of the statement around it. */
const lastLeaderVisit = sql`
  (SELECT max(f.business_date) FROM visits_contact_facts f
   WHERE f.customer_id = k.customer_id AND f.in_person AND EXISTS (
     SELECT FROM organisation_post_facts p WHERE p.staff_key = ANY(f.our_people || f.staff_key) AND p.post_code = ANY(${leaderPosts}::text[])
       AND p.from_date <= f.business_date AND (p.to_date IS NULL OR p.to_date > f.business_date)))`

const policyOf = (day: string): Sql => sql`
  (SELECT y.leader_every_months FROM contact_policy y
   WHERE y.tier = k.tier AND y.from_date <= ${day} AND (y.to_date IS NULL OR y.to_date > ${day})
     AND y.region IN ('*', (SELECT i.region FROM organisation_institution_facts i WHERE i.institution_key = k.outlet_key AND i.from_date <= ${day} AND (i.to_date IS NULL OR i.to_date > ${day})))
   ORDER BY y.region = '*' LIMIT 1)`

type Row = { customer_id: string; number: string; name: string; tier: string; manager_name: string | null; every: number | null; last: string | null }

export const listLeaderVisitsRoute = handle(listLeaderVisits, (tx, { query }, { businessDate }) => inKnownDays(async () => {
  const calendar = await bankCalendar(tx)
  const events = await findKeyEvents(tx, businessDate)
  // only the tiers whose period is about to end: most of the year that is none
  const asked = await tx.all(sql<{ tier: string; every: number }>`
    SELECT DISTINCT tier, leader_every_months AS every FROM contact_policy WHERE leader_every_months IS NOT NULL AND from_date <= ${businessDate} AND (to_date IS NULL OR to_date > ${businessDate})`)
  const ending = [...new Set(asked.filter(({ every }) => businessDate >= remindFrom(calendar, every, businessDate)).map(({ tier }) => tier))]
  const rows = await tx.all(sql<Row>`
    SELECT k.customer_id, k.number, k.name, k.tier, s.staff_name AS manager_name, ${policyOf(businessDate)} AS every, ${lastLeaderVisit} AS last
    FROM customers_customer_facts k LEFT JOIN organisation_staff_facts s ON s.staff_key = k.main_staff_key
    WHERE k.status = 'ACTIVE' AND (k.tier = ANY(${ending}::text[]) OR k.customer_id = ANY(${[...events.keys()]}::uuid[]))`)
  const items = rows.flatMap((row): LeaderVisitShown[] => {
    const due = leaderVisitDue(calendar, { leaderEveryMonths: row.every, lastLeaderVisit: row.last, events: events.get(row.customer_id) ?? [] }, businessDate)
    return due ? [{ customerId: row.customer_id, number: row.number, name: row.name, tier: row.tier, managerName: row.manager_name, lastLeaderVisit: row.last, due }] : []
  })
  items.sort((a, b) => (a.due.dueOn === b.due.dueOn ? (a.number < b.number ? -1 : 1) : a.due.dueOn < b.due.dueOn ? -1 : 1))
  return ok({ asOf: businessDate, items: items.slice(0, query.limit), more: items.length > query.limit })
}))

export const getLeaderVisitRoute = handle(getLeaderVisit, (tx, { params: { customerId } }, { businessDate, may, opened }) => inKnownDays(async () => {
  const calendar = await bankCalendar(tx)
  const events = (await findKeyEvents(tx, businessDate, customerId)).get(customerId) ?? []
  const noted = await tx.all(sql<{ id: string; note: string; noted_by: string }>`
    SELECT e.id, e.note, s.staff_name AS noted_by FROM key_event e JOIN organisation_staff_facts s ON s.staff_key = e.noted_by WHERE e.customer_id = ${customerId} AND e.voided_on IS NULL`)
  const { every, last } = await tx.one(sql<{ every: number | null; last: string | null }>`SELECT ${policyOf(businessDate)} AS every, ${lastLeaderVisit} AS last FROM customers_customer_facts k WHERE k.customer_id = ${customerId}`)
  const mayNote = may('contact.record', opened ? { relation: opened.relation } : undefined)
  return ok({
    asOf: businessDate, everyMonths: every, lastLeaderVisit: last, due: leaderVisitDue(calendar, { leaderEveryMonths: every, lastLeaderVisit: last, events }, businessDate),
    events: events.map((event) => {
      const own = noted.find((one) => one.id === event.eventId)
      return { eventId: event.eventId, kind: event.kind, day: event.day, note: own?.note ?? null, notedBy: own?.noted_by ?? null, mayVoid: own !== undefined && mayNote.allowed }
    }),
    mayNote,
  })
}))

export const noteKeyEventRoute = handle(noteKeyEvent, async (tx, { params, body }, { actor, businessDate }) => {
  if (body.day > businessDate) return refuse('in-the-future', { field: 'day', details: { today: businessDate } })
  await add(tx, 'key_event', { customer_id: params.customerId, id: body.id, kind: body.kind, day: body.day, note: body.note, noted_by: actor.staffKey, noted_on: businessDate }, { why: null, action: 'NOTE_KEY_EVENT' })
  return ok({ id: body.id })
})

export const voidKeyEventRoute = handle(voidKeyEvent, async (tx, { params, body }, { businessDate }) => {
  const event = await tx.maybe(sql<{ voided_on: string | null }>`SELECT voided_on FROM key_event WHERE customer_id = ${params.customerId} AND id = ${params.eventId} FOR UPDATE`)
  if (!event) return refuse('not-found')
  if (event.voided_on !== null) return refuse('event-voided')
  await end(tx, 'key_event', { customer_id: params.customerId, id: params.eventId }, { voided_on: businessDate, void_reason: body.reason }, { why: body.reason, action: 'VOID_KEY_EVENT' })
  return ok({ id: params.eventId })
})
