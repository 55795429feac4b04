import type { ReactNode } from 'react'

export type TimelineEvent = { id: string; when: ReactNode; tone?: 'primary' | 'error'; content: ReactNode }

/** What happened, newest first. */
export function Timeline({ events, label }: { events: readonly TimelineEvent[]; label: string }) {
  return (
    <ol className="yq-timeline" aria-label={label}>
      {events.map((event) => (
        <li key={event.id} className="yq-event" data-tone={event.tone}>
          <span className="yq-event-when">{event.when}</span>
          <span className="yq-event-line" aria-hidden="true" />
          <div className="yq-event-body">{event.content}</div>
        </li>
      ))}
    </ol>
  )
}
