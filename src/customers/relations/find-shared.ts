import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk } from '../../foundation/store/store.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { groupRowOn } from './group-table.ts'

const sources: Readonly<Record<'SHARED_PHONE' | 'SHARED_ADDRESS' | 'SHARED_AGENT', Sql>> = {
  SHARED_PHONE: sql`SELECT DISTINCT encode(number_hash, 'hex') AS what, customer_id FROM phone WHERE ended_on IS NULL`,
  // an address shorter than this names a place, not a door; homes of persons are compared by their keyed hash
  SHARED_ADDRESS: sql`SELECT DISTINCT regexp_replace(registered_address, '\\s', '', 'g') AS what, customer_id FROM corporate WHERE length(registered_address) >= 8
    UNION SELECT encode(p.address_hash, 'hex'), p.customer_id FROM person p JOIN customer c ON c.customer_id = p.customer_id AND c.merged_into IS NULL WHERE octet_length(p.address_hash) = 32
    UNION SELECT encode(d.address_hash, 'hex'), d.customer_id FROM customer_address d WHERE d.site = 'HOME' AND d.ended_on IS NULL AND octet_length(d.address_hash) = 32`,
  SHARED_AGENT: sql`SELECT DISTINCT agent_customer_id::text AS what, customer_id FROM holdings_agent_facts`,
}

/**
 * Links by shared phone, address and agent over all customers, by statement, as a batch: new ones begin on the day, those that are shared no longer end. Customers that share one thing
 * are linked with the first of them, so that fifty of them are forty-nine edges; what more than the table's most share connects nobody.
 */
export async function findShared(tx: Transaction, day: string): Promise<number> {
  const { sharedMost } = groupRowOn(day)
  const batch = newId()
  let found = 0
  for (const [kind, source] of Object.entries(sources)) {
    const pairs = sql`
      shared AS (SELECT what, array_agg(customer_id ORDER BY customer_id) AS customers FROM (${source}) s WHERE what IS NOT NULL GROUP BY what HAVING count(*) BETWEEN 2 AND ${sharedMost}::int),
      pair AS (SELECT DISTINCT customers[1] AS a, b FROM shared, unnest(customers[2:]) b)`
    await bulk(tx, {
      table: 'party', what: 'add', why: `${kind} found by rule`, batch, about: { day },
      statement: sql`
        WITH ${pairs}
        INSERT INTO party (id, customer_id, kind, as_customer, batch_id)
        SELECT uuid7(), c.customer_id, CASE c.kind WHEN 'CORPORATE' THEN 'COMPANY' ELSE 'PERSON' END, c.customer_id, ${batch}::uuid
        FROM (SELECT a AS id FROM pair UNION SELECT b FROM pair) k JOIN customer c ON c.customer_id = k.id
        WHERE NOT EXISTS (SELECT FROM party p WHERE p.as_customer = k.id)`,
    })
    const linked = sql`${pairs}, linked AS (SELECT f.id AS from_party, t.id AS to_party, p.a FROM pair p JOIN party f ON f.as_customer = p.a JOIN party t ON t.as_customer = p.b)`
    await bulk(tx, {
      table: 'relation', what: 'change', why: `${kind} found by rule`, batch, alias: 'r', about: { day },
      statement: sql`
        WITH ${linked}
        UPDATE relation r SET to_date = greatest(${day}::date, r.from_date), end_reason = '已不再共用'
        WHERE r.kind = ${kind} AND r.to_date IS NULL AND NOT EXISTS (SELECT FROM linked l WHERE l.from_party = r.from_party AND l.to_party = r.to_party)`,
    })
    found += (await bulk(tx, {
      table: 'relation', what: 'add', why: `${kind} found by rule`, batch, about: { day },
      statement: sql`
        WITH ${linked}
        INSERT INTO relation (id, customer_id, kind, from_party, to_party, evidence, from_date, entered_on, batch_id)
        SELECT uuid7(), l.a, ${kind}, l.from_party, l.to_party, '由规则找出', ${day}::date, ${day}::date, ${batch}::uuid FROM linked l
        WHERE NOT EXISTS (SELECT FROM relation r WHERE r.kind = ${kind} AND r.to_date IS NULL AND r.from_party = l.from_party AND r.to_party = l.to_party)`,
    })).count
  }
  return found
}

/** A party that was told by number and has become a customer since is that customer from now on; so are its memberships. */
export async function linkParties(tx: Transaction): Promise<number> {
  const batch = newId()
  const { count } = await bulk(tx, {
    table: 'party', what: 'change', why: 'parties that became customers', batch, alias: 'p',
    statement: sql`UPDATE party p SET as_customer = i.customer_id FROM identifier i
      WHERE p.as_customer IS NULL AND p.number_hash IS NOT NULL AND i.kind = p.number_kind AND i.value_hash = p.number_hash AND NOT EXISTS (SELECT FROM party o WHERE o.as_customer = i.customer_id)`,
  })
  await bulk(tx, {
    table: 'group_member', what: 'change', why: 'parties that became customers', batch, alias: 'm',
    statement: sql`UPDATE group_member m SET customer_id = p.as_customer FROM party p WHERE p.id = m.party_id AND m.customer_id IS NULL AND p.as_customer IS NOT NULL`,
  })
  return count
}

/** After a delivery: what is shared, who became a customer. */
export async function refreshRelations(tx: Transaction, day: string): Promise<void> {
  await linkParties(tx)
  await findShared(tx, day)
}
