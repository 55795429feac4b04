import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { FilterBar } from '../../../ui/FilterBar.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { JobProgress } from '../../../ui/JobProgress.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PageTabs, usePageTab } from '../../../ui/PageTabs.tsx'
import { Tag, type Tone } from '../../../ui/Tag.tsx'
import { mark, usePick, useText } from '../../../ui/text.ts'
import type { Column } from '../../../ui/table-columns.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { useListState } from '../../../ui/useListState.ts'
import { decideDifferent, decideSamePerson, listDuplicates, listMerges, startScan, type DuplicatePairRow, type DuplicateSide } from '../../duplicates/duplicate.contract.ts'
import { duplicatesText, signWords } from './duplicates-text.ts'

const tones: Readonly<Record<string, Tone>> = { CERTAIN: 'orange', LIKELY: 'yellow', POSSIBLE: 'plain' }

/** Pairs that may be one customer, and the merges that wait, were made or undone: of customers whom the reader sees. */
export default function Duplicates() {
  const t = useText(duplicatesText)
  const tabs = [{ key: 'pairs', label: t('title') }, { key: 'merges', label: t('merges') }]
  const tab = usePageTab(tabs)
  return (
    <Page>
      <PageHeader title={t('parts')} actions={tab === 'pairs' ? <ScanButton /> : undefined} />
      <PageTabs tabs={tabs} label={t('parts')} />
      {tab === 'pairs' ? <Pairs /> : <Merges />}
    </Page>
  )
}

function ScanButton() {
  const t = useText(duplicatesText)
  const { data } = useContract(listDuplicates, { query: { limit: 1 } })
  const scan = useAct(startScan, { refresh: ['duplicates'] })
  return data?.mayScan ? <Button type="primary" loading={scan.isPending} onClick={() => scan.mutate({ body: {} })}>{t('scan')}</Button> : null
}

function Pairs() {
  const t = useText(duplicatesText)
  const pick = usePick()
  const navigate = useNavigate()
  const list = useListState(['state', 'level', 'kind'])
  const { state, level, kind, cursor } = list.query
  const source = useContract(listDuplicates, { query: { state: (state ?? 'OPEN') as 'OPEN' | 'DECIDED', level: level as 'CERTAIN', kind: kind as 'PERSON', cursor } }, { refetchEvery: 15_000 })
  const [deciding, setDeciding] = useState<{ pair: DuplicatePairRow; what: 'different' | 'same' } | null>(null)
  const scan = source.data?.scan
  const columns: Column<DuplicatePairRow>[] = [
    { key: 'one', title: t('one'), show: (row) => <Side side={row.one} /> },
    { key: 'other', title: t('other'), show: (row) => <Side side={row.other} /> },
    { key: 'level', title: t('level'), card: 'tag', show: (row) => <Tag tone={tones[row.level] ?? 'plain'}>{t(row.level)}</Tag> },
    { key: 'signs', title: t('signs'), show: (row) => row.signs.map((sign) => pick(signWords[sign] ?? { zh: sign, en: sign })).join(mark('、')) },
    { key: 'foundOn', title: t('foundOn'), kind: 'date', value: (row) => row.foundOn, optional: true },
    { key: 'state', title: t('state'), show: (row) => (row.state === 'OPEN' ? t('OPEN') : <>{t(row.state)}{row.reason === null ? null : <div className="yq-small yq-quiet">{[row.decidedBy, row.reason].filter(Boolean).join(mark('：'))}</div>}</>) },
    { key: 'act', title: '', card: 'action', show: (row) => (row.state === 'DIFFERENT' || row.state === 'MERGED' ? null : (
      <div className="yq-row">
        {row.caseId === null
          ? <ActionButton size="small" may={row.may['merge.propose']} onClick={() => void navigate(`/customers/${row.one.status === 'PROSPECT' ? row.other.customerId : row.one.customerId}/merge/${row.one.status === 'PROSPECT' ? row.one.customerId : row.other.customerId}`)}>{t('compare')}</ActionButton>
          : <Link to={`/merges/${row.caseId}`}>{t('toCase')}</Link>}
        <ActionButton size="small" type="text" may={row.may['duplicate.decide']} onClick={() => setDeciding({ pair: row, what: 'different' })}>{t('different')}</ActionButton>
        {row.state === 'OPEN' && <ActionButton size="small" type="text" may={row.may['duplicate.decide']} onClick={() => setDeciding({ pair: row, what: 'same' })}>{t('same')}</ActionButton>}
      </div>
    )) },
  ]
  return (
    <>
      {scan && (scan.state === 'WAITING' || scan.state === 'RUNNING') && <JobProgress title={t('scanning')} perRow={false} job={{ state: scan.state, stage: scan.stage, done: scan.done, total: scan.total, startedAt: null }} />}
      {scan?.state === 'DONE' && source.data?.mayScan && <Note tone="info">{t('lastScan')}{mark('：')}{t('newPairs', { n: scan.found ?? 0 })}</Note>}
      <DataTable
        label={t('title')} list={list} source={source} columns={columns} rowKey={(row) => row.id} measure="对" measureEn="{n|pair|pairs}"
        bar={<FilterBar list={list} filters={[
          { name: 'state', label: t('state'), options: [{ value: 'DECIDED', label: t('decided') }] },
          { name: 'level', label: t('level'), options: (['CERTAIN', 'LIKELY', 'POSSIBLE'] as const).map((value) => ({ value, label: t(value) })) },
          { name: 'kind', label: t('kind'), options: (['CORPORATE', 'PERSON'] as const).map((value) => ({ value, label: t(value) })) },
        ]} />}
        empty={<EmptyState title={t('noneOpen')} hint={t('noneHint')} />}
      />
      {deciding && <Decide pair={deciding.pair} what={deciding.what} onClose={() => setDeciding(null)} />}
    </>
  )
}

function Side({ side }: { side: DuplicateSide }) {
  return (
    <div>
      <Link className="yq-name" to={`/customers/${side.customerId}`}>{side.name}</Link>
      <div className="yq-small yq-quiet">{[side.number, side.outletName, side.managerName].filter(Boolean).join(' · ')}</div>
    </div>
  )
}

function Decide({ pair, what, onClose }: { pair: DuplicatePairRow; what: 'different' | 'same'; onClose: () => void }) {
  const t = useText(duplicatesText)
  const toast = useToast()
  const done = { refresh: ['duplicates'], onDone: () => toast(t('saved')) }
  const different = useAct(decideDifferent, done)
  const same = useAct(decideSamePerson, done)
  const form = useForm({
    initial: { reason: '' }, check: ({ reason }) => ({ reason: [...reason.trim()].length < 2 ? t('needed') : undefined }),
    send: ({ reason }) => (what === 'different' ? different : same).mutateAsync({ params: { customerId: pair.customerId, pairId: pair.id }, body: { reason } }),
  })
  return (
    <FormDrawer title={t(what === 'different' ? 'differentTitle' : 'sameTitle')} open onClose={onClose} form={form} submit={t('save')}>
      <Side side={pair.one} />
      <Side side={pair.other} />
      <TextField form={form} name="reason" label={t('reason')} required max={200} hint={t(what === 'different' ? 'differentHint' : 'sameHint')} />
    </FormDrawer>
  )
}

type MergeRow = NonNullable<ReturnType<typeof useMerges>['data']>['items'][number]
const useMerges = (query: { state?: 'PROPOSED' | 'RETURNED' | 'MERGED' | 'UNDONE' | undefined; cursor?: string | undefined }) => useContract(listMerges, { query })
const mergeTones: Readonly<Record<string, Tone>> = { PROPOSED: 'warning', MERGED: 'success' }

function Merges() {
  const t = useText(duplicatesText)
  const list = useListState(['state'])
  const source = useMerges({ state: list.query.state as 'PROPOSED' | undefined, cursor: list.query.cursor })
  const columns: Column<MergeRow>[] = [
    { key: 'what', title: t('what'), show: (row) => <Link className="yq-name" to={`/merges/${row.id}`}>{t('whatText', { other: row.otherName, survivor: row.survivorName })}</Link> },
    { key: 'state', title: t('state'), card: 'tag', show: (row) => <Tag tone={mergeTones[row.state] ?? 'plain'}>{t(row.state)}</Tag> },
    { key: 'numbers', title: t('customerNumber'), show: (row) => `${row.otherNumber} → ${row.survivorNumber}` },
    { key: 'proposed', title: t('proposedBy'), show: (row) => `${row.proposed.name} ${row.proposed.on}` },
    { key: 'decided', title: t('decidedBy'), show: (row) => (row.decided === null ? '--' : `${row.decided.name} ${row.decided.on}`) },
  ]
  return (
    <DataTable
      label={t('merges')} list={list} source={source} columns={columns} rowKey={(row) => row.id} rowTo={(row) => `/merges/${row.id}`} measure="项" measureEn="{n|merge|merges}"
      bar={<FilterBar list={list} filters={[{ name: 'state', label: t('state'), options: (['PROPOSED', 'RETURNED', 'MERGED', 'UNDONE'] as const).map((value) => ({ value, label: t(value) })) }]} />}
      empty={<EmptyState title={t('noMerges')} hint={t('mergesHint')} />}
    />
  )
}
