import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { listCustomers } from '../../customers/customer.contract.ts'
import { listCustomerBook, noteInCustomerBook, type BookEntry } from '../../day-reports/day-report.contract.ts'
import { reportsText } from '../../day-reports/pages/reports-text.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { call, useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { AreaField, FindField, type Choice } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { aside, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useListState } from '../../ui/useListState.ts'
import { useMay } from '../../ui/who.ts'

/** The lobby's book of key customers, newest first. */
export default function CustomerBook() {
  const t = useText(reportsText)
  const may = useMay()
  const list = useListState([])
  const source = useContract(listCustomerBook, { query: list.query.cursor === undefined ? {} : { cursor: list.query.cursor } })
  const [writing, setWriting] = useState(false)
  return (
    <Page>
      <PageHeader title={t('book')} actions={may('customer-book.write') && <Button type="primary" onClick={() => setWriting(true)}>{t('newEntry')}</Button>} />
      <DataTable<BookEntry>
        label={t('book')} list={list} source={source} rowKey={(row) => row.id} measure="条" measureEn="{n|entry|entries}" empty={<EmptyState title={t('noEntries')} />}
        columns={[
          { key: 'customer', title: t('customer'), show: (row) => (row.customerId === null ? '--' : <Link className="yq-name" to={`/customers/${row.customerId}`}>{row.customerName}</Link>) },
          { key: 'facts', title: t('bookFacts'), show: (row) => row.facts }, { key: 'service', title: t('service'), show: (row) => row.service ?? '--' }, { key: 'needs', title: t('needs'), show: (row) => row.needs ?? '--' },
          { key: 'on', title: t('day'), show: (row) => <DateText date={row.notedOn} /> }, { key: 'by', title: t('byWhom'), show: (row) => aside(row.staffName, row.unitName) },
        ]}
      />
      {writing && <Entry onClose={() => setWriting(false)} />}
    </Page>
  )
}

function Entry({ onClose }: { onClose: () => void }) {
  const t = useText(reportsText)
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(noteInCustomerBook, { refresh: ['customer-book', 'day-reports'] })
  const form = useForm<{ customer: string | null; facts: string; service: string; needs: string }>({
    initial: { customer: null, facts: '', service: '', needs: '' },
    check: (entry) => ({ ...(entry.customer === null ? { customer: t('required') } : {}), ...(entry.facts.trim() === '' ? { facts: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ body: { id, customerId: entry.customer ?? id, facts: entry.facts, service: entry.service.trim() === '' ? null : entry.service, needs: entry.needs.trim() === '' ? null : entry.needs } }),
    draft: 'customer-book.entry',
  })
  const find = async (search: string): Promise<Choice[]> => (await call(listCustomers, { query: { q: search, limit: 20 } })).items.map((one) => ({ value: one.customerId, label: one.name }))
  return (
    <FormDrawer title={t('newEntry')} open onClose={onClose} form={form} submit={t('newEntry')} onDone={() => toast(t('entered'))}>
      <FindField form={form} name="customer" label={t('customer')} hint={t('findHint')} required find={find} />
      <AreaField form={form} name="facts" label={t('bookFacts')} required max={500} />
      <AreaField form={form} name="service" label={t('service')} max={500} />
      <AreaField form={form} name="needs" label={t('needs')} max={500} />
    </FormDrawer>
  )
}
