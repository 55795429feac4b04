import { Button } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Deadline } from '../../ui/Deadline.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { AreaField } from '../../ui/fields.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PageTabs, usePageTab } from '../../ui/PageTabs.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { aside, usePick, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useListState } from '../../ui/useListState.ts'
import { useMay } from '../../ui/who.ts'
import { excuseDuty, listTeamDuties, type InstanceShown } from '../duty.contract.ts'
import { listTasks, type TaskShown } from '../task.contract.ts'
import { dutiesText } from './duties-text.ts'
import { GiveTask } from './GiveTask.tsx'
import { OpenTask, TaskDrawer } from './TaskDrawer.tsx'

const tones = { GREEN: 'success', AMBER: 'warning', RED: 'error' } as const

/** 督办: what a leader gave, by its day; and what the people of his line owe. */
export default function Supervision() {
  const t = useText(dutiesText)
  const may = useMay()
  const tabs = [{ key: 'tasks', label: t('tasksGiven') }, ...(may('duty.supervise') ? [{ key: 'duties', label: t('teamDuties') }] : [])]
  const tab = usePageTab(tabs)
  const [giving, setGiving] = useState(false)
  return (
    <Page>
      <PageHeader title={t('supervision')} actions={<Button type="primary" onClick={() => setGiving(true)}>{t('give')}</Button>} />
      <PageTabs tabs={tabs} label={t('supervision')} />
      {tab === 'duties' ? <TeamDuties /> : <TasksGiven />}
      {giving && <GiveTask onClose={() => setGiving(false)} />}
    </Page>
  )
}

function TasksGiven() {
  const t = useText(dutiesText)
  const [address, setAddress] = useSearchParams()
  const list = useListState(['ended'])
  const source = useContract(listTasks, { query: { list: 'given', ...(list.query['ended'] === 'true' ? { done: 'true' } : {}), ...(list.query.cursor === undefined ? {} : { cursor: list.query.cursor }) } })
  const opened = address.get('task')
  const open = (id: string | null): void => setAddress((before) => { const next = new URLSearchParams(before); if (id === null) next.delete('task'); else next.set('task', id); return next })
  return (
    <>
      <DataTable<TaskShown>
        label={t('tasksGiven')} list={list} source={source} rowKey={(row) => row.id} measure="项" measureEn="{n|task|tasks}" empty={<EmptyState title={t('noTasks')} hint={t('noTasksHint')} />}
        bar={<FilterBar list={list} filters={[{ name: 'ended', label: t('showAll'), options: [{ value: 'true', label: t('ended') }] }]} />}
        columns={[
          { key: 'title', title: t('title'), show: (row) => <span className="yq-name">{row.title ?? t('hiddenTask')}</span> },
          { key: 'light', title: t('state'), card: 'tag', show: (row) => <Tag tone={tones[row.light]} {...(row.light === 'RED' ? { icon: '⬣' } : {})}>{`${t(row.light)} · ${t(row.state)}`}</Tag> },
          { key: 'owner', title: t('owner'), show: (row) => row.owner.name },
          { key: 'due', title: t('due'), show: (row) => <Deadline date={row.dueOn} done={['CONFIRMED', 'CLOSED', 'WITHDRAWN', 'REFUSED'].includes(row.state)} {...(row.workingDaysLeft === null ? {} : { workingDays: row.workingDaysLeft })} /> },
          { key: 'note', title: t('sinceNote'), right: true, show: (row) => t('days', { n: row.daysSinceNote }) },
          { key: 'extensions', title: t('extended'), right: true, show: (row) => row.extensions },
          { key: 'group', title: t('ofSeveral'), show: (row) => (row.group === null ? '--' : t('groupDone', { done: row.group.done, tasks: row.group.tasks })) },
          { key: 'giver', title: t('giver'), show: (row) => row.giver.name },
          { key: 'act', title: '', card: 'action', show: (row) => <OpenTask label={row.title ?? ''} onClick={() => open(row.id)} /> },
        ]}
      />
      {opened !== null && <TaskDrawer key={opened} taskId={opened} onClose={() => open(null)} />}
    </>
  )
}

function TeamDuties() {
  const t = useText(dutiesText)
  const pick = usePick()
  const list = useListState(['late', 'code'])
  const { cursor, late, code } = list.query
  const source = useContract(listTeamDuties, { query: { ...(late === 'false' ? { late: 'false' } : {}), ...(code === undefined || code === '' ? {} : { code }), ...(cursor === undefined ? {} : { cursor }) } })
  const [excusing, setExcusing] = useState<InstanceShown | null>(null)
  return (
    <>
      <DataTable<InstanceShown>
        label={t('teamDuties')} list={list} source={source} rowKey={(row) => row.id} measure="项" measureEn="{n|duty|duties}" empty={<EmptyState title={t('noLate')} />}
        bar={<FilterBar list={list} filters={[{ name: 'late', label: t('showAll'), options: [{ value: 'false', label: t('everything') }] }]} />}
        columns={[
          { key: 'name', title: t('duty'), show: (row) => <span className="yq-name">{pick({ zh: row.name, en: row.nameEn })} <span className="yq-quiet yq-small">{row.code}</span></span> },
          { key: 'state', title: t('state'), card: 'tag', show: (row) => <Tag tone={row.state === 'MISSED' ? 'error' : row.state === 'DONE' ? 'success' : row.state === 'DONE_LATE' ? 'warning' : 'info'} {...(row.state === 'MISSED' ? { icon: '⬣' } : {})}>{t(row.state)}</Tag> },
          { key: 'person', title: t('person'), show: (row) => (row.movedWhy === null ? row.staffName : aside(row.holderName, t('forPerson', { name: row.staffName }))) },
          { key: 'due', title: t('due'), show: (row) => <Deadline date={row.dueOn} done={['DONE', 'DONE_LATE', 'EXCUSED'].includes(row.state)} {...(row.workingDaysLeft === null ? {} : { workingDays: row.workingDaysLeft })} /> },
          { key: 'progress', title: t('evidence'), show: (row) => row.evidence ?? row.excuseReason ?? (row.wanted !== null && row.met !== null ? `${row.met}/${row.wanted}` : '--') },
          { key: 'act', title: '', card: 'action', show: (row) => (['OPEN', 'MISSED', 'PLANNED'].includes(row.state) ? <ActionButton size="small" may={row.may['excuse']} refusals={excuseDuty.refusals} onClick={() => setExcusing(row)}>{t('excuse')}</ActionButton> : '') },
        ]}
      />
      {excusing && <Excuse key={excusing.id} duty={excusing} onClose={() => setExcusing(null)} />}
    </>
  )
}

function Excuse({ duty, onClose }: { duty: InstanceShown; onClose: () => void }) {
  const t = useText(dutiesText)
  const pick = usePick()
  const toast = useToast()
  const send = useAct(excuseDuty, { refresh: ['duties'] })
  const form = useForm({ initial: { reason: '' }, check: ({ reason }) => (reason.trim().length < 4 ? { reason: t('required') } : {}), send: ({ reason }) => send.mutateAsync({ params: { instanceId: duty.id }, body: { reason } }) })
  return (
    <FormDrawer title={t('excuseTitle', { who: duty.staffName, name: pick({ zh: duty.name, en: duty.nameEn }) })} open onClose={onClose} form={form} submit={t('excuse')} onDone={() => toast(t('excused'))}>
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
