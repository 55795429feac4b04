import { Button, Segmented, Select } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { Amount } from '../../ui/Amount.tsx'
import { Block } from '../../ui/Block.tsx'
import { Change } from '../../ui/Change.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { AreaField, RadioField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { KeyFigures } from '../../ui/KeyFigures.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PageTabs, usePageTab } from '../../ui/PageTabs.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useListState } from '../../ui/useListState.ts'
import { useMay } from '../../ui/who.ts'
import { getAlertFigures } from '../../watch/alert.contract.ts'
import { excludeFromChurn, getChurn, listStandings, standingSets, type ChurnGroup, type StandingRow } from '../../watch/churn.contract.ts'
import { AlertKindTag } from '../../watch/pages/AlertParts.tsx'
import { watchText } from '../../watch/pages/watch-text.ts'
import { AlertTable } from './AlertTable.tsx'

/** Who is leaving: alerts to answer, churn of the quarter and the year, who moved when, how often an alert was false. */
export default function ChurnAndWarnings() {
  const t = useText(watchText)
  const tabs = [{ key: 'alerts', label: t('alertsTab') }, { key: 'churn', label: t('churnTab') }, { key: 'moved', label: t('movedTab') }, { key: 'figures', label: t('figuresTab') }]
  const tab = usePageTab(tabs)
  return (
    <Page>
      <PageHeader title={t('churn')} />
      <PageTabs tabs={tabs} label={t('parts')} />
      {tab === 'alerts' && <AlertTable label={t('alertsTab')} none={t('noAlerts')} />}
      {tab === 'churn' && <Churn />}
      {tab === 'moved' && <Standings fixed="MOVED" />}
      {tab === 'figures' && <FalseAlarms />}
    </Page>
  )
}

function usePeriodWord(): (period: string) => string {
  const t = useText(watchText)
  return (period) => (period.length === 4 ? t('year', { y: period }) : t('quarter', { y: period.slice(0, 4), q: period.slice(6) }))
}

function useAddress(): [URLSearchParams, (patch: Record<string, string | null>) => void] {
  const [address, setAddress] = useSearchParams()
  return [address, (patch) => {
    const next = new URLSearchParams(address)
    next.delete('at')
    for (const [name, value] of Object.entries(patch)) value === null ? next.delete(name) : next.set(name, value)
    setAddress(next)
  }]
}

function Churn() {
  const t = useText(watchText)
  const word = usePeriodWord()
  const [address, put] = useAddress()
  const by = address.get('by')
  const { data, error, refetch } = useContract(getChurn, { query: { ...(address.get('period') === null ? {} : { period: address.get('period') ?? '' }), ...(by === null ? {} : { by: by as ChurnGroup }) } })
  const rate = (pct: string | null): string => (pct === null ? t('none') : `${pct}%`)
  return (
    <>
      <Block
        title={data ? `${t('churnRate')} · ${word(data.period)}` : t('churnRate')} source={t('source')} asOf={data?.asOf ?? undefined} loading={!data} error={error} onRetry={() => void refetch()}
        actions={data && (
          <span className="yq-row">
            <Select aria-label={t('period')} value={data.period} onChange={(period: string) => put({ period })} popupMatchSelectWidth={false} options={[...new Set([data.period, ...data.periods])].map((value) => ({ value, label: word(value) }))} />
            {data.groups.length > 1 && <Segmented value={data.by} options={data.groups.map((value) => ({ value, label: t(value) }))} onChange={(value) => put({ by: value })} />}
          </span>
        )}
      >
        {data && (data.asOf === null ? <EmptyState title={t('notWorkedOut')} /> : (
          <div className="yq-stack">
            <KeyFigures figures={[
              { label: t('churnRate'), value: rate(data.total.churnPct) }, { label: t('lost'), value: data.total.lost }, { label: t('counted'), value: data.total.counted, note: `${t('excluded')} ${data.total.excluded}` },
              { label: t('increment'), value: <Change fen={data.total.incrementFen} /> },
            ]} />
            {data.rows.length > 1 && (
              <PlainTable
                label={t('churnRate')} stack="short"
                columns={[{ key: 'name', title: t(data.by) }, { key: 'rate', title: t('churnRate'), right: true }, { key: 'lost', title: t('lost'), right: true }, { key: 'counted', title: t('counted'), right: true }, { key: 'excluded', title: t('excluded'), right: true }, { key: 'increment', title: t('increment'), right: true }]}
                rows={data.rows.map((row) => ({ key: String(row.key), cells: [row.name ?? '--', rate(row.churnPct), row.lost, row.counted, row.excluded, <Change key="increment" fen={row.incrementFen} />] }))}
              />
            )}
          </div>
        ))}
      </Block>
      <Standings />
    </>
  )
}

/** The customers behind the figures. */
function Standings({ fixed }: { fixed?: 'MOVED' }) {
  const t = useText(watchText)
  const word = usePeriodWord()
  const may = useMay()
  const [address, put] = useAddress()
  const list = useListState([])
  const churn = useContract(getChurn, { query: {} })
  const period = address.get('period') ?? churn.data?.period
  const set = fixed ?? standingSets.find((one) => one === address.get('set')) ?? 'LOST'
  const source = useContract(listStandings, { query: { period: period ?? '2000', set, limit: 50, ...(list.query as { cursor?: string }) } }, { enabled: period !== undefined })
  const [excluding, setExcluding] = useState<StandingRow | null>(null)
  const why = (row: StandingRow): string => (row.excluded !== null ? t(row.excluded) : row.transferred ? t('TRANSFERRED') : row.lost === null ? '--' : t(`LOST_${row.lost}`))
  const moved = set === 'MOVED'
  return (
    <>
      <DataTable<StandingRow>
        label={t(moved ? 'movedTab' : 'lostCustomers')} list={list} source={source} rowKey={(row) => row.customerId} measure="户" measureEn="{n|customer|customers}" rowTo={(row) => `/customers/${row.customerId}`}
        bar={
          <span className="yq-row">
            {fixed === undefined
              ? <Segmented aria-label={t('set')} value={set} options={[{ value: 'LOST', label: t('lostCustomers') }, { value: 'EXCLUDED', label: t('excludedCustomers') }, { value: 'BASE', label: t('baseCustomers') }]} onChange={(value) => put({ set: value })} />
              : <Select aria-label={t('period')} value={period ?? null} onChange={(value: string) => put({ period: value })} popupMatchSelectWidth={false} options={(churn.data?.periods ?? []).map((value) => ({ value, label: word(value) }))} />}
          </span>
        }
        columns={[
          { key: 'customer', title: t('customer'), show: (row) => <Link className="yq-name" to={`/customers/${row.customerId}`}>{row.name}</Link> },
          ...(moved ? [
            { key: 'on', title: t('movedOn'), kind: 'date' as const, value: (row: StandingRow) => row.movedOn },
            { key: 'from', title: t('from'), show: (row: StandingRow) => row.managerName ?? t('pool') }, { key: 'to', title: t('to'), show: (row: StandingRow) => row.endManagerName ?? t('pool') },
          ] : []),
          { key: 'base', title: t('base'), kind: 'amount', value: (row) => row.baseFen },
          { key: 'end', title: t('end'), kind: 'amount', value: (row) => row.endFen },
          { key: 'left', title: t('left'), right: true, show: (row) => (row.leftPct === null ? '--' : `${row.leftPct}%`) },
          { key: 'increment', title: t('increment'), kind: 'change', value: (row) => row.incrementFen, card: 'none' },
          ...(moved ? [] : [
            { key: 'why', title: t('lostWhy'), card: 'tag' as const, show: (row: StandingRow) => <>{why(row)}{row.excludedNote !== null && <div className="yq-small yq-quiet">{row.excludedBy} {row.excludedNote}</div>}</> },
            { key: 'manager', title: t('manager'), show: (row: StandingRow) => row.managerName ?? '--', card: 'none' as const },
          ]),
          ...(!moved && may('churn.exclude') ? [{ key: 'action', title: t('action'), card: 'action' as const, show: (row: StandingRow) => (row.excluded === null && !row.transferred ? <Button size="small" onClick={() => setExcluding(row)} aria-label={`${t('exclude')} ${row.name}`}>{t('exclude')}</Button> : null) }] : []),
        ]}
        empty={<EmptyState title={t('noneLost')} />}
      />
      {excluding !== null && period !== undefined && <Exclude row={excluding} period={period} onClose={() => setExcluding(null)} />}
    </>
  )
}

function Exclude({ row, period, onClose }: { row: StandingRow; period: string; onClose: () => void }) {
  const t = useText(watchText)
  const toast = useToast()
  const act = useAct(excludeFromChurn, { refresh: ['watch'] })
  const form = useForm({
    initial: { reason: null as string | null, note: '' }, check: ({ reason, note }) => ({ reason: reason === null ? t('needWhy') : undefined, note: note.trim().length < 2 ? t('needReason') : undefined }),
    send: ({ reason, note }) => act.mutateAsync({ params: { customerId: row.customerId, period }, body: { reason: reason as 'DEATH', note: note.trim() } }),
  })
  return (
    <FormDrawer title={`${t('excludeTitle')} · ${row.name}`} open onClose={onClose} form={form} submit={t('exclude')} onDone={() => toast(t('saved'))}>
      <RadioField form={form} name="reason" label={t('lostWhy')} required options={(['DEATH', 'MERGED', 'EXIT_BY_BANK'] as const).map((value) => ({ value, label: t(value) }))} />
      <AreaField form={form} name="note" label={t('note')} required max={200} />
    </FormDrawer>
  )
}

/** How often an alert of a kind was false, by the month in which it was raised. */
function FalseAlarms() {
  const t = useText(watchText)
  const { data, error, refetch } = useContract(getAlertFigures, { query: { months: 6 } })
  return (
    <Block title={t('figuresTab')} asOf={data?.asOf} loading={!data} error={error} onRetry={() => void refetch()}>
      {data?.items.length === 0 ? <EmptyState title={t('noFigures')} /> : (
        <PlainTable
          label={t('figuresTab')} stack="short"
          columns={[{ key: 'month', title: t('month') }, { key: 'kind', title: t('kind') }, { key: 'rate', title: t('falseRate'), right: true }, { key: 'raised', title: t('raisedCount'), right: true }, { key: 'closed', title: t('closedCount'), right: true }, { key: 'false', title: t('falseCount'), right: true }, { key: 'gone', title: t('goneCount'), right: true }]}
          rows={(data?.items ?? []).map((row) => ({ key: `${row.month} ${row.kind}`, cells: [row.month, <AlertKindTag key="kind" kind={row.kind} />, row.falsePct === null ? t('none') : `${row.falsePct}%`, row.raised, row.closed, row.falseAlarms, row.gone] }))}
        />
      )}
    </Block>
  )
}

/** Results of the lists of what is lacking. */
export function RuleResults() {
  const t = useText(watchText)
  const { data } = useContract(getAlertFigures, { query: { months: 1 } })
  if (!data || data.rules.length === 0) return null
  return (
    <Block title={t('results')} asOf={data.asOf}>
      <PlainTable
        label={t('results')} stack="short"
        columns={[{ key: 'rule', title: t('rule') }, { key: 'open', title: t('openCount'), right: true }, { key: 'contacted', title: t('contactedCount'), right: true }, { key: 'won', title: t('wonCount'), right: true }, { key: 'amount', title: t('wonAmount'), right: true }, { key: 'explained', title: t('explained'), right: true }]}
        rows={data.rules.map((rule) => ({ key: rule.code, cells: [<RuleName key="rule" rule={rule} />, rule.open, rule.contacted, rule.won, <Amount key="amount" fen={rule.wonFen} />, rule.explained] }))}
      />
    </Block>
  )
}

function RuleName({ rule }: { rule: { zh: string; en: string } }) {
  const pick = usePick()
  return <>{pick(rule)}</>
}
