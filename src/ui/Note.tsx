import type { ReactNode } from 'react'
import { Mark } from './Mark.tsx'

const icons = { info: '●', warning: '■', error: '⬣', success: '√' } as const

/** A band with a sentence: partial data, locked month, pending check, what was just done. Errors speak up, the rest is polite. */
export function Note({ tone = 'info', children }: { tone?: keyof typeof icons; children: ReactNode }) {
  return (
    <div className="yq-note" data-tone={tone} role={tone === 'error' ? 'alert' : 'status'}>
      <Mark of={icons[tone]} />
      <div>{children}</div>
    </div>
  )
}
