import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'

/**
 * Who takes part in what is coordinated about a customer may read just this customer, until the day of his membership; the grant has the id of the membership and ends with it. Who sees the
 * customer anyway gets none. What a lead withdrew is not given again: the row is there. Everything is compared with the published memberships, so that calling it twice is once; of one case when
 * it is named. The day is the bank's when none is given.
 */
export function grantForCoordination(tx: Transaction, batch: string, { day, caseId }: { day?: string; caseId?: string } = {}): Promise<void> {
  return tx.asRole('batch', async () => {
    const today = day === undefined ? sql`(SELECT business_date FROM bank)` : sql`${day}::date`
    const which = caseId === undefined ? sql`true` : sql`m.case_id = ${caseId}`
    await bulk(tx, {
      table: 'read_grant', what: 'change', why: 'membership in a coordination ended', batch, alias: 'g',
      statement: sql`
        UPDATE read_grant g SET withdrawn_on = ${today} FROM coordination_member_facts m
        WHERE g.customer_id = m.customer_id AND g.id = m.member_id AND g.withdrawn_on IS NULL AND m.left_on IS NOT NULL AND m.left_on < g.until_date AND ${which}`,
    })
    await bulk(tx, {
      table: 'read_grant', what: 'change', why: 'membership in a coordination lasts longer', batch, alias: 'g',
      statement: sql`
        UPDATE read_grant g SET until_date = m.until_on FROM coordination_member_facts m
        WHERE g.customer_id = m.customer_id AND g.id = m.member_id AND g.withdrawn_on IS NULL AND m.left_on IS NULL AND g.until_date <> m.until_on AND ${which}`,
    })
    await bulk(tx, {
      table: 'read_grant', what: 'add', why: 'membership in a coordination', batch,
      statement: sql`
        INSERT INTO read_grant (customer_id, id, staff_key, reason, from_date, until_date, given_by)
        SELECT m.customer_id, m.member_id, m.staff_key, '内部协调 ' || m.number, ${today}, m.until_on, m.added_by
        FROM coordination_member_facts m JOIN customers_customer_facts k ON k.customer_id = m.customer_id
        WHERE m.left_on IS NULL AND m.until_on >= ${today} AND m.added_by <> m.staff_key AND NOT k.viewers @> ARRAY[m.staff_key] AND NOT EXISTS (SELECT FROM read_grant g WHERE g.customer_id = m.customer_id AND g.id = m.member_id) AND ${which}
          AND NOT EXISTS (SELECT FROM organisation_post_facts f WHERE f.staff_key = m.staff_key AND f.from_date <= ${today} AND (f.to_date IS NULL OR f.to_date > ${today}) AND (f.breadth = 'ALL' OR (f.breadth = 'UNIT' AND (k.scope_path = f.line_path OR starts_with(k.scope_path, f.line_path || '.')))))
        ORDER BY m.customer_id, m.member_id`,
    })
  })
}
