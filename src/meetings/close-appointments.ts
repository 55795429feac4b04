import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk, change, end } from '../foundation/store/store.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { closesBack } from './appointment.rules.ts'

/** A contact was recorded: the appointments with this customer on that day, or up to a week before, in which one of those people takes part, are closed by it. The customer is open. Returns how many. */
export async function closeAppointments(tx: Transaction, contact: { customerId: string; contactId: string; people: readonly number[]; day: string; recordedOn: string }): Promise<number> {
  const open = await tx.all(sql<{ id: string }>`
    SELECT id FROM appointment WHERE customer_id = ${contact.customerId} AND state = 'PLANNED' AND day BETWEEN ${addDays(contact.day, -closesBack)} AND ${contact.day} AND people && ${[...contact.people]}::int[] ORDER BY day, id`)
  for (const { id } of open) await end(tx, 'appointment', { id }, { state: 'DONE', done_on: contact.recordedOn, contact_id: contact.contactId }, { why: null, action: 'FINISH_APPOINTMENT' })
  return open.length
}

/** The contact is void: what it closed is open again; with `replacedBy` the new record closes it instead. */
export async function reopenAppointments(tx: Transaction, { customerId, contactId, replacedBy, why }: { customerId: string; contactId: string; replacedBy: string | null; why: string }): Promise<void> {
  const closed = await tx.all(sql<{ id: string }>`SELECT id FROM appointment WHERE customer_id = ${customerId} AND contact_id = ${contactId} ORDER BY id`)
  for (const { id } of closed) {
    if (replacedBy === null) await change(tx, 'appointment', { id }, { state: 'PLANNED', done_on: null, contact_id: null }, { why, action: 'REOPEN_APPOINTMENT' })
    else await change(tx, 'appointment', { id }, { contact_id: replacedBy }, { why })
  }
}

/** The same for many contacts at once (take-over from another system, demo bank): whatever an effective contact of one of the people closes by its day. Runs as batch. Returns how many. */
export async function closeManyAppointments(tx: Transaction, batch: string, why: string): Promise<number> {
  const { count } = await bulk(tx, {
    table: 'appointment', what: 'change', why, batch, alias: 'a',
    statement: sql`
      UPDATE appointment a SET state = 'DONE', done_on = f.entered_on, contact_id = f.contact_id, batch_id = ${batch}::uuid
      FROM (
        SELECT DISTINCT ON (o.id) o.id, c.contact_id, c.entered_on FROM appointment o
        JOIN visits_contact_facts c ON c.customer_id = o.customer_id AND c.effective AND c.business_date BETWEEN o.day AND o.day + ${closesBack}::int AND (c.our_people && o.people OR c.staff_key = ANY(o.people))
        WHERE o.state = 'PLANNED' AND o.customer_id IS NOT NULL ORDER BY o.id, c.business_date, c.contact_id) f
      WHERE a.id = f.id`,
  })
  return count
}
