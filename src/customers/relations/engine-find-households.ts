import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { GroupRow } from './group-table.ts'
import { componentsOf } from './groups.rules.ts'
import { householdsOf, type HouseholdTest } from './households.rules.ts'
import { inForce } from './in-force.ts'

/** Persons by reference only: who may live together, and by what. */
export type FoundHousehold = { customers: string[]; tests: HouseholdTest[] }
type Two = { a: string; b: string; test: HouseholdTest }

/** What persons may share: the door of a home (delivered, or entered as HOME) and a phone of their own. */
const doors = sql`SELECT p.customer_id, p.address_hash AS what FROM person p WHERE octet_length(p.address_hash) = 32
  UNION SELECT d.customer_id, d.address_hash FROM customer_address d WHERE d.site = 'HOME' AND d.ended_on IS NULL AND octet_length(d.address_hash) = 32`
const phones = sql`SELECT t.customer_id, t.number_hash AS what FROM phone t WHERE t.ended_on IS NULL`

// among a million persons numbers are looked up where the index is: doors in the tables, phones in the register of numbers
const behind = (test: HouseholdTest, things: readonly Buffer[]): Sql => (test === 'PHONE'
  ? sql`SELECT t.customer_id, t.number_hash AS what FROM search_hash h JOIN phone t ON t.customer_id = h.customer_id AND t.number_hash = h.value_hash AND t.ended_on IS NULL WHERE h.kind = 'PHONE' AND h.value_hash = ANY(${[...things]}::bytea[])`
  : sql`SELECT p.customer_id, p.address_hash AS what FROM person p WHERE octet_length(p.address_hash) = 32 AND p.address_hash = ANY(${[...things]}::bytea[])
      UNION SELECT d.customer_id, d.address_hash FROM customer_address d WHERE d.site = 'HOME' AND d.ended_on IS NULL AND octet_length(d.address_hash) = 32 AND d.address_hash = ANY(${[...things]}::bytea[])`)
const sources = [['HOME', doors], ['PHONE', phones]] as const
const thingsOf = async (tx: Transaction, source: Sql, customers: readonly string[]): Promise<Buffer[]> =>
  (await tx.all(sql<{ what: Buffer }>`SELECT DISTINCT what FROM (${source}) s WHERE s.customer_id = ANY(${[...customers]}::uuid[])`)).map((one) => one.what)

/** Who shares a door or a phone with these, they themselves among them, also where so many share it that it tells nothing: by reference. */
export function sharersOf(tx: Transaction, customers: readonly string[], most = 500 + customers.length * 10): Promise<string[]> {
  return tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', async () => {
    const all = new Set(customers)
    for (const [test, source] of sources) {
      const things = await thingsOf(tx, source, customers)
      if (things.length > 0) for (const { customer_id: id } of await tx.all(sql<{ customer_id: string }>`SELECT customer_id FROM (${behind(test, things)}) s LIMIT ${most}`)) all.add(id)
    }
    return [...all]
  })
}

/** All pairs of the bank, or those in which one of these persons stands. A door or phone of more persons than the table says is a dormitory or a shop; a phone that a company uses as well tells nothing. */
async function pairs(tx: Transaction, day: string, row: GroupRow, within: readonly string[] | null): Promise<Two[]> {
  const shared = async (test: HouseholdTest, source: Sql): Promise<Two[]> => {
    const here = within === null ? null : await thingsOf(tx, source, within)
    if (here?.length === 0) return []
    const found = here === null ? source : behind(test, here)
    return tx.all(sql<Two>`
      SELECT g.ids[1] AS a, b, ${test} AS test FROM (
        SELECT array_agg(DISTINCT c.customer_id ORDER BY c.customer_id) AS ids FROM (${found}) s JOIN customer c ON c.customer_id = s.customer_id AND c.merged_into IS NULL AND c.status <> 'CLOSED'
        GROUP BY s.what HAVING bool_and(c.kind = 'PERSON') AND count(DISTINCT c.customer_id) BETWEEN 2 AND ${row.householdMost}::int) g, unnest(g.ids[2:]) b`)
  }
  const near = within === null ? sql`` : sql`AND (f.as_customer = ANY(${[...within]}::uuid[]) OR t.as_customer = ANY(${[...within]}::uuid[]))`
  const kin = await tx.all(sql<Two>`
    SELECT DISTINCT f.as_customer AS a, t.as_customer AS b, 'KIN' AS test
    FROM relation r JOIN party f ON f.id = r.from_party JOIN party t ON t.id = r.to_party
      JOIN customer x ON x.customer_id = f.as_customer AND x.kind = 'PERSON' AND x.merged_into IS NULL AND x.status <> 'CLOSED'
      JOIN customer y ON y.customer_id = t.as_customer AND y.kind = 'PERSON' AND y.merged_into IS NULL AND y.status <> 'CLOSED'
      LEFT JOIN person child ON child.customer_id = t.as_customer
    WHERE r.kind = 'FAMILY' AND ${inForce(day)} AND (r.means = 'SPOUSE' OR (r.means = 'PARENT' AND child.birth_date > ${day}::date - make_interval(years => ${row.childBelow}::int))) ${near}`)
  return [...(await shared('HOME', doors)), ...(await shared('PHONE', phones)), ...kin]
}

/** Households by rule over the whole bank, or around these persons: references only, nobody is shown them here. Run as `batch` or `engine`. */
export function findHouseholds(tx: Transaction, day: string, row: GroupRow, around: readonly string[] | null = null): Promise<FoundHousehold[]> {
  return tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', async () => {
    if (around === null) return householdsOf(await pairs(tx, day, row, null), row.householdMost)
    let reached = new Set(around)
    for (;;) {
      const found = await pairs(tx, day, row, [...reached])
      // a set that has grown beyond any household is none, however it goes on
      const wider = new Set([...reached, ...componentsOf(found).filter(({ parties }) => parties.length <= row.householdMost).flatMap(({ parties }) => parties)])
      if (wider.size === reached.size) return householdsOf(found, row.householdMost)
      reached = wider
    }
  })
}
