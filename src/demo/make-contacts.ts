import { isEnteredLate } from '../contact-plan/contact-frequency.rules.ts'
import { readPolicy } from '../contact-plan/read-policy.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import type { OnProgress } from '../foundation/jobs/run-job.ts'
import { chinaCalendar } from '../foundation/values/working-calendar.ts'
import { saveContacts, type BulkContact } from '../visits/save-contact.ts'
import { contactStories } from './contact-stories.ts'
import { coreCustomer } from './core-customer.ts'
import { demoId } from './demo-id.ts'
import { dayNumber } from './day-numbers.ts'
import { demoBank } from './known-cases.ts'

const customersAtOnce = 100

/** Contacts of four months with these customers. A part that is there already (found by its first contact) is left as it is. */
export async function makeContacts(services: Services, indexes: readonly number[], onProgress: OnProgress): Promise<number> {
  const [from, to] = [dayNumber(demoBank.historyFrom), dayNumber(demoBank.lastBookedDay)]
  let made = 0
  for (let place = 0; place < indexes.length; place += customersAtOnce) {
    const stories = indexes.slice(place, place + customersAtOnce).flatMap((index) => contactStories(coreCustomer(index, from, to)))
    made += await services.db.asBatch(async (tx) => {
      const ids = stories.map((story, number) => demoId(story.day, 'contact', story.number, number))
      const there = await tx.maybe(sql`SELECT 1 FROM visits_contact_facts WHERE contact_id = ${ids[0] ?? null}::uuid`)
      if (there || stories.length === 0) return 0
      const customerIds = new Map((await tx.all(sql<{ number: string; customer_id: string }>`SELECT number, customer_id FROM customers_customer_facts WHERE number = ANY(${stories.map(({ number }) => number)}::text[])`)).map((row) => [row.number, row.customer_id]))
      const staffKeys = new Map((await tx.all(sql<{ staff_no: string; staff_key: number }>`SELECT staff_no, staff_key FROM organisation_staff_facts`)).map((row) => [row.staff_no, row.staff_key]))
      // one policy for all tiers as to when a contact must be entered
      const policy = await readPolicy(tx, 'T1', '*', stories[0]?.day ?? demoBank.today)
      const contacts = stories.flatMap((story, number): BulkContact[] => {
        const [customerId, staffKey, id] = [customerIds.get(story.number), staffKeys.get(story.staffNo), ids[number]]
        if (customerId === undefined || staffKey === undefined || id === undefined) return []
        return [{
          id, customerId, staffKey, mode: story.mode, purpose: story.purpose, businessDate: story.day, replied: story.replied, summary: story.summary, contactPerson: story.contactPerson, nextAction: story.nextAction,
          nextOn: story.nextOn, enteredOn: story.enteredOn, late: isEnteredLate(chinaCalendar, story.day, story.enteredOn, policy.recordWithin), policyVersion: policy.version,
        }]
      })
      return contacts.length === 0 ? 0 : saveContacts(tx, demoId(demoBank.today, 'contacts', indexes[place] ?? 0), contacts, 'demo bank')
    })
    await onProgress('联系记录 / recording contacts', Math.min(place + customersAtOnce, indexes.length), indexes.length)
  }
  return made
}
