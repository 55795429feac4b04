import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { ok } from '../foundation/values/outcome.ts'
import { listPlannedContacts } from './planned-contact.contract.ts'

/** My planned contacts with customers that I still see. An effective contact on or after the planned day, or after the day on which it was planned, answers it. */
export const listPlannedContactsRoute = handle(listPlannedContacts, async (tx, { query }, { actor, businessDate }) => {
  const rows = await tx.all(sql<{ plannedId: string; customerId: string; customerName: string; tier: string; plannedOn: string; subject: string }>`
    SELECT p.id AS "plannedId", p.customer_id AS "customerId", k.name AS "customerName", k.tier, p.planned_on AS "plannedOn", p.subject
    FROM planned_contact p JOIN customers_customer_facts k ON k.customer_id = p.customer_id
    WHERE p.staff_key = ${actor.staffKey} AND p.ended_on IS NULL AND p.planned_on <= ${query.until ?? addDays(businessDate, 7)}
      AND NOT EXISTS (SELECT FROM visits_contact_facts f WHERE f.customer_id = p.customer_id AND f.effective AND (f.business_date > p.made_on OR f.business_date >= p.planned_on))
    ORDER BY p.planned_on, p.id LIMIT ${query.limit + 1}`)
  return ok({ items: rows.slice(0, query.limit), more: rows.length > query.limit })
})
