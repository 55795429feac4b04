import type { ReactNode } from 'react'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'

export type ProcessStep = { key: string; name: string; state: 'done' | 'now' | 'late' | 'ended' | 'future'; note?: ReactNode }
const marks = { done: '√', now: '', late: '!', ended: '⬣', future: '' } as const
const words = { done: 'stepDone', now: 'stepNow', late: 'stepLate', ended: 'stepEnded', future: 'stepFuture' } as const

/** A process drawn with the present step lit; below each other on the phone. */
export function ProcessSteps({ steps, label }: { steps: readonly ProcessStep[]; label: string }) {
  const t = useText(uiText)
  return (
    <ol className="yq-steps" aria-label={label}>
      {steps.map((step, index) => (
        <li key={step.key} className="yq-step" data-state={step.state} aria-current={step.state === 'now' || step.state === 'late' ? 'step' : undefined}>
          <span className="yq-step-mark" aria-hidden="true">{marks[step.state] || index + 1}</span>
          <b>{step.name}<span className="yq-sr"> {t(words[step.state])}</span></b>
          {step.note !== undefined && <small>{step.note}</small>}
        </li>
      ))}
    </ol>
  )
}
