import { Link } from 'react-router'
import { download, useContract } from '../../ui/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Deadline } from '../../ui/Deadline.tsx'
import { FilterBar, type Filter } from '../../ui/FilterBar.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { usePhone } from '../../ui/settings.ts'
import { usePick, useText, type Say, type Text } from '../../ui/text.ts'
import { useListState } from '../../ui/useListState.ts'
import { exportGaps, listAlerts, type AlertKind, type AlertState, type AlertView } from '../../watch/alert.contract.ts'
import { AlertActions, AlertKindTag, AnsweredText } from '../../watch/pages/AlertParts.tsx'
import { ExportWatched } from '../../watch/pages/ExportWatched.tsx'
import { watchText } from '../../watch/pages/watch-text.ts'
import { useAlertDrawers } from './AnswerAlert.tsx'

type Asked = { cursor?: string; kind?: AlertKind; state?: AlertState; mine?: 'true' | 'false'; rule?: string }

const told = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
/** What is lacking; the expected value stands in its own column. */
const gapName = ({ detail }: AlertView): Text => ({ zh: told(detail['nameZh']), en: told(detail['nameEn']) })
const holdersTold = ({ detail }: AlertView, t: Say<typeof watchText>): string => (detail['basis'] === 'TIER' || detail['basis'] === 'BANK' || detail['basis'] === 'HEADS' || detail['basis'] === 'PAYEES' ? t(`holders${detail['basis']}`, { n: told(detail['holders']) }) : '--')

/** Alerts across customers: by urgency, or (what is lacking) by value. `kind` fixes the kind. */
export function AlertTable({ label, kind, filters = [], none }: { label: string; kind?: AlertKind; filters?: readonly Filter[]; none: string }) {
  const t = useText(watchText)
  const phone = usePhone()
  const pick = usePick()
  const list = useListState(['kind', 'state', 'mine', 'rule'])
  const asked = list.query as Asked
  const lacking = kind === 'GAP' || kind === 'LEAKAGE'
  const source = useContract(listAlerts, { query: { ...asked, ...(kind === undefined ? { dated: 'true' as const } : { kind }), sort: lacking ? '-amount' : 'due', limit: phone ? 20 : 50 } })
  const { open, drawers } = useAlertDrawers()
  const refOf = (row: AlertView) => ({ id: row.id, customerId: row.customerId, customerName: row.customerName, kind: row.kind, reason: row.reason })
  return (
    <>
      <DataTable<AlertView>
        label={label} list={list} source={source} rowKey={(row) => row.id} measure="条" measureEn="{n|alert|alerts}" rowTo={(row) => `/customers/${row.customerId}`}
        bar={<FilterBar list={list} filters={[
          ...(kind === undefined ? [{ name: 'kind', label: t('kind'), options: (['OUTFLOW', 'BELOW_BASE', 'MOVEMENT_OUT', 'MOVEMENT_IN', 'MATURITY'] as const).map((value) => ({ value, label: t(value) })) }] : []), ...filters,
          { name: 'state', label: t('state'), options: (['OPEN', 'SILENT', 'CLOSED', 'GONE'] as const).map((value) => ({ value, label: t(value) })) },
          { name: 'mine', label: t('myLines'), options: [{ value: 'true', label: t('mine') }, { value: 'false', label: t('all') }] },
        ]} />}
        tools={kind === 'GAP' || kind === 'LEAKAGE' ? <ExportWatched title={label} fetch={(purpose) => download(exportGaps, { body: { kind, purpose, mine: asked.mine === 'true', ...(asked.state === undefined ? {} : { state: asked.state }), ...(asked.rule === undefined ? {} : { rule: asked.rule }) } })} /> : undefined}
        columns={[
          { key: 'customer', title: t('customer'), show: (row) => <span className="yq-row"><Link className="yq-name" to={`/customers/${row.customerId}`}>{row.customerName}</Link>{row.tier === 'T1' && <Tag tone="tier" icon="★">{t('core')}</Tag>}</span> },
          ...(kind === undefined ? [{ key: 'kind', title: t('kind'), card: 'tag' as const, show: (row: AlertView) => <AlertKindTag kind={row.kind} /> }] : []),
          { key: 'reason', title: t(kind === 'GAP' ? 'rule' : 'reason'), show: (row) => <>{kind === 'GAP' ? pick(gapName(row)) : pick(row.reason)}{row.detail['riskTest'] === false && <> <Tag>{t('riskTestFirst')}</Tag></>}{row.state === 'SILENT' && <div className="yq-small yq-quiet">{t('silentUntil', { day: row.silencedUntil ?? '', reason: row.silenceReason ?? '' })}</div>}</> },
          ...(lacking ? [] : [{ key: 'due', title: t('due'), show: (row: AlertView) => <Deadline date={row.dueOn} done={row.state !== 'OPEN'} /> }]),
          { key: 'owner', title: t('owner'), show: (row) => row.ownerName ?? '--' },
          // of alerts of every kind the reason tells the amount
          ...(kind === 'GAP' ? [] : [{ key: 'amount', title: t('amount'), kind: 'amount' as const, optional: kind === undefined, value: (row: AlertView) => (row.amountFen === '0' ? null : row.amountFen) }]),
          ...(kind === 'GAP' ? [{ key: 'expected', title: t('expected'), kind: 'amount' as const, unit: 'yuan' as const, value: (row: AlertView) => (row.amountFen === '0' ? null : row.amountFen) }] : []),
          // the median is the same for all that lack it in a tier: said in the head, and here for who asks for it
          ...(kind === 'GAP' ? [{ key: 'holders', title: t('holders'), optional: true, show: (row: AlertView) => holdersTold(row, t) }] : []),
          { key: 'last', title: t('lastContact'), kind: 'date', emptyAt: true, value: (row) => row.lastContact, card: 'none' },
          { key: 'state', title: t('answered'), show: (row) => <><AnsweredText {...row} />{row.judged !== null && <span className="yq-quiet"> {t(row.judged)}</span>}</> },
          { key: 'action', title: t('action'), card: 'action', show: (row) => (row.mine ? <AlertActions name={row.customerName} state={row.state} kind={row.kind} onAnswer={() => open('answer', refOf(row))} onSilence={() => open('silence', refOf(row))} /> : null) },
        ]}
        empty={<EmptyState title={none} hint={t('noAlertsHint')} />}
      />
      {drawers}
    </>
  )
}
