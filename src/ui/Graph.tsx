import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { clusterGraph, type GraphThing, type GraphTie } from './graph-view.ts'
import { usePhone } from './settings.ts'
import { Skeleton } from './Skeleton.tsx'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'

const GraphCanvas = lazy(() => import('./GraphCanvas.tsx'))
/** Beyond this many things a drawing cannot be read. */
const most = 200

export type GraphProps = {
  label: string
  /** One sentence that says what is drawn. */
  sentence: string
  things: readonly GraphThing[]
  ties: readonly GraphTie[]
  /** Where the drawing begins: branches are put together from here. */
  start: string | null
  /** The same content as a table: everything that the drawing holds. */
  table: ReactNode
  /** Facts and acts of the thing that was chosen. */
  details?: (id: string) => ReactNode
  onExpand?: (id: string) => void
  /** Signs and their meaning. */
  legend?: ReactNode
  tools?: ReactNode
  height?: number
}

/** A layered drawing beside its table; on the phone the table first, and the drawing shows one thing with its neighbours. The library comes only when a drawing is shown. */
export function Graph({ label, sentence, things, ties, start, table, details, onExpand, legend, tools, height = 560 }: GraphProps) {
  const t = useText(uiText)
  const phone = usePhone()
  const [address, setAddress] = useSearchParams()
  const view = address.get('view') ?? (phone ? 'table' : 'graph')
  const [chosen, setChosen] = useState<string | null>(null)
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const middle = chosen ?? start ?? things[0]?.id ?? null
  const clustered = useMemo(() => (phone ? neighboursOf(things, ties, middle) : clusterGraph(things, ties, start, most, opened, (n) => t('graphCluster', { n }))), [phone, things, ties, middle, start, opened, t])
  const expand = (id: string): void => {
    if (id.startsWith('cluster:')) setOpened((before) => new Set([...before, id.slice('cluster:'.length)]))
    else onExpand?.(id)
  }
  const show = (next: string): void => setAddress((before) => new URLSearchParams([...[...before].filter(([key]) => key !== 'view'), ['view', next]]), { replace: true })
  return (
    <div className="yq-stack">
      <div className="yq-row" data-between="">
        <span className="yq-row">
          <span className="yq-segments" role="group" aria-label={t('graphView')}>
            {(['graph', 'table'] as const).map((one) => <button key={one} type="button" className="yq-tab" aria-pressed={view === one} aria-current={view === one ? 'true' : undefined} onClick={() => show(one)}>{t(one === 'graph' ? 'graphAsGraph' : 'graphAsTable')}</button>)}
          </span>
          {tools}
        </span>
        <span className="yq-quiet">{sentence}</span>
      </div>
      {view === 'table' ? table : (
        <>
          <Suspense fallback={<div style={{ height }}><Skeleton lines={8} /></div>}>
            <GraphCanvas label={label} things={clustered.things} ties={clustered.ties} chosen={chosen} start={phone ? middle : start} onChoose={setChosen} onExpand={expand} height={phone ? 360 : height} />
          </Suspense>
          <p className="yq-small yq-quiet">{legend} {t(phone ? 'graphPhoneHint' : 'graphKeys')}</p>
          {chosen !== null && details && <div className="yq-graph-details" role="region" aria-label={t('graphChosen')}>{details(chosen)}</div>}
        </>
      )}
    </div>
  )
}

function neighboursOf(things: readonly GraphThing[], ties: readonly GraphTie[], middle: string | null): { things: GraphThing[]; ties: GraphTie[] } {
  const near = new Set([middle, ...ties.flatMap((tie) => (tie.from === middle ? [tie.to] : tie.to === middle ? [tie.from] : []))].slice(0, 30))
  return { things: things.filter((thing) => near.has(thing.id)), ties: ties.filter((tie) => (tie.from === middle || tie.to === middle) && near.has(tie.from) && near.has(tie.to)) }
}
