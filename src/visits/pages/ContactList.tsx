import { Button } from 'antd'
import { Link, useNavigate } from 'react-router'
import { useContract } from '../../ui/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { useText } from '../../ui/text.ts'
import { useListState } from '../../ui/useListState.ts'
import { useMay } from '../../ui/who.ts'
import { contactModes, contactPurposes, listContacts, type ContactView } from '../contact.contract.ts'
import { ContactTags } from './ContactsPanel.tsx'
import { PrintBatch } from './PrintForms.tsx'
import { visitsText } from './visits-text.ts'

type Asked = { cursor?: string; mode?: ContactView['mode']; purpose?: ContactView['purpose']; effective?: 'true' | 'false'; late?: 'true' | 'false'; mine?: 'true' | 'false'; from?: string; to?: string; staffKey?: string }

/** The contacts of everybody in the reader's scope. */
export default function ContactList() {
  const t = useText(visitsText)
  const may = useMay()
  const navigate = useNavigate()
  const list = useListState(['mode', 'purpose', 'effective', 'late', 'mine', 'from', 'to', 'staffKey'])
  const source = useContract(listContacts, { query: { ...(list.query as Asked), limit: 50 } })
  const options = (codes: readonly string[]) => codes.map((code) => ({ value: code, label: (t as (key: string) => string)(code) }))
  return (
    <Page>
      <PageHeader title={t('contacts')} actions={<>{may('contact.print-batch') && <PrintBatch />}{may('contact.record') && <Button type="primary" onClick={() => void navigate('/record')}>{t('recordContact')}</Button>}</>} />
      <DataTable<ContactView>
        label={t('contacts')} list={list} source={source} rowKey={(row) => row.id} measure="次" measureEn="{n|contact|contacts}" rowTo={(row) => `/customers/${row.customerId}/contacts/${row.id}`}
        bar={<FilterBar list={list} filters={[
          { name: 'mine', label: t('whose'), options: [{ value: 'true', label: t('mine') }, { value: 'false', label: t('everybody') }] },
          { name: 'mode', label: t('mode'), options: options(contactModes) },
          { name: 'purpose', label: t('purpose'), options: options(contactPurposes) },
          { name: 'effective', label: t('counts'), options: [{ value: 'true', label: t('yes') }, { value: 'false', label: t('no') }] },
          { name: 'late', label: t('lateness'), options: [{ value: 'false', label: t('onTime') }, { value: 'true', label: t('late') }] },
        ]} />}
        columns={[
          { key: 'customer', title: t('customer'), show: (row) => <Link className="yq-name" to={`/customers/${row.customerId}`}>{row.customerName}</Link> },
          { key: 'day', title: t('day'), kind: 'date', value: (row) => row.businessDate },
          { key: 'tags', title: t('mode'), card: 'tag', show: (row) => <span className="yq-row"><ContactTags contact={row} /></span> },
          { key: 'purpose', title: t('purpose'), show: (row) => <Link to={`/customers/${row.customerId}/contacts/${row.id}`}>{t(row.purpose)}</Link> },
          { key: 'summary', title: t('summary'), show: (row) => <span title={row.summary}>{row.summary === '' ? t('restrictedSummary') : [...row.summary].length > 40 ? `${[...row.summary].slice(0, 40).join('')}…` : row.summary}</span> },
          { key: 'by', title: t('by'), show: (row) => (row.forName === null ? row.staffName : t('standingIn', { name: row.staffName, absent: row.forName })) },
          { key: 'entered', title: t('entered'), kind: 'date', value: (row) => row.enteredOn, optional: true, card: 'none' },
          { key: 'next', title: t('nextAction'), show: (row) => row.nextAction ?? '--', optional: true, card: 'none' },
          { key: 'nextOn', title: t('nextOn'), kind: 'date', value: (row) => row.nextOn, card: 'none' },
        ]}
        empty={<EmptyState title={t('none')} hint={t('noneHint')} />}
      />
    </Page>
  )
}
