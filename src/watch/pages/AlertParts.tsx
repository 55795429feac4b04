import { Button } from 'antd'
import { DateText } from '../../ui/DateText.tsx'
import { usePhone } from '../../ui/settings.ts'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import type { AlertKind, AlertState, ReasonCode } from '../alert.contract.ts'
import { watchText } from './watch-text.ts'

const looks: Readonly<Record<AlertKind, { tone: 'error' | 'orange' | 'yellow' | 'info' | 'plain'; icon: string }>> = {
  MOVEMENT_OUT: { tone: 'orange', icon: '◆' }, OUTFLOW: { tone: 'error', icon: '⬣' }, BELOW_BASE: { tone: 'orange', icon: '◆' }, MATURITY: { tone: 'yellow', icon: '■' }, MOVEMENT_IN: { tone: 'info', icon: '●' }, LEAKAGE: { tone: 'yellow', icon: '■' }, GAP: { tone: 'plain', icon: '●' },
}

/** What kind of alert, with its colour and shape. */
export function AlertKindTag({ kind }: { kind: AlertKind }) {
  const t = useText(watchText)
  return <Tag tone={looks[kind].tone} icon={looks[kind].icon}>{t(kind)}</Tag>
}

/** How far it is: waits, silent until a day, contacted with a reason, closed. */
export function AnsweredText({ state, reasonCode, contactedOn }: { state: AlertState; reasonCode: ReasonCode | null; contactedOn: string | null }) {
  const t = useText(watchText)
  const reason = reasonCode === null ? null : t(reasonCode)
  if (state === 'CLOSED') return <span><Tag tone="success" icon="✓">{t('CLOSED')}</Tag> {reason}</span>
  if (state === 'GONE' || state === 'SILENT') return <Tag>{t(state)}</Tag>
  return contactedOn === null ? <Tag tone="warning" icon="■">{t('stillOpen')}</Tag> : <span><DateText date={contactedOn} /> {reason}</span>
}

/** The one verb of a line, and the silence beside it. */
export function AlertActions({ name, state, kind, onAnswer, onSilence }: { name: string; state: AlertState; kind: AlertKind; onAnswer: () => void; onSilence: () => void }) {
  const t = useText(watchText)
  const size = usePhone() ? 'middle' : 'small'
  if (state !== 'OPEN' && state !== 'SILENT') return null
  const verb = t(kind === 'MATURITY' || kind === 'GAP' ? 'answer' : 'callNow')
  return (
    <span className="yq-row">
      <Button size={size} onClick={onAnswer} aria-label={`${verb} ${name}`}>{verb}</Button>
      <Button size={size} type="text" onClick={onSilence} aria-label={`${t('silence')} ${name}`}>{t('silence')}</Button>
    </span>
  )
}
