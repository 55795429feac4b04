import { createHash } from 'node:crypto'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk } from '../../foundation/store/store.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { lockStructure } from './engine-check-structure.ts'
import { findGroups, partAround, type FoundGroup } from './engine-find-groups.ts'
import { findHouseholds, sharersOf } from './engine-find-households.ts'
import { groupRowOn } from './group-table.ts'

/** A part of the graph with more parties is left to the run over the whole bank (after each delivery). */
const partMost = 5_000

/** After an edge came or went: the groups around it are found anew, what is new waits for a person, what is no longer true waits no more. */
export async function proposeAround(tx: Transaction, parties: readonly string[], day: string): Promise<void> {
  const part = await partAround(tx, parties, day, partMost)
  if (part === null) return
  await tx.asRole('batch', async () => {
    await propose(tx, day, await findGroups(tx, day, groupRowOn(day), part), { kinds: groupKinds, part })
    const persons = await tx.all(sql<{ id: string }>`SELECT p.as_customer AS id FROM party p WHERE p.id = ANY(${[...parties]}::uuid[]) AND p.kind = 'PERSON' AND p.as_customer IS NOT NULL`)
    if (persons.length > 0) await households(tx, day, persons.map((one) => one.id))
  })
}

/** After two customers became one, or two again: the groups and households around them are found anew. Takes the lock of the structure itself. */
export async function proposeAroundCustomers(tx: Transaction, customers: readonly string[], day: string): Promise<void> {
  await proposeHouseholdsAround(tx, customers, day)
  const parties = await tx.all(sql<{ id: string }>`SELECT id FROM party WHERE as_customer = ANY(${[...customers]}::uuid[])`)
  await proposeAround(tx, parties.map((one) => one.id), day)
}

/** After the home or phone of persons changed: the households around them are looked at anew. */
export async function proposeHouseholdsAround(tx: Transaction, customers: readonly string[], day: string): Promise<void> {
  const persons = await tx.all(sql<{ id: string }>`SELECT customer_id AS id FROM customer WHERE customer_id = ANY(${[...customers]}::uuid[]) AND kind = 'PERSON'`)
  if (persons.length === 0) return
  await lockStructure(tx)
  await tx.asRole('batch', () => households(tx, day, persons.map((one) => one.id)))
}

/** Groups and households over the whole bank, as a batch. Returns how many proposals are new. */
export async function proposeGroups(tx: Transaction, day: string): Promise<number> {
  return (await propose(tx, day, await findGroups(tx, day, groupRowOn(day)), { kinds: groupKinds, part: null })) + (await households(tx, day, null))
}

const groupKinds = ['GROUP', 'DEPENDENCE', 'CIRCLE'] as const

async function households(tx: Transaction, day: string, moved: readonly string[] | null): Promise<number> {
  // whom a proposal names beside them may still belong together; who shares a door with too many does no longer
  const around = moved === null ? null : [...new Set([...(await sharersOf(tx, moved)), ...(await tx.all(sql<{ id: string }>`SELECT DISTINCT unnest(p.customers) AS id FROM group_proposal p WHERE p.state <> 'GONE' AND p.kind = 'HOUSEHOLD' AND p.customers && ${[...moved]}::uuid[]`)).map((one) => one.id)])]
  const found = await findHouseholds(tx, day, groupRowOn(day), around)
  const persons = [...new Set(found.flatMap((one) => one.customers))]
  const parties = await partiesOf(tx, [...new Set([...persons, ...(around ?? [])])])
  const strangers = persons.filter((id) => !parties.has(id))
  for (const slice of slicesOf(strangers)) {
    await bulk(tx, {
      table: 'party', what: 'add', why: 'households found by rule', batch: newId(), about: { day },
      statement: sql`INSERT INTO party (id, customer_id, kind, as_customer) SELECT uuid7(), id, 'PERSON', id FROM unnest(${slice}::uuid[]) c (id)`,
    })
    for (const [customer, party] of await partiesOf(tx, slice)) parties.set(customer, party)
  }
  const told = found.map((one): FoundGroup => ({ kind: 'HOUSEHOLD', parties: one.customers.flatMap((id) => parties.get(id) ?? []), customers: one.customers, tests: one.tests, controller: null }))
  return propose(tx, day, told, { kinds: ['HOUSEHOLD'], part: around === null ? null : [...parties.values()] })
}

/** The parties that customers are in the register. */
async function partiesOf(tx: Transaction, customers: readonly string[]): Promise<Map<string, string>> {
  return new Map((await tx.all(sql<{ id: string; customer: string }>`SELECT id, as_customer AS customer FROM party WHERE as_customer = ANY(${[...customers]}::uuid[])`)).map((one) => [one.customer, one.id]))
}

/** So many rows a statement writes at once: a parameter of a hundred megabytes would stand in memory three times. */
const sliceOf = 10_000
const slicesOf = <T>(all: readonly T[]): T[][] => Array.from({ length: Math.ceil(all.length / sliceOf) }, (_, n) => all.slice(n * sliceOf, (n + 1) * sliceOf))

// What stands already is compared here by fingerprint, so that the statements are given the differences only: a bank of a million has some hundred thousand households, of which a day changes a few.
async function propose(tx: Transaction, day: string, groups: readonly FoundGroup[], { kinds, part }: { kinds: readonly FoundGroup['kind'][]; part: readonly string[] | null }): Promise<number> {
  const row = groupRowOn(day)
  const found = new Map(groups.map((one) => [fingerprintOf(one), one]))
  const here = part === null ? sql`` : sql`AND p.parties && ${[...part]}::uuid[]`
  const standing = await tx.all(sql<{ id: string; fingerprint: string; open: boolean }>`SELECT p.id, p.fingerprint, p.state = 'OPEN' AS open FROM group_proposal p WHERE p.state <> 'GONE' AND p.kind = ANY(${[...kinds]}::text[]) ${here}`)
  const known = new Set(standing.map((one) => one.fingerprint))
  const common = { table: 'group_proposal', why: 'groups found by rule', batch: newId(), about: { day } } as const
  for (const gone of slicesOf(standing.filter((one) => one.open && !found.has(one.fingerprint)).map((one) => one.id))) {
    await bulk(tx, { ...common, what: 'change', alias: 'p', statement: sql`UPDATE group_proposal p SET state = 'GONE' WHERE p.state = 'OPEN' AND p.id = ANY(${gone}::uuid[])` })
  }
  let added = 0
  for (const fresh of slicesOf([...found].filter(([fingerprint]) => !known.has(fingerprint)))) {
    const rows = JSON.stringify(fresh.map(([fingerprint, { kind, parties, customers, tests, controller }]) => ({ id: newId(), kind, fingerprint, parties, customers, tests, controller })))
    const { count } = await bulk(tx, {
      ...common, what: 'add',
      statement: sql`
        INSERT INTO group_proposal (id, kind, fingerprint, parties, customers, tests, controller_party, group_id, found_on, table_version)
        SELECT f.id, f.kind, f.fingerprint, f.parties, f.customers, f.tests, f.controller, g.group_id, ${day}::date, ${row.version}
        FROM jsonb_to_recordset(${rows}::jsonb) AS f (id uuid, kind text, fingerprint text, parties uuid[], customers uuid[], tests text[], controller uuid)
        LEFT JOIN LATERAL (
          SELECT m.group_id, count(*) AS members FROM group_member m JOIN customer_group k ON k.id = m.group_id AND k.kind = f.kind AND (k.to_date IS NULL OR k.to_date > ${day}::date)
          WHERE m.party_id = ANY(f.parties) AND (m.to_date IS NULL OR m.to_date > ${day}::date) GROUP BY m.group_id
          HAVING f.kind <> 'HOUSEHOLD' OR count(*) = cardinality(f.parties) OR count(*) = (SELECT count(*) FROM group_member a WHERE a.group_id = m.group_id AND (a.to_date IS NULL OR a.to_date > ${day}::date)) ORDER BY members DESC, m.group_id LIMIT 1) g ON true
        -- a household is extended only when all who are in it stand in the set: somebody's parents' household is another one
        WHERE g.members IS DISTINCT FROM cardinality(f.parties)
        ON CONFLICT (fingerprint) WHERE state <> 'GONE' DO NOTHING`,
    })
    added += count
  }
  return added
}

/** The same set of the same kind has the same fingerprint: what was declined is not proposed again before its members change. */
function fingerprintOf({ kind, parties }: FoundGroup): string {
  return createHash('sha256').update(`${kind} ${[...parties].sort().join(' ')}`).digest('hex')
}
