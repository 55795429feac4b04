import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { commitmentKinds, commitmentViews, exportCommitments, listCommitments, type Commitment } from '../../reports/commitments.contract.ts'
import { download, useContract } from '../../ui/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { useListState } from '../../ui/useListState.ts'
import { useMay, useWho } from '../../ui/who.ts'
import { commitmentsText } from './commitments-text.ts'
import { PurposeDrawer } from '../../ui/PurposeDrawer.tsx'

type Asked = { cursor?: string; kind?: Commitment['kind']; staffKey?: string }

/** What was promised and planned and waits, by its day: one's own, and of the customers whom one sees. */
export default function Commitments() {
  const t = useText(commitmentsText)
  const may = useMay()
  const { postCode } = useWho()
  const [address, setAddress] = useSearchParams()
  const list = useListState(['kind', 'whose', 'when', 'staffKey'])
  const { kind, staffKey, cursor } = list.query as Asked
  const whose = address.get('whose') === 'SCOPE' || staffKey !== undefined ? 'SCOPE' : address.get('whose') === 'MINE' || postCode === 'RM' ? 'MINE' : 'SCOPE'
  const view = commitmentViews.find((one) => one === address.get('when')) ?? 'OPEN'
  const asked = { whose, view, ...(kind === undefined ? {} : { kind }), ...(staffKey === undefined ? {} : { staffKey: Number(staffKey) }) } as const
  const source = useContract(listCommitments, { query: { ...asked, ...(cursor === undefined ? {} : { cursor }), limit: 50 } })
  const [exporting, setExporting] = useState(false)
  const put = (patch: Record<string, string | null>): void => {
    const next = new URLSearchParams(address)
    next.delete('at')
    for (const [name, value] of Object.entries(patch)) value === null ? next.delete(name) : next.set(name, value)
    setAddress(next)
  }
  return (
    <Page>
      <PageHeader title={t('title')} sub={t('sub')} actions={may('watch.export') && (source.data?.items.length ?? 0) > 0 && <Button onClick={() => setExporting(true)}>{t('export')}</Button>} />
      <div className="yq-row">
        <Segmented aria-label={t('whose')} value={whose} options={[{ value: 'MINE', label: t('MINE') }, { value: 'SCOPE', label: t(postCode === 'RM' ? 'SCOPE' : 'team') }]} onChange={(value) => put({ whose: value, staffKey: null })} />
        <Segmented aria-label={t('view')} value={view} options={commitmentViews.map((value) => ({ value, label: t(value) }))} onChange={(value) => put({ when: value })} />
      </div>
      <DataTable<Commitment>
        label={t('title')} list={list} source={source} rowKey={(row) => row.id} measure="项" measureEn="{n|item|items}" rowTo={(row) => row.address}
        bar={<FilterBar list={list} filters={[{ name: 'kind', label: t('kind'), options: commitmentKinds.map((value) => ({ value, label: t(value) })) }]} />}
        columns={[
          { key: 'customer', title: t('customer'), show: (row) => <span className="yq-row"><Link className="yq-name" to={`/customers/${row.customerId}`}>{row.customerName}</Link>{row.tier === 'T1' && <Tag tone="tier" icon="★">{t('core')}</Tag>}</span> },
          { key: 'what', title: t('what'), show: (row) => row.what },
          { key: 'kind', title: t('kind'), show: (row) => t(row.kind) },
          { key: 'due', title: t('dueOn'), card: 'tag', show: (row) => <span className="yq-row"><DateText date={row.dueOn} />{row.daysPast > 0 && <Tag tone="error" icon="⬣">{t('late', { n: row.daysPast })}</Tag>}</span> },
          { key: 'who', title: t('who'), show: (row) => row.staffName },
          { key: 'action', title: t('do'), card: 'none', show: (row) => <Link to={row.address}>{t(row.kind === 'OURS' || row.kind === 'THEIRS' ? 'open' : 'record')}</Link> },
        ]}
        empty={<EmptyState title={t('none')} hint={t('noneHint')} />}
      />
      {exporting && <Export asked={asked} onClose={() => setExporting(false)} />}
    </Page>
  )
}

function Export({ asked, onClose }: { asked: { whose: 'MINE' | 'SCOPE'; view: (typeof commitmentViews)[number]; kind?: Commitment['kind']; staffKey?: number }; onClose: () => void }) {
  const t = useText(commitmentsText)
  return <PurposeDrawer title={t('export')} submit={t('export')} fetch={(purpose) => download(exportCommitments, { body: { ...asked, purpose } })} onClose={onClose} />
}
