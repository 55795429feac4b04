import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk } from '../../foundation/store/store.ts'

/**
 * A confirmed group of `members` companies for the measurement, a tree of which each holds four others with 60 %, under one person; one member is a customer of `staffKey`, the others are
 * spread over the bank. By statement, as batch, in a database made for it.
 */
export async function makeBenchGroup(tx: Transaction, given: { groupId: string; rootId: string; members: number; staffKey: number; day: string; batch: string }): Promise<void> {
  const { groupId, rootId, members, staffKey, day, batch } = given
  const common = { what: 'add', why: 'bench', batch } as const
  await bulk(tx, { table: 'party', ...common, statement: sql`INSERT INTO party (id, customer_id, kind, name, batch_id) VALUES (${rootId}, ${rootId}, 'PERSON', '测速', ${batch})` })
  await bulk(tx, { table: 'party', ...common, statement: sql`
    INSERT INTO party (id, customer_id, kind, as_customer, batch_id)
    SELECT uuid7(), customer_id, 'COMPANY', customer_id, ${batch}
    FROM ((SELECT customer_id FROM customer WHERE main_staff_key = ${staffKey} ORDER BY customer_id LIMIT 1) UNION (SELECT customer_id FROM customer WHERE main_staff_key <> ${staffKey} ORDER BY customer_id LIMIT ${members - 1})) k` })
  await bulk(tx, { table: 'relation', ...common, statement: sql`
    WITH node AS (SELECT id, customer_id, row_number() OVER (ORDER BY id)::int AS place FROM party WHERE batch_id = ${batch} AND kind = 'COMPANY')
    INSERT INTO relation (id, customer_id, kind, from_party, to_party, share_pct, evidence, from_date, entered_on, batch_id)
    SELECT uuid7(), n.customer_id, 'SHAREHOLDING', coalesce(a.id, ${rootId}::uuid), n.id, 60, 'bench', ${day}::date - 400, ${day}::date, ${batch}
    FROM node n LEFT JOIN node a ON a.place = (n.place + 2) / 4 AND n.place > 1` })
  await bulk(tx, { table: 'customer_group', ...common, statement: sql`INSERT INTO customer_group (id, kind, name, controller_party, control_basis, from_date, reason) VALUES (${groupId}, 'GROUP', '测速集团', ${rootId}, 'A B', ${day}::date - 300, 'bench')` })
  await bulk(tx, { table: 'group_member', ...common, statement: sql`
    INSERT INTO group_member (id, group_id, party_id, customer_id, basis, from_date) SELECT uuid7(), ${groupId}, id, as_customer, 'A B', ${day}::date - 300 FROM party WHERE batch_id = ${batch} AND kind = 'COMPANY'` })
}
