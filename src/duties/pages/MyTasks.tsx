import { Button } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { Deadline } from '../../ui/Deadline.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { getDigest, listMyDuties, type InstanceShown } from '../duty.contract.ts'
import { listTasks, type TaskShown } from '../task.contract.ts'
import { dutiesText } from './duties-text.ts'
import { FinishDuty } from './FinishDuty.tsx'
import { GiveTask } from './GiveTask.tsx'
import { TaskDrawer } from './TaskDrawer.tsx'
import './duties.css'

type Line = { key: string; dueOn: string; over: boolean } & ({ duty: InstanceShown; task?: undefined } | { task: TaskShown; duty?: undefined })

/** One list by urgency: duties and tasks, each with its fact, its reason and one verb. What is done folds. */
export default function MyTasks() {
  const t = useText(dutiesText)
  const { today } = useBank()
  const [address, setAddress] = useSearchParams()
  const duties = useContract(listMyDuties, { query: {} })
  const tasks = useContract(listTasks, { query: { list: 'mine', limit: 200 } })
  const over = useContract(listTasks, { query: { list: 'mine', done: 'true', limit: 100 } })
  const [finishing, setFinishing] = useState<InstanceShown | null>(null)
  const [giving, setGiving] = useState(false)
  const [unfolded, setUnfolded] = useState(false)
  const opened = address.get('task')
  const open = (id: string | null): void => setAddress(id === null ? {} : { task: id })
  const all: Line[] = [
    ...(duties.data?.items ?? []).map((duty): Line => ({ key: duty.id, dueOn: duty.dueOn, over: ['DONE', 'DONE_LATE', 'EXCUSED'].includes(duty.state), duty })),
    ...(tasks.data?.items ?? []).map((task): Line => ({ key: task.id, dueOn: task.dueOn, over: false, task })),
    ...(over.data?.items ?? []).map((task): Line => ({ key: task.id, dueOn: task.dueOn, over: true, task })),
  ].sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
  const [lines, done] = [all.filter((line) => !line.over), all.filter((line) => line.over)]
  const late = lines.filter((line) => line.dueOn < today).length
  const now = lines.filter((line) => line.dueOn === today).length
  return (
    <Page>
      <PageHeader title={t('tasks')} actions={<Button type="primary" onClick={() => setGiving(true)}>{t('giveSelf')}</Button>} />
      {duties.data?.calendarLacks && <Note tone="warning">{t('calendarLacks', { day: duties.data.calendarLacks })}</Note>}
      <Digest />
      <Block
        title={t('open')} asOf={duties.data?.asOf} loading={duties.isPending || tasks.isPending} error={duties.error ?? tasks.error} flush={all.length > 0}
        onRetry={() => { void duties.refetch(); void tasks.refetch() }}
        actions={<span className="yq-row yq-small">{late > 0 && <Tag tone="error" icon="⬣">{t('overdue', { n: late })}</Tag>}<span>{t('today', { n: now })}</span><span>{t('later', { n: lines.length - late - now })}</span></span>}
      >
        {lines.length === 0 ? <EmptyState title={t('allDone')} hint={t('allDoneHint')} /> : <Lines lines={lines} onFinish={setFinishing} onOpen={open} label={t('open')} />}
        {done.length > 0 && <button type="button" className="yq-duty-fold" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>{t('doneFold', { n: done.length })}</button>}
        {unfolded && <Lines lines={done} onFinish={setFinishing} onOpen={open} label={t('doneFold', { n: done.length })} />}
      </Block>
      {(duties.data?.more || tasks.data?.nextCursor) && <Note>{t('moreThanShown', { n: 200 })}</Note>}
      {finishing && <FinishDuty key={finishing.id} duty={finishing} onClose={() => setFinishing(null)} />}
      {giving && <GiveTask own onClose={() => setGiving(false)} />}
      {opened !== null && <TaskDrawer key={opened} taskId={opened} onClose={() => open(null)} />}
    </Page>
  )
}

function Lines({ lines, onFinish, onOpen, label }: { lines: readonly Line[]; onFinish: (duty: InstanceShown) => void; onOpen: (id: string) => void; label: string }) {
  return (
    <ul className="yq-duty-list" aria-label={label}>
      {lines.map((line) => <li key={line.key}>{line.duty ? <DutyLine duty={line.duty} onFinish={onFinish} /> : <TaskLine task={line.task} onOpen={onOpen} />}</li>)}
    </ul>
  )
}

function DutyLine({ duty, onFinish }: { duty: InstanceShown; onFinish: (duty: InstanceShown) => void }) {
  const t = useText(dutiesText)
  const pick = usePick()
  const name = pick({ zh: duty.name, en: duty.nameEn })
  const over = ['DONE', 'DONE_LATE', 'EXCUSED'].includes(duty.state)
  return (
    <>
      <div className="yq-duty-what">
        <span className="yq-row"><strong className="yq-name">{name}</strong><span className="yq-quiet yq-small">{duty.code}</span>{over && <Tag tone={duty.state === 'DONE' ? 'success' : 'warning'}>{t(duty.state)}</Tag>}{duty.state === 'PLANNED' && <Tag>{t('PLANNED')}</Tag>}</span>
        <span className="yq-small yq-quiet">
          {duty.customerName !== null && <>{duty.customerId === null ? duty.customerName : <Link to={`/customers/${duty.customerId}`}>{duty.customerName}</Link>}{' · '}</>}
          {over ? duty.evidence ?? duty.excuseReason ?? pick({ zh: duty.evidenceAsked, en: duty.evidenceAskedEn }) : duty.wanted !== null && duty.met !== null && duty.countedOn !== null ? t('progress', { met: duty.met, wanted: duty.wanted, day: duty.countedOn }) : pick({ zh: duty.content, en: duty.contentEn })}
          {duty.movedWhy !== null && <>{' · '}{t(duty.movedWhy as 'LEFT')}{' · '}{t('forPerson', { name: duty.staffName })}</>}
        </span>
        <span className="yq-row yq-small"><Deadline date={duty.dueOn} done={over} {...(duty.workingDaysLeft === null ? {} : { workingDays: duty.workingDaysLeft })} />{duty.dueTime !== null && !over && <span>{t('by', { time: duty.dueTime })}</span>}</span>
      </div>
      {!over && (duty.fact !== null || !duty.may['finish']?.allowed
        ? duty.address !== null && <Link className="yq-duty-verb" to={duty.address} aria-label={`${t('goTo')} ${name}`}>{t('goTo')}</Link>
        : <Button className="yq-duty-verb" onClick={() => onFinish(duty)} aria-label={`${t('finish')} ${name}`}>{t('finish')}</Button>)}
    </>
  )
}

function TaskLine({ task, onOpen }: { task: TaskShown; onOpen: (id: string) => void }) {
  const t = useText(dutiesText)
  const title = task.title ?? t('hiddenTask')
  return (
    <>
      <div className="yq-duty-what">
        <span className="yq-row"><strong className="yq-name">{title}</strong><Tag tone={task.state === 'RETURNED' ? 'warning' : 'info'}>{t(task.state)}</Tag>{task.priority === 'HIGH' && <Tag tone="orange" icon="◆">{t('HIGH')}</Tag>}</span>
        <span className="yq-small yq-quiet">{t(task.source)} · {t('giver')} {task.giver.name}{task.customerName !== null && task.customerId !== null && <>{' · '}<Link to={`/customers/${task.customerId}`}>{task.customerName}</Link></>}</span>
        <span className="yq-small"><Deadline date={task.dueOn} done={['CONFIRMED', 'CLOSED', 'WITHDRAWN', 'REFUSED'].includes(task.state)} {...(task.workingDaysLeft === null ? {} : { workingDays: task.workingDaysLeft })} /></span>
      </div>
      <Button className="yq-duty-verb" onClick={() => onOpen(task.id)} aria-label={`${t('open_')} ${title}`}>{t('open_')}</Button>
    </>
  )
}

/** One digest a day. It is told once, in the morning; what was done since stands in the list. */
function Digest() {
  const t = useText(dutiesText)
  const pick = usePick()
  const { data } = useContract(getDigest, {})
  const told = (data?.lines ?? []).filter((line) => line.kind !== 'DUE_SOON' && line.kind !== 'DUE_TODAY' && line.kind !== 'OVERDUE')
  if (told.length === 0) return null
  return (
    <Block title={t('digest')} asOf={data?.day}>
      <ul className="yq-stack" style={{ margin: 0, paddingInlineStart: 20 }}>
        {told.map((line) => (
          <li key={`${line.kind}${line.code ?? ''}`}>
            {line.kind === 'TEAM_LATE' || line.kind === 'MISSED_SHARE' ? <Link to={`/supervision?tab=duties&code=${line.code ?? ''}`}>{t(line.kind, { name: pick({ zh: line.name, en: line.nameEn }), n: line.n })}</Link> : line.kind === 'TASK_TEAM' || line.kind === 'TASK_ORPHAN' ? <Link to="/supervision">{t(line.kind, { n: line.n })}</Link> : t(line.kind, { name: '', n: line.n })}
          </li>
        ))}
      </ul>
    </Block>
  )
}
