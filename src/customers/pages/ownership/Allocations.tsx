import { useState } from 'react'
import { Link } from 'react-router'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { DataTable, rowsSource } from '../../../ui/DataTable.tsx'
import { DateText } from '../../../ui/DateText.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { AreaField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { mark, useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { useListState } from '../../../ui/useListState.ts'
import { listAllocations, mostAllocated, proposeAllocation, type AllocationHead } from '../../ownership/allocation.contract.ts'
import { ownershipText } from './ownership-text.ts'

/** How an allocation stands, in a word. */
export function AllocationTag({ state }: { state: AllocationHead['state'] }) {
  const t = useText(ownershipText)
  if (state === 'PROPOSED') return <Tag tone="info" icon="●">{t('PROPOSED')}</Tag>
  if (state === 'CONFIRMED') return <Tag tone="success" icon="✓">{t('ALLOCATED')}</Tag>
  return <Tag>{t(state === 'RETURNED' ? 'RETURNED_A' : 'WITHDRAWN')}</Tag>
}

/** What waits in the pool of the head's line, and how it was dealt out before. */
export function Allocations() {
  const t = useText(ownershipText)
  const list = useListState([])
  const { data, error, refetch } = useContract(listAllocations, {})
  const [proposing, setProposing] = useState(false)
  const tiers = (data?.tiers ?? []).map((tier) => t(tier as 'T1')).join(mark('、'))
  return (
    <>
      {data && (
        <Note tone={data.dueThisQuarter ? 'warning' : 'info'}>
          <span className="yq-row">
            <span>{data.highEnd > mostAllocated ? t('highEndMany', { n: mostAllocated, tiers }) : t('highEndIn', { n: data.highEnd, tiers })}{data.dueThisQuarter ? `${mark('。')}${t('dueQuarter')}` : ''}</span>
            <ActionButton size="small" may={data.mayPropose} refusals={proposeAllocation.refusals} details={{ number: data.waits ?? '' }} onClick={() => setProposing(true)}>{t('propose')}</ActionButton>
          </span>
        </Note>
      )}
      <DataTable<AllocationHead>
        label={t('tabAllocations')} list={list} source={{ ...rowsSource(data?.items), error, refetch: () => refetch() }} rowKey={(row) => row.id} measure="次" measureEn="{n|allocation|allocations}" empty={<EmptyState title={t('noAllocations')} hint={t('noAllocationsHint')} />}
        columns={[
          { key: 'number', title: t('number'), show: (row) => <Link className="yq-name" to={`/pool/allocations/${row.id}`}>{row.number}</Link> },
          { key: 'state', title: t('state'), card: 'tag', show: (row) => <AllocationTag state={row.state} /> },
          { key: 'unit', title: t('unit'), show: (row) => row.unitName },
          { key: 'count', title: t('count'), right: true, show: (row) => t('countOf', { given: row.done ?? row.given, all: row.customers }) },
          { key: 'aum', title: t('aum'), kind: 'amount', value: (row) => row.aumFen },
          { key: 'by', title: t('proposer'), show: (row) => <span>{row.askedBy} <DateText date={row.askedOn} /></span> },
          { key: 'decided', title: t('decidedBy'), show: (row) => (row.decidedBy === null || row.decidedOn === null ? '--' : <span>{row.decidedBy} <DateText date={row.decidedOn} /></span>) },
        ]}
      />
      {proposing && <Propose onClose={() => setProposing(false)} />}
    </>
  )
}

function Propose({ onClose }: { onClose: () => void }) {
  const t = useText(ownershipText)
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(proposeAllocation, { refresh: ['pool', 'pool-allocations'], onDone: ({ number, given }) => toast(t('proposed', { number, given })) })
  const form = useForm({ initial: { reason: '' }, check: (value) => ({ reason: [...value.reason.trim()].length >= 4 ? undefined : t('needed') }), send: ({ reason }) => send.mutateAsync({ body: { id, reason } }) })
  return (
    <FormDrawer title={t('propose')} open onClose={onClose} form={form} submit={t('propose')}>
      <Note tone="info">{t('proposeHint')}</Note>
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
