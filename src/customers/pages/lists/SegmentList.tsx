import { Button } from 'antd'
import { Link, useNavigate } from 'react-router'
import { useContract } from '../../../ui/client.ts'
import { DataTable, rowsSource } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { usePostName } from '../../../ui/ShareFields.tsx'
import { aside, useText } from '../../../ui/text.ts'
import { useListState } from '../../../ui/useListState.ts'
import { listSegments, type SegmentView } from '../../lists/segment.contract.ts'
import { listsText } from './lists-text.ts'

/** My segments and those shared with me. */
export default function SegmentList() {
  const t = useText(listsText)
  const postName = usePostName()
  const navigate = useNavigate()
  const list = useListState([])
  const { data, error, refetch } = useContract(listSegments, {})
  const make = (): void => void navigate('/segments/new')
  if (error && !data) return <Page><ErrorState error={error} onRetry={() => void refetch()} /></Page>
  return (
    <Page>
      <PageHeader title={t('segments')} actions={<Button type="primary" onClick={make}>{t('newSegment')}</Button>} />
      <DataTable<SegmentView>
        label={t('segments')} list={list} source={rowsSource(data?.items)} rowKey={(row) => row.id} rowTo={(row) => `/segments/${row.id}`} onNew={make}
        columns={[
          { key: 'name', title: t('name'), show: (row) => <Link className="yq-name" to={`/segments/${row.id}`}>{row.name}</Link> },
          { key: 'shared', title: t('sharing'), card: 'tag', show: (row) => (row.mine ? row.shared ? <Tag>{row.sharedPost === null ? t('sharedLine') : aside(t('sharedLine'), postName(row.sharedPost))}</Tag> : <span className="yq-quiet">{t('sharedNone')}</span> : <Tag>{t('sharedBy', { name: row.ownerName })}</Tag>) },
          { key: 'about', title: t('about'), show: (row) => row.about ?? '--', card: 'none' },
          { key: 'conditions', title: t('conditionCount'), kind: 'number', value: (row) => row.definition.groups.reduce((sum, group) => sum + group.conditions.length, 0) },
          { key: 'changed', title: t('changedAt'), kind: 'moment', value: (row) => row.changedAt, card: 'none' },
          { key: 'open', title: '', card: 'action', show: (row) => <Link to={`/customers?segment=${row.id}`}>{t('openInList')}</Link> },
        ]}
        empty={<EmptyState title={t('noSegments')} hint={t('noSegmentsHint')} action={<Button onClick={make}>{t('newSegment')}</Button>} />}
      />
    </Page>
  )
}
