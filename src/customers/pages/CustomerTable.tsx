import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useContract } from '../../ui/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { useListState } from '../../ui/useListState.ts'
import { useMay } from '../../ui/who.ts'
import { listCustomers, type CustomerRow } from '../customer.contract.ts'
import type { Selection } from '../lists/batch.contract.ts'
import { listSegments } from '../lists/segment.contract.ts'
import { listTags } from '../lists/tag.contract.ts'
import type { FindPeople } from './CustomerForms.tsx'
import { customersText } from './customers-text.ts'
import { AssignDrawer, PlanDrawer, TagDrawer } from './lists/BatchDrawers.tsx'
import { ExportDrawer } from './lists/ExportDrawer.tsx'
import { listsText } from './lists/lists-text.ts'

type Option = { value: string; label: string }

/** The list of customers: one search box, filters, order; everything in the address. `outlets` and `managers` come from the organisation. */
export function CustomerTable({ outlets, managers, above, findPeople }: { outlets: readonly Option[]; managers: readonly Option[]; above?: React.ReactNode; findPeople: FindPeople }) {
  const t = useText(customersText)
  const w = useText(listsText)
  const may = useMay()
  const navigate = useNavigate()
  const list = useListState(['segment', 'tag', 'kind', 'tier', 'status', 'outletKey', 'managerKey'], { sort: { by: 'adb', descending: true } })
  const [exporting, setExporting] = useState<NonNullable<Selection['filters']> | null>(null)
  const [batch, setBatch] = useState<{ act: 'tag' | 'plan' | 'assign'; selection: Selection } | null>(null)
  const asked = list.query as Sent & { cursor?: string }
  const segments = useContract(listSegments, {}, { enabled: may('customer.segment') })
  const tags = useContract(listTags, {})
  const source = useContract(listCustomers, { query: { ...asked, limit: 50 } })
  const options = (codes: readonly (keyof typeof customersText)[]): Option[] => codes.map((code) => ({ value: code, label: (t as (key: string) => string)(code) }))
  const mayCreate = may('customer.create')
  const begin = (act: 'tag' | 'plan' | 'assign') => (ids: readonly string[] | null): void => setBatch({ act, selection: ids === null ? { filters: inBody(asked) } : { ids: [...ids] } })
  const batches = !may('customer.batch') ? [] : [
    ...(may('customer.batch-assign') ? [{ label: w('assign'), run: begin('assign') }] : []), { label: w('tagIt'), run: begin('tag') }, { label: w('plan'), run: begin('plan') },
    ...(may('customer.export') ? [{ label: w('export'), run: (ids: readonly string[] | null) => setExporting(ids === null ? inBody(asked) : { ids: [...ids], sort: '-adb' }) }] : []),
  ]
  const done = (): void => setBatch(null)

  return (
    <Page>
      <PageHeader title={t('title')} actions={
        <>
          {may('customer.import') && <Button onClick={() => void navigate('/customer-imports')}>{w('import')}</Button>}
          {mayCreate && <Button type="primary" onClick={() => void navigate('/customers/new')}>{t('newCustomer')}</Button>}
        </>
      } />
      {above}
      <DataTable<CustomerRow>
        label={t('title')} list={list} source={source} rowKey={(row) => row.customerId} measure="位" measureEn="{n|customer|customers}" rowTo={(row) => `/customers/${row.customerId}`}
        {...(mayCreate ? { onNew: () => void navigate('/customers/new') } : {})}
        batch={batches}
        bar={<FilterBar list={list} search={{ placeholder: t('search') }} saved="customers" filters={[
          { name: 'tier', label: t('tier'), options: options(['T1', 'T2', 'T3', 'T4', 'P']) },
          { name: 'kind', label: t('kind'), options: options(['CORPORATE', 'PERSON']) },
          { name: 'status', label: t('status'), options: options(['ACTIVE', 'PROSPECT', 'CLOSED']) },
          ...(outlets.length > 1 ? [{ name: 'outletKey', label: t('outlet'), options: outlets, long: true }] : []),
          ...((segments.data?.items ?? []).length > 0 ? [{ name: 'segment', label: w('segment'), long: true, options: (segments.data?.items ?? []).map((one) => ({ value: one.id, label: one.name })) }] : []),
          ...((tags.data?.items ?? []).length > 0 ? [{ name: 'tag', label: w('tag'), long: true, options: (tags.data?.items ?? []).map((one) => ({ value: one.id, label: one.word })) }] : []),
          ...(managers.length > 1 ? [{ name: 'managerKey', label: t('manager'), options: managers, long: true }] : []),
        ]} />}
        tools={may('customer.export') && <Button size="small" onClick={() => setExporting(inBody(asked))}>{t('export')}</Button>}
        columns={[
          { key: 'name', title: t('name'), sort: true, show: (row) => <Link className="yq-name" to={`/customers/${row.customerId}`}>{row.name}</Link> },
          { key: 'tier', title: t('tier'), card: 'tag', show: (row) => (row.tier === 'T1' ? <Tag tone="tier" icon="★">{t('T1')}</Tag> : <Tag>{t(row.tier)}</Tag>) },
          { key: 'adb', title: t('monthAdb'), kind: 'amount', sort: true, value: (row) => row.monthAdbFen },
          { key: 'toLastMonth', title: t('toLastMonth'), kind: 'change', value: (row) => (BigInt(row.monthAdbFen) - BigInt(row.lastMonthAdbFen)).toString() },
          { key: 'deposit', title: t('deposits'), kind: 'amount', value: (row) => row.depositFen, card: 'none' },
          { key: 'loan', title: t('loans'), kind: 'amount', value: (row) => row.loanFen, card: 'none' },
          { key: 'outlet', title: t('outlet'), show: (row) => row.outletName, card: 'none' },
          { key: 'manager', title: t('manager'), show: (row) => row.managerName ?? '--' },
          { key: 'number', title: t('number'), show: (row) => <span className="yq-num">{row.number}</span>, optional: true, card: 'none' },
          { key: 'kind', title: t('kind'), show: (row) => t(row.kind), optional: true, card: 'none' },
          { key: 'status', title: t('status'), show: (row) => t(row.status), optional: true, card: 'none' },
          { key: 'asOf', title: t('asOf'), kind: 'date', value: (row) => row.asOf, optional: true, card: 'none' },
          { key: 'changed', title: t('changed'), kind: 'moment', sort: true, value: (row) => row.changedAt, optional: true, card: 'none' },
        ]}
        empty={<EmptyState title={t('none')} hint={t('noneHint')} />}
      />
      {exporting && <ExportDrawer filters={exporting} onClose={() => setExporting(null)} />}
      {batch?.act === 'tag' && <TagDrawer selection={batch.selection} onClose={done} />}
      {batch?.act === 'plan' && <PlanDrawer selection={batch.selection} onClose={done} />}
      {batch?.act === 'assign' && <AssignDrawer selection={batch.selection} onClose={done} findPeople={findPeople} />}
    </Page>
  )
}

type Sent = { q?: string; kind?: CustomerRow['kind']; tier?: CustomerRow['tier']; status?: CustomerRow['status']; outletKey?: string; managerKey?: string; segment?: string; tag?: string; sort?: 'adb' | '-adb' | 'name' | '-name' | 'changed' | '-changed' }

/** The filters as a body has them, where a key is a number. */
function inBody({ q, kind, tier, status, outletKey, managerKey, segment, tag, sort }: Sent): NonNullable<Selection['filters']> {
  return {
    ...(q === undefined ? {} : { q }), ...(kind === undefined ? {} : { kind }), ...(tier === undefined ? {} : { tier }), ...(status === undefined ? {} : { status }), ...(segment === undefined ? {} : { segment }), ...(tag === undefined ? {} : { tag }),
    ...(outletKey === undefined ? {} : { outletKey: Number(outletKey) }), ...(managerKey === undefined ? {} : { managerKey: Number(managerKey) }), sort: sort ?? '-adb',
  }
}
