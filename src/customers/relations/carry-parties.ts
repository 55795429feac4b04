import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { change, type Row } from '../../foundation/store/store.ts'

type Table = 'party' | 'relation' | 'group_member' | 'customer_group' | 'group_proposal'
/** A row that a merge of two customers changed among the parties: as it was and as it was left, to be put back. */
export type PartyChange = { table: Table; id: string; before: Row; after: Row }
type Edge = { id: string; kind: string; from_party: string; to_party: string; from_date: string; to_date: string | null }
type Member = { id: string; group_id: string; household: boolean; rolls_up: boolean }

const partyOf = (tx: Transaction, customerId: string): Promise<string | null> => tx.maybe(sql<{ id: string }>`SELECT id FROM party WHERE as_customer = ${customerId}`).then((row) => row?.id ?? null)
// in force on the day or later: what ended before is history and closes nothing
const stands = (day: string) => sql`(r.to_date IS NULL OR r.to_date > ${day})`

/**
 * Would a loop close when these two customers are one? Null: no. Of shares or control in force a direct edge between them becomes none. Parents do not cease: whoever is recorded as a parent or an ancestor of the other is
 * another person, though the edge has ended; mistakes that ended on their first day do not count. Run as engine or batch.
 */
export async function wouldLoop(tx: Transaction, one: string, other: string, day: string): Promise<'merge-loop' | 'merge-family-loop' | null> {
  const [a, b] = [await partyOf(tx, one), await partyOf(tx, other)]
  if (a === null || b === null) return null
  const way = (from: string, to: string) => sql`EXISTS (
    WITH RECURSIVE below AS (
      SELECT r.to_party AS party FROM relation r WHERE r.from_party = ${from} AND r.to_party <> ${to} AND r.kind IN ('SHAREHOLDING', 'CONTROL') AND NOT r.cross_holding AND ${stands(day)}
      UNION SELECT r.to_party FROM below b JOIN relation r ON r.from_party = b.party AND r.kind IN ('SHAREHOLDING', 'CONTROL') AND NOT r.cross_holding AND ${stands(day)})
    SELECT FROM below WHERE party = ${to})`
  const ancestor = (from: string, to: string) => sql`EXISTS (
    WITH RECURSIVE below AS (SELECT ${from}::uuid AS party UNION SELECT r.to_party FROM below b JOIN relation r ON r.from_party = b.party AND r.kind = 'FAMILY' AND r.means = 'PARENT' AND r.to_date IS DISTINCT FROM r.from_date)
    SELECT FROM below WHERE party = ${to})`
  const { shares, family } = await tx.one(sql<{ shares: boolean; family: boolean }>`SELECT ${way(a, b)} OR ${way(b, a)} AS shares, ${ancestor(a, b)} OR ${ancestor(b, a)} AS family`)
  return shares ? 'merge-loop' : family ? 'merge-family-loop' : null
}

/**
 * The party of a customer that goes into another becomes the party of that one: its edges, its places in groups, whom it controls. An edge between the two ends on the day (nobody holds himself), and so does one
 * that both had; of two places in one group one ends; proposals that name it are gone and found anew after it. Runs as `batch` after the rows of the files went over. Returns what was changed.
 */
export async function carryParties(tx: Transaction, { from, to, day, why }: { from: string; to: string; day: string; why: string }): Promise<PartyChange[]> {
  const leaving = await partyOf(tx, from)
  if (leaving === null) return []
  const changes: PartyChange[] = []
  const write = async (table: Table, id: string, before: Row, after: Row): Promise<void> => {
    await change(tx, table, { id }, after, { why, action: 'MERGE' })
    changes.push({ table, id, before, after })
  }
  const staying = await partyOf(tx, to)
  if (staying === null) {
    await write('party', leaving, { as_customer: from }, { as_customer: to })
    // a proposal names its customers beside its parties: who may see and decide it is asked of them
    for (const { id, customers } of await tx.all(sql<{ id: string; customers: string[] }>`SELECT id, customers FROM group_proposal WHERE state <> 'GONE' AND customers @> ARRAY[${from}::uuid] ORDER BY id`)) {
      await write('group_proposal', id, { customers }, { customers: customers.map((one) => (one === from ? to : one)) })
    }
    return changes
  }
  const edges = await tx.all(sql<Edge>`SELECT r.id, r.kind, r.from_party, r.to_party, r.from_date, r.to_date FROM relation r WHERE r.from_party = ${leaving} OR r.to_party = ${leaving} ORDER BY r.from_date, r.id`)
  const now = (party: string): string => (party === leaving ? staying : party)
  for (const edge of edges) {
    const [fromParty, toParty] = [now(edge.from_party), now(edge.to_party)]
    const open = edge.to_date === null || edge.to_date > day
    const twice = open && fromParty !== toParty && (await tx.maybe(sql`SELECT 1 FROM relation r WHERE r.kind = ${edge.kind} AND r.from_party = ${fromParty} AND r.to_party = ${toParty} AND r.id <> ${edge.id} AND ${stands(day)}`)) !== undefined
    if (fromParty === toParty || twice) {
      if (open) await write('relation', edge.id, { to_date: edge.to_date, end_reason: null }, { to_date: edge.from_date > day ? edge.from_date : day, end_reason: twice ? '合并后重复' : '合并后为同一主体' })
    } else await write('relation', edge.id, { from_party: edge.from_party, to_party: edge.to_party }, { from_party: fromParty, to_party: toParty })
  }
  const rolled = await tx.maybe(sql`SELECT 1 FROM group_member WHERE party_id = ${staying} AND household AND rolls_up AND to_date IS NULL`)
  for (const member of await tx.all(sql<Member>`SELECT id, group_id, household, rolls_up FROM group_member WHERE party_id = ${leaving} AND to_date IS NULL ORDER BY id`)) {
    const twice = await tx.maybe(sql`SELECT 1 FROM group_member WHERE group_id = ${member.group_id} AND party_id = ${staying} AND to_date IS NULL`)
    if (twice) await write('group_member', member.id, { to_date: null, end_reason: null }, { to_date: day, end_reason: '合并后重复' })
    else if (member.household && member.rolls_up && rolled) await write('group_member', member.id, { party_id: leaving, rolls_up: true }, { party_id: staying, rolls_up: false })
    else await write('group_member', member.id, { party_id: leaving }, { party_id: staying })
  }
  for (const { id } of await tx.all(sql<{ id: string }>`SELECT id FROM customer_group WHERE controller_party = ${leaving} ORDER BY id`)) await write('customer_group', id, { controller_party: leaving }, { controller_party: staying })
  for (const { id } of await tx.all(sql<{ id: string }>`SELECT id FROM group_proposal WHERE state = 'OPEN' AND (parties @> ARRAY[${leaving}::uuid] OR controller_party = ${leaving}) ORDER BY id`)) await write('group_proposal', id, { state: 'OPEN' }, { state: 'GONE' })
  return changes
}

/** The first table in which something is not as the merge left it; null: all can be put back. */
export async function partiesChangedSince(tx: Transaction, changes: readonly PartyChange[]): Promise<Table | null> {
  // of a row that was written twice the last state counts
  const last = new Map(changes.map((one) => [`${one.table} ${one.id} ${Object.keys(one.after).sort().join()}`, one]))
  for (const { table, id, after } of last.values()) {
    const columns = Object.keys(after)
    const row = await tx.maybe(sql<Row>`SELECT ${sql.join(columns.map((name) => sql`to_jsonb(t) -> ${name}::text AS ${sql.ref(name)}`))} FROM ${sql.table(table)} t WHERE id = ${id} FOR UPDATE`)
    if (!row || columns.some((name) => JSON.stringify(row[name]) !== JSON.stringify(after[name] ?? null))) return table
  }
  return null
}

/** Puts the parties back as they were before the merge. Runs as `batch`, after `partiesChangedSince` said null. */
export async function returnParties(tx: Transaction, changes: readonly PartyChange[], why: string): Promise<void> {
  for (const { table, id, before } of [...changes].reverse()) await change(tx, table, { id }, before, { why, action: 'UNDO_MERGE' })
}
