import { Button } from 'antd'
import { Link, useNavigate } from 'react-router'
import { useContract } from '../../ui/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Deadline } from '../../ui/Deadline.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PageTabs, usePageTab } from '../../ui/PageTabs.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { mark, useText } from '../../ui/text.ts'
import { useListState } from '../../ui/useListState.ts'
import { useMay } from '../../ui/who.ts'
import { listForms, listReviews, type FormLine } from '../form.contract.ts'
import { formsText } from './forms-text.ts'
import { Reviews } from './Reviews.tsx'

type Which = 'mine' | 'asked' | 'line'

/** 收表: what I must fill in, what I collect, what people beneath me were asked. */
export default function CollectionForms() {
  const t = useText(formsText)
  const may = useMay()
  const navigate = useNavigate()
  const waiting = useContract(listReviews, { query: {} })
  const tabs = [{ key: 'mine', label: t('mine') }, ...(may('form.collect') ? [{ key: 'asked', label: t('asked') }] : []), { key: 'line', label: t('line') }, ...(may('form.collect') || (waiting.data?.items.length ?? 0) > 0 ? [{ key: 'reviews', label: t('reviews') }] : [])]
  const tab = usePageTab(tabs) as Which | 'reviews'
  return (
    <Page>
      <PageHeader title={t('forms')} actions={may('form.collect') && <Button type="primary" onClick={() => void navigate('/collection-forms/new')}>{t('build')}</Button>} />
      <PageTabs tabs={tabs} label={t('forms')} />
      {tab === 'reviews' ? <Reviews /> : <Forms key={tab} which={tab} />}
    </Page>
  )
}

function Forms({ which }: { which: Which }) {
  const t = useText(formsText)
  const list = useListState(['over'])
  const { cursor, over } = list.query
  const source = useContract(listForms, { query: { list: which, ...(over === 'true' ? { over: 'true' } : {}), ...(cursor === undefined ? {} : { cursor }) } })
  const to = (row: FormLine): string => (which === 'mine' && row.mine ? `/collection-answers/${row.mine.answerId}` : `/collection-forms/${row.id}`)
  const waits = (row: FormLine): boolean => row.state === 'OPEN' && (row.mine?.state === 'OPEN' || row.mine?.state === 'RETURNED')
  return (
    <DataTable<FormLine>
      label={t(which)} list={list} source={source} rowKey={(row) => row.id} measure="份" measureEn="{n|form|forms}" rowTo={to} empty={<EmptyState title={which === 'mine' ? t('noneMine') : which === 'asked' ? t('noneAsked') : t('noneLine')} hint={t('noneHint')} />}
      bar={<FilterBar list={list} filters={[{ name: 'over', label: t('show'), options: [{ value: 'true', label: t('over') }] }]} />}
      columns={[
        { key: 'title', title: t('title'), show: (row) => <><Link className="yq-name" to={to(row)}>{row.title}</Link> <span className="yq-quiet yq-small yq-num">{row.number}</span></> },
        { key: 'state', title: t('state'), card: 'tag', show: (row) => (which === 'mine' && row.mine
          ? <Tag tone={row.mine.state === 'SUBMITTED' ? 'success' : row.mine.state === 'WAITING' ? 'warning' : row.mine.late ? 'error' : row.mine.state === 'RETURNED' ? 'warning' : 'info'} {...(waits(row) && row.mine.late ? { icon: '⬣' } : {})}>{waits(row) && row.mine.late ? `${t(`A_${row.mine.state}`)} · ${t('late')}` : t(`A_${row.mine.state}`)}</Tag>
          : <Tag tone={row.state === 'OPEN' ? 'info' : row.state === 'CLOSED' ? 'success' : 'plain'}>{t(row.state)}</Tag>) },
        { key: 'collector', title: t('collector'), show: (row) => `${row.collector.name}${mark('（')}${row.unitName}${mark('）')}` },
        ...(which === 'mine' ? [] : [{ key: 'progress', title: t('progress'), right: true, show: (row: FormLine) => <><span className="yq-num">{row.counts.submitted}/{row.counts.all}</span>{row.counts.waiting > 0 && <div className="yq-small yq-quiet yq-num">{t('waitingCount', { n: row.counts.waiting })}</div>}</> }, { key: 'late', title: t('late'), right: true, show: (row: FormLine) => <span className="yq-num">{row.counts.late}</span> }]),
        { key: 'due', title: t('due'), show: (row) => <Deadline date={row.dueOn} done={row.state !== 'OPEN' || (which === 'mine' && !waits(row))} /> },
      ]}
    />
  )
}
