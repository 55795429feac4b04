import { createContext, useId, type ReactNode } from 'react'
import { dateText, daysBetween } from './date-format.ts'
import { ErrorState } from './ErrorState.tsx'
import { useSettings } from './settings.ts'
import { Skeleton } from './Skeleton.tsx'
import { Tag } from './Tag.tsx'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'
import { useBank } from './UiProvider.tsx'

type Props = {
  title: string
  /** Whence the numbers come and of which day they are: "来源 核心系统 · 截至 11-22". Each block has its own. */
  source?: string
  asOf?: string | null
  /** The source's promise: older than so many days before today, the block says so. */
  staleAfter?: number
  /** Links or buttons on the right. */
  actions?: ReactNode
  /** Of the block's own request: one block failing does not break the page. */
  loading?: boolean
  error?: unknown
  onRetry?: () => void
  /** Content without padding: tables, lists. */
  flush?: boolean
  updating?: boolean
  id?: string
  children?: ReactNode
}

/** The title of the block around: what repeats it is not written again. */
export const BlockTitle = createContext<string | null>(null)

/** A paper on the page: title · source · as-of day · its own error. */
export function Block({ title, source, asOf, staleAfter, actions, loading = false, error, onRetry, flush = false, updating = false, id, children }: Props) {
  const t = useText(uiText)
  const { language } = useSettings()
  const { today } = useBank()
  const own = useId()
  const behind = asOf && staleAfter !== undefined ? daysBetween(asOf, today) - staleAfter : 0
  const told = [source === undefined ? null : t('source', { name: source }), asOf ? t('asOf', { date: dateText(asOf, 'short', language, today) }) : null].filter(Boolean).join(' · ')
  const failed = error !== undefined && error !== null
  return (
    <section className="yq-block" aria-labelledby={own} id={id} data-flush={flush && !failed && !loading ? '' : undefined}>
      <div className="yq-block-head">
        <h2 id={own}>{title}</h2>
        {told !== '' && <span className="yq-block-of">{told}</span>}
        {behind > 0 && <Tag tone="warning" icon="■">{t('stale', { n: behind + (staleAfter ?? 0) })}</Tag>}
        {actions !== undefined && <div className="yq-actions">{actions}</div>}
      </div>
      <div className="yq-thin-wrap">{updating && <div className="yq-thin-bar" role="status" aria-label={t('updating')} />}</div>
      <div className="yq-block-body">{failed ? <ErrorState error={error} onRetry={onRetry} /> : loading ? <Skeleton /> : <BlockTitle value={title}>{children}</BlockTitle>}</div>
    </section>
  )
}
