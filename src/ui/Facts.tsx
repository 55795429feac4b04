import type { ReactNode } from 'react'
import { Nothing } from './Amount.tsx'

/** Label and value, in columns. A value of null is "--". */
export function Facts({ facts }: { facts: readonly { label: string; value: ReactNode }[] }) {
  return (
    <dl className="yq-facts">
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>{fact.value === null || fact.value === undefined || fact.value === '' ? <Nothing /> : fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
