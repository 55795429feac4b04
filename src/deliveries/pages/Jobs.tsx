import { Button } from 'antd'
import { useAct, useContract } from '../../ui/client.ts'
import { useConfirm } from '../../ui/Confirm.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { useSettings } from '../../ui/settings.ts'
import { Tag } from '../../ui/Tag.tsx'
import { inLanguage, useText } from '../../ui/text.ts'
import { useListState } from '../../ui/useListState.ts'
import { listJobs, stopJob } from '../delivery.contract.ts'
import { deliveriesText } from './deliveries-text.ts'

const tones = { WAITING: 'plain', RUNNING: 'info', DONE: 'success', FAILED: 'error', STOPPED: 'warning' } as const
const icons = { WAITING: '…', RUNNING: '●', DONE: '√', FAILED: '×', STOPPED: '■' } as const

/** Long work in the server: who asked for it, how far it is, stop. */
export default function Jobs() {
  const t = useText(deliveriesText)
  const { language } = useSettings()
  const confirm = useConfirm()
  const list = useListState([])
  const source = useContract(listJobs, { query: { cursor: list.query.cursor, limit: 50 } }, { refetchEvery: 2_000, keepOld: true })
  const stop = useAct(stopJob, { refresh: ['jobs', 'deliveries'] })
  const ask = async (jobId: string): Promise<void> => {
    if (await confirm({ title: t('stopJobTitle'), effect: t('stopJobEffect'), verb: t('stop') })) stop.mutate({ params: { jobId } })
  }
  const named = (kind: string): string => (kind === 'feed' || kind === 'settle-month' || kind === 'compare-schemes' || kind === 'demo-bank' ? t(kind) : kind)
  return (
    <Page>
      <PageHeader title={t('jobs')} />
      <DataTable
        label={t('jobs')} list={list} source={source} rowKey={(row) => row.id} measure="项" measureEn="{n|job|jobs}"
        columns={[
          { key: 'job', title: t('job'), show: (row) => <span className="yq-name">{named(row.kind)}</span> },
          { key: 'state', title: t('state'), show: (row) => <Tag tone={tones[row.state]} icon={icons[row.state]}>{t(row.state)}</Tag>, card: 'tag' },
          { key: 'stage', title: t('stage'), show: (row) => [inLanguage(row.stage, language), row.total !== null && row.total > 0 && row.done !== null ? `${Math.floor((row.done / row.total) * 100)}%` : null].filter(Boolean).join(' ') || t('none') },
          { key: 'askedBy', title: t('askedBy'), show: (row) => row.askedBy ?? t('product') },
          { key: 'asked', title: t('asked'), kind: 'moment', value: (row) => row.askedAt },
          { key: 'ended', title: t('ended'), kind: 'moment', value: (row) => row.endedAt },
          { key: 'stop', title: t('stop'), card: 'action', show: (row) => row.mayStop && <Button size="small" onClick={() => void ask(row.id)}>{t('stop')}</Button> },
        ]}
        empty={<EmptyState title={t('noJobs')} />}
      />
    </Page>
  )
}
