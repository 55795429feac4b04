import { Button } from 'antd'
import { useState } from 'react'
import { download, useAct, useContract, useRefresh } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { DateText } from '../../../ui/DateText.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { AreaField, RadioField } from '../../../ui/fields.tsx'
import { FilterBar } from '../../../ui/FilterBar.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { aside, mark, usePick, useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { useListState } from '../../../ui/useListState.ts'
import { decideExport, fetchExport, listExports, withdrawExport, type ExportView } from '../../lists/export.contract.ts'
import { listsText } from './lists-text.ts'

/** Exports that I asked for or may decide: what, what for, how many; decided, fetched once, withdrawn. */
export default function ExportList() {
  const t = useText(listsText)
  const pick = usePick()
  const list = useListState(['waiting'])
  const waiting = list.query['waiting'] === 'yes' ? ('yes' as const) : undefined
  const source = useContract(listExports, { query: { limit: 50, waiting, cursor: list.query['cursor'] } })
  const [deciding, setDeciding] = useState<ExportView | null>(null)
  return (
    <Page>
      <PageHeader title={t('exports')} />
      <DataTable<ExportView>
        label={t('exports')} list={list} source={source} rowKey={(row) => row.id} measure="份" measureEn="{n|export|exports}" bar={<FilterBar list={list} filters={[{ name: 'waiting', label: t('state'), options: [{ value: 'yes', label: t('onlyWaiting') }] }]} />}
        columns={[
          { key: 'purpose', title: t('purpose'), show: (row) => <span className="yq-name">{row.purpose}</span> },
          { key: 'state', title: t('state'), card: 'tag', show: (row) => <State row={row} /> },
          { key: 'told', title: t('filter'), show: (row) => pick(row.told) },
          { key: 'rows', title: t('rows'), kind: 'number', value: (row) => row.madeRows ?? row.rowCount },
          { key: 'persons', title: t('persons'), kind: 'number', value: (row) => row.personCount, card: 'none' },
          { key: 'asker', title: t('asker'), show: (row) => aside(row.askedBy, row.unitName) },
          { key: 'askedOn', title: t('askedOn'), kind: 'date', value: (row) => row.askedOn },
          { key: 'decided', title: t('decision'), emptyAt: (row) => row.decidedBy === null, show: (row) => (row.decidedBy === null ? '--' : <>{row.decidedBy} <DateText date={row.decidedOn} />{row.decisionReason !== null && <div className="yq-small yq-quiet">{row.decisionReason}</div>}</>), card: 'none' },
          { key: 'act', title: '', card: 'action', show: (row) => <Acts row={row} onDecide={() => setDeciding(row)} /> },
        ]}
        empty={<EmptyState title={t('noExports')} hint={t('noExportsHint')} />}
      />
      {deciding && <DecideDrawer row={deciding} onClose={() => setDeciding(null)} />}
    </Page>
  )
}

function State({ row: { state } }: { row: ExportView }) {
  const t = useText(listsText)
  const tone = { WAITING: 'warning', READY: 'success', DECLINED: 'plain', WITHDRAWN: 'plain', FETCHED: 'plain', OVER: 'plain' } as const
  return <Tag tone={tone[state]} {...(state === 'WAITING' ? { icon: '■' } : state === 'READY' ? { icon: '✓' } : {})}>{t(state)}</Tag>
}

function Acts({ row, onDecide }: { row: ExportView; onDecide: () => void }) {
  const t = useText(listsText)
  const toast = useToast()
  const refresh = useRefresh()
  const withdraw = useAct(withdrawExport, { refresh: ['exports'], onDone: () => toast(t('withdrawn')) })
  const [failed, setFailed] = useState<string | null>(null)
  if (row.decide.allowed) return <Button size="small" type="primary" ghost onClick={onDecide}>{t('decide')}</Button>
  if (!row.mine) return null
  if (row.state === 'WAITING') return <Button size="small" onClick={() => withdraw.mutate({ params: { exportId: row.id } })}>{t('withdraw')}</Button>
  if (row.state !== 'READY') return null
  return (
    <span className="yq-stack" style={{ gap: 2 }}>
      <Button size="small" onClick={() => void download(fetchExport, { params: { exportId: row.id } }).catch((error: unknown) => setFailed(error instanceof Error ? error.message : '')).finally(() => refresh('exports'))}>{t('fetch')}</Button>
      <span className="yq-small yq-quiet">{failed ?? t('fetchUntil', { day: row.fetchUntil ?? '' })}</span>
    </span>
  )
}

function DecideDrawer({ row, onClose }: { row: ExportView; onClose: () => void }) {
  const t = useText(listsText)
  const pick = usePick()
  const toast = useToast()
  const act = useAct(decideExport, { refresh: ['exports'] })
  const form = useForm({
    initial: { decision: null as 'APPROVED' | 'DECLINED' | null, reason: '' },
    check: ({ decision, reason }) => ({ decision: decision === null ? t('needed') : undefined, reason: decision === 'DECLINED' && reason.trim() === '' ? t('opinionHint') : undefined }),
    send: async ({ decision, reason }) => {
      const done = await act.mutateAsync({ params: { exportId: row.id }, body: { decision: decision ?? 'DECLINED', reason: reason.trim() === '' ? null : reason } })
      toast(decision === 'APPROVED' ? t('approved', { n: done.rows ?? 0 }) : t('declined'))
    },
  })
  return (
    <FormDrawer title={t('decide')} open onClose={onClose} form={form} submit={t('decide')}>
      <Facts facts={[
        { label: t('what'), value: pick(row.told) }, { label: t('purpose'), value: row.purpose }, { label: t('rows'), value: <span className="yq-num">{row.rowCount.toLocaleString('en-US')}</span> },
        { label: t('persons'), value: <span className="yq-num">{row.personCount.toLocaleString('en-US')}</span> }, { label: t('asker'), value: `${row.askedBy}${mark('（')}${row.askedByNo} ${row.unitName}${mark('）')}` }, { label: t('askedOn'), value: <DateText date={row.askedOn} form="data" /> },
      ]} />
      <RadioField form={form} name="decision" label={t('decision')} required options={[{ value: 'APPROVED', label: t('approve') }, { value: 'DECLINED', label: t('decline') }]} />
      <AreaField form={form} name="reason" label={t('opinion')} max={200} hint={t('opinionHint')} />
    </FormDrawer>
  )
}
