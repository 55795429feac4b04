import { sql } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle } from '../foundation/http/route.ts'
import { add } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { listCustomerBook, noteInCustomerBook, type BookEntry } from './day-report.contract.ts'

/** The book of the outlets that the reader sees; of a customer whom he may not see the entry is not shown. */
export const listCustomerBookRoute = handle(listCustomerBook, async (tx, { query }, { services }) => {
  const list = `customer book ${query.customerId ?? ''}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const rows = await tx.all(sql<BookEntry>`
    SELECT e.id, k.customer_id AS "customerId", k.name AS "customerName", k.tier, e.noted_on AS "notedOn", s.staff_name AS "staffName", coalesce(u.name, '') AS "unitName", e.facts, e.service, e.needs
    FROM customer_book_entry e JOIN customers_customer_facts k ON k.customer_id = e.customer_id JOIN organisation_staff_facts s ON s.staff_key = e.staff_key
    LEFT JOIN organisation_institution_facts u ON u.institution_key = e.place_key AND u.from_date <= e.noted_on AND (u.to_date IS NULL OR u.to_date > e.noted_on)
    WHERE true ${query.customerId === undefined ? sql`` : sql`AND e.customer_id = ${query.customerId}`} ${place.value === null ? sql`` : sql`AND (e.noted_on, e.id) < (${String(place.value[0])}::date, ${String(place.value[1])}::uuid)`}
    ORDER BY e.noted_on DESC, e.id DESC LIMIT ${query.limit + 1}`)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, query.limit, (last) => [last.notedOn, last.id])
  return ok({ items: shown, nextCursor, count: null })
})

export const noteInCustomerBookRoute = handle(noteInCustomerBook, async (tx, { body }, { actor, businessDate }) => {
  if (!(await tx.maybe(sql`SELECT 1 FROM customers_customer_facts WHERE customer_id = ${body.customerId}`))) return refuse('customer-not-seen', { field: 'customerId' })
  await add(tx, 'customer_book_entry', { id: body.id, customer_id: body.customerId, staff_key: actor.staffKey, place_key: actor.placeKey, noted_on: businessDate, facts: body.facts, service: body.service, needs: body.needs, scope_path: actor.linePath }, { why: null, action: 'NOTE_IN_BOOK' })
  return ok({ id: body.id })
})
