import { createHash } from 'node:crypto'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk } from '../../foundation/store/store.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { findGroups, partAround, type FoundGroup } from './engine-find-groups.ts'
import { groupRowOn } from './group-table.ts'

/** A part of the graph with more parties is left to the run over the whole bank (after each delivery). */
const partMost = 5_000

/** After an edge came or went: the groups around it are found anew, what is new waits for a person, what is no longer true waits no more. */
export async function proposeAround(tx: Transaction, parties: readonly string[], day: string): Promise<void> {
  const part = await partAround(tx, parties, day, partMost)
  if (part !== null) await tx.asRole('batch', () => propose(tx, day, part))
}

/** Over the whole bank, as a batch. Returns how many proposals are new. */
export function proposeGroups(tx: Transaction, day: string): Promise<number> {
  return propose(tx, day, null)
}

async function propose(tx: Transaction, day: string, part: readonly string[] | null): Promise<number> {
  const row = groupRowOn(day)
  const found = (await findGroups(tx, day, row, part)).map((one) => ({ ...one, id: newId(), fingerprint: fingerprintOf(one) }))
  const batch = newId()
  const why = 'groups found by rule'
  const rows = JSON.stringify(found.map(({ id, kind, fingerprint, parties, customers, tests, controller }) => ({ id, kind, fingerprint, parties, customers, tests, controller })))
  const listed = sql`jsonb_to_recordset(${rows}::jsonb) AS f (id uuid, kind text, fingerprint text, parties uuid[], customers uuid[], tests text[], controller uuid)`
  const here = part === null ? sql`` : sql`AND p.parties && ${[...part]}::uuid[]`
  await bulk(tx, {
    table: 'group_proposal', what: 'change', why, batch, alias: 'p', about: { day },
    statement: sql`UPDATE group_proposal p SET state = 'GONE' WHERE p.state = 'OPEN' ${here} AND NOT EXISTS (SELECT FROM ${listed} WHERE f.fingerprint = p.fingerprint)`,
  })
  const { count } = await bulk(tx, {
    table: 'group_proposal', what: 'add', why, batch, about: { day },
    statement: sql`
      INSERT INTO group_proposal (id, kind, fingerprint, parties, customers, tests, controller_party, group_id, found_on, table_version)
      SELECT f.id, f.kind, f.fingerprint, f.parties, f.customers, f.tests, f.controller, g.group_id, ${day}::date, ${row.version}
      FROM ${listed}
      LEFT JOIN LATERAL (
        SELECT m.group_id, count(*) AS members FROM group_member m JOIN customer_group k ON k.id = m.group_id AND k.kind = f.kind AND (k.to_date IS NULL OR k.to_date > ${day}::date)
        WHERE m.party_id = ANY(f.parties) AND (m.to_date IS NULL OR m.to_date > ${day}::date) GROUP BY m.group_id ORDER BY members DESC, m.group_id LIMIT 1) g ON true
      WHERE g.members IS DISTINCT FROM cardinality(f.parties)
      ON CONFLICT (fingerprint) WHERE state <> 'GONE' DO NOTHING`,
  })
  return count
}

/** The same set of the same kind has the same fingerprint: what was declined is not proposed again before its members change. */
function fingerprintOf({ kind, parties }: FoundGroup): string {
  return createHash('sha256').update(`${kind} ${[...parties].sort().join(' ')}`).digest('hex')
}
