import { Button } from 'antd'
import { useState, type ReactNode } from 'react'
import { usePhone } from './settings.ts'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'

export type ProcessStep = { key: string; name: string; state: 'done' | 'now' | 'late' | 'ended' | 'future'; note?: ReactNode }
const marks = { done: '√', now: '', late: '!', ended: '⬣', future: '' } as const
const words = { done: 'stepDone', now: 'stepNow', late: 'stepLate', ended: 'stepEnded', future: 'stepFuture' } as const

/** On the phone more steps than these fill the screen: only the present one and the next are drawn until all are asked for. */
const phoneMost = 5

/** A process drawn with the present step lit; below each other on the phone, a long one folded. */
export function ProcessSteps({ steps, label }: { steps: readonly ProcessStep[]; label: string }) {
  const t = useText(uiText)
  const phone = usePhone()
  const [all, setAll] = useState(false)
  const foldable = phone && steps.length > phoneMost
  const at = steps.findIndex(({ state }) => state !== 'done')
  const from = at < 0 ? steps.length - 1 : at
  const numbered = steps.map((step, index) => ({ step, index }))
  const list = (
    <ol className="yq-steps" aria-label={label}>
      {(foldable && !all ? numbered.slice(from, from + 2) : numbered).map(({ step, index }) => (
        <li key={step.key} className="yq-step" data-state={step.state} aria-current={step.state === 'now' || step.state === 'late' ? 'step' : undefined}>
          <span className="yq-step-mark" aria-hidden="true">{marks[step.state] || index + 1}</span>
          <b>{step.name}<span className="yq-sr"> {t(words[step.state])}</span></b>
          {step.note !== undefined && <small>{step.note}</small>}
        </li>
      ))}
    </ol>
  )
  if (!foldable) return list
  return (
    <div>
      <Button type="link" style={{ paddingInline: 0, marginBottom: 8 }} aria-expanded={all} onClick={() => setAll(!all)}>{all ? t('stepsFold') : t('stepsAll', { n: steps.length, done: steps.filter(({ state }) => state === 'done').length })}</Button>
      {list}
    </div>
  )
}
