import { viewsEnding } from '../foundation/database/contributed-views.ts'
import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import type { KeyEvent } from './leader-visit.rules.ts'

/** How long an event that no visit answered goes on asking for one. */
const asksForDays = 92

/** Every view that tells key events: those noted here, and what other capabilities publish under the name `<capability>_key_event_facts`, found in the catalogue and not named. */
async function keyEvents(tx: Transaction): Promise<Sql> {
  const views = await viewsEnding(tx, '_key_event_facts')
  return sql.join(views.map((name) => sql`SELECT customer_id, event_id, kind, day FROM ${sql.table(name)}`), sql` UNION ALL `)
}

type Row = { customer_id: string; event_id: string; kind: KeyEvent['kind']; day: string }

/** Key events of the last three months, by customer: references only. Whether the reader may see the customer is asked afterwards in his own role. `customerId`: of one customer. */
export function findKeyEvents(tx: Transaction, today: string, customerId?: string): Promise<Map<string, KeyEvent[]>> {
  return tx.asRole('engine', async () => {
    const rows = await tx.all(sql<Row>`
      SELECT customer_id, event_id, kind, day FROM (${await keyEvents(tx)}) e
      WHERE day <= ${today} AND day > ${today}::date - ${asksForDays}::int ${customerId === undefined ? sql`` : sql`AND customer_id = ${customerId}`} ORDER BY day DESC, event_id`)
    const found = new Map<string, KeyEvent[]>()
    for (const row of rows) found.set(row.customer_id, [...(found.get(row.customer_id) ?? []), { eventId: row.event_id, kind: row.kind, day: row.day }])
    return found
  })
}
