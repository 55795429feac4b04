import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { download, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { TextField } from '../../ui/fields.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useListState } from '../../ui/useListState.ts'
import { useMay } from '../../ui/who.ts'
import { exportCustomers, listCustomers, type CustomerRow } from '../customer.contract.ts'
import { customersText } from './customers-text.ts'

type Option = { value: string; label: string }
type Filters = Pick<Parameters<typeof exportBody>[0], 'q' | 'kind' | 'tier' | 'status' | 'outletKey' | 'managerKey' | 'sort'>

/** The list of customers: one search box, filters, order; everything in the address. `outlets` and `managers` come from the organisation. */
export function CustomerTable({ outlets, managers, above }: { outlets: readonly Option[]; managers: readonly Option[]; above?: React.ReactNode }) {
  const t = useText(customersText)
  const may = useMay()
  const navigate = useNavigate()
  const list = useListState(['kind', 'tier', 'status', 'outletKey', 'managerKey'], { sort: { by: 'adb', descending: true } })
  const [exporting, setExporting] = useState(false)
  const asked = list.query as Filters & { cursor?: string }
  const source = useContract(listCustomers, { query: { ...asked, limit: 50 } })
  const options = (codes: readonly (keyof typeof customersText)[]): Option[] => codes.map((code) => ({ value: code, label: (t as (key: string) => string)(code) }))
  const mayCreate = may('customer.create')

  return (
    <Page>
      <PageHeader title={t('title')} actions={mayCreate && <Button type="primary" onClick={() => void navigate('/customers/new')}>{t('newCustomer')}</Button>} />
      {above}
      <DataTable<CustomerRow>
        label={t('title')} list={list} source={source} rowKey={(row) => row.customerId} measure="位" measureEn="{n|customer|customers}" rowTo={(row) => `/customers/${row.customerId}`}
        {...(mayCreate ? { onNew: () => void navigate('/customers/new') } : {})}
        bar={<FilterBar list={list} search={{ placeholder: t('search') }} filters={[
          { name: 'tier', label: t('tier'), options: options(['T1', 'T2', 'T3', 'T4', 'P']) },
          { name: 'kind', label: t('kind'), options: options(['CORPORATE', 'PERSON']) },
          { name: 'status', label: t('status'), options: options(['ACTIVE', 'PROSPECT', 'CLOSED']) },
          ...(outlets.length > 1 ? [{ name: 'outletKey', label: t('outlet'), options: outlets, long: true }] : []),
          ...(managers.length > 1 ? [{ name: 'managerKey', label: t('manager'), options: managers, long: true }] : []),
        ]} />}
        tools={may('customer.export') && <Button size="small" onClick={() => setExporting(true)}>{t('export')}</Button>}
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
      {exporting && <ExportDrawer filters={asked} onClose={() => setExporting(false)} />}
    </Page>
  )
}

function ExportDrawer({ filters, onClose }: { filters: Filters; onClose: () => void }) {
  const t = useText(customersText)
  const toast = useToast()
  const form = useForm({
    initial: { purpose: '' },
    check: ({ purpose }) => ({ purpose: purpose.trim().length < 2 ? t('purposeNeeded') : undefined }),
    send: ({ purpose }) => download(exportCustomers, { body: exportBody(filters, purpose) }),
  })
  return (
    <FormDrawer title={t('exportTitle')} open onClose={onClose} form={form} submit={t('export')} onDone={() => toast(t('exported'))}>
      <TextField form={form} name="purpose" label={t('purpose')} required max={100} hint={t('exportHint')} />
    </FormDrawer>
  )
}

type Sent = { q?: string; kind?: CustomerRow['kind']; tier?: CustomerRow['tier']; status?: CustomerRow['status']; outletKey?: string; managerKey?: string; sort?: 'adb' | '-adb' | 'name' | '-name' | 'changed' | '-changed' }

function exportBody({ q, kind, tier, status, outletKey, managerKey, sort }: Sent, purpose: string) {
  return { q, kind, tier, status, sort, purpose, ...(outletKey === undefined ? {} : { outletKey: Number(outletKey) }), ...(managerKey === undefined ? {} : { managerKey: Number(managerKey) }) }
}
