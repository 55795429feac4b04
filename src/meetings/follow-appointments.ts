import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'

/**
 * Appointments follow their customer and their people: what a manager planned with a customer whom he no longer looks after passes to the main manager; who looks after a customer sees what is
 * planned with him; the line is that of the owner. All customers when none is named, or those that a person holds or held. Runs as batch, or with the customer opened.
 */
export async function followAppointments(tx: Transaction, batch: string, customerId: string | null, staffKey?: number): Promise<void> {
  const why = 'appointments follow their customer'
  const which = sql`${customerId === null ? sql`` : sql`AND a.customer_id = ${customerId}`} ${staffKey === undefined ? sql`` : sql`AND (a.staff_key = ${staffKey} OR a.customer_id IN (SELECT customer_id FROM customers_assignment_facts WHERE staff_key = ${staffKey}))`}`
  await bulk(tx, {
    table: 'appointment', what: 'change', why, batch, alias: 'a',
    statement: sql`
      UPDATE appointment a SET staff_key = k.main_staff_key, people = array_append(array_remove(array_remove(a.people, a.staff_key), k.main_staff_key), k.main_staff_key) FROM customers_customer_facts k
      WHERE k.customer_id = a.customer_id AND a.state = 'PLANNED' AND k.main_staff_key IS NOT NULL AND NOT k.viewers @> ARRAY[a.staff_key] ${which}
        AND EXISTS (SELECT FROM customers_assignment_facts s WHERE s.customer_id = a.customer_id AND s.staff_key = a.staff_key AND s.to_date IS NOT NULL)`,
  })
  await bulk(tx, {
    table: 'appointment', what: 'change', why, batch, alias: 'a',
    statement: sql`
      UPDATE appointment a SET scope_path = n.scope_path, viewers = n.viewers
      FROM (
        SELECT o.id, coalesce(p.line_path, o.scope_path) AS scope_path, ARRAY(SELECT DISTINCT x FROM unnest(o.people || coalesce(k.viewers, '{}')) x ORDER BY x) AS viewers
        FROM appointment o CROSS JOIN bank b LEFT JOIN customers_customer_facts k ON k.customer_id = o.customer_id
        LEFT JOIN LATERAL (SELECT f.line_path FROM organisation_post_facts f WHERE f.staff_key = o.staff_key AND f.from_date <= b.business_date AND (f.to_date IS NULL OR f.to_date > b.business_date) ORDER BY f.main DESC, f.post_key LIMIT 1) p ON true
        WHERE o.state = 'PLANNED') n
      WHERE a.id = n.id AND (a.scope_path <> n.scope_path OR NOT (a.viewers @> n.viewers AND n.viewers @> a.viewers)) ${which}`,
  })
  await bulk(tx, {
    table: 'meeting_focus', what: 'change', why: 'focus customers follow their customer', batch, alias: 'a',
    statement: sql`
      UPDATE meeting_focus a SET scope_path = k.scope_path, viewers = k.viewers FROM customers_customer_facts k
      WHERE k.customer_id = a.customer_id AND (a.scope_path, a.viewers) IS DISTINCT FROM (k.scope_path, k.viewers) ${customerId === null ? sql`` : sql`AND a.customer_id = ${customerId}`}
        ${staffKey === undefined ? sql`` : sql`AND a.customer_id IN (SELECT customer_id FROM customers_assignment_facts WHERE staff_key = ${staffKey})`}`,
  })
}

/** What somebody planned for himself ends with his last post, and so does the address of his calendar feed. Runs as batch. */
export async function endWithPosts(tx: Transaction, batch: string, day: string, staffKey?: number): Promise<void> {
  const gone = (column: 'a.staff_key' | 'c.staff_key') => sql`${staffKey === undefined ? sql`` : sql`AND ${sql.ref(column)} = ${staffKey}`}
    AND NOT EXISTS (SELECT FROM organisation_post_facts f WHERE f.staff_key = ${sql.ref(column)} AND f.from_date <= ${day}::date AND (f.to_date IS NULL OR f.to_date > ${day}::date))`
  await bulk(tx, {
    table: 'appointment', what: 'change', why: 'appointments end with the post', batch, alias: 'a',
    statement: sql`UPDATE appointment a SET state = 'CANCELLED', cancelled_on = ${day}::date, cancel_reason = '安排人已离任' WHERE a.state = 'PLANNED' AND a.customer_id IS NULL ${gone('a.staff_key')}`,
  })
  await bulk(tx, {
    table: 'calendar_feed', what: 'change', why: 'calendar addresses end with the post', batch, alias: 'c',
    statement: sql`UPDATE calendar_feed c SET revoked_on = ${day}::date, revoke_reason = '已离任' WHERE c.revoked_on IS NULL ${gone('c.staff_key')}`,
  })
}
