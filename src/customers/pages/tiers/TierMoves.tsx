import { Button } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { monthOf, shiftMonth } from '../../../foundation/values/business-date.ts'
import { Block } from '../../../ui/Block.tsx'
import { download, useContract } from '../../../ui/client.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FilterBar } from '../../../ui/FilterBar.tsx'
import { Meter } from '../../../ui/Meter.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { usePhone } from '../../../ui/settings.ts'
import { Tag } from '../../../ui/Tag.tsx'
import { mark, useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useListState } from '../../../ui/useListState.ts'
import { useMay } from '../../../ui/who.ts'
import { exportTierMoves, listTierMoves, moveStates, readTierMatrix, tiers, type MoveFilters } from '../../tiers/tier.contract.ts'
import { MoveActions, MoveState, useMoveReason } from './MoveActions.tsx'
import { tierText } from './tier-text.ts'
import { PurposeDrawer } from '../../../ui/PurposeDrawer.tsx'

/** Who moved from which tier to which, when: the matrix opens to the customers; moves of core customers are confirmed here. */
export default function TierMoves() {
  const t = useText(tierText)
  const list = useListState(['state', 'month', 'from', 'to'])
  const { state, month, from, to, cursor } = list.query
  const oneOf = <T extends string>(value: string | undefined, all: readonly T[]): T | undefined => all.find((one) => one === value)
  const filters: MoveFilters = { state: oneOf(state, moveStates), from: oneOf(from, tiers), to: oneOf(to, tiers), ...(month !== undefined && /^\d{4}-\d{2}$/.test(month) ? { month } : {}) }
  const source = useContract(listTierMoves, { query: { ...filters, ...(cursor === undefined ? {} : { cursor }) } })
  const may = useMay()
  const reasonOf = useMoveReason()
  const [exporting, setExporting] = useState(false)
  const { today } = useBank()
  const months = Array.from({ length: 24 }, (_, back) => shiftMonth(monthOf(today), -back))
  const tierOptions = tiers.map((value) => ({ value, label: t(value) }))
  return (
    <Page>
      <PageHeader title={t('title')} sub={t('sub')} actions={may('tier.export') && <Button onClick={() => setExporting(true)}>{t('export')}</Button>} />
      <Overview />
      <DataTable
        label={t('moves')} list={list} source={source} rowKey={(row) => row.id} measure="项" measureEn="{n|move|moves}" rowTo={(row) => `/customers/${row.customerId}?tab=value`} unit="wan"
        columns={[
          { key: 'name', title: t('customer'), show: (row) => <Link className="yq-name" to={`/customers/${row.customerId}?tab=value`}>{row.name}</Link> },
          { key: 'fromTo', title: t('fromTo'), show: (row) => <span style={{ whiteSpace: 'nowrap' }}>{t('matrixOf', { from: t(row.from), to: t(row.to) })}</span> },
          { key: 'state', title: t('state'), show: (row) => <MoveState state={row.state} />, card: 'tag' },
          { key: 'effective', title: t('effective'), kind: 'date', value: (row) => row.effectiveOn },
          { key: 'adb', title: t('adb'), kind: 'amount', value: (row) => row.adbFen },
          { key: 'reason', title: t('reason'), show: (row) => <>{reasonOf(row)}{row.decidedBy !== null && <span className="yq-quiet"> · {row.decidedBy} {row.decidedOn}{row.decisionNote === null ? '' : `${mark('：')}${row.decisionNote}`}</span>}</> },
          { key: 'manager', title: t('manager'), show: (row) => row.managerName ?? '--' },
          { key: 'proposed', title: t('proposed'), kind: 'date', value: (row) => row.proposedOn, optional: true },
          ...(source.data?.items.some((row) => row.state === 'WAITING') === true ? [{ key: 'act', title: t('act'), show: (row: Row) => (row.state === 'WAITING' ? <MoveActions customerId={row.customerId} name={row.name} move={row} /> : null), card: 'action' as const }] : []),
        ]}
        bar={<FilterBar list={list} filters={[
          { name: 'month', label: t('effectiveMonth'), options: months.map((value) => ({ value, label: value })) },
          { name: 'state', label: t('state'), options: moveStates.map((value) => ({ value, label: t(value) })) }, { name: 'from', label: t('from'), options: tierOptions }, { name: 'to', label: t('to'), options: tierOptions },
        ]} views={[{ label: t('WAITING'), filters: { state: 'WAITING' } }]} />}
        empty={<EmptyState title={t('noMoves')} />}
      />
      {exporting && <Export filters={filters} onClose={() => setExporting(false)} />}
    </Page>
  )
}

function Export({ filters, onClose }: { filters: MoveFilters; onClose: () => void }) {
  const t = useText(tierText)
  return <PurposeDrawer title={t('exportTitle')} submit={t('export')} fetch={(purpose) => download(exportTierMoves, { body: { ...filters, purpose } })} onClose={onClose} />
}

type Row = NonNullable<ReturnType<typeof useContract<typeof listTierMoves>>['data']>['items'][number]
const count = (n: number): string => n.toLocaleString('en-US')
const spans = ['6', '12', '24'] as const

/** What waits, how many stand where, and who moved when. */
function Overview() {
  const t = useText(tierText)
  const [address, setAddress] = useSearchParams()
  const span = spans.find((one) => one === address.get('months')) ?? '12'
  const { data, error, refetch } = useContract(readTierMatrix, { query: { months: span } })
  const block = { asOf: data?.asOf, loading: !data, error: data ? undefined : error, onRetry: () => void refetch() }
  return (
    <>
      {data && data.waiting > 0 && data.oldestWaiting !== null && <Note tone="warning">{t('waitingAlert', { n: data.waiting, day: data.oldestWaiting })} <Link to={`?${new URLSearchParams({ months: span, state: 'WAITING' }).toString()}`}>{t('seeWaiting')}</Link></Note>}
      <div className="yq-grid" data-columns="1-2">
        <Block title={t('distribution')} {...block}>{data && <Distribution held={data.held} />}</Block>
        <Block
          title={t('matrix')} {...block}
          actions={spans.map((value) => <Button key={value} size="small" aria-pressed={span === value} type={span === value ? 'primary' : 'default'} ghost={span === value} onClick={() => setAddress({ months: value }, { replace: true })}>{t(value === '6' ? 'month6' : value === '12' ? 'month12' : 'month24')}</Button>)}
        >
          {data && <Matrix months={data.months} cells={data.cells} span={span} />}
        </Block>
      </div>
    </>
  )
}

type Overviewed = NonNullable<ReturnType<typeof useContract<typeof readTierMatrix>>['data']>

/** How the customers spread over the tiers: a bar beside each figure, and the figure opens its customers. */
function Distribution({ held }: { held: Overviewed['held'] }) {
  const t = useText(tierText)
  const phone = usePhone()
  const all = held.reduce((sum, one) => sum + one.customers, 0)
  const of = (tier: (typeof tiers)[number]): number => held.find((one) => one.tier === tier)?.customers ?? 0
  if (all === 0) return <EmptyState title={t('noCustomers')} />
  return (
    <>
      <p className="yq-quiet">{t('distributionTold', { core: count(of('T1')), key: count(of('T2')), all: count(all) })}</p>
      <PlainTable
        label={t('distribution')} columns={[{ key: 'tier', title: t('panel') }, { key: 'n', title: t('customers'), right: true }, { key: 'share', title: t('share'), right: true }, ...(phone ? [] : [{ key: 'bar', title: '' }])]}
        rows={tiers.map((tier) => ({
          key: tier,
          cells: [
            tier === 'T1' ? <Tag tone="tier" icon="★">{t(tier)}</Tag> : t(tier), <Link to={tier === 'P' ? '/customers?status=PROSPECT' : `/customers?tier=${tier}`} aria-label={`${t(tier)} ${of(tier)}`}>{count(of(tier))}</Link>,
            `${((of(tier) * 100) / all).toFixed(2)}%`, ...(phone ? [] : [<Meter key="bar" ratio={String(of(tier) / all)} />]),
          ],
        }))}
      />
    </>
  )
}

/** Columns are months, rows the ways between tiers; on the phone each way names the months in which somebody went it. Sum and newest month stand where they are seen first; months before anybody moved are left out. */
function Matrix({ months: all, cells, span }: { months: readonly string[]; cells: Overviewed['cells']; span: string }) {
  const t = useText(tierText)
  const phone = usePhone()
  const first = cells.map((cell) => cell.month).sort()[0] ?? ''
  const months = all.filter((month) => month >= first).reverse()
  const ways = [...new Set(cells.filter((cell) => months.includes(cell.month)).map((cell) => `${cell.from} ${cell.to}`))].sort()
  const found = (month: string | null, way: string): number => cells.filter((cell) => `${cell.from} ${cell.to}` === way && (month === null ? months.includes(cell.month) : cell.month === month)).reduce((sum, cell) => sum + cell.customers, 0)
  const most = Math.max(1, ...cells.map((cell) => cell.customers))
  const named = (way: string): string => {
    const [from, to] = way.split(' ').map((code) => tiers.find((tier) => tier === code) ?? 'T4')
    return t('matrixOf', { from: t(from ?? 'T4'), to: t(to ?? 'T4') })
  }
  const link = (month: string | null, way: string): string => {
    const [from = '', to = ''] = way.split(' ')
    return `?${new URLSearchParams({ months: span, ...(month === null ? {} : { month }), from, to }).toString()}`
  }
  if (ways.length === 0) return <EmptyState title={t('noMoves')} />
  return (
    <>
      <PlainTable
        label={t('matrix')} stack="short" columns={[{ key: 'way', title: t('fromTo') }, { key: 'total', title: t('total'), right: true }, ...months.map((month) => ({ key: month, title: month.slice(2), right: true }))]}
        rows={ways.map((way) => ({
          key: way,
          cells: [
            <span style={{ whiteSpace: 'nowrap' }}>{named(way)}</span>, <Link to={link(null, way)} aria-label={`${named(way)} ${found(null, way)}`}><strong>{count(found(null, way))}</strong></Link>,
            ...months.map((month) => {
              const n = found(month, way)
              return n === 0 ? (phone ? null : <span className="yq-quiet">--</span>) : <Link style={{ fontWeight: n * 3 > most ? 600 : 400 }} to={link(month, way)} aria-label={`${month} ${named(way)} ${n}`}>{count(n)}</Link>
            }),
          ],
        }))}
      />
      <p className="yq-small yq-quiet">{t('matrixHint')}</p>
    </>
  )
}
