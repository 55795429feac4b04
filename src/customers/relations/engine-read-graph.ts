import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { customersOf, readParties, seenCustomers, shownParties, showParties, type Asked, type RawParty, type Reader } from './engine-name-parties.ts'
import { inForce } from './in-force.ts'
import type { GraphNode, RelationKind, ShownEdge } from './relation.contract.ts'
import { shownEdge } from './relation.rules.ts'

type RawEdge = ShownEdge & { fromCustomer: string | null; toCustomer: string | null }
const edge = sql`r.id AS "relationId", r.kind, r.from_party AS "fromParty", r.to_party AS "toParty", trim_scale(r.share_pct)::text AS "sharePct", r.cross_holding AS "crossHolding", r.means, r.amount_fen::text AS "amountFen",
  trim_scale(r.income_pct)::text AS "incomePct", trim_scale(r.outlay_pct)::text AS "outlayPct", r.from_date AS "from", r.to_date AS "to"`
const columns = sql`${edge}, f.as_customer AS "fromCustomer", t.as_customer AS "toCustomer"`
const joined = sql`relation r JOIN party f ON f.id = r.from_party JOIN party t ON t.id = r.to_party`
const ofKinds = (kinds: readonly RelationKind[] | null) => (kinds === null ? sql`` : sql`AND r.kind = ANY(${[...kinds]}::text[])`)

/** The edges around these parties as the reader may be shown them: those of the register, and those of which he sees an end; amounts only of these. */
async function edgesAround(tx: Transaction, reader: Reader, parties: readonly string[], day: string, kinds: readonly RelationKind[] | null): Promise<ShownEdge[]> {
  const raw = await tx.asRole('engine', () => tx.all(sql<RawEdge>`
    SELECT ${columns} FROM ${joined} WHERE r.from_party = ANY(${[...parties]}::uuid[]) AND ${inForce(day)} ${ofKinds(kinds)}
    UNION SELECT ${columns} FROM ${joined} WHERE r.to_party = ANY(${[...parties]}::uuid[]) AND ${inForce(day)} ${ofKinds(kinds)}`))
  return mayBeShown(raw, await seenCustomers(tx, reader, endsOf(raw)))
}

const endsOf = (raw: readonly RawEdge[]): string[] => [...new Set(raw.flatMap((edge) => [edge.fromCustomer, edge.toCustomer]).filter((id) => id !== null))]

function mayBeShown(raw: readonly RawEdge[], seen: ReadonlySet<string>, always: ReadonlySet<RelationKind> = new Set()): ShownEdge[] {
  const sees = (customer: string | null): boolean => customer !== null && seen.has(customer)
  return raw.flatMap(({ fromCustomer, toCustomer, ...edge }) => {
    const { shown, amounts } = shownEdge(edge.kind, sees(fromCustomer) || sees(toCustomer))
    if (!shown && !always.has(edge.kind)) return []
    return [amounts ? edge : { ...edge, amountFen: null, incomePct: null, outlayPct: null }]
  })
}

export type GraphAsked = { center: string; depth: number; expand: readonly string[]; kinds: readonly RelationKind[] | null; day: string; most: number }
export type Graph = { nodes: GraphNode[]; edges: ShownEdge[]; cut: boolean }

/**
 * The neighbourhood of a party, edge by edge outwards; an edge that the reader is not shown leads him nowhere. Parties named in `expand` are followed one edge further. Nodes by their
 * distance, at most `most`.
 */
export async function readNeighbourhood(tx: Transaction, reader: Reader, { center, depth, expand, kinds, day, most }: GraphAsked): Promise<Graph> {
  const distance = new Map([[center, 0]])
  const edges = new Map<string, ShownEdge>()
  const asked = new Set<string>()
  let cut = false
  const follow = async (parties: readonly string[], reached: number): Promise<string[]> => {
    const next: string[] = []
    for (const party of parties) asked.add(party)
    for (const edge of await edgesAround(tx, reader, parties, day, kinds)) {
      for (const end of [edge.fromParty, edge.toParty]) {
        if (distance.has(end)) continue
        if (distance.size >= most) cut = true
        else {
          distance.set(end, reached)
          next.push(end)
        }
      }
      if (distance.has(edge.fromParty) && distance.has(edge.toParty)) edges.set(edge.relationId, edge)
    }
    return next
  }
  let frontier = [center]
  for (let reached = 1; reached <= depth && frontier.length > 0; reached++) frontier = await follow(frontier, reached)
  for (const party of expand) if (distance.has(party) && !asked.has(party)) await follow([party], (distance.get(party) ?? 0) + 1)
  // what lies beyond: how many edges of each party are not drawn, and the edges between parties that are drawn
  const more = new Map<string, number>()
  const rim = [...distance.keys()].filter((party) => !asked.has(party))
  for (const edge of rim.length === 0 ? [] : await edgesAround(tx, reader, rim, day, kinds)) {
    if (distance.has(edge.fromParty) && distance.has(edge.toParty)) edges.set(edge.relationId, edge)
    else for (const end of [edge.fromParty, edge.toParty]) if (distance.has(end)) more.set(end, (more.get(end) ?? 0) + 1)
  }
  // whoever is named on the file that is open is known by name to who reads it
  const known = new Set([...edges.values()].filter((edge) => edge.fromParty === center || edge.toParty === center).flatMap((edge) => [edge.fromParty, edge.toParty]))
  const shown = await showParties(tx, reader, [...distance.keys()], reader.opened === null ? new Set() : known)
  const nodes = [...distance].flatMap(([id, far]) => {
    const party = shown.get(id)
    return party ? [{ ...party, distance: far, more: more.get(id) ?? 0 }] : []
  })
  return { nodes, edges: [...edges.values()], cut }
}

/** Who guarantees for whom: references, for what is worked out from them. */
export type Guarantee = { from: string; to: string }

export type RawGraph = { raw: RawEdge[]; parties: RawParty[] }

/**
 * These parties with the persons who stand between them (they manage one and control another, two relatives hold together), and the edges of all: with those persons the drawing hangs together, and each of them has
 * such an edge. As the bank knows them, run as engine: what of it a reader is shown says `shownGraph`.
 */
export async function readRawGraph(tx: Transaction, parties: readonly string[], day: string): Promise<RawGraph> {
  const found = await tx.allKept('edges among parties', sql<ShownEdge>`
    WITH drawn AS MATERIALIZED (
      SELECT unnest(${[...parties]}::uuid[]) AS id
      UNION (SELECT p.id FROM party p WHERE p.kind = 'PERSON' AND p.id <> ALL(${[...parties]}::uuid[]) AND p.id IN (
        SELECT r.from_party FROM relation r WHERE r.to_party = ANY(${[...parties]}::uuid[]) AND r.kind IN ('SHAREHOLDING', 'CONTROL', 'MANAGEMENT', 'LEGAL_REPRESENTATIVE') AND ${inForce(day)}) LIMIT 300))
    SELECT ${edge} FROM relation r WHERE r.from_party IN (SELECT id FROM drawn) AND r.to_party IN (SELECT id FROM drawn) AND ${inForce(day)}`)
  const told = await readParties(tx, [...new Set([...parties, ...found.flatMap((one) => [one.fromParty, one.toParty])])])
  // both ends are among the parties, of which it is read anyway whose customers they are
  const customers = new Map(told.map((party) => [party.id, party.as_customer]))
  return { raw: found.map((one): RawEdge => ({ ...one, fromCustomer: customers.get(one.fromParty) ?? null, toCustomer: customers.get(one.toParty) ?? null })), parties: told }
}

/**
 * A group or a proposal as this reader is shown it. Guarantees of a circle are drawn whole, without the amounts of those whom the reader does not see. `guarantees` are all of them, by reference: for
 * the circles among the parties, which are told to whoever sees one.
 */
export async function shownGraph(tx: Transaction, reader: Reader, { raw, parties }: RawGraph, withGuarantees: boolean, asked?: Asked): Promise<Graph & { guarantees: Guarantee[] }> {
  const seen = await seenCustomers(tx, reader, [...new Set(customersOf(parties))], asked)
  const edges = mayBeShown(raw, seen, withGuarantees ? new Set<RelationKind>(['GUARANTEE']) : new Set())
  const guarantees = new Map(raw.filter((edge) => edge.kind === 'GUARANTEE').map(({ fromParty: from, toParty: to }) => [`${from} ${to}`, { from, to }]))
  return { nodes: [...shownParties(parties, seen).values()].map((party) => ({ ...party, distance: 0, more: 0 })), edges, cut: false, guarantees: [...guarantees.values()] }
}
