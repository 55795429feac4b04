import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Amount } from '../../../ui/Amount.tsx'
import { DateText } from '../../../ui/DateText.tsx'
import { Graph } from '../../../ui/Graph.tsx'
import type { GraphThing, GraphTie } from '../../../ui/graph-view.ts'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { mark, type Say, useText } from '../../../ui/text.ts'
import type { GraphNode, ShownEdge } from '../../relations/relation.contract.ts'
import { relationText } from './relation-text.ts'

type Texts = Say<typeof relationText>
type Named = Pick<GraphNode, 'partyId' | 'name' | 'customerId' | 'kind'>

/** A party's name; a link when the reader may open the customer. */
export function PartyName({ party }: { party: Named }) {
  return party.customerId === null ? <span className="yq-name">{party.name}</span> : <Link className="yq-name" to={`/customers/${party.customerId}?tab=relations`}>{party.name}</Link>
}

/** What stands on an edge: 60%, 担保 3,000.00 万元, 董事长. */
export function edgeText(edge: ShownEdge, t: Texts): ReactNode {
  const parts: ReactNode[] = []
  if (edge.sharePct !== null) parts.push(`${edge.sharePct}%`)
  if (edge.means !== null) parts.push(t(edge.kind === 'FAMILY' && edge.means === 'PARENT' ? 'parentOf' : edge.means))
  if (edge.amountFen !== null) parts.push(<Amount key="amount" fen={edge.amountFen} />)
  if (edge.incomePct !== null) parts.push(t('incomeOf', { pct: edge.incomePct }))
  if (edge.outlayPct !== null) parts.push(t('outlayOf', { pct: edge.outlayPct }))
  if (edge.crossHolding) parts.push(t('crossHolding'))
  return parts.length === 0 ? '--' : parts.map((part, place) => <span key={place}>{place > 0 ? ' · ' : ''}{part}</span>)
}

const layered = new Set<ShownEdge['kind']>(['SHAREHOLDING', 'CONTROL', 'MANAGEMENT', 'LEGAL_REPRESENTATIVE'])
const undirected = new Set<ShownEdge['kind']>(['FAMILY', 'SHARED_PHONE', 'SHARED_ADDRESS', 'SHARED_AGENT'])

function tieOf(edge: ShownEdge, circle: ReadonlySet<string>, t: Texts): GraphTie {
  const label = edge.kind === 'SHAREHOLDING' ? `${edge.sharePct ?? ''}%` : (edge.kind === 'MANAGEMENT' || (edge.kind === 'FAMILY' && edge.means !== 'PARENT')) && edge.means !== null ? t(edge.means) : edge.kind === 'FAMILY' && edge.means === 'PARENT' ? t('parentOf') : t(edge.kind)
  return {
    id: edge.relationId, from: edge.fromParty, to: edge.toParty, label, line: layered.has(edge.kind) ? 'solid' : edge.kind === 'GUARANTEE' ? 'dashed' : 'dotted', layered: layered.has(edge.kind), directed: !undirected.has(edge.kind) || edge.means === 'PARENT',
    circle: edge.kind === 'GUARANTEE' && circle.has(`${edge.fromParty} ${edge.toParty}`),
  }
}

/** Several relations of one party to another are one line: 62.5% · 法定代表人 · 董事长. */
function bundled(ties: readonly GraphTie[]): GraphTie[] {
  const lines = new Map<string, GraphTie>()
  for (const tie of ties) {
    const key = tie.layered ? `${tie.from} ${tie.to}` : tie.id
    const line = lines.get(key)
    lines.set(key, line ? { ...line, label: `${line.label ?? ''} · ${tie.label ?? ''}` } : tie)
  }
  return [...lines.values()]
}

/** Steps of the circles as "from to". */
export const stepsOf = (circles: readonly (readonly string[])[]): Set<string> => new Set(circles.flatMap((circle) => circle.map((id, place) => `${id} ${circle[(place + 1) % circle.length] ?? ''}`)))

type Props = { label: string; nodes: readonly GraphNode[]; edges: readonly ShownEdge[]; centre: string | null; circles?: readonly (readonly string[])[]; onExpand?: (id: string) => void; table?: ReactNode; tools?: ReactNode }

/** Parties and the edges between them, drawn and as a table. */
export function RelationGraph({ label, nodes, edges, centre, circles = [], onExpand, table, tools }: Props) {
  const t = useText(relationText)
  const byId = new Map(nodes.map((node) => [node.partyId, node]))
  const steps = stepsOf(circles)
  const things = nodes.map((node): GraphThing => ({ id: node.partyId, label: node.name, shape: node.kind === 'COMPANY' ? 'square' : 'round', filled: node.customerId !== null, centre: node.partyId === centre, more: node.more }))
  const of = (id: string) => edges.filter((edge) => edge.fromParty === id || edge.toParty === id)
  return (
    <Graph
      label={label} sentence={t('sentence', { n: nodes.length, m: edges.length })} things={things} ties={bundled(edges.map((edge) => tieOf(edge, steps, t)))} start={centre} legend={t('legend')} tools={tools}
      {...(onExpand ? { onExpand } : {})} table={table ?? <EdgeTable label={label} edges={edges} byId={byId} steps={steps} />}
      details={(id) => {
        const node = byId.get(id)
        return node ? (
          <div className="yq-stack">
            <div className="yq-row"><strong><PartyName party={node} /></strong><span className="yq-quiet">{t('structureParty', { kind: t(node.kind), n: of(id).length })}</span></div>
            <EdgeTable label={node.name} edges={of(id)} byId={byId} steps={steps} />
          </div>
        ) : null
      }}
    />
  )
}

export function EdgeTable({ label, edges, byId, steps = new Set() }: { label: string; edges: readonly ShownEdge[]; byId: ReadonlyMap<string, GraphNode>; steps?: ReadonlySet<string> }) {
  const t = useText(relationText)
  const named = (id: string): ReactNode => {
    const node = byId.get(id)
    return node ? <PartyName party={node} /> : '--'
  }
  return (
    <PlainTable
      label={label} columns={[{ key: 'from', title: t('from') }, { key: 'kind', title: t('kind') }, { key: 'to', title: t('to') }, { key: 'what', title: t('told') }, { key: 'since', title: t('since') }]}
      rows={edges.map((edge) => ({
        key: edge.relationId,
        cells: [named(edge.fromParty), <>{t(edge.kind)}{edge.kind === 'GUARANTEE' && steps.has(`${edge.fromParty} ${edge.toParty}`) ? `${mark('（')}${t('CIRCLE')}${mark('）')}` : ''}</>, named(edge.toParty), edgeText(edge, t), <DateText key="since" date={edge.from} form="data" />],
      }))}
    />
  )
}
