import { makeBenchGroup } from '../customers/relations/make-bench-group.ts'
import type { Services } from '../foundation/http/route.ts'
import { newId } from '../foundation/values/uuid7.ts'

const members = 200
export type BenchGroup = { groupId: string; rootId: string }

/** The group of 200 that the measurement opens: made once, then found again. */
export async function benchGroup(services: Services, owner: { query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> }, staffKey: number, day: string): Promise<BenchGroup> {
  const found = (await owner.query(`SELECT id AS "groupId", controller_party AS "rootId" FROM customer_group WHERE name = '测速集团'`)).rows as BenchGroup[]
  if (found[0]) return found[0]
  const made = { groupId: newId(), rootId: newId() }
  await services.db.asBatch((tx) => makeBenchGroup(tx, { ...made, members, staffKey, day, batch: newId() }))
  await owner.query('ANALYZE party, relation, customer_group, group_member')
  return made
}

const inForce = `r.from_date <= $2 AND (r.to_date IS NULL OR r.to_date > $2)`
// by hand: who is controlled, with names and figures; the sum; the edges between them
const closure = `WITH RECURSIVE reach AS (
    SELECT ARRAY[$1::uuid] AS members, 0 AS round
    UNION ALL SELECT h.members || n.found, h.round + 1 FROM reach h CROSS JOIN LATERAL (
      SELECT array_agg(x.to_party) AS found FROM (SELECT r.to_party FROM relation r WHERE r.from_party = ANY(h.members) AND r.kind IN ('SHAREHOLDING', 'CONTROL') AND ${inForce} AND r.to_party <> ALL(h.members)
        GROUP BY r.to_party HAVING bool_or(r.kind = 'CONTROL') OR sum(r.share_pct) > 50) x) n WHERE n.found IS NOT NULL)
  SELECT unnest(members) AS party FROM (SELECT members FROM reach ORDER BY round DESC LIMIT 1) m`
const statements = (root: string, group: string, day: string): { text: string; values: unknown[] }[] => [
  { text: `SELECT p.id, p.kind, c.name, c.loan_fen, c.deposit_fen, s.name AS manager FROM (${closure}) m JOIN party p ON p.id = m.party AND p.id <> $1 LEFT JOIN customer c ON c.customer_id = p.as_customer LEFT JOIN staff s ON s.key = c.main_staff_key`, values: [root, day] },
  { text: `SELECT count(*), sum(c.loan_fen), sum(c.deposit_fen) FROM (SELECT DISTINCT customer_id FROM group_member WHERE group_id = $1 AND (to_date IS NULL OR to_date > $2)) m JOIN customer c USING (customer_id)`, values: [group, day] },
  // the persons who stand between members are drawn too
  { text: `SELECT p.id, coalesce(c.name, p.name) AS name FROM party p LEFT JOIN customer c ON c.customer_id = p.as_customer WHERE p.kind = 'PERSON' AND p.id IN (SELECT r.from_party FROM relation r JOIN group_member m ON m.party_id = r.to_party AND m.group_id = $1 WHERE r.kind IN ('SHAREHOLDING', 'CONTROL', 'MANAGEMENT', 'LEGAL_REPRESENTATIVE') AND ${inForce}) LIMIT 300`, values: [group, day] },
  { text: `SELECT r.* FROM relation r WHERE r.from_party IN (SELECT party_id FROM group_member WHERE group_id = $1 UNION SELECT $3::uuid) AND r.to_party IN (SELECT party_id FROM group_member WHERE group_id = $1) AND ${inForce}`, values: [group, day, root] },
]

/** The page of a group of 200: its closure, members, sums and drawing. */
export const groupCase = ({ groupId, rootId }: BenchGroup, day: string): { what: string; http: () => string; sql: () => { text: string; values: unknown[] }[]; rowsOf: (body: string) => number } => ({
  what: 'a group of 200, closure and sums', http: () => `/api/groups/${groupId}`, sql: () => statements(rootId, groupId, day), rowsOf: (body) => (JSON.parse(body) as { members: unknown[] }).members.length,
})
