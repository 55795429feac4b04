import '@xyflow/react/dist/base.css'
import './graph.css'
import { Button } from 'antd'
import * as dagre from '@dagrejs/dagre'
import { BaseEdge, Handle, MarkerType, Position, ReactFlow, ReactFlowProvider, useReactFlow, type Edge, type EdgeProps, type Node, type NodeProps } from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef, type KeyboardEvent } from 'react'
import { branchColumns, walkFrom, type GraphThing, type GraphTie, type Way } from './graph-view.ts'
import { Mark } from './Mark.tsx'
import { usePhone } from './settings.ts'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'

/** Below this scale names cannot be read. */
const readable = 0.6
const size = { width: 176, height: 56 } as const
type Data = { thing: GraphThing; /** What stands on the edge to it, where that has no room. */ over: string | undefined; chosen: boolean; reads: string; choose: (id: string) => void; expand: ((id: string) => void) | null; walk: (id: string, event: KeyboardEvent) => void }
type Box = Node<Data, 'thing'>
export type CanvasProps = { label: string; things: readonly GraphThing[]; ties: readonly GraphTie[]; chosen: string | null; start: string | null; onChoose: (id: string) => void; onExpand: ((id: string) => void) | null; height: number }

/** The drawing itself, layered from above to below. Each thing is a button of the page: it takes focus, arrow keys walk along the edges. */
export default function GraphCanvas(props: CanvasProps) {
  return <ReactFlowProvider><Canvas {...props} /></ReactFlowProvider>
}

function Canvas({ label, things, ties, chosen, start, onChoose, onExpand, height }: CanvasProps) {
  const t = useText(uiText)
  const phone = usePhone()
  const flow = useReactFlow()
  const box = useRef<HTMLDivElement>(null)
  const { place, stacked, width, height: drawn } = useMemo(() => layOut(things, ties), [things, ties])
  const focus = useCallback((id: string) => {
    const to = place.get(id)
    if (!to) return
    void flow.setCenter(to.x + size.width / 2, to.y + size.height / 2, { zoom: Math.max(flow.getZoom(), 0.6), duration: 0 })
    box.current?.querySelector<HTMLButtonElement>(`[data-thing="${CSS.escape(id)}"]`)?.focus({ preventScroll: true })
    onChoose(id)
  }, [flow, place, onChoose])
  const walk = useCallback((id: string, event: KeyboardEvent) => {
    const way = ({ ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' } as Record<string, Way>)[event.key]
    if (way === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const next = walkFrom(id, way, ties, place)
    if (next !== null) focus(next)
  }, [ties, place, focus])
  const nodes = useMemo(() => things.map((thing): Box => ({
    id: thing.id, type: 'thing', position: place.get(thing.id) ?? { x: 0, y: 0 }, width: size.width, height: size.height, draggable: false, connectable: false, focusable: false, selectable: false,
    data: { thing, over: stacked.has(thing.id) ? ties.find((tie) => tie.to === thing.id)?.label : undefined, chosen: thing.id === chosen, reads: t('graphThing', { name: thing.label, n: ties.filter((tie) => tie.from === thing.id || tie.to === thing.id).length }), choose: onChoose, expand: onExpand, walk },
  })), [things, ties, place, stacked, chosen, onChoose, onExpand, walk, t])
  const edges = useMemo(() => ties.map((tie): Edge => ({
    id: tie.id, source: tie.from, target: tie.to, label: tie.label, ...routeOf(tie, place, stacked), focusable: false, selectable: false, className: `yq-graph-edge${tie.circle ? ' yq-graph-circle' : ''}${chosen !== null && (tie.from === chosen || tie.to === chosen) ? ' yq-graph-near' : ''}`,
    style: tie.line === 'solid' ? {} : { strokeDasharray: tie.line === 'dashed' ? '6 4' : '2 4' }, labelBgPadding: [4, 1], labelShowBg: true,
    ...(tie.directed ? { markerEnd: { type: MarkerType.ArrowClosed, width: 12, height: 12 } } : {}),
  })), [ties, chosen, place, stacked])
  useEffect(() => {
    // a few things stay at their own size; many are drawn as small as can still be read, and then from where the reader began
    const timer = setTimeout(() => {
      const fits = Math.min((box.current?.clientWidth ?? 1) / (width + 40), (box.current?.clientHeight ?? 1) / (drawn + 40))
      const middle = place.get(start ?? '') ?? [...place.values()][0]
      if (fits >= readable || !middle) void flow.fitView({ padding: 0.05, maxZoom: 1 })
      else {
        const [wide, high] = [box.current?.clientWidth ?? 0, box.current?.clientHeight ?? 0]
        const down = (middle.y + size.height) * readable
        void flow.setViewport({ zoom: readable, x: width * readable < wide ? (wide - width * readable) / 2 : wide / 2 - (middle.x + size.width / 2) * readable, y: down < high * 0.6 ? 12 : high * 0.4 - down })
      }
    }, 0)
    return () => clearTimeout(timer)
  }, [flow, things, place, width, drawn, start])
  const tool = phone ? 'middle' : 'small'
  return (
    <div className="yq-graph-canvas" ref={box} style={{ height: Math.min(height, Math.max(200, drawn + 56)) }}>
      <ReactFlow
        nodes={nodes} edges={edges} nodeTypes={nodeTypes} edgeTypes={edgeTypes} aria-label={label} minZoom={0.1} maxZoom={2} nodesDraggable={false} nodesConnectable={false} nodesFocusable={false} edgesFocusable={false} elementsSelectable={false}
        disableKeyboardA11y zoomOnScroll={false} preventScrolling={false} zoomOnDoubleClick={false} proOptions={{ hideAttribution: true }}
      />
      <div className="yq-graph-tools yq-no-print" role="group" aria-label={t('graphZoom')}>
        <Button size={tool} aria-label={t('graphIn')} onClick={() => void flow.zoomIn()}>＋</Button>
        <Button size={tool} aria-label={t('graphOut')} onClick={() => void flow.zoomOut()}>－</Button>
        <Button size={tool} onClick={() => void flow.fitView({ padding: 0.1 })}>{t('graphFit')}</Button>
      </div>
    </div>
  )
}

function ThingBox({ data: { thing, over, chosen, reads, choose, expand, walk } }: NodeProps<Box>) {
  const t = useText(uiText)
  return (
    <div className="yq-graph-thing" data-shape={thing.shape} data-filled={thing.filled ? '' : undefined} data-centre={thing.centre ? '' : undefined} data-chosen={chosen ? '' : undefined}>
      <Handle type="target" id="top" position={Position.Top} isConnectable={false} />
      <Handle type="target" id="left" position={Position.Left} isConnectable={false} />
      <Handle type="target" id="right" position={Position.Right} isConnectable={false} />
      <Handle type="source" id="out" position={Position.Right} isConnectable={false} />
      <button type="button" data-thing={thing.id} className="nodrag nopan" aria-label={reads} aria-pressed={chosen} onClick={() => choose(thing.id)} onKeyDown={(event) => walk(thing.id, event)}>
        <span>{thing.label}</span>{over !== undefined && <small>{over}</small>}
      </button>
      {expand && (thing.more ?? 0) > 0 && (
        <button type="button" className="yq-graph-more nodrag nopan" aria-label={t('graphMore', { name: thing.label, n: thing.more ?? 0 })} onClick={() => expand(thing.id)}><Mark of="+" />{thing.more}</button>
      )}
      <Handle type="source" id="trunk" position={Position.Bottom} isConnectable={false} style={{ left: indent - 20 }} />
      <Handle type="source" id="bottom" position={Position.Bottom} isConnectable={false} />
    </div>
  )
}
const nodeTypes = { thing: ThingBox }

/** Down from the parent, over to the column's trunk, down the trunk and into the box from its left. */
function TrunkEdge({ sourceX, sourceY, targetX, targetY, style, markerEnd }: EdgeProps) {
  const trunk = targetX - 20
  return <BaseEdge path={`M${sourceX},${sourceY} V${sourceY + (Math.abs(trunk - sourceX) < 1 ? 0 : 16)} H${trunk} V${targetY} H${targetX}`} {...(style ? { style } : {})} {...(markerEnd ? { markerEnd } : {})} />
}
const edgeTypes = { trunk: TrunkEdge }

/** Down from above; along the trunk to what stands in a column; what goes back up leaves and arrives at the right, past everything between. */
function routeOf(tie: GraphTie, place: ReadonlyMap<string, { x: number; y: number }>, stacked: ReadonlySet<string>): Partial<Edge> & { pathOptions?: { offset: number } } {
  if (stacked.has(tie.to)) return { type: 'trunk', sourceHandle: stacked.has(tie.from) ? 'trunk' : 'bottom', targetHandle: 'left', label: undefined }
  const [from, to] = [place.get(tie.from), place.get(tie.to)]
  if (!from || !to || to.y > from.y) return { sourceHandle: 'bottom', targetHandle: 'top' }
  const between = [...place.values()].filter((one) => one.y >= to.y && one.y <= from.y).map((one) => one.x)
  const nearby = between.filter((x) => Math.abs(x - from.x) < size.width * 2)
  return { type: 'smoothstep', sourceHandle: 'out', targetHandle: 'right', pathOptions: { offset: Math.max(20, Math.max(...nearby) - Math.max(from.x, to.x) + 24) } }
}

type Laid = { place: Map<string, { x: number; y: number }>; /** What stands in a column beside its trunk. */ stacked: Set<string>; width: number; height: number }
const stackMost = 9
const gap = 14
const indent = 36

/**
 * Layers by what goes from above to below; the rest only draws its ends together. Small branches that are pure trees stand indented in columns below their parent, as on a chart of an
 * organisation: a layer of forty side by side would be too wide to be read.
 */
function layOut(things: readonly GraphThing[], ties: readonly GraphTie[]): Laid {
  const graph = new dagre.graphlib.Graph<object, { width: number; height: number; x?: number; y?: number }, object>({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: 28, ranksep: 56, marginx: 8, marginy: 8 })
  graph.setDefaultEdgeLabel(() => ({}))
  const stackOf = new Map<string, { stack: string; row: number; deep: number }>()
  for (const { parent, columns } of branchColumns(things.map((thing) => thing.id), ties, stackMost)) {
    for (const [column, rows] of columns.entries()) {
      const stack = `stack:${parent}:${column}`
      graph.setNode(stack, { width: size.width + indent * Math.max(...rows.map((row) => row.deep)), height: rows.length * (size.height + gap) - gap })
      graph.setEdge(parent, stack, { weight: 4 }, stack)
      for (const [row, { id, deep }] of rows.entries()) stackOf.set(id, { stack, row, deep })
    }
  }
  for (const thing of things) if (!stackOf.has(thing.id)) graph.setNode(thing.id, { ...size })
  const placed = new Set(ties.filter((tie) => tie.layered).flatMap((tie) => [tie.from, tie.to]))
  for (const tie of ties) {
    if (stackOf.has(tie.from) || stackOf.has(tie.to)) continue
    if (tie.layered || !placed.has(tie.from) || !placed.has(tie.to)) graph.setEdge(tie.from, tie.to, { weight: tie.layered ? 4 : 1 }, tie.id)
  }
  dagre.layout(graph)
  const place = new Map<string, { x: number; y: number }>()
  for (const thing of things) {
    const inStack = stackOf.get(thing.id)
    const { x = 0, y = 0, width = size.width, height = size.height } = graph.node(inStack?.stack ?? thing.id) ?? {}
    place.set(thing.id, inStack ? { x: x - width / 2 + indent * inStack.deep, y: y - height / 2 + inStack.row * (size.height + gap) } : { x: x - size.width / 2, y: y - size.height / 2 })
  }
  const all = [...place.values()]
  return {
    place, stacked: new Set(stackOf.keys()),
    width: Math.max(0, ...all.map((one) => one.x + size.width)), height: Math.max(0, ...all.map((one) => one.y + size.height)),
  }
}
