import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../../foundation/http/cursor.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { circlesIn, controlledBy, guaranteesAmong, sumGroups } from './engine-find-groups.ts'
import { seenCustomers, showParties } from './engine-name-parties.ts'
import { readRawGraph, shownGraph } from './engine-read-graph.ts'
import { groupRowOn } from './group-table.ts'
import { getGroup, getProposalGraph, listGroups, listProposals, type GroupKind, type MemberRow, type ProposalRow } from './group.contract.ts'
import type { GroupTest } from './groups.rules.ts'
import { readerOf } from './read-relations.ts'

// A group is there for whoever sees one of its members: asked in the reader's own role, whose policy decides.
const hasMemberInScope = (day: string): Sql => sql`EXISTS (SELECT FROM group_member m JOIN customer c ON c.customer_id = m.customer_id WHERE m.group_id = g.id AND m.from_date <= ${day} AND (m.to_date IS NULL OR m.to_date > ${day} OR g.to_date IS NOT NULL))`
const proposalInScope = sql`EXISTS (SELECT FROM customer c WHERE c.customer_id = ANY(p.customers))`
const groupActions = ['group.decide'] as const
const mayOf = (context: Pick<Context, 'may'>) => Object.fromEntries(groupActions.map((action) => [action, context.may(action)]))

type Listed = { groupId: string; kind: GroupKind; name: string; members: number; customers: string[]; leadParty: string | null; controllerParty: string | null; limitFen: string | null; from: string; to: string | null; parties: string[] }

/** Groups with a member in one's scope. The sums are of all members: a number over the whole bank, the same for everybody who sees the group. */
export const listGroupsRoute = handle(listGroups, async (tx, { query }, context) => {
  const { businessDate: day, services: { keys: { keyring } } } = context
  const list = `groups ${query.kind ?? ''} ${query.q ?? ''} ${String(query.ended)}`
  const place = readCursor(keyring, list, query.cursor)
  if (!place.ok) return place
  const conditions = [
    hasMemberInScope(day), query.kind === undefined ? sql`g.kind <> 'HOUSEHOLD'` : sql`g.kind = ${query.kind}`, query.ended ? sql`true` : sql`(g.to_date IS NULL OR g.to_date > ${day})`,
    ...(query.q === undefined ? [] : [sql`position(lower(${query.q}) in lower(g.name)) > 0`]),
  ]
  const after = place.value === null ? sql`` : sql`AND (g.name, g.id) > (${place.value[0]}, ${place.value[1]}::uuid)`
  const rows = await tx.all(sql<Listed>`
    SELECT g.id AS "groupId", g.kind, g.name, g.controller_party AS "controllerParty", g.unified_limit_fen::text AS "limitFen", g.from_date AS "from", g.to_date AS "to", n.members, n.customers, n.parties, n.lead AS "leadParty"
    FROM (SELECT g.* FROM customer_group g WHERE ${sql.join(conditions, sql` AND `)} ${after} ORDER BY g.name, g.id LIMIT ${query.limit + 1}) g
    CROSS JOIN LATERAL (SELECT count(*)::int AS members, coalesce(array_agg(m.customer_id) FILTER (WHERE m.customer_id IS NOT NULL), '{}') AS customers, coalesce(array_agg(m.party_id), '{}') AS parties,
      (array_agg(m.party_id) FILTER (WHERE m.role IN ('LEAD', 'HEAD')))[1] AS lead
      FROM group_member m WHERE m.group_id = g.id AND (m.to_date IS NULL OR m.to_date > ${day})) n
    ORDER BY g.name, g.id`)
  const { shown, nextCursor } = cutPage(keyring, list, rows, query.limit, (last) => [last.name, last.groupId])
  const reader = readerOf(context)
  const sums = new Map((await sumGroups(tx, shown.map((row) => row.groupId), day)).map((one) => [one.groupId, one]))
  const names = await showParties(tx, reader, shown.flatMap((row) => [row.leadParty, row.controllerParty].filter((id) => id !== null)))
  const seen = await seenCustomers(tx, reader, shown.flatMap((row) => row.customers))
  const { circleLongest } = groupRowOn(day)
  const guarantees = await guaranteesAmong(tx, shown.filter(({ kind }) => kind !== 'HOUSEHOLD').flatMap(({ parties }) => parties), day)
  const items = shown.map((row) => {
    const sum = sums.get(row.groupId)
    const name = (id: string | null): string | null => (id === null ? null : (names.get(id)?.name ?? null))
    const inside = new Set(row.parties)
    return {
      groupId: row.groupId, kind: row.kind, name: row.name, members: row.members, inScope: row.customers.filter((id) => seen.has(id)).length, leadName: name(row.leadParty), controllerName: name(row.controllerParty),
      loanFen: sum?.loanFen ?? '0', depositFen: sum?.depositFen ?? '0', limitFen: row.limitFen, overLimit: isOver(sum?.loanFen ?? '0', row.limitFen), from: row.from, to: row.to,
      circles: row.kind === 'HOUSEHOLD' ? 0 : circlesIn(guarantees.filter(({ from, to }) => inside.has(from) && inside.has(to)), circleLongest).length,
    }
  })
  const { value, ...waiting } = await tx.one(sql<{ value: number; waiting: number; waitingHouseholds: number }>`
    SELECT (SELECT count(*)::int FROM (SELECT FROM customer_group g WHERE ${sql.join(conditions, sql` AND `)} LIMIT 10001) n) AS value, (SELECT count(*)::int FROM (SELECT FROM group_proposal p WHERE p.state = 'OPEN' AND p.kind <> 'HOUSEHOLD' AND ${proposalInScope} LIMIT 10001) w) AS waiting,
      (SELECT count(*)::int FROM (SELECT FROM group_proposal p WHERE p.state = 'OPEN' AND p.kind = 'HOUSEHOLD' AND ${proposalInScope} LIMIT 10001) w) AS "waitingHouseholds"`)
  return ok({ items, nextCursor, count: { value: Math.min(value, 10_000), exact: value <= 10_000 }, ...waiting })
})

const isOver = (loanFen: string, limitFen: string | null): boolean => limitFen !== null && BigInt(loanFen) > BigInt(limitFen)

type ProposalRaw = { id: string; kind: ProposalRow['kind']; tests: GroupTest[]; found_on: string; state: ProposalRow['state']; parties: string[]; customers: string[]; controller_party: string | null; group_id: string | null; group_name: string | null; reason: string | null; decided_by: string | null; decided_on: string | null; table_version: string }
const proposalColumns = sql`p.id, p.kind, p.tests, p.found_on, p.state, p.parties, p.customers, p.controller_party, p.group_id, k.name AS group_name, p.reason, s.staff_name AS decided_by, p.decided_on, p.table_version`
const proposalJoined = sql`group_proposal p LEFT JOIN customer_group k ON k.id = p.group_id LEFT JOIN organisation_staff_facts s ON s.staff_key = p.decided_by`
const membersTold = 12

async function toldProposals(tx: Transaction, context: Context, rows: readonly ProposalRaw[], most = membersTold): Promise<ProposalRow[]> {
  const names = await showParties(tx, readerOf(context), [...new Set(rows.flatMap((row) => [...row.parties.slice(0, most), ...(row.controller_party === null ? [] : [row.controller_party])]))])
  const seen = await seenCustomers(tx, readerOf(context), [...new Set(rows.flatMap((row) => row.customers))])
  return rows.map((row) => ({
    proposalId: row.id, kind: row.kind, tests: row.tests, foundOn: row.found_on, state: row.state, members: row.parties.slice(0, most).flatMap((id) => names.get(id) ?? []), memberCount: row.parties.length, customerCount: row.customers.length,
    controllerName: row.controller_party === null ? null : (names.get(row.controller_party)?.name ?? null), allSeen: row.customers.every((id) => seen.has(id)), groupId: row.group_id, groupName: row.group_name, reason: row.reason, decidedBy: row.decided_by, decidedOn: row.decided_on, version: row.table_version,
  }))
}

export const listProposalsRoute = handle(listProposals, async (tx, { query }, context) => {
  const { keyring } = context.services.keys
  const list = `group-proposals ${query.state} ${query.kind ?? ''}`
  const ofKind = query.kind === undefined ? sql`p.kind <> 'HOUSEHOLD'` : sql`p.kind = ${query.kind}`
  const place = readCursor(keyring, list, query.cursor)
  if (!place.ok) return place
  const rows = await tx.all(sql<ProposalRaw>`
    SELECT ${proposalColumns} FROM ${proposalJoined} WHERE p.state = ${query.state} AND ${ofKind} AND ${proposalInScope} ${place.value ? sql`AND (p.found_on, p.id) < (${place.value[0]}::date, ${place.value[1]}::uuid)` : sql``}
    ORDER BY p.found_on DESC, p.id DESC LIMIT ${query.limit + 1}`)
  const { shown, nextCursor } = cutPage(keyring, list, rows, query.limit, (last) => [last.found_on, last.id])
  const { value } = await tx.one(sql<{ value: number }>`SELECT count(*)::int AS value FROM (SELECT FROM group_proposal p WHERE p.state = ${query.state} AND ${ofKind} AND ${proposalInScope} LIMIT 10001) n`)
  return ok({ items: await toldProposals(tx, context, shown), nextCursor, count: { value: Math.min(value, 10_000), exact: value <= 10_000 }, may: mayOf(context) })
})

/** A proposal of which the reader sees a customer; undefined: for him it is not there. */
export function proposalById(tx: Transaction, proposalId: string): Promise<ProposalRaw | undefined> {
  return tx.maybe(sql<ProposalRaw>`SELECT ${proposalColumns} FROM ${proposalJoined} WHERE p.id = ${proposalId} AND ${proposalInScope}`)
}

export const getProposalGraphRoute = handle(getProposalGraph, async (tx, { params }, context) => {
  const found = await proposalById(tx, params.proposalId)
  if (!found) return refuse('not-found')
  const { businessDate: day } = context
  const [proposal] = await toldProposals(tx, context, [found], 1_000)
  if (!proposal) return refuse('not-found')
  const parties = [...found.parties, ...(found.controller_party === null ? [] : [found.controller_party])]
  const drawn = await tx.asRole('engine', () => readRawGraph(tx, parties, day))
  const graph = await shownGraph(tx, readerOf(context), drawn, found.kind === 'CIRCLE')
  const inside = new Set(found.parties)
  const circles = circlesIn(graph.guarantees.filter(({ from, to }) => inside.has(from) && inside.has(to)), groupRowOn(day).circleLongest)
  return ok({ proposal, nodes: graph.nodes, edges: graph.edges, circles, may: mayOf(context) })
})

/** A group of which the reader sees a member; undefined: for him it is not there. */
export function groupById(tx: Transaction, groupId: string, day: string): Promise<{ id: string; kind: GroupKind; to_date: string | null; from_date: string } | undefined> {
  return tx.maybe(sql<{ id: string; kind: GroupKind; to_date: string | null; from_date: string }>`SELECT g.id, g.kind, g.from_date, g.to_date FROM customer_group g WHERE g.id = ${groupId} AND ${hasMemberInScope(day)}`)
}

type GroupHead = {
  groupId: string; kind: GroupKind; name: string; from: string; to: string | null; reason: string; confirmedBy: string | null; basis: string | null; controllerParty: string | null; limitFen: string | null; limitFrom: string | null; limitUntil: string | null
  leadOrg: number | null; coOrgs: number[]
}
type MemberRaw = { memberId: string; partyId: string; customerId: string | null; seen: boolean; role: string; basis: string | null; from: string; to: string | null; rollsUp: boolean; loanFen: string | null; depositFen: string | null; managerName: string | null }

export const getGroupRoute = handle(getGroup, async (tx, { params: { groupId }, query }, context) => {
  const { businessDate: day } = context
  const [found] = await tx.allKept('group', sql<GroupHead>`
    SELECT g.id AS "groupId", g.kind, g.name, g.from_date AS "from", g.to_date AS "to", g.reason, s.staff_name AS "confirmedBy", g.control_basis AS basis, g.controller_party AS "controllerParty", g.unified_limit_fen::text AS "limitFen",
      g.limit_from AS "limitFrom", g.limit_until AS "limitUntil", g.lead_org AS "leadOrg", g.co_orgs AS "coOrgs"
    FROM customer_group g LEFT JOIN organisation_staff_facts s ON s.staff_key = g.confirmed_by WHERE g.id = ${groupId}`)
  if (!found) return refuse('not-found')
  // the view of units compares spans: asked only where a group has a leading unit
  const orgs = found.leadOrg === null && found.coOrgs.length === 0 ? [] : await tx.all(sql<{ key: number; name: string }>`
    SELECT o.institution_key AS key, o.name FROM organisation_institution_facts o WHERE o.institution_key = ANY(${[...found.coOrgs, ...(found.leadOrg === null ? [] : [found.leadOrg])]}::int[]) AND o.from_date <= ${day} AND (o.to_date IS NULL OR o.to_date > ${day}) ORDER BY 1`)
  const head = { ...found, leadOrg: orgs.find((one) => one.key === found.leadOrg) ?? null, coOrgs: orgs.filter((one) => found.coOrgs.includes(one.key)) }
  // figures of those whom the reader sees, by his own rights
  const rows = await tx.allKept(query.ended ? 'members of a group, all' : 'members of a group', sql<MemberRaw>`
    SELECT m.id AS "memberId", m.party_id AS "partyId", m.customer_id AS "customerId", c.customer_id IS NOT NULL AS seen, m.role, m.basis, m.from_date AS "from", m.to_date AS "to", m.rolls_up AS "rollsUp", c.loan_fen::text AS "loanFen", c.deposit_fen::text AS "depositFen", s.staff_name AS "managerName"
    FROM group_member m LEFT JOIN customer c ON c.customer_id = m.customer_id LEFT JOIN organisation_staff_facts s ON s.staff_key = c.main_staff_key
    WHERE m.group_id = ${groupId} ${query.ended ? sql`` : sql`AND (m.to_date IS NULL OR m.to_date > ${day})`} ORDER BY array_position('{LEAD,HEAD,SPOUSE,CHILD,PARENT}'::text[], m.role), m.from_date, m.id`)
  // who sees a member sees the group, of a group that has ended a former one; rows that were not asked for may say so too
  if (!rows.some((row) => row.seen && row.from <= day && (row.to === null || row.to > day || head.to !== null)) && !(await groupById(tx, groupId, day))) return refuse('not-found')
  const present = rows.filter((row) => row.to === null || row.to > day)
  const parties = [...new Set(present.map((row) => row.partyId))]
  const thresholds = groupRowOn(day)
  const { hiddenIds, sums, drawn } = await tx.asRole('engine', async () => {
    const controlled = head.kind === 'GROUP' && head.controllerParty !== null ? await controlledBy(tx, [head.controllerParty], day, thresholds.controlPct) : []
    const hiddenIds = controlled.filter((id) => id !== head.controllerParty && !parties.includes(id))
    const drawn = await readRawGraph(tx, [...new Set([...parties, ...(head.controllerParty === null ? [] : [head.controllerParty]), ...hiddenIds])], day)
    return { hiddenIds, sums: (await sumGroups(tx, [groupId], day))[0], drawn }
  })
  const asked = new Map(rows.flatMap(({ customerId, seen }) => (customerId === null ? [] : [[customerId, seen] as const])))
  const graph = await shownGraph(tx, readerOf(context), drawn, head.kind === 'CIRCLE', asked)
  const inside = new Set(parties)
  const circles = head.kind === 'HOUSEHOLD' ? [] : circlesIn(graph.guarantees.filter(({ from, to }) => inside.has(from) && inside.has(to)), thresholds.circleLongest)
  const names = new Map(graph.nodes.map(({ distance: _far, more: _more, ...party }) => [party.partyId, party]))
  const missing = await showParties(tx, readerOf(context), rows.map((row) => row.partyId).filter((id) => !names.has(id)))
  const named = (id: string) => names.get(id) ?? missing.get(id)
  const told = rows.flatMap((row): MemberRow[] => {
    const party = named(row.partyId)
    return party ? [{ ...party, memberId: row.memberId, role: row.role, basis: row.basis, from: row.from, to: row.to, rollsUp: row.rollsUp, loanFen: row.loanFen, depositFen: row.depositFen, managerName: row.managerName }] : []
  })
  const { basis, controllerParty, ...rest } = head
  return ok({
    ...rest, controlBasis: (basis ?? '').split(' ').filter((test): test is GroupTest => test !== ''), controller: controllerParty === null ? null : (named(controllerParty) ?? null), members: told,
    sums: { customers: sums?.customers ?? 0, loanFen: sums?.loanFen ?? '0', depositFen: sums?.depositFen ?? '0', asOf: sums?.asOf ?? null }, overLimit: isOver(sums?.loanFen ?? '0', head.limitFen),
    hidden: hiddenIds.flatMap((id) => named(id) ?? []), circles: circles.map((circle) => circle.flatMap((id) => named(id) ?? [])), nodes: graph.nodes, edges: graph.edges, may: mayOf(context),
  })
})
