import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { Deadline } from '../../ui/Deadline.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { getCustomerWatch, type AlertKind } from '../../watch/alert.contract.ts'
import { AlertActions, AlertKindTag, AnsweredText } from '../../watch/pages/AlertParts.tsx'
import { watchText } from '../../watch/pages/watch-text.ts'
import { useAlertDrawers } from './AnswerAlert.tsx'
import './day.css'

/** Warnings beside the name: the kinds that wait, those of what is lacking left out. */
export function CustomerWarnings({ customerId }: { customerId: string }) {
  const { data } = useContract(getCustomerWatch, { params: { customerId } })
  const kinds = [...new Set((data?.alerts ?? []).filter((alert) => alert.state === 'OPEN' && alert.kind !== 'GAP' && alert.kind !== 'LEAKAGE').map((alert) => alert.kind))] as AlertKind[]
  return <>{kinds.slice(0, 3).map((kind) => <AlertKindTag key={kind} kind={kind} />)}</>
}

/** The alerts of a customer with what to do; absent where there are none. */
export function CustomerWatchPanel({ customerId, name }: { customerId: string; name: string }) {
  const t = useText(watchText)
  const pick = usePick()
  const { data } = useContract(getCustomerWatch, { params: { customerId } })
  const { open, drawers } = useAlertDrawers()
  if (!data || data.alerts.length === 0) return null
  return (
    <Block title={t('alertsTab')} source={t('source')} asOf={data.asOf} flush>
      <ul className="yq-day-list" aria-label={t('alertsTab')}>
        {data.alerts.map((alert) => {
          const ref = { id: alert.id, customerId, customerName: name, kind: alert.kind, reason: alert.reason }
          return (
            <li key={alert.id} className="yq-day-line">
              <div className="yq-day-what">
                <span className="yq-row"><AlertKindTag kind={alert.kind} /><AnsweredText {...alert} /></span>
                <span className="yq-small">{pick(alert.reason)}</span>
                {alert.state === 'SILENT' ? <span className="yq-small yq-quiet">{t('silentUntil', { day: alert.silencedUntil ?? '', reason: alert.silenceReason ?? '' })}</span> : alert.dueOn !== null && <span className="yq-small"><Deadline date={alert.dueOn} /></span>}
              </div>
              {alert.mine && <AlertActions name={`${name} ${t(alert.kind)}`} state={alert.state} kind={alert.kind} onAnswer={() => open('answer', ref)} onSilence={() => open('silence', ref)} />}
            </li>
          )
        })}
      </ul>
      {drawers}
    </Block>
  )
}
