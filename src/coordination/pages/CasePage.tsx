import { Button } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { newId } from '../../foundation/values/uuid7.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Block } from '../../ui/Block.tsx'
import { call, useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { Deadline } from '../../ui/Deadline.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState, isNotFound } from '../../ui/ErrorState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { AreaField, ChoiceField, DayField, FindField, TextField, type Choice } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { Timeline } from '../../ui/Timeline.tsx'
import { useForm } from '../../ui/useForm.ts'
import { actOnCase, addCaseTask, addMember, endCaseTask, endMember, findUnits, getCase, memberParts, type CaseAct, type CaseTask, type MemberPart, type MemberShown } from '../coordination.contract.ts'
import { findColleagues } from './AskCase.tsx'
import { StateTag } from './Coordination.tsx'
import { coordinationText } from './coordination-text.ts'

// what is wanted next comes first
const order: readonly CaseAct[] = ['ACCEPT', 'REPORT', 'CLOSE', 'RETURN', 'HAND_ON', 'REFUSE', 'REOPEN', 'MEETING', 'NOTE', 'EXTEND', 'WITHDRAW']
const eventWords = { ASK: 'EVENT_ASK', JOIN: 'EVENT_JOIN', LEAVE: 'EVENT_LEAVE', TASK: 'EVENT_TASK', TASK_DONE: 'EVENT_TASK_DONE', TASK_DROPPED: 'EVENT_TASK_DROPPED', ESCALATE: 'EVENT_ESCALATE', PASS_ON: 'EVENT_PASS_ON' } as const
const leftWords = { CLOSED: 'leftClosed', DATE: 'leftDate', LEFT: 'leftSelf', REMOVED: 'leftRemoved', POST_ENDED: 'leftPost' } as const
type Open = { what: 'act'; act: CaseAct } | { what: 'member' } | { what: 'endMember'; member: MemberShown; own: boolean } | { what: 'task' } | { what: 'endTask'; task: CaseTask; as: 'DONE' | 'DROPPED' }

/** One request or working group: what is wanted, how each department answered, who takes part, the tasks, what happened, and the steps that this person may do now. */
export default function CasePage() {
  const t = useText(coordinationText)
  const { caseId = '' } = useParams()
  const { data, error, refetch } = useContract(getCase, { params: { caseId } })
  const [open, setOpen] = useState<Open | null>(null)
  if (isNotFound(error)) return <NotFound />
  if (error) return <Page><PageHeader title={t('coordination')} /><ErrorState error={error} onRetry={() => void refetch()} /></Page>
  if (!data) return <Page><PageHeader title={t('coordination')} /><Skeleton /></Page>
  const one = data.case
  const may = order.filter((act) => one.may[act]?.allowed)
  const close = (): void => setOpen(null)
  const over = one.state === 'CLOSED' || one.state === 'WITHDRAWN'
  const people: Choice[] = [{ value: String(one.holder.staffKey), label: one.holder.name }, ...data.members.filter((member) => member.leftOn === null && member.staffKey !== one.holder.staffKey).map((member) => ({ value: String(member.staffKey), label: member.name }))]
  return (
    <Page>
      <PageHeader
        title={one.title ?? t('hidden')} crumbs={[{ title: t('coordination'), to: '/coordination' }]} sub={<span className="yq-num">{one.number} · {t(one.form)} · {t(one.kind)}</span>} thumb
        tags={<>{<StateTag line={one} />}{one.priority === 'HIGH' && <Tag tone="orange" icon="◆">{t('HIGH')}</Tag>}{one.extensions > 0 && <Tag tone="warning">{t('extensions', { n: one.extensions })}</Tag>}</>}
        actions={may.map((act, place) => <ActionButton key={act} type={place === 0 && one.waitsForMe ? 'primary' : 'default'} may={one.may[act]} refusals={actOnCase.refusals} onClick={() => setOpen({ what: 'act', act })}>{t(act)}</ActionButton>)}
      />
      <div className="yq-grid" data-columns="2-1">
        <div className="yq-stack">
          <Block title={t('asksFor')}>
            <p style={{ whiteSpace: 'pre-wrap', marginTop: 0 }}>{one.content ?? t('hidden')}</p>
            <Facts facts={[
              { label: t('asker'), value: one.holder.staffKey === one.asker.staffKey ? one.asker.name : `${one.asker.name} → ${one.holder.name}` }, ...(one.unitName === null ? [] : [{ label: t('unit'), value: one.unitName }]), ...(one.answerer === null ? [] : [{ label: t('answerer'), value: one.answerer.name }]),
              ...(one.withCustomer ? [{ label: t('customer'), value: one.customerId === null ? <span className="yq-quiet">{t('withCustomer')}</span> : <Link className="yq-name" to={`/customers/${one.customerId}`}>{one.customerName}</Link> }] : []),
              ...(one.answerBy === null ? [] : [{ label: t('answerBy'), value: <Deadline date={one.answerBy} {...(one.workingDaysLeft === null ? {} : { workingDays: one.workingDaysLeft })} /> }]),
              { label: t('dueOn'), value: <Deadline date={one.dueOn} done={over || one.state === 'REPORTED'} {...(one.answerBy === null && one.workingDaysLeft !== null ? { workingDays: one.workingDaysLeft } : {})} /> },
              ...(one.evidence === null ? [] : [{ label: t('result'), value: one.evidence }]),
            ]} />
          </Block>
          {data.answers.length > 0 && (
            <Block title={t('answers')} flush>
              <PlainTable
                label={t('answers')} columns={[{ key: 'unit', title: t('unit') }, { key: 'asked', title: t('askedOn') }, { key: 'by', title: t('answerBy') }, { key: 'answer', title: t('answer') }, { key: 'who', title: t('answeredBy') }, { key: 'took', title: t('took'), right: true }]}
                rows={data.answers.map((answer) => ({ key: answer.id, cells: [
                  <>{answer.unitName}{answer.again && <span className="yq-quiet yq-small"> {t('again')}</span>}</>, <DateText key="a" date={answer.askedOn} />, <DateText key="b" date={answer.answerBy} />,
                  <>{answer.answer === null ? <span className="yq-quiet">{t('noAnswer')}</span> : t(answer.answer)}{answer.late === true && <> <Tag tone="error" icon="⬣">{t('late')}</Tag></>}{answer.reason !== null && <div className="yq-quiet yq-small">{answer.reason}</div>}</>,
                  answer.answeredBy ?? '--', answer.workingDays ?? '--',
                ] }))}
              />
            </Block>
          )}
          <Block title={t('tasks')} flush={data.tasks.length > 0} actions={one.may['ADD_TASK']?.allowed && <Button size="small" onClick={() => setOpen({ what: 'task' })}>{t('addTask')}</Button>}>
            {data.tasks.length === 0 ? <span className="yq-quiet">{t('noTasks')}</span> : (
              <PlainTable
                label={t('tasks')} columns={[{ key: 'task', title: t('task') }, { key: 'owner', title: t('owner') }, { key: 'due', title: t('due') }, { key: 'state', title: t('state') }, { key: 'act', title: '' }]}
                rows={data.tasks.map((task) => ({ key: task.id, cells: [
                  <>{task.title ?? t('hidden')}{task.evidence !== null && <div className="yq-quiet yq-small">{task.evidence}</div>}</>, task.ownerName, <Deadline key="d" date={task.dueOn} done={task.state !== 'OPEN'} />,
                  <Tag key="s" tone={task.state === 'DONE' ? 'success' : task.state === 'OPEN' && task.late ? 'error' : 'info'} {...(task.state === 'OPEN' && task.late ? { icon: '⬣' } : {})}>{t(task.state)}</Tag>,
                  <span key="a" className="yq-row">
                    {task.may['DONE']?.allowed && <Button size="small" aria-label={`${t('finishTask')} ${task.title ?? ''}`} onClick={() => setOpen({ what: 'endTask', task, as: 'DONE' })}>{t('finishTask')}</Button>}
                    {task.may['DROPPED']?.allowed && <Button size="small" aria-label={`${t('dropTask')} ${task.title ?? ''}`} onClick={() => setOpen({ what: 'endTask', task, as: 'DROPPED' })}>{t('dropTask')}</Button>}
                  </span>,
                ] }))}
              />
            )}
          </Block>
        </div>
        <div className="yq-stack">
          <Block title={t('members')} actions={one.may['ADD_MEMBER']?.allowed && <Button size="small" onClick={() => setOpen({ what: 'member' })}>{t('addMember')}</Button>}>
            {data.members.length === 0 ? <EmptyState title={t('noMembers')} /> : (
              <ul className="yq-stack" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
                {data.members.map((member) => (
                  <li key={member.id} className="yq-row" style={{ flexWrap: 'wrap' }}>
                    <strong>{member.name}</strong><Tag>{t(member.part)}</Tag>
                    <span className="yq-quiet yq-small">{member.unitName ?? '--'} · {member.leftOn === null || member.leftWhy === null ? <>{member.reads && <>{t('reads')} · </>}{t('until')} <DateText date={member.untilOn} /></> : <>{t(leftWords[member.leftWhy])} <DateText date={member.leftOn} /></>}</span>
                    {member.may['END']?.allowed && <Button size="small" aria-label={`${t('remove')} ${member.name}`} onClick={() => setOpen({ what: 'endMember', member, own: one.may['ADD_MEMBER']?.allowed !== true })}>{one.may['ADD_MEMBER']?.allowed ? t('remove') : t('leave')}</Button>}
                  </li>
                ))}
              </ul>
            )}
          </Block>
          <Block title={t('happened')}>
            <Timeline label={t('happened')} events={[...data.events].reverse().map((event) => ({
              id: event.id, when: <DateText date={event.on} />, ...(event.kind === 'ESCALATE' ? { tone: 'error' as const } : {}),
              content: <><strong>{t(eventWords[event.kind as keyof typeof eventWords] ?? (event.kind as CaseAct))}</strong> <span className="yq-quiet yq-small">{event.who ?? t('itself')}</span>{event.note !== null && <div style={{ whiteSpace: 'pre-wrap' }}>{event.note}</div>}</>,
            }))} />
          </Block>
        </div>
      </div>
      {open?.what === 'act' && <ActForm key={open.act} caseId={caseId} act={open.act} dueOn={one.dueOn} onClose={close} />}
      {open?.what === 'member' && <MemberForm caseId={caseId} onClose={close} />}
      {open?.what === 'endMember' && <EndMemberForm caseId={caseId} member={open.member} own={open.own} onClose={close} />}
      {open?.what === 'task' && <TaskForm caseId={caseId} people={people} dueOn={one.dueOn} onClose={close} />}
      {open?.what === 'endTask' && <EndTaskForm caseId={caseId} task={open.task} as={open.as} onClose={close} />}
    </Page>
  )
}

const needsWords = (act: CaseAct): boolean => act !== 'ACCEPT'

function ActForm({ caseId, act, dueOn, onClose }: { caseId: string; act: CaseAct; dueOn: string; onClose: () => void }) {
  const t = useText(coordinationText)
  const toast = useToast()
  const send = useAct(actOnCase, { refresh: ['coordination', 'reports'] })
  const form = useForm<{ note: string; unit: string | null; dueOn: string | null }>({
    initial: { note: '', unit: null, dueOn: null },
    check: (entry) => ({ ...(needsWords(act) && entry.note.trim() === '' ? { note: t('required') } : {}), ...(act === 'HAND_ON' && entry.unit === null ? { unit: t('required') } : {}), ...(act === 'EXTEND' && entry.dueOn === null ? { dueOn: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ params: { caseId }, body: { act, note: entry.note.trim() === '' ? null : entry.note, ...(act === 'HAND_ON' && entry.unit !== null ? { unitKey: Number(entry.unit) } : {}), ...(act === 'EXTEND' ? { dueOn: entry.dueOn } : {}) } }),
    draft: `coordination.${caseId}.${act}`,
  })
  const findUnit = async (search: string): Promise<Choice[]> => (await call(findUnits, { query: search === '' ? {} : { search } })).items.map((one) => ({ value: String(one.unitKey), label: one.name }))
  const label = act === 'REPORT' || act === 'CLOSE' ? t('result') : act === 'MEETING' ? t('minutes') : act === 'ACCEPT' ? t('opinion') : act === 'NOTE' ? t('note') : t('reason')
  const hint = { REOPEN: t('reopenHint'), CLOSE: t('closeHint'), HAND_ON: t('handOnHint'), ACCEPT: t('optional') }[act as string]
  return (
    <FormDrawer title={t(act)} open onClose={onClose} form={form} submit={t(act)} onDone={() => toast(t('done'))}>
      {act === 'HAND_ON' && <FindField form={form} name="unit" label={t('newUnit')} required find={findUnit} />}
      {act === 'EXTEND' && <DayField form={form} name="dueOn" label={t('newDue')} required from={dueOn} />}
      <AreaField form={form} name="note" label={label} required={needsWords(act)} max={2000} rows={5} {...(hint === undefined ? {} : { hint })} />
    </FormDrawer>
  )
}

function MemberForm({ caseId, onClose }: { caseId: string; onClose: () => void }) {
  const t = useText(coordinationText)
  const [id] = useState(newId)
  const send = useAct(addMember, { refresh: ['coordination'] })
  const form = useForm<{ person: string | null; part: MemberPart }>({
    initial: { person: null, part: 'BUSINESS' }, check: (entry) => (entry.person === null ? { person: t('required') } : {}),
    send: (entry) => send.mutateAsync({ params: { caseId }, body: { id, staffKey: Number(entry.person), part: entry.part === 'ANSWER' ? 'BUSINESS' : entry.part } }),
  })
  return (
    <FormDrawer title={t('addMember')} open onClose={onClose} form={form} submit={t('addMember')}>
      <FindField form={form} name="person" label={t('person')} required find={findColleagues} />
      <ChoiceField form={form} name="part" label={t('partOf')} required options={memberParts.map((value) => ({ value, label: t(value) }))} />
    </FormDrawer>
  )
}

function EndMemberForm({ caseId, member, own, onClose }: { caseId: string; member: MemberShown; own: boolean; onClose: () => void }) {
  const t = useText(coordinationText)
  const send = useAct(endMember, { refresh: ['coordination'] })
  const form = useForm({ initial: { reason: '' }, check: ({ reason }) => (reason.trim().length < 2 ? { reason: t('atLeast2') } : {}), send: ({ reason }) => send.mutateAsync({ params: { caseId, memberId: member.id }, body: { reason } }) })
  const verb = own ? t('leave') : t('remove')
  return <FormDrawer title={`${verb} · ${member.name}`} open onClose={onClose} form={form} submit={verb}><TextField form={form} name="reason" label={t('reason')} required max={200} /></FormDrawer>
}

function TaskForm({ caseId, people, dueOn, onClose }: { caseId: string; people: Choice[]; dueOn: string; onClose: () => void }) {
  const t = useText(coordinationText)
  const [id] = useState(newId)
  const send = useAct(addCaseTask, { refresh: ['coordination'] })
  const form = useForm<{ title: string; owner: string | null; dueOn: string | null }>({
    initial: { title: '', owner: null, dueOn: null }, check: (entry) => ({ ...(entry.title.trim().length < 2 ? { title: t('atLeast2') } : {}), ...(entry.owner === null ? { owner: t('required') } : {}), ...(entry.dueOn === null ? { dueOn: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ params: { caseId }, body: { id, title: entry.title, ownerKey: Number(entry.owner), dueOn: entry.dueOn ?? dueOn } }),
  })
  return (
    <FormDrawer title={t('addTask')} open onClose={onClose} form={form} submit={t('addTask')}>
      <TextField form={form} name="title" label={t('task')} required max={100} />
      <ChoiceField form={form} name="owner" label={t('owner')} required options={people} />
      <DayField form={form} name="dueOn" label={t('due')} required />
    </FormDrawer>
  )
}

function EndTaskForm({ caseId, task, as, onClose }: { caseId: string; task: CaseTask; as: 'DONE' | 'DROPPED'; onClose: () => void }) {
  const t = useText(coordinationText)
  const send = useAct(endCaseTask, { refresh: ['coordination'] })
  const form = useForm({ initial: { evidence: '' }, check: ({ evidence }) => (evidence.trim().length < 2 ? { evidence: t('atLeast2') } : {}), send: ({ evidence }) => send.mutateAsync({ params: { caseId, taskId: task.id }, body: { as, evidence } }) })
  const verb = as === 'DONE' ? t('finishTask') : t('dropTask')
  return <FormDrawer title={`${verb} · ${task.title ?? ''}`} open onClose={onClose} form={form} submit={verb}><AreaField form={form} name="evidence" label={as === 'DONE' ? t('evidence') : t('reason')} required max={500} rows={4} /></FormDrawer>
}
