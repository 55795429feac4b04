import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { DateText } from '../../ui/DateText.tsx'
import { Deadline } from '../../ui/Deadline.tsx'
import { ErrorState, isNotFound } from '../../ui/ErrorState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { AreaField, DayField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Note } from '../../ui/Note.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { usePhone } from '../../ui/settings.ts'
import { Tag } from '../../ui/Tag.tsx'
import { mark, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { actOnTask, getTask, taskActs, type TaskAct, type TaskShown } from '../task.contract.ts'
import { dutiesText } from './duties-text.ts'

// what is wanted next comes first
const order: readonly TaskAct[] = ['ACCEPT', 'REPORT', 'CONFIRM', 'RETURN', 'ANSWER', 'EXTEND', 'KEEP_DUE', 'NOTE', 'QUESTION', 'ASK_EXTENSION', 'REFUSE_TASK', 'WITHDRAW']
const withoutWords: readonly TaskAct[] = ['ACCEPT', 'CONFIRM', 'EXTEND']

/** A task with what happened to it, and the steps that this person may do now. */
export function TaskDrawer({ taskId, onClose }: { taskId: string; onClose: () => void }) {
  const t = useText(dutiesText)
  const phone = usePhone()
  const { data, error, refetch } = useContract(getTask, { params: { taskId } })
  const [acting, setActing] = useState<TaskAct | null>(null)
  const send = useAct(actOnTask, { refresh: ['tasks'] })
  const task = data?.task
  const may = order.filter((act) => task?.may[act]?.allowed)
  return (
    <Drawer title={task ? task.title ?? t('hiddenTask') : t('task')} open onClose={onClose} size={phone ? '100%' : 560} footer={may.length === 0 ? null : (
      <div className="yq-row" style={{ flexWrap: 'wrap' }}>
        {may.map((act, place) => (
          <ActionButton key={act} type={place === 0 ? 'primary' : 'default'} danger={act === 'REFUSE_TASK'} may={task?.may[act]} refusals={actOnTask.refusals} onClick={() => (withoutWords.includes(act) ? send.mutate({ params: { taskId }, body: { act } }) : setActing(act))}>{t(act)}</ActionButton>
        ))}
      </div>
    )}>
      {error ? isNotFound(error) ? <NotFound /> : <ErrorState error={error} onRetry={() => void refetch()} /> : !task ? <Skeleton /> : (
        <div className="yq-stack">
          {send.error && <ErrorState error={send.error} onRetry={() => send.reset()} />}
          <span className="yq-row"><Tag tone={task.light === 'RED' ? 'error' : task.light === 'AMBER' ? 'warning' : 'info'} {...(task.light === 'RED' ? { icon: '⬣' } : {})}>{t(task.state)}</Tag>{task.priority === 'HIGH' && <Tag tone="orange" icon="◆">{t('HIGH')}</Tag>}{task.extensions > 0 && <Tag tone="warning">{t('extensions', { n: task.extensions })}</Tag>}</span>
          {task.askedDue !== null && <Note tone="info">{t('askedDue', { day: task.askedDue, why: task.askedWhy ?? '' })}</Note>}
          <p style={{ whiteSpace: 'pre-wrap', margin: 0 }}>{task.content ?? t('hiddenTask')}</p>
          <Facts facts={[
            { label: t('due'), value: <Deadline date={task.dueOn} done={['CONFIRMED', 'CLOSED', 'WITHDRAWN', 'REFUSED'].includes(task.state)} {...(task.workingDaysLeft === null ? {} : { workingDays: task.workingDaysLeft })} /> }, { label: t('giver'), value: `${task.giver.name} · ${t(task.source)}` }, { label: t('owner'), value: task.owner.name },
            ...(task.helpers.length > 0 ? [{ label: t('helpers'), value: task.helpers.join(mark('、')) }] : []), ...(task.customerId !== null ? [{ label: t('customer'), value: <Link to={`/customers/${task.customerId}`}>{task.customerName}</Link> }] : []), { label: t('evidenceAsked'), value: task.evidenceAsked },
          ]} />
          <h3>{t('happened')}</h3>
          <ol className="yq-stack" style={{ margin: 0, paddingInlineStart: 20 }}>
            {data.events.map((event) => <li key={event.id}><span className="yq-row"><strong>{t(event.kind as 'GIVE')}</strong><span className="yq-quiet yq-small">{event.who ?? '--'} · <DateText date={event.on} /></span></span>{event.note !== null && <div style={{ whiteSpace: 'pre-wrap' }}>{event.note}</div>}</li>)}
          </ol>
        </div>
      )}
      {acting && task && <ActForm key={acting} act={acting} task={task} onClose={() => setActing(null)} />}
    </Drawer>
  )
}

function ActForm({ act, task, onClose }: { act: (typeof taskActs)[number]; task: TaskShown; onClose: () => void }) {
  const t = useText(dutiesText)
  const send = useAct(actOnTask, { refresh: ['tasks'] })
  const form = useForm<{ note: string; dueOn: string | null }>({
    initial: { note: '', dueOn: null },
    check: (entry) => ({ ...(entry.note.trim() === '' ? { note: t('required') } : {}), ...(act === 'ASK_EXTENSION' && entry.dueOn === null ? { dueOn: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ params: { taskId: task.id }, body: { act, note: entry.note, ...(act === 'ASK_EXTENSION' ? { dueOn: entry.dueOn } : {}) } }),
    draft: `task.${task.id}.${act}`,
  })
  return (
    <FormDrawer title={t(act)} open onClose={onClose} form={form} submit={t(act)}>
      {act === 'ASK_EXTENSION' && <DayField form={form} name="dueOn" label={t('newDue')} required from={task.dueOn} />}
      <AreaField form={form} name="note" label={act === 'REPORT' ? t('evidence') : t('note')} required max={1000} rows={5} {...(act === 'REPORT' ? { hint: t('reportHint', { what: task.evidenceAsked }) } : act === 'REFUSE_TASK' ? { hint: t('refuseHint') } : {})} />
    </FormDrawer>
  )
}

export function OpenTask({ onClick, label }: { onClick: () => void; label: string }) {
  const t = useText(dutiesText)
  return <Button size="small" onClick={onClick} aria-label={`${t('open_')} ${label}`}>{t('open_')}</Button>
}
