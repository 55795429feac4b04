import { Button, DatePicker, Segmented } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { Amount } from '../../ui/Amount.tsx'
import { Block } from '../../ui/Block.tsx'
import { download, useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { dateText } from '../../ui/date-format.ts'
import { DateText } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { AreaField, ChoiceField, MoneyField } from '../../ui/fields.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { usePhone, useSettings } from '../../ui/settings.ts'
import { Tag } from '../../ui/Tag.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useListState } from '../../ui/useListState.ts'
import { useMay } from '../../ui/who.ts'
import { exportMaturities, getRenewalRates, listMaturities, maturityResults, maturityViews, prepareMaturity, setMaturityResult, type MaturityRow } from '../maturity.contract.ts'
import { watchText } from './watch-text.ts'
import { PurposeDrawer } from '../../ui/PurposeDrawer.tsx'

type View = (typeof maturityViews)[number]
type Asked = { cursor?: string; kind?: string; when?: string; month?: string; customerId?: string; managerKey?: string }

/** Everything that ends, by week, month, or past without a result: what to prepare, and what came of it. */
export default function Maturities() {
  const t = useText(watchText)
  const pick = usePick()
  const may = useMay()
  const size = usePhone() ? 'middle' : 'small'
  const { today } = useBank()
  const { language } = useSettings()
  const [address, setAddress] = useSearchParams()
  const list = useListState(['kind', 'when', 'month', 'customerId', 'managerKey'])
  // in the address `view` is the saved view of every list
  const { when, ...asked } = list.query as Asked
  const view = maturityViews.find((one) => one === when) ?? 'THIS_WEEK'
  const source = useContract(listMaturities, { query: { ...asked, view, limit: 50 } })
  const [form, setForm] = useState<{ what: 'prepare' | 'result'; row: MaturityRow } | null>(null)
  const [exporting, setExporting] = useState(false)
  const word = (code: string): string => (code in watchText ? (t as (key: string) => string)(code) : code)
  const put = (patch: Record<string, string | null>): void => {
    const next = new URLSearchParams(address)
    next.delete('at')
    for (const [name, value] of Object.entries(patch)) value === null ? next.delete(name) : next.set(name, value)
    setAddress(next)
  }
  const { data } = source
  const day = (one: string): string => dateText(one, 'list', language, today)
  return (
    <Page>
      <PageHeader
        title={t('maturities')} sub={data && (data.from === null ? t('before', { to: day(data.to) }) : t('range', { from: day(data.from), to: day(data.to) }))}
        actions={may('watch.export') && <Button onClick={() => setExporting(true)}>{t('export')}</Button>}
      />
      <div className="yq-row">
        <Segmented aria-label={t('view')} value={view} options={maturityViews.map((value) => ({ value, label: t(value) }))} onChange={(value) => put({ when: value, ...(value === 'MONTH' ? {} : { month: null }) })} />
        {view === 'MONTH' && <DatePicker picker="month" format="YYYY-MM" aria-label={t('month')} value={dayjs(`${asked.month ?? today.slice(0, 7)}-01`)} allowClear={false} onChange={(value) => value && put({ month: value.format('YYYY-MM') })} />}
      </div>
      <DataTable<MaturityRow>
        label={t('maturities')} list={list} source={source} rowKey={(row) => row.id} measure="项" measureEn="{n|item|items}" rowTo={(row) => `/customers/${row.customerId}?tab=holdings`}
        bar={<FilterBar list={list} filters={[{ name: 'kind', label: t('kind'), options: (data?.kinds ?? []).map((value) => ({ value, label: word(value) })) }]} />}
        columns={[
          { key: 'customer', title: t('customer'), show: (row) => <span className="yq-row"><Link className="yq-name" to={`/customers/${row.customerId}`}>{row.customerName}</Link>{row.tier === 'T1' && <Tag tone="tier" icon="★">{t('core')}</Tag>}</span> },
          { key: 'kind', title: t('kind'), show: (row) => word(row.kind) },
          { key: 'product', title: t('product'), show: (row) => pick(row.name) },
          { key: 'amount', title: t('amount'), kind: 'amount', emptyAt: true, value: (row) => row.amountFen },
          { key: 'ends', title: t('endsOn'), card: 'tag', show: (row) => <Ends row={row} /> },
          { key: 'workday', title: t('nextWorkday'), emptyAt: (row) => row.nextWorkday === row.endsOn, show: (row) => (row.nextWorkday === row.endsOn ? '--' : <DateText date={row.nextWorkday} />), card: 'none' },
          { key: 'prepared', title: t('prepared'), show: (row) => (row.preparedOn === null ? <span className="yq-quiet">{t('notPrepared')}</span> : <span title={row.preparedNote ?? undefined}>{t('preparedOn', { day: day(row.preparedOn) })}</span>) },
          { key: 'talk', title: t('lastTalk'), emptyAt: (row) => row.lastTalk === null, show: (row) => <><DateText date={row.lastTalk} />{row.talkedAbout && <span className="yq-quiet"> {t('aboutThis')}</span>}</> },
          { key: 'manager', title: t('manager'), show: (row) => row.managerName ?? '--', card: 'none' },
          { key: 'result', title: t('result'), emptyAt: (row) => row.result === null, show: (row) => (row.result === null ? '--' : <>{t(row.result)}{row.derived && <span className="yq-quiet"> {t('bySource')}</span>}</>) },
          { key: 'action', title: t('action'), card: 'action', show: (row) => {
            if (!row.mine || row.derived) return null
            if (row.endsOn <= today) return <Button size={size} onClick={() => setForm({ what: 'result', row })} aria-label={`${t('enterResult')} ${row.customerName}`}>{t('enterResult')}</Button>
            return row.result === null ? <Button size={size} onClick={() => setForm({ what: 'prepare', row })} aria-label={`${t('prepare')} ${row.customerName}`}>{t('prepare')}</Button> : null
          } },
        ]}
        empty={<EmptyState title={t('noMaturities')} hint={t('noMaturitiesHint')} />}
      />
      <Renewal />
      {form?.what === 'prepare' && <Prepare row={form.row} onClose={() => setForm(null)} />}
      {form?.what === 'result' && <Result row={form.row} onClose={() => setForm(null)} />}
      {exporting && <Export asked={{ ...asked, view }} onClose={() => setExporting(false)} />}
    </Page>
  )
}

const marks = { red: ['error', '⬣'], orange: ['orange', '◆'], yellow: ['yellow', '■'] } as const

function Ends({ row }: { row: MaturityRow }) {
  const t = useText(watchText)
  if (row.result !== null) return <DateText date={row.endsOn} />
  const words = row.daysLeft === 0 ? t('today') : row.daysLeft < 0 ? t('daysPast', { n: -row.daysLeft }) : t('daysLeft', { n: row.daysLeft })
  const mark = row.colour === 'none' ? null : marks[row.colour]
  return <span className="yq-row"><DateText date={row.endsOn} />{mark === null ? <span className="yq-quiet yq-small">{words}</span> : <Tag tone={mark[0]} icon={mark[1]}>{words}</Tag>}</span>
}

function Prepare({ row, onClose }: { row: MaturityRow; onClose: () => void }) {
  const t = useText(watchText)
  const toast = useToast()
  const act = useAct(prepareMaturity, { refresh: ['watch'] })
  const form = useForm({
    initial: { note: row.preparedNote ?? '' }, check: ({ note }) => ({ note: note.trim().length < 2 ? t('needPlan') : undefined }),
    send: ({ note }) => act.mutateAsync({ params: { customerId: row.customerId, maturityId: row.id }, body: { note: note.trim() } }),
  })
  return (
    <FormDrawer title={`${t('prepareTitle')} · ${row.customerName}`} open onClose={onClose} form={form} submit={t('save')} onDone={() => toast(t('saved'))}>
      <AreaField form={form} name="note" label={t('plan')} required hint={t('planHint')} max={300} />
    </FormDrawer>
  )
}

function Result({ row, onClose }: { row: MaturityRow; onClose: () => void }) {
  const t = useText(watchText)
  const toast = useToast()
  const act = useAct(setMaturityResult, { refresh: ['watch'] })
  const form = useForm({
    initial: { result: row.result as string | null, renewed: null as string | null, note: '' }, check: ({ result }) => ({ result: result === null ? t('needResult') : undefined }),
    send: ({ result, renewed, note }) => act.mutateAsync({ params: { customerId: row.customerId, maturityId: row.id }, body: { result: result as 'UNKNOWN', renewedFen: renewed, note: note.trim() === '' ? null : note.trim() } }),
  })
  const money = row.amountFen !== null
  return (
    <FormDrawer title={`${t('resultTitle')} · ${row.customerName}`} open onClose={onClose} form={form} submit={t('save')} onDone={() => toast(t('saved'))}>
      <ChoiceField form={form} name="result" label={t('result')} required options={maturityResults.filter((one) => money || one === 'RENEWED' || one === 'UNKNOWN').map((value) => ({ value, label: t(value) }))} />
      {money && (form.values.result === 'RENEWED' || form.values.result === 'MOVED') && <MoneyField form={form} name="renewed" label={t('renewedFen')} hint={t('renewedHint')} />}
      <AreaField form={form} name="note" label={t('note')} max={300} />
    </FormDrawer>
  )
}

function Export({ asked, onClose }: { asked: Omit<Asked, 'when'> & { view: View }; onClose: () => void }) {
  const t = useText(watchText)
  const { kind, view, month, managerKey } = asked
  return <PurposeDrawer title={t('exportTitle')} submit={t('export')} fetch={(purpose) => download(exportMaturities, { body: { purpose, view, ...(kind === undefined ? {} : { kind }), ...(month === undefined ? {} : { month }), ...(managerKey === undefined ? {} : { managerKey: Number(managerKey) }) } })} onClose={onClose} />
}

/** Renewed or invested anew ÷ matured, by month and manager. */
function Renewal() {
  const t = useText(watchText)
  const { data, error, refetch } = useContract(getRenewalRates, { query: { months: 3 } })
  const several = new Set((data?.managers ?? []).map((row) => row.staffKey)).size > 1
  const rows = several ? [...(data?.months ?? []), ...(data?.managers ?? [])] : (data?.months ?? [])
  return (
    <Block title={t('renewal')} asOf={data?.asOf} loading={!data} error={error} onRetry={() => void refetch()}>
      {rows.length === 0 ? <EmptyState title={t('noRenewal')} /> : (
        <PlainTable
          label={t('renewal')}
          columns={[{ key: 'month', title: t('month') }, ...(several ? [{ key: 'manager', title: t('manager') }] : []), { key: 'matured', title: t('matured'), right: true }, { key: 'fen', title: t('amount'), right: true }, { key: 'renewed', title: t('renewed'), right: true }, { key: 'open', title: t('resultOpen'), right: true }, { key: 'rate', title: t('rate'), right: true }]}
          rows={rows.map((row) => ({
            key: `${row.month} ${row.staffKey}`,
            cells: [row.month, ...(several ? [row.name ?? t('all')] : []), t('pieces', { n: row.matured }), <Amount key="fen" fen={row.maturedFen} />, <Amount key="renewed" fen={row.renewedFen} />, row.open, row.ratePct === null ? t('none') : `${row.ratePct}%`],
          }))}
        />
      )}
    </Block>
  )
}
