import { Link, useParams, useSearchParams } from 'react-router'
import { useContract } from '../../ui/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { useListState } from '../../ui/useListState.ts'
import { listIndicatorRows } from '../indicator.contract.ts'
import { factNames, indicatorText, sentenceOf, valueText, wordOf } from './indicator-text.ts'

/** The rows behind a person's value, the largest first; they sum to it. */
export default function IndicatorRows() {
  const t = useText(indicatorText)
  const pick = usePick()
  const { code = '', staffKey = '' } = useParams()
  const [address] = useSearchParams()
  const month = address.get('month') ?? ''
  const list = useListState(['month'])
  const { cursor } = list.query
  const source = useContract(listIndicatorRows, { params: { code, staffKey: Number(staffKey) }, query: { month, ...(cursor === undefined ? {} : { cursor }) } })
  const { data } = source
  const indicator = data?.indicator ?? null
  const unit = indicator?.unit ?? 'NUMBER'
  const part = unit === 'PERCENT' ? 'NUMBER' : unit
  const name = indicator ? pick({ zh: indicator.name, en: indicator.nameEn }) : code
  const divided = data?.items.some((row) => row.of !== null) ?? false
  return (
    <Page>
      <PageHeader title={data ? t('rowsOf', { name: data.name, indicator: name, month }) : name} crumbs={[{ title: t('title'), to: '/indicators' }, { title: name, to: `/indicators/${code}?month=${month}` }]} {...(indicator ? { sub: sentenceOf(indicator.terms, pick) } : {})} />
      {data && <Note tone="info">{t('sumIs', { sum: valueText(data.sum, unit, t), value: valueText(data.value, unit, t) })}</Note>}
      <DataTable
        label={name} list={list} source={source} rowKey={(row) => row.key} measure="条" measureEn="{n|row|rows}" unit="yuan" empty={<EmptyState title={t('noRows')} />}
        columns={[
          { key: 'customer', title: t('customer'), show: (row) => (row.customer === null ? '--' : row.customer.name === null ? <span className="yq-quiet">{t('outOfScope')}</span> : <Link className="yq-name" to={`/customers/${row.customer.id}`}>{row.customer.name}</Link>) },
          { key: 'kind', title: t('kind'), show: (row) => pick(wordOf(factNames, row.kind)) },
          { key: 'date', title: t('date'), kind: 'date', value: (row) => row.date, form: 'data' },
          { key: 'amount', title: t('amount'), kind: 'amount', value: (row) => row.amountFen },
          { key: 'share', title: t('share'), kind: 'number', value: (row) => row.sharePct, decimals: 2 },
          { key: 'counted', title: t('counted'), right: true, show: (row) => valueText(row.counted, part, t, false) },
          ...(divided ? [{ key: 'of', title: t('of'), right: true, show: (row: { of: string | null }) => (row.of === null ? '--' : valueText(row.of, part, t, false)) }] : []),
        ]}
      />
    </Page>
  )
}
