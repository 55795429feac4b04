import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAct, useContract } from '../../ui/client.ts'
import { useConfirm } from '../../ui/Confirm.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { DateText, Moment } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ChoiceField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { JobProgress } from '../../ui/JobProgress.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useListState } from '../../ui/useListState.ts'
import { getDeliveryState, listDeliveries, startLoad, stopJob, type DeliveryRow } from '../delivery.contract.ts'
import { deliveriesText } from './deliveries-text.ts'

/** What came from the core system: whether it is on time, what runs now, and every delivery with its control totals and rejects. */
export default function Deliveries() {
  const t = useText(deliveriesText)
  const [open, setOpen] = useState(false)
  const list = useListState([])
  const state = useContract(getDeliveryState, {}, { refetchEvery: 2_000 })
  const now = state.data
  const source = useContract(listDeliveries, { query: { cursor: list.query.cursor, limit: 50 } }, { refetchEvery: now?.job ? 2_000 : 30_000 })
  return (
    <Page>
      <PageHeader
        title={t('deliveries')} sub={now && t('current', { day: now.businessDate })}
        actions={now?.mayLoad && <Button type="primary" disabled={now.job !== null} onClick={() => setOpen(true)}>{t('load')}</Button>}
      />
      {now?.next && (now.next.lateHours > 0
        ? <Note tone="warning">{t('late', { day: now.next.day, n: now.next.lateHours })}</Note>
        : <Note tone="info">{t('due', { day: now.next.day })}<Moment at={now.next.dueAt} /></Note>)}
      {now?.job && <Running job={now.job} mayStop={now.mayStop} />}
      <DataTable
        label={t('deliveries')} list={list} source={source} rowKey={(row) => row.id} rowTo={(row) => `/deliveries/${row.id}`} measure="批" measureEn="{n|delivery|deliveries}"
        columns={[
          { key: 'day', title: t('day'), show: (row) => <Link className="yq-name" to={`/deliveries/${row.id}`}><DateText date={row.businessDate} form="data" /></Link> },
          { key: 'kind', title: t('kind'), show: (row) => t(row.kind) },
          { key: 'state', title: t('state'), show: (row) => <StateTag row={row} />, card: 'tag' },
          { key: 'rows', title: t('rows'), kind: 'number', value: (row) => row.rowsRead },
          { key: 'changed', title: t('changed'), kind: 'number', value: (row) => row.rowsChanged },
          { key: 'rejects', title: t('rejects'), kind: 'number', value: (row) => row.rowsRejected },
          { key: 'ties', title: t('ties'), show: (row) => (row.ties === null ? t('none') : row.ties ? t('tie') : t('differ')) },
          { key: 'received', title: t('received'), kind: 'moment', value: (row) => row.receivedAt },
        ]}
        empty={<EmptyState title={t('noDeliveries')} hint={t('noDeliveriesHint')} />}
      />
      {open && now && <LoadForm folders={now.folders} profiles={now.profiles} inbox={now.inbox} onClose={() => setOpen(false)} />}
    </Page>
  )
}

export function StateTag({ row }: { row: DeliveryRow }) {
  const t = useText(deliveriesText)
  if (row.signedAt !== null) return <Tag tone="success" icon="√">{t('signed')}</Tag>
  if (row.state === 'LOADED') return <Tag tone="info" icon="●">{t('LOADED')}</Tag>
  if (row.state === 'REFUSED') return <Tag tone="error" icon="×">{t('REFUSED')}</Tag>
  return <Tag tone="warning" icon="…">{t(row.state)}</Tag>
}

type Job = NonNullable<Parameters<typeof JobProgress>[0]>['job'] & { id: string }

/** The load that runs, with its stop. */
export function Running({ job, mayStop }: { job: Job; mayStop: boolean }) {
  const t = useText(deliveriesText)
  const confirm = useConfirm()
  const stop = useAct(stopJob, { refresh: ['deliveries', 'jobs'] })
  const ask = async (): Promise<void> => {
    if (await confirm({ title: t('stopTitle'), effect: t('stopEffect'), verb: t('stop') })) stop.mutate({ params: { jobId: job.id } })
  }
  return <JobProgress job={job} title={t('running')} perRow={false} onStop={mayStop ? () => void ask() : undefined} />
}

function LoadForm({ folders, profiles, inbox, onClose }: { folders: readonly string[]; profiles: readonly string[]; inbox: string; onClose: () => void }) {
  const t = useText(deliveriesText)
  const load = useAct(startLoad, { refresh: ['deliveries', 'jobs'] })
  const form = useForm({
    initial: { folder: folders.at(-1) ?? '', profile: profiles.includes('yinqiao') ? 'yinqiao' : (profiles[0] ?? '') },
    check: (values) => ({ folder: values.folder === '' ? t('emptyInbox') : undefined }),
    send: (values) => load.mutateAsync({ body: values }),
  })
  return (
    <FormDrawer title={t('loadTitle')} open onClose={onClose} form={form} submit={t('load')}>
      <p className="yq-quiet">{t('inbox', { path: inbox })}</p>
      <ChoiceField form={form} name="folder" label={t('folder')} options={folders.map((folder) => ({ value: folder, label: folder }))} required />
      <ChoiceField form={form} name="profile" label={t('profile')} options={profiles.map((profile) => ({ value: profile, label: profile }))} required />
    </FormDrawer>
  )
}
