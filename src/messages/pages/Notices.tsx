import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { call, useAct, useContract, useRefresh } from '../../ui/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PageTabs, usePageTab } from '../../ui/PageTabs.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { useUnread } from '../../ui/unread.ts'
import { useListState } from '../../ui/useListState.ts'
import { listNotices, markNotices, type NoticeShown } from '../notice.contract.ts'
import { NoticeSettings } from './NoticeSettings.tsx'
import { noticesText } from './notices-text.ts'
import './notices.css'

/** What happened that concerns me, newest first; and how I am told of it besides. */
export default function Notices() {
  const t = useText(noticesText)
  const unread = useUnread()
  const tabs = [{ key: 'all', label: t('tabAll') }, { key: 'settings', label: t('tabSettings') }]
  const tab = usePageTab(tabs)
  const mark = useAct(markNotices, { refresh: ['notices'] })
  const opening = useOpening()
  return (
    <Page>
      <PageHeader title={t('notices')} actions={tab === 'all' && unread > 0 ? <Button type="primary" loading={mark.isPending} onClick={() => mark.mutate({ body: { ids: null, read: true } })}>{t('allRead')}</Button> : undefined} />
      <PageTabs tabs={tabs} label={t('notices')} />
      {mark.error && <ErrorState error={mark.error} onRetry={() => mark.reset()} />}
      {tab === 'settings' ? <NoticeSettings /> : opening ? null : <NoticeTable />}
    </Page>
  )
}

/** A card outside leads here with the notice that it tells: it is marked as read, and the page on which one acts opens. */
function useOpening(): boolean {
  const [address, setAddress] = useSearchParams()
  const navigate = useNavigate()
  const asked = address.get('open')
  const begun = useRef<string | null>(null)
  useEffect(() => {
    if (asked === null || begun.current === asked) return
    begun.current = asked
    const stay = (): void => setAddress({}, { replace: true })
    call(listNotices, { query: { limit: 200 } }).then(async ({ items }) => {
      const found = items.find(({ id }) => id === asked)
      if (!found) return stay()
      if (!found.read) await call(markNotices, { body: { ids: [asked], read: true } })
      if (found.address === null) stay()
      else void navigate(found.address, { replace: true })
    }).catch(stay)
  }, [asked, navigate, setAddress])
  return asked !== null
}

function NoticeTable() {
  const t = useText(noticesText)
  const pick = usePick()
  const refresh = useRefresh()
  const list = useListState(['unread', 'kind'])
  const { unread, kind, cursor } = list.query
  const source = useContract(listNotices, { query: { ...(unread === 'yes' ? { unread } : {}), ...(kind === undefined ? {} : { kind }), ...(cursor === undefined ? {} : { cursor }) } })
  const mark = useAct(markNotices, { refresh: ['notices'] })
  const kinds = source.data?.kinds ?? []
  // opening is reading: told beside, the page that opens does not wait for it
  const opened = (row: NoticeShown): void => {
    if (!row.read) void call(markNotices, { body: { ids: [row.id], read: true } }).then(() => refresh('notices'), () => undefined)
  }
  return (
    <>
      {mark.error && <ErrorState error={mark.error} onRetry={() => mark.reset()} />}
      <DataTable<NoticeShown>
        label={t('notices')} list={list} source={source} rowKey={(row) => row.id} measure="条" measureEn="{n|notice|notices}"
        empty={<EmptyState title={t('none')} hint={t('noneHint')} />}
        bar={<FilterBar list={list} filters={[{ name: 'unread', label: t('state'), options: [{ value: 'yes', label: t('unreadOnly') }] }, { name: 'kind', label: t('kind'), options: kinds.map((one) => ({ value: one.code, label: pick(one) })) }]} />}
        columns={[
          { key: 'title', title: t('what'), show: (row) => (
            <span className="yq-notice" data-unread={row.read ? undefined : ''}>
              {row.address === null ? <span>{pick(row.title)}</span> : <Link to={row.address} onClick={() => opened(row)}>{pick(row.title)}</Link>}
              {!row.read && <span className="yq-sr">{t('isUnread')}</span>}
              {row.standsInFor !== null && <Tag>{t('standsInFor', { name: row.standsInFor })}</Tag>}
              {row.customer !== null && <span className="yq-small yq-quiet">{row.customer.name}</span>}
            </span>) },
          { key: 'kind', title: t('kind'), card: 'tag', show: (row) => <Tag>{pick(row.kindName)}</Tag> },
          { key: 'day', title: t('day'), show: (row) => <DateText date={row.day} /> },
          { key: 'act', title: '', card: 'action', show: (row) => (
            <Button size="small" type="text" onClick={() => mark.mutate({ body: { ids: [row.id], read: !row.read } })} aria-label={`${t(row.read ? 'markUnread' : 'markRead')} ${pick(row.title)}`}>{t(row.read ? 'markUnread' : 'markRead')}</Button>) },
        ]}
      />
    </>
  )
}
