import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { Amount } from '../../ui/Amount.tsx'
import { unitFor, unitName, type Unit } from '../../ui/amount-format.ts'
import { Block } from '../../ui/Block.tsx'
import { Change } from '../../ui/Change.tsx'
import { download, useContract } from '../../ui/client.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { isNotFound } from '../../ui/ErrorState.tsx'
import { KeyFigures } from '../../ui/KeyFigures.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { useSettings } from '../../ui/settings.ts'
import { Tag } from '../../ui/Tag.tsx'
import { aside, useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useWho } from '../../ui/who.ts'
import { exportDepositView, getDepositView, type DepositGroup, type DepositMover, type DepositView } from '../holdings.contract.ts'
import { BalanceChanges } from './DepositFigures.tsx'
import { holdingsText } from './holdings-text.ts'
import { PurposeDrawer } from '../../ui/PurposeDrawer.tsx'

/** What the deposits of one's scope are made of: the figures of 2.8, whole and by the parts that sum to them. Grouping and unit stand in the address; a manager's row opens his customers. */
export default function Deposits() {
  const t = useText(holdingsText)
  const { language } = useSettings()
  const { money } = useBank()
  const { postCode } = useWho()
  const [search, setSearch] = useSearchParams()
  const by = search.get('by')
  const unit = search.get('unit')
  const [exporting, setExporting] = useState(false)
  const { data, error, refetch, isFetching } = useContract(getDepositView, { query: { detail: 'true', ...(by === null ? {} : { by: by as DepositGroup }), ...(unit === null ? {} : { unitKey: unit }) } })
  if (isNotFound(error)) return <NotFound />
  const opens = (key: number | null): string | null => {
    if (!data || key === null) return null
    if (data.by === 'MANAGER') return postCode === 'RM' ? '/customers?sort=-adb' : `/customers?managerKey=${key}&sort=-adb`
    return `/deposits?unit=${key}&by=${data.by === 'OUTLET' || !data.groups.includes('OUTLET') ? 'MANAGER' : 'OUTLET'}`
  }
  const size = data === undefined ? 0n : BigInt(data.deposits.balanceFen)
  const scale = unitFor(size < 0n ? -size : size)
  const inUnit = (word: string): string => aside(word, unitName(scale, language, money))
  const deviation = data?.deposits.monthEndDeviation
  return (
    <Page>
      <PageHeader
        title={data?.unitName ? t('depositsOf', { name: data.unitName }) : t('depositsTitle')} crumbs={unit === null ? [] : [{ title: t('depositsBack'), to: '/deposits' }]} sub={t('depositsRule')}
        actions={data && (
          <>
            {data.groups.length > 1 && <Segmented aria-label={t('byGroup')} value={data.by} options={data.groups.map((group) => ({ value: group, label: t(group) }))} onChange={(value) => setSearch((old) => { const next = new URLSearchParams(old); next.set('by', value); return next })} />}
            {data.parts.length > 0 && <Button onClick={() => setExporting(true)}>{t('exportDeposits')}</Button>}
          </>
        )}
      />
      <Block title={t('figures')} asOf={data?.asOf} loading={!data} error={error} onRetry={() => void refetch()} updating={isFetching && data !== undefined}>
        {data && (data.parts.length === 0 ? <EmptyState title={t('depositsNone')} hint={t('depositsNoneHint')} /> : (
          <div className="yq-stack">
            <KeyFigures figures={[
              { label: t('deposits'), value: <Amount fen={data.deposits.balanceFen} />, note: <BalanceChanges deposits={data.deposits} /> },
              { label: t('monthAdb'), value: <Amount fen={data.deposits.monthAdbFen} /> },
              { label: t('yearAdb'), value: <Amount fen={data.deposits.yearAdbFen} />, note: <>{t('increment')} <Change fen={data.deposits.yearAdbIncrementFen} /></> },
              { label: t('loansNow'), value: <Amount fen={data.loanFen} />, note: deviation ? <>{t('deviation', { month: deviation.month })} {deviation.pct}% {!deviation.within && <Tag tone="yellow" icon="■">{t('over')}</Tag>}</> : undefined },
            ]} />
            <PlainTable
              label={t('depositsTitle')}
              columns={[
                { key: 'name', title: t(data.by) }, { key: 'balance', title: inUnit(t('deposits')), right: true }, { key: 'day', title: t('toYesterday'), right: true }, { key: 'month', title: t('toMonth'), right: true }, { key: 'quarter', title: t('toQuarter'), right: true }, { key: 'year', title: t('toYear'), right: true },
                { key: 'monthAdb', title: inUnit(t('monthAdb')), right: true }, { key: 'yearAdb', title: inUnit(t('yearAdb')), right: true }, { key: 'increment', title: t('increment'), right: true }, { key: 'loan', title: inUnit(t('loansNow')), right: true },
                ...(data.parts.some((part) => part.unitName !== null) ? [{ key: 'unit', title: t('unitIn') }] : []),
              ]}
              rows={data.parts.map(({ key, name, unitName: within, deposits, loanFen }) => {
                const to = opens(key)
                const shown = name ?? t(data.by === 'MANAGER' ? 'pool' : 'elsewhere')
                const change = (fen: string) => <Change key={fen} fen={fen} unit={scale} />
                return {
                  key: String(key),
                  cells: [
                    to === null ? shown : <Link key="name" to={to}>{shown}</Link>, <Amount key="balance" fen={deposits.balanceFen} unit={scale} inCell />, change(deposits.toYesterdayFen), change(deposits.toMonthBeginFen), change(deposits.toQuarterBeginFen), change(deposits.toYearBeginFen),
                    <Amount key="monthAdb" fen={deposits.monthAdbFen} unit={scale} inCell />, <Amount key="yearAdb" fen={deposits.yearAdbFen} unit={scale} inCell />, change(deposits.yearAdbIncrementFen), <Amount key="loan" fen={loanFen} unit={scale} inCell />,
                    ...(data.parts.some((part) => part.unitName !== null) ? [within ?? '--'] : []),
                  ],
                }
              })}
            />
          </div>
        ))}
      </Block>
      {data && data.kinds.length > 0 && <Kinds view={data} scale={scale} />}
      {data?.movers && data.movers.up.length + data.movers.down.length > 0 && (
        <Block title={t('toYesterday')} asOf={data.asOf}>
          <div className="yq-stack">
            <span className="yq-quiet yq-small">{t('moversRule')}</span>
            <Movers title={t('ups')} none={t('noUps')} rows={data.movers.up} />
            <Movers title={t('downs')} none={t('noDowns')} rows={data.movers.down} />
          </div>
        </Block>
      )}
      {exporting && data && <Export sent={{ by: data.by, ...(unit === null ? {} : { unitKey: Number(unit) }) }} onClose={() => setExporting(false)} />}
    </Page>
  )
}

/** The same sum by kind of customer and, within, by kind of deposit; a kind of customer opens its list. */
function Kinds({ view, scale }: { view: DepositView; scale: Unit }) {
  const t = useText(holdingsText)
  const { language } = useSettings()
  const { money } = useBank()
  const inUnit = (word: string): string => aside(word, unitName(scale, language, money))
  const cells = (deposits: DepositView['deposits']) => [
    <Amount key="balance" fen={deposits.balanceFen} unit={scale} inCell />, ...([deposits.toYesterdayFen, deposits.toMonthBeginFen, deposits.toQuarterBeginFen, deposits.toYearBeginFen] as const).map((fen, place) => <Change key={place} fen={fen} unit={scale} />),
    <Amount key="monthAdb" fen={deposits.monthAdbFen} unit={scale} inCell />, <Amount key="yearAdb" fen={deposits.yearAdbFen} unit={scale} inCell />, <Change key="increment" fen={deposits.yearAdbIncrementFen} unit={scale} />,
  ]
  return (
    <Block title={t('byKind')} asOf={view.asOf}>
      <PlainTable
        label={t('byKind')}
        columns={[
          { key: 'kind', title: t('kind') }, { key: 'balance', title: inUnit(t('deposits')), right: true }, { key: 'day', title: t('toYesterday'), right: true }, { key: 'month', title: t('toMonth'), right: true }, { key: 'quarter', title: t('toQuarter'), right: true },
          { key: 'year', title: t('toYear'), right: true }, { key: 'monthAdb', title: inUnit(t('monthAdb')), right: true }, { key: 'yearAdb', title: inUnit(t('yearAdb')), right: true }, { key: 'increment', title: t('increment'), right: true },
        ]}
        rows={[
          { key: 'sum', cells: [t('sum'), ...cells(view.deposits)] },
          ...view.kinds.map(({ customerKind, depositKind, deposits }) => ({
            key: `${customerKind} ${depositKind}`,
            cells: [depositKind === null ? <Link key="kind" to={`/customers?kind=${customerKind}&sort=-adb`}>{t(customerKind)}</Link> : <span key="kind" className="yq-quiet" style={{ whiteSpace: 'nowrap' }}>{t(customerKind)} · {t(depositKind)}</span>, ...cells(deposits)],
          })),
        ]}
      />
    </Block>
  )
}

function Movers({ title, none, rows }: { title: string; none: string; rows: readonly DepositMover[] }) {
  const t = useText(holdingsText)
  const { language } = useSettings()
  const { money } = useBank()
  if (rows.length === 0) return <span className="yq-quiet">{none}</span>
  // one unit down the column, that of the largest change: figures of two units cannot be compared by eye
  const scale = unitFor(rows.map((row) => BigInt(row.changeFen)).reduce((most, one) => (one > most ? one : -one > most ? -one : most), 0n))
  const inUnit = (word: string): string => aside(word, unitName(scale, language, money))
  return (
    <PlainTable
      label={title}
      columns={[{ key: 'customer', title }, { key: 'change', title: inUnit(t('toYesterday')), right: true }, { key: 'balance', title: inUnit(t('deposits')), right: true }, { key: 'manager', title: t('manager') }]}
      rows={rows.map((row) => ({ key: row.customerId, cells: [<Link key="name" className="yq-name" to={`/customers/${row.customerId}?tab=holdings`}>{row.name}</Link>, <Change key="change" fen={row.changeFen} unit={scale} />, <Amount key="balance" fen={row.balanceFen} unit={scale} inCell />, row.managerName ?? t('pool')] }))}
    />
  )
}

function Export({ sent, onClose }: { sent: { by: DepositGroup; unitKey?: number }; onClose: () => void }) {
  const t = useText(holdingsText)
  return <PurposeDrawer title={t('exportDeposits')} submit={t('exportDeposits')} fetch={(purpose) => download(exportDepositView, { body: { ...sent, purpose } })} onClose={onClose} />
}
