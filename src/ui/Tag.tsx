import type { ReactNode } from 'react'
import { Mark } from './Mark.tsx'

export type Tone = 'plain' | 'primary' | 'tier' | 'info' | 'success' | 'warning' | 'yellow' | 'orange' | 'error'

/** A word with an icon. Colour only for what departs from the normal; judgement is success / warning, lateness and risk error / orange / yellow / info. */
export function Tag({ tone = 'plain', icon, children }: { tone?: Tone; icon?: string; children: ReactNode }) {
  return (
    <span className="yq-tag" data-tone={tone}>
      {icon !== undefined && <Mark of={icon} />}
      {children}
    </span>
  )
}

const risk = { red: { tone: 'error', icon: '⬣' }, orange: { tone: 'orange', icon: '◆' }, yellow: { tone: 'yellow', icon: '■' }, blue: { tone: 'info', icon: '●' } } as const

/** One of the four warning colours, always with shape and word. */
export function RiskTag({ level, children }: { level: keyof typeof risk; children: ReactNode }) {
  return <Tag tone={risk[level].tone} icon={risk[level].icon}>{children}</Tag>
}
