import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { MergeRun } from '../foundation/store/merge-run.ts'
import { bulk } from '../foundation/store/store.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { refreshGaps, refreshLeakage } from './refresh-gaps.ts'
import { refreshLeads } from './refresh-leads.ts'
import { refreshMaturities } from './refresh-maturities.ts'
import { refreshMovements } from './refresh-movements.ts'
import { refreshStandings } from './refresh-standing.ts'
import type { WatchRun } from './watch-run.ts'

/** How far back a delivery's bookings let a day be worked out anew. */
const daysBack = 30

/**
 * Everything that is watched, after a delivery: large movements of the day and of every day of the last month that the delivery touched, what ends, who is leaving, what is lacking. As often as you like: the same
 * facts change nothing.
 */
export async function refreshWatch(run: MergeRun): Promise<void> {
  const { tx, businessDate } = run
  const { code } = await tx.one(sql<{ code: string }>`SELECT code FROM bank`)
  const calendar = await bankCalendar(tx)
  const touched = await tx.all(sql<{ day: string }>`
    SELECT DISTINCT booked_on AS day FROM deliveries_transaction_facts WHERE booked_on <= ${businessDate} AND booked_on > ${addDays(businessDate, -daysBack)} AND booked_on <> ${businessDate} ORDER BY 1`)
  const watch: WatchRun = { ...run, bankCode: code, calendar }
  await refreshMovements(watch, [...touched.map(({ day }) => day), businessDate])
  await refreshMaturities(watch)
  await refreshStandings(watch, run.kind === 'CORRECTION')
  await refreshGaps(watch)
  await refreshLeakage(watch)
  await refreshLeads(watch)
}

/** What is watched follows its customer: after an assignment or a hand-over it is seen by whom the customer is seen, and its owner is the new main manager. All customers when none is named, or those that a person holds or held. */
export async function followWatched(tx: Transaction, batch: string, customerId: string | null, staffKey?: number): Promise<void> {
  const why = 'alerts follow their customer'
  for (const table of ['alert', 'movement', 'maturity', 'standing', 'payee_payer'] as const) {
    const held = staffKey === undefined ? sql`` : sql`AND t.customer_id IN (SELECT customer_id FROM customers_assignment_facts WHERE staff_key = ${staffKey})`
    const owner = table === 'alert'
    await bulk(tx, {
      table, what: 'change', why, batch, alias: 't',
      statement: sql`
        UPDATE ${sql.table(table)} t SET scope_path = k.scope_path, viewers = k.viewers ${owner ? sql`, owner_key = k.main_staff_key` : sql``} FROM customers_customer_facts k
        WHERE k.customer_id = t.customer_id ${customerId === null ? sql`` : sql`AND t.customer_id = ${customerId}`} ${held}
          AND ((t.scope_path, t.viewers) IS DISTINCT FROM (k.scope_path, k.viewers) ${owner ? sql`OR t.owner_key IS DISTINCT FROM k.main_staff_key` : sql``})`,
    })
  }
}
