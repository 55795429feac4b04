import { Button } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Amount } from '../../../ui/Amount.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { DataTable, rowsSource } from '../../../ui/DataTable.tsx'
import { DateText } from '../../../ui/DateText.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { AreaField, RadioField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { mark, usePick, useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { useListState } from '../../../ui/useListState.ts'
import { decideAllocation, excludeManager, getAllocation, notGivenReasons, withdrawAllocation, type AllocationHead, type AllocationLine } from '../../ownership/allocation.contract.ts'
import { AllocationTag } from './Allocations.tsx'
import { ownershipText } from './ownership-text.ts'

const families = ['pool', 'pool-allocations', 'customers', 'customer']
const left = { 'no-manager': 'leftNoManager', 'no-capacity': 'leftNoCapacity', 'conflict-of-interest': 'leftConflict' } as const
type Asked = 'confirm' | 'return' | 'withdraw'

/** One allocation of the public pool: who would get whom and why, and the decision of another head. */
export default function Allocation() {
  const t = useText(ownershipText)
  const pick = usePick()
  const { allocationId = '' } = useParams()
  const list = useListState([])
  const { data, error, refetch } = useContract(getAllocation, { params: { allocationId } })
  const [asked, setAsked] = useState<Asked | null>(null)
  const [excluding, setExcluding] = useState<AllocationLine | null>(null)
  const told = data?.allocation
  const why = (row: AllocationLine): string => row.leftWhy !== null ? t(left[row.leftWhy]) : row.notGiven !== null ? pick(notGivenReasons[row.notGiven as keyof typeof notGivenReasons] ?? notGivenReasons.other) : ''
  return (
    <Page>
      <PageHeader
        title={`${t('allocation')} ${told?.number ?? ''}`} crumbs={[{ title: t('pool'), to: '/pool?tab=allocations' }]} tags={told && <AllocationTag state={told.state} />} sub={told?.unitName}
        actions={told?.state === 'PROPOSED' && (
          <>
            {told.mine && <Button onClick={() => setAsked('withdraw')}>{t('withdrawClaim')}</Button>}
            {!told.mine && <ActionButton may={told.mayDecide} refusals={decideAllocation.refusals} onClick={() => setAsked('return')}>{t('returnAllocation')}</ActionButton>}
            {!told.mine && <ActionButton type="primary" may={told.mayDecide} refusals={decideAllocation.refusals} onClick={() => setAsked('confirm')}>{t('confirmAllocation')}</ActionButton>}
          </>
        )}
      />
      {told && (
        <Block title={t('about')}>
          <Facts facts={[
            { label: t('proposer'), value: <span>{told.askedBy} <DateText date={told.askedOn} /></span> }, { label: t('reason'), value: told.reason },
            { label: t('count'), value: t('countOf', { given: told.done ?? told.given, all: told.customers }) }, { label: t('aum'), value: <span><Amount fen={told.aumFen} withUnit /> <span className="yq-quiet">{t('aumHint')}</span></span> },
            ...(told.decidedOn === null ? [] : [{ label: t('decision'), value: <span>{told.decidedBy ?? told.askedBy} <DateText date={told.decidedOn} />{mark('：')}{told.decisionReason}</span> }]),
          ]} />
          {told.state === 'CONFIRMED' && <p className="yq-quiet yq-small">{t('frozenHint')}</p>}
        </Block>
      )}
      <DataTable<AllocationLine>
        label={t('allocation')} list={list} source={{ ...rowsSource(data?.lines), error, refetch: () => refetch() }} rowKey={(row) => row.customerId} measure="位" measureEn="{n|customer|customers}" empty={<EmptyState title={t('poolEmpty')} />}
        columns={[
          { key: 'place', title: '#', right: true, show: (row) => String(row.place), card: 'none' },
          { key: 'name', title: t('name'), show: (row) => <span className="yq-name">{row.name}</span> },
          { key: 'tier', title: t('tier'), card: 'tag', show: (row) => (row.tier === 'T1' ? <Tag tone="tier" icon="★">{t('T1')}</Tag> : <Tag>{t(row.tier as 'T2')}</Tag>) },
          { key: 'outlet', title: t('outlet'), show: (row) => row.outletName },
          { key: 'aum', title: t('aum'), kind: 'amount', value: (row) => row.aumFen },
          { key: 'to', title: t('to'), show: (row) => (row.manager === null ? '--' : <span>{row.manager.name}{row.sameOutlet === false && <> <Tag tone="warning">{t('otherOutlet')} {row.manager.placeName}</Tag></>}</span>) },
          { key: 'load', title: t('loadChange'), right: true, show: (row) => (row.loadBefore === null ? '--' : <span className="yq-num">{row.loadBefore} → {row.loadAfter}</span>) },
          { key: 'state', title: t('state'), show: (row) => <span>{t(row.state)}{why(row) === '' ? '' : `${mark('（')}${why(row)}${mark('）')}`}</span> },
          ...(told?.state === 'CONFIRMED' ? [{ key: 'base', title: t('frozen'), kind: 'amount' as const, value: (row: AllocationLine) => row.baseAumFen }] : []),
          { key: 'act', title: '', card: 'action', show: (row) => (row.mayExclude ? <Button size="small" aria-label={`${t('exclude')} ${row.name}`} onClick={() => setExcluding(row)}>{t('exclude')}</Button> : null) },
        ]}
      />
      {told && asked !== null && <Answer key={asked} asked={asked} told={told} onClose={() => setAsked(null)} />}
      {excluding?.manager && <Exclude key={excluding.customerId} line={excluding} manager={excluding.manager} onClose={() => setExcluding(null)} />}
    </Page>
  )
}

function Answer({ asked, told, onClose }: { asked: Asked; told: AllocationHead; onClose: () => void }) {
  const t = useText(ownershipText)
  const toast = useToast()
  const decide = useAct(decideAllocation, { refresh: families, onDone: ({ state, done, not }) => toast(state === 'CONFIRMED' ? t('allocationDone', { done, not }) : t('allocationReturned')) })
  const withdraw = useAct(withdrawAllocation, { refresh: families, onDone: () => toast(t('claimWithdrawn')) })
  const params = { allocationId: told.id }
  const form = useForm({
    initial: { reason: '' }, check: (value) => ({ reason: [...value.reason.trim()].length >= 4 ? undefined : t('needed') }),
    send: async ({ reason }) => { await (asked === 'withdraw' ? withdraw.mutateAsync({ params, body: { reason } }) : decide.mutateAsync({ params, body: { confirm: asked === 'confirm', reason } })) },
  })
  const title = t(asked === 'confirm' ? 'confirmTitle' : asked === 'return' ? 'returnTitleA' : 'withdrawTitleA', { number: told.number })
  return (
    <FormDrawer title={title} open onClose={onClose} form={form} submit={t(asked === 'confirm' ? 'confirmAllocation' : asked === 'return' ? 'returnAllocation' : 'withdrawClaim')}>
      {asked === 'confirm' && <Note tone="info">{t('confirmEffect', { n: told.given })}</Note>}
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}

function Exclude({ line, manager, onClose }: { line: AllocationLine; manager: NonNullable<AllocationLine['manager']>; onClose: () => void }) {
  const t = useText(ownershipText)
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(excludeManager, { refresh: families, onDone: ({ cameBack }) => toast(t(cameBack ? 'excludedBack' : 'excludedDone')) })
  const form = useForm({
    initial: { kind: '', reason: '' }, check: (value) => ({ kind: value.kind ? undefined : t('needed'), reason: [...value.reason.trim()].length >= 4 ? undefined : t('needed') }),
    send: ({ kind, reason }) => send.mutateAsync({ params: { customerId: line.customerId }, body: { id, staffKey: manager.staffKey, kind: kind === 'RELATIVE' ? 'RELATIVE' : 'OBJECTION', reason } }),
  })
  return (
    <FormDrawer title={t('excludeTitle', { name: line.name, manager: manager.name })} open onClose={onClose} form={form} submit={t('exclude')}>
      <Note tone="info">{t('excludeHint')}</Note>
      <RadioField form={form} name="kind" label={t('excludeKind')} required options={[{ value: 'RELATIVE', label: t('RELATIVE') }, { value: 'OBJECTION', label: t('OBJECTION') }]} />
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
