import type { ReactNode } from 'react'
import { Moment } from './DateText.tsx'
import { EmptyState } from './EmptyState.tsx'
import { mark, useText } from './text.ts'
import { uiText } from './ui-text.ts'

export type HistoryEntry = {
  id: string
  at: string
  /** "李晓雯（城南支行）"; null: the product itself. */
  who: string | null
  /** "修改了客户"; a sentence, not a code. */
  what: string
  /** `from` null: there was nothing before. */
  changes?: readonly { name: string; from: ReactNode; to: ReactNode }[]
  why?: string | null
}

/** An object's history in words, newest first: when, who, what, before → after, why. */
export function HistoryList({ entries, empty }: { entries: readonly HistoryEntry[]; empty?: string }) {
  const t = useText(uiText)
  if (entries.length === 0) return <EmptyState title={empty ?? t('noHistory')} />
  return (
    <ol className="yq-timeline">
      {entries.map((entry) => (
        <li key={entry.id} className="yq-event">
          <span className="yq-event-when"><Moment at={entry.at} /></span>
          <span className="yq-event-line" aria-hidden="true" />
          <div className="yq-event-body">
            <div>
              <strong>{entry.who ?? t('productItself')}</strong> {entry.what}
            </div>
            {(entry.changes ?? []).length > 0 && (
              <ul className="yq-changes">
                {entry.changes?.map((one) => (
                  <li key={one.name}>
                    {one.name}{mark('：')}{one.from !== null && <>{one.from} <span aria-hidden="true">→</span><span className="yq-sr">{t('became')}</span> </>}{one.to}
                  </li>
                ))}
              </ul>
            )}
            {entry.why && <div className="yq-quiet yq-small">{t('why', { why: entry.why })}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}
