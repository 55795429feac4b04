import type { ReactNode } from 'react'

/**
 * What would be here, why it is not, and at most one action. Three kinds (handbook, section 7): first use, nothing matches (its action clears the
 * filters), all done. `title` is the sentence: "还没有拜访记录", `hint` the way on.
 */
export function EmptyState({ title, hint, action, level = 3 }: { title: string; hint?: ReactNode; action?: ReactNode; level?: 2 | 3 }) {
  const Heading = `h${level}` as const
  return (
    <div className="yq-empty">
      <svg width="48" height="32" viewBox="0 0 48 32" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
        <path d="M2 26h44M6 26C6 14 14 8 24 8s18 6 18 18M15 26V11.500M24 26V8m9 18V11.500" strokeLinecap="round" />
      </svg>
      <Heading>{title}</Heading>
      {hint !== undefined && <div className="yq-small">{hint}</div>}
      {action}
    </div>
  )
}
