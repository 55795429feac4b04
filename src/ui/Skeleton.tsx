import { useText } from './text.ts'
import { uiText } from './ui-text.ts'

const widths = ['92%', '76%', '84%', '60%', '88%', '70%']

/** The real layout's lines, in grey; nothing in the first 300 ms. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  const t = useText(uiText)
  return (
    <div className="yq-skeleton-lines" role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_none, index) => (
        <span key={index} className="yq-skeleton" style={{ width: widths[index % widths.length] }} />
      ))}
    </div>
  )
}
