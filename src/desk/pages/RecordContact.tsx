import { useState } from 'react'
import { Link } from 'react-router'
import { listDueContacts } from '../../contact-plan/coverage.contract.ts'
import { listCustomers } from '../../customers/customer.contract.ts'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { SearchBox } from '../../ui/SearchBox.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { dayText } from './day-text.ts'
import './day.css'

/** The phone's ＋: first the customer (those due stand ready, the rest is found), then the form. */
export default function RecordContact() {
  const t = useText(dayText)
  const [q, setQ] = useState('')
  const due = useContract(listDueContacts, { query: { limit: 20 } })
  const found = useContract(listCustomers, { query: { q, limit: 20, count: 'no' } }, { enabled: q !== '' })
  const rows = q === '' ? (due.data?.items ?? []) : (found.data?.items ?? [])
  const source = q === '' ? due : found
  return (
    <Page>
      <PageHeader title={t('record')} sub={t('chooseCustomer')} />
      <SearchBox value={q} onSearch={setQ} placeholder={t('searchCustomer')} label={t('searchCustomer')} />
      <Block title={q === '' ? t('dueNow') : t('found')} loading={source.isPending} error={source.error} onRetry={() => void source.refetch()} flush>
        {rows.length === 0 ? <EmptyState title={q === '' ? t('nothingDue') : t('noneFound')} /> : (
          <ul className="yq-day-list">
            {rows.map((row) => (
              <li key={row.customerId}>
                <Link to={`/customers/${row.customerId}/contacts/new`} className="yq-day-pick">
                  <span className="yq-name">{row.name}</span>
                  {row.tier === 'T1' && <Tag tone="tier" icon="★">{t('core')}</Tag>}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Block>
    </Page>
  )
}
