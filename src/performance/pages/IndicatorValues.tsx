import { Select } from 'antd'
import { Link, useParams, useSearchParams } from 'react-router'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { PageTabs, usePageTab } from '../../ui/PageTabs.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { aside, usePick, useText } from '../../ui/text.ts'
import { useListState } from '../../ui/useListState.ts'
import { groupings, showIndicator } from '../indicator.contract.ts'
import { indicatorText, sentenceOf, sourceNames, valueText, wordOf } from './indicator-text.ts'

/** Values of a month by manager, team or outlet; each manager's opens to its rows. */
export default function IndicatorValues() {
  const t = useText(indicatorText)
  const pick = usePick()
  const { code = '' } = useParams()
  const [address, setAddress] = useSearchParams()
  const month = address.get('month')
  const tabs = [{ key: 'MANAGER', label: t('byManager') }, { key: 'TEAM', label: t('byTeam') }, { key: 'OUTLET', label: t('byOutlet') }]
  const tab = usePageTab(tabs, 'by')
  const by = groupings.find((one) => one === tab) ?? 'MANAGER'
  const list = useListState(['month', 'by'])
  const { cursor } = list.query
  const source = useContract(showIndicator, { params: { code }, query: { by, ...(month === null ? {} : { month }), ...(cursor === undefined ? {} : { cursor }) } })
  const { data } = source
  const indicator = data?.indicator ?? null
  const unit = indicator?.unit ?? 'NUMBER'
  const choose = (value: string): void => setAddress(new URLSearchParams([...[...address].filter(([key]) => key !== 'month' && key !== 'cursor'), ['month', value]]))
  return (
    <Page>
      <PageHeader
        title={indicator ? pick({ zh: indicator.name, en: indicator.nameEn }) : code} crumbs={[{ title: t('title'), to: '/indicators' }]} {...(indicator ? { sub: sentenceOf(indicator.terms, pick) } : {})}
        actions={data && data.months.length > 0 && <Select aria-label={t('month')} value={data.month ?? ''} options={data.months.map((value) => ({ value, label: value }))} onChange={choose} style={{ minWidth: 120 }} />}
      />
      {data && indicator && (
        <Block title={t('definition')} {...(data.asOf === null ? {} : { asOf: data.asOf })}>
          <Facts facts={[
            { label: t('total'), value: <strong>{valueText(data.total, unit, t)}</strong> }, { label: t('people'), value: data.people }, { label: t('direction'), value: t(indicator.direction) },
            { label: t('source'), value: pick(wordOf(sourceNames, indicator.terms.source)) }, { label: t('owner'), value: indicator.owner }, { label: t('from'), value: `${indicator.from} · ${t('version', { n: indicator.version })}` },
          ]} />
        </Block>
      )}
      <PageTabs tabs={tabs} label={t('title')} name="by" />
      <DataTable
        label={indicator ? pick({ zh: indicator.name, en: indicator.nameEn }) : code} list={list} source={source} rowKey={(row) => row.key} measure={by === 'MANAGER' ? '人' : '个'} measureEn={by === 'MANAGER' ? '{n|person|people}' : '{n|unit|units}'}
        empty={<EmptyState title={data?.asOf === null ? t('notWorked') : t('nobody')} hint={data?.asOf === null ? t('notWorkedHint') : undefined} />}
        columns={[
          { key: 'name', title: t(by === 'MANAGER' ? 'manager' : by === 'TEAM' ? 'team' : 'outlet'), show: (row) => (row.staffKey !== null && data?.mayOpenRows ? <Link to={`/indicators/${code}/people/${row.staffKey}?month=${data.month ?? ''}`}>{row.name}</Link> : row.name) },
          ...(by === 'MANAGER' ? [{ key: 'staffNo', title: t('staffNo'), show: (row: { staffNo: string | null }) => row.staffNo ?? '' }, { key: 'unit', title: t('line'), show: (row: { unitName: string }) => row.unitName }] : [{ key: 'people', title: t('people'), kind: 'number' as const, decimals: 0, value: (row: { people: number }) => row.people }]),
          { key: 'value', title: unit === 'FEN' ? aside(t('value'), t('yuan')) : t('value'), right: true, card: 'tag', show: (row) => valueText(row.value, unit, t, false) },
          { key: 'facts', title: t('facts'), kind: 'number', decimals: 0, value: (row) => row.facts },
        ]}
      />
    </Page>
  )
}
