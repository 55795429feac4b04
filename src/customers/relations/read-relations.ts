import { sql } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { sumGroups } from './engine-find-groups.ts'
import { showParties, type Reader } from './engine-name-parties.ts'
import { readNeighbourhood } from './engine-read-graph.ts'
import { partyOfCustomer } from './find-party.ts'
import { getRelationGraph, listRelations, relationKinds, type RelationKind, type RelationRow } from './relation.contract.ts'
import { kindRules, relativeSeen } from './relation.rules.ts'

const relationsMost = 500
const nodesMost = 1_000

export const readerOf = ({ actor, opened }: Pick<Context, 'actor' | 'opened'>): Reader => ({ actor, opened: opened?.customerId ?? null })

type Row = Omit<RelationRow, 'other' | 'direction' | 'recordedHere'> & { recordedOn: string }

/** The edges of the open customer, those in force first; the groups and households that it belongs to; how many proposals wait. */
export const listRelationsRoute = handle(listRelations, async (tx, { params: { customerId }, query }, context) => {
  const { businessDate: day, opened } = context
  const relation = opened?.relation ?? 'GRANT'
  const may = Object.fromEntries((['relation.record', 'household.change'] as const).map((action) => [action, context.may(action, { relation })]))
  const own = await partyOfCustomer(tx, customerId)
  if (!own) return ok({ partyId: null, items: [], groups: [], waiting: [], more: false, may })
  const ended = query.ended ? sql`` : sql`AND (r.to_date IS NULL OR r.to_date > ${day})`
  const rows = await tx.all(sql<Row>`
    SELECT r.id AS "relationId", r.kind, r.from_party AS "fromParty", r.to_party AS "toParty", trim_scale(r.share_pct)::text AS "sharePct", r.cross_holding AS "crossHolding", r.means, r.amount_fen::text AS "amountFen",
      trim_scale(r.income_pct)::text AS "incomePct", trim_scale(r.outlay_pct)::text AS "outlayPct", r.from_date AS "from", r.to_date AS "to", r.subscribed_fen::text AS "subscribedFen", r.paid_in_fen::text AS "paidInFen",
      r.evidence, s.staff_name AS "enteredBy", r.entered_on AS "enteredOn", r.end_reason AS "endReason", (r.to_date IS NULL OR r.to_date > ${day}) AS "inForce", r.customer_id AS "recordedOn"
    FROM relation r LEFT JOIN organisation_staff_facts s ON s.staff_key = r.entered_by
    WHERE (r.from_party = ${own.id} OR r.to_party = ${own.id}) AND r.to_date IS DISTINCT FROM r.from_date ${ended}
    ORDER BY "inForce" DESC, r.kind, r.share_pct DESC NULLS LAST, r.from_date DESC, r.id LIMIT ${relationsMost + 1}`)
  const others = rows.map((row) => (row.fromParty === own.id ? row.toParty : row.fromParty))
  const shown = await showParties(tx, readerOf(context), [...new Set(others)], new Set(others))
  const items = rows.slice(0, relationsMost).flatMap(({ recordedOn, ...row }): RelationRow[] => {
    const other = shown.get(row.fromParty === own.id ? row.toParty : row.fromParty)
    const here = recordedOn === customerId
    // what stands on another customer's file is told as an edge; its evidence and its writer belong to that file
    return other ? [{ ...row, means: row.kind === 'FAMILY' ? relativeSeen(row.means, row.fromParty === own.id) : row.means, other, direction: kindRules[row.kind].directed ? (row.toParty === own.id ? 'IN' : 'OUT') : 'NONE', recordedHere: here, evidence: here ? row.evidence : null, enteredBy: here ? row.enteredBy : null }] : []
  })
  const groups = await tx.all(sql<{ groupId: string; kind: 'GROUP' | 'DEPENDENCE' | 'CIRCLE' | 'HOUSEHOLD'; name: string; role: string; from: string; to: string | null; rollsUp: boolean; members: number }>`
    SELECT g.id AS "groupId", g.kind, g.name, m.role, m.from_date AS "from", least(m.to_date, g.to_date) AS "to", m.rolls_up AS "rollsUp",
      (SELECT count(*)::int FROM group_member o WHERE o.group_id = g.id AND (o.to_date IS NULL OR o.to_date > ${day})) AS members
    FROM group_member m JOIN customer_group g ON g.id = m.group_id
    WHERE m.party_id = ${own.id} ${query.ended ? sql`` : sql`AND (m.to_date IS NULL OR m.to_date > ${day}) AND (g.to_date IS NULL OR g.to_date > ${day})`} ORDER BY g.kind, m.from_date DESC LIMIT 50`)
  const sums = new Map((await sumGroups(tx, groups.map((one) => one.groupId), day)).map(({ groupId, ...sum }) => [groupId, sum]))
  const waiting = await tx.all(sql<{ proposalId: string; kind: 'GROUP' | 'DEPENDENCE' | 'CIRCLE' | 'HOUSEHOLD'; members: number }>`
    SELECT id AS "proposalId", kind, cardinality(parties) AS members FROM group_proposal WHERE state = 'OPEN' AND parties @> ARRAY[${own.id}::uuid] ORDER BY kind, id LIMIT 20`)
  return ok({ partyId: own.id, items, groups: groups.map((one) => ({ ...one, sums: sums.get(one.groupId) ?? { customers: 0, loanFen: '0', depositFen: '0', asOf: null } })), waiting, more: rows.length > relationsMost, may })
})

export const getRelationGraphRoute = handle(getRelationGraph, async (tx, { params: { customerId }, query }, context) => {
  const kinds = query.kinds?.split(',') ?? null
  if (kinds?.some((kind) => !(relationKinds as readonly string[]).includes(kind))) return refuse('invalid-request', { field: 'kinds' })
  const own = await partyOfCustomer(tx, customerId)
  if (!own) return ok({ center: null, nodes: [], edges: [], cut: false })
  const graph = await readNeighbourhood(tx, readerOf(context), {
    center: own.id, depth: query.depth, expand: query.expand?.split(',') ?? [], kinds: kinds as RelationKind[] | null, day: context.businessDate, most: nodesMost,
  })
  return ok({ center: own.id, ...graph })
})
