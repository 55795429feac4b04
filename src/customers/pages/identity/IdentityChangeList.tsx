import { useState } from 'react'
import { Link } from 'react-router'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { useContract } from '../../../ui/client.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FilterBar } from '../../../ui/FilterBar.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { usePhone } from '../../../ui/settings.ts'
import { useText } from '../../../ui/text.ts'
import { useListState } from '../../../ui/useListState.ts'
import { changeStates, decideIdentityChange, identityFields, listIdentityChanges } from '../../identity/identity-change.contract.ts'
import { DecideChange, FromTo } from './ChangeDrawers.tsx'
import { ChangeState } from './IdentityChanges.tsx'
import { identityText } from './identity-text.ts'

/** What waits for whoever decides, in his scope, and what became of the rest. */
export default function IdentityChangeList() {
  const t = useText(identityText)
  const list = useListState(['state', 'field'])
  const { state, field, cursor } = list.query
  const [deciding, setDeciding] = useState<{ customerId: string; changeId: string; name: string } | null>(null)
  const size = usePhone() ? 'middle' : 'small'
  const source = useContract(listIdentityChanges, { query: { state: changeStates.find((one) => one === state), field: identityFields.find((one) => one === field), ...(cursor === undefined ? {} : { cursor }) } })
  return (
    <Page>
      <PageHeader title={t('title')} sub={t('sub')} />
      <DataTable
        label={t('title')} list={list} source={source} rowKey={(row) => row.id} measure="项" measureEn="{n|change|changes}" rowTo={(row) => `/customers/${row.customerId}?tab=file`}
        columns={[
          { key: 'name', title: t('customer'), show: (row) => <Link className="yq-name" to={`/customers/${row.customerId}?tab=file`}>{row.name}</Link> },
          { key: 'field', title: t('field'), show: (row) => <span style={{ whiteSpace: 'nowrap' }}>{t(row.field)}</span> },
          { key: 'change', title: t('fromTo'), show: (row) => <FromTo change={row} /> },
          { key: 'state', title: t('state'), show: (row) => <ChangeState state={row.state} />, card: 'tag' },
          { key: 'proof', title: t('proof'), show: (row) => <>{row.proof}<span className="yq-quiet"> · {row.reason}</span></> },
          { key: 'asked', title: t('asked'), show: (row) => t('askedBy', { name: row.proposedBy, day: row.proposedOn }) },
          { key: 'manager', title: t('manager'), show: (row) => row.managerName ?? '--', optional: true },
          { key: 'act', title: t('act'), show: (row) => (row.state !== 'OPEN' || row.may.decide.reason === 'not-allowed' ? null : <ActionButton size={size} may={row.may.decide} refusals={decideIdentityChange.refusals} aria-label={`${t('decide')} ${row.name}`} onClick={() => setDeciding({ customerId: row.customerId, changeId: row.id, name: row.name })}>{t('decide')}</ActionButton>), card: 'action' },
        ]}
        bar={<FilterBar list={list} filters={[{ name: 'state', label: t('state'), options: changeStates.map((value) => ({ value, label: t(value) })) }, { name: 'field', label: t('field'), options: identityFields.map((value) => ({ value, label: t(value) })) }]} views={[{ label: t('waits'), filters: { state: 'OPEN' } }]} />}
        empty={<EmptyState title={t('noneEver')} hint={t('noneHint')} />}
      />
      {deciding && <DecideChange {...deciding} onClose={() => setDeciding(null)} />}
    </Page>
  )
}
