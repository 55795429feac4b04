import { useState } from 'react'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useContract } from '../../../ui/client.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FilterBar } from '../../../ui/FilterBar.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PageTabs, usePageTab } from '../../../ui/PageTabs.tsx'
import { usePick, useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useListState } from '../../../ui/useListState.ts'
import { listDeferrals, listPayCases, proposeClawBack, trancheStates, type TrancheShown } from '../../deferral/deferral.contract.ts'
import { trancheName } from '../../pay-words.rules.ts'
import { ClawBackForm, ExemptionForm, TranchesForm } from './CaseForms.tsx'
import { deferralText } from './deferral-text.ts'
import { CaseTable, TrancheState, TrancheTable } from './parts.tsx'

type Open = { form: 'RELEASE' | 'FORFEIT'; ids: readonly string[] } | { form: 'CLAW_BACK' | 'EXEMPTION' } | null

/** Tranches of everybody with what is due, and the cases that two people decide. */
export default function DeferredPay() {
  const t = useText(deferralText)
  const pick = usePick()
  const tabs = [{ key: 'tranches', label: t('tranches') }, { key: 'cases', label: t('cases') }]
  const tab = usePageTab(tabs)
  const list = useListState(['state', 'due'])
  const { cursor, state, due, q } = list.query
  const [open, setOpen] = useState<Open>(null)
  const { today } = useBank()
  const source = useContract(listDeferrals, { query: {
    ...(state === undefined ? {} : { state: state as (typeof trancheStates)[number] }), ...(due === undefined ? {} : { dueBy: today }), ...(q === undefined ? {} : { q }), ...(cursor === undefined ? {} : { cursor }),
  } })
  const cases = useContract(listPayCases, {}, { enabled: tab === 'cases' })
  const may = source.data?.mayPropose
  const chosen = (ids: readonly string[] | null): readonly string[] => ids ?? (source.data?.items ?? []).flatMap((one) => (one.id === null || one.heldFen === '0' ? [] : [one.id]))
  return (
    <Page>
      <PageHeader title={t('title')} actions={may?.allowed && <><ActionButton may={may} refusals={proposeClawBack.refusals} onClick={() => setOpen({ form: 'EXEMPTION' })}>{t('exempt')}</ActionButton><ActionButton type="primary" may={may} refusals={proposeClawBack.refusals} onClick={() => setOpen({ form: 'CLAW_BACK' })}>{t('clawBack')}</ActionButton></>} />
      <Note tone="info">{t('note')}</Note>
      <PageTabs tabs={tabs} label={t('title')} />
      {tab === 'tranches' ? (
        <>
          <DataTable<TrancheShown>
            label={t('tranches')} list={list} source={source} rowKey={(row) => row.id ?? ''} measure="期" measureEn="{n|tranche|tranches}" unit="yuan" empty={<EmptyState title={t('none')} hint={t('noneHint')} />}
            bar={<FilterBar list={list} search={{ placeholder: t('find') }} filters={[{ name: 'state', label: t('state'), options: trancheStates.map((value) => ({ value, label: t(value) })) }, { name: 'due', label: t('dueBy'), options: [{ value: 'now', label: t('dueNow') }] }]} />}
            batch={may?.allowed ? [{ label: t('release'), run: (ids) => setOpen({ form: 'RELEASE', ids: chosen(ids) }) }, { label: t('forfeit'), run: (ids) => setOpen({ form: 'FORFEIT', ids: chosen(ids) }) }] : []}
            columns={[
              { key: 'name', title: t('person'), show: (row) => `${row.name} ${row.staffNo}` },
              { key: 'state', title: t('state'), card: 'tag', show: (row) => <TrancheState tranche={row} /> },
              { key: 'part', title: t('part'), show: (row) => `${row.month} ${pick(trancheName(row.lineCode))}` },
              { key: 'due', title: t('dueOn'), show: (row) => row.dueOn ?? t('noDay') },
              { key: 'fen', title: t('amount'), kind: 'amount', unit: 'yuan', value: (row) => row.fen },
              { key: 'held', title: t('held'), kind: 'amount', unit: 'yuan', value: (row) => row.heldFen },
              { key: 'scheme', title: t('scheme'), show: (row) => pick(row.schemeName) },
            ]}
          />
          {(source.data?.accrued.length ?? 0) > 0 && <Block title={t('accrued')}><p className="yq-quiet">{t('accruedNote')}</p><TrancheTable label={t('accrued')} named tranches={source.data?.accrued ?? []} /></Block>}
        </>
      ) : (
        <Block title={t('cases')} loading={!cases.data && !cases.error} error={cases.error} onRetry={() => void cases.refetch()}>{cases.data && (cases.data.cases.length === 0 ? <EmptyState title={t('noCases')} /> : <CaseTable cases={cases.data.cases} />)}</Block>
      )}
      {open !== null && 'ids' in open && <TranchesForm kind={open.form} ids={open.ids} onClose={() => setOpen(null)} />}
      {open?.form === 'CLAW_BACK' && <ClawBackForm onClose={() => setOpen(null)} />}
      {open?.form === 'EXEMPTION' && <ExemptionForm onClose={() => setOpen(null)} />}
    </Page>
  )
}
