import type { ReactNode } from 'react'
import { Link } from 'react-router'

export type KeyFigure = {
  label: string
  /** `<Amount fen=… />`, `<Percent ratio=… />`, a count. */
  value: ReactNode
  /** `<Change … />`, as-of day, target. */
  note?: ReactNode
  /** The rows behind the figure: every number opens. */
  to?: string
}

/** At most four key figures of an object, each with unit, change and a link to its rows. */
export function KeyFigures({ figures }: { figures: readonly KeyFigure[] }) {
  return (
    <dl className="yq-figures">
      {figures.map((figure) => (
        <div key={figure.label} className="yq-figure">
          <dt>{figure.to === undefined ? figure.label : <Link to={figure.to}>{figure.label}<span aria-hidden="true"> ›</span></Link>}</dt>
          <dd className="yq-figure-value">{figure.value}</dd>
          {figure.note !== undefined && <dd className="yq-figure-note">{figure.note}</dd>}
        </div>
      ))}
    </dl>
  )
}
