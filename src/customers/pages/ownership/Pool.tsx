import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { DateText } from '../../../ui/DateText.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { AreaField, RadioField } from '../../../ui/fields.tsx'
import { FilterBar } from '../../../ui/FilterBar.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PageTabs, usePageTab } from '../../../ui/PageTabs.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { mark, useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { useListState } from '../../../ui/useListState.ts'
import { useMay } from '../../../ui/who.ts'
import { claimCustomer, contestClaim, decideClaims, listClaims, listPool, withdrawClaim, type PoolClaimView, type PoolRow } from '../../ownership/pool.contract.ts'
import { Allocations } from './Allocations.tsx'
import { ownershipText } from './ownership-text.ts'

const families = ['pool', 'customers', 'customer']

/** Customers whom nobody looks after, and who asks for them. */
export default function Pool() {
  const t = useText(ownershipText)
  const may = useMay()
  const tabs = [{ key: 'pool', label: t('tabPool') }, { key: 'claims', label: t('tabClaims') }, ...(may('pool.allocate') ? [{ key: 'allocations', label: t('tabAllocations') }] : [])]
  const tab = usePageTab(tabs)
  return (
    <Page>
      <PageHeader title={t('pool')} />
      <PageTabs tabs={tabs} label={t('pool')} />
      {tab === 'claims' ? <Claims /> : tab === 'allocations' ? <Allocations /> : <InPool />}
    </Page>
  )
}

function InPool() {
  const t = useText(ownershipText)
  const may = useMay()
  const list = useListState(['tier', 'kind'])
  const { cursor, tier, kind } = list.query
  const source = useContract(listPool, { query: { ...(tier === undefined ? {} : { tier: tier as 'T2' }), ...(kind === undefined ? {} : { kind: kind as 'PERSON' }), ...(cursor === undefined ? {} : { cursor }) } })
  const [claiming, setClaiming] = useState<PoolRow | null>(null)
  return (
    <>
      {may('pool.claim') && source.data && <Note tone="info">{t('claimHint', { n: source.data.rules.claimWindow })}{mark('。')}{t('claimsLeft', { n: source.data.claimsLeftToday })}</Note>}
      <DataTable<PoolRow>
        label={t('tabPool')} list={list} source={source} rowKey={(row) => row.customerId} measure="位" measureEn="{n|customer|customers}" empty={<EmptyState title={t('poolEmpty')} hint={t('poolEmptyHint')} />}
        bar={<FilterBar list={list} filters={[{ name: 'tier', label: t('tier'), options: (['T1', 'T2', 'T3', 'T4', 'P'] as const).map((value) => ({ value, label: t(value) })) }, { name: 'kind', label: t('kind'), options: (['CORPORATE', 'PERSON'] as const).map((value) => ({ value, label: t(value) })) }]} />}
        columns={[
          { key: 'name', title: t('name'), show: (row) => (row.opens ? <Link className="yq-name" to={`/customers/${row.customerId}`}>{row.name}</Link> : <span className="yq-name">{row.name}</span>) },
          { key: 'tier', title: t('tier'), card: 'tag', show: (row) => (row.tier === 'T1' ? <Tag tone="tier" icon="★">{t('T1')}</Tag> : <Tag>{t(row.tier)}</Tag>) },
          { key: 'adb', title: t('monthAdb'), kind: 'amount', value: (row) => row.monthAdbFen },
          { key: 'outlet', title: t('outlet'), show: (row) => row.outletName },
          { key: 'former', title: t('former'), emptyAt: (row) => row.formerName === null, show: (row) => row.formerName ?? '--' },
          { key: 'since', title: t('since'), emptyAt: (row) => row.since === null, show: (row) => (row.since === null ? '--' : <DateText date={row.since} />) },
          { key: 'last', title: t('lastContact'), emptyAt: (row) => row.lastContactOn === null, show: (row) => (row.lastContactOn === null ? '--' : <DateText date={row.lastContactOn} />), card: 'none' },
          { key: 'claims', title: t('claims'), right: true, emptyAt: (row) => row.openClaims === 0, show: (row) => (row.openClaims > 1 ? <Tag tone="warning" icon="■">{t('disputed')} {row.openClaims}</Tag> : String(row.openClaims)) },
          ...(may('pool.claim') ? [{ key: 'act', title: '', card: 'action' as const, show: (row: PoolRow) => <ActionButton size="small" may={row.claim} refusals={claimCustomer.refusals} aria-label={`${t('claim')} ${row.name}`} onClick={() => setClaiming(row)}>{t('claim')}</ActionButton> }] : []),
        ]}
      />
      {claiming && <Claim key={claiming.customerId} customer={claiming} window={source.data?.rules.claimWindow ?? 0} onClose={() => setClaiming(null)} />}
    </>
  )
}

function Claim({ customer, window, onClose }: { customer: PoolRow; window: number; onClose: () => void }) {
  const t = useText(ownershipText)
  const toast = useToast()
  const [id] = useState(newId)
  const claim = useAct(claimCustomer, { refresh: families, onDone: ({ openUntil, disputed }) => toast(disputed ? t('claimedDisputed') : t('claimed', { day: openUntil })) })
  const form = useForm({
    initial: { reason: '' }, check: (value) => ({ reason: [...value.reason.trim()].length >= 4 ? undefined : t('needed') }),
    send: ({ reason }) => claim.mutateAsync({ params: { customerId: customer.customerId }, body: { id, reason } }),
  })
  return (
    <FormDrawer title={t('claimTitle', { name: customer.name })} open onClose={onClose} form={form} submit={t('claim')}>
      <Note tone="info">{t('claimHint', { n: window })}</Note>
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}

function Claims() {
  const t = useText(ownershipText)
  const toast = useToast()
  const list = useListState(['state'])
  const { cursor, state } = list.query
  const source = useContract(listClaims, { query: { ...(state === undefined ? {} : { state: state as 'OPEN' }), ...(cursor === undefined ? {} : { cursor }) } })
  const [form, setForm] = useState<{ kind: 'decide' | 'contest' | 'withdraw'; claim: PoolClaimView } | null>(null)
  const close = (): void => setForm(null)
  return (
    <>
      <DataTable<PoolClaimView>
        label={t('tabClaims')} list={list} source={source} rowKey={(row) => row.id} measure="件" measureEn="{n|claim|claims}" empty={<EmptyState title={t('noClaims')} />}
        bar={<FilterBar list={list} views={[{ label: t('viewOpenClaims'), filters: { state: 'OPEN' } }, { label: t('viewDecided'), filters: { state: 'DECIDED' } }]} />}
        columns={[
          { key: 'name', title: t('name'), show: (row) => (row.mayDecide ? <Link className="yq-name" to={`/customers/${row.customerId}`}>{row.name}</Link> : <span className="yq-name">{row.name}</span>) },
          { key: 'state', title: t('state'), card: 'tag', show: (row) => (row.disputed ? <Tag tone="warning" icon="■">{t('disputed')}</Tag> : <Tag tone={row.state === 'GRANTED' ? 'success' : row.state === 'OPEN' ? 'info' : 'plain'}>{t(row.state)}</Tag>) },
          { key: 'kind', title: t('kind'), show: (row) => t(row.kind) },
          { key: 'who', title: t('claimant'), show: (row) => row.staffName },
          { key: 'reason', title: t('reason'), show: (row) => row.reason },
          { key: 'until', title: t('openUntil'), show: (row) => <DateText date={row.openUntil} /> },
          { key: 'decision', title: t('decision'), emptyAt: (row) => row.decidedOn === null, show: (row) => (row.decidedOn === null ? '--' : <span>{row.decidedBy ?? t('byRule')} <DateText date={row.decidedOn} />{row.decisionReason === null || row.decidedBy === null ? '' : `${mark('：')}${row.decisionReason}`}</span>) },
          { key: 'act', title: '', card: 'action', show: (row) => (
            <span className="yq-row">
              {row.mayDecide && <Button size="small" onClick={() => setForm({ kind: 'decide', claim: row })}>{t('decide')}</Button>}
              {row.mayContest && <Button size="small" onClick={() => setForm({ kind: 'contest', claim: row })}>{t('contest')}</Button>}
              {row.mine && row.state === 'OPEN' && <Button size="small" onClick={() => setForm({ kind: 'withdraw', claim: row })}>{t('withdrawClaim')}</Button>}
            </span>
          ) },
        ]}
      />
      {form?.kind === 'decide' && <Decide customerId={form.claim.customerId} name={form.claim.name} onClose={close} />}
      {form?.kind === 'contest' && <Contest claim={form.claim} onClose={close} onDone={() => toast(t('contested'))} />}
      {form?.kind === 'withdraw' && <WithdrawClaim claim={form.claim} onClose={close} onDone={() => toast(t('claimWithdrawn'))} />}
    </>
  )
}

function Decide({ customerId, name, onClose }: { customerId: string; name: string; onClose: () => void }) {
  const t = useText(ownershipText)
  const toast = useToast()
  const { data } = useContract(listClaims, { query: { customerId, state: 'OPEN' } })
  const decide = useAct(decideClaims, { refresh: families, onDone: () => toast(t('decided')) })
  const form = useForm({
    initial: { choice: '', reason: '' }, check: (value) => ({ choice: value.choice ? undefined : t('needed'), reason: [...value.reason.trim()].length >= 4 ? undefined : t('needed') }),
    send: ({ choice, reason }) => decide.mutateAsync({ params: { customerId }, body: { claimId: choice === 'nobody' ? null : choice, reason } }),
  })
  return (
    <FormDrawer title={t('decideTitle', { name })} open onClose={onClose} form={form} submit={t('decide')}>
      <RadioField form={form} name="choice" label={t('giveTo')} required options={[...(data?.items ?? []).map((one) => ({ value: one.id, label: `${one.staffName}${mark('（')}${t(one.kind)}${mark('：')}${one.reason}${mark('）')}` })), { value: 'nobody', label: t('leaveInPool') }]} />
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}

type ClaimForm = { claim: PoolClaimView; onClose: () => void; onDone: () => void }

function Contest({ claim, onClose, onDone }: ClaimForm) {
  const t = useText(ownershipText)
  const [id] = useState(newId)
  const contest = useAct(contestClaim, { refresh: families, onDone })
  const form = useForm({
    initial: { reason: '' }, check: (value) => ({ reason: [...value.reason.trim()].length >= 4 ? undefined : t('needed') }),
    send: ({ reason }) => contest.mutateAsync({ params: { customerId: claim.customerId }, body: { id, reason } }),
  })
  return (
    <FormDrawer title={t('contestTitle', { name: claim.name })} open onClose={onClose} form={form} submit={t('contest')}>
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}

function WithdrawClaim({ claim, onClose, onDone }: ClaimForm) {
  const t = useText(ownershipText)
  const withdraw = useAct(withdrawClaim, { refresh: families, onDone })
  const form = useForm({
    initial: { reason: '' }, check: (value) => ({ reason: value.reason.trim() ? undefined : t('needed') }),
    send: ({ reason }) => withdraw.mutateAsync({ params: { customerId: claim.customerId, claimId: claim.id }, body: { reason } }),
  })
  return (
    <FormDrawer title={t('withdrawClaim')} open onClose={onClose} form={form} submit={t('withdrawClaim')}>
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
