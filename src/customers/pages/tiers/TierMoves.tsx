import { Button } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { Block } from '../../../ui/Block.tsx'
import { useContract } from '../../../ui/client.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FilterBar } from '../../../ui/FilterBar.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { usePhone } from '../../../ui/settings.ts'
import { useText } from '../../../ui/text.ts'
import { useListState } from '../../../ui/useListState.ts'
import { listTierMoves, moveStates, readTierMatrix, tiers } from '../../tiers/tier.contract.ts'
import { MoveActions, MoveState } from './MoveActions.tsx'
import { tierText } from './tier-text.ts'

/** Who moved from which tier to which, when: the matrix opens to the customers; moves of core customers are confirmed here. */
export default function TierMoves() {
  const t = useText(tierText)
  const list = useListState(['state', 'month', 'from', 'to'])
  const { state, month, from, to, cursor } = list.query
  const oneOf = <T extends string>(value: string | undefined, all: readonly T[]): T | undefined => all.find((one) => one === value)
  const source = useContract(listTierMoves, { query: { state: oneOf(state, moveStates), from: oneOf(from, tiers), to: oneOf(to, tiers), ...(month !== undefined && /^\d{4}-\d{2}$/.test(month) ? { month } : {}), ...(cursor === undefined ? {} : { cursor }) } })
  const tierOptions = tiers.map((value) => ({ value, label: t(value) }))
  return (
    <Page>
      <PageHeader title={t('title')} sub={t('sub')} />
      <Matrix />
      <DataTable
        label={t('moves')} list={list} source={source} rowKey={(row) => row.id} measure="项" measureEn="moves" rowTo={(row) => `/customers/${row.customerId}?tab=value`} unit="wan"
        columns={[
          { key: 'name', title: t('customer'), show: (row) => <Link className="yq-name" to={`/customers/${row.customerId}?tab=value`}>{row.name}</Link> },
          { key: 'fromTo', title: t('fromTo'), show: (row) => <span style={{ whiteSpace: 'nowrap' }}>{t('matrixOf', { from: t(row.from), to: t(row.to) })}</span> },
          { key: 'state', title: t('state'), show: (row) => <MoveState state={row.state} />, card: 'tag' },
          { key: 'adb', title: t('adb'), kind: 'amount', value: (row) => row.adbFen },
          { key: 'reason', title: t('reason'), show: (row) => <>{row.reason}{row.decisionNote !== null && <span className="yq-quiet"> · {row.decidedBy ?? ''} {row.decisionNote}</span>}</> },
          { key: 'effective', title: t('effective'), kind: 'date', value: (row) => row.effectiveOn },
          { key: 'proposed', title: t('proposed'), kind: 'date', value: (row) => row.proposedOn },
          { key: 'manager', title: t('manager'), show: (row) => row.managerName ?? '--' },
          { key: 'act', title: t('act'), show: (row) => (row.state === 'WAITING' ? <MoveActions customerId={row.customerId} name={row.name} move={row} /> : row.decidedBy === null ? '--' : `${row.decidedBy} ${row.decidedOn ?? ''}`), card: 'action' },
        ]}
        bar={<FilterBar list={list} filters={[
          { name: 'state', label: t('state'), options: moveStates.map((value) => ({ value, label: t(value) })) }, { name: 'from', label: t('from'), options: tierOptions }, { name: 'to', label: t('to'), options: tierOptions },
        ]} views={[{ label: t('WAITING'), filters: { state: 'WAITING' } }]} />}
        empty={<EmptyState title={t('noMoves')} />}
      />
    </Page>
  )
}

/** Columns are months, rows the ways between tiers; on the phone the last three months. */
function Matrix() {
  const t = useText(tierText)
  const phone = usePhone()
  const [address, setAddress] = useSearchParams()
  const span = address.get('months') === '24' ? '24' : address.get('months') === '6' ? '6' : '12'
  const { data, error, refetch } = useContract(readTierMatrix, { query: { months: span } })
  const months = (data?.months ?? []).slice(phone ? -3 : 0)
  const ways = [...new Set((data?.cells ?? []).filter((cell) => months.includes(cell.month)).map((cell) => `${cell.from} ${cell.to}`))].sort()
  const found = (month: string | null, way: string): number => (data?.cells ?? []).filter((cell) => `${cell.from} ${cell.to}` === way && (month === null ? months.includes(cell.month) : cell.month === month)).reduce((sum, cell) => sum + cell.customers, 0)
  const most = Math.max(1, ...(data?.cells ?? []).map((cell) => cell.customers))
  const named = (way: string): string => {
    const [from, to] = way.split(' ').map((code) => tiers.find((tier) => tier === code) ?? 'T4')
    return t('matrixOf', { from: t(from ?? 'T4'), to: t(to ?? 'T4') })
  }
  const link = (month: string, way: string): string => {
    const [from = '', to = ''] = way.split(' ')
    return `?${new URLSearchParams({ months: span, month, from, to }).toString()}`
  }
  return (
    <Block
      title={t('matrix')} asOf={data?.asOf} loading={!data} error={data ? undefined : error} onRetry={() => void refetch()}
      actions={(['6', '12', '24'] as const).map((value) => <Button key={value} size="small" aria-pressed={span === value} type={span === value ? 'primary' : 'default'} ghost={span === value} onClick={() => setAddress({ months: value }, { replace: true })}>{t(value === '6' ? 'month6' : value === '12' ? 'month12' : 'month24')}</Button>)}
    >
      {data && data.waiting > 0 && data.oldestWaiting !== null && <Note tone="warning">{t('waitingAlert', { n: data.waiting, day: data.oldestWaiting })} <Link to={`?${new URLSearchParams({ months: span, state: 'WAITING' }).toString()}`}>{t('seeWaiting')}</Link></Note>}
      {ways.length === 0 ? <EmptyState title={t('noMoves')} /> : (
        <div style={{ overflowX: 'auto' }} role="region" aria-label={t('matrix')} tabIndex={0}>
          <PlainTable
            label={t('matrix')} columns={[{ key: 'way', title: t('fromTo') }, ...months.map((month) => ({ key: month, title: month, right: true })), { key: 'total', title: t('total'), right: true }]}
            rows={ways.map((way) => ({
              key: way,
              cells: [
                <span key="way" style={{ whiteSpace: 'nowrap' }}>{named(way)}</span>,
                ...months.map((month) => {
                  const n = found(month, way)
                  return n === 0 ? <span key={month} className="yq-quiet">--</span> : <Link key={month} className="yq-num" style={{ fontWeight: n * 3 > most ? 600 : 400 }} to={link(month, way)} aria-label={`${month} ${named(way)} ${n}`}>{n}</Link>
                }),
                <strong key="total" className="yq-num">{found(null, way)}</strong>,
              ],
            }))}
          />
          <p className="yq-small yq-quiet">{t('matrixHint')}</p>
        </div>
      )}
    </Block>
  )
}

